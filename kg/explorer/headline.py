"""The words at the head of the page: what the graph is of, when, and who is in it."""

from __future__ import annotations

import re

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T.*)?")
_DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?")


def date_in_words(date: str) -> str:
    """Write an ISO 8601 date, whole or in part, in words; anything else as it is.

    >>> date_in_words("2026-02-01")
    '1 February 2026'
    """
    match = _DATE.fullmatch(date)
    if not match:
        return date
    year, month, day = match.groups()
    if month and not 1 <= int(month) <= 12:
        return date
    words = [str(int(day))] if day else []
    if month:
        words.append(_MONTHS[int(month) - 1])
    return " ".join([*words, year])


def duration_in_words(duration: str) -> str:
    """Write an ISO 8601 duration in hours and minutes; anything else as it is.

    >>> duration_in_words("PT4H25M")
    '4 h 25 min'
    """
    match = _DURATION.fullmatch(duration)
    if not match or not any(match.groups()):
        return duration
    days, hours, minutes, seconds = (int(value or 0) for value in match.groups())
    whole = (days * 24 + hours) * 60 + minutes + (1 if seconds >= 30 else 0)
    if not whole:
        return f"{seconds} s"
    return " ".join(
        f"{value} {unit}" for value, unit in ((whole // 60, "h"), (whole % 60, "min")) if value
    )
