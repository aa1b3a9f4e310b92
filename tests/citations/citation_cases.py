"""Cases as a historian writes them: a title, a note as printed, and the citations expected in it.

    ## Title of the case
    The note as printed; it may run over lines.
      full | signal See | locator page 12 | author Weber, Max & Roth, Guenther | title Economy | issued 1978
      nothing

A line that begins with two blanks is one expected citation; `nothing` stands for a note that only comments. First
the form, then in any order what is to be checked: a CSL field and its value. Names are "Family, Given" or "{literal}",
joined by " & "; dates are EDTF; `text` is the citation's own words. What is not named is not checked; `no title` says
that there is none. A line `> reason` belongs to a known miss. The file's name begins with the notes' language.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from citekit.model import Citation, Document, Note, NoteKind, Span

FORMS = ("full", "short", "ibid", "cross-reference")


@dataclass(slots=True)
class Case:
    title: str
    language: str | None
    lines: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)
    reason: str = ""

    @property
    def document(self) -> Document:
        return Document("\n".join(self.lines), language=self.language)

    @property
    def note(self) -> Note:
        text = "\n".join(self.lines)
        return Note("n1", "1", NoteKind.FOOTNOTE, None, (Span(0, len(text)),), text)


def load(file: Path) -> list[Case]:
    language = file.stem[:2] if "-" in file.stem else None
    cases: list[Case] = []
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            cases.append(Case(line[3:], language))
        elif line.startswith("> "):
            cases[-1].reason = line[2:]
        elif line.startswith("  "):
            cases[-1].expected.append(line.strip())
        elif line and not line.startswith("#"):
            cases[-1].lines.append(line)
    for case in cases:
        assert case.lines, f"{file.name}: {case.title}: no note"
        assert case.expected, f"{file.name}: {case.title}: nothing expected"
    return cases


def differences(case: Case, citations: tuple[Citation, ...]) -> list[str]:
    """What the citations say otherwise than the case, empty where they agree."""
    expected = [] if case.expected == ["nothing"] else case.expected
    if len(expected) != len(citations):
        return [f"{len(citations)} citations instead of {len(expected)}: {[citation.text for citation in citations]}"]
    found = []
    for line, citation in zip(expected, citations, strict=True):
        form, *stated = line.split(" | ")
        assert form in FORMS, line
        if citation.form.value != form:
            found.append(f"form {citation.form.value} instead of {form}")
        for statement in stated:
            name, _, value = statement.partition(" ")
            absent = name == "no"
            shown = said(citation, value if absent else name)
            if shown != ("" if absent else value):
                found.append(f"{statement}: {shown!r}")
    return found


def said(citation: Citation, name: str) -> str:
    """What a citation says under a name, as a case writes it; empty where it says nothing."""
    if name == "text":
        return " ".join(citation.text.split())
    if name == "signal":
        return citation.signal or ""
    if name == "locator":
        return f"{citation.locator.label} {citation.locator.value}" if citation.locator else ""
    value = citation.item.get(name, citation.item.get("custom", {}).get(name))
    if isinstance(value, list):
        return " & ".join(_name(person) for person in value)
    if isinstance(value, dict):
        return _date(value)
    return str(value or "")


def _name(person: dict[str, str]) -> str:
    if "literal" in person:
        return "{" + person["literal"] + "}"
    given = " ".join(person[part] for part in ("given", "suffix") if part in person)
    return f"{person['family']}, {given}" if given else person["family"]


def _date(value: dict[str, Any]) -> str:
    return "/".join("-".join(f"{number:02d}" for number in numbers) for numbers in value.get("date-parts", ())) or str(
        value.get("literal", "")
    )
