"""What holds for every field, whatever its words: reading ends, and no word is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citekit.citations.dating import read_date
from citekit.citations.items import ItemReading, read_item
from citekit.citations.line import TaggedField
from citekit.citations.people import read_people
from citekit.formats import dumps
from citekit.lexicon import concepts

FIELDS = (
    "author", "editor", "translator", "contributor", "title", "container-title", "collection-title", "publisher",
    "publisher-place", "issued", "original-date", "accessed", "archive-date", "volume", "issue", "page", "locator",
    "edition", "URL", "DOI", "ISBN", "ISSN", "PMID", "number", "genre", "archive", "event-title", "translated-title",
    "original-title", "note", "unheard-of",
)  # fmt: skip
PIECES = st.sampled_from(
    [
        "Smith", "J.", "K. Lee", "van der", "García Márquez", "Ortega y Gasset", "Jr.", "III", "and", "&",
        "et al.", "u.a.", "и др.", "等", "Иванов", "И. И.", "杨奎松", "毛泽东", "译", "主编", "[美]", "(Hg.)", "ed. by",
        "a cura di", "dir.", "Ders.", "———", "Ministry of War", "1990", "1904/1930", "[1904]", "c. 1850",
        "um", "n.d.", "12 May", "May–June", "昭和12年", "MDCCXLIII", "1. Aufl.", "repr.", "?", "–", "-",
        "Bd. 12", "H. 3", "vol. 2", "no. 4", "12(3)", "n.s.", "第12卷", "第3期", "pp. 12–15", "hier S. 14",
        "XII, 345 p.", "fol. 3v", "Paris", "Mouton", "London:", "s.l.", "978-3-16-148410-0", "10.1000/a.b",
        "https://web.archive.org/web/2015/http://a.org/", "http://a.org/b", "«", "»", "“", "”", "《", "》",
        "(", ")", "[", "]", "/", ",", ";", ":", ".", "In:", "*", "_", "2nd ed.", "2. Aufl.",
    ]
)  # fmt: skip
phrases = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=10).map(" ".join))
languages = st.sampled_from([None, "en", "de", "it", "fr", "es", "pt", "ru", "zh", "ja", "hu"])
WORDS_OF_ROLES = {
    part.casefold()
    for listed in concepts("people").values()
    for phrases_of in listed.values()
    for phrase in phrases_of
    for part in re.findall(r"\w+", phrase)
}
WORD = re.compile(r"[^\W_]+")


def one(field: str, words: str, language: str | None) -> ItemReading:
    return read_item([TaggedField(field, 0, len(words))], words, language)


def values(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from values(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from values(inner)
    else:
        yield str(value)


def letters(text: str) -> str:
    return "".join(WORD.findall(text)).casefold()


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(FIELDS), phrases), max_size=6), languages)
def test_any_words_of_any_fields_are_read(parts: list[tuple[str, str]], language: str | None) -> None:
    text, fields = "", []
    for name, words in parts:
        fields.append(TaggedField(name, len(text), len(text) + len(words)))
        text += words + " "
    reading = read_item(fields, text, language)
    dumps([{"id": "x", "type": reading.kind, **reading.item}], "biblatex")
    for name in ("author", "editor", "translator", "contributor"):
        for person in reading.item.get(name, []):
            assert ("literal" in person) != ("family" in person)
            assert all(isinstance(part, str) and part.strip() for part in person.values())


@settings(deadline=None)
@given(
    st.sampled_from(("title", "publisher", "publisher-place", "number", "genre", "archive", "note")), phrases, languages
)
def test_fields_that_are_words_keep_all_of_them(field: str, words: str, language: str | None) -> None:
    reading = one(field, words, language)
    kept = letters(" ".join((*values(reading.item), *(doubt.words for doubt in reading.doubts))))
    for word in WORD.findall(words):
        assert word.casefold() in kept


@settings(deadline=None)
@given(phrases, languages)
def test_a_name_or_what_was_read_around_it_has_every_word(words: str, language: str | None) -> None:
    reading = one("author", words, language)
    known = read_people(words, language).read
    doubts = (doubt.words for doubt in reading.doubts)
    kept = letters(" ".join((*values(reading.item), *reading.scripts.values(), *known, *doubts)))
    for word in re.findall(r"[^\W\d_\u3040-\uffff]+", words):
        assert word.casefold() in kept or word.casefold() in WORDS_OF_ROLES


@settings(deadline=None)
@given(phrases, languages)
def test_what_is_no_date_keeps_its_words(words: str, language: str | None) -> None:
    reading = one("issued", words, language)
    if read_date(words, language).edtf is None and words.strip():
        kept = letters(" ".join(values(reading.item.get("issued", ""))))
        assert all(word.casefold() in kept for word in WORD.findall(words))


@settings(deadline=None)
@given(
    st.sampled_from(("volume", "issue", "edition", "page", "locator", "ISBN", "ISSN", "DOI", "URL", "PMID")), phrases
)
def test_every_digit_of_a_number_is_somewhere(field: str, words: str) -> None:
    reading = one(field, words, None)
    locator = reading.locator.value if reading.locator else ""
    kept = " ".join((*values(reading.item), locator, *(doubt.words for doubt in reading.doubts)))
    for digits in re.findall(r"[0-9]+", words):
        assert digits in kept


@pytest.mark.parametrize("field", FIELDS)
def test_long_words_are_read_in_time(field: str) -> None:
    for piece in ("Smith, J., ", "a b ", "12(3) ", "((((", "1990 ", "A. ", "vol. 1 ", "p. 1, ", "and ", "第1卷"):
        one(field, piece * 500, None)
