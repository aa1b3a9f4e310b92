"""`citekit text`: the text that all offsets of a document count in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from citekit.cli.options import examples
from citekit.cli.outcome import DONE
from citekit.cli.pages import page_progress, pages
from citekit.cli.streams import standard_output

if TYPE_CHECKING:
    from citekit.readers import PageRanges

__all__ = ["command"]


@click.command(
    "text",
    short_help="Print the text that the offsets of FILE count in.",
    epilog=examples(
        "citekit text thesis.txt | head",
        "citekit text article.md > article.text",
        "citekit text --pages 10-12 book.pdf",
    ),
)
@click.argument("file", metavar="FILE", type=click.Path())
@pages
def command(file: str, pages: PageRanges | None) -> int:
    """Print the text that all offsets of FILE count in, as UTF-8, byte for byte.

    For plain text and Markdown this is the decoded file without a byte-order mark; for every other format the text
    that its reader made: for a PDF a line for each printed line, and a form feed between pages. Nothing is added, no
    line feed at the end either.
    """
    from citekit.readers import read

    with page_progress() as progress:
        document = read(file, pages=pages, progress=progress)
    output = standard_output()
    output.flush()
    # Past the text layer, which writes line feeds as the system likes them.
    output.buffer.write(document.text.encode("utf-8", errors="surrogateescape"))
    output.buffer.flush()
    return DONE
