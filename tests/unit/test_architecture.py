"""Which way imports go: the core knows nothing of clocks, files, networks, or of what is built around it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "copilot"
IMPURE = {"asyncio", "io", "logging", "os", "pathlib", "random", "secrets", "threading", "time", "uuid"} | {
    *(
        "aiosqlite",
        "fastapi",
        "http",
        "socket",
        "sqlalchemy",
        "starlette",
        "subprocess",
        "urllib",
        "uvicorn",
        "websockets",
    )
}
MAY_IMPORT = {
    "domain": {"domain", "errors"},
    "analysis": {"analysis", "domain", "errors"},
    "review": {"review", "analysis", "domain", "errors"},
    "importers": {"importers", "domain", "errors"},
    "live": {"live", "analysis", "domain", "ports", "errors"},
    "adapters": {"adapters", "domain", "ports", "errors"},
    "afterwards": {"afterwards", "review", "analysis", "domain", "ports", "errors"},
    "web": {"web", "afterwards", "live", "review", "importers", "analysis", "domain", "ports", "errors"},
    "commands": {"commands", "web", "afterwards", "live", "review", "importers", "analysis", "domain"}
    | {"ports", "settings", "errors"},
}


def imports_of(file: Path) -> set[str]:
    """Every module that a file imports, at whatever place in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.update({node.module, *(f"{node.module}.{alias.name}" for alias in node.names)})
    return found


def modules(package: str) -> list[Path]:
    found = sorted((ROOT / package).rglob("*.py"))
    assert found
    return found


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_imports_go_one_way(package: str) -> None:
    allowed = MAY_IMPORT[package] | {"__version__"}
    astray = {
        f"{file.relative_to(ROOT)} imports {name}"
        for file in modules(package)
        for name in imports_of(file)
        if name.startswith("copilot.") and name.split(".")[1] not in allowed
    }

    assert astray == set()


@pytest.mark.parametrize("package", ["domain", "analysis", "review"])
def test_the_core_is_pure(package: str) -> None:
    allowed = {
        ("random", "analysis/scoring/figures.py"),  # drawn the same way every time
    }
    astray = {
        f"{file.relative_to(ROOT)} imports {name}"
        for file in modules(package)
        for name in imports_of(file)
        if name.split(".")[0] in IMPURE and (name.split(".")[0], str(file.relative_to(ROOT))) not in allowed
    }

    assert astray == set()


@pytest.mark.parametrize("package", ["domain", "analysis", "review"])
def test_the_core_never_asks_the_clock(package: str) -> None:
    """A day or a time is a value there, given by whoever calls."""
    asking = {
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for file in modules(package)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"now", "utcnow", "today"}
        if isinstance(node.value, ast.Name) and node.value.id in {"datetime", "date"}
    }

    assert asking == set()
