"""The phrases of a concept as one regular expression: it finds what a plain list of them finds, the longest first."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citekit.lexicon import alternation, phrase_pattern, words

CONCEPTS = [
    ("people", "editor"),
    ("signals", "see"),
    ("short_forms", "cited"),
    ("web", "accessed"),
    ("kinds", "thesis"),
]
PHRASES = st.lists(st.text(alphabet="aAbBé.' ’", min_size=1, max_size=6), min_size=1, max_size=12)


def listed(phrases: list[str] | tuple[str, ...]) -> str:
    ordered = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return "(?:" + "|".join(phrase_pattern(phrase) for phrase in ordered) + ")"


def found(pattern: str, text: str, flags: re.RegexFlag) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(rf"(?<![^\W\d_]){pattern}(?![^\W\d_])", text, flags)]


@pytest.mark.parametrize("flags", [re.RegexFlag.NOFLAG, re.IGNORECASE])
@pytest.mark.parametrize(("category", "concept"), CONCEPTS)
def test_every_phrase_of_a_concept_is_found(category: str, concept: str, flags: re.RegexFlag) -> None:
    phrases = words(category, concept)
    for phrase in phrases:
        text = f"Weber, {phrase} 1922"
        assert found(alternation(phrases), text, flags) == found(listed(phrases), text, flags)
        assert re.fullmatch(alternation(phrases), phrase, flags)


def test_the_longest_phrase_comes_first_whatever_its_capitals() -> None:
    phrases = ["Hrsg.", "hrsg. von", "Herausgegeben von"]
    match = re.match(alternation(phrases), "Hrsg. von Max Weber", re.IGNORECASE)
    assert match is not None
    assert match.group() == "Hrsg. von"


@given(PHRASES, st.text(alphabet="aAbBé.' ’", max_size=16), st.sampled_from([re.RegexFlag.NOFLAG, re.IGNORECASE]))
def test_a_plain_list_finds_the_same(phrases: list[str], text: str, flags: re.RegexFlag) -> None:
    assert found(alternation(phrases), text, flags) == found(listed(phrases), text, flags)
