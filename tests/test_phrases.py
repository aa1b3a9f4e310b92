"""The phrases of a concept as one regular expression: it finds what a plain list of them finds, the longest first."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citekit.lexicon import alternation, opening, phrase_pattern, sought, words

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


@pytest.mark.parametrize(("category", "concept"), CONCEPTS)
def test_a_phrase_is_never_passed_over(category: str, concept: str) -> None:
    phrases = words(category, concept)
    search = sought(rf"(?<![^\W\d_]){alternation(phrases)}(?![^\W\d_])", phrases, flags=re.IGNORECASE)
    for phrase in phrases:
        for printed in (phrase, phrase.upper(), phrase.replace("'", "’"), phrase.replace(" ", "\n "), f"12{phrase}34"):
            for text in (f"Weber, {printed} 1922", f"({printed})", f"S.{printed},"):
                assert (search.search(text) is None) == (search.pattern.search(text) is None), text


@given(PHRASES, st.text(alphabet="aAbBé.' ’1İ", max_size=16), st.booleans())
def test_asking_first_changes_nothing(phrases: list[str], text: str, whole: bool) -> None:
    phrases = [phrase for phrase in phrases if phrase.strip()] or ["a"]
    behind = r"(?![^\W\d_])" if whole else ""
    search = sought(rf"(?<![^\W\d_]){alternation(phrases)}{behind}", phrases, flags=re.IGNORECASE, whole=whole)
    assert [match.span() for match in search.finditer(text)] == [
        match.span() for match in search.pattern.finditer(text)
    ]


def test_a_concept_is_not_sought_where_none_of_its_words_is() -> None:
    signals = words("signals", "see")
    search = sought(alternation(signals), signals)
    assert not search.presence.possible("Max Weber, Wirtschaft und Gesellschaft, Tübingen 1922")
    assert search.presence.possible("Anders (siehe Weber, Wirtschaft und Gesellschaft)")


@pytest.mark.parametrize(("category", "concept"), CONCEPTS)
def test_a_phrase_at_the_head_is_never_passed_over(category: str, concept: str) -> None:
    phrases = words(category, concept)
    head = opening(rf"{alternation(phrases)}(?![^\W\d_])", phrases, flags=re.IGNORECASE)
    for phrase in phrases:
        for printed in (phrase, phrase.upper(), phrase.replace("'", "’"), phrase.replace(" ", "\n ")):
            for text, place in ((f"{printed} 1922", 0), (f"Weber, {printed}", 7)):
                assert (head.match(text, place) is None) == (head.pattern.match(text, place) is None), text


@given(PHRASES, st.text(alphabet="aAbBé.' ’1İ", max_size=16))
def test_asking_the_first_letters_first_changes_nothing(phrases: list[str], text: str) -> None:
    phrases = [phrase.strip() for phrase in phrases if phrase.strip()] or ["a"]
    head = opening(alternation(phrases), phrases, flags=re.IGNORECASE)
    assert (head.match(text) is None) == (head.pattern.match(text) is None)
    assert (head.fullmatch(text) is None) == (head.pattern.fullmatch(text) is None)


def test_what_begins_with_no_phrase_is_not_looked_at_closely() -> None:
    ibid = words("short_forms", "ibid")
    head = opening(alternation(ibid), ibid, flags=re.IGNORECASE)
    assert head.match("Max Weber, Wirtschaft und Gesellschaft") is None
    assert "pattern" not in vars(head)
    assert head.match("Ibidem, 33") is not None
