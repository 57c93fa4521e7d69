"""Tables of `start`, `end`, `text` with tabs between, in Whisper's milliseconds; a `speaker` column may join them."""

from __future__ import annotations

from copilot.domain.call import Transcript
from copilot.importers.cues import Cue, participants_from, utterances_from
from copilot.importers.source import Source

NAME = "tsv"


def matches(source: Source) -> bool:
    return {"start", "end", "text"} <= set(_columns(source.text.split("\n", 1)[0]))


def read(source: Source) -> tuple[Transcript, ...]:
    lines = source.text.split("\n")
    columns = _columns(lines[0])
    rows = [dict(zip(columns, line.split("\t", len(columns) - 1), strict=False)) for line in lines[1:] if "\t" in line]
    in_seconds = any("." in row.get("start", "") for row in rows)  # Whisper's own are whole milliseconds
    unit_s = 1.0 if in_seconds else 0.001
    utterances = utterances_from([_cue(row, unit_s) for row in rows])
    return (Transcript(format=NAME, participants=participants_from(utterances), utterances=utterances),)


def _columns(line: str) -> list[str]:
    return [column.strip().lower() for column in line.split("\t")]


def _cue(row: dict[str, str], unit_s: float) -> Cue:
    return Cue(
        row.get("text", ""),
        speaker=row.get("speaker"),
        start_s=_time_s(row.get("start", ""), unit_s),
        end_s=_time_s(row.get("end", ""), unit_s),
    )


def _time_s(written: str, unit_s: float) -> float | None:
    try:
        return float(written) * unit_s
    except ValueError:
        return None
