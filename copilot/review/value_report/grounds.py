"""What the report's statements stand on, as footnotes; nothing that was said in confidence is among it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from copilot.analysis.language.words import content_words
from copilot.domain.accounts import Heard, Imported, Quoted, Source, Typed
from copilot.domain.call import Role
from copilot.review.confidence import in_confidence
from copilot.review.ledger import AccountCall
from copilot.review.ledger.entries import Entry, Kept, KeptNote
from copilot.review.ledger.told import Quote, Reading, Told
from copilot.review.value_report.entries import Ground
from copilot.review.value_report.quarters import day_text


@dataclass(frozen=True, slots=True)
class Sources:
    """The account's calls, to look quotes up in; `private` is what of them was said in confidence."""

    calls: Mapping[str, AccountCall]
    private: Mapping[str, frozenset[int]]

    @classmethod
    def of(cls, calls: Sequence[AccountCall]) -> Sources:
        return cls({c.id: c for c in calls}, {c.id: in_confidence(c.state.utterances) for c in calls})

    def heard(self, quote: Quote) -> tuple[Ground, ...]:
        """The quote as a footnote; nothing where it was said in confidence."""
        if quote.utterance in self.private.get(quote.call, ()):
            return ()
        call = self.calls.get(quote.call)
        where = f", {call.title}" if call and call.title else ""
        who = f"{quote.speaker or 'Somebody'}{' (our side)' if quote.role is Role.REP else ''}"
        text = f"{who} on {day_text(quote.on)}{where}: “{' '.join(quote.quote.split())}”"
        return (Ground(how="heard", text=text, quote=quote),)

    def quoted(self, said: Quoted) -> tuple[Ground, ...]:
        """Words that a note names; nothing where their call does not count."""
        call = self.calls.get(said.call)
        if call is None or said.utterance >= len(call.state.utterances):
            return ()
        spoken = call.state.utterances[said.utterance]
        return self.heard(
            Quote(
                call=said.call,
                on=call.on,
                utterance=said.utterance,
                quote=said.quote,
                speaker=spoken.speaker,
                role=spoken.role,
            )
        )

    def told(self, told: Told) -> tuple[Ground, ...]:
        if told.quote is not None:
            return self.heard(told.quote)
        return (Ground(how="typed", text=f"typed{_by(told.by)} on {day_text(told.on)}", note=told.note),)

    def reading(self, reading: Reading) -> tuple[Ground, ...]:
        if reading.quote is not None:
            return self.quoted(
                Quoted(call=reading.quote.call, utterance=reading.quote.utterance, quote=reading.quote.quote)
            )
        return self.source(reading.source, reading.by, reading.on, reading.note)

    def source(self, source: Source, by: str | None, on: date, note: int | None) -> tuple[Ground, ...]:
        """Where a figure that somebody wrote down is from; `on` is the day it is of."""
        match source:
            case Heard(said=said):
                return self.quoted(said)
            case Imported(file=file, line=line, origin=origin):
                text = f"{_origin(origin)}{file}, line {line}, imported{_by(by)}, as of {day_text(on)}"
                return (Ground(how="imported", text=text, note=note),)
            case Typed(origin=origin):
                text = f"{_origin(origin)}typed{_by(by)}, as of {day_text(on)}"
                return (Ground(how="typed", text=text, note=note),)

    def entry(self, entry: Entry) -> tuple[Ground, ...]:
        """The words that say most of it, the customer's own where there are any."""
        quotes = [quote for mention in entry.mentions if not mention.ours for quote in mention.quotes]
        about = content_words(entry.text)
        said = sorted(quotes, key=lambda q: (q.role is not Role.CUSTOMER, -len(about & content_words(q.quote))))
        return next((grounds for quote in said if (grounds := self.heard(quote))), ())

    def noted(self, kept: Kept[KeptNote], words: str) -> tuple[Ground, ...]:
        """A note as such, whose writer is all that it stands on."""
        return (Ground(how="typed", text=f"{words}{_by(kept.note.by)} on {day_text(kept.at.date())}", note=kept.seq),)


def distinct(grounds: Iterable[Ground]) -> tuple[Ground, ...]:
    return tuple({ground.text: ground for ground in grounds}.values())


def _by(name: str | None) -> str:
    return f" by {name}" if name else ""


def _origin(origin: str | None) -> str:
    return f"{origin}; " if origin else ""
