"""Who speaks in a file, for whoever is to say which of them are on their side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from copilot.domain.call import Role, Transcript
from copilot.domain.value import Value

QUOTED = 120  # characters


class SpeakerFound(Value):
    """A speaker as the file names them, how often they speak, and how they begin. `role` is what the file says."""

    name: str
    role: Role
    utterances: int
    first: str


def speakers_in(transcripts: Sequence[Transcript]) -> list[SpeakerFound]:
    """Of all calls in a file, in the order in which they first speak; whoever says nothing is left out."""
    said = [u for transcript in transcripts for u in transcript.utterances if u.speaker is not None]
    times = Counter(u.speaker for u in said)
    found: dict[str, SpeakerFound] = {}
    for u in said:
        if u.speaker is not None and u.speaker not in found:
            found[u.speaker] = SpeakerFound(
                name=u.speaker, role=u.role, utterances=times[u.speaker], first=_quoted(u.text)
            )
    return list(found.values())


def _quoted(text: str) -> str:
    return text if len(text) <= QUOTED else f"{text[:QUOTED].rsplit(' ', 1)[0]} …"
