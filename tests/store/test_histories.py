"""Whatever is added and decided, nothing is lost, and what was decided can be taken back to the byte."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, assume, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from citekit.errors import StoreError
from citekit.store import Store

from . import reference_lines
from .dump import dump, groups, whole

REFERENCES = (
    "Levi, Primo; La tregua; 1963",
    "Levi, P.; La tregua; 1963; Torino",
    "Levi, Primo; The Truce; 1965",
    "Yang, Jisheng; Mubei: Zhongguo liushi niandai da jihuang jishi; 2007",
    "MacFarquhar, Roderick; The Origins of the Cultural Revolution 2: The Great Leap Forward; 1983",
    "Ibid.; p. 7",
)
NAMES = ("a.txt", "b.txt", "c.txt")
VALUES = {"note": ["mine", "yours"], "publisher-place": ["Roma"], "issued": ["1964"]}
texts = st.lists(st.sampled_from(REFERENCES), min_size=1, max_size=4).map("\n".join)


class Histories(RuleBasedStateMachine):
    """A store that is lived in; beside each decision stands what the store said before it."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.place = Path(self.folder.name)
        self.store = Store(self.place / "lived.db", extract=reference_lines.extract)
        self.before: list[str | None] = []
        self.given: set[str] = set()
        self.fresh = 0

    @initialize(first=texts, second=texts)
    def begin(self, first: str, second: str) -> None:
        self.put("a.txt", f"{REFERENCES[0]}\n{first}")
        self.put("b.txt", second)

    def put(self, name: str, text: str) -> None:
        (self.place / name).write_text(text, encoding="utf-8")
        (report,) = self.store.add(self.place / name).documents
        if report.status != "unchanged":
            self.before = [None for _ in self.before]  # what is undone now is no longer what was before

    def key(self, number: int) -> str:
        keys = [work.key for work in self.store.works()]
        assume(keys)  # "Ibid." alone names no work
        return keys[number % len(keys)]

    def decide(self, decision: Any) -> None:
        before = self.store.export("csl-json")
        with suppress(StoreError):
            decision()
            self.before.append(before)

    @rule(name=st.sampled_from(NAMES), text=texts)
    def add(self, name: str, text: str) -> None:
        self.put(name, text)

    @precondition(lambda self: len(list(self.store.works())) > 1)
    @rule(one=st.integers(0, 9), other=st.integers(0, 9))
    def merge(self, one: int, other: int) -> None:
        self.decide(lambda: self.store.merge([self.key(one), self.key(other)]))

    @precondition(lambda self: len(list(self.store.works())) > 1)
    @rule(one=st.integers(0, 9), other=st.integers(0, 9))
    def apart(self, one: int, other: int) -> None:
        self.decide(lambda: self.store.apart(self.key(one), self.key(other)))

    @rule(number=st.integers(0, 9), chosen=st.sets(st.integers(1, 6), min_size=1, max_size=3))
    def split(self, number: int, chosen: set[int]) -> None:
        works = [work for work in self.store.works() if len(work.citations) > 1]
        if works:
            assume(works)
            work = works[number % len(works)]
            named = {place for place in chosen if place <= len(work.citations)}
            self.decide(lambda: self.store.split(work.key, named))

    @rule(number=st.integers(0, 9), field=st.sampled_from(sorted(VALUES)), data=st.data())
    def edit(self, number: int, field: str, data: st.DataObject) -> None:
        value = data.draw(st.sampled_from([*VALUES[field], None]))
        key = self.key(number)
        self.decide(lambda: self.store.edit(key, field, value))
        said = self.store.work(key).item.get(field)
        assert said == ({"date-parts": [[1964]]} if value == "1964" else value)

    @rule(number=st.integers(0, 9))
    def rename(self, number: int) -> None:
        self.fresh += 1
        former, new = self.key(number), f"mine{self.fresh}"
        self.decide(lambda: self.store.rename(former, new))
        assert self.store.work(former).key == new

    @precondition(lambda self: self.before)
    @rule(depth=st.integers(1, 3))
    def undo(self, depth: int) -> None:
        depth = min(depth, len(self.before))
        undone = self.store.undo(depth)
        assert len(undone) == depth
        expected = self.before[-depth]
        del self.before[-depth:]
        if expected is not None:
            assert self.store.export("csl-json") == expected

    @invariant()
    def every_citation_is_there(self) -> None:
        if not (self.place / "a.txt").exists():
            return
        listed = [(Path(c.document).name, *c.span) for work in self.store.works() for c in work.citations]
        read = []
        for path in sorted(self.place.glob("*.txt")):
            read += [(path.name, *c.span) for c in reference_lines.extract(str(path)).citations if c.works]
        assert sorted(listed) == sorted(read)

    @invariant()
    def keys_once_given_are_kept_and_carried_once(self) -> None:
        if not (self.place / "lived.db").exists():
            return
        keys = [work.key for work in self.store.works()]
        self.given.update(keys)
        assert self.given <= {row[1] for row in dump(self.place / "lived.db")["citation_keys"]}
        assert len(keys) == len(set(keys))

    def teardown(self) -> None:
        try:
            if (self.place / "lived.db").exists():
                self.everything_undone_is_as_if_nothing_had_been_decided()
        finally:
            self.store.close()
            self.folder.cleanup()

    def everything_undone_is_as_if_nothing_had_been_decided(self) -> None:
        in_force = [decision for decision in self.store.history() if decision.undone_at is None]
        assert len(in_force) == len(self.before)
        if in_force:
            self.store.undo(len(in_force))
        with Store(self.place / "fresh.db", extract=reference_lines.extract) as fresh:
            fresh.add(*sorted(self.place.glob("*.txt"), reverse=True))
            assert groups(fresh.works()) == groups(self.store.works())
            assert said(fresh) == said(self.store)
        rows = dump(self.place / "lived.db")
        assert rows["work_parts"] == []
        assert len(rows["memberships"]) == len(rows["document_works"]) == len(rows["machine_keys"])
        self.store.close()
        assert whole(self.place / "lived.db")


def said(store: Store) -> list[str]:
    return sorted(repr({name: value for name, value in work.item.items() if name != "id"}) for work in store.works())


TestHistories = Histories.TestCase
TestHistories.settings = settings(
    max_examples=20, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
)
