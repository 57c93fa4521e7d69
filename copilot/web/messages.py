"""What clients may send on the two sockets, and how it is cleaned and refused."""

from __future__ import annotations

import json
import re
from typing import Annotated, Any, Literal, NoReturn, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

from copilot.analysis.reducer.noting import ItemKind
from copilot.domain.audio import AudioFormat
from copilot.domain.call import CallInfo, CallKind, Consent, Participant, Role, Saying, Unheard, UnheardReason
from copilot.domain.days import Day
from copilot.errors import CopilotError

LARGEST_TEXT = 64 * 1024
LARGEST_BINARY = 256 * 1024
LONGEST_UTTERANCE = 20_000
LONGEST_NOTE = 2_000
CALL_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


class MessageRefused(CopilotError):
    """A frame that cannot be taken, with the contract's code for it."""

    def __init__(self, code: str, message: str, *, fatal: bool = False) -> None:
        self.code, self.fatal = code, fatal
        super().__init__(message)


def clean(text: str) -> str:
    """Without control characters and lone surrogates; white space at the ends goes too."""
    return _UNPRINTABLE.sub("", text).strip()


def _known_role(value: object) -> object:
    return value if isinstance(value, str) and value in set(Role) else Role.UNKNOWN


def _known_kind(value: object) -> object:
    return value if isinstance(value, str) and value in set(CallKind) else CallKind.OTHER


Name = Annotated[str, Field(max_length=200)]
UtteranceId = Annotated[str, Field(min_length=1, max_length=128)]
Seconds = Annotated[float, Field(ge=0, allow_inf_nan=False)]
AnyRole = Annotated[Role, BeforeValidator(_known_role)]
AnyKind = Annotated[CallKind, BeforeValidator(_known_kind)]


class Incoming(BaseModel):
    """Unknown fields are ignored: clients may be newer than the server."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class IncomingParticipant(Incoming):
    name: Name
    role: AnyRole = Role.UNKNOWN
    title: Name | None = None


class IncomingConsent(Incoming):
    by: Name
    how: Name | None = None


class IncomingCall(Incoming):
    title: Name | None = None
    kind: AnyKind = CallKind.OTHER
    account: Name | None = None
    language: Annotated[str, Field(max_length=35)] | None = None
    participants: tuple[IncomingParticipant, ...] = Field(default=(), max_length=100)
    consent: IncomingConsent | None = None
    held_on: Day | None = None

    def info(self, call_id: str) -> CallInfo:
        return CallInfo(
            id=call_id,
            title=self.title,
            kind=self.kind,
            account=self.account,
            language=self.language,
            participants=tuple(Participant(name=p.name, role=p.role, title=p.title) for p in self.participants),
            consent=Consent(by=self.consent.by, how=self.consent.how) if self.consent else None,
            held_on=self.held_on,
        )


class Start(Incoming):
    type: Literal["start"]
    protocol: Literal[1] = 1
    call: IncomingCall = Field(default_factory=IncomingCall)
    audio: dict[str, Any] | None = None

    def audio_format(self) -> AudioFormat | None:
        """How the sound that follows is encoded; raises MessageRefused for what is not taken."""
        if self.audio is None:
            return None
        known = {name: value for name, value in self.audio.items() if name in AudioFormat.model_fields}
        channels = known.get("channels")
        if isinstance(channels, list):
            known["channels"] = [_known_role(channel) for channel in channels]
        try:
            return AudioFormat.model_validate(known)
        except ValidationError as error:
            raise MessageRefused("unsupported_audio", f"audio: {_first_problem(error)}") from error


class IncomingSaying(Incoming):
    id: UtteranceId
    speaker: Name | None = None
    role: AnyRole = Role.UNKNOWN
    start_s: Seconds | None = None
    end_s: Seconds | None = None
    text: Annotated[str, Field(min_length=1, max_length=LONGEST_UTTERANCE)]

    def saying(self) -> Saying:
        return Saying(
            id=self.id,
            speaker=self.speaker or None,
            role=self.role,
            start_s=self.start_s,
            end_s=self.end_s,
            text=self.text,
        )


class IncomingUtterance(IncomingSaying):
    type: Literal["utterance"]


class IncomingPartial(IncomingSaying):
    type: Literal["partial"]


class IncomingUnheard(Incoming):
    type: Literal["unheard"]
    id: UtteranceId
    reason: UnheardReason
    role: AnyRole | None = None
    start_s: Seconds
    end_s: Seconds | None = None

    def stretch(self) -> Unheard:
        return Unheard(id=self.id, reason=self.reason, role=self.role, start_s=self.start_s, end_s=self.end_s)


class End(Incoming):
    type: Literal["end"]


class Decide(Incoming):
    type: Literal["decide"]
    ref: str | int | None = None
    item: str
    verdict: Literal["confirm", "reject", "edit"]
    fields: dict[str, Any] = Field(default_factory=dict)


class JudgeQuestion(Incoming):
    type: Literal["question"]
    ref: str | int | None = None
    id: str
    verdict: Literal["asked", "dismiss", "pin"]


class JudgePitfall(Incoming):
    type: Literal["pitfall"]
    ref: str | int | None = None
    id: str
    verdict: Literal["dismiss", "wrong"]


class ChangeSpeakers(Incoming):
    type: Literal["speakers"]
    ref: str | int | None = None
    swap: bool = False
    speaker: Name | None = None
    name: Name | None = None
    role: Role | None = None
    utterances: tuple[UtteranceId, ...] = Field(default=(), max_length=400)


class MarkMoment(Incoming):
    type: Literal["moment"]
    ref: str | int | None = None
    id: Annotated[str, Field(min_length=1, max_length=64)]
    i: Annotated[int, Field(ge=0)] | None = None
    text: Annotated[str, Field(max_length=LONGEST_NOTE)] = ""
    removed: bool = False


class AddByHand(Incoming):
    type: Literal["add"]
    ref: str | int | None = None
    id: Annotated[str, Field(min_length=1, max_length=64)]
    kind: ItemKind
    i: Annotated[int, Field(ge=0)]
    quote: Annotated[str, Field(max_length=LONGEST_UTTERANCE)] | None = None
    fields: dict[str, Any] = Field(default_factory=dict)


class TakeBack(Incoming):
    type: Literal["take_back"]
    ref: str | int | None = None
    id: str


IngestMessage = Annotated[
    Start | IncomingUtterance | IncomingPartial | IncomingUnheard | End, Field(discriminator="type")
]
PanelMessage = Annotated[
    Decide | JudgeQuestion | JudgePitfall | ChangeSpeakers | MarkMoment | AddByHand | TakeBack,
    Field(discriminator="type"),
]

INGEST: TypeAdapter[IngestMessage] = TypeAdapter(IngestMessage)
PANEL: TypeAdapter[PanelMessage] = TypeAdapter(PanelMessage)

MessageT = TypeVar("MessageT")


def parse(text: str, adapter: TypeAdapter[MessageT]) -> MessageT:
    """A text frame as one of the messages; raises MessageRefused with a sentence that says what is wrong."""
    return check(load(text), adapter)


def check(document: dict[str, Any], adapter: TypeAdapter[MessageT]) -> MessageT:
    """A JSON object as one of the messages."""
    try:
        return adapter.validate_python(document)
    except ValidationError as error:
        raise MessageRefused("bad_message", _first_problem(error)) from error


def load(frame: str | bytes) -> dict[str, Any]:
    """The JSON object in a text frame."""
    if isinstance(frame, bytes):
        raise MessageRefused("bad_message", "a binary frame has no place here; send JSON in a text frame")
    if len(frame) > LARGEST_TEXT or len(frame.encode("utf-8", "surrogatepass")) > LARGEST_TEXT:
        raise MessageRefused("too_large", f"a text frame may have {LARGEST_TEXT} bytes", fatal=True)
    try:
        document = cleaned(json.loads(frame, parse_constant=_not_a_number))
    except (ValueError, RecursionError) as error:
        raise MessageRefused("bad_json", "the frame is not valid JSON") from error
    if not isinstance(document, dict):
        raise MessageRefused("bad_message", "a frame is a JSON object with a 'type'")
    return document


def cleaned(value: Any) -> Any:
    """JSON with every string cleaned, keys included."""
    match value:
        case str():
            return clean(value)
        case list():
            return [cleaned(item) for item in value]
        case dict():
            return {clean(key): cleaned(item) for key, item in value.items()}
        case _:
            return value


def _not_a_number(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")


def _first_problem(error: ValidationError) -> str:
    problem = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(part) for part in problem["loc"])
    return f"{place}: {problem['msg']}" if place else problem["msg"]
