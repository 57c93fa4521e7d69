from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copilot.analysis.deep.attention import MISSED, Attention
from copilot.domain.events import Event, Logged, ModelEnd, ModelPurpose, ModelUsed
from copilot.domain.language_model import Usage
from tests.unit.analysis.deep.logs import AT, SAID, log_of, numbered, sayings
from tests.unit.analysis.deep.test_gate import signs

CALL = log_of([("customer", text) for text in SAID[:4]])


def used(up_to: int | None, ended: ModelEnd = "complete", purpose: ModelPurpose = "live") -> ModelUsed:
    return ModelUsed(
        purpose=purpose,
        model="made-up",
        prompt="live v1",
        playbook="a v1",
        told_up_to=up_to,
        ended=ended,
        usage=Usage(),
        latency_ms=1,
    )


def after(log: list[Logged], *events: Event) -> Attention:
    return Attention.of([*log, *numbered(events, first=len(log) + 1)], signs())


def heard_by(log: list[Logged], seq: int) -> int:
    return sum(logged.event.type == "utterance" for logged in log[:seq])


class TestAfterARestart:
    def test_what_was_said_while_a_request_was_under_way_is_new_and_due(self) -> None:
        middle = next(logged.seq for logged in CALL if logged.event.type == "utterance" and logged.seq > 5)
        attention = after(CALL, used(middle - 1))

        assert attention.epoch.seen == heard_by(CALL, middle - 1) < len(attention.epoch.state.utterances)
        assert attention.due == "item"

    def test_nothing_is_due_where_the_last_request_was_told_of_everything(self) -> None:
        attention = after(CALL, used(len(CALL)))

        assert attention.epoch.seen == len(attention.epoch.state.utterances)
        assert attention.due is None

    def test_a_log_of_before_that_was_noted_counts_all_that_came_before_the_answer(self) -> None:
        assert after(CALL, used(None)).due is None

    @pytest.mark.parametrize("ended", sorted(MISSED))
    def test_a_request_that_came_to_nothing_is_made_again(self, ended: ModelEnd) -> None:
        attention = after(CALL, used(len(CALL), ended))

        assert (attention.epoch.seen, attention.due) == (0, "item")

    def test_a_look_at_the_whole_call_answers_no_live_request(self) -> None:
        assert after(CALL, used(len(CALL), purpose="wrap_up")).due == "item"

    @settings(max_examples=25, deadline=None)
    @given(sayings, st.data())
    def test_all_is_as_it_was(self, said: list[tuple[str, str]], data: st.DataObject) -> None:
        log = log_of(said)
        made = data.draw(st.integers(1, len(log)))
        live = Attention.begin(signs())
        for logged in log:
            live = live.after(logged)
            if logged.seq == made:
                live = live.asked()
        answer = Logged(seq=len(log) + 1, at=AT, event=used(made))

        again = Attention.of([*log, answer], signs())

        assert again == live.after(answer)
