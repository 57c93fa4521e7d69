"""Who is on the call, as a text says above its first turn: `Participants: Dana (rep), Luis (customer, CFO)`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from copilot.domain.call import Participant, Role, Transcript
from copilot.importers.cleaning import clean_name
from copilot.importers.speaker_names import looks_like_name, role_of_label, split_prefix

_LABELS = frozenset({"participants", "participant", "attendees", "speakers", "present", "people"})
_ITEM = re.compile(r"([^,;()\[\]]+)(?:[(\[]([^()\[\]]*)[)\]])?")


def participants_in(lines: Sequence[str]) -> tuple[Participant, ...]:
    """The people listed after such a label, on its line or on the lines below it."""
    found: list[Participant] = []
    listing = False
    for line in lines:
        parts = split_prefix(line) or (line, "")
        if parts[0].strip("#* ").casefold() in _LABELS:
            listing = True
            found.extend(_people(parts[1]))
        elif listing and split_prefix(line) is None:
            found.extend(_people(line))
        else:
            listing = False
    return tuple(found)


def with_listed(transcript: Transcript, listed: Sequence[Participant]) -> Transcript:
    """Roles and titles from the list, for speakers whose name, or first name alone, stands on it once."""
    known = {p.name: match for p in transcript.participants if (match := _listed_as(p.name, listed))}

    def role_of(name: str | None, role: Role) -> Role:
        return known[name].role if role is Role.UNKNOWN and name in known else role

    return transcript.model_copy(
        update={
            "participants": tuple(
                p.model_copy(
                    update={
                        "role": role_of(p.name, p.role),
                        "title": p.title or (known[p.name].title if p.name in known else None),
                    }
                )
                for p in transcript.participants
            ),
            "utterances": tuple(
                u.model_copy(update={"role": role_of(u.speaker, u.role)}) for u in transcript.utterances
            ),
        }
    )


def _people(text: str) -> Iterator[Participant]:
    for item in _ITEM.finditer(text):
        name = clean_name(item[1].strip(" -–*•"))
        if name is None or not looks_like_name(name):
            continue
        about = [part.strip() for part in re.split(r"[,;/]", item[2] or "") if part.strip()]
        role = next((role for part in about if (role := role_of_label(part)) is not Role.UNKNOWN), Role.UNKNOWN)
        title = ", ".join(part for part in about if role_of_label(part) is Role.UNKNOWN)
        yield Participant(name=name, role=role, title=title or None)


def _listed_as(name: str, listed: Sequence[Participant]) -> Participant | None:
    same = [p for p in listed if p.name.casefold() == name.casefold()]
    first = [p for p in listed if p.name.casefold().split()[0] == name.casefold()]
    matches = same or first
    return matches[0] if len(matches) == 1 else None
