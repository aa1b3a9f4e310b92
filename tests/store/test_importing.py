"""Bibliographies in the store: each record a work with its user's key, once whatever else names it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from citekit.errors import FormatError
from citekit.formats import recognition
from citekit.store import DocumentStatus, Store, checking, records

from .conftest import Write
from .dump import dump, whole

Open = Callable[..., Store]

LIBRARY = """@string{jh = "Journal of History"}
% the thesis
@book{weberWG,
  title = {Wirtschaft und {Gesellschaft}}, author = {Weber, Max}, year = 1922, address = {T{\\"u}bingen}
}
@article{yang:2007, title = {The Great Famine}, author = {Yang, Jisheng}, journal = jh # {, new series}, year = 2007}
"""


def titles(store: Store) -> dict[str, str]:
    return {work.key: str(work.item["title"]) for work in store.works()}


def test_records_are_works_with_their_own_keys(open_store: Open, write: Write) -> None:
    store = open_store()
    (report,) = store.import_records(write("library.bib", LIBRARY))
    assert (report.status, report.records, report.works_new, report.works_known) == (DocumentStatus.ADDED, 2, 2, 0)
    assert titles(store) == {"weberWG": "Wirtschaft und Gesellschaft", "yang:2007": "The Great Famine"}
    assert store.work("weberWG").citations == ()
    assert store.work("weberWG").item["publisher-place"] == "Tübingen"


def test_each_record_keeps_its_place_in_the_file(open_store: Open, write: Write, tmp_path: Path) -> None:
    items = [{"id": f"k{number}", "type": "book", "title": f"Tomo {number} “謝”"} for number in range(3)]
    for name, text in (
        ("library.bib", LIBRARY),
        ("array.json", json.dumps(items, indent=1)),
        ("lines.jsonl", "\n".join(json.dumps(item, ensure_ascii=False) for item in items)),
    ):
        found, trouble = records.read_records(text, recognition.format_of(name, text))
        assert not trouble
        for record in found:
            words = text[slice(*record.span)]
            assert words.startswith(("@", "{"))
            assert words.endswith("}")
            assert record.name in words
    with open_store() as store:
        store.import_records(write("library.bib", LIBRARY))
    assert checking.check(tmp_path / "references.db").findings == ()


def test_a_record_joins_the_work_that_a_document_cites(open_store: Open, write: Write) -> None:
    store = open_store()
    store.add(write("essay.txt", "Weber, Max; Wirtschaft und Gesellschaft; 1922; p. 12"))
    (key,) = titles(store)
    (report,) = store.import_records(write("library.bib", LIBRARY))
    assert (report.works_new, report.works_known) == (1, 1)
    work = store.work("weberWG")
    assert work.key == key, "the key that was given first stays; the record's leads there"
    assert len(work.citations) == 1
    assert work.item["publisher-place"] == "Tübingen"


def test_a_volume_and_another_edition_stay_other_works(open_store: Open, write: Write) -> None:
    text = (
        "@book{one, title = {Storia}, author = {Spini, G.}, year = 1960, volume = 1, edition = 2}\n"
        "@book{two, title = {Storia}, author = {Spini, G.}, year = 1960, volume = 2, edition = 2}\n"
    )
    store = open_store()
    store.import_records(write("library.bib", text))
    assert set(titles(store)) == {"one", "two"}


class TestAgain:
    def test_the_same_file_changes_nothing(self, open_store: Open, write: Write, tmp_path: Path) -> None:
        path, store = write("library.bib", LIBRARY), open_store()
        store.import_records(path)
        before = dump(tmp_path / "references.db")
        (report,) = store.import_records(path)
        assert (report.status, report.records, report.works_known) == (DocumentStatus.UNCHANGED, 2, 2)
        assert dump(tmp_path / "references.db") == before

    def test_a_changed_file_updates_and_records_keep_their_keys(
        self, open_store: Open, write: Write, tmp_path: Path
    ) -> None:
        store = open_store()
        store.import_records(write("library.bib", LIBRARY))
        changed = LIBRARY.replace("1922", "1925").replace("The Great Famine", "Tombstone")
        (report,) = store.import_records(write("library.bib", changed + "@misc{new, title = {A New One}}"))
        assert (report.status, report.records, report.works_new) == (DocumentStatus.UPDATED, 3, 1)
        assert titles(store) == {"weberWG": "Wirtschaft und Gesellschaft", "yang:2007": "Tombstone", "new": "A New One"}
        assert store.work("weberWG").item["issued"] == {"date-parts": [[1925]]}

    def test_a_record_taken_out_and_put_back_has_its_key_again(self, open_store: Open, write: Write) -> None:
        store = open_store()
        for text in (LIBRARY, LIBRARY.split("@article")[0], LIBRARY):
            store.import_records(write("library.bib", text))
        assert set(titles(store)) == {"weberWG", "yang:2007"}

    def test_a_file_that_can_no_longer_be_read_leaves_its_records(self, open_store: Open, write: Write) -> None:
        store = open_store()
        store.import_records(write("library.json", '[{"id": "a", "title": "Mubei"}]'))
        (report,) = store.import_records(write("library.json", "[{"))
        assert report.status is DocumentStatus.FAILED
        assert titles(store) == {"a": "Mubei"}


class TestKeys:
    def test_a_key_that_is_another_work_s_is_told(self, open_store: Open, write: Write) -> None:
        store = open_store()
        store.import_records(write("one.bib", "@book{weber, title = {Wirtschaft}, author = {Weber, Max}, year = 1922}"))
        (report,) = store.import_records(
            write("two.bib", "@book{weber, title = {Der Freischütz}, author = {Weber, Carl Maria}, year = 1821}")
        )
        (diagnostic,) = report.diagnostics
        assert diagnostic.code == "key-taken"
        assert titles(store)["weber"] == "Wirtschaft"
        (other,) = set(titles(store)) - {"weber"}
        assert f"this record's work has the key {other}" in diagnostic.message

    def test_two_files_with_the_same_record_and_key(self, open_store: Open, write: Write) -> None:
        store = open_store()
        for name in ("one.bib", "two.bib"):
            (report,) = store.import_records(write(name, LIBRARY))
            assert report.diagnostics == ()
        assert set(titles(store)) == {"weberWG", "yang:2007"}

    def test_names_that_are_no_keys_are_told_in_one_line(self, open_store: Open, write: Write) -> None:
        one = [{"id": "5", "type": "book", "title": "Numbers", "author": [{"family": "Porter"}]}]
        (report,) = open_store().import_records(write("one.json", json.dumps(one)))
        (told,) = report.diagnostics
        assert told.message == "'5' is no citation key, so the work gets another; rename it with citekit key"
        many = [
            {"id": f"http://zotero.org/users/1/items/{number}", "type": "book", "title": f"Tomo {number}"}
            for number in range(9)
        ]
        (report,) = open_store().import_records(write("many.json", json.dumps([*many, {"type": "book", "title": "Z"}])))
        (told,) = report.diagnostics
        assert "9 records" in told.message
        assert "items/0" in told.message

    @pytest.mark.parametrize(
        ("item", "key"),
        [
            ({"id": "weber1922", "title": "A"}, "weber1922"),
            ({"id": "http://zotero.org/users/1/items/ABCD", "title": "A", "citation-key": "weberWG"}, "weberWG"),
            ({"id": "http://zotero.org/users/1/items/ABCD", "title": "A"}, None),
            ({"id": 17, "title": "A"}, None),
            ({"id": "two words", "title": "A"}, None),
            ({"id": "Müller:1790", "title": "A"}, "Müller:1790"),
        ],
    )
    def test_what_is_a_citation_key(self, item: dict[str, Any], key: str | None) -> None:
        assert records.own_key(item) == key


class TestTrouble:
    def test_what_cannot_be_read_is_told_with_its_line_and_the_rest_goes_in(
        self, open_store: Open, write: Write
    ) -> None:
        text = (
            "@book{a, title = {Aube}}\n@book{broken, title = {Never\n"
            "@book{b, title = {Beau}}\n@misc{empty,}\n@book{b, title = {Twice}}\n"
        )
        store = open_store()
        (report,) = store.import_records(write("library.bib", text))
        assert sorted(titles(store).values()) == ["Aube", "Beau", "Twice"]
        told = [diagnostic.message for diagnostic in report.diagnostics]
        assert [message.split(":")[0] for message in told] == ["line 2", "line 4", "line 5"]

    @pytest.mark.parametrize(
        "item",
        [
            {"id": "x"},
            {"id": "x", "type": "book"},
            {"id": "x", "title": "A", "author": "Weber"},
            {"id": "x", "title": "A", "author": ["Weber"]},
            {"id": "x", "title": {"of": "it"}},
            {"id": "x", "title": "A", "issued": "1922"},
            {"id": "x", "title": "A \ud800"},
        ],
    )
    def test_a_record_that_is_no_csl_is_kept_out(self, open_store: Open, write: Write, item: dict[str, Any]) -> None:
        store = open_store()
        (report,) = store.import_records(write("l.json", json.dumps([{"id": "y", "title": "Mubei"}, item], indent=0)))
        assert list(titles(store)) == ["y"]
        assert [diagnostic.code for diagnostic in report.diagnostics] == ["record-unusable"]

    def test_what_was_left_out_is_told_each_time(self, open_store: Open, write: Write) -> None:
        path, store = write("library.bib", "@book{a, title = {Aube}}\n@misc{empty,}\n"), open_store()
        told = [store.import_records(path)[0] for _ in range(2)]
        assert [report.status for report in told] == [DocumentStatus.ADDED, DocumentStatus.UNCHANGED]
        assert told[0].diagnostics == told[1].diagnostics != ()

    @pytest.mark.parametrize(
        ("stated", "kept"),
        [
            ({"title": ["x"]}, {"title": "x"}),
            ({"title": "x", "container-title": ["A Journal"]}, {"title": "x", "container-title": "A Journal"}),
            ({"title": "x", "ISSN": ["1234-5679", "0000-0019"]}, {"title": "x", "ISSN": "1234-5679, 0000-0019"}),
            ({"title": "x", "container-title": [], "volume": None}, {"title": "x"}),
            ({"title": 1984}, {"title": 1984}),
            ({"title": "x", "issued": {"date-parts": [[None]]}}, {"title": "x", "issued": {"date-parts": [[None]]}}),
        ],
    )
    def test_words_in_a_list_are_read_as_words(self, stated: dict[str, Any], kept: dict[str, Any]) -> None:
        [record], trouble = records.read_records(json.dumps([{"id": "y", "type": "book", **stated}]), "csl-json")
        assert (record.item, trouble) == ({"type": "book", **kept}, ())

    @pytest.mark.parametrize(
        ("wrong", "why"),
        [
            ({"title": ["x", "y"]}, "title is a list of several"),
            ({"title": True}, "title is neither text nor a number"),
            ({"title": [["x"], ["y"]]}, "title is neither text nor a number"),
            ({"title": "x", "author": [{"family": ["Weber"]}]}, "author is no list of names"),
            ({"title": "x", "issued": {"date-parts": [1922]}}, "issued is no CSL date"),
            ({"title": "x", "custom": "mine"}, "custom is no object"),
        ],
    )
    def test_what_has_no_sense_as_csl_is_named_with_its_line(self, wrong: dict[str, Any], why: str) -> None:
        text = json.dumps({"id": "a", "title": "A"}) + "\n" + json.dumps({"id": "y", **wrong})
        [record], [diagnostic] = records.read_records(text, "csl-json")
        assert record.name == "a"
        assert diagnostic.message.startswith(f"line 2: y: {why};")

    @pytest.mark.parametrize(
        ("name", "text"),
        [("essay.txt", "% nothing"), ("a.bib", "Dear diary"), ("b.json", "[]"), ("c.bib", "@misc{e,}")],
    )
    def test_a_file_without_a_record_makes_no_store(
        self, open_store: Open, write: Write, tmp_path: Path, name: str, text: str
    ) -> None:
        (report,) = open_store().import_records(write(name, text))
        assert report.status is DocumentStatus.FAILED
        assert "holds no record that could be read; check" in str(report.error)
        assert not (tmp_path / "references.db").exists()

    def test_nor_does_it_replace_one_that_had_some(self, open_store: Open, write: Write) -> None:
        store = open_store()
        store.import_records(write("library.bib", LIBRARY))
        (report,) = store.import_records(write("library.bib", "lost on the way"))
        assert report.status is DocumentStatus.FAILED
        assert set(titles(store)) == {"weberWG", "yang:2007"}

    @pytest.mark.parametrize(
        ("name", "text", "refused"),
        [
            ("library.bib", LIBRARY, True),
            ("library.txt", LIBRARY, True),
            ("export", "% by a program\n\n@comment{x}\n@book{a, title = {A}}", True),
            ("zotero.json", '[{"id": "a", "title": "A"}]', True),
            ("mail.txt", "@levi wrote; La tregua; 1963", False),
            ("notes.txt", "[1] Levi; La tregua; 1963", False),
        ],
    )
    def test_a_bibliography_is_no_document_that_cites(
        self, open_store: Open, write: Write, name: str, text: str, refused: bool
    ) -> None:
        store, path = open_store(), write(name, text)
        (report,) = store.add(path).documents
        assert (
            report.error == f"{path}: is a bibliography, not a document that cites; use citekit import {path}"
        ) == refused
        if refused:
            assert store.import_records(path)[0].status is DocumentStatus.ADDED

    def test_no_bibliography_at_all(self, open_store: Open, write: Write, tmp_path: Path) -> None:
        reports = open_store().import_records(write("essay.txt", "A claim.1"), tmp_path / "none.bib")
        assert [report.status for report in reports] == [DocumentStatus.FAILED] * 2
        assert "is no BibTeX, BibLaTeX, RIS" in str(reports[0].error)

    def test_a_document_is_not_replaced_by_records(self, open_store: Open, write: Write) -> None:
        store = open_store()
        path = write("essay.txt", "Weber, Max; @book{x, title = {Wirtschaft}}; 1922")
        store.add(path)
        (report,) = store.import_records(path, format="bibtex")
        assert "is in the store as a document" in str(report.error)
        assert len(titles(store)) == 1


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.bib", "@book{a, year = 1999}", "bibtex"),
        ("a.bib", "@book{a,\n  date = {1999-04}\n}", "biblatex"),
        ("a.bib", "@online{a, year = 1999}", "biblatex"),
        ("a.biblatex", "@book{a, year = 1999}", "biblatex"),
        ("a.json", "[]", "csl-json"),
        ("export", "% by a program\n@book{a, year = 1999}", "bibtex"),
        ("export", '{"title": "A"}', "csl-json"),
    ],
)
def test_the_format_is_told_by_name_and_content(name: str, text: str, expected: str) -> None:
    assert recognition.format_of(name, text) == expected


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["family", "date-parts"]), inner),
    max_leaves=6,
)
FIELDS = st.sampled_from(["id", "type", "title", "author", "editor", "issued", "volume", "DOI", "ISBN", "URL", "page"])


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(items=st.lists(st.dictionaries(FIELDS, VALUES), max_size=4))
def test_whatever_a_program_wrote_goes_in_or_is_told(
    items: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("import")
    (folder / "library.json").write_text(json.dumps(items), encoding="utf-8")
    with Store(folder / "references.db", extract=lambda _: pytest.fail("no document is read")) as store:
        (report,) = store.import_records(folder / "library.json")
        assert report.records + len([d for d in report.diagnostics if d.code == "record-unusable"]) == len(items)
    assert whole(folder / "references.db")


@settings(max_examples=100, deadline=None)
@given(text=st.text(alphabet='@book{}a,=1"\\\n%#() ', max_size=80))
def test_any_text_is_read_as_bibtex_or_refused(text: str) -> None:
    try:
        found, _ = records.read_records(text, "bibtex")
    except FormatError:
        return
    for record in found:
        assert 0 <= record.span.start <= record.span.end <= len(text)


def test_names_keep_the_capitals_of_the_library(open_store: Open, write: Write) -> None:
    store = open_store()
    people = [{"family": "NO", "given": "Jiwon"}, {"family": "LI", "given": "A."}, {"family": "FAO"}]
    store.import_records(
        write("library.json", json.dumps([{"id": "a", "type": "book", "title": "T", "author": people}]))
    )
    assert store.work("a").item["author"] == people
