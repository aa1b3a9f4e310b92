"""What can be labelled without looking at the rest: addresses, identifiers, web dates, cues, labelled pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from citekit.citations.cues import find_cues
from citekit.citations.dates import DateMatch, find_dates, years
from citekit.citations.dating import read_date
from citekit.citations.decisions import find_decision
from citekit.citations.east_asian_statements import tag_east_asian_statement
from citekit.citations.identifiers import DOCUMENT_NUMBER, PRINTED_PAPER, find_identifiers
from citekit.citations.line import Line
from citekit.citations.locators import find_locators, range_pattern
from citekit.citations.pages import is_size
from citekit.citations.reports import cites_case, find_book, find_report, find_treaty, is_case
from citekit.citations.tag_arabic import tag_arabic
from citekit.citations.tag_japanese import tag_japanese
from citekit.citations.tag_letters import tag_letter
from citekit.citations.tag_roles import tag_roles
from citekit.citations.tag_settled import tag_settled
from citekit.citations.volume_counts import extent_in_volumes, tag_number_of_volumes
from citekit.citations.webwords import cited_on, version_of, web_pattern
from citekit.lexicon import Sought, alternation, sought, words
from citekit.model import CueKind

__all__ = ["editions", "issue_label", "tag_certain", "tag_numbers"]

_RESOLVER = re.compile(r"https?://[\w.]{3,20}/\Z")  # what stands before the DOI in its address
_LABEL = re.compile(r"(?:ISBN|ISSN|PMID|DOI|doi)(?:-1[03])?\s?:?\s?\Z")
_BEHIND_PAGES = re.compile(rf"\s?[:,]\s?(?P<value>{range_pattern()})(?![^\W\d_]|\.\d)")
_MEDIUM = re.compile(r"\[(?:M|J|D|N|C|G|R|S|P|A|Z|CP|EB|DB)(?:/(?:OL|CD|DK|MT))?\]")  # GB/T 7714-2015, appendix B
_WHOLE_SET = re.compile(r"全\s?(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s?[卷巻册冊]")  # how many volumes, not which
# "5., rev. Aufl.", "3., durchges. u. erw. Aufl.", "2., überarbeitete und erweiterte Auflage".
_REVISED = (
    r"(?:(?:(?:völlig|vollst|gänzl|stark)\.?\s)?(?:rev|überarb|erw|durchges|neubearb|verb|verm|erg|bearb|korr|ern|unver|veränd|aktual)"
    r"[^\W\d_]{0,10}\.?,?\s(?:(?:u\.|und|&)\s)?){1,4}"
)
_OTHER_EDITION = re.compile(r"\s(?<=(?:[^\W\d]|[.)/])\s)(?:1[5-9]|20)\d{2}\d?\s\(")
_WEB_ARCHIVE = re.compile(r"[(,]?\s?(?:Wayback Machine|archive\.org|archive\.today)[^,.;]*")
_LONGEST_EXTENT = 24  # characters: "pp. 12345–12390 ("
_SERIAL = r"(?:[IVXLCDM]{1,7}(?:[./]\d+)?|\d{1,4}(?:\s?[-–/]\s?\d{1,4})?[a-z]?)(?![\w])"
# "vol. vi. p. 211": English printing of the eighteenth and nineteenth centuries.
_SMALL_ROMAN = r"[ivxlc]{1,7}(?=[.,;)\s]|$)"


@cache
def _volume() -> re.Pattern[str]:
    labels = alternation([*words("volumes", "volume")])
    return re.compile(
        rf"(?<![^\W\d_])(?i:{labels})(?:(?<=\.)|(?![^\W\d_])|(?=[IVXLC]))\s?(?P<value>{_SERIAL}|{_SMALL_ROMAN})|第\s?(?P<zh>[\d一二三四五六七八九十]+)\s?(?:卷|巻|册|冊|輯|辑)"
    )


@cache
def _issue() -> re.Pattern[str]:
    labels = alternation([*words("volumes", "issue")])
    return re.compile(
        rf"(?<![^\W\d_])(?i:{labels})\s?(?P<value>{_SERIAL})|第\s?(?P<zh>\d+)\s?[期号號]|(?<![〕\]\d])(?P<post>\d{{1,4}})\s?(?:期|[号號](?![^\W\d_]))(?<!月[号號])"
    )


@cache
def _counted(concept: str) -> Sought:
    """A number before its word: "118. évf.", "III. köt.", "64e année"."""
    listed = [word.rstrip(".") for word in words("volumes", concept)]
    return sought(
        rf"(?<![\w.,–-])(?P<value>\d{{1,4}}|[IVXLC]{{1,7}})(?:\.|\.?[ªº°]|e|ère|th|nd|rd|st)?\s?"
        rf"{alternation(listed)}(?![^\W\d_])\.?",
        listed,
    )


@cache
def issue_label() -> re.Pattern[str]:
    """The word before an issue's number ("no.", "H.", "fasc."), at the end of what is searched."""
    return re.compile(rf"(?<![^\W\d_]){alternation(words('volumes', 'issue'))}\s?\Z", re.IGNORECASE)


@cache
def _edition_in_bracket() -> re.Pattern[str]:
    """Another edition with its place and year: "(4e éd., Paris 1921)", "(rist. anast. Kraus, Nendeln 1968)"."""
    editions, reprints = (alternation(words(*of)) for of in (("volumes", "edition"), ("relations", "reprint")))
    return re.compile(
        rf"(?:\d{{1,2}}(?:st|nd|rd|th|e|a|ª|ème|\.)?\s{editions}|{reprints})(?![^\W\d_])"
        r".*[^\W\d_],?\s(?:1[5-9]|20)\d{2}",
        re.IGNORECASE | re.DOTALL,
    )


@cache
def _edition() -> Sought:
    listed = words("volumes", "edition")
    return sought(
        rf"(?<![\w])(?P<value>\d{{1,2}})(?:st|nd|rd|th|\.|[aª°ºeèᵉ]|-е|ème)?\.?[ªº°]?(?:,?\s{_REVISED}|\s)(?:{alternation(listed)})(?![^\W\d_])",
        listed,
        flags=re.IGNORECASE,
    )


@cache
def _edition_behind() -> re.Pattern[str]:
    """The word before the number: "wyd. 2 popr.", "изд. 2-е", "ediția a II-a"."""
    labels = alternation(words("volumes", "edition"))
    return re.compile(
        rf"(?<=[,.(،]\s)(?i:{labels})\s(?:a\s)?(?P<value>\d{{1,2}}|[IVX]{{1,4}})(?:-?(?:е|ое|я|a|e))?"
        r"(?:,?\s(?:испр|доп|перераб|popr|rozsz|uzup|zm|rev|rozš|přeprac)\.?(?:\s[иi]\s[^\W\d_]{2,8}\.?)?)?(?=\s?[,.;):]|$)"
    )


def editions(text: str) -> Iterator[tuple[int, int]]:
    """Where an edition is told by its number and its word ("12. Auflage", "2nd ed.")."""
    return (match.span() for match in _edition().finditer(text))


def tag_certain(line: Line) -> None:
    """Label addresses, identifiers, numbers of documents, dates of access and archiving; hold cues."""
    for identifier in find_identifiers(line.text):
        resolver = _RESOLVER.search(line.text, max(0, identifier.start - 40), identifier.start)
        start = resolver.start() if resolver else identifier.start
        line.label(identifier.field, start, identifier.end, strip="")
        labelled = _LABEL.search(line.text, max(0, identifier.start - 12), identifier.start)
        if labelled:
            line.hold(*labelled.span())
        _hold_before(line, start)
    _report(line)
    tag_settled(line)
    if not line.text.isascii():
        _page_and_following(line)
    _page_of_range(line)
    _bare_page_of_range(line)
    tag_number_of_volumes(line)
    for match in DOCUMENT_NUMBER.finditer(line.text):
        if not line.quoted(match.start()) and not line.has("number"):
            line.label("number", *match.span())
    for match in PRINTED_PAPER.finditer(line.text) if "/" in line.text else ():
        if not line.quoted(match.start()) and line.free(*match.span()) and not line.has("number"):
            line.label("genre", *match.span("kind"), strip="")
            line.label("number", *match.span("number"))
            line.hold(*match.span())
    for match in _WHOLE_SET.finditer(line.text):
        line.hold(*match.span())
    for match in _OTHER_EDITION.finditer(line.text):
        bracket = next((mark for mark in line.marks if mark.start == match.end() - 1), None)
        if bracket and line.free(*bracket.inner) and _edition_in_bracket().match(line.text, *bracket.inner):
            line.label("note", *bracket.inner)
    for match in _MEDIUM.finditer(line.text):
        line.hold(*match.span())
    for match in version_of().finditer(line.text):
        if not line.quoted(match.start()):
            line.hold(*match.span())
    tag_arabic(line)
    tag_east_asian_statement(line)
    tag_japanese(line)
    tag_roles(line)
    tag_letter(line)
    _web_dates(line)
    for found in find_cues(line.text):
        if found.cue.kind is not CueKind.CROSS_REFERENCE:
            line.hold(found.start, found.end)
        elif line.text[found.start - 1 : found.start] == "(":
            line.hold(found.start - 1, found.end)
        elif found.start == 0 or len(found.cue.text.split()) > 2:  # "supra note 4"
            line.hold(found.start, found.end)


def _report(line: Line) -> None:
    """The report that a case or an article stands in, before it the case's name as title; a book as lawyers cite it."""
    book = find_book(line.text)
    if book and not line.emphasised(book[0][1]):
        for name, start, end in book:
            line.label(name, start, end)
        line.hold(book[0][2], len(line.text))
        return
    for name, start, end in find_treaty(line.text):
        line.label(name, start, end)
        bracket = line.text.rfind("(", 0, start), line.text.find(")", end)
        if name == "issued" and min(bracket) >= 0:  # "(adopted 9 December 1948, entered into force 12 January 1951)"
            line.hold(*bracket)
    decision = find_decision(line.text, line.language)
    if decision and line.free(0, decision[-1][2]):
        for name, start, end in decision:
            if name != "beside":
                line.label(name, start, end, strip="" if name == "issued" else " ,")
        line.hold(0, decision[-1][2])
        return
    found = find_report(line.text)
    if not found or not line.free(found[0][1], len(line.text)):
        return
    (_, title_end, _), *fields = found
    names = {name for name, _, _ in fields}
    if is_case(line.text) or cites_case(line.text) or "issued" not in names:
        line.label("title", 0, title_end)
    for name, start, end in fields:
        if name != "beside":  # the court or the judge: no field of the work
            line.label(name, start, end)
    line.hold(title_end, fields[-1][2])


@cache
def _extent_before() -> re.Pattern[str]:
    labels = alternation(words("locators", "page"))
    return re.compile(rf"(?:(?<![^\W\d_]){labels}\s?)?(?<!\d)(?P<page>\d{{1,5}}[-–—]\d{{1,5}})\s\(\Z")


def _page_and_following(line: Line) -> None:
    """ "第40页以下", "45頁以下": the words for the pages that follow stand behind the label."""
    for found in find_locators(line.text):
        if not line.text[found.value_end - 1].isascii() and found.locator.label == "page":
            line.label("locator", found.value_start, found.value_end, strip="")


def _page_of_range(line: Line) -> None:
    """The pages of an article, and in brackets the page meant: "8 (1969), 3–53 (p. 12)" (MHRA 11.2)."""
    for found in find_locators(line.text):
        if line.text[found.end : found.end + 1] != ")" or found.locator.label != "page" or line.quoted(found.start):
            continue
        extent = _extent_before().search(line.text, max(0, found.start - _LONGEST_EXTENT), found.start)
        if extent:
            line.label("page", *extent.span("page"))
            line.hold(extent.start(), extent.end())
            line.hold(found.start, found.value_start)
            line.label("locator", found.value_start, found.value_end)


def _bare_page_of_range(line: Line) -> None:
    """The same without labels, the page meant behind a word: "585-614, at 590", "585–614, hier 590"."""
    match = _bare_extent().search(line.text)
    if match and line.free(*match.span()) and not line.quoted(match.start()):
        line.label("page", *match.span("page"))
        line.label("locator", *match.span("pin"))
        line.hold(*match.span())


@cache
def _bare_extent() -> re.Pattern[str]:
    narrowing = alternation(words("locators", "narrowing"))
    return re.compile(
        rf"(?P<page>\d(?<=[:,)]\s\d)\d{{0,4}}[-–—]\d{{1,5}})(?:,\s|:\s)(?:{narrowing})\s(?P<pin>\d{{1,5}}(?:[-–]\d{{1,5}})?)(?=[.,;)]|$)"
    )


def _hold_before(line: Line, start: int) -> None:
    """The words that lead to an address or a date ("available at", "accessed on") belong to no field."""
    before = line.text[max(0, start - 60) : start]
    for concept in ("available", "accessed", "archived"):
        lead = next((match for match in web_pattern(concept).finditer(before) if match.end() == len(before)), None)
        if lead:
            line.hold(start - len(before) + lead.start(), start)


def _web_dates(line: Line) -> None:
    """Dates behind "accessed" and "archived", and the bare date behind an address (access: ISO 690, 5.14)."""
    for match in cited_on().finditer(line.text) if "[" in line.text else ():
        dated = read_date(match["date"], line.language).edtf
        if dated and len(dated) >= len("2020-03") and line.free(*match.span()) and not line.has("accessed"):
            line.label("accessed", *match.span("date"), strip="")
            line.hold(*match.span())
    dates = find_dates(line.text, line.language)
    if not dates:
        return
    claimed: set[DateMatch] = set()
    for concept, name in (("archived", "archive-date"), ("accessed", "accessed")):
        for match in web_pattern(concept).finditer(line.text):
            if line.quoted(match.start()):
                continue
            near = [date for date in dates if 0 <= date.start - match.end() <= 2 and date not in claimed]
            if near and line.free(near[0].start, near[0].end):
                line.label(name, near[0].start, near[0].end, strip="")
                line.hold(match.start(), match.end())
                claimed.add(near[0])
    for date in dates:
        if date in claimed or not line.free(date.start, date.end):
            continue
        before = line.text[: date.start].rstrip(" ,;([")
        address = line.first("URL")
        if address and len(before) == address.end and not line.has("accessed"):
            line.label("accessed", date.start, date.end, strip="")
    for match in _WEB_ARCHIVE.finditer(line.text) if line.has("archive-date") else ():
        if line.free(match.start(), match.end()):
            line.hold(match.start(), match.end())


def tag_numbers(line: Line) -> None:
    """Label volume, issue and edition, then pages and the locator, by the words before or behind the number."""
    _numbers(line)
    _size(line)
    _pages(line)


_LONGEST_SIZE = 30  # letters, with the year before it
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d[a-z]?")
_DATED = re.compile(r"\.\s(?:1[5-9]|20)\d\d")
_JOINS_NAMES = re.compile(r"i\s[^\W\d_a-z][\w’'-]{1,25},?\s[^\W\d_a-z]")  # "Nowak, R. i Kowal, T."
_INVERTED_HEAD = re.compile(r"[^\W\d_][\w’'-]{1,25},\s(?:[^\W\d_a-z]\.\s?){0,2}")
_WORD_BEHIND = re.compile(r"\.\s[^\W\d_a-z][^\W\d_]")
_ROMAN_LETTERS = ("I", "V", "X", "L", "C", "D", "M")
_NAME_BEFORE_INITIAL = re.compile(r"(?:[^\W\d_][\w’'-]{1,20},\s|[^\W\d_a-z]\.\s?)\Z")
# "Reed, Tom. 2005.": a given name, and the year of an author-date style.
_FAMILY_AND_GIVEN = re.compile(r"[^\W\d_a-z][\w’'-]+,\s[^\W\d_]{3,}\.\s")


def _is_initial(text: str, match: re.Match[str], group: str) -> bool:
    """Whether such a letter is an initial: "Watson, T. 1958.", "R. I. 1908.", "Petrov, A. V. Istoriya soli"."""
    if text[match.start() + 1 : match.start() + 2] != ".":
        return False
    if match[group] == "i" and _JOINS_NAMES.match(text, match.start(group)):
        return True
    letter = match[group] in _ROMAN_LETTERS
    if letter and _WORD_BEHIND.match(text, match.end(group)) and _INVERTED_HEAD.fullmatch(text, 0, match.start()):
        return True
    year = _YEAR.fullmatch(match[group]) or (letter and _DATED.match(text, match.end(group)))
    return bool(year) and _NAME_BEFORE_INITIAL.search(text, max(0, match.start() - 24), match.start()) is not None


def _numbers(line: Line) -> None:
    for match in extent_in_volumes().finditer(line.text):
        if line.free(match.start(), match.end()) and not line.quoted(match.start()):
            line.hold(match.start(), match.end())
    for match in (*_edition().finditer(line.text), *_edition_behind().finditer(line.text)):
        if not line.quoted(match.start()) and line.free(match.start(), match.end()) and not line.has("edition"):
            line.label("edition", match.start("value"), match.end("value"))
            line.hold(match.start(), match.end())
    for name, pattern in (
        ("issue", _counted("issue_behind")),
        ("volume", _counted("volume_behind")),
        ("issue", _issue()),
        ("volume", _volume()),
    ):
        for match in pattern.finditer(line.text):
            group = next(
                (group for group in ("value", "zh", "post") if group in match.groupdict() and match[group]), None
            )
            if (
                group is None
                or line.quoted(match.start())
                or line.emphasised(match.start())
                or not line.free(*match.span())
                or (_YEAR.fullmatch(match[group]) and _FAMILY_AND_GIVEN.fullmatch(line.text, 0, match.start(group)))
                or _is_initial(line.text, match, group)
            ):
                continue
            if name == "issue" and not _is_issue(line, match):
                continue
            if name == "volume" and match[group].isalpha() and len(match[group]) == 1 and match[group] not in "IVXivx":
                continue
            if not line.has(name):
                line.label(name, match.start(group), match.end(group))
            line.hold(match.start(), match.end())


def _is_issue(line: Line, match: re.Match[str]) -> bool:
    """ "n. 12" is an issue beside a year or volume; "note n. 12" and a closing "n. 12" are locators."""
    label = match.group()[:2].lower()
    if label[:1] == "n" and line.text[: match.start()][-1:].isdigit():
        return False  # "201n34": a note on a page
    if label in ("n.", "nn") and not years(line.text):
        return False
    return not (label in ("n.", "nn") and match.end() >= len(line.text.rstrip(" .")) and line.text.count(",") < 3)


# "Paris, Plon, 2003, 301 p.", "М.: Наука, 1987. 256 с.", "(London: Methuen, 1960), xii + 240 pp."
_SIZE_BEHIND_YEAR = re.compile(
    r"(?<=\d{4})\)?[,.:;]{1,2}\s(?:[-–—]\s)?(?P<size>(?:[IVXLCivxlc]{1,9}\s?[,+]\s?)?\d{2,4}\s?[^\W\d_]{1,7}\.?)[\s.]{0,3}\Z"
)


def _size(line: Line) -> None:
    """How many pages a book has, which stands behind the year at the end of a reference (ISBD, 5.1; ГОСТ 7.0.5)."""
    match = _SIZE_BEHIND_YEAR.search(line.text, max(0, len(line.text) - _LONGEST_SIZE))
    if match and is_size(match["size"]) and line.free(*match.span("size")):
        line.label("page", *match.span("size"))


def _pages(line: Line) -> None:
    """Labelled pages: a range of an article or chapter, and the locator in it ("pp. 3-40: 31", "S. 51-78, S. 60f.")."""
    found = [
        match
        for match in find_locators(line.text)
        if line.free(match.start, match.end) and not line.quoted(match.start) and not line.emphasised(match.start)
    ]
    if not found:
        return
    first = found[0]
    if (
        first.locator.label == "page"
        and len(found) > 1
        and found[1].locator.label == "page"
        and _is_range(first.locator.value)
        and found[1].start - first.end <= 12
    ):
        line.hold(first.start, first.value_start)
        line.label("page", first.value_start, first.value_end)
        found = found[1:]
    behind = _BEHIND_PAGES.match(line.text, found[0].end)
    main = found[0]
    if (
        behind
        and main.locator.label == "page"
        and _is_range(main.locator.value)
        and line.text[main.end : behind.start("value")].strip() == ":"
    ):
        line.hold(main.start, main.value_start)
        line.label("page", main.value_start, main.value_end)
        line.label("locator", behind.start("value"), behind.end("value"), strip=" ,;")
        found = found[1:]
    for match in found:
        line.hold(match.start, match.value_start)
        line.label("locator", match.value_start, match.value_end, strip=" ,;")
        line.hold(match.value_end, match.end)


def _is_range(value: str) -> bool:
    return bool(re.fullmatch(r"[\dIVXLCivxlc]+-[\dIVXLCivxlc]+", value))
