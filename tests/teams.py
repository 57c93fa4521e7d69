"""Made-up calls of a sales team, put straight into a store: the same ones every time, with everything that was kept."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from copilot.adapters.playbooks import load_playbook
from copilot.adapters.scorecards import load_scorecards
from copilot.analysis.summary import figures
from copilot.analysis.talk_stats import count_talk
from copilot.bundled import bundled
from copilot.domain.call import CallInfo, CallKind, Participant, Role, Utterance
from copilot.domain.events import (
    CallEnded,
    CallStarted,
    CapabilityNoted,
    Coverage,
    Event,
    Logged,
    MetricNoted,
    NextStepNoted,
    OutcomeNoted,
    PitfallNoted,
    StageCovered,
    StageMarked,
    TalkCounted,
    UtteranceHeard,
    WrappedUp,
)
from copilot.domain.items import Capability, Evidence, ItemState, Metric, NextStep, Outcome, Pitfall, PitfallState
from copilot.domain.journal import Subject
from copilot.domain.kept_scorecards import AnswerOverridden, ScorecardKept, ScorecardNote
from copilot.domain.records import CallRecord
from copilot.domain.scorecard_rubrics import ScorecardRubric
from copilot.domain.scorecards import Verdict
from copilot.domain.state import CallState, replay
from copilot.ports import Store
from copilot.review.scorecard import score_call
from copilot.review.team.counting import counted

PLAYBOOK = load_playbook(bundled("rubrics"))
RUBRICS = load_scorecards(bundled("rubrics"), PLAYBOOK)
BEGAN = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
LONG_NAME = "Priscilla Oyelaran-Whitcombe"
SKILLS: Mapping[str, Mapping[str, float]] = {
    "Dana Reyes": {"before": 0.9, "pain": 0.8, "after": 0.7, "outcome": 0.9, "metric": 0.8, "steps": 0.9, "calm": 0.9},
    "Jonas Falk": {"before": 0.8, "pain": 0.3, "after": 0.3, "outcome": 0.7, "metric": 0.2, "steps": 0.6, "calm": 0.3},
    "Mei Tanaka": {"before": 0.9, "pain": 0.7, "after": 0.8, "outcome": 0.8, "metric": 0.5, "steps": 0.3, "calm": 0.8},
    LONG_NAME: {"before": 0.6, "pain": 0.5, "after": 0.6, "outcome": 0.5, "metric": 0.6, "steps": 0.8, "calm": 0.6},
    "Tomás Ibarra": {
        "before": 0.4,
        "pain": 0.6,
        "after": 0.5,
        "outcome": 0.6,
        "metric": 0.4,
        "steps": 0.5,
        "calm": 0.5,
    },
}
ACCOUNTS = (
    ("Harbour Freight Lines", "container release", "tracker"),
    ("Brightwell Clinics", "referral letters", "patient record"),
    ("Nordlys Energi", "outage reports", "grid desk"),
    ("Castellan Foods", "recipe changes", "plant planner"),
    ("Ostrava Castings", "mould repairs", "maintenance log"),
)
HUMAN_VERDICTS: Sequence[Verdict] = ("met", "partly", "not_met")


@dataclass
class MadeCall:
    """What a store holds of one call."""

    record: CallRecord
    logged: list[Logged]
    notes: list[ScorecardNote]
    ended_at: datetime

    @property
    def id(self) -> str:
        return self.record.info.id


@dataclass
class _Script:
    """A call as it is being made up."""

    chance: random.Random
    rep: str
    customer: str
    said: list[Utterance] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    clock_s: float = 0.0

    def says(self, role: Role, text: str, stage: str) -> int:
        i, words = len(self.said), len(text.split())
        start_s, self.clock_s = self.clock_s + 0.7, self.clock_s + 0.7 + 0.55 * words
        name = self.customer if role is Role.CUSTOMER else self.rep
        end_s = round(self.clock_s, 2)
        said = Utterance(
            id=f"u{i + 1}", i=i, speaker=name, role=role, start_s=round(start_s, 2), end_s=end_s, text=text
        )
        self.said.append(said)
        heard = {"said_by": name, "said_as": role, **said.model_dump(exclude={"id"})}
        self.events += [UtteranceHeard(utterance=said.id, **heard), StageMarked(i=i, stage=stage, confidence=0.9)]
        return i

    def asks(self, text: str, stage: str) -> int:
        return self.says(Role.REP, text, stage)

    def hears(self, text: str, stage: str) -> int:
        return self.says(Role.CUSTOMER, text, stage)

    def covers(self, stage: str, coverage: Coverage) -> None:
        self.events.append(StageCovered(stage=stage, coverage=coverage))

    def quoting(self, i: int) -> tuple[Evidence, ...]:
        return (Evidence(utterance=i, quote=self.said[i].text),)

    def stumbles(self, kind: str, i: int, fact: str, *, wrong: bool = False) -> None:
        number = sum(isinstance(event, PitfallNoted) for event in self.events) + 1
        state = PitfallState.WRONG if wrong else PitfallState.OPEN
        item = Pitfall(id=f"P{number}", kind=kind, state=state, evidence=self.quoting(i), fact=fact)
        self.events.append(PitfallNoted(change="found", item=item))


def made_calls(n: int, *, rubrics: Mapping[CallKind, ScorecardRubric] = RUBRICS, seed: int = 7) -> list[MadeCall]:
    """So many calls, the oldest first, each a day or so after the one before. Among 60 there is some of everything.

    The first quarter was scored by an earlier version of the rubric.
    """
    chance = random.Random(seed)  # noqa: S311  the same calls every time
    return [_made(number, chance, rubrics, earlier=number < n // 4) for number in range(n)]


async def fill(store: Store, calls: Sequence[MadeCall]) -> None:
    for call in calls:
        await store.append(call.id, call.logged, call.record)
        for note in call.notes:
            await store.write(Subject("scorecard", call.id), [note], call.ended_at)


def _made(
    number: int, chance: random.Random, rubrics: Mapping[CallKind, ScorecardRubric], *, earlier: bool
) -> MadeCall:
    account, work, tool = ACCOUNTS[chance.randrange(len(ACCOUNTS))]
    rep = [*SKILLS][chance.randrange(len(SKILLS))] if number else "Dana Reyes"
    kind = CallKind.DISCOVERY if number < 3 or number % 9 else chance.choice([CallKind.DEMO, CallKind.QBR])
    known = not (number and number % 17 == 0)
    script = _Script(chance, rep if known else "Speaker 1", "Luis Ortega")
    _talk(script, SKILLS[rep], number, work=work, tool=tool)
    people = [Participant(name="Luis Ortega", role=Role.CUSTOMER, title="VP Operations")]
    if known:
        people.append(Participant(name=rep, role=Role.REP))
    call_id, began = f"team-{number:03}", BEGAN + timedelta(hours=29 * number)
    info = CallInfo(
        id=call_id,
        title=f"{account}: {work}",
        kind=kind,
        account=account,
        participants=tuple(people),
        demo=number % 23 == 22,
    )
    events = [
        CallStarted(call=info, playbook=PLAYBOOK.version),
        *script.events,
        TalkCounted(talk=count_talk(script.said)),
    ]
    if not known:
        events = [_nameless(event) for event in events]
    events += [CallEnded(reason="sender"), WrappedUp()]
    ended = began + timedelta(seconds=script.clock_s)
    logged = [Logged(seq=n, at=ended, event=event) for n, event in enumerate(events, 1)]
    state = replay(events)
    record = CallRecord(info=info, started_at=began, ended_at=ended, wrapped_up=True, figures=figures(state))
    rubric = rubrics[kind]
    if earlier:
        rubric = rubric.model_copy(update={"version": rubric.version - 1})
    return MadeCall(record, logged, _notes(state, rubric, number, chance), ended)


def _nameless(event: Event) -> Event:
    """The rep's words without a name, so that nobody knows who held the call."""
    if isinstance(event, UtteranceHeard) and event.role is Role.REP:
        return event.model_copy(update={"speaker": None, "said_by": None})
    return event


def _notes(state: CallState, rubric: ScorecardRubric, number: int, chance: random.Random) -> list[ScorecardNote]:
    """In every other call somebody answered two criteria, and mostly as the program had."""
    card = score_call(state, rubric)
    notes: list[ScorecardNote] = [counted(state), ScorecardKept(scorecard=card, engine="embedded")]
    if number % 2 and number > 2:
        for answer in (card.answers[1], card.answers[11]):
            verdict = answer.automatic if chance.random() < 0.75 else chance.choice(HUMAN_VERDICTS)
            reason = "As I heard it, yes." if verdict == answer.automatic else "The moment is elsewhere."
            notes.append(
                AnswerOverridden(
                    rubric=card.rubric,
                    criterion=answer.criterion,
                    automatic=answer.automatic,
                    verdict=verdict,
                    reason=reason,
                    by="Ana Lind",
                )
            )
    return notes


def _talk(script: _Script, skills: Mapping[str, float], number: int, *, work: str, tool: str) -> None:
    """One call: every part goes well, half well or not at all, as the rep's skills and chance will have it."""
    chance = script.chance
    better = number / 300  # everybody learns a little

    def goes(part: str) -> Coverage:
        draw = chance.random() - better
        return "covered" if draw < skills[part] * 0.8 else "thin" if draw < skills[part] else "untouched"

    script.asks("Thanks for making the time, Luis. Shall we begin with where things stand?", "other")
    _before(script, goes("before"), work, tool)
    _pain(script, goes("pain"), work)
    _after(script, goes("after"), work)
    figures_said = _outcome(script, goes("outcome"), work)
    _capability(script, work, tool, tied=figures_said is not None)
    if figures_said is not None:
        _metric(script, goes("metric"), work, figures_said)
    if goes("calm") == "untouched":
        _dumping(script, wrong=number % 11 == 5)
    if goes("calm") != "covered":
        i = script.asks("Who owns that today, and how often is it looked at, or is that more for the board?", "metrics")
        script.stumbles("stacked_questions", i, "3 questions in one turn")
    _steps(script, goes("steps"))


def _before(script: _Script, how: Coverage, work: str, tool: str) -> None:
    if how == "untouched":
        return
    script.asks(f"How does {work} run today, from the first request to the end?", "before_scenario")
    script.hears(
        f"It starts in a spreadsheet and ends in the {tool}, and somebody copies between them.", "before_scenario"
    )
    if how == "covered":
        said = (
            "Four people touch it: the planner, two clerks and me, and every handover is an email that may wait a day."
        )
        script.hears(said, "before_scenario")
    script.covers("before_scenario", how)


def _pain(script: _Script, how: Coverage, work: str) -> None:
    if how == "untouched":
        return
    script.asks("What does that cost you when it goes wrong?", "negative_consequences")
    script.hears(f"People are annoyed, and {work} is late more often than I like.", "negative_consequences")
    if how == "covered":
        said = "Last quarter we missed eleven deadlines, and each one cost us about nine thousand in penalties."
        script.hears(said, "negative_consequences")
    else:
        i = len(script.said) - 1
        script.asks("I see. Let me show you something that everybody likes.", "how_we_do_it")
        script.stumbles("ignored_cue", i, "late more often, not taken up")
    script.covers("negative_consequences", how)


def _after(script: _Script, how: Coverage, work: str) -> None:
    if how == "untouched":
        return
    script.asks("If that were gone, what would a good week look like?", "after_scenario")
    script.hears(f"I would open one list in the morning and know where every piece of {work} stands.", "after_scenario")
    script.covers("after_scenario", how)


def _outcome(script: _Script, how: Coverage, work: str) -> int | None:
    """The utterance that says the outcome with its figures, where one does."""
    if how == "untouched":
        return None
    script.asks("Which result matters most to you this year?", "positive_business_outcomes")
    words = f"{work.capitalize()} has to come down from nine days to four by September."
    i = script.hears(
        words if how == "covered" else f"{work.capitalize()} has to become faster.", "positive_business_outcomes"
    )
    sure = script.chance.random() < 0.5
    outcome = Outcome(
        id="O1",
        text=f"{work} in four days" if how == "covered" else f"faster {work}",
        priority=1 if sure else None,
        measurable=how == "covered",
        state=ItemState.CONFIRMED if sure else ItemState.HEARD,
        confirmed_by="customer" if sure else None,
        evidence=script.quoting(i),
    )
    script.events.append(OutcomeNoted(change="added", item=outcome))
    script.covers("positive_business_outcomes", how)
    return i if how == "covered" else None


def _capability(script: _Script, work: str, tool: str, *, tied: bool) -> None:
    i = script.hears(f"We would need it to read from the {tool} by itself, from day one.", "required_capabilities")
    item = Capability(
        id="C1", text=f"reads from the {tool}", outcomes=("O1",) if tied else (), phase="1", evidence=script.quoting(i)
    )
    script.events.append(CapabilityNoted(change="added", item=item))
    script.covers("required_capabilities", "thin")


def _metric(script: _Script, how: Coverage, work: str, said: int) -> None:
    if how == "untouched":
        return
    script.asks("How will you see that it has come down?", "metrics")
    i = script.hears("The planner counts the days, and Priya reports the median every month.", "metrics")
    item = Metric(
        id="M1",
        text=f"days for {work}",
        outcomes=("O1",),
        baseline="nine days" if how == "covered" else None,
        target="four days",
        owner="Priya" if how == "covered" else None,
        cadence="every month",
        evidence=(*script.quoting(said), *script.quoting(i)),
    )
    script.events.append(MetricNoted(change="added", item=item))
    script.covers("metrics", how)


def _dumping(script: _Script, *, wrong: bool) -> None:
    said = (
        "You also get dashboards, an assistant, forty connectors, alerts, a phone app, single sign-on and templates "
        "for every team, and next month there is a board that does all of it at once, which people love, and then "
        "there are the reports, which you can send to anybody, and the archive, which never forgets a thing."
    )
    i = script.asks(said, "how_we_do_it")
    script.stumbles("feature_dumping", i, "8 features, tied to nothing", wrong=wrong)
    script.covers("how_we_do_it", "thin")


def _steps(script: _Script, how: Coverage) -> None:
    if how == "untouched":
        script.asks("Good. We will be in touch.", "other")
        return
    i = script.hears("Send me the plan by Friday, and I will bring Priya to the next one.", "other")
    item = NextStep(
        id="N1",
        text="send the plan",
        owner="us",
        due="Friday" if how == "covered" else None,
        evidence=script.quoting(i),
    )
    script.events.append(NextStepNoted(change="added", item=item))
