"""Pitfalls of claiming: a gain without a figure, others' averages, and more than anybody could know."""

from __future__ import annotations

from collections.abc import Sequence

from copilot.analysis.language.asking import asks
from copilot.analysis.language.clauses import clauses
from copilot.analysis.language.turns import running_turn
from copilot.analysis.pitfalls import ways_to_say as ways
from copilot.analysis.pitfalls.signs import figures_in, is_rep, sentences, sentences_with
from copilot.analysis.pitfalls.value_shown import sum_in
from copilot.analysis.pitfalls.watching import PitfallOp, Watch, evidence_at, seen_since
from copilot.analysis.pitfalls.ways_to_reply import ASKS_OF_THE_SUM, BARE_NO, DISPUTED
from copilot.domain.impressions import Tag
from copilot.domain.pitfall_rules import PitfallKind
from copilot.domain.state import CallState

_AT_ONCE = 3  # utterances after a sum in which it is disputed


def unsubstantiated_claim(state: CallState, i: int, watch: Watch) -> Sequence[PitfallOp]:
    """The rep says that things have got better, and the turn holds no figure."""
    text = state.utterances[i].text
    if not is_rep(state, i) or any(figures_in(state.utterances[k].text) for k in running_turn(state.utterances, i)):
        return ()
    listed = sentences_with("gain", text, watch.signs)
    for start, end in sentences(text):
        said = text[start:end]
        claims = (start, end) in listed or ways.GAIN_CLAIMED.search(said)
        if claims and _is_stated_of_today(said) and not ways.AS_THEY_SAID.search(said):
            return (watch.flag(PitfallKind.UNSUBSTANTIATED_CLAIM, (evidence_at(state, i, (start, end)),)),)
    return ()


def _is_stated_of_today(said: str) -> bool:
    """Whether it states how things are at the customer's, rather than what is wished or asked."""
    if asks(said) or ways.NOT_YET.search(said):
        return False
    return bool(ways.AT_THE_CUSTOMERS.search(said) and ways.HAS_COME_ABOUT.search(said))


def generic_benchmark(state: CallState, i: int, watch: Watch) -> Sequence[PitfallOp]:
    """An average of others', with no figure of the customer's own in the same utterance."""
    text = state.utterances[i].text
    if not is_rep(state, i) or _own_figure(text):
        return ()
    listed = sentences_with("benchmark", text, watch.signs)
    for start, end in sentences(text):
        said = text[start:end]
        if ((start, end) in listed or ways.OTHERS_FIGURE.search(said)) and figures_in(said) and not asks(said):
            return (watch.flag(PitfallKind.GENERIC_BENCHMARK, (evidence_at(state, i, (start, end)),)),)
    return ()


def inflated_claim(state: CallState, i: int, watch: Watch) -> Sequence[PitfallOp]:
    """All of the gain is put down to the product, more is claimed than anybody could know, or a sum is disputed.

    What is claimed shows in the words, or the reader hears it.
    """
    kind = PitfallKind.INFLATED_CLAIM
    text = state.utterances[i].text
    if not is_rep(state, i):
        return _disputed(state, i, watch)
    if ways.CAREFUL.search(text):
        return ()
    for start, end in sentences(text):
        said = text[start:end]
        if not asks(said) and (_claims_the_whole(said) or _is_grand(said, watch)):
            return (watch.flag(kind, (evidence_at(state, i, (start, end)),)),)
    is_read = watch.likely(Tag.INFLATED_CLAIM, state, i) >= watch.limit(kind, "likely", state)
    if not is_read or seen_since(state, kind, running_turn(state.utterances, i)[0]):
        return ()
    return (watch.flag(kind, (evidence_at(state, i, sum_in(text)),)),)


def _disputed(state: CallState, i: int, watch: Watch) -> Sequence[PitfallOp]:
    """Told late, at the sum that the rep has just worked out, where the customer will not have it."""
    kind = PitfallKind.INFLATED_CLAIM
    text = state.utterances[i].text
    if not DISPUTED.search(text) and not (BARE_NO.search(text) and _answers_the_sum(state, i)):
        return ()
    for k in range(i - 1, max(-1, i - 1 - _AT_ONCE), -1):
        span = sum_in(state.utterances[k].text) if is_rep(state, k) else None
        if span is not None:
            return () if seen_since(state, kind, k) else (watch.flag(kind, (evidence_at(state, k, span),)),)
    return ()


def _answers_the_sum(state: CallState, i: int) -> bool:
    """Whether a plain no at `i` can mean the sum: the rep has since asked nothing, or something about it."""
    rep = next((state.utterances[k].text for k in range(i - 1, -1, -1) if is_rep(state, k)), "")
    last = rep[slice(*sentences(rep)[-1])] if sentences(rep) else ""
    asked = asks(last) or last.rstrip().endswith("?")
    return not asked or bool(figures_in(last) or ASKS_OF_THE_SUM.search(last))


def _claims_the_whole(said: str) -> bool:
    return bool(ways.WHOLE_CLAIMED.search(said)) and not ways.WHERE_FIGURES_STAND.search(said)


def _is_grand(said: str, watch: Watch) -> bool:
    grand = len(watch.signs.find("inflation", said)) + watch.signs.has("attribution", said)
    return grand >= 2 and bool(figures_in(said) or watch.signs.has("business", said))


def _own_figure(text: str) -> bool:
    """A figure of the customer's that is no mere distance from the average."""
    return any(figures_in(c.said) and ways.OWN_FIGURE.search(c.said) and not _of_others(c.said) for c in clauses(text))


def _of_others(said: str) -> bool:
    return bool(ways.OTHERS_FIGURE.search(said) or ways.DISTANCE.search(said))
