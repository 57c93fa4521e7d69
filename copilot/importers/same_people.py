"""One person under several spellings: `JOE (Acme)`, `joe`, `Joe`."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from copilot.domain.call import Transcript

_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")
_DRESS = re.compile(r"[\s.,_*-]+")


def bare_name(name: str) -> str:
    """A name without case, brackets and punctuation, to be compared with others."""
    return _DRESS.sub(" ", _BRACKETS.sub("", name)).strip().casefold() or name.casefold()


def with_one_name_each(transcript: Transcript) -> Transcript:
    """The transcript with everybody under the spelling that they have most often."""
    names = [u.speaker for u in transcript.utterances if u.speaker is not None]
    spelling = _spellings([*names, *(p.name for p in transcript.participants)])
    if all(name == chosen for name, chosen in spelling.items()):
        return transcript
    participants = {
        spelling[p.name]: p.model_copy(update={"name": spelling[p.name]}) for p in reversed(transcript.participants)
    }
    return transcript.model_copy(
        update={
            "participants": tuple(reversed(participants.values())),
            "utterances": tuple(
                u if u.speaker is None else u.model_copy(update={"speaker": spelling[u.speaker]})
                for u in transcript.utterances
            ),
        }
    )


def _spellings(names: Iterable[str]) -> Mapping[str, str]:
    """The spelling to use for each; two whose brackets say different things are two people."""
    times = Counter(names)
    alike: defaultdict[str, list[str]] = defaultdict(list)
    for name in times:
        alike[bare_name(name)].append(name)
    chosen: dict[str, str] = {}
    for variants in alike.values():
        asides = {aside.casefold() for name in variants for aside in _BRACKETS.findall(name)}
        best = max(variants, key=lambda name: (times[name], name))
        chosen.update({name: best if len(asides) < 2 else name for name in variants})
    return chosen
