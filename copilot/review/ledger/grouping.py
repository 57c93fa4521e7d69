"""Which mentions are of one thing: those whose words say so clearly, and those that people put together.

A wrong merge hides a promise, a missed one shows it twice; so in doubt two things stay two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

from copilot.analysis.identity import same_thing
from copilot.analysis.language.words import content_words
from copilot.analysis.numbers import same_value
from copilot.domain.accounts import Figure, Merged, Parted
from copilot.domain.items import Item, Metric
from copilot.review.ledger.figures import figure_of, on_the_scale_of
from copilot.review.ledger.results import Mentioned, is_result

FoundT = TypeVar("FoundT", bound=Mentioned)
Decision = Merged | Parted


def grouped(found: Sequence[FoundT], decisions: Iterable[Decision]) -> list[list[FoundT]]:
    """Each mention in one group, groups by their first mention; `found` is in order of time, decisions as written.

    What one call keeps apart is never put together by its words alone. A measure that a review tells from the very
    figure from which one was promised is that one. People's decisions come last, in their order.
    """
    last_words = _by_pair(decisions)
    apart = {pair for pair, decision in last_words.items() if isinstance(decision, Parted)}
    groups: list[list[FoundT]] = []
    for one in found:
        home = next((group for group in groups if _belongs(one, group, apart)), None)
        if home is None:
            groups.append([one])
        else:
            home.append(one)
    groups = _with_results(groups, apart)
    for decision in last_words.values():
        groups = _decided(groups, decision)
    place = {one.mention.id: n for n, one in enumerate(found)}
    ordered = [sorted(group, key=lambda one: place[one.mention.id]) for group in groups]
    return sorted(ordered, key=lambda group: place[group[0].mention.id])


def alike(group: Sequence[FoundT], others: Sequence[Sequence[FoundT]], decisions: Iterable[Decision]) -> list[str]:
    """First mentions of other groups that go by the same words, and may be the same after all; people can say.

    Not those of which people have said that they are two.
    """
    parted = {pair for pair, decision in _by_pair(decisions).items() if isinstance(decision, Parted)}
    words = _wordings(one.item for one in group)
    return [
        other[0].mention.id
        for other in others
        if other is not group
        and len({one.mention.call for one in (*group, *other)}) > 1
        and _same(words, _wordings(one.item for one in other), numbers_matter=not isinstance(group[0].item, Metric))
        and not any(frozenset((a.mention.id, b.mention.id)) in parted for a in group for b in other)
    ]


def _by_pair(decisions: Iterable[Decision]) -> dict[frozenset[str], Decision]:
    """The last decision on each two mentions, in the order in which these were made."""
    last_words: dict[frozenset[str], Decision] = {}
    for decision in decisions:
        pair = frozenset((decision.promise, _other(decision)))
        last_words.pop(pair, None)
        last_words[pair] = decision
    return last_words


def _other(decision: Decision) -> str:
    return decision.into if isinstance(decision, Merged) else decision.other


def _belongs(one: FoundT, group: Sequence[FoundT], apart: set[frozenset[str]]) -> bool:
    if any(_kept_apart(one, other, apart) for other in group):
        return False
    return any(_same_words(one.item, other.item) for other in group)


def _kept_apart(one: FoundT, other: FoundT, apart: set[frozenset[str]]) -> bool:
    """Whether one call has both, people parted them, or their figures and owners are two measures'."""
    return (
        one.mention.call == other.mention.call
        or frozenset((one.mention.id, other.mention.id)) in apart
        or _contradict(one.item, other.item)
    )


def _with_results(groups: Sequence[list[FoundT]], apart: set[frozenset[str]]) -> list[list[FoundT]]:
    """The groups once results have gone to the one promise that begins where they do, if there is one alone."""
    results: list[list[FoundT]] = []
    promised: list[list[FoundT]] = []
    for group in groups:
        (results if all(is_result(one) for one in group) else promised).append(group)
    left = []
    for group in results:
        homes = [home for home in promised if all(_goes_on_from(one, home, apart) for one in group)]
        if len(homes) == 1:
            homes[0].extend(group)
        else:
            left.append(group)
    return [*promised, *left]


def _goes_on_from(one: FoundT, home: Sequence[FoundT], apart: set[frozenset[str]]) -> bool:
    """Whether a result begins at the promise's baseline and shares a word with it, and nothing speaks against it."""
    told = [other.item for other in home if isinstance(other.item, Metric) and other.item.baseline]
    item = one.item
    return (
        isinstance(item, Metric)
        and not any(_kept_apart(one, other, apart) for other in home)
        and any(
            _equal(item.baseline, other.baseline) and content_words(item.text) & content_words(other.text)
            for other in told
        )
    )


def _equal(a: str | None, b: str | None) -> bool:
    """Whether two baselines are one figure, where a bare number is in the other's unit."""
    if not a or not b:
        return False
    figure, scale = figure_of(a), figure_of(b)
    return scale.low is not None and on_the_scale_of(figure, scale) == (scale.low, scale.high)


def _same_words(a: Item, b: Item) -> bool:
    return _same(_wordings([a]), _wordings([b]), numbers_matter=not isinstance(a, Metric))


def _wordings(items: Iterable[Item]) -> tuple[str, ...]:
    """All texts that these are known under, each once."""
    return tuple(dict.fromkeys(text for item in items for text in (item.text, *item.wordings)))


@lru_cache(maxsize=16384)
def _same(ours: tuple[str, ...], theirs: tuple[str, ...], *, numbers_matter: bool) -> bool:
    return any(same_thing(a, b, numbers_matter=numbers_matter) for a in ours for b in theirs)


def _contradict(a: Item, b: Item) -> bool:
    """Measures that somebody else answers for, or that are counted in something else, are two."""
    if not isinstance(a, Metric) or not isinstance(b, Metric):
        return not same_thing(a.text, b.text, numbers_matter=True) and same_thing(a.text, b.text, numbers_matter=False)
    if a.owner and b.owner and not same_value(a.owner, b.owner):
        return True
    return not any(_compare(x, y) for x in _figures(a) for y in _figures(b)) and bool(_figures(a) and _figures(b))


def _figures(metric: Metric) -> list[Figure]:
    told = (figure_of(value) for value in (metric.baseline, metric.target) if value)
    return [figure for figure in told if figure.kind is not None]


def _compare(a: Figure, b: Figure) -> bool:
    return on_the_scale_of(a, b) is not None or on_the_scale_of(b, a) is not None


def _decided(groups: list[list[FoundT]], decision: Decision) -> list[list[FoundT]]:
    """The groups after one more decision; one about what is not there changes nothing."""
    one, other = _holding(groups, decision.promise), _holding(groups, _other(decision))
    if one is None or other is None:
        return groups
    if isinstance(decision, Merged):
        return groups if one is other else [g for g in groups if g is not one and g is not other] + [[*one, *other]]
    if one is not other:
        return groups
    leaves = _named(decision.promise)
    return [g for g in groups if g is not one] + [
        [m for m in one if leaves(m)],
        [m for m in one if not leaves(m)],
    ]


def _holding(groups: list[list[FoundT]], mention: str) -> list[FoundT] | None:
    named = _named(mention)
    return next((group for group in groups if any(named(one) for one in group)), None)


def _named(mention: str) -> Callable[[Mentioned], bool]:
    return lambda one: one.mention.id == mention
