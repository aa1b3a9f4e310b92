"""The index's spelling of words, and the query language: whatever is typed is understood, and never SQLite's own."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citekit.store.search_query import Query, Term, read_query
from citekit.store.search_text import fold, placed_words


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        pytest.param("Życie codzienne w Łodzi", "zycie codzienne w lodzi", id="letters with strokes"),
        pytest.param("Straße, Œuvres, Þingvellir", "strasse oeuvres thingvellir", id="ligatures and old letters"),
        pytest.param("Mao’s «Great»—Leap", "mao s great leap", id="apostrophes, quotes and dashes divide"),
        pytest.param("杨继绳2008年", "杨 继 绳 2008 年", id="Chinese sign by sign, numbers whole"),
        pytest.param("ﾏｵ", "マ オ", id="half-width kana"),
        pytest.param("Осокина: чёрный май", "осокина черный май", id="Cyrillic: ё is е, й is a letter"),
        pytest.param("и\u0306од", "йод", id="й written in two signs"),
        pytest.param("Διδώ", "διδω", id="Greek accents"),
        pytest.param("Wirt\u00adschaft", "wirtschaft", id="a soft hyphen is nothing"),
    ],
)
def test_words_are_spelt_in_one_way(printed: str, folded: str) -> None:
    assert fold(printed) == folded


@given(st.text())
def test_placed_words_are_the_folded_words(text: str) -> None:
    assert [word.word for word in placed_words(text)] == fold(text).split()


@given(st.text())
def test_each_word_is_made_from_the_letters_at_its_place(text: str) -> None:
    for word in placed_words(text):
        assert word.word in fold(text[word.start : word.end])


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("yang 1959", Query((Term(("yang",)), Term(("1959",)))), id="words"),
        pytest.param('"great famine"', Query((Term(("great", "famine")),)), id="a phrase"),
        pytest.param("„Große Hungersnot“", Query((Term(("grosse", "hungersnot")),)), id="quotes of other countries"),
        pytest.param("famin*", Query((Term(("famin",), prefix=True),)), id="the beginning of a word"),
        pytest.param("famine -mao", Query((Term(("famine",)),), (Term(("mao",)),)), id="a word to leave out"),
        pytest.param('a -"b c"', Query((Term(("a",)),), (Term(("b", "c")),)), id="a phrase to leave out"),
        pytest.param("Saint-Simon", Query((Term(("saint", "simon")),)), id="a hyphen within a word divides it only"),
        pytest.param("墓碑", Query((Term(("墓", "碑")),)), id="two Chinese signs"),
        pytest.param('"never closed', Query((Term(("never", "closed")),)), id="a quotation goes to the end"),
        pytest.param("AND NEAR(", Query((Term(("and",)), Term(("near",)))), id="SQLite's words are words"),
        pytest.param(' " ( * - ', Query(), id="signs alone are nothing"),
    ],
)
def test_a_query_is_read_as_typed(typed: str, expected: Query) -> None:
    assert read_query(typed) == expected


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE words USING fts5(title, cited, tokenize='ascii')")
    yield connection
    connection.close()


@given(typed=st.text() | st.text(alphabet='ab"*-():^{}+ ANDORT\\'), text=st.text(alphabet="abcdeé 墓碑-"))
def test_no_query_is_a_syntax_error_and_finding_agrees_with_marking(
    index: sqlite3.Connection, typed: str, text: str
) -> None:
    query = read_query(typed)
    if query.wanted:
        index.execute("DELETE FROM words")
        index.execute("INSERT INTO words(title, cited) VALUES (?, '')", [fold(text)])
        for expression in (query.expression(), query.expression("title"), query.expression(without="title")):
            found = index.execute("SELECT count(*) FROM words WHERE words MATCH ?", [expression]).fetchone()[0]
            assert bool(found) == query.holds(placed_words(text))
