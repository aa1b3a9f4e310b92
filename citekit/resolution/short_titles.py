"""Short forms that name an author, a title, a year: how well a work fits them, and which one they mean.

Chicago 17 14.30–14.33 (surname and short title), 15.5 (author-date); MHRA 11.2; German and Italian practice adds
"a.a.O.", "cit.". Exactly one work must fit best by a clear margin; between works that fit alike a list of tie-breaks
decides, each of which a reader would accept; what they leave open is ambiguous and stays so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz import fuzz

from citekit.matching.names import Name, people_similarity
from citekit.matching.names import similarity as name_similarity
from citekit.matching.titles import Title, contradict
from citekit.matching.titles import similarity as title_similarity
from citekit.model import Citation, CueKind, Item, Resolution, Severity
from citekit.resolution import fields
from citekit.resolution.ledger import Draft, Ledger
from citekit.resolution.sequence import Place
from citekit.resolution.state import Decision, State, remark

__all__ = ["MARGIN", "Features", "author_alone", "features", "fit", "printed_alike", "short_title", "unseen_work"]

MARGIN = 0.04
"""Fits closer than this are equal: less than the step from a proper shortening to words picked out of a title."""
SAME_PEOPLE = 0.55  # below, citekit.matching.names holds two lists of people for others
FITTING_TITLE = 0.6  # with the author named: words of the title that single it out
FITTING_TITLE_ALONE = 0.85  # nothing else holds it: a proper shortening, or two words of the title in order
SAME_TITLE = 0.97
FIRST_WORD = 0.8
MISPRINTED = 0.9  # one letter in ten
NOT_STATED = 0.9  # the short form states a year or a volume, the work none
NO_AUTHOR_STATED = 0.7  # the short form names an author, the work none
OTHER_CONTAINER = 0.8
BY_CONTAINER = 0.95  # set and volume number name the volume as well as its own title does
TIE_BROKEN = 0.85
FORWARD = 0.85  # the full citation comes later, or in the bibliography
CERTAIN = 0.97
OP_CIT = 0.85
OP_CIT_AMONG_SEVERAL = 0.65
UNSEEN = 0.6
PRINTED_ALIKE = 0.75
_MANY = 50


@dataclass(frozen=True, slots=True)
class Features:
    """What a short form says that can be compared."""

    names: tuple[Name, ...]
    titles: tuple[Title, ...]
    containers: tuple[Title, ...]
    year: tuple[str, str]
    volumes: frozenset[str]

    @property
    def says_anything(self) -> bool:
        """Whether an author, a title or a year is named."""
        return bool(self.names or self.titles or self.containers or self.year[0])


def features(item: Item) -> Features:
    """What a short form's item says."""
    names = fields.people(item, "author") or fields.people(item, "editor")
    return Features(names, fields.titles(item), fields.containers(item), fields.year(item), fields.volumes(item))


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
    best = max(people_similarity(wanted.names, authors) for authors in draft.authors)
    return best if best >= SAME_PEOPLE else 0.0


def _title_fit(wanted: Features, draft: Draft) -> float:
    asked = wanted.titles or wanted.containers
    if not asked:
        return 1.0
    score = _likeness(asked, draft.titles)
    if wanted.volumes and wanted.volumes & draft.volumes:
        in_set = (wanted.containers or wanted.titles, draft.containers + draft.titles)
        score = max(score, BY_CONTAINER * _likeness(*in_set))
    elif wanted.titles and wanted.containers and draft.containers:
        score *= 1.0 if _likeness(wanted.containers, draft.containers) >= FITTING_TITLE else OTHER_CONTAINER
    return score if score >= (FITTING_TITLE if wanted.names else FITTING_TITLE_ALONE) else 0.0


def _likeness(short: tuple[Title, ...], full: tuple[Title, ...]) -> float:
    return max(
        (max(title_similarity(one, other), _first_words(one, other)) for one in short for other in full),
        default=0.0,
    )


@lru_cache(maxsize=65536)
def _first_words(short: Title, full: Title) -> float:
    """The score of a title's first words: with a misprint or two in them, or one so short that it needs its author.

    Misprinted is "Geschichte und Klassenbewusstsein" for "… Klassenbewuβtsein", short "Age" for "The Age of Empire".
    """
    if not short.content or contradict(short, full):
        return 0.0
    if short.words == full.words[: len(short.words)]:
        return FIRST_WORD
    if len(short.content) < 2:
        return 0.0
    alike = fuzz.ratio(short.text, " ".join(full.words[: len(short.words)])) / 100
    return 0.95 * alike if alike >= MISPRINTED else 0.0


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
class _Fitting:
    """The works that fit a short form, best first."""

    scores: tuple[tuple[float, int], ...]

    @property
    def best(self) -> tuple[int, ...]:
        """The works within the margin of the best."""
        return tuple(number for score, number in self.scores if score >= self.scores[0][0] - MARGIN)


def _fitting(wanted: Features, ledger: Ledger) -> _Fitting:
    asked = wanted.titles or wanted.containers
    drafts = {draft.number: draft for draft in ledger.with_title(asked)} if asked else {}
    by_author = ledger.of_authors(wanted.names)
    # A word cut short ("Klassenbew…") is in no index: then, and for a short list anyway, all of the author's works are
    # compared.
    if not drafts or len(by_author) <= _MANY:
        drafts |= {draft.number: draft for draft in by_author}
    scores = [(score, number) for number, draft in drafts.items() if (score := fit(wanted, draft)) > 0.0]
    return _Fitting(tuple(sorted(scores, key=lambda scored: (-scored[0], scored[1]))))


def short_title(state: State, place: Place) -> Decision | None:
    """A title, a year or both, mostly with an author."""
    citation = state.citations[place.citation]
    wanted = features(state.items[place.citation])
    if not (wanted.titles or wanted.containers or (wanted.names and wanted.year[0])):
        return None
    fitting = _fitting(wanted, state.ledger)
    if not fitting.scores:
        return None
    drafts = [state.draft(number) for number in fitting.best]
    chosen, broken = _tie_broken(state, place, drafts)
    if len(chosen) > 1:
        return _ambiguous(state, place, chosen)
    draft = chosen[0]
    score = next(score for score, number in fitting.scores if number == draft.number)
    confidence = CERTAIN * score * (TIE_BROKEN if broken else 1.0)
    others = [state.draft(number) for number in fitting.best if number != draft.number]
    return _found(state, citation, draft, (_method(wanted), confidence), others)


def author_alone(state: State, place: Place) -> Decision | None:
    """ "Weber, op. cit., p. 5": the work of that author that was cited last; without "op. cit." his only one."""
    citation = state.citations[place.citation]
    wanted = features(state.items[place.citation])
    if not wanted.names or wanted.titles or wanted.containers or wanted.year[0]:
        return None
    drafts = [draft for draft in state.ledger.of_authors(wanted.names) if fit(wanted, draft) > 0.0]
    if not drafts:
        return None
    if len(drafts) == 1:
        return _found(state, citation, drafts[0], (_method(wanted), OP_CIT), ())
    cited = sorted((draft for draft in drafts if draft.last_place >= 0), key=lambda draft: -draft.last_place)
    if citation.cue(CueKind.CITED) is None or not cited or _namesakes(wanted.names[0], drafts):
        return _ambiguous(state, place, drafts)
    last_note = state.citations[cited[0].last].note if cited[0].last is not None else None
    if len(cited) > 1 and last_note is not None and cited[1].last is not None:
        rival = cited[1]
        if state.citations[cited[1].last].note == last_note and rival.original != cited[0].number:
            return _ambiguous(state, place, [draft for draft in cited if _note_of_last(state, draft) == last_note])
    confidence = OP_CIT if len(cited) == 1 else OP_CIT_AMONG_SEVERAL
    return _found(state, citation, cited[0], ("op-cit-last-of-author", confidence), cited[1:])


def printed_alike(state: State, place: Place) -> Decision | None:
    """The full citation at whose head the very words of the short form stand, whatever fields they were read into."""
    citation = state.citations[place.citation]
    numbers = dict.fromkeys(state.works_of_full[index] for index in state.printed.full_citations(citation))
    stated = fields.volumes(citation.item)
    drafts = [draft for draft in map(state.draft, numbers) if not stated or not draft.volumes or stated & draft.volumes]
    if not drafts:
        return None
    chosen, broken = _tie_broken(state, place, drafts)
    if len(chosen) > 1:
        return _ambiguous(state, place, chosen)
    confidence = PRINTED_ALIKE * (TIE_BROKEN if broken else 1.0)
    others = [draft for draft in drafts if draft is not chosen[0]]
    return _found(state, citation, chosen[0], ("printed-alike", confidence), others)


def _note_of_last(state: State, draft: Draft) -> str | None:
    return state.citations[draft.last].note if draft.last is not None else None


def _namesakes(name: Name, drafts: Sequence[Draft]) -> bool:
    """Whether the works are by different people of this surname."""
    bearers = {
        other
        for draft in drafts
        for authors in draft.authors
        for other in authors
        if name_similarity(name, other) > 0.0
    }
    return any(name_similarity(one, other) == 0.0 for one in bearers for other in bearers)


def _method(wanted: Features) -> str:
    if not wanted.titles and wanted.containers:
        return "author-container" if wanted.names else "container-only"
    if wanted.titles:
        return "author-short-title" if wanted.names else "title-only"
    return "author-year" if wanted.year[0] else "author-only"


def _found(
    state: State, citation: Citation, draft: Draft, reason: tuple[str, float], others: Sequence[Draft]
) -> Decision:
    method, confidence = reason
    antecedent = state.citations[draft.namer].id if draft.namer is not None else None
    # In author-date style the reference list is where the full citation belongs (Chicago 17 15.5).
    if draft.naming is None and not draft.incomplete and method != "author-year":
        method, confidence = f"forward-{method.removeprefix('author-')}", confidence * FORWARD
    alternatives = tuple(one for one in state.naming(others) if one not in (antecedent, citation.id))
    return Decision((draft.number,), Resolution(antecedent, method, confidence, alternatives))


def _ambiguous(state: State, place: Place, drafts: Sequence[Draft]) -> Decision:
    """Several works fit alike: none is taken, all are named; the same short form again means the same unknown."""
    citation = state.citations[place.citation]
    alternatives = state.naming(drafts)
    listed = ", ".join(alternatives)
    message = f"fits {len(drafts)} works alike ({listed}); a fuller title or a year would tell them apart"
    unseen = unseen_work(state, place)
    return replace(
        unseen,
        resolution=Resolution(None, "ambiguous", 0.0, alternatives),
        diagnostics=(remark(Severity.WARNING, "short-form-ambiguous", message, citation),),
    )


def unseen_work(state: State, place: Place) -> Decision:
    """A short form of a work that is never cited in full: a work of its own, shared with its other short forms."""
    citation, item = state.citations[place.citation], state.items[place.citation]
    wanted = features(item)
    if not wanted.says_anything:
        message = "says neither author nor title, and nothing before it is meant; cite the work in full"
        resolution = Resolution(None, "no-antecedent", 0.0)
        remarks = (remark(Severity.WARNING, "short-form-without-antecedent", message, citation),)
        return Decision((), resolution, None, remarks)
    fitting = _fitting(wanted, state.unseen)
    if fitting.scores and len(fitting.best) == 1:
        draft = state.draft(fitting.best[0])
        antecedent = state.citations[draft.last].id if draft.last is not None else None
        state.unseen.add(draft, item)
        return Decision((draft.number,), Resolution(antecedent, "same-short-form", UNSEEN * fitting.scores[0][0]))
    draft = state.unseen.open([item], incomplete=True)
    message = "is a short form, but no citation gives this work in full"
    remarks = (remark(Severity.INFO, "short-form-without-antecedent", message, citation),)
    return Decision((draft.number,), Resolution(None, "no-antecedent", 0.0), None, remarks)


def _tie_broken(state: State, place: Place, drafts: list[Draft]) -> tuple[list[Draft], bool]:
    """The works that the tie-breaks leave, and whether one was needed."""
    broken = len(drafts) > 1
    for narrower in TIE_BREAKS:
        if len(drafts) == 1:
            break
        drafts = narrower(state, place, drafts) or drafts
    return drafts, broken


def _originals(state: State, place: Place, drafts: list[Draft]) -> list[Draft]:
    """A work rather than its translation of the same title, unless the citation says "trad."; then the other way."""
    wants_translation = state.citations[place.citation].cue(CueKind.TRANSLATION) is not None
    numbers = {draft.number for draft in drafts}
    if wants_translation:
        return [draft for draft in drafts if draft.is_translation]
    return [draft for draft in drafts if draft.original not in numbers]


def _with_translation(state: State, place: Place, drafts: list[Draft]) -> list[Draft]:
    """Where "trad. it. cit." follows, a work that was cited with a translation before."""
    following = state.after(place)
    if following is None or following.cue(CueKind.TRANSLATION) is None:
        return drafts
    return [draft for draft in drafts if draft.translations]


def _wholes(state: State, place: Place, drafts: list[Draft]) -> list[Draft]:  # noqa: ARG001 (one signature)
    """A book rather than a part of it that was cited as standing in it."""
    numbers = {draft.number for draft in drafts}
    return [draft for draft in drafts if draft.part_of not in numbers]


def _already_cited(state: State, place: Place, drafts: list[Draft]) -> list[Draft]:  # noqa: ARG001
    """A short form looks back before it looks ahead (Chicago 17 14.29)."""
    return [draft for draft in drafts if draft.last_place >= 0]


def _last_edition(state: State, place: Place, drafts: list[Draft]) -> list[Draft]:  # noqa: ARG001
    """Of several editions of one work the one cited last."""
    first = drafts[0]
    for other in drafts[1:]:
        if len(first.volumes | other.volumes) > 1 or not (
            _likeness(first.titles, other.titles) >= SAME_TITLE and _likeness(other.titles, first.titles) >= SAME_TITLE
        ):
            return drafts
    last = max(draft.last_place for draft in drafts)
    return [draft for draft in drafts if draft.last_place == last]


TIE_BREAKS: tuple[Callable[[State, Place, list[Draft]], list[Draft]], ...] = (
    _originals,
    _with_translation,
    _wholes,
    _already_cited,
    _last_edition,
)
"""What decides between works that fit a short form alike, in this order."""
