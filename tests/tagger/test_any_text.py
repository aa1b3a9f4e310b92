"""Whatever comes in, an answer comes out, with every field in its place."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import citekit
from benchmarks.any_text import LONG_LINES, answer, strings

NOTE = "Cfr. P. Levi, «La tregua», a cura di M. Belpoliti, Torino, Einaudi 1963, II, pp. 12-15, 48; 杨奎松：《革命》"
NASTY = st.text(
    alphabet=st.sampled_from("()[]{}«»“”„‘’\"'.,;:–-—…/\\ \t\u200f\u202e\u0000\ufeffaZé中ЖΩ1290ⅫIVX℀½①"), max_size=80
)


@st.composite
def injured(draw: st.DrawFn) -> str:
    """A note with pieces cut out, doubled, or replaced."""
    words = list(NOTE)
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(words)))
        end = draw(st.integers(start, min(len(words), start + 12)))
        words[start:end] = draw(st.sampled_from([list(""), words[start:end] * 2, list(draw(NASTY))]))
    return "".join(words).replace("\n", " ")


@settings(max_examples=200, deadline=None)
@given(injured() | NASTY | st.text(max_size=60))
def test_every_text_has_an_answer(text: str) -> None:
    for citation in citekit.parse(text):
        assert 0 <= citation.span.start < citation.span.end <= len(text)
        assert citation.text
        for name, spans in citation.field_spans.items():
            assert all(citation.span.start <= start < end <= citation.span.end for start, end in spans), name
            assert 0 <= citation.field_confidence[name] <= 1


@pytest.mark.parametrize("seed", range(8))
def test_an_injured_string_has_an_answer(seed: int) -> None:
    for text in strings(40, seed):
        assert isinstance(answer(text), tuple)


@pytest.mark.parametrize("line", LONG_LINES, ids=lambda line: repr(line[:8]))
def test_a_line_of_one_thing_has_an_answer(line: str) -> None:
    assert isinstance(answer(line[:2_000]), tuple)


@pytest.mark.parametrize(
    "text",
    ["Weber \ud800 1922", "\udfff", "Max Weber, Wirtschaft und Gesellschaft, T\udcfcbingen 1922, S. 17."],
)
def test_half_a_character_is_kept_where_it_stands(text: str) -> None:
    for citation in answer(text):
        assert citation.text in text
        assert json.dumps(dict(citation.item), ensure_ascii=False).encode("utf-8")


def test_a_year_in_the_digits_of_another_script_is_a_year() -> None:
    (citation,) = answer("毛泽东：《论持久战》，北京：人民出版社，１９５２年，第33页。")
    assert citation.item["issued"] == {"date-parts": [[1952]]}


@pytest.mark.parametrize(
    "text",
    [
        "(" * 10_000,
        "[" * 5_000 + "]" * 5_000,
        "«" * 10_000,
        "1 " * 10_000,
        "in " * 10_000,
        NOTE * 100,
        "a" * 100_000,
        ", " * 20_000,
    ],
    ids=["brackets", "pairs", "quotes", "numbers", "in", "notes", "a word", "commas"],
)
def test_long_lines_take_seconds(text: str) -> None:
    assert isinstance(citekit.parse(text), tuple)
