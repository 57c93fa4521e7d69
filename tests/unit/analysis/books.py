"""The bundled playbook, read once."""

from __future__ import annotations

from functools import cache

from copilot.adapters.playbooks import bundled_rubrics, load_playbook
from copilot.domain.playbook import Playbook


@cache
def playbook() -> Playbook:
    return load_playbook(bundled_rubrics())
