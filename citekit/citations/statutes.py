"""Statutes by their short titles ("Human Rights Act 1998, s 6(1)"), and paragraphs counted by full stops ("para 2.4").

OSCOLA 2.4 and 3.4: the short title and the year, then section or schedule without full stops.
"""

from __future__ import annotations

import re

from citekit.citations.line import Line

__all__ = ["cites_reign", "cites_statute", "statute_division", "tag_statute"]

_STATUTE = re.compile(
    r"(?P<title>[^\W\d_a-z][\w'’-]*(?:\s(?:of|and|the|to|for|in|[^\W\d_a-z][\w'’-]*)){0,9}\s(?:Act|Order|Regulations|Measure)"
    r"(?:\s\([^\W\d_a-z][^()\d]{2,40}\))?|Statute\sof\s[^\W\d_a-z][\w’'-]+(?:\s[^\W\d_a-z][\w’'-]+)?)"
    r"\s(?P<year>1[2-9]\d{2}|20\d{2})(?:\s\(\d{1,2}\s[^()]{4,40}\bc(?:h|ap)?\.?\s\d{1,3}\))?(?=,?\s(?:ss?|reg|regs|arts?|sch|pt)\.?\s\d|\.?$)"
)
# By the year of a reign, as before 1963 (OSCOLA 2.4.4): "36 Geo. III, c. 7", "5 & 6 Will. IV c. 76".
_OF_REIGN = re.compile(
    r"(?P<title>\d{1,2}(?:\s?(?:&|and)\s?\d{1,2})?\s(?:Ric|Hen|Hy|Edw?|Phil|Eliz|Jac|Jas|Car|Chas|Wm|Will|Gul|Anne?|Geo|Vict?)\b\.?"
    r"(?:\s(?:&|and)\sM(?:ar|ary)?\b\.?)?(?:,?\s?(?:[IVX]{1,4}|\d)\b\.?)?,?\s(?:(?:st|stat|sess)\.\s?\d,?\s)?"
    r"c(?:h|ap|ape)?\.\s?(?:\d{1,3}|[ivxlc]{1,8})(?!\w))"
)
_SECTION = re.compile(
    r"[, ]\s?(?:ss?)\.?\s(?P<value>\d{1,4}[A-Z]{0,2}(?:\([a-z\d]{1,4}\)){0,4}(?:[-–]\d{1,4})?)(?=[,.;)]|$)"
)
_DIVISION = re.compile(
    r",?\s(?:ss?|regs?|arts?|sch|pt)\.?\s\d{1,4}[A-Z]{0,2}(?:\([a-z\d]{1,4}\)){0,4}(?:[-–]\d{1,4})?(?=[.;)]|$)"
)
_PARAGRAPH = re.compile(
    r"[Pp](?<![^\W\d_].)ara(?:s|graphs?)?\.?\s(?P<value>\d{1,4}(?:\.\d{1,4}){1,4}(?:[-–]\d{1,4}(?:\.\d{1,4}){0,4})?)(?=[,;)]|\.?$)"
)

# OSCOLA 2.4, 3.2.3, 3.4.3: a division without a full stop, behind an ibid., a bracket, or a page ("ibid s 4",
# "(OUP 2001) ch 4", "[1990] ECR 123, para 12").
_PINPOINT = re.compile(
    r"(?:(?:(?<=[)\]])|(?<=[Ii]bid)|(?<=[Ii]bid\.)),?\s(?P<label>ss?|chs?|paras?|arts?|regs?|cls?|pts?|schs?|cols?)"
    r"|(?<=\d),\s(?P<behind>paras?|cols?))\s"
    r"(?P<value>\d{1,4}[A-Z]{0,2}(?:\.\d{1,3}){0,3}(?:\([a-z\d]{1,4}\)){0,4}(?:[-–]\d{1,4})?)(?=[,.;)]|$)"
)
_TERMS = {
    "s": "section", "ch": "chapter", "para": "paragraph", "art": "article-locator", "reg": "rule", "cl": "section",
    "pt": "part", "sch": "appendix", "col": "column",
}  # fmt: skip

_LONGEST_LABEL, _LONGEST_VALUE = 16, 60  # characters, so that each locator of a long line is looked at alone


def cites_statute(text: str) -> bool:
    """Whether a citation begins with a statute and a division of it: "Equality Act 2010 s 4", "36 Geo. III, c. 7"."""
    if cites_reign(text):
        return True
    statute = _STATUTE.match(text)
    return statute is not None and _DIVISION.match(text, statute.end()) is not None


def cites_reign(text: str) -> bool:
    """Whether words begin with a statute by the year of a reign: "36 Geo. III, c. 7"."""
    return _OF_REIGN.match(text) is not None


def tag_statute(line: Line) -> None:
    """Label title, year and section of a statute, and a paragraph with its parts anywhere behind the head."""
    statute = _STATUTE.match(line.text) or _OF_REIGN.match(line.text)
    if statute and line.free(*statute.span()):
        line.label("title", *statute.span("title"), strip="")
        if statute.re is _STATUTE:
            line.label("issued", *statute.span("year"), strip="")
            line.hold(statute.end("year"), statute.end())
        line.head = statute.end()
        section = _SECTION.match(line.text, statute.end())
        if section:
            line.label("locator", *section.span("value"), strip="")
            line.hold(section.start(), section.start("value"))
    for match in (*_PINPOINT.finditer(line.text), *_PARAGRAPH.finditer(line.text)):
        if match.start() and line.free(*match.span()) and not line.quoted(match.start()):
            line.label("locator", *match.span("value"), strip="")
            line.hold(match.start(), match.start("value"))


def statute_division(text: str, start: int) -> str | None:
    """The CSL term of a locator labelled here whose value begins at `start`; None for any other."""
    statute = _STATUTE.match(text) or _OF_REIGN.match(text)
    section = _SECTION.match(text, statute.end()) if statute else None
    if section and section.start("value") == start:
        return "section"
    near = max(0, start - _LONGEST_LABEL), start + _LONGEST_VALUE
    pinpoint = next((match for match in _PINPOINT.finditer(text, *near) if match.start("value") == start), None)
    if pinpoint:
        label = pinpoint["label"] or pinpoint["behind"]
        return _TERMS[label] if label in _TERMS else _TERMS[label.removesuffix("s")]
    return "paragraph" if any(match.start("value") == start for match in _PARAGRAPH.finditer(text, *near)) else None
