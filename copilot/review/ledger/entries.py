"""What an account's ledger is made of: what was promised, in whose words, and what has become of it since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, Literal, TypeVar

from pydantic import Field

from copilot.domain.accounts import (
    AgreementNoted,
    AmendedField,
    Assumed,
    ContractSet,
    GoalSet,
    Invested,
    Period,
)
from copilot.domain.call import CallKind
from copilot.domain.journal import Note
from copilot.domain.state import CallState
from copilot.domain.value import Value
from copilot.review.ledger.told import Change, Mention, Reading, Scale, Told

MilestoneState = Literal["ahead", "due", "overdue", "done", "undated"]
Standing = Literal[
    "promise_changed",
    "no_metric",
    "measured_elsewhere",
    "no_baseline",
    "no_target",
    "claimed",
    "no_reading",
    "unclear",
    "moved_away",
    "unmoved",
    "on_the_way",
    "reached",
    "result",
]

STANDING_WORDS: dict[Standing, str] = {
    "promise_changed": "Promise changed",
    "no_metric": "No metric",
    "measured_elsewhere": "Measured with another outcome",
    "no_baseline": "No baseline",
    "no_target": "No target",
    "claimed": "Not confirmed by the customer",
    "no_reading": "No reading yet",
    "unclear": "Figures do not compare",
    "moved_away": "Moved away",
    "unmoved": "Not moved yet",
    "on_the_way": "On the way",
    "reached": "Reached",
    "result": "Told at a review, not promised",
}


@dataclass(frozen=True, slots=True)
class AccountCall:
    """One call of the account as its log adds up; `on` is the day it took place."""

    id: str
    title: str | None
    kind: CallKind
    on: date
    state: CallState
    demo: bool = False


class Entry(Value):
    """One thing over all calls, in the words of the first. `id` is its first mention's; any mention's names it.

    `like` are mentions of others that go by the same words, yet have other figures or owners, or stand in one call
    with it. `reported` says that reviews alone told it, as a result, so that nobody promised it.
    """

    id: str
    text: str
    mentions: tuple[Mention, ...] = Field(min_length=1)
    like: tuple[str, ...] = ()
    amended: tuple[AmendedField, ...] = ()
    reported: bool = False

    @property
    def first(self) -> Mention:
        """Where it was promised."""
        return self.mentions[0]


class OutcomeEntry(Entry):
    priority: Literal[1, 2, 3] | None = None


class CapabilityEntry(Entry):
    outcomes: tuple[str, ...] = ()
    phase: Literal["1", "later"] | None = None


class MetricEntry(Entry):
    """A promise with a measure. `progress` is the share of the way from baseline to target; beyond it is over 1.

    There is none, and the standing is `claimed`, while the baseline or the target is told by our side alone.
    `latest` is the reading of the last day, of two on one day the one noted later; what only we said is none.
    `standing` is what comes first in words; `moved` where the figures have got to, whether or not the promise changed.
    `reading_due` is the day by which the cadence asks for the next reading.
    """

    outcomes: tuple[str, ...] = ()
    kind: Literal["leading", "lagging"] = "lagging"
    baseline: Told | None = None
    target: Told | None = None
    owner: Told | None = None
    cadence: Told | None = None
    changes: tuple[Change, ...] = ()
    readings: tuple[Reading, ...] = ()
    latest: Reading | None = None
    scale: Scale | None = None
    progress: float | None = None
    standing: Standing
    moved: Standing
    reading_due: date | None = None
    overdue: bool = False

    @property
    def disputed_baselines(self) -> tuple[Told, ...]:
        """What the baseline was told as before, other than it stands now, and nobody has settled which one counts."""
        now = self.baseline.text if self.baseline else None
        before = (c.before for c in self.changes if c.field == "baseline" and not c.settled)
        return tuple(told for told in before if told.text != now)

    @property
    def claims(self) -> tuple[tuple[str, str], ...]:
        """Figures that only our side said, each with what it is of."""
        promised = (("baseline", self.baseline), ("target", self.target))
        told = tuple((field, told.text) for field, told in promised if told is not None and told.ours)
        return (*told, *(("reading", reading.figure.text) for reading in self.readings if reading.ours))


class Row(Value):
    """A line of the ledger: an outcome with one of its metrics. What is missing is None.

    An outcome is `measured_elsewhere` where its metrics stand in the lines of outcomes that they serve first. A
    `result` is no promise; one that is measured elsewhere has no line, since it stands there as a reading.
    """

    outcome: str | None
    metric: str | None
    standing: Standing


class MilestoneLine(Value):
    """A milestone with its window; None where no contract's start is known. An open end is the renewal's day."""

    id: str
    title: str
    checkpoint: str
    start: date | None = None
    end: date | None = None
    done_on: date | None = None
    state: MilestoneState
    note: int | None = None


class LedgerCall(Value):
    id: str
    title: str | None
    kind: CallKind
    on: date
    demo: bool = False


KeptNote = TypeVar("KeptNote", bound=Note)


class Kept(Value, Generic[KeptNote]):
    """A note that stands, with its number in the journal and when it was written."""

    seq: int
    at: datetime
    note: KeptNote


class Ledger(Value):
    """Everything that was promised to an account and what became of it, as of `today`.

    `last_note` is the number of the last note in its journal, by which a writer says what they have seen; 0 for none.
    `calculations` are the standing assumptions by calculation, in the order in which each was begun; `agreements` the
    last word of the customer on each.
    """

    account: str
    today: date
    last_note: int = 0
    calls: tuple[LedgerCall, ...] = ()
    outcomes: tuple[OutcomeEntry, ...] = ()
    capabilities: tuple[CapabilityEntry, ...] = ()
    metrics: tuple[MetricEntry, ...] = ()
    rows: tuple[Row, ...] = ()
    milestones: tuple[MilestoneLine, ...] = ()
    contract: Kept[ContractSet] | None = None
    investments: tuple[Kept[Invested], ...] = ()
    calculations: dict[str, tuple[Kept[Assumed], ...]] = Field(default_factory=dict)
    agreements: dict[str, Kept[AgreementNoted]] = Field(default_factory=dict)
    goals: tuple[Kept[GoalSet], ...] = ()

    def outcome(self, entry_id: str) -> OutcomeEntry:
        """Raises KeyError where there is none with this id."""
        return {entry.id: entry for entry in self.outcomes}[entry_id]

    def metric(self, entry_id: str) -> MetricEntry:
        """Raises KeyError where there is none with this id."""
        return {entry.id: entry for entry in self.metrics}[entry_id]

    def entry(self, mention_id: str) -> Entry | None:
        """The one that this mention is of, whichever of its mentions is named."""
        entries: tuple[Entry, ...] = (*self.outcomes, *self.capabilities, *self.metrics)
        return next((e for e in entries if any(m.id == mention_id for m in e.mentions)), None)

    def period_of(self, calculation: str) -> Period:
        """The time that a calculation is about: that of its latest assumption. Raises KeyError."""
        return self.calculations[calculation][-1].note.period

    def last_note_of(self, calculation: str) -> int:
        """The number of the note that changed a calculation last. Raises KeyError."""
        return self.calculations[calculation][-1].seq
