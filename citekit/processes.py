"""Work done in processes of its own: a function and its arguments in, its value or its exception out.

Unlike a pool of `concurrent.futures` or `multiprocessing`, one process that dies (killed for its memory, or by a fault
of a C library in a broken file) costs the answer it was to give and no other, an interrupt at the terminal reaches the
parent alone, and a program that imports citekit needs no `if __name__ == "__main__"`: see docs/decisions/folders.md.
"""

from __future__ import annotations

import gc
import json
import os
import pickle
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Any, BinaryIO, Self, TypeAlias, TypeVar, cast

from citekit.cycles import seldom_search_for_cycles
from citekit.errors import ProcessEndedError
from citekit.zygote import Forked, Zygote

__all__ = ["Processes", "available", "serve", "serve_here"]

Value = TypeVar("Value")
_Process: TypeAlias = "subprocess.Popen[bytes] | Forked"

_BUFFER = 1 << 16  # bytes: what a pipe of Linux holds, so that most answers are taken out of it at once
_PROGRAM = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from citekit.processes import serve_here; serve_here()"
)


def available() -> int:
    """How many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # neither macOS nor Windows has it
        return os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class _Work:
    """What a process is to do, and who waits for it."""

    function: Callable[..., Any]
    arguments: tuple[object, ...]
    value: Future[Any]


class Processes:
    """At most `number` processes, each started when there is first something for it to do.

    What is asked first is begun first. A context manager: at its end, however it comes, all processes are ended and
    nothing waits for them.
    """

    def __init__(self, number: int) -> None:
        self.number = number
        self._threads = ThreadPoolExecutor(max_workers=number, thread_name_prefix="citekit-process")
        self._own = threading.local()
        self._running: set[_Process] = set()
        self._forked: list[Forked] = []  # that no thread has taken for its own yet
        self._zygote: Zygote | None = None
        self._waiting: deque[_Work] = deque()
        self._at_work = 0
        self._may_work = number
        self._closed = False
        self._changed = threading.Condition()  # held where one of those before is read or written

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def start(self, function: Callable[[], object]) -> None:
        """Start all processes at once, with a first thing that is done before any other.

        Nobody waits for it; where processes can be forked safely, one does it for all.

        Args:
            function: fit for pickle.
        """
        if sys.platform == "linux":
            with self._changed:
                self._zygote = Zygote(self.number, function, buffer=_BUFFER)
                self._forked += self._zygote.children
            return
        for _ in range(self.number):
            self.submit(function)

    def submit(self, function: Callable[..., Value], *arguments: object) -> Future[Value]:
        """The value of `function(*arguments)`, some time.

        Args:
            function: fit for pickle: what a module has under its own name, or a partial of it.
            arguments: fit for pickle.

        Returns:
            A future that raises what the function raised, or `ProcessEndedError` where its process died.
        """
        value: Future[Value] = Future()
        with self._changed:
            self._waiting.append(_Work(function, arguments, value))
        self._threads.submit(self._work)
        return value

    @contextmanager
    def one_resting(self) -> Iterator[None]:
        """Meanwhile one process gets nothing new to do, for the caller has: with it, `number` are at work.

        Were one more at work than there are processors, they would take turns, and push each other's memory out of the
        processor's. A single process does not rest.
        """
        self._let_work(max(1, self.number - 1))
        try:
            yield
        finally:
            self._let_work(self.number)

    def close(self) -> None:
        """End all processes at once, whatever they do."""
        with self._changed:
            self._closed = True
            running = tuple(self._running)
            for work in self._waiting:
                work.value.cancel()
            self._changed.notify_all()
        if self._zygote is not None:
            self._zygote.end()
        for process in running:
            process.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for process in running:
            _let_go(process)
        if self._zygote is not None:
            self._zygote.let_go()

    def _let_work(self, number: int) -> None:
        with self._changed:
            self._may_work = number
            self._changed.notify_all()

    def _work(self) -> None:
        """Have the next work done by this thread's process, as soon as one may."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._at_work < self._may_work)
            if self._closed:
                return
            work = self._waiting.popleft()
            self._at_work += 1
        try:
            if work.value.set_running_or_notify_cancel():
                work.value.set_result(self._ask(work.function, work.arguments))
        except BaseException as error:  # whoever waits for the value raises it
            work.value.set_exception(error)
        finally:
            with self._changed:
                self._at_work -= 1
                self._changed.notify()

    def _ask(self, function: Callable[..., Any], arguments: tuple[object, ...]) -> Any:
        process = self._process()
        asked, answers = cast("BinaryIO", process.stdin), cast("BinaryIO", process.stdout)
        try:
            pickle.dump((function, arguments), asked)
            asked.flush()
            done, value = pickle.load(answers)  # noqa: S301 - written by our own process
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            del self._own.process
            process.kill()
            status = process.wait()
            _let_go(process)
            with self._changed:
                self._running.discard(process)
            raise ProcessEndedError(_ending(status)) from error
        if not done:
            raise value
        return value

    def _process(self) -> _Process:
        """This thread's process."""
        process: _Process | None = getattr(self._own, "process", None)
        if process is None:
            with self._changed:
                if self._closed:
                    raise ProcessEndedError("was ended")
                process = self._forked.pop() if self._forked else _started()
                self._running.add(process)
            self._own.process = process
        return process


def _started() -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own program
        # -P: files of the current folder ("statistics.py") are no modules.
        [sys.executable, "-P", "-c", _PROGRAM, json.dumps(sys.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        bufsize=_BUFFER,
        start_new_session=True,  # the terminal's interrupt is for the parent
    )


def _let_go(process: _Process) -> None:
    for stream in (process.stdin, process.stdout):
        with suppress(OSError):  # what was not sent any more
            if stream is not None:
                stream.close()
    process.wait()


def _ending(status: int) -> str:
    return f"was ended by signal {-status}" if status < 0 else f"ended with status {status}"


def serve_here() -> None:  # pragma: no cover - runs in the processes
    """What the processes run that are not forked."""
    # What a library prints must not come between the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    gc.disable()  # until the first answer: to look through what is being loaded for garbage takes a tenth of that
    serve(sys.stdin.buffer, answers)


def serve(asked: BinaryIO, answers: BinaryIO) -> None:  # pragma: no cover - runs in the processes
    """Answer until nobody asks any more."""
    with seldom_search_for_cycles():
        _answer(asked, answers)


def _answer(asked: BinaryIO, answers: BinaryIO) -> None:  # pragma: no cover - runs in the processes
    while True:
        try:
            function, arguments = pickle.load(asked)  # noqa: S301 - written by the process that started this one
        except EOFError:
            return
        try:
            answer: tuple[bool, Any] = (True, function(*arguments))
        except Exception as error:  # the parent raises it
            answer = (False, error)
        try:
            _send(answer, answers)
        except BrokenPipeError:  # the parent is gone
            os._exit(1)
        if not gc.isenabled():
            gc.freeze()  # what was loaded stays
            gc.enable()


def _send(answer: tuple[bool, Any], answers: BinaryIO) -> None:  # pragma: no cover - runs in the processes
    try:
        sent = pickle.dumps(answer)
        if not answer[0]:
            pickle.loads(sent)  # noqa: S301 - an exception can be written and not be read again
    except Exception as error:
        sent = pickle.dumps((False, RuntimeError(f"{type(error).__name__}: {error}, for {answer[1]!r:.200}")))
    answers.write(sent)
    answers.flush()
