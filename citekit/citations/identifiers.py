"""Web addresses and identifiers: exact strings that no other rule may cut."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from citekit.citations.brackets import REMEMBERED

__all__ = ["DOCUMENT_NUMBER", "PRINTED_PAPER", "REPORT_NUMBER", "Identifier", "find_identifiers"]

_CJK_STOP = "，。；、）」』》】〕"
# Characters of a URI by RFC 3986, and letters of other scripts as browsers show them (RFC 3987). A blank, a quote,
# a closing guillemet or a full-width comma ends it; brackets count only in pairs.
_ADDRESS = re.compile(
    r"(?:https?://|ftp://|(?<![\w.])web\.archive\.org/web/(?=\d{4})|www\.)[^\s<>\"“”«»|\\^`{}" + _CJK_STOP + r"]+",
    re.IGNORECASE,
)
_RESOLVER = re.compile(r"https?://(?:dx\.|www\.)?doi\.org/(?=10\.\d{4,9}/)", re.IGNORECASE)
_TRAILING = ".,;:!?'’”»*_…"
# SICIs have angle brackets (ANSI/NISO Z39.56: "49:8<693::AID-ASI4>3.0.CO;2-O"); markup has no digits at theirs.
_DOI_NAME = r"10\.\d{4,9}/(?:[^\s\"<>“”«»" + _CJK_STOP + r"]|<\d[^\s<>]{0,60}>(?=\d))+"
_DOI = re.compile(rf"(?<![\w/.])(?:doi(?:\.org/|:)?\s?:?\s?)?(?P<doi>{_DOI_NAME})", re.IGNORECASE)
_RESOLVED = re.compile(_DOI_NAME, re.IGNORECASE)
_ISBN = re.compile(r"\bISBN(?:-1[03])?:?\s?(?P<value>(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx])\b")
_ISSN = re.compile(r"\bISSN:?\s?(?P<value>\d{4}-?\d{3}[\dXx])\b")
_PMID = re.compile(r"\bPMID:?\s?(?P<value>\d{4,9})\b")


# Report and document numbers: capitals, then groups of capitals and digits, four digits at least
# ("CIA-RDP84-01234A000100020003-4", "A/RES/61/105", "AD-A123456").
REPORT_NUMBER = re.compile(
    r"(?<![\w/])(?=[A-Z0-9/.-]*\d[A-Z0-9/.-]*\d[A-Z0-9/.-]*\d)[A-Z]{1,6}(?:[-/][A-Z0-9]{1,24}){1,8}(?![\w/])"
)

# Symbols of the United Nations ("A/RES/217(III)"), numbers of released records, British command papers, EU documents.
DOCUMENT_NUMBER = re.compile(
    r"[ACEST](?<![\w/].)(?:(?:(?<=[ASE])|(?<=S)T|(?<=C)(?:CPR|ERD|EDAW)|(?<=T)D)(?=/\S{0,60}\d)"
    r"(?:/[A-Z0-9]{1,8}(?:\.\d{1,4})?){1,5}(?:\([IVXLC]{1,6}\))?"
    r"|(?<=C)(?:IA-RDP[0-9A-Z]{5,26}(?:-\d{1,3})?|(?:m(?:n?d)?|d)\.?\s\d{2,5}|OM\(\d{4}\)\s\d{1,4}))(?![\w/])"
)


# Printed papers of German parliaments: "BT-Drs. 12/7820", "Deutscher Bundestag, Drucksache 7/3844".
PRINTED_PAPER = re.compile(
    r"(?P<kind>(?:(?:BT|BR|LT|Bundestags|Bundesrats|Landtags)-)?D(?<![^\W\d_]D)r(?:s|ucks)(?:\.|ache)"
    r"|(?:Bundestags|Bundesrats|Landtags)drucksache)\s(?:Nr\.\s)?(?P<number>\d{1,2}/\d{1,5})(?![\w/])"
)


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier in a line of words: its field name in `citekit parse`, its place and its value without blanks."""

    field: str
    start: int
    end: int
    value: str


@lru_cache(maxsize=REMEMBERED)
def find_identifiers(text: str) -> tuple[Identifier, ...]:
    """All web addresses, DOIs, ISBNs, ISSNs and PMIDs, in order, none inside another."""
    found: list[Identifier] = []
    taken = bytearray(len(text))

    def keep(field: str, start: int, end: int) -> None:
        if not taken[start]:
            taken[start:end] = b"\x01" * (end - start)
            found.append(Identifier(field, start, end, text[start:end].strip()))

    # A plain search is quicker than a pattern by far, and most texts have no identifier.
    if "://" in text or "www." in text.lower():
        for match in _ADDRESS.finditer(text):
            end = _address_end(text, *match.span())
            resolver = _RESOLVER.match(text, match.start(), end)
            if resolver is None:
                keep("URL", match.start(), end)
                continue
            name = _RESOLVED.match(text, resolver.end()) if text[match.end() : match.end() + 1] == "<" else None
            keep("DOI", resolver.end(), _address_end(text, *name.span()) if name else end)
    if "10." in text:
        for match in _DOI.finditer(text):
            keep("DOI", match.start("doi"), _address_end(text, *match.span("doi")))
    for field, pattern in (("ISBN", _ISBN), ("ISSN", _ISSN), ("PMID", _PMID)):
        if field in text:
            for match in pattern.finditer(text):
                keep(field, *match.span("value"))
    return tuple(sorted(found, key=lambda identifier: identifier.start))


def _address_end(text: str, start: int, end: int) -> int:
    """Where the address ends: closing punctuation and unpaired brackets belong to the sentence (RFC 3986, app. C)."""
    while end > start:
        last = text[end - 1]
        if last in _TRAILING or (last in ")]" and _unpaired(text, start, end, last)):
            end -= 1
        else:
            break
    return end


def _unpaired(text: str, start: int, end: int, closing: str) -> bool:
    opening = "(" if closing == ")" else "["
    return text.count(opening, start, end) < text.count(closing, start, end)
