"""Japanese citations: people, 「article」, people and their role, 『book or journal』, press, year.

"夏目漱石『こころ』岩波書店、1914年、45頁": the names stand right before the opening mark, their role (編, 訳) between
the two; the press and the year behind it, parted by 、 or in brackets (SIST 02; the notes of 史学雑誌 and 歴史学研究).
"""

from __future__ import annotations

import re

from citekit.citations.line import Line
from citekit.lexicon import words

__all__ = ["tag_japanese"]

_NAME = r"[\u3400-\u9fff\uf900-\ufaff\u3040-\u309f\u30a0-\u30ff々ヶ・、]"
_ROLE = r"(?:編著|共編|監修|編|共著|著|訳注|訳|校注|校訂)"
_ROLES = {"訳": "translator", "訳注": "translator", "監訳": "translator"} | dict.fromkeys(
    ("編", "編著", "共編", "監修", "校注", "校訂"), "editor"
)
_QUOTED = r"{0}(?P<{2}>[^{0}{1}]{{1,80}}(?:{0}[^{0}{1}]{{1,40}}{1}[^{0}{1}]{{0,80}})?){1}"
_BOOK = _QUOTED.format("『", "』", "book")
_ARTICLE = _QUOTED.format("「", "」", "article")
_CONTAINER = _QUOTED.format("『", "』", "container")
_WORK = re.compile(
    rf"(?P<people>{_NAME}{{2,40}}?)(?P<role>{_ROLE})?\s?(?:{_BOOK}"
    rf"|{_ARTICLE}(?:[、\s]?(?P<editors>{_NAME}{{2,40}}?)(?P<role2>{_ROLE}))?[、\s]?{_CONTAINER})"
)
# "『塩と都市』山田一郎訳、みすず書房、1985年": who translated or edited it, behind the book.
_BEHIND = re.compile(rf"[（(、\s]?(?P<people>{_NAME}{{2,20}}?)(?P<role>監訳|訳注|訳|校注|校訂|編)(?=[、）)])[）)]?")
_IMPRINT = re.compile(
    r"(?:[（(、]|(?=[^、（(\s\d]))\s?(?P<press>(?![第全])[^、，,（）()「」『』\d]{2,30})、(?P<year>(?:1[6-9]|20)\d{2})年(?!\d{1,2}月)"
)


def tag_japanese(line: Line) -> None:
    """Label people, titles, press and year of a citation in Japanese marks."""
    work = _WORK.match(line.text)
    if work is None or "，" in line.text or not line.free(*work.span()):
        return
    if any(word in work["people"] for word in words("short_forms", "cited") if word[0] >= "\u2e80"):
        return  # "永原慶二前掲『日本封建社会論』"
    line.label(_ROLES.get(work["role"] or "", "author"), *work.span("people"))
    if work["book"]:
        line.label("title", *work.span("book"))
    else:
        line.label("title", *work.span("article"))
        line.label("container-title", *work.span("container"))
        if work["editors"]:
            line.label(_ROLES.get(work["role2"], "editor"), *work.span("editors"))
    line.hold(*work.span())
    line.head = work.end()
    behind = _BEHIND.match(line.text, work.end())
    if behind and line.free(*behind.span()):
        line.label(_ROLES[behind["role"]], *behind.span("people"))
        line.hold(*behind.span())
        line.head = behind.end()
    imprint = _IMPRINT.match(line.text, line.head)
    if imprint and line.free(*imprint.span()):
        line.label("publisher", *imprint.span("press"))
        line.label("issued", *imprint.span("year"), strip="")
        line.hold(*imprint.span())
        line.tail = min(line.tail, imprint.start())
