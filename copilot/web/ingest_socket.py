"""`WS /ws/calls/{call_id}/ingest`: a call streams in."""

from __future__ import annotations

import asyncio
import contextlib
from typing import assert_never

from starlette.websockets import WebSocket, WebSocketDisconnect

from copilot.analysis.speech.frames import FrameGap, UnusableFrame
from copilot.domain.audio import AudioFormat
from copilot.domain.days import StillToCome, check_begun
from copilot.errors import CallDeleted, StoreUnavailable, TranscriptionFailed
from copilot.live.call import CallOver, Conflict, LiveCall
from copilot.live.calls import Overloaded
from copilot.live.ears import Behind, OtherAudio, Sound
from copilot.web.encoding import error, status_view
from copilot.web.messages import (
    INGEST,
    End,
    IncomingPartial,
    IncomingUnheard,
    IncomingUtterance,
    IngestMessage,
    MessageRefused,
    Start,
    parse,
)
from copilot.web.services import Services
from copilot.web.sockets import DELETED, STATUS_EVERY_S, TRY_AGAIN_LATER, UNUSABLE, Patience, admitted, receive, send

RETRY_AFTER_S = 5
ACK_EVERY_S = 0.2  # at most
NO_AUDIO = "this server has no speech model, and `copilot doctor` says how to get one; send the words as utterances"


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
        self._sound: Sound | None = None
        self._sound_known = asyncio.Event()
        self._acked: int | None = None
        self._patience = Patience(socket)
        self._displaced = asyncio.Event()

    async def run(self) -> None:
        """Take frames until the sender goes away, ends the call, is displaced, or cannot be served."""
        taking = asyncio.create_task(self._take_frames(), name=f"ingest of {self._call_id}")
        telling = asyncio.create_task(self._tell_status(), name=f"ingest status of {self._call_id}")
        acking = asyncio.create_task(self._tell_acks(), name=f"ingest acks of {self._call_id}")
        displaced = asyncio.create_task(self._displaced.wait())
        deleted = asyncio.create_task(self._until_deleted(), name=f"ingest of {self._call_id} while it is there")
        tasks = (taking, telling, acking, displaced, deleted)
        try:
            done, _ = await asyncio.wait({taking, displaced, deleted}, return_when=asyncio.FIRST_COMPLETED)
            if displaced in done and taking not in done:
                await self._give_way()
        finally:
            for task in tasks:
                task.cancel()
            results = await asyncio.gather(*tasks, return_exceptions=True)
        gone = next((result for result in results if isinstance(result, CallDeleted)), None)
        if gone is not None and displaced not in done and isinstance(results[0], CallDeleted | asyncio.CancelledError):
            await self._socket.close(DELETED, str(gone))
            return
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
            except (StoreUnavailable, TranscriptionFailed) as problem:
                await self._overloaded(str(problem), RETRY_AFTER_S)
                over = True
            except (Overloaded, Behind) as problem:
                await self._overloaded(str(problem), problem.retry_after_s)
                over = True

    async def _take(self, frame: str | bytes) -> bool:
        """Whether this was the last frame to take."""
        if isinstance(frame, bytes):
            await self._audio(frame)
            return False
        message: IngestMessage = parse(frame, INGEST)
        match message:
            case Start():
                await self._start(message)
            case IncomingUtterance():
                await self._utterance(message)
            case IncomingPartial():
                self._started().partial(message.saying())
            case IncomingUnheard():
                await self._unheard(message)
            case End():
                await self._end()
                return True
            case _:
                assert_never(message)
        return False

    async def _start(self, message: Start) -> None:
        if self._call is not None:
            raise MessageRefused("started", "this socket has started its call already")
        try:
            check_begun(message.call.held_on, self._services.accounts.today)
        except StillToCome as problem:
            raise MessageRefused("bad_message", f"held_on: {problem}") from problem
        audio = message.audio_format()
        self._admit(audio)
        try:
            call = await self._services.calls.begin(message.call.info(self._call_id))
        except CallDeleted as gone:
            raise MessageRefused("ended", str(gone)) from gone
        self._sound = await self._open_sound(call, audio)
        self._call = call
        if isinstance(call.sender, IngestSession):
            call.sender.displace()
        call.take_over(self)
        safe = call.state.utterances
        self._acked = self._sound.last_frame if self._sound else None
        ready = {
            "type": "ready",
            "call_id": self._call_id,
            "audio_frame": self._acked,
            "utterance": safe[-1].id if safe and self._sound is None else None,
            "utterances": len(safe),
        }
        await send(self._socket, ready)
        self._sound_known.set()

    def _admit(self, audio: AudioFormat | None) -> None:
        if audio is None:
            return
        if self._services.ears is None:
            raise MessageRefused("unsupported_audio", NO_AUDIO)
        self._services.ears.admit(self._call_id)

    async def _open_sound(self, call: LiveCall, audio: AudioFormat | None) -> Sound | None:
        if self._services.ears is None:
            return None
        try:
            return await self._services.ears.open(call, audio)
        except OtherAudio as other:
            raise MessageRefused("conflict", str(other)) from other

    async def _audio(self, frame: bytes) -> None:
        self._started()
        if self._sound is None:
            raise MessageRefused(
                "unsupported_audio", "this call was started without audio; send its words as utterances"
            )
        listening = self._sound.listening
        if listening is None:
            raise MessageRefused("ended", str(CallOver(self._call_id)))
        try:
            if not listening.take(frame):
                await self._ack(listening.safe_frame)
        except UnusableFrame as unusable:
            raise MessageRefused("bad_message", str(unusable)) from unusable
        except CallOver as over:
            raise MessageRefused("ended", str(over)) from over
        except FrameGap as gap:
            # Others are on their way already; it takes a round trip until the sender knows.
            await send(self._socket, {**error("gap", str(gap)), "expected": gap.expected})

    async def _utterance(self, message: IncomingUtterance) -> None:
        try:
            seq = await self._started().hear(message.saying())
        except Conflict as conflict:
            raise MessageRefused("conflict", str(conflict)) from conflict
        except CallOver as over:
            raise MessageRefused("ended", str(over)) from over
        await send(self._socket, {"type": "ack", "utterance": message.id, "seq": seq})

    async def _unheard(self, message: IncomingUnheard) -> None:
        try:
            seq = await self._started().miss(message.stretch())
        except CallOver as over:
            raise MessageRefused("ended", str(over)) from over
        await send(self._socket, {"type": "ack", "unheard": message.id, "seq": seq})

    async def _end(self) -> None:
        seq = await self._services.calls.end(self._started(), "sender")
        listening = self._sound.listening if self._sound else None
        if listening is not None and listening.safe_frame != self._acked:
            await self._ack(listening.safe_frame)
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

    async def _until_deleted(self) -> None:
        await self._sound_known.wait()
        await self._started().until_deleted()

    async def _tell_acks(self) -> None:
        """What has become safe, all in one; where nothing does any more, the sender has to keep it."""
        await self._sound_known.wait()
        if self._sound is None or self._sound.listening is None:
            return
        try:
            async with contextlib.aclosing(self._sound.listening.acks()) as acks:
                async for frame in acks:
                    if frame != self._acked:
                        await self._ack(frame)
                        await asyncio.sleep(ACK_EVERY_S)
        except StoreUnavailable as problem:
            await self._overloaded(str(problem), RETRY_AFTER_S)

    async def _ack(self, frame: int | None) -> None:
        """Say that all frames up to this one are safe."""
        if frame is not None:
            self._acked = frame
            await send(self._socket, {"type": "ack", "audio_frame": frame})

    async def _give_way(self) -> None:
        await send(self._socket, error("taken_over", "another sender has taken over this call", fatal=True))
        await self._socket.close(UNUSABLE, "taken over")

    async def _overloaded(self, message: str, retry_after_s: int) -> None:
        await send(self._socket, error("overloaded", message, fatal=True))
        await self._socket.close(TRY_AGAIN_LATER, f"try again in {retry_after_s} s")
