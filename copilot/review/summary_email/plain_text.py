"""The letter as plain text: 72 columns wide to be read, or a line for each paragraph and entry to be edited."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator

from copilot.review.summary_email.letter import Letter, Measure
from copilot.review.summary_email.phrasing import attributed, detail, notes, served

WIDTH = 72
_LEAD = re.compile(r" *(?:- |\d+\. )?")


def as_text(letter: Letter) -> str:
    """The body alone, without subject."""
    return "\n".join(_wrapped(line) for line in as_running_text(letter).split("\n"))


def as_running_text(letter: Letter) -> str:
    """The same body with lines as long as they get, for an editor that wraps them itself."""
    blocks = [letter.greeting, *letter.opening, *_sections(letter)]
    if letter.says_something:
        blocks.append(letter.words.correct_us)
    blocks.append("\n".join([letter.words.regards, *([letter.signature] if letter.signature else [])]))
    return "\n\n".join(blocks) + "\n"


def heading(title: str) -> str:
    """A section's title as a line of the body."""
    return title.upper()


def _sections(letter: Letter) -> Iterator[str]:
    words = letter.words
    for title, quotes in ((words.before, letter.before), (words.consequences, letter.consequences)):
        if quotes:
            yield _section(title, ["\n\n".join(f"  {attributed(letter, quote)}" for quote in quotes)])
    if letter.aims:
        yield _section(words.outcomes, _aims(letter))
    if letter.phases:
        yield _section(words.capabilities, ["\n\n".join(_needs(letter))])
    if letter.measures:
        yield _section(words.measures, (_measure(letter, measure) for measure in letter.measures))
    if letter.steps:
        yield _section(words.steps, (f"{_entry(step.text)}\n    {detail(letter, step)}" for step in letter.steps))
    if letter.open_questions:
        yield _section(words.open, map(_entry, letter.open_questions))


def _section(title: str, lines: Iterable[str]) -> str:
    return "\n".join([heading(title), "", *lines])


def _aims(letter: Letter) -> Iterator[str]:
    for aim in letter.aims:
        yield f"  {aim.rank}. {aim.text}"
        if aim.quote:
            yield f"     {attributed(letter, aim.quote)}"


def _needs(letter: Letter) -> Iterator[str]:
    for phase in letter.phases:
        ties = (served(letter, need.serves) for need in phase.needs)
        texts = (f"{need.text} ({tie})" if tie else need.text for need, tie in zip(phase.needs, ties, strict=True))
        yield "\n".join([f"  {phase.title}:", *map(_entry, texts)])


def _measure(letter: Letter, measure: Measure) -> str:
    words = letter.words
    beside = notes(letter, measure)
    figures = (
        f"{letter.baseline_title}: {measure.baseline or words.unsettled}"
        f" → {letter.target_title}: {measure.target or words.unsettled}"
    )
    owner, cadence = measure.owner or words.unsettled, measure.cadence or words.unsettled
    people = f"{words.owner}: {owner} · {words.cadence}: {cadence}"
    head = _entry(f"{measure.text} ({beside})" if beside else measure.text)
    return "\n".join([head, f"    {figures}", f"    {people}"])


def _entry(text: str) -> str:
    return f"  - {text}"


def _wrapped(line: str) -> str:
    """A line broken at the width; what follows hangs under its first words."""
    match = _LEAD.match(line)
    lead = match[0] if match else ""
    return textwrap.fill(
        line[len(lead) :], WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead), break_on_hyphens=False
    )
