"""References run on behind the text with no break, as flattened web pages have them.

Nothing but their own shape parts them from the text: a title, mostly in quotation marks, and behind it the date on
which the page was archived or read. Each such date closes an entry, and the next begins behind it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from citekit import lexicon
from citekit.model import Document, Note, NoteKind, Span

__all__ = ["run_on_references"]

_TAIL = 60_000  # characters at the text's end in which a list is looked for
_DATE_WITHIN = 60  # characters between "archived" and its year
_LONGEST = 600  # characters of an entry
_NEAR_END = 500  # characters that may follow the list
_FEWEST = 2
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_STOP = re.compile(r"[.)](?=(\s+)(\S)|\s*$)")
_OPENING = re.compile(r"(?:(?<=[.!?)]\s)|(?<=[.!?)]\s\s)|(?<=\A))[«„“\"‚'‘「『《]")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_]|[«„“\"])")


@cache
def _phrases() -> dict[str, list[str]]:
    """First word → all phrases that begin with it, small letters, longest first."""
    found: dict[str, list[str]] = defaultdict(list)
    for concept in ("archived", "accessed"):
        for phrase in lexicon.words("web", concept):
            first = _TOKEN.match(phrase.lower())
            if first:
                found[first[0]].append(phrase.lower())
    return found


def run_on_references(document: Document) -> list[Note]:
    """The entries (without ids and labels) of a list run on at the text's end; none where there are fewer than two."""
    text = document.text
    stamps = _stamps(text, max(0, len(text) - _TAIL))
    chain: list[tuple[int, int]] = []
    for stamp in stamps:
        if chain and stamp[0] - chain[-1][1] > _LONGEST:
            chain = []
        chain.append(stamp)
    if not chain or len(text.rstrip()) - chain[-1][1] > _NEAR_END:
        return []
    spans: list[Span] = []
    for begin, end in chain:
        if spans and not text[spans[-1].end : begin].strip(" \t\n.,;()") and begin >= spans[-1].end:
            spans[-1] = Span(spans[-1].start, end)
        elif spans:
            spans.append(Span(_skip(text, spans[-1].end), end))
        else:
            start = _first_start(text, begin)
            if start is not None:
                spans.append(Span(start, end))
    titled = sum(bool(re.match(r"[«„“\"‚'‘「『《]", text[span.start])) for span in spans)
    if len(spans) < _FEWEST or titled < 0.5 * len(spans):
        return []
    return [Note("", None, NoteKind.REFERENCE, None, (span,), document.slice((span,))) for span in spans]


def _skip(text: str, offset: int) -> int:
    while offset < len(text) and text[offset].isspace():
        offset += 1
    return offset


def _stamps(text: str, start: int) -> list[tuple[int, int]]:
    """Where "archived …" or "accessed …" with a date stands: from its first word to the end of its sentence."""
    phrases = _phrases()
    lowered = text[start:].lower()
    if len(lowered) != len(text) - start:
        return []  # a letter that changes its length (Turkish İ): offsets would not hold
    found: list[tuple[int, int]] = []
    for token in _TOKEN.finditer(lowered):
        begin = start + token.start()
        if found and begin < found[-1][1]:
            continue
        for phrase in phrases.get(token[0], ()):
            if lowered.startswith(phrase, token.start()):
                behind = begin + len(phrase)
                year = _YEAR.search(text, behind, behind + _DATE_WITHIN)
                if year and "\n\n" not in text[behind : year.start()]:
                    found.append((begin, _sentence_end(text, year.end())))
                break
    return found


def _sentence_end(text: str, offset: int) -> int:
    """The end of the sentence that a date stands in: a full stop before a capital, a quotation mark or the end."""
    for stop in _STOP.finditer(text, offset, offset + 80):
        following = stop[2]
        if following is None or (not following.islower() and not following.isdigit()):
            return stop.end()
    return offset


def _first_start(text: str, stamp: int) -> int | None:
    """Where the entry begins that the first date closes: at its title's quotation mark, or the sentence."""
    floor = max(0, stamp - _LONGEST)
    opening = None
    for found in _OPENING.finditer(text, floor, stamp):
        opening = found.start()
    if opening is not None:
        return opening
    sentences = [found.end() for found in _SENTENCE.finditer(text, floor, stamp) if stamp - found.end() >= 15]
    return sentences[-1] if sentences else None
