"""Reads the scorecards' rubrics: `scorecards/` holds a file per kind of call, checked against the playbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path

from copilot.adapters.playbook_checks import Mistake, duplicate_ids
from copilot.adapters.playbooks import validated
from copilot.adapters.yaml_lines import Document, read_document
from copilot.domain.call import CallKind
from copilot.domain.playbook import Playbook
from copilot.domain.scorecard_rubrics import AskedLook, AvoidedLook, Criterion, ScorecardRubric, StageLook
from copilot.errors import BrokenPlaybook

FOLDER = "scorecards"
KINDS = (CallKind.DISCOVERY, CallKind.DEMO, CallKind.QBR)


def load_scorecards(
    folder: Path, playbook: Playbook, *, fallback: Path | None = None
) -> Mapping[CallKind, ScorecardRubric]:
    """The rubric of every kind of call that is scored; a file that `folder` does not have comes from `fallback`.

    Raises BrokenPlaybook for any mistake, with file and line.
    """
    _refuse_strangers(folder / FOLDER)
    return {kind: _rubric(_find(kind, folder, fallback), kind, playbook) for kind in KINDS}


def _refuse_strangers(folder: Path) -> None:
    """A misspelt file would silently be passed over, and the bundled one used in its place."""
    for file in sorted(folder.glob("*.y*ml")) if folder.is_dir() else ():
        if file.name not in {f"{kind}.yaml" for kind in KINDS}:
            close = get_close_matches(file.stem, [kind.value for kind in KINDS], n=1)
            named = f"{close[0]}.yaml" if close else " or ".join(f"{kind}.yaml" for kind in KINDS)
            raise BrokenPlaybook(str(file), None, "is the scorecard of no kind of call", f"call it {named}")


def _find(kind: CallKind, folder: Path, fallback: Path | None) -> Path:
    places = [place / FOLDER / f"{kind}.yaml" for place in (folder, fallback) if place is not None]
    return next((place for place in places if place.is_file()), places[0])


def _rubric(file: Path, kind: CallKind, playbook: Playbook) -> ScorecardRubric:
    document = read_document(file)
    rubric = validated(ScorecardRubric, document)
    for mistake in _mistakes(rubric, kind, playbook, document):
        raise BrokenPlaybook(document.file, document.line(mistake.path), mistake.problem, mistake.remedy)
    return _watched(rubric, playbook, document.file)


def _watched(rubric: ScorecardRubric, playbook: Playbook, file: str) -> ScorecardRubric:
    """Without the pitfalls that the playbook does not watch for in such calls, and what only they answer."""

    def narrowed(criterion: Criterion) -> Criterion | None:
        look = criterion.answered_by
        if not isinstance(look, AvoidedLook):
            return criterion
        watched = tuple(kind for kind in look.pitfalls if rubric.kind in playbook.pitfall(kind).calls)
        if not watched:
            return None
        return criterion.model_copy(update={"answered_by": look.model_copy(update={"pitfalls": watched})})

    kept = [
        section.model_copy(update={"criteria": criteria})
        for section in rubric.sections
        if (criteria := tuple(kept for criterion in section.criteria if (kept := narrowed(criterion))))
    ]
    if not kept:
        problem = f"asks for nothing but pitfalls that the playbook does not watch for in {rubric.kind} calls"
        raise BrokenPlaybook(file, None, problem, "let the playbook watch for them, or add other criteria")
    return rubric.model_copy(update={"sections": tuple(kept)})


def _mistakes(rubric: ScorecardRubric, kind: CallKind, playbook: Playbook, document: Document) -> Iterator[Mistake]:
    yield from duplicate_ids(FOLDER, (), document.data)
    if rubric.kind is not kind:
        yield Mistake(FOLDER, ("kind",), f"is named after another kind than {rubric.kind}", f"write `kind: {kind}`")
    seen: set[str] = set()
    for s, section in enumerate(rubric.sections):
        for c, criterion in enumerate(section.criteria):
            path = ("sections", s, "criteria", c)
            if criterion.id in seen:
                problem = f"id {criterion.id!r} is used twice"
                yield Mistake(FOLDER, (*path, "id"), problem, "give it one of its own")
            seen.add(criterion.id)
            applies = (criterion.applies.stage,) if criterion.applies and criterion.applies.stage else ()
            for field, stages in (("answered_by", _stages(criterion.answered_by)), ("applies", applies)):
                for stage in stages:
                    if stage not in playbook.stage_ids:
                        remedy = f"use one of {', '.join(playbook.stage_ids)}"
                        yield Mistake(FOLDER, (*path, field), f"there is no stage {stage!r}", remedy)


def _stages(look: object) -> tuple[str, ...]:
    match look:
        case StageLook():
            return (look.stage,)
        case AskedLook():
            return look.stages
        case AvoidedLook():
            return look.chance.stages
        case _:
            return ()
