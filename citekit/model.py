"""The values that flow through citekit: frozen dataclasses over the standard library alone.

Offsets are Unicode code points into `Document.text`, which no stage ever edits; spans are half-open. Whatever
is bibliographic is a CSL-JSON 1.0.2 item (`Item`), so that a work leaves citekit as it travelled through it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from citekit.keyed import Form, Item, Keeper, KeyedCitation, Locator
from citekit.places import Box, Page, Span, hull

__all__ = [
    "Box",
    "Citation",
    "Cue",
    "CueKind",
    "Diagnostic",
    "Document",
    "Extraction",
    "Form",
    "Hint",
    "HintKind",
    "Item",
    "Keeper",
    "KeyedCitation",
    "Locator",
    "Marker",
    "Note",
    "NoteKind",
    "Page",
    "Resolution",
    "Severity",
    "Span",
    "Work",
]


class HintKind(StrEnum):
    """What a format can tell about a place in the text, beyond its characters."""

    PAGE_BREAK = "page-break"
    HEADING = "heading"
    EMPHASIS = "emphasis"
    LINK = "link"
    SUPERSCRIPT = "superscript"
    NOTE_MARKER = "note-marker"
    NOTE = "note"
    FURNITURE = "furniture"
    ITEM = "item"
    NOTE_AREA = "note-area"
    """The lines at a page's foot that are set as notes; a note can go on from one area to the next."""


@dataclass(frozen=True, slots=True)
class Hint:
    """One fact that a reader learned from the format.

    `span` covers the words it is about (for emphasis the words inside the markup; for a note its content without
    the label; for a marker the label's characters). `label` is a note's or marker's printed label, `label_span`
    the place of a note's label, `target` a link's address; a note and the markers that call it have the same target
    where labels come again (in each chapter from 1). `note_kind` says where a note stands, if the format knows. `item`
    is the work that the words cite, as a reference manager or a page's metadata states it.
    """

    kind: HintKind
    span: Span
    label: str | None = None
    label_span: Span | None = None
    target: str | None = None
    note_kind: NoteKind | None = None
    item: Item | None = None


class Severity(StrEnum):
    """How much a diagnostic matters to the reader of the result."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """Something in the content that the user should know: what (`code`), where (`span`), and what to do."""

    severity: Severity
    code: str
    message: str
    span: Span | None = None

    def to_json(self) -> dict[str, Any]:
        """A diagnostic in the shape of the JSON schema (docs/schema)."""
        return {
            "severity": self.severity.value,
            "code": self.code,
            "message": self.message,
            "span": list(self.span) if self.span else None,
        }


def _page_start(page: Page) -> int:
    return page.span.start


@dataclass(frozen=True, slots=True)
class Document:
    """A text and what its format knows about it.

    Attributes:
        text: all words, untouched (for plain text and Markdown the decoded file without its byte-order mark).
        path: where it came from, as the user named it; None for a string.
        media_type: the IANA media type.
        encoding: the character encoding of the file, None where the reader made the text.
        language: BCP 47 code of the main language, None where unknown.
        sha256: hexadecimal digest of the source's bytes: the version of the document.
        hints: what the format told, in document order.
        diagnostics: what went wrong in reading without losing words.
        keyed: the citations that it holds as entries, in document order.
        bibliographies: files with the works of its keys, as the document names them.
        described: what its format says of the document itself (author, title, date), a CSL item.
        pages: its pages, where the format has them; empty for a text that flows.
    """

    text: str
    path: str | None = None
    media_type: str = "text/plain"
    encoding: str | None = None
    language: str | None = None
    sha256: str = ""
    hints: tuple[Hint, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    keyed: tuple[KeyedCitation, ...] = ()
    bibliographies: tuple[str, ...] = ()
    described: Item = field(default_factory=dict)
    pages: tuple[Page, ...] = field(default=(), repr=False, compare=False)

    def boxes(self, parts: tuple[Span, ...]) -> tuple[Box, ...]:
        """Where `parts` stand on the pages: a rectangle for each printed line; empty where the format has no pages."""
        found: list[Box] = []
        for part in parts:
            first = max(0, bisect_right(self.pages, part.start, key=_page_start) - 1)
            for page in self.pages[first:]:
                if page.span.start >= part.end:
                    break
                found += page.boxes(part)
        return tuple(found)

    def slice(self, parts: tuple[Span, ...]) -> str:
        """The words of `parts`, joined without anything between."""
        return "".join(self.text[part.start : part.end] for part in parts)

    def to_json(self) -> dict[str, Any]:
        """A document in the shape of the JSON schema (docs/schema)."""
        return {
            "path": self.path,
            "media_type": self.media_type,
            "encoding": self.encoding,
            "language": self.language,
            "characters": len(self.text),
            "sha256": self.sha256,
            **({"described": dict(self.described)} if self.described else {}),
        }


class NoteKind(StrEnum):
    """Where a note stands."""

    FOOTNOTE = "footnote"
    ENDNOTE = "endnote"
    REFERENCE = "reference"
    INLINE = "inline"


@dataclass(frozen=True, slots=True)
class Marker:
    """A sign in the body that calls a note: its label and the place of its characters, without brackets."""

    label: str
    span: Span

    def to_json(self) -> dict[str, Any]:
        """A marker without note in the shape of the JSON schema (docs/schema)."""
        return {"label": self.label, "span": list(self.span)}


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote, an endnote, or an entry of a reference list.

    Attributes:
        id: `n1`, `n2` … in document order.
        label: as printed (`²` is "2", `[^abc]` is "abc"), None where none is printed.
        kind: where it stands.
        label_span: the place of the label, None where none is printed.
        parts: the pieces of its words, behind the label; more than one when it runs over a page.
        text: the pieces joined.
        markers: the places in the body that call it.
    """

    id: str
    label: str | None
    kind: NoteKind
    label_span: Span | None
    parts: tuple[Span, ...]
    text: str
    markers: tuple[Span, ...] = ()

    @property
    def span(self) -> Span:
        """The hull of the note's parts."""
        return hull(self.parts)


class CueKind(StrEnum):
    """Words that lead from one citation to another."""

    IBID = "ibid"
    """Ibid., Ivi, Ebd.: the citation just before."""
    IDEM = "idem"
    """Id., Ders., Eadem: stands for the person named just before; `value` is the CSL role it fills."""
    CITED = "cited"
    """cit., op. cit., a.a.O.: this work was cited before (or will be)."""
    CONTAINER_CITED = "container-cited"
    """"in X, cit.": the container was cited before; the work itself may be new."""
    CROSS_REFERENCE = "cross-reference"
    """"see note 12": `value` is the label of the note."""
    TRANSLATION = "translation"
    """"trad. it.", "engl. Übers.": a translation of the work cited just before; `value` is its language or None."""
    DECLARES = "declares"
    """"(hereafter ES)", "[= DG]": the short name (`value`) by which later notes call this work."""
    SHORT_NAME = "short-name"
    """"ES, 24": a short name that a note of the document declares; `value` is the name as declared."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A leading word of a citation, as printed (`text`), and what it says (`value`)."""

    kind: CueKind
    text: str
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """How a citation was led back to its work.

    Attributes:
        antecedent: id of the citation that names the work, None when none was found.
        method: name of the rule that decided.
        confidence: 0 to 1.
        alternatives: ids of citations that could have been meant as well.
    """

    antecedent: str | None
    method: str
    confidence: float
    alternatives: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """A resolution in the shape of the JSON schema (docs/schema)."""
        return {
            "antecedent": self.antecedent,
            "method": self.method,
            "confidence": round(self.confidence, 3),
            "alternatives": list(self.alternatives),
        }


@dataclass(frozen=True, slots=True)
class Citation:
    """One mention of a work.

    Attributes:
        id: `c1`, `c2` … in document order.
        note: id of its note, None for a citation in running text.
        parts: the pieces of its words, without a leading signal and the closing full stop.
        text: the pieces joined.
        form: how it names the work.
        item: what this citation itself says.
        field_spans: where each field was read (document offsets), under the field names of `citekit parse`.
        field_confidence: of each of them, 0 to 1, that its words are right.
        signal: the word that introduces it ("See", "Vgl."), None where there is none.
        locator: the place in the work; an ibid takes over its antecedent's where it states none.
        cues: the words that lead to another citation.
        confidence: 0 to 1, that this is a citation and that its fields are right.
        works: ids of the works it cites, empty before resolution or when nothing was found.
        resolution: how a short form was led back, None for a full citation.
        keyed: the entry that states it, None where it was read from words.
    """

    id: str
    note: str | None
    parts: tuple[Span, ...]
    text: str
    form: Form
    item: Item = field(default_factory=dict)
    field_spans: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    field_confidence: Mapping[str, float] = field(default_factory=dict)
    signal: str | None = None
    locator: Locator | None = None
    cues: tuple[Cue, ...] = ()
    confidence: float = 1.0
    works: tuple[str, ...] = ()
    resolution: Resolution | None = None
    keyed: KeyedCitation | None = None

    @property
    def span(self) -> Span:
        """The hull of the citation's parts."""
        return hull(self.parts)

    def cue(self, kind: CueKind) -> Cue | None:
        """The first cue of this kind, None where there is none."""
        return next((cue for cue in self.cues if cue.kind is kind), None)

    def to_json(self) -> dict[str, Any]:
        """A citation in the shape of the JSON schema (docs/schema)."""
        return {
            "id": self.id,
            "note": self.note,
            **_place(self.parts),
            "text": self.text,
            "form": self.form.value,
            "signal": self.signal,
            "locator": self.locator.to_json() if self.locator else None,
            "item": dict(self.item),
            "field_spans": {name: [list(s) for s in spans] for name, spans in self.field_spans.items()},
            "field_confidence": {name: round(sure, 3) for name, sure in self.field_confidence.items()},
            "works": list(self.works),
            "resolution": self.resolution.to_json() if self.resolution else None,
            "confidence": round(self.confidence, 3),
            **({"keyed": self.keyed.to_json()} if self.keyed else {}),
        }


@dataclass(frozen=True, slots=True)
class Work:
    """The edition that is cited, with what all its citations say together.

    Attributes:
        id: `w1`, `w2` … in order of first mention.
        item: the CSL-JSON item merged from its citations.
        citations: ids of the citations that mean it, in document order.
        incomplete: only short forms name it: no citation gives it in full.
    """

    id: str
    item: Item
    citations: tuple[str, ...]
    incomplete: bool = False

    @property
    def title(self) -> str | None:
        """The work's title, None where no citation states one."""
        title = self.item.get("title")
        return str(title) if title is not None else None

    def to_json(self) -> dict[str, Any]:
        """A work in the shape of the JSON schema (docs/schema)."""
        return {
            "id": self.id,
            "item": dict(self.item),
            **({"incomplete": True} if self.incomplete else {}),
            "citations": list(self.citations),
        }


@dataclass(frozen=True)
class Extraction:
    """All that was found in one document."""

    document: Document
    notes: tuple[Note, ...] = ()
    markers_without_note: tuple[Marker, ...] = ()
    citations: tuple[Citation, ...] = ()
    works: tuple[Work, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    @cached_property
    def _works_by_id(self) -> dict[str, Work]:
        return {work.id: work for work in self.works}

    @cached_property
    def _notes_by_id(self) -> dict[str, Note]:
        return {note.id: note for note in self.notes}

    def works_of(self, citation: Citation) -> tuple[Work, ...]:
        """The works that `citation` cites; empty when it could not be led back to any."""
        return tuple(self._works_by_id[work] for work in citation.works)

    def note_of(self, citation: Citation) -> Note | None:
        """The note that `citation` stands in, None for one in running text."""
        return self._notes_by_id[citation.note] if citation.note else None

    def to_json(self) -> dict[str, Any]:
        """The object that `citekit extract --json` prints (docs/schema/extraction.json)."""
        cited: dict[str, list[str]] = {}
        for citation in self.citations:
            if citation.note:
                cited.setdefault(citation.note, []).append(citation.id)
        return {
            "schema": "citekit/extraction/1",
            "document": self.document.to_json(),
            "notes": [
                {
                    "id": note.id,
                    "label": note.label,
                    "kind": note.kind.value,
                    "label_span": list(note.label_span) if note.label_span else None,
                    **_place(note.parts),
                    **_boxes(self.document, note.parts),
                    "text": note.text,
                    "markers": [list(span) for span in note.markers],
                    "citations": cited.get(note.id, []),
                }
                for note in self.notes
            ],
            "markers_without_note": [marker.to_json() for marker in self.markers_without_note],
            "citations": [
                {**citation.to_json(), **_boxes(self.document, citation.parts)} for citation in self.citations
            ],
            "works": [work.to_json() for work in self.works],
            "diagnostics": [diagnostic.to_json() for diagnostic in self.diagnostics],
        }


def _boxes(document: Document, parts: tuple[Span, ...]) -> dict[str, Any]:
    """`boxes` for a document with pages: page, left, top, right, bottom of each printed line, in points."""
    if not document.pages:
        return {}
    return {"boxes": [[box.page, *(round(edge, 1) for edge in box[1:])] for box in document.boxes(parts)]}


def _place(parts: tuple[Span, ...]) -> dict[str, Any]:
    """`span`, and `parts` where the words are in several pieces."""
    place: dict[str, Any] = {"span": list(hull(parts))}
    if len(parts) > 1:
        place["parts"] = [list(part) for part in parts]
    return place
