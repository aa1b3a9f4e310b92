"""Python's search for objects that hold each other in a circle: seldom, or not at all for a while."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["no_search_for_cycles", "seldom_search_for_cycles"]

_SELDOM = (100_000, 50, 100)  # new objects, searches through these, through those that lived on


@contextmanager
def no_search_for_cycles() -> Iterator[None]:
    """Of hundreds of thousands of small objects none is in a circle.

    To look for circles takes a third of the time in which a library is read, a twentieth for strings.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@contextmanager
def seldom_search_for_cycles() -> Iterator[None]:
    """After every few hundred new objects, as is usual, it takes a thirtieth of the time that strings are read in."""
    usual = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
