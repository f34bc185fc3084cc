"""Text that reaches a terminal."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.cli.printing import printable, table, width


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain – “text” 🎙 北京", "plain – “text” 🎙 北京"),
        ("\x1b[31mred\x07", "\\x1b[31mred\\x07"),
        ("over\rwritten\nnext\tcell", "over written next cell"),
        ("right\u202eot tfel", "right\\u202eot tfel"),
        ("\x9b2J", "\\x9b2J"),
        ("half \ud800", "half \\ud800"),
        ("  edges  ", "edges"),
    ],
)
def test_text_has_no_effect_but_to_be_read(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(st.text())
def test_nothing_that_commands_a_terminal_is_left(text: str) -> None:
    shown = printable(text)
    assert not {unicodedata.category(character) for character in shown} & {"Cc", "Cs", "Zl", "Zp"}
    assert not any(unicodedata.bidirectional(c) in ("LRO", "RLO", "RLI", "PDI") for c in shown)
    shown.encode("utf-8")


def test_columns_are_aligned_whatever_their_script() -> None:
    shown = table(("name", "n"), [("北京", "1"), ("e\u0301a", "22"), ("long name", "")])
    assert shown.splitlines() == [
        "name       n",
        "─────────  ──",
        "北京       1",
        "e\u0301a         22",
        "long name",
    ]
    assert width("北京") == 4
    assert width("e\u0301") == 1


def test_table_without_rows_is_its_head() -> None:
    assert table(("a", "bc"), []) == "a  bc\n─  ──"
