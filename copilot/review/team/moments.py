"""What stands behind a cell, a dot or a bar: the calls, their answers, and the words they rest on."""

from __future__ import annotations

from copilot.domain.scorecards import Answer, Moment, Override, Verdict
from copilot.domain.value import Value
from copilot.review.team.calls import Compared, TeamCall


class AnswerBehind(Value):
    criterion: str
    title: str
    automatic: Verdict
    answer: str
    verdict: Verdict
    why: str
    override: Override | None
    moments: tuple[Moment, ...]


class PitfallBehind(Value):
    wrong: bool
    moment: Moment


class CallBehind(Value):
    """`reps` is empty where nobody knows them. `score` is the call's, and no person's."""

    id: str
    title: str
    account: str | None
    at: str
    reps: tuple[str, ...]
    talk_ratio: float | None
    rubric: str
    engine: str
    score: float | None
    answers: tuple[AnswerBehind, ...] = ()
    pitfalls: tuple[PitfallBehind, ...] = ()


def behind(
    compared: Compared, *, criterion: str | None = None, pitfall: str | None = None, call: str | None = None
) -> tuple[CallBehind, ...]:
    """The newest call first: with a criterion's answer, with the moments of a pitfall, or one call with all answers.

    A single call is found by whatever rubric it was scored; the others are those that are compared.
    """
    calls = compared.calls if call is None else compared.by_any_rubric
    found = []
    for scored in reversed(calls):
        if call not in (None, scored.call.id):
            continue
        card = scored.judged.card
        answers = [_answer(a) for a in card.answers if pitfall is None and criterion in (None, a.criterion)]
        pitfalls = _pitfalls(scored.call, pitfall)
        if answers or pitfalls:
            found.append(_call(scored.call, card.rubric, scored.judged.engine, card.score, answers, pitfalls))
    return tuple(found)


def _call(
    call: TeamCall,
    rubric: str,
    engine: str,
    score: float | None,
    answers: list[AnswerBehind],
    pitfalls: list[PitfallBehind],
) -> CallBehind:
    return CallBehind(
        id=call.id,
        title=call.title,
        account=call.account,
        at=call.at,
        reps=call.counted.reps,
        talk_ratio=call.counted.talk_ratio,
        rubric=rubric,
        engine=engine,
        score=score,
        answers=tuple(answers),
        pitfalls=tuple(pitfalls),
    )


def _answer(answer: Answer) -> AnswerBehind:
    return AnswerBehind(
        criterion=answer.criterion,
        title=answer.title,
        automatic=answer.automatic,
        answer=answer.answer,
        verdict=answer.verdict,
        why=answer.why,
        override=answer.override,
        moments=answer.moments,
    )


def _pitfalls(call: TeamCall, kind: str | None) -> list[PitfallBehind]:
    return [PitfallBehind(wrong=p.wrong, moment=p.moment) for p in call.counted.pitfalls if p.kind == kind]
