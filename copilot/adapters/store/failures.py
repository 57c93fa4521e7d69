"""What a database says when it fails, as one sentence for a user."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from copilot.errors import StoreUnavailable


@contextlib.contextmanager
def told_in_a_sentence() -> Iterator[None]:
    """Whatever the database says becomes one sentence for a user."""
    try:
        yield
    except IntegrityError as error:
        raise StoreUnavailable("the call was written to from elsewhere") from error
    except DBAPIError as error:
        raise StoreUnavailable(_reason(str(error.orig))) from error
    except OSError as error:
        raise StoreUnavailable(_reason(error.strerror or str(error))) from error
    except SQLAlchemyError as error:
        raise StoreUnavailable(_reason(str(error))) from error


def _reason(message: str) -> str:
    lowered = message.lower()
    if "full" in lowered or "no space" in lowered:
        return "the disk is full"
    if "locked" in lowered:
        return "the database is locked by another program"
    if "readonly" in lowered or "read-only" in lowered:
        return "the database cannot be written to"
    if "unable to open" in lowered or "permission denied" in lowered:
        return "the database file cannot be opened"
    return message.splitlines()[0] if message else "the database does not answer"
