"""`copilot analyze`: transcripts in, the whole analysis out."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any

from copilot.analysis.document import analysis_document
from copilot.analysis.hearing import Engine, Talk
from copilot.commands.report import call_report
from copilot.domain.call import CallInfo, CallKind, Transcript
from copilot.domain.playbook import Playbook
from copilot.errors import UnreadableTranscript
from copilot.importers import zoom_chat
from copilot.importers.detect import attach_chat, read_transcripts
from copilot.importers.sides import sides_told
from copilot.importers.source import Source, recording

Hear = Callable[[Path], Transcript]
"""Transcribes a recording."""


def analyze(
    files: Sequence[Path],
    *,
    kind: CallKind | None,
    reps: Collection[str],
    engine: Engine,
    playbook: Playbook,
    as_json: bool,
    hear: Hear | None = None,
) -> str:
    """What to print. A Zoom chat among the files is put beside the transcript before it."""
    steps = list(engine([talk_of(transcript, kind) for transcript in read_files(files, reps=reps, hear=hear)]))
    if not as_json:
        return "\n\n".join(call_report(step.state, playbook) for step in steps)
    documents: list[dict[str, Any]] = [analysis_document(step) for step in steps]
    return json.dumps(documents[0] if len(documents) == 1 else documents, ensure_ascii=False, indent=1)


def read_files(files: Sequence[Path], *, reps: Collection[str] = (), hear: Hear | None = None) -> list[Transcript]:
    """Every call in the files; `hear` transcribes recordings. Raises UnreadableTranscript, which names the file."""
    transcripts: list[Transcript] = []
    for file in files:
        if hear is not None and is_recording(file):
            transcripts.extend(_with_sides(hear(file), file.name, reps))
            continue
        content = read_file(file)
        if transcripts and zoom_chat.matches(Source.decode(file.name, content)):
            transcripts[-1] = attach_chat(transcripts[-1], content, name=file.name)
        else:
            transcripts.extend(read_transcripts(content, name=file.name, reps=reps))
    return transcripts


def _with_sides(heard: Transcript, name: str, reps: Collection[str]) -> tuple[Transcript, ...]:
    return sides_told([heard], name=name, reps=reps) if reps else (heard,)


def is_recording(file: Path) -> bool:
    """By its first bytes: recordings are not read whole. Raises UnreadableTranscript where there are none."""
    try:
        with file.open("rb") as opened:
            return recording(opened.read(16)) is not None
    except OSError as error:
        raise UnreadableTranscript(str(file), (error.strerror or "cannot be read").lower()) from error


def read_file(file: Path) -> bytes:
    """The bytes of a file, or UnreadableTranscript saying why there are none."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise UnreadableTranscript(str(file), (error.strerror or "cannot be read").lower()) from error


def talk_of(transcript: Transcript, kind: CallKind | None) -> Talk:
    info = CallInfo(
        id="call",
        title=transcript.title,
        kind=kind or transcript.kind or CallKind.OTHER,
        account=transcript.account,
        language=transcript.language,
        participants=transcript.participants,
        held_on=transcript.held_on,
    )
    return Talk(info, transcript.utterances)
