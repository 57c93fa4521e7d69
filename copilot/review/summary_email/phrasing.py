"""Turns of phrase that the letter has in every form."""

from __future__ import annotations

from collections.abc import Iterable

from copilot.review.summary_email.letter import Letter, Measure, Step
from copilot.review.summary_email.quotes import Quote


def served(letter: Letter, ranks: Iterable[int]) -> str:
    """ "for 1 and 2", or nothing where it serves no outcome of the letter."""
    numbers = [str(rank) for rank in ranks]
    return letter.words.serves.format(letter.words.listed(numbers)) if numbers else ""


def attributed(letter: Letter, quote: Quote) -> str:
    """The customer's words in quotation marks, and whose they are."""
    said = letter.words.quoted.format(quote.text + (" …" if quote.cut else ""))
    return f"{said} — {quote.speaker}" if quote.speaker else said


def detail(letter: Letter, step: Step) -> str:
    words = letter.words
    return f"{step.owner or words.owner_open} · {step.due or words.due_open}"


def notes(letter: Letter, measure: Measure) -> str:
    """Which outcomes a measure is for, and whether it is an early sign of them."""
    both = (served(letter, measure.serves), letter.words.early_sign if measure.early_sign else "")
    return ", ".join(note for note in both if note)
