"""The group of all commands, each loaded when it is asked for."""

from __future__ import annotations

from importlib import import_module
from keyword import iskeyword
from typing import Any

import click

from citekit.cli.outcome import DONE
from citekit.cli.streams import silence_standard_output
from citekit.version import VERSION

__all__ = ["COMMANDS", "citekit"]

# In the order of the work: look at one document, keep many, bring them out again.
COMMANDS = (
    *("extract", "annotate", "parse", "text", "add", "import", "remove", "works", "search", "show"),
    *("export", "bibliography", "lint", "dedupe"),
    *("duplicates", "why", "merge", "split", "apart", "edit", "key", "conflicts", "history", "undo"),
    *("links", "check", "archive", "rescue"),
    *("backup", "check-store"),
    *("train", "evaluate"),
)


class _CommandsByModule(click.Group):
    """A group whose command `name` is the object `command` of the module `citekit.cli.name`.

    A hyphen is an underscore there, and a word of Python has one behind it: `citekit.cli.import_`.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in COMMANDS:
            return None
        module = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name.replace("-", "_")
        command: click.Command = import_module(f"citekit.cli.{module}").command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # Whoever reads has had enough (`citekit works | head -1`): nothing went wrong. Here, because click
            # would end the process with status 1.
            silence_standard_output()
            return DONE


@click.group(
    cls=_CommandsByModule,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit status: 0 done, 1 something could not be read or written, 2 wrong usage, 3 findings under --strict.",
)
@click.version_option(VERSION, prog_name="citekit")
def citekit() -> None:
    """Find the citations in documents, lead them to the works they mean, keep them in one reference store.

    \b
    citekit extract thesis.txt              what a document cites
    citekit annotate thesis.txt -o t.html   the same as a page, to check it
    citekit add thesis.txt article.md       keep it in references.db
    citekit works                           each work once, from all documents
    citekit export --format bibtex          a bibliography for LaTeX
    citekit bibliography --style chicago    a bibliography for readers
    """
