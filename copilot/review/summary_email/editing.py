"""What an editor of the letter needs beside its text: the words behind its lines, and what can be added to it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from copilot.domain.items import Evidence, Item, ItemState, NextStep
from copilot.domain.state import CallState
from copilot.domain.value import Value
from copilot.review.heard import heard_of
from copilot.review.summary_email.left_out import Remark, left_out
from copilot.review.summary_email.letter import MOST_QUESTIONS, Entry, Letter, account_of, open_questions, tidy
from copilot.review.summary_email.plain_text import heading
from copilot.review.summary_email.quotes import Quote
from copilot.review.summary_email.wording import Wording


class Ground(Value):
    """A text that stands in a line of the body, and the words of the call that it rests on."""

    text: str
    evidence: tuple[Evidence, ...]


class Addition(Value):
    """A line that can be put into the body, under a heading that may not stand in it yet."""

    heading: str
    line: str


class Offered(Value):
    """Something that is not in the email, or `doubtful` in it, with why; `addition` where it can be put in as it is."""

    what: str
    why: str
    item: str | None = None
    doubtful: bool = False
    addition: Addition | None = None


def grounds(letter: Letter) -> tuple[Ground, ...]:
    """What each line of the body rests on, from the top."""
    return tuple(_grounds(letter))


def headings(words: Wording) -> tuple[str, ...]:
    """Every heading that the body may have, in its order."""
    titles = (words.before, words.consequences, words.outcomes, words.capabilities, words.measures, words.steps)
    return tuple(map(heading, (*titles, words.open)))


def offered(state: CallState, letter: Letter) -> tuple[Offered, ...]:
    """What is not in the letter, and doubts about what is in it, which there is nothing to add to."""
    words, told = letter.words, _entries(letter)
    lines = _lines(state, letter)
    asked = [*open_questions(heard_of(state), words)][MOST_QUESTIONS:]
    questions = (
        Offered(what=question, why="open too", addition=Addition(heading=heading(words.open), line=f"  - {question}"))
        for question in asked
    )
    left = (_offer(remark, lines, told) for remark in left_out(state) if not remark.open_question)
    return (*left, *questions)


def changed_items(before: Letter, after: Letter) -> int:
    """How many items the letters tell differently, or only one of them tells; their numbers and quotes do not count."""
    old, new = _told(before), _told(after)
    return sum(old.get(item) != new.get(item) for item in {*old, *new})


def _grounds(letter: Letter) -> Iterator[Ground]:
    if letter.account:
        evidence = dict.fromkeys(piece for sentence in letter.account for piece in sentence.evidence)
        yield Ground(text=account_of(letter.account), evidence=tuple(evidence))
    for quote in (*letter.before, *letter.consequences):
        yield _quoted(quote)
    for aim in letter.aims:
        yield Ground(text=aim.text, evidence=aim.evidence)
        if aim.quote:
            yield _quoted(aim.quote)
    needs = (need for phase in letter.phases for need in phase.needs)
    for entry in (*needs, *letter.measures, *letter.steps):
        yield Ground(text=entry.text, evidence=entry.evidence)


def _quoted(quote: Quote) -> Ground:
    return Ground(text=quote.text, evidence=(quote.evidence,))


def _lines(state: CallState, letter: Letter) -> Mapping[str, Addition]:
    """What only one side has said, by its item's id, as a line of its section."""
    words, told = letter.words, _entries(letter)
    sections = (
        (words.outcomes, state.outcomes),
        (words.capabilities, state.capabilities),
        (words.measures, state.metrics),
        (words.steps, state.next_steps),
    )
    return {
        item.id: Addition(heading=heading(title), line=_line(item, words))
        for title, items in sections
        for item in items.values()
        if item.state is ItemState.PROPOSED and item.id not in told
    }


def _line(item: Item, words: Wording) -> str:
    line = f"  - {tidy(item.text)}"
    if isinstance(item, NextStep):
        return f"{line}\n    {item.owner or words.owner_open} · {item.due or words.due_open}"
    return line


def _offer(remark: Remark, lines: Mapping[str, Addition], told: Collection[str]) -> Offered:
    addition = lines.get(remark.item) if remark.item else None
    doubtful = remark.item is None or remark.item in told
    return Offered(what=remark.what, why=remark.why, item=remark.item, doubtful=doubtful, addition=addition)


def _told(letter: Letter) -> Mapping[str, Mapping[str, object]]:
    return {item: entry.model_dump(exclude={"rank", "serves", "quote"}) for item, entry in _entries(letter).items()}


def _entries(letter: Letter) -> Mapping[str, Entry]:
    needs = (need for phase in letter.phases for need in phase.needs)
    return {entry.item: entry for entry in (*letter.aims, *needs, *letter.measures, *letter.steps)}
