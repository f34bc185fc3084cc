from __future__ import annotations

import json

import pytest

from kg.explorer.encoding import Utf16Offsets, script_json
from kg.explorer.headline import date_in_words, duration_in_words
from tests.explorer.hostile import ATTACKS


@pytest.mark.parametrize("text", ["", "plain", "a😀b", "😀😀", "é😀ü🎙z", "\u2028"])
def test_offsets_count_utf16_units(text: str) -> None:
    offset = Utf16Offsets(text)
    for index in range(len(text) + 1):
        assert offset(index) == len(text[:index].encode("utf-16-le")) // 2


@pytest.mark.parametrize("attack", ATTACKS)
def test_json_in_a_script_cannot_end_it(attack: str) -> None:
    written = script_json({attack: [attack]})
    assert not set("<>&\u2028\u2029") & set(written)
    assert json.loads(written) == {attack: [attack]}


def test_json_refuses_what_javascript_cannot_read() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        script_json(float("nan"))


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2026-02-01", "1 February 2026"),
        ("2026-12-31T10:00:00Z", "31 December 2026"),
        ("2025-01", "January 2025"),
        ("1999", "1999"),
        ("2026-13-01", "2026-13-01"),
        ("soon", "soon"),
        ("", ""),
    ],
)
def test_dates_are_written_in_words(date: str, words: str) -> None:
    assert date_in_words(date) == words


@pytest.mark.parametrize(
    ("duration", "words"),
    [
        ("PT4H25M", "4 h 25 min"),
        ("PT1H", "1 h"),
        ("PT45M", "45 min"),
        ("PT59M31S", "1 h"),
        ("PT12S", "12 s"),
        ("P1DT1H", "25 h"),
        ("P", "P"),
        ("an hour", "an hour"),
    ],
)
def test_durations_are_written_in_hours_and_minutes(duration: str, words: str) -> None:
    assert duration_in_words(duration) == words
