"""Items that the reader hears spoken of: new ones, and more words for those that are on the map."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from copilot.analysis.extraction.matching import latest, likeness
from copilot.analysis.extraction.mentions import Kind, Mention, Told, mentions, substance
from copilot.analysis.extraction.next_steps.promises import completed, due_in_sentence, promise_in, request_in
from copilot.analysis.extraction.next_steps.tasks import task_in
from copilot.analysis.extraction.obstacles import stands_in_the_way
from copilot.analysis.extraction.outcomes import has_measure, is_result
from copilot.analysis.extraction.phrases import Phrases
from copilot.analysis.extraction.worded import Worded, alike, put_better, worded
from copilot.analysis.language.clauses import sentence_at
from copilot.analysis.language.dialogue import may_be_customer
from copilot.analysis.language.flaws import Flaw, flaw
from copilot.analysis.language.wants import is_negated
from copilot.analysis.reader import Impressions
from copilot.domain.call import Utterance
from copilot.domain.impressions import Part, Tag
from copilot.domain.items import Evidence, Item, ItemState
from copilot.domain.ops import AddCapability, AddItem, AddNextStep, AddOutcome, UpdateItem
from copilot.domain.state import CallState

SpottingOp = AddItem | UpdateItem
Task = tuple[str, tuple[Evidence, ...]]  # its words, and where else than in its mention they were said
SpottingPass = Callable[[CallState, int], Sequence[SpottingOp]]

_YES_REACH = 2
_LEAST_OUTCOME = 2  # content words, where nothing says how much
_UNDERTAKEN = 0.25  # what words are worth the more which say that somebody will do it
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
    new: Callable[[CallState, Mention, Worded], AddItem | UpdateItem | None]
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
        found = [m for m in mentions(state, i, spotting.kind, impressions) if not _only_hinders(state, m, spotting)]
        if not found:
            likely = impressions.of(state, i).tags[spotting.kind.tag]
            return tuple(taken_up(state, i, spotting.items(state), likely, spotting.yes))
        quotes = [e.quote for item in spotting.items(state).values() for e in item.evidence if e.utterance == i]
        fresh = [m for m in found if not any(quote in m.said or m.said in quote for quote in quotes)]
        return tuple(op for mention in fresh if (op := _noted(state, mention, spotting, impressions)) is not None)

    return run


def _only_hinders(state: CallState, mention: Mention, spotting: Spotting) -> bool:
    return spotting.kind.part is Part.OUTCOME and stands_in_the_way(state, mention.i, mention.said)


def _noted(state: CallState, mention: Mention, spotting: Spotting, impressions: Impressions) -> SpottingOp | None:
    item = _meant(spotting, spotting.items(state), mention)
    if item is not None:
        if item.state is ItemState.PROPOSED and is_negated(mention.said):
            return None
        better = put_better(state, item, mention, spotting.kind)
        return UpdateItem(id=item.id, evidence=(Evidence(utterance=mention.i, quote=mention.quote),), text=better)
    said = worded(state, mention, spotting.kind, impressions)
    echoed = tuple(_echoed(state, mention, spotting, impressions))
    return spotting.new(state, mention, said._replace(evidence=(*echoed, *said.evidence)))


def _echoed(state: CallState, mention: Mention, spotting: Spotting, impressions: Impressions) -> Iterator[Evidence]:
    """What the customer has just said of it in words that were none for a card, where the rep puts it in others."""
    if may_be_customer(state.utterances[mention.i]):
        return
    taken = {i for item in spotting.items(state).values() for i in item.utterances}
    for k in range(max(0, mention.i - _YES_REACH), mention.i):
        if k in taken or not may_be_customer(state.utterances[k]):
            continue
        for earlier in mentions(state, k, spotting.kind, impressions):
            if alike(earlier.said, mention.said):
                yield Evidence(utterance=k, quote=earlier.quote)


def will_do(text: str) -> bool:
    """Whether words can be an item's."""
    return flaw(text) is not Flaw.PIECE and substance(text) > 0


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


def taken_up(state: CallState, i: int, items: Mapping[str, Item], likely: float, least: float) -> Iterator[UpdateItem]:
    """The customer's yes to what only the rep has said, where that is likely enough."""
    utterance = state.utterances[i]
    if likely < least or not may_be_customer(utterance) or is_negated(utterance.text):
        return
    proposed = [item for item in items.values() if item.state is ItemState.PROPOSED]
    last = latest(proposed, i, reach=_YES_REACH)
    if last is not None:
        yield UpdateItem(id=last.id, evidence=(Evidence(utterance=i, quote=utterance.text.strip()),))


def _outcome(_state: CallState, mention: Mention, said: Worded) -> AddOutcome | None:
    if not will_do(said.text) or (substance(said.text) < _LEAST_OUTCOME and not has_measure(said.text)):
        return None
    return AddOutcome(text=said.text, evidence=said.evidence, measurable=has_measure(mention.said) or None)


def _capability(state: CallState, _mention: Mention, said: Worded) -> AddCapability | None:
    if not will_do(said.text) or is_result(state, said.text, said.evidence):
        return None
    return AddCapability(text=said.text, evidence=said.evidence)


def _next_step(state: CallState, mention: Mention, said: Worded) -> AddNextStep | None:
    """Whoever promises it, or says "I" or "we" beside it, has it to do; who else has is left open."""
    by_weight = sorted(mention.told, key=lambda told: -told.weight)
    promised = _undertaken(state, mention, by_weight, promise_in)
    asked = _undertaken(state, mention, by_weight, request_in)
    text, before = _best_task((*promised, *asked, *_undertaken(state, mention, by_weight, task_in)), said.phrases)
    if flaw(text) >= Flaw.OPEN:
        return None
    asks = bool(asked) or sentence_at(mention.text, mention.told[0].start).said.rstrip().endswith("?")
    mine = bool(promised) or (not asks and bool(_FIRST_PERSON.search(mention.said)))
    owner = state.utterances[mention.i].speaker if mine else None
    due = due_in_sentence(mention.text, mention.told[0].start, before=mention.told[-1].end)
    return AddNextStep(text=text, evidence=(*before, *said.evidence[-1:]), owner=owner, due=due)


def _undertaken(
    state: CallState, mention: Mention, told: Sequence[Told], hear: Callable[[str], str | None]
) -> tuple[Task, ...]:
    """What the clauses undertake, as one way of hearing it has it, with where else its words are from."""
    heard = ((hear(t.said), t.start) for t in told)
    return tuple(completed(state, mention.i, what, place) for what, place in heard if what)


def _best_task(tasks: Sequence[Task], phrases: Phrases) -> Task:
    """What is undertaken; other words only where these say it much better."""
    from_where = {text: where for text, where in reversed(tasks) if " " in text}
    extra = dict.fromkeys(from_where, _UNDERTAKEN)
    best = phrases.ranked((*extra, *(phrase.text for phrase in phrases.found)), extra)[0]
    return best.text, from_where.get(best.text, ())


OUTCOMES = Spotting(
    kind=Kind(Part.OUTCOME, Tag.OUTCOME, Tag.NEW_OUTCOME, least=0.5, least_of_rep=0.4),
    items=lambda state: state.outcomes,
    new=_outcome,
    same=0.25,
    few=2,
    near=3,
    least_opening=0.3,
    sure=0.65,
    yes=0.2,
)
CAPABILITIES = Spotting(
    kind=Kind(Part.CAPABILITY, Tag.CAPABILITY, Tag.NEW_CAPABILITY, least=0.5, least_of_rep=0.5),
    items=lambda state: state.capabilities,
    new=_capability,
    same=0.25,
    few=3,
    near=1,
    least_opening=0.3,
    sure=0.4,
    yes=0.1,
)
NEXT_STEPS = Spotting(
    kind=Kind(Part.NEXT_STEP, Tag.NEXT_STEP, Tag.NEW_NEXT_STEP, least=0.35, least_of_rep=0.45),
    items=lambda state: state.next_steps,
    new=_next_step,
    same=0.67,
    few=2,
    near=3,
    least_opening=0.25,
    sure=0.4,
    yes=0.5,
)
