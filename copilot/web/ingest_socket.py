"""`WS /ws/calls/{call_id}/ingest`: a call streams in."""

from __future__ import annotations

import asyncio
from typing import assert_never

from starlette.websockets import WebSocket, WebSocketDisconnect

from copilot.errors import StoreUnavailable
from copilot.live.call import CallOver, Conflict, LiveCall
from copilot.live.calls import Overloaded
from copilot.web.encoding import error, status_view
from copilot.web.messages import (
    INGEST,
    End,
    IncomingPartial,
    IncomingUtterance,
    IngestMessage,
    MessageRefused,
    Start,
    parse,
)
from copilot.web.services import Services
from copilot.web.sockets import STATUS_EVERY_S, TRY_AGAIN_LATER, UNUSABLE, Patience, admitted, receive, send

RETRY_AFTER_S = 5


async def ingest(socket: WebSocket, services: Services, call_id: str) -> None:
    """Serve one sender until it goes away. Closing the socket does not end the call."""
    if not await admitted(socket, services, call_id):
        return
    session = IngestSession(socket, services, call_id)
    try:
        await session.run()
    except WebSocketDisconnect:
        pass
    finally:
        session.leave()


class IngestSession:
    """One sender's connection. A second sender of the same call displaces it."""

    def __init__(self, socket: WebSocket, services: Services, call_id: str) -> None:
        self._socket = socket
        self._services = services
        self._call_id = call_id
        self._call: LiveCall | None = None
        self._patience = Patience(socket)
        self._displaced = asyncio.Event()

    async def run(self) -> None:
        """Take frames until the sender goes away, ends the call, is displaced, or cannot be served."""
        taking = asyncio.create_task(self._take_frames(), name=f"ingest of {self._call_id}")
        telling = asyncio.create_task(self._tell_status(), name=f"ingest status of {self._call_id}")
        displaced = asyncio.create_task(self._displaced.wait())
        tasks = {taking, telling, displaced}
        try:
            done, _ = await asyncio.wait({taking, displaced}, return_when=asyncio.FIRST_COMPLETED)
            if displaced in done and taking not in done:
                await self._give_way()
        finally:
            for task in tasks:
                task.cancel()
            results = await asyncio.gather(*tasks, return_exceptions=True)
        for result in results:
            if isinstance(result, Exception) and not isinstance(result, WebSocketDisconnect):
                raise result

    def displace(self) -> None:
        """Another sender has taken over the call."""
        self._displaced.set()

    def leave(self) -> None:
        if self._call is not None and self._call.sender is self:
            self._call.take_over(None)

    async def _take_frames(self) -> None:
        over = False
        while not over:
            frame = await receive(self._socket)
            try:
                over = await self._take(frame)
                self._patience.reset()
            except MessageRefused as refused:
                await self._patience.refuse(refused)
            except StoreUnavailable as problem:
                await self._overloaded(str(problem), RETRY_AFTER_S)
                over = True
            except Overloaded as problem:
                await self._overloaded(str(problem), problem.retry_after_s)
                over = True

    async def _take(self, frame: str | bytes) -> bool:
        """Whether this was the last frame to take."""
        if isinstance(frame, bytes):
            raise MessageRefused(
                "unsupported_audio", "this call was started without audio; send its words as utterances"
            )
        message: IngestMessage = parse(frame, INGEST)
        match message:
            case Start():
                await self._start(message)
            case IncomingUtterance():
                await self._utterance(message)
            case IncomingPartial():
                self._started().partial(message.saying())
            case End():
                await self._end()
                return True
            case _:
                assert_never(message)
        return False

    async def _start(self, message: Start) -> None:
        if self._call is not None:
            raise MessageRefused("started", "this socket has started its call already")
        if message.audio is not None:
            raise MessageRefused(
                "unsupported_audio", "this server has no speech model; send the call's words as utterances"
            )
        call = await self._services.calls.begin(message.call.info(self._call_id))
        self._call = call
        if isinstance(call.sender, IngestSession):
            call.sender.displace()
        call.take_over(self)
        safe = call.state.utterances
        ready = {
            "type": "ready",
            "call_id": self._call_id,
            "audio_frame": None,
            "utterance": safe[-1].id if safe else None,
            "utterances": len(safe),
        }
        await send(self._socket, ready)

    async def _utterance(self, message: IncomingUtterance) -> None:
        try:
            seq = await self._started().hear(message.saying())
        except Conflict as conflict:
            raise MessageRefused("conflict", str(conflict)) from conflict
        except CallOver as over:
            raise MessageRefused("ended", str(over)) from over
        await send(self._socket, {"type": "ack", "utterance": message.id, "seq": seq})

    async def _end(self) -> None:
        seq = await self._started().end("sender")
        await send(self._socket, {"type": "ended", "seq": seq})
        await self._socket.close(1000)

    def _started(self) -> LiveCall:
        if self._call is None:
            raise MessageRefused("not_started", "send 'start' first")
        return self._call

    async def _tell_status(self) -> None:
        while True:
            await asyncio.sleep(STATUS_EVERY_S)
            if self._call is not None:
                await send(self._socket, status_view(self._call.status))

    async def _give_way(self) -> None:
        await send(self._socket, error("taken_over", "another sender has taken over this call", fatal=True))
        await self._socket.close(UNUSABLE, "taken over")

    async def _overloaded(self, message: str, retry_after_s: int) -> None:
        await send(self._socket, error("overloaded", message, fatal=True))
        await self._socket.close(TRY_AGAIN_LATER, f"try again in {retry_after_s} s")
