"""The first tier as a whole: a whole conversation, its order of hearing, and how long it takes."""

from __future__ import annotations

import pytest

from copilot.analysis.grounding import verbatim
from copilot.analysis.hearing import Step, end, hear, start
from copilot.domain.call import Role, Saying
from copilot.domain.state import CallState, replay
from tests.proportion import grows_in_proportion
from tests.unit.analysis.conversations import analyst, heard, info, sayings, step_of, talk, unmarked

CALL = (
    "rep Iva: Good morning, and thanks for making the time.",
    "customer Tariq: Morning. It's a busy week at the bakery.",
    "rep Iva: How do the shops order their bread today?",
    "customer Tariq: They fax us a list every evening, and somebody types it in at night.",
    "rep Iva: And what happens when the list is wrong?",
    "customer Tariq: Last year we threw away bread for ninety thousand, and two shops went elsewhere.",
    "rep Iva: What are you hoping to achieve, then?",
    "customer Tariq: I want {metric:the unsold bread down from {baseline:twelve percent} to {target:six}}.",
    "rep Iva: What has to be in place from day one for that?",
    "customer Tariq: It has to work on the old tills. And it has to sync with our payroll, but that can wait.",
    "rep Iva: Who reports the unsold bread today?",
    "customer Tariq: That's Agata, every Friday.",
    "rep Iva: Let me say that back: unsold bread from twelve percent to six, on the old tills.",
    "customer Tariq: Yes, that's it.",
    "rep Iva: Good. I'll send you a summary by Thursday.",
    "customer Tariq: Perfect, bye.",
)

PLAIN = [unmarked(line) for line in CALL]


def heard_one_by_one(*lines: str) -> Step:
    """As a live call hears it, its log replayed before every utterance."""
    step = start(info(*lines), "value_conversation/1")
    events = list(step.events)
    for saying in sayings(*lines):
        events.extend(hear(replay(events), saying, analyst()).events)
    last = end(replay(events), "sender", analyst())
    return Step(last.state, (*events, *last.events))


class TestAWholeConversation:
    STATE: CallState = heard(*CALL)

    def test_gives_a_value_map(self) -> None:
        (outcome,) = self.STATE.outcomes.values()
        assert (outcome.text, outcome.state.value) == ("Unsold bread down from twelve percent to six", "confirmed")
        assert [c.text for c in self.STATE.capabilities.values()] == ["Work on the old tills", "Sync with our payroll"]
        (metric,) = self.STATE.metrics.values()
        assert (metric.text, metric.baseline, metric.target) == ("Unsold bread", "twelve percent", "six percent")
        assert (metric.owner, metric.cadence, metric.outcomes) == ("Agata", "every Friday", ("O1",))

    def test_and_what_is_to_be_done_next(self) -> None:
        (step,) = self.STATE.next_steps.values()
        assert (step.text, step.owner, step.due) == ("Send a summary", "Iva", "Thursday")

    def test_every_quote_stands_in_its_utterance(self) -> None:
        said = self.STATE.utterances
        maps = (self.STATE.outcomes, self.STATE.capabilities, self.STATE.metrics, self.STATE.next_steps)
        quotes = [e for items in maps for item in items.values() for e in item.evidence]
        assert quotes
        assert all(verbatim(e.quote, said[e.utterance].text) == e.quote for e in quotes)

    def test_nothing_proposed_was_without_ground(self) -> None:
        assert self.STATE.dropped == {}


class TestDeterminism:
    def test_the_same_call_comes_out_the_same(self) -> None:
        assert step_of(*PLAIN) == step_of(*PLAIN)

    def test_in_one_go_or_utterance_by_utterance(self) -> None:
        assert heard_one_by_one(*PLAIN) == step_of(*PLAIN)


@pytest.mark.parametrize("text", ["", " ", "\t\n", "\u3000", "\u200b", "…"])
@pytest.mark.parametrize("role", list(Role))
def test_nothing_is_found_where_nothing_is_said(text: str, role: Role) -> None:
    opening = ("rep: What are you after?", "customer: Returns down from 8 percent to 5.", "rep: So returns at 5?")
    state = talk(*opening)
    step = hear(state, Saying(id="blank", speaker="customer", role=role, text=text), analyst())
    assert step.state.outcomes == state.outcomes
    assert (step.state.capabilities, step.state.metrics, step.state.next_steps) == (
        state.capabilities,
        state.metrics,
        state.next_steps,
    )


class TestLongTexts:
    @pytest.mark.parametrize(
        "piece",
        [
            "and, so, ",
            "i want to ",
            "if it can ",
            "12 days to 5, ",
            ". ",
            " ",
            "first, second, third, one, ",
            "could you send me the list of ",
        ],
    )
    @pytest.mark.parametrize("kind", ["discovery", "qbr"])
    def test_take_time_in_proportion(self, piece: str, kind: str) -> None:
        opening = ("rep: What are you after?", "customer: Returns down from 8 percent to 5.", "rep: What do you need?")
        state = talk(*opening, kind=kind)

        def heard(text: str) -> None:
            hear(state, Saying(id="long", speaker="customer", role=Role.CUSTOMER, text=f"{text}x"), analyst())

        assert grows_in_proportion(heard, piece, length=3_990, longest=3_990)
