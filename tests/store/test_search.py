"""Searching: all words in one record, any script, filters; the index follows every change."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from citekit.store import Store, following, migration
from citekit.store import connection as opening
from citekit.store.search import Filters, Kind

from .conftest import Write
from .dump import dump

Open = Callable[..., Store]

FAMINE = """Yang, Jisheng; Mubei 墓碑：中国六十年代大饥荒纪实; 2008; p. 12
Dikötter, Frank; Mao's Great Famine; 2010; Łódź; https://famine.example/x + Осокина, Е.; За фасадом изобилия; 1998
Ibid.; p. 77 The events of 1959 are central here; p. 9
@The winter of 1960 was cold; Kälte; 1961"""


@pytest.fixture
def store(open_store: Open, write: Write) -> Store:
    opened = open_store()
    opened.add(write("famine.txt", FAMINE), write("other.txt", "Weber, M.; Wirtschaft und Gesellschaft; 1922; p. 3"))
    return opened


def titles(store: Store, query: str, **more: object) -> list[str]:
    found = store.search(query, kinds=[Kind.WORK], filters=Filters(**more))  # type: ignore[arg-type]
    return [str(hit.item["title"]).split()[0] for hit in found.hits if hit.item]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("mubei", ["Mubei"], id="a word of the title"),
        pytest.param("墓", ["Mubei"], id="one Chinese sign"),
        pytest.param("墓碑", ["Mubei"], id="two"),
        pytest.param("大饥荒", ["Mubei"], id="three, inside a run"),
        pytest.param("墓荒", [], id="signs that do not follow each other"),
        pytest.param("dikotter", ["Mao's"], id="accents do not matter"),
        pytest.param("DIKÖTTER", ["Mao's"], id="nor do capitals"),
        pytest.param("lodz", ["Mao's"], id="nor strokes"),
        pytest.param("ИЗОБИЛИЯ осокина", ["За"], id="Cyrillic"),
        pytest.param("yang 2008", ["Mubei"], id="name and year"),
        pytest.param('"great famine"', ["Mao's"], id="a phrase"),
        pytest.param('"famine great"', [], id="a phrase in another order"),
        pytest.param("wirt* -famine", ["Wirtschaft"], id="a beginning, and a word left out"),
        pytest.param("famine wirtschaft", [], id="words of two works"),
        pytest.param("weber1922wirtschaft", ["Wirtschaft"], id="a citation key"),
    ],
)
def test_a_work_is_found_by_its_words(store: Store, query: str, expected: list[str]) -> None:
    assert titles(store, query) == expected


def test_a_work_is_not_found_by_its_neighbours_in_a_note_alone(store: Store) -> None:
    assert titles(store, "dikotter great") == ["Mao's"]
    assert sorted(titles(store, "dikotter изобилия")) == ["Mao's", "За"]


def test_a_work_is_found_by_words_of_itself_and_of_a_note_together(open_store: Open, write: Write) -> None:
    store = open_store()
    note = "Yang, Jisheng; Mubei; 2008 + Unlike others he has seen Xinyang's archives in 1999"
    store.add(write("essay.txt", f"{note}\nWeber; Essays; 1922"))
    (hit,) = store.search("mubei archives", kinds=[Kind.WORK]).hits
    assert [(snippet.where, snippet.note) for snippet in hit.snippets] == [("title", None), ("citation", "1")]
    (mark,) = hit.snippets[1].marks
    assert hit.snippets[1].text[mark.start : mark.end] == "archives"


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        pytest.param({"years": (2008, 2008)}, ["Mubei"], id="a year"),
        pytest.param({"years": (2005, None)}, ["Mubei", "Mao's"], id="from a year on"),
        pytest.param({"years": (None, 1930)}, ["Wirtschaft"], id="up to a year"),
        pytest.param({"has_url": True}, ["Mao's"], id="with an address"),
        pytest.param({"document": "other.txt"}, ["Wirtschaft"], id="of a document"),
        pytest.param({"document": "other"}, ["Wirtschaft"], id="of a document by a word of its name"),
        pytest.param({"document": "nothing"}, [], id="of no document"),
        pytest.param({"type": "chapter"}, [], id="of a type"),
        pytest.param({"below_confidence": 0.5}, [], id="below a confidence that all reach"),
    ],
)
def test_filters_need_no_words(store: Store, filters: dict[str, object], expected: list[str]) -> None:
    assert sorted(titles(store, "", **filters)) == sorted(expected)


def test_citations_hold_all_words_themselves(store: Store) -> None:
    def found(query: str) -> list[str]:
        return [hit.snippets[0].text for hit in store.search(query, kinds=[Kind.CITATION]).hits]

    assert len(found("dikotter famine")) == 1
    assert found("famine осокина") == []  # of one note, but of two citations
    assert len(store.search("famine осокина", kinds=[Kind.NOTE]).hits) == 1


def test_a_document_is_found_by_its_text_and_by_its_name(store: Store) -> None:
    (hit,) = store.search("winter cold", kinds=[Kind.DOCUMENT]).hits
    assert hit.document is not None
    assert hit.span is not None
    assert "winter" in Path(hit.document).read_text()[hit.span.start : hit.span.end]
    (named,) = store.search("other", kinds=[Kind.DOCUMENT]).hits
    assert named.document is not None
    assert named.document.endswith("other.txt")


def test_only_the_best_are_shown_and_all_are_counted(open_store: Open, write: Write) -> None:
    store = open_store()
    store.add(write("many.txt", "\n".join(f"Author{n}; Chronicle of village {n}; 19{n}" for n in range(10, 60))))
    results = store.search("chronicle", kinds=[Kind.WORK], limit=7)
    assert (len(results.hits), results.found[Kind.WORK], results.more) == (7, 50, frozenset())


def index_is_whole(path: Path) -> None:
    connection = sqlite3.connect(path)
    for table in ("search_works_fts", "search_passages_fts"):
        # Raises where the index does not hold what its table says: https://www.sqlite.org/fts5.html, section 6.4
        connection.execute(f"INSERT INTO {table}({table}, rank) VALUES ('integrity-check', 1)")
    connection.close()


def test_the_index_follows_a_new_version(store: Store, write: Write) -> None:
    store.add(write("famine.txt", "Yang, Jisheng; Tombstone; 2012; p. 12"))
    assert titles(store, "tombstone") == ["Tombstone"]
    assert titles(store, "famine") == []
    assert store.search("winter", kinds=[Kind.DOCUMENT]).hits == ()
    assert titles(store, "weber") == ["Wirtschaft"]
    store.close()
    index_is_whole(store.path)


def test_made_anew_the_index_says_the_same(store: Store, write: Write) -> None:
    store.add(write("famine.txt", FAMINE.replace("2008", "2009")), write("third.txt", "Weber, M.; Essays; 1920"))
    store.close()
    before = dump(store.path)
    connection = opening.connect(store.path, opening.Access.WRITE, busy_timeout=1)
    with opening.begin_writing(connection):
        following.rebuild(connection)
    opening.close(connection)
    after = dump(store.path)
    index_is_whole(store.path)
    assert {row[1:] for row in after.pop("search_passages")} == {row[1:] for row in before.pop("search_passages")}
    assert after == before


def test_a_store_of_the_former_revision_is_searchable_after_its_upgrade(store: Store, open_store: Open) -> None:
    store.close()
    connection = opening.connect(store.path, opening.Access.WRITE, busy_timeout=1, foreign_keys=False)
    with opening.begin_writing(connection):
        migration.downgrade(connection, store.path, to="0002")
    with opening.begin_reading(connection):
        names = connection.execute(text("SELECT name FROM sqlite_master")).scalars().all()
        assert not [name for name in names if name.startswith(("search", "outdate"))]
    opening.close(connection)
    upgraded = open_store()
    assert titles(upgraded, "墓碑 2008") == ["Mubei"]
    upgraded.close()
    index_is_whole(store.path)


def test_a_reader_sees_the_index_of_its_moment_and_writes_nothing(store: Store, open_store: Open) -> None:
    store.close()
    before = dump(store.path)
    with open_store() as reader:
        assert titles(reader, "mubei") == ["Mubei"]
    assert dump(store.path) == before
