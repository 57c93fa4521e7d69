"""Can the scores be trusted: what people answered, against the automatic answer that they had before them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from copilot.analysis.uncertainty import cohens_kappa, wilson
from copilot.domain.kept_scorecards import AnswerOverridden
from copilot.domain.scorecards import Answer, Moment, Verdict
from copilot.domain.value import Value
from copilot.review.team.calls import Compared, Scored

ENOUGH = 20
"""Under so many answers that both gave there are counts, and no figures."""

SCALE: tuple[Verdict, ...] = ("met", "partly", "not_met")
WHO_WAS_ASKED = (
    "Only answers that a person looked at and answered too. Whoever looks, looks where they doubt, so that over all "
    "answers the agreement is likely to be higher."
)


class Agreed(Value):
    """`criterion` None: all of them. `counts` has a row per automatic answer, a column per person's, as `SCALE` goes.

    `beside` are pairs in which one of the two saw no moment or said that it does not apply.
    """

    criterion: str | None
    title: str
    n: int
    agreed: int
    beside: int
    counts: tuple[tuple[int, ...], ...]
    share: float | None = None
    low: float | None = None
    high: float | None = None
    kappa: float | None = None


class Disagreement(Value):
    call: str
    call_title: str
    at: str
    criterion: str
    title: str
    automatic: Verdict
    why: str
    person: Verdict
    reason: str
    by: str
    moment: Moment | None


class Agreement(Value):
    overall: Agreed
    criteria: tuple[Agreed, ...]
    disagreements: tuple[Disagreement, ...]
    enough: int = ENOUGH
    who_was_asked: str = WHO_WAS_ASKED


class _Pair(NamedTuple):
    scored: Scored
    answer: Answer
    given: AnswerOverridden


def agreement(compared: Compared, criteria: Sequence[str]) -> Agreement:
    """Per criterion that somebody answered, in the rubric's order; disagreements with the newest call first."""
    pairs = [
        _Pair(scored, answer, given)
        for scored in compared.calls
        for answer in scored.judged.card.answers
        if answer.criterion in criteria and (given := scored.judged.given.get(answer.criterion)) is not None
    ]
    by_criterion = {c: [pair for pair in pairs if pair.answer.criterion == c] for c in criteria}
    apart = [pair for pair in reversed(pairs) if pair.given.verdict != pair.given.automatic]
    return Agreement(
        overall=_agreed(None, "All criteria", pairs),
        criteria=tuple(_agreed(c, theirs[0].answer.title, theirs) for c, theirs in by_criterion.items() if theirs),
        disagreements=tuple(_disagreement(pair) for pair in apart),
    )


def _agreed(criterion: str | None, title: str, pairs: Sequence[_Pair]) -> Agreed:
    both = Counter(
        (p.given.automatic, p.given.verdict) for p in pairs if {p.given.automatic, p.given.verdict} <= {*SCALE}
    )
    n, agreed = sum(both.values()), sum(both[verdict, verdict] for verdict in SCALE)
    interval = wilson(agreed, n) if n >= ENOUGH else None
    return Agreed(
        criterion=criterion,
        title=title,
        n=n,
        agreed=agreed,
        beside=len(pairs) - n,
        counts=tuple(tuple(both[automatic, person] for person in SCALE) for automatic in SCALE),
        share=agreed / n if interval else None,
        low=interval and interval.low,
        high=interval and interval.high,
        kappa=cohens_kappa({(str(a), str(b)): count for (a, b), count in both.items()}) if interval else None,
    )


def _disagreement(pair: _Pair) -> Disagreement:
    call, answer, given = pair.scored.call, pair.answer, pair.given
    return Disagreement(
        call=call.id,
        call_title=call.title,
        at=call.at,
        criterion=answer.criterion,
        title=answer.title,
        automatic=given.automatic,
        why=answer.why,
        person=given.verdict,
        reason=given.reason,
        by=given.by,
        moment=answer.moments[0] if answer.moments else None,
    )
