"""The schema that the migrations make is the one that the program works with, and changing it loses nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from citekit.errors import StoreError
from citekit.store import connection as opening
from citekit.store import migration, tables
from citekit.store.connection import Access, begin_writing
from citekit.store.search_tables import is_shadow

# The tables behind a full-text index are SQLite's own; the other test compares how the index itself was made.
COMPARED = {
    "compare_type": True,
    "compare_server_default": True,
    "include_name": lambda name, kind, parents: kind != "table" or not is_shadow(name),
}


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Connection]:
    connection = opening.connect(tmp_path / "new.db", Access.CREATE, busy_timeout=1, foreign_keys=False)
    yield connection
    opening.close(connection)


def schema(connection: Connection) -> set[tuple[str, str, str]]:
    rows = connection.execute(text("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
    return {(row.type, row.name, " ".join(row.sql.split())) for row in rows if row.name != "alembic_version"}


def test_head_equals_the_tables(empty: Connection, tmp_path: Path) -> None:
    with begin_writing(empty):
        migration.upgrade(empty, tmp_path)
        context = MigrationContext.configure(empty, opts=COMPARED)
        assert compare_metadata(context, tables.metadata) == []


def test_head_has_the_checks_that_a_comparison_does_not_see(empty: Connection, tmp_path: Path) -> None:
    with begin_writing(empty):
        migration.upgrade(empty, tmp_path)
        migrated = schema(empty)
    made = opening.connect(tmp_path / "made.db", Access.CREATE, busy_timeout=1)
    with begin_writing(made):
        tables.metadata.create_all(made)
        expected = schema(made)
    opening.close(made)
    assert _unordered(migrated) == _unordered(expected)


def _unordered(found: set[tuple[str, str, str]]) -> set[tuple[str, str, tuple[str, ...]]]:
    """SQL whose columns and constraints may stand in any order."""
    return {(kind, name, tuple(sorted(sql.replace(",", " ").split()))) for kind, name, sql in found}


def test_up_down_up_leaves_the_same_schema(empty: Connection, tmp_path: Path) -> None:
    revisions = [
        script.revision for script in ScriptDirectory.from_config(migration.configuration(empty)).walk_revisions()
    ]
    with begin_writing(empty):
        for revision in reversed(revisions):
            before = schema(empty)
            migration.upgrade(empty, tmp_path, to=revision)
            after = schema(empty)
            migration.downgrade(empty, tmp_path, to="-1")
            assert schema(empty) == before
            migration.upgrade(empty, tmp_path, to=revision)
            assert schema(empty) == after


def test_the_program_knows_the_newest_revision(empty: Connection) -> None:
    assert ScriptDirectory.from_config(migration.configuration(empty)).get_heads() == [migration.HEAD]


def test_every_constraint_has_a_name(empty: Connection, tmp_path: Path) -> None:
    with begin_writing(empty):
        migration.upgrade(empty, tmp_path)
        made = {row for row in schema(empty) if not is_shadow(row[1])}
    words = ("PRIMARY KEY", "FOREIGN KEY", "UNIQUE (", "CHECK (")
    for _, _, sql in made:
        for word in words:
            for before in sql.split(word)[:-1]:
                assert before.split()[-2:-1] == ["CONSTRAINT"] or word == "UNIQUE (", sql


def test_an_upgrade_that_fails_leaves_the_old_store(empty: Connection, tmp_path: Path) -> None:
    def stopped() -> None:
        with begin_writing(empty):
            migration.upgrade(empty, tmp_path)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    with opening.begin_reading(empty):
        assert schema(empty) == set()


def test_an_upgrade_that_leaves_a_row_without_its_parent_is_refused(empty: Connection, tmp_path: Path) -> None:
    with begin_writing(empty):
        migration.upgrade(empty, tmp_path)
        empty.execute(text("INSERT INTO citation_keys VALUES (1, 'yang2007mubei')"))
        empty.execute(text("INSERT INTO memberships VALUES (7, 8, 1)"))
    with pytest.raises(StoreError, match="2 rows refer to nothing"), begin_writing(empty):
        migration.upgrade(empty, tmp_path)


def test_a_store_says_which_version_made_it(empty: Connection, tmp_path: Path) -> None:
    import citekit

    with begin_writing(empty):
        migration.upgrade(empty, tmp_path)
    (version,) = sqlite3.connect(tmp_path / "new.db").execute("SELECT value FROM store_metadata").fetchone()
    assert version == citekit.__version__


def test_the_migrations_of_an_installed_package_come_before_the_checkout_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "citekit"
    monkeypatch.setattr("citekit.version.__file__", str(package / "version.py"))
    with pytest.raises(StoreError, match="install citekit again"):
        migration.migrations_folder()
    for folder in (tmp_path / "migrations", package / "_migrations"):
        folder.mkdir(parents=True)
        (folder / "env.py").touch()
        assert migration.migrations_folder() == folder
