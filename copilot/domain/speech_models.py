"""A speech model that can be had by name, or that is set."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SpeechModel:
    """`to_fetch_mb`: as published, None where it is not known; `folder` and `here_mb` are None where it is not here.

    `problem` says what is wrong with one that is set and cannot be used.
    """

    name: str
    to_fetch_mb: int | None = None
    english_only: bool = False
    good_for: str = ""
    folder: str | None = None
    here_mb: int | None = None
    is_set: bool = False
    problem: str | None = None
