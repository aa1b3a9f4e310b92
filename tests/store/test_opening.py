"""Opening what may be a store: each trouble is one line that says what to do, and nothing is lost."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from citekit.errors import NewerStoreError, NoSuchWorkError, NotAStoreError, StoreError, StoreLockedError
from citekit.store import Store
from citekit.store.connection import write_ahead_log

from . import reference_lines
from .conftest import Write
from .dump import dump, whole

pytestmark = pytest.mark.usefixtures("by_title")
Open = Callable[..., Store]


@pytest.fixture
def kept(open_store: Open, write: Write, tmp_path: Path) -> Path:
    """A store of one work."""
    with open_store() as store:
        store.add(write("essay.txt", "Yang, Jisheng; Mubei; 2007"))
    return tmp_path / "references.db"


class TestNothingThere:
    def test_reading_where_there_is_no_store(self, open_store: Open, tmp_path: Path) -> None:
        with pytest.raises(StoreError, match=r"there is no store at this place; make one with citekit add"):
            list(open_store().works())
        assert list(tmp_path.iterdir()) == []

    def test_opening_without_leave_to_make_one(self, open_store: Open) -> None:
        with pytest.raises(StoreError, match="there is no store"):
            open_store(create=False)

    def test_a_file_without_a_byte_is_no_store_yet(self, open_store: Open, write: Write, tmp_path: Path) -> None:
        (tmp_path / "references.db").touch()
        store = open_store()
        with pytest.raises(StoreError, match="there is no store"):
            store.work("yang2007mubei")
        store.add(write("essay.txt", "Yang; Mubei"))
        assert len(list(store.works())) == 1

    def test_a_database_without_tables_is_what_a_kill_can_leave(
        self, open_store: Open, write: Write, tmp_path: Path
    ) -> None:
        with sqlite3.connect(tmp_path / "references.db") as connection:
            connection.execute("PRAGMA journal_mode = WAL")
        connection.close()
        store = open_store()
        with pytest.raises(StoreError, match="there is no store"):
            list(store.works())
        store.add(write("essay.txt", "Yang; Mubei"))
        assert len(list(store.works())) == 1

    def test_a_store_that_another_process_makes_meanwhile_is_found(self, open_store: Open, write: Write) -> None:
        early = open_store()
        with open_store() as other:
            other.add(write("essay.txt", "Yang; Mubei"))
        assert len(list(early.works())) == 1

    def test_a_folder_that_does_not_exist(self, open_store: Open) -> None:
        with pytest.raises(StoreError, match="there is no folder"):
            open_store("nowhere/references.db")


class TestSomethingElse:
    @pytest.mark.parametrize("content", [b"hello", b"%PDF-1.7\n" + bytes(5000), b"SQLite format 2\0"])
    def test_another_kind_of_file_is_refused_and_kept(self, open_store: Open, tmp_path: Path, content: bytes) -> None:
        path = tmp_path / "references.db"
        path.write_bytes(content)
        with pytest.raises(NotAStoreError, match="is not a citekit store"):
            open_store()
        assert path.read_bytes() == content

    @pytest.mark.parametrize("journal", ["delete", "wal"])
    @pytest.mark.parametrize("in_use", [False, True], ids=["closed", "in use"])
    def test_a_database_of_another_program_is_refused_and_kept(
        self, open_store: Open, tmp_path: Path, journal: str, in_use: bool
    ) -> None:
        path = tmp_path / "references.db"
        other = sqlite3.connect(path, isolation_level=None)
        other.execute(f"PRAGMA journal_mode = {journal}")
        other.execute("CREATE TABLE documents (id INTEGER)")
        if not in_use:
            other.close()
        before = {file.name: file.read_bytes() for file in tmp_path.iterdir() if not file.name.endswith("-shm")}
        with pytest.raises(NotAStoreError, match="of another program"):
            open_store()
        after = {file.name: file.read_bytes() for file in tmp_path.iterdir() if not file.name.endswith("-shm")}
        assert after == before
        other.close()

    def test_a_folder(self, open_store: Open, tmp_path: Path) -> None:
        (tmp_path / "references.db").mkdir()
        with pytest.raises(NotAStoreError, match="is a folder"):
            open_store()

    def test_a_file_that_only_begins_like_a_database(self, open_store: Open, tmp_path: Path) -> None:
        (tmp_path / "references.db").write_bytes(b"SQLite format 3\0" + b"x" * 5000)
        with pytest.raises(StoreError, match=r"references\.db: "):
            open_store()

    def test_a_damaged_store(self, open_store: Open, kept: Path) -> None:
        content = bytearray(kept.read_bytes())
        content[4096:12288] = b"\xff" * 8192
        kept.write_bytes(content)
        with pytest.raises(StoreError, match="damaged; restore a backup"):
            list(open_store().works())

    def test_a_store_of_a_later_version_names_it(self, open_store: Open, kept: Path) -> None:
        with sqlite3.connect(kept) as connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
            connection.execute("UPDATE store_metadata SET value = '7.1' WHERE name = 'citekit_version'")
        connection.close()
        before = dump(kept)
        with pytest.raises(NewerStoreError, match=r"by citekit 7\.1, and this is .*; install citekit 7\.1"):
            open_store()
        assert dump(kept) == before

    def test_a_store_of_a_later_state_of_this_version_is_not_told_to_install_it(
        self, open_store: Open, kept: Path
    ) -> None:
        with sqlite3.connect(kept) as connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.close()
        with pytest.raises(NewerStoreError, match=r"by a later development version of citekit .* install the newest"):
            open_store()


class TestAnotherProcess:
    def test_a_writer_that_does_not_end(self, open_store: Open, write: Write, kept: Path) -> None:
        store = open_store(busy_timeout=0.05)
        other = sqlite3.connect(kept, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreLockedError, match="another process is writing"):
            store.add(write("b.txt", "Levi; Tregua"))
        assert len(list(store.works())) == 1  # a reader waits for nobody
        other.execute("ROLLBACK")
        other.close()
        store.add(write("b.txt", "Levi; Tregua"))
        assert len(list(store.works())) == 2

    def test_a_reader_does_not_keep_a_writer_from_closing(self, open_store: Open, write: Write, kept: Path) -> None:
        reader = sqlite3.connect(kept, isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM works").fetchall()
        with open_store() as store:
            store.add(write("b.txt", "Levi; Tregua"))
        reader.close()
        assert whole(kept)
        assert len(dump(kept)["works"]) == 2

    def test_two_stores_see_each_other(self, open_store: Open, write: Write) -> None:
        first, second = open_store(), open_store()
        first.add(write("a.txt", "Yang; Mubei"))
        second.add(write("b.txt", "Levi; Tregua"))
        first.add(write("c.txt", "Yang; Mubei"))
        assert [len(work.citations) for work in second.works()] == [len(work.citations) for work in first.works()]
        assert len(list(first.works())) == 2


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, of 400 KB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    yield from _mounted(folder, "size=1m")


def _mounted(folder: Path, options: str) -> Iterator[Path]:
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    try:
        done = subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        done = False
    if not done:
        pytest.skip("only an administrator can mount a disk for this test")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_loses_nothing(write: Write, small_disk: Path) -> None:
    path = small_disk / "references.db"
    many = "\n".join(f"Author; Title {number}; 1999" for number in range(5000))
    with Store(path, extract=reference_lines.extract) as store:
        store.add(write("a.txt", "Yang; Mubei"))
        with pytest.raises(StoreError, match="the disk is full; make room"):
            store.add(write("b.txt", many))
        assert len(list(store.works())) == 1
    assert whole(path)
    with Store(path, extract=reference_lines.extract) as store:
        assert [work.item["title"] for work in store.works()] == ["Mubei"]
        store.add(write("c.txt", "Levi; Tregua"))
        assert len(list(store.works())) == 2


@pytest.mark.parametrize("killed", [False, True], ids=["closed", "killed"])
def test_a_store_on_a_disk_without_any_room_can_be_read(write: Write, small_disk: Path, killed: bool) -> None:
    path = small_disk / "references.db"
    with Store(path, extract=reference_lines.extract) as store:
        store.add(write("a.txt", "Yang; Mubei"))
    if killed:  # its last words are in the log alone
        script = (
            "import os, sqlite3, sys; store = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
            "store.execute(\"UPDATE works SET item = replace(item, 'Mubei', 'Tombstone')\"); os._exit(0)"
        )
        subprocess.run([sys.executable, "-c", script, str(path)], check=True)
        path.with_name("references.db-shm").unlink()
    fill(small_disk)
    with Store(path, extract=reference_lines.extract) as store:
        assert [work.item["title"] for work in store.works()] == ["Tombstone" if killed else "Mubei"]
        assert store.search("yang").found
        with pytest.raises(StoreError, match="the disk is full; make room"):
            store.add(write("b.txt", "\n".join(f"Author; Title {number}; 1999" for number in range(200))))
    (small_disk / "ballast").unlink()
    assert whole(path)


def fill(disk: Path) -> None:
    """Leave not a byte on it."""
    with (disk / "ballast").open("wb", buffering=0) as ballast:
        try:
            while True:
                ballast.write(bytes(4096))
        except OSError:
            return


def test_a_disk_too_small_for_any_store(write: Write, small_disk: Path) -> None:
    (small_disk / "ballast").write_bytes(bytes(1_030_000))
    with (
        Store(small_disk / "references.db", extract=reference_lines.extract) as store,
        pytest.raises(StoreError, match="the disk is full"),
    ):
        store.add(write("a.txt", "Yang; Mubei"))
    (small_disk / "ballast").unlink()
    with Store(small_disk / "references.db", extract=reference_lines.extract) as store:
        store.add(write("a.txt", "Yang; Mubei"))
        assert len(list(store.works())) == 1


def test_a_store_that_may_not_grow_loses_nothing(open_store: Open, write: Write, kept: Path) -> None:
    store = open_store()
    assert store._connection is not None
    pages = store._connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    store._connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    store._connection.rollback()
    before = dump(kept)
    with pytest.raises(StoreError, match="the disk is full; make room"):
        store.add(write("b.txt", "\n".join(f"Author; Title {number}; 1999" for number in range(2000))))
    assert dump(kept) == before


def permissions_hold(folder: Path) -> bool:
    """Whether a folder can be closed to this user; an administrator can write everywhere."""
    folder.chmod(0o555)
    closed = not os.access(folder, os.W_OK)
    folder.chmod(0o755)
    return closed


@pytest.fixture
def read_only(tmp_path: Path, kept: Path) -> Iterator[Path]:
    """The store of one work in a folder that cannot be written to."""
    folder = tmp_path / "archive"
    folder.mkdir()
    if permissions_hold(folder):
        (folder / "references.db").write_bytes(kept.read_bytes())
        folder.chmod(0o555)
        (folder / "references.db").chmod(0o444)
        yield folder / "references.db"
        folder.chmod(0o755)
        return
    for mounted in _mounted(folder, "size=1m"):  # permissions do not hold an administrator
        (mounted / "references.db").write_bytes(kept.read_bytes())
        subprocess.run(["mount", "-o", "remount,ro", str(mounted)], check=True)
        yield mounted / "references.db"


def test_a_read_only_store_is_read_and_refuses_to_grow(read_only: Path, write: Write) -> None:
    with Store(read_only, extract=reference_lines.extract) as store:
        (work,) = store.works()
        assert store.work(work.key) == work
        with pytest.raises(StoreError, match="read-only here; copy it"):
            store.add(write("b.txt", "Levi; Tregua"))


def test_no_store_is_made_in_a_read_only_folder(read_only: Path, write: Write) -> None:
    with (
        Store(read_only.with_name("other.db"), extract=reference_lines.extract) as store,
        pytest.raises(StoreError, match="read-only folder; name another place"),
    ):
        store.add(write("b.txt", "Levi; Tregua"))


def test_a_read_only_copy_whose_last_changes_are_in_the_log_is_refused(
    tmp_path: Path, kept: Path, write: Write, open_store: Open
) -> None:
    if not permissions_hold(tmp_path):
        pytest.skip("an administrator can write everywhere")
    store = open_store()
    store.add(write("b.txt", "Levi; Tregua"))
    folder = tmp_path / "archive"
    folder.mkdir()
    for file in (kept, write_ahead_log(kept)):
        (folder / file.name).write_bytes(file.read_bytes())
    folder.chmod(0o555)
    try:
        with pytest.raises(StoreError, match=r"its last changes are still in references\.db-wal"):
            Store(folder / "references.db", extract=reference_lines.extract)
    finally:
        folder.chmod(0o755)


class TestKeys:
    def test_near_keys_are_named(self, open_store: Open, kept: Path) -> None:
        with pytest.raises(NoSuchWorkError, match=r"yang2007mubie: no work has .*; did you mean yang2007mubei\?"):
            open_store().work("yang2007mubie")

    def test_a_key_like_no_other(self, open_store: Open, kept: Path) -> None:
        with pytest.raises(NoSuchWorkError, match="citekit works lists the keys"):
            open_store().work("§")


def test_an_up_to_date_store_is_opened_without_alembic(kept: Path) -> None:
    program = (
        "import sys; from citekit.store import Store\n"
        f"with Store({str(kept)!r}, extract=None) as store: list(store.works())\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('alembic', 'mako')])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
