"""What `citekit add` tells of each document, and of all of them in the end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.text import Text

from citekit.cli.folders import Asked
from citekit.cli.streams import console
from citekit.cli.wording import counted, one_line
from citekit.store import DocumentReport

__all__ = ["show", "sum_up"]

_KINDS = 6  # endings named, the most frequent


def show(document: DocumentReport) -> None:
    """One line: what became of a document, and what is in it."""
    found = f"{counted(document.notes, 'note')}, {counted(document.citations, 'citation')}"
    works = f"{counted(document.works_new, 'new work')}, {document.works_known:,} known"
    console().print(
        Text.assemble((one_line(document.path), "bold"), f": {document.status.value}, {found}, {works}"), soft_wrap=True
    )
    for each in document.parted:
        place = f", note {one_line(each.note)}" if each.note else ""
        line = (
            f"{one_line(each.document)}{place}: was {each.key} and is {each.now}, for it may be another work just as "
            f"well; see citekit duplicates {each.now}"
        )
        console(to_error=True).print(Text(line, style="yellow"), soft_wrap=True)
    if document.orphaned:
        lost = counted(document.orphaned, "citation")
        line = (
            f"{one_line(document.path)}: {lost} that you decided on not found any more; see citekit history --orphaned"
        )
        console(to_error=True).print(Text(line, style="yellow"), soft_wrap=True)


def sum_up(reports: Sequence[DocumentReport], asked: Asked, store_path: str, *, to_error: bool) -> None:
    """The last lines; of folders with what was passed over, and why documents were refused.

    With `to_error` (the answer is JSON) only what was passed over, on standard error.
    """
    output = console(to_error=to_error)
    passed_over = list(_passed_over(asked))
    if not to_error:
        statuses: dict[str, int] = {}
        for document in reports:
            statuses[document.status.value] = statuses.get(document.status.value, 0) + 1
        told = ", ".join(f"{number:,} {status}" for status, number in statuses.items())
        new = sum(document.works_new for document in reports)
        kept = sum(document.error is None for document in reports)
        documents = counted(kept, "document") + (f" of {len(reports):,}" if kept < len(reports) else "")
        documents += f" ({told})" if told else ""
        output.print(Text(f"{one_line(store_path)}: {documents}, {counted(new, 'new work')}"), soft_wrap=True)
    if passed_over:
        output.print(Text(f"passed over: {', '.join(passed_over)}"), soft_wrap=True)
    if asked.folders and not to_error:
        for document in reports:
            if document.error is not None:
                output.print(Text(f"failed: {one_line(document.error)}"), soft_wrap=True)


def _passed_over(asked: Asked) -> Iterator[str]:
    if asked.unknown:
        number = counted(sum(asked.unknown.values()), "file")
        yield f"{number} of no known kind ({', '.join(_endings(asked.unknown))})"
    if asked.hidden:
        yield counted(asked.hidden, "hidden file or folder", "hidden files and folders")
    if asked.links:
        yield counted(asked.links, "link to a folder, or to nothing", "links to folders, or to nothing")


def _endings(unknown: Mapping[str, int]) -> Iterator[str]:
    ordered = sorted(unknown.items(), key=lambda kind: (-kind[1], kind[0]))
    for ending, number in ordered[:_KINDS]:
        yield f"{number:,} {one_line(ending, 12) or 'without an ending'}"
    if len(ordered) > _KINDS:
        yield f"{sum(number for _, number in ordered[_KINDS:]):,} others"
