"""Facts that make two records different works, however alike they are otherwise.

Each veto is a principle of bibliography: a work is the edition cited (FRBR's manifestation), so another volume,
edition, imprint, translation or part of a book is another work. A veto needs both records to state the fact: what is
missing contradicts nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

from citekit.matching.likeness import containers_alike, people_alike, publishers_alike, titles_alike
from citekit.matching.names import similarity as name_similarity
from citekit.matching.numerals import numbers_differ
from citekit.matching.record import DATED_TYPES, Extent, Record
from citekit.matching.text import folded_words
from citekit.matching.titles import in_contrast, of_other_parts

__all__ = ["VETOES", "vetoes_between"]

TITLES_DIFFER = 0.6  # below this two titles are of two works (see `title_similarity`)
TITLES_DIFFER_SAME_PLACE = 0.3  # one DOI, or one page of one journal, outweighs a title misquoted, not another title
TITLES_DIFFER_SAME_ISSUE = 0.4  # the same authors seldom have two articles with most words alike in one volume
PEOPLE_DIFFER = 0.3
_ONE_PUBLISHER = 0.75  # see `publishers_alike`

_SHEET_TYPES = frozenset({"webpage", "post", "post-weblog", "", "document"})


def title(a: Record, b: Record) -> bool:
    """Different titles, in the same script."""
    score = titles_alike(a, b)
    if score is None or score >= TITLES_DIFFER:
        return False
    if score < TITLES_DIFFER_SAME_PLACE:
        return True
    if _same_doi(a, b) or same_place(a, b):
        return False
    return score < TITLES_DIFFER_SAME_ISSUE or not _same_issue(a, b)


def author(a: Record, b: Record) -> bool:
    """Different authors (an author against an editor is only evidence: roles are often mistaken)."""
    if not a.authors or not b.authors or _same_doi(a, b) or same_place(a, b):
        return False
    return people_alike(a, b) < PEOPLE_DIFFER


def volume(a: Record, b: Record) -> bool:
    """Different volumes of a set; of a journal only where nothing shows that one number was misread.

    A volume with a title of its own is not the set that is named without one (BibLaTeX: @book, @mvbook).
    """
    if a.extent is b.extent is Extent.WHOLE and a.volume_titled != b.volume_titled and bool(a.volume) != bool(b.volume):
        return a.volume_titled == bool(a.volume)
    if not a.volume or not b.volume or not numbers_differ(a.volume, b.volume):
        return False
    if Extent.PART in {a.extent, b.extent} or a.extent is not b.extent:
        return not _same_pages(a, b)
    return not (a.pages and _same_pages(a, b))


def part(a: Record, b: Record) -> bool:
    """Different parts ("Part I", "Part II", "(concluded)"), or titles of different volumes.

    A first part is seldom called so before there is a second: where one of two states a part, other pages tell.
    """
    if a.title is not None and b.title is not None and of_other_parts(a.title, b.title):
        return True
    if a.part and b.part:
        return numbers_differ(a.part, b.part)
    return bool(a.part or b.part) and _pages_apart(a, b)


def contrast(a: Record, b: Record) -> bool:
    """Titles with different numbers or years, countries, or opposites (old and new, before and after)."""
    return a.title is not None and b.title is not None and in_contrast(a.title, b.title)


def edition(a: Record, b: Record) -> bool:
    """Different editions; one that states none is a first, unless the years agree."""
    if a.edition == b.edition:
        return False
    if a.edition and b.edition:
        numbered = a.edition.isdigit() and b.edition.isdigit()
        return numbered or not (a.year and a.year == b.year)
    stated = a.edition or b.edition or ""
    return stated != "1" and bool(a.year and b.year and a.year != b.year)


def year(a: Record, b: Record) -> bool:
    """Different years of imprint: a reprint is another work. In an article one year off may be a misprint."""
    if not a.year or not b.year or a.year == b.year:
        return False
    if _same_doi(a, b):
        return False
    if a.url and a.url == b.url and {a.type, b.type} <= _SHEET_TYPES:
        return False
    in_parts = Extent.WHOLE not in {a.extent, b.extent}
    return not (in_parts and abs(a.year - b.year) <= 1 and (_same_pages(a, b) or _nowhere_else(a, b)))


def date(a: Record, b: Record) -> bool:
    """Different days of a newspaper, letter, diary, report: these repeat their titles.

    A day is stated only of what comes out on days; where the type is known to be such, a month or year suffices.
    """
    to_the_day = len(a.date) == len(b.date) == 3
    if not to_the_day and a.type not in DATED_TYPES and b.type not in DATED_TYPES:
        return False
    if a.url and a.url == b.url:
        return False
    common = min(len(a.date), len(b.date))
    return a.date[:common] != b.date[:common]


def chapter_against_book(a: Record, b: Record) -> bool:
    """A part of a book, and a book."""
    return {a.extent, b.extent} == {Extent.PART, Extent.WHOLE}


def thesis(a: Record, b: Record) -> bool:
    """A thesis, and the book that a publisher made of it (BibLaTeX: @thesis, @book); who only names the university
    may have left out that it is a thesis."""
    if {a.type, b.type} != {"thesis", "book"}:
        return False
    one, book = (a, b) if a.type == "thesis" else (b, a)
    if one.publisher and book.publisher and publishers_alike(one.publisher, book.publisher) >= _ONE_PUBLISHER:
        return False
    return bool(book.isbns) or (bool(book.publisher) and not _is_university(book.publisher))


def translation(a: Record, b: Record) -> bool:
    """Different translators, different languages, or an original met only by the translation's original title."""
    if a.translators and b.translators and people_alike(a, b, role="translators") < PEOPLE_DIFFER:
        return True
    if len(a.language) == len(b.language) == 2 and a.language != b.language:
        return a.title is None or b.title is None or a.title.joined != b.title.joined
    if a.title is None or b.title is None or not (a.translators or b.translators):
        return False
    through_original = titles_alike(a, b) or 0.0
    return through_original >= TITLES_DIFFER > (titles_alike(a, b, original=False) or 0.0)


def review(a: Record, b: Record) -> bool:
    """A review, and what it reviews."""
    return a.review != b.review and (a.title is not None and b.title is not None)


def correction(a: Record, b: Record) -> bool:
    """A corrigendum, reply or retraction, and what it is about."""
    return a.correction != b.correction and (a.title is not None and b.title is not None)


def doi(a: Record, b: Record) -> bool:
    """Different DOIs."""
    return bool(a.doi and b.doi and a.doi != b.doi)


def isbn(a: Record, b: Record) -> bool:
    """Different ISBNs; a chapter has that of its book, or of another printing of it."""
    if Extent.PART in {a.extent, b.extent}:
        return False
    return bool(a.isbns and b.isbns and not a.isbns & b.isbns)


def url(a: Record, b: Record) -> bool:
    """Different addresses of pages that state neither author nor publication."""
    if not a.url or not b.url or a.url == b.url or not {a.type, b.type} <= _SHEET_TYPES:
        return False
    return not any((a.contributors, b.contributors, a.publisher, b.publisher, a.pages, b.pages, a.doi, b.doi))


def number(a: Record, b: Record) -> bool:
    """Different report, patent or case numbers."""
    if not a.number or not b.number:
        return False
    return not (a.number in b.number or b.number in a.number)


def shelfmark(a: Record, b: Record) -> bool:
    """Different places in an archive; one may go on to the folio."""
    if not a.shelfmark or not b.shelfmark:
        return False
    return not one_shelfmark(a.shelfmark, b.shelfmark)


def one_shelfmark(a: str, b: str) -> bool:
    """Whether two shelfmarks (words and numbers) are one, perhaps to the folio; "Nr. 45" does not begin "Nr. 456"."""
    return f"{a} ".startswith(f"{b} ") or f"{b} ".startswith(f"{a} ")


def container(a: Record, b: Record) -> bool:
    """Parts with a generic title ("Introduction") in different containers."""
    if not (a.generic and b.generic and a.container and b.container):
        return False
    return containers_alike(a.container, b.container) < 0.5


def _is_university(publisher: str) -> bool:
    """Whether a publisher's words name a university, and no press of one."""
    words = publisher.split()
    openings = tuple(folded_words("university"))
    return any(word.startswith(openings) for word in words) and folded_words("press").isdisjoint(words)


def _same_doi(a: Record, b: Record) -> bool:
    return bool(a.doi) and a.doi == b.doi


def same_place(a: Record, b: Record) -> bool:
    """Whether two parts begin and end on the same pages of one container: no two articles do."""
    if a.pages is None or a.pages != b.pages or a.pages[0] == a.pages[1] or not (a.container and b.container):
        return False
    return (not a.volume or not b.volume or a.volume == b.volume) and containers_alike(a.container, b.container) >= 0.75


def _same_pages(a: Record, b: Record) -> bool:
    return a.pages is not None and b.pages is not None and a.pages[0] == b.pages[0] and a.pages[0] > 1


def _pages_apart(a: Record, b: Record) -> bool:
    """Whether two parts of a journal or book have no page in common."""
    if a.pages is None or b.pages is None or Extent.WHOLE in {a.extent, b.extent}:
        return False
    return a.pages[1] < b.pages[0] or b.pages[1] < a.pages[0]


def _same_issue(a: Record, b: Record) -> bool:
    """Whether the same people wrote both, in the same volume or year of one container."""
    if not (a.container and b.container and a.authors and b.authors):
        return False
    together = a.volume == b.volume if a.volume and b.volume else a.year is not None and a.year == b.year
    return together and containers_alike(a.container, b.container) >= 0.75 and people_alike(a, b) >= 0.9


def _nowhere_else(a: Record, b: Record) -> bool:
    """Whether two articles seem to stand in one place, told by one of them: what was "in press" comes out a year later.

    Where neither states volume or pages, the year stands for the volume.
    """
    if not (a.container and b.container) or a.generic or b.generic or _pages_apart(a, b):
        return False
    if (a.volume and b.volume and a.volume != b.volume) or not (a.volume or b.volume or a.pages or b.pages):
        return False
    return containers_alike(a.container, b.container) >= 0.75


VETOES: MappingProxyType[str, Callable[[Record, Record], bool]] = MappingProxyType({
    "title": title,
    "part": part,
    "contrast": contrast,
    "author": author,
    "volume": volume,
    "year": year,
    "edition": edition,
    "date": date,
    "doi": doi,
    "isbn": isbn,
    "url": url,
    "number": number,
    "shelfmark": shelfmark,
    "chapter-against-book": chapter_against_book,
    "thesis": thesis,
    "translation": translation,
    "review": review,
    "correction": correction,
    "container": container,
})  # fmt: skip
"""All vetoes by name, those that decide most often first."""


def a_matter_of_spelling(a: Record, b: Record) -> bool:
    """Whether only vetoes hold that misprints may bring about: titles and authors; in articles also year and volume.

    Two given names in full with one family name are no misprint of each other.
    """
    spelling = {"title", "author", "year", "volume"} if articles(a, b) else {"title", "author"}
    return set(vetoes_between(a, b)) <= spelling and not _namesakes(a, b)


def _namesakes(a: Record, b: Record) -> bool:
    """Whether two with one family name, and given names in full that are not one, wrote the two."""
    return any(
        one.family == other.family
        and max(map(len, one.given), default=0) > 1
        and max(map(len, other.given), default=0) > 1
        and name_similarity(one, other) == 0.0
        for one in a.authors
        for other in b.authors
    )


def articles(a: Record, b: Record) -> bool:
    """Whether two records are of parts, as far as can be told: an article is not printed again under another year."""
    return Extent.WHOLE not in {a.extent, b.extent} and Extent.PART in {a.extent, b.extent}


def vetoes_between(a: Record, b: Record) -> tuple[str, ...]:
    """The names of all vetoes that hold between two records."""
    return tuple(name for name, holds in VETOES.items() if holds(a, b))


def any_veto(a: Record, b: Record) -> bool:
    """Whether any veto holds; stops at the first."""
    for holds in _CHEAPEST_FIRST:  # noqa: SIM110 - a generator costs half as much again, for millions of pairs
        if holds(a, b):
            return True
    return False


_CHEAPEST_FIRST = (doi, year, edition, volume, title, *(holds for holds in VETOES.values()
                   if holds not in (doi, year, edition, volume, title)))  # fmt: skip
