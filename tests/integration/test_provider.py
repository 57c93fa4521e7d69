"""The provider on loopback: what is true of it beyond what tests of its clients show."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any, get_args

import pytest

from tests.integration.language_models import MODEL, Wants, ask, model_at
from tests.provider import Play, provider
from tests.provider.prompt_cache import PromptCache


def body(*texts: str, marked: bool = False) -> dict[str, Any]:
    mark = {"prompt_cache_breakpoint": {"mode": "explicit"}} if marked else {}
    parts = [{"type": "text", "text": text} | mark for text in texts]
    told: dict[str, Any] = {"messages": [{"role": "user", "content": parts}]}
    return told | {"prompt_cache_options": {"mode": "explicit"}} if marked else told


class TestThePromptCache:
    RULES, FIRST, SECOND = "r" * 8000, "a" * 400, "b" * 400

    def test_with_breakpoints_finds_again_what_ended_at_one(self) -> None:
        cache = PromptCache()
        first = cache.count(body(self.RULES, self.FIRST, marked=True))
        longer = cache.count(body(self.RULES, self.FIRST, self.SECOND, marked=True))

        assert (first.cached, first.written) == (0, first.prompt)
        assert (longer.cached, longer.written) == (first.prompt, 100)

    def test_with_breakpoints_finds_nothing_in_a_part_that_has_grown(self) -> None:
        cache = PromptCache()
        cache.count(body(self.RULES + self.FIRST, marked=True))

        assert cache.count(body(self.RULES + self.FIRST + self.SECOND, marked=True)).cached == 0

    def test_without_them_finds_what_agrees_in_steps(self) -> None:
        cache = PromptCache()
        cache.count(body(self.RULES, self.FIRST))
        again = cache.count(body(self.RULES, self.SECOND))

        assert (again.cached, again.written) == (2001 // 128 * 128, 0)

    def test_takes_nothing_short(self) -> None:
        cache = PromptCache()
        cache.count(body(self.FIRST))

        assert cache.count(body(self.FIRST)).cached == 0


@pytest.mark.anyio
@pytest.mark.parametrize("structure", ["schema", "json", "prompt"])
async def test_answers_in_the_shape_asked_for_by_itself(structure: str) -> None:
    async with provider() as there, model_at(there, "compatible", structure=structure) as model:
        assert (await ask(model)).text == Wants(wants=[]).model_dump_json().replace(":", ": ")


@pytest.fixture
def by_hand(request: pytest.FixtureRequest) -> Iterator[str]:
    """Its address, started as a program that does the play of the test's parameter."""
    arguments = [sys.executable, "-m", "tests.provider", "--port", "0", "--play", request.param]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        try:
            yield program.stdout.readline().rpartition(" ")[2].strip()
        finally:
            program.terminate()


@pytest.mark.parametrize("by_hand", ["answer", "error"], indirect=True)
def test_can_be_started_by_hand(by_hand: str, request: pytest.FixtureRequest, tmp_path: object) -> None:
    told = {"MODEL": MODEL, "PROFILE": "compatible", "BASE_URL": by_hand}
    environment = os.environ | {f"COPILOT_LLM__{name}": value for name, value in told.items()}
    doctor = [sys.executable, "-c", "from copilot.main import main; main()", "doctor", "--port", "0"]

    done = subprocess.run(
        doctor, env=environment, cwd=str(tmp_path), capture_output=True, text=True, timeout=60, check=False
    )

    works = request.node.callspec.params["by_hand"] == "answer"
    assert ("✓ LLM" in done.stdout) == works
    assert ("✗ LLM: made-up-small: the provider has trouble, HTTP 500" in done.stdout) != works
    assert done.returncode == int(not works)


@pytest.mark.anyio
@pytest.mark.parametrize("play", get_args(Play))
async def test_every_play_comes_to_an_end_when_the_client_hangs_up(play: Play) -> None:
    async with provider(otherwise=play) as there:
        async with model_at(there) as model:
            asking = asyncio.create_task(ask(model))
            await there.visited.wait()
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)
        async with asyncio.timeout(20):
            await there.requests[0].over.wait()
