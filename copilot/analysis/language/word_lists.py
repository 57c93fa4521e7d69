"""The playbook's word lists as one lexicon: `signals.wish`, `results.wanted_lower`, `stages.metrics.strong`."""

from __future__ import annotations

from collections.abc import Mapping

from copilot.analysis.language.lexicon import Lexicon
from copilot.domain.conversation import Cues
from copilot.domain.playbook import Playbook

_PARTS = ("directions", "results", "speech", "signals", "claims", "capabilities", "people")


def lexicon_of(playbook: Playbook) -> Lexicon:
    """Every list of the vocabulary, the stages' cues, and the company's own names."""
    lists: dict[str, tuple[str, ...]] = {}
    for part in _PARTS:
        for name, phrases in getattr(playbook.vocabulary, part):
            lists[f"{part}.{name}"] = phrases
    lists["units.things"] = playbook.vocabulary.units.things
    cues = playbook.stage_cues
    _add_cues(lists, "stages", cues.stages)
    _add_cues(lists, "customer", cues.customer)
    _add_cues(lists, "rep", cues.rep)
    company = playbook.company
    own = (company.name, *company.also_known_as, *company.products)
    lists["company"] = tuple(name.lower() for name in own if name)
    return Lexicon(lists)


def _add_cues(lists: dict[str, tuple[str, ...]], side: str, cues: Mapping[str, Cues]) -> None:
    for stage, phrases in cues.items():
        lists[f"{side}.{stage}.strong"] = phrases.strong
        lists[f"{side}.{stage}.weak"] = phrases.weak
