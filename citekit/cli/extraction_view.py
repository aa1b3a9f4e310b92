"""An extraction as a person reads it on a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from citekit.cli.streams import console
from citekit.cli.wording import confidence_told, counted, line_and_column, one_line, reference
from citekit.grades import sureness
from citekit.model import Citation, Diagnostic, Extraction, Note, Severity

__all__ = ["show"]

_COLOURS = {Severity.INFO: "dim", Severity.WARNING: "yellow", Severity.ERROR: "red"}
_COMMENT = 80  # characters of a note that only comments: enough to recognise it


def show(file: str, extraction: Extraction) -> None:
    """Print what was found in `file`: a heading, notes with their citations, works, diagnostics."""
    output = console()
    document = extraction.document
    of_what = ", ".join(
        filter(None, (document.media_type, document.language, counted(len(document.text), "character")))
    )
    output.print(Text.assemble((one_line(file), "bold"), f" ({one_line(of_what)})"))
    found = (
        counted(len(extraction.notes), "note"),
        counted(len(extraction.citations), "citation"),
        counted(len(extraction.works), "work"),
        *_lost(extraction),
    )
    output.print(Text(", ".join(found)))
    if extraction.notes or extraction.citations:
        output.print(_citations(extraction))
    if extraction.works:
        output.print(_works(extraction))
    for diagnostic in extraction.diagnostics:
        _show_diagnostic(output, file, extraction, diagnostic)
    output.print()


def _lost(extraction: Extraction) -> tuple[str, ...]:
    """What the heading says about markers whose note is missing; nothing where there are none."""
    number = len(extraction.markers_without_note)
    return (f"{counted(number, 'marker')} without a note",) if number else ()


def _citations(extraction: Extraction) -> Table:
    """One row for each citation, in document order; a note that only comments has a row without one."""
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 1))
    table.add_column("Note", no_wrap=True)
    table.add_column("Citation", overflow="fold", ratio=1)
    table.add_column("Form", no_wrap=True)
    table.add_column("Sure", no_wrap=True)
    table.add_column("Works", no_wrap=True)
    by_note: dict[str | None, list[Citation]] = {}
    for citation in extraction.citations:
        by_note.setdefault(citation.note, []).append(citation)
    rows: list[tuple[int, Note | None, list[Citation]]] = [
        (note.span.start, note, by_note.get(note.id, [])) for note in extraction.notes
    ]
    rows += [(citation.span.start, None, [citation]) for citation in by_note.get(None, [])]
    for _, note, cited in sorted(rows, key=lambda row: row[0]):
        label = "text" if note is None else one_line(note.label or "-")
        if note is not None and not cited:
            table.add_row(Text(label), Text(one_line(note.text, _COMMENT), style="dim"))
        for citation in cited:
            table.add_row(
                Text(label),
                Text(one_line(citation.text)),
                Text(citation.form.value + (f", {citation.keyed.keeper}" if citation.keyed else "")),
                confidence_told(sureness(citation)),
                Text(", ".join(citation.works) or "?"),
            )
            label = ""
    return table


def _works(extraction: Extraction) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 1))
    table.add_column("Work", no_wrap=True)
    table.add_column("Reference", overflow="fold", ratio=1)
    table.add_column("Cited", justify="right", no_wrap=True)
    for work in extraction.works:
        words = Text(reference(work.item))
        if work.incomplete:
            words.append(" (never cited in full)", style="yellow")
        table.add_row(Text(work.id), words, Text(str(len(work.citations))))
    return table


def _show_diagnostic(output: Console, file: str, extraction: Extraction, diagnostic: Diagnostic) -> None:
    """`file:line:column: severity: message [code]`, as compilers print it and editors follow it."""
    place = one_line(file)
    if diagnostic.span is not None:
        line, column = line_and_column(extraction.document.text, diagnostic.span.start)
        place += f":{line}:{column}"
    output.print(
        Text.assemble(
            f"{place}: ",
            (diagnostic.severity.value, _COLOURS[diagnostic.severity]),
            f": {one_line(diagnostic.message)} [{diagnostic.code}]",
        ),
        soft_wrap=True,
    )
