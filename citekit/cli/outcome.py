"""How a command ends: its exit status, and each error as one line on standard error."""

from __future__ import annotations

import errno
import logging
import os
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress

import click

from citekit.cli.streams import printable, silence_standard_output, speak_utf8
from citekit.errors import ChoiceError, CitekitError

__all__ = [
    "DONE",
    "FAILED",
    "FINDINGS",
    "INTERRUPTED",
    "WRONG_USAGE",
    "complain",
    "complain_of_no_works",
    "explain",
    "run",
]

DONE = 0
FAILED = 1
WRONG_USAGE = 2
FINDINGS = 3
INTERRUPTED = 130  # 128 + SIGINT, as shells report it

_REMEDIES = {
    errno.ENOENT: "check the name",
    errno.EISDIR: "name the files in it",
    errno.ENOTDIR: "check the path",
    errno.EACCES: "check its permissions",
    errno.EPERM: "check its permissions",
    errno.EROFS: "choose a place that can be written to",
    errno.ENOSPC: "make room, or write to another disk",
    errno.EDQUOT: "make room, or write to another disk",
    errno.EEXIST: "choose another name",
    errno.ENAMETOOLONG: "choose a shorter name",
}


def run(group: click.Command, arguments: Sequence[str] | None = None) -> int:
    """Run a command, and turn whatever goes wrong into one line and an exit status; no traceback gets out.

    With `CITEKIT_DEBUG=1` the traceback of an unexpected exception is printed as well.
    """
    speak_utf8()
    _pass_on_announcements()
    status = _run(group, arguments)
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        silence_standard_output()
    except OSError as error:
        complain(explain(error))
        silence_standard_output()
        return status or FAILED
    return status


def _pass_on_announcements() -> None:
    """What the library announces to its log (that a store was upgraded) is part of the conversation."""

    class Complainer(logging.Handler):
        """Writes each record as one line on standard error."""

        def emit(self, record: logging.LogRecord) -> None:
            complain(record.getMessage())

    library = logging.getLogger("citekit")
    library.handlers[:] = [Complainer()]
    library.setLevel(logging.INFO)
    library.propagate = False


def _run(group: click.Command, arguments: Sequence[str] | None) -> int:
    try:
        status = group.main(None if arguments is None else list(arguments), prog_name="citekit", standalone_mode=False)
    except (click.exceptions.Abort, KeyboardInterrupt):
        complain("interrupted; run the same command again")
        return INTERRUPTED
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return WRONG_USAGE
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "citekit"
        complain(f"{_place(path)}{_lowered(error.format_message())}; see {path} --help")
        return WRONG_USAGE
    except click.ClickException as error:
        complain(error.format_message())
        return FAILED
    except ChoiceError as error:
        complain(explain(error))
        return WRONG_USAGE
    except (CitekitError, OSError) as error:
        _debug()
        complain(explain(error))
        silence_standard_output(if_full=error)
        return FAILED
    except MemoryError:
        _debug()
        complain("out of memory; give the documents one by one, or split the largest")
        return FAILED
    except Exception as error:  # the last wall before the user
        _debug()
        complain(f"unexpected trouble ({type(error).__name__}: {error}); set CITEKIT_DEBUG=1, try again and report it")
        return FAILED
    return status if isinstance(status, int) else DONE


def explain(error: BaseException) -> str:
    """An error as `place: problem; remedy`."""
    if isinstance(error, CitekitError) or not isinstance(error, OSError):
        return str(error)
    if error.filename is not None:
        place = os.fsdecode(error.filename) if isinstance(error.filename, bytes) else str(error.filename)
    else:
        # The system names no file where it is an open stream that fails; only an output fills up.
        place = "standard output" if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) else "input or output"
    problem = _lowered(error.strerror or str(error) or type(error).__name__)
    return f"{place}: {problem}; {_REMEDIES.get(error.errno or 0, 'check that it can be read and written')}"


def complain(message: str) -> None:
    """One line on standard error, whatever the message holds."""
    line = " ".join(printable(message).split())
    with suppress(OSError):  # nobody listens
        click.echo(f"citekit: {line}", err=True)


def complain_of_no_works(store_path: str) -> None:
    """Say why what was written is empty: nobody sees an empty file for what it is."""
    complain(f"{store_path}: has no works yet; add documents that cite some (citekit add), or citekit import")


def _place(command_path: str) -> str:
    """The command's own name as the place of a usage error; nothing for the group itself."""
    _, _, name = command_path.partition(" ")
    return f"{name}: " if name else ""


def _lowered(sentence: str) -> str:
    """A sentence of another program as a clause of ours."""
    clause = sentence.rstrip(".")
    return clause[:1].lower() + clause[1:]


def _debug() -> None:
    if os.environ.get("CITEKIT_DEBUG", "") not in ("", "0"):
        traceback.print_exc(file=sys.stderr)
