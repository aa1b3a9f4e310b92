"""Whatever stops the program, the store is whole and holds what was committed last.

At random points of every kind of writing the process is killed, the disk is full or writing fails. CITEKIT_FAULTS
says at how many points (20; `make conformance` takes 200), CITEKIT_SIDE_BY_SIDE for how many seconds several
processes share a store.
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from citekit.errors import StoreError
from citekit.store import Store, backup, checking, migration
from citekit.store import connection as opening
from citekit.store.connection import Access, begin_writing

from . import reference_lines
from .conftest import Write
from .dump import Rows, dump, whole
from .test_kill import Moments, in_a_child

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork a process")

FAULTS = int(os.environ.get("CITEKIT_FAULTS", "20"))
SECONDS = float(os.environ.get("CITEKIT_SIDE_BY_SIDE", "6"))
SEED = 1848
LIBRARY = (
    "@book{weber, title = {Wirtschaft}, author = {Weber, M.}, year = 1922}\n@book{echo, title = {Echo}, year = 1999}"
)

Job = Callable[[Path], None]


def held(store: Path) -> Rows:
    """What a store holds, without what it says of itself and the moments of decisions."""
    found = {name: rows for name, rows in dump(store).items() if name != "store_metadata"}
    return {**found, "events": [row[:2] for row in found.get("events", [])]}


@pytest.fixture
def origin(write: Write, tmp_path: Path) -> Path:
    """A folder with a store of two documents, and papers that are not in it yet."""
    folder = tmp_path / "origin"
    folder.mkdir()
    essay = "\n".join(f"Weber, M.; Title {number}; {1900 + number}\nIbid.; p. 7" for number in range(30))
    with Store(folder / "references.db", extract=reference_lines.extract) as store:
        store.add(write("essay.txt", essay), write("other.txt", "Levi, P.; La tregua; 1963\nWeber, M.; Title 3; 1903"))
    write("essay.txt", essay.replace("Title 1", "Titel 1"))
    write("late.txt", "\n".join(f"Levi, P.; Opera {number}; {1950 + number}" for number in range(40)))
    write("library.bib", LIBRARY)
    return folder


@pytest.fixture
def jobs(origin: Path, tmp_path: Path) -> dict[str, Job]:
    """Everything that writes to a store, by name."""

    def opened(store: Path) -> Store:
        return Store(store, extract=reference_lines.extract, busy_timeout=60)

    def add(store: Path) -> None:
        with opened(store) as kept:
            kept.add(tmp_path / "late.txt")

    def add_again(store: Path) -> None:
        with opened(store) as kept:
            kept.add(tmp_path / "essay.txt")

    def import_records(store: Path) -> None:
        with opened(store) as kept:
            kept.import_records(tmp_path / "library.bib")

    def back_up(store: Path) -> None:
        backup.back_up(store)

    def repair(store: Path) -> None:
        checking.repair(store)

    def upgrade(store: Path) -> None:
        opened(store).close()

    def merge(store: Path) -> None:
        with opened(store) as kept:
            if not kept.history():  # a second run finds that the first has done it
                kept.merge([work.key for work in kept.works()][:2])

    return {
        "add": add,
        "add-again": add_again,
        "import": import_records,
        "backup": back_up,
        "repair": repair,
        "upgrade": upgrade,
        "merge": merge,
    }


def prepared(origin: Path, folder: Path, name: str) -> Path:
    """A copy of the store for one run, in the state that the job needs."""
    folder.mkdir(exist_ok=True)
    store = folder / "references.db"
    shutil.copy(origin / "references.db", store)
    if name == "upgrade":
        connection = opening.connect(store, Access.WRITE, busy_timeout=1, foreign_keys=False)
        with begin_writing(connection):
            migration.downgrade(connection, store, to="0001")
        opening.close(connection)
    elif name == "repair":
        connection = opening.connect(store, Access.WRITE, busy_timeout=1)
        with begin_writing(connection):
            connection.exec_driver_sql("UPDATE works SET item = '{}'")
        opening.close(connection)
    return store


def is_whole(store: Path, before: Rows, after: Rows, what: str) -> None:
    """The store is whole and in the state before the job, or in that behind it; so is every backup."""
    assert whole(store), what
    assert held(store) in (before, after), what
    for copy in backup.backups(store):
        assert held(copy) in (before, after), what
        assert whole(copy), what


@pytest.fixture
def outcomes(origin: Path, jobs: dict[str, Job], tmp_path: Path) -> dict[str, tuple[Rows, Rows, int]]:
    """Of each job that nothing disturbs: the store before and behind it, and how many statements it takes."""
    found = {}
    for name, job in jobs.items():
        store = prepared(origin, tmp_path / f"undisturbed-{name}", name)
        before = held(store)
        with Moments() as moments:
            job(store)
        found[name] = (before, held(store), moments.passed)
    return found


def test_killed_at_any_moment(
    origin: Path, jobs: dict[str, Job], outcomes: dict[str, tuple[Rows, Rows, int]], tmp_path: Path
) -> None:
    chance = random.Random(SEED)
    killed = 0
    for number in range(FAULTS):
        name = list(jobs)[number % len(jobs)]
        before, after, statements = outcomes[name]
        store = prepared(origin, tmp_path / f"killed-{number}", name)
        moment = chance.randrange(max(statements, 1))

        def be_killed(name: str = name, store: Path = store, moment: int = moment) -> None:
            with Moments(moment):
                jobs[name](store)

        killed += os.WIFSIGNALED(os.waitpid(in_a_child(be_killed), 0)[1])
        is_whole(store, before, after, f"{name} killed before statement {moment}")
        jobs[name](store)
        assert held(store) == after, f"{name} again, after a kill before statement {moment}"
    assert killed > FAULTS // 2


def test_a_backup_killed_while_it_copies(origin: Path, jobs: dict[str, Job], tmp_path: Path) -> None:
    store = prepared(origin, tmp_path / "copied", "backup")
    before = held(store)
    chance = random.Random(SEED)
    began = time.monotonic()
    jobs["backup"](store)
    lasted = time.monotonic() - began
    for _ in range(FAULTS):
        child = in_a_child(lambda: jobs["backup"](store))
        time.sleep(lasted * chance.random())
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        is_whole(store, before, before, "backup killed while copying")
    jobs["backup"](store)
    assert backup.backups(store)


def disturbed(job: Job, store: Path) -> None:
    """A job that meets trouble ends with an error that says so, and with nothing else."""
    try:
        job(store)
    except StoreError as error:
        assert ";" in str(error)  # noqa: PT017 - the message is looked at where there is one


def test_writing_fails(
    origin: Path, jobs: dict[str, Job], outcomes: dict[str, tuple[Rows, Rows, int]], tmp_path: Path
) -> None:
    """A limit on the size of files: the system refuses what is written beyond it, in the middle of anything."""
    chance = random.Random(SEED)
    for number in range(FAULTS):
        name = list(jobs)[number % len(jobs)]
        before, after, _ = outcomes[name]
        store = prepared(origin, tmp_path / f"limited-{number}", name)
        limit = chance.randrange(4096, 2 * store.stat().st_size)

        def limited(name: str = name, store: Path = store, limit: int = limit) -> None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            disturbed(jobs[name], store)

        status = os.waitpid(in_a_child(limited), 0)[1]
        assert status == 0, f"{name} with files of at most {limit} bytes"
        is_whole(store, before, after, f"{name} with files of at most {limit} bytes")
        jobs[name](store)
        assert held(store) == after, f"{name} again, after writing failed at {limit} bytes"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[[int], Path]]:
    """Makes a disk of its own of so many bytes."""
    made: list[Path] = []

    def mounted(size: int) -> Path:
        folder = tmp_path / f"disk-{len(made)}"
        folder.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
        try:
            done = subprocess.run(command, capture_output=True, check=False).returncode == 0
        except FileNotFoundError:
            done = False
        if not done:
            pytest.skip("only an administrator can mount a disk for this test")
        made.append(folder)
        return folder

    yield mounted
    for folder in made:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_the_disk_is_full(
    origin: Path,
    jobs: dict[str, Job],
    outcomes: dict[str, tuple[Rows, Rows, int]],
    disk: Callable[[int], Path],
) -> None:
    chance = random.Random(SEED)
    size = (origin / "references.db").stat().st_size
    for number in range(FAULTS):
        name = list(jobs)[number % len(jobs)]
        before, after, _ = outcomes[name]
        # Enough for the store and for making it ready; then a ballast leaves little.
        folder = disk(8 * size)
        store = prepared(origin, folder, name)
        left = chance.randrange(4096, 2 * size)
        ballast = folder / "ballast"
        ballast.write_bytes(bytes(max(0, shutil.disk_usage(folder).free - left)))
        disturbed(jobs[name], store)
        ballast.unlink()  # SQLite itself needs a little room to read a store whose log could not be written back
        is_whole(store, before, after, f"{name} with {left} bytes left")
        jobs[name](store)
        assert held(store) == after, f"{name} again, after the disk was full at {left} bytes"


def test_two_write_and_one_reads(tmp_path: Path) -> None:
    """No write is lost, and nobody is told that the store is locked."""
    store = tmp_path / "references.db"
    end = time.monotonic() + SECONDS

    def writer(name: str) -> None:
        done = 0
        while time.monotonic() < end or not done:
            path = tmp_path / f"{name}-{done}.txt"
            path.write_text(f"Levi, P.; La tregua; 1963\nWeber, M.; {name} {done}; 1900", encoding="utf-8")
            with Store(store, extract=reference_lines.extract) as kept:
                assert not kept.add(path).failed
            done += 1
        (tmp_path / f"{name}.done").write_text(str(done), encoding="utf-8")

    def reader() -> None:
        seen = 0
        while time.monotonic() < end or not seen:
            if not store.exists():
                continue
            try:
                with Store(store, extract=reference_lines.extract) as kept:
                    works = sum(len(work.citations) for work in kept.works())
            except StoreError as error:
                if "there is no store" in str(error):
                    continue  # not yet made
                raise
            assert works >= seen
            seen = works

    children = [
        in_a_child(lambda: writer("left")),
        in_a_child(lambda: writer("right")),
        in_a_child(reader),
    ]
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0, 0]
    added = sum(int((tmp_path / f"{name}.done").read_text(encoding="utf-8")) for name in ("left", "right"))
    with Store(store, extract=reference_lines.extract) as kept:
        found = {str(work.item["title"]): len(work.citations) for work in kept.works()}
    assert found.pop("La tregua") == added
    assert len(found) == added
    assert checking.check(store).findings == ()
