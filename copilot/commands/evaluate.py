"""`copilot eval`: scores the analysis against labelled calls."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal

from copilot.analysis.hearing import Analyst
from copilot.analysis.scoring import Evaluation, as_json, as_markdown, as_text, evaluated
from copilot.commands.analyze import read_file
from copilot.domain.labelled import LabelledCall, labelled_call
from copilot.domain.playbook import Playbook
from copilot.errors import UnusableInput

Form = Literal["text", "markdown", "json"]
FORMS: Mapping[Form, Callable[[Evaluation], str]] = {
    "text": as_text,
    "markdown": as_markdown,
    "json": lambda evaluation: json.dumps(as_json(evaluation), indent=1),
}


def evaluate(folder: Path, *, analyst: Analyst, playbook: Playbook, form: Form, whole: bool) -> str:
    """What to print for every labelled call under `folder`."""
    files = sorted(folder.rglob("*.json"))
    if not files:
        raise UnusableInput(f"{folder} holds no labelled calls (*.json)")
    calls = [_labelled(file) for file in files]
    return FORMS[form](evaluated(calls, analyst, playbook=playbook.version, whole=whole))


def _labelled(file: Path) -> LabelledCall:
    try:
        data = json.loads(read_file(file))
    except ValueError as error:
        raise UnusableInput(f"{file} is not valid JSON: {error}") from error
    return labelled_call(data, name=str(file))
