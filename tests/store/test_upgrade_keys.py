"""The revision that brought keys of consonants: an older store finds its works again, also after going back."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from citekit.store import Store

from .dump import dump, whole
from .test_upgrade_decisions import back_to

Open = Callable[..., Store]

FIRST = """@book{first, author = {Durkheim, Émile}, title = {Le suicide: étude de sociologie}, year = 1897}
@book{undated, author = {Durkheim, Émile}, title = {Le suicide: étude de sociologie}}
@book{second, author = {Durkheim, Émile}, title = {Le suicide: étude de sociologie}, year = 1930, edition = 2}"""
MISPRINTED = "@book{again, author = {Durkhiem, E.}, title = {Le suicyde: étude de sociologie}, year = 1897}"


@pytest.fixture
def path(open_store: Open, tmp_path: Path) -> Path:
    """A store of three records, one of which said nothing to be decided yet."""
    (tmp_path / "first.bib").write_text(FIRST, encoding="utf-8")
    with open_store() as store:
        store.import_records(tmp_path / "first.bib")
        store.later("first", "undated")
    return tmp_path / "references.db"


def older_keys(path: Path) -> None:
    """Candidate keys as an earlier version made them: of the first letters of a title."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("DELETE FROM candidate_keys")
    connection.execute("INSERT INTO candidate_keys (document_work_id, key) SELECT id, 't:lesuic' FROM document_works")
    connection.close()


def test_keys_are_written_anew_and_works_meet_again(path: Path, open_store: Open, tmp_path: Path) -> None:
    wanted = dump(path)["candidate_keys"]
    back_to(path, "0004")
    older_keys(path)
    (tmp_path / "again.bib").write_text(MISPRINTED, encoding="utf-8")
    with open_store() as store:
        assert dump(path)["candidate_keys"] == wanted
        store.import_records(tmp_path / "again.bib")
        assert {"again", "undated"} in [set(pair.keys) for pair in store.duplicates(least=0.0)] or any(
            len(work.citations) > 1 for work in store.works()
        )
    assert whole(path)


def test_going_back_takes_only_what_older_versions_do_not_know(path: Path, open_store: Open) -> None:
    before = dump(path)
    back_to(path, "0004")
    after = dump(path)
    assert [name for name in before if name in after and len(before[name]) != len(after[name])] == [
        "event_anchors",
        "events",
    ]
    with open_store() as store:
        assert [decision.kind.value for decision in store.history()] == []
        assert len(list(store.works())) == 3
    assert whole(path)
