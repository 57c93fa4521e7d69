"""A maturity map as text for a terminal, and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from copilot.domain.blueprint import LEVELS
from copilot.domain.call import number
from copilot.review.maturity.entries import MaturityDimension, MaturityMap, PlanStage, PlanStep
from copilot.review.summary_email.markdown import escaped

SIGNS = {"open": " ", "taken": "→", "overdue": "!", "done": "✓"}


def as_text(shown: MaturityMap) -> str:
    """The map as a table: the level that stands, the next one, and one that the calls speak for."""
    return "\n".join(line for part in _parts(shown) for line in part) + "\n"


def _parts(shown: MaturityMap) -> Iterator[Iterator[str]]:
    yield iter([f"Maturity of our value work · {shown.today}", shown.summary.says, ""])
    yield _table(shown)
    yield _gaps(shown)
    yield _proposed(shown)
    yield _next_steps(shown)
    if shown.progress is not None:
        yield _progress(shown)


def _table(shown: MaturityMap) -> Iterator[str]:
    width = max(len(dimension.short) for dimension in shown.dimensions)
    names = ", ".join(f"{level.numeral} {level.name}" for level in shown.levels)
    yield f"  {'':<{width}}  {'  '.join(f'{level:<3}' for level in LEVELS)}".rstrip()
    for group in shown.groups:
        yield group.title
        for dimension in group.dimensions:
            yield f"  {dimension.short:<{width}}  {_cells(dimension)}{_when(dimension)}".rstrip()
    yield f"  ● stands, ○ next, ƒ what calls speak for; levels: {names}"


def _cells(dimension: MaturityDimension) -> str:
    return "  ".join(f"{_cell(dimension, level):<3}" for level in LEVELS)


def _cell(dimension: MaturityDimension, level: str) -> str:
    mark = "·"
    if dimension.standing is not None and dimension.standing.level == level:
        mark = "●"
    elif dimension.next == level:
        mark = "○"
    return mark + ("ƒ" if dimension.proposal is not None and dimension.proposal.level == level else "")


def _when(dimension: MaturityDimension) -> str:
    if dimension.standing is None:
        return "  not assessed"
    return f"  {dimension.standing.on}, {dimension.standing.by}"


def _gaps(shown: MaturityMap) -> Iterator[str]:
    """How it looks one level up, for what is furthest behind, or at the level of most where nothing is."""
    behind = [d for d in shown.dimensions if d.short in shown.summary.furthest_behind]
    if not behind:
        return
    yield ""
    yield "Furthest behind"
    for dimension in behind:
        if dimension.standing is not None and dimension.gap is not None:
            yield f"  {dimension.short}: {dimension.standing.level} → {dimension.next}"
            yield f"    {dimension.gap}"


def _proposed(shown: MaturityMap) -> Iterator[str]:
    told = [dimension for dimension in shown.dimensions if dimension.proposal is not None]
    if told:
        yield ""
        yield "What the calls show (a person places, or does not)"
    for dimension in told:
        if dimension.proposal is not None:
            level = f"speaks for {dimension.proposal.level}" if dimension.proposal.level else "fits no level by itself"
            yield f"  {dimension.short}: {level}"
            yield from (f"    {figure}" for figure in dimension.proposal.figures)


def _next_steps(shown: MaturityMap) -> Iterator[str]:
    stage = shown.next_stage
    if stage is None:
        return
    yield ""
    yield f"Next steps, {stage.from_level} → {stage.to_level} · {stage.done} of {len(stage.steps)} done"
    for step in stage.steps:
        yield f"  [{SIGNS[step.state]}] {step.text}{_owned(step)}"
        yield from (f"        - {part}" for part in step.parts)


def _owned(step: PlanStep) -> str:
    if step.done_on is not None:
        return f" · done {step.done_on}"
    if step.owner is None:
        return ""
    due = f", {'overdue since' if step.state == 'overdue' else 'by'} {step.due}" if step.due else ""
    return f" · {step.owner}{due}"


def _progress(shown: MaturityMap) -> Iterator[str]:
    compared = shown.progress
    if compared is None:
        return
    yield ""
    yield f"Since {compared.before.words or compared.before.on}: {compared.says}"
    for move in compared.moves:
        yield f"  {move.title}: {move.before or 'not assessed'} → {move.after or 'not assessed'}"


def as_markdown(shown: MaturityMap) -> str:
    lines = ["# Maturity of our value work", "", f"{escaped(shown.summary.says)} As of {shown.today}.", ""]
    for group in shown.groups:
        lines += [f"## {escaped(group.title)}", "", "| dimension | level | rests on | next | one level up |"]
        lines += ["| --- | --- | --- | --- | --- |", *(_row(dimension) for dimension in group.dimensions), ""]
    lines += [line for stage in shown.plan if _is_told(shown, stage) for line in _stage(stage)]
    if shown.progress is not None:
        compared = shown.progress
        lines += [f"## Since {escaped(compared.before.words or str(compared.before.on))}", ""]
        lines += [escaped(compared.says), ""]
        lines += [
            f"- {escaped(move.title)}: {move.before or 'not assessed'} → {move.after or 'not assessed'}"
            for move in compared.moves
        ]
    return "\n".join(lines).rstrip() + "\n"


def _row(dimension: MaturityDimension) -> str:
    standing = dimension.standing
    cells = (
        escaped(dimension.title),
        str(standing.level) if standing else "",
        escaped(rests_on(dimension)),
        str(dimension.next or ""),
        escaped(dimension.gap or ""),
    )
    return f"| {' | '.join(cells)} |"


def rests_on(dimension: MaturityDimension) -> str:
    """The note and the quote that the standing level rests on, with who placed it and as of when; else empty."""
    standing = dimension.standing
    if standing is None:
        return ""
    quoted = standing.said
    said = f"“{quoted.quote}” ({quoted.call}, utterance {number(quoted.utterance)})" if quoted else ""
    return " ".join(part for part in (standing.why, said, f"({standing.by}, {standing.on})") if part)


def _is_told(shown: MaturityMap, stage: PlanStage) -> bool:
    """The next stage, and any other that somebody has begun."""
    return stage == shown.next_stage or any(step.state != "open" for step in stage.steps)


def _stage(stage: PlanStage) -> Iterator[str]:
    yield f"## Steps from {stage.from_level} to {stage.to_level}: {stage.done} of {len(stage.steps)} done"
    yield ""
    for step in stage.steps:
        yield f"- [{'x' if step.state == 'done' else ' '}] {escaped(step.text + _owned(step))}"
        yield from (f"  - {escaped(part)}" for part in step.parts)
    yield ""
