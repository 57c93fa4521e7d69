"""How long `copilot analyze` takes for an hour's call, beside what merely starting takes."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from tests.acceptance.programs import ROOT, copilot
from tests.benchmarks.machine import machine

pytestmark = pytest.mark.bench

HOUR_S = 3600.0
RUNS = 5


def an_hour(folder: Path) -> Path:
    """The demonstration calls and labelled ones after one another, until an hour is full."""
    sources = [file for part in ("demo", "labelled/dev") for file in sorted((ROOT / "fixtures" / part).glob("*.json"))]
    said: list[dict[str, Any]] = []
    begin_s = 0.0
    while begin_s < HOUR_S:
        for source in sources:
            utterances = json.loads(source.read_text(encoding="utf-8"))["utterances"]
            for u in utterances:
                times = {"start_s": begin_s + (u["start_s"] or 0), "end_s": begin_s + (u["end_s"] or 0)}
                said.append({**u, **times, "i": len(said)})
            begin_s = said[-1]["end_s"] + 1
    kept = [u for u in said if u["end_s"] <= HOUR_S]
    file = folder / "hour.json"
    file.write_text(json.dumps({"call": {"id": "hour", "kind": "discovery"}, "utterances": kept}), encoding="utf-8")
    return file


def timed(run: Callable[[], object]) -> list[float]:
    took = []
    for _ in range(RUNS):
        began = time.perf_counter()
        run()
        took.append(time.perf_counter() - began)
    return took


def test_an_hours_transcript(tmp_path: Path) -> None:
    hour = an_hour(tmp_path)
    two = tmp_path / "two.txt"
    two.write_text("Dana: What matters most?\nLuis: We want to halve our lead time of nine days.\n")
    utterances = len(json.loads(hour.read_text())["utterances"])
    rows: dict[str, Callable[[], CompletedProcess[str]]] = {
        "copilot --version": lambda: copilot("--version"),
        "copilot analyze, two utterances": lambda: copilot("analyze", two),
        f"copilot analyze, an hour of {utterances} utterances": lambda: copilot("analyze", hour, "--json"),
    }
    print(f"\nWhole commands, median and worst of {RUNS} runs · {machine()}")
    for name, run in rows.items():
        assert run().returncode == 0
        took = timed(run)
        print(f"  {statistics.median(took):6.2f} s {max(took):6.2f} s  {name}")
