"""The demo, headless, to its end."""

from __future__ import annotations

import re

from tests.acceptance.programs import copilot


def test_the_demo_plays_to_its_end_and_stops() -> None:
    done = copilot("demo", "--speed", "1000", "--port", "0", "--exit")

    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(r"http://127\.0\.0\.1:\d+/calls/[\w-]+\?token=", done.stdout)
