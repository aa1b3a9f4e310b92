"""Fields of a .bib file whose LaTeX does more than print."""

from __future__ import annotations

from citekit.formats.bib.model import BibFile
from citekit.formats.latex_inert import acting_command
from citekit.model import Diagnostic, Severity

__all__ = ["warnings_of"]

_OWN = frozenset({"csl-json", "verbc"})  # citekit's JSON, which no style prints


def warnings_of(file: BibFile) -> tuple[Diagnostic, ...]:
    """A warning for each field of a file that has such a command."""
    found: list[Diagnostic] = []
    for entry in file.entries:
        for field in entry.fields:
            command = None if field.key in _OWN else acting_command(field.text)
            if command is not None:
                message = (
                    f"line {field.line}: {entry.key}: {field.key}: {command} is for reading, writing or running, not "
                    "for printing; exports write it as words, the file itself keeps it"
                )
                found.append(Diagnostic(Severity.WARNING, "latex-acts", message, field.span))
    return tuple(found)
