"""From a baseline to a target, as people tell it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, NamedTuple

from copilot.analysis.numbers.grammar import Draft
from copilot.analysis.numbers.lexicon import SECONDS
from copilot.analysis.numbers.moments import Moment, moment_of, reaches
from copilot.analysis.numbers.quantities import Quantity, placed
from copilot.analysis.numbers.ranges import hedge_before, moves
from copilot.analysis.numbers.tokens import Token, tokens_of, vocabulary, word_at

Direction = Literal["up", "down"]

_DOWN = vocabulary(
    """
    cut cuts cutting reduce reduces reduced reducing decrease decreased decreasing lower lowered lowering drop dropped
    dropping shave shaved slash slashed shrink shrunk fall fell fallen trim trimmed shorten shortened save saves saved
    saving decline declined down below under
    """
)
_UP = vocabulary(
    """
    increase increased increasing increases grow grew grown growing raise raised raising boost boosted lift lifted
    jump jumped climb climbed rise rose risen expand expanded up above over
    """
)
_EITHER = vocabulary("improve improved improving improves change changed")
_COMPARED_DOWN = vocabulary("less fewer lower cheaper shorter smaller reduction decrease drop decline savings")
_COMPARED_UP = vocabulary("more higher increase growth longer bigger larger greater gain uplift lift")
_COMPARED = _COMPARED_DOWN | _COMPARED_UP | vocabulary("faster better quicker slower worse improvement")
_ARRIVES = frozenset(("to", "→", "into", "towards", "toward"))
_ON_THE_WAY = frozenset(("down", "up", "→", "back", "going"))
_ENDS = frozenset((".", "?", "!", ";"))
_TOO_MANY_PERCENT = 1000
_LEVEL_BEFORE = frozenset(("to", "at", "→", "now", "is", "it's"))


@dataclass(frozen=True, slots=True)
class Change:
    """One change told. A unit said on one side only stands on both; each `text` stays as said.

    With `relative`, `target` is how much or how many times to change ("by thirty percent", "doubled") and no level;
    `baseline` is then the level it starts from, where one is said ("halve our lead time of nine days").
    `direction` is where the numbers, or else the words, lead; None where they tell neither.
    """

    baseline: Quantity | None
    target: Quantity | None
    direction: Direction | None
    relative: bool = False


class _Told(NamedTuple):
    draft: Draft
    quantity: Quantity
    moment: Moment | None
    hedge_start: int
    floor: int


class _Heard(NamedTuple):
    told: tuple[_Told, ...]
    changes: tuple[Change, ...]


def find_changes(text: str) -> tuple[Change, ...]:
    """Every change in order: "from 48 hours to 18", "cut it by thirty percent", "it was 4 hours, now it's 15 minutes".

    A range ("between 30 and 40") is no change, and neither is a level told with nothing before, after or wanted.
    """
    return _heard(text).changes


def is_baseline_like(text: str, quantity: Quantity) -> bool:
    """Whether `quantity`, found in `text`, is told as what is or was: "we're at", "takes us", "today", "used to be"."""
    return _role(text, quantity) == "baseline"


def is_target_like(text: str, quantity: Quantity) -> bool:
    """Whether `quantity`, found in `text`, is told as wanted or reached: "want", "goal", "get below", "from six to"."""
    return _role(text, quantity) == "target"


def _role(text: str, quantity: Quantity) -> Literal["baseline", "target"] | None:
    told, changes = _heard(text)
    for change in changes:
        if change.baseline is not None and change.baseline.start == quantity.start:
            return "baseline"
        if change.target is not None and change.target.start == quantity.start:
            return "target"
    moment = next((one.moment for one in told if one.quantity.start == quantity.start), None)
    return None if moment is None else "target" if moment == "wanted" else "baseline"


@lru_cache(maxsize=2048)
def _heard(text: str) -> _Heard:
    tokens = tokens_of(text)
    told = _told(text, tokens)
    return _Heard(tuple(told), tuple(_changes(text, tokens, told)))


def _told(text: str, tokens: list[Token]) -> list[_Told]:
    undated = [(draft, quantity) for draft, quantity in placed(text) if quantity.kind != "date"]
    told: list[_Told] = []
    floor = 0
    for i, (draft, quantity) in enumerate(undated):
        ceiling = undated[i + 1][1].start if i + 1 < len(undated) else len(text)
        moment, end = moment_of(text, quantity.start, quantity.end, floor, ceiling)
        told.append(_Told(draft, quantity, moment, hedge_before(tokens, draft.first)[1], floor))
        floor = end
    return told


def _changes(text: str, tokens: list[Token], told: list[_Told]) -> list[Change]:
    changes: list[Change] = []
    i = 0
    while i < len(told):
        pair = _pair(tokens, told[i], told[i + 1]) if i + 1 < len(told) else None
        if pair and i + 2 < len(told) and _belongs_to_the_next(tokens, told[i], told[i + 1], told[i + 2]):
            pair = None
        pair = pair or (_moved_from(tokens, told[i], told[i + 1]) if i + 1 < len(told) else None)
        change = pair or _single(text, tokens, told[i])
        if change is not None:
            changes.append(change)
        i += 2 if pair else 1
    return changes


def _belongs_to_the_next(tokens: list[Token], a: _Told, b: _Told, c: _Told) -> bool:
    """Whether `b` makes a change with `c` in its own sentence, and `a` is of the sentence before."""
    return _apart(tokens, a, b) and not _apart(tokens, b, c) and _pair(tokens, b, c) is not None


def _apart(tokens: list[Token], a: _Told, b: _Told) -> bool:
    return not _ENDS.isdisjoint(token.word for token in tokens[a.draft.last : b.draft.first])


def _pair(tokens: list[Token], a: _Told, b: _Told) -> Change | None:
    if not _comparable(a.quantity, b.quantity) or _is_relative(tokens, a) or _is_relative(tokens, b):
        return None
    if _leads(tokens, a, b):
        return _change(a.quantity, b.quantity)
    if _leads_back(tokens, a, b):
        return _change(b.quantity, a.quantity)
    moments = a.moment, b.moment
    if moments in (("past", "present"), ("past", "wanted"), ("present", "wanted")):
        return _change(a.quantity, b.quantity)
    if moments in (("wanted", "present"), ("wanted", "past"), ("present", "past")):
        return _change(b.quantity, a.quantity)
    return None


def _moved_from(tokens: list[Token], a: _Told, b: _Told) -> Change | None:
    """How much a level is to move: "halve our lead time of nine days"."""
    between = [token.word for token in tokens[a.draft.last : b.hedge_start]]
    if len(between) > 8 or between[-1:] not in (["of"], ["from"]) or not _ENDS.isdisjoint(between):
        return None
    if not _is_relative(tokens, a) or _is_relative(tokens, b):
        return None
    return Change(b.quantity, a.quantity, _relative_direction(tokens, a), relative=True)


def _leads(tokens: list[Token], a: _Told, b: _Told) -> bool:
    """Whether the words between lead from `a` to `b`: "from A to B", "A down to B", "A → B", a falling "A to B"."""
    between = [token.word for token in tokens[a.draft.last : b.hedge_start]]
    if not 0 < len(between) <= 8 or between[-1] not in _ARRIVES or not _ENDS.isdisjoint(between):
        return False
    if moves(tokens, a.hedge_start) or not _ON_THE_WAY.isdisjoint(between):
        return True
    return len(between) == 1 and _size(a.quantity) > _size(b.quantity)


def _leads_back(tokens: list[Token], a: _Told, b: _Told) -> bool:
    """Whether `b` is where `a` came from: "to four weeks from six", "15 minutes, down from 4 hours"."""
    between = [token.word for token in tokens[a.draft.last : b.hedge_start]]
    if not 0 < len(between) <= 5 or between[-1] != "from" or not _ENDS.isdisjoint(between):
        return False
    return not _ON_THE_WAY.isdisjoint(between) or word_at(tokens, a.hedge_start - 1) in _LEVEL_BEFORE


def _single(text: str, tokens: list[Token], one: _Told) -> Change | None:
    before = word_at(tokens, one.hedge_start - 1)
    if _is_relative(tokens, one):
        return Change(None, one.quantity, _relative_direction(tokens, one), relative=True)
    if before == "from" and word_at(tokens, one.hedge_start - 2) in ("down", "up"):
        return Change(one.quantity, None, "down" if word_at(tokens, one.hedge_start - 2) == "down" else "up")
    if one.moment == "wanted" and reaches(text, one.quantity.start, one.floor):
        return Change(None, one.quantity, _worded_direction(tokens, one))
    return None


def _is_relative(tokens: list[Token], one: _Told) -> bool:
    if one.quantity.kind == "multiple":
        return True
    before = word_at(tokens, one.hedge_start - 1)
    verb = any(word in _DOWN or word in _UP or word in _EITHER for word in _lead(tokens, one))
    if before == "by" and verb:
        return True
    if one.quantity.kind not in ("percent", "ratio") and one.quantity.unit != "times":
        return False
    following = word_at(tokens, one.draft.last)
    return following in _COMPARED or (
        verb and before not in ("to", "at", "from", "of", "below", "under", "above", "is")
    )


def _lead(tokens: list[Token], one: _Told) -> list[str]:
    """Up to eight words before, the nearest first, within the sentence and after the quantity before."""
    lead: list[str] = []
    for token in reversed(tokens[max(0, one.hedge_start - 8) : one.hedge_start]):
        if token.word in _ENDS or token.start < one.floor:
            break
        lead.append(token.word)
    return lead


def _relative_direction(tokens: list[Token], one: _Told) -> Direction | None:
    following = word_at(tokens, one.draft.last)
    if following in _COMPARED_DOWN or following in _COMPARED_UP:
        return "down" if following in _COMPARED_DOWN else "up"
    if one.quantity.kind == "multiple" and following not in _COMPARED:
        return "down" if one.quantity.low < 1 else "up"
    return _verb_direction(_lead(tokens, one))


def _worded_direction(tokens: list[Token], one: _Told) -> Direction | None:
    if one.quantity.approx in ("at_most", "at_least"):
        return "down" if one.quantity.approx == "at_most" else "up"
    return _verb_direction(_lead(tokens, one))


def _verb_direction(lead: list[str]) -> Direction | None:
    for word in lead:
        if word in _DOWN or word in _UP:
            return "down" if word in _DOWN else "up"
    return None


def _comparable(a: Quantity, b: Quantity) -> bool:
    if a.kind == b.kind:
        return a.kind in ("duration", "ratio") or a.unit == b.unit or None in (a.unit, b.unit)
    return of_any_unit(a, b) or of_any_unit(b, a)


def of_any_unit(bare: Quantity, other: Quantity) -> bool:
    """Whether a bare number can be of the other's kind: "from 35 to 80 percent"; a million a year is no share."""
    if bare.kind != "count" or bare.unit is not None or bare.per not in (None, other.per):
        return False
    return other.kind not in ("percent", "ratio") or bare.high < _TOO_MANY_PERCENT


def _change(baseline: Quantity, target: Quantity) -> Change:
    baseline, target = _completed(baseline, target), _completed(target, baseline)
    before, after = _size(baseline), _size(target)
    return Change(baseline, target, None if before == after else "down" if after < before else "up")


def _completed(one: Quantity, other: Quantity) -> Quantity:
    if one.unit is not None or one.kind not in ("count", other.kind) or other.unit is None or other.kind == "ratio":
        return one
    return replace(one, unit=other.unit, kind=other.kind)


def _size(quantity: Quantity) -> float:
    return (quantity.low + quantity.high) / 2 * SECONDS.get(quantity.unit or "", 1.0)
