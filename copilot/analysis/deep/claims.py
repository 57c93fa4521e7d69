"""What a proposal claims, held against what was said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain

from copilot.analysis.alignment import uncut
from copilot.analysis.deep.plain import LONGEST_TEXT, LONGEST_VALUE, LONGEST_WHY, plain
from copilot.analysis.deep.redaction import Redactor
from copilot.analysis.deep.reply import WireOp, WireQuote
from copilot.analysis.grounding import grounded, unsaid_numbers
from copilot.analysis.language.dialogue import may_be_customer
from copilot.analysis.language.words import content_words
from copilot.domain.call import Utterance
from copilot.domain.items import Evidence, Item
from copilot.domain.state import CallState

MOST_QUOTES = 6  # of one op
LONGEST_QUOTE = 240
IN_A_ROW = 6
CONTEXT = 14  # utterances before the evidence in which its subject may have been named
LEAST_THEIRS = 1 / 3  # of a text's content words
_VALUES = ("baseline", "target", "owner", "cadence", "due", "kind", "stage", "phase")
_WITHHELD = re.compile(r"\[(?!PERSON_|LITERAL_)[A-Z]+_[0-9]+\]")


class Dropped(Exception):
    """A proposal, or all that is left of it, that goes no further. Never leaves the translation."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def understood(op: WireOp, redactor: Redactor) -> WireOp:
    """The op with what was redacted put back, and its texts plain.

    In quotes everything is put back, for they are what was said; in texts only names, for texts are passed on.
    """
    values = {name: passed_on(getattr(op, name), redactor, LONGEST_VALUE) for name in _VALUES}
    return op.model_copy(
        update={
            **values,
            "evidence": [WireQuote(utterance=q.utterance, quote=redactor.restore(q.quote)) for q in op.evidence],
            "id": op.id.strip(" []\"'").upper() if op.id else None,
            "outcomes": [link.strip(" []\"'").upper() for link in op.outcomes or ()],
            "text": passed_on(op.text, redactor, LONGEST_TEXT),
            "why": passed_on(op.why, redactor, LONGEST_WHY),
        }
    )


@lru_cache(maxsize=64)
def rows_of_words(text: str) -> frozenset[tuple[str, ...]]:
    """Every six words in a row, by which a text is recognised in another."""
    words = re.findall(r"[^\W_]+", text.casefold())
    return frozenset(tuple(words[k : k + IN_A_ROW]) for k in range(len(words) - IN_A_ROW + 1))


def passed_on(text: str | None, redactor: Redactor, longest: int) -> str | None:
    """A model's own words, plain; what was withheld from it besides names has no place in them."""
    if text and _WITHHELD.search(text):
        raise Dropped("personal_data")
    return plain(redactor.restore(text), longest) if text else None


def evidence_of(quotes: Iterable[WireQuote], state: CallState) -> tuple[Evidence, ...]:
    """The quotes that stand, none of them longer than a card can show, or beginning or ending within a number."""
    pieces = [
        Evidence(utterance=q.utterance, quote=q.quote)
        for q in list(quotes)[:MOST_QUOTES]
        if q.utterance >= 0 and q.quote
    ]
    standing = grounded(chain.from_iterable(_behind(piece, state) for piece in pieces), state.utterances)
    return tuple(
        Evidence(utterance=e.utterance, quote=uncut(_short(e.quote), state.utterances[e.utterance].text))
        for e in standing
    )


def _behind(piece: Evidence, state: CallState) -> Iterable[Evidence]:
    """What is quoted, or what an entry rests on there whose text is quoted: older utterances are not shown any more."""
    text = piece.quote.casefold()
    for item in _entries(state):
        if item.text.casefold() == text and piece.utterance in item.utterances:
            return [e for e in item.evidence if e.utterance == piece.utterance]
    return [piece]


def holding(
    evidence: tuple[Evidence, ...], claims: Iterable[str | None], utterances: Sequence[Utterance]
) -> tuple[Evidence, ...]:
    """The evidence, with short utterances quoted whole where a figure of the claims stands beside the quote."""
    claimed = " ; ".join(claim for claim in claims if claim)
    missing = unsaid_numbers(claimed, quotes_of(evidence))
    if not missing:
        return evidence
    wider = (_wider(piece, utterances[piece.utterance].text, claimed) for piece in evidence)
    return tuple(wider)


def quotes_of(evidence: Iterable[Evidence]) -> list[str]:
    return [piece.quote for piece in evidence]


def demand_numbers(claim: str, said: Iterable[str]) -> None:
    """Drops what holds a number that nobody said."""
    if unsaid_numbers(claim, said):
        raise Dropped("unsaid_number")


def demand_their_words(text: str, state: CallState, places: Iterable[int], least: float = LEAST_THEIRS) -> None:
    """Drops a text too few of whose words were said there, shortly before, or where an entry of the map comes from."""
    words = content_words(text)
    around = {k for i in places for k in range(max(0, i - CONTEXT), i + 1)}
    said = {word for k in around for word in content_words(state.utterances[k].text)}
    quoted = (e.quote for item in _entries(state) if item.stands for e in item.evidence)
    said |= {word for quote in quoted for word in content_words(quote)}
    if not words or len(words & said) < least * len(words):
        raise Dropped("not_their_words")


def _entries(state: CallState) -> Iterator[Item]:
    kinds: tuple[Mapping[str, Item], ...] = (state.outcomes, state.capabilities, state.metrics, state.next_steps)
    for entries in kinds:
        yield from entries.values()


def has_the_customer(evidence: Iterable[Evidence], state: CallState) -> bool:
    """Whether any of it may be the customer's; one whose side is not known may."""
    return any(may_be_customer(state.utterances[e.utterance]) for e in evidence)


def is_known_person(name: str, state: CallState) -> bool:
    """Whether somebody on the call goes by that name, or by a part of it."""
    people = {p.name for p in state.call.participants} if state.call else set()
    people.update(u.speaker for u in state.utterances if u.speaker)
    wanted = set(name.casefold().split())
    return any(wanted <= set(person.casefold().split()) for person in people)


def _short(quote: str) -> str:
    if len(quote) <= LONGEST_QUOTE:
        return quote
    cut = quote.rfind(" ", LONGEST_QUOTE // 2, LONGEST_QUOTE)
    return quote[: cut if cut > 0 else LONGEST_QUOTE]


def _wider(piece: Evidence, text: str, claimed: str) -> Evidence:
    fewer_missing = len(unsaid_numbers(claimed, [text])) < len(unsaid_numbers(claimed, [piece.quote]))
    if fewer_missing and len(text.strip()) <= LONGEST_QUOTE:
        return Evidence(utterance=piece.utterance, quote=text.strip())
    return piece
