"""`copilot eval`: scores the analysis against labelled calls."""

from __future__ import annotations

import json
from pathlib import Path

from copilot.analysis.document import analysis_document
from copilot.analysis.hearing import Analyst, analyse
from copilot.analysis.scoring.calls import score_calls
from copilot.analysis.scoring.report import as_json, as_table
from copilot.commands.analyze import read_file
from copilot.domain.call import CallInfo, Saying
from copilot.domain.labelled import AnalysedCall, LabelledCall, analysed_call, labelled_call
from copilot.domain.playbook import Playbook
from copilot.errors import UnusableInput


def evaluate(folder: Path, *, analyst: Analyst, playbook: Playbook, machine_readable: bool) -> str:
    """The table, or JSON, for every labelled call under `folder`."""
    files = sorted(folder.rglob("*.json"))
    if not files:
        raise UnusableInput(f"{folder} holds no labelled calls (*.json)")
    labelled = [_labelled(file) for file in files]
    scores = score_calls((call, _analysed(call, analyst, playbook)) for call in labelled)
    return json.dumps(as_json(scores), indent=1) if machine_readable else as_table(scores)


def _labelled(file: Path) -> LabelledCall:
    try:
        data = json.loads(read_file(file))
    except ValueError as error:
        raise UnusableInput(f"{file} is not valid JSON: {error}") from error
    return labelled_call(data, name=str(file))


def _analysed(call: LabelledCall, analyst: Analyst, playbook: Playbook) -> AnalysedCall:
    info = CallInfo(
        id=call.call.id,
        title=call.call.title,
        kind=call.call.kind,
        participants=tuple(p.participant() for p in call.participants),
    )
    sayings = [
        Saying(id=f"u{u.i}", speaker=u.speaker, role=u.role, start_s=u.start_s, end_s=u.end_s, text=u.text)
        for u in call.utterances
    ]
    step = analyse(info, sayings, analyst, playbook=playbook.version)
    return analysed_call(analysis_document(step), name=call.call.id)
