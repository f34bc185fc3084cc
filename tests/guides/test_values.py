"""Dates and durations as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.guides.layout.values import iso_date, iso_duration


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("February 1, 2026", "2026-02-01"),
        ("2026-06-08", "2026-06-08"),
        ("2026-6-8", "2026-06-08"),
        ("2026/06/08", "2026-06-08"),
        ("2026-06-08T21:15:00Z", "2026-06-08"),
        ("Apr 25, 2026", "2026-04-25"),
        ("apr. 25 2026", "2026-04-25"),
        ("1 March 2026", "2026-03-01"),
        ("1st of March, 2026", "2026-03-01"),
        ("Monday, December 1st, 2025", "2025-12-01"),
        ("Sept 3, 2024", "2024-09-03"),
        ("first on May 3, 2024, again on June 4, 2025", "2024-05-03"),
        ("2024-02-29", "2024-02-29"),
        ("2026-02-30", ""),
        ("2025-02-29", ""),
        ("February 31, 2026", ""),
        ("2026-13-01", ""),
        ("0000-01-01", ""),
        ("03/04/2026", ""),
        ("March 2026", ""),
        ("12026-01-01", ""),
        ("Mayfield 1, 2026", ""),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_dates(words: str, date: str) -> None:
    assert iso_date(words) == date


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("Sunday, 1 March 2026", "2026-03-01"),
        ("2026-06-08 10:30", "2026-06-08"),
        ("since 1 March 2026", ""),
        ("March 1, 2026 was a Sunday", ""),
    ],
)
def test_a_date_and_nothing_else(words: str, date: str) -> None:
    assert iso_date(words, whole=True) == date


@pytest.mark.parametrize(
    ("words", "duration"),
    [
        ("4h 25m", "PT4H25M"),
        ("4h25m", "PT4H25M"),
        ("1:02:03", "PT1H2M3S"),
        ("62:03", "PT1H2M3S"),
        ("59 mins 32 secs", "PT59M32S"),
        ("1 hour and 5 minutes", "PT1H5M"),
        ("2 hrs", "PT2H"),
        ("90 min", "PT1H30M"),
        ("~45 minutes long", "PT45M"),
        ("3723", "PT1H2M3S"),
        ("PT1H2M", "PT1H2M"),
        ("45", ""),
        ("0m", ""),
        ("1:99", ""),
        ("4 horses", ""),
        ("long", ""),
        ("", ""),
    ],
)
def test_durations(words: str, duration: str) -> None:
    assert iso_duration(words) == duration


@given(st.text())
def test_any_words_are_read_or_left(words: str) -> None:
    assert len(iso_date(words)) in (0, 10)
    assert iso_duration(words)[:2] in ("", "PT")


@given(st.dates())
def test_every_day_of_the_calendar(day: object) -> None:
    assert iso_date(str(day)) == str(day)


@given(st.integers(0, 99), st.integers(0, 59), st.integers(0, 59))
def test_every_clock(hours: int, minutes: int, seconds: int) -> None:
    by_clock = iso_duration(f"{hours}:{minutes:02}:{seconds:02}")
    assert by_clock == iso_duration(f"{hours}h {minutes}m {seconds}s")
    assert bool(by_clock) == bool(hours or minutes or seconds)
