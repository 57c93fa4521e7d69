"""What is released: built, installed in an empty environment, and run from there."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

from tests.acceptance.programs import ROOT, copilot, environment

UV = Path(sys.executable).with_name("uv")


def uv(*arguments: str | Path) -> None:
    subprocess.run([UV, *arguments], cwd=ROOT, env=environment(), check=True, capture_output=True, timeout=300)


def test_the_wheel_runs_the_demo_in_an_empty_environment(tmp_path: Path) -> None:
    uv("build", "--wheel", "--out-dir", tmp_path)
    (wheel,) = tmp_path.glob("*.whl")
    uv("venv", "--python", sys.executable, tmp_path / "env")
    python = tmp_path / "env" / "bin" / "python"
    uv("pip", "install", "--python", python, "--require-hashes", "--requirement", "requirements.lock")
    uv("pip", "install", "--python", python, "--no-deps", wheel)

    done = copilot(
        "demo", "--speed", "1000", "--port", "0", "--exit", cwd=tmp_path, program=tmp_path / "env" / "bin" / "copilot"
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert "The panel is at" in done.stdout
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
    for folder in ("rubrics", "prompts", "fixtures/demo"):
        files = [p for p in (ROOT / folder).rglob("*") if p.is_file()]
        assert files
        assert {f"copilot/_bundled/{p.relative_to(ROOT).as_posix()}" for p in files} <= packed
    for folder in ("web/static", "web/templates", "commands/plots/templates"):
        files = [p for p in (ROOT / "copilot" / folder).rglob("*") if p.is_file()]
        assert files
        assert {p.relative_to(ROOT).as_posix() for p in files} <= packed
