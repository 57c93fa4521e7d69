"""Forms with a file, read while they come in: nothing of a file is held that was not asked for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.exceptions import HTTPException
from starlette.requests import Request

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks  # only there for type checkers

LARGEST_FIELD = 64 * 1024
MOST_FIELDS = 50
WRITTEN_AT_ONCE = 1024 * 1024

Take = Callable[[str, bytes], Awaitable[None]]
"""Takes the next bytes of the file, with the file's name."""


@dataclass(slots=True)
class Form:
    """The fields in their order; `file` is the name of the file, or None where there was none."""

    fields: dict[str, list[str]] = field(default_factory=dict)
    file: str | None = None


def documented(schema: Mapping[str, Any]) -> dict[str, Any]:
    """A form as OpenAPI has it, for an operation that reads it by `read_form`."""
    return {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": schema}}}}


async def read_form(request: Request, take: Take, *, file_field: str) -> Form:
    """Read a multipart form, handing its one file on piece by piece. Raises HTTPException where it is none."""
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    if kind != b"multipart/form-data" or not options.get(b"boundary"):
        return Form()
    parts = _Parts(file_field)
    parser = MultipartParser(options[b"boundary"], parts.callbacks())
    try:
        async for chunk in request.stream():
            parser.write(chunk)
            if len(parts.waiting) >= WRITTEN_AT_ONCE:
                await _hand_on(parts, take)
        parser.finalize()
    except MultipartParseError as error:
        raise HTTPException(400, "the form is cut off or damaged") from error
    await _hand_on(parts, take)
    return parts.form


async def _hand_on(parts: _Parts, take: Take) -> None:
    if parts.form.file is not None and parts.waiting:
        waiting, parts.waiting = bytes(parts.waiting), bytearray()
        await take(parts.form.file, waiting)


class _Parts:
    """What the parser calls while it goes through a form."""

    def __init__(self, file_field: str) -> None:
        self.form = Form()
        self.waiting = bytearray()  # of the file
        self._file_field = file_field
        self._header = (bytearray(), bytearray())
        self._name = ""
        self._value = bytearray()
        self._is_file = False

    def callbacks(self) -> MultipartCallbacks:
        return {
            "on_part_begin": self._begin,
            "on_header_field": lambda data, start, end: self._header[0].extend(data[start:end]),
            "on_header_value": lambda data, start, end: self._header[1].extend(data[start:end]),
            "on_header_end": self._header_end,
            "on_part_data": self._data,
            "on_part_end": self._end,
        }

    def _begin(self) -> None:
        self._header = (bytearray(), bytearray())
        self._name, self._value, self._is_file = "", bytearray(), False

    def _header_end(self) -> None:
        name, value = bytes(self._header[0]), bytes(self._header[1])
        self._header = (bytearray(), bytearray())
        if name.lower() != b"content-disposition":
            return
        _, options = parse_options_header(value)
        self._name = options.get(b"name", b"").decode("utf-8", errors="replace")
        if self._name == self._file_field and b"filename" in options:
            if self.form.file is not None:
                raise HTTPException(400, "one file at a time, please")
            self._is_file = True
            self.form.file = options[b"filename"].decode("utf-8", errors="replace")

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._is_file:
            self.waiting.extend(data[start:end])
            return
        if len(self._value) + end - start > LARGEST_FIELD:
            raise HTTPException(413, f"the field {self._name!r} is too long")
        self._value.extend(data[start:end])

    def _end(self) -> None:
        if self._is_file:
            return
        if sum(map(len, self.form.fields.values())) >= MOST_FIELDS:
            raise HTTPException(413, f"the form has more than {MOST_FIELDS} fields")
        self.form.fields.setdefault(self._name, []).append(self._value.decode("utf-8", errors="replace"))
