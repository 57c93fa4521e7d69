"""The speech models that can be had by name, what each is good for, and which of them are on this machine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from copilot.adapters.asr.models import located
from copilot.domain.speech_models import SpeechModel
from copilot.errors import NoSpeechModel

CATALOGUE = (
    SpeechModel("tiny.en", 75, english_only=True, good_for="the quickest, and the roughest"),
    SpeechModel("tiny", 75),
    SpeechModel("base.en", 145, english_only=True, good_for="to begin with, on a few cores"),
    SpeechModel("base", 145, good_for="to begin with, in other languages"),
    SpeechModel("small.en", 484, english_only=True, good_for="better; wants many cores or a GPU"),
    SpeechModel("small", 484, good_for="the same, in other languages"),
    SpeechModel("medium.en", 1530, english_only=True),
    SpeechModel("medium", 1530),
    SpeechModel("distil-large-v3", 1510, english_only=True),
    SpeechModel("turbo", 1620, good_for="on a GPU"),
    SpeechModel("large-v3", 3090, good_for="the most careful; on a GPU"),
)


def listed(own: Sequence[str]) -> list[SpeechModel]:
    """The catalogue, and before it what is set beside it. Raises NoSpeechModel where nothing can be looked for."""
    named = {model.name: model for model in CATALOGUE}
    others = [SpeechModel(name) for name in own if name not in named]
    return [_looked_for(replace(model, is_set=model.name in own)) for model in (*others, *CATALOGUE)]


def _looked_for(model: SpeechModel) -> SpeechModel:
    try:
        folder = located(model.name)
    except NoSpeechModel as problem:
        if not model.is_set:
            raise
        return replace(model, problem=str(problem))
    if folder is None or not (folder / "model.bin").is_file():
        return model
    return replace(model, folder=str(folder), here_mb=_size_mb(folder))


def _size_mb(folder: Path) -> int:
    return round(sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6)
