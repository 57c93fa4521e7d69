"""Our own JSON: a labelled call, an analysis, or just the call, its participants and its utterances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from copilot.domain.call import CallKind, Participant, Role, Transcript, Utterance
from copilot.importers.json_fields import Fields, day, documents, fields, name, records, seconds, string
from copilot.importers.source import Source

NAME = "copilot"
_LONGEST_TEXT = 20_000  # characters, as a live call takes
_MARKS = frozenset({"i", "start_s", "end_s"})
_OTHERS_TIMES = frozenset({"start", "start_time", "startTime", "timestamp"})


def matches(source: Source) -> bool:
    """Utterances with a text, beside `call` or with fields only ours have; a panel's `state`; a client's frames."""
    return any(_is_call(document) for document in _calls(source.json))


def read(source: Source) -> tuple[Transcript, ...]:
    """One transcript for each call. Texts, ids and order stay, so that labels still point at their utterance."""
    return tuple(_transcript(document) for document in _calls(source.json) if _is_call(document))


def _calls(json: object) -> list[Fields]:
    """Each object of the file; utterances that stand by themselves, as a client sends them, are one call."""
    given = documents(json)
    loose = [record for record in given if record.get("type", "utterance") == "utterance" and _is_ours(record)]
    if loose:
        return [{"call": next((record["call"] for record in given if "call" in record), None), "utterances": loose}]
    return [fields(document.get("state")) or document for document in given]


def _is_call(document: Fields) -> bool:
    utterances = records(document.get("utterances"))
    if not any("text" in utterance for utterance in utterances):
        return False
    return isinstance(document.get("call"), dict) or any(map(_is_ours, utterances))


def _is_ours(utterance: Fields) -> bool:
    if _MARKS & utterance.keys():
        return True
    return utterance.get("role") in tuple(Role) and not _OTHERS_TIMES & utterance.keys()


def _transcript(document: Fields) -> Transcript:
    call = fields(document.get("call"))
    participants = _participants(records(document.get("participants")) or records(call.get("participants")))
    utterances = _utterances(records(document.get("utterances")), {p.name: p.role for p in participants})
    return Transcript(
        format=NAME,
        title=name(call.get("title")),
        kind=_kind(call.get("kind")),
        account=name(call.get("account")),
        held_on=day(call.get("held_on")),
        language=name(call.get("language")),
        participants=participants or _speakers(utterances),
        utterances=utterances,
        estimated_times=document.get("estimated_times") is True,
    )


def _participants(given: Sequence[Fields]) -> tuple[Participant, ...]:
    people: dict[str, Participant] = {}
    for person in given:
        if (called := name(person.get("name"))) is not None and called not in people:
            people[called] = Participant(
                name=called, role=_role(person.get("role")) or Role.UNKNOWN, title=name(person.get("title"))
            )
    return tuple(people.values())


def _speakers(utterances: Sequence[Utterance]) -> tuple[Participant, ...]:
    named = {u.speaker: u.role for u in utterances if u.speaker is not None}
    return tuple(Participant(name=speaker, role=role) for speaker, role in named.items())


def _utterances(given: Sequence[Fields], roles: Mapping[str, Role]) -> tuple[Utterance, ...]:
    said = [utterance for utterance in given if isinstance(utterance.get("text"), str)]
    if not any(string(utterance["text"]).strip() for utterance in said):
        return ()
    ids = _ids(said)
    return tuple(_utterance(utterance, i, ids[i], roles) for i, utterance in enumerate(said))


def _ids(said: Sequence[Fields]) -> list[str]:
    """The given ids; `u1`, `u2`, … for all where one is missing or stands twice."""
    given = [string(utterance.get("id"))[:128] for utterance in said]
    return given if all(given) and len(set(given)) == len(given) else [f"u{i + 1}" for i in range(len(said))]


def _utterance(utterance: Fields, i: int, id_: str, roles: Mapping[str, Role]) -> Utterance:
    speaker = name(utterance.get("speaker"))
    start_s, end_s = seconds(utterance.get("start_s")), seconds(utterance.get("end_s"))
    return Utterance(
        id=id_,
        i=i,
        speaker=speaker,
        role=_role(utterance.get("role")) or roles.get(speaker or "", Role.UNKNOWN),
        start_s=start_s,
        end_s=None if start_s is not None and end_s is not None and end_s < start_s else end_s,
        text=string(utterance["text"]).strip()[:_LONGEST_TEXT],
    )


def _role(value: object) -> Role | None:
    """A known side; None for `unknown`, anything else and nothing."""
    role = string(value).casefold()
    return Role(role) if role in {Role.REP, Role.CUSTOMER} else None


def _kind(value: object) -> CallKind | None:
    """What is no kind of ours is `other`; None where the file has none."""
    kind = string(value).casefold()
    if not kind:
        return None
    return CallKind(kind) if kind in set(CallKind) else CallKind.OTHER
