"""What a team's page rests on as a table: a row per call and criterion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from copilot.domain.call import number
from copilot.domain.scorecards import Answer
from copilot.review.sheets import safe
from copilot.review.team.calls import Compared, Scored
from copilot.review.team.heat_map import cell

HEADINGS = (
    *("call", "title", "held_on", "kind", "account", "reps", "rubric", "engine", "scored_at"),
    *("criterion", "criterion_title", "weight", "critical", "automatic", "automatic_answer", "automatic_share", "why"),
    *("person", "person_by", "person_reason", "automatic_before_person", "counts_as", "share", "n"),
    *("utterance", "quote"),
)
"""`n`: in how many of the calls compared the criterion was seen. A cell is empty where there is nothing to say."""


def rows(compared: Compared, criteria: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The rows under `HEADINGS`, the oldest call first; every cell is safe in a spreadsheet."""
    seen = {criterion: cell(criterion, compared.calls).n for criterion in criteria}
    for scored in compared.calls:
        for answer in scored.judged.card.answers:
            if answer.criterion in seen:
                yield tuple(safe(text) for text in _row(scored, answer, seen[answer.criterion]))


def _row(scored: Scored, answer: Answer, n: int) -> tuple[str, ...]:
    call, judged = scored.call, scored.judged
    person, given = answer.override, judged.given.get(answer.criterion)
    moment = answer.moments[0] if answer.moments else None
    return (
        call.id,
        call.title,
        call.day,
        call.kind.value,
        call.account or "",
        "; ".join(call.counted.reps),
        judged.card.rubric,
        judged.engine,
        judged.at,
        answer.criterion,
        answer.title,
        f"{answer.weight:g}",
        "yes" if answer.critical else "no",
        answer.automatic,
        answer.answer,
        _share(answer.share),
        answer.why,
        person.verdict if person else "",
        person.by if person else "",
        person.reason if person else "",
        given.automatic if given else "",
        answer.verdict,
        _share(answer.counted_share),
        str(n),
        str(number(moment.utterance)) if moment else "",
        moment.quote if moment else "",
    )


def _share(share: float | None) -> str:
    return "" if share is None else f"{share:.4g}"
