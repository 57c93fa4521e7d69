"""Fields of JSON that somebody else wrote: what is missing, null or of another type is simply not there."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime

from copilot.domain.days import plausible

_NUMBER = re.compile(r"\s*[+-]?(?:\d{1,20}(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?\s*", re.ASCII)
_CLOCK = re.compile(r"\s*(?:(\d{1,4}):)?(\d{1,4}):(\d{1,2}(?:[.,]\d+)?)\s*", re.ASCII)
_DURATION = re.compile(r"\s*(\d{1,12}(?:\.\d+)?)s\s*", re.ASCII)
_ISO_DURATION = re.compile(
    r"\s*PT(?:(\d{1,6}(?:\.\d+)?)H)?(?:(\d{1,6}(?:\.\d+)?)M)?(?:(\d{1,9}(?:\.\d+)?)S)?\s*", re.ASCII
)
_FRACTION = re.compile(r"(?<=:\d\d)\.(\d+)", re.ASCII)
_LABEL = re.compile(r"\d{1,20}|[A-Za-z]", re.ASCII)
_LATEST_S = 1e10  # a count since 1970 beyond it is of milliseconds
_LONGEST_S = 1e6  # eleven days: a recording has no such times, a date or an id read by mistake does

Fields = Mapping[str, object]


def fields(value: object) -> Fields:
    """An object's fields; none where the value is no object."""
    return value if isinstance(value, dict) else {}


def elements(value: object) -> list[object]:
    """An array's elements; none where the value is no array."""
    return value if isinstance(value, list) else []


def records(value: object) -> list[Fields]:
    """Those elements of an array that are objects."""
    return [element for element in elements(value) if isinstance(element, dict)]


def documents(value: object) -> list[Fields]:
    """The objects of a file that holds one object, an array of them, or one a line."""
    return [value] if isinstance(value, dict) else records(value)


def within(value: object, *path: str | int) -> object | None:
    """What stands at a path of keys and positions, or None where it breaks off."""
    for step in path:
        if isinstance(step, str):
            value = fields(value).get(step)
        else:
            members = elements(value)
            value = members[step] if -len(members) <= step < len(members) else None
    return value


def first_of(record: Fields, *keys: str) -> object | None:
    """The first of several spellings of a field that is there and not null."""
    return next((record[key] for key in keys if record.get(key) is not None), None)


def string(value: object) -> str:
    """Text as it stands; a number as its digits; otherwise empty."""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(int(value)) if float(value).is_integer() else str(value)
    return ""


def name(value: object) -> str | None:
    """Text on one line, or None where there is none."""
    return " ".join(string(value).split()) or None


def number(value: object) -> float | None:
    """A finite number, whether it is written as one or as text."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        value = value if _NUMBER.fullmatch(value) else None
    if not isinstance(value, str | int | float):
        return None
    try:
        found = float(value)
    except OverflowError:
        return None
    return found if math.isfinite(found) else None


def seconds(value: object, unit_s: float = 1.0) -> float | None:
    """A time within a recording from a count of units of `unit_s` seconds; None where no recording has such a time."""
    count = number(value)
    if count is None or not 0 <= count * unit_s <= _LONGEST_S:
        return None
    return count * unit_s


def milliseconds(value: object) -> float | None:
    """A time within a recording, in seconds, from milliseconds."""
    return seconds(value, 0.001)


def clock_s(value: object) -> float | None:
    """Seconds from `[HH:]MM:SS[.fff]`, or from a plain number of seconds."""
    found = _CLOCK.fullmatch(string(value))
    if not found:
        return seconds(value)
    hours, minutes, secs = found.groups()
    return seconds(int(hours or 0) * 3600 + int(minutes) * 60 + float(secs.replace(",", ".")))


def duration_s(value: object) -> float | None:
    """Seconds from `"3.200s"`, `{"seconds": "3", "nanos": 200000000}`, `"PT3.2S"` or a plain number of seconds.

    An object without either part is zero: protocol buffers leave out what is zero.
    """
    if isinstance(value, dict):
        return seconds((number(value.get("seconds")) or 0.0) + (number(value.get("nanos")) or 0.0) / 1e9)
    text = string(value)
    if found := _DURATION.fullmatch(text):
        return seconds(found[1])
    if (iso := _ISO_DURATION.fullmatch(text)) and any(iso.groups()):
        hours, minutes, secs = (float(part or 0) for part in iso.groups())
        return seconds(hours * 3600 + minutes * 60 + secs)
    return seconds(value)


def instant_s(value: object) -> float | None:
    """Seconds since 1970 from an RFC 3339 time; without a zone it is taken as UTC."""
    text = _FRACTION.sub(lambda fraction: f".{fraction[1]:0<6.6}", string(value).strip())
    try:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None


def day(value: object) -> date | None:
    """The day of a date or time as ISO 8601 writes it, where it was written, or in UTC of a count since 1970.

    A count may be of seconds or milliseconds. None for any other value, and for a day that nobody can mean.
    """
    try:
        return plausible(date.fromisoformat(string(value)[:10]))
    except ValueError:
        pass
    count = number(value)
    if count is None or count <= 0:
        return None
    try:
        return plausible(datetime.fromtimestamp(count / 1000 if count > _LATEST_S else count, UTC).date())
    except (ValueError, OverflowError, OSError):
        return None


def speaker_label(value: object) -> str | None:
    """A speaker's name as it stands; a bare number or letter becomes `Speaker 0`, `Speaker A`."""
    label = name(value)
    return f"Speaker {label.upper()}" if label and _LABEL.fullmatch(label) else label


def nested_json(value: object) -> object:
    """JSON that was put into JSON as text, parsed; anything else as it stands."""
    if not isinstance(value, str) or not value.lstrip().startswith(("{", "[")):
        return value
    try:
        parsed: object = json.loads(value)
    except (ValueError, RecursionError):
        return value
    return parsed
