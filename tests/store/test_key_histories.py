"""Whatever becomes of documents, a key never comes to mean another work, and goes with the work that it meant.

The notes are of three works that nobody takes for each other, each in several spellings. What a key meant is modelled
by the citations that it led to: after a document was changed, it leads to those of them that stand elsewhere, or to
their corrected words.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, assume, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from citekit.errors import NoSuchWorkError, StoreError
from citekit.store import Store, StoredWork

from . import reference_lines
from .dump import dump, whole

Place = tuple[str, int, str]
"""Document, note, and which of the three works a citation there is of."""

TITLES = ("La tregua, romanzo", "Mubei: Zhongguo liushi niandai da jihuang", "Wirtschaft und Gesellschaft")
FAMILIES = (("Levi", "Levy"), ("Yang", "Yanng"), ("Weber", "Webber"))
GIVEN = ("Primo", "Jisheng", "Max")
YEARS = ((1963, 1964), (2007, 2008), (1922, 1925))
NAMES = ("a.txt", "b.txt", "c.txt")
# A note: the work, and which of its spellings of family name and year.
notes = st.tuples(st.integers(0, 2), st.integers(0, 1), st.integers(0, 1))
Note = tuple[int, int, int]


def line(note: Note) -> str:
    work, family, year = note
    return f"{FAMILIES[work][family]}, {GIVEN[work]}; {TITLES[work]}; {YEARS[work][year]}; p. 12"


class KeyHistories(RuleBasedStateMachine):
    """A store that is lived in, and what each key that was ever shown leads to."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.place = Path(self.folder.name)
        self.store = Store(self.place / "lived.db", extract=reference_lines.extract)
        self.documents: dict[str, list[Note | None]] = {}
        self.shown: set[str] = set()
        self.first: dict[str, set[int]] = {}  # the works that a key was of when it was first shown
        self.meant: dict[str, set[int]] = {}  # the works that a key was of, with those that were made one with it
        self.before: list[str | None] = []
        self.decided = False
        self.fresh = 0

    @initialize(first=st.lists(notes, min_size=1, max_size=3), second=st.lists(notes, min_size=1, max_size=2))
    def begin(self, first: list[Note], second: list[Note]) -> None:
        self.put("a.txt", list(first))
        self.put("b.txt", list(second))

    def places(self, work: StoredWork) -> set[Place]:
        found = set()
        for citation in work.citations:
            title = next(number for number, title in enumerate(TITLES) if title in citation.text)
            found.add((Path(citation.document).name, int(citation.note or 0), title))
        return found

    def leads_to(self, key: str) -> set[Place] | None:
        with suppress(NoSuchWorkError):
            return self.places(self.store.work(key))
        return None

    def put(self, name: str, lines: list[Note | None]) -> None:
        """A new version of a document; a note that was dropped leaves an empty one, so that labels stay."""
        before = {key: self.leads_to(key) for key in self.shown}
        carried = self.keys() if self.shown else {}
        former = self.documents.get(name, [])
        (self.place / name).write_text("\n".join(line(n) if n else "(dropped)" for n in lines), encoding="utf-8")
        (report,) = self.store.add(self.place / name).documents
        self.documents[name] = lines
        if report.status == "unchanged":
            return
        self.before = [None for _ in self.before]
        for key, places in before.items():
            if places is None:
                continue
            now = self.leads_to(key)
            elsewhere = {place for place in places if place[0] != name}
            kept = {
                (name, number, work)
                for document, number, work in places
                if document == name
                and number <= len(lines)
                and lines[number - 1] is not None
                and lines[number - 1] == former[number - 1]
            }
            stayed = elsewhere | kept
            if now is None and key not in carried and self.decided:
                continue  # it led to what a decision made one with its work, or once gave it to
            if stayed:
                assert now is not None, f"{key} led to {places} and leads nowhere"
                # Where it led to what was made one with its work, and its work has come back, it leads there again.
                own = {place for place in now if place[2] in (self.first if key in carried else self.meant)[key]}
                assert now & stayed or own, f"{key} led to {places} and leads to {now}"
                continue
            corrected = {
                (name, number, work)
                for _, number, work in places
                if number <= len(lines) and corrects(former[number - 1], lines[number - 1])
            }
            if corrected and len(places) == 1:
                assert now is not None, f"{key} led to {places}, corrected, and leads nowhere"

    @rule(name=st.sampled_from(NAMES), lines=st.lists(notes, min_size=1, max_size=3))
    def add(self, name: str, lines: list[Note]) -> None:
        self.put(name, list(lines))

    @precondition(lambda self: self.documents)
    @rule(name=st.sampled_from(NAMES), number=st.integers(0, 2), what=st.sampled_from(["family", "year"]))
    def correct(self, name: str, number: int, what: str) -> None:
        lines = list(self.documents.get(name, []))
        note = lines[number] if number < len(lines) else None
        if note is not None:
            work, family, year = note
            lines[number] = (work, 1 - family, year) if what == "family" else (work, family, 1 - year)
            self.put(name, lines)

    @rule(name=st.sampled_from(NAMES), number=st.integers(0, 2))
    def drop_and_put_back(self, name: str, number: int) -> None:
        lines = list(self.documents.get(name, []))
        if number < len(lines):
            self.restored(name, [*lines[:number], None, *lines[number + 1 :]])

    @rule(names=st.sets(st.sampled_from(NAMES), min_size=1))
    def empty_and_restore(self, names: set[str]) -> None:
        texts = {name: self.documents[name] for name in sorted(names) if self.documents.get(name)}
        if texts:
            before = self.keys()
            for name in texts:
                self.put(name, [])
            for name, lines in texts.items():
                self.put(name, lines)
            assert self.keys() == before

    def restored(self, name: str, lines: list[Note | None]) -> None:
        text, before = self.documents[name], self.keys()
        self.put(name, lines)
        self.put(name, text)
        assert self.keys() == before

    def keys(self) -> dict[str, set[Place]]:
        return {work.key: self.places(work) for work in self.store.works()}

    def key(self, number: int) -> str:
        keys = [work.key for work in self.store.works()]
        assume(keys)
        return keys[number % len(keys)]

    def decide(self, decision: Callable[[], Any]) -> None:
        before = self.store.export("csl-json")
        with suppress(StoreError):
            decision()
            self.before.append(before)
            self.decided = True

    @precondition(lambda self: len(list(self.store.works())) > 1)
    @rule(one=st.integers(0, 9), other=st.integers(0, 9))
    def merge(self, one: int, other: int) -> None:
        first, second = self.key(one), self.key(other)
        works = {title for key in (first, second) for _, _, title in self.leads_to(key) or ()}
        self.decide(lambda: self.store.merge([first, second]))
        for key in self.shown:
            if self.meant[key] & works:
                self.meant[key] |= works

    @precondition(lambda self: len(list(self.store.works())) > 1)
    @rule(one=st.integers(0, 9), other=st.integers(0, 9))
    def apart(self, one: int, other: int) -> None:
        self.decide(lambda: self.store.apart(self.key(one), self.key(other)))

    @rule(number=st.integers(0, 9), chosen=st.integers(1, 4))
    def split(self, number: int, chosen: int) -> None:
        works = [work for work in self.store.works() if len(work.citations) > 1]
        if works:
            work = works[number % len(works)]
            before = self.places(work)
            self.decide(lambda: self.store.split(work.key, [1 + chosen % len(work.citations)]))
            rest = self.leads_to(work.key)
            assert rest is not None
            assert rest < before

    @rule(number=st.integers(0, 9))
    def rename(self, number: int) -> None:
        self.fresh += 1
        former, new = self.key(number), f"mine{self.fresh}"
        self.decide(lambda: self.store.rename(former, new))
        assert self.store.work(former).key == new

    @precondition(lambda self: self.before)
    @rule(depth=st.integers(1, 2))
    def undo(self, depth: int) -> None:
        depth = min(depth, len(self.before))
        self.store.undo(depth)
        expected = self.before[-depth]
        del self.before[-depth:]
        if expected is not None:
            assert self.store.export("csl-json") == expected

    @invariant()
    def a_key_means_what_it_meant(self) -> None:
        if not (self.place / "lived.db").exists():
            return
        for key, places in self.keys().items():
            works = {title for _, _, title in places}
            if key not in self.meant:
                self.meant[key] = set(works)
                self.first[key] = set(works)
            assert works & self.meant[key], f"{key} meant {self.meant[key]} and means {works}"
        self.shown |= self.keys().keys()
        given = {row[1] for row in dump(self.place / "lived.db")["citation_keys"]}
        assert self.shown <= given
        assert len({key.lower() for key in given}) == len(given)

    def teardown(self) -> None:
        self.store.close()
        if (self.place / "lived.db").exists():
            assert whole(self.place / "lived.db")
        self.folder.cleanup()


def corrects(former: Note | None, now: Note | None) -> bool:
    """Whether a note is another after the correction of one field."""
    if former is None or now is None or former[0] != now[0]:
        return False
    return sum(one != other for one, other in zip(former, now, strict=True)) == 1


TestKeyHistories = KeyHistories.TestCase
TestKeyHistories.settings = settings(
    derandomize=True,  # the same histories everywhere
    max_examples=12,
    stateful_step_count=15,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
