"""Works across documents: one work each, whatever the order in which documents came, under a key that stays."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from citekit.errors import NoSuchWorkError
from citekit.store import Store
from citekit.store.keys import claim

from . import reference_lines, title_matcher
from .conftest import Write
from .dump import dump, groups, whole

Open = Callable[..., Store]

MUBEI = "Yang, Jisheng; Mubei: Zhongguo liushi niandai da jihuang jishi; 2007"
TOMBSTONE = "Yang, Jisheng; Tombstone: The Great Chinese Famine, 1958-1962; 2012"
ORIGINS_2 = "MacFarquhar, Roderick; The Origins of the Cultural Revolution 2: The Great Leap Forward; 1983"
ORIGINS_3 = "MacFarquhar, Roderick; The Origins of the Cultural Revolution 3: The Coming of the Cataclysm; 1997"
LEVI = "Levi, Primo; La tregua; 1963"
REFERENCES = (MUBEI, TOMBSTONE, ORIGINS_2, ORIGINS_3, LEVI, MUBEI.lower(), "Levi, P.; La tregua; 1963; Torino")


def test_a_work_cited_in_two_documents_is_one(open_store: Open, write: Write) -> None:
    store = open_store()
    store.add(write("a.txt", f"{MUBEI}\n{LEVI}"))
    (report,) = store.add(write("b.txt", f"{ORIGINS_3}\n{MUBEI}; p. 7")).documents
    assert (report.works_new, report.works_known) == (1, 1)
    assert groups(store.works()) == {
        frozenset({("a.txt", 0, len(MUBEI)), ("b.txt", len(ORIGINS_3) + 1, len(ORIGINS_3) + len(MUBEI) + 7)}),
        frozenset({("a.txt", len(MUBEI) + 1, len(MUBEI) + 1 + len(LEVI))}),
        frozenset({("b.txt", 0, len(ORIGINS_3))}),
    }


def test_an_initial_that_fits_two_is_neithers_and_that_is_told(open_store: Open, write: Write) -> None:
    cited = {name: f"{author}; The Salt Trade in Norland; 1950" for name, author in
             (("rolf.txt", "Munk, Rolf"), ("initial.txt", "Munk, R."), ("ralph.txt", "Munk, Ralph"))}  # fmt: skip
    paths = {name: write(name, text) for name, text in cited.items()}
    for number, order in enumerate(itertools.permutations(paths)):
        store = open_store(f"{number}.db")
        reports = [document for name in order for document in store.add(paths[name]).documents]
        assert len(list(store.works())) == 3
        assert all(report.works_known >= 0 for report in reports)
        parted = [each for report in reports for each in report.parted]
        if order[2] == "initial.txt":
            assert parted == []
        else:
            assert len(parted) == 1
            assert parted == list(reports[2].parted)
            assert any(parted[0].now in pair.keys for pair in store.duplicates())
        assert len(store.duplicates()) == 2


def test_volumes_of_a_set_stay_apart(open_store: Open, write: Write) -> None:
    store = open_store()
    store.add(write("a.txt", ORIGINS_2), write("b.txt", ORIGINS_3))
    assert len(list(store.works())) == 2


def test_the_work_says_what_its_documents_say_together(open_store: Open, write: Write) -> None:
    store = open_store()
    store.add(write("a.txt", "Levi, Primo; La tregua; 1963"), write("b.txt", "Levi, Primo; La tregua; 1963; Torino"))
    (work,) = store.works()
    assert work.item["publisher-place"] == "Torino"


def test_the_groups_do_not_depend_on_the_order_of_adding(write: Write, tmp_path: Path) -> None:
    paths = [
        write("a.txt", f"{MUBEI}\n{ORIGINS_2}\n{LEVI}"),
        write("b.txt", f"{ORIGINS_3}\n{TOMBSTONE}\n{MUBEI.lower()}"),
        write("c.txt", f"Levi, P.; La tregua; 1963\n{ORIGINS_2}\n{TOMBSTONE}"),
    ]
    found = []
    for number, order in enumerate(itertools.permutations(paths)):
        with Store(tmp_path / f"{number}.db", extract=reference_lines.extract) as store:
            store.add(*order)
            found.append((groups(store.works()), sorted(map(repr, (_without_key(w.item) for w in store.works())))))
    assert all(each == found[0] for each in found)


def _without_key(item: object) -> dict[str, object]:
    return {name: value for name, value in dict(item).items() if name != "id"}  # type: ignore[call-overload]


documents = st.lists(st.sampled_from(REFERENCES), min_size=1, max_size=4).map("\n".join)
steps = st.lists(st.tuples(st.sampled_from(["a.txt", "b.txt", "c.txt"]), documents), min_size=1, max_size=6)


@given(steps)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_came_before_the_last_versions_alone_make_the_groups(changes: list[tuple[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        with Store(place / "lived.db", extract=reference_lines.extract) as lived:
            keys: set[str] = set()
            for name, text in changes:
                (place / name).write_text(text, encoding="utf-8")
                lived.add(place / name)
                keys |= {work.key for work in lived.works()}
            after = groups(lived.works())
            assert keys == {row[1] for row in dump(place / "lived.db")["citation_keys"]}  # once given, kept for ever
        with Store(place / "fresh.db", extract=reference_lines.extract) as fresh:
            fresh.add(*sorted({place / name for name, _ in changes}, reverse=True))
            assert groups(fresh.works()) == after
        assert whole(place / "lived.db")
        rows = dump(place / "lived.db")
        assert len(rows["memberships"]) == len(rows["document_works"])
        assert {row[1] for row in rows["memberships"]} == {row[0] for row in rows["works"]}


@pytest.mark.usefixtures("by_title")
class TestKeys:
    """A web address in common makes works one here, so that a later document can join two."""

    def test_works_that_come_together_keep_the_key_given_first(self, open_store: Open, write: Write) -> None:
        store = open_store()
        store.add(write("a.txt", "Yang; Mubei; http://a"), write("b.txt", "Yang; Tombstone; http://b"))
        first, second = sorted(work.key for work in store.works())
        store.add(write("c.txt", "Yang; Mubei; http://b"))
        (work,) = store.works()
        assert work.key == first
        assert store.work(second) == work  # a manuscript that has the other key finds the work

    def test_works_that_part_again_take_up_their_keys(self, open_store: Open, write: Write) -> None:
        store = open_store()
        store.add(write("a.txt", "Yang; Mubei; http://a"), write("b.txt", "Yang; Tombstone; http://b"))
        before = [work.to_json() for work in store.works()]
        bridge = write("c.txt", "Yang; Mubei; http://b")
        store.add(bridge)
        write("c.txt", "Levi; Tregua")
        store.add(bridge)
        assert [work.to_json() for work in store.works() if work.item["title"] != "Tregua"] == before

    def test_the_key_of_a_vanished_work_is_never_given_to_another(self, open_store: Open, write: Write) -> None:
        store = open_store()
        path = write("a.txt", "Yang; Mubei; 1999; http://a")
        store.add(path)
        (gone,) = store.works()
        write("a.txt", "Levi; Tregua; 1963")
        store.add(path)
        with pytest.raises(NoSuchWorkError):
            store.work(gone.key)
        store.add(write("b.txt", "Yang; Mubei Again; 1999; http://b"))
        assert [work.key for work in store.works()][-1] == f"{gone.key}a"
        store.add(write("c.txt", "Yang; Mubei; 1999; http://c"))
        assert store.work(gone.key).item["title"] == "Mubei"  # the work itself has its key again

    def test_a_corrected_document_leaves_keys_alone(self, open_store: Open, write: Write) -> None:
        store = open_store()
        path = write("a.txt", "Yang; Mubei; 2007\nLevi; Tregua; 1963")
        store.add(path)
        before = {work.item["title"]: work.key for work in store.works()}
        write("a.txt", "Levi, Primo; Tregua; 1963; Torino\nNew; Other; 2000\nYang, Jisheng; Mubei; 2008")
        store.add(path)
        after = {work.item["title"]: work.key for work in store.works()}
        assert {title: after[title] for title in before} == before

    def test_a_key_survives_the_document_that_brought_it(self, open_store: Open, write: Write) -> None:
        store = open_store()
        path = write("a.txt", "Yang; Mubei; 2007")
        store.add(path, write("b.txt", "Yang; Mubei; 2008"))
        ((key, _),) = [(work.key, work) for work in store.works()]
        write("a.txt", "Levi; Tregua")
        store.add(path)
        assert key in [work.key for work in store.works()]

    def test_a_key_given_at_a_parting_stays(self, open_store: Open, write: Write) -> None:
        store = open_store()
        bridge = write("c.txt", "Yang; Mubei; http://b")
        store.add(write("a.txt", "Yang; Mubei; http://a"), bridge, write("b.txt", "Yang; Tombstone; http://b"))
        write("c.txt", "Levi; Tregua")
        store.add(bridge)
        mubei, tombstone = (_key(store, title) for title in ("Mubei", "Tombstone"))
        assert mubei != tombstone
        store.add(write("d.txt", "Levi; Tombstone; http://d"))
        assert (_key(store, "Mubei"), _key(store, "Tombstone")) == (mubei, tombstone)
        assert len(list(store.works())) == 3

    def test_a_key_whose_work_fell_in_two_parts_goes_to_one_of_them(self, open_store: Open, write: Write) -> None:
        store = open_store()
        # Two references of one work (http://q), each later drawn into another, earlier work, and later let go.
        store.add(write("p.txt", "P; First; http://p"), write("r.txt", "R; Second; http://r"))
        one, two = write("1.txt", "Q; One; http://q"), write("2.txt", "Q; Two; http://q")
        store.add(one, two)
        joins = write("j.txt", "J; One; http://p"), write("k.txt", "K; Two; http://r")
        store.add(*joins)
        for path, text in ((one, "Q; One; http://q1"), (two, "Q; Two; http://q2")):
            path.write_text(text, encoding="utf-8")
            store.add(path)
        for join in joins:
            join.write_text("Levi; Tregua", encoding="utf-8")
            store.add(join)
        assert sorted(work.item["title"] for work in store.works()) == ["First", "One", "Second", "Tregua", "Two"]
        assert len({work.key for work in store.works()}) == 5

    def test_when_the_matcher_learns_better_a_touched_group_is_grouped_anew_as_a_whole(
        self, open_store: Open, write: Write, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        store = open_store()
        store.add(write("a.txt", "Yang; Mubei; http://a"), write("b.txt", "Yang; Tombstone; http://a; Torino"))
        assert len(list(store.works())) == 1
        monkeypatch.setattr(title_matcher, "FIELDS", ("title",))
        store.add(write("c.txt", "Yang; Tombstone"))
        assert sorted(len(work.citations) for work in store.works()) == [1, 2]
        assert [work.item["title"] for work in store.works() if "publisher-place" in work.item] == ["Tombstone"]


def _key(store: Store, title: str) -> str:
    return next(work.key for work in store.works() if work.item["title"] == title)


class TestClaims:
    @pytest.mark.parametrize(
        ("title", "groups", "homes", "expected"),
        [
            ("a new work needs a new key", [[1]], {}, [None]),
            ("a group keeps its key", [[1, 2]], {1: 10}, [10]),
            ("of two keys the one given first", [[1, 2]], {1: 11, 2: 10}, [10]),
            ("parted: the key stays with who had it first", [[1], [2]], {1: 10, 2: 10}, [10, None]),
            ("parted: the other takes up its own", [[1, 2], [3]], {1: 10, 2: 11, 3: 11}, [10, 11]),
            ("a key is no two groups'", [[1, 3], [2, 4]], {1: 10, 2: 10, 3: 11, 4: 11}, [10, 11]),
        ],
    )
    def test_claim(
        self, title: str, groups: list[list[int]], homes: dict[int, int], expected: list[int | None]
    ) -> None:
        assert claim(groups, homes) == expected, title

    @given(
        st.lists(st.integers(0, 4), min_size=1, max_size=12).flatmap(
            lambda homes: st.tuples(
                st.just(homes), st.lists(st.integers(0, 3), min_size=len(homes), max_size=len(homes))
            )
        )
    )
    def test_no_key_is_claimed_twice_and_none_by_a_stranger(self, drawn: tuple[list[int], list[int]]) -> None:
        homes, placed = dict(enumerate(drawn[0])), drawn[1]
        parted = [[m for m, group in enumerate(placed) if group == g] for g in sorted(set(placed))]
        given_ = claim(parted, homes)
        claimed = [key for key in given_ if key is not None]
        assert len(claimed) == len(set(claimed))
        for group, key in zip(parted, given_, strict=True):
            own = {homes[member] for member in group}
            assert key in own or (key is None and own <= set(claimed))
