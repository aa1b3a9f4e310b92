"""What `citekit add` tells of each document, and of all of them in the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

from rich.text import Text

from citekit.cli.folders import Asked
from citekit.cli.streams import console, print_json
from citekit.cli.wording import counted, one_line
from citekit.readers import PassedOver, Reason

if TYPE_CHECKING:
    from citekit.store import DocumentReport

__all__ = ["show", "sum_up"]

_KINDS = 6  # endings named, the most frequent
_NAMED = 20  # of what was passed over, a line each: more would bury what failed

_BIBLIOGRAPHIES = (".bib", ".bibtex", ".biblatex", ".ris")
_REASONS = {
    Reason.UNKNOWN_KIND: "no kind of document that citekit reads",
    Reason.HIDDEN: "hidden",
    Reason.LINK: "a link to a folder, or to nothing",
    Reason.NO_FILE: "a pipe or device",
    Reason.PART: "read with the file that takes it in",
}


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
    """The last lines; of folders with what was passed over.

    With `to_error` (the answer is JSON) only how much was passed over, on standard error, and all of it in the answer.
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
    if to_error:
        for left in asked.passed_over:
            print_json({"path": left.path, "status": "passed-over", "reason": left.reason.value}, flush=True)
    else:
        for left in asked.passed_over[:_NAMED]:
            output.print(Text(f"passed over: {one_line(left.path)}: {_why(left)}"), soft_wrap=True)
        if len(asked.passed_over) > _NAMED:
            rest = f"{len(asked.passed_over) - _NAMED:,} others"
            output.print(Text(f"passed over: {rest}; citekit add --json names all of them"), soft_wrap=True)


def _passed_over(asked: Asked) -> Iterator[str]:
    number = Counter(left.reason for left in asked.passed_over)
    unknown = [left.path for left in asked.passed_over if left.reason in (Reason.UNKNOWN_KIND, Reason.NO_FILE)]
    if unknown:
        endings = Counter(PurePath(path).suffix.lower() for path in unknown)
        yield f"{counted(len(unknown), 'file')} of no known kind ({', '.join(_endings(endings))})"
    if number[Reason.HIDDEN]:
        yield counted(number[Reason.HIDDEN], "hidden file or folder", "hidden files and folders")
    if number[Reason.PART]:
        yield counted(number[Reason.PART], "chapter that another file takes in", "chapters that other files take in")
    if number[Reason.LINK]:
        yield counted(number[Reason.LINK], "link to a folder, or to nothing", "links to folders, or to nothing")


def _why(left: PassedOver) -> str:
    if left.reason is Reason.UNKNOWN_KIND and PurePath(left.path).suffix.lower() in _BIBLIOGRAPHIES:
        return "a bibliography; citekit import reads it"
    if left.reason is Reason.HIDDEN and PurePath(left.path).name.startswith("~$"):
        return "what Word leaves beside an open document"
    return _REASONS[left.reason]


def _endings(unknown: Mapping[str, int]) -> Iterator[str]:
    ordered = sorted(unknown.items(), key=lambda kind: (-kind[1], kind[0]))
    for ending, number in ordered[:_KINDS]:
        yield f"{number:,} {one_line(ending, 12) or 'without an ending'}"
    if len(ordered) > _KINDS:
        yield f"{sum(number for _, number in ordered[_KINDS:]):,} others"
