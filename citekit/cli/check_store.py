"""`citekit check-store`: whether the store is whole."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from citekit.cli.options import as_json, examples, store
from citekit.cli.outcome import DONE, FAILED, FINDINGS, complain
from citekit.cli.streams import console, print_json
from citekit.model import Severity

if TYPE_CHECKING:
    from citekit.store.checking import CheckReport

__all__ = ["command"]

_COLOURS = {Severity.INFO: "dim", Severity.WARNING: "yellow", Severity.ERROR: "red"}


@click.command(
    "check-store",
    short_help="Look the store over: pages, references, places, groups.",
    epilog=examples(
        "citekit check-store",
        "citekit check-store --strict --json | jq -r '.findings[].message'",
        "citekit check-store --repair",
    ),
)
@click.option(
    "--quick", is_flag=True, help="Leave out computing the groups of works anew, which takes most of the time."
)
@click.option(
    "--repair", is_flag=True, help="Compute derived rows anew where they are not what follows; backs up first."
)
@click.option("--strict", is_flag=True, help="Exit with status 3 where there is a lesser finding to look at.")
@as_json
@store
def command(quick: bool, repair: bool, strict: bool, as_json: bool, store_path: str) -> int:
    """Look the store over, without writing to it.

    Looked at are every page of the file, all references between rows, the places of notes and citations (each must
    lead to its words), rows that hang on nothing, derived rows (each must be what follows from the others), and
    decisions whose citation is gone. A damaged store ends with status 1: restore a backup.
    """
    from citekit.store import checking

    if quick and repair:
        raise click.UsageError("--repair looks at everything: leave out --quick.")
    report = checking.repair(Path(store_path)) if repair else checking.check(Path(store_path), quick=quick)
    if as_json:
        print_json(report.to_json())
    else:
        _show(report)
    if report.damaged:
        from citekit.store import backup

        newest = backup.newest(report.path)
        remedy = f"restore the newest backup: copy {newest} to {report.path}" if newest else "restore a backup"
        complain(f"{report.path}: the store is damaged; {remedy}")
        return FAILED
    return FINDINGS if strict and report.findings else DONE


def _show(report: CheckReport) -> None:
    from rich.text import Text

    from citekit.cli.wording import counted, one_line

    output = console()
    path = one_line(str(report.path))
    if report.backup is not None:
        output.print(Text(f"{path}: derived rows computed anew; as it was before: {one_line(str(report.backup))}"))
    for finding in report.findings:
        output.print(
            Text.assemble(
                f"{path}: ",
                (finding.severity.value, _COLOURS[finding.severity]),
                f": {one_line(finding.message)} [{finding.code}]",
            ),
            soft_wrap=True,
        )
    if not report.findings:
        holds = ", ".join(
            counted(number, name)
            for number, name in (
                (report.documents, "document"),
                (report.citations, "citation"),
                (report.works, "work"),
            )
        )
        output.print(Text(f"{path}: whole, {holds}"), soft_wrap=True)
