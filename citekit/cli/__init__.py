"""The command line: one module a command.

`program` has the group that loads them, `outcome` the exit statuses and the one-line errors, `streams` what is
written where. Command modules import click alone; whatever is heavy they import where they use it, so that
`citekit --help` answers at once.
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `citekit` and return its exit status.

    Args:
        arguments: the words behind the command's name; those of the process where None.

    Returns:
        0 done, 1 input that could not be read or written, 2 wrong usage, 3 findings under `--strict`, 130
        interrupted.
    """
    from citekit.cli.outcome import run
    from citekit.cli.program import citekit
    from citekit.cycles import seldom_search_for_cycles

    with seldom_search_for_cycles():
        return run(citekit, arguments)
