"""The document's text as HTML: blocks in order, each marker, note, citation and field at its place.

Every character of the text is written, in order, and a page break (`pb`) for each form feed. What the page adds has
the class `x`, so that the words of the document can be told from ours.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from citekit.annotation.blocks import Block, BlockKind, LineEndKind, blocks_of, line_ends
from citekit.annotation.escaping import text
from citekit.annotation.marks import Mark, Writer
from citekit.annotation.rules import rule_in_words
from citekit.annotation.view import View
from citekit.grades import Grade, figure, grade, sureness
from citekit.model import Citation, HintKind, Note, Span
from citekit.wording import one_line

__all__ = ["antecedent_link", "body", "field_id", "linked_ids", "marker_id"]

_INLINE_NOTE, _CITATION, _LINK, _FIELD, _STRESS, _LINE_END = range(6)  # the outermost first
_STRESSED = {HintKind.EMPHASIS: "em", HintKind.SUPERSCRIPT: "sup"}
_AT_FORM_FEEDS = re.compile("(\f)")
_CITATION_ID = re.compile(r"\bc\d{1,9}\b")
_SHOWN_ALTERNATIVES = 4  # in the text; all are beside it


def body(view: View) -> str:
    """The text with all marks, as a run of block elements."""
    document = view.extraction.document
    blocks = blocks_of(document, view.extraction.notes)
    framed = {block.note.id for block in blocks if block.note is not None}
    ends = [mark for block in blocks for mark in _line_ends(view, block)]
    writer = Writer((*_marks(view, framed), *ends), lambda start, end: text(document.text[start:end]))
    turned = 1
    pieces: list[str] = []
    place = 0
    doubtful = _doubtful_blocks(view, blocks)
    for number, block in enumerate(blocks):
        for piece in _AT_FORM_FEEDS.split(document.text[place : block.span.start]):
            place += len(piece)
            if piece == "\f":
                turned += 1
                pieces.append(_page_break(view, place, turned))
            else:
                pieces.append(_gap(piece))
        following = blocks[number + 1].span.start if number + 1 < len(blocks) else len(document.text)
        words = writer.stretch(*block.span, following)
        pieces.append(_element(view, block, words, doubtful=number in doubtful))
        place = block.span.end
    pieces.append(_gap(document.text[place:].replace("\f", "")))  # behind the last page
    return "".join(pieces)


def field_id(citation: Citation, name: str, number: int = 0) -> str:
    """The id of the words of a field: `c3-title`, its second stretch `c3-title-2`."""
    return f"{citation.id}-{name}-{number + 1}" if number else f"{citation.id}-{name}"


def marker_id(note: Note, number: int = 0) -> str:
    """The id of a marker of a note: `m-n3`, its second one `m-n3-2`."""
    return f"m-{note.id}-{number + 1}" if number else f"m-{note.id}"


def linked_ids(view: View, message: str) -> str:
    """A message as HTML, with the citations that it names by their ids as links."""

    def link(found: re.Match[str]) -> str:
        return f'<a href="#{found[0]}">{found[0]}</a>' if found[0] in view.citations else found[0]

    return _CITATION_ID.sub(link, text(message))


def _doubtful_blocks(view: View, blocks: Sequence[Block]) -> set[int]:
    """The numbers of the blocks that are shown when only the uncertain is wanted."""
    extraction = view.extraction
    places = [part for citation in extraction.citations if citation.id in view.doubts for part in citation.parts]
    places += [marker.span for marker in view.lost.values()]
    places += [part for note in extraction.notes if note.id in view.remarks for part in note.parts]
    found: set[int] = set()
    for place in places:
        number = max(0, bisect_right(blocks, place.start, key=lambda block: block.span.start) - 1)
        while number < len(blocks) and blocks[number].span.start < place.end:
            found.add(number)
            number += 1
    return found


def _gap(space: str) -> str:
    """White space between blocks: what HTML would show of it (no-break spaces in an empty line) is hidden."""
    return space if set(space) <= set(" \t\n") else f'<i class="y">{text(space)}</i>'


def _page_break(view: View, place: int, number: int) -> str:
    """The turn to the page that starts at `place`, by its own label or else by its number."""
    page = next((page for page in view.extraction.document.pages if page.span.start >= place), None)
    label = page.label or str(page.number) if page else str(number)
    return f'<div class="x pb">page {text(one_line(label, 20))}</div>'


def _element(view: View, block: Block, words: str, *, doubtful: bool) -> str:
    classes = " u" if doubtful else ""
    if block.kind is BlockKind.HEADING:
        return f'<h3 class="h{classes}" dir="auto">{words}</h3>'
    if block.kind is BlockKind.FURNITURE:
        return f'<div class="fu{classes}" dir="auto">{words}</div>'
    if block.note is None:
        return f'<div class="p{classes}" dir="auto">{words}</div>'
    if not block.first:
        from_where = f'<a class="x" href="#{block.note.id}">{text(view.note_names[block.note.id])}, continued </a>'
        return f'<div class="n{classes}" dir="auto">{from_where}{words}</div>'
    return f'<div class="n{classes}" id="{block.note.id}" dir="auto">{words}{_note_end(view, block.note)}</div>'


def _note_end(view: View, note: Note) -> str:
    """Further ways back to the text, and what is to be said of the note."""
    back = "".join(
        f'<a class="x" href="#{marker_id(note, number)}" aria-label="back to marker {number + 1}"> ↩{number + 1}</a>'
        for number in range(1 if note.label_span else 0, len(note.markers))
    )
    return back + _warnings(view, [remark.message for remark in view.remarks.get(note.id, ())])


def _marks(view: View, framed: set[str]) -> Iterator[Mark]:
    """The marks of the whole document."""
    extraction = view.extraction
    linked: set[Span] = set()  # a link cannot stand in a link: where two notes share a sign, the first has it
    for note in extraction.notes:
        yield from _note_links(view, note, linked)
        if note.id not in framed:
            yield from _inline_note(view, note)
    for name, marker in view.lost.items():
        messages = [remark.message for remark in view.remarks.get(name, ())] or ["it has no note"]
        opening = f'<span class="m lost" id="{name}">'
        yield Mark(*marker.span, _LINK, opening, opening, "</span>", _warnings(view, messages))
    for citation in extraction.citations:
        yield from _citation_marks(view, citation)
    for hint in extraction.document.hints:
        if tag := _STRESSED.get(hint.kind):
            yield Mark(*hint.span, _STRESS, f"<{tag}>", f"<{tag}>", f"</{tag}>")


def _note_links(view: View, note: Note, linked: set[Span]) -> Iterator[Mark]:
    """From each marker to the note, and from its label to the first marker."""
    name = text(view.note_names[note.id])
    for number, span in enumerate(note.markers):
        link = f'class="m" href="#{note.id}" role="doc-noteref" aria-label="{name}"'
        yield _link(span, link, "m", f' id="{marker_id(note, number)}"', linked)
    if note.label_span and note.label_span not in note.markers:
        back = f'class="l" href="#{marker_id(note)}" role="doc-backlink" aria-label="{name}, back to the text"'
        yield _link(note.label_span, back if note.markers else "", "l", "", linked)


def _link(span: Span, link: str, style: str, name: str, linked: set[Span]) -> Mark:
    """A link over a sign, or its looks alone where there is nowhere to go or another link stands there."""
    if not link or span in linked:
        return Mark(*span, _LINK, f'<span class="{style}"{name}>', f'<span class="{style}">', "</span>")
    linked.add(span)
    return Mark(*span, _LINK, f"<a {link}{name}>", f"<a {link}>", "</a>")


def _inline_note(view: View, note: Note) -> Iterator[Mark]:
    for number, part in enumerate(note.parts):
        opening = f'<span class="ni" id="{note.id}">' if number == 0 else '<span class="ni">'
        tail = _note_end(view, note) if number == len(note.parts) - 1 else ""
        yield Mark(*part, _INLINE_NOTE, opening, '<span class="ni">', "</span>", tail)


def _citation_marks(view: View, citation: Citation) -> Iterator[Mark]:
    doubts = view.doubts.get(citation.id, ())
    sure = grade(sureness(citation))
    classes = f"c g{sure.value}{' u' if doubts else ''}"
    again = f'<mark class="{classes}">'
    for number, part in enumerate(citation.parts):
        opening = f'<mark id="{citation.id}" class="{classes}">' if number == 0 else again
        tail = _badge(view, citation, sure, doubts) if number == len(citation.parts) - 1 else ""
        yield Mark(*part, _CITATION, opening, again, "</mark>", tail)
    for name, spans in citation.field_spans.items():
        label = text(name.replace("-", " "))
        for number, span in enumerate(spans):
            attributes = f'class="f" data-f="{label}"'
            opening = f'<span id="{text(field_id(citation, name, number))}" {attributes}>'
            yield Mark(*span, _FIELD, opening, '<span class="f">', "</span>")


def _badge(view: View, citation: Citation, sure: Grade, doubts: Sequence[str]) -> str:
    """What stands behind a citation: where a short form leads, its work, how sure, and what to look at."""
    works = ", ".join(citation.works) or "no work"
    spoken = f"{works}, {sure.words}, confidence {figure(sureness(citation))}"
    sign = f" {sure.sign}" if sure.sign else ""
    link = f'<a class="w" href="#k-{citation.id}" aria-label="{spoken}">{works}{sign}</a>'
    return f'<span class="x b">{_led(view, citation)}{link}</span>{_warnings(view, doubts)}'


def _led(view: View, citation: Citation) -> str:
    """The antecedent of a short form, by which rule; or what it could mean."""
    resolution = citation.resolution
    if resolution is None:
        return ""
    rule = text(rule_in_words(resolution.method))
    if antecedent := view.citations.get(resolution.antecedent or ""):
        return f"= {antecedent_link(view, antecedent)} <i>({rule})</i> "
    others = [view.citations[name] for name in resolution.alternatives if name in view.citations]
    if not others:
        return f"<i>({rule})</i> "
    named = " or ".join(antecedent_link(view, other) for other in others[:_SHOWN_ALTERNATIVES])
    more = f" or {len(others) - _SHOWN_ALTERNATIVES} more" if len(others) > _SHOWN_ALTERNATIVES else ""
    return f"= ? {named}{more} <i>({rule})</i> "


def antecedent_link(view: View, citation: Citation) -> str:
    """A citation that another one means or could mean: its work, and where it stands."""
    name, where = text(view.work_name(citation)), text(view.place(citation))
    return f'<a href="#{citation.id}"><bdi>{name}</bdi> · {where}</a>'


def _warnings(view: View, messages: Sequence[str]) -> str:
    return "".join(f'<span class="x d"> ⚠ {linked_ids(view, message)}</span>' for message in messages)


def _line_ends(view: View, block: Block) -> Iterator[Mark]:
    for end in line_ends(view.extraction.document, block):
        if end.kind is LineEndKind.NOTHING:
            yield Mark(*end.span, _LINE_END, '<i class="y">', '<i class="y">', "</i>")
        elif end.kind is LineEndKind.BREAK:
            yield Mark(*end.span, _LINE_END, "<br>", "", "")
