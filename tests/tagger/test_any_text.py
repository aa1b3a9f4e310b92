"""Whatever comes in, an answer comes out, with every field in its place."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import citekit

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
