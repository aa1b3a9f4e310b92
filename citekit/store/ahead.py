"""Reading documents ahead of the writing of them, in several processes.

What the store comes to hold does not depend on it: documents are handed on in the order in which they were named,
whichever is read first, and one process alone writes.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from functools import partial

from citekit.model import Extraction
from citekit.processes import Processes

__all__ = ["Reading", "readings"]

_WORTH_IT = 200_000  # bytes: fewer are read sooner than two processes are started, which takes a second each
_SHORT = 100_000  # bytes: fewer are read within a second in most formats
_AHEAD = 8  # documents for each process: one long one keeps the others from their work for a while at most


@dataclass(frozen=True, slots=True)
class Reading:
    """Called, it gives a document's extraction, or raises why there is none.

    Attributes:
        result: gives it.
        soon: whether it is there, or will be as soon as it is asked for: the others need not wait for it.
    """

    result: Callable[[], Extraction]
    soon: Callable[[], bool]

    def __call__(self) -> Extraction:
        """The extraction."""
        return self.result()


def readings(
    paths: Sequence[str],
    extract: Callable[[str], Extraction],
    *,
    jobs: int,
    is_new: Callable[[str], bool],
) -> Generator[tuple[str, Reading]]:
    """Each path, in order, with its reading.

    Args:
        paths: the documents.
        extract: reads one; fit for pickle where there are several processes.
        jobs: how many processes may read.
        is_new: whether a document has to be read at all; asked shortly before its turn.
    """
    if jobs < 2 or len(paths) < 2 or sum(map(_size, paths)) < _WORTH_IT:
        for path in paths:
            yield path, _here(extract, path)
        return
    waiting: deque[tuple[str, Reading]] = deque()
    with Processes(min(jobs, len(paths))) as processes:
        for path in paths:
            if is_new(path):
                future = processes.submit(extract, path)
                waiting.append((path, Reading(future.result, future.done)))
            else:
                waiting.append((path, _here(extract, path)))
            if len(waiting) > _AHEAD * jobs:
                yield waiting.popleft()
        yield from waiting


def _here(extract: Callable[[str], Extraction], path: str) -> Reading:
    """A reading that this process does when it is called."""
    return Reading(partial(extract, path), lambda: _size(path) < _SHORT)


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size  # noqa: PTH116 - an address is no path
    except (OSError, ValueError):
        return 0
