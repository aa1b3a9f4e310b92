"""What the markup inside a Markdown paragraph says: markers, inline notes, links, emphasis.

Each function passes over the paragraph once, so that a text without paragraphs is read in linear time.
"""

from __future__ import annotations

import re

from citekit.model import Hint, HintKind, Span

__all__ = ["inline_hints", "without_code"]

_TICKS = re.compile(r"`+")
_ESCAPE = re.compile(r"\\[!-/:-@\[-`{-~]")
_MARKER = re.compile(r"\[\^([^\]\s\[^][^\]\r\n\[]*)\]")
_LINK = re.compile(r"\[([^\[\]]*)\]\(<?((?:[^()\s<>]|\([^()\s<>]{0,500}\)){0,2000})>?(?:\s+\"[^\"]{0,500}\")?\s?\)")
_AUTOLINK = re.compile(r"<((?:https?|ftp)://[^\s<>]{1,2000})>", re.IGNORECASE)
_BRACKET = re.compile(r"\^?\[|\]")
_RUN = re.compile(r"\*+|_+")


def inline_hints(text: str, start: int, end: int) -> list[Hint]:
    """The hints of `text[start:end]`, one paragraph, heading or note; code and escaped signs do not count.

    Order is by kind, not by place: the caller sorts.
    """
    words = without_code(text[start:end])
    hints = [
        Hint(HintKind.NOTE_MARKER, Span(start + found.start(1), start + found.end(1)), found[1])
        for found in _MARKER.finditer(words)
    ]
    hints.extend(_inline_notes(words, start))
    masked = list(words)
    for pattern in (_LINK, _AUTOLINK):
        for found in pattern.finditer(words):
            link = Span(start + found.start(1), start + found.end(1))
            hints.append(Hint(HintKind.LINK, link, target=found[found.lastindex or 1]))
            # An underscore in an address is no emphasis.
            address = found.start(found.lastindex or 1)
            masked[address : found.end()] = " " * (found.end() - address)
    hints.extend(_emphasis("".join(masked), start))
    return hints


def without_code(words: str) -> str:
    """The same text, as long, with code spans and escaped signs blanked (CommonMark 6.1 and 2.4)."""
    if "`" not in words and "\\" not in words:
        return words
    words = _ESCAPE.sub("  ", words)
    runs = [(found.start(), found.end()) for found in _TICKS.finditer(words)]
    later: dict[int, list[int]] = {}
    for place in range(len(runs) - 1, -1, -1):
        later.setdefault(runs[place][1] - runs[place][0], []).append(place)
    pieces, done, number = [], 0, 0
    while number < len(runs):
        opening = runs[number]
        same = later[opening[1] - opening[0]]
        while same and same[-1] <= number:
            same.pop()
        if same:
            number = same.pop()
            closing = runs[number]
            pieces += [words[done : opening[0]], "\x00" * (closing[1] - opening[0])]
            done = closing[1]
        number += 1
    pieces.append(words[done:])
    return "".join(pieces)


def _inline_notes(words: str, shift: int) -> list[Hint]:
    """Pandoc's `^[…]`: the content up to the bracket that closes it."""
    hints, stack = [], []
    for found in _BRACKET.finditer(words):
        if found[0] != "]":
            stack.append(found)
        elif stack:
            opening = stack.pop()
            if opening[0] == "^[" and words[opening.end() : found.start()].strip():
                hints.append(Hint(HintKind.NOTE, Span(shift + opening.end(), shift + found.start())))
    return hints


def _emphasis(words: str, shift: int) -> list[Hint]:
    """The words inside `*…*`, `_…_`, `**…**` (CommonMark 6.2, without the rule of three)."""
    hints: list[Hint] = []
    openers: dict[str, list[list[int]]] = {"*": [], "_": []}  # [start, end] of what is left of a run
    for found in _RUN.finditer(words):
        before = words[found.start() - 1] if found.start() else " "
        after = words[found.end()] if found.end() < len(words) else " "
        left = not after.isspace() and (_is_word(after) or before.isspace() or not _is_word(before))
        right = not before.isspace() and (_is_word(before) or after.isspace() or not _is_word(after))
        sign = found[0][0]
        opens = left and (sign == "*" or not right or not _is_word(before))
        closes = right and (sign == "*" or not left or not _is_word(after))
        size = found.end() - found.start()
        inner = found.start()
        if closes:
            while size and openers[sign]:
                opening = openers[sign].pop()
                used = min(size, opening[1] - opening[0])
                span = Span(shift + opening[1], shift + inner)
                if span.length and (not hints or hints[-1].span != span):
                    hints.append(Hint(HintKind.EMPHASIS, span))
                for other in openers.values():
                    while other and other[-1][0] > opening[0]:
                        other.pop()
                size -= used
                if opening[1] - opening[0] > used:
                    opening[1] -= used
                    openers[sign].append(opening)
                    break
                inner = found.end() - size
        if opens and size:
            openers[sign].append([found.end() - size, found.end()])
    return [hint for hint in hints if words[hint.span.start - shift : hint.span.end - shift].strip("*_")]


def _is_word(char: str) -> bool:
    return char.isalnum()
