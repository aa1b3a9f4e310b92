"""Reading text, and the way back from it to the untouched document.

Rules that read a note want one line of words: no line breaks, no hyphens that the typesetter put in, one kind of
space. `ReadingText` is that line together with the place of each of its characters in the document.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from citekit.model import Document, Hint, HintKind, Span

__all__ = ["ReadingText", "reading_text", "without"]

_BREAK = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
# Where U+200C and U+200D tell letters apart, as in Persian and Hindi: Arabic to Sinhala (Unicode 16, 23.2).
_SHAPED = range(0x0600, 0x0E00)
_HYPHENS = "-\u2010"
_DASHES = _HYPHENS + "\u2011\u2012\u2013"  # "1917–" at a line's end goes on without a blank
_HALF = re.compile("[\ud800-\udfff]")  # a lone surrogate is no character and cannot be encoded (Unicode 16, 3.8)
_ESCAPED = re.compile(r"\\[!-/:-@\[-`{-~]")  # CommonMark 0.31, 2.4: the backslash is none of the words
_CJK = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
_WORD = rf"[^\s{_INVISIBLE}]++"
_GAP = rf"(?P<gap>[\s{_INVISIBLE}]+)"
_WORDS = re.compile(rf"{_GAP}|{_WORD}(?: {_WORD})*+")  # single blanks between words stay as they are
_EACH_WORD = re.compile(rf"{_GAP}|{_WORD}")
# Where the line ends inside a web address, the break belongs to the typesetter: RFC 3986, appendix C.
_ADDRESS = re.compile(r"(?:https?://|www\.|doi\.org/|\bdoi:)\S*$", re.IGNORECASE)
_ADDRESS_GOES_ON = re.compile(r"(?=[^\s]*[/.\d_=&%?#-])[A-Za-z0-9/_?=&%#~+.:-]+")
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b")


@dataclass(frozen=True, slots=True)
class ReadingText:
    """A line of words and the document offset of each of its characters.

    Attributes:
        text: the words: white space collapsed, line-end hyphenation undone, invisible characters and emphasis
            markup left out, a lone surrogate as U+FFFD.
        offsets: `offsets[i]` is the place of `text[i]` in the document.
        parts: the document spans that the line was read from.
        emphasis: where in `text` the format shows emphasis (italics).
    """

    text: str
    offsets: tuple[int, ...]
    parts: tuple[Span, ...]
    emphasis: tuple[Span, ...] = ()

    def source(self, start: int, end: int) -> tuple[Span, ...]:
        """The document spans of `text[start:end]` (non-empty), one for each part that it touches."""
        spans = []
        for part in self.parts:
            first = bisect_left(self.offsets, part.start, start, end)
            last = bisect_left(self.offsets, part.end, start, end)
            if first < last:
                spans.append(Span(self.offsets[first], self.offsets[last - 1] + 1))
        return tuple(spans)


def without(line: ReadingText, left_out: Iterable[tuple[int, int]], start: int, end: int) -> ReadingText:
    """`line.text[start:end]` without some stretches (in order, apart), every character still knowing its place."""
    left_out = tuple(left_out)
    if not left_out and not line.emphasis:
        end = start + len(line.text[start:end].rstrip(" ,;"))
        return ReadingText(line.text[start:end], line.offsets[start:end], line.parts)
    kept: list[int] = []
    place = start
    for first, last in left_out:
        kept += range(place, min(first, end))
        place = max(place, last)
        if kept and line.text[kept[-1]] == " " and line.text[place : place + 1] in (" ", ",", "."):
            kept.pop()
    kept += range(place, end)
    while kept and line.text[kept[-1]] in " ,;":  # what led to words left out at the end
        kept.pop()
    where = {place: number for number, place in enumerate(kept)}
    emphasis = tuple(
        Span(where[inside[0]], where[inside[-1]] + 1)
        for span in line.emphasis
        if (inside := [place for place in range(max(span.start, start), min(span.end, end)) if place in where])
    )
    return ReadingText(
        "".join(line.text[place] for place in kept), tuple(line.offsets[place] for place in kept), line.parts, emphasis
    )


def _joins_shapes(text: str, start: int, end: int) -> bool:
    """Whether a sign without width stands between letters that it shapes ("می‌شود"): it belongs to the word then."""
    return (
        end == start + 1
        and text[start] in "\u200c\u200d"
        and start > 0
        and end < len(text)
        and ord(text[start - 1]) in _SHAPED
        and ord(text[end]) in _SHAPED
    )


def reading_text(document: Document, parts: Iterable[Span]) -> ReadingText:
    """The reading text of some pieces of a document, in document order.

    A word broken at a line's end by a hyphen is put together when a small letter stands on both sides ("Illu-",
    "minismo"); before a capital or a digit the hyphen is the author's ("Roma-", "Bari"; "314-", "316"). A web
    address broken at a line's end is put together, its hyphens kept.
    """
    pieces = tuple(parts)
    if len(pieces) == 1 and (line := _even(document, pieces[0])):
        return line
    chars: list[str] = []
    offsets: list[int] = []
    skip = _markup(document, pieces)
    tokens = _EACH_WORD if skip else _WORDS  # a word that is markup alone leaves one blank of the two around it
    for number, part in enumerate(pieces):
        if number:
            _gap(document, chars, offsets, pieces[number - 1].end - 1, part.start, broken=True)
        for token in tokens.finditer(document.text, part.start, part.end):
            if token["gap"] is not None:
                broken = any(char in _BREAK for char in token["gap"])
                if (broken and token["gap"][0] == "\u00ad") or all(char in _INVISIBLE for char in token["gap"]):
                    if _joins_shapes(document.text, token.start(), token.end()):
                        chars.append(document.text[token.start()])
                        offsets.append(token.start())
                    continue
                _gap(document, chars, offsets, token.start(), token.end(), broken=broken)
            elif not skip or skip.isdisjoint(range(token.start(), token.end())):
                chars.extend(token.group())
                offsets.extend(range(token.start(), token.end()))
            else:
                kept = [place for place in range(token.start(), token.end()) if place not in skip]
                chars.extend(document.text[place] for place in kept)
                offsets.extend(kept)
    text = _HALF.sub("\ufffd", "".join(chars))
    end = len(text.rstrip())
    places = tuple(offsets[:end])
    return ReadingText(text[:end], places, pieces, _emphasis(document, pieces, places))


def _even(document: Document, part: Span) -> ReadingText | None:
    """The reading text of a piece of which nothing is left out between its ends, as of most lines; None of another."""
    text = document.text[part.start : part.end]
    # Of all white space and all signs without width, the blank alone is printable in Python's sense.
    if (
        not text.isprintable()
        or "  " in text
        or _emphasised(document, (part,))
        or (document.media_type == "text/markdown" and "\\" in text)
    ):
        return None
    words = text.strip()
    start = part.start + len(text) - len(text.lstrip())
    return ReadingText(words, tuple(range(start, start + len(words))), (part,))


def _gap(document: Document, chars: list[str], offsets: list[int], start: int, end: int, *, broken: bool) -> None:
    """What stands between two runs of words: nothing, or one space."""
    if not chars or chars[-1] == " ":
        return
    text = document.text
    after = text[end : end + 80]
    if broken and after:
        line = "".join(chars[-300:])
        address = _ADDRESS.search(line)
        glued = text[start] in _BREAK
        if address and glued and _ADDRESS_GOES_ON.match(after) and not _DATE.match(after):
            if line[-1] not in ".,;:)" or after[0] in "/?#":
                return
        elif chars[-1] in _HYPHENS and len(line) > 1 and line[-2].isalpha() and after[0].islower():
            if line[-2].islower():
                del chars[-1], offsets[-1]
            return
        elif (chars[-1] in _DASHES and line[-2:-1].isalnum() and after[0].isalnum()) or (
            _CJK.match(chars[-1]) and _CJK.match(after[0])
        ):
            return
    chars.append(" ")
    offsets.append(start)


def _markup(document: Document, parts: tuple[Span, ...]) -> set[int]:
    """The places of markup inside the parts: emphasis (`*`, `_`), the backslash before a sign in Markdown."""
    places: set[int] = set()
    if document.media_type not in ("text/markdown", "text/plain"):  # there an asterisk is a word of the document
        return places
    if document.media_type == "text/markdown":
        for part in parts:
            places.update(match.start() for match in _ESCAPED.finditer(document.text, part.start, part.end))
    for span in _emphasised(document, parts):
        opening, closing = span.start - 1, span.end
        while opening >= 0 and document.text[opening] in "*_":
            places.add(opening)
            opening -= 1
        while closing < len(document.text) and document.text[closing] in "*_":
            places.add(closing)
            closing += 1
    return places


def _emphasised(document: Document, parts: tuple[Span, ...]) -> list[Span]:
    spans = []
    for part in parts:
        first = bisect_left(document.hints, part.start, key=_start)
        last = bisect_left(document.hints, part.end, key=_start)
        spans += [
            hint.span
            for hint in document.hints[first:last]
            if hint.kind is HintKind.EMPHASIS and hint.span.end <= part.end
        ]
    return spans


def _start(hint: Hint) -> int:
    return hint.span.start


def _emphasis(document: Document, parts: tuple[Span, ...], offsets: tuple[int, ...]) -> tuple[Span, ...]:
    found = []
    for span in _emphasised(document, parts):
        start, end = bisect_left(offsets, span.start), bisect_left(offsets, span.end)
        if start < end:
            found.append(Span(start, end))
    return tuple(found)
