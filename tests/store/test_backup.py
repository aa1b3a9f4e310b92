"""Copies of a store: whole, named by their time, rotated, never in the way of anything else."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from citekit.errors import NotAStoreError, StoreError
from citekit.store import Store, backup, migration

from .conftest import Write
from .dump import dump, whole

Open = Callable[..., Store]


@pytest.fixture
def kept(open_store: Open, write: Write, tmp_path: Path) -> Path:
    """A store of two works."""
    with open_store() as store:
        store.add(write("essay.txt", "Yang, Jisheng; Mubei; 2007; p. 12\nLevi, Primo; La tregua; 1963"))
    return tmp_path / "references.db"


def held(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """What a store holds, without what it says of itself."""
    return {name: rows for name, rows in dump(path).items() if name != "store_metadata"}


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_backup_holds_what_the_store_holds_and_is_one_file(kept: Path) -> None:
    made = backup.back_up(kept)
    assert made.path.name.startswith("references.db.backup-2")
    assert names(kept.parent) == ["essay.txt", "references.db", made.path.name]
    assert held(made.path) == held(kept)
    assert whole(made.path)
    assert (made.rows["documents"], made.rows["works"], made.size) == (1, 2, made.path.stat().st_size)


def test_a_store_is_restored_by_copying_a_backup_to_its_place(kept: Path, open_store: Open, write: Write) -> None:
    before = held(kept)
    made = backup.back_up(kept)
    with open_store() as store:
        store.add(write("essay.txt", "Weber, Max; Wirtschaft; 1922"))
    shutil.copy(made.path, kept)
    assert held(kept) == before
    with open_store() as store:
        assert [work.key for work in store.works()] == ["levi1963tregua", "yang2007mubei"]
        store.add(write("b.txt", "Weber, Max; Wirtschaft; 1922"))
    assert whole(kept)


def test_a_backup_while_another_process_writes_is_the_store_before(kept: Path) -> None:
    before = held(kept)
    writer = sqlite3.connect(kept, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("DELETE FROM markers")
    writer.execute("INSERT INTO citation_keys (key) VALUES ('never')")
    made = backup.back_up(kept)
    writer.execute("ROLLBACK")
    writer.close()
    assert held(made.path) == before


def test_what_is_still_in_the_log_is_copied_too(open_store: Open, write: Write, tmp_path: Path) -> None:
    store = open_store()
    store.add(write("essay.txt", "Yang, Jisheng; Mubei; 2007"))
    made = backup.back_up(tmp_path / "references.db")
    assert held(made.path)["works"]


class TestRotation:
    def test_the_last_copies_stay(self, kept: Path, tmp_path: Path) -> None:
        shelf = tmp_path / "shelf"
        shelf.mkdir()
        made = [backup.back_up(kept, shelf, keep=3) for _ in range(5)]
        assert [path for each in made for path in each.removed] == [made[0].path, made[1].path]
        assert backup.backups(kept, shelf) == [each.path for each in made[2:]]
        assert backup.newest(kept, shelf) == made[-1].path

    def test_what_is_not_its_own_is_never_removed(self, kept: Path, tmp_path: Path) -> None:
        shelf, elsewhere = tmp_path / "shelf", tmp_path / "other" / "references.db"
        shelf.mkdir()
        elsewhere.parent.mkdir()
        shutil.copy(kept, elsewhere)
        others = {
            backup.back_up(elsewhere, shelf).path.name,  # another store of the same name
            "references.db.backup-20200101T000000Z",
            "references.db.backup-notes.txt",
            "thesis.txt",
        }
        for name in others:
            if not (shelf / name).exists():
                (shelf / name).write_text("mine", encoding="utf-8")
        upgraded = backup.before_migration(kept, "0009")
        shutil.move(upgraded.path, shelf)
        for _ in range(3):
            last = backup.back_up(kept, shelf, keep=1)
        assert set(names(shelf)) == {*others, upgraded.path.name, last.path.name}


class TestPlaces:
    def test_a_file_is_named_by_its_user_and_may_be_replaced_by_a_later_copy(self, kept: Path, tmp_path: Path) -> None:
        target = tmp_path / "stick" / "copy.db"
        target.parent.mkdir()
        for _ in range(2):
            assert backup.back_up(kept, target).path == target
        assert names(target.parent) == ["copy.db"]

    def test_a_file_that_is_something_else_is_left_alone(self, kept: Path, tmp_path: Path) -> None:
        with pytest.raises(StoreError, match="is no backup of"):
            backup.back_up(kept, tmp_path / "essay.txt")
        assert (tmp_path / "essay.txt").read_text(encoding="utf-8").startswith("Yang")

    def test_a_copy_that_was_worked_in_is_no_copy_any_more(
        self, kept: Path, open_store: Open, write: Write, tmp_path: Path
    ) -> None:
        backup.back_up(kept, tmp_path / "second.db")
        with open_store("second.db") as second:
            second.add(write("b.txt", "Weber, Max; Wirtschaft; 1922"))
        before = held(tmp_path / "second.db")
        with pytest.raises(StoreError, match="or was worked in since"):
            backup.back_up(kept, tmp_path / "second.db")
        assert held(tmp_path / "second.db") == before

    def test_nor_is_one_that_was_decided_in_or_is_in_use(self, kept: Path, open_store: Open, tmp_path: Path) -> None:
        for name in ("second.db", "third.db"):
            backup.back_up(kept, tmp_path / name)
        with open_store("second.db") as second:
            second.edit("levi1963tregua", "note", "Prima edizione")
        open_store("third.db").edit("levi1963tregua", "note", "Prima edizione")  # and is not closed
        for name in ("second.db", "third.db"):
            with pytest.raises(StoreError, match=r"or was worked in since|is a store in use"):
                backup.back_up(kept, tmp_path / name)

    def test_one_that_was_only_looked_at_is(self, kept: Path, open_store: Open, tmp_path: Path) -> None:
        backup.back_up(kept, tmp_path / "second.db")
        with open_store("second.db") as second:
            assert len(list(second.works())) == 2
        assert backup.back_up(kept, tmp_path / "second.db").rows["works"] == 2

    def test_the_store_itself_is_no_place(self, kept: Path) -> None:
        shutil.copy(backup.back_up(kept).path, kept)  # a restored store says that it is a copy of itself
        with pytest.raises(StoreError, match="is the store itself"):
            backup.back_up(kept, kept)

    def test_a_folder_that_is_not_there(self, kept: Path, tmp_path: Path) -> None:
        with pytest.raises(StoreError, match="no backup can be written here"):
            backup.back_up(kept, tmp_path / "nowhere" / "copy.db")

    def test_no_store(self, tmp_path: Path) -> None:
        with pytest.raises(StoreError, match="there is no store at this place"):
            backup.back_up(tmp_path / "references.db")
        assert names(tmp_path) == []

    def test_the_copy_is_as_private_as_the_store(self, kept: Path) -> None:
        kept.chmod(0o600)
        assert backup.back_up(kept).path.stat().st_mode & 0o777 == 0o600

    def test_what_a_killed_backup_left_is_taken_away_a_day_later(self, kept: Path) -> None:
        left, fresh = (kept.parent / f".references.db.copy-{name}.tmp" for name in ("left", "fresh"))
        for path in (left, fresh):
            path.write_bytes(b"half")
        os.utime(left, (0, 0))
        backup.back_up(kept)
        assert (left.exists(), fresh.exists()) == (False, True)


def test_a_store_of_a_later_citekit_is_copied_and_that_is_said(kept: Path) -> None:
    with sqlite3.connect(kept) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    made = backup.back_up(kept)
    assert made.newer
    assert backup.verify(made.path).newer
    assert held(made.path) == held(kept)


@pytest.mark.parametrize("journal", ["delete", "wal"])
def test_another_program_s_database_is_not_copied_and_not_changed(tmp_path: Path, journal: str) -> None:
    path = tmp_path / "places.sqlite"
    with sqlite3.connect(path) as other:
        other.execute(f"PRAGMA journal_mode = {journal}")
        other.execute("CREATE TABLE bookmarks (id INTEGER)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(NotAStoreError, match="of another program"):
        backup.back_up(path)
    assert (path.read_bytes(), names(tmp_path)) == (before, ["places.sqlite"])


class TestDamage:
    def test_a_damaged_store_gives_no_backup_and_costs_none(self, kept: Path) -> None:
        first = backup.back_up(kept, keep=1)
        damage(kept)
        with pytest.raises(StoreError, match="damaged"):
            backup.back_up(kept, keep=1)
        assert backup.backups(kept) == [first.path]

    def test_verifying(self, kept: Path, tmp_path: Path) -> None:
        made = backup.back_up(kept)
        assert backup.verify(made.path).rows["citations"] == 2
        damage(made.path)
        with pytest.raises(StoreError, match="damaged"):
            backup.verify(made.path)
        with pytest.raises(NotAStoreError):
            backup.verify(tmp_path / "essay.txt")
        with pytest.raises(StoreError, match="there is no backup"):
            backup.verify(tmp_path / "none.db")

    def test_verifying_leaves_no_trace(self, kept: Path) -> None:
        made = backup.back_up(kept)
        before, listed = made.path.read_bytes(), names(kept.parent)
        backup.verify(made.path)
        assert (made.path.read_bytes(), names(kept.parent)) == (before, listed)


def damage(path: Path) -> None:
    """Overwrite the first pages of tables, of some that a log beside the file does not hold anew among them."""
    tables = ("notes", "markers", "citations", "works", "events", "anchors", "event_anchors", "work_parts")
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:  # leaves a log alone
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        roots = f"SELECT rootpage FROM sqlite_master WHERE name IN ({', '.join('?' * len(tables))})"
        pages = [page for (page,) in connection.execute(roots, tables)]
    assert len(pages) == len(tables)
    content = bytearray(path.read_bytes())
    for page in pages:
        content[(page - 1) * size : page * size] = b"\xff" * size
    path.write_bytes(content)


def test_an_upgrade_keeps_the_store_as_it_was(
    kept: Path, open_store: Open, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with sqlite3.connect(kept) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    connection.close()
    before = held(kept)
    seen: list[Path] = []

    def upgrade(connection: object, path: Path) -> None:
        seen.extend(backup.backups(kept))
        raise StoreError("stopped")

    monkeypatch.setattr(migration, "upgrade", upgrade)
    with caplog.at_level("INFO", logger="citekit"), pytest.raises(StoreError, match="stopped"):
        open_store()
    (copy,) = seen
    assert copy.name.startswith(f"references.db.before-{migration.HEAD}-2")
    assert held(copy) == before
    assert str(copy) in caplog.text


def test_a_store_that_cannot_be_copied_is_not_upgraded(
    kept: Path, open_store: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sqlite3.connect(kept) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    connection.close()
    before = held(kept)

    def refuse(*_: object, **__: object) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr(backup, "_copy", refuse)
    with pytest.raises(StoreError, match="the disk is full"):
        open_store()
    assert held(kept) == before


def test_the_command_keeps_as_many_as_the_library() -> None:
    from citekit.cli.backup import command

    (keep,) = [option for option in command.params if option.name == "keep"]
    assert keep.default == backup.KEEP
