"""What becomes of notes when a call goes."""

from __future__ import annotations

from datetime import UTC, date, datetime

from copilot.domain.accounts import AccountNote, Amended, Heard, Merged, Parted, Quoted, ReadingNoted, Typed
from copilot.domain.call import CallKind
from copilot.domain.items import ItemState
from copilot.domain.journal import Subject, Written
from copilot.review.ledger.entries import Ledger, MetricEntry
from copilot.review.ledger.figures import figure_of
from copilot.review.ledger.parting import parting
from copilot.review.ledger.told import Mention

NOW = datetime(2026, 5, 14, tzinfo=UTC)


def book(*mentions: str) -> Ledger:
    """One in which all of these are one metric."""
    told = tuple(
        Mention(
            id=mention,
            call=mention.split(":")[0],
            title=None,
            kind=CallKind.DISCOVERY,
            on=NOW.date(),
            text="lead time",
            state=ItemState.CONFIRMED,
        )
        for mention in mentions
    )
    metric = MetricEntry(id=mentions[0], text="lead time", mentions=told, standing="no_reading", moved="no_reading")
    return Ledger(account="Larkfield", today=NOW.date(), metrics=(metric,))


def parted(note: AccountNote, account: str = "Larkfield") -> AccountNote | None:
    """What is left of it when the call "old", which tells what "new" and "last" tell too, goes."""
    written = Written(7, NOW, Subject("account", account), note)
    done = parting("old", [written], book("old:M1", "new:M2", "last:M1"), book("new:M2", "last:M1"))
    if done.gone:
        assert done.gone == {7}
        return None
    changed = done.changed.get(7, note)
    assert isinstance(changed, type(note))
    return changed


def reading(promise: str, heard_on: str | None = None) -> ReadingNoted:
    source = Heard(said=Quoted(call=heard_on, utterance=0, quote="18")) if heard_on else Typed()
    return ReadingNoted(promise=promise, figure=figure_of("18 hours"), on=date(2026, 5, 1), source=source)


def test_a_note_names_its_promise_by_a_call_that_is_left() -> None:
    assert parted(reading("old:M1")) == reading("new:M2")
    assert parted(Amended(promise="old:M1", field="owner", value="Ada")) == Amended(
        promise="new:M2", field="owner", value="Ada"
    )
    assert parted(Merged(promise="last:M1", into="old:M1")) == Merged(promise="last:M1", into="new:M2")


def test_what_nothing_is_left_for_goes() -> None:
    assert parted(reading("old:M9")) is None
    assert parted(reading("new:M2", heard_on="old")) is None
    assert parted(Merged(promise="new:M2", into="old:M1")) is None
    assert parted(reading("old:M1"), account="Elsewhere") is None


def test_what_is_not_about_it_is_left_alone() -> None:
    assert parted(reading("older:M1")) == reading("older:M1")
    assert parted(Parted(promise="new:M2", other="last:M1")) == Parted(promise="new:M2", other="last:M1")
