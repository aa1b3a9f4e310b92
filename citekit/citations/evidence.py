"""What tells a citation from a comment: the signs that only citations have, and those that prose shares."""

from __future__ import annotations

import re
from dataclasses import dataclass

from citekit.citations.brackets import enclosures
from citekit.citations.cues import find_cues, starts_with_ibid
from citekit.citations.dates import find_dates, years
from citekit.citations.identifiers import find_identifiers
from citekit.citations.locators import find_locators
from citekit.citations.names import is_institution, is_person
from citekit.citations.places import is_place
from citekit.citations.shelfmarks import names_record, shelfmark
from citekit.lexicon import words
from citekit.model import CueKind

__all__ = ["Evidence", "evidence", "starts_citation"]

_AUTHOR_YEAR = re.compile(r"^[^\W\d_][^\d,.;:()]{1,60}?,?\s+\(?(?:1[5-9]|20)\d{2}[a-z]?\)?(?=\s*(?:[,:;.)]|$))")
_IMPRINT = re.compile(
    r"\((?:[^():]{2,60}:\s?[^()]{2,80}|[^()\d]{2,60}),?\s(?:1[4-9]|20)\d{2}[^()]{0,12}\)"  # (Place: Publisher, 1990)
    r"|[:,]\s[^,:;()]{2,60},\s(?:1[4-9]|20)\d{2}(?!\d)"  # , Publisher, 1990
    r"|\b\d{1,4}\s?(?:,\s?[^\W\d_]{1,4}\.\s?\d+)?\s\((?:[^()\d]{0,20})(?:1[4-9]|20)\d{2}\)\s?:?"  # 25, no. 3 (2016):
    r"|年"
)
_PLACE_YEAR = re.compile(
    r"[,.(\]]\s?(?P<place>[^\W\d_][^,.;:()\d]{1,40}|[^,;:()\d]{2,40})\s(?:1[4-9]|20)\d{2}(?:\d)?(?![\d])"
)
# Chicago 17, 14.23: a page number stands bare behind a comma; behind a volume, after a colon.
_BARE_LOCATOR = re.compile(r"[,:][”\"»*_’]*\s?\d{1,4}(?:\s?[-–]\s?\d{1,4})?(?:,\s\d{1,4}(?:[-–]\d{1,4})?)*$")
# A year that closes a statement: behind a comma, a bracket or a name, before punctuation; not "a 1983 study".
_CLOSED_YEAR = re.compile(r"(?:^|[\s,(:\[/–-])(?:1[4-9]|20)\d{2}[a-z]?(?=\s*(?:[),.:;\]/–-]|$))")
# A family name and a title in quotation marks or italics, and nothing else (Chicago 17, 14.30).
_SHORT_TITLE = re.compile(r"^[^\W\d_][^,“”«»\"]{1,50},\s(?:[“«\"„‘][^”»\"]+[”»\"“’]?|\*[^*]+\*)[.,]?$")
_FINITE = re.compile(
    r"\b(?:is|was|were|are|has|had|have|will|would|can|could|argues|argued|became|see[mn]s|did|does|"
    r"ist|war|waren|wird|wurde|wurden|hat|hatte|sind|kann|è|fu|sono|era|furono|aveva|ha|hanno|"
    r"est|était|sont|fut|furent|avait|ont|es|fue|son|eran|había|foi|são|était)\b"
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """How much speaks for a piece of a note being a citation.

    `strong` counts what prose does not have (an address, a labelled page, an imprint, a cue), `weak` what it may
    have (a quoted title, a year, a name at the head), `prose` finite verbs outside quotation marks.
    """

    strong: int
    weak: int
    prose: int

    @property
    def is_citation(self) -> bool:
        """Whether the signs suffice."""
        return self.strong >= 1 and self.strong * 2 + self.weak - min(self.prose, 2) >= 2


def evidence(text: str, *, emphasis: bool = False, language: str | None = None) -> Evidence:
    """Weigh a piece of a note (reading text, signals stripped)."""
    strong = weak = 0
    cues = find_cues(text)
    kinds = {match.cue.kind for match in cues}
    if starts_with_ibid(text):
        return Evidence(3, 0, 0)
    if cues and cues[0].start == 0 and cues[0].cue.kind is CueKind.CROSS_REFERENCE and len(text) > 120:
        return Evidence(0, 0, 9)  # "cited in note 2 above …" inside a comment
    if kinds & {CueKind.CITED, CueKind.CONTAINER_CITED, CueKind.TRANSLATION}:
        strong += 1
    if CueKind.CROSS_REFERENCE in kinds and cues[0].start < 30 and len(text) < 120:
        strong += 1
    strong += bool(shelfmark(text))
    identifiers = find_identifiers(text)
    strong += bool(identifiers) * 2
    locators = find_locators(text)
    strong += bool(locators)
    if (
        _IMPRINT.search(text)
        or any(is_place(match["place"].split(", ")[-1]) for match in _PLACE_YEAR.finditer(text))
        or any(
            re.search(rf"[,.]\s[^,.;]{{2,30}}\s{re.escape(word)}", text)
            for word in words("imprint", "none")
            if word[-2:-1] in "Jdг"
        )
    ):
        strong += 1
    marks = enclosures(text)
    if any(mark.quoted for mark in marks) or emphasis:
        weak += 1
        if any(mark.quoted and mark.start == 0 for mark in marks) and (years(text) or find_dates(text, language)):
            strong += 1
    if starts_citation(text):
        weak += 1
        if (
            _AUTHOR_YEAR.match(text)
            or ((_CLOSED_YEAR.search(text) or (emphasis and re.search(r"\d", text))) and len(text) < 400)
            or ((_BARE_LOCATOR.search(text.rstrip(" .")) or _SHORT_TITLE.match(text)) and len(text) < 300)
        ):
            strong += 1
    if years(text):
        weak += 1
    outside = list(text)
    for mark in marks:
        if mark.quoted:
            outside[mark.start : mark.end] = " " * (mark.end - mark.start)
    return Evidence(strong, weak, len(_FINITE.findall("".join(outside))))


def starts_citation(text: str) -> bool:
    """Whether a citation can begin with these words: a name, an address, a quoted title, an ibid."""
    if not text:
        return False
    if names_record(text):
        return True
    if starts_with_ibid(text) or (find_cues(text[:40])[:1] and find_cues(text[:40])[0].start == 0):
        return True
    if re.match(r"https?://|www\.|[“«\"„《‘]", text):
        return True
    author_year = _AUTHOR_YEAR.match(text)
    if author_year and all(
        word[0].isupper() or len(word) < 5 for word in re.findall(r"[^\W\d_]+", author_year.group())
    ):
        return True
    for match in re.finditer(r",|:|\s/|/|\s\(|\s?[“«\"„]|\.\s|\s(?:and|und|et|e|y|&|en|i|и)\s|$", text[:90]):
        head = text[: match.start()].strip()
        if not head:
            continue
        if is_person(head) or is_institution(head):
            return True
        if match.group() not in (". ", "/") and len(head.split()) > 6:
            return False
        if match.group() == "," and re.match(r"^[^\W\d_a-z][\w'’-]+(?:\s[^\W\d_a-z][\w'’-]+)?$", head):
            return not text[match.end() :].lstrip()[:1].islower() or bool(find_cues(text[match.end() :].lstrip()[:12]))
    return False
