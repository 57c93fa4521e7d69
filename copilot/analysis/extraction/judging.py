"""Whether something wanted is a business result or a thing that has to be in place."""

from __future__ import annotations

import re
from typing import NamedTuple

from copilot.analysis.language.lexicon import Lexicon
from copilot.analysis.numbers import find_quantities

_FUNCTION_VERB = re.compile(
    r"\b(?:integrat\w+|connect\w*|sync\w*|support\w*|handle\w*|import\w*|export\w*|load\w*|flow\w*|log in|sign in"
    r"|configur\w+|customi\w+|upload\w*|download\w*|link\w*|talk to|work(?:s)? (?:with|on|offline|in)|plug\w*|feed\w*"
    r"|push\w*|pull\w*|go(?:es)? into|come(?:s)? from|able to|by (?:itself|themselves)|automatic\w*|in place"
    r"|permission\w*|approv\w+|audit\w*|single|access|role\w*|template\w*|alert\w*|notif\w+|dashboard\w*"
    r"|report(?:s|ing)?|api\w*|mobile|offline|languages?|hosted|encrypt\w*|stored|search\w*"
    r"|see (?:who|which|what|where|everything)|visible|view)\b",
    re.I,
)
_MOVING = re.compile(
    r"\b(?:never again|come down|go down|get down|bring .{0,30}down|go up|drop|fall|shrink|rise|improve|stop|disappear"
    r"|go away|be right|be (?:faster|quicker|lower|higher|better|shorter|safer)|to zero|in half|down to|up to"
    r"|from .{1,40} to)\b",
    re.I,
)
_PROJECT_DATE = re.compile(
    r"\b(?:be |go |get )?(?:live|launch\w*|roll(?:ed|ing)? ?out|kick\w* off|up and running|onboarded|implemented|signed"
    r"|deployed|done|in production|started?|decision|finish\w*|ready|migrat\w+)\b.{0,40}\b(?:by|in|on|before|until"
    r"|within|next|this)\b",
    re.I,
)


class Judgement(NamedTuple):
    """How much speaks for a result, and how much for a capability."""

    result: float
    capability: float


def judged(said: str, stage: str | None, lexicon: Lexicon, *, goal: bool = False, of_it: bool = False) -> Judgement:
    """What the words, and the stage in which they are said, speak for.

    A goal is a result by its name; `of_it`: what the product itself has to do is a capability, unless figures move.
    """
    moved = lexicon.count(
        said,
        "directions.increase",
        "directions.reduce",
        "directions.improve",
        "directions.faster_higher",
        "directions.slower_lower",
    )
    named = lexicon.count(said, "results.wanted_higher", "results.wanted_lower")
    functions = lexicon.count(said, "capabilities.features", "capabilities.integrations", "capabilities.security")
    quantities = [q for q in find_quantities(said) if q.kind != "date"]
    result = min(1.6, 0.8 * moved) + min(1.2, 0.8 * named) + 0.6 * bool(quantities) + 1.0 * bool(_MOVING.search(said))
    capability = min(1.8, 0.9 * functions) + min(1.4, 0.7 * len(_FUNCTION_VERB.findall(said)))
    result += 1.2 * goal
    capability += 0.9 * (of_it and not _MOVING.search(said))
    if lexicon.has("speech.commercial_terms", said) and not named:
        result -= 0.8
    if _PROJECT_DATE.search(said) and not named:
        result -= 2.0
    result += {"positive_business_outcomes": 0.9, "metrics": 0.3, "required_capabilities": -0.4}.get(stage or "", 0.0)
    capability += {"required_capabilities": 1.1, "positive_business_outcomes": -0.4, "after_scenario": -0.2}.get(
        stage or "", 0.0
    )
    return Judgement(result, capability)
