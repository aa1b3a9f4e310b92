"""A process that is killed, or that is not alone: the store is always whole and goes on where it stood."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from citekit.cli import main
from citekit.store import DocumentStatus, Store

from . import reference_lines
from .conftest import Write
from .dump import Rows, dump, whole

MOMENTS = 20
SEED = 1963

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork a process")


@pytest.fixture
def paths(write: Write) -> list[Path]:
    """Documents that share works, the last one of them read before in another version."""
    chance = random.Random(SEED)
    words = ["Anbau", "Brücke", "Chronik", "Dorf", "Eisen", "Fluss", "Garten", "Hafen"]
    shelf = [f"Weber, M.; {' '.join(chance.sample(words, 3))}; {1900 + number}" for number in range(24)]
    return [write(f"{name}.txt", "\n".join([*chance.sample(shelf, 9), "Ibid.; p. 7"])) for name in "abcd"]


def add(store: Path, paths: Sequence[Path]) -> None:
    with Store(store, extract=reference_lines.extract, busy_timeout=60) as opened:
        opened.add(*paths)


def in_a_child(work: Callable[[], None]) -> int:
    """Starts `work` in a process of its own; returns its id."""
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:  # whatever it was, the parent must not see it as success
            os._exit(1)
        os._exit(0)
    return child


class Moments:
    """Counts statements and commits of all databases, and does something just before one of them."""

    def __init__(self, chosen: int = -1) -> None:
        self.passed = 0
        self._chosen = chosen

    def __enter__(self) -> Moments:
        event.listen(Engine, "before_cursor_execute", self._pass)
        event.listen(Engine, "commit", self._pass)
        return self

    def __exit__(self, *_: object) -> None:
        event.remove(Engine, "before_cursor_execute", self._pass)
        event.remove(Engine, "commit", self._pass)

    def _pass(self, *_: object) -> None:
        if self.passed == self._chosen:
            os.kill(os.getpid(), signal.SIGKILL)
        self.passed += 1


def completed(store: Path, paths: Sequence[Path]) -> Rows:
    """What the store holds after a second add; before it, it must be whole."""
    if store.exists() and store.stat().st_size:
        assert whole(store)
    with Store(store, extract=reference_lines.extract) as opened:
        statuses = [document.status for document in opened.add(*paths).documents]
    assert statuses == sorted(statuses, key=[DocumentStatus.UNCHANGED, DocumentStatus.ADDED].index)
    return dump(store)


def test_killed_before_any_statement_the_store_is_whole_and_completed(paths: list[Path], tmp_path: Path) -> None:
    with Moments() as undisturbed:
        add(tmp_path / "undisturbed.db", paths)
    expected = dump(tmp_path / "undisturbed.db")
    for number, moment in enumerate(sorted(random.Random(SEED).sample(range(undisturbed.passed), MOMENTS))):
        store = tmp_path / f"{number}.db"

        def be_killed(store: Path = store, moment: int = moment) -> None:
            with Moments(moment):
                add(store, paths)

        _, status = os.waitpid(in_a_child(be_killed), 0)
        assert os.WIFSIGNALED(status)
        assert completed(store, paths) == expected, f"killed before statement {moment}"


def test_the_command_killed_at_any_moment_completes_itself(tmp_path: Path, checkout: Path) -> None:
    documents = sorted(str(path) for path in (checkout / "references").glob("*/document.*"))
    assert len(documents) > 2

    def start(store: Path) -> int:
        def command() -> None:
            nothing = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nothing, 1)
            os.dup2(nothing, 2)
            os._exit(main(["add", "--store", str(store), *documents]))

        return in_a_child(command)

    assert main(["add", "--store", str(tmp_path / "first.db"), *documents]) == 0  # loads what the children share
    began = time.monotonic()
    assert os.waitpid(start(tmp_path / "undisturbed.db"), 0)[1] == 0
    lasted = time.monotonic() - began
    expected = dump(tmp_path / "undisturbed.db")
    chance = random.Random(SEED)
    killed = 0
    for number in range(MOMENTS):
        store = tmp_path / f"{number}.db"
        child = start(store)
        time.sleep(lasted * chance.random())
        os.kill(child, signal.SIGKILL)
        killed += os.WIFSIGNALED(os.waitpid(child, 0)[1])
        if store.exists() and store.stat().st_size:
            assert whole(store)
        assert os.waitpid(start(store), 0)[1] == 0
        assert dump(store) == expected
    assert killed > MOMENTS // 2


def test_two_processes_add_to_one_store(write: Write, tmp_path: Path) -> None:
    store = tmp_path / "references.db"
    halves = [
        [
            write(f"{half}{number}.txt", f"Levi, P.; La tregua; 1963\nWeber, M.; {half} {number}; 1900")
            for number in range(8)
        ]
        for half in ("left", "right")
    ]

    def add_half(half: list[Path]) -> Callable[[], None]:
        return lambda: add(store, half)

    children = [in_a_child(add_half(half)) for half in halves]
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0]
    assert whole(store)
    with Store(store, extract=reference_lines.extract) as opened:
        found = {str(work.item["title"]): len(work.citations) for work in opened.works()}
    assert found.pop("La tregua") == 16
    assert set(found.values()) == {1}
    assert len(found) == 16
