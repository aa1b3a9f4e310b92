r"""CSL's markup in titles as LaTeX's, and back: `<i>Homo</i>` is `\emph{Homo}`.

CSL's rich text (citeproc-js manual, "HTML-like formatting tags") has italics, bold, superscript, subscript and small
capitals; the commands are those of LaTeX's kernel (usrguide, 3.3) and BibLaTeX's own (manual, 4.10.4).
"""

from __future__ import annotations

import re
from collections.abc import Callable

__all__ = ["COMMANDS", "RICH", "SIGNS", "SWITCHES", "closing_of", "markup_of_signs", "signs_of_markup", "with_markup"]

_SMALL = '<span style="font-variant:small-caps;">'
COMMANDS = {
    **dict.fromkeys(("emph", "textit", "textsl", "mkbibemph", "mkbibitalic"), "<i>"),
    **dict.fromkeys(("textbf", "mkbibbold"), "<b>"),
    **dict.fromkeys(("textsuperscript", "mkbibsuperscript"), "<sup>"),
    **dict.fromkeys(("textsubscript", "mkbibsubscript"), "<sub>"),
    "textsc": _SMALL,
}
"""What opens for the argument of a command."""
SWITCHES = {
    **dict.fromkeys(("em", "it", "sl", "itshape", "slshape"), "<i>"),
    **dict.fromkeys(("bf", "bfseries"), "<b>"),
    **dict.fromkeys(("sc", "scshape"), _SMALL),
}
"""What opens for the rest of a group."""
RICH = frozenset(
    {"title", "container-title", "collection-title", "volume-title", "original-title", "title-short", "event-title"}
)
"""The variables whose text can have markup."""

_NO_CASE = '<span class="nocase">'
_LATEX = {"<i>": r"\emph{", "<b>": r"\textbf{", "<sup>": r"\textsuperscript{", "<sub>": r"\textsubscript{",
          _SMALL: r"\textsc{", _NO_CASE: "{"}  # fmt: skip
_TAG = re.compile("|".join(re.escape(tag) for tag in _LATEX) + "|</(?:i|b|sup|sub|span)>")
# Unicode's noncharacters, which no text has, stand for what opens and closes while the words are escaped.
_FIRST, _LAST = 0xFDD0, 0xFDEF
_OPENING = {tag: chr(_FIRST + number) for number, tag in enumerate(_LATEX)}
_END = chr(_LAST)
SIGNS = f"{chr(_FIRST)}-{_END}"
"""All of these, for a class of characters."""
_RESERVED = re.compile(f"[{SIGNS}]")


def closing_of(tag: str) -> str:
    """The tag that closes another."""
    return "</span>" if tag.startswith("<span") else f"</{tag[1:]}"


def with_markup(text: str, escaped: Callable[[str], str]) -> str:
    """Text with CSL's markup as LaTeX; markup that does not nest is text.

    Args:
        text: as CSL has it.
        escaped: makes LaTeX of plain text, and leaves noncharacters alone.
    """
    signed = signs_of_markup(text)
    return escaped(text) if signed is text else markup_of_signs(escaped(signed))


def signs_of_markup(text: str) -> str:
    """Text with a sign of its own for each tag; the very text where it has no markup that nests."""
    if "<" not in text or _RESERVED.search(text):
        return text
    pieces: list[str] = []
    waiting: list[str] = []
    end = 0
    for tag in _TAG.finditer(text):
        pieces.append(text[end : tag.start()])
        end = tag.end()
        if tag[0] in _OPENING:
            waiting.append(closing_of(tag[0]))
            pieces.append(_OPENING[tag[0]])
        elif waiting and waiting.pop() == tag[0]:
            pieces.append(_END)
        else:
            return text
    if waiting:
        return text
    return "".join((*pieces, text[end:]))


def markup_of_signs(latex: str) -> str:
    """LaTeX's markup for the signs that `signs_of_markup` put in."""
    for opening, sign in _OPENING.items():
        latex = latex.replace(sign, _LATEX[opening])
    return latex.replace(_END, "}")
