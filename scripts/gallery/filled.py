"""Servers that are full before anybody looks: a team's calls, an account over a year, an assessment, ears."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from copilot.adapters.spool import SpoolFolder
from copilot.bundled import bundled
from copilot.commands.demo_account import read_demo_account, take_in
from copilot.commands.serve import Running
from copilot.domain.blueprint import Level
from copilot.domain.maturity import MATURITY, AssessmentClosed, DimensionPlaced, MaturityNote, StepTaken
from copilot.live.decoding import Deadlines
from copilot.live.ears import Ears
from copilot.settings import Settings
from copilot.web.access import Access
from copilot.web.services import Services
from copilot.wiring.server import open_services
from tests.speech import LoudnessDetector
from tests.teams import fill, made_calls
from tests.tones import ToneListener

Before = Callable[[Running], Awaitable[None]]

ACCOUNT = read_demo_account(bundled("fixtures/demo/account"))
BY = "Ana Lind"
FIRST = {"prioritization": Level.I, "scope": Level.II, "narrative": Level.II, "timing": Level.I}
STANDING = {
    "prioritization": Level.II,
    "process_maturity": Level.II,
    "scope": Level.II,
    "narrative": Level.III,
    "sponsorship": Level.II,
    "targeting": Level.I,
    "timing": Level.II,
    "discussion_lead": Level.III,
    "content_creation": Level.IV,
    "support": Level.V,
    "technology": Level.II,
}


def a_team(calls: int) -> Before:
    async def before(server: Running) -> None:
        await fill(server.services.store, made_calls(calls))

    return before


async def an_account(server: Running) -> None:
    await take_in(server.services, ACCOUNT, datetime.now(UTC).date())


async def an_assessment(server: Running) -> None:
    """A team's calls, where its value work stood in spring and where it stands."""
    await a_team(60)(server)
    now = datetime.now(UTC)
    spring, lately = (now - timedelta(days=90)).date(), (now - timedelta(days=5)).date()
    notes: list[MaturityNote] = [
        *(
            DimensionPlaced(dimension=d, level=at, why="Seen in two deals.", on=spring, by=BY)
            for d, at in FIRST.items()
        ),
        AssessmentClosed(name="Spring", on=spring, by=BY),
        *(
            DimensionPlaced(dimension=d, level=at, why="Seen across the last quarter.", on=lately, by=BY)
            for d, at in STANDING.items()
        ),
        StepTaken(from_level=Level.II, step="agree_at_the_top", owner="Ben Okoro", due=lately, by=BY),
    ]
    await server.services.store.write(MATURITY, notes, now)


@asynccontextmanager
async def with_ears(settings: Settings, access: Access) -> AsyncIterator[Services]:
    """Everything as it is, and a speech model that knows tones."""
    async with open_services(settings, access) as services:
        spool = SpoolFolder(Path(settings.data) / "sound")
        yield replace(services, ears=Ears(ToneListener(), LoudnessDetector(), spool, deadlines=Deadlines(60)))
