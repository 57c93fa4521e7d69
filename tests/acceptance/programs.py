"""The real program, started as its users start it."""

from __future__ import annotations

import contextlib
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from copilot.main import run

ROOT = Path(__file__).parents[2]
COPILOT = Path(sys.executable).with_name("copilot")
PATIENCE_S = 100  # a loaded machine reads a few thousand utterances in that time; a test has 120


def environment(**variables: str) -> dict[str, str]:
    """Ours, less every setting of the program that the machine may have."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COPILOT_")}
    return {**kept, "PYTHONUNBUFFERED": "1", **variables}


def copilot(
    *arguments: str | Path,
    cwd: Path = ROOT,
    program: Path = COPILOT,
    settings: Mapping[str, str] | None = None,
    **variables: str,
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        [program, *arguments],
        cwd=cwd,
        env=environment(**(settings or {}), **variables),
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        stdin=subprocess.DEVNULL,
        check=False,
    )


def copilot_here(
    *arguments: str | Path, cwd: Path = ROOT, settings: Mapping[str, str] | None = None, **variables: str
) -> subprocess.CompletedProcess[str]:
    """The same in this process: most of what a command does needs no start of its own, which takes a second or two."""
    out, told = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    with (
        pytest.MonkeyPatch.context() as patch,
        Path(os.devnull).open(encoding="utf-8") as nobody,
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(told),
    ):
        for name in [name for name in os.environ if name.startswith("COPILOT_")]:
            patch.delenv(name)
        for name, value in {**(settings or {}), **variables}.items():
            patch.setenv(name, value)
        patch.setattr(sys, "stdin", nobody)
        patch.chdir(cwd)
        status = run([str(argument) for argument in arguments])
    return subprocess.CompletedProcess(arguments, status, *(_text_of(stream) for stream in (out, told)))


def _text_of(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


@dataclass(frozen=True, slots=True)
class Serving:
    """`copilot serve` that answers: its printed link, and what it has written so far."""

    link: str
    process: subprocess.Popen[str]
    output: Path

    @property
    def address(self) -> str:
        return self.link.split("/?")[0]

    @property
    def token(self) -> str:
        return self.link.split("token=")[1]

    def asks(self, method: str, path: str, **given: Any) -> Any:
        """What the API answers, which has to be a yes."""
        headers = {"Authorization": f"Bearer {self.token}"}
        answer = httpx.request(method, f"{self.address}{path}", headers=headers, trust_env=False, timeout=60, **given)
        return answer.raise_for_status().json()

    def kill(self) -> None:
        """As when the plug is pulled."""
        self.process.kill()
        self.process.wait(PATIENCE_S)


@contextlib.contextmanager
def serving(data: Path, *, port: int = 0, settings: Mapping[str, str] | None = None) -> Iterator[Serving]:
    command = (COPILOT, "serve", "--port", str(port), "--data", data)
    with started(*command, output=data.with_suffix(".log"), settings=settings) as it:
        yield it


@contextlib.contextmanager
def demo_account(folder: Path) -> Iterator[Serving]:
    """A server with the bundled account in it."""
    with started(COPILOT, "demo", "--account", "--stay", "--port", "0", output=folder / "demo.log") as it:
        yield replace(it, link=f"{it.link.split('/accounts/')[0]}/?token={it.token}")


@contextlib.contextmanager
def started(
    *command: str | Path, output: Path, cwd: Path | None = None, settings: Mapping[str, str] | None = None
) -> Iterator[Serving]:
    """A program that prints its server's address first; it runs where its output is, or in `cwd`."""
    with output.open("a", encoding="utf-8") as log:
        process = subprocess.Popen(
            command,
            cwd=cwd or output.parent,
            env=environment(**(settings or {})),
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        try:
            assert process.stdout is not None
            first = process.stdout.readline()
            link = re.search(r"http://\S+", first)
            assert link, f"no address in {first!r}; {output.read_text()}"
            yield Serving(link[0], process, output)
        finally:
            process.terminate()
            process.wait(PATIENCE_S)
            process.communicate()
