"""Reads the case files of tests/cases/resolution: notes as they are printed, and which works they mean.

    # a comment
    ## title of the case
    language de                                              the document's main language (en where it is not said)
    1. Max Weber, Die Stadt, Tübingen 2000, S. 12.           note 1
       => A                                                  its citations, in order, and the works they mean
    2. Vgl. Weber, Stadt, S. 20; Bloch, Salt, S. 9.          note 2, two citations
       => A, page 20 | B?
    3. Thanks are due to the archivists.                     a note that only comments
       => comment
    - Weber, Max: Die Stadt. Tübingen 2000.                  an entry of the reference list
       => A
    > 1985 = the year of the first printing                  words of the document outside its notes
    [page]                                                   here a page of the document ends

A numbering that begins again is another chapter. A citation in full gives its work the letter that the others are held
against. Expected of each citation: `A` the work named A; `A B` both; `A?` a work that is never cited in full;
`ambiguous A B` neither, but both as alternatives; `nothing`; `skipped` whatever it may mean. Behind it `page 12` asks
for the locator, `by ibid-previous` for the rule, `! ibid-ambiguous` for a diagnostic. Warnings that are not asked for
fail the case; remarks without doubt ("info") need not be named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from citekit import citations, resolution
from citekit.model import Document, Hint, HintKind, Note, NoteKind, Span
from citekit.resolution import Resolved

CASES = Path(__file__).parents[1] / "cases" / "resolution"
_HEAD = re.compile(r"(?:(?P<label>\d+|[*†])\.|(?P<mark>[->])) (?P<text>.*)")
_EXPECTED = re.compile(
    r"(?P<works>nothing|skipped|ambiguous(?: [A-Z])+|[A-Z]\??(?: [A-Z]\??)*)(?:, page (?P<page>[^ ]+))?"
    r"(?: by (?P<rule>[\w-]+))?(?P<remarks>(?: ! [\w-]+)*)"
)


@dataclass(frozen=True)
class Expected:
    """What one citation should lead to."""

    works: tuple[str, ...]
    ambiguous: bool
    page: str | None
    rule: str | None
    remarks: tuple[str, ...]


@dataclass
class PrintedCase:
    """One document in small."""

    name: str
    language: str = "en"
    notes: list[Note] = field(default_factory=list)
    expected: dict[str, tuple[Expected, ...]] = field(default_factory=dict)
    text: str = ""
    breaks: list[int] = field(default_factory=list)

    @cached_property
    def resolved(self) -> Resolved:
        """What citekit reads in the notes, and which works it takes them to mean."""
        hints = tuple(Hint(HintKind.PAGE_BREAK, Span(place, place + 1)) for place in self.breaks)
        document = Document(self.text, language=self.language, hints=hints)
        return resolution.resolve(document, self.notes, citations.read_citations(document, self.notes))


def printed_cases() -> Iterator[PrintedCase]:
    """All cases of all files."""
    for path in sorted(CASES.glob("*.txt")):
        blocks = re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        for block in blocks[1:]:
            title, _, body = block.partition("\n")
            yield read_printed(f"{path.stem}: {title.strip()}", body)


def read_printed(name: str, body: str) -> PrintedCase:
    """One case from its lines."""
    case = PrintedCase(name)
    for line in body.splitlines():
        head = _HEAD.fullmatch(line)
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("language "):
            case.language = line.split()[1]
        elif line == "[page]":
            case.breaks.append(len(case.text))
            case.text += "\f"
        elif head:
            _print(case, head)
        elif line.strip().startswith("=>") and case.notes:
            case.expected[case.notes[-1].id] = tuple(_expected(name, line.strip().removeprefix("=>").strip()))
        else:
            raise ValueError(f"{name}: cannot read the line {line!r}")
    missing = [note.text for note in case.notes if note.id not in case.expected]
    if missing:
        raise ValueError(f"{name}: nothing is said of the note {missing[0]!r}")
    return case


def _print(case: PrintedCase, head: re.Match[str]) -> None:
    span = Span(len(case.text), len(case.text) + len(head["text"]))
    case.text += head["text"] + "\n"
    if head["mark"] != ">":
        kind = NoteKind.REFERENCE if head["mark"] else NoteKind.FOOTNOTE
        case.notes.append(Note(f"n{len(case.notes) + 1}", head["label"], kind, None, (span,), head["text"]))


def _expected(name: str, line: str) -> Iterator[Expected]:
    if line == "comment":
        return
    for said in line.split(" | "):
        match = _EXPECTED.fullmatch(said.strip())
        if match is None:
            raise ValueError(f"{name}: cannot read the expectation {said!r}")
        ambiguous = match["works"].startswith("ambiguous")
        works = () if match["works"] == "nothing" else tuple(match["works"].removeprefix("ambiguous").split())
        yield Expected(
            works, ambiguous, match["page"], match["rule"], tuple(re.findall(r"! ([\w-]+)", match["remarks"]))
        )
