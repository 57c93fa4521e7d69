"""Fetch the pages' JavaScript libraries from npm, by pinned version, into copilot/web/static/vendor.

The pages load plain ES modules: bare import specifiers are rewritten to relative files, so nothing is bundled and
nothing is fetched from elsewhere at run time. To upgrade: change PACKAGES, run `python scripts/vendor.py`, commit.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

VENDOR = Path(__file__).resolve().parent.parent / "copilot" / "web" / "static" / "vendor"


@dataclass(frozen=True)
class Module:
    """One file of a package and the bare specifier by which others import it."""

    specifier: str
    inside: str
    file: str


@dataclass(frozen=True)
class Package:
    name: str
    version: str
    modules: tuple[Module, ...]

    @property
    def licence_file(self) -> str:
        return f"LICENSE.{self.name.strip('@').replace('/', '-')}.txt"


PACKAGES = (
    Package(
        "preact",
        "10.29.8",
        (
            Module("preact", "dist/preact.mjs", "preact.js"),
            Module("preact/hooks", "hooks/dist/hooks.mjs", "preact-hooks.js"),
        ),
    ),
    Package("htm", "3.1.1", (Module("htm", "dist/htm.mjs", "htm.js"),)),
    Package(
        "@preact/signals-core", "1.14.5", (Module("@preact/signals-core", "dist/signals-core.mjs", "signals-core.js"),)
    ),
    Package("@preact/signals", "2.11.4", (Module("@preact/signals", "dist/signals.mjs", "signals.js"),)),
)

_IMPORT = re.compile(r"""(?P<lead>\bfrom\s*|\bimport\s*)(?P<quote>["'])(?P<specifier>[^"'./][^"']*)(?P=quote)""")
_SOURCE_MAP = re.compile(r"\n?//# sourceMappingURL=\S+\s*$")


def local_imports(source: str, files: dict[str, str]) -> str:
    """`source` with every bare specifier replaced by its vendored file; an unknown one is an error."""

    def to_file(match: re.Match[str]) -> str:
        specifier = match["specifier"]
        if specifier not in files:
            raise SystemExit(f"nothing vendored provides {specifier!r}; add it to PACKAGES")
        return f"{match['lead']}{match['quote']}./{files[specifier]}{match['quote']}"

    return _SOURCE_MAP.sub("", _IMPORT.sub(to_file, source)).rstrip() + "\n"


def download(package: Package, into: Path) -> Path:
    """The package's archive, as `npm pack` fetches and checks it."""
    done = subprocess.run(  # noqa: S603  # the arguments are this file's constants
        ["npm", "pack", "--silent", f"{package.name}@{package.version}"],  # noqa: S607
        cwd=into,
        check=True,
        capture_output=True,
        text=True,
    )
    return into / done.stdout.split()[-1]


def member(archive: tarfile.TarFile, name: str) -> str:
    found = archive.extractfile(f"package/{name}")
    if found is None:
        raise SystemExit(f"the archive has no {name}")
    return found.read().decode("utf-8")


def vendored(package: Package, files: dict[str, str], work: Path) -> list[str]:
    """Write the package's modules and licence; returns its rows for VENDORED.md."""
    rows = []
    with tarfile.open(download(package, work)) as archive:
        (VENDOR / package.licence_file).write_text(member(archive, "LICENSE"), encoding="utf-8")
        for module in package.modules:
            text = local_imports(member(archive, module.inside), files)
            (VENDOR / module.file).write_text(text, encoding="utf-8")
            digest = hashlib.sha256(text.encode()).hexdigest()[:16]
            rows.append(
                f"| `{module.file}` | {package.name} {package.version} | `{module.inside}` "
                f"| [{package.licence_file}]({package.licence_file}) | `{digest}` |"
            )
    return rows


def main() -> int:
    VENDOR.mkdir(parents=True, exist_ok=True)
    files = {module.specifier: module.file for package in PACKAGES for module in package.modules}
    with tempfile.TemporaryDirectory() as work:
        rows = [row for package in PACKAGES for row in vendored(package, files, Path(work))]
    head = [
        "# Vendored modules",
        "",
        "Written by `scripts/vendor.py`; not edited by hand. Import specifiers are made relative and references to",
        "source maps are dropped; the code is otherwise as published.",
        "",
        "| file | package | from | licence | sha256, first 16 |",
        "| --- | --- | --- | --- | --- |",
    ]
    (VENDOR / "VENDORED.md").write_text("\n".join([*head, *rows]) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
