"""The citations of Pandoc's and Quarto's Markdown: `[see @weber1922, pp. 33-35; @marx]`, `@weber [p. 3]`, `-@weber`.

Pandoc's manual, "Citation syntax". A key outside brackets can be an account's name as well: it is `doubtful` until a
bibliography knows it. Quarto's and pandoc-crossref's references to figures and sections are no citations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from citekit.model import Form, Keeper, KeyedCitation, Span

__all__ = ["citation_keys"]

_KEY = re.compile(
    r"(?P<sign>(?<![\w-])-)?(?<![\w@/.])@(?:\{(?P<braced>[^{}\s]{1,200})\}|(?P<key>\w(?:\w|[:.#$%&+?<>~/-](?=\w)){0,200}))"
)
_CROSS = re.compile(
    r"(?:fig|tbl|tab|sec|eq|lst|thm|lem|cor|prp|cnj|def|exm|exr|sol|rem|alg|nte|tip|wrn|imp|cau)[-:]", re.IGNORECASE
)
_BRACKET = re.compile(r"[\[\]]")
_BEHIND = re.compile(r"[ \t]?\[(?!\^)([^\[\]@]{1,300})\](?![(\[{])")


def citation_keys(words: str, start: int) -> list[KeyedCitation]:
    """The citations in a paragraph, heading or note, in their order.

    Args:
        words: the paragraph, code and escaped signs blanked.
        start: its place in the document.
    """
    keys = [found for found in _KEY.finditer(words) if not _CROSS.match(found["key"] or found["braced"])]
    if not keys:
        return []
    groups, loose = _grouped(words, keys)
    found: list[KeyedCitation] = []
    for (opening, closing), inside in groups:
        found += _bracketed(words, (opening + 1, closing), inside, start)
    for key in loose:
        behind = _BEHIND.match(words, key.end())
        span = Span(start + key.start(), start + (behind.end() if behind else key.end()))
        found.append(_entry(key, span, "", behind[1] if behind else "", doubtful=True))
    return sorted(found, key=lambda entry: entry.span)


_Group: TypeAlias = tuple[tuple[int, int], list[re.Match[str]]]


def _grouped(words: str, keys: list[re.Match[str]]) -> tuple[list[_Group], list[re.Match[str]]]:
    """The pairs of brackets that hold citations, with their keys; and the keys outside such a pair.

    What is in the brackets of a note, a picture or a link belongs to the brackets around them.
    """
    found: list[_Group] = []
    stack: list[_Group] = [((-1, -1), [])]
    signs = sorted([*_BRACKET.finditer(words), *keys], key=lambda sign: sign.start())
    for sign in signs:
        if sign[0] == "[":
            stack.append(((sign.start(), -1), []))
        elif sign[0] != "]":
            stack[-1][1].append(sign)
        elif len(stack) > 1:
            (opening, _), inside = stack.pop()
            before, first, after = words[opening - 1 : opening], words[opening + 1], words[sign.end() : sign.end() + 1]
            if not inside or first == "^" or before in ("^", "!") or after in ("(", "[", ":"):
                stack[-1][1].extend(inside)
            else:
                found.append(((opening, sign.start()), inside))
    return found, [key for _, inside in stack for key in inside]


def _bracketed(words: str, place: tuple[int, int], keys: list[re.Match[str]], shift: int) -> Iterator[KeyedCitation]:
    """The citations in a pair of brackets, parted by semicolons."""
    first, last = place
    for number, key in enumerate(keys):
        begin = keys[number - 1].end() if number else first
        cut = words.rfind(";", begin, key.start())
        begin = cut + 1 if cut >= 0 else begin
        limit = keys[number + 1].start() if number + 1 < len(keys) else last
        cut = words.find(";", key.end(), limit)
        end = cut if cut >= 0 else limit
        suffix = words[key.end() : end]
        span = Span(shift + key.start(), shift + key.end() + len(suffix.rstrip(" \t\r\n,")))
        prefix = words[begin : key.start()] if not number or ";" in words[keys[number - 1].end() : key.start()] else ""
        yield _entry(key, span, prefix, suffix, doubtful=False)


def _entry(key: re.Match[str], span: Span, prefix: str, suffix: str, *, doubtful: bool) -> KeyedCitation:
    return KeyedCitation(
        span,
        Keeper.PANDOC,
        key["key"] or key["braced"],
        names_work=False,
        prefix=" ".join(prefix.split()),
        suffix=" ".join(suffix.split()),
        form=Form.SHORT,
        doubtful=doubtful,
    )
