"""Tables with a column of words, tabs, commas or semicolons between; `speaker`, `start` and `end` may join it.

Times are Whisper's milliseconds where they are whole, unless nobody could talk that fast; else seconds, or `1:02`.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence

from copilot.domain.call import Transcript
from copilot.errors import UnreadableTranscript
from copilot.importers.cues import Cue, bounded_by_next_start, participants_from, utterances_from
from copilot.importers.source import Source
from copilot.importers.times import seconds

NAME = "table"
WORDS = ("text", "transcript", "utterance", "words", "sentence", "content", "message")
_SPEAKERS = ("speaker", "name")
_STARTS = ("start", "start time", "time", "timestamp")
_ENDS = ("end", "end time")
_FASTEST_WORD_MS = 20
_LONGEST_HEADING = 40

Row = dict[str, str]


def matches(source: Source) -> bool:
    return source.json is None and _delimiter(source.text) is not None


def read(source: Source) -> tuple[Transcript, ...]:
    """Raises UnreadableTranscript for a table in which no column is known to hold what was said."""
    delimiter = _delimiter(source.text) or ","
    columns, *rows = _rows(source.text, delimiter)
    named = [column.strip().lower() for column in columns]
    words = _first(WORDS, named)
    if words is None:
        raise UnreadableTranscript(
            source.name,
            f"this is a table without a column of what was said, which would be named {', '.join(WORDS[:-1])} or "
            f"{WORDS[-1]}; its columns are {', '.join(column.strip() for column in columns[:8])}",
        )
    told = [dict(zip(named, _whole(row, len(named), delimiter), strict=False)) for row in rows if len(row) > 1]
    unit_s = _unit_s(told, named, words)
    speaker, start, end = (_first(known, named) for known in (_SPEAKERS, _STARTS, _ENDS))
    cues = [
        Cue(
            row.get(words, ""),
            speaker=row.get(speaker or ""),
            start_s=_time_s(row.get(start or "", ""), unit_s),
            end_s=_time_s(row.get(end or "", ""), unit_s),
        )
        for row in told
    ]
    utterances = utterances_from(cues if end else bounded_by_next_start(cues))
    return (
        Transcript(
            format=NAME,
            participants=participants_from(utterances),
            utterances=utterances,
            estimated_times=start is not None and end is None,
        ),
    )


def _delimiter(text: str) -> str | None:
    """What parts the columns of a table with a heading; None where the text is none.

    A heading is short names, each another one. Where none of them is known to head words, most lines below have as
    many cells, and they have a column without a letter or, three of them or more, no space behind the delimiter: lines
    of a name and words have neither, and prose has the space.
    """
    return next((delimiter for delimiter in "\t;," if _is_table(text, delimiter)), None)


def _is_table(text: str, delimiter: str) -> bool:
    columns, *rows = _rows(text[: text.find("\n") + 1 or len(text)], delimiter) or [[]]
    names = {column.strip().lower() for column in columns}
    if len(columns) < 2 or len(names) < len(columns) or not all(map(_is_heading, columns)):
        return False
    rows = _rows(text, delimiter)[1:]
    whole = [row for row in rows if len(row) == len(columns)]
    if _first(WORDS, sorted(names)):
        return bool(rows)
    is_tight = len(columns) > 2 and not any(column.startswith(" ") for column in columns)
    return len(whole) * 2 > len(rows) and (is_tight or any(map(_is_wordless, zip(*whole, strict=True))))


def _is_heading(cell: str) -> bool:
    name = cell.strip()
    return name[:1].isalpha() and len(name) <= _LONGEST_HEADING and not any(mark in name for mark in ":.?!…")


def _is_wordless(column: Sequence[str]) -> bool:
    return not any(map(str.isalpha, "".join(column)))


def _rows(text: str, delimiter: str) -> list[list[str]]:
    if delimiter == "\t":  # quotes are words there, as Whisper writes them
        return [line.split("\t") for line in text.split("\n") if line.strip()]
    try:
        return [row for row in csv.reader(text.splitlines(keepends=True), delimiter=delimiter) if any(row)]
    except csv.Error:  # a cell beyond reason
        return []


def _whole(row: Sequence[str], columns: int, delimiter: str) -> list[str]:
    """A delimiter too many belongs to the last column, which mostly holds the words."""
    return [*row[: columns - 1], delimiter.join(row[columns - 1 :])]


def _first(wanted: Sequence[str], named: Sequence[str]) -> str | None:
    return next((name for name in wanted if name in named), None)


def _unit_s(rows: Sequence[Row], named: Sequence[str], words: str) -> float:
    times = [row.get(name, "") for row in rows for name in named if name in _STARTS + _ENDS]
    if not all(time.strip().isdigit() for time in times if _time_s(time, 1.0) is not None):
        return 1.0
    longest_ms = max((_time_s(time, 1.0) or 0.0 for time in times), default=0.0)
    said = sum(len(row.get(words, "").split()) for row in rows)
    return 0.001 if longest_ms >= said * _FASTEST_WORD_MS else 1.0


def _time_s(written: str, unit_s: float) -> float | None:
    try:
        return float(written) * unit_s
    except ValueError:
        return seconds(written)
