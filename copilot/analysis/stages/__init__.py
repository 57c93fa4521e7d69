"""What every utterance is about, as one of the playbook's stages."""

from __future__ import annotations

from copilot.analysis.stages.marking import stage_pass

__all__ = ["stage_pass"]
