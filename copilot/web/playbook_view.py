"""What the pages need of the playbook for one kind of call."""

from __future__ import annotations

from typing import Any

from copilot.domain.call import CallKind
from copilot.domain.gap_questions import Gap
from copilot.domain.pitfall_rules import PitfallKind
from copilot.domain.playbook import Playbook


def playbook_view(playbook: Playbook, kind: CallKind) -> dict[str, Any]:
    """Stages with their questions, pitfalls with what to do instead, a question per gap, usual ranges of talk."""
    return {
        "version": playbook.version,
        "stages": [
            {
                "stage": stage.id,
                "title": stage.title,
                "short": stage.short_name,
                "code": stage.code,
                "purpose": stage.purpose,
                "listen_for": stage.listen_for,
                "questions": stage.ask,
                "coaching": stage.coaching,
            }
            for stage in playbook.stages
        ],
        "pitfalls": {
            pitfall: {"title": rule.title, "what": rule.what, "instead": rule.instead, "shows": rule.shows}
            for pitfall, rule in playbook.pitfalls.pitfalls.items()
        },
        "notices": playbook.pitfalls.notices.model_dump(),
        "gaps": {gap: _plain_question(playbook, gap) for gap in Gap},
        "talk": {**_ranges(playbook, kind), **_monologue(playbook, kind)},
    }


def _plain_question(playbook: Playbook, gap: Gap) -> str | None:
    """The plainest wording, which needs no values filled in."""
    rule = playbook.gap_questions(gap)
    return next((wording for wording in rule.ask if "{" not in wording), None)


def _ranges(playbook: Playbook, kind: CallKind) -> dict[str, Any]:
    found = {}
    for stat, definition in playbook.talk_stats.stats.items():
        usual = playbook.usual_range(stat, kind)
        found[stat] = {
            "title": definition.title,
            "unit": definition.unit,
            "meaning": definition.meaning,
            "low": usual.low if usual else None,
            "high": usual.high if usual else None,
            "source": usual.source if usual else None,
        }
    return found


def _monologue(playbook: Playbook, kind: CallKind) -> dict[str, float | None]:
    rule = playbook.pitfall(PitfallKind.LONG_MONOLOGUE)
    names = {"monologue_s": "seconds", "monologue_warn_s": "warn_seconds", "monologue_words": "words"}
    return {name: rule.threshold(threshold, kind) for name, threshold in names.items()}
