"""Reading documents ahead of the writing of them, in several processes.

What the store comes to hold does not depend on it: documents are handed on in the order in which they were named,
whichever is read first, and one process alone writes.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import wait
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from types import TracebackType
from typing import Self, TypeAlias

from citekit.model import Extraction
from citekit.processes import Processes

__all__ = ["Jobs", "Reading", "Readings", "readers"]

Jobs: TypeAlias = int | Processes
"""How many processes may be at work, or the processes."""

_WORTH_IT = 200_000  # bytes: fewer are read sooner than two processes are started, which takes a second each
_SHORT = 100_000  # bytes: fewer are read within a second in most formats
_AHEAD = 8  # documents for each process: one long one keeps the others from their work for a while at most


@dataclass(frozen=True, slots=True)
class Reading:
    """Called, it gives a document's extraction, or raises why there is none.

    Attributes:
        result: gives it.
        comes_within: whether it is there, or will be as soon as it is asked for, at the latest after so many seconds,
            which are waited for where it is on its way.
    """

    result: Callable[[], Extraction]
    comes_within: Callable[[float], bool]

    def __call__(self) -> Extraction:
        """The extraction."""
        return self.result()


def readers(paths: Sequence[str], jobs: int) -> Processes | None:
    """At most `jobs` processes to read documents in, none of them started; None where this one has read them sooner."""
    number = min(jobs, len(paths))
    return None if number < 2 or sum(map(_size, paths)) < _WORTH_IT else Processes(number)


class Readings:
    """Each path, in order, with its reading.

    A context manager: at its end, however it comes, all processes are ended.
    """

    def __init__(
        self,
        paths: Sequence[str],
        extract: Callable[[str], Extraction],
        *,
        jobs: Jobs,
        is_new: Callable[[str], bool],
    ) -> None:
        """Prepare to read; nothing is started yet.

        Args:
            paths: the documents.
            extract: reads one; fit for pickle where there are processes.
            jobs: how many processes may work, or the processes, which are ended.
            is_new: whether a document has to be read at all; asked shortly before its turn.
        """
        self._paths = paths
        self._extract = extract
        self._is_new = is_new
        self._processes = jobs if isinstance(jobs, Processes) else readers(paths, jobs)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._processes is not None:
            self._processes.close()

    def __iter__(self) -> Iterator[tuple[str, Reading]]:
        """Read ahead, and hand on in order."""
        if self._processes is None:
            yield from ((path, self._here(path)) for path in self._paths)
            return
        waiting: deque[tuple[str, Reading]] = deque()
        for path in self._paths:
            reading = self._elsewhere(self._processes, path) if self._is_new(path) else self._here(path)
            waiting.append((path, reading))
            if len(waiting) > _AHEAD * self._processes.number:
                yield waiting.popleft()
        while waiting:
            yield waiting.popleft()

    def beside_writing(self) -> AbstractContextManager[None]:
        """To be entered while the caller writes: one process fewer reads, so that no more than `jobs` are at work."""
        return nullcontext() if self._processes is None else self._processes.one_resting()

    def _here(self, path: str) -> Reading:
        """A reading that this process does when it is called."""
        return Reading(partial(self._extract, path), lambda _: _size(path) < _SHORT)

    def _elsewhere(self, processes: Processes, path: str) -> Reading:
        future = processes.submit(self._extract, path)
        return Reading(future.result, lambda seconds: future in wait([future], seconds).done)


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size  # noqa: PTH116 - an address is no path
    except (OSError, ValueError):
        return 0
