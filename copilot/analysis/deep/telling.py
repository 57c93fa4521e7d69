"""How a model is told of things: one line each, from which nothing said on the call can break out.

Words of the call stand between « and ». Whatever in them looks like a line, a label or a fence of ours is set apart by
a space, so that a quote of it is still found in the call.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.analysis.language.unseen import UNSEEN
from copilot.domain.call import CallInfo, Utterance
from copilot.domain.items import Capability, Item, ItemState, Metric, NextStep, Outcome, Pitfall

LONGEST_SAYING = 1500  # characters; nobody says more in one go, and of a page that was pasted ends are enough
_LONGEST_NAME = 60
_LONGEST_TITLE = 120

_LABEL = re.compile(
    r"\bu(?=\d+ +(?:rep|customer|unknown)\b)"
    r"|\b[OCMNP](?=\d+ +(?:heard|said by|confirmed|set aside|withdrawn|pitfall)\b)"
    r"|\bmap(?=:)|(?<=<)(?=[/!?a-z])|(?<=#)(?=#)|(?<=`)(?=`)|(?<=-)(?=--)",
    re.I,
)
_QUOTES = str.maketrans({"«": '"', "»": '"'})

_STATES = {
    ItemState.PROPOSED: "said by the rep only",
    ItemState.HEARD: "heard",
    ItemState.CONFIRMED: "confirmed",
    ItemState.REJECTED: "set aside by a person",
    ItemState.WITHDRAWN: "withdrawn",
}


def neutral(text: str, longest: int = LONGEST_SAYING) -> str:
    """On one line, without letters that cannot be seen, and with nothing that passes for a label or a fence."""
    flat = UNSEEN.sub(" ", text).strip().translate(_QUOTES)
    if len(flat) > longest:
        flat = f"{flat[: longest * 2 // 3].rstrip()} … {flat[-(longest // 3) :].lstrip()}"
    return _LABEL.sub(lambda match: f"{match.group()} ", flat)


def told_call(call: CallInfo | None) -> Iterator[str]:
    """What kind of call it is, and who is on it."""
    if call is None:
        return
    about = [f"Call: {call.kind.value}"]
    about.extend(f"{what} «{neutral(value, _LONGEST_TITLE)}»" for what, value in _about(call))
    yield "; ".join(about)
    if call.participants:
        people = (f"{_name(p.name)} ({', '.join(_known(p.role.value, p.title))})" for p in call.participants[:24])
        yield f"People: {'; '.join(people)}"


def told_utterance(utterance: Utterance) -> str:
    """`u17 customer Luis: «We want four weeks»`; the number is its index."""
    who = f" {_name(utterance.speaker)}" if utterance.speaker else ""
    return f"u{utterance.i} {utterance.role.value}{who}: «{neutral(utterance.text)}»"


def told_item(item: Item) -> str:
    """An entry of the map with the fields that are set: `O2 heard: Release every four weeks; priority 1 (u12)`."""
    parts = [f"{item.id} {_STATES[item.state]}: «{neutral(item.text, 240)}»", *_fields(item)]
    if item.locked:
        parts.append(f"settled by a person: {', '.join(item.locked)}")
    return f"{'; '.join(parts)} (u{item.utterances[0]})"


def told_pitfall(pitfall: Pitfall) -> str:
    about = f" about {pitfall.about}" if pitfall.about else ""
    at = ", ".join(f"u{i}" for i in pitfall.utterances[:3])
    state = "" if pitfall.counts else f"; {pitfall.state.value}"
    return f"{pitfall.id} pitfall {pitfall.kind}{about} at {at}{state}"


def _fields(item: Item) -> Iterator[str]:
    match item:
        case Outcome():
            yield from _known(item.priority and f"priority {item.priority}")
        case Capability():
            phase = {"1": "needed on day one", "later": "later"}
            yield from _known(_served(item.outcomes), item.phase and phase[item.phase])
        case Metric():
            yield from _known(_served(item.outcomes), item.kind)
            for name in ("baseline", "target", "owner", "cadence"):
                yield from _value(name, getattr(item, name))
        case NextStep():
            yield from _value("owner", item.owner)
            yield from _value("due", item.due)


def _value(name: str, value: str | None) -> Iterator[str]:
    if value:
        yield f"{name} «{neutral(value, 80)}»"


def _served(outcomes: tuple[str, ...]) -> str | None:
    return f"serves {', '.join(outcomes)}" if outcomes else None


def _about(call: CallInfo) -> Iterator[tuple[str, str]]:
    for what, value in (("title", call.title), ("account", call.account)):
        if value:
            yield what, value


def _name(name: str) -> str:
    return neutral(name, _LONGEST_NAME).replace(":", " ") or "somebody"


def _known(*values: str | int | None) -> Iterator[str]:
    return (neutral(str(value), _LONGEST_TITLE) for value in values if value)
