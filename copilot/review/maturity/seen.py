"""What calls and ledgers show of a company's own value work, in the few facts that proposals rest on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from copilot.domain.call import CallKind
from copilot.domain.records import CallRecord
from copilot.review.ledger.entries import Ledger
from copilot.review.maturity.entries import CallNamed
from copilot.review.reps import rep_key
from copilot.review.scorecard.keeping import KeptScorecards

BEFORE_SALE = frozenset((CallKind.DISCOVERY, CallKind.DEMO))
AFTER_SALE = frozenset((CallKind.QBR,))


@dataclass(frozen=True, slots=True)
class CallSeen:
    """A call that is over and counts. `score`: the share of its scorecard's points, None where it has none."""

    id: str
    title: str
    account: str | None
    kind: CallKind
    on: date
    reps: tuple[str, ...]
    outcomes: int
    score: float | None

    @property
    def speaks_of_value(self) -> bool:
        """An outcome of the customer's was named on it."""
        return self.outcomes > 0


@dataclass(frozen=True, slots=True)
class AccountSeen:
    """An account's ledger in figures. `confirmed` promises have an explicit yes of the customer's."""

    name: str
    before_sale: int
    after_sale: int
    promises: int
    confirmed: int
    readings: int

    @property
    def spans_the_sale(self) -> bool:
        return bool(self.before_sale and self.after_sale)


@dataclass(frozen=True, slots=True)
class Seen:
    """Calls, the oldest first; accounts with at least one of them. `coached` are the reps marked as coached."""

    calls: tuple[CallSeen, ...] = ()
    accounts: tuple[AccountSeen, ...] = ()
    coached: frozenset[str] = frozenset()

    @property
    def by_rep(self) -> Mapping[str, Sequence[CallSeen]]:
        """The calls under each of their reps, as far as reps are known."""
        grouped: dict[str, list[CallSeen]] = {}
        for call in self.calls:
            for rep in call.reps:
                grouped.setdefault(rep, []).append(call)
        return grouped


def seen(
    records: Iterable[CallRecord],
    keepings: Mapping[str, KeptScorecards],
    ledgers: Iterable[Ledger],
    coached: Collection[str],
) -> Seen:
    """Demos never count, nor do calls that are not over."""
    counting = [record for record in records if record.wrapped_up and not record.info.demo]
    calls = [_call(record, keepings.get(record.info.id, KeptScorecards())) for record in counting]
    spelling = {rep_key(rep): rep for call in calls for rep in call.reps}
    books = [_account(book) for book in ledgers if book.calls]
    return Seen(
        calls=tuple(sorted(calls, key=lambda call: (call.on, call.id))),
        accounts=tuple(sorted(books, key=lambda book: book.name)),
        coached=frozenset(spelling.get(rep_key(rep), rep) for rep in coached),
    )


def named(calls: Iterable[CallSeen], *, most: int = 3) -> tuple[CallNamed, ...]:
    """The newest of them."""
    newest = sorted(calls, key=lambda call: (call.on, call.id), reverse=True)[:most]
    return tuple(CallNamed(id=call.id, title=call.title) for call in newest)


def _call(record: CallRecord, keeping: KeptScorecards) -> CallSeen:
    kept = keeping.kept(record.info.kind)
    return CallSeen(
        id=record.info.id,
        title=record.info.title or record.info.id,
        account=record.info.account,
        kind=record.info.kind,
        on=record.held_on,
        reps=keeping.counted.reps if keeping.counted else (),
        outcomes=record.figures.outcomes,
        score=keeping.judged(kept.note.scorecard).score if kept else None,
    )


def _account(book: Ledger) -> AccountSeen:
    promises = [entry for entry in (*book.outcomes, *book.metrics) if not entry.reported]
    return AccountSeen(
        name=book.account,
        before_sale=sum(call.kind in BEFORE_SALE for call in book.calls),
        after_sale=sum(call.kind in AFTER_SALE for call in book.calls),
        promises=len(promises),
        confirmed=sum(any(m.confirmed_by == "customer" for m in promise.mentions) for promise in promises),
        readings=sum(len([r for r in metric.readings if not r.ours]) for metric in book.metrics),
    )
