"""The end of a call with a second look at it, and what another analyst proposes meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from copilot.adapters.store import open_store
from copilot.analysis.decisions import decide_item
from copilot.analysis.hearing import Step
from copilot.domain.call import CallInfo
from copilot.domain.items import ItemState
from copilot.domain.ops import AddOutcome, ConfirmItem, CoverStage
from copilot.domain.state import CallState, replay
from copilot.errors import StoreUnavailable
from copilot.live.call import LiveCall
from copilot.ports import Store
from tests.builders import PLAYBOOK, ScriptedAnalyst, quoting, say
from tests.integration.test_live_call import FailingStore

pytestmark = pytest.mark.anyio


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with open_store(f"sqlite+aiosqlite:///{tmp_path / 'copilot.db'}") as opened:
        yield opened


class Looking:
    """A second look that adds an outcome once it `may`."""

    def __init__(self) -> None:
        self.began, self.may = asyncio.Event(), asyncio.Event()
        self.times = 0

    async def __call__(self, call: LiveCall) -> None:
        self.times += 1
        self.began.set()
        await self.may.wait()
        await call.propose(found)


def found(state: CallState) -> Step:
    op = AddOutcome(text="Release every four weeks", evidence=quoting(state, 0))
    return Step(state).propose([op], by="llm")


async def heard(store: Store, look: Looking | None = None, analyst: ScriptedAnalyst | None = None) -> LiveCall:
    call = await LiveCall.begin(CallInfo(id="call"), PLAYBOOK, store, analyst or ScriptedAnalyst(), look)
    await call.hear(say("customer", "We want to release every four weeks"))
    return call


class TestTheEnd:
    async def test_waits_for_the_second_look(self, store: Store) -> None:
        look = Looking()
        call = await heard(store, look)
        ending = asyncio.create_task(call.end("sender"))
        await look.began.wait()
        assert (call.state.ended, call.state.wrapped_up, call.over.is_set()) == (True, False, False)
        assert (call.record.ended_at is not None, call.record.wrapped_up) == (True, False)

        look.may.set()
        seq = await ending

        assert (call.state.wrapped_up, call.over.is_set(), call.record.wrapped_up) == (True, True, True)
        assert [o.found_by for o in call.state.outcomes.values()] == ["llm"]
        assert [logged.event.type for logged in await store.read("call")][-3:] == [
            *("call_ended", "outcome", "wrapped_up")
        ]
        assert seq == call.state.seq

    async def test_asked_for_twice_comes_once(self, store: Store) -> None:
        look = Looking()
        call = await heard(store, look)
        look.may.set()
        seqs = await asyncio.gather(call.end("sender"), call.end("silence"))

        assert (look.times, len(set(seqs))) == (1, 1)
        assert await call.end("sender") == seqs[0]

    async def test_a_person_may_decide_meanwhile_and_is_heeded(self, store: Store) -> None:
        look = Looking()
        call = await heard(store, look)
        await call.propose(found)
        ending = asyncio.create_task(call.end("sender"))
        await look.began.wait()
        await call.decide(lambda state: decide_item(state, "O1", "reject", {}))
        look.may.set()
        await ending

        assert call.state.outcomes["O1"].state is ItemState.REJECTED

    async def test_a_look_that_fails_does_not_keep_the_call_open(self, store: Store) -> None:
        async def broken(call: LiveCall) -> None:
            raise ValueError(call.state.utterances[0].text)

        call = await LiveCall.begin(CallInfo(id="call"), PLAYBOOK, store, ScriptedAnalyst(), broken)
        await call.hear(say("customer", "a secret"))
        await call.end("sender")

        assert call.state.wrapped_up
        assert call.state.dropped == {"analysis_failed": 1}

    async def test_one_that_was_broken_off_is_taken_up_again(self, store: Store) -> None:
        look = Looking()
        call = await heard(store, look)
        ending = asyncio.create_task(call.end("sender"))
        await look.began.wait()
        await call.settled()
        with pytest.raises(asyncio.CancelledError):
            await ending
        assert await store.unfinished() == ["call"]

        record = await store.record("call")
        assert record is not None
        look.may.set()
        again = LiveCall(replay(e.event for e in await store.read("call")), record, store, ScriptedAnalyst(), look)
        await again.wrap_up()

        assert again.state.wrapped_up
        assert await store.unfinished() == []

    async def test_one_that_cannot_be_written_is_looked_at_again_only_once_it_can(self, store: Store) -> None:
        failing, look = FailingStore(store), Looking()
        call = await heard(failing, look)
        ending = asyncio.create_task(call.end("sender"))
        await look.began.wait()
        failing.full = True
        look.may.set()
        with pytest.raises(StoreUnavailable):
            await ending
        with pytest.raises(StoreUnavailable):
            await call.wrap_up()
        assert (call.state.wrapped_up, look.times) == (False, 1)

        failing.full = False
        await call.end("sender")

        assert (call.state.wrapped_up, look.times) == (True, 2)


class TestProposals:
    async def test_bring_what_follows_from_them(self, store: Store) -> None:
        covered = ScriptedAnalyst(following_passes=[lambda _: [CoverStage(stage="metrics", coverage="covered")]])
        call = await heard(store, analyst=covered)
        await call.propose(found)

        assert call.state.coverage == {"metrics": "covered"}

    async def test_nothing_follows_from_nothing(self, store: Store) -> None:
        covered = ScriptedAnalyst(following_passes=[lambda _: [CoverStage(stage="metrics", coverage="covered")]])
        call = await heard(store, analyst=covered)
        await call.propose(lambda state: Step(state))

        assert call.state.coverage == {}

    async def test_are_judged_against_the_state_as_it_is_by_then(self, store: Store) -> None:
        call = await heard(store)
        await call.propose(found)
        await call.decide(lambda state: decide_item(state, "O1", "reject", {}))
        op = ConfirmItem(id="O1", evidence=quoting(call.state, 0))
        step = await call.propose(lambda state: Step(state).propose([op], by="llm"))

        assert step.events == ()
        assert call.state.outcomes["O1"].state is ItemState.REJECTED

    async def test_come_too_late_once_the_call_is_wrapped_up(self, store: Store) -> None:
        call = await heard(store)
        await call.end("sender")
        seq = call.state.seq
        await call.propose(found)

        assert call.state.seq == seq
