"""Spans that nest or cross become elements that only nest, and no character is lost."""

from __future__ import annotations

import re
from html import escape
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from citekit.annotation.marks import Mark, Writer

TEXT = "Weber & Söhne <1922>, S. 17f."
SPANS = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)), st.integers(0, 3))


def mark(number: int, start: int, end: int, rank: int) -> Mark:
    return Mark(start, end, rank, f"<b{number} id>", f"<b{number}>", f"</b{number}>", f"<tail{number}>")


def written(marks: list[Mark], cuts: list[int]) -> str:
    places = [0, *sorted(cuts), len(TEXT)]
    writer = Writer(marks, lambda start, end: escape(TEXT[start:end]))
    return "".join(writer.stretch(start, end) for start, end in pairwise(places))


@given(spans=st.lists(SPANS, max_size=8), cuts=st.lists(st.integers(0, len(TEXT)), max_size=3))
def test_elements_nest_and_the_words_stay(spans: list[tuple[int, int, int]], cuts: list[int]) -> None:
    marks = [mark(number, *span) for number, span in enumerate(spans)]
    page = written(marks, cuts)
    stack: list[str] = []
    for tag in re.findall(r"<(/?b\d+)(?: id)?>", page):
        if tag.startswith("/"):
            assert stack.pop() == tag[1:]
        else:
            stack.append(tag)
    assert stack == []
    assert re.sub(r"<[^>]*>", "", page) == escape(TEXT)
    for number, (start, end, _) in enumerate(spans):
        there = 1 if start < end else 0
        assert page.count(f"<b{number} id>") == page.count(f"<tail{number}>") == there


@given(spans=st.lists(SPANS, max_size=8))
def test_an_element_holds_just_the_words_of_its_span(spans: list[tuple[int, int, int]]) -> None:
    marks = [mark(number, *span) for number, span in enumerate(spans)]
    page = written(marks, [])
    for number, (start, end, _) in enumerate(spans):
        pieces = re.findall(rf"<b{number}(?: id)?>(.*?)</b{number}>", page)
        assert re.sub(r"<[^>]*>", "", "".join(pieces)) == escape(TEXT[start : max(start, end)])


def test_of_two_that_cross_the_outer_one_stays_whole() -> None:
    outer, inner = Mark(0, 5, 0, "<a>", "<a>", "</a>"), Mark(3, 8, 1, "<i id>", "<i>", "</i>", "!")
    writer = Writer([inner, outer], lambda start, end: "abcdefghij"[start:end])
    assert writer.stretch(0, 10) == "<a>abc<i id>de</i></a><i>fgh</i>!ij"


def test_a_mark_that_ends_in_the_white_space_between_two_stretches_has_its_tail() -> None:
    writer = Writer([Mark(2, 5, 0, "<a>", "<a>", "</a>", "!")], lambda start, end: "abcdefgh"[start:end])
    assert writer.stretch(0, 4, 6) + writer.stretch(6, 8) == "ab<a>cd</a>!gh"
