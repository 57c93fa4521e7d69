"""Reads the playbooks: a folder per part, versions as `vN.yaml` within it.

A company's folder needs only what it changes; the bundled one fills in the rest. Everything is checked at once, for a
mistake found in the middle of a call would come too late.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from copilot.adapters.playbook_checks import mistakes_in
from copilot.adapters.yaml_lines import Document, read_document
from copilot.domain.playbook import Playbook
from copilot.errors import BrokenPlaybook

ModelT = TypeVar("ModelT", bound=BaseModel)
_VERSION = re.compile(r"v([1-9][0-9]*)\.ya?ml")
PARTS = tuple(Playbook.model_fields)


def load_playbook(folder: Path, *, fallback: Path | None = None, pins: Mapping[str, int] | None = None) -> Playbook:
    """Everything under `folder`, the newest version of each part unless `pins` names another.

    Parts that `folder` does not have come from `fallback`. Raises BrokenPlaybook for any mistake, with file and line.
    """
    files = part_files(folder, fallback=fallback, pins=pins)
    return playbook_of({part: read_document(file) for part, file in files.items()})


def part_files(
    folder: Path, *, fallback: Path | None = None, pins: Mapping[str, int] | None = None
) -> Mapping[str, Path]:
    """The file of each part, in the parts' order."""
    pins = pins or {}
    _refuse_strangers(folder, pins)
    return {part: _find(part, folder, fallback, pins.get(part)) for part in PARTS}


def playbook_of(documents: Mapping[str, Document]) -> Playbook:
    """The playbook that these parts make; each is held against the name of its file, and all against each other."""
    playbook = Playbook.model_validate({part: _parsed(part, document) for part, document in documents.items()})
    for mistake in mistakes_in(playbook, {part: document.data for part, document in documents.items()}):
        document = documents[mistake.part]
        raise BrokenPlaybook(document.file, document.line(mistake.path), mistake.problem, mistake.remedy)
    return playbook


def _refuse_strangers(folder: Path, pins: Mapping[str, int]) -> None:
    """A misspelt folder would silently be passed over, and the bundled content used in its place."""
    if not folder.is_dir():
        raise BrokenPlaybook(str(folder), None, "there is no such folder", "name the folder that holds the rubrics")
    for name in [*pins, *sorted(entry.name for entry in folder.iterdir() if entry.is_dir())]:
        close = get_close_matches(name, PARTS, n=1, cutoff=0.8)
        if name not in PARTS and (close or name in pins):
            remedy = f"call it {close[0]!r}" if close else f"use one of {', '.join(PARTS)}"
            raise BrokenPlaybook(str(folder / name), None, "is no part of a playbook", remedy)


def _find(part: str, folder: Path, fallback: Path | None, pinned: int | None) -> Path:
    for place in [folder] if fallback is None else [folder, fallback]:
        versions = _versions(place / part)
        if pinned in versions:
            return versions[pinned]
        if versions and pinned is None:
            return versions[max(versions)]
    wanted = "any vN.yaml" if pinned is None else f"v{pinned}.yaml"
    raise BrokenPlaybook(str(folder / part), None, f"does not have {wanted}", "add it, or use the bundled rubrics")


def _versions(folder: Path) -> dict[int, Path]:
    if not folder.is_dir():
        return {}
    return {int(match[1]): path for path in folder.iterdir() if (match := _VERSION.fullmatch(path.name))}


def _parsed(part: str, document: Document) -> BaseModel:
    model: Any = Playbook.model_fields[part].annotation
    parsed = validated(model, document)
    named = int(Path(document.file).stem[1:])
    if parsed.version != named:
        line = document.line(["version"])
        raise BrokenPlaybook(document.file, line, "has another version than its name", f"write `version: {named}`")
    return parsed  # type: ignore[no-any-return]  # every part is a model with a version


def validated(model: type[ModelT], document: Document) -> ModelT:
    """The document as this model; raises BrokenPlaybook for its highest mistake."""
    if not isinstance(document.data, dict):
        raise BrokenPlaybook(document.file, 1, "is empty or no mapping", "begin with `version:` and `changed:`")
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        raise _first_mistake(error, document) from error


def _first_mistake(error: ValidationError, document: Document) -> BrokenPlaybook:
    """The one that stands highest in the file."""
    found = min(error.errors(include_url=False), key=lambda mistake: document.line(mistake["loc"]))
    path = found["loc"]
    name = next((str(step) for step in reversed(path) if isinstance(step, str) and step != "[key]"), "the file")
    kind, context = found["type"], found.get("ctx", {})
    line = document.line(path)
    if kind == "missing":
        return BrokenPlaybook(document.file, line, f"{name!r} is missing", "add it")
    if kind == "extra_forbidden":
        return BrokenPlaybook(document.file, line, f"unknown field {name!r}", "remove it or correct its spelling")
    if "expected" in context:
        return BrokenPlaybook(document.file, line, f"{name!r} is not known here", f"use {context['expected']}")
    if kind == "value_error":
        return BrokenPlaybook(document.file, line, f"{name!r}: {context['error']}", "correct it")
    return BrokenPlaybook(document.file, line, f"{name!r} is wrong: {found['msg'].lower()}", "correct it")
