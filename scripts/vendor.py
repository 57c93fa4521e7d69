"""Copy the pages' JavaScript libraries from node_modules into copilot/web/static/vendor.

The pages load plain ES modules: bare import specifiers are rewritten to relative files, so nothing is bundled and
nothing is fetched from elsewhere at run time. Beside each stands where its types are, for the type checker. To upgrade:
change package.json, run `npm install` and `make vendor`, commit.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "copilot" / "web" / "static" / "vendor"
INSTALLED = ROOT / "node_modules"


@dataclass(frozen=True)
class Module:
    """One file of a package and the bare specifier by which others import it."""

    specifier: str
    inside: str
    file: str
    has_default: bool = False

    @property
    def types(self) -> str:
        exported = "{ default }" if self.has_default else "*"
        return f'export {exported} from "{self.specifier}";\n'


@dataclass(frozen=True)
class Package:
    name: str
    modules: tuple[Module, ...]

    @property
    def folder(self) -> Path:
        return INSTALLED / self.name

    @property
    def version(self) -> str:
        return str(json.loads((self.folder / "package.json").read_text(encoding="utf-8"))["version"])

    @property
    def licence_file(self) -> str:
        return f"LICENSE.{self.name.strip('@').replace('/', '-')}.txt"


PACKAGES = (
    Package(
        "preact",
        (
            Module("preact", "dist/preact.mjs", "preact.js"),
            Module("preact/hooks", "hooks/dist/hooks.mjs", "preact-hooks.js"),
        ),
    ),
    Package("htm", (Module("htm", "dist/htm.mjs", "htm.js", has_default=True),)),
    Package("@preact/signals-core", (Module("@preact/signals-core", "dist/signals-core.mjs", "signals-core.js"),)),
    Package("@preact/signals", (Module("@preact/signals", "dist/signals.mjs", "signals.js"),)),
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


def vendored(package: Package, files: dict[str, str]) -> list[str]:
    """Write the package's modules and licence; returns its rows for VENDORED.md."""
    rows = []
    licence = (package.folder / "LICENSE").read_text(encoding="utf-8")
    (VENDOR / package.licence_file).write_text(licence, encoding="utf-8")
    for module in package.modules:
        text = local_imports((package.folder / module.inside).read_text(encoding="utf-8"), files)
        (VENDOR / module.file).write_text(text, encoding="utf-8")
        (VENDOR / module.file).with_suffix(".d.ts").write_text(module.types, encoding="utf-8")
        digest = hashlib.sha256(text.encode()).hexdigest()[:16]
        rows.append(
            f"| `{module.file}` | {package.name} {package.version} | `{module.inside}` "
            f"| [{package.licence_file}]({package.licence_file}) | `{digest}` |"
        )
    return rows


def main() -> int:
    if not INSTALLED.exists():
        raise SystemExit("there is no node_modules: run `make vendor`, or `npm ci` first")
    VENDOR.mkdir(parents=True, exist_ok=True)
    files = {module.specifier: module.file for package in PACKAGES for module in package.modules}
    rows = [row for package in PACKAGES for row in vendored(package, files)]
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
