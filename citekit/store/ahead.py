"""Reading documents ahead of the writing of them, in several processes.

What the store comes to hold does not depend on it: documents are handed on in the order in which they were named,
whichever is read first, and one process alone writes.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Generator, Sequence
from functools import partial
from typing import TypeAlias

from citekit.model import Extraction
from citekit.processes import Processes

__all__ = ["Reading", "readings"]

Reading: TypeAlias = Callable[[], Extraction]
"""Gives a document's extraction, or raises why there is none."""

_WORTH_IT = 200_000  # bytes: fewer are read sooner than two processes are started, which takes a second each
_AHEAD = 8  # documents for each process: one long one keeps the others from their work for a while at most


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
            yield path, partial(extract, path)
        return
    waiting: deque[tuple[str, Reading]] = deque()
    with Processes(min(jobs, len(paths))) as processes:
        for path in paths:
            waiting.append((path, processes.submit(extract, path).result if is_new(path) else partial(extract, path)))
            if len(waiting) > _AHEAD * jobs:
                yield waiting.popleft()
        yield from waiting


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size  # noqa: PTH116 - an address is no path
    except (OSError, ValueError):
        return 0
