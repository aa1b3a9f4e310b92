"""A citation is cut into words and marks, each in its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citekit.citations.tagger.features import features
from citekit.citations.tagger.tokens import LIMIT, tokens


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Weber, Max: 1922", ["Weber", ",", "Max", ":", "1922"]),
        ("S. 12f.", ["S", ".", "12", "f", "."]),
        ("杨奎松：《革命》", ["杨", "奎", "松", "：", "《", "革", "命", "》"]),
        ("Е. В. Тарле", ["Е", ".", "В", ".", "Тарле"]),
        ("한국사 연구", ["한국사", "연구"]),
        ("Łódź", ["Łódź"]),
        ("e\u0301t", ["e\u0301t"]),
        ("in: https://example.org/a(b)?c=1.", ["in", ":", "https://example.org/a(b)?c=1", "."]),
        ("doi:10.1000/182.", ["doi", ":", "10.1000/182", "."]),
        ("①", ["①"]),
        ("रामशरण शर्मा, पृ. 45", ["रामशरण", "शर्मा", ",", "पृ", ".", "45"]),
        ("زرین\u200cکوب، ص ۴۵", ["زرین\u200cکوب", "،", "ص", "۴۵"]),
    ],
)
def test_words_and_marks(text: str, words: list[str]) -> None:
    assert [text[start:end] for start, end, _ in tokens(text)] == words


@given(st.text(max_size=200))
def test_every_character_but_blanks_is_in_a_word(text: str) -> None:
    found = tokens(text)
    ends = [0, *(end for _, end, _ in found)]
    assert all(before <= start < end for before, (start, end, _) in zip(ends, found, strict=False))
    covered = {place for start, end, _ in found for place in range(start, end)}
    left = {char for place, char in enumerate(text) if place not in covered}
    assert all(char.isspace() or not char.isprintable() or not char.isalnum() for char in left)


@given(st.text(alphabet=st.sampled_from("aZé中„“()[]«».,;:–1 9年Ж\u0301\x00\u202e"), max_size=120))
def test_every_word_has_features(text: str) -> None:
    words = tokens(text)
    rows = features(text, words)
    assert len(rows) == len(words)
    assert all(row and all(row) for row in rows)


def test_a_text_without_end_is_cut() -> None:
    assert len(tokens("a " * (LIMIT + 10))) == LIMIT
