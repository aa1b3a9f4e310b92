"""Blocking keys: two records that are the same work share at least one.

Comparing each record with each would take 200 million comparisons for 20,000 records; records that share no key are
never compared. Keys are short strings, fit for an indexed column; their kind is the letters before the colon. Words
go into them as their consonants (`citekit.matching.skeleton`), which romanisations, accents and most misprints leave.

======= ===================================================================================================
doi     the DOI
isbn    an ISBN
url     the canonical address
t       how the title, each of its subtitles, and its original title (romanised) begin
z       how the title ends: a name, a year or a heading that was taken for its beginning, another first word
u       how the title begins with the year: titles cut or misprinted, without author
n       the first contributors' family names with how the title begins: titles cut very short
y       the first contributors' family names with the year: titles misprinted or missing
p       volume and first page: articles cited without author or title
num     a report number
mark    a shelfmark
iss     a periodical and a day: newspapers cited without an article
======= ===================================================================================================
"""

from __future__ import annotations

from collections.abc import Iterator

from citekit.matching.names import Name, without_umlaut
from citekit.matching.record import Record, record_of, said_by
from citekit.matching.skeleton import skeleton
from citekit.matching.text import folded_words
from citekit.matching.titles import Title
from citekit.model import Item

__all__ = ["candidate_keys", "keys_of"]

_TITLE_LETTERS = 14  # consonants: of a title that is specific enough to match without author; see `title-specific`
_SHORT_TITLE = 7  # consonants: a title as short as this says little without author or year
_DATED_LETTERS = 6
_NAMED_LETTERS = 5
_LAST_LETTERS = 12
_FAMILY_LETTERS = 3  # a misprint is seldom in the first letters
_DAY = 3  # year, month and day
_CONTRIBUTORS = 3  # how many names of a list make keys: orders differ, and lists are cut


def candidate_keys(item: Item) -> frozenset[str]:
    """The blocking keys of a CSL-JSON item; empty when nothing in it can be compared."""
    return keys_of(record_of(item, said_by(item)))


def keys_of(record: Record) -> frozenset[str]:
    """`candidate_keys` of an item already read."""
    return frozenset(_keys(record))


def _keys(record: Record) -> Iterator[str]:
    if record.doi:
        yield f"doi:{record.doi}"
    for isbn in record.isbns:
        yield f"isbn:{isbn}"
    if record.url:
        yield f"url:{record.url}"
    families = {family for name in record.contributors[:_CONTRIBUTORS] for family in _families(name)}
    for opening in _openings(record):
        if len(opening) >= _SHORT_TITLE or not record.contributors:
            yield f"t:{opening[:_TITLE_LETTERS]}"
        if record.year:
            yield f"u:{opening[:_DATED_LETTERS]}:{record.year}"
        for family in families:
            yield f"n:{family}:{opening[:_NAMED_LETTERS]}"
    ending = skeleton(record.title.joined)[-_LAST_LETTERS:] if record.title else ""
    if len(ending) == _LAST_LETTERS:
        yield f"z:{ending}"
    if record.year:
        for family in families:
            yield f"y:{family}:{record.year}"
    if record.pages and (record.volume or record.container):
        yield f"p:{record.volume or ''}:{record.pages[0]}:{record.year or ''}"
        yield f"p:{record.volume or ''}:{record.pages[0]}:{record.container[:1]}"
    if len(record.number) > 3:
        yield f"num:{record.number}"
    if record.shelfmark:
        yield f"mark:{record.shelfmark.replace(' ', '')}"
    if record.container and len(record.date) == _DAY and not record.title and not record.contributors:
        yield f"iss:{record.container.replace(' ', '')}:{'-'.join(map(str, record.date))}"


def _openings(record: Record) -> Iterator[str]:
    """The consonants from where the title and each of its subtitles begin."""
    for title in (record.title, record.original_title):
        if title is not None:
            yield from _segments(title)


def _segments(title: Title) -> Iterator[str]:
    articles = folded_words("articles")
    for start in title.starts:
        words = title.words[start:]
        yield skeleton("".join(words))
        if len(words) > 1 and words[0] in articles:
            yield skeleton("".join(words[1:]))


def _families(name: Name) -> Iterator[str]:
    """The first consonants of what may be the family name; all words of a name given as one string may be."""
    words = name.family if name.whole else ("".join(name.family), *name.family[:2])
    if name.acronym:
        yield name.acronym
    elif name.whole and len(words) > 1:
        yield "".join(word[0] for word in words)
    for word in words:
        if len(word) > 1:
            yield skeleton(without_umlaut(word))[:_FAMILY_LETTERS]
