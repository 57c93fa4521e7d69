"""The IMPACT story of every outcome: its six parts from evidence, and what to ask where there is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from copilot.analysis.language.words import content_words
from copilot.domain.call import CallKind
from copilot.domain.demonstration import Persona, ValueDemonstration
from copilot.domain.demonstration import StoryPart as Frame
from copilot.domain.items import Evidence
from copilot.review.heard import heard_of
from copilot.review.ledger import AccountCall, Ledger
from copilot.review.ledger.entries import CapabilityEntry, MetricEntry, OutcomeEntry
from copilot.review.ledger.told import CLAIMED, Quote, Told
from copilot.review.summary_email.quotes import stage_quotes
from copilot.review.value_report.entries import (
    NOT_TOLD,
    AnswerToDoubt,
    Calculation,
    Ground,
    Open,
    Statement,
    Story,
    StoryPart,
)
from copilot.review.value_report.figures import heading, told_in_scale
from copilot.review.value_report.grounds import Sources, distinct
from copilot.review.value_report.worded import movement, standing_at, sum_sentence

_CHALLENGES = ("negative_consequences", "before_scenario")
_MOST_QUOTES = 40
_MOST_CHALLENGES = 2
_SAYS_NOTHING = content_words("first second third time times today day week month quarter year next last")


@dataclass(frozen=True, slots=True)
class Telling:
    """What the stories are told from."""

    book: Ledger
    playbook: ValueDemonstration
    sources: Sources
    calculations: Sequence[Calculation]
    held_back: str | None
    persona: Persona | None
    challenges: Sequence[Statement]


def stories(
    book: Ledger,
    playbook: ValueDemonstration,
    sources: Sources,
    calculations: Sequence[Calculation],
    *,
    held_back: str | None,
    persona: Persona | None,
) -> tuple[Story, ...]:
    """A story for each outcome whose words may be told; those closest to what the reader is judged by come first."""
    telling = Telling(
        book, playbook, sources, calculations, held_back, persona, challenges(list(sources.calls.values()), sources)
    )
    told = [o for o in book.outcomes if sources.entry(o) and not _is_a_result_told_again(o, book)]
    ranked = sorted(told, key=lambda o: (-_closeness(o, telling), o.priority or 4))
    return tuple(_story(outcome, telling) for outcome in ranked)


def challenges(calls: Sequence[AccountCall], sources: Sources) -> tuple[Statement, ...]:
    """What the customer told of the trouble before, on calls that were no reviews; costs of it first."""
    return tuple(
        Statement(text=f"{quote.speaker or 'The customer'} told of it: “{quote.quote}”", grounds=grounds)
        for stage in _CHALLENGES
        for call in calls
        if call.kind is not CallKind.QBR
        for quote in _quotes(call, stage)
        if (grounds := sources.heard(quote))
    )


def _quotes(call: AccountCall, stage: str) -> Iterator[Quote]:
    for found in stage_quotes(heard_of(call.state), stage, most=_MOST_QUOTES):
        evidence: Evidence = found.evidence
        spoken = call.state.utterances[evidence.utterance]
        yield Quote(
            call=call.id,
            on=call.on,
            utterance=evidence.utterance,
            quote=" ".join(evidence.quote.split()),
            speaker=found.speaker,
            role=spoken.role,
        )


def _is_a_result_told_again(outcome: OutcomeEntry, book: Ledger) -> bool:
    """A review's results are figures of an earlier promise; such an outcome has no metric of its own."""
    if any(mention.kind is not CallKind.QBR for mention in outcome.mentions):
        return False
    measured = [m for m in book.metrics if outcome.id in m.outcomes]
    return bool(measured) and all(m.outcomes[0] != outcome.id for m in measured)


def _closeness(outcome: OutcomeEntry, telling: Telling) -> int:
    if telling.persona is None:
        return 0
    wanted = content_words(" ".join((*telling.persona.metrics, telling.persona.focus)))
    said = " ".join((outcome.text, *(m.text for m in _metrics(outcome, telling.book))))
    return len(wanted & content_words(said))


def _metrics(outcome: OutcomeEntry, book: Ledger) -> list[MetricEntry]:
    """Those that were promised for it first of all; where there are none, those that serve it too."""
    own = [m for m in book.metrics if m.outcomes[:1] == (outcome.id,)]
    return own or [m for m in book.metrics if outcome.id in m.outcomes]


def _story(outcome: OutcomeEntry, telling: Telling) -> Story:
    parts: Mapping[str, tuple[list[Statement], list[Open]]] = {
        "identify": _identify(outcome, telling),
        "measure": _measure(outcome, telling),
        "present": _present(outcome, telling),
        "articulate": _articulate(outcome, telling),
        "calculate": _calculate(outcome, telling),
        "tie": _tie(outcome, telling),
    }
    return Story(
        outcome=outcome.id,
        text=heading(outcome.text, _metrics(outcome, telling.book)),
        parts=tuple(_part(frame, *parts.get(frame.id, ([], []))) for frame in telling.playbook.story),
    )


def _part(frame: Frame, statements: list[Statement], missing: list[Open]) -> StoryPart:
    if not statements and not missing:
        missing = [Open(what=NOT_TOLD, ask=frame.ask)]
    return StoryPart(
        id=frame.id, letter=frame.letter, title=frame.title, statements=tuple(statements), open=tuple(missing)
    )


def _ask(telling: Telling, part: str) -> str:
    return next((frame.ask for frame in telling.playbook.story if frame.id == part), "")


def _identify(outcome: OutcomeEntry, telling: Telling) -> tuple[list[Statement], list[Open]]:
    measured = content_words(" ".join(m.text for m in _metrics(outcome, telling.book))) - _SAYS_NOTHING
    wanted = content_words(outcome.text) - _SAYS_NOTHING
    near = [(_near(content_words(statement.text), measured, wanted), statement) for statement in telling.challenges]
    best = sorted((one for one in near if one[0]), key=lambda one: -one[0])[:_MOST_CHALLENGES]
    return [statement for _, statement in best], []


def _near(said: frozenset[str], measured: frozenset[str], wanted: frozenset[str]) -> int:
    """How close words are to an outcome; one word that they share counts only where its metric has it."""
    shared = len(said & (measured | wanted))
    return shared if said & measured or shared > 1 else 0


def _measure(outcome: OutcomeEntry, telling: Telling) -> tuple[list[Statement], list[Open]]:
    statements, missing = [], []
    for metric in _metrics(outcome, telling.book):
        grounds = telling.sources.told(metric.baseline) if metric.baseline else ()
        if metric.baseline is None or not grounds:
            missing.append(_no_baseline(metric, telling))
            continue
        stood = told_in_scale(metric.baseline, metric.scale)
        statements.append(Statement(text=f"{metric.text} stood at {stood}.", grounds=grounds))
        for before in _disputed(metric, telling.sources):
            told = told_in_scale(before, metric.scale)
            text = f"It had been told as {told} before, and nobody has settled which one counts."
            statements.append(Statement(text=text, grounds=telling.sources.told(before)))
    return statements, missing


def _disputed(metric: MetricEntry, sources: Sources) -> list[Told]:
    """Earlier baselines that may be told of, where nobody has settled which one counts."""
    return [told for told in metric.disputed_baselines if sources.told(told)]


def _no_baseline(metric: MetricEntry, telling: Telling) -> Open:
    return Open(
        what=f"No baseline was said for “{metric.text}”, so the gain has no figure.",
        ask=_ask(telling, "measure"),
        answers=tuple(
            AnswerToDoubt(objection=a.objection, strategy=a.strategy, say=a.say)
            for a in telling.playbook.cannot_measure
        ),
    )


def _present(outcome: OutcomeEntry, telling: Telling) -> tuple[list[Statement], list[Open]]:
    tied = [
        c for c in telling.book.capabilities if outcome.id in c.outcomes and not _is_wanted_itself(c, outcome, telling)
    ]
    return [
        Statement(text=f"What it takes: {c.text[:1].lower()}{c.text[1:]}.", grounds=grounds)
        for c in tied
        if (grounds := telling.sources.entry(c))
    ], []


def _is_wanted_itself(capability: CapabilityEntry, outcome: OutcomeEntry, telling: Telling) -> bool:
    """Whether it says, in the same words, what another outcome is: that is an end, and no means to this one."""
    return any(
        _opening(capability.text) == _opening(other.text)
        and content_words(capability.text) <= content_words(other.text)
        for other in telling.book.outcomes
        if other.id != outcome.id
    )


def _opening(text: str) -> str:
    return text.partition(" ")[0].casefold()


def _articulate(outcome: OutcomeEntry, telling: Telling) -> tuple[list[Statement], list[Open]]:
    statements, missing = [], []
    for metric in _metrics(outcome, telling.book):
        told = improvement(metric, telling.sources, telling.persona)
        if told is not None:
            statements.append(told)
        elif metric.latest is None:
            missing.append(Open(what=f"“{metric.text}” has no reading yet.", ask=_ask(telling, "articulate")))
        elif metric.baseline is not None and metric.baseline.ours:
            statements.extend(_reached(metric, telling))
            what = f"The baseline of “{metric.text}” is {CLAIMED}, and the customer has not confirmed it: no gain yet."
            missing.append(Open(what=what, ask=_ask(telling, "measure")))
    return statements, missing


def _reached(metric: MetricEntry, telling: Telling) -> Iterable[Statement]:
    """Where the metric stands now, from wherever it came."""
    if metric.latest is not None and (grounds := telling.sources.reading(metric.latest)):
        yield Statement(text=standing_at(metric.latest, metric), grounds=grounds)


def improvement(metric: MetricEntry, sources: Sources, persona: Persona | None) -> Statement | None:
    """From where to where the metric went, as long as both ends have something to stand on."""
    disputed = _disputed(metric, sources)
    text = movement(metric, persona, disputed)
    if text is None or metric.baseline is None or metric.latest is None:
        return None
    start, now = sources.told(metric.baseline), sources.reading(metric.latest)
    others = [ground for told in disputed for ground in sources.told(told)]
    return Statement(text=text, grounds=distinct((*start, *others, *now))) if start and now else None


def _calculate(outcome: OutcomeEntry, telling: Telling) -> tuple[list[Statement], list[Open]]:
    if telling.held_back is not None:
        return [], [Open(what="Nothing is put in money yet.", ask="")]
    metrics = {m.id for m in _metrics(outcome, telling.book)}
    statements: list[Statement] = []
    missing: list[Open] = []
    for calculation in telling.calculations:
        if calculation.metric not in metrics:
            continue
        if calculation.value is None:
            missing.extend(
                Open(what=f"{calculation.name}: {problem}.", ask=_first_ask(calculation))
                for problem in calculation.problems
            )
            continue
        grounds: tuple[Ground, ...] = distinct(calculation.grounds)
        statements.append(Statement(text=sum_sentence(calculation, telling.persona), grounds=grounds))
    return statements, missing


def _first_ask(calculation: Calculation) -> str:
    return next((line.ask for line in calculation.inputs if line.figure is None or line.problem), "")


def _tie(outcome: OutcomeEntry, telling: Telling) -> tuple[list[Statement], list[Open]]:
    """The goals that people have written down for it; what the customer's own goal is has to be said by them."""
    mine = {outcome.id, *(m.id for m in _metrics(outcome, telling.book))}
    return [
        Statement(
            text=f"Goal for {kept.note.quarter}: {kept.note.text.rstrip('.')}.",
            grounds=telling.sources.noted(kept, "goal written down"),
        )
        for kept in telling.book.goals
        if kept.note.promise and (entry := telling.book.entry(kept.note.promise)) and entry.id in mine
    ], []
