"""Adding documents: what a store keeps of them, and what adding them again does."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from citekit.errors import StoreError
from citekit.model import Extraction, Form, Locator, Span
from citekit.store import DocumentReport, DocumentStatus, Store, adding

from . import reference_lines
from .conftest import Write
from .dump import dump, whole

pytestmark = pytest.mark.usefixtures("by_title")
Open = Callable[..., Store]

ESSAY = """Yang, Jisheng; Mubei; 2007; p. 12
Ibid.; p. 14
MacFarquhar, Roderick; Origins 3; 1997 + Yang, Jisheng; Mubei; 2007; p. 3
@ Levi, Primo; La tregua; 1963"""


def test_a_store_is_made_with_the_first_document(open_store: Open, write: Write, tmp_path: Path) -> None:
    store = open_store()
    assert not (tmp_path / "references.db").exists()
    (report,) = store.add(write("essay.txt", ESSAY)).documents
    assert report.status is DocumentStatus.ADDED
    assert (report.notes, report.citations, report.works_new, report.works_known) == (3, 5, 3, 0)
    store.close()
    assert whole(tmp_path / "references.db")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["essay.txt", "references.db"]


def test_every_citation_is_kept_with_its_place_and_words(open_store: Open, write: Write) -> None:
    path = write("essay.txt", ESSAY)
    store = open_store()
    store.add(path)
    mubei = next(work for work in store.works() if work.item["title"] == "Mubei")
    assert mubei.item["id"] == mubei.key
    assert [(c.note, c.form, c.locator) for c in mubei.citations] == [
        ("1", Form.FULL, Locator("page", "12")),
        ("2", Form.IBID, Locator("page", "14")),
        ("3", Form.FULL, Locator("page", "3")),
    ]
    for work in store.works():
        for citation in work.citations:
            assert citation.document == str(path)
            assert ESSAY[slice(*citation.span)] == citation.text
    running = next(work for work in store.works() if work.item["title"] == "La tregua")
    assert (running.citations[0].note, running.citations[0].note_text) == (None, None)
    assert mubei.citations[1].note_text == "Ibid.; p. 14"


def test_the_words_around_a_citation(open_store: Open, write: Write) -> None:
    store = open_store()
    store.add(write("essay.txt", "𝔘nder + Yang, Jisheng; Mubei; 2007 + behind"))
    (citation,) = next(work for work in store.works() if work.item["title"] == "Mubei").citations
    assert store.context(citation, 4) == ("r + ", " + b")
    assert store.context(citation) == ("𝔘nder + ", " + behind")


def test_what_is_kept_of_a_short_form_says_how_it_was_led_back(open_store: Open, write: Write, tmp_path: Path) -> None:
    with open_store() as store:
        store.add(write("essay.txt", "Ibid.\nYang, Jisheng; Mubei; 2007\nIbid.; p. 14"))
    rows = dump(tmp_path / "references.db")
    assert [row[1:4] for row in rows["markers"]] == [(1, 1, "1"), (1, 2, "2"), (1, 3, "3"), (1, None, "9")]
    ibid = next(row for row in rows["citations"] if "ibid" in row)
    assert ibid[15:] == (1, "ibid", 0.99, "[]", 1.0)


def test_links_are_kept_as_printed(open_store: Open, write: Write, tmp_path: Path) -> None:
    with open_store() as store:
        store.add(write("page.txt", "Xie; Terror; https://example.org/谢?a=%41"))
    archived = "https://web.archive.org/web/2007/https://example.org/谢?a=%41"
    rows = dump(tmp_path / "references.db")
    assert [row[3:] for row in rows["link_citations"]] == [
        ("url", "https://example.org/谢?a=%41", None, None),
        ("archive-url", archived, archived, "2007"),
    ]
    assert len(rows["links"]) == 1, "the archive's copy is of the same page"


def test_diagnostics_reach_the_report(open_store: Open, write: Write) -> None:
    (report,) = open_store().add(write("essay.txt", "Ibid.\nYang; Mubei")).documents
    assert [diagnostic.code for diagnostic in report.diagnostics] == ["marker-without-note"]
    assert report.to_json()["diagnostics"][0]["severity"] == "warning"


class TestAgain:
    def test_the_same_version_changes_nothing(self, open_store: Open, write: Write, tmp_path: Path) -> None:
        path, store = write("essay.txt", ESSAY), open_store()
        store.add(path)
        before = dump(tmp_path / "references.db")
        (report,) = store.add(path).documents
        assert report.status is DocumentStatus.UNCHANGED
        assert (report.notes, report.citations, report.works_new, report.works_known) == (3, 5, 0, 3)
        assert dump(tmp_path / "references.db") == before

    def test_an_unchanged_document_is_not_read_again(self, open_store: Open, write: Write, tmp_path: Path) -> None:
        path = write("essay.txt", ESSAY)
        open_store().add(path)

        def refuse(path: str) -> Extraction:
            raise AssertionError(path)

        with Store(tmp_path / "references.db", extract=refuse) as store:
            assert store.add(path).documents[0].status is DocumentStatus.UNCHANGED

    def test_a_document_named_twice_is_one(self, open_store: Open, write: Write, tmp_path: Path) -> None:
        path = write("essay.txt", ESSAY)
        (tmp_path / "other").mkdir()
        (tmp_path / "link").symlink_to(tmp_path)
        roundabout = tmp_path / "other" / ".." / "link" / "essay.txt"
        report = open_store().add(path, roundabout)
        assert [document.status.value for document in report.documents] == ["added", "unchanged"]

    def test_a_new_version_replaces_the_old_one(self, open_store: Open, write: Write, tmp_path: Path) -> None:
        path, store = write("essay.txt", ESSAY), open_store()
        store.add(path)
        write("essay.txt", ESSAY.replace("Origins 3; 1997", "Origins 2; 1983").replace("p. 14", "p. 15"))
        (report,) = store.add(path).documents
        assert report.status is DocumentStatus.UPDATED
        assert (report.citations, report.works_new, report.works_known) == (5, 1, 2)
        assert [work.item["title"] for work in store.works()] == ["La tregua", "Origins 2", "Mubei"]
        assert len(dump(tmp_path / "references.db")["documents"]) == 1
        store.close()
        assert whole(tmp_path / "references.db")

    def test_going_back_to_the_first_version_gives_the_first_works_under_their_keys(
        self, open_store: Open, write: Write
    ) -> None:
        path, store = write("essay.txt", ESSAY), open_store()
        store.add(path)
        before = [work.to_json() for work in store.works()]
        write("essay.txt", ESSAY + "\nEcho; Other; 1999")
        store.add(path)
        write("essay.txt", ESSAY)
        store.add(path)
        assert [work.to_json() for work in store.works()] == before


class TestFailures:
    def test_a_document_that_fails_is_reported_and_the_others_go_on(
        self, open_store: Open, write: Write, tmp_path: Path
    ) -> None:
        report = open_store().add(
            write("a.txt", "Yang; Mubei"), write("b.txt", "!"), tmp_path / "none.txt", write("c.txt", "Levi; Tregua")
        )
        assert [document.status.value for document in report.documents] == ["added", "failed", "failed", "added"]
        assert report.failed[0].error == f"{tmp_path / 'b.txt'}: cannot be read; save it again"

    def test_when_nothing_can_be_read_no_store_is_made(self, open_store: Open, tmp_path: Path) -> None:
        assert open_store().add(tmp_path / "none.txt").failed
        assert list(tmp_path.iterdir()) == []

    def test_a_version_that_cannot_be_read_leaves_the_former(
        self, open_store: Open, write: Write, tmp_path: Path
    ) -> None:
        path, store = write("essay.txt", ESSAY), open_store()
        store.add(path)
        before = dump(tmp_path / "references.db")
        write("essay.txt", "!")
        assert store.add(path).failed
        assert dump(tmp_path / "references.db") == before

    def test_an_interrupt_keeps_what_was_added_before(self, open_store: Open, write: Write) -> None:
        paths = [write(f"{name}.txt", f"Yang; {name}") for name in "abc"]
        store = open_store()

        def stop_at_the_second(path: str) -> None:
            if path.endswith("b.txt"):
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            store.add(*paths, progress=stop_at_the_second)
        assert [work.item["title"] for work in store.works()] == ["a"]

    def test_trouble_while_writing_leaves_the_store_as_it_was(
        self, open_store: Open, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        store = open_store()
        store.add(write("a.txt", "Yang; Mubei"))
        before = dump(tmp_path / "references.db")
        path = write("b.txt", ESSAY)
        with monkeypatch.context() as patch:
            patch.setattr("citekit.store.documents.counts", _interrupt)
            with pytest.raises(KeyboardInterrupt):
                store.add(path)
        assert dump(tmp_path / "references.db") == before
        assert store.add(path).documents[0].status is DocumentStatus.ADDED

    def test_of_documents_written_together_those_before_the_one_that_fails_are_kept(
        self, open_store: Open, write: Write, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        keep = adding.keep

        def fail_at_the_second(connection: Connection, path: str, *rest: Any, **named: Any) -> DocumentReport:
            if path.endswith("b.txt"):
                raise RuntimeError("a fault of ours")
            return keep(connection, path, *rest, **named)

        told: list[DocumentReport] = []
        paths = [write(f"{name}.txt", f"Yang; {name}") for name in "abc"]
        store = open_store()
        with monkeypatch.context() as patch:
            patch.setattr(adding, "keep", fail_at_the_second)
            with pytest.raises(RuntimeError):
                store.add(*paths, report=told.append)
        assert [Path(document.path).name for document in told] == ["a.txt"]
        assert [work.item["title"] for work in store.works()] == ["a"]

    def test_documents_written_together_leave_what_they_leave_alone(
        self, write: Write, tmp_path: Path, open_store: Open
    ) -> None:
        paths = [write(f"{name}.txt", f"Yang; Mubei\nLevi; {name}") for name in "abcde"]
        with Store(tmp_path / "one-by-one.db", extract=reference_lines.extract) as store:
            for path in paths:
                store.add(path)
        open_store().add(*paths)
        assert dump(tmp_path / "references.db") == dump(tmp_path / "one-by-one.db")

    def test_half_of_a_surrogate_pair_is_refused_with_its_place(self, tmp_path: Path, write: Write) -> None:
        def extract(path: str) -> Extraction:
            found = reference_lines.extract(path)
            return Extraction(type(found.document)("ab\udc80", path=path))

        with Store(tmp_path / "references.db", extract=extract) as store:
            (report,) = store.add(write("a.txt", "Yang; Mubei")).documents
        assert report.error is not None
        assert "character 2 is no Unicode character" in report.error


class TestIdentity:
    def test_what_can_be_no_name_of_a_file(self, open_store: Open) -> None:
        (report,) = open_store().add("es\0say.txt").documents
        assert report.error == r"'es\x00say.txt': no file has such a name; check the name"

    def test_an_address_is_its_own_identity(self, tmp_path: Path, write: Write) -> None:
        text = write("a.txt", "Yang; Mubei")
        with Store(tmp_path / "references.db", extract=lambda path: reference_lines.extract(str(text))) as store:
            store.add("https://example.org/essay")
            report = store.add("https://example.org/essay")
            assert report.documents[0].status is DocumentStatus.UNCHANGED
            assert next(store.works()).citations[0].document == "https://example.org/essay"

    def test_two_files_of_the_same_words_are_two_documents(self, open_store: Open, write: Write) -> None:
        store = open_store()
        store.add(write("a.txt", "Yang; Mubei"), write("b.txt", "Yang; Mubei"))
        (work,) = store.works()
        assert [Path(citation.document).name for citation in work.citations] == ["a.txt", "b.txt"]

    @pytest.mark.skipif(os.name != "posix", reason="other systems have no such names")
    def test_a_file_name_that_is_no_unicode(self, open_store: Open, tmp_path: Path) -> None:
        path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
        try:
            path.write_text("Yang; Mubei")
        except OSError:
            pytest.skip("this file system takes Unicode names alone")
        store = open_store()
        store.add(path)
        assert next(store.works()).citations[0].document.endswith("/caf%E9.txt")
        assert store.add(path).documents[0].status is DocumentStatus.UNCHANGED


def test_a_note_over_two_pages_keeps_its_parts(tmp_path: Path, write: Write) -> None:
    from dataclasses import replace

    def extract(path: str) -> Extraction:
        found = reference_lines.extract(path)
        (citation,) = found.citations
        return replace(found, citations=(replace(citation, parts=(Span(0, 5), Span(6, 11)), text="Yang;Mubei"),))

    with Store(tmp_path / "references.db", extract=extract) as store:
        store.add(write("a.txt", "Yang; Mubei"))
        (citation,) = next(store.works()).citations
    assert citation.parts == (Span(0, 5), Span(6, 11))
    assert citation.to_json()["parts"] == [[0, 5], [6, 11]]
    assert citation.span == Span(0, 11)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def test_progress_names_each_document_before_it_is_read(open_store: Open, write: Write) -> None:
    told: list[str] = []
    paths = [str(write(f"{name}.txt", f"Yang; {name}")) for name in "ab"]
    open_store().add(*paths, progress=told.append)
    assert told == paths


def test_a_closed_store_says_so(open_store: Open, write: Write) -> None:
    store = open_store()
    store.close()
    store.close()
    with pytest.raises(StoreError, match="was closed"):
        store.add(write("a.txt", "Yang; Mubei"))
