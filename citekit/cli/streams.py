"""What is written where: the answer to standard output, in UTF-8; the conversation to standard error."""

from __future__ import annotations

import errno
import json
import os
import re
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TextIO

from citekit.wording import printable

if TYPE_CHECKING:
    from rich.console import Console

__all__ = [
    "console",
    "is_terminal",
    "json_line",
    "print_json",
    "printable",
    "silence_standard_output",
    "speak_utf8",
    "standard_output",
]

# Legal raw in JSON, but they steer terminals or end a line for programs that read JSON Lines with a generous idea
# of lines; none of them can stand outside a JSON string.
_STEERING = re.compile("[\x7f-\x9f\u2028\u2029]")

_PIPE_WIDTH = 120  # columns where no terminal says how wide it is: a table that can be read in a log


def speak_utf8() -> None:
    """UTF-8 and "\\n" on both outputs whatever the locale.

    A lone surrogate (a file name that is no text) is written as a backslash escape, which JSON reads back.
    """
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def standard_output() -> TextIO:
    """Standard output.

    Raises:
        OSError: when the process was started with it closed.
    """
    if sys.stdout is None:
        raise OSError(errno.EBADF, "closed", "standard output")
    return sys.stdout


def silence_standard_output(*, if_full: BaseException | None = None) -> None:
    """Send what is still buffered nowhere, so that the interpreter's last flush cannot fail again.

    With `if_full`, only where that error came from standard output itself.
    """
    if sys.stdout is None:
        return
    if if_full is not None:
        try:
            sys.stdout.flush()
        except OSError:
            pass
        else:
            return
    try:
        descriptor = sys.stdout.fileno()
    except OSError:  # no real file, as under a test runner
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)


def json_line(value: Mapping[str, Any]) -> str:
    """A value as JSON on one line, in its own script, without line feed at the end."""
    line = json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
    return _STEERING.sub(lambda sign: f"\\u{ord(sign.group()):04x}", line)  # str.translate takes longer than the dump


def print_json(value: Mapping[str, Any], *, flush: bool = False) -> None:
    """One object on a line of standard output."""
    output = standard_output()
    output.write(json_line(value) + "\n")
    if flush:
        output.flush()


def is_terminal(stream: TextIO | None) -> bool:
    """Whether somebody watches the stream."""
    return stream is not None and stream.isatty()


def console(*, to_error: bool = False) -> Console:
    """A rich console that takes text as it is: no markup, no emoji names, no guessing what to highlight."""
    from rich.console import Console

    class QuietConsole(Console):
        """A console that leaves a reader who went away to the command group, as all other output does."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))

    stream = sys.stderr if to_error else standard_output()
    return QuietConsole(
        file=stream,
        width=None if is_terminal(stream) else _PIPE_WIDTH,
        markup=False,
        emoji=False,
        highlight=False,
        soft_wrap=False,
    )
