"""Files that end before their end, as a download that broke off or a full disk leaves them: the user is told.

What is there is read all the same. Only formats that say where they end can tell: a page its elements, LaTeX its
`document`, rich text its groups, a PDF its last line.
"""

from __future__ import annotations

import re
from collections import Counter

from citekit.model import Diagnostic, Severity

__all__ = ["cut_latex", "cut_page", "cut_pdf", "cut_rtf"]

# Elements whose end tag may not be left out (HTML, 13.1.2.4): a page that lacks one of them and `</body>` is cut off.
_HELD = re.compile(r"<(/?)(article|section|main|div|table|ol|ul|dl|a|span|sup|blockquote)(?=[\s>])", re.IGNORECASE)
_PAGE = re.compile(r"<(?:html|body)[\s>]", re.IGNORECASE)
_ENDED = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
_BEGUN = re.compile(rb"^[^%\n]{0,200}?\\begin\s?\{document\}", re.MULTILINE)
_LATEX_END = re.compile(rb"\\end\s?\{document\}")
_RTF_SIGN = re.compile(rb"\\.|[{}]", re.DOTALL)
_BINARY = re.compile(rb"\\bin\d")
_PDF_END = 2048  # bytes: readers look for the end in the last 1024 (PDF Reference 1.7, H.3, note 18)


def cut_page(text: str) -> tuple[Diagnostic, ...]:
    """What to tell of a page that seems cut off; fragments without `<html>` or `<body>` have no end to miss."""
    if not _PAGE.search(text) or _ENDED.search(text):
        return ()
    open_elements: Counter[str] = Counter()
    for found in _HELD.finditer(text):
        open_elements[found[2].lower()] += -1 if found[1] else 1
    if text.rfind("<") > text.rfind(">") or any(number > 0 for number in open_elements.values()):
        return _told("the page ends inside an element, without </body>")
    return ()


def cut_latex(content: bytes) -> tuple[Diagnostic, ...]:
    r"""What to tell of a file that begins its `document` and does not end it."""
    begun = _BEGUN.search(content)
    if begun is None or _LATEX_END.search(content, begun.end()):
        return ()
    return _told(r"the file has \begin{document} and no \end{document}")


def cut_rtf(content: bytes) -> tuple[int, tuple[Diagnostic, ...]]:
    """How many groups of rich text are not closed (RTF Specification 1.9.1, "File Contents"), and what to tell then."""
    if _BINARY.search(content):  # counted bytes, in which a brace is none
        return 0, ()
    depth = 0
    for found in _RTF_SIGN.finditer(content):
        depth += {b"{": 1, b"}": -1}.get(found[0], 0)
    return max(0, depth), _told("its last groups are not closed") if depth > 0 else ()


def cut_pdf(content: bytes) -> tuple[Diagnostic, ...]:
    """What to tell of a PDF whose end is missing: its pages were put together from what is there."""
    return () if b"%%EOF" in content[-_PDF_END:] else _told("its end (%%EOF) is missing")


def _told(sign: str) -> tuple[Diagnostic, ...]:
    message = f"the file seems cut off ({sign}), and notes may be missing; get it again"
    return (Diagnostic(Severity.WARNING, "seems-cut-off", message),)
