"""An opening put into words: the question as it can be asked, and why."""

from __future__ import annotations

from collections.abc import Mapping

from copilot.analysis.questions.map_openings import is_about_items, values_of
from copilot.analysis.questions.opening import Opening
from copilot.analysis.questions.talk_openings import STAGE_THIN
from copilot.analysis.questions.wording import question_text, why_text
from copilot.domain.call import CallKind
from copilot.domain.gap_questions import Gap
from copilot.domain.items import Question
from copilot.domain.playbook import Playbook
from copilot.domain.state import CallState

_THIN_WHY = ("Only a little heard yet about “{stage}”",)

_KEEP_THEIR_WORDS = (Gap.STAGE_UNTOUCHED, STAGE_THIN, Gap.PAIN_WITHOUT_SCALE, Gap.PAIN_WITHOUT_OUTCOME)
"""Questions about the talk are not worded anew while they stand; those about an item follow the item's words."""


def worded(opening: Opening, state: CallState, playbook: Playbook, kind: CallKind) -> Question | None:
    """The question for an opening, its id still empty; None where the playbook has no words that are short enough."""
    about_stage = opening.gap in (Gap.STAGE_UNTOUCHED, STAGE_THIN)
    rule = playbook.gap_questions(Gap.STAGE_UNTOUCHED if about_stage else Gap(opening.gap))
    standing = next((q for q in state.questions if q.key == opening.key), None)
    if standing is not None and opening.gap in _KEEP_THEIR_WORDS:
        return standing
    values, why_values = _values(opening, state, playbook)
    text = _of_stage(opening, state, playbook, kind) if about_stage else question_text(rule.ask, values)
    why = why_text(_THIN_WHY if opening.gap == STAGE_THIN else rule.why, why_values)
    if text is None or why is None:
        return None
    return Question(
        id="",
        stage=opening.stage,
        text=text,
        why=why,
        gap=opening.gap,
        about=opening.about,
        evidence=opening.evidence,
        after=max(len(state.utterances) - 1, 0),
    )


def _of_stage(opening: Opening, state: CallState, playbook: Playbook, kind: CallKind) -> str | None:
    """The stage's first question that has not been used."""
    used = {question.text for question in (*state.closed_questions, *state.questions)}
    for wording in playbook.stage_questions(opening.stage, kind):
        text = question_text((wording,), opening.values)
        if text is not None and text not in used:
            return text
    return None


def _values(opening: Opening, state: CallState, playbook: Playbook) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """What fills the question, and what fills its ground. A long title of a stage gives way to its short name."""
    item = state.item(opening.about) if opening.about and is_about_items(opening.gap) else None
    if item is not None:
        values = values_of(state, Gap(opening.gap), item)
        return values, values
    why = dict(opening.why_values)
    if len(why.get("stage", "").split()) > 4:
        why["stage"] = playbook.stage(opening.stage).short_name
    return opening.values, why
