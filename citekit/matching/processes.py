"""The two long steps of a clustering, reading and comparing, in several processes where there is enough to do.

Processes are forked, so that the records need not be copied to those that compare them; where a system cannot fork
(Windows), one process does everything. What is found never depends on the number of processes.
"""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from typing import Any, TypeVar

__all__ = ["mapped"]

Given = TypeVar("Given")
Found = TypeVar("Found")

_AT_ONCE = 2_000  # in one message to a process: some tenths of a second of work
_WORTH_IT = 2 * _AT_ONCE  # fewer are done sooner than processes are started

_work: Callable[[Any], Any] | None = None
"""What the processes forked next are to do: a function with all that it closes over, which no message could carry."""


def mapped(function: Callable[[Given], Found], given: Iterable[Given], *, processes: int) -> Iterator[Found]:
    """The values of a function, in the order of what it is given.

    Args:
        function: from what is given to what is found; the latter must be fit for pickle.
        given: fit for pickle too.
        processes: how many processes may work.
    """
    rest = iter(given)
    first = list(islice(rest, _WORTH_IT))
    if processes < 2 or len(first) < _WORTH_IT or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(function, chain(first, rest))
        return
    with _forked(function, processes) as pool:
        for portion in pool.imap(_portion, _portions(chain(first, rest))):
            yield from portion


@contextmanager
def _forked(function: Callable[[Any], Any], processes: int) -> Iterator[Any]:
    global _work  # noqa: PLW0603 - what is forked is what is there at the time
    _work = function
    gc.freeze()  # a collection in a forked process would copy every page of the records that it only reads
    try:
        with multiprocessing.get_context("fork").Pool(processes) as pool:
            yield pool
    finally:
        _work = None
        gc.unfreeze()


def _portions(given: Iterable[Given]) -> Iterator[list[Given]]:
    rest = iter(given)
    while portion := list(islice(rest, _AT_ONCE)):
        yield portion


def _portion(given: Sequence[Any]) -> list[Any]:
    work = _work
    if work is None:  # pragma: no cover - never forked without
        raise RuntimeError("no work was given to this process")
    return [work(each) for each in given]
