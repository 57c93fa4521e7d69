"""Who is who on a call, as far as people have said so on the panel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from copilot.domain.call import Role

_OTHER_SIDE = {Role.REP: Role.CUSTOMER, Role.CUSTOMER: Role.REP, Role.UNKNOWN: Role.UNKNOWN}


def other_side(role: Role) -> Role:
    """The opposite side; unknown stays unknown."""
    return _OTHER_SIDE[role]


@dataclass(frozen=True, slots=True)
class Known:
    """What a person said of a speaker. None leaves what the sender says."""

    name: str | None = None
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class SpeakerBook:
    """Corrections to speakers and sides, applied to what has been said and to what is still to come.

    `known` is keyed by the speaker as the sender names them; "" is the unnamed speaker. `said` are the sides of single
    utterances by their ids, where one name, or none, stands for several people.
    """

    swapped: bool = False
    known: Mapping[str, Known] = field(default_factory=dict)
    said: Mapping[str, Role] = field(default_factory=dict)

    def resolve(self, said_by: str | None, said_as: Role, utterance: str | None = None) -> tuple[str | None, Role]:
        """Speaker and side as they are known now, from what the sender gave."""
        known = self.known.get(said_by or "", Known())
        role = known.role or (other_side(said_as) if self.swapped else said_as)
        return known.name or said_by, self.said.get(utterance or "", role)

    def swap(self) -> SpeakerBook:
        """Both sides change places, those that a person had set included."""
        flipped = {
            key: replace(known, role=None if known.role is None else other_side(known.role))
            for key, known in self.known.items()
        }
        said = {utterance: other_side(role) for utterance, role in self.said.items()}
        return SpeakerBook(not self.swapped, flipped, said)

    def place(self, utterances: Iterable[str], role: Role) -> SpeakerBook:
        """These utterances, and no others, are said by this side."""
        return replace(self, said={**self.said, **dict.fromkeys(utterances, role)})

    def correct(self, speaker: str | None, name: str | None, role: Role | None) -> SpeakerBook:
        """Name or place the speaker now known as `speaker` (by the sender's name or by one given here)."""
        keys = [key for key, known in self.known.items() if known.name == speaker and speaker] or [speaker or ""]
        changed = dict(self.known)
        for key in keys:
            before = changed.get(key, Known())
            changed[key] = Known(name or before.name, role or before.role)
        return replace(self, known=changed)
