"""`copilot export`: calls for other programs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Literal

from copilot.afterwards.exporting import Export, ManyForm, OneForm, Range
from copilot.domain.call import CallKind
from copilot.errors import UnusableInput, WorkFailed

Form = Literal["json", "csv", "markdown", "ndjson", "zip"]
_OF_ONE: dict[str, OneForm] = {"json": "json", "csv": "csv", "markdown": "markdown"}
_OF_MANY: dict[str, ManyForm] = {"ndjson": "ndjson", "csv": "csv", "zip": "zip"}


def asked_for(
    since: datetime | None, until: datetime | None, kind: str | None, account: str | None, *, demos: bool
) -> Range:
    """The options of the command as a range."""
    return Range(
        since=since.date() if since else None,
        until=until.date() if until else None,
        kind=CallKind(kind) if kind else None,
        account=account,
        demos=demos,
    )


def form_of_one(form: Form | None) -> OneForm:
    """Raises UnusableInput for a form that one call does not have."""
    if form is not None and form not in _OF_ONE:
        raise UnusableInput(f"one call is written as {', '.join(_OF_ONE)}; for {form}, leave CALL out")
    return _OF_ONE[form or "json"]


def form_of_many(form: Form | None, out: Path | None) -> ManyForm:
    """Raises UnusableInput for a form that many calls do not have, or that a terminal cannot show."""
    if form is not None and form not in _OF_MANY:
        raise UnusableInput(f"many calls are written as {', '.join(_OF_MANY)}; for {form}, name one CALL")
    if form == "zip" and out is None and sys.stdout.isatty():
        raise UnusableInput("a zip is nothing to look at; --out FILE says where to put it")
    return _OF_MANY[form or "ndjson"]


async def write_one(export: Export, call_id: str, form: OneForm, out: Path | None) -> None:
    """Write a call. Raises NoSuchCall and WorkFailed."""
    content = (await export.of_call(call_id, form)).encode()
    with _opened(out) as file:
        file.write(content)


async def write_many(export: Export, asked: Range, form: ManyForm, out: Path | None) -> None:
    """Write all calls of a range as they are read. Raises WorkFailed."""
    with _opened(out) as file:
        async for piece in export.of_many(asked, form):
            file.write(piece)


@contextmanager
def _opened(out: Path | None) -> Iterator[IO[bytes]]:
    """Where an export goes: a file, or standard output."""
    if out is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        with out.open("wb") as file:
            yield file
    except OSError as error:
        raise WorkFailed(f"cannot write {out}: {(error.strerror or 'not possible').lower()}") from error
