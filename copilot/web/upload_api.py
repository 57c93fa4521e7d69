"""Uploads: a transcript is read at once, a recording is put on disk as it comes and transcribed afterwards."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from hashlib import sha256
from typing import Annotated, Any

from fastapi import APIRouter, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from copilot.domain.audio import with_sides
from copilot.domain.call import CallInfo, CallKind, Consent, Transcript
from copilot.domain.days import Day, StillToCome, check_begun
from copilot.domain.recordings import Uploaded
from copilot.domain.records import CallRecord
from copilot.errors import UnreadableTranscript, UnusableInput
from copilot.importers.contents import content_of
from copilot.importers.detect import read_transcripts
from copilot.importers.source import recording as kind_of_recording
from copilot.importers.speakers import speakers_in
from copilot.live.sending import send
from copilot.live.transcribing import Transcribing
from copilot.ports import IncomingFile
from copilot.web.api import Wired, call_info, new_id, title_of
from copilot.web.forms import Form, documented, read_form
from copilot.web.messages import clean
from copilot.web.services import Services

LARGEST_TRANSCRIPT = 16 * 1024 * 1024  # bytes
RECORDINGS = "WAV, MP3, M4A, FLAC, Ogg, Opus, WebM"
NO_MODEL = (
    "this is {kind}, and this server has no speech model to transcribe it with: install the extra "
    "`copilot-value[speech]`, start the server with COPILOT_SPEECH__MODEL=base.en, and `copilot doctor` says whether "
    "it works; transcripts are read without one"
)

router = APIRouter()

Words = Annotated[str | None, BeforeValidator(lambda value: clean(str(value)) or None), Field(max_length=200)]


class UploadFields(BaseModel):
    """What can be said of an uploaded file; what is left empty is as the file says, where it does."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    kind: CallKind | None = None
    account: Words = None
    title: Words = None
    held_on: Day | None = Field(default=None, description="The day it took place; by default as the file says.")
    rep: tuple[str, ...] = Field(
        default=(),
        description="Speakers who are the rep; every other one is the customer. The channels of a recording that has "
        "two are `Speaker 1` and `Speaker 2`.",
    )
    language: Annotated[Words, Field(max_length=35)] = Field(default=None, description="Of a recording, as BCP 47.")
    consent_by: Words = Field(default=None, description="Who says that everyone on a recording agreed to be recorded.")
    consent_how: Words = Field(default=None, description="How they agreed.")
    again: bool = Field(default=False, description="Take it although a call was made of the same content before.")

    @property
    def consent(self) -> Consent | None:
        return Consent(by=self.consent_by, how=self.consent_how) if self.consent_by else None


_FORM = UploadFields.model_json_schema()
_FORM["properties"]["file"] = {
    "type": "string",
    "format": "binary",
    "description": f"A transcript in any of the formats that the importers read, or a recording: {RECORDINGS}.",
}
_FORM["required"] = ["file"]
_FORM["properties"]["kind"] = {"type": "string", "enum": list(CallKind)}
_DOCUMENTED = documented({k: v for k, v in _FORM.items() if k != "$defs"})
_FILE_ALONE = documented(
    {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}, "required": ["file"]}
)


@router.post("/api/calls", status_code=201, tags=["calls"], openapi_extra=_DOCUMENTED)
async def upload_call(request: Request, wired: Wired) -> dict[str, Any]:
    """Take a file. A transcript is analysed as if it had been heard, and the answer comes when that is done.

    A recording is transcribed afterwards: the answer comes when it is safe, and its call says how far it is.
    """
    _check_announced(request, wired)
    taking = _Taking(wired)
    try:
        form = await read_form(request, taking.take, file_field="file")
        fields = _fields(form)
        check_begun(fields.held_on, wired.accounts.today)
        await taking.take(form.file or "", b"")
        if taking.incoming is None or wired.transcribing is None:
            return {"calls": await _analysed(wired, bytes(taking.content), taking.name, fields)}
        return {"calls": [await _accepted(wired, wired.transcribing, taking, taking.incoming, fields)]}
    finally:
        if taking.incoming is not None:
            await asyncio.to_thread(taking.incoming.discard)


@router.post("/api/transcripts/speakers", tags=["calls"], openapi_extra=_FILE_ALONE)
async def speakers_of(request: Request) -> dict[str, Any]:
    """Who speaks in a transcript, before it is uploaded. Nothing is analysed, and nothing of it is kept."""
    content = bytearray()

    async def take(name: str, data: bytes) -> None:
        content.extend(data)
        _check_transcript_size(_named(name), len(content))

    form = await read_form(request, take, file_field="file")
    if form.file is None:
        raise _no_file()
    transcripts = await asyncio.to_thread(read_transcripts, bytes(content), name=_named(form.file))
    return {"speakers": [speaker.model_dump(mode="json") for speaker in speakers_in(transcripts)]}


class UploadTooLarge(UnusableInput):
    def __init__(self, name: str, most: int, what: str) -> None:
        self.name, self.most = name, most
        super().__init__(f"{name} has more than {most // 2**20} MiB, {what}")


class KnownAlready(UnusableInput):
    """A call was made of the same content before."""

    def __init__(self, name: str, call: CallRecord) -> None:
        self.name, self.call = name, call
        info = call.info
        super().__init__(
            f"{name} is known already: {info.title or info.id}, {call.held_on.day} {call.held_on:%B %Y} ({info.id}); "
            "with the field 'again' set to true it is taken once more"
        )

    @property
    def view(self) -> dict[str, Any]:
        """The call, to be shown beside the refusal."""
        info = self.call.info
        return {**_made(info), "title": info.title, "held_on": self.call.held_on.isoformat()}


class _Taking:
    """Takes the bytes of one file: a recording onto disk, anything else into memory."""

    def __init__(self, wired: Services) -> None:
        self._wired = wired
        self._size = 0
        self.name = "the file"
        self.content = bytearray()
        self.digest = sha256()  # of a recording
        self.incoming: IncomingFile | None = None

    async def take(self, name: str, data: bytes) -> None:
        self.name = _named(name)
        kind = kind_of_recording(data[:16]) if self._size == 0 else None
        if kind is not None:
            if self._wired.transcribing is None:
                raise UnusableInput(f"{self.name}: {NO_MODEL.format(kind=kind)}")
            self.incoming = await asyncio.to_thread(self._wired.transcribing.receive, self.name)
        self._size += len(data)
        if self.incoming is None:
            _check_transcript_size(self.name, self._size)
            self.content.extend(data)
            return
        if self._size > self._wired.largest_recording:
            raise too_large_a_recording(self.name, self._wired)
        self.digest.update(data)
        await asyncio.to_thread(self.incoming.write, data)


def _named(file: str) -> str:
    return clean(file) or "the file"


def _check_transcript_size(name: str, size: int) -> None:
    if size > LARGEST_TRANSCRIPT:
        raise UploadTooLarge(name, LARGEST_TRANSCRIPT, "which is more than a transcript has")


def too_large_a_recording(name: str, wired: Services) -> UploadTooLarge:
    what = f"which is more than this server takes of a recording; of {RECORDINGS}, MP3 and Opus are small"
    return UploadTooLarge(name, wired.largest_recording, what)


def _check_announced(request: Request, wired: Services) -> None:
    """What says that it is too large is not even read."""
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > wired.largest_recording + LARGEST_TRANSCRIPT:
        raise too_large_a_recording("the file", wired)


def _fields(form: Form) -> UploadFields:
    given = {name: [value for value in values if value.strip()] for name, values in form.fields.items()}
    wanted: dict[str, Any] = {name: values[-1] for name, values in given.items() if values and name != "rep"}
    if form.file is None:
        raise _no_file()
    try:
        return UploadFields(**wanted, rep=tuple(given.get("rep", ())))
    except ValidationError as error:
        raise RequestValidationError([{**e, "loc": ("body", *e["loc"])} for e in error.errors()]) from error


def _no_file() -> RequestValidationError:
    return RequestValidationError([{"loc": ("body", "file"), "msg": "Field required", "type": "missing"}])


async def _analysed(wired: Services, content: bytes, name: str, fields: UploadFields) -> list[dict[str, str]]:
    """The calls that a transcript file holds, each analysed to its end; those known already are left out.

    Raises KnownAlready where all of them are.
    """
    transcripts = await asyncio.to_thread(read_transcripts, content, name=name, reps=list(fields.rep))
    if fields.held_on is None:
        _check_days(transcripts, name, wired)
    made: list[dict[str, str]] = []
    known: CallRecord | None = None
    for transcript in transcripts:
        content_hash = content_of(transcript)
        info = call_info(
            transcript, name=name, kind=fields.kind, account=fields.account, title=fields.title, held_on=fields.held_on
        )
        async with wired.taking_in:
            if there := await _known(wired, content_hash, fields):
                known = known or there
                continue
            call = await wired.calls.begin(info, content=content_hash)
        await send(call, transcript, speed=0)
        made.append(_made(info))
    if known and not made:
        raise KnownAlready(name, known)
    return made


def _check_days(transcripts: Iterable[Transcript], name: str, wired: Services) -> None:
    """Raises UnreadableTranscript where the file itself names a day that has not come."""
    try:
        for transcript in transcripts:
            check_begun(transcript.held_on, wired.accounts.today)
    except StillToCome as problem:
        raise UnreadableTranscript(
            name, f"it says that the call took place on {problem.day}, which is still to come"
        ) from problem


async def _known(wired: Services, content: str, fields: UploadFields) -> CallRecord | None:
    """The newest call that has all of this content, or is being sent it; one that was given up half-way has not."""
    if fields.again:
        return None
    alike = await wired.store.of_content(content)
    sent = {call.id for call in wired.calls.live if call.sender is not None}
    return next((record for record in alike if record.ended_at or record.info.id in sent), None)


async def _accepted(
    wired: Services, transcribing: Transcribing, taking: _Taking, incoming: IncomingFile, fields: UploadFields
) -> dict[str, str]:
    """The call of a recording that is complete and can be read; its transcription has begun."""
    sound = await asyncio.to_thread(incoming.opened)
    title = fields.title or title_of(taking.name)
    info = CallInfo(
        id=new_id(title),
        title=title,
        kind=fields.kind or CallKind.OTHER,
        account=fields.account,
        language=fields.language,
        consent=fields.consent,
        held_on=fields.held_on,
    )
    audio, content = with_sides(sound.audio, fields.rep, taking.name), taking.digest.hexdigest()
    uploaded = Uploaded(name=taking.name, info=info, audio=audio, length_s=sound.length_s, content=content)
    async with wired.taking_in:
        if known := await _known(wired, content, fields):
            raise KnownAlready(taking.name, known)
        await transcribing.add(incoming, uploaded)
    return _made(info)


def _made(info: CallInfo) -> dict[str, str]:
    return {"id": info.id, "url": f"/calls/{info.id}"}
