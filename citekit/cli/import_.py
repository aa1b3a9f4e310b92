"""`citekit import`: bibliographies into the store."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from citekit.cli.add import follows
from citekit.cli.options import as_json, examples, files, store
from citekit.cli.outcome import DONE, FAILED, complain
from citekit.cli.streams import console, print_json

if TYPE_CHECKING:
    from citekit.store.importing import ImportReport

__all__ = ["FORMATS", "command"]

FORMATS = ("bibtex", "biblatex", "csl-json", "csl-yaml", "ris", "better-bibtex")
_LEFT_OUT = frozenset(
    {
        *("bibtex-unreadable", "csl-json-no-item", "csl-json-broken-line", "csl-yaml-no-item", "csl-yaml-broken-entry"),
        *("ris-stray-line", "better-bibtex-no-item", "record-unusable"),
    }
)


@click.command(
    "import",
    short_help="Read bibliographies (BibTeX, BibLaTeX, RIS, CSL, Zotero) into the store.",
    epilog=examples("citekit import library.bib", "citekit import zotero.json catalogue.ris --store project.db"),
)
@files
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    help="The format of every FILE; else its name, or what it holds, says it.",
)
@as_json
@store
def command(files: Sequence[str], format_: str | None, as_json: bool, store_path: str) -> int:
    """Read the records of each FILE into the store, as works that nobody needs to cite.

    A record joins the work that it means where the store has it. It brings its own citation key along where BibTeX can
    hold it and no other work has or had it; else you are told which key its work has. A file that is in the store
    already changes nothing, a changed one replaces its former version. A record that cannot be read is named on
    standard error; the others go in.
    """
    import citekit

    failed = False
    with citekit.open(store_path) as kept:
        for file in files:
            (report,) = kept.import_records(file, format=format_)
            if report.error is not None:
                complain(report.error)
            if report.moved_from is not None:
                complain(follows(file, report.moved_from))
            for diagnostic in report.diagnostics:
                complain(f"{file}, {diagnostic.message}")
            failed = failed or report.error is not None or any(map(_left_out, report.diagnostics))
            if as_json:
                print_json(report.to_json(), flush=True)
            elif report.error is None:
                _show(report)
    return FAILED if failed else DONE


def _left_out(diagnostic: object) -> bool:
    """Whether a diagnostic is about something of the file that is not in the store."""
    return getattr(diagnostic, "code", "") in _LEFT_OUT


def _show(report: ImportReport) -> None:
    from rich.text import Text

    from citekit.cli.wording import counted, one_line

    works = f"{counted(report.works_new, 'new work')}, {report.works_known:,} known"
    console().print(
        Text.assemble(
            (one_line(report.path), "bold"), f": {report.status.value}, {counted(report.records, 'record')}, {works}"
        ),
        soft_wrap=True,
    )
