"""The places where a note may be cut: where one citation can end and another begin.

Cuts are made at semicolons, behind a complete citation at the end of a sentence, before a signal, before a
translation given with its original, and where a joining word stands between two citations; nothing inside
quotation marks, brackets or an address is a cut.
"""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from functools import cache
from itertools import pairwise

from citekit.citations.brackets import enclosures
from citekit.citations.comment import begins_inside
from citekit.citations.cues import (
    find_cues,
    note_reference_pattern,
    starts_with_ibid,
    starts_with_idem,
    translation_pattern,
)
from citekit.citations.dates import find_dates, years
from citekit.citations.evidence import evidence
from citekit.citations.identifiers import REPORT_NUMBER, find_identifiers
from citekit.citations.inside_field import inside_field
from citekit.citations.locators import find_locators
from citekit.citations.names import is_particle, is_person
from citekit.citations.places import is_place, is_publisher
from citekit.citations.prose import is_opening
from citekit.citations.responsibility import statement_follows
from citekit.citations.signals import again, joins, joins_with_remark, reprinted, signal_head, signal_inside
from citekit.citations.starts import starts_citation
from citekit.citations.topics import behind_topic
from citekit.citations.webwords import web_phrase
from citekit.lexicon import alternation, words
from citekit.model import CueKind

__all__ = ["can_end", "ends_with_page", "leads_on", "pages_follow", "pieces", "remark_leads_on", "year_follows"]

_AHEAD = 240  # characters of what follows that a rule may look at
_TAIL = 60  # characters at the end of a piece that tell whether a citation could end there
_LONGEST_HEAD = 120  # characters of the names before the year of the author-date style ("Skocpol, Theda. 1979.")
_LONGEST = 3000  # characters; words that long without a cut are prose, and each sentence stands for itself
_SENTENCE = re.compile(
    r"(?:(?<=[.!?…])|(?<=[.!?…][”\"»’')\]])|(?<=[”\"»’']\.))\s(?=[^\W\d_a-z]|[“«\"„‘'《])|(?<=。)\s?(?=\S)"
    r"|(?<=[\d)\]”»é]\.)(?=[^\W\d_a-z][^\W\d_]{2})"  # "p. 31.Du sel": the blank was lost
)
# The Greek one is a raised point, behind a word and before a blank ("ό.π., σ. 88· βλ. Λούκος"), the Arabic one "؛".
_SEMICOLON = re.compile(r"[;；؛]\s?|(?<=[^\s·])[·\u0387]\s(?=\S)")
_COMPARE = re.compile(r"\W{0,3}(?:[Cc]ompare|[Cc]ontrast|[Vv]ergleiche|[Cc]onfronta|[Cc]omparez|[Cc]ompárese)\s")
_WITH = re.compile(r",?\s(?:with|to|mit|con|à|avec)\s(?=[^\W\d_a-z])")
# "S. 14. – K. Schulz: Das Handwerk": a dash between two citations, in German and Russian notes.
_DASH = re.compile(r"\.\s[–—-]\s(?=[^\W\d_a-z]|[“«\"„])")


@cache
def _next_in_east() -> re.Pattern[str]:
    """ "…』（岩波書店、一九六七年）、朝尾直弘「…」", "22頁、田中前掲書": a name right before a mark or before 前掲.

    No chapter ("第三章「…」"), nor where the work was printed first or later ("初出『…』", "のち同『…』").
    """
    again = "|".join(re.escape(word) for word in words("short_forms", "cited") if word[0] >= "\u2e80")
    return re.compile(
        r"(?<=[)）頁])[、，](?=(?!第|初出|初稿|原題|後に|所収|同)"
        rf"(?:[\u3400-\u9fff々ヶ]{{2,8}}(?:編|著)?[「『]|[\u3400-\u9fff\u30a0-\u30fa々ヶー]{{2,12}}?(?:{again})))"
    )


# Languages that write an ordinal with a full stop.
_ORDINAL_POINT = ("de", "cs", "sk", "pl", "hu", "lv", "lt", "et", "fi", "da", "nb", "hr", "sl", "sr", "tr")


# A name and the beginning of a title: "Weber, Economy …".
_NAMED_TITLE = re.compile(r"[^\W\d_a-z][^,“”«»]{2,60},\s[“«„\"*A-Z]")
# "Rüger, ‘Revisiting the Antagonism’": a family name and a title in quotation marks.
_FAMILY_AND_TITLE = re.compile(
    r"\s?[^\W\d_a-z][\w’'-]{1,30}(?:\s[^\W\d_a-z][\w’'-]{1,30})?,\s[“«\"„‘'][^”»\"“]{2,150}(?:[”»\"’']\.|\.[”»\"’'])"
)
# "Henri DUVAL, Les moulins": names whose family name is in capitals, as many journals print authors and nobody else.
_AUTHOR_IN_CAPITALS = re.compile(
    r"(?:[^\W\d_a-z][\w’'.-]{0,20}\s){1,3}(?:[a-z’']{1,4}\s?){0,2}[^\W\d_a-zà-ÿа-я]{2}[^\W\d_a-zà-ÿа-я’'-]{1,30}"
    r"(?:[\s-][^\W\d_a-zà-ÿа-я]{2,20}){0,2},\s"
)
_PARTS_OF_REMARK = re.compile(r"[\d:;,.()“”«»„\"]")
_COLON = re.compile(r"\s?:\s")
_YEAR_ALONE = re.compile(r"(?:1[4-9]|20)\d{2}[a-z]?(?=[.,;:)]|$)")
_MAY_CLOSE = re.compile(r"\b(?:cit|[Ii]bid|ecc|etc)\.$")
_ADDRESS = re.compile(r"https?://|www\.|doi:|DOI|URL\s?:|ISBN\b|ISSN\b|PMID\b", re.IGNORECASE)
# "335 p.", "52 min.": how long the work is; the full stop may end the citation as well.
_EXTENT = re.compile(r"\d\s?(?:pp?|S|s|ff?|min|vols?|voll|t|Bde?|Bl)\.?$")
_LONGEST_DATE = 24  # characters in brackets: "(25. Februar 2013)", "(2013, February 25)"
_SHORT_REMARK = 40  # characters in brackets behind the imprint: "(typescript)", "[thesis of 1983]"
_PERIOD = re.compile(r"\(\d{4}\s?[-–/]\s?\d{4}\)")
_VOLUME_AGAIN = re.compile(r"(?:vols?|t|Bd)\.\s[\dIVXLC]+,?\s(?:pp?|S)\.\s?\d")  # "vol. 1, p. 5; vol. 2, p. 7"
_VOLUME = re.compile(r"\d{1,4}\s?(?:\([^()]{1,12}\)\s?)?:\s?[A-Z]?\d")  # "2012;45(2):266-74" (NLM, ICMJE)
_ANTIQUITY = re.compile(r"[IVXLC]{1,7},\s?\d")  # "Histories VI, 27; XVIII, 28": book and chapter
_ORDINAL = re.compile(r"[,(]\s\d{1,2}\.$")  # "5. Auflage"
_BEFORE_NUMBER = ("no", "nos", "nr")  # stand before their number alone: "45. No estoy de acuerdo"
_ORDINAL_NUMBER = re.compile(r"(?<!\d)\d{1,3}\.$")
# "H. Blum, Prag 1848." and behind it "Stadt und Aufstand, Bonn 1997": a title that pauses in a town and a year.
_TITLED_BY_TOWN = re.compile(
    r"\s?(?P<names>[^\d,;:“”«»\"()]{3,80}),\s(?P<title>[^\W\d_a-z][^\W\d_]+(?:\s[^\W\d_a-z][^\W\d_]+)?\s1[0-9]\d{2})\.$"
)
_IMPRINT_AHEAD = re.compile(
    r"(?P<title>[^\d.;:()“”«»\"]{3,120}?)(?:,\s|\s\()[^\d.;()]{2,60}\s?(?:1[5-9]|20)\d{2}(?!\d)"
)
_OPENING = re.compile(r"[(\[]\s?")
_EDGE = re.compile(r"[,.:(\])]\s?")
_BETWEEN_NAMES = re.compile(r",|&|;|\sand\s|\sund\s|\set\s|\se\s|\sy\s|/")


@cache
def _abbreviation() -> re.Pattern[str]:
    """An abbreviation at the end of a piece: an initial, or a listed word."""
    listed = "|".join(re.escape(word) for word in words("abbreviations", "inner"))
    return re.compile(rf"(?:\b[^\W\d_]|\b[A-Z][a-z]|\b(?:{listed}))\.$")


@cache
def _goes_on() -> re.Pattern[str]:
    """What cannot begin a citation: a page, a volume, a unit of a shelfmark, the container ("С. 45", "Т. 1", "In:")."""
    labels = alternation(
        [
            *words("locators", "page"),
            *words("locators", "folio"),
            *words("locators", "column"),
            *words("volumes", "volume"),
            *words("volumes", "issue"),
            *words("archives", "unit"),
        ]
    )
    editions = alternation(word for word in words("volumes", "edition") if word[0].islower() or word.startswith("Auf"))
    return re.compile(
        rf"(?i:{labels})\s?[\dIVX№]|№|In\s?:|{editions}(?![^\W\d_])|(?:{alternation(words('imprint', 'place'))})\s?[:,]"
    )


@cache
def _bare_page() -> re.Pattern[str]:
    """A page, bare behind a comma or a colon (Chicago 17, 14.23): "142", "here 142", "at 142"."""
    narrowing = alternation(words("locators", "narrowing"))
    return re.compile(
        r"(?:(?:\d|\)|[^\W\d_][”»*_]?)\s?[,:]|[,.!?][”»\"*_’])"
        rf"\s?(?:{narrowing}\s)?\d{{1,4}}(?:[-–]\d{{1,4}})?(?:ff?\.?)?$"
    )


def leads_on(rest: str) -> bool:
    """Whether words lead from a work to its container or its address: "; in: …", "; online: …"."""
    return _lead().match(rest) is not None


@cache
def _lead() -> re.Pattern[str]:
    container = alternation(words("volumes", "container"))
    online = alternation(words("web", "available"))
    return re.compile(rf"(?i:{container})\s?:|(?i:{online})\s?(?::|<?(?:https?:|www\.))")


@cache
def _closing_issue() -> re.Pattern[str]:
    """The number of an issue at the end, behind a year: "mai 1987, n° 12"."""
    return re.compile(rf"(?:1[5-9]|20)\d{{2}},\s{alternation(words('volumes', 'issue'))}\s?\d{{1,5}}$")


@cache
def _counted() -> re.Pattern[str]:
    """What a number with a full stop counts: "6. Auflage", "30. Jg.", "4. Bd."; months are known as dates."""
    listed = [
        word for concept in ("edition", "volume", "issue", "number-of-volumes") for word in words("volumes", concept)
    ]
    counted = (word for word in listed if len(word) > 1 and word.rstrip(".").lower() not in _BEFORE_NUMBER)
    return re.compile(rf"(?i:{alternation(counted)})(?![^\W\d_])")


class _Cuts:
    """Places in a text, kept in order."""

    def __init__(self, length: int) -> None:
        self.places = [0, length]

    def add(self, place: int) -> None:
        insort(self.places, place)

    def before(self, place: int) -> int:
        """The last cut at or before `place`."""
        return self.places[bisect_right(self.places, place) - 1]


def pieces(text: str, mask: bytearray, language: str | None) -> list[tuple[int, int]]:
    """The bounds of the pieces of a note (reading text); `mask` is 1 where no cut may fall."""
    cuts = _Cuts(len(text))

    def complete(place: int) -> bool:
        return can_end(text, cuts.before(place), place, language)

    for match in _SEMICOLON.finditer(text):
        rest = text[match.end() : match.end() + _AHEAD]
        if match.group()[0] in "·\u0387" and not complete(match.start()):
            continue  # in titles and sentences it is a colon as well
        if not (
            mask[match.start()]
            or pages_follow(rest)
            or year_follows(text, match.start())
            or leads_on(rest)
            or statement_follows(text, cuts.before(match.start()), match.start())
            or inside_field(text, cuts.before(match.start()), match.start())
        ):
            cuts.add(match.end())
    for match in _next_in_east().finditer(text):
        if not mask[match.start()] and complete(match.start()):
            cuts.add(match.start() + 1)
    for match in _DASH.finditer(text) if language else ():
        before, rest = text[cuts.before(match.start()) : match.start()], text[match.end() : match.end() + _AHEAD]
        if not mask[match.start()] and ends_with_page(before) and starts_citation(rest) and not _goes_on().match(rest):
            cuts.add(match.start() + 1)
    for match in _SENTENCE.finditer(text):
        if (not mask[match.start() - 1] or text[match.start() - 1] in "”\"»’')") and _sentence_ends(
            text, cuts.before(match.start()), match.start(), match.end(), language
        ):
            cuts.add(match.end())
    for match in translation_pattern().pattern.finditer(text):
        stop = _without_blanks(text, match.start())
        if stop and text[stop - 1] in "(,;.[" and can_end(text, cuts.before(match.start()), stop - 1, language):
            cuts.add(match.start())
    references = [match.span() for match in note_reference_pattern().finditer(text)]  # "op. cit. en nota 1"
    signals = [match.span() for match in signal_inside().finditer(text)]
    for match in joins().finditer(text):
        rest = text[match.end() : match.end() + _AHEAD]
        inside = any(start < match.end() - 1 < end for start, end in references)
        if inside or (text[match.start() - 1].isdigit() and note_reference_pattern().match(rest)):
            continue  # "op. cit. en nota 1", "p. 33 e nota 5"
        led = next((start for start, end in signals if start < match.start() and match.end() <= end), None)
        if led is not None:  # "cit. en Elliott": no Dutch "and"
            if led and not mask[led] and starts_citation(rest):
                cuts.add(led)
            continue
        if (
            not mask[match.start()]
            and complete(match.start())
            and (
                signal_head().match(rest)
                or (starts_citation(rest) and not rest[:1].isdigit())
                or behind_topic(rest, 0, len(rest), (), language) is not None
            )
        ):
            cuts.add(match.end())
    compared = _COMPARE.match(text)
    again_first = compared is not None and starts_with_ibid(text[compared.end() :]) is not None
    for match in _WITH.finditer(text, compared.end()) if compared else ():
        closed = complete(match.start()) or (again_first and text[match.start() - 1].isdigit())
        if not mask[match.start()] and closed and starts_citation(text[match.end() :][:_AHEAD]):
            cuts.add(match.start() + 1)  # "Compare ibid., 198, with Colin Moor, …": the small word is of neither
            cuts.add(match.end())
    for match in joins_with_remark().finditer(text):
        if not mask[match.start()] and complete(match.start()) and starts_citation(text[match.end() :][:_AHEAD]):
            cuts.add(match.start() + 1)  # the remark is a piece of its own, and no citation
            cuts.add(match.end())
    for match in again().finditer(text):
        if not mask[match.start()] and complete(match.start()):
            cuts.add(match.end())
    for match in signal_inside().finditer(text):
        if match.start() and not mask[match.start()] and complete(match.start()):
            cuts.add(match.start())
    for match in _OPENING.finditer(text):
        rest = text[match.end() : match.end() + _AHEAD]
        if starts_with_ibid(rest) or (reprinted().match(rest) and complete(match.start())):
            cuts.add(match.end())
    return list(pairwise(cuts.places))


def _without_blanks(text: str, end: int) -> int:
    while end and text[end - 1].isspace():
        end -= 1
    return end


def pages_follow(rest: str) -> bool:
    """Whether a semicolon stands inside a citation, before further pages."""
    locators = find_locators(rest[:40])
    if locators and locators[0].start == 0:
        after = rest[locators[0].end :].lstrip()
        return not after or after[0] in ".;)"
    return bool(_ANTIQUITY.match(rest) or _VOLUME_AGAIN.match(rest) or _VOLUME.match(rest))


def year_follows(text: str, semicolon: int) -> bool:
    """Whether a semicolon stands before the year of an imprint: "London: Longman; 1972" (NLM, Citing Medicine)."""
    behind = semicolon + 1 + text.startswith(" ", semicolon + 1)
    return text[semicolon - 1 : semicolon].isalpha() and _YEAR_ALONE.match(text, behind) is not None


def ends_with_page(words: str) -> bool:
    """Whether the last of the words is a page, labelled or bare; a year is none."""
    tail = words[-_TAIL:]
    if any(found.end >= len(tail) - 1 for found in find_locators(tail)):
        return True
    return _bare_page().search(tail) is not None and not any(year.end >= len(tail) - 1 for year in years(tail))


def can_end(text: str, start: int, end: int, language: str | None) -> bool:
    """Whether a citation could end at `end`: with a page, a year, an address, a closing imprint, or a "cit."."""
    while start < end and text[start].isspace():
        start += 1
    length = end - start
    while end > start and text[end - 1] in " ,;.:":
        end -= 1
    if start == end:
        return False
    if length < _TAIL and starts_with_ibid(text[start:end]):
        return True
    if text[end - 1] in ")]":
        opening = max(text.rfind("(" if text[end - 1] == ")" else "[", start, end), start)
        inner = text[opening:end]
        if (len(inner) <= 8 and years(inner)) or (len(inner) <= _LONGEST_DATE and find_dates(inner, language)):
            return not _only_names(text[start:opening])
        if text[end - 1] == "]":
            pass  # a title in another language, with its own years: "[Documents, 1799–1815]"
        elif _PERIOD.fullmatch(inner):
            return text[start:opening].rstrip()[-1:].isdigit()  # of a volume; else of the title
        elif years(inner) or find_identifiers(inner) or find_dates(inner, language) or find_locators(inner):
            return True
        return (
            start < opening
            and inner[1:2].islower()
            and len(inner) < _SHORT_REMARK
            and can_end(text, start, opening, language)
        )
    tail = text[max(start, end - _TAIL) : end]
    if any(found.end >= len(tail) - 1 for found in find_locators(tail)) or any(
        date.end >= len(tail) - 1 for date in find_dates(tail, language)
    ):
        return True
    last_word = text[max(start, text.rfind(" ", start, end) + 1) : end]
    for closing in (last_word, tail):
        if any(identifier.end >= len(closing) - 1 for identifier in find_identifiers(closing)):
            return True
    closing_year = next((year for year in years(tail) if year.end >= len(tail) - 1), None)
    if closing_year and "/" in closing_year.edtf:
        named = tail[: closing_year.start].rstrip(" (")
        if named.endswith(",") or not (is_place(_last_chunk(named)) or is_publisher(_last_chunk(named))):
            return False  # "…, 1810-1848. Étude …", "Deutsche Geschichte 1800–1866. Bürgerwelt": the years of a title
    if closing_year and _imprint_year(tail[: closing_year.start]):
        before = text[start : end - len(tail) + closing_year.start].rstrip()
        return not (
            before.endswith((".", ",")) and ":" not in before and len(before) < _LONGEST_HEAD and _only_names(before)
        )
    if _bare_page().search(tail) or _EXTENT.search(tail) or _closing_issue().search(tail):
        return True
    cues = find_cues(tail)
    return bool(cues) and cues[-1].end >= len(tail) - 1 and cues[-1].cue.kind is not CueKind.IDEM


def _about_the_page(before: str, rest: str, language: str | None) -> bool:
    """Words on where and when the work just cited can be read: an address, a report's number, a day, "archived"."""
    if web_phrase().match(rest):
        return True
    address = _ADDRESS.match(rest)
    if address:
        return "://" not in before
    number = REPORT_NUMBER.match(rest)
    day = next(iter(find_dates(rest[:40], language)), None)
    return bool(number) or (day is not None and day.start == 0)


@cache
def _kind_of_thesis() -> re.Pattern[str]:
    """ "210 f. Dissertação (Mestrado em História)" (ABNT NBR 6023, 7.2), "1967. Diss. phil., …"."""
    return re.compile(rf"(?i:{alternation(words('archives', 'genre'))})(?:,?\s[a-z]|\s?\(|,)")


_NOTE_ON_PAGE = re.compile(r"(?:Anm|Note|note|n|nota)\.?\s\d{1,3}\s?(?:[.;]|$)")
_DATABASE = re.compile(r"[^\W\d_a-z][\w&\s-]{1,30}[,.:]\s(?:https?://|www\.|doi)")


def _database(before: str, rest: str) -> bool:
    """Where the work just cited can be read: "JSTOR, www.jstor.org/stable/…" (MLA 9, 5.34)."""
    return "http" not in before and "www." not in before and _DATABASE.match(rest) is not None


def _last_chunk(before: str) -> str:
    return _EDGE.split(before.rstrip(" \u00b9\u00b2"))[-1].strip()


def _imprint_year(before: str) -> bool:
    """Whether what stands before a closing year is an imprint: a place, a publisher, or nothing behind a comma."""
    chunk = _last_chunk(before)
    named = chunk.split()
    return (
        not chunk or is_place(chunk) or is_publisher(chunk) or (len(named) <= 3 and all(w[0].isupper() for w in named))
    )


def _only_names(text: str) -> bool:
    """Whether the words before a bracket are names alone: then its year is that of the author-date style."""
    names = [name.strip(" .,") for name in _BETWEEN_NAMES.split(text) if name.strip(" .,")]
    return bool(names) and all(
        len(name.split()) <= 4
        and (is_person(name) or all(w[:1].isupper() or w[:1] in "([" or is_particle(w) for w in name.split()))
        for name in names
    )


def _title_goes_on(before: str, rest: str) -> bool:
    """Whether a town and a year are the title, as the imprint follows: "H. Blum, Prag 1848. Die Stadt …, Bonn 1997".

    Behind a name alone they are no imprint, for no work has been named yet.
    """
    title = _TITLED_BY_TOWN.match(before)
    names = title["names"] if title else ""
    imprint = _IMPRINT_AHEAD.match(rest)
    if imprint is None or not _only_names(names) or starts_with_idem(names):
        return False
    subtitle = imprint["title"]
    return " " in subtitle and "," not in subtitle and not is_person(subtitle)


def _opens_translation(before: str) -> bool:
    """ "trad. it." ends no sentence: the translation follows."""
    tail = before[-40:]
    return any(match.end() >= len(tail) - 1 for match in translation_pattern().pattern.finditer(tail))


def _is_idem_alone(before: str) -> bool:
    """Whether "Id." says no more: in law the authority cited just before (Bluebook 4.1), no author of what follows."""
    signal = signal_head().match(before)
    said = before[signal.end() :] if signal else before
    idem = starts_with_idem(said)
    return idem is not None and idem.end() == len(said) and said[-1:] == "."


def remark_leads_on(rest: str) -> bool:
    """ "Zu den Mühlen allgemein: Karl Weber, …", "For the mills see Weber, …": plain words that lead to a citation."""
    if not is_opening(rest):
        return False
    for lead in (_COLON.search(rest), signal_inside().search(rest)):
        if lead and not _PARTS_OF_REMARK.search(rest, 0, lead.start()):
            return starts_citation(rest[lead.end() :])
    return False


def _may_close(tail: str) -> bool:
    """Whether the full stop of an abbreviation may be that of the sentence, too."""
    return bool(_MAY_CLOSE.search(tail) or _EXTENT.search(tail))


def _sentence_ends(text: str, start: int, dot: int, following: int, language: str | None) -> bool:
    """Whether the full stop before `dot` ends a citation, or a comment that a citation follows."""
    before, rest = text[start:dot], text[following : following + _AHEAD]
    signal = signal_head().match(rest)
    if signal and starts_citation(rest[signal.end() :]) and _is_idem_alone(before):
        return True
    if before.endswith(".") and _abbreviation().search(before[-24:]) and not _may_close(before[-12:]):
        tail = before[-30:]
        locators = find_locators(tail)
        if not (locators and locators[-1].end >= len(tail) - 1):
            return False
    if _goes_on().match(rest) or _kind_of_thesis().match(rest) or _database(before, rest):
        return False
    if _NOTE_ON_PAGE.match(rest) and ends_with_page(before.rstrip(" .")):
        return False  # "S. 301. Anm. 4."
    if _TITLED_BY_TOWN.match(before) and _title_goes_on(before, rest):
        return False
    if _opens_translation(before) or _about_the_page(before, rest, language):
        return False
    if _ORDINAL_NUMBER.search(before[-5:]) and _counted().match(rest):
        return False
    if language in _ORDINAL_POINT and _ORDINAL.search(before[-6:]):
        return False
    if len(before) > _LONGEST or can_end(text, start, dot, language):
        return True
    if signal and (starts_citation(rest[signal.end() :]) or len(signal.group().strip()) > 2):
        return True
    if rest[:1].isalpha() and _FAMILY_AND_TITLE.fullmatch(before.rstrip()):
        return True
    if _AUTHOR_IN_CAPITALS.match(rest) and starts_citation(rest) and years(before):
        return True
    if remark_leads_on(rest) and years(before):
        return True
    quotation = enclosures(before)
    if (
        quotation
        and quotation[0].quoted
        and quotation[0].start == 0
        and quotation[0].end >= len(before.rstrip())
        and _NAMED_TITLE.match(rest)
    ):
        return True  # words quoted from a source, then the source
    # A comment that ends before a citation begins.
    return (
        len(before.split()) > 6
        and not re.match(r"In\b", rest)
        and not begins_inside(before)
        and not evidence(before, language=language).is_citation
    )
