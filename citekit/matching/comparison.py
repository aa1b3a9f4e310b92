"""Whether two records are the same work: vetoes first, then evidence weighed.

The model is a sum that anyone can check: each piece of evidence has a name, a strength from 0 to 1, and a weight from
the table in `weights`. A veto outweighs all evidence.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from citekit.lexicon import words
from citekit.matching.likeness import containers_alike, newspapers_alike, people_alike, publishers_alike, titles_alike
from citekit.matching.record import Extent, Record, read_record
from citekit.matching.titles import Title, goes_on, misprinted_shortening, reworded
from citekit.matching.vetoes import PEOPLE_DIFFER, any_veto, one_shelfmark, vetoes_between
from citekit.matching.weights import SAME, WEIGHTS
from citekit.model import Item

__all__ = ["Comparison", "Evidence", "compare", "compare_records"]

VETOED = 0.01  # the most that a vetoed pair can reach: vetoes rest on what was read, and reading errs
_DAY = 3  # year, month and day
KEYWORDS = 0.75  # a title this much shorter is no misprint of the other, but words out of it
_SAYS_THE_SAME = {
    "title": ("title-unlike",),
    "contrast": ("title-unlike",),
    "part": ("title-unlike", "part-missing", "pages-unlike"),
    "author": ("people-unlike", "people-overlap"),
    "year": ("date-unlike", "date-near"),
    "date": ("date-unlike", "date-near"),
    "volume": ("volume-unlike", "issue-unlike", "title-unlike"),
    "container": ("container-unlike",),
}
"""The evidence that is the fact of a veto."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for or against: its name in the table of weights, its strength, and the log-odds it adds."""

    name: str
    strength: float
    weight: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """How two records compare.

    Attributes:
        probability: 0 to 1, that they are the same work.
        evidence: what was weighed, for and against.
        vetoes: names of the facts that make them different works.
    """

    probability: float
    evidence: tuple[Evidence, ...]
    vetoes: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether they count as one work."""
        return not self.vetoes and self.probability >= SAME

    @property
    def unvetoed(self) -> float:
        """What the probability would be without the vetoes, and without the evidence that says what they say."""
        said = {name for veto in self.vetoes for name in _SAYS_THE_SAME.get(veto, ())}
        return probability_of(tuple(piece for piece in self.evidence if piece.name not in said))


def compare(a: Item, b: Item) -> Comparison:
    """Compare two CSL-JSON items; the order of the two does not matter."""
    return compare_records(read_record(a), read_record(b))


def compare_records(a: Record, b: Record) -> Comparison:
    """`compare` for items already read."""
    vetoes = vetoes_between(a, b)
    evidence = evidence_between(a, b)
    probability = probability_of(evidence)
    return Comparison(min(probability, VETOED) if vetoes else probability, evidence, vetoes)


def match_probability(a: Record, b: Record) -> float:
    """The probability alone, 0.0 on any veto; for the many pairs of a clustering."""
    return 0.0 if any_veto(a, b) else probability_of(evidence_between(a, b))


def evidence_between(a: Record, b: Record) -> tuple[Evidence, ...]:
    """All that speaks for or against two records being one work, in a fixed order."""
    found = (*_titles(a, b), *_people(a, b), *_dates(a, b), *_places(a, b), *_identifiers(a, b))
    return tuple(Evidence(name, strength, round(strength * WEIGHTS[name], 4)) for name, strength in found)


def probability_of(evidence: tuple[Evidence, ...]) -> float:
    """The logistic function of the prior and all weights."""
    return 1 / (1 + math.exp(-WEIGHTS["prior"] - math.fsum(piece.weight for piece in evidence)))


def _titles(a: Record, b: Record) -> Iterator[tuple[str, float]]:
    alike = titles_alike(a, b)
    if alike is None or a.title is None or b.title is None:
        return
    short, full = sorted((a.title, b.title), key=lambda title: (len(title.joined), title.joined, title.words))
    if alike < 0.6:
        yield "title-unlike", 1.0
    elif a.generic or b.generic:
        yield "title-generic", 1.0 if alike >= 0.9 else 0.0
    elif alike == 1.0:
        yield _specificity(short), 1.0
    elif a.year and b.year and goes_on(short, full):
        yield "title-continued", 1.0
    elif len(short.content) < len(full.content) and (alike >= 0.9 or full.joined.startswith(short.joined)):
        yield "title-shortened" if len(short.content) > 1 else "title-keyword", 1.0
    elif misprinted_shortening(short, full):
        yield "title-shortened", (alike - 0.6) / 0.4
    elif len(short.content) < 2 or len(short.joined) < KEYWORDS * len(full.joined):
        yield "title-keyword", 1.0
    else:
        yield "title-reworded" if reworded(short, full) else "title-misprint", (alike - 0.6) / 0.4


def _specificity(title: Title) -> str:
    """How hardly two works share a title of these words; Chinese is counted by its syllables' letters."""
    words = title.content
    if (len(words) >= 4 or not title.latin) and len(title.joined) >= 20:
        return "title-specific"
    return "title-plain" if len(words) > 1 or len(title.joined) >= 12 else "title-brief"


def _people(a: Record, b: Record) -> Iterator[tuple[str, float]]:
    alike = people_alike(a, b)
    if a.contributors and b.contributors and alike != 0.5:
        if alike >= 0.97:
            yield "people-same", 1.0
        elif alike >= 0.75:
            yield "people-compatible", 1.0
        elif alike > 0.5:
            yield "people-partly", 1.0
        elif alike >= PEOPLE_DIFFER:
            yield "people-overlap", 1.0
        else:
            yield "people-unlike", 1.0
    elif _is_container(a, b) or _is_container(b, a):
        yield "author-as-container", 1.0


def _is_container(a: Record, b: Record) -> bool:
    container = b.container.replace(" ", "")
    return bool(container) and any("".join(name.words) == container for name in a.authors)


def _dates(a: Record, b: Record) -> Iterator[tuple[str, float]]:
    common = min(len(a.date), len(b.date))
    if common and a.date[0] != b.date[0]:
        yield "date-unlike", 1.0
    elif common:
        yield ("date-same" if a.date[:common] == b.date[:common] else "date-near"), 1.0


@cache
def _reference_words() -> frozenset[str]:
    return frozenset(word.casefold() for word in words("roles", "reference_work"))


def _is_reference_work(container: str) -> bool:
    """An encyclopedia or dictionary has one entry under a heading; a journal may print one title many times."""
    return not _reference_words().isdisjoint(container.casefold().split())


def _places(a: Record, b: Record) -> Iterator[tuple[str, float]]:
    """Where it stands: container, volume, issue, pages; who published it."""
    if a.container and b.container:
        both = newspapers_alike if a.type == b.type == "article-newspaper" else containers_alike
        alike = both(a.container, b.container)
        if alike >= 0.75:
            yield "container-same", 1.0
            if _are_one_issue(a, b):
                yield "issue-alone", 1.0
            if not a.contributors and not b.contributors and _is_reference_work(a.container):
                yield "entry-same", 1.0
        elif alike < 0.5:
            yield "container-unlike", 1.0
    if a.publisher and b.publisher:
        alike = publishers_alike(a.publisher, b.publisher)
        if alike >= 0.75:
            yield "publisher-same", 1.0
        elif alike < 0.4:
            yield "publisher-unlike", 1.0
    if bool(a.part) != bool(b.part):
        yield "part-missing", 1.0
    if a.volume and b.volume:
        yield ("volume-same" if a.volume == b.volume else "volume-unlike"), 1.0
    if a.issue and b.issue:
        yield ("issue-same" if a.issue == b.issue else "issue-unlike"), 1.0
    if a.pages and b.pages and Extent.WHOLE not in {a.extent, b.extent}:
        if a.pages == b.pages:
            yield "pages-same", 1.0
        elif a.pages[0] <= b.pages[1] and b.pages[0] <= a.pages[1]:
            yield "pages-touch", 1.0
        else:
            yield "pages-unlike", 1.0


def _identifiers(a: Record, b: Record) -> Iterator[tuple[str, float]]:
    if a.doi and a.doi == b.doi:
        yield "doi-same", 1.0
    if a.isbns & b.isbns and Extent.PART not in {a.extent, b.extent}:
        yield "isbn-same", 1.0
    if a.url and b.url:
        if a.url == b.url:
            yield ("url-same" if a.title and b.title else "url-alone"), 1.0
        else:
            yield "url-unlike", 1.0
    if a.number and a.number == b.number:
        yield "number-same", 1.0
    if a.shelfmark and b.shelfmark and one_shelfmark(a.shelfmark, b.shelfmark):
        yield ("shelfmark-alone" if _are_one_file(a, b) else "shelfmark-same"), 1.0


def _are_one_issue(a: Record, b: Record) -> bool:
    """Whether both name a newspaper's issue, and no article in it: "The Times, 5 May 1843" (Chicago 17, 14.191)."""
    return (
        bool(a.container)
        and a.container == b.container
        and len(a.date) == _DAY
        and a.date == b.date
        and (a.issue == b.issue or not (a.issue and b.issue))
        and (a.pages == b.pages or not (a.pages and b.pages))
        and not any(each.title or each.contributors or each.shelfmark or each.url for each in (a, b))
    )


def _are_one_file(a: Record, b: Record) -> bool:
    """Whether both name a file of one archive and no document in it: "TNA, FO 371/21040" (Chicago 17, 14.221)."""
    return (
        bool(a.archive)
        and (a.archive, a.shelfmark) == (b.archive, b.shelfmark)
        and not any(each.title or each.contributors or each.date for each in (a, b))
    )
