"""The pages' own files, held in memory, under addresses that change whenever one of them does.

So browsers may keep them for good. Which modules a page needs is known too: a page names them at once, and its browser
need not find them level by level. A page that was open while the server was updated still asks under the addresses of
before; it gets the files of now, and learns from `Copilot-Pages` in any answer that it is to be loaded again.
"""

from __future__ import annotations

import hashlib
import mimetypes
import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

# `from "./x.js"` and `import "./x.js"`; types in comments and modules that come later are called: `import("./x.js")`.
_IMPORTED = re.compile(r"""\b(?:from|import)\s*["'](\.{1,2}/[^"']+)["']""")
_VERSIONED = re.compile(r"(?P<version>[0-9a-f]{16})/(?P<name>.+)")
_KEPT_FOR_GOOD = "private, max-age=31536000, immutable"
_ASKED_ABOUT = "no-cache"
_NOT_KEPT = "no-store"


class Assets:
    """Answers `/static/VERSION/PATH`, which browsers keep, and `/static/PATH`, which they ask about each time.

    What is asked for under another version is the file of now, which they do not keep.
    """

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = dict(files)
        self.version = _version(self._files)
        self._modules = modules_by_page(self._files)

    def address(self, path: str) -> str:
        """Where pages load this file from."""
        return f"/static/{self.version}/{path}"

    def modules(self, page: str) -> list[str]:
        """The addresses of what a page's own module imports; none for a page without one."""
        return [self.address(path) for path in self._modules.get(page, ())]

    async def answer(self, request: Request) -> Response:
        """The file that a request names."""
        path = request.path_params["path"]
        versioned = _VERSIONED.fullmatch(path)
        name = versioned["name"] if versioned else path
        content = self._files.get(name)
        if content is None:
            raise HTTPException(404)
        etag = f'"{self.version}"'
        headers = {"Cache-Control": self._kept(versioned["version"] if versioned else None), "ETag": etag}
        if etag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(content, media_type=_media_type(name), headers=headers)

    def _kept(self, version: str | None) -> str:
        if version is None:
            return _ASKED_ABOUT
        return _KEPT_FOR_GOOD if version == self.version else _NOT_KEPT


def read_files(folder: Path) -> dict[str, bytes]:
    """Every file in a folder and those within it, by its path there."""
    files = (file for file in sorted(folder.rglob("*")) if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def modules_by_page(files: Mapping[str, bytes]) -> dict[str, tuple[str, ...]]:
    """For every page's own module, `js/call.js` for the page `call`, what it imports."""
    entries = (path for path in files if re.fullmatch(r"js/[^/]+\.js", path))
    named = cache(lambda path: named_in(path, files[path].decode()))  # most modules are many pages'
    return {Path(entry).stem: imported(entry, named) for entry in entries}


def imported(entry: str, named: Callable[[str], Iterable[str]]) -> tuple[str, ...]:
    """The paths of what a module imports, and of what that imports, the nearest first; without the module itself.

    `named` gives the paths of what the module of a path itself imports.
    """
    found = {entry: None}
    waiting = [entry]
    for path in waiting:
        new = [name for name in named(path) if name not in found]
        found.update(dict.fromkeys(new))
        waiting += new
    return tuple(found)[1:]


def named_in(path: str, text: str) -> tuple[str, ...]:
    """The paths of what a module imports, each once, but for what it imports only when that is called for."""
    folder = posixpath.dirname(path)
    return tuple(dict.fromkeys(posixpath.normpath(posixpath.join(folder, name)) for name in _IMPORTED.findall(text)))


def _version(files: Mapping[str, bytes]) -> str:
    """The same for the same files."""
    digest = hashlib.sha256()
    for path, content in sorted(files.items()):
        digest.update(f"{path}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:16]


def _media_type(path: str) -> str:
    """Not the machine's own word for it: browsers refuse modules that are of another type."""
    known = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
    return known.get(posixpath.splitext(path)[1]) or mimetypes.guess_type(path)[0] or "application/octet-stream"
