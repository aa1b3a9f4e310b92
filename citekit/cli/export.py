"""`citekit export`: the store as a bibliography."""

from __future__ import annotations

import click

from citekit.cli.options import examples, output, store
from citekit.cli.outcome import DONE
from citekit.cli.streams import standard_output
from citekit.cli.writing import write_whole

__all__ = ["FORMATS", "command"]

FORMATS = ("bibtex", "biblatex", "csl-json")


@click.command(
    "export",
    short_help="Write the store as BibTeX, BibLaTeX or CSL-JSON.",
    epilog=examples(
        "citekit export --format biblatex -o thesis.bib",
        "citekit export --format csl-json | jq '.[].title'",
        "citekit export --imported library.bib -o library.bib",
    ),
)
@click.option("--format", "format_", type=click.Choice(FORMATS), help="The format to write.")
@click.option(
    "--imported",
    metavar="FILE",
    type=click.Path(),
    help="Instead of the works: the .bib FILE as it was imported, with what was edited since. Entries that were not "
    "edited, comments and abbreviations keep every character.",
)
@output
@store
def command(format_: str | None, imported: str | None, output: str | None, store_path: str) -> int:
    """Write each work of the store once, as BibTeX, BibLaTeX or CSL-JSON (one array).

    Or give back a .bib file that was imported, as its user wrote it.
    """
    import citekit

    if (format_ is None) == (imported is None):
        raise click.UsageError("say what to write: --format FORMAT for all works, or --imported FILE")
    with citekit.open(store_path, create=False) as kept:
        bibliography = kept.export_imported(imported) if imported is not None else kept.export(str(format_))
    if output is None and isinstance(bibliography, bytes):
        standard_output().buffer.write(bibliography)
    elif output is None:
        standard_output().write(str(bibliography))
    else:
        write_whole(output, bibliography)
    return DONE
