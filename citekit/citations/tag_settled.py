"""Parts of a citation that a printed convention settles by itself, whatever stands around them.

A source of antiquity, an author in the genitive, a newspaper and its day, an entry of a work of reference, a series in
quotation marks, the nationality before a Chinese name.
"""

from __future__ import annotations

import re
from functools import cache

from citekit.citations.acts import tag_act
from citekit.citations.antiquity import ancient_source
from citekit.citations.bare_volumes import tag_bare_volume
from citekit.citations.bracketed_pages import tag_page_in_bracket
from citekit.citations.canonical import passage
from citekit.citations.dates import find_dates
from citekit.citations.edition_figures import tag_raised_editions
from citekit.citations.exhibitions import tag_exhibition
from citekit.citations.films import tag_film, tag_medium
from citekit.citations.line import Line
from citekit.citations.lines_and_years import tag_annal, tag_illustration, tag_verse
from citekit.citations.locators import find_locators
from citekit.citations.newspapers import find_newspaper, tag_day_apart
from citekit.citations.numbered_series import tag_numbered_series
from citekit.citations.numbered_works import tag_numbered_work
from citekit.citations.official import tag_official
from citekit.citations.old_dates import roman_years
from citekit.citations.places import is_place
from citekit.citations.reprints import tag_original_year
from citekit.citations.statutes import tag_statute
from citekit.citations.tag_journal import tag_issue_behind_year, tag_journal_of_article, tag_quoted_journal
from citekit.citations.told_series import tag_told_series
from citekit.citations.unplaced import tag_unplaced
from citekit.citations.yearless import tag_forthcoming
from citekit.lexicon import Sought, alternation, sought, words

__all__ = ["tag_settled"]

_DAY = 10  # characters of an EDTF date with its day
_NAMES_OF_PERIODICALS = "«《『„〈"  # “ ” and ‘ ’ are for titles of articles
# The page of a newspaper in East Asia: "第2版", "朝刊2面".
_PAGE_OF_PAPER = re.compile(r"[，,、\s]{0,2}(?:朝刊|夕刊)?[，,、]?\s?第?(?P<page>\d{1,3})\s?(?:版|面|면)")
_SITE_AND_DAY = re.compile(r"\s(?<=[’'”\"]\s)\((?P<site>[^\W\d_a-z][^(),\d]{2,60}),\s[^()]{6,24}\)")
_NATIONALITY = re.compile(r"[\[［〔（(]\s?[\u3400-\u9fff]{1,4}\s?[\]］〕）)]\s?(?=[\u3400-\u9fff])")
# ABNT NBR 6023, 7.2: "2003. 210 f. Dissertação (Mestrado em História) – Universidade Federal, Belo Horizonte, 2003".
_BRAZILIAN_GENRES = ("Tese", "Dissertação", "Monografia", "Trabalho")
_BRAZILIAN_THESIS = sought(
    rf"(?:(?P<leaves>\d{{1,4}})\s(?:f|fls|p)\.\s)?(?P<genre>{alternation(_BRAZILIAN_GENRES)}\s\([^()]{{4,80}}\))\s?[-–—]\s?"
    r"(?P<school>[^,.;()\d]{4,100}?)(?:,\s(?P<place>[^,.;()\d]{3,40}))?(?:,\s(?P<year>(?:19|20)\d{2}))?\.?$",
    _BRAZILIAN_GENRES,
)
_SCALE = re.compile(r"(?<!\d)1\s?:\s?\d{1,3}(?:[.,’'\s]?000){1,2}(?!\d)")  # of a map: no volume, no page
_EDITION_OF_YEAR = re.compile(r"e(?<=,\se)dit?\.\s(?=1[5-9]\d\d)")
_VOLUME_AND_ISSUE = re.compile(
    r"[cC](?<![^\W\d_].)\.\s?(?P<volume>\d{1,3}|[IVXLC]{1,7}),\s?(?:[sS]y\.|[sS]ayı:?|[sS]\.)\s?(?P<issue>\d{1,4}(?:[-–/]\d{1,4})?)(?=,|\s\()"
)

_TWO_TOWNS = re.compile(
    r"(?<=[.,/)]\s)(?P<one>[^\W\d_][^.,:;()\d]{0,24}\.?)\s?;\s?(?P<two>[^\W\d_][^.,:;()\d]{0,24}\.?)(?=\s?[:,]\s)"
)


def tag_settled(line: Line) -> None:
    """Label what a convention settles."""
    _ancient(line)
    tag_film(line)
    tag_medium(line)
    tag_exhibition(line)
    tag_numbered_work(line)
    tag_verse(line)
    tag_annal(line)
    tag_illustration(line)
    tag_statute(line)
    tag_act(line)
    tag_forthcoming(line)
    _author_year_page(line)
    tag_official(line)
    _nationality(line)
    _genitive(line)
    _day_of_newspaper(line)
    tag_day_apart(line)
    tag_quoted_journal(line)
    tag_issue_behind_year(line)
    tag_page_in_bracket(line)
    tag_journal_of_article(line)
    _entry(line)
    _hebrew_year(line)
    _old_imprint(line)
    tag_raised_editions(line)
    tag_original_year(line)
    tag_bare_volume(line)
    tag_unplaced(line)
    _page_of_site(line)
    _thesis(line)
    _two_towns(line)
    _town_and_year(line)
    tag_told_series(line)
    tag_numbered_series(line)
    for match in _volume_in_words().finditer(line.text):
        if match.start() and line.free(*match.span()) and not line.quoted(match.start()):
            line.label("volume", *match.span("behind" if match["behind"] else "before"))
            line.hold(*match.span())
    for match in _SCALE.finditer(line.text):
        line.hold(*match.span())
    for match in _EDITION_OF_YEAR.finditer(line.text):
        line.hold(*match.span())  # "p. 602, edit. 1637"
    for match in _VOLUME_AND_ISSUE.finditer(line.text):  # Turkish "cilt" and "sayı"
        if line.free(*match.span()) and not line.quoted(match.start()):
            line.label("volume", *match.span("volume"))
            line.label("issue", *match.span("issue"))
            line.hold(*match.span())


def _ancient(line: Line) -> None:
    """Author, title and place of a source that is cited by book and chapter."""
    divided = passage(line.text)
    if divided and line.free(0, divided.end):
        line.label("title", *divided.title, strip=" ,")
        line.label("locator", *divided.place, strip=" ")
        line.hold(0, divided.end)
        return
    found = ancient_source(line.text)
    if found is None or not line.free(0, found.locator[1]):
        return
    for name, span in (
        ("author", found.author),
        ("title", found.title),
        ("volume", found.volume),
        ("locator", found.locator),
    ):
        if span:
            line.label(name, *span, strip=" ,")
    line.hold(0, found.locator[1])


def _nationality(line: Line) -> None:
    """ "[法]布罗代尔": the country stands before a foreigner's name (GB/T 7714-2015, 8.1)."""
    match = _NATIONALITY.match(line.text)
    if match:
        line.hold(*match.span())


@cache
def _volume_in_words() -> Sought:
    """ ", volume the second,", ", tome premier,", ". Díl první,": between two marks, which volume."""
    label = alternation(words("volumes", "volume"))
    ordinals = words("numbering", "ordinal-of-volume")
    said = alternation(ordinals)
    return sought(
        rf"(?<=[,.;]\s)(?:(?i:{label})\s(?:the\s)?(?P<behind>{said})|(?P<before>{said})\s(?i:{label}))(?=[,.;]|\s\(|\s?$)",
        ordinals,
    )


@cache
def _possessor() -> re.Pattern[str]:
    works = alternation(words("names", "possessed"))
    nobody = alternation(words("names", "no_possessor"))
    return re.compile(
        rf"(?!{nobody}['’])(?P<author>[^\W\d_a-z][^\W\d_]+(?:\s[^\W\d_a-z][^\W\d_]+)?)['’]s?\s(?={works}(?![^\W\d_]))"
    )


_LOCATED = re.compile(r"\d|[,.]\s[ivxl]{1,7}\.")


def _genitive(line: Line) -> None:
    """ "Robertson's Hist. of Scotland": English printing before 1900 names the author so."""
    match = _possessor().match(line.text)
    if match and line.free(*match.span()) and _LOCATED.search(line.text, match.end()):
        line.label("author", *match.span("author"))
        line.hold(*match.span())


@cache
def _before_day() -> re.Pattern[str]:
    number = alternation(words("volumes", "issue"))
    return re.compile(rf"[,.]?\s?(?:(?i:{number})\s?(?P<issue>\d{{1,6}}),?\s?)?(?:z|del|du|vom|de|dell[’']|от)?\s?$")


def _day_of_newspaper(line: Line) -> None:
    """ "«Corriere della Sera», 12 maggio 1920": a name in marks and its day are a newspaper (Chicago 17, 14.191)."""
    mark = next((mark for mark in line.marks if mark.start == 0 and mark.opening in _NAMES_OF_PERIODICALS), None)
    if mark is None:
        _plain_newspaper(line)
        return
    if not line.free(0, mark.end):
        return
    date = next(iter(find_dates(line.text, line.language)), None)
    if date is None or len(date.edtf) != _DAY or date.start < mark.end:
        return
    between = _before_day().fullmatch(line.text, mark.end, date.start)
    if between is None:
        return
    line.label("container-title", *mark.inner)
    if between["issue"]:
        line.label("issue", *between.span("issue"))
    line.hold(mark.end, date.start)
    line.label("issued", date.start, date.end, strip="")
    page = _PAGE_OF_PAPER.match(line.text, date.end)
    if page:
        line.label("locator", *page.span("page"))
        line.hold(*page.span())


def _plain_newspaper(line: Line) -> None:
    """ "La Gazette de Lausanne, 4 août 1914, p. 2": a name with a newspaper's word, its day, and nothing else."""
    found = find_newspaper(line.text, line.language)
    if found and line.free(0, found.day[1]):
        line.label("container-title", *found.name)
        if found.town:
            line.label("publisher-place", *found.town)
        line.hold(0, found.day[0])
        line.label("issued", *found.day, strip="")


# Years and volumes in Hebrew letters: "ציון נא (תשמ"ו)", "תל אביב, תשכ"ח".
_FIFTH_MILLENNIUM = "ת"  # with it the years since 1639 begin
_HEBREW_YEAR = re.compile(r"(?<=[(,\s])(?P<year>ת[א-ת]{1,3}[\"״][א-ת])(?=[),.\s]|$)")
_HEBREW_PLACE = re.compile(r"[,.]\s(?P<place>[א-ת][א-ת\s־-]{2,20}),?\s\Z")
_HEBREW_VOLUME = re.compile(r"(?<=[א-ת,*])\s(?P<volume>[א-ת]{1,3}(?:[\"״][א-ת])?)\s\($")


def _hebrew_year(line: Line) -> None:
    match = _HEBREW_YEAR.search(line.text) if _FIFTH_MILLENNIUM in line.text else None
    if match is None or not line.free(*match.span("year")) or line.quoted(match.start()):
        return
    line.label("issued", *match.span("year"), strip="")
    place = _HEBREW_PLACE.search(line.text, 0, match.start())
    if place and is_place(place["place"]) and line.free(*place.span()):
        line.label("publisher-place", *place.span("place"))
        line.tail = min(line.tail, place.start())
    volume = _HEBREW_VOLUME.search(line.text, 0, match.start())
    if volume and line.free(*volume.span("volume")):
        line.label("volume", *volume.span("volume"))


_EDGE_BEFORE = re.compile(r"[,.;:\[(]\s?(?P<place>[^,.;:\[\]()]{3,40}?),?\]?\s\Z")


def _old_imprint(line: Line) -> None:
    """ "Amsterdam, M.DCC.LXII.": a place and the year of an old print's title page (DCRM(B) 4B, 4D2)."""
    for year in roman_years(line.text)[-1:]:
        chunk = _EDGE_BEFORE.search(line.text, max(0, year.start - 50), year.start)
        if chunk and is_place(chunk["place"]) and line.free(chunk.start(), year.end) and not line.quoted(year.start):
            line.label("publisher-place", *chunk.span("place"))
            line.label("issued", year.start, year.end, strip="")
            line.hold(chunk.start("place"), year.end)
            line.tail = min(line.tail, chunk.start("place"))


@cache
def _article_of() -> re.Pattern[str]:
    """ "Art. »Elegie«": the word says that the title is an entry's; "s.v. Medici, Cosimo de’" behind the work."""
    return re.compile(r"(?:[Aa]rt\.|Artikel|Stichwort|Lemma|[Ss]\.\s?v\.|[Ss]\.\s?u\.|[Vv]oce)\s(?=[„“«»\"‘])")


def _entry(line: Line) -> None:
    match = _article_of().match(line.text)
    if match and line.free(*match.span()):
        line.hold(*match.span())


_TOWN_AND_YEAR = re.compile(
    r"[^\W\d_a-z][\w'’-]+,\s(?P<title>(?P<town>[^\W\d_a-z][^\W\d_]+(?:\s[^\W\d_a-z][^\W\d_]+)?)\s1[0-9]\d{2})(?=,\s(?P<at>[^,;()]{2,40})$)"
)


def _two_towns(line: Line) -> None:
    """ "М.; Л.: Наука, 1959": two known towns of one imprint, parted by a semicolon (GOST 7.1)."""
    for match in _TWO_TOWNS.finditer(line.text) if ";" in line.text else ():
        if is_place(match["one"]) and is_place(match["two"]) and line.free(*match.span()):
            line.label("publisher-place", *match.span(), strip=" ")


def _town_and_year(line: Line) -> None:
    """ "Blum, Prag 1848, S. 140": behind a family name alone a short title, for an imprint needs a work before it."""
    match = _TOWN_AND_YEAR.match(line.text)
    if match is None or not is_place(match["town"]) or not line.free(*match.span("title")):
        return
    located = find_locators(match["at"])
    if located and located[0].start == 0 and located[0].end >= len(match["at"].rstrip(" .")):
        line.label("author", 0, match.start("title"))
        line.label("title", *match.span("title"), strip="")
        line.head = match.end("title")


_AUTHOR_YEAR_PAGE = re.compile(
    r"[^\W\d_a-z][^\d,.;:()]{1,60}?\s\((?:1[5-9]|20)\d{2}[a-z]?(?::\s?|,\s)(?P<page>\d{1,4}(?:[-–]\d{1,4})?(?:ff?\.?)?)\)$"
)


def _author_year_page(line: Line) -> None:
    """ "Sen (1981b: 433)": names, and in a bracket the year and the page (Chicago 17, 15.23; Harvard)."""
    match = _AUTHOR_YEAR_PAGE.match(line.text)
    if match and line.free(*match.span("page")):
        line.label("locator", *match.span("page"))


def _thesis(line: Line) -> None:
    match = _BRAZILIAN_THESIS.search(line.text)
    if match is None or not line.free(*match.span()):
        return
    fields = (("genre", "genre"), ("publisher", "school"), ("publisher-place", "place"), ("issued", "year"))
    for name, group in fields:
        if match[group]:
            line.label(name, *match.span(group))
    line.hold(*match.span())


def _page_of_site(line: Line) -> None:
    """ "‘Virtual Friend’ (Naked Law, 1 May 2009)": the blog and the day in brackets behind the title (OSCOLA 3.4.8)."""
    for match in _SITE_AND_DAY.finditer(line.text):
        date = next(iter(find_dates(line.text[match.end("site") : match.end()], line.language)), None)
        if date and not is_place(match["site"]) and line.free(*match.span()):
            start = match.end("site")
            line.label("container-title", *match.span("site"))
            line.label("issued", start + date.start, start + date.end, strip="")
            line.hold(match.start() + 1, match.end())
