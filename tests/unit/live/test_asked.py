from __future__ import annotations

import logging
from dataclasses import replace

import pytest

from copilot.live.asked import Asked, FailureLog
from copilot.live.breaker import Breaker

TROUBLED = Asked(ended="failed", trouble="The language model did not answer: the provider has trouble, HTTP 500.")


class TestWhatTheLogSaysOfFailures:
    @pytest.fixture(autouse=True)
    def _listen(self, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.WARNING)

    def test_is_which_model_and_what_once(self, caplog: pytest.LogCaptureFixture) -> None:
        failures = FailureLog()
        for _ in range(5):
            failures.note("small", TROUBLED, Breaker(1))

        assert caplog.messages == [f"Model small: {TROUBLED.trouble}"]

    def test_is_said_of_every_model_and_kind(self, caplog: pytest.LogCaptureFixture) -> None:
        failures = FailureLog()
        for seconds in (0.5, 0.7):
            late = Asked(ended="timed_out", trouble=f"The language model did not answer within {seconds} s.")
            failures.note("small", late, Breaker())
            failures.note("small", TROUBLED, Breaker())
            failures.note("large", TROUBLED, Breaker())

        assert len(caplog.messages) == 3

    def test_names_every_time_the_provider_is_left_alone(self, caplog: pytest.LogCaptureFixture) -> None:
        failures, breaker = FailureLog(), Breaker(2).failed(1e9)
        for opened in (breaker, breaker, replace(breaker, trying=True).failed(2e9)):
            failures.note("small", TROUBLED, opened)

        assert len(caplog.messages) == 2
        assert all("Nothing is asked for" in message for message in caplog.messages)

    def test_is_nothing_of_refusals_and_answers(self, caplog: pytest.LogCaptureFixture) -> None:
        failures = FailureLog()
        failures.note("small", Asked(ended="refused", trouble="The language model declined to answer."), Breaker())
        failures.note("small", Asked(ended="complete"), Breaker())

        assert caplog.messages == []
