"""`copilot eval`: scores the analysis against labelled calls."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal

from copilot.analysis.hearing import Engine
from copilot.analysis.scoring import (
    Evaluation,
    agreement,
    agreement_as_text,
    as_json,
    as_markdown,
    as_text,
    evaluated,
)
from copilot.commands.analyze import read_file
from copilot.commands.plots import plots_page
from copilot.domain.labelled import LabelledCall, labelled_call
from copilot.domain.playbook import Playbook
from copilot.errors import UnusableInput

Form = Literal["text", "markdown", "json"]
FORMS: Mapping[Form, Callable[[Evaluation], str]] = {
    "text": as_text,
    "markdown": as_markdown,
    "json": lambda evaluation: json.dumps(as_json(evaluation), indent=1),
}


def evaluate(
    folder: Path, *, engine: Engine, playbook: Playbook, form: Form, whole: bool, plots: Path | None = None
) -> str:
    """What to print for every labelled call under `folder`; `plots`: where a page of the whole evaluation goes."""
    calls = _calls(folder)
    if plots is not None and not plots.parent.is_dir():
        raise UnusableInput(f"there is no folder {plots.parent} to put {plots.name} into")
    evaluation = evaluated(calls, engine, playbook=playbook, whole=whole or plots is not None)
    if plots is not None:
        _draw(evaluation, playbook, plots)
    return FORMS[form](evaluation)


def _draw(evaluation: Evaluation, playbook: Playbook, file: Path) -> None:
    try:
        file.write_text(plots_page(evaluation, playbook), encoding="utf-8")
    except OSError as error:
        raise UnusableInput(f"cannot write {file}: {error.strerror}") from error


def compare_labellers(folder: Path, second: Path) -> str:
    """What to print of how far the labels in two folders agree, for the calls that are in both."""
    agreed = agreement(_calls(folder), _calls(second))
    if not agreed.tally.calls:
        raise UnusableInput(f"no call is in both {folder} and {second}")
    return agreement_as_text(agreed)


def _calls(folder: Path) -> list[LabelledCall]:
    files = sorted(folder.rglob("*.json"))
    if not files:
        raise UnusableInput(f"{folder} holds no labelled calls (*.json)")
    return [_labelled(file) for file in files]


def _labelled(file: Path) -> LabelledCall:
    try:
        data = json.loads(read_file(file))
    except ValueError as error:
        raise UnusableInput(f"{file} is not valid JSON: {error}") from error
    except RecursionError as error:
        raise UnusableInput(f"{file} is nested too deeply to be a labelled call") from error
    return labelled_call(data, name=str(file))
