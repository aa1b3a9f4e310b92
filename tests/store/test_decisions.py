"""Decisions of the user: what they do to the groups, that they last, and that they can be taken back."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from citekit.errors import NoSuchWorkError, StoreError
from citekit.store import Store

from . import reference_lines
from .conftest import Write
from .dump import groups

Open = Callable[..., Store]

MUBEI = "Yang, Jisheng; Mubei: Zhongguo liushi niandai da jihuang jishi; 2007"
TOMBSTONE = "Yang, Jisheng; Tombstone: The Great Chinese Famine, 1958-1962; 2012"
LEVI = "Levi, Primo; La tregua; 1963"
TRUCE = "Levi, Primo; The Truce; 1965"


def key_of(store: Store, title: str) -> str:
    return next(work.key for work in store.works() if work.item["title"].startswith(title))


def names(store: Store) -> dict[str, int]:
    """Each work's key, with how often it is cited."""
    return {work.key: len(work.citations) for work in store.works()}


def same(store: Store) -> set[frozenset[tuple[str, int, int]]]:
    return groups(store.works())


class TestMerge:
    def test_two_works_become_one_under_the_key_given_first(self, open_store: Open, write: Write) -> None:
        store = open_store()
        store.add(write("a.txt", LEVI), write("b.txt", TRUCE))
        first, second = key_of(store, "La tregua"), key_of(store, "The Truce")
        outcome = store.merge([second, first])
        assert outcome.works == (first,)
        assert names(store) == {first: 2}
        assert store.work(second) == store.work(first)

    def test_what_is_added_later_joins_the_merged_work(self, open_store: Open, write: Write) -> None:
        store = open_store()
        store.add(write("a.txt", LEVI), write("b.txt", TRUCE))
        store.merge([key_of(store, "La tregua"), key_of(store, "The Truce")])
        store.add(write("c.txt", f"{TRUCE}; p. 9\n{LEVI}; p. 3"))
        assert [len(work.citations) for work in store.works()] == [4]

    def test_undo_parts_them_under_their_own_keys(self, open_store: Open, write: Write) -> None:
        store = open_store()
        store.add(write("a.txt", LEVI), write("b.txt", TRUCE))
        before = store.export("csl-json")
        store.merge([key_of(store, "La tregua"), key_of(store, "The Truce")])
        assert store.export("csl-json") != before
        store.undo()
        assert store.export("csl-json") == before

    def test_one_work_cannot_be_merged_with_itself(self, open_store: Open, write: Write) -> None:
        store = open_store()
        store.add(write("a.txt", f"{LEVI}\n{TRUCE}"))
        one, other = key_of(store, "La tregua"), key_of(store, "The Truce")
        store.merge([one, other])
        with pytest.raises(StoreError, match="one work already"):
            store.merge([one, other])
        with pytest.raises(NoSuchWorkError, match="did you mean"):
            store.merge([one, f"{other}x"])
        assert len(store.history()) == 1


class TestSplit:
    def test_the_named_citations_are_another_work_and_the_rest_keeps_the_key(
        self, open_store: Open, write: Write
    ) -> None:
        store = open_store()
        store.add(write("a.txt", LEVI), write("b.txt", f"{LEVI}; p. 2"), write("c.txt", f"{LEVI}; p. 3"))
        (key,) = names(store)
        outcome = store.split(key, [1])
        assert names(store) == {key: 2, f"{key}a": 1}
        assert outcome.works == (key, f"{key}a")
        assert store.work(f"{key}a").citations[0].document.endswith("a.txt")

    def test_citations_of_one_document_can_be_told_apart(self, open_store: Open, write: Write) -> None:
        store = open_store()
        store.add(write("a.txt", f"{LEVI}; p. 1\nIbid.; p. 2\n{LEVI}; p. 3\nIbid.; p. 4"))
        (key,) = names(store)
        work = store.work(key)
        store.split(key, [work.citations[2]])
        assert [citation.text for citation in store.work(f"{key}a").citations] == [f"{LEVI}; p. 3"]
        assert [citation.text[-4:] for citation in store.work(key).citations] == ["p. 1", "p. 2", "p. 4"]

    def test_a_new_note_goes_with_the_citation_it_refers_to(self, open_store: Open, write: Write) -> None:
        store = open_store()
        path = write("a.txt", f"{LEVI}; p. 1\n{LEVI}; p. 3")
        store.add(path)
        (key,) = names(store)
        store.split(key, [2])
        write("a.txt", f"{LEVI}; p. 1\n{LEVI}; p. 3\nIbid.; p. 4")
        store.add(path)
        assert names(store) == {key: 1, f"{key}a": 2}

    def test_undo_makes_one_work_of_it(self, open_store: Open, write: Write) -> None:
        store = open_store()
        store.add(write("a.txt", f"{LEVI}; p. 1\n{LEVI}; p. 3"), write("b.txt", LEVI))
        before = [work.to_json() for work in store.works()]
        (key,) = names(store)
        store.split(key, [2])
        store.split(key, [1])
        assert len(names(store)) == 3
        store.undo(2)
        assert [work.to_json() for work in store.works()] == before
        assert store.work(f"{key}a") == store.work(key)

    def test_split_after_split_keeps_every_key(self, open_store: Open, write: Write) -> None:
        store = open_store()
        store.add(write("a.txt", "\n".join(f"{LEVI}; p. {number}" for number in range(6))))
        (key,) = names(store)
        store.split(key, [1, 2, 3])
        once = store.export("csl-json")
        second = next(name for name in names(store) if name != key)
        store.split(second, [1])
        assert store.work(second).citations[0].text.endswith("p. 1")
        third = next(name for name in names(store) if name not in (key, second))
        twice = store.export("csl-json")
        store.merge([second, third])
        assert store.export("csl-json") == once
        store.undo()
        assert store.export("csl-json") == twice

    @pytest.mark.parametrize("named", [[], [1, 2], [3], [0]])
    def test_all_none_or_strange_citations_are_refused(self, open_store: Open, write: Write, named: list[int]) -> None:
        store = open_store()
        store.add(write("a.txt", f"{LEVI}\n{LEVI}; p. 2"))
        (key,) = names(store)
        with pytest.raises(StoreError, match="citekit show"):
            store.split(key, named)
        assert store.history() == []


class TestApart:
    def test_works_that_a_later_document_would_join_stay_two(self, open_store: Open, write: Write) -> None:
        joined, kept = open_store("joined.db"), open_store("kept.db")
        documents = [write("a.txt", "Yang; Mubei; 2007"), write("b.txt", "Yang; Mubei. Zhongguo; 2008")]
        for store in (joined, kept):
            store.add(*documents)
        keys = sorted(names(kept))
        if len(keys) < 2:
            pytest.skip("the matcher takes them for one")
        kept.apart(*keys)
        for store in (joined, kept):
            store.add(write("c.txt", "Yang; Mubei. Zhongguo; 2007"))
        assert {kept.work(key).key for key in keys} == set(keys)

    def test_one_work_is_to_be_split(self, open_store: Open, write: Write) -> None:
        store = open_store()
        store.add(write("a.txt", LEVI))
        (key,) = names(store)
        with pytest.raises(StoreError, match="citekit split"):
            store.apart(key, key)

    def test_a_later_merge_wins_and_says_so(self, open_store: Open, write: Write) -> None:
        store = open_store()
        store.add(write("a.txt", LEVI), write("b.txt", TRUCE))
        one, other = names(store)
        first = store.apart(one, other).decision
        assert store.merge([one, other]).overridden == (first,)
        assert len(names(store)) == 1
        assert [decision.overridden for decision in store.history()] == [True, False]
        store.undo()
        assert len(names(store)) == 2
        assert [decision.overridden for decision in store.history()] == [False, False]


class TestEdit:
    @pytest.mark.parametrize(
        ("field", "typed", "said"),
        [
            ("title", "La tregua", "La tregua"),
            ("doi", "10.1000/182", "10.1000/182"),
            ("author", "Levi, Primo", [{"family": "Levi", "given": "Primo"}]),
            (
                "editor",
                "Belpoliti, Marco; Istituto Storico",
                [{"family": "Belpoliti", "given": "Marco"}, {"literal": "Istituto Storico"}],
            ),
            ("issued", "1963-07", {"date-parts": [[1963, 7]]}),
            ("issued", "1849/1853", {"date-parts": [[1849], [1853]]}),
            ("issued", "1790~", {"date-parts": [[1790]], "circa": True}),
            ("issued", "1790?", {"raw": "1790?"}),
            ("type", "chapter", "chapter"),
        ],
    )
    def test_a_value_in_the_shape_of_csl(
        self, open_store: Open, write: Write, field: str, typed: str, said: object
    ) -> None:
        store = open_store()
        store.add(write("a.txt", LEVI))
        (key,) = names(store)
        store.edit(key, field, typed)
        assert store.work(key).item[field.upper() if field == "doi" else field] == said

    @pytest.mark.parametrize(
        ("field", "typed", "complaint"),
        [
            ("titel", "x", "did you mean title"),
            ("issued", "in the spring", "EDTF"),
            ("type", "novel", "no type of CSL"),
            ("title", "  ", "empty"),
            ("author", "; Levi", "a name is missing"),
            ("author", 7, "a list of names"),
        ],
    )
    def test_a_value_that_does_not_fit_is_refused(
        self, open_store: Open, write: Write, field: str, typed: object, complaint: str
    ) -> None:
        store = open_store()
        store.add(write("a.txt", LEVI))
        (key,) = names(store)
        with pytest.raises(StoreError, match=complaint):
            store.edit(key, field, typed)

    def test_what_the_user_set_no_document_changes(self, open_store: Open, write: Write) -> None:
        store = open_store()
        path = write("a.txt", LEVI)
        store.add(path)
        (key,) = names(store)
        store.edit(key, "publisher-place", "Torino")
        store.edit(key, "issued", None)
        store.add(write("b.txt", f"{LEVI}; Milano"), write("c.txt", f"{LEVI}; Milano"))
        write("a.txt", f"Foreword.\n{LEVI}; Milano")
        store.add(path)
        item = store.work(key).item
        assert (item["publisher-place"], item.get("issued")) == ("Torino", None)
        store.undo(2)
        item = store.work(key).item
        assert (item["publisher-place"], item["issued"]) == ("Milano", {"date-parts": [[1963]]})

    def test_of_two_edits_the_later_one_holds(self, open_store: Open, write: Write) -> None:
        store = open_store()
        store.add(write("a.txt", LEVI))
        (key,) = names(store)
        store.edit(key, "note", "first")
        store.edit(key, "note", "second")
        assert store.work(key).item["note"] == "second"
        store.undo()
        assert store.work(key).item["note"] == "first"

    def test_an_edit_goes_with_the_greater_part_of_a_split_work(self, open_store: Open, write: Write) -> None:
        store = open_store()
        store.add(write("a.txt", f"{LEVI}\n{LEVI}; p. 2\n{LEVI}; p. 3"))
        (key,) = names(store)
        store.edit(key, "note", "mine")
        store.split(key, [1])
        assert [(work.key, work.item.get("note")) for work in store.works()] == [(key, "mine"), (f"{key}a", None)]


class TestRename:
    def test_the_new_key_stays_and_the_old_one_leads_to_it(self, open_store: Open, write: Write) -> None:
        store = open_store()
        path = write("a.txt", LEVI)
        store.add(path)
        (former,) = names(store)
        store.rename(former, "tregua")
        store.add(write("b.txt", f"{LEVI}; Torino"))
        write("a.txt", f"{LEVI}; p. 3")
        store.add(path)
        assert names(store) == {"tregua": 2}
        assert store.work(former).key == "tregua"

    def test_undo_and_the_same_name_again(self, open_store: Open, write: Write) -> None:
        store = open_store()
        store.add(write("a.txt", f"{LEVI}\n{TRUCE}"))
        former, other = key_of(store, "La tregua"), key_of(store, "The Truce")
        store.rename(former, "tregua")
        store.rename("tregua", "levi")
        store.undo(2)
        assert set(names(store)) == {former, other}
        assert store.work("tregua").key == former  # it may stand in a manuscript by now
        with pytest.raises(StoreError, match="another work"):
            store.rename(other, "tregua")
        store.rename(former, "tregua")
        assert set(names(store)) == {"tregua", other}

    def test_a_name_that_was_replaced_leads_on_though_its_work_was_split(self, open_store: Open, write: Write) -> None:
        store = open_store()
        store.add(write("a.txt", f"{LEVI}\n{LEVI}; p. 2"))
        (former,) = names(store)
        store.rename(former, "first")
        store.split("first", [2])
        store.rename("first", "second")
        assert [store.work(key).key for key in (former, "first", "second")] == ["second"] * 3

    def test_a_name_of_the_user_comes_before_one_that_was_given(self, open_store: Open, write: Write) -> None:
        store = open_store()
        store.add(write("a.txt", LEVI), write("b.txt", TRUCE))
        first, second = key_of(store, "La tregua"), key_of(store, "The Truce")
        store.rename(second, "truce")
        store.merge([first, second])
        assert names(store) == {"truce": 2}
        assert store.work(first).key == "truce"

    @pytest.mark.parametrize("new", ["", "a b", "a,b", "{a}", 'a"', "a%b", "#a"])
    def test_a_key_that_no_bibliography_can_hold(self, open_store: Open, write: Write, new: str) -> None:
        store = open_store()
        store.add(write("a.txt", LEVI))
        (key,) = names(store)
        with pytest.raises(StoreError, match="citation key"):
            store.rename(key, new)

    def test_the_key_of_another_work_is_refused(self, open_store: Open, write: Write) -> None:
        store = open_store()
        store.add(write("a.txt", f"{LEVI}\n{TRUCE}"))
        one, other = names(store)
        with pytest.raises(StoreError, match="another work"):
            store.rename(one, other)


class TestVersions:
    """Decisions find their citations again when the document has changed."""

    def test_notes_were_added_before_it(self, open_store: Open, write: Write) -> None:
        store = open_store()
        path = write("a.txt", f"{LEVI}; p. 1\n{LEVI}; p. 2")
        store.add(path)
        (key,) = names(store)
        store.split(key, [2])
        write("a.txt", f"{MUBEI}\nA remark.\n{LEVI}; p. 1\n{LEVI}; p. 2")
        (report,) = store.add(path).documents
        assert report.orphaned == 0
        assert {work.key: [c.text[-1] for c in work.citations] for work in store.works() if "levi" in work.key} == {
            key: ["1"],
            f"{key}a": ["2"],
        }
        assert {citation.fit for citation in store.history()[0].citations} == {"text"}

    def test_the_citation_was_corrected(self, open_store: Open, write: Write) -> None:
        store = open_store()
        path = write("a.txt", f"{LEVI}; p. 1\n{LEVI}; p. 2")
        store.add(path)
        (key,) = names(store)
        store.split(key, [2])
        write("a.txt", f"{LEVI}; p. 1\n{LEVI}; p. 217")
        store.add(path)
        assert [citation.fit for citation in store.history()[0].citations] == ["similar", "same"]
        assert len(names(store)) == 2

    def test_what_fits_nothing_is_orphaned_and_comes_back_with_its_words(self, open_store: Open, write: Write) -> None:
        store = open_store()
        path = write("a.txt", f"{LEVI}\n{TRUCE}")
        store.add(path)
        key = key_of(store, "The Truce")
        store.edit(key, "note", "translated by Woolf")
        store.rename(key, "truce")
        write("a.txt", f"{LEVI}\n{MUBEI}")
        (report,) = store.add(path).documents
        assert report.orphaned == 1
        assert [len(decision.orphaned) for decision in store.history()] == [1, 1]
        assert "truce" not in names(store)
        write("a.txt", f"{LEVI}\n{TRUCE}")
        store.add(path)
        assert [decision.orphaned for decision in store.history()] == [(), ()]
        assert store.work("truce").item["note"] == "translated by Woolf"

    def test_of_equal_words_the_surroundings_decide(self, open_store: Open, write: Write) -> None:
        store = open_store()
        path = write("a.txt", f"{LEVI}\nIbid.; p. 2\n{MUBEI}\nIbid.; p. 2")
        store.add(path)
        store.split(key_of(store, "Mubei"), [2])
        write("a.txt", f"{TOMBSTONE}\n{LEVI}\nIbid.; p. 2\n{MUBEI}\nIbid.; p. 2")
        store.add(path)
        assert names(store)[key_of(store, "La tregua")] == 2
        assert len(names(store)) == 4

    def test_a_document_that_moved_is_the_same_under_its_name(self, open_store: Open, write: Write) -> None:
        store = open_store()
        old = write("a.txt", f"{LEVI}; p. 1\n{LEVI}; p. 2")
        store.add(old, source="thesis")
        (key,) = names(store)
        store.split(key, [2])
        (report,) = store.add(write("b.txt", f"{LEVI}; p. 1\n{LEVI}; p. 2\n"), source="thesis").documents
        assert (report.status, report.orphaned) == ("updated", 0)
        assert {citation.document for work in store.works() for citation in work.citations} == {"thesis"}
        assert len(names(store)) == 2
        with pytest.raises(StoreError, match="one by one"):
            store.add("a.txt", "b.txt", source="thesis")


def test_there_is_nothing_to_undo(open_store: Open, write: Write) -> None:
    store = open_store()
    store.add(write("a.txt", f"{LEVI}\n{TRUCE}"))
    with pytest.raises(StoreError, match="no decision is in force"):
        store.undo()
    store.apart(*names(store))
    with pytest.raises(StoreError, match="only 1 of 2"):
        store.undo(2)
    assert store.history()[0].undone_at is None
    store.undo()
    assert store.history()[0].undone_at is not None


def test_a_decision_makes_no_store(open_store: Open, tmp_path: Path) -> None:
    store = open_store("none.db")
    with pytest.raises(StoreError, match="no store at this place"):
        store.merge(["a", "b"])
    assert not (tmp_path / "none.db").exists()


class TestOrder:
    """The same documents and decisions make the same groups, in whatever order the documents came."""

    VERSIONS = (
        ("a.txt", f"{LEVI}; p. 1\n{LEVI}; p. 2\n{TRUCE}", f"{LEVI}; p. 1\n{LEVI}; p. 22\n{TRUCE}\n{MUBEI}"),
        ("b.txt", f"{TRUCE}; p. 5\n{MUBEI}", f"{TRUCE}; p. 5\nIbid.; p. 6\n{TOMBSTONE}"),
        ("c.txt", f"{LEVI}\n{TOMBSTONE}", f"{LEVI}; Torino\n{TOMBSTONE}"),
    )

    def lived(self, tmp_path: Path, order: tuple[int, ...]) -> tuple[object, list[str]]:
        place = tmp_path / "".join(map(str, order))
        place.mkdir()
        for name, first, _ in self.VERSIONS:
            (place / name).write_text(first, encoding="utf-8")
        with Store(place / "references.db", extract=reference_lines.extract) as store:
            store.add(*(place / self.VERSIONS[number][0] for number in order))
            tregua = store.work(key_of(store, "La tregua"))
            store.split(tregua.key, [c for c in tregua.citations if c.text.endswith("p. 2")])
            rest = next(w.key for w in store.works() if any(c.text.endswith("p. 1") for c in w.citations))
            store.merge([key_of(store, "The Truce"), rest])
            store.apart(key_of(store, "Mubei"), key_of(store, "Tombstone"))
            store.edit(key_of(store, "Tombstone"), "publisher-place", "New York")
            for number in reversed(order):
                name, _, second = self.VERSIONS[number]
                (place / name).write_text(second, encoding="utf-8")
                store.add(place / name)
            said = [repr({k: v for k, v in work.item.items() if k != "id"}) for work in store.works()]
            return same(store), sorted(said)

    def test_groups_do_not_depend_on_the_order_of_adding(self, tmp_path: Path) -> None:
        found = [self.lived(tmp_path, order) for order in itertools.permutations(range(3))]
        assert all(each == found[0] for each in found)
        assert len(found[0][1]) == 4  # La tregua with The Truce, the citation split off, Mubei, Tombstone


class TestWrongArguments:
    """What a program gets wrong is told like everything else: what, and what to do."""

    @pytest.mark.parametrize(
        ("wrong", "says"),
        [
            (lambda store, key: store.merge(key), "is one citation key; give a list"),
            (lambda store, key: store.merge([]), "no work was named; name at least two"),
            (lambda store, key: store.split(key, [True]), "has no citation True; citekit show"),
            (lambda store, key: store.undo(0), "0 is no number of decisions; give 1 or more"),
            (lambda store, key: store.undo(-3), "-3 is no number of decisions"),
            (lambda store, key: store.edit(key, "title", "a\ud800b"), "half of a character"),
            (lambda store, key: store.edit(key, "author", [{"family": "a\ud800"}]), "half of a character"),
            (lambda store, key: store.rename(key, "a\ud800"), "half of a character"),
            (lambda store, key: store.work("a\ud800"), "half of a character"),
        ],
    )
    def test_each_is_one_line_and_changes_nothing(
        self, open_store: Open, write: Write, wrong: Callable[[Store, str], object], says: str
    ) -> None:
        store = open_store()
        store.add(write("a.txt", f"{LEVI}\n{LEVI}; p. 9"))
        (key,) = names(store)
        before = store.export("csl-json")
        with pytest.raises(StoreError, match=says):
            wrong(store, key)
        assert (store.export("csl-json"), store.history()) == (before, [])

    def test_a_store_of_another_thread(self, open_store: Open, write: Write) -> None:
        store = open_store()
        store.add(write("a.txt", LEVI))
        with ThreadPoolExecutor() as pool, pytest.raises(StoreError, match="open one Store in each thread"):
            pool.submit(store.work, "levi1963tregua").result()
        assert len(names(store)) == 1
