"""A model's proposals beside the map: stages, pitfalls, questions."""

from __future__ import annotations

import re

from copilot.analysis.coverage import UNTOUCHED
from copilot.analysis.deep.claims import Dropped, demand_numbers, demand_their_words, quotes_of
from copilot.analysis.deep.entries import Labels, Result
from copilot.analysis.deep.gate import UNSURE
from copilot.analysis.deep.reply import WireOp
from copilot.analysis.gaps import Hole, gaps
from copilot.analysis.grounding import unsaid_numbers
from copilot.analysis.language.words import containment, content_words
from copilot.analysis.pitfalls.watching import LONGEST_FACT, kind_of
from copilot.analysis.questions.talk_openings import STAGE_THIN
from copilot.domain.call import Role
from copilot.domain.conversation import OTHER_STAGE
from copilot.domain.gap_questions import Gap
from copilot.domain.items import Capability, Evidence, Item, Metric, PitfallState, Question
from copilot.domain.ops import AnyOp, CloseQuestion, FlagPitfall, MarkStage, SuggestQuestions
from copilot.domain.pitfall_rules import PitfallKind
from copilot.domain.playbook import Playbook
from copilot.domain.state import CallState

MOST_WORDS = 20  # of a question that can be said in one breath
_AT_THE_CUSTOMERS = frozenset({PitfallKind.VAGUE_OUTCOME, PitfallKind.UNMAPPED_CAPABILITY, PitfallKind.IGNORED_CUE})
"""Marked where the customer said something; all others are the rep's own doing."""

_ASKS_FOR_SECRETS = re.compile(
    r"\b(?:card|account|security|social|passport) (?:number|code)|\b(?:password|passcode|pin|cvv|iban|api key)\b", re.I
)
_LEAST_THEIRS = 0.2  # of a question's content words: what is asked for has not been said yet
_NEAR = 2  # utterances within which two pitfalls of a kind are one
_SAME_QUESTION = 0.75  # of the content words of the shorter
_LEAST_ALIKE = 3
_HEARD_LATELY = 12  # utterances whose figures a question may take up


def marked(op: WireOp, evidence: tuple[Evidence, ...], state: CallState, playbook: Playbook) -> Result:
    """Stages of utterances of which the first tier was not sure."""
    if op.stage not in playbook.stage_ids:
        raise Dropped("unknown_stage")
    marks: list[AnyOp] = []
    for i in dict.fromkeys(e.utterance for e in evidence):
        mark = state.marks.get(i)
        if mark is not None and mark.confidence is not None and mark.confidence < UNSURE:
            also = tuple(stage for stage in mark.also if stage != op.stage)
            marks.append(MarkStage(i=i, stage=op.stage, also=also))
    if not marks:
        raise Dropped("stage_was_sure")
    return tuple(marks), ()


def flagged(
    op: WireOp, evidence: tuple[Evidence, ...], state: CallState, playbook: Playbook, labels: Labels
) -> tuple[AnyOp, ...]:
    """A pitfall of this kind of call, at the side that does it, and not one that is known already."""
    kind = next((kind for kind in PitfallKind if kind == (op.kind or "").lower()), None)
    if kind is None or kind_of(state) not in playbook.pitfall(kind).calls:
        raise Dropped("unknown_kind")
    if kind not in _AT_THE_CUSTOMERS and all(state.utterances[e.utterance].role is Role.CUSTOMER for e in evidence):
        raise Dropped("not_the_rep")
    places = [e.utterance for e in evidence]
    for known in state.pitfalls.values():
        near = any(abs(i - k) <= _NEAR for i in places for k in known.utterances)
        if known.kind == kind and near and known.state is not PitfallState.WITHDRAWN:
            raise Dropped("known_pitfall")
    about = labels.item(op.id, state)
    fact = op.text
    if fact is None or len(fact) > LONGEST_FACT or unsaid_numbers(fact, quotes_of(evidence)):
        fact = playbook.pitfall(kind).title
    return (FlagPitfall(kind=kind.value, evidence=evidence, fact=fact, about=about.id if about else None),)


def suggested(
    op: WireOp, evidence: tuple[Evidence, ...], state: CallState, playbook: Playbook, labels: Labels
) -> tuple[AnyOp, ...]:
    """A question worth more than those that stand; under the gap it closes, so that nobody asks it a second time."""
    if op.text is None:
        raise Dropped("no_text")
    text = op.text if op.text.endswith("?") else f"{op.text.rstrip('.!…')}?"
    if len(text.split()) > MOST_WORDS or op.text.endswith("…"):  # cut, or it never ended
        raise Dropped("too_long")
    lately = [u.text for u in state.utterances[-_HEARD_LATELY:]]
    said = [*lately, *quotes_of(evidence), *(item.text for item in [labels.item(op.id, state)] if item)]
    demand_numbers(text, said)
    if _ASKS_FOR_SECRETS.search(text):
        raise Dropped("personal_data")
    demand_their_words(text, state, {len(state.utterances) - 1, *(e.utterance for e in evidence)}, least=_LEAST_THEIRS)
    why = None if op.why is None or unsaid_numbers(op.why, said) else op.why
    question = _placed(op, text, why, evidence, state, playbook, labels)
    if any(q.key == question.key or _alike(q.text, text) for q in state.closed_questions):
        raise Dropped("asked_before")
    return (SuggestQuestions(questions=(question,)),)


def closed_question(op: WireOp, evidence: tuple[Evidence, ...], state: CallState) -> tuple[AnyOp, ...]:
    """A question that was asked by the rep, or answered by the customer, since it stands."""
    standing = next((q for q in state.questions if q.id == op.id), None)
    if standing is None:
        raise Dropped("unknown_item")
    asked = op.kind == "asked"
    other_side = Role.CUSTOMER if asked else Role.REP
    if not any(state.utterances[e.utterance].role is not other_side for e in evidence):
        raise Dropped("not_the_rep" if asked else "not_the_customer")
    return (CloseQuestion(id=standing.id, as_state="asked" if asked else "answered"),)


def _placed(
    op: WireOp,
    text: str,
    why: str | None,
    evidence: tuple[Evidence, ...],
    state: CallState,
    playbook: Playbook,
    labels: Labels,
) -> Question:
    """The question with its gap: that of the one it puts better, a hole of the entry it is about, or the stage's."""
    standing = next((q for q in state.questions if q.id == op.id or _alike(q.text, text)), None)
    if standing is not None:
        better = {"text": text, "why": why or standing.why, "evidence": evidence or standing.evidence}
        return standing.model_copy(update=better)
    stage = op.stage if op.stage in playbook.stage_ids and op.stage != OTHER_STAGE else None
    item = labels.item(op.id, state)
    hole = _hole(item, stage, state, playbook) if item is not None and item.stands else None
    if item is not None and hole is not None:
        gap, about = hole.kind.value, hole.about
        stage = stage or playbook.gap_questions(hole.kind).stage
        evidence = evidence or item.evidence[-1:]
    else:
        untouched = state.coverage.get(stage or "", UNTOUCHED) == UNTOUCHED
        gap, about = Gap.STAGE_UNTOUCHED.value if untouched else STAGE_THIN, stage or ""
    if stage is None:
        raise Dropped("unknown_stage")
    why = why or f"It would open: {playbook.stage(stage).title.lower()}"
    after = max(len(state.utterances) - 1, 0)
    return Question(id="", stage=stage, text=text, why=why, gap=gap, about=about, evidence=evidence, after=after)


def _hole(item: Item, stage: str | None, state: CallState, playbook: Playbook) -> Hole | None:
    """What a question for this stage would fill: a hole of the entry, or of what serves or measures it.

    Without one for the stage, the entry's first.
    """
    serving: tuple[Capability | Metric, ...] = (*state.capabilities.values(), *state.metrics.values())
    tied = {other.id for other in serving if item.id in other.outcomes}
    holes = sorted((hole for hole in gaps(state) if hole.about in {item.id, *tied}), key=lambda h: h.about != item.id)
    fitting = (hole for hole in holes if playbook.gap_questions(hole.kind).stage == stage)
    return next(fitting, holes[0] if holes and holes[0].about == item.id else None)


def _alike(a: str, b: str) -> bool:
    return len(content_words(a) & content_words(b)) >= _LEAST_ALIKE and containment(a, b) >= _SAME_QUESTION
