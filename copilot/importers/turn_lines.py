"""Lines of text that begin a turn, in the shapes people and programs write: one grammar for every plain transcript."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from copilot.importers.speaker_names import looks_like_name, may_be_name, names_in, split_prefix
from copilot.importers.times import TIME, seconds

_SPAN = rf"{TIME}(?:\s*[ap]\.?m\.?)?"
_STAMP = rf"[\[(<]\s*({_SPAN})(?:\s*(?:-|–|—|-->|to)\s*({_SPAN}))?\s*[\])>]"
_BARE_STAMP = rf"({_SPAN})(?:\s*(?:-|–|—)\s*({_SPAN}))?"
_FLAGS = re.IGNORECASE | re.ASCII
_TIME_ALONE = re.compile(rf"^(?:{_STAMP}|{_BARE_STAMP})$", _FLAGS)
_STAMPED = re.compile(rf"^{_STAMP}\s*[-–—|:]?\s*(.*)$", _FLAGS)
_BARE_STAMPED = re.compile(rf"^{_BARE_STAMP}(?:\s*[-–—|]\s*|\s+|$)(.*)$", _FLAGS)
_STAMP_AFTER = re.compile(rf"^([^:\[\]<>]{{1,80}}?)\s*{_STAMP}\s*[:：-]?\s*(.*)$", _FLAGS)
_WIDE_HEADER = re.compile(rf"^(\S.{{0,79}}?)(?: {{2,}}|\t+){_BARE_STAMP}\s*$", _FLAGS)
_HEADER = re.compile(rf"^(\S.{{0,79}}?)\s*[\s|·•,–—-]\s*{_BARE_STAMP}\s*:?\s*$", _FLAGS)
_LONGEST_HEADER = 120
_ESCAPED = re.compile(r"\\([\[\]()*_.#!-])")
_LATEX_TURN = re.compile(r"\\textbf\{([^{}]*)\}\s*(?:\{\\color\{\w+\}\s*([^{}]*)\})?")
_BRACKETED_NAME = re.compile(rf"^\[([^\W\d][^\[\]:]{{0,79}})\](?=:|\s+{TIME}\s*$)")  # as in Zoom's saved captions
_BULLET = re.compile(r"^\s*(?:[-*•>]\s+|#{1,6}\s+)")
_BOLD = re.compile(r"(\*\*|\b__)(?=\S)(.+?)(?<=\S)\1")
_BOLD_LEAD = re.compile(r"^\s*(?:[-*•>]\s+|#{1,6}\s+)?(?:\*\*|__)(.+?)(?:\*\*|__)")


@dataclass(frozen=True)
class Line:
    """One line taken apart. `name` is its speaker, where it has one; `begins` says that it opens a turn.

    `whole` is the line as it stood, for a time without brackets that turns out to be speech.
    """

    text: str
    name: str | None = None
    start_s: float | None = None
    end_s: float | None = None
    begins: bool = False
    blank: bool = False
    whole: str = ""


def taken_apart(text: str) -> list[Line]:
    """Every line with its time and its speaker, names being judged over the whole text."""
    raw = _with_times_beside_names([_plain(line) for line in text.split("\n")])
    bare_times = _has_bare_times(raw)
    stamped = [_stamped(line, bare_times=bare_times) for line in raw]
    spoken = [line for line in stamped if not line.blank and not line.begins and line.text]
    names = names_in([line.text for line in spoken]) | _bold_names(text) | _names_above_words(stamped)
    return [_named(line, names) for line in stamped]


def _plain(line: str) -> str:
    """The line without Markdown's and LaTeX's dress; two spaces stay, since Otter sets its times apart by them."""
    line = _LATEX_TURN.sub(
        lambda turn: f"{turn[1].strip(' :')} [{turn[2].strip()}] " if turn[2] else f"{turn[1]} ", line
    )
    line = _BOLD.sub(r"\2", _BULLET.sub("", _ESCAPED.sub(r"\1", line))).strip()
    return _BRACKETED_NAME.sub(r"\1 ", line)


def _bold_names(text: str) -> frozenset[str]:
    """Names that are set in bold at the start of a line, which says more than a colon does."""
    leads = (found[1].strip() for line in text.split("\n") if (found := _BOLD_LEAD.match(_ESCAPED.sub(r"\1", line))))
    return frozenset(name for lead in leads if (name := lead.rstrip(":").strip()) and looks_like_name(name))


def _with_times_beside_names(lines: Sequence[str]) -> list[str]:
    """A name, and its time on the line below, put on one line."""
    beside: list[str] = []
    for line in lines:
        if beside and _TIME_ALONE.match(line) and looks_like_name(beside[-1]):
            beside[-1] = f"{beside[-1]}  {line.strip('[]()')}"
        else:
            beside.append(line)
    return beside


def _names_above_words(lines: Sequence[Line]) -> frozenset[str]:
    """`[time] Name` with the words on the lines below, where nearly every time in the file is followed by that."""
    timed = [(line, after) for line, after in pairwise(lines) if line.start_s is not None and line.text]
    heads = [line.text for line, after in timed if after.text and after.start_s is None and looks_like_name(line.text)]
    return frozenset(heads) if len(heads) >= 0.8 * len(timed) else frozenset()


def _has_bare_times(lines: Sequence[str]) -> bool:
    """Whether times without brackets are the file's own: `10:30 Meeting: …` in one line of many is speech."""
    starts = sum(_BARE_STAMPED.match(line) is not None for line in lines)
    turns = sum(split_prefix(line) is not None for line in lines)
    return starts > 1 and starts >= 0.5 * min(turns or len(lines), sum(1 for line in lines if line))


def _stamped(line: str, *, bare_times: bool) -> Line:
    if not line:
        return Line("", blank=True)
    if found := _STAMPED.match(line):
        return Line(found[3], start_s=seconds(found[1]), end_s=_end(found[2]))
    if bare_times and (found := _BARE_STAMPED.match(line)):
        return Line(found[3], start_s=seconds(found[1]), end_s=_end(found[2]), whole=line)
    return _header(line) or Line(line)


def _header(line: str) -> Line | None:
    """A name and a time: above its words, or before them on the line."""
    if len(line) <= _LONGEST_HEADER:
        wide = _WIDE_HEADER.match(line)
        found = wide or _HEADER.match(line)
        if found and (may_be_name(found[1]) if wide else looks_like_name(found[1])):
            return Line("", found[1], seconds(found[2]), _end(found[3]), begins=True)
    if (found := _STAMP_AFTER.match(line)) and looks_like_name(found[1].strip()):
        return Line(found[4], found[1].strip(), seconds(found[2]), _end(found[3]), begins=True)
    return None


def _named(line: Line, names: frozenset[str]) -> Line:
    if line.blank or line.begins:
        return line
    parts = split_prefix(line.text)
    if parts is not None and parts[0] in names:
        return _with_inner_stamp(Line(parts[1], parts[0], line.start_s, line.end_s, begins=True))
    if line.start_s is not None and line.text in names:
        return Line("", line.text, line.start_s, line.end_s, begins=True)
    return Line(line.whole) if parts is not None and line.whole else line


def _with_inner_stamp(line: Line) -> Line:
    """`Name: [time] words`."""
    found = _STAMPED.match(line.text) if line.start_s is None else None
    if found is None:
        return line
    return Line(found[3], line.name, seconds(found[1]), _end(found[2]), begins=True)


def _end(written: str | None) -> float | None:
    return None if written is None else seconds(written)
