"""`citekit text`: the text that all offsets of a document count in."""

from __future__ import annotations

import click

from citekit.cli.options import examples
from citekit.cli.outcome import DONE
from citekit.cli.streams import standard_output

__all__ = ["command"]


@click.command(
    "text",
    short_help="Print the text that the offsets of FILE count in.",
    epilog=examples("citekit text thesis.txt | head", "citekit text article.md > article.text"),
)
@click.argument("file", metavar="FILE", type=click.Path())
def command(file: str) -> int:
    """Print the text that all offsets of FILE count in, as UTF-8, byte for byte.

    For plain text and Markdown this is the decoded file without a byte-order mark; for every other format the text
    that its reader made. Nothing is added, no line feed at the end either.
    """
    from citekit.readers import read

    document = read(file)
    output = standard_output()
    output.flush()
    # Past the text layer, which writes line feeds as the system likes them.
    output.buffer.write(document.text.encode("utf-8", errors="surrogateescape"))
    output.buffer.flush()
    return DONE
