"""The commands that care for a store: backup, check-store, import."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

LIBRARY = "@book{weberPE, title = {Die protestantische Ethik}, author = {Weber, Max}, year = 1934}\n"


@pytest.fixture
def kept(run: Any, tmp_path: Path) -> Path:
    """A store of a bibliography of one record."""
    (tmp_path / "library.bib").write_text(LIBRARY, encoding="utf-8")
    assert run("import", "library.bib").returncode == 0
    return tmp_path / "references.db"


def test_import_tells_what_went_in(run: Any, kept: Path, tmp_path: Path) -> None:
    (tmp_path / "library.bib").write_text(LIBRARY + "@book{broken, title = {Never\n@misc{empty,}\n", encoding="utf-8")
    done = run("import", "library.bib", "none.bib")
    assert done.returncode == 1
    assert done.stdout == "library.bib: updated, 1 record, 0 new works, 1 known\n"
    told = done.stderr.splitlines()
    assert [line.split(";")[0][:30] for line in told] == [
        "citekit: library.bib, line 2: ",
        "citekit: library.bib, line 3: ",
        "citekit: none.bib: cannot be r",
    ]
    again = run("import", "library.bib", "--json")
    assert again.returncode == 1
    assert again.stderr.splitlines() == told[:2]
    assert [json.loads(again.stdout)[name] for name in ("status", "records")] == ["unchanged", 1]


def test_backup_and_back(run: Any, kept: Path, tmp_path: Path) -> None:
    made = json.loads(run("backup", "--json").stdout)
    assert (made["works"], made["removed"]) == (1, [])
    verified = run("backup", "--verify", made["path"])
    assert (verified.returncode, verified.stderr) == (0, "")
    assert f"{made['path']}: whole, 1 document, " in verified.stdout
    assert run("backup", "elsewhere", "--verify", "x").returncode == 2
    assert run("works", "--store", made["path"]).stdout == run("works").stdout


def test_check_store_and_its_exit_statuses(run: Any, kept: Path) -> None:
    whole = run("check-store", "--strict")
    assert (whole.returncode, whole.stderr) == (0, "")
    assert "references.db: whole, 1 document, " in whole.stdout
    change(kept, "UPDATE works SET item = '{}'")
    assert run("check-store").returncode == 0
    assert run("check-store", "--strict").returncode == 3
    repaired = run("check-store", "--repair", "--strict")
    assert repaired.returncode == 0
    assert "as it was before: references.db.backup-" in repaired.stdout
    change(kept, "UPDATE notes SET text = ''")
    damaged = run("check-store", "--json")
    assert damaged.returncode == 1
    assert json.loads(damaged.stdout)["damaged"] is True
    assert "the store is damaged; restore the newest backup: copy references.db.backup-" in damaged.stderr


def change(store: Path, statement: str) -> None:
    connection = sqlite3.connect(store, isolation_level=None)
    connection.execute(statement)
    connection.close()


def test_an_upgrade_says_where_the_store_lies_as_it_was(run: Any, kept: Path) -> None:
    from citekit.store import connection as opening
    from citekit.store import migration
    from citekit.store.connection import Access, begin_writing

    older = opening.connect(kept, Access.WRITE, busy_timeout=1, foreign_keys=False)
    with begin_writing(older):
        migration.downgrade(older, kept, to="0001")
    opening.close(older)
    done = run("works")
    assert done.returncode == 0
    assert "the store as it was before is kept as references.db.before-" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert len(list(kept.parent.glob(f"references.db.before-{migration.HEAD}-*"))) == 1
