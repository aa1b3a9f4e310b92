"""Relations between works, from what documents state; refused where two works could be meant."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

import citekit
from citekit.store import connection as opening
from citekit.store import following

GENETTE = "Gérard Genette, Figures III, Paris, Seuil, 1972, p. 12"
CASES = [
    pytest.param(
        [f"{GENETTE}; trad. it. Figure III. Discorso del racconto, Torino, Einaudi, 1976, p. 20."],
        ("translation-of", "Figure III. Discorso del racconto", "Figures III"),
        id="a translation behind its original",
    ),
    pytest.param(
        [
            "Peter Burke (ed.), New Perspectives on Historical Writing, Cambridge: Polity Press, 1991, p. 3.",
            (
                "Ivan Gaskell, 'History of Images', in Peter Burke (ed.), New Perspectives on Historical Writing "
                "(Cambridge: Polity Press, 1991), pp. 168-192."
            ),
        ],
        ("part-of", "History of Images", "New Perspectives on Historical Writing"),
        id="a chapter and its book",
    ),
    pytest.param(
        [
            "Ludwig Friedländer, Darstellungen aus der Sittengeschichte Roms, Leipzig: Hirzel, 1881, S. 12.",
            (
                "Ludwig Friedländer, Darstellungen aus der Sittengeschichte Roms, Nachdr. der Ausg. Leipzig 1881, "
                "Aalen: Scientia, 1964, S. 14."
            ),
        ],
        ("reprint-of", "Darstellungen aus der Sittengeschichte Roms", "Darstellungen aus der Sittengeschichte Roms"),
        id="a reprint that names the year of the first printing",
    ),
    pytest.param(
        [
            "Max Weber, Wirtschaft und Gesellschaft, 2. Aufl., Tübingen: Mohr, 1925, S. 3.",
            "Max Weber, Wirtschaft und Gesellschaft, 5. Aufl., Tübingen: Mohr, 1972, S. 3.",
        ],
        ("edition-of", "Wirtschaft und Gesellschaft", "Wirtschaft und Gesellschaft"),
        id="two editions that say so",
    ),
    pytest.param(
        [
            "Carlo Ginzburg, Il formaggio e i vermi, Torino, Einaudi, 1976, p. 14.",
            (
                "Natalie Zemon Davis, Review of Il formaggio e i vermi, by Carlo Ginzburg, in «Journal of Modern "
                "History», 50 (1978), p. 101."
            ),
        ],
        ("review-of", "Review of Il formaggio e i vermi, by Carlo Ginzburg", "Il formaggio e i vermi"),
        id="a review and what it reviews",
    ),
]


def document(folder: Path, name: str, notes: list[str]) -> Path:
    """A text with these footnotes."""
    body = " ".join(f"Sentence of the text.{number}" for number in range(1, len(notes) + 1))
    path = folder / name
    listed = "\n".join(f"{number} {note}" for number, note in enumerate(notes, 1))
    path.write_text(f"{body}\n\n{listed}\n", encoding="utf-8")
    return path


def stated(store: citekit.Store) -> set[tuple[str, str, str]]:
    """All relations: kind, title of the work (up to its "Nachdr. …"), title of the other."""
    said = {work.key: str(work.item["title"]).partition(", Nachdr.")[0] for work in store.works()}
    return {
        (relation.kind.value, said[relation.work], said[relation.target])
        for key in said
        for relation in store.relations(key)
    }


@pytest.mark.parametrize(("notes", "expected"), CASES)
def test_a_relation_is_read_from_what_is_stated(
    notes: list[str], expected: tuple[str, str, str], tmp_path: Path
) -> None:
    with citekit.open(tmp_path / "references.db") as store:
        store.add(document(tmp_path, "essay.txt", notes))
        assert stated(store) == {expected}


@pytest.mark.parametrize(("notes", "expected"), [case for case in CASES if len(case.values[0]) > 1])
def test_relations_do_not_depend_on_the_order_of_adding(
    notes: list[str], expected: tuple[str, str, str], tmp_path: Path
) -> None:
    for number, order in enumerate(permutations(notes)):
        with citekit.open(tmp_path / f"{number}.db") as store:
            store.add(*(document(tmp_path, f"{number}-{place}.txt", [note]) for place, note in enumerate(order)))
            assert stated(store) == {expected}


def test_a_relation_goes_with_the_citation_that_stated_it(tmp_path: Path) -> None:
    notes, expected = CASES[1].values
    with citekit.open(tmp_path / "references.db") as store:
        path = document(tmp_path, "essay.txt", list(notes))
        store.add(path)
        assert stated(store) == {expected}
        store.add(document(tmp_path, "essay.txt", list(notes)[:1]))
        assert stated(store) == set()


@pytest.mark.parametrize(
    "notes",
    [
        pytest.param(
            [
                "Max Weber, Wirtschaft und Gesellschaft, Tübingen: Mohr, 1925, S. 3.",
                "Max Weber, Wirtschaft und Gesellschaft, 5. Aufl., Tübingen: Mohr, 1972, S. 3.",
            ],
            id="one edition states no number",
        ),
        pytest.param(
            [
                "Carlo Ginzburg, Il formaggio e i vermi, Torino, Einaudi, 1976, p. 14.",
                "Natalie Zemon Davis, Review of La ricotta, by Carlo Ginzburg, in «Quaderni», 50 (1978), p. 101.",
            ],
            id="a review of another book",
        ),
        pytest.param(
            [
                "Ludwig Friedländer, Sittengeschichte Roms, Leipzig: Hirzel, 1862, S. 12.",
                "Ludwig Friedländer, Sittengeschichte Roms, Nachdr., Aalen: Scientia, 1964, S. 14.",
            ],
            id="a reprint that names no year",
        ),
    ],
)
def test_what_is_not_stated_is_no_relation(notes: list[str], tmp_path: Path) -> None:
    with citekit.open(tmp_path / "references.db") as store:
        store.add(document(tmp_path, "essay.txt", notes))
        assert stated(store) == set()


def test_biblatex_tells_relations_and_csl_has_none(tmp_path: Path) -> None:
    with citekit.open(tmp_path / "references.db") as store:
        store.add(document(tmp_path, "essay.txt", list(CASES[0].values[0])))
        key = next(work.key for work in store.works() if work.item["title"] == "Figures III")
        bibliography = store.export("biblatex")
        assert f"related = {{{key}}}" in bibliography
        assert "relatedtype = {translationof}" in bibliography
        assert "related" not in store.export("csl-json")


def test_made_anew_relations_are_the_same(tmp_path: Path) -> None:
    notes = [note for case in CASES for note in case.values[0]]
    with citekit.open(tmp_path / "references.db") as store:
        store.add(document(tmp_path, "essay.txt", notes))
        before = stated(store)
    assert len(before) == len(CASES)
    connection = opening.connect(tmp_path / "references.db", opening.Access.WRITE, busy_timeout=1)
    with opening.begin_writing(connection):
        connection.exec_driver_sql("DELETE FROM relations")
        following.rebuild(connection)
    opening.close(connection)
    with citekit.open(tmp_path / "references.db") as store:
        assert stated(store) == before
