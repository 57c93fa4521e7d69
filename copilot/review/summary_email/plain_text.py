"""The letter as plain text, 72 columns wide."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from copilot.review.summary_email.letter import Letter, Measure
from copilot.review.summary_email.phrasing import attributed, detail, notes, served

WIDTH = 72


def as_text(letter: Letter) -> str:
    """The body alone, without subject."""
    blocks = [letter.greeting, *map(_filled, letter.opening), *_sections(letter)]
    if letter.says_something:
        blocks.append(_filled(letter.words.correct_us))
    blocks.append("\n".join([letter.words.regards, *([letter.signature] if letter.signature else [])]))
    return "\n\n".join(blocks) + "\n"


def _sections(letter: Letter) -> Iterator[str]:
    words = letter.words
    for title, quotes in ((words.before, letter.before), (words.consequences, letter.consequences)):
        if quotes:
            yield _section(title, ["\n\n".join(_item("  ", attributed(letter, quote)) for quote in quotes)])
    if letter.aims:
        yield _section(words.outcomes, _aims(letter))
    if letter.phases:
        yield _section(words.capabilities, ["\n\n".join(_needs(letter))])
    if letter.measures:
        yield _section(words.measures, (_measure(letter, measure) for measure in letter.measures))
    if letter.steps:
        steps = (f"{_item('  - ', step.text)}\n{_item('    ', detail(letter, step))}" for step in letter.steps)
        yield _section(words.steps, steps)
    if letter.open_questions:
        yield _section(words.open, (_item("  - ", question) for question in letter.open_questions))


def _section(title: str, lines: Iterable[str]) -> str:
    return "\n".join([title.upper(), "", *lines])


def _aims(letter: Letter) -> Iterator[str]:
    for aim in letter.aims:
        yield _item(f"  {aim.rank}. ", aim.text)
        if aim.quote:
            yield _item("     ", attributed(letter, aim.quote))


def _needs(letter: Letter) -> Iterator[str]:
    for phase in letter.phases:
        ties = (served(letter, need.serves) for need in phase.needs)
        texts = (f"{need.text} ({tie})" if tie else need.text for need, tie in zip(phase.needs, ties, strict=True))
        yield "\n".join([f"  {phase.title}:", *(_item("  - ", text) for text in texts)])


def _measure(letter: Letter, measure: Measure) -> str:
    words = letter.words
    beside = notes(letter, measure)
    figures = (
        f"{letter.baseline_title}: {measure.baseline or words.unsettled}"
        f" → {letter.target_title}: {measure.target or words.unsettled}"
    )
    owner, cadence = measure.owner or words.unsettled, measure.cadence or words.unsettled
    people = f"{words.owner}: {owner} · {words.cadence}: {cadence}"
    head = _item("  - ", f"{measure.text} ({beside})" if beside else measure.text)
    return "\n".join([head, _item("    ", figures), _item("    ", people)])


def _item(lead: str, text: str) -> str:
    return textwrap.fill(text, WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead), break_on_hyphens=False)


def _filled(text: str) -> str:
    return textwrap.fill(text, WIDTH, break_on_hyphens=False)
