"""Dates and durations as guides write them, as ISO 8601."""

from __future__ import annotations

import re
from datetime import date

LONGEST_VALUE = 200
"""Characters of a line that are searched for a date or a duration."""

# Built from words, not strftime: the result must not depend on the locale.
_MONTHS = {
    name: number
    for number, name in enumerate(
        "jan feb mar apr may jun jul aug sep oct nov dec".split(),  # noqa: SIM905
        start=1,
    )
}
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>[0-9]{4})"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<![0-9-])(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})(?![0-9-])",
        rf"\b{_MONTH}\s+{_DAY},?\s+{_YEAR}\b",
        rf"\b{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}\b",
    )
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_CLOCK_OF_DAY = (
    r"(?:[T\s]\s*[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?\s*(?:Z|[+-][0-9:]{4,5})?)?"
)

_ISO_DURATION = re.compile(r"PT(?=[0-9])(?:([0-9]{1,4})H)?(?:([0-9]{1,5})M)?(?:([0-9]{1,6})S)?")
_CLOCK = re.compile(r"(?:([0-9]{1,3}):)?([0-9]{1,3}):([0-5][0-9])(?![0-9:])")
_UNITS = re.compile(
    r"(?:([0-9]{1,3})\s*(?:hours?|hrs?|h)(?![a-z])\.?[\s,]*(?:and\s+)?)?"
    r"(?:([0-9]{1,4})\s*(?:minutes?|mins?|m)(?![a-z])\.?[\s,]*(?:and\s+)?)?"
    r"(?:([0-9]{1,5})\s*(?:seconds?|secs?|s)(?![a-z])\.?)?",
    re.IGNORECASE,
)
_SECONDS = re.compile(r"[0-9]{3,5}")
_SHORTEST_IN_SECONDS = 600


def iso_date(words: str, *, whole: bool = False) -> str:
    """Return the first date in the words as ``YYYY-MM-DD``, or an empty string.

    Months are read in English. A date that no calendar has gives an empty string, and so does one
    that leaves open which number is the month. With ``whole`` the words must be a date and
    nothing else, a weekday and a time of day aside.

    >>> iso_date("February 1, 2026"), iso_date("1 March 2026"), iso_date("2026-02-30")
    ('2026-02-01', '2026-03-01', '')
    """
    words = words.strip()[:LONGEST_VALUE]
    found = [match for pattern in _DATES if (match := pattern.search(words))]
    if not found:
        return ""
    match = min(found, key=re.Match.start)
    if whole:
        before, after = words[: match.start()], words[match.end() :]
        weekday = re.fullmatch(_WEEKDAY, before, re.IGNORECASE)
        if weekday is None or re.fullmatch(_CLOCK_OF_DAY, after) is None:
            return ""
    month = match["month"]
    number = int(month) if month.isdecimal() else _MONTHS[month[:3].lower()]
    try:
        return date(int(match["year"]), number, int(match["day"])).isoformat()
    except ValueError:
        return ""


def iso_duration(words: str, *, whole: bool = False) -> str:
    """Return the duration with which the words begin as ISO 8601, or an empty string.

    A number alone counts seconds, as feeds write it, if that makes ten minutes or more; shorter
    ones leave the unit open. With ``whole`` nothing may follow.

    >>> iso_duration("4h 25m"), iso_duration("1:02:03"), iso_duration("59 mins 32 secs")
    ('PT4H25M', 'PT1H2M3S', 'PT59M32S')
    """
    words = words.strip()[:LONGEST_VALUE].lstrip("~≈ ")
    for pattern in (_ISO_DURATION, _CLOCK, _UNITS):
        match = pattern.match(words)
        if match is None or not match.group():
            continue
        if whole and words[match.end() :].strip():
            continue
        hours, minutes, seconds = (int(part or 0) for part in match.groups())
        return _iso(hours * 3600 + minutes * 60 + seconds)
    if _SECONDS.fullmatch(words) and int(words) >= _SHORTEST_IN_SECONDS:
        return "" if whole else _iso(int(words))
    return ""


def _iso(seconds: int) -> str:
    parts = ((seconds // 3600, "H"), (seconds // 60 % 60, "M"), (seconds % 60, "S"))
    stated = "".join(f"{number}{unit}" for number, unit in parts if number)
    return f"PT{stated}" if stated else ""
