"""A date field: the year it was issued, the year it first came out, and how sure either is.

"(1990).", "c. 1850", "[1904] 1930", "1930 (1. Aufl. 1904)", "民國二十三年", "12 мая 1917 г.", "MDCCXLIII", "n.d.": the
words of one field in, EDTF out (levels 0 and 1 as BibLaTeX knows them, see `citekit.formats.dates`). What is no date
stays words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from citekit.citations.dates import DateMatch, find_dates, years
from citekit.citations.digits import western_digits
from citekit.citations.old_dates import find_old_dates
from citekit.citations.vague_dates import find_days, find_months, find_vague_dates
from citekit.lexicon import alternation, words

__all__ = ["Dated", "read_date"]

_DATES = 4096  # remembered: in a bibliography the same years come again and again
_GAP_OF_REPRINT = 2  # years: "1904/05" and "1904/1906" are ranges, "1904/1930" an original and its reprint
_LOOKED_BACK = 60  # characters: the longest words before a year, and brackets
_RANGE_SIGN = re.compile(
    r"\s?(?:[-–—‒―~～〜]|bis|to|until|à|al|a|do|до)\s?(?:the\s|den\s|le\s|el\s|il\s)?", re.IGNORECASE
)
_CIRCA_BETWEEN = re.compile(r"\bc(?:a|irca)?\.?\s?$")
_UNSURE = re.compile(r"\s?[)\]]?\s?[(\[]?[?？][)\]]?")
_OPEN_END = re.compile(r"\s?[-–—]{1,2}\s?(?=$|[)\]])")
_SUFFIX = re.compile(r"(?<!\d)\d{4}(?P<letter>[a-z])(?!\w)(?!['’])")
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class Dated:
    """What a date field says.

    Attributes:
        edtf: when it was issued, None where the words are no date.
        original: when it first came out, in EDTF.
        suffix: the letter behind the year ("1994a"), empty where there is none.
        status: the words that say it is not out yet ("forthcoming"), or that the year is unknown ("n.d.").
        unread: the words that say something else.
    """

    edtf: str | None = None
    original: str | None = None
    suffix: str = ""
    status: str = ""
    unread: str = ""


@dataclass(frozen=True, slots=True)
class _Point:
    """A date in the words: its place with the words that qualify it, whether brackets hold it, what leads to it."""

    start: int
    end: int
    edtf: str
    enclosed: bool
    led: str = ""  # "original", "reprint", "copyright" or nothing


@cache
def _before_year(concept: str) -> re.Pattern[str]:
    """The words of a concept right before a year: "c. 1850", "repr. 1930", "(1. Aufl. 1904"."""
    listed = alternation(words("dates", concept))
    letter = r"|(?<![^\W\d_])c(?=$)" if concept == "copyright" else ""
    guard = "" if concept == "copyright" else r"(?<![^\W\d_])"
    return re.compile(
        rf"(?:{guard}{listed}{letter})(?:\s(?:in|im|en|von|de|del|of|w|v))?\s?[:.,]?\s?[(\[]?\s?$", re.IGNORECASE
    )


@cache
def _anywhere(concept: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\d_]){alternation(words('dates', concept))}(?![^\W\d_])", re.IGNORECASE)


@cache
def _behind_year(concept: str) -> re.Pattern[str]:
    return re.compile(rf"\s?{alternation(words('dates', concept))}(?![^\W\d_])", re.IGNORECASE)


@lru_cache(maxsize=_DATES)
def read_date(printed: str, language: str | None = None) -> Dated:
    """What the words of a date field say.

    Two years at once are an original and its reprint when a slash, brackets or a word ("1. Aufl.", "repr.") parts
    them, and a range when a dash does.
    """
    printed = western_digits(printed)
    spans: list[tuple[int, int]] = []
    status = _status(printed, spans)
    points = [_point(printed, match, spans) for match in _ranges(printed, _matches(printed, language))]
    letter = _SUFFIX.search(printed)
    dated = Dated(suffix=letter["letter"] if letter else "", status=status, unread=_unread(printed, spans))
    if not points:
        return replace(dated, suffix="")
    issued, original = _issued_and_original(printed, points)
    reprinted = _reprinted(printed, issued)
    if original is None and reprinted is not None:
        return replace(dated, edtf=reprinted[1], original=reprinted[0])
    if "X" in issued.edtf:
        dated = replace(dated, suffix="")  # "1960s"
    return replace(dated, edtf=issued.edtf, original=original.edtf if original else None)


def _reprinted(text: str, point: _Point) -> tuple[str, str] | None:
    """The two years of "1904/1930", too far apart for a range; None for anything else."""
    first, slash, last = point.edtf.partition("/")
    if not slash or "/" not in text[point.start : point.end] or not (_YEAR.fullmatch(first) and _YEAR.fullmatch(last)):
        return None
    return (first, last) if int(last) - int(first) > _GAP_OF_REPRINT else None


def _status(text: str, spans: list[tuple[int, int]]) -> str:
    for concept in ("forthcoming", "unknown"):
        match = _anywhere(concept).search(text)
        if match:
            spans.append(match.span())
            return match.group()
    return ""


def _point(text: str, match: DateMatch, spans: list[tuple[int, int]]) -> _Point:
    before = text[max(0, match.start - _LOOKED_BACK) : match.start]
    offset = match.start - len(before)
    led = ""
    for concept in ("original", "reprint", "copyright"):
        lead = _before_year(concept).search(before)
        if lead:
            led = concept
            spans.append((offset + lead.start(), match.start))
            break
    edtf, start, end = _qualified(text, match, before, offset)
    spans.append((start, end))
    return _Point(start, end, edtf, _enclosed(text, match.start, match.end), led)


def _qualified(text: str, match: DateMatch, before: str, offset: int) -> tuple[str, int, int]:
    """The date with EDTF's signs for "about" and "perhaps", and its place with their words."""
    edtf, start, end = match.edtf, match.start, match.end
    circa = _before_year("circa").search(before)
    behind = _behind_year("circa").match(text, end)
    perhaps = _before_year("uncertain").search(before)
    sign = ""
    if circa or behind:
        sign = "~"
        start = offset + circa.start() if circa else start
        end = behind.end() if behind else end
    unsure = _UNSURE.match(text, end)
    if perhaps or unsure or before.rstrip().endswith("?"):
        sign = "%" if sign else "?"
        start = min(start, offset + perhaps.start()) if perhaps else start
        end = unsure.end() if unsure else end
    if sign:
        first, slash, last = edtf.partition("/")
        return (first.rstrip("?~%") + sign + slash + last if "X" not in first else edtf), start, end
    if "/" in edtf or "X" in edtf:
        return edtf, start, end
    for concept, shape in (("before", "/{}"), ("after", "{}/..")):
        lead = _before_year(concept).search(before)
        if lead:
            return shape.format(edtf), offset + lead.start(), end
    open_end = _OPEN_END.match(text, end)
    return (f"{edtf}/..", start, open_end.end()) if open_end else (edtf, start, end)


def _enclosed(text: str, start: int, end: int) -> bool:
    """Whether brackets hold this date and another stands outside them."""
    left = max(text.rfind("(", 0, start), text.rfind("[", 0, start))
    if left < 0 or any(sign in text[left:start] for sign in ")]"):
        return False
    rights = [place for place in (text.find(")", end), text.find("]", end)) if place >= 0]
    outside = text[:left] + (text[min(rights) + 1 :] if rights else "")
    return bool(re.search(r"\d{3}|年", outside))


def _issued_and_original(text: str, points: list[_Point]) -> tuple[_Point, _Point | None]:
    """Which date is the edition's own, and which that of the first publication."""
    if len(points) == 1:
        return points[0], None
    original = next((point for point in points if point.led == "original"), None)
    if original:
        return next(point for point in points if point is not original), original
    reprint = next((point for point in points if point.led == "reprint"), None)
    plain = [point for point in points if not point.led]
    if reprint and plain:
        return reprint, plain[0]
    outside = [point for point in points if not point.enclosed] or points
    inside = [point for point in points if point.enclosed and point.edtf[:4] < outside[0].edtf[:4]]
    if inside:
        return outside[0], inside[0]
    if len(outside) > 1 and _slashed(text, outside[0], outside[1]):
        return outside[1], outside[0]
    return max(outside, key=lambda point: len(point.edtf)), None


def _slashed(text: str, first: _Point, second: _Point) -> bool:
    return text[first.end : second.start].strip() == "/" and first.edtf < second.edtf


def _matches(text: str, language: str | None) -> list[DateMatch]:
    """All dates in the words, the exact ones first to claim their place."""
    found: list[DateMatch] = []
    taken = bytearray(len(text) + 1)
    for source in (
        find_days(text, language),
        find_old_dates(text),
        find_dates(text, language),
        find_months(text, language),
        find_vague_dates(text),
        years(text),
    ):
        for match in source:
            if not any(taken[match.start : match.end]):
                taken[match.start : match.end] = b"\x01" * (match.end - match.start)
                found.append(match)
    return sorted(found, key=lambda match: match.start)


def _ranges(text: str, found: list[DateMatch]) -> list[DateMatch]:
    """Two dates with a dash between as one range ("3 May – 4 June 1990", "1850–ca. 1860")."""
    joined: list[DateMatch] = []
    for match in found:
        before = joined[-1] if joined else None
        if before and not re.search(r"[/X]", before.edtf + match.edtf) and before.edtf < match.edtf:
            between = text[before.end : match.start]
            if _RANGE_SIGN.fullmatch(_CIRCA_BETWEEN.sub("", re.sub(r"[?()\[\]]", "", between))):
                unsure = "?" if "?" in between else ""
                about = "~" if _CIRCA_BETWEEN.search(between) else ""
                joined[-1] = DateMatch(before.start, match.end, f"{before.edtf}{unsure}/{match.edtf}{about}")
                continue
        joined.append(match)
    return joined


@cache
def _small_words() -> frozenset[str]:
    concepts = ("year", "original", "reprint", "copyright", "circa", "uncertain", "before", "after")
    return frozenset(
        part.casefold().strip(".,")
        for words_of in (*(words("dates", concept) for concept in concepts), words("web", "accessed"),
                         words("web", "archived"))
        for word in words_of
        for part in word.split()
    )  # fmt: skip


def _unread(text: str, spans: list[tuple[int, int]]) -> str:
    """The words outside what was understood, but for those that only say that a date stands here."""
    masked = list(text)
    for start, end in spans:
        masked[start:end] = " " * (end - start)
    left = re.findall(r"[^\s()\[\],;:.«»“”\"]+", "".join(masked))
    return " ".join(word for word in left if re.search(r"\w", word) and word.casefold() not in _small_words())
