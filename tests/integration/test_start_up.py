from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from copilot.adapters.broken_off import MOST_DAYS
from copilot.bundled import bundled
from copilot.settings import Settings
from copilot.web.access import Access
from copilot.wiring.server import open_services

HEAVY = ["httpx2", "langchain_core", "langsmith", "openai"]
CALL = next(bundled("fixtures/demo").glob("*.json"))


@pytest.mark.parametrize("command", [["analyze", str(CALL)], ["doctor", "--port", "0"], ["serve", "--help"]])
def test_nothing_of_language_models_is_loaded_where_none_is_named(command: list[str], tmp_path: object) -> None:
    program = (
        "import json, sys; from copilot.main import run; run(sys.argv[1:]); print(json.dumps(sorted(sys.modules)))"
    )

    done = subprocess.run(
        [sys.executable, "-c", program, *command],
        cwd=str(tmp_path),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    loaded = json.loads(done.stdout.splitlines()[-1])
    assert "copilot.settings" in loaded or command[0] == "serve"
    assert [name for name in HEAVY if name in loaded] == []


def test_a_server_opens_without_the_second_tier_where_none_is_named(tmp_path: object) -> None:
    program = """
import asyncio, json, sys
from pathlib import Path
from copilot.wiring.server import open_services
from copilot.settings import Settings
from copilot.web.access import Access

async def opened():
    async with open_services(Settings(data=Path(".")), Access("a-token-for-tests", 1)):
        print(json.dumps(sorted(sys.modules)))

asyncio.run(opened())
"""

    done = subprocess.run(
        [sys.executable, "-c", program], cwd=str(tmp_path), capture_output=True, text=True, timeout=60, check=True
    )

    loaded = json.loads(done.stdout.splitlines()[-1])
    ours = ("copilot.adapters.llm", "copilot.analysis.deep", "copilot.live.asking", "copilot.live.second_tier")
    assert "copilot.live.calls" in loaded
    assert [name for name in loaded if name in HEAVY or name.startswith(ours)] == []


@pytest.mark.anyio
async def test_a_server_that_starts_removes_what_an_analysis_broken_off_long_ago_left(tmp_path: Path) -> None:
    for name, days_ago in (("old", MOST_DAYS + 1), ("new", MOST_DAYS - 1)):
        work = tmp_path / "analyses" / name
        work.mkdir(parents=True)
        then = time.time() - days_ago * 24 * 3600
        os.utime(work, (then, then))

    async with open_services(Settings(data=tmp_path), Access("a-token-for-tests", 1)):
        left = [work.name for work in (tmp_path / "analyses").iterdir()]

    assert left == ["new"]
