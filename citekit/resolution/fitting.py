"""How well a work fits what a short form says: author, title, year, volume."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz import fuzz

from citekit.citations.names import is_given_name
from citekit.matching.names import Name, people_similarity
from citekit.matching.titles import Title, contradict
from citekit.matching.titles import similarity as title_similarity
from citekit.model import Item
from citekit.resolution import fields
from citekit.resolution.ledger import Draft, Ledger

__all__ = ["FITTING_TITLE", "MARGIN", "SAME_PEOPLE", "Features", "Fitting", "features", "fit", "fitting", "likeness"]

MARGIN = 0.04
"""Fits closer than this are equal: less than the step from a proper shortening to words picked out of a title."""
SAME_PEOPLE = 0.55  # below, citekit.matching.names holds two lists of people for others
FITTING_TITLE = 0.6  # with the author named: words of the title that single it out
FITTING_TITLE_ALONE = 0.85  # nothing else holds it: a proper shortening, or two words of the title in order
FIRST_WORD = 0.8
ABBREVIATED = 0.8  # "Hist. of Craven": each word is one of the title's, or begins one, in their order
MISPRINTED = 0.9  # one letter in ten
NOT_STATED = 0.9  # the short form states a year or a volume, the work none
NO_AUTHOR_STATED = 0.7  # the short form names an author, the work none
OTHER_CONTAINER = 0.8
BY_CONTAINER = 0.95  # set and volume number name the volume as well as its own title does
FIRST_OF_TWO = 0.6  # the first of two family names, where it is no given name
_TWO, _SHORTEST_FAMILY = 2, 4  # words before the family name; letters
_MANY = 50


@dataclass(frozen=True, slots=True)
class Features:
    """What a short form says that can be compared; `abbreviated` are titles some of whose words end in a full stop."""

    names: tuple[Name, ...]
    titles: tuple[Title, ...]
    containers: tuple[Title, ...]
    year: tuple[str, str]
    volumes: frozenset[str]
    abbreviated: tuple[tuple[str, ...], ...] = ()

    @property
    def says_anything(self) -> bool:
        """Whether an author, a title or a year is named."""
        return bool(self.names or self.titles or self.containers or self.year[0])


def features(item: Item) -> Features:
    """What a short form's item says."""
    names = fields.people(item, "author") or fields.people(item, "editor")
    return Features(
        names,
        fields.titles(item),
        fields.containers(item),
        fields.year(item),
        fields.volumes(item),
        fields.abbreviated_titles(item),
    )


def fit(wanted: Features, draft: Draft) -> float:
    """How well a work fits a short form, 0 to 1; 0 when anything that both state contradicts."""
    if wanted.volumes and draft.volumes and not wanted.volumes & draft.volumes:
        return 0.0
    score = _people_fit(wanted, draft) * _title_fit(wanted, draft) * _year_fit(wanted, draft)
    if wanted.volumes and not draft.volumes:
        score *= NOT_STATED
    return score


def _people_fit(wanted: Features, draft: Draft) -> float:
    if not wanted.names:
        return 1.0
    if not draft.authors:
        return NO_AUTHOR_STATED if wanted.titles else 0.0
    best = max(people_similarity(wanted.names, _as_named(authors, wanted.names)) for authors in draft.authors)
    if best >= SAME_PEOPLE:
        return best
    return FIRST_OF_TWO if any(_first_family(wanted.names, authors) for authors in draft.authors) else 0.0


def _first_family(names: tuple[Name, ...], authors: tuple[Name, ...]) -> bool:
    """Whether "Llorente" is the first family name of a sole author "Carmen Llorente Pascual", read as a given name.

    Spaniards are cited by the first of two family names (ISO 690, 7.4.1.2), which no word tells from a second given
    name; one that is a frequent given name ("John Stuart Mill") is taken for that.
    """
    if len(names) != 1 or len(authors) != 1 or names[0].given or len(authors[0].given) < _TWO:
        return False
    first = authors[0].given[-1]
    return len(first) >= _SHORTEST_FAMILY and names[0].family == (first,) and not is_given_name(first.title())


def _as_named(authors: tuple[Name, ...], names: tuple[Name, ...]) -> tuple[Name, ...]:
    """The authors by their surnames, where the short form gives no more (Chicago 17 14.30).

    "Munk" is Rolf Munk as well as the Munk whom another citation gives without his first name; only titles and the
    order of mention can tell their works apart.
    """
    if any(name.given for name in names):
        return authors
    return tuple(replace(author, given=()) if author.given and author.family else author for author in authors)


def _title_fit(wanted: Features, draft: Draft) -> float:
    asked = wanted.titles or wanted.containers
    if not asked:
        return 1.0
    score = likeness(asked, draft.titles)
    if wanted.names and any(_abbreviates(short, full) for short in wanted.abbreviated for full in draft.titles):
        score = max(score, ABBREVIATED)
    if wanted.volumes and wanted.volumes & draft.volumes:
        in_set = (wanted.containers or wanted.titles, draft.containers + draft.titles)
        score = max(score, BY_CONTAINER * likeness(*in_set))
    elif wanted.titles and wanted.containers and draft.containers:
        score *= 1.0 if likeness(wanted.containers, draft.containers) >= FITTING_TITLE else OTHER_CONTAINER
    return score if score >= (FITTING_TITLE if wanted.names else FITTING_TITLE_ALONE) else 0.0


def likeness(short: tuple[Title, ...], full: tuple[Title, ...]) -> float:
    """How far any of the first titles is, or shortens, any of the second (the scale of `citekit.matching.titles`)."""
    return max(
        (max(title_similarity(one, other), _first_words(one, other)) for one in short for other in full),
        default=0.0,
    )


@lru_cache(maxsize=65536)
def _first_words(short: Title, full: Title) -> float:
    """The score of a title's first words: with a misprint or two in them, or one so short that it needs its author.

    Misprinted is "Geschichte und Spasskultur" for "… Spaβkultur", short "Age" for "The Age of Capital".
    """
    if not short.content or contradict(short, full):
        return 0.0
    if short.words == full.words[: len(short.words)]:
        return FIRST_WORD
    if len(short.content) < 2:
        return 0.0
    alike = fuzz.ratio(short.text, " ".join(full.words[: len(short.words)])) / 100
    return 0.95 * alike if alike >= MISPRINTED else 0.0


def _abbreviates(short: tuple[str, ...], full: Title) -> bool:
    """Whether the words of a title, those with a full stop cut short, stand in a full title in their order."""
    place = 0
    for word in short:
        stem = word.rstrip(".")
        while place < len(full.words) and not (
            full.words[place].startswith(stem) if word.endswith(".") else full.words[place] == word
        ):
            place += 1
        if place == len(full.words):
            return False
        place += 1
    return True


def _year_fit(wanted: Features, draft: Draft) -> float:
    year, suffix = wanted.year
    if not year:
        return 1.0
    if not draft.years:
        return NOT_STATED
    suffixes = {other for printed, other in draft.years if printed == year}
    if not suffixes:
        return 0.0
    if suffix in suffixes:
        return 1.0
    return NOT_STATED if not suffix or "" in suffixes else 0.0


@dataclass(frozen=True, slots=True)
class Fitting:
    """The works that fit a short form, best first."""

    scores: tuple[tuple[float, int], ...]

    @property
    def best(self) -> tuple[int, ...]:
        """The works within the margin of the best."""
        return tuple(number for score, number in self.scores if score >= self.scores[0][0] - MARGIN)


def fitting(wanted: Features, ledger: Ledger) -> Fitting:
    """The works of a ledger that fit a short form."""
    asked = wanted.titles or wanted.containers
    drafts = {draft.number: draft for draft in ledger.with_title(asked)} if asked else {}
    by_author = ledger.of_authors(wanted.names)
    # A word cut short ("Klassenbew…") is in no index: then, and for a short list anyway, all of the author's works are
    # compared.
    if not drafts or len(by_author) <= _MANY:
        drafts |= {draft.number: draft for draft in by_author}
    scores = [(score, number) for number, draft in drafts.items() if (score := fit(wanted, draft)) > 0.0]
    return Fitting(tuple(sorted(scores, key=lambda scored: (-scored[0], scored[1]))))
