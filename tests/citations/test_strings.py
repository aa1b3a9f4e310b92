"""Lines of lists as `citekit parse` reads them: every case of strings.toml."""

from __future__ import annotations

import tomllib
from itertools import count
from pathlib import Path
from typing import Any

import pytest

import citekit

LINES = tomllib.loads((Path(__file__).parent / "strings.toml").read_text("utf-8"))["line"]


@pytest.mark.parametrize("line", [pytest.param(line, id=line["why"]) for line in LINES])
def test_a_line_as_printed(line: dict[str, Any]) -> None:
    citations = citekit.parse(line["text"])
    assert len(citations) == line["citations"]
    for name, value in line.get("fields", {}).items():
        spans = citations[0].field_spans.get(name, ())
        assert [line["text"][span.start : span.end] for span in spans] == [value]


def test_many_strings_are_read_as_one_by_one() -> None:
    texts = [line["text"] for line in LINES]
    assert list(citekit.parse_all(texts)) == [citekit.parse(text) for text in texts]


def test_the_same_string_twice_and_one_without_words_among_many() -> None:
    texts = ["Karl Roth, Salz, Jena 1900, S. 3", "", "Karl Roth, Salz, Jena 1900, S. 3", " ."]
    assert [len(citations) for citations in citekit.parse_all(texts)] == [1, 0, 1, 0]


def test_of_strings_without_end_the_first_are_read() -> None:
    endless = (f"Karl Roth, Salz, Jena {1800 + number % 100}" for number in count())
    first = next(citekit.parse_all(endless))
    assert first[0].item["issued"] == {"date-parts": [[1800]]}


@pytest.mark.parametrize("wrong", [None, b"Weber, Wirtschaft, 1922.", 5])
def test_what_is_no_text_is_a_type_error(wrong: Any) -> None:
    with pytest.raises(TypeError, match="takes text, not"):
        citekit.parse(wrong)
    with pytest.raises(TypeError, match="takes text, not"):
        list(citekit.parse_all([wrong]))


def test_one_string_is_not_read_letter_by_letter() -> None:
    with pytest.raises(TypeError, match="use parse"):
        citekit.parse_all("Weber, Wirtschaft, 1922.")
