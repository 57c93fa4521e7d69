"""The bundled playbook, read once."""

from __future__ import annotations

from functools import cache

from copilot.adapters.playbooks import load_playbook
from copilot.bundled import bundled
from copilot.domain.playbook import Playbook


@cache
def playbook() -> Playbook:
    return load_playbook(bundled("rubrics"))
