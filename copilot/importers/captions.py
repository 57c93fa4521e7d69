"""Timed blocks as WebVTT and SubRip have them, read by structure: a line is what its place in the file makes it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from copilot.domain.call import Role
from copilot.importers.cues import Cue
from copilot.importers.speaker_names import looks_like_name, named_role, names_in, split_prefix
from copilot.importers.times import TIME, seconds

TIMING = re.compile(rf"^\s*({TIME})\s*-{{2,3}}>\s*({TIME})(?:\s.*)?$", re.ASCII)
_NUMBER = re.compile(r"^\d+$|^[0-9a-fA-F-]{30,}(?:/\d+-\d+)?$", re.ASCII)
_ASIDE = re.compile(r"^(?:NOTE|STYLE|REGION)(?:\s|$)")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?(?:[ \t]+([^<>]*))?>(.*?)(?=<v[.\s>]|\Z)", re.DOTALL)


@dataclass(frozen=True)
class Block:
    """One timing line and the lines that belong to it."""

    start_s: float | None
    end_s: float | None
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def blocks(text: str) -> list[Block]:
    """Every timed block, whether or not blank lines stand between, before or within them."""
    lines = text.split("\n")
    timings = [(at, found) for at, line in enumerate(lines) if (found := TIMING.match(line))]
    ends = [at for at, _ in timings[1:]] + [len(lines)] * bool(timings)
    return [
        Block(seconds(found[1]), seconds(found[2]), tuple(_spoken(lines[at + 1 : end], last=end == len(lines))))
        for (at, found), end in zip(timings, ends, strict=True)
    ]


def attributed(found: Sequence[Block]) -> list[Cue]:
    """Cues with the speaker that a voice tag or a `Name:` before the words gives.

    In a file whose cues carry names, a cue without one goes on with the speaker before it.
    """
    if any("<v" in block.text for block in found):
        return [cue for block in found for cue in _voices(block)]
    return _below_names(found) if _has_names_above(found) else _prefixed(found)


def _spoken(lines: Sequence[str], *, last: bool) -> Iterator[str]:
    """The lines without asides and without the next block's number or identifier."""
    body = list(lines) if last else _without_identifier(lines)
    aside = False
    for k, line in enumerate(body):
        blank = not line.strip()
        after_blank = k > 0 and not body[k - 1].strip()
        aside = not blank and (aside or (after_blank and _ASIDE.match(line) is not None))
        if not blank and not aside:
            yield line.strip()


def _without_identifier(lines: Sequence[str]) -> list[str]:
    if not lines or not lines[-1].strip():
        return list(lines)
    identifier, before = lines[-1].strip(), list(lines[:-1])
    stands_apart = bool(before) and not before[-1].strip() and any(line.strip() for line in before)
    return before if stands_apart or _NUMBER.match(identifier) else list(lines)


def _voices(block: Block) -> Iterator[Cue]:
    found = list(_VOICE.finditer(block.text))
    if not found:
        yield Cue(block.text, start_s=block.start_s, end_s=block.end_s)
    for voice in found:
        name, role = named_role((voice[1] or "").strip())
        yield Cue(voice[2], speaker=name or None, role=role, start_s=block.start_s, end_s=block.end_s)


def _prefixed(found: Sequence[Block]) -> list[Cue]:
    spoken = [block for block in found if block.lines]
    names = names_in([block.text for block in spoken])
    cues: list[Cue] = []
    speaker: str | None = None
    role = Role.UNKNOWN
    for block in spoken:
        text = block.text
        if (parts := split_prefix(text)) and parts[0] in names:
            text = parts[1]
            speaker, role = named_role(parts[0])
        cues.append(Cue(text, speaker=speaker, role=role, start_s=block.start_s, end_s=block.end_s))
    return _with_colons_in_names(cues)


def _has_names_above(found: Sequence[Block]) -> bool:
    """Whether every cue's first line is a name and its words follow below, as in text copied from Teams' documents."""
    spoken = [block.lines for block in found if block.lines]
    first = {lines[0] for lines in spoken}
    return (
        len(first) < len(spoken)
        and all(len(lines) > 1 for lines in spoken)
        and all(map(looks_like_name, first))
        and not any(map(split_prefix, first))
    )


def _below_names(found: Sequence[Block]) -> list[Cue]:
    return [
        Cue("\n".join(block.lines[1:]), speaker=block.lines[0], start_s=block.start_s, end_s=block.end_s)
        for block in found
        if block.lines
    ]


def _with_colons_in_names(cues: Sequence[Cue]) -> list[Cue]:
    """`Acme: Dana: hello`: what follows one name in every one of its cues, and again and again, belongs to the name."""
    following: dict[str, set[str | None]] = defaultdict(set)
    times: dict[str, int] = defaultdict(int)
    for cue in cues:
        if cue.speaker is not None:
            parts = split_prefix(cue.text)
            following[cue.speaker].add(parts[0] if parts else None)
            times[cue.speaker] += 1
    more = {
        name: rest.copy().pop()
        for name, rest in following.items()
        if len(rest) == 1 and None not in rest and times[name] > 2
    }
    return [_longer_name(cue, more.get(cue.speaker or "")) for cue in cues]


def _longer_name(cue: Cue, more: str | None) -> Cue:
    parts = split_prefix(cue.text)
    if more is None or parts is None:
        return cue
    return replace(cue, speaker=f"{cue.speaker}: {more}", text=parts[1])
