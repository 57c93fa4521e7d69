"""Gong's API: `callTranscripts` of /v2/calls/transcript, joined with the parties of /v2/calls/extensive."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from copilot.domain.call import Role, Transcript
from copilot.importers.assembly import transcript_from
from copilot.importers.json_fields import (
    Fields,
    day,
    documents,
    fields,
    first_of,
    name,
    number,
    records,
    seconds,
    string,
)
from copilot.importers.source import Source
from copilot.importers.units import unit_s
from copilot.importers.words import Word, cues_from_words

NAME = "gong"
_AFFILIATIONS = {"internal": Role.REP, "external": Role.CUSTOMER}


@dataclass(frozen=True)
class _Party:
    name: str | None
    role: Role
    title: str | None


def matches(source: Source) -> bool:
    return any(_is_monologue(m) for d in documents(source.json) for call in _calls(d) for m in _monologues(call))


def read(source: Source) -> tuple[Transcript, ...]:
    """One transcript for each call; its parties may stand in it, beside it, or in another document of the file."""
    everything = documents(source.json)
    details = {_call_id(call): call for document in everything for call in records(document.get("calls"))}
    shared = [party for document in everything for party in records(document.get("parties"))]
    return tuple(
        _transcript(call, details.get(_call_id(call), {}), shared)
        for document in everything
        for call in _calls(document)
        if _monologues(call)
    )


def _calls(document: Fields) -> list[Fields]:
    return records(document.get("callTranscripts")) or records(document.get("calls")) or [document]


def _monologues(call: Fields) -> list[Fields]:
    return records(call.get("transcript"))


def _is_monologue(record: Fields) -> bool:
    return "speakerId" in record and isinstance(record.get("sentences"), list)


def _call_id(call: Fields) -> str:
    return string(first_of({**fields(call.get("metaData")), **call}, "callId", "id"))


def _transcript(call: Fields, details: Fields, shared: Sequence[Fields]) -> Transcript:
    about = {**fields(details.get("metaData")), **fields(call.get("metaData"))}
    given = [*records(call.get("parties")), *records(details.get("parties")), *shared]
    parties = _parties(given, _monologues(call))
    return transcript_from(
        cues_from_words(_sentences(call, parties, _unit_s(_monologues(call), number(about.get("duration"))))),
        format=NAME,
        title=name(first_of({**about, **call}, "title")),
        account=_account(details) or _account(call),
        held_on=day(first_of({**about, **call}, "started", "scheduled")),
        language=name(about.get("language")),
        titles={party.name: party.title for party in parties.values() if party.name},
    )


def _parties(given: Sequence[Fields], monologues: Sequence[Fields]) -> dict[str, _Party]:
    """By speaker id. A speaker whom no party is named for is numbered."""
    parties: dict[str, _Party] = {}
    for party in given:
        if speaker_id := string(party.get("speakerId")):
            role = _AFFILIATIONS.get(string(party.get("affiliation")).casefold(), Role.UNKNOWN)
            called = name(first_of(party, "name", "emailAddress", "phoneNumber"))
            parties.setdefault(speaker_id, _Party(called, role, name(party.get("title"))))
    heard = dict.fromkeys(string(monologue.get("speakerId")) for monologue in monologues)
    for k, speaker_id in enumerate((speaker_id for speaker_id in heard if speaker_id), start=1):
        party_known = parties.get(speaker_id)
        if party_known is None or party_known.name is None:
            role = party_known.role if party_known else Role.UNKNOWN
            parties[speaker_id] = _Party(f"Speaker {k}", role, None)
    return parties


def _sentences(call: Fields, parties: Mapping[str, _Party], unit: float) -> Iterator[Word]:
    for monologue in _monologues(call):
        party = parties.get(string(monologue.get("speakerId")), _Party(None, Role.UNKNOWN, None))
        for sentence in records(monologue.get("sentences")):
            yield Word(
                text=string(sentence.get("text")),
                start_s=seconds(sentence.get("start"), unit),
                end_s=seconds(sentence.get("end"), unit),
                speaker=party.name,
                role=party.role,
            )


def _unit_s(monologues: Sequence[Fields], length_s: float | None) -> float:
    """Milliseconds as Gong has it, unless the file itself says that these are seconds."""
    sentences = [sentence for monologue in monologues for sentence in records(monologue.get("sentences"))]
    return unit_s(((string(s.get("text")), number(s.get("start")), number(s.get("end"))) for s in sentences), length_s)


def _account(call: Fields) -> str | None:
    """The name of the CRM account that the call is linked with."""
    for context in records(call.get("context")):
        for linked in records(context.get("objects")):
            if string(linked.get("objectType")).casefold() == "account":
                named = (f.get("value") for f in records(linked.get("fields")) if string(f.get("name")) == "Name")
                if account := name(next(named, None)):
                    return account
    return None
