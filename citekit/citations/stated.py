"""What a format says of a citation beside its words: the addresses of its links, and works stated in metadata.

A linked title is the usual way in which the web cites: the address is not printed, but it is stated (Chicago Manual of
Style 14.7 asks for it). What a reference manager or a page's metadata states is taken as it is.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from citekit.citations.evidence import evidence
from citekit.citations.identifier_fields import CSL, read_identifier
from citekit.citations.segment import Segment
from citekit.model import Document, Hint, HintKind, Item, Span
from citekit.offsets import ReadingText

__all__ = ["stated_fields", "stated_segments", "titled_by_link"]

_OUTSIDE = ("http://", "https://", "ftp://", "//")
_BEHIND_LINK = 90  # characters behind a linked title that can still be its site and date
_TELLING = 40  # characters of a title: what follows, a short title leaves out
_NAMES = ("author", "editor", "translator")
_SEARCHES = ("scholar.google.", "worldcat.org/search", "google.com/search", "/openurl", "books.google.com/books?q=")


def stated_segments(
    document: Document, line: ReadingText, segments: Sequence[Segment], language: str | None
) -> Sequence[Segment]:
    """The citations of a note, those that the format states in place of those that its words show.

    A note that begins with a linked title is a citation where its words alone show none.
    """
    stated = [
        Segment(*place) for hint in _hints(document, line.parts, HintKind.ITEM) if (place := _place(line, hint.span))
    ]
    if stated:
        return sorted((*stated, *_apart(segments, stated)), key=lambda one: one.start)
    if segments:
        return segments
    for hint in _hints(document, line.parts, HintKind.LINK):
        place = _place(line, hint.span)
        if place and place[0] <= 1 and _is_outside(hint) and " " in line.text[slice(*place)]:
            behind = line.text[place[1] :]
            short = len(behind) <= _BEHIND_LINK and not evidence(behind, language=language).prose
            return (Segment(0, len(line.text.rstrip(" .;,")) if short else place[1] + (place[0] == 1)),)
    return segments


def _apart(segments: Sequence[Segment], stated: Sequence[Segment]) -> Iterator[Segment]:
    for one in segments:
        if all(one.end <= other.start or other.end <= one.start for other in stated):
            yield one


def _place(line: ReadingText, span: Span) -> tuple[int, int] | None:
    """Where a place of the document is in a line, without a closing full stop; None where it is not there."""
    start, end = bisect_left(line.offsets, span.start), bisect_left(line.offsets, span.end)
    end = start + len(line.text[start:end].rstrip(" .;,"))
    return (start, end) if start < end else None


def stated_fields(
    document: Document,
    parts: Sequence[Span],
    item: Item,
    field_spans: Mapping[str, tuple[Span, ...]],
) -> tuple[dict[str, Any], dict[str, tuple[Span, ...]]]:
    """The item with what the format states of it, and the places of its fields.

    Args:
        document: where the citation stands.
        parts: the citation's pieces.
        item: what its words say.
        field_spans: where.
    """
    found, spans = dict(item), dict(field_spans)
    works = [hint for hint in _hints(document, parts, HintKind.ITEM) if hint.item]
    if len(works) == 1 and works[0].item and _names(document, parts, str(works[0].item.get("title", ""))):
        stated = {name: value for name, value in works[0].item.items() if "\ufffd" not in str(value)}
        if "container-title" not in stated and found.get("container-title") == stated.get("publisher"):
            found.pop("container-title", None)  # "Title. Mozilla Foundation.": the metadata says who that is
        found |= stated
    if document.media_type in ("text/plain", "text/markdown"):
        return found, spans  # addresses are words there, and have been read
    addresses: dict[str, Span] = {}
    for hint in _hints(document, parts, HintKind.LINK):
        if _is_outside(hint) and hint.target and not any(search in hint.target for search in _SEARCHES):
            addresses.setdefault(hint.target, hint.span)
    _add_addresses(addresses, found, spans)
    return found, spans


def titled_by_link(field_spans: Mapping[str, tuple[Span, ...]]) -> bool:
    """Whether a citation's title is the link to its page: it names the work in full, with nothing behind it."""
    return any(_overlaps(span, field_spans.get("title", ())) for span in field_spans.get("URL", ()))


def _names(document: Document, parts: Sequence[Span], title: str) -> bool:
    """Whether a citation's words name a work by its title: an "Ibid." that a reference manager wrote does not."""
    words = "".join(filter(str.isalnum, document.slice(tuple(parts)).casefold()))
    return "".join(filter(str.isalnum, title.casefold()))[:_TELLING] in words


def _add_addresses(addresses: Mapping[str, Span], item: dict[str, Any], spans: dict[str, tuple[Span, ...]]) -> None:
    """Add what links lead to: identifiers, the archive's copy, and the page itself if only one can be meant."""
    pages: dict[str, Span] = {}
    custom = dict(item.get("custom", {}))
    for address, span in addresses.items():
        values = read_identifier(address, "URL").values
        archived = "archive-url" in values
        for name, value in values.items():
            if name == "URL":
                if archived:
                    item.setdefault("URL", value)
                elif "DOI" not in values:
                    pages[value] = span
            elif name in CSL:
                if name not in item:
                    item[name] = value
                    spans.setdefault(name, (span,))
            else:
                custom.setdefault(name, value)
                if archived:
                    spans.setdefault(name, (span,))
    if custom:
        item["custom"] = custom
    if item.get("URL"):
        if item["URL"] in pages:
            spans.setdefault("URL", (pages[item["URL"]],))
        return
    names = [place for name in _NAMES for place in spans.get(name, ())]
    pages = {page: span for page, span in pages.items() if not _overlaps(span, names)}
    titled = {page: span for page, span in pages.items() if _overlaps(span, spans.get("title", ()))}
    for chosen in (titled, pages):
        if len(chosen) == 1:
            ((page, span),) = chosen.items()
            item["URL"] = page
            spans["URL"] = (span,)
            return


def _overlaps(span: Span, places: Sequence[Span]) -> bool:
    return any(span.start < place.end and place.start < span.end for place in places)


def _is_outside(hint: Hint) -> bool:
    return bool(hint.target) and str(hint.target).startswith(_OUTSIDE)


def _hints(document: Document, parts: Sequence[Span], kind: HintKind) -> Iterator[Hint]:
    for part in parts:
        first = bisect_left(document.hints, part.start, key=_start)
        last = bisect_left(document.hints, part.end, key=_start)
        for hint in document.hints[first:last]:
            if hint.kind is kind:
                yield hint


def _start(hint: Hint) -> int:
    return hint.span.start
