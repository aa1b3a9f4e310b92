"""Reads the case files of tests/cases/resolution/fields: notes with what their citations say, and the works they mean.

    # a comment
    ## title of the case
    1. Max Weber, Economy and Society (Berkeley, 1978), 12.     a citation, in note 1
       full; author Weber, Max; title Economy and Society; issued 1978; page 12
       => A
    ; Alfred Weber, Kultursoziologie (1935), 3.                 a second citation in the same note
       …
    2. Thanks are due to the archivists.                        a note that only comments
    - Weber, Max. Economy and Society. 1978.                    an entry of the reference list
    ~ (Weber 1978, 12)                                          a citation in running text

Behind the form stand fields of CSL; people are "Family, Given" joined by " & ". `page` is the locator, `pages` the
extent of an article. Leading words: `cited`, `ibid`, `idem Ders.`, `idem-editor Ders.`, `translation it`, `see 12` (a
note's number).

Expected: `=> A` the work named A; `=> A B` both; `=> A, page 12` with the locator taken over; `=> A? ` a work that is
never cited in full; `=> ambiguous A B` neither, but both as alternatives; `=> nothing`. `by ibid-previous` asks for
the rule, `! ibid-ambiguous` for a diagnostic; a case without `!` expects none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from citekit.model import Citation, Cue, CueKind, Document, Form, Locator, Note, NoteKind, Span

CASES = Path(__file__).parents[1] / "cases" / "resolution" / "fields"
PEOPLE = ("author", "editor", "translator", "container-author")
_HEAD = re.compile(r"(?:(?P<label>\d+|[*†])\.|(?P<mark>[-;~])) (?P<text>.*)")
_EXPECTED = re.compile(
    r"=> (?P<works>nothing|ambiguous(?: \w+)+|\w+\??(?: \w+\??)*)(?:, page (?P<page>[^ ]+))?(?: by (?P<rule>[\w-]+))?"
    r"(?P<remarks>(?: ! [\w-]+)*)$"
)


@dataclass
class Expected:
    """What one citation should lead to."""

    works: list[str]
    ambiguous: bool
    page: str | None
    rule: str | None
    remarks: list[str]


@dataclass
class Case:
    """One document in small."""

    name: str
    notes: list[Note] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    expected: list[Expected] = field(default_factory=list)
    text: str = ""

    @property
    def document(self) -> Document:
        """The printed words, one note a line."""
        return Document(self.text)


def cases() -> Iterator[Case]:
    """All cases of all files."""
    for path in sorted(CASES.glob("*.txt")):
        blocks = re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        for block in blocks[1:]:
            title, _, body = block.partition("\n")
            yield read_case(f"{path.stem}: {title.strip()}", body)


def read_case(name: str, body: str) -> Case:
    """One case from its lines."""
    case = Case(name)
    printed: tuple[Span, str | None, str] | None = None
    for line in body.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        head = _HEAD.fullmatch(line)
        if head:
            printed = _print(case, head)
        elif line.strip().startswith("=>"):
            case.expected.append(_expected(line.strip()))
        elif printed:
            span, note, words = printed
            case.citations.append(_citation(case, span, note, words, line.strip()))
        else:
            raise ValueError(f"{name}: {line!r} stands before any note")
    if len(case.citations) != len(case.expected):
        raise ValueError(f"{name}: {len(case.citations)} citations, {len(case.expected)} expectations")
    return case


def _print(case: Case, head: re.Match[str]) -> tuple[Span, str | None, str]:
    start = len(case.text)
    span = Span(start, start + len(head["text"]))
    case.text += head["text"] + "\n"
    if head["mark"] == "~":
        return span, None, head["text"]
    if head["mark"] == ";":
        last = case.notes[-1]
        case.notes[-1] = Note(
            last.id,
            last.label,
            last.kind,
            None,
            (Span(last.span.start, span.end),),
            case.text[last.span.start : span.end],
        )
        return span, last.id, head["text"]
    kind = NoteKind.REFERENCE if head["mark"] == "-" else NoteKind.FOOTNOTE
    note = Note(f"n{len(case.notes) + 1}", head["label"], kind, None, (span,), head["text"])
    case.notes.append(note)
    return span, note.id, head["text"]


def _citation(case: Case, span: Span, note: str | None, words: str, said: str) -> Citation:
    form, *fields = said.split("; ")
    item: dict[str, object] = {}
    cues: list[Cue] = []
    locator = None
    for entry in fields:
        name, _, value = entry.partition(" ")
        if name in PEOPLE:
            item[name] = [_name(one) for one in value.split(" & ")]
        elif name in {"issued", "original-date"}:
            item[name] = {"raw": value}
        elif name == "page":
            locator = Locator("page", value)
        elif name == "pages":
            item["page"] = value
        elif name == "cited":
            cues.append(Cue(CueKind.CITED, value or "cit."))
        elif name == "ibid":
            cues.append(Cue(CueKind.IBID, value or "ibid."))
        elif name in {"idem", "idem-editor"}:
            cues.append(Cue(CueKind.IDEM, value, "editor" if name == "idem-editor" else "author"))
        elif name == "translation":
            cues.append(Cue(CueKind.TRANSLATION, "trad.", value or None))
        elif name == "see":
            cues.append(Cue(CueKind.CROSS_REFERENCE, f"note {value}", value))
        else:
            item[name] = value
    return Citation(
        f"c{len(case.citations) + 1}", note, (span,), words, Form(form), item, locator=locator, cues=tuple(cues)
    )


def _name(printed: str) -> dict[str, str]:
    family, comma, given = printed.partition(", ")
    return {"family": family, "given": given} if comma else {"family": family}


def _expected(line: str) -> Expected:
    match = _EXPECTED.match(line)
    if match is None:
        raise ValueError(f"cannot read the expectation {line!r}")
    ambiguous = match["works"].startswith("ambiguous")
    works = [] if match["works"] == "nothing" else match["works"].removeprefix("ambiguous").split()
    return Expected(works, ambiguous, match["page"], match["rule"], re.findall(r"! ([\w-]+)", match["remarks"]))
