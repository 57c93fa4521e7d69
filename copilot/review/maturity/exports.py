"""A maturity map as CSV: a line for every dimension, then one for every step."""

from __future__ import annotations

from collections.abc import Iterator

from copilot.domain.call import number
from copilot.review.maturity.entries import MaturityDimension, MaturityMap, PlanStage, PlanStep
from copilot.review.sheets import BYTE_ORDER_MARK, csv_lines

COLUMNS = (
    *("what", "group", "id", "title", "level", "next", "one level up", "note", "quote", "call", "utterance"),
    *("as of", "by", "proposed", "figures", "owner", "due", "done on"),
)


def as_csv(shown: MaturityMap) -> str:
    """Every cell is safe in a spreadsheet."""
    rows = ([row.get(column, "") for column in COLUMNS] for row in _rows(shown))
    return BYTE_ORDER_MARK + "".join(csv_lines([COLUMNS, *rows]))


def _rows(shown: MaturityMap) -> Iterator[dict[str, str]]:
    for group in shown.groups:
        yield from (_dimension(group.title, dimension) for dimension in group.dimensions)
    for stage in shown.plan:
        yield from (_step(stage, step) for step in stage.steps)


def _dimension(group: str, dimension: MaturityDimension) -> dict[str, str]:
    row = {"what": "dimension", "group": group, "id": dimension.id, "title": dimension.title}
    row |= {"next": dimension.next or "", "one level up": dimension.gap or ""}
    if (standing := dimension.standing) is not None:
        row |= {"level": standing.level or "", "note": standing.why or "", "as of": str(standing.on), "by": standing.by}
        if standing.said is not None:
            said = standing.said
            row |= {"quote": said.quote, "call": said.call, "utterance": str(number(said.utterance))}
    if (proposal := dimension.proposal) is not None:
        row |= {"proposed": proposal.level or "", "figures": " ".join(proposal.figures)}
    return row


def _step(stage: PlanStage, step: PlanStep) -> dict[str, str]:
    text = " ".join((step.text, *(f"({n}) {part}" for n, part in enumerate(step.parts, 1))))
    return {
        "what": "step",
        "group": f"{stage.from_level} to {stage.to_level}",
        "id": step.id,
        "title": text,
        "owner": step.owner or "",
        "due": str(step.due or ""),
        "done on": str(step.done_on or ""),
        "by": step.done_by or "",
    }
