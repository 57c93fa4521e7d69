"""A variable that turns LangSmith on, left in a shell, sends nobody's words anywhere."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

PROGRAM = """
import asyncio, os, socket, sys, time
from copilot.wiring.language_model import open_language_models
from copilot.settings import LlmSettings
from tests.integration.language_models import ask, answer
from tests.provider import provider

reached = []
connect, connect_ex, look_up = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo
def note(how):
    def noting(*args, **kwargs):
        reached.append(str(args))
        return how(*args, **kwargs)
    return noting
socket.socket.connect, socket.socket.connect_ex = note(connect), note(connect_ex)
socket.getaddrinfo = note(look_up)

async def main():
    async with provider(answer=answer) as there:
        told = dict(model="m", profile="compatible", base_url=there.base_url, langsmith=sys.argv[1] == "allowed")
        async with open_language_models(LlmSettings.model_validate(told)) as (live, _):
            heard = await ask(live)
        assert heard.failure is None and heard.wants, heard
asyncio.run(main())

def others():
    return [to for to in reached if "127.0.0.1" not in to]
for _ in range(20):  # it is sent from a thread, soon after
    if not others():
        time.sleep(0.1)
print(others(), flush=True)
os._exit(0)  # that thread would try for some time
"""


def reached(allowed: str, **variables: str) -> str:
    """The addresses other than the provider's that a request reaches out for."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, allowed],
        env=os.environ | variables,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip().splitlines()[-1]


TURNED_ON = {"LANGSMITH_API_KEY": "lsv2_made_up", "LANGSMITH_ENDPOINT": "http://nowhere.invalid"}


@pytest.mark.parametrize("variable", ["LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2", "LANGSMITH_TRACING_V2"])
def test_no_socket_is_opened(variable: str) -> None:
    assert reached("not allowed", **TURNED_ON, **{variable: "true"}) == "[]"


def test_a_variable_of_days_gone_by_does_not_stop_requests() -> None:
    assert reached("not allowed", LANGCHAIN_TRACING="true") == "[]"


def test_it_would_be_seen_if_one_were() -> None:
    assert "nowhere.invalid" in reached("allowed", **TURNED_ON, LANGSMITH_TRACING="true")
