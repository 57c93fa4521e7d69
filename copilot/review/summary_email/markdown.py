"""The letter as Markdown. What people said is text: nothing of it becomes markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from copilot.review.summary_email.letter import Letter, Measure
from copilot.review.summary_email.phrasing import attributed, detail, notes, served

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~&:@/=])")
_LOOKS_LIKE_MARKUP = re.compile(r"[\\`*_\[\]<>|~&]|://|^\s*(?:[#+=-]|\d+[.)])|www\.|\w@\w", re.I)


def as_markdown(letter: Letter) -> str:
    """The body alone, without subject."""
    blocks = [*(escaped(line) for line in (letter.greeting, *letter.opening)), *_sections(letter)]
    if letter.says_something:
        blocks.append(escaped(letter.words.correct_us))
    signature = f"  \n{escaped(letter.signature)}" if letter.signature else ""
    return "\n\n".join([*blocks, f"{escaped(letter.words.regards)}{signature}"]) + "\n"


def escaped(text: str) -> str:
    """Text that means itself: every mark with a meaning of its own is escaped where one could be meant."""
    line = " ".join(text.split())
    return _SPECIAL.sub(r"\\\1", line) if _LOOKS_LIKE_MARKUP.search(line) else line


def _sections(letter: Letter) -> Iterator[str]:
    words = letter.words
    for title, quotes in ((words.before, letter.before), (words.consequences, letter.consequences)):
        if quotes:
            yield f"## {title}"
            yield from (f"> {escaped(attributed(letter, quote))}" for quote in quotes)
    if letter.aims:
        yield f"## {words.outcomes}"
        yield "\n".join(_aims(letter))
    if letter.phases:
        yield f"## {words.capabilities}"
        yield from _needs(letter)
    if letter.measures:
        yield f"## {words.measures}"
        yield "\n".join(_measures(letter))
    if letter.steps:
        yield f"## {words.steps}"
        yield _listed(f"**{escaped(step.text)}**  \n  {escaped(detail(letter, step))}" for step in letter.steps)
    if letter.open_questions:
        yield f"## {words.open}"
        yield _listed(escaped(question) for question in letter.open_questions)


def _aims(letter: Letter) -> Iterator[str]:
    for aim in letter.aims:
        said = f"  \n   {escaped(attributed(letter, aim.quote))}" if aim.quote else ""
        yield f"{aim.rank}. **{escaped(aim.text)}**{said}"


def _needs(letter: Letter) -> Iterator[str]:
    for phase in letter.phases:
        yield f"**{escaped(phase.title)}**"
        yield _listed(
            escaped(f"{need.text} ({tie})" if (tie := served(letter, need.serves)) else need.text)
            for need in phase.needs
        )


def _measures(letter: Letter) -> Iterator[str]:
    words = letter.words
    titles = (words.measure, letter.baseline_title, letter.target_title, words.owner, words.cadence)
    yield f"| {' | '.join(titles)} |"
    yield f"|{' --- |' * len(titles)}"
    yield from (f"| {' | '.join(_cells(letter, measure))} |" for measure in letter.measures)


def _cells(letter: Letter, measure: Measure) -> Iterator[str]:
    beside = notes(letter, measure)
    yield escaped(f"{measure.text} ({beside})" if beside else measure.text)
    for value in (measure.baseline, measure.target, measure.owner, measure.cadence):
        yield escaped(value) if value else f"*{letter.words.unsettled}*"


def _listed(entries: Iterable[str]) -> str:
    return "\n".join(f"- {entry}" for entry in entries)
