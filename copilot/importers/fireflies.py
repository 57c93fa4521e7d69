"""Fireflies' GraphQL export: `sentences` with times in seconds; e-mail domains tell the host's side."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from copilot.domain.call import Role, Transcript
from copilot.importers import plain_text
from copilot.importers.assembly import transcript_from
from copilot.importers.cues import Cue
from copilot.importers.json_fields import (
    Fields,
    day,
    documents,
    fields,
    first_of,
    name,
    records,
    seconds,
    speaker_label,
    string,
    within,
)
from copilot.importers.source import Source
from copilot.importers.words import Word, cues_from_words

NAME = "fireflies"
_KEYS = ("speaker_name", "speaker_id")
_ANYBODYS = frozenset(
    {"gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com", "icloud.com", "me.com"}
    | {"aol.com", "proton.me", "protonmail.com", "gmx.com", "gmx.de", "web.de", "mail.com"}
)
_ADDRESS = re.compile(r"([^@\s]+)@([^@\s]+\.[^@\s]+)")


def matches(source: Source) -> bool:
    return any(_is_sentence(s) for record in _meetings(source.json) for s in records(record.get("sentences")))


def read(source: Source) -> tuple[Transcript, ...]:
    """One transcript for each meeting, of its sentences or of the text that some exports have in their place."""
    return tuple(transcript for meeting in _meetings(source.json) if (transcript := _transcript(meeting)))


def _meetings(json: object) -> list[Fields]:
    return [meeting for document in documents(json) for meeting in _unwrapped(document)]


def _unwrapped(document: Fields) -> list[Fields]:
    """GraphQL puts its answer under `data`; one transcript or a list of them."""
    data = fields(document.get("data")) or document
    return records(data.get("transcripts")) or [fields(data.get("transcript")) or data]


def _is_sentence(sentence: Fields) -> bool:
    return any(key in sentence for key in _KEYS) and ("text" in sentence or "raw_text" in sentence)


def _transcript(meeting: Fields) -> Transcript | None:
    title, held_on = name(meeting.get("title")), day(first_of(meeting, "date", "dateString"))
    sentences = records(meeting.get("sentences"))
    if not sentences:
        text = string(meeting.get("content"))
        about = {"title": title, "held_on": held_on}
        return plain_text.transcript_of(text, name=NAME).model_copy(update=about) if text.strip() else None
    sides = _sides(meeting, sentences)
    words = [_word(sentence, sides) for sentence in sentences]
    has_ends = any(word.end_s is not None for word in words)
    cues = cues_from_words(words) if has_ends else [Cue(w.text, w.speaker, w.role, w.start_s) for w in words]
    return transcript_from(cues, format=NAME, title=title, held_on=held_on, language=name(meeting.get("language")))


def _word(sentence: Fields, sides: Mapping[str, Role]) -> Word:
    speaker = _speaker(sentence)
    return Word(
        text=string(first_of(sentence, "text", "raw_text")),
        start_s=seconds(sentence.get("start_time")),
        end_s=seconds(sentence.get("end_time")),
        speaker=speaker,
        role=sides.get(speaker or "", Role.UNKNOWN),
    )


def _speaker(sentence: Fields) -> str | None:
    return name(sentence.get("speaker_name")) or speaker_label(sentence.get("speaker_id"))


def _sides(meeting: Fields, sentences: Sequence[Fields]) -> dict[str, Role]:
    """Each speaker whose e-mail address the record gives: the recording user's domain is the rep's side."""
    own = _own_domain(meeting)
    if own is None:
        return {}
    addresses = _addresses(meeting)
    sides: dict[str, Role] = {}
    for sentence in sentences:
        speaker = _speaker(sentence)
        domain = _domain(sentence.get("author_email")) or _domain(addresses.get(_known_as(speaker)))
        if speaker and domain and domain not in _ANYBODYS:
            sides[speaker] = Role.REP if domain == own else Role.CUSTOMER
    return sides


def _own_domain(meeting: Fields) -> str | None:
    """None where it is a provider that both sides may use, or where host and organizer are of different houses."""
    user = _domain(within(meeting, "user", "email"))
    hosts = {_domain(meeting.get("host_email")), _domain(meeting.get("organizer_email"))} - {None}
    domain = user or (hosts.pop() if len(hosts) == 1 else None)
    return None if domain in _ANYBODYS else domain


def _addresses(meeting: Fields) -> dict[str, str]:
    """By the name that an attendee shows; by the address's own `first.last` where no name is shown."""
    given = [
        (first_of(attendee, "displayName", "name"), string(attendee.get("email")))
        for attendee in records(meeting.get("meeting_attendees"))
    ]
    given.append((meeting.get("host_name"), string(meeting.get("host_email"))))
    return {_known_as(name(called)) or _known_as(address.split("@")[0]): address for called, address in given}


def _known_as(called: str | None) -> str:
    return " ".join(re.split(r"[\s._-]+", (called or "").casefold())).strip()


def _domain(address: object) -> str | None:
    found = _ADDRESS.fullmatch(string(address).strip().casefold())
    return found[2] if found else None
