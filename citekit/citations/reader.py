"""Notes → citations: the composition of segmenting, tagging and interpreting."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import count

from citekit.citations.alone import alone
from citekit.citations.cues import find_cues
from citekit.citations.evidence import evidence
from citekit.citations.fields import tag
from citekit.citations.forms import form_of
from citekit.citations.items import build_item, settle_pages
from citekit.citations.segment import Segment, reads_as_citation, segment
from citekit.model import Citation, Document, Form, Note, NoteKind, Span
from citekit.offsets import ReadingText, reading_text

__all__ = ["parse", "read_citations"]


def read_citations(document: Document, notes: Iterable[Note]) -> tuple[Citation, ...]:
    """The citations of all notes, in document order; `works` and `resolution` are left for the next stage."""
    numbers = count(1)
    return tuple(citation for note in notes for citation in _of_note(document, note, numbers))


def parse(document: Document) -> tuple[Citation, ...]:
    """The citations of a string that is a note or a reference; spans are offsets into it.

    A string in which no citation shows is read as one reference all the same, because the caller says that it is
    one; unless it is a sentence.
    """
    whole = Span(0, len(document.text))
    line = _without_backlink(reading_text(document, (whole,)))
    if not line.text:
        return ()
    one = alone(line, document.language)
    segments = (one,) if one else segment(line.text, line.emphasis, document.language)
    if not segments and not _comments(line, document.language) and reads_as_citation(line.text, document.language):
        segments = _whole(line)
    numbers = count(1)
    return tuple(_citation(document, None, line, found, numbers) for found in segments)


def _comments(line: ReadingText, language: str | None) -> bool:
    """Whether the words are a sentence: a finite verb, or no sign at all that a citation begins or was printed."""
    weighed = evidence(line.text, language=language)
    if weighed.prose:
        return weighed.strong < 2
    # The signs of East Asian citations are fewer: no initials, no capitals, often no label before the page.
    return not weighed.strong and not weighed.weak and line.text[0] < "\u2e80"


# What an encyclopedia prints before a reference, to lead back to the text: "^", "↑", "^ a b".
_BACKLINK = re.compile(r"[\^↑]\s?(?:[a-z]\s){0,8}")


def _without_backlink(line: ReadingText) -> ReadingText:
    backlink = _BACKLINK.match(line.text)
    if not backlink:
        return line
    cut = backlink.end()
    emphasis = tuple(Span(max(0, span.start - cut), span.end - cut) for span in line.emphasis if span.end > cut)
    return ReadingText(line.text[cut:], line.offsets[cut:], line.parts, emphasis)


def _of_note(document: Document, note: Note, numbers: Iterator[int]) -> Iterator[Citation]:
    line = _without_backlink(reading_text(document, note.parts))
    segments: Sequence[Segment]
    segments = _whole(line) if _is_entry(note) else segment(line.text, line.emphasis, document.language)
    for found in segments:
        yield _citation(document, note, line, found, numbers)


def _is_entry(note: Note) -> bool:
    """Whether a note is an entry of a list without numbers: one work, in full."""
    return note.kind is NoteKind.REFERENCE and note.label is None


def _whole(line: ReadingText) -> tuple[Segment, ...]:
    end = len(line.text.rstrip(" .;,"))
    return (Segment(0, end),) if end else ()


def _citation(
    document: Document, note: Note | None, line: ReadingText, found: Segment, numbers: Iterator[int]
) -> Citation:
    kind = note.kind if note else None
    reference = note is not None and _is_entry(note)
    text = line.text[found.start : found.end]
    emphasis = tuple(
        Span(max(span.start, found.start) - found.start, min(span.end, found.end) - found.start)
        for span in line.emphasis
        if span.start < found.end and found.start < span.end
    )
    fields = settle_pages(tag(text, emphasis, document.language, kind=kind), text, reference=reference)
    item, locator = build_item(fields, text, document.language, alone=note is None)
    cues = tuple(match.cue for match in find_cues(text))
    form = Form.FULL if reference else form_of(item, cues, text)
    spans: dict[str, tuple[Span, ...]] = {}
    sure: dict[str, float] = {}
    for field in fields:
        source = line.source(found.start + field.start, found.start + field.end)
        spans[field.name] = spans.get(field.name, ()) + source
        sure[field.name] = min(field.sure, sure.get(field.name, 1.0))
    parts = line.source(found.start, found.end)
    weighed = evidence(text, emphasis=bool(emphasis), language=document.language)
    shown = min(0.99, 0.5 + 0.12 * weighed.strong + 0.05 * weighed.weak - 0.05 * min(weighed.prose, 4))
    read = sum(sure.values()) / len(sure) if sure else 1.0  # how sure its fields are, on average
    return Citation(
        id=f"c{next(numbers)}",
        note=note.id if note else None,
        parts=parts,
        text=document.slice(parts),
        form=form,
        item=item,
        field_spans=spans,
        field_confidence=sure,
        signal=found.signal,
        locator=locator,
        cues=cues,
        confidence=max(0.1, shown * read),
    )
