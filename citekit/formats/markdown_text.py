"""Text with CSL's markup into Markdown of which nothing else is markup, and back.

CSL's rich text (citeproc-js manual, "HTML-like formatting tags"): `<i>`, `<b>`, `<sup>`, `<sub>`, small capitals and
`<span class="nocase">`. All other signs that pandoc's Markdown gives a meaning to get a backslash ("Backslash
escapes" in pandoc's manual), so that a title prints as it is.
"""

from __future__ import annotations

import re

__all__ = ["from_markdown", "to_markdown"]

_MARKS = (
    ("<i>", "</i>", "*", "*"),
    ("<b>", "</b>", "**", "**"),
    ("<sup>", "</sup>", "^", "^"),
    ("<sub>", "</sub>", "~", "~"),
    ('<span class="nocase">', "</span>", "[", "]{.nocase}"),
    ('<span style="font-variant:small-caps;">', "</span>", "[", "]{.smallcaps}"),
)
_SIGNS = re.compile(r"[\\`*_{}\[\]<>^~$@&|#]")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
# A start that Markdown takes for a list, a heading, a rule or a block of code.
_START = re.compile(r"(\s*\(?\w{1,9})([.)])(?=\s|$)|(\s*)([-+:%=])")
_SPECIAL = re.compile(r"\\[!-/:-@\[-`{-~]|\*\*|[*^~]|\[|\]\{\.(?:nocase|smallcaps)\}|\]")
_TAG = re.compile("|".join(re.escape(tag) for opening, closing, *_ in _MARKS for tag in (opening, closing)))


def to_markdown(text: str) -> str:
    """Markdown that pandoc reads as this text with its CSL markup; markup that does not close is text."""
    marked = _with_marks(text)
    return marked if marked is not None and from_markdown(marked) == text else _escaped(text, at_start=True)


def from_markdown(markdown: str) -> str:
    """The text, with Markdown's emphasis and spans as CSL's markup; what does not close is text."""
    pieces: list[str] = []
    open_marks: list[tuple[int, str]] = []  # place of the opening in `pieces`, its sign
    end = 0
    for match in _SPECIAL.finditer(markdown):
        pieces.append(markdown[end : match.start()])
        end = match.end()
        sign = match.group()
        if sign.startswith("\\"):
            pieces.append(sign[1:])
            continue
        closing = next((mark for mark in _MARKS if mark[3] == sign and _last(open_marks) == mark[2]), None)
        if closing is not None and not markdown[match.start() - 1].isspace() and pieces[-2:] != [sign, ""]:
            place, _ = open_marks.pop()
            pieces[place] = closing[0]
            pieces.append(closing[1])
            continue
        if any(mark[2] == sign for mark in _MARKS) and not markdown[end : end + 1].isspace():
            open_marks.append((len(pieces), sign))
        pieces.append(sign)
    pieces.append(markdown[end:])
    return "".join(pieces)


def _last(open_marks: list[tuple[int, str]]) -> str | None:
    return open_marks[-1][1] if open_marks else None


def _with_marks(text: str) -> str | None:
    """Markdown with CSL's tags as marks; None where they do not nest."""
    pieces: list[str] = []
    waiting: list[tuple[str, str]] = []  # the closing tag and the mark that it becomes
    end = 0
    for match in _TAG.finditer(text):
        pieces.append(_escaped(text[end : match.start()], at_start=end == 0))
        end = match.end()
        opened = next((mark for mark in _MARKS if mark[0] == match.group()), None)
        if opened is not None:
            waiting.append((opened[1], opened[3]))
            pieces.append(opened[2])
        elif waiting and waiting[-1][0] == match.group():
            pieces.append(waiting.pop()[1])
        else:
            return None
    pieces.append(_escaped(text[end:], at_start=end == 0))
    return None if waiting else "".join(pieces)


def _escaped(text: str, *, at_start: bool) -> str:
    escaped = _SIGNS.sub(r"\\\g<0>", text)
    start = _START.match(escaped) if at_start else None
    if start is None:
        return escaped
    place = start.start(2) if start[2] else start.start(4)
    return f"{escaped[:place]}\\{escaped[place:]}"
