"""How long an utterance takes in an hour's call, and what is made of it all when it ends: wrap-up, email, scorecard."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest

from copilot.analysis.hearing import end, hear, start
from copilot.domain.call import CallInfo, CallKind, Saying
from copilot.importers.detect import read_transcripts
from copilot.review.scorecard import rubric_for, score_call
from copilot.review.summary_email import as_html, write_letter
from copilot.settings import Settings
from copilot.wiring.playbooks import analyst_of, load_playbook, load_scorecards
from tests.benchmarks.machine import machine
from tests.benchmarks.test_analyze import an_hour

pytestmark = pytest.mark.bench

T = TypeVar("T")


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """What the work gives, and the milliseconds of processor time that it took."""
    began = time.process_time()
    given = work()
    return given, (time.process_time() - began) * 1000


def test_an_hours_call_and_what_follows_it(tmp_path: Path) -> None:
    settings = Settings()
    playbook = load_playbook(settings)
    analyst, rubrics = analyst_of(playbook), load_scorecards(settings, playbook)
    transcript = read_transcripts(an_hour(tmp_path).read_bytes(), name="hour.json")[0]

    step, took = start(CallInfo(id="hour", kind=CallKind.DISCOVERY), playbook.version), []
    for utterance in transcript.utterances:
        saying = Saying(**utterance.model_dump(exclude={"i"}))
        step, ms = timed(partial(hear, step.state, saying, analyst))
        took.append(ms)
    ended, wrap_up_ms = timed(lambda: end(step.state, "sender", analyst))
    letter, email_ms = timed(lambda: as_html(write_letter(ended.state)))
    card, scorecard_ms = timed(lambda: score_call(ended.state, rubric_for(ended.state, rubrics)))

    assert letter
    assert card.answers
    p50, p95 = statistics.median(took), statistics.quantiles(took, n=20)[-1]
    print(f"\n{len(took)} utterances, milliseconds of processor time · {machine()}")
    print(f"  each: p50 {p50:.1f}, p95 {p95:.1f}, worst {max(took):.1f}")
    print(f"  wrap-up {wrap_up_ms:.0f}, email {email_ms:.0f}, scorecard {scorecard_ms:.0f}")
