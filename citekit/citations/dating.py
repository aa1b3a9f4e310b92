"""A date field: the year it was issued, the year it first came out, and how sure either is.

"(1990).", "c. 1850", "[1904] 1930", "1930 (1. Aufl. 1904)", "民國二十三年", "12 мая 1917 г.", "MDCCXLIII", "n.d.": the words
of one field in, EDTF out (levels 0 and 1 as BibLaTeX knows them, see `citekit.formats.dates`). What is no date stays
words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from citekit.citations.brackets import REMEMBERED
from citekit.citations.dates import DateMatch, find_dates, years
from citekit.citations.old_dates import find_old_dates
from citekit.lexicon import alternation, words

__all__ = ["Dated", "read_date"]

_GAP_OF_REPRINT = 2  # years: "1904/05" and "1904/1906" are ranges, "1904/1930" an original and its reprint
_RANGE_SIGN = re.compile(
    r"\s?(?:[-–—‒―~～〜]|bis|to|until|à|al|a|do|до)\s?(?:the\s|den\s|le\s|el\s|il\s)?", re.IGNORECASE
)
_UNSURE = re.compile(r"\s?[)\]]?\s?[(\[]?[?？][)\]]?")
_OPEN_END = re.compile(r"\s?[-–—]{1,2}\s?(?=$|[)\]])")
_DECADE = re.compile(
    r"(?<!\d)(?P<y>1\d|20)(?P<d>\d)0(?:['’]?s(?![^\W\d_])|er(?:\s(?:Jahre))?(?![^\W\d_])|-е(?:\sгг\.)?|年代|-talet|-tallet)"
)
_DECADE_AFTER = re.compile(
    r"(?:années|anni|años|anos|jaren|lata|léta|годы)\s['’]?(?P<y>1\d|20)(?P<d>\d)0", re.IGNORECASE
)
_CUT_SHORT = re.compile(r"(?<!\d)(?P<y>1\d|20)(?P<rest>\d?)(?P<gap>[-–_.?X]{1,2})(?![\dX])")
_ROMAN_CENTURY = {r: n for n, r in enumerate(
    ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX", "XXI"], 1)}  # fmt: skip
_SUFFIX = re.compile(r"(?<=\d{4})(?P<letter>[a-z])(?![\w])")
_DAYS = re.compile(r"(?<!\d)(?P<from>\d{1,2})\.?\s?[-–—/]\s?(?P<to>\d{1,2})(?=\.?\s?(?:st|nd|rd|th)?\.?\s?[^\W\d_])")
_DAYS_BEHIND = re.compile(r"(?<=[^\W\d_])\.?\s(?P<from>\d{1,2})\s?[-–—]\s?(?P<to>\d{1,2})(?=,?\s\d{4})")


@dataclass(frozen=True, slots=True)
class Dated:
    """What a date field says.

    Attributes:
        edtf: when it was issued, None where the words are no date.
        original: when it first came out, in EDTF.
        suffix: the letter behind the year ("1994a"), empty where there is none.
        status: the words that say it is not out yet ("forthcoming"), or that the year is unknown ("n.d.").
        spans: the places in the words that were understood.
    """

    edtf: str | None = None
    original: str | None = None
    suffix: str = ""
    status: str = ""
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Point:
    """A date in the words, with what stands around it."""

    start: int
    end: int
    edtf: str
    enclosed: bool
    said: str = ""  # "original", "reprint", "copyright" or nothing


@cache
def _cue(concept: str) -> re.Pattern[str]:
    listed = alternation(words("dates", concept))
    guard = r"(?<![^\W\d_])" if concept != "copyright" else ""
    return re.compile(rf"{guard}{listed}(?![^\W\d_])", re.IGNORECASE)


@cache
def _glued_cue(concept: str) -> re.Pattern[str]:
    """A cue right before or behind a year: "c. 1850", "ca.1850", "c1990", "约1850"."""
    return re.compile(
        rf"(?<![^\W\d_])(?:in|im|the|le|l['’]an)?\s?{alternation(words('dates', concept))}\s?[(\[]?\s?$", re.IGNORECASE
    )


@lru_cache(maxsize=REMEMBERED)
def read_date(words_of_date: str, language: str | None = None) -> Dated:
    """What the words of a date field say.

    Two years at once are an original and its reprint when a slash, brackets or a word ("1. Aufl.", "repr.") parts
    them, and a range when a dash does.
    """
    text = words_of_date
    spans: list[tuple[int, int]] = []
    status = _status(text, spans)
    points = _points(text, language, spans)
    if not points:
        return Dated(status=status, spans=tuple(spans))
    issued, original = _issued_and_original(text, points)
    if original is None and "/" in issued.edtf and "/" in text[issued.start : issued.end]:
        first, _, last = issued.edtf.partition("/")
        if len(first) == 4 and len(last) == 4 and first.isdigit() and last.isdigit():
            if int(last) - int(first) > _GAP_OF_REPRINT:
                return Dated(last, first, _letter(text), status, tuple(spans))
    return Dated(issued.edtf, original.edtf if original else None, _letter(text), status, tuple(spans))


def _letter(text: str) -> str:
    match = _SUFFIX.search(text)
    return match["letter"] if match else ""


def _status(text: str, spans: list[tuple[int, int]]) -> str:
    for concept in ("forthcoming", "unknown"):
        match = _cue(concept).search(text)
        if match:
            spans.append(match.span())
            return match.group()
    return ""


def _points(text: str, language: str | None, spans: list[tuple[int, int]]) -> list[_Point]:
    found = _matches(text, language)
    joined = _ranges(text, found)
    points = []
    for match in joined:
        start, end, edtf = match.start, match.end, match.edtf
        before, after = text[:start], text[end:]
        enclosed = _enclosed(text, start, end)
        said = ""
        for concept in ("original", "reprint", "copyright"):
            cue = _cue_before(before, concept)
            if cue is not None:
                said = concept
                spans.append((cue, start))
                break
        edtf, start, end = _doubted(text, edtf, start, end, before, after)
        spans.append((start, end))
        points.append(_Point(start, end, edtf, enclosed, said))
    return points


def _cue_before(before: str, concept: str) -> int | None:
    match = _before_year(concept).search(before[-60:])
    return max(0, len(before) - 60) + match.start() if match else None


@cache
def _before_year(concept: str) -> re.Pattern[str]:
    listed = alternation(words("dates", concept))
    glued = r"|(?<![^\W\d_])c(?=$)" if concept == "copyright" else ""
    return re.compile(
        rf"(?:(?<![^\W\d_]){listed}{glued})(?:\s(?:in|im|en|von|de|del|of|w|v))?\s?[:.,]?\s?[(\[]?\s?$", re.IGNORECASE
    )


def _doubted(text: str, edtf: str, start: int, end: int, before: str, after: str) -> tuple[str, int, int]:
    """The date with EDTF's signs for "about" and "perhaps", and its place with their words."""
    circa = _before_year("circa").search(before[-30:])
    behind = re.match(rf"\s?{alternation(words('dates', 'circa'))}(?![^\W\d_])", after, re.IGNORECASE)
    unsure = _UNSURE.match(after) or (before.rstrip().endswith("?") and re.match("", after))
    perhaps = _before_year("uncertain").search(before[-30:])
    sign = ""
    if circa:
        start = max(0, len(before) - 30) + circa.start()
        sign = "~"
    elif behind:
        end += behind.end()
        sign = "~"
    if perhaps:
        start = max(0, len(before) - 30) + perhaps.start()
    if unsure or perhaps:
        sign = "%" if sign else "?"
        end += unsure.end() if unsure else 0
    if sign and "/" in edtf:
        first, _, last = edtf.partition("/")
        return f"{first}{sign}/{last}", start, end
    if sign:
        return edtf.rstrip("?~%") + sign, start, end
    for concept, shape in (("before", "/{}"), ("after", "{}/..")):
        cue = _before_year(concept).search(before[-30:])
        if cue and "/" not in edtf:
            return shape.format(edtf), max(0, len(before) - 30) + cue.start(), end
    open_end = _OPEN_END.match(after)
    if open_end and "/" not in edtf and "X" not in edtf:
        return f"{edtf}/..", start, end + open_end.end()
    return edtf, start, end


def _enclosed(text: str, start: int, end: int) -> bool:
    """Whether brackets hold this date and others stand outside them."""
    left = max(text.rfind("(", 0, start), text.rfind("[", 0, start))
    if left < 0 or any(sign in text[left:start] for sign in ")]"):
        return False
    rights = [place for place in (text.find(")", end), text.find("]", end)) if place >= 0]
    outside = text[:left] + (text[min(rights) + 1 :] if rights else "")
    return bool(re.search(r"\d{3}|年", outside))


def _issued_and_original(text: str, points: list[_Point]) -> tuple[_Point, _Point | None]:
    originals = [point for point in points if point.said == "original"]
    reprints = [point for point in points if point.said == "reprint"]
    plain = [point for point in points if not point.said]
    if originals and len(points) > 1:
        others = [point for point in points if point is not originals[0]]
        return others[0], originals[0]
    if reprints and plain:
        return reprints[0], plain[0]
    if len(points) > 1:
        exact = [point for point in points if not point.enclosed]
        inside = [point for point in points if point.enclosed]
        if exact and inside and inside[0].edtf[:4] < exact[0].edtf[:4]:
            return exact[0], inside[0]
        if len(exact) > 1 and len(exact[0].edtf) == len(exact[1].edtf) == 4 and _slashed(text, exact[0], exact[1]):
            return exact[1], exact[0]
        best = max(exact or points, key=lambda point: len(point.edtf))
        return best, None
    return points[0], None


def _slashed(text: str, first: _Point, second: _Point) -> bool:
    return text[first.end : second.start].strip() == "/" and first.edtf < second.edtf


def _matches(text: str, language: str | None) -> list[DateMatch]:
    """All dates in the words, the exact ones first to claim their place."""
    found: list[DateMatch] = []
    taken = bytearray(len(text) + 1)

    def keep(match: DateMatch) -> None:
        if not any(taken[match.start : match.end]):
            taken[match.start : match.end] = b"\x01" * (match.end - match.start)
            found.append(match)

    for match in _days(text, language):
        keep(match)
    for source in (find_old_dates(text), find_dates(text, language), _vague(text), years(text)):
        for match in source:
            keep(match)
    return sorted(found, key=lambda match: match.start)


def _days(text: str, language: str | None) -> list[DateMatch]:
    """ "12-15 May 1990", "May 12-15, 1990": two days of one month."""
    found = []
    for pattern in (_DAYS, _DAYS_BEHIND):
        for match in pattern.finditer(text):
            head, tail = text[: match.start("from")], text[match.end("from") : match.start("to")]
            single = text[: match.start("from")] + text[match.start("to") :]
            cut = len(text) - len(single)
            for date in find_dates(single, language):
                if date.start <= match.start("from") < date.end and date.edtf.count("-") == 2 and not tail.isspace():
                    day = int(match["from"])
                    last = int(date.edtf[8:10])
                    if 1 <= day < last:
                        first = f"{date.edtf[:8]}{day:02d}"
                        found.append(DateMatch(min(date.start, len(head)), date.end + cut, f"{first}/{date.edtf}"))
    return found


def _ranges(text: str, found: list[DateMatch]) -> list[DateMatch]:
    """Two dates with a dash between as one range ("3 May – 4 June 1990"); a lacking year is the second's."""
    joined: list[DateMatch] = []
    for match in found:
        if joined and "/" not in match.edtf and "/" not in joined[-1].edtf and "X" not in match.edtf:
            between = text[joined[-1].end : match.start]
            before = joined[-1]
            sign = _RANGE_SIGN.fullmatch(re.sub(r"[?()\[\]]|\bc(?:a|irca)?\.?\s?", "", between))
            if sign and before.edtf < match.edtf and "." not in before.edtf:
                mark = "?" if "?" in between else ""
                about = "~" if re.search(r"\bc(?:a|irca)?\.?\s?$", between) else ""
                joined[-1] = DateMatch(before.start, match.end, f"{before.edtf}{mark}/{match.edtf}{about}")
                continue
        joined.append(match)
    return joined


def _vague(text: str) -> list[DateMatch]:
    """Decades and centuries: "1960s" is 196X, "18. Jh." 17XX, "19--?" 19XX."""
    found = []
    for pattern in (_DECADE, _DECADE_AFTER):
        for match in pattern.finditer(text):
            found.append(DateMatch(match.start(), match.end(), f"{match['y']}{match['d']}X"))
    for match in _century().finditer(text):
        number = match["arabic"] or match["arabic2"] or match["cjk"]
        roman = match["roman"] or match["roman2"]
        century = int(number) if number else _ROMAN_CENTURY.get((roman or "").upper(), 0)
        if 10 <= century <= 21:
            found.append(DateMatch(match.start(), match.end(), f"{century - 1}XX"))
    for match in _CUT_SHORT.finditer(text):
        length = len(match["rest"]) + len(match["gap"])
        if length == 2 and not (match["gap"][0] == "." and not match["rest"]):
            found.append(DateMatch(match.start(), match.end(), f"{match['y']}{match['rest']}".ljust(4, "X")))
    return found


@cache
def _century() -> re.Pattern[str]:
    listed = alternation(word for word in words("dates", "century") if word[0] < "\u2e80" and word not in ("c.",))
    return re.compile(
        rf"(?<![\w])(?:(?P<arabic>\d{{1,2}})(?:st|nd|rd|th|\.|e|ème)?\s(?:{listed}|c\.)(?![^\W\d_])"
        rf"|(?P<roman>[XVI]{{1,5}})(?:\.|e|ème|º)?\s?{listed}(?![^\W\d_])"
        rf"|{listed}\s?(?:(?P<roman2>[XVI]{{1,5}})|(?P<arabic2>\d{{1,2}}))(?![\w])"
        rf"|(?P<cjk>\d{{1,2}})\s?世[纪紀])",
    )
