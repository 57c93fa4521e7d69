"""Fathom's webhook and API: turns with a start in whole seconds; calendar invitees say who is from outside."""

from __future__ import annotations

from collections.abc import Mapping

from copilot.domain.call import Role, Transcript
from copilot.importers.assembly import transcript_from
from copilot.importers.cues import Cue
from copilot.importers.json_fields import (
    Fields,
    clock_s,
    day,
    documents,
    fields,
    first_of,
    name,
    records,
    string,
    within,
)
from copilot.importers.source import Source

NAME = "fathom"


def matches(source: Source) -> bool:
    return any(_is_turn(turn) for meeting in _meetings(source.json) for turn in records(meeting.get("transcript")))


def read(source: Source) -> tuple[Transcript, ...]:
    """One transcript for each meeting; a page of the API's list holds several."""
    return tuple(_transcript(meeting) for meeting in _meetings(source.json) if records(meeting.get("transcript")))


def _meetings(json: object) -> list[Fields]:
    return [meeting for document in documents(json) for meeting in records(document.get("items")) or [document]]


def _is_turn(turn: Fields) -> bool:
    return "display_name" in fields(turn.get("speaker")) and "timestamp" in turn


def _transcript(meeting: Fields) -> Transcript:
    roles = _roles(meeting)
    return transcript_from(
        [_cue(turn, roles) for turn in records(meeting.get("transcript"))],
        format=NAME,
        title=name(first_of(meeting, "title", "meeting_title")),
        account=name(within(meeting, "crm_matches", "companies", 0, "name")),
        held_on=day(first_of(meeting, "recording_start_time", "scheduled_start_time", "created_at")),
        language=name(meeting.get("transcript_language")),
        join=False,
    )


def _roles(meeting: Fields) -> dict[str, Role]:
    """By e-mail address and by the name that Fathom matched an invitee with."""
    roles: dict[str, Role] = {}
    for invitee in records(meeting.get("calendar_invitees")):
        if isinstance(external := invitee.get("is_external"), bool):
            for key in ("email", "matched_speaker_display_name"):
                if known_as := _key(invitee.get(key)):
                    roles[known_as] = Role.CUSTOMER if external else Role.REP
    return roles


def _cue(turn: Fields, roles: Mapping[str, Role]) -> Cue:
    speaker = fields(turn.get("speaker"))
    called = name(speaker.get("display_name"))
    known_as = (_key(speaker.get("matched_calendar_invitee_email")), _key(called))
    role = next((roles[key] for key in known_as if key in roles), Role.UNKNOWN)
    return Cue(string(turn.get("text")), called, role, clock_s(turn.get("timestamp")))


def _key(value: object) -> str:
    return string(value).strip().casefold()
