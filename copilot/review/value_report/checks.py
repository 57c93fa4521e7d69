"""The playbook's anti-patterns, held against the report itself: where it is weak before somebody else says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from copilot.domain.phrases import phrase_pattern
from copilot.domain.playbook import Playbook
from copilot.review.ledger import Ledger
from copilot.review.ledger.told import CLAIMED
from copilot.review.value_report.entries import Calculation, Check, ValueReport


@dataclass(frozen=True, slots=True)
class Held:
    """The report, and what it was made of."""

    report: ValueReport
    book: Ledger
    playbook: Playbook


Finder = Callable[[Held], Iterable[str]]


def checks(report: ValueReport, book: Ledger, playbook: Playbook) -> tuple[Check, ...]:
    """One for each anti-pattern of the playbook that can be looked for in a report, in its order."""
    held = Held(report, book, playbook)
    return tuple(
        Check(id=p.id, title=p.title, what=p.what, why=tuple(_FINDERS[p.id](held)))
        for p in playbook.value_demonstration.anti_patterns
        if p.id in _FINDERS
    )


def _vanity(held: Held) -> Iterable[str]:
    usage = phrase_pattern(held.playbook.vocabulary.claims.usage)
    for metric in held.book.metrics:
        if usage.search(metric.text):
            yield f"“{metric.text}” counts use; say what came of it."


def _vendors(held: Held) -> Iterable[str]:
    ours = phrase_pattern((*held.playbook.vocabulary.claims.vendor_figures, "uptime", "availability"))
    for metric in held.book.metrics:
        if ours.search(metric.text):
            yield f"“{metric.text}” is a figure of ours; say what it was worth to them."


def _unsubstantiated(held: Held) -> Iterable[str]:
    for metric in held.book.metrics:
        if metric.latest is not None and metric.baseline is None:
            yield f"“{metric.text}” has a reading and no baseline: it tells of no gain."
        if metric.disputed_baselines:
            yield f"“{metric.text}” has more than one baseline, and nobody has settled which one counts; ask."
        for field, figure in metric.claims:
            yield f"The {field} “{figure}” of “{metric.text}” is {CLAIMED}, and the customer has not agreed; ask."
    for calculation in _with_value(held.report):
        yield from (f"{calculation.name}: {caution}." for caution in calculation.cautions if _has_no_source(caution))


def _past_only(held: Held) -> Iterable[str]:
    if not held.report.goals:
        yield f"Nothing is written down for {held.report.goals_title}; a goal turns the review to what comes next."


def _one_dimension(held: Held) -> Iterable[str]:
    kinds = {c.formula_title for c in _with_value(held.report)}
    levels = {c.level for c in _with_value(held.report)}
    if len(kinds) == 1:
        yield f"All value is of one kind: {kinds.pop().lower()}."
    if levels and "strategic" not in levels and not any(_tied(held.report)):
        yield "No strategic value: no outcome is tied to a goal."


def _inflated(held: Held) -> Iterable[str]:
    for calculation in _with_value(held.report):
        if calculation.attribution == 1:
            yield f"{calculation.name}: all of it is put down to us; ask what share they would."
        if calculation.confidence == "low":
            yield f"{calculation.name}: its figures are of low confidence."
        yield from (f"{calculation.name}: {caution}." for caution in calculation.cautions if _doubts_the_sum(caution))
    if held.report.with_calculated and any(not c.counts_as_agreed for c in _with_value(held.report)):
        yield "The totals count sums that the customer has not agreed to."


def _not_validated(held: Held) -> Iterable[str]:
    for calculation in _with_value(held.report):
        if calculation.agreement == "changed_since":
            yield f"{calculation.name}: a figure was written down after the customer agreed; ask again."
        elif calculation.agreement == "not_agreed":
            yield f"{calculation.name}: {_ask_them(held.playbook)}"


def _static(held: Held) -> Iterable[str]:
    if held.report.since is not None and not held.report.new:
        yield "Nothing is new since the last review."


def _ask_them(playbook: Playbook) -> str:
    practice = {p.id: p for p in playbook.value_demonstration.documentation}.get("customer_validation")
    return f"the customer has not agreed yet. {practice.example}" if practice else "the customer has not agreed yet."


def _with_value(report: ValueReport) -> list[Calculation]:
    return [c for c in report.calculations if c.value is not None]


def _tied(report: ValueReport) -> Iterable[bool]:
    return (bool(part.statements) for story in report.stories for part in story.parts if part.id == "tie")


def is_for_us(caution: str) -> bool:
    """Whether a caution is one of those that the checks name: a weakness, and nothing that tells how to read a sum."""
    return _has_no_source(caution) or _doubts_the_sum(caution)


def _has_no_source(caution: str) -> bool:
    return "where every" in caution


def _doubts_the_sum(caution: str) -> bool:
    return "baseline" in caution or "moved away" in caution


_FINDERS: dict[str, Finder] = {
    "vanity_metric_obsession": _vanity,
    "unsubstantiated_claims": _unsubstantiated,
    "vendor_centric_value": _vendors,
    "past_only_narrative": _past_only,
    "single_dimension": _one_dimension,
    "inflated_claims": _inflated,
    "no_customer_validation": _not_validated,
    "static_value_story": _static,
}
