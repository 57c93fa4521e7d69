"""What the analysis goes by: the playbook, the scorecards made for it, and the calls that come along."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from copilot.bundled import bundled
from copilot.domain.call import CallKind

if TYPE_CHECKING:
    from copilot.analysis.hearing import Analyst
    from copilot.commands.demo_account import DemoAccount
    from copilot.domain.call import Transcript
    from copilot.domain.playbook import Playbook
    from copilot.domain.scorecard_rubrics import ScorecardRubric
    from copilot.settings import Settings


def load_playbook(settings: Settings) -> Playbook:
    """The bundled playbook, or a company's own with the bundled one filling in."""
    from copilot.adapters.playbooks import load_playbook as load

    rubrics = bundled("rubrics")
    if settings.rubrics is None:
        return load(rubrics, pins=settings.pins)
    return load(settings.rubrics, fallback=rubrics, pins=settings.pins)


def checked_playbook(settings: Settings) -> Playbook:
    """The playbook, with the scorecards that are made for it read as well."""
    playbook = load_playbook(settings)
    load_scorecards(settings, playbook)
    return playbook


def load_scorecards(settings: Settings, playbook: Playbook) -> Mapping[CallKind, ScorecardRubric]:
    """The bundled scorecards, or a company's own with the bundled ones filling in."""
    from copilot.adapters.scorecards import load_scorecards as load

    rubrics = bundled("rubrics")
    if settings.rubrics is None:
        return load(rubrics, playbook)
    return load(settings.rubrics, playbook, fallback=rubrics)


def analyst_of(playbook: Playbook) -> Analyst:
    from copilot.adapters.encoder.encoder import Encoder
    from copilot.analysis.embedded import Embedded

    return Embedded(playbook, Encoder())


def bundled_account() -> DemoAccount:
    """The account that comes with the program."""
    from copilot.commands.demo_account import read_demo_account

    return read_demo_account(bundled("fixtures/demo/account"))


def bundled_calls() -> dict[str, Transcript]:
    from copilot.importers.detect import read_transcripts

    files = sorted(bundled("fixtures/demo").glob("*.json"))
    return {file.stem: read_transcripts(file.read_bytes(), name=file.name)[0] for file in files}
