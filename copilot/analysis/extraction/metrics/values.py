"""What is said of a measure: where it stands, where it is to get, how often it is looked at, who keeps it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from copilot.analysis.extraction.matching import latest
from copilot.analysis.extraction.metrics.custody import name_after
from copilot.analysis.extraction.metrics.readings import Reading, Side, as_said, readings, same_measure
from copilot.analysis.extraction.word_runs import MARKS, Said, word_runs
from copilot.analysis.language.clauses import sentence_at
from copilot.analysis.language.dialogue import may_be_customer, question_answered
from copilot.analysis.language.lexicon import Lexicon
from copilot.analysis.language.references import tells_of_others
from copilot.analysis.language.words import content_words
from copilot.analysis.numbers import find_changes, find_quantities, is_number_word, numbers_in, same_value, with_unit
from copilot.analysis.reader import Impressions
from copilot.domain.call import Utterance
from copilot.domain.impressions import Part, word_places
from copilot.domain.items import Evidence, ItemState, Metric
from copilot.domain.ops import UpdateItem
from copilot.domain.state import CallState

ValuePass = Callable[[CallState, int], Sequence[UpdateItem]]

_SIDES: Mapping[Side, Part] = {"baseline": Part.BASELINE, "target": Part.TARGET}
_LEAST_FIGURE = 0.3
_TOLD = 0.6  # what the words around a figure add to how likely its side is
_LEAST_WORDS = {Part.CADENCE: 0.3, Part.OWNER: 0.5}
_REACH = 4
_LEAST_NAME = 2
_NO_OWNER = re.compile(
    r"s$|(?:the|a|an|my|our|your|his|their)$|(?!(?-i:IT)\b)(?:i|me|mine|we|us|you|he|him|she|her|they|them|it|who"
    r"|nobody|somebody|everybody)\b(?! (?-i:[A-Z]))",
    re.I,
)
_END = re.compile(r"[.!?;]\s")
_LEFT_OVER = re.compile(r"(?:\s+(?:to|of|and|for|by|on|per|at|in|the))+$", re.I)
_RHYTHM = re.compile(
    r"\b(?:every|each|per|once|twice)\b.*\w{3}|\b(?:dai|night|week|fortnight|month|quarter|year|annual)ly\b"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b",
    re.I,
)
_ENDING = re.compile(r"['’](?:s|ll|d|re|ve)$", re.I)


def value_pass(lexicon: Lexicon, impressions: Impressions) -> ValuePass:
    """A pass that fills in what the newest utterance says of the measure it speaks of, as far as that is still open."""

    def run(state: CallState, i: int) -> Sequence[UpdateItem]:
        metric = _spoken_of(state, i)
        if metric is None:
            return ()
        said = _values(state, i, metric, impressions)
        changed = _moved(state.utterances[i].text, metric) if _may_put_right(state, i, metric) else {}
        fresh = changed | {
            f: value
            for f, value in said.items()
            if f not in changed and getattr(metric, f) is None and _fits(metric, f, value)
        }
        sides: dict[str, str | None] = {
            side: fresh[side].words if side in fresh else getattr(metric, side) for side in _SIDES
        }
        filled = [_filled(state, i, metric, f, value, sides) for f, value in fresh.items()]
        if i == metric.utterances[0] and lexicon.has("signals.early_signal", state.utterances[i].text):
            filled.append(UpdateItem(id=metric.id, kind="leading"))
        return tuple(filled)

    return run


def _spoken_of(state: CallState, i: int) -> Metric | None:
    here = [m for m in state.metrics.values() if m.stands and i in m.utterances]
    return here[-1] if here else latest(state.metrics.values(), i, reach=_REACH)


def _fits(metric: Metric, field: str, value: Said) -> bool:
    """Whether a figure can stand beside the other side of the measure: of one kind with it, and not the same."""
    if field not in _SIDES:
        return True
    known = [side for side in (metric.baseline, metric.target) if side is not None]
    return not any(same_value(side, value.words) or not _one_measure(side, value.words) for side in known)


def _one_measure(known: str, words: str) -> bool:
    """Whether two values can be read off one measure; where no figure is found in one, nothing speaks against it."""
    pairs = zip(find_quantities(known)[:1], find_quantities(words)[:1], strict=False)
    return all(same_measure(a, b) for a, b in pairs)


def _filled(
    state: CallState, i: int, metric: Metric, field: str, value: Said, sides: Mapping[str, str | None]
) -> UpdateItem:
    quote = sentence_at(state.utterances[i].text, value.start).said
    words = _worded(value.words, metric, field, sides) if field in _SIDES else value.words
    told = {"id": metric.id, "evidence": (Evidence(utterance=i, quote=quote),), field: words}
    return UpdateItem.model_validate(told)


def _worded(words: str, metric: Metric, field: str, sides: Mapping[str, str | None]) -> str:
    """A figure as it is read beside the measure: without the noun that the measure has, with the other side's unit."""
    other = sides["baseline" if field == "target" else "target"]
    return with_unit(without_noun(words, metric.text), other)


def without_noun(words: str, name: str) -> str:
    """A count without what is counted, where the measure's name says that: "26" of "26 dumped collections"."""
    figures = find_quantities(words)
    if (
        len(figures) != 1
        or figures[0].kind != "count"
        or not content_words(figures[0].unit or "") & content_words(name)
    ):
        return words
    said = words.split()
    bare = " ".join(said[: next((n for n, word in enumerate(said) if not is_number_word(word)), len(said))])
    return bare or words


def _may_put_right(state: CallState, i: int, metric: Metric) -> bool:
    """Whether figures that stand may give way to others: to the customer's own, and until somebody agrees to them."""
    utterance = state.utterances[i]
    is_open = i in metric.utterances and metric.state is not ItemState.CONFIRMED
    return is_open and may_be_customer(utterance) and not tells_of_others(utterance.text)


def _is_reference(utterance: Utterance) -> bool:
    """Whether the rep tells of another company, whose figures are none of this customer's."""
    return not may_be_customer(utterance) and tells_of_others(utterance.text)


def _moved(text: str, metric: Metric) -> dict[str, Said]:
    """A whole change, where the utterance tells just one and the measure has other figures: it tells them better.

    One that begins where the measure has got to tells what is to come, and puts nothing right.
    """
    changes = [c for c in find_changes(text) if c.baseline and c.target and c.direction and not c.relative]
    if len(changes) != 1 or metric.baseline is None or metric.target is None:
        return {}
    told = {"baseline": changes[0].baseline, "target": changes[0].target}
    known = numbers_in(metric.baseline) | numbers_in(metric.target)
    if any(q is None or numbers_in(q.text) & known for q in told.values()):
        return {}
    if not all(_one_measure(value, q.text) for value in (metric.baseline, metric.target) for q in told.values() if q):
        return {}
    return {side: Said(as_said(q), q.start, 1.0) for side, q in told.items() if q is not None}


def _values(state: CallState, i: int, metric: Metric, impressions: Impressions) -> dict[str, Said]:
    text = state.utterances[i].text
    parts = impressions.of(state, i).parts
    found = {} if _is_reference(state.utterances[i]) else _figures(state, i, parts, _told_of(metric, i, text))
    for part, least in _LEAST_WORDS.items():
        said = max(word_runs(text, parts[part], least), key=lambda s: s.likely, default=None)
        if said is not None:
            words = said.words.strip(MARKS)
            if part is Part.OWNER:
                words = name_after(text, said.start + len(said.words)) or owner_named(_END.split(words)[0])
            else:
                words = _rhythm_in(words)
            if words:
                found[part.value] = said._replace(words=words)
    return found


def _rhythm_in(words: str) -> str:
    """From the first piece between commas that tells a rhythm, without little words left hanging; else empty.

    "One, monthly" is "monthly".
    """
    pieces = words.split(", ")
    first = next((n for n, piece in enumerate(pieces) if _RHYTHM.search(piece)), len(pieces))
    return _LEFT_OVER.sub("", ", ".join(pieces[first:]))


def owner_named(words: str) -> str:
    """The name alone: "Henrik'll" is Henrik; empty for a pronoun or a piece of a word, but "IT" and "He Zhang" stay."""
    name = _ENDING.sub("", words)
    return "" if _NO_OWNER.match(name) or len(name) < _LEAST_NAME else name


def _told_of(metric: Metric, i: int, text: str) -> tuple[int, int]:
    """Where in an utterance the measure is told of: from its first to its last quote, or anywhere."""
    places = [(text.find(e.quote), len(e.quote)) for e in metric.evidence if e.utterance == i]
    return (min(at for at, _ in places), max(at + length for at, length in places)) if places else (0, len(text))


def _figures(
    state: CallState, i: int, parts: Mapping[Part, Sequence[float]], within: tuple[int, int]
) -> dict[str, Said]:
    """The likeliest figure of either side; one figure is on one side, and both sides are of one kind.

    Where the likeliest two are of different kinds, the likelier stays and the other side is looked for anew.
    """
    text = state.utterances[i].text
    asked = question_answered(state.utterances, i)
    all_told = readings(text, state.utterances[asked].text if asked is not None else None)
    told = tuple(r for r in all_told if within[0] <= r.quantity.start < within[1])
    likely = {(r, side): _likely(text, r, side, parts[part]) for r in told for side, part in _SIDES.items()}

    def on(side: Side) -> list[Reading]:
        own = [r for r in told if likely[r, side] >= max(_LEAST_FIGURE, *(likely[r, other] for other in _SIDES))]
        return sorted(own, key=lambda r: -likely[r, side])

    best = _of_one_kind(on("baseline"), on("target"), likely)
    return {side: Said(r.value, r.quantity.start, likely[r, side]) for side, r in best.items()}


def _of_one_kind(
    baselines: Sequence[Reading], targets: Sequence[Reading], likely: Mapping[tuple[Reading, Side], float]
) -> dict[Side, Reading]:
    """The likeliest figure on its side, and on the other the likeliest that is of one kind with it."""
    if not (baselines and targets):
        return {**({"baseline": baselines[0]} if baselines else {}), **({"target": targets[0]} if targets else {})}
    target_leads = likely[targets[0], "target"] >= likely[baselines[0], "baseline"]
    if _is_factor(targets[0]) != _is_factor(baselines[0]):
        target_leads = _is_factor(baselines[0])
    if target_leads:
        target = targets[0]
        before = next((r for r in baselines if same_measure(r.quantity, target.quantity)), None)
        return {"target": target} if before is None else {"baseline": before, "target": target}
    baseline = baselines[0]
    after = next((r for r in targets if same_measure(baseline.quantity, r.quantity)), None)
    return {"baseline": baseline} if after is None else {"baseline": baseline, "target": after}


def _is_factor(reading: Reading) -> bool:
    """ "Nearly three times" says how much more, and seldom where things stand."""
    return reading.quantity.unit == "times" or reading.quantity.kind == "multiple"


def _likely(text: str, reading: Reading, side: Side, words: Sequence[float]) -> float:
    start, end = reading.quantity.start, reading.quantity.end
    own = [p for p, (a, b) in zip(words, word_places(text), strict=True) if a < end and start < b]
    return max(own, default=0.0) + _TOLD * (reading.side == side)
