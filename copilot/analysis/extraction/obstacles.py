"""What stands in the way: a frozen budget, a veto, a risk. It is worth knowing, and no result that anybody wants."""

from __future__ import annotations

import re

from copilot.analysis.language.asking import questions_in
from copilot.analysis.language.dialogue import question_answered
from copilot.analysis.language.wants import wants_in
from copilot.domain.state import CallState

_ASKS = re.compile(
    r"\b(?:(?:(?:would|could|might|will|can|does|do|is|are|has|have|been)|['’]s)\s+"
    r"(?:(?:really|still|actually|ever|anything|anybody|anyone|something)\s+)?"
    r"(?:stop(?:s|ping)?|block(?:s|ing)?|prevent(?:s|ing)?|derail|delay|kill|sink)"
    r"|(?:get|gets|stand|stands|be|is|comes?) in the way|(?:hold|holds|holding) (?:this|that|it|you|us) (?:back|up)"
    r"|obstacles?|hurdles?|objections?|concerns?|roadblocks?|go(?:es)? wrong|what (?:are|is) the (?:biggest )?risks?"
    r"|(?:the|what|which|any) risks?)\b",
    re.I,
)
_STATED = re.compile(
    r"\b(?:froze|frozen|(?:hiring|budget|spending|change|code) freeze|freeze on|put on hold|on hold|vetoed|veto"
    r"|(?:budget|money|headcount) is (?:tight|gone|spent|capped|closed)|(?:no|not any|without) budget"
    r"|(?:won['’]t|will not|would not|wouldn['’]t|refuses? to) (?:sign off|approve)"
    r"|(?:biggest|main|only) (?:risk|obstacle|hurdle|worry|concern))\b",
    re.I,
)


def stands_in_the_way(state: CallState, i: int, said: str) -> bool:
    """Whether words tell of an obstacle, by themselves or in answer to the question for one; a wish tells of none."""
    if wants_in(said):
        return False
    if _STATED.search(said):
        return True
    asked = question_answered(state.utterances, i)
    return asked is not None and any(_ASKS.search(question) for question in questions_in(state.utterances[asked].text))
