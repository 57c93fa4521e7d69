"""`copilot scorecard`: a call judged by the rubric for its kind."""

from __future__ import annotations

from collections.abc import Mapping

from copilot.domain.call import CallKind
from copilot.domain.scorecard_rubrics import ScorecardRubric
from copilot.domain.state import CallState
from copilot.review.scorecard import KeptScorecards, as_markdown, as_text, rubric_for, score_call


def scorecard(state: CallState, rubrics: Mapping[CallKind, ScorecardRubric], form: str, keeping: KeptScorecards) -> str:
    """What to print: `text`, `markdown` or `json`, with people's answers beside the automatic ones.

    Raises NoScorecard for a kind of call that has none.
    """
    card = keeping.judged(score_call(state, rubric_for(state, rubrics)))
    match form:
        case "json":
            return card.model_dump_json(indent=1) + "\n"
        case "markdown":
            return as_markdown(card)
        case _:
            return as_text(card)
