"""Work that has to go on for as long as the server runs."""

from __future__ import annotations

import asyncio
import logging

import pytest

from copilot.web import watchers
from copilot.web.watchers import Failures, watched_by

pytestmark = pytest.mark.anyio

SAID = "what the customer said"


class Watching:
    """Fails at its first attempts, and then goes on for good."""

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)
        self.goes_on = asyncio.Event()
        self.stopped = False

    async def run(self) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.goes_on.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.stopped = True


@pytest.fixture(autouse=True)
def _without_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watchers, "REST_S", 0.001)


async def test_one_that_fails_begins_anew_and_the_log_tells_of_what_kind_its_failures_were(
    caplog: pytest.LogCaptureFixture,
) -> None:
    failing = Watching(KeyError(SAID), ExceptionGroup(SAID, [OSError(SAID), ValueError(SAID)]))
    with caplog.at_level(logging.ERROR):
        async with watched_by({"keeping of sound": failing.run}, Failures()):
            async with asyncio.timeout(5):
                await failing.goes_on.wait()

    assert [record.getMessage() for record in caplog.records] == [
        "The keeping of sound failed and begins anew: KeyError",
        "The keeping of sound failed and begins anew: OSError, ValueError",
    ]


async def test_all_are_stopped_and_waited_for_at_the_end() -> None:
    first, second = Watching(), Watching(RuntimeError())
    async with watched_by({"first": first.run, "second": second.run}, Failures()):
        async with asyncio.timeout(5):
            await asyncio.gather(first.goes_on.wait(), second.goes_on.wait())

    assert (first.stopped, second.stopped) == (True, True)


def test_one_that_fails_three_times_in_five_minutes_fails_again_and_again_until_it_goes_on_for_as_long() -> None:
    now = [0.0]
    failures = Failures(lambda: now[0])
    for at in (0, 200):
        now[0] = at
        failures.note("keeping of sound")
    failures.note("watch over calls")
    assert failures.again_and_again == []

    now[0] = 290
    failures.note("keeping of sound")
    assert failures.again_and_again == ["keeping of sound"]
    now[0] = 301
    assert failures.again_and_again == []
    for at in (400, 450):
        now[0] = at
        failures.note("keeping of sound")
    assert failures.again_and_again == ["keeping of sound"]
