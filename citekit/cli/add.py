"""`citekit add`: documents into the store."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from citekit.cli.interrupts import interrupt_later
from citekit.cli.options import as_json, bibliographies, examples, files, store
from citekit.cli.outcome import DONE, FAILED, INTERRUPTED, complain
from citekit.cli.pages import pages
from citekit.cli.streams import console, is_terminal, print_json

if TYPE_CHECKING:
    from citekit.readers import PageRanges
    from citekit.store import DocumentReport

__all__ = ["command"]

# What bears on a whole document; what is about single notes stands in `citekit extract`.
_WITH_PLACE = frozenset({"undecodable-bytes"})
_TOLD = _WITH_PLACE | {
    "citations-unread", "document-empty", "encoding-detected", "named-otherwise", "pages-beyond-end", "seems-cut-off"
}  # fmt: skip


@click.command(
    "add",
    short_help="Read documents, or whole folders of them, into the store.",
    epilog=examples(
        "citekit add thesis.txt article.md",
        "citekit add --store project.db chapters/*.md",
        "citekit add ~/Documents/thesis --jobs 2",
        "citekit add --pages 10-40 book.pdf",
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
@click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    metavar="N",
    help="How many processes read documents, as many as there are processors where it is left out.",
)
@pages
@bibliographies
@as_json
@store
def command(
    files: Sequence[str],
    *,
    source: str | None,
    jobs: int | None,
    pages: PageRanges | None,
    bibliographies: Sequence[str],
    as_json: bool,
    store_path: str,
) -> int:
    """Read each FILE into the store, and make the store where there is none yet. A FILE may be a folder.

    A document that is in the store already is left alone, or replaced where it has changed. One that cannot be read
    is named on standard error and leaves the store as it was; the others are still added. A file that has moved
    unchanged, so that the one that was added is gone, is known by its new path from then on. Decisions on citations
    hold in a changed document too; those whose citations it no longer has are counted (citekit history --orphaned).

    Of a folder all documents are read, those in its folders too. Hidden files, files of no kind that citekit reads and
    links to other folders are passed over and named, with the reason. What is read is kept within a second: whatever
    ends the command, the same command goes on where it stopped.
    """
    import citekit
    from citekit.ahead import readers
    from citekit.cli.adding_view import show, sum_up
    from citekit.cli.folders import expanded
    from citekit.pipeline import get_ready
    from citekit.processes import available

    asked = expanded(files)
    for option, value in (("--as", source), ("--pages", pages)):
        if value is not None and (len(files) > 1 or asked.folders):
            raise click.UsageError(f"{option} is for one document; add the others without it")
    for line in asked.unreadable:
        complain(line)

    number = jobs or available()
    # All is new to a new store: what reads can be loaded while the store is made.
    reading = None if Path(store_path).exists() else readers(asked.documents, number)
    if reading is not None:
        reading.start(get_ready)
    reports: list[DocumentReport] = []

    def tell(document: DocumentReport) -> None:
        with interrupt_later():
            reports.append(document)
            _complain_of(document)
            if document.error is not None and not asked.folders:
                complain(document.error)
            if as_json:
                print_json(document.to_json(), flush=True)
            elif document.error is None:
                show(document)

    # Told one by one, so that what was done is known even where the store gives up on a later one.
    with _failures_last(reports if asked.folders else ()):
        with (
            reading or nullcontext(),
            citekit.open(store_path, bibliographies=bibliographies) as kept,
            _progress(len(asked.documents)) as announce,
        ):
            try:
                kept.add(
                    *asked.documents,
                    source=source,
                    pages=pages,
                    jobs=reading or number,
                    progress=announce,
                    report=tell,
                )
            except KeyboardInterrupt:
                complain(_interrupted(reports, len(asked.documents), store_path))
                return INTERRUPTED
        if asked.folders or len(reports) > 1:
            sum_up(reports, asked, store_path, to_error=as_json)
    return FAILED if asked.unreadable or any(document.error is not None for document in reports) else DONE


def follows(path: str, former: str) -> str:
    """What is said of a file that was taken for one that moved."""
    return (
        f"{path}: is {former}, which is gone, and is known by its new path now; if it is another document, take it out "
        f"(citekit remove {path}) and add it --as a name of its own"
    )


def _complain_of(document: DocumentReport) -> None:
    for found in document.diagnostics:
        if found.code in _TOLD:
            complain(f"{document.path}{', ' if found.code in _WITH_PLACE else ': '}{found.message}")
    if document.moved_from is not None:
        complain(follows(document.path, document.moved_from))


@contextmanager
def _failures_last(reports: Sequence[DocumentReport]) -> Iterator[None]:
    """Name what could not be read once all else is said, whatever ends it: a line among a thousand is not seen."""
    try:
        yield
    finally:
        for document in reports:
            if document.error is not None:
                complain(document.error)


def _interrupted(reports: Sequence[DocumentReport], number: int, store_path: str) -> str:
    from citekit.cli.wording import counted

    there = sum(document.error is None for document in reports)
    if there:
        kept = f"{store_path} keeps all that was read, {there:,} of {counted(number, 'document')}"
        return f"interrupted; {kept}; run the same command again to go on"
    store = f"{store_path} keeps what it had" if Path(store_path).exists() else f"there is no {store_path} yet"
    first = "the document" if number == 1 else f"the first of {counted(number, 'document')}"
    return f"interrupted before {first} was in; {store}; run the same command again"


@contextmanager
def _progress(number: int) -> Iterator[Callable[[str], None] | None]:
    """A bar on standard error where somebody watches it, given what to call when a document's turn comes."""
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
        task = shown.add_task("", total=number, document="")
        begun = 0

        def announce(path: str) -> None:
            nonlocal begun
            shown.update(task, completed=begun, document=one_line(path, 60))
            begun += 1

        yield announce
