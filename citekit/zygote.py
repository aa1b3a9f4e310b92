"""Processes forked from one that has loaded and compiled already what they need (a zygote, as browsers have).

To load what reads a citation takes most of a second, which each of several processes would take anew, all at once and
on the same processors. Forked, they share it. On Linux alone: elsewhere a process that has loaded libraries cannot be
forked safely, or at all.
"""

from __future__ import annotations

import gc
import json
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO, Protocol, cast

__all__ = ["Forked", "Zygote", "raise_children"]

_PROGRAM = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]);"
    " from citekit.processes import serve; from citekit.zygote import raise_children; raise_children(serve)"
)


class Serve(Protocol):
    """What a forked process does: answer what it is asked until nobody asks any more."""

    def __call__(self, asked: BinaryIO, answers: BinaryIO) -> None: ...


class Zygote:
    """A process that does one thing first, and then is several; it waits for them, and tells how each ended."""

    def __init__(self, number: int, first: Callable[[], object], *, buffer: int) -> None:
        """Start it.

        Args:
            number: how many there are to be.
            first: what is done before; fit for pickle. Should it raise, they are forked all the same.
            buffer: bytes of what is asked and answered that are taken at a time.
        """
        asked, answers = ([os.pipe() for _ in range(number)] for _ in range(2))
        theirs = [(read, write) for (read, _), (_, write) in zip(asked, answers, strict=True)]
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            # -P: files of the current folder ("statistics.py") are no modules.
            [sys.executable, "-P", "-c", _PROGRAM, json.dumps(sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            pass_fds=[end for ends in theirs for end in ends],
            start_new_session=True,  # the terminal's interrupt is for the parent
        )
        for ends in theirs:
            for end in ends:
                os.close(end)
        with suppress(BrokenPipeError), cast("BinaryIO", self._process.stdin) as to_it:
            pickle.dump((theirs, first), to_it)
        self._ended: dict[int, int] = {}
        self._reading = threading.Lock()
        self.children = tuple(
            Forked(self, place, os.fdopen(write, "wb", buffer), os.fdopen(read, "rb", buffer))
            for place, ((_, write), (read, _)) in enumerate(zip(asked, answers, strict=True))
        )

    def end(self) -> None:
        """End it and all that were forked, at once."""
        self._process.terminate()
        for child in self.children:
            child.kill()

    def let_go(self) -> None:
        """Wait until it has ended, and close what it told by."""
        self._process.wait()
        cast("BinaryIO", self._process.stdout).close()

    def status(self, place: int) -> int:
        """How the child of this place ended, as `Popen.returncode` tells it; waited for."""
        told = cast("BinaryIO", self._process.stdout)
        with self._reading:
            while place not in self._ended:
                line = told.readline()
                if not line:  # the zygote itself was ended
                    return self._process.wait()
                number, status = line.split()
                self._ended[int(number)] = int(status)
            return self._ended[place]


@dataclass(frozen=True, eq=False, slots=True)
class Forked:
    """One of the processes that were forked; what it is asked is written to `stdin`, as if it were a `Popen`."""

    zygote: Zygote
    place: int
    stdin: BinaryIO
    stdout: BinaryIO

    def kill(self) -> None:
        """Ask it no more: it ends when it has answered, or at once where the zygote is ended."""
        for stream in (self.stdin, self.stdout):
            with suppress(OSError):  # what was not sent any more
                stream.close()

    def wait(self) -> int:
        """How it ended."""
        return self.zygote.status(self.place)


def raise_children(serve: Serve) -> None:  # pragma: no cover - runs in the zygote
    """What the zygote runs: do the first thing, fork, and tell of each child how it ended."""
    theirs, first = pickle.load(sys.stdin.buffer)  # noqa: S301 - written by the process that started this one
    # What a library prints must not come between the numbers.
    told = os.dup(1)
    os.dup2(2, 1)
    gc.disable()  # to look through what is being loaded for garbage takes a tenth of that
    with suppress(Exception):  # whatever is asked next meets the same, and its exception is sent
        first()
    gc.collect()
    gc.freeze()  # what was loaded stays, and stays shared
    gc.enable()
    places: dict[int, int] = {}

    def end(*_: object) -> None:
        for child in places:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)

    signal.signal(signal.SIGTERM, end)
    for place, ends in enumerate(theirs):
        child = os.fork()
        if not child:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            _serve(serve, ends, [told, *(end for others in theirs[place:] for end in others if others != ends)])
        places[child] = place
        for end_of_pipe in ends:
            os.close(end_of_pipe)
    while places:
        child, status = os.wait()
        number = os.waitstatus_to_exitcode(status)
        with suppress(BrokenPipeError):  # the parent is gone
            os.write(told, f"{places.pop(child)} {number}\n".encode())


def _serve(serve: Serve, ends: Sequence[int], others: Sequence[int]) -> None:  # pragma: no cover - in the processes
    """Serve in a child, which has what its parent had open; never returns."""
    for end in others:
        os.close(end)
    try:
        serve(os.fdopen(ends[0], "rb"), os.fdopen(ends[1], "wb"))
    finally:
        os._exit(0)
