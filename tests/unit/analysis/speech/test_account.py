from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from copilot.analysis.speech.account import Account, Fate
from copilot.domain.audio import Span


def account_of(received: int) -> Account:
    account = Account()
    account.receive(received)
    return account


class TestAccount:
    def test_knows_what_became_of_everything(self) -> None:
        account = account_of(100)
        account.silence(20)
        spoken = account.utterance(50)
        account.settle(spoken, Fate.FINAL)
        account.utterance(70)

        assert account.stretches() == [
            (Span(0, 20), Fate.SILENCE),
            (Span(20, 50), Fate.FINAL),
            (Span(50, 70), Fate.PENDING),
            (Span(70, 100), Fate.PENDING),
        ]
        assert account.waiting() == [Span(50, 70)]

    def test_what_failed_can_be_tried_again(self) -> None:
        account = account_of(10)
        spoken = account.utterance(10)
        account.settle(spoken, Fate.FAILED)
        assert account.failed() == [spoken]
        account.settle(spoken, Fate.FINAL)

        assert account.totals()[Fate.FINAL] == 10

    def test_nothing_is_settled_twice(self) -> None:
        account = account_of(10)
        spoken = account.utterance(10)
        account.settle(spoken, Fate.FINAL)

        with pytest.raises(ValueError, match="no utterance that waits"):
            account.settle(spoken, Fate.SILENCE)

    def test_no_border_lies_beyond_what_was_received(self) -> None:
        with pytest.raises(ValueError, match="not between"):
            account_of(10).utterance(11)


class Bookkeeping(RuleBasedStateMachine):
    """Whatever happens in whatever order, every sample is somewhere, once."""

    def __init__(self) -> None:
        super().__init__()
        self.account = Account()
        self.waiting: list[Span] = []
        self.finals = 0

    @rule(samples=st.integers(0, 50))
    def sound_comes_in(self, samples: int) -> None:
        self.account.receive(self.account.received + samples)

    @rule(share=st.floats(0, 1))
    def silence(self, share: float) -> None:
        self.account.silence(self._within(share))

    @precondition(lambda self: self.account.received > self.account.endpointed)
    @rule(share=st.floats(0, 1))
    def an_utterance_ends(self, share: float) -> None:
        self.waiting.append(self.account.utterance(max(self._within(share), self.account.endpointed + 1)))

    @precondition(lambda self: self.waiting)
    @rule(which=st.integers(0), fate=st.sampled_from([Fate.FINAL, Fate.SILENCE, Fate.FAILED]))
    def one_is_decoded(self, which: int, fate: Fate) -> None:
        span = self.waiting.pop(which % len(self.waiting))
        self.account.settle(span, fate)
        self.finals += len(span) if fate is Fate.FINAL else 0
        if fate is Fate.FAILED:
            self.waiting.append(span)

    @invariant()
    def everything_is_accounted_for(self) -> None:
        border = 0
        for span, _ in self.account.stretches():
            assert span.start == border
            assert span.end > span.start
            border = span.end
        assert border == self.account.received
        totals = self.account.totals()
        assert sum(totals.values()) == self.account.received
        assert totals[Fate.FINAL] == self.finals

    def _within(self, share: float) -> int:
        return self.account.endpointed + int(share * (self.account.received - self.account.endpointed))


TestBookkeeping = Bookkeeping.TestCase
TestBookkeeping.settings = settings(max_examples=50, stateful_step_count=40, deadline=None)
