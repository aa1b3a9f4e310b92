"""What reaches a terminal, and what programs read."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citekit.cli.streams import json_line, printable
from citekit.cli.wording import counted, field_words, line_and_column, one_line, reference

ANYTHING = st.text(alphabet=st.characters(categories=None), max_size=80)


@given(text=ANYTHING)
def test_printable_text_steers_no_terminal(text: str) -> None:
    shown = printable(text)
    assert len(shown) == len(text)
    assert all(unicodedata.category(char) not in ("Cc", "Zl", "Zp") or char in "\t\n" for char in shown)


@given(text=ANYTHING)
def test_one_line_is_one_line(text: str) -> None:
    assert len(one_line(text, 20)) <= 20
    assert one_line(text).splitlines() in ([], [one_line(text)])


@given(text=ANYTHING)
def test_json_is_one_line_and_says_the_same(text: str) -> None:
    line = json_line({"text": text})
    assert len(line.splitlines()) == 1
    assert json.loads(line) == {"text": text}
    written = line.encode("utf-8", errors="backslashreplace")  # as standard output does
    assert json.loads(written) == {"text": text}


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (
            {"author": [{"family": "Weber", "given": "Max"}], "title": "Politik", "issued": {"date-parts": [[1919]]}},
            "Weber, Max, Politik, 1919",
        ),
        (
            {"author": [{"family": name} for name in "ABCD"], "title": "T", "container-title": "K"},
            "A; B; C et al., T, in K",
        ),
        ({"author": [{"non-dropping-particle": "van", "family": "Dijk", "given": "J."}]}, "van Dijk, J."),
        ({"editor": [{"literal": "CIA"}], "title": "Report", "issued": {"raw": "um 1790"}}, "CIA, Report, um 1790"),
        ({"title": "T", "issued": {"date-parts": [[1958, 1], [1960]]}}, "T, 1958-1960"),
        ({"URL": "https://example.org/"}, "https://example.org/"),
        ({}, "(untitled)"),
        ({"author": "not CSL", "title": None, "issued": 1919}, "1919"),
        ({"title": "evil\x1b[2J title"}, "evil␛[2J title"),
    ],
)
def test_a_work_in_a_few_words(item: dict[str, object], words: str) -> None:
    assert reference(item) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("Tübingen", "Tübingen"),
        (3, "3"),
        ([{"family": "Weber", "given": "Max"}, {"literal": "CIA"}], "Weber, Max; CIA"),
        ({"date-parts": [[2007, 8]]}, "2007-08"),
        ({"date-parts": [[1958], [1960]]}, "1958/1960"),
        ({"literal": "um 1790"}, "um 1790"),
    ],
)
def test_a_field_in_words(value: object, words: str) -> None:
    assert field_words(value) == words


@pytest.mark.parametrize(("offset", "place"), [(0, (1, 1)), (2, (1, 3)), (3, (2, 1)), (5, (3, 1)), (6, (3, 2))])
def test_line_and_column_count_from_one(offset: int, place: tuple[int, int]) -> None:
    assert line_and_column("ab\nc\nde", offset) == place


def test_counted() -> None:
    assert [counted(number, "note") for number in (0, 1, 1204)] == ["0 notes", "1 note", "1,204 notes"]
