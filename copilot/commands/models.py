"""`copilot models`: which speech models there are, which of them are here, and how to get one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from copilot.domain.speech_models import SpeechModel

HINT = "`copilot models fetch NAME` gets one, and COPILOT_SPEECH__MODEL=NAME has it used."


def table(models: Sequence[SpeechModel], server_url: str | None) -> str:
    """A line for each model; `*` marks those that are set."""
    width = max(len(model.name) for model in models)
    lines = [_line(model, width) for model in models]
    if server_url is not None:
        lines.append(f"\nThe server at {server_url} transcribes, with models of its own; none of these is needed.")
    return "\n".join([*lines, "", HINT])


def fetched(name: str, fetch: Callable[[str], Path]) -> str:
    """Fetch a model, unless it is here; where it is now."""
    return f"{name} is in {fetch(name)}; COPILOT_SPEECH__MODEL={name} has it used."


def _line(model: SpeechModel, width: int) -> str:
    size = "" if model.to_fetch_mb is None else f"{model.to_fetch_mb:,} MB"
    languages = "English" if model.english_only else ""
    here = f"here, {model.here_mb:,} MB: {model.folder}" if model.folder else model.problem or ""
    told = "; ".join(said for said in (model.good_for, here) if said)
    return f"{'*' if model.is_set else ' '} {model.name:{width}}  {size:>8}  {languages:7}  {told}".rstrip()
