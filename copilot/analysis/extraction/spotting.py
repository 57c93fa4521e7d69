"""Items that the reader hears spoken of: new ones, and more words for those that are on the map."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from copilot.analysis.extraction.matching import latest, likeness
from copilot.analysis.extraction.measures import measure_name, measured_by_question, measured_in
from copilot.analysis.extraction.mentions import Kind, Mention, Told, mentions, substance, told_in
from copilot.analysis.extraction.next_steps import due_said, promise_in, request_in, task_said
from copilot.analysis.extraction.outcomes import has_measure
from copilot.analysis.language.dialogue import may_be_customer, question_answered
from copilot.analysis.language.wording import as_spoken, named, reads_well
from copilot.analysis.numbers import find_quantities
from copilot.analysis.reader import Impressions
from copilot.domain.call import Utterance
from copilot.domain.impressions import Part, Tag
from copilot.domain.items import Evidence, Item, ItemState
from copilot.domain.ops import AddCapability, AddItem, AddMetric, AddNextStep, AddOutcome, UpdateItem
from copilot.domain.state import CallState

SpottingOp = AddItem | UpdateItem
SpottingPass = Callable[[CallState, int], Sequence[SpottingOp]]
Evidences = tuple[Evidence, ...]

_MOST_WORDS = 18
_MOST_NAME_WORDS = 14  # of a measure
_ENOUGH = 3  # content words that say what a thing is
_BACK = 4  # utterances in which it is looked for what a mention is about
_SUBJECT = 0.15  # how likely a clause has to be to say that
_SERVED_REACH = 8  # utterances for which an outcome is the one that figures are told of
_YES_REACH = 2
_HALF = re.compile(
    r"(?:if|unless|cause|because|whatever|whether|when|where|while|until|subject to|alright|right|okay|check|cos"
    r"|although|though|than|or|and|but|so|maybe|perhaps|not|no|yes|yeah|percent|hundred|thousand)\b(?!-)",
    re.I,
)
_FIRST_PERSON = re.compile(r"\b(?:i|we|let me|let us|let['’]s)\b", re.I)


class Spotting(NamedTuple):
    """One kind of item: how it is heard, and when a mention is of one that is there.

    It is where so much is said of the item's words (`same`); or where the last item was spoken of at most `near`
    utterances before, and the mention has fewer than `few` content words, its utterance is unlikely to open anything
    (`least_opening`), or no clause of it is likely enough to stand alone (`sure`). `yes` is how likely an utterance
    without a mention has to be to take up what the rep proposed. The figures were chosen on the development calls.
    """

    kind: Kind
    items: Callable[[CallState], Mapping[str, Item]]
    new: Callable[[CallState, Mention, str, Evidences], AddItem | None]
    same: float
    few: int
    near: int
    least_opening: float
    sure: float
    yes: float


def spotting_pass(
    spotting: Spotting, impressions: Impressions, *, unless: Callable[[Utterance], bool] = lambda _: False
) -> SpottingPass:
    """A pass that notes what the newest utterance says of one kind of item, beyond what is noted of it already."""

    def run(state: CallState, i: int) -> Sequence[SpottingOp]:
        if unless(state.utterances[i]):
            return ()
        found = mentions(state, i, spotting.kind, impressions)
        if not found:
            return tuple(_taken_up(state, i, spotting, impressions))
        quotes = [e.quote for item in spotting.items(state).values() for e in item.evidence if e.utterance == i]
        fresh = [m for m in found if not any(quote in m.said or m.said in quote for quote in quotes)]
        return tuple(op for mention in fresh if (op := _noted(state, mention, spotting, impressions)) is not None)

    return run


def _noted(state: CallState, mention: Mention, spotting: Spotting, impressions: Impressions) -> SpottingOp | None:
    item = _meant(spotting, spotting.items(state), mention)
    if item is not None:
        return UpdateItem(id=item.id, evidence=(Evidence(utterance=mention.i, quote=mention.said),))
    text, evidence = _worded(state, mention, spotting.kind, impressions)
    return spotting.new(state, mention, text, evidence)


def _will_do(text: str) -> bool:
    """Whether words can be an item's: they stand alone, or say so much that one sees what is meant."""
    least = 1 if _stands(text) else _ENOUGH
    return "?" not in text and substance(text) >= least


def _stands(text: str) -> bool:
    """Whether words are no half of a sentence."""
    return reads_well(text) and not _HALF.match(text)


def _best_wording(mention: Mention) -> str:
    """The clause that says most, with its neighbours; where that is half a sentence, one that can stand alone."""
    around = named(mention.around(_MOST_WORDS), most_words=_MOST_WORDS)
    if _stands(around) and "?" not in around:
        return around
    by_weight = sorted(mention.told, key=lambda told: -told.weight)
    alone = (named(told.said, most_words=_MOST_WORDS) for told in by_weight)
    return next((text for text in alone if _stands(text) and substance(text) > 1 and "?" not in text), around)


def _meant(spotting: Spotting, known: Mapping[str, Item], mention: Mention) -> Item | None:
    """The item that is spoken of again: the one with the same words, or else the last, where little is said."""
    alike = [(likeness(item, mention.said), item.utterances[-1], item) for item in known.values() if item.stands]
    best = max(alike, key=lambda one: one[:2], default=None)
    if best is not None and best[0] >= spotting.same:
        return best[2]
    stands_alone = (
        substance(mention.said) >= spotting.few
        and mention.opening >= spotting.least_opening
        and mention.likely >= spotting.sure
    )
    return None if stands_alone else latest(known.values(), mention.i, reach=spotting.near)


def _worded(state: CallState, mention: Mention, kind: Kind, impressions: Impressions) -> tuple[str, Evidences]:
    """The words for a new item; where they only point back, with what was said before them."""
    here = Evidence(utterance=mention.i, quote=mention.said)
    text = _best_wording(mention)
    subject = _subject(state, mention, kind, impressions) if substance(text) < _ENOUGH else None
    if subject is None:
        return text, (here,)
    place, told = subject
    whole = f"{told.said.rstrip(' .,?!')}: {as_spoken(text)}" if text else told.said
    return named(whole, most_words=_MOST_WORDS), (Evidence(utterance=place, quote=told.said), here)


def _subject(state: CallState, mention: Mention, kind: Kind, impressions: Impressions) -> tuple[int, Told] | None:
    """What a mention is likely about: of the nearest utterance that says something, the clause that says most."""
    for k in range(mention.i, max(-1, mention.i - 1 - _BACK), -1):
        told = [t for t in told_in(state, k, kind, impressions) if t.likely >= _SUBJECT and substance(t.said) > 1]
        before = [t for t in told if k < mention.i or t.end <= mention.told[0].start]
        if before:
            return k, max(before, key=lambda t: t.weight)
    return None


def _taken_up(state: CallState, i: int, spotting: Spotting, impressions: Impressions) -> Iterator[UpdateItem]:
    """The customer's yes to what only the rep has said."""
    utterance = state.utterances[i]
    if impressions.of(state, i).tags[spotting.kind.tag] < spotting.yes or not may_be_customer(utterance):
        return
    proposed = [item for item in spotting.items(state).values() if item.state is ItemState.PROPOSED]
    last = latest(proposed, i, reach=_YES_REACH)
    if last is not None:
        yield UpdateItem(id=last.id, evidence=(Evidence(utterance=i, quote=utterance.text.strip()),))


def _outcome(_state: CallState, mention: Mention, text: str, evidence: Evidences) -> AddOutcome | None:
    if not _will_do(text):
        return None
    return AddOutcome(text=text, evidence=evidence, measurable=has_measure(mention.said) or None)


def _capability(_state: CallState, _mention: Mention, text: str, evidence: Evidences) -> AddCapability | None:
    return AddCapability(text=text, evidence=evidence) if _will_do(text) else None


def _metric(state: CallState, mention: Mention, text: str, evidence: Evidences) -> AddMetric | None:
    """By its own name; figures alone measure what was asked for, or else the outcome that was spoken of last."""
    name = measure_name(text) or _named_with_a_figure(state, mention)
    if substance(name) and _stands(name):
        return AddMetric(text=name, evidence=evidence)
    served = latest(state.outcomes.values(), mention.i, reach=_SERVED_REACH)
    if served is not None:
        return AddMetric(text=measure_name(served.text) or served.text, evidence=evidence, outcomes=(served.id,))
    return AddMetric(text=named(text, most_words=_MOST_NAME_WORDS), evidence=evidence) if _will_do(text) else None


def _named_with_a_figure(state: CallState, mention: Mention) -> str:
    """What a figure of the mention is said to measure, in its clause or in the question for it."""
    for told in mention.told:
        for quantity in find_quantities(told.said)[:1]:
            name = measured_in(told.said, quantity.start, quantity.end)
            if name:
                return name
    asked = question_answered(state.utterances, mention.i)
    return measured_by_question(state.utterances[asked].text) if asked is not None else ""


def _next_step(state: CallState, mention: Mention, text: str, evidence: Evidences) -> AddNextStep | None:
    """Whoever promises it, or says "I" or "we" beside it, has it to do; who else has is left open."""
    clauses = [told.said for told in mention.told]
    promised = next((what for said in clauses if (what := promise_in(said))), None)
    asked = next((what for said in clauses if (what := request_in(said))), None)
    undertaken = promised or asked
    text = task_said(undertaken) if undertaken else text
    if not _will_do(text):
        return None
    mine = bool(promised) or (not asked and bool(_FIRST_PERSON.search(mention.said)))
    owner = state.utterances[mention.i].speaker if mine else None
    due = due_said(mention.text, after=mention.told[0].start, before=mention.told[-1].end)
    return AddNextStep(text=text, evidence=evidence, owner=owner, due=due)


OUTCOMES = Spotting(
    kind=Kind(Part.OUTCOME, Tag.OUTCOME, Tag.NEW_OUTCOME, least=0.25, least_of_rep=0.2),
    items=lambda state: state.outcomes,
    new=_outcome,
    same=0.34,
    few=4,
    near=6,
    least_opening=0.3,
    sure=0.5,
    yes=0.2,
)
CAPABILITIES = Spotting(
    kind=Kind(Part.CAPABILITY, Tag.CAPABILITY, Tag.NEW_CAPABILITY, least=0.5, least_of_rep=0.5),
    items=lambda state: state.capabilities,
    new=_capability,
    same=0.34,
    few=2,
    near=3,
    least_opening=0.3,
    sure=0.4,
    yes=0.2,
)
METRICS = Spotting(
    kind=Kind(Part.METRIC, Tag.METRIC, Tag.NEW_METRIC, least=0.35, least_of_rep=0.25),
    items=lambda state: state.metrics,
    new=_metric,
    same=0.5,
    few=3,
    near=8,
    least_opening=0.3,
    sure=0.4,
    yes=0.2,
)
NEXT_STEPS = Spotting(
    kind=Kind(Part.NEXT_STEP, Tag.NEXT_STEP, Tag.NEW_NEXT_STEP, least=0.5, least_of_rep=0.4),
    items=lambda state: state.next_steps,
    new=_next_step,
    same=0.67,
    few=2,
    near=1,
    least_opening=0.4,
    sure=0.4,
    yes=0.5,
)
