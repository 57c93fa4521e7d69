"""Small calls for the pitfalls and the questions: lines, what each is about, and what was noted of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from copilot.analysis.coverage import coverage_pass
from copilot.analysis.pitfalls import pitfall_passes, wrap_up_pitfalls
from copilot.analysis.questions import question_pass
from copilot.analysis.reader import Impressions
from copilot.domain.call import CallKind, Saying
from copilot.domain.impressions import Tag
from copilot.domain.items import Evidence, Pitfall, PitfallState
from copilot.domain.ops import AddCapability, AddMetric, AddNextStep, AddOutcome, AnyOp, MarkStage
from copilot.domain.pitfall_rules import PitfallKind, Threshold
from copilot.domain.playbook import Playbook
from copilot.domain.state import CallState
from tests.unit.analysis.books import playbook
from tests.unit.analysis.builders import Plan, call_of, spoken
from tests.unit.analysis.readers import Takes

BEFORE, NEGATIVE, AFTER = "before_scenario", "negative_consequences", "after_scenario"
OUTCOMES, CAPABILITIES, METRICS = "positive_business_outcomes", "required_capabilities", "metrics"
HOW, PROOF, OTHER = "how_we_do_it", "proof_points", "other"


@dataclass(frozen=True)
class Dialogue:
    """Lines such as "rep: How are you?". `about` marks stages by line, `noted` are ops proposed at a line, `meant` is
    what a reader takes a line for, and `likely` how sure it is of that.

    Without `seconds_each`, only the lines in `times` have a start and an end.
    """

    lines: Sequence[str]
    about: Mapping[int, str] = field(default_factory=dict)
    noted: Mapping[int, Sequence[AnyOp]] = field(default_factory=dict)
    seconds_each: float | None = None
    times: Mapping[int, tuple[float, float]] = field(default_factory=dict)
    meant: Mapping[int, Tag] = field(default_factory=dict)
    likely: float = 0.95

    def impressions(self) -> Impressions:
        return Impressions(Takes({self.sayings()[i].text: tag for i, tag in self.meant.items()}, likely=self.likely))

    def sayings(self) -> list[Saying]:
        said = spoken(*self.lines, seconds_each=self.seconds_each)
        for i, (start_s, end_s) in self.times.items():
            said[i] = said[i].model_copy(update={"start_s": start_s, "end_s": end_s})
        return said

    def ops(self) -> dict[int, Sequence[AnyOp]]:
        marked: dict[int, list[AnyOp]] = {i: [MarkStage(i=i, stage=stage)] for i, stage in self.about.items()}
        for i, ops in self.noted.items():
            marked.setdefault(i, []).extend(ops)
        return dict(marked)


def watched(dialogue: Dialogue, kind: CallKind | str, book: Playbook | None = None, *, ended: bool = True) -> CallState:
    """The call with the pitfalls that were seen in it."""
    book = book or playbook()
    impressions = dialogue.impressions()
    plan = Plan(pitfall_passes(book, impressions), wrap_up_pitfalls(book, impressions), dialogue.ops())
    return call_of(kind, dialogue.sayings(), plan, ended=ended)


def seen(
    pitfall: PitfallKind, dialogue: Dialogue, kind: CallKind | str, book: Playbook | None = None, *, ended: bool = True
) -> list[tuple[int, ...]]:
    """Where pitfalls of one kind stand."""
    return [p.utterances for p in standing(watched(dialogue, kind, book, ended=ended), pitfall)]


def standing(state: CallState, pitfall: PitfallKind) -> list[Pitfall]:
    return [p for p in state.pitfalls.values() if p.kind == pitfall and p.state is PitfallState.OPEN]


def asked_about(dialogue: Dialogue, kind: CallKind | str = "discovery", *, with_pitfalls: bool = False) -> CallState:
    """The call with the questions that stand at its end."""
    book = playbook()
    watch = pitfall_passes(book, dialogue.impressions()) if with_pitfalls else ()
    plan = Plan((coverage_pass(book), *watch, question_pass(book)), noted=dialogue.ops())
    return call_of(kind, dialogue.sayings(), plan)


def with_limit(pitfall: PitfallKind, name: str, limit: Threshold) -> Playbook:
    """The bundled playbook with one threshold of its own."""
    book = playbook()
    rule = book.pitfall(pitfall)
    changed = rule.model_copy(update={"thresholds": rule.thresholds.model_copy(update={name: limit})})
    rules = book.pitfalls.model_copy(update={"pitfalls": {**book.pitfalls.pitfalls, pitfall: changed}})
    return book.model_copy(update={"pitfalls": rules})


def outcome(text: str, i: int, quote: str, *, measurable: bool = False) -> AddOutcome:
    return AddOutcome(text=text, evidence=(Evidence(utterance=i, quote=quote),), measurable=measurable)


def capability(text: str, i: int, quote: str, *outcomes: str) -> AddCapability:
    return AddCapability(text=text, evidence=(Evidence(utterance=i, quote=quote),), outcomes=outcomes)


def metric(text: str, i: int, quote: str, *outcomes: str, **fields: str) -> AddMetric:
    evidence = (Evidence(utterance=i, quote=quote),)
    return AddMetric.model_validate({"text": text, "evidence": evidence, "outcomes": outcomes, **fields})


def next_step(text: str, i: int, quote: str, **fields: str) -> AddNextStep:
    return AddNextStep.model_validate({"text": text, "evidence": (Evidence(utterance=i, quote=quote),), **fields})
