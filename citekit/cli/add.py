"""`citekit add`: documents into the store."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from citekit.cli.options import as_json, bibliographies, examples, files, store
from citekit.cli.outcome import DONE, FAILED, complain
from citekit.cli.streams import console, is_terminal, print_json

if TYPE_CHECKING:
    from citekit.store import DocumentReport

__all__ = ["command"]


@click.command(
    "add",
    short_help="Read documents into the store.",
    epilog=examples(
        "citekit add thesis.txt article.md",
        "citekit add --store project.db chapters/*.md",
        "citekit add drafts/thesis-final-2.txt --as thesis",
        "citekit add chapters/thesis.txt --as thesis.txt",
        "citekit add thesis.txt --json | jq .status",
    ),
)
@files
@click.option(
    "--as",
    "source",
    metavar="ID",
    help="What the one FILE is known by, instead of its path: any name, or the path that it had before it moved.",
)
@bibliographies
@as_json
@store
def command(
    files: Sequence[str], source: str | None, bibliographies: Sequence[str], as_json: bool, store_path: str
) -> int:
    """Read each FILE into the store, and make the store where there is none yet.

    A document that is in the store already is left alone, or replaced where it has changed. One that cannot be read
    is named on standard error and leaves the store as it was; the others are still added. A file that has moved
    unchanged, so that the one that was added is gone, is known by its new path from then on. Decisions on citations
    hold in a changed document too; those whose citations it no longer has are counted (citekit history --orphaned).
    """
    import citekit

    if source is not None and len(files) > 1:
        raise click.UsageError("--as names one document; add the others without it")

    reports: list[DocumentReport] = []
    with citekit.open(store_path, bibliographies=bibliographies) as kept, _progress(files) as announce:
        # One by one, so that what was done is told even where the store gives up on a later one.
        for file in files:
            for document in kept.add(file, source=source, progress=announce).documents:
                reports.append(document)
                if document.error is not None:
                    complain(document.error)
                for found in document.diagnostics:
                    if found.code in ("encoding-detected", "undecodable-bytes"):
                        complain(f"{document.path}, {found.message}")
                if document.moved_from is not None:
                    complain(follows(document.path, document.moved_from))
                if as_json:
                    print_json(document.to_json(), flush=True)
                elif document.error is None:
                    _show(document)
    if not as_json and len(reports) > 1:
        _sum_up(reports, store_path)
    return FAILED if any(document.error is not None for document in reports) else DONE


def follows(path: str, former: str) -> str:
    """What is said of a file that was taken for one that moved."""
    return (
        f"{path}: is {former}, which is gone, and is known by its new path now; if it is another document, take it out "
        f"(citekit remove {path}) and add it --as a name of its own"
    )


@contextmanager
def _progress(files: Sequence[str]) -> Iterator[Callable[[str], None] | None]:
    """A bar on standard error where somebody watches it, given what to call before each document."""
    import sys

    if not is_terminal(sys.stderr):
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from citekit.cli.wording import one_line

    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[document]}", markup=False),
    )
    # What is printed meanwhile goes where it always goes, above the bar.
    shown = Progress(*columns, console=console(to_error=True), transient=True, redirect_stdout=is_terminal(sys.stdout))
    with shown:
        task = shown.add_task("", total=len(files), document="")
        begun = 0

        def announce(path: str) -> None:
            nonlocal begun
            shown.update(task, completed=begun, document=one_line(path, 60))
            begun += 1

        yield announce


def _show(document: DocumentReport) -> None:
    from rich.text import Text

    from citekit.cli.wording import counted, one_line

    found = f"{counted(document.notes, 'note')}, {counted(document.citations, 'citation')}"
    works = f"{counted(document.works_new, 'new work')}, {document.works_known:,} known"
    console().print(
        Text.assemble((one_line(document.path), "bold"), f": {document.status.value}, {found}, {works}"), soft_wrap=True
    )
    if document.orphaned:
        lost = counted(document.orphaned, "citation")
        line = (
            f"{one_line(document.path)}: {lost} that you decided on not found any more; see citekit history --orphaned"
        )
        console(to_error=True).print(Text(line, style="yellow"), soft_wrap=True)


def _sum_up(reports: Sequence[DocumentReport], store_path: str) -> None:
    from rich.text import Text

    from citekit.cli.wording import counted, one_line

    statuses: dict[str, int] = {}
    for document in reports:
        statuses[document.status.value] = statuses.get(document.status.value, 0) + 1
    told = ", ".join(f"{number:,} {status}" for status, number in statuses.items())
    new = sum(document.works_new for document in reports)
    console().print(
        Text(f"{one_line(store_path)}: {counted(len(reports), 'document')} ({told}), {counted(new, 'new work')}"),
        soft_wrap=True,
    )
