"""Documents that go, come back, or move: what hangs on them goes and comes with them."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import chdir
from pathlib import Path

import pytest

from citekit.errors import NoSuchWorkError, StoreError
from citekit.store import DocumentStatus, Store, checking

from .conftest import Write
from .dump import whole

Open = Callable[..., Store]

ESSAY = """Weber, Max; Wirtschaft und Gesellschaft; 1922; p. 12
Levi, Primo; La tregua; 1963
Levi, Primo; La tregua; 1963; p. 3"""
OTHER = "Levi, Primo; La tregua; 1963; p. 9\nYang, Jisheng; Mubei; 2007"
LIBRARY = "@book{levi, title = {La tregua}, author = {Levi, Primo}, year = 1963}\n@book{x, title = {Echo}, year = 1999}"


@pytest.fixture
def store(open_store: Open, write: Write) -> Store:
    """A store of two documents that have one work in common."""
    store = open_store()
    store.add(write("essay.txt", ESSAY), write("other.txt", OTHER))
    return store


def said(store: Store) -> list[str]:
    """All that a store tells, each work on a line."""
    return [json.dumps(work.to_json(), ensure_ascii=False) for work in store.works()]


def keys(store: Store) -> list[str]:
    return [work.key for work in store.works()]


def is_sound(store: Store) -> bool:
    """Nothing hangs on nothing, and all that is derived is what follows."""
    return whole(store.path) and {found.code for found in checking.check(store.path).findings} <= {"decision-orphaned"}


class TestRemoving:
    def test_citations_go_and_works_that_nobody_else_cites(self, store: Store, tmp_path: Path) -> None:
        (report,) = store.remove(tmp_path / "essay.txt")
        assert (report.document, report.citations, report.decided) == (str(tmp_path / "essay.txt"), 3, 0)
        assert report.works == ("weber1922wirtschaft",)
        assert keys(store) == ["levi1963tregua", "yang2007mubei"]
        assert [citation.document for citation in store.work("levi1963tregua").citations] == [
            str(tmp_path / "other.txt")
        ]
        assert not store.search("weber").hits
        assert (tmp_path / "essay.txt").exists()
        assert is_sound(store)

    def test_a_key_that_went_is_no_other_work_s(self, store: Store, write: Write, tmp_path: Path) -> None:
        store.remove(tmp_path / "essay.txt")
        with pytest.raises(NoSuchWorkError):
            store.work("weber1922wirtschaft")
        store.add(write("third.txt", "Weber, Carl Maria; Wirtschaft am Dorfe; 1922"))
        assert "weber1922wirtschaft" not in keys(store)

    def test_adding_again_brings_back_what_there_was(self, store: Store, tmp_path: Path) -> None:
        before = sorted(said(store))
        store.remove(tmp_path / "essay.txt", tmp_path / "other.txt")
        assert keys(store) == []
        store.add(tmp_path / "other.txt", tmp_path / "essay.txt")
        store.remove(tmp_path / "essay.txt")
        store.add(tmp_path / "essay.txt")
        works = {work.key: (work.item, {citation.text for citation in work.citations}) for work in store.works()}
        assert works == {
            work["key"]: (work["item"], {citation["text"] for citation in work["citations"]})
            for work in map(json.loads, before)
        }
        assert is_sound(store)

    def test_decisions_wait_and_find_their_place_again(self, store: Store, tmp_path: Path) -> None:
        store.edit("weber1922wirtschaft", "publisher-place", "Tübingen")
        store.rename("weber1922wirtschaft", "weberWG")
        store.split("levi1963tregua", [2])
        store.merge(["weberWG", "yang2007mubei"])
        before, decided = keys(store), [decision.id for decision in store.history()]
        item = store.work("weberWG").item
        (report,) = store.remove(tmp_path / "essay.txt")
        assert report.decided == 3
        assert [decision.id for decision in store.history()] == decided
        assert all(decision.orphaned for decision in store.history())
        assert is_sound(store)
        store.add(tmp_path / "essay.txt")
        assert keys(store) == before
        assert store.work("weberWG").item == item
        assert not any(decision.orphaned for decision in store.history())
        assert is_sound(store)
        store.undo(4)
        assert keys(store) == ["levi1963tregua", "weber1922wirtschaft", "yang2007mubei"]

    def test_decisions_can_be_undone_while_their_document_is_away(self, store: Store, tmp_path: Path) -> None:
        store.split("levi1963tregua", [2])
        store.remove(tmp_path / "essay.txt")
        store.undo()
        store.add(tmp_path / "essay.txt")
        assert keys(store) == ["levi1963tregua", "weber1922wirtschaft", "yang2007mubei"]
        assert is_sound(store)

    def test_a_bibliography_too(self, store: Store, write: Write, tmp_path: Path) -> None:
        before = keys(store)
        store.import_records(write("library.bib", LIBRARY))
        (report,) = store.remove(tmp_path / "library.bib")
        assert (report.citations, report.works) == (2, ("x",))
        assert keys(store) == before
        store.import_records(tmp_path / "library.bib")
        assert keys(store) == sorted([*before, "x"])
        assert is_sound(store)

    def test_a_document_by_the_name_that_it_was_given(self, store: Store, write: Write) -> None:
        store.add(write("draft.txt", "Yang, Jisheng; Mubei; 2007"), source="thesis")
        (report,) = store.remove("thesis")
        assert report.document == "thesis"

    def test_all_or_none(self, store: Store, tmp_path: Path) -> None:
        before = said(store)
        with pytest.raises(StoreError, match=r"did you mean .*/other\.txt\?"):
            store.remove(tmp_path / "essay.txt", "/elsewhere/other.txt")
        with pytest.raises(StoreError, match=r"the store has no such document; name it as"):
            store.remove("nothing.txt")
        assert said(store) == before


class TestMoving:
    def test_a_moved_file_is_known_by_the_name_that_add_printed(self, store: Store, tmp_path: Path) -> None:
        (tmp_path / "sub").mkdir()
        (tmp_path / "essay.txt").rename(tmp_path / "sub" / "essay.txt")
        with chdir(tmp_path):
            (report,) = store.add("sub/essay.txt", source="essay.txt").documents
        assert report.status is DocumentStatus.UNCHANGED

    def test_so_it_is_when_it_was_changed_too(self, store: Store, tmp_path: Path, write: Write) -> None:
        (tmp_path / "essay.txt").unlink()
        write("elsewhere.txt", ESSAY.replace("p. 12", "p. 13"))
        with chdir(tmp_path):
            (report,) = store.add("elsewhere.txt", source="essay.txt").documents
        assert report.status is DocumentStatus.UPDATED
        assert len(store.work("levi1963tregua").citations) == 3

    def test_a_file_that_has_moved_unchanged_is_followed(self, store: Store, tmp_path: Path) -> None:
        store.split("levi1963tregua", [2])
        before = keys(store)
        (tmp_path / "essay.txt").rename(tmp_path / "moved.txt")
        (report,) = store.add(tmp_path / "moved.txt").documents
        assert (report.status, report.moved_from) == (DocumentStatus.MOVED, str(tmp_path / "essay.txt"))
        assert (keys(store), report.citations) == (before, 3)
        assert {c.document for c in store.work("weber1922wirtschaft").citations} == {str(tmp_path / "moved.txt")}
        assert not any(decision.orphaned for decision in store.history())
        assert store.search("moved", filters=None).found
        assert is_sound(store)
        (again,) = store.add(tmp_path / "moved.txt").documents
        assert again.status is DocumentStatus.UNCHANGED

    def test_a_copy_is_a_document_of_its_own(self, store: Store, write: Write) -> None:
        (report,) = store.add(write("copy.txt", ESSAY)).documents
        assert report.status is DocumentStatus.ADDED
        assert len(store.work("levi1963tregua").citations) == 5

    def test_so_is_a_file_that_gets_a_name_of_its_own(self, store: Store, tmp_path: Path) -> None:
        (tmp_path / "essay.txt").rename(tmp_path / "moved.txt")
        (report,) = store.add(tmp_path / "moved.txt", source="second version").documents
        assert report.status is DocumentStatus.ADDED

    def test_a_file_is_not_added_twice_under_two_names(self, store: Store, tmp_path: Path) -> None:
        before = said(store)
        (report,) = store.add(tmp_path / "essay.txt", source="thesis").documents
        assert "is in the store under its own path" in str(report.error)
        assert said(store) == before
        store.remove(tmp_path / "essay.txt")
        (report,) = store.add(tmp_path / "essay.txt", source="thesis").documents
        assert report.status is DocumentStatus.ADDED

    def test_of_two_that_are_gone_none_is_guessed(self, store: Store, write: Write, tmp_path: Path) -> None:
        store.add(write("copy.txt", ESSAY))
        for name in ("essay.txt", "copy.txt"):
            (tmp_path / name).unlink()
        (report,) = store.add(write("moved.txt", ESSAY)).documents
        assert report.status is DocumentStatus.ADDED

    def test_a_bibliography_is_followed_too(self, store: Store, write: Write, tmp_path: Path) -> None:
        store.import_records(write("library.bib", LIBRARY))
        before = said(store)
        (tmp_path / "library.bib").rename(tmp_path / "moved.bib")
        (report,) = store.import_records(tmp_path / "moved.bib")
        assert (report.status, report.moved_from) == (DocumentStatus.MOVED, str(tmp_path / "library.bib"))
        assert said(store) == before
        assert is_sound(store)
