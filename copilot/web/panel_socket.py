"""`WS /ws/calls/{call_id}/panel`: a panel watches a call and decides about its items."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from typing import Any, assert_never

from starlette.websockets import WebSocket, WebSocketDisconnect

from copilot.analysis.adding import AlreadyThere, NotSaid, add_by_hand, take_back
from copilot.analysis.decisions import (
    QuestionGone,
    UnknownItem,
    UnusableEdit,
    change_speakers,
    decide_item,
    judge_pitfall,
    judge_question,
    mark_moment,
)
from copilot.domain.events import Event
from copilot.domain.state import CallState
from copilot.errors import CallDeleted, NoSuchCall, StoreUnavailable, WorkFailed
from copilot.live.call import LiveCall
from copilot.live.feed import Feed, FeedItem, Snapshot
from copilot.web.encoding import feed_frame
from copilot.web.messages import (
    PANEL,
    AddByHand,
    ChangeSpeakers,
    Decide,
    JudgePitfall,
    JudgeQuestion,
    MarkMoment,
    MessageRefused,
    PanelMessage,
    TakeBack,
    check,
    load,
)
from copilot.web.services import Services
from copilot.web.sockets import (
    DELETED,
    NO_SUCH_CALL,
    STATUS_EVERY_S,
    TRY_AGAIN_LATER,
    UNUSABLE,
    Patience,
    admitted,
    receive,
    send,
)


async def panel(socket: WebSocket, services: Services, call_id: str) -> None:
    """Serve one panel until it goes away."""
    if not await admitted(socket, services, call_id):
        return
    after = socket.query_params.get("after")
    if after is not None and not (after.isascii() and after.isdigit() and len(after) < 16):
        await socket.close(UNUSABLE, "'after' is the number of the last event that was seen")
        return
    try:
        call = await services.calls.get(call_id)
        feed = await call.watch(after=None if after is None else int(after))
    except CallDeleted as gone:
        await socket.close(DELETED, str(gone))
        return
    except NoSuchCall as missing:
        await socket.close(NO_SUCH_CALL, str(missing))
        return
    except StoreUnavailable as problem:
        await socket.close(TRY_AGAIN_LATER, f"{problem}; try again in 5 s"[:120])
        return
    try:
        await _serve(socket, call, feed, services.stages)
    finally:
        call.unwatch(feed)


async def _serve(socket: WebSocket, call: LiveCall, feed: Feed, stages: Sequence[str]) -> None:
    tasks = {
        asyncio.create_task(_show(socket, call, feed, stages), name=f"panel of {call.id}"),
        asyncio.create_task(_take_decisions(socket, call), name=f"decisions on {call.id}"),
    }
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
    for result in results:
        if isinstance(result, Exception) and not isinstance(result, WebSocketDisconnect):
            raise result


async def _show(socket: WebSocket, call: LiveCall, feed: Feed, stages: Sequence[str]) -> None:
    clock = asyncio.get_running_loop()
    status_due = clock.time() + STATUS_EVERY_S
    while True:
        items: list[FeedItem] = []
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout_at(status_due):
                items = await feed.next()
        if feed.deleted:
            await socket.close(DELETED, f"call {call.id!r} was deleted")
            return
        if feed.overflowed:
            feed.put(Snapshot(call.state))
            continue
        if clock.time() >= status_due:  # however much there is to show
            items = [*items, call.status]
            status_due = clock.time() + STATUS_EVERY_S
        for item in items:
            await send(socket, feed_frame(item, stages))


async def _take_decisions(socket: WebSocket, call: LiveCall) -> None:
    patience = Patience(socket)
    while True:
        frame = await receive(socket)
        ref: dict[str, Any] = {}
        try:
            document = load(frame)
            ref = {"ref": document["ref"]} if isinstance(document.get("ref"), str | int) else {}
            seq = await call.decide(_decision(check(document, PANEL)))
            patience.reset()
            await send(socket, {"type": "done", **ref, "seq": seq})
        except MessageRefused as refused:
            await patience.refuse(refused, **ref)
        except (UnknownItem, QuestionGone) as unknown:
            await patience.refuse(MessageRefused("unknown_item", str(unknown)), **ref)
        except UnusableEdit as unusable:
            await patience.refuse(MessageRefused("bad_message", str(unusable)), **ref)
        except NotSaid as unsaid:
            await patience.refuse(MessageRefused("not_said", str(unsaid)), **ref)
        except AlreadyThere as there:
            await patience.refuse(MessageRefused("already_there", str(there)), **ref)
        except StoreUnavailable as problem:
            await patience.refuse(MessageRefused("overloaded", str(problem)), **ref)
        except NoSuchCall:  # it has just been deleted
            await socket.close(DELETED, f"call {call.id!r} was deleted")
            return
        except WorkFailed as failed:
            await patience.refuse(MessageRefused("failed", str(failed)), **ref)


def _decision(message: PanelMessage) -> Callable[[CallState], Sequence[Event]]:
    match message:
        case Decide():
            return lambda state: decide_item(state, message.item, message.verdict, message.fields)
        case JudgeQuestion():
            return lambda state: judge_question(state, message.id, message.verdict)
        case JudgePitfall():
            return lambda state: judge_pitfall(state, message.id, message.verdict)
        case ChangeSpeakers():
            return lambda state: change_speakers(
                state,
                swap=message.swap,
                speaker=message.speaker,
                name=message.name,
                role=message.role,
                utterances=message.utterances,
            )
        case MarkMoment():
            return lambda state: mark_moment(state, message.id, i=message.i, text=message.text, removed=message.removed)
        case AddByHand():
            return lambda state: add_by_hand(
                state, message.id, message.kind, i=message.i, quote=message.quote, fields=message.fields
            )
        case TakeBack():
            return lambda state: take_back(state, message.id)
        case _:
            assert_never(message)
