"""An interrupt waits until what is being told has been told."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest

from citekit.cli.interrupts import interrupt_later


@pytest.fixture(autouse=True)
def interruptible() -> Iterator[None]:
    """Ctrl-C as in a terminal: a shell that starts the tests in the background has it ignored."""
    former = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, former)


def test_what_was_begun_is_told_whole_and_then_the_interrupt_is_raised() -> None:
    told = []

    def tell() -> None:
        with interrupt_later():
            told.append("essay-1.txt")
            signal.raise_signal(signal.SIGINT)
            told.append("3 notes")

    with pytest.raises(KeyboardInterrupt):
        tell()
    assert told == ["essay-1.txt", "3 notes"]


def test_afterwards_an_interrupt_comes_at_once() -> None:
    with interrupt_later():
        pass
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)
