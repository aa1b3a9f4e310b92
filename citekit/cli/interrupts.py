"""An interrupt (Ctrl-C) that waits: what is counted is also printed, and what is printed is printed whole."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["interrupt_later"]


@contextmanager
def interrupt_later() -> Iterator[None]:
    """Within it an interrupt is noted, at its end it is raised.

    Raises:
        KeyboardInterrupt: one was noted.
    """
    if threading.current_thread() is not threading.main_thread():  # which alone is interrupted
        yield
        return
    noted: list[int] = []
    former = signal.signal(signal.SIGINT, lambda number, _: noted.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, former)
    if noted:
        raise KeyboardInterrupt
