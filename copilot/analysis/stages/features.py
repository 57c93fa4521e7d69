"""What in an utterance points to a stage: the playbook's cues, and the form of what is said, whatever its words.

Features are named amounts. They look at who speaks, how (question, condition, habit, wish), and about what kind of
things; what the talk has been about is weighed in elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from copilot.analysis.language.asking import questions_in
from copilot.analysis.language.lexicon import Lexicon
from copilot.analysis.numbers import find_quantities
from copilot.analysis.stages.forms import QUESTIONS, STATEMENTS
from copilot.domain.call import Role

Features = Mapping[str, float]

_KINDS: Mapping[str, tuple[str, ...]] = {
    "result": ("results.wanted_higher", "results.wanted_lower"),
    "pain": ("signals.pain", "signals.feelings"),
    "system": ("capabilities.integrations", "capabilities.security"),
    "feature": ("capabilities.features", "capabilities.products", "claims.product_talk"),
    "measuring": ("signals.measuring", "signals.cadence"),
    "talk": ("speech.small_talk", "speech.logistics", "speech.commercial_terms"),
    "proof": ("claims.proof", "claims.benchmark"),
    "people": ("people.roles", "people.departments"),
}
_HABITUAL = re.compile(
    r"\b(?!(?:this|is|was|has|does|us|its|as|yes|always|perhaps|plus|less|unless|across|lots)\b)\w{2,}s\s+(?:it|them"
    r"|the|a|an|to|in|on|into|by|from|with|up|out|everything)\b",
    re.I,
)
_PAST = re.compile(
    r"\b(?:was|were|had|did|got|took|lost|went|came|left|quit|found|paid|told|broke|said|fell|sent|\w{3,}[^e\W]ed)\b",
    re.I,
)
_CAP = 3.0
_SHORT_WORDS = 3
_LONG_WORDS = 30


def _lists(forms: Mapping[str, str]) -> dict[str, list[str]]:
    return {name: [" ".join(p.split()) for p in phrases.split(",")] for name, phrases in forms.items()}


_ASKED = Lexicon(_lists(QUESTIONS))
_SAID = Lexicon(_lists(STATEMENTS))


def stage_features(text: str, role: Role, lexicon: Lexicon) -> Features:
    """The features of what one side says."""
    side = "rep" if role is Role.REP else "customer"
    asked = questions_in(text)
    found: dict[str, float] = {f"{side}:side": 1.0}
    _add_cues(found, text, role, lexicon)
    _add_kinds(found, text, lexicon)
    for name in STATEMENTS:
        _add(found, f"{side}:{name}", _SAID.count(text, name))
    if asked:
        found[f"{side}:asks"] = 1.0
        for name in QUESTIONS:
            _add(found, f"{side}?{name}", sum(_ASKED.count(question, name) for question in asked))
    _add(found, f"{side}:habitual", len(_HABITUAL.findall(text)))
    _add(found, f"{side}:past", len(_PAST.findall(text)))
    _add_figures(found, text, side)
    words = len(text.split())
    if words <= _SHORT_WORDS:
        found["short"] = 1.0
    if words >= _LONG_WORDS and not asked:
        found[f"{side}:long"] = min(2.0, words / _LONG_WORDS)
    return found


def _add(found: dict[str, float], name: str, hits: int) -> None:
    if hits:
        found[name] = min(_CAP, float(hits))


def _add_cues(found: dict[str, float], text: str, role: Role, lexicon: Lexicon) -> None:
    for hit in lexicon.hits(text):
        where, _, rest = hit.name.partition(".")
        if where == "stages" or where == role.value:
            found[f"cue:{rest}"] = min(_CAP, found.get(f"cue:{rest}", 0.0) + 1.0)


def _add_kinds(found: dict[str, float], text: str, lexicon: Lexicon) -> None:
    """What kinds of things are spoken of: results, systems, pains."""
    for name, lists in _KINDS.items():
        _add(found, f"kind:{name}", lexicon.count(text, *lists))


def _add_figures(found: dict[str, float], text: str, side: str) -> None:
    quantities = find_quantities(text)
    _add(found, f"{side}:figures", len(quantities))
    if any(q.kind == "money" for q in quantities):
        found[f"{side}:money"] = 1.0
    if any(q.kind in ("percent", "ratio", "multiple") for q in quantities):
        found[f"{side}:share"] = 1.0
