"""The analysis of a recording that is broken off, and begun again."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.programs import PATIENCE_S, ROOT, environment
from tests.browser.recordings import tones

LINES = 16


class Analysis:
    """The command, again and again, on one recording in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "tones.wav"
        self._decoded = folder / "decoded.txt"
        tones(folder, LINES)

    @property
    def decoded(self) -> list[str]:
        return self._decoded.read_text().splitlines() if self._decoded.exists() else []

    @property
    def kept(self) -> list[Path]:
        return list((self.folder / "data" / "analyses").glob("*"))

    def begin(self, **settings: str) -> subprocess.Popen[str]:
        data = str(self.folder / "data")
        return subprocess.Popen(
            (sys.executable, "-m", "tests.acceptance.slow_analysis", self._decoded, self.file, "--json"),
            cwd=ROOT,
            env=environment(COPILOT_DATA=data, COPILOT_SPEECH__MODEL="tones", **settings),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def broken_off(self, by: signal.Signals, *, after: int) -> str:
        """What it says to that."""
        running, until = self.begin(DECODES_AT_MOST=str(after)), time.monotonic() + PATIENCE_S
        while len(self.decoded) < after:
            assert running.poll() is None, running.communicate()
            assert time.monotonic() < until
            time.sleep(0.05)
        running.send_signal(by)
        _, err = running.communicate(timeout=PATIENCE_S)
        assert running.returncode
        return err

    def done(self, **settings: str) -> tuple[dict[str, Any], str]:
        running = self.begin(**settings)
        out, err = running.communicate(timeout=PATIENCE_S)
        assert running.returncode == 0, err
        return json.loads(out), err


@pytest.fixture
def analysis(tmp_path: Path) -> Analysis:
    return Analysis(tmp_path)


def test_goes_on_where_it_was_killed_and_says_the_same(analysis: Analysis) -> None:
    analysis.broken_off(signal.SIGKILL, after=5)
    said = analysis.broken_off(signal.SIGINT, after=10)
    assert "tones.wav: broken off; the same command goes on where it was\n" in said
    in_two_runs = len(analysis.decoded)
    assert in_two_runs < LINES
    assert len(analysis.kept) == 1
    document, said = analysis.done()

    assert "tones.wav: going on where it was broken off" in said
    assert len(set(analysis.decoded)) == LINES
    assert len(analysis.decoded) <= LINES + 2 * 2  # what each break found being decoded, or being written down
    assert analysis.kept == []
    again, said = analysis.done()
    assert document == again
    assert "going on" not in said


def test_begins_anew_with_other_settings(analysis: Analysis) -> None:
    analysis.broken_off(signal.SIGKILL, after=4)
    before = len(analysis.decoded)
    _, said = analysis.done(COPILOT_SPEECH__LANGUAGE="de")

    assert "going on" not in said
    assert len(analysis.decoded) == before + LINES
    assert len(analysis.kept) == 1


def test_two_at_once_do_not_mind_each_other(analysis: Analysis) -> None:
    first = analysis.begin()
    one, _ = analysis.done()
    out, _ = first.communicate(timeout=PATIENCE_S)

    assert json.loads(out) == one
    assert len(analysis.decoded) == 2 * LINES
    assert analysis.kept == []
