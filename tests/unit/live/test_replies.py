"""What a model answers, taken into a call."""

from __future__ import annotations

import asyncio

import pytest

from copilot.adapters.playbooks import load_playbook
from copilot.adapters.store import MemoryStore
from copilot.analysis.deep.redaction import Redactor
from copilot.analysis.deep.reply import LiveReply
from copilot.bundled import bundled
from copilot.domain.call import CallInfo
from copilot.live.call import LiveCall
from copilot.live.replies import Reply
from tests.builders import PLAYBOOK, ScriptedAnalyst, say
from tests.unit.analysis.deep.wires import wire

pytestmark = pytest.mark.anyio


async def test_what_is_said_gets_in_between_the_ops_of_an_answer_that_comes_all_at_once() -> None:
    store = MemoryStore()
    call = await LiveCall.begin(CallInfo(id="call"), PLAYBOOK, store, ScriptedAnalyst())
    await call.hear(say("customer", "We want to release every four weeks instead of every six weeks"))
    reply = Reply(call, load_playbook(bundled("rubrics")), Redactor(), wrap_up=False)
    answer = LiveReply(
        ops=[
            wire("add_outcome", (0, "release every four weeks"), text="Release every four weeks"),
            wire("add_metric", (0, "release every four weeks"), text="Weeks between releases"),
        ]
    )

    await asyncio.gather(reply.take(answer.model_dump_json()), call.hear(say("rep", "I see")))

    logged = [logged.event.type for logged in await store.read("call")]
    assert logged == ["call_started", "utterance", "outcome", "utterance", "metric"]
    assert (reply.is_whole, reply.applied, reply.dropped) == (True, 2, {})
