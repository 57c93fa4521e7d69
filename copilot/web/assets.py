"""The pages' own files: which modules a page needs, and how browsers keep them.

A page names its modules at once, so that its browser need not find them level by level.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from os import PathLike, stat_result
from pathlib import Path

from fastapi.staticfiles import StaticFiles
from starlette.responses import Response
from starlette.types import Scope

# `from "./x.js"` and `import "./x.js"`; types in comments and modules that come later are called: `import("./x.js")`.
_IMPORTED = re.compile(r"""\b(?:from|import)\s*["'](\.{1,2}/[^"']+)["']""")


def imported(entry: str, read: Callable[[str], str]) -> tuple[str, ...]:
    """The paths of what a module imports, and of what that imports, the nearest first; without the module itself.

    `read` gives the text of a module by its path. What is imported only when it is called for is left out.
    """
    found = {entry: None}
    waiting = [entry]
    for path in waiting:
        folder = posixpath.dirname(path)
        near = (posixpath.normpath(posixpath.join(folder, name)) for name in _IMPORTED.findall(read(path)))
        new = [name for name in dict.fromkeys(near) if name not in found]
        found.update(dict.fromkeys(new))
        waiting += new
    return tuple(found)[1:]


def modules_by_page(static: Path) -> dict[str, tuple[str, ...]]:
    """For every page's own module, `js/call.js` for the page `call`, what it imports."""

    def read(path: str) -> str:
        return (static / path).read_text(encoding="utf-8")

    entries = sorted((static / "js").glob("*.js"))
    return {entry.stem: imported(f"js/{entry.name}", read) for entry in entries}


class Assets(StaticFiles):
    """Files that browsers keep, and ask about before they use them again.

    Modules import one another by plain names, so a file that was used unasked could be of an earlier version than
    the one beside it.
    """

    def file_response(
        self, full_path: PathLike[str], stat_result: stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["Cache-Control"] = "no-cache"
        return response
