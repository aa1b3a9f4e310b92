"""Citation keys through the life of a document: corrected, dropped, emptied and restored, and written as they are."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from citekit.errors import NoSuchWorkError, StoreError
from citekit.store import Store, checking
from citekit.store.succession import may_be_corrected

from .conftest import Write
from .dump import dump, whole
from .test_upgrade_decisions import back_to

Open = Callable[..., Store]

LEVI = "Levi, Primo; La tregua, romanzo; 1963"
WEBER = "Weber, Max; Wirtschaft und Gesellschaft; 1976"
CALVINO = "Calvino, Italo; Il barone rampante; 1963"


def cited(store: Store) -> dict[str, int]:
    return {work.key: len(work.citations) for work in store.works()}


class TestCorrections:
    @pytest.mark.parametrize(
        "corrected",
        [LEVI.replace("1963", "1964"), LEVI.replace("Levi", "Levy"), LEVI.replace("Primo", "Prima")],
    )
    def test_one_thing_corrected(self, open_store: Open, write: Write, corrected: str) -> None:
        store = open_store()
        path = write("a.txt", f"{LEVI}; p. 12\nIbid.; p. 45")
        store.add(path)
        before = cited(store)
        write("a.txt", f"{corrected}; p. 13\nIbid.; p. 45")
        store.add(path)
        assert cited(store) == before

    def test_another_book_at_the_same_note(self, open_store: Open, write: Write) -> None:
        store = open_store()
        path = write("a.txt", f"{LEVI}; p. 12\nIbid.; p. 45")
        store.add(path)
        (former,) = cited(store)
        write("a.txt", f"{CALVINO}; p. 12\nIbid.; p. 45")
        store.add(path)
        assert former not in cited(store)
        with pytest.raises(NoSuchWorkError):
            store.work(former)

    def test_what_stands_uncorrected_elsewhere_keeps_the_key(self, open_store: Open, write: Write) -> None:
        store = open_store()
        path, other = write("a.txt", LEVI), write("b.txt", LEVI)
        store.add(path, other)
        (key,) = cited(store)
        write("a.txt", LEVI.replace("1963", "1964"))
        store.add(path)
        assert [Path(citation.document).name for citation in store.work(key).citations] == ["b.txt"]

    def test_two_works_that_were_one_leave_both_keys_to_it(self, open_store: Open, write: Write) -> None:
        store = open_store()
        path = write("a.txt", f"{LEVI}\n{LEVI.replace('1963', '1936')}; p. 2")
        store.add(path)
        keys = list(cited(store))
        assert len(keys) == 2
        write("a.txt", f"{LEVI}\n{LEVI}; p. 2")
        store.add(path)
        assert {store.work(key).key for key in keys} == set(cited(store))

    @pytest.mark.parametrize(
        ("title", "changed", "same"),
        [
            ("a year", {"issued": {"date-parts": [[1964]]}}, True),
            ("a volume", {"volume": "3"}, True),
            ("another edition", {"issued": {"date-parts": [[1964]]}, "volume": "3"}, False),
            ("another title in another year", {"title": "Il barone", "issued": {"date-parts": [[1964]]}}, False),
            ("another author and title", {"title": "Il barone", "author": [{"family": "Calvino"}]}, False),
        ],
    )
    def test_when_in_doubt_it_is_another_work(self, title: str, changed: dict[str, object], same: bool) -> None:
        item = {
            "title": "La tregua",
            "volume": "2",
            "author": [{"family": "Levi", "given": "Primo"}],
            "issued": {"date-parts": [[1963]]},
        }
        assert may_be_corrected(item, item | changed) is same, title


class TestOfEarlierVersions:
    def test_a_key_of_an_earlier_version_stays(
        self, open_store: Open, write: Write, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        store = open_store()
        with monkeypatch.context() as earlier:
            earlier.setattr("citekit.store.keys.citation_key", lambda item: "1963")
            path = write("a.txt", f"{LEVI}; p. 12")
            store.add(path)
        write("a.txt", f"{LEVI}; p. 12\n{CALVINO}; p. 3")
        store.add(path, write("b.txt", f"{LEVI}; p. 45"))
        assert cited(store) == {"1963": 2, "calvino1963barone": 1}


class TestParted:
    def test_a_key_of_a_split_work_stays_with_it(self, open_store: Open, write: Write) -> None:
        store = open_store()
        path = write("a.txt", f"{LEVI}; p. 12\nIbid.; p. 45\n{LEVI}; p. 77")
        store.add(path)
        (former,) = cited(store)
        store.rename(former, "tregua")
        store.split("tregua", [3])
        before = cited(store)
        write("a.txt", path.read_text(encoding="utf-8").replace("1963", "1964"))
        store.add(path)
        assert cited(store) == before
        store.add(write("b.txt", f"{LEVI.replace('1963', '1964')}; p. 1\nIbid.; p. 2"))
        after = cited(store)
        assert {key: after[key] for key in before} == before
        assert len(after) == 3
        store.add(write("a.txt", f"{path.read_text(encoding='utf-8')}\nA remark."))
        assert cited(store) == after

    def test_what_was_split_off_never_takes_the_key_of_the_rest(self, open_store: Open, write: Write) -> None:
        store = open_store()
        path = write("a.txt", f"{LEVI}; p. 12\n{LEVI}; p. 77")
        store.add(path)
        (key,) = cited(store)
        store.split(key, [2])
        write("a.txt", f"A remark.\n{LEVI}; p. 77")
        store.add(path)
        assert cited(store) == {f"{key}a": 1}
        with pytest.raises(NoSuchWorkError):
            store.work(key)
        write("a.txt", f"{LEVI}; p. 12\n{LEVI}; p. 77")
        store.add(path)
        assert cited(store) == {key: 1, f"{key}a": 1}

    def test_a_merged_work_goes_on_with_its_key_without_what_brought_it(self, open_store: Open, write: Write) -> None:
        store = open_store()
        path = write("a.txt", LEVI)
        store.add(path, write("b.txt", WEBER))
        keys = list(cited(store))
        (merged,) = store.merge(keys).works
        write("a.txt", "Nothing.")
        store.add(path)
        assert cited(store) == {merged: 1}
        assert {store.work(key).key for key in keys} == {merged}


class TestGoneAndBack:
    def test_a_note_and_a_file(self, open_store: Open, write: Write, tmp_path: Path) -> None:
        store = open_store()
        full = f"{LEVI}; p. 12\n{WEBER}; p. 2\nIbid.; p. 4"
        path = write("a.txt", full)
        store.add(path)
        store.rename("weber1976wirtschaft", "WuG")
        before = cited(store)
        for text in (LEVI, ""):
            write("a.txt", text)
            store.add(path)
            assert "WuG" not in cited(store)
            write("a.txt", full)
            store.add(path)
            assert cited(store) == before
        assert store.work("weber1976wirtschaft").key == "WuG"
        assert dump(tmp_path / "references.db")["reserved_keys"] == []

    def test_a_merged_work(self, open_store: Open, write: Write) -> None:
        store = open_store()
        path = write("a.txt", f"{LEVI}\n{WEBER}")
        store.add(path)
        keys = list(cited(store))
        store.merge(keys)
        before = cited(store)
        for text in ("", f"{LEVI}\n{WEBER}"):
            write("a.txt", text)
            store.add(path)
        assert cited(store) == before
        assert {store.work(key).key for key in keys} == set(before)

    def test_in_another_document(self, open_store: Open, write: Write) -> None:
        store = open_store()
        path = write("a.txt", LEVI)
        store.add(path)
        before = cited(store)
        write("a.txt", "")
        store.add(path, write("b.txt", f"{LEVI}; Torino"))
        assert cited(store) == before

    def test_another_record_does_not_take_a_reserved_key(self, open_store: Open, write: Write) -> None:
        store = open_store()
        store.import_records(write("one.bib", "@book{weber, title={Wirtschaft}, author={Weber, Max}, year=1922}"))
        store.import_records(write("one.bib", "@book{other, title={Ein anderes Buch}, author={Kafka, F}, year=1925}"))
        (report,) = store.import_records(
            write("two.bib", "@book{weber, title={Der Freischütz}, author={Weber, Carl Maria}, year=1821}")
        )
        assert [diagnostic.code for diagnostic in report.diagnostics] == ["key-taken"]
        assert "weber" not in cited(store)


class TestWritten:
    def test_keys_that_differ_in_case_alone(self, open_store: Open, write: Write) -> None:
        store = open_store()
        store.add(write("a.txt", f"{LEVI}\n{WEBER}"))
        levi, weber = sorted(cited(store))
        with pytest.raises(StoreError, match="differs in case alone from weber1976wirtschaft"):
            store.rename(levi, "Weber1976Wirtschaft")
        store.rename(weber, "Weber1976Wirtschaft")
        (report,) = store.import_records(write("l.bib", "@book{LEVI1963tregua, title={Etwas}, author={B, A}, year=1}"))
        assert [diagnostic.code for diagnostic in report.diagnostics] == ["key-taken"]
        self.holds(store)

    @pytest.mark.parametrize("new", ["müller", "a&b", "-a", "yang$", "中国", "a[1]"])
    def test_letters_that_bibtex_does_not_know(self, open_store: Open, write: Write, new: str) -> None:
        store = open_store()
        store.add(write("a.txt", LEVI))
        (key,) = cited(store)
        with pytest.raises(StoreError, match="cannot be a citation key in BibTeX"):
            store.rename(key, new)
        (report,) = store.import_records(write("l.bib", f"@book{{{new}, title={{Etwas}}, author={{B, A}}, year=1999}}"))
        assert set(cited(store)) == {key, "b1999etwas"}
        assert [diagnostic.code for diagnostic in report.diagnostics] in (["key-unwritable"], [])
        self.holds(store)

    def test_a_given_key_differs_from_all_whatever_their_case(self, open_store: Open, write: Write) -> None:
        store = open_store()
        store.import_records(write("l.bib", "@book{Weber1976Wirtschaft, title={Etwas}, author={B, A}, year=1999}"))
        store.add(write("a.txt", WEBER))
        assert "weber1976wirtschafta" in cited(store)
        self.holds(store)

    def holds(self, store: Store) -> None:
        for format_ in ("bibtex", "biblatex"):
            written = re.findall(r"^@\w+\{([^,]+),", store.export(format_), re.MULTILINE)
            assert written == list(cited(store))


class TestReferences:
    LIBRARY = """@inproceedings{cr, title={Part}, author={A, B}, crossref={bk}}
@proceedings{bk, title={The Book}, year=2001, publisher={House}}
@book{vol, title={Volume One}, author={A, B}, crossref={set}}
@mvbook{set, title={The Set}, year=2002}
@book{lone, title={Alone}, author={A, B}, year=2003, crossref={nowhere}}
"""

    def test_a_part_says_itself_what_it_inherits(self, open_store: Open, write: Write) -> None:
        store = open_store()
        store.import_records(write("l.bib", self.LIBRARY))
        item = store.work("cr").item
        assert (item["container-title"], item["publisher"]) == ("The Book", "House")
        assert item["issued"] == {"date-parts": [[2001]]}
        store.rename("bk", "newbk")
        assert [(r.kind, r.work, r.target) for r in store.relations("cr")] == [("part-of", "cr", "newbk")]

    @pytest.mark.parametrize("format_", ["bibtex", "biblatex"])
    def test_no_exported_field_names_what_is_no_entry(self, open_store: Open, write: Write, format_: str) -> None:
        store = open_store()
        store.import_records(write("l.bib", self.LIBRARY))
        store.rename("bk", "newbk")
        store.rename("set", "newset")
        named = re.findall(r"crossref = \{(\w+)\}", store.export(format_))
        assert named == ["newbk", "newset"]


def test_a_store_of_the_former_revision(open_store: Open, write: Write, tmp_path: Path) -> None:
    path = tmp_path / "references.db"
    document = write("a.txt", f"{LEVI}\n{WEBER}")
    with open_store() as store:
        store.add(document)
        store.rename("weber1976wirtschaft", "WuG")
        before = [work.to_json() for work in store.works()]
    rows = dump(path)
    back_to(path, "0003")
    assert "reserved_keys" not in dump(path)
    with open_store() as store:
        assert [work.to_json() for work in store.works()] == before
        assert dump(path) == rows
        write("a.txt", "")
        store.add(document)
        write("a.txt", f"{LEVI}\n{WEBER}")
        store.add(document)
        assert [work.to_json() for work in store.works()] == before
    assert whole(path)
    assert [finding.code for finding in checking.check(path).findings] == []
