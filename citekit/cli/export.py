"""`citekit export`: the store as a bibliography."""

from __future__ import annotations

import click

from citekit.cli.options import examples, store
from citekit.cli.outcome import DONE
from citekit.cli.streams import standard_output
from citekit.cli.writing import write_whole

__all__ = ["FORMATS", "command"]

FORMATS = ("bibtex", "biblatex", "csl-json", "csl-yaml", "ris", "better-bibtex")


@click.command(
    "export",
    short_help="Write the store for other programs: BibTeX, BibLaTeX, RIS, CSL, Zotero.",
    epilog=examples(
        "citekit export --format biblatex -o thesis.bib", "citekit export --format csl-json | jq '.[].title'"
    ),
)
@click.option("--format", "format_", type=click.Choice(FORMATS), required=True, help="The format to write.")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(),
    help="Write to FILE instead of standard output. A file that is there is replaced only when all was written; "
    "a store or a backup never.",
)
@store
def command(format_: str, output: str | None, store_path: str) -> int:
    """Write each work of the store once, for other programs.

    `bibtex` and `biblatex` are for LaTeX, `csl-json` and `csl-yaml` for pandoc and other processors of citations,
    `ris` for reference managers and catalogues, `better-bibtex` for Zotero. A bibliography for readers is made by
    citekit bibliography.
    """
    import citekit

    with citekit.open(store_path, create=False) as kept:
        bibliography = kept.export(format_)
    if output is None:
        standard_output().write(bibliography)
    else:
        write_whole(output, bibliography)
    return DONE
