"""What tells a citation from a comment: the signs that only citations have, and those that prose shares."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from citekit.citations.acts import find_act
from citekit.citations.antiquity import ancient_source
from citekit.citations.brackets import REMEMBERED, Enclosure, enclosures
from citekit.citations.canonical import passage
from citekit.citations.cues import CueMatch, find_cues, note_reference_pattern, starts_with_ibid
from citekit.citations.dates import find_dates, years
from citekit.citations.decisions import find_decision
from citekit.citations.entry_words import entry_under_word
from citekit.citations.films import cites_film
from citekit.citations.identifiers import DOCUMENT_NUMBER, find_identifiers
from citekit.citations.interviews import begins_with_interview
from citekit.citations.introductions import cites_introduction
from citekit.citations.letters import letter_at_head
from citekit.citations.locators import find_locators
from citekit.citations.newspapers import find_newspaper
from citekit.citations.numbered_works import is_numbered_work
from citekit.citations.official import names_series
from citekit.citations.old_dates import roman_years
from citekit.citations.places import is_place
from citekit.citations.prose import sentence_words
from citekit.citations.reports import find_report, find_treaty
from citekit.citations.shelfmarks import called_up, kept_in, shelfmark
from citekit.citations.starts import AUTHOR_YEAR, starts_citation
from citekit.citations.statutes import cites_statute
from citekit.citations.tag_arabic import find_arabic
from citekit.citations.yearless import says_forthcoming
from citekit.lexicon import Opening, alternation, opening, words
from citekit.model import CueKind

__all__ = ["Evidence", "evidence", "prose"]

_IMPRINT = re.compile(
    r"\((?:[^():]{2,60}:\s?[^()]{2,80}|[^()\d]{2,60}),?\s(?:1[4-9]|20)\d{2}[^()]{0,12}\)"  # (Place: Publisher, 1990)
    r"|[:,]\s[^,:;()]{2,60},\s(?:1[4-9]|20)\d{2}(?!\d)"  # , Publisher, 1990
    r"|\b\d{1,4}\s?(?:,\s?[^\W\d_]{1,4}\.\s?\d+)?\s\((?:[^()\d]{0,20})(?:1[4-9]|20)\d{2}\)\s?:?"  # 31, no. 2 (1988):
    r"|:\s[^\W\d_a-z][^,:;()\d]{1,40}\s[²-³¹⁴-⁹]?(?:1[4-9]|20)\d{2}(?!\d)"  # Place: Publisher 1990
    r"|年"
)
_PLACE_YEAR = re.compile(
    r"[,.(\]]\s?(?P<place>[^\W\d_][^,.;:()\d]{1,40}|[^,;:()\d]{2,40})\s[²-³¹⁴-⁹]?(?:1[4-9]|20)\d{2}(?:\d)?(?![\d])"
)
# Chicago 17, 14.23: a page number stands bare behind a comma; behind a volume, after a colon.
_BARE_LOCATOR = re.compile(
    r"[,:][”\"»*_’]*\s?\d{1,4}(?:\s?[-–]\s?\d{1,4})?(?:\s?nn?\.?\s?\d{1,3})?"
    r"(?:,?\s(?:(?:and|und|et|e|y|i|и|&)\s)?\d{1,4}(?:[-–]\d{1,4})?){0,9}(?:,?\s(?:and\s|et\s)?passim)?$|,\s\*?passim\*?$"
)
# "Macaulay, Essays, ii. 315", "Rymer, Fœdera, x. 358": volume and page in English printing before 1900.
_OLD_VOLUME_PAGE = re.compile(r"[,.)]\s(?:[ivxl]{1,7}|[IVXL]{1,7})\.\s\d{1,4}(?:[-–]\d{1,4})?(?:,\s\d{1,4})?$")
# "〈碑記〉，蘇州市檔案館藏": a document by its title, and the archive that holds it.
_HELD = re.compile(r"[》〉』」”][^。；;]{0,40}[館馆院局庫库](?:所|收)?藏(?=[，,。、；;]|$)")
# A year that closes a statement: behind a comma, a bracket or a name, before punctuation; not "a 1962 essay". German
# practice raises the number of the edition before it ("Berlin ²1999").
_CLOSED_YEAR = re.compile(r"(?:^|[\s,(:\[/–-])[²-³¹⁴-⁹]?(?:1[4-9]|20)\d{2}[a-z]?(?=\s?(?:[),.:;(\]/–-]|$))")
# A family name and a title in quotation marks or italics, and nothing else (Chicago 17, 14.30).
_SHORT_TITLE = re.compile(r"^[^\W\d_][^,“”«»\"]{1,50},\s(?:[“«\"„‘'][^”»\"]+[”»\"“’']?|\*[^*]+\*)[.,]?$")


# "Sun Fo (1891-1973), the son of …": who somebody was.
_LIFE_DATES = re.compile(
    r"[^,.;:“«(]{2,50}\s\((?:\*|b\.|ca?\.)?\s?\d{4}\s?[-–—]\s?(?:\d{2,4})?\)(?:,\s|\s)(?=[^\W\d_A-Z])"
)


@cache
def _remark() -> Opening:
    """ "infra, p. 45", "above, chapter 4": where the text itself says more (Chicago 17, 14.31), no work."""
    listed = words("short_forms", "remark")
    return opening(rf"{alternation(listed)}(?![^\W\d_])(?!\s?,?\s?n)", listed, flags=re.IGNORECASE)


@cache
def _entry() -> Opening:
    """A work of reference and the title of its entry (Chicago 17, 14.232)."""
    listed = words("roles", "reference_work")
    return opening(rf"{alternation(listed)}[^,.“”«»\"]{{0,40}}[,.]\s[“«\"„]", listed)


@cache
def _no_imprint() -> re.Pattern[str]:
    """ "…, s.d.", ". [Paris], o. J.": what an imprint says in place of a year."""
    said = alternation(word for word in words("imprint", "none") if word[-2:-1] in "Jdг")
    return re.compile(rf"[,.]\s[^,.;]{{2,30}}\s{said}")


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


_NO_CITATION = 9  # verbs: more than any sign of a citation outweighs
_DAY = 10  # characters of an EDTF date with its day
# Behind the date of a periodical: its number and page.
_BEHIND_DATE = re.compile(r"(?:,\s(?:n[°ºo.]|no\.|[Nn]r\.)\s?\d{1,6})?(?:,\spp?\.\s?\d[\d\s,–-]{0,20})?\.?")
_BEFORE_DATE = re.compile(
    r"(?P<name>[^\W\d_a-z][^.;:()“”«»\"\d]{2,60}?)(?:,\s?(?:n[°ºo.]|no\.|[Nn]r\.)\s?\d{1,6})?(?:,|\sdu|\svom|\sdel)?\s(?:le\s)?"
)

# ", in «Il Secolo», 14 luglio 1889": an article of a newspaper, of which the day says enough.
_IN_PERIODICAL = re.compile(
    r",\s(?:in|dans|en|em|w)\s[«“„\"‘][^«»“”„\"]{3,60}[»”“\"’],?\s(?:del\s|du\s|vom\s|le\s|z\s)?"
)


def _is_in_issue(text: str, language: str | None) -> bool:
    """Whether an article of a periodical is cited by its day, at the end (Chicago 17, 14.191)."""
    named = _IN_PERIODICAL.search(text)
    return named is not None and any(
        date.start == named.end() and len(date.edtf) == _DAY and _BEHIND_DATE.fullmatch(text, date.end)
        for date in find_dates(text, language)
    )


def _is_issue(text: str, language: str | None) -> bool:
    """ "Le Temps, 4 mai 1903", "The Times, 4 May 1903, p. 5": a newspaper and its day (Chicago 17, 14.191)."""
    if len(text) > 160:
        return False
    for date in find_dates(text, language)[:1]:
        before = _BEFORE_DATE.fullmatch(text, 0, date.start)
        return (
            before is not None
            and len(before["name"].split()) <= 8
            and not sentence_words(before["name"])
            and _BEHIND_DATE.fullmatch(text, date.end) is not None
        )
    return False


_PAGE_ALONE = re.compile(r"\.?(?:,?\s(?:at\s)?(?:[^\W\d_]{1,4}\.\s?)?\d[\d\s,–-]{0,20})?\.?")


def _only_person_before(text: str, cues: tuple[CueMatch, ...]) -> bool:
    """ "Id.", "Id. at 255": in law the authority cited just before (Bluebook 4.1; Chicago 17, 14.35)."""
    return bool(
        cues
        and cues[0].start == 0
        and cues[0].cue.kind is CueKind.IDEM
        and cues[0].cue.text[:1] not in "—–―_-"
        and _PAGE_ALONE.fullmatch(text, cues[0].end)
    )


@lru_cache(maxsize=REMEMBERED)
def evidence(text: str, *, emphasis: bool = False, language: str | None = None) -> Evidence:
    """Weigh a piece of a note (reading text, signals stripped)."""
    strong = weak = 0
    cues = find_cues(text)
    kinds = {match.cue.kind for match in cues}
    if starts_with_ibid(text):
        return Evidence(3, 0, 0)
    if _only_person_before(text, cues):
        return Evidence(3, 0, 0)
    if _is_remark(text):
        return Evidence(0, 0, _NO_CITATION)
    if cues and cues[0].start == 0 and cues[0].cue.kind is CueKind.CROSS_REFERENCE and len(text) > 120:
        return Evidence(0, 0, _NO_CITATION)  # "note 4 above, where …" inside a comment
    if kinds & {CueKind.CITED, CueKind.CONTAINER_CITED, CueKind.TRANSLATION}:
        strong += 1
    if CueKind.CROSS_REFERENCE in kinds and cues[0].start < 30 and len(text) < 120:
        strong += 1
    strong += bool(shelfmark(text) or called_up(text) or kept_in(text, language)) + bool(_entry().match(text))
    strong += 2 * (entry_under_word(text) is not None)
    strong += bool(find_report(text) or find_treaty(text) or DOCUMENT_NUMBER.search(text))
    strong += 2 * bool(ancient_source(text) or passage(text) or find_decision(text, language) or find_arabic(text))
    strong += 2 * (cites_statute(text) or find_act(text, language) is not None)
    strong += 2 * (cites_film(text) or is_numbered_work(text)) + says_forthcoming(text)
    identifiers = find_identifiers(text)
    strong += bool(identifiers) * 2
    locators = find_locators(text)
    strong += bool(locators)
    if (
        _IMPRINT.search(text)
        or any(is_place(match["place"].split(", ")[-1]) for match in _PLACE_YEAR.finditer(text))
        or _no_imprint().search(text)
    ):
        strong += 1
    quoted = [mark for mark in enclosures(text) if mark.quoted]
    if quoted or emphasis:
        weak += 1
        if quoted and quoted[0].start == 0 and (years(text) or find_dates(text, language)):
            strong += 1
    if starts_citation(text):
        weak += 1
        if (
            AUTHOR_YEAR.match(text)
            or ((_CLOSED_YEAR.search(text) or (emphasis and re.search(r"\d", text))) and len(text) < 400)
            or (_OLD_VOLUME_PAGE.search(text.rstrip(" .")) and len(text) < 160)
            or cites_introduction(text)
            or ((_BARE_LOCATOR.search(text.rstrip(" .")) or _SHORT_TITLE.match(text)) and len(text) < 300)
        ):
            strong += 1
    if _is_issue(text, language) or find_newspaper(text, language) or _is_in_issue(text, language):
        strong, weak = strong + 1, weak + 1
    if years(text):
        weak += 1
    strong += bool(names_series(text)) + bool(_HELD.search(text))
    strong += bool(roman_years(text)) + bool(letter_at_head(text, language))
    strong += begins_with_interview(text) and bool(years(text) or find_dates(text, language))
    return Evidence(strong, weak, sentence_words(_without(text, quoted) if quoted else text))


def prose(text: str) -> int:
    """The `prose` of the evidence alone, for words that lead to no other citation."""
    if _is_remark(text):
        return _NO_CITATION
    quoted = [mark for mark in enclosures(text) if mark.quoted]
    return sentence_words(_without(text, quoted) if quoted else text)


def _is_remark(text: str) -> bool:
    """Whether the words point to the text itself, or say who somebody was."""
    if _remark().match(text) and not note_reference_pattern().match(text):
        return True
    return _LIFE_DATES.match(text) is not None and not find_identifiers(text) and not find_locators(text)


def _without(text: str, marks: Sequence[Enclosure]) -> str:
    """The text with blanks in place of what is enclosed."""
    outside = list(text)
    for mark in marks:
        outside[mark.start : mark.end] = " " * (mark.end - mark.start)
    return "".join(outside)
