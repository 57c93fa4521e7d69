"""A made-up provider of language models in a process of its own, for programs that are started as users start them."""

from __future__ import annotations

import contextlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.acceptance.programs import PATIENCE_S, ROOT
from tests.provider import Play


@contextlib.contextmanager
def providing(folder: Path, answer: Mapping[str, Any], play: Play = "answer") -> Iterator[dict[str, str]]:
    """Gives the same answer to every request; yields the settings that name it."""
    answers = folder / "answers.jsonl"
    answers.write_text(json.dumps(answer) + "\n", encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, *f"-m tests.provider --port 0 --pause 0 --play {play} --answers".split(), answers],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        address = re.search(r"http://\S+", process.stdout.readline())
        assert address is not None
        names = {"MODEL": "made-up-small", "PROFILE": "compatible", "BASE_URL": address[0], "DEADLINE_S": "60"}
        yield {f"COPILOT_LLM__{name}": value for name, value in names.items()}
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE_S)
