"""The numbers of a journal, and bare pages: "31, no. 2 (1988): 41–58", "17, 1962", "2:90", "I, 234"."""

from __future__ import annotations

import re
from functools import cache

from citekit.citations.line import Line
from citekit.citations.locators import range_pattern
from citekit.citations.name_runs import names_from
from citekit.citations.names import is_given_name
from citekit.citations.places import is_place
from citekit.citations.roles import newspaper
from citekit.lexicon import alternation, words

__all__ = [
    "label_journal_numbers",
    "label_numbered_year",
    "label_pages_behind",
    "tag_issue_behind_year",
    "tag_journal_of_article",
    "tag_quoted_journal",
]

# GB/T 7714-2015, 8.8: "历史研究, 1998, 12(2): 33-45".
_NUMBERED_YEAR = re.compile(
    rf"(?P<journal>[^,，.。\]]{{2,60}})[,，]\s?(?P<year>(?:19|20)\d{{2}})(?:[,，]\s?(?P<volume>\d{{1,4}}))?"
    rf"\s?[(（](?P<issue>\d{{1,3}}(?:[-/]\d{{1,3}})?)[)）]\s?[:：]\s?(?P<page>{range_pattern()})\.?$"
)
_ISSUE_OF_YEAR = re.compile(
    r"[,，.。]\s?(?:19|20)\d{2}\s?[(（](?P<issue>\d{1,3}(?:[-–/]\d{1,3})?)[)）]\s?[:：]\s?\d{1,4}(?=[-–—~～]\d|[.。]?\s?\Z)"
)
_ISSUE_AND_PAGE = re.compile(r"\d[)）]\s?[:：]")  # how it closes, which few citations have
_JOURNAL_NUMBERS = re.compile(
    r"(?<![\w(])(?P<volume>[IVXLC]{1,7}|\d{1,4}(?:[-–/]\d{1,4})?)\s?"
    r"(?:\(\s?(?P<issue>\d{1,3}(?:[-–/]\d{1,3})?)\s?\)|[./](?P<issue2>\d{1,3}(?:[-–/]\d{1,3})?))?(?=\s?(?:,|\(|:|;))"
)

# Before the year in brackets: "Scandia 55", "Past & Present, 33", "29–30"; a Roman number behind a comma, or behind the
# journal of an article in quotation marks ("“Salt”, History Today VII").
_CLOSING_VOLUME = re.compile(
    r"(?<![\w(,] )(?<=[^\W\d_»”\"*])"
    r"(?:,?\s(?P<volume>\d{1,4}|\d{1,3}[-–/·]\d{1,3})|(?P<apart>,)?\s(?P<roman>[IVXLC]{1,7}))\s?,?\s?$"
)
# Behind a journal in quotation marks: "«Nuova Antologia», CLXX (1934)", "«Критика», n.s., IV, 2 (1900)".
_NUMBERS_AND_YEAR = re.compile(
    r",?\s(?:(?:[^\W\d_]{1,5}\.\s?){1,2}(?:[IVX]{1,4}|\d{1,2})?,\s)?(?P<volume>[IVXLC]{1,8}|\d{1,4}(?:[-–/]\d{1,4})?)"
    r"(?:,\s(?:[^\W\d_]{1,4}\.\s?)?(?P<issue>\d{1,3}(?:[-–/]\d{1,3})?))?\s(?=\((?:1[5-9]|20)\d{2}(?:[-–/]\d{2,4})?\))"
)
# "García (en prensa): " and "Roth (1999), ", then an article in quotation marks, ", Hispania, 84" and nothing more.
_NAMES_AND_DATE = re.compile(
    r"(?P<names>[^\W\d_][^()\d“”„«»\"]{1,120})\s\((?:(?:1[5-9]|20)\d{2}[a-z]?|[^()\d]{3,25})\)[:.,]?\s"
)
_JOURNAL_AND_VOLUME = re.compile(r"[.,]?\s(?P<journal>[^\W\d_a-z][^,;:.()\d]{2,80}?),?\s(?P<volume>\d{1,3})\.?\Z")
_VOLUME_COLON = re.compile(
    rf"(?:^|[,;.)\]]\s?|\s)(?P<volume>\d{{1,3}}|[IVX]{{1,6}})\s?:\s?(?P<value>{range_pattern()})\s?$"
)
# Of a foreword, behind an imprint: "(London: Routledge, 1961), xiv–xvi".
_ROMAN_PAGES = re.compile(r"[ivxlc]{2,8}(?:[-–][ivxlc]{1,8})?")
_ROMAN_VOLUME = re.compile(rf"[,)]\s(?P<volume>[IVX]{{1,5}}),\s(?P<value>{range_pattern()})$")  # MHRA 11.2: "I, 234"
# "Macaulay, Essays, ii. 315": English printing of the eighteenth and nineteenth centuries.
_SMALL_ROMAN_VOLUME = re.compile(
    rf"(?<=[,.)])\s(?P<volume>[ivxl]{{1,7}}|[IVXL]{{1,7}})\.\s(?P<value>{range_pattern()})$"
)
# "Giesebrecht, Kaiserzeit I, 340": German historians, without an imprint; "Karl V, 340" is an emperor.
_VOLUME_OF_TITLE = re.compile(rf"(?<=[^\W\d_]{{4}})\s(?P<volume>[IVX]{{1,5}}),\s(?P<value>{range_pattern()})$")


def _is_rulers(text: str, place: int, number: str) -> bool:
    """ "Política y hacienda de Felipe IV, Madrid, 1960": a Roman number behind a name that rulers and popes bear."""
    said = text[:place].split()
    if not said or not number.isalpha():
        return False
    word = said[-1].strip("“”«»\"'’(").casefold()
    return word in _rulers() or word.removesuffix("s") in _rulers()


@cache
def _rulers() -> frozenset[str]:
    return frozenset(name.casefold() for name in words("matching", "regnal-names"))


@cache
def _bare_pages() -> re.Pattern[str]:
    narrowing = alternation(words("locators", "narrowing"))
    # Hungarian notes have a full stop behind the year ("Budapest, 1984. 12–34.") or the issue ("3. sz. 456–478.").
    return re.compile(
        rf"(?:[,:;)”\"»*_]\s?|(?<=\d\d\d\d)\.\s|(?<=sz)\.\s)(?:{narrowing}\s?)?(?P<value>{range_pattern()})$"
    )


def label_journal_numbers(line: Line, start: int, end: int) -> None:
    """Volume and issue right before the year: "31, no. 2 (1988)", "12(3), 2004", "«Rivista», 17, 1962"."""
    best = None
    for match in _JOURNAL_NUMBERS.finditer(line.text, start, end):
        if (
            line.free(match.start("volume"), match.end("volume"))
            and not line.enclosed(match.start())
            and not re.match(r"\d{4}", match["volume"])
            and not _is_rulers(line.text, match.start(), match["volume"])
        ):
            before = line.text[: match.start()].rstrip()
            if before and (before[-1] in '»”",*_’' or before[-1].isalpha() or before[-1] > "\u2e80"):
                best = match
    if best is None or end - best.end() > 24 or (line.has("volume") and line.has("issue")):
        tail = _CLOSING_VOLUME.search(line.text[start:end])
        behind_article = tail is not None and any(
            mark.quoted and mark.end <= start + tail.start() for mark in line.marks
        )
        ruler = tail is not None and tail["roman"] and _is_rulers(line.text, start + tail.start(), tail["roman"])
        if tail and not line.has("volume") and (not tail["roman"] or tail["apart"] or (behind_article and not ruler)):
            first, last = (start + place for place in tail.span("roman" if tail["roman"] else "volume"))
            if line.free(first, last) and not line.quoted(first):
                line.label("volume", first, last)
                line.tail = min(line.tail, first)
        return
    if not line.has("volume"):
        line.label("volume", best.start("volume"), best.end("volume"))
    issue = "issue" if best["issue"] else "issue2" if best["issue2"] else None
    if issue and not line.has("issue"):
        line.label("issue", best.start(issue), best.end(issue))
    line.tail = min(line.tail, best.start())


@cache
def _issue_behind_year() -> re.Pattern[str]:
    pages = alternation(words("locators", "page"))
    issue = r"\d{1,2}(?:[-–/]\d{1,2})?"
    return re.compile(
        rf"(?<=\d|[IVXLC])\s\((?:1[5-9]|20)\d\d(?:[-–/]\d{{2,4}})?\)(?:"
        rf"\s(?P<issue>{issue})(?:\.\s?(?:sz\.|szám))?[,:]?\s(?=(?:(?i:{pages})\s?)?\d{{1,5}}[-–—]\d)"
        rf"|,\s(?P<apart>{issue}),\s(?=(?i:{pages})\s?\d))"
    )


def tag_issue_behind_year(line: Line) -> None:
    """ "99 (1986) 2, 123-145", "12 (1964), 4, S. 351": the issue between the year of a volume and the pages.

    Behind a comma it may be a page, unless pages with their word follow. Of a journal that counts no volumes the issue
    stands in brackets behind the year ("历史研究, 1997(3): 45-60", GB/T 7714-2015, 8.8).
    """
    for match in _ISSUE_OF_YEAR.finditer(line.text):
        if line.free(*match.span("issue")) and not line.quoted(match.start()) and not line.has("issue"):
            line.label("issue", *match.span("issue"))
            line.hold(match.start("issue") - 1, match.end("issue") + 1)
    for match in _issue_behind_year().finditer(line.text) if ") " in line.text or ")," in line.text else ():
        group = "issue" if match["issue"] else "apart"
        if line.free(*match.span(group)) and not line.quoted(match.start()) and not line.has("issue"):
            line.label("issue", *match.span(group))


def tag_quoted_journal(line: Line) -> None:
    """The volume and issue between a journal in quotation marks and its year in brackets, as historians in Italy cite.

    What precedes it tells whether it is the journal: a title behind the authors.
    """
    for mark in line.marks:
        numbers = _NUMBERS_AND_YEAR.match(line.text, mark.end) if mark.quoted else None
        if numbers is None or line.quoted(mark.end) or not line.free(mark.start, numbers.end()):
            continue
        names, behind = names_from(line.text, 0, mark.start, language=line.language)
        if names and re.search(r"[^\W\d_]{3}", line.text[behind : mark.start]):
            line.label("container-title", *mark.inner)
        line.label("volume", *numbers.span("volume"))
        if numbers["issue"]:
            line.label("issue", *numbers.span("issue"))
        line.hold(mark.end, numbers.end())


def tag_journal_of_article(line: Line) -> None:
    """The volume that closes an article of the author-date style: its pages, if any were known, would stand behind it.

    "Roth (im Druck): „Salz“, Historische Zeitschrift, 84" (APA 7, 10.1; Chicago 17, 15.46-50).
    """
    if not line.text.rstrip(" .")[-1:].isdigit():
        return
    for mark in line.marks:
        if not mark.quoted:
            continue
        behind = _JOURNAL_AND_VOLUME.match(line.text, mark.end)
        head = _NAMES_AND_DATE.fullmatch(line.text, 0, mark.start) if behind else None
        if behind and head and line.free(mark.start, behind.end()) and not _is_no_journal(behind["journal"]):
            names, end = names_from(line.text, 0, head.end("names"), language=line.language)
            if names and end == head.end("names"):
                line.label("author", names[0][0], end)
            line.label("title", *mark.inner, strip=" \t,;.*_")
            line.label("container-title", *behind.span("journal"))
            line.label("volume", *behind.span("volume"))
            line.hold(mark.end, behind.end())
        return


def _is_no_journal(name: str) -> bool:
    """A place, or a newspaper, which has pages and no volume."""
    return is_place(name) or newspaper().search(name) is not None


def _closing_address(line: Line, end: int) -> bool:
    """Whether the character before `end` belongs to an address or a date of access at the end."""
    return any(
        found.start < end <= found.end and found.name in ("URL", "DOI", "accessed", "archive-date")
        for found in line.fields
    ) or bool(line.taken[end - 1] and not any(f.start < end <= f.end for f in line.fields))


def label_numbered_year(line: Line) -> bool:
    """A journal whose issue stands in brackets behind the year, as the Chinese standard has it."""
    match = _NUMBERED_YEAR.search(line.text) if _ISSUE_AND_PAGE.search(line.text) else None
    if match is None or line.quoted(match.start("year")):
        return False
    for name, group in (("issued", "year"), ("volume", "volume"), ("issue", "issue"), ("page", "page")):
        if match[group]:
            line.label(name, *match.span(group))
    if line.label("container-title", *match.span("journal")):
        line.tail = min(line.tail, match.start("journal"))
    return True


def label_pages_behind(line: Line) -> None:
    """Bare pages at the end: ", 64" behind an imprint, ": 67–74" behind a journal's year, "2:90" volume and page."""
    end = len(line.text)
    while end and (line.text[end - 1] in " .,;" or _closing_address(line, end)):
        end -= 1
    text = line.text[:end]
    if line.has("locator") or line.has("page"):
        return
    roman = _ROMAN_VOLUME.search(text)
    if roman and line.free(roman.start("volume"), roman.end("value")) and not line.has("volume"):
        line.label("volume", roman.start("volume"), roman.end("volume"))
        line.label("locator", roman.start("value"), roman.end("value"))
        line.tail = min(line.tail, roman.start("volume"))
        return
    old = _SMALL_ROMAN_VOLUME.search(text) or (None if line.has("issued") else _VOLUME_OF_TITLE.search(text))
    if (
        old
        and line.free(old.start("volume"), old.end("value"))
        and not line.has("volume")
        and not is_given_name(text[: old.start("volume")].split()[-1])
    ):
        line.label("volume", *old.span("volume"))
        line.label("locator", *old.span("value"))
        line.tail = min(line.tail, old.start("volume"))
        return
    colon = _VOLUME_COLON.search(text)
    if colon and line.free(colon.start("value"), colon.end("value")) and not line.quoted(colon.start("value")):
        if not line.taken[colon.start("volume")] and not line.has("volume"):
            line.label("volume", colon.start("volume"), colon.end("volume"))
        line.label("locator", colon.start("value"), colon.end("value"))
        line.tail = min(line.tail, colon.start("volume"))
        return
    bare = _bare_pages().search(text)
    while bare and line.taken[bare.start("value")] and bare.start("value") < bare.end("value"):
        bare = _bare_pages().search(text, bare.start("value"))  # "89, 1974, 70–111": the year is no page
    if (
        bare
        and bare.start("value") > 3
        and (re.search(r"\d", bare["value"]) or (_ROMAN_PAGES.fullmatch(bare["value"]) and line.has("issued")))
        and line.free(bare.start("value"), bare.end("value"))
        and not line.quoted(bare.start("value"))
    ):
        line.label("locator", bare.start("value"), bare.end("value"))
        line.hold(bare.start() + 1, bare.start("value"))  # "at", "esp."
        line.tail = min(line.tail, bare.start() + 1)
