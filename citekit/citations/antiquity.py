"""Sources cited by book and chapter ("Thuc. 1.22.4", "Cicero, Att. 2.1") or by a collection's siglum ("CIL VI 1234").

Chicago 17, 14.242-14.252: author, title (often abbreviated), and the place in the work by divisions that all editions
share, without an imprint. The collections (Migne, the Corpus of Latin inscriptions, the Monumenta) are cited by siglum,
volume, and number, page or column.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from citekit.citations.brackets import REMEMBERED
from citekit.lexicon import Opening, alternation, opening, words

__all__ = ["AncientSource", "ancient_source"]

_ABBREVIATED = r"[a-z]{1,8}\.(?:\s[a-z]{1,8}\.){0,2}"  # "nat.", "nat. hist.": as German lexica shorten the works
_WORD = r"(?:[^\W\d_][^\W\d_]*\.?|\w+\.)"
_FEW_WORDS = rf"[^\W\d_a-z][^\W\d_]*\.?(?:\s{_WORD}){{0,4}}|(?:de|in|ad|pro|ab|contra)\s{_WORD}(?:\s{_WORD}){{0,4}}"
# "1.22.4", "21.4.3–5", "31,73": divisions parted by full stops or commas; "I, 23", "XIV 5, 3", "ii. 5"; "514a–520a":
# Plato's pages.
_DIVISIONS = (
    r"(?:\d{1,3}(?:\.\s?\d{1,4}){1,3}(?:[-–]\d{1,4}(?:\.\d{1,4}){0,3})?"
    r"|[IVXLC]{1,7}[,.]?\s\d{1,4}(?:[,.]\s?\d{1,4}){0,2}(?:[-–]\d{1,4})?"
    r"|[ivxlc]{1,7}\.\s?\d{1,4}(?:\.\s?\d{1,4})?(?:[-–]\d{1,4})?"
    r"|\d{1,3}(?:,\s?\d{1,4}){1,3}(?:[-–]\d{1,4})?"
    r"|\d{1,4}[a-e]\d{0,2}(?:[-–](?:\d{1,4})?[a-e]?\d{0,2})?)"
)
_ONE_NUMBER = r"\d{1,4}(?:[-–]\d{1,4})?"
_CLOSED = r"(?=\s?(?:[.,;()]|$))(?!,\s\d{4}\b)"


@dataclass(frozen=True, slots=True)
class AncientSource:
    """Where the parts of such a citation stand; an author or a title that is not stated is None."""

    author: tuple[int, int] | None
    title: tuple[int, int] | None
    volume: tuple[int, int] | None
    locator: tuple[int, int]


@cache
def _by_author() -> Opening:
    abbreviated = alternation(word for word in words("ancient", "author") if word.endswith("."))
    named = alternation(word for word in words("ancient", "author") if not word.endswith("."))
    return opening(
        rf"(?P<author>{abbreviated}|{named}(?![^\W\d_])),?\s"
        rf"(?:(?P<title>(?![IVXLC]+\b){_FEW_WORDS}|{_ABBREVIATED}),?\s)?(?P<place>{_DIVISIONS}){_CLOSED}"
        rf"|(?P<short>{abbreviated}),?\s(?P<work>[^\W\d_a-z][^\W\d_]{{0,12}}\.?(?:\s[^\W\d_]{{1,12}}\.){{0,2}})"
        rf",?\s(?P<number>{_ONE_NUMBER}){_CLOSED}",
        words("ancient", "author"),
    )


@cache
def _by_collection() -> Opening:
    sigla = words("ancient", "collection")
    return opening(
        rf"(?:Migne,\s)?(?P<title>{alternation(sigla)})(?![^\W\d_])[²³]?,?\s(?P<volume>[IVXLC]{{1,8}}[²³]?|\d{{1,3}})"
        rf"(?:[.,/]\s?\d{{1,3}})?,?\s(?:(?:no|nr|n)\.\s?|(?:col|cols|p|pp|S|Sp)\.\s?)?"
        rf"(?P<number>\d{{1,6}}[a-d]?(?:\s?[-–]\s?\d{{1,6}}[a-d]?)?){_CLOSED}",
        (*sigla, "Migne"),
    )


@lru_cache(maxsize=REMEMBERED)
def ancient_source(text: str) -> AncientSource | None:
    """The parts of a citation that begins as one of an ancient source; None where it does not.

    >>> found = ancient_source("Cic. Att. 2.1")
    >>> found and found.locator
    (10, 13)
    """
    match = _by_author().match(text)
    if match:
        author, title, place = ("author", "title", "place") if match["place"] else ("short", "work", "number")
        return AncientSource(match.span(author), match.span(title) if match[title] else None, None, match.span(place))
    match = _by_collection().match(text)
    if match:
        return AncientSource(None, match.span("title"), match.span("volume"), match.span("number"))
    return None
