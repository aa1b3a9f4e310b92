"""The revision that brought decisions: an older store keeps groups and keys, and going back keeps every citation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from citekit.store import Store, migration
from citekit.store import connection as opening
from citekit.store.connection import Access, begin_writing

from .conftest import Write
from .dump import dump, groups, whole

Open = Callable[..., Store]

LEVI = "Levi, Primo; La tregua; 1963"


def back_to(path: Path, revision: str) -> None:
    connection = opening.connect(path, Access.WRITE, busy_timeout=1, foreign_keys=False)
    with begin_writing(connection):
        migration.downgrade(connection, path, to=revision)
    opening.close(connection)


def test_a_store_from_before_decisions(open_store: Open, write: Write, tmp_path: Path) -> None:
    path = tmp_path / "references.db"
    with open_store() as store:
        store.add(write("a.txt", f"{LEVI}\nYang, Jisheng; Mubei; 2007"), write("b.txt", f"{LEVI}; Torino"))
        before = [work.to_json() for work in store.works()]
    rows = dump(path)["machine_keys"]
    back_to(path, "0001")
    with open_store() as store:
        assert [work.to_json() for work in store.works()] == before
        keys = [work["key"] for work in before]
        store.merge(keys)
        store.undo()
        assert [work.to_json() for work in store.works()] == before
    assert dump(path)["machine_keys"] == rows


def test_a_divided_work_goes_back_whole(open_store: Open, write: Write, tmp_path: Path) -> None:
    path = tmp_path / "references.db"
    with open_store() as store:
        store.add(write("a.txt", f"{LEVI}; p. 1\n{LEVI}; p. 2\nIbid."), write("b.txt", LEVI))
        before = groups(store.works())
        (key,) = (work.key for work in store.works())
        store.split(key, [2])
        assert len(groups(store.works())) == 2
    back_to(path, "0001")
    assert whole(path)
    with open_store() as store:
        cited = [citation for work in store.works() for citation in work.citations]
        assert len(cited) == 4
        store.add(write("c.txt", LEVI))  # what is added next is grouped with all of them
        assert {frozenset(place for place in group if place[0] != "c.txt") for group in groups(store.works())} == before
    assert whole(path)
