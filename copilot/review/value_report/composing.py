"""A value report from an account's ledger, its calls and the playbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from copilot.analysis.pitfalls.selling import speaks_of_return
from copilot.domain.call import CallKind, Role
from copilot.domain.demonstration import Persona
from copilot.domain.pitfall_rules import PitfallKind
from copilot.domain.playbook import Playbook
from copilot.errors import UnusableInput
from copilot.review.ledger import AccountCall, Ledger
from copilot.review.ledger.entries import MetricEntry
from copilot.review.value_report import quarterly
from copilot.review.value_report.checks import checks
from copilot.review.value_report.entries import Calculation, Investment, KindSums, LevelSums, Statement, ValueReport
from copilot.review.value_report.grounds import Sources
from copilot.review.value_report.money import summed
from copilot.review.value_report.news import last_review, news
from copilot.review.value_report.quarters import after, is_over, period_of, quarter_text
from copilot.review.value_report.stories import improvement, stories
from copilot.review.value_report.sums import calculations, investments
from copilot.review.value_report.worded import levels_in_order, reader_of

_QUARTERS_A_YEAR = Decimal(4)


class NoSuchPersona(UnusableInput):
    def __init__(self, persona: str, known: Sequence[str]) -> None:
        self.persona, self.known = persona, tuple(known)
        super().__init__(f"there is no persona {persona!r}; there are {', '.join(known)}")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a report is asked for. `quarter` None: the last one that has a finished sum which counts."""

    persona: str | None = None
    quarter: str | None = None
    since: date | None = None
    with_calculated: bool = False


def value_report(book: Ledger, calls: Sequence[AccountCall], playbook: Playbook, asked: Asked) -> ValueReport:
    """The report as of the ledger's day. Raises NoSuchPersona."""
    shown = playbook.value_demonstration
    persona = _persona(asked.persona, playbook)
    sources = Sources.of(calls)
    held_back = why_held_back(book, calls, playbook)
    sums = () if held_back else calculations(book, shown.formulas, sources)
    quarter = asked.quarter or quarterly.reported_quarter(sums, book.today, with_calculated=asked.with_calculated)
    since = asked.since or last_review(book)
    told = stories(book, playbook.value_demonstration, sources, sums, held_back=held_back, persona=persona)
    movements = [m for m in book.metrics if m.moved in ("reached", "on_the_way", "moved_away", "unmoved")]
    report = ValueReport(
        account=book.account,
        title=_title(book.account, shown.report.title, quarter_text(quarter), delivered=bool(movements or sums)),
        today=book.today,
        quarter=quarter,
        quarter_title=quarter_text(quarter),
        reader=reader_of(persona) if persona else None,
        with_calculated=asked.with_calculated,
        held_back=held_back,
        return_definition=shown.report.roi_definition,
        improvements=_told(movements, {"reached", "on_the_way"}, sources, persona),
        setbacks=_told(movements, {"moved_away", "unmoved"}, sources, persona),
        stories=told,
        since=since,
        new=news(book, since, sums, sources, persona),
        goals=_goals(book, quarter, sources),
        goals_title=quarter_text(after(quarter)),
        techniques=tuple(f"{t.title}: {t.example}" for t in shown.techniques),
    )
    if held_back is None:
        report = _in_money(report, sums, investments(book, quarter, sources), playbook, persona)
    return report.model_copy(update={"checks": checks(report, book, playbook)})


def _title(account: str, usual: str, quarter: str, *, delivered: bool) -> str:
    """The playbook's, but for an account of which nobody has read or worked out anything yet."""
    return usual.format(customer=account, quarter=quarter) if delivered else f"{account}: no value to report yet"


def why_held_back(book: Ledger, calls: Sequence[AccountCall], playbook: Playbook) -> str | None:
    """Why nothing is put in money yet; None after a review, or where the customer asked for it or agreed to a sum."""
    if any(call.kind is CallKind.QBR for call in book.calls) or any(a.note.agreed for a in book.agreements.values()):
        return None
    if any(_asks_for_it(call) for call in calls):
        return None
    warned = {p.kind: p.text for p in playbook.value_conversation.pitfalls}
    warning = warned.get(PitfallKind.ASSUMED_ROI_MODELING, "")
    reason = "Nothing is put in money yet: there was no review of value, and the customer has not asked for a return."
    return f"{reason} The playbook warns of this: {warning}" if warning else reason


def _asks_for_it(call: AccountCall) -> bool:
    return any(speaks_of_return(u.text) for u in call.state.utterances if u.role is not Role.REP)


def _persona(persona: str | None, playbook: Playbook) -> Persona | None:
    if persona is None:
        return None
    known = playbook.value_demonstration.personas
    meant = next((one for one in known if one.id.casefold() == persona.strip().casefold()), None)
    if meant is None:
        raise NoSuchPersona(persona, [one.id for one in known])
    return meant


def _told(
    metrics: Sequence[MetricEntry], standing: set[str], sources: Sources, persona: Persona | None
) -> tuple[Statement, ...]:
    told = (improvement(m, sources, persona) for m in metrics if m.moved in standing)
    return tuple(statement for statement in told if statement is not None)


def _goals(book: Ledger, quarter: str, sources: Sources) -> tuple[Statement, ...]:
    """What is written down for quarters after this one."""
    return tuple(
        Statement(
            text=f"{kept.note.text.rstrip('.')} ({quarter_text(kept.note.quarter)}).",
            grounds=sources.noted(kept, "goal written down"),
        )
        for kept in book.goals
        if kept.note.quarter > quarter
    )


def _in_money(
    report: ValueReport,
    sums: Sequence[Calculation],
    paid: Sequence[Investment],
    playbook: Playbook,
    persona: Persona | None,
) -> ValueReport:
    quarter = report.quarter
    of_it = [c for c in sums if _touches(c, quarter)]
    split = quarterly.split(of_it, quarter)
    counted = summed((*split["agreed"], *(split["calculated"] if report.with_calculated else ())))
    levels = levels_in_order(persona, (level.id for level in playbook.value_demonstration.pyramid))
    over = is_over(period_of(quarter), report.today)
    return report.model_copy(
        update={
            "investments": tuple(i for i in paid if i.in_quarter is not None or i.problem),
            "calculations": tuple(sorted(of_it, key=lambda c: levels.index(c.level))),
            "kinds": _kinds(of_it, quarter, playbook),
            "levels": _levels(of_it, quarter, playbook),
            "totals": counted,
            "returns": quarterly.returns(counted, quarterly.paid_in(paid, quarter)) if counted else (),
            "annualised": tuple(total.times(_QUARTERS_A_YEAR) for total in counted) if over else (),
            "left_out": 0
            if report.with_calculated
            else sum(c.value is not None and not c.counts_as_agreed for c in of_it),
            "trend": quarterly.trend(sums, paid, quarter, report.today),
        }
    )


def _touches(calculation: Calculation, quarter: str) -> bool:
    whole = period_of(quarter)
    return calculation.period.start <= whole.end and calculation.period.end >= whole.start


def _kinds(of_it: Sequence[Calculation], quarter: str, playbook: Playbook) -> tuple[KindSums, ...]:
    return tuple(
        KindSums(
            formula=formula.id,
            title=formula.title,
            level=formula.level,
            **quarterly.split([c for c in of_it if c.formula == formula.id], quarter),
        )
        for formula in playbook.value_demonstration.formulas
    )


def _levels(of_it: Sequence[Calculation], quarter: str, playbook: Playbook) -> tuple[LevelSums, ...]:
    return tuple(
        LevelSums(id=level.id, title=level.title, **quarterly.split([c for c in of_it if c.level == level.id], quarter))
        for level in playbook.value_demonstration.pyramid
    )
