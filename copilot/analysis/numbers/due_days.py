"""The day that is meant by when something is due, in the words that people write."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from copilot.analysis.numbers.tokens import tokens_of
from copilot.analysis.numbers.words import read_number
from copilot.domain.days import plausible

_LONGEST = 80
_WEEKDAYS = {name[:3].lower(): n for n, name in enumerate(calendar.day_name)}
_MONTHS = {name[:3].lower(): n for n, name in enumerate(calendar.month_name) if n}
_WEEKDAY = "(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:,? (?P<year>\d{4}))?"
_AT = r"at(?! \d{1,2}\. ?\d{1,2}$)"  # "at 9.11" is a time of day
_LED_BY = re.compile(rf"^(?:(?:the(?= day after| end of)|no later than|by|on|{_AT}|before|until|till|due|latest) )+")
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_DOTTED = re.compile(r"(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})(?:\. ?(?P<year>\d{4}))?")
_NAMED = [
    re.compile(rf"(?:(?P<weekday>{_WEEKDAY}),? )?(?:the )?{_DATE}\.? (?:of )?(?P<month>{_MONTH}){_YEAR}"),
    re.compile(rf"(?:(?P<weekday>{_WEEKDAY}),? )?(?P<month>{_MONTH}) (?:the )?{_DATE}{_YEAR}"),
]
_ON_WEEKDAY = re.compile(rf"(?:(?P<next>next )|this (?:coming )?|(?:the )?coming )?(?P<weekday>{_WEEKDAY})")
_COUNTED = re.compile(
    r"(?:(?:in|within) )?(?P<count>\d{1,3}|[a-z]+(?:[ -][a-z]+)?)[ -](?P<unit>day|week|month)s?"
    r"(?:['’]? time| from now)?"
)
_END = re.compile(
    rf"end of (?:the )?(?:(?P<next>next )|this )?"
    rf"(?:(?P<stretch>week|month|quarter|year)|(?P<named>q[1-4]|{_MONTH})(?(next)|{_YEAR}))"
)
_END_OF_YEAR = re.compile(r"end of (?:the )?(?:year )?(?P<year>\d{4})")
_SHORT_ENDS = {"eow": "end of week", "eom": "end of month", "eoq": "end of quarter", "eoy": "end of year"}
_NEAR = {"today": 0, "tonight": 0, "eod": 0, "end of day": 0, "end of the day": 0}
_NEAR |= {"tomorrow": 1, "day after tomorrow": 2}
_LEAP_YEARS_APART = 4


def due_day(said: str, on: date) -> date | None:
    """The one day that `said` means for somebody who says it on the day `on`; None where it names none.

    Without a year it is the next such day. "Next Friday" is that of next week, and a week ends on its Friday, so
    at a weekend the end of the week is the next one's. A month or a quarter alone is no day, and neither is 3/12, which
    is another day in every other country.
    """
    words = " ".join(said.casefold().split()).rstrip(".!") if len(said) <= _LONGEST else ""
    words = _LED_BY.sub("", words)
    words = _SHORT_ENDS.get(words, words)
    try:
        found = _dated(words, on) or _counted_from(words, on) or _ending(words, on)
        return plausible(found) if found else None
    except (ValueError, OverflowError):  # the 31st of June; in 999 months
        return None


def _dated(words: str, on: date) -> date | None:
    """A day that is named by its number in a month."""
    numbered = _ISO.fullmatch(words) or _DOTTED.fullmatch(words)
    named = next((match for form in _NAMED if (match := form.fullmatch(words))), None)
    match = numbered or named
    if match is None:
        return None
    month = _MONTHS[match["month"][:3]] if named and not numbered else int(match["month"])
    number = int(match["day"])
    day = date(int(match["year"]), month, number) if match["year"] else _next(on, month, number)
    told = None if numbered else match["weekday"]
    return day if told is None or _WEEKDAYS[told[:3]] == day.weekday() else None


def _next(on: date, month: int, number: int) -> date:
    """Raises ValueError where no year has such a day."""
    for year in range(on.year, on.year + _LEAP_YEARS_APART + 1):
        if number <= calendar.monthrange(year, month)[1] and (day := date(year, month, number)) >= on:
            return day
    raise ValueError(f"month {month} has no day {number}")


def _counted_from(words: str, on: date) -> date | None:
    """A day that is named by how far away it is, or as a day of the week."""
    if words in _NEAR:
        return on + timedelta(days=_NEAR[words])
    if match := _ON_WEEKDAY.fullmatch(words):
        ahead = _WEEKDAYS[match["weekday"][:3]] - on.weekday()
        return on + timedelta(days=ahead + 7 if match["next"] or ahead <= 0 else ahead)
    match = _COUNTED.fullmatch(words)
    if match is None or (count := _count(match["count"])) is None:
        return None
    if match["unit"] != "month":
        return on + timedelta(days=count * (7 if match["unit"] == "week" else 1))
    year, month = _months_on(on, count)
    return date(year, month, min(on.day, calendar.monthrange(year, month)[1]))


def _count(said: str) -> int | None:
    if said in ("a", "an"):
        return 1
    tokens = tokens_of(said)
    number = read_number(tokens, 0)
    return int(number.value) if number and number.end == len(tokens) and number.value.is_integer() else None


def _months_on(on: date, count: int) -> tuple[int, int]:
    months = on.year * 12 + on.month - 1 + count
    return months // 12, months % 12 + 1


def _ending(words: str, on: date) -> date | None:
    """The last day of a stretch of time."""
    if match := _END_OF_YEAR.fullmatch(words):
        return date(int(match["year"]), 12, 31)
    match = _END.fullmatch(words)
    if match is None:
        return None
    if match["stretch"]:
        return _end_of(match["stretch"], on, later=bool(match["next"]))
    named, told = match["named"], match["year"]
    month = int(named[1]) * 3 if named[0] == "q" else _MONTHS[named[:3]]
    end = _last_of(int(told) if told else on.year, month)
    return end if told or end >= on else _last_of(on.year + 1, month)


def _end_of(stretch: str, on: date, *, later: bool) -> date:
    """The end of the stretch that `on` lies in, or of the one after it where `later`."""
    if stretch == "week":
        friday = on + timedelta(days=4 - on.weekday() + 7 * later)
        return friday if friday >= on else friday + timedelta(days=7)
    if stretch == "month":
        return _last_of(*_months_on(on, int(later)))
    if stretch == "quarter":
        return _last_of(*_months_on(on, 2 - (on.month - 1) % 3 + 3 * later))
    return date(on.year + later, 12, 31)


def _last_of(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
