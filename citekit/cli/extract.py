"""`citekit extract`: what documents cite."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from citekit.cli.options import as_json, bibliographies, examples, files
from citekit.cli.outcome import DONE, FAILED, FINDINGS, complain, explain
from citekit.cli.pages import page_progress, pages
from citekit.cli.streams import print_json
from citekit.errors import CitekitError
from citekit.model import Extraction, Severity

if TYPE_CHECKING:
    from citekit.readers import PageRanges

__all__ = ["command"]


@click.command(
    "extract",
    short_help="Show the notes, citations and works of documents.",
    epilog=examples(
        "citekit extract thesis.txt",
        "citekit extract --strict chapters/*.md",
        "citekit extract --pages 10-40 book.pdf",
        "citekit extract --bibliography library.bib chapter.tex",
        "citekit extract thesis.txt --json | jq '.works[].item.title'",
    ),
)
@files
@pages
@bibliographies
@as_json
@click.option("--strict", is_flag=True, help="Exit with status 3 where there is a warning or an error to look at.")
def command(
    files: Sequence[str], pages: PageRanges | None, bibliographies: Sequence[str], as_json: bool, strict: bool
) -> int:
    """Show the notes of each FILE, the citations in them, and the works that they mean.

    Each document is read by itself: no store is read or written. A file that cannot be read is named on standard
    error, and the others are still shown. The column “Sure” has the confidence of each citation, from 0 to 1: that of
    its fields or that of the work it was led to, whichever is less. “~” stands behind those below 0.8, “?” behind
    those below 0.5.
    """
    import citekit

    failed = findings = False
    for file in files:
        try:
            with page_progress() as progress:
                extraction = citekit.extract(file, pages=pages, bibliographies=bibliographies, progress=progress)
        except (CitekitError, OSError) as error:
            complain(explain(error))
            failed = True
            continue
        findings = findings or any(found.severity is not Severity.INFO for found in extraction.diagnostics)
        if as_json:
            print_json(extraction.to_json(), flush=True)
        else:
            _show(file, extraction)
    if failed:
        return FAILED
    return FINDINGS if strict and findings else DONE


def _show(file: str, extraction: Extraction) -> None:
    from citekit.cli.extraction_view import show

    show(file, extraction)
