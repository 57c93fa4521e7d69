"""Which side each speaker is on: told by whoever knows, or following from what the file says. Never guessed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from copilot.domain.call import Role, Transcript
from copilot.errors import UnreadableTranscript
from copilot.importers.same_people import bare_name

_OTHER_SIDE = {Role.REP: Role.CUSTOMER, Role.CUSTOMER: Role.REP}


def sides_told(transcripts: Sequence[Transcript], *, name: str, reps: Collection[str]) -> tuple[Transcript, ...]:
    """These speakers are the reps, and every other named one is a customer. A name stands without case or brackets.

    Raises UnreadableTranscript for a rep that no transcript has, naming those that there are.
    """
    wanted = {bare_name(rep): rep for rep in reps}
    speakers = sorted({p.name for transcript in transcripts for p in transcript.participants})
    missing = wanted.keys() - {bare_name(speaker) for speaker in speakers}
    if missing:
        who = ", ".join(sorted(wanted[rep] for rep in missing))
        has = f"its speakers are {', '.join(speakers)}" if speakers else "it names no speakers"
        raise UnreadableTranscript(name, f"there is no speaker {who} in this file; {has}")

    def role_of(speaker: str | None) -> Role:
        if speaker is None:
            return Role.UNKNOWN
        return Role.REP if bare_name(speaker) in wanted else Role.CUSTOMER

    return tuple(_with_roles(transcript, role_of) for transcript in transcripts)


def side_implied(transcript: Transcript) -> Transcript:
    """Of two who speak, one of whom the file puts on a side, the other is on the other side."""
    roles = {u.speaker: u.role for u in transcript.utterances}
    known = [role for role in roles.values() if role in _OTHER_SIDE]
    if len(roles) != 2 or None in roles or len(known) != 1:
        return transcript
    implied = {speaker: _OTHER_SIDE[known[0]] for speaker, role in roles.items() if role is Role.UNKNOWN}
    if not implied:
        return transcript
    sides: dict[str | None, Role] = {p.name: p.role for p in transcript.participants}
    sides.update(roles | implied)
    return _with_roles(transcript, lambda speaker: sides.get(speaker, Role.UNKNOWN))


def _with_roles(transcript: Transcript, role_of: Callable[[str | None], Role]) -> Transcript:
    return transcript.model_copy(
        update={
            "participants": tuple(p.model_copy(update={"role": role_of(p.name)}) for p in transcript.participants),
            "utterances": tuple(u.model_copy(update={"role": role_of(u.speaker)}) for u in transcript.utterances),
        }
    )
