"""What is read again, and what is not."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from copilot.adapters.store import MemoryStore
from copilot.afterwards.accounts import Accounts, NoSuchAccount
from copilot.domain.accounts import ContractSet, Merged
from copilot.domain.call import CallInfo, CallKind
from copilot.domain.demonstration import Milestone
from copilot.domain.events import CallStarted, Event, Logged, OutcomeNoted, UtteranceHeard
from copilot.domain.items import Evidence, Outcome
from copilot.domain.records import CallRecord
from copilot.errors import BrokenLog
from copilot.review.ledger import Ledger
from copilot.review.ledger.checking import UnusableNote
from tests.integration.servers import PLAYBOOK

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 5, 14, 9, 30, tzinfo=UTC)


class Watched(MemoryStore):
    """Notes which logs are read from where, and has one that cannot be read."""

    def __init__(self) -> None:
        super().__init__()
        self.read_from: list[tuple[str, int]] = []
        self.broken = ""

    async def read(self, call_id: str, after: int = 0) -> list[Logged]:
        if call_id == self.broken:
            raise BrokenLog(call_id, 1)
        self.read_from.append((call_id, after))
        return await super().read(call_id, after)

    async def takes(self, call_id: str, *events: Event, after: int = 0, demo: bool = False) -> None:
        info = CallInfo(id=call_id, kind=CallKind.DISCOVERY, account="Larkfield", demo=demo)
        given: Sequence[Event] = events or (CallStarted(call=info, playbook="value_conversation/1"), *wanting("faster"))
        logged = [Logged(seq=after + n, at=NOW, event=event) for n, event in enumerate(given, 1)]
        await self.append(call_id, logged, CallRecord(info=info, started_at=NOW))


def wanting(text: str, i: int = 0) -> tuple[Event, Event]:
    evidence = (Evidence(utterance=i, quote=text),)
    item = Outcome(id=f"O{i + 1}", text=text, evidence=evidence)
    return UtteranceHeard(utterance=f"u{i}", i=i, text=text), OutcomeNoted(change="added", item=item)


def accounts(store: Watched, now: datetime = NOW) -> Accounts:
    return Accounts(store, PLAYBOOK.value_demonstration, lambda: now)


async def test_a_call_is_read_once_and_then_only_what_has_come_since() -> None:
    store = Watched()
    await store.takes("call")
    known = accounts(store)
    await known.ledger("Larkfield")
    await known.ledger("Larkfield")
    await known.ledgers()
    await store.takes("call", *wanting("cheaper", i=1), after=3)
    book = await known.ledger("Larkfield")

    assert store.read_from == [("call", 0), ("call", 3)]
    assert [outcome.text for outcome in book.outcomes] == ["faster", "cheaper"]


async def test_a_note_and_another_day_fold_it_anew() -> None:
    store, now = Watched(), NOW
    await store.takes("call")
    known = Accounts(store, PLAYBOOK.value_demonstration, lambda: now)
    book = await known.write("Larkfield", [ContractSet(start=NOW.date() - timedelta(days=30))])
    before = {line.id: line.state for line in book.milestones}
    now = NOW + timedelta(days=61)
    after = {line.id: line.state for line in (await known.ledger("Larkfield")).milestones}

    assert (before["onboarding_complete"], after["onboarding_complete"]) == ("due", "overdue")


async def test_a_note_with_which_no_ledger_could_be_made_is_never_written() -> None:
    endless = Milestone(id="endless", title="Endless", from_day=3_000_000, checkpoint="Never")
    store = Watched()
    await store.takes("call")
    playbook = PLAYBOOK.value_demonstration.model_copy(update={"milestones": (endless,)})
    known = Accounts(store, playbook, lambda: NOW)

    with pytest.raises(UnusableNote, match="the account's ledger cannot be worked out with it"):
        await known.write("Larkfield", [ContractSet(start=NOW.date())])
    assert await known.journal("Larkfield") == []
    assert len(await known.ledgers()) == 1


async def test_two_who_write_at_once_see_one_anothers_notes() -> None:
    store = Watched()
    await store.takes("call", *wanting("faster"), *wanting("cheaper", i=1))
    known = accounts(store)
    merged = Merged(promise="call:O1", into="call:O2")

    answers = await asyncio.gather(*(known.write("Larkfield", [merged]) for _ in range(2)), return_exceptions=True)

    assert [type(answer) for answer in answers] == [Ledger, UnusableNote]
    assert len(await known.journal("Larkfield")) == 1


async def test_bundled_calls_count_only_where_they_are_asked_for() -> None:
    store = Watched()
    await store.takes("played", demo=True)
    known = accounts(store)

    assert (await known.ledgers(), (await known.ledger("Larkfield")).outcomes) == ([], ())
    assert [len(book.outcomes) for book in await known.ledgers(demo=True)] == [1]
    assert await known.demos("Larkfield") == 1


async def test_a_call_whose_log_cannot_be_read_is_left_out(caplog: pytest.LogCaptureFixture) -> None:
    store = Watched()
    await store.takes("whole")
    await store.takes("torn")
    store.broken = "torn"

    assert [call.id for call in (await accounts(store).ledger("Larkfield")).calls] == ["whole"]
    assert "the ledger goes without it" in caplog.text


async def test_an_account_that_nobody_knows_is_said_to_be_so() -> None:
    with pytest.raises(NoSuchAccount, match="there is no account 'Nobody'"):
        await accounts(Watched()).ledger("Nobody")
