"""`citekit annotate`: a document with all that was found in it, as one page of HTML."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from citekit.cli.options import bibliographies, examples, output
from citekit.cli.outcome import DONE
from citekit.cli.pages import page_progress, pages
from citekit.cli.streams import standard_output
from citekit.cli.writing import check_target, write_whole
from citekit.errors import FormatError

if TYPE_CHECKING:
    from citekit.readers import PageRanges

__all__ = ["command"]


@click.command(
    "annotate",
    short_help="Show FILE as a page with every citation marked, to check the result.",
    epilog=examples(
        "citekit annotate thesis.docx -o thesis.html",
        "citekit annotate --pages 10-40 book.pdf -o chapter.html",
        "citekit annotate --bibliography library.bib chapter.tex -o chapter.html",
        "citekit annotate article.md > article.html",
    ),
)
@click.argument("file", metavar="FILE", type=click.Path())
@output
@pages
@bibliographies
def command(file: str, output: str | None, pages: PageRanges | None, bibliographies: Sequence[str]) -> int:
    """Write FILE as one page of HTML in which every marker, note and citation is marked and linked.

    Citations are marked by how sure they are, short forms show what they were led to and by which rule, and beside
    the text stand the works with all their citations and fields. The page needs nothing but a browser: it loads
    nothing, runs nothing of the document's, and can be read on a phone and printed. No store is read or written.
    """
    import citekit

    if output is not None:
        check_target(output)
        if Path(output).exists() and Path(file).exists() and Path(output).samefile(file):
            raise FormatError(f"{output}: is the document itself, which would be lost; name another file")
    with page_progress() as progress:
        extraction = citekit.extract(file, pages=pages, bibliographies=bibliographies, progress=progress)
    page = citekit.annotate(extraction)
    if output is None:
        standard_output().write(page)
    else:
        write_whole(output, page)
    return DONE
