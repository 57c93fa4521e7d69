"""`WS /ws/twilio`: a telephone call, as Twilio's Media Streams send it. Nothing is ever sent back."""

from __future__ import annotations

import asyncio
import binascii
import contextlib
import hashlib
import hmac
import logging
from base64 import b64decode, b64encode
from collections import deque
from collections.abc import Iterable
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.websockets import WebSocket, WebSocketDisconnect

from copilot.analysis.speech.tracks import InOrder, Media, Tracks
from copilot.domain.audio import AudioFormat
from copilot.domain.call import Role
from copilot.errors import CallDeleted, CopilotError, StoreUnavailable, TranscriptionFailed
from copilot.live.call import CallOver, LiveCall
from copilot.live.calls import Overloaded
from copilot.live.ears import Behind, Ears, OtherAudio
from copilot.live.listening import Listening
from copilot.web.access import same_origin
from copilot.web.messages import CALL_ID, IncomingCall, MessageRefused, load
from copilot.web.services import Services, TwilioTerms
from copilot.web.sockets import MOST_BAD_FRAMES, NOT_AUTHORISED, TRY_AGAIN_LATER, UNUSABLE, WRONG_ORIGIN, receive

log = logging.getLogger(__name__)

START_WITHIN_S = 10.0
MOST_UNSENT = 600  # blocks, a minute, that are kept while the disk does not take them
OTHER_SIDE: dict[str, Role] = {"customer": Role.REP, "rep": Role.CUSTOMER}


class _Wire(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class _MediaFormat(_Wire):
    encoding: Literal["audio/x-mulaw"]
    sample_rate: Literal[8000] = Field(alias="sampleRate")
    channels: Literal[1] = 1


class _Start(_Wire):
    call: str = Field(alias="callSid")
    tracks: tuple[Literal["inbound", "outbound"], ...] = Field(min_length=1, max_length=2)
    given: dict[str, str] = Field(default={}, alias="customParameters")
    format: _MediaFormat = Field(alias="mediaFormat")


class _Media(_Wire):
    track: str
    timestamp: int = Field(ge=0)
    payload: str


class _Refused(Exception):
    """The stream cannot be taken: the close code, and why."""

    def __init__(self, code: int, why: str) -> None:
        self.code, self.why = code, why
        super().__init__(why)


async def twilio(socket: WebSocket, services: Services) -> None:
    """Serve one stream until it ends. A stream that breaks off does not end its call."""
    await socket.accept()
    session = TwilioSession(socket, services)
    try:
        await session.run()
    except WebSocketDisconnect:
        await session.broken()
    except _Refused as refused:
        log.warning("A stream of Twilio's was refused: %s", refused.why)
        await socket.close(refused.code, refused.why[:120])
    finally:
        session.leave()


class TwilioSession:
    """One stream: first who it is from, then its call, then its sound."""

    def __init__(self, socket: WebSocket, services: Services) -> None:
        self._socket = socket
        self._services = services
        self._terms: TwilioTerms = services.twilio
        self._order = InOrder()
        self._tracks: Tracks | None = None
        self._call: LiveCall | None = None
        self._audio: AudioFormat | None = None
        self._unsent: deque[bytes] = deque(maxlen=MOST_UNSENT)

    async def run(self) -> None:
        if not same_origin(self._socket):
            raise _Refused(WRONG_ORIGIN, "sockets from other pages are refused")
        await self._begin()
        bad = 0
        over = False
        while not over:
            try:
                over = await self._take(load(await receive(self._socket)))
                bad = 0
            except (MessageRefused, ValidationError, ValueError):
                bad += 1
                if bad == MOST_BAD_FRAMES:
                    raise _Refused(UNUSABLE, f"{bad} messages in a row are not Twilio's") from None
        await self._socket.close(1000)

    async def broken(self) -> None:
        """Keep what has come of a stream that was not stopped."""
        with contextlib.suppress(_Refused):
            await self._put(self._rest())

    def leave(self) -> None:
        if self._call is not None and self._call.sender is self:
            self._call.take_over(None)

    async def _begin(self) -> None:
        """Wait for the start, and open its call."""
        try:
            async with asyncio.timeout(START_WITHIN_S):
                while (message := load(await receive(self._socket))).get("event") != "start":
                    self._number(message)
            start = _Start.model_validate(message.get("start"))
        except TimeoutError:
            raise _Refused(UNUSABLE, f"no start came within {START_WITHIN_S:g} s") from None
        except (MessageRefused, ValidationError) as error:
            raise _Refused(UNUSABLE, "this is no stream as Twilio sends it, µ-law at 8000 Hz") from error
        if not self._is_trusted(start.given.get("token", "")):
            raise _Refused(NOT_AUTHORISED, "neither a valid X-Twilio-Signature nor the token")
        self._number(message)
        await self._open(start)

    def _is_trusted(self, token: str) -> bool:
        if self._services.access.allows(self._socket):
            return True
        if self._terms.auth_token is None:
            return self._services.access.is_token(token)
        given = self._socket.headers.get("x-twilio-signature", "")
        url = self._terms.url or f"wss://{self._socket.headers.get('host', '')}{self._socket.url.path}"
        key = self._terms.auth_token.get_secret_value()
        return any(hmac.compare_digest(given, signature(key, each)) for each in (url, f"{url.rstrip('/')}/"))

    async def _open(self, start: _Start) -> None:
        ears = self._services.ears
        if ears is None:
            raise _Refused(UNUSABLE, "this server has no speech model; `copilot doctor` says how to get one")
        call_id = start.given.get("call", start.call)
        if not CALL_ID.fullmatch(call_id):
            raise _Refused(UNUSABLE, "that can be no call's id")
        inbound = start.given.get("inbound", self._terms.inbound)
        sides = {"inbound": Role(inbound) if inbound in OTHER_SIDE else Role.UNKNOWN}
        sides["outbound"] = OTHER_SIDE.get(inbound, Role.UNKNOWN)
        tracks = sorted(set(start.tracks))
        self._audio = AudioFormat(
            encoding="mulaw", sample_rate_hz=8000, channels=tuple(sides[track] for track in tracks)
        )
        self._tracks = Tracks(tracks)
        try:
            ears.admit(call_id)
            call = await self._services.calls.begin(_described(start.given).info(call_id))
            await self._listening(ears, call)
        except (Overloaded, Behind, StoreUnavailable) as problem:
            raise _Refused(TRY_AGAIN_LATER, str(problem)) from problem
        except (OtherAudio, CallOver, CallDeleted) as problem:
            raise _Refused(UNUSABLE, str(problem)) from problem
        self._call = call
        call.take_over(self)

    async def _listening(self, ears: Ears, call: LiveCall) -> Listening:
        sound = await ears.open(call, self._audio)
        if sound is None or sound.listening is None:
            raise CallOver(call.id)
        return sound.listening

    def _number(self, message: dict[str, Any], media: Media | None = None) -> list[Media]:
        """The media that may be taken now. `connected` has no number."""
        number = message.get("sequenceNumber")
        return [] if number is None else list(self._order.add(int(number), media))

    async def _take(self, message: dict[str, Any]) -> bool:
        """Whether the stream is over."""
        if message.get("event") == "stop":
            await self._put(self._rest())
            if self._call is not None:
                with contextlib.suppress(StoreUnavailable, TranscriptionFailed):  # silence will end it, later
                    await self._services.calls.end(self._call, "sender")
            return True
        media: Media | None = None
        if message.get("event") == "media":
            wire = _Media.model_validate(message.get("media"))
            media = Media(wire.track, wire.timestamp, _decoded(wire.payload))
        for ready in self._number(message, media):
            if self._tracks is not None:
                self._tracks.add(ready)
        if self._tracks is not None:
            await self._put(self._tracks.blocks())
        return False

    def _rest(self) -> list[bytes]:
        if self._tracks is None:
            return []
        for media in self._order.rest():
            self._tracks.add(media)
        return [*self._tracks.blocks(), *self._tracks.rest()]

    async def _put(self, blocks: Iterable[bytes]) -> None:
        """Twilio sends nothing twice: what the disk does not take now is kept for a minute."""
        self._unsent.extend(blocks)
        if not self._unsent or self._call is None or self._services.ears is None:
            return
        try:
            listening = await self._listening(self._services.ears, self._call)
            while self._unsent:
                listening.put(self._unsent[0])
                self._unsent.popleft()
        except StoreUnavailable:
            self._call.touch()
        except CopilotError as problem:
            raise _Refused(UNUSABLE, str(problem)) from problem


def signature(auth_token: str, url: str) -> str:
    """What Twilio sends as X-Twilio-Signature for a socket: HMAC-SHA1 of its address, in base 64."""
    return b64encode(hmac.new(auth_token.encode(), url.encode(), hashlib.sha1).digest()).decode()


def _described(given: dict[str, str]) -> IncomingCall:
    """What the call's own parameters say of it; what cannot be meant is left out."""
    people = [{"name": given[role], "role": role} for role in ("rep", "customer") if given.get(role)]
    told = {name: given[name] for name in ("title", "kind", "account", "language") if given.get(name)}
    try:
        return IncomingCall.model_validate({**told, "participants": people})
    except ValidationError:
        return IncomingCall()


def _decoded(payload: str) -> bytes:
    try:
        return b64decode(payload, validate=True)
    except binascii.Error as error:
        raise MessageRefused("bad_message", "the payload is not base 64") from error
