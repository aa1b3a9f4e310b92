"""Short forms that name an author, a title, a year: how well a work fits them, and which one they mean.

Chicago 17 14.30–14.33 (surname and short title), 15.5 (author-date); MHRA 11.2; German and Italian practice adds
"a.a.O.", "cit.". Exactly one work must fit best by a clear margin; between works that fit alike a list of tie-breaks
decides, each of which a reader would accept; what they leave open is ambiguous and stays so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from citekit.matching.names import Name, parse_name
from citekit.matching.names import similarity as name_similarity
from citekit.model import Citation, CueKind, Item, Resolution, Severity
from citekit.resolution import fields
from citekit.resolution.books_and_articles import of_its_kind
from citekit.resolution.first_mentions import is_first_mention
from citekit.resolution.fitting import FITTING_TITLE, Features, features, fit, fitting, likeness
from citekit.resolution.ibid import other_volume
from citekit.resolution.ledger import Draft
from citekit.resolution.looking_back import cited_before, first_cited_later, without_later
from citekit.resolution.sequence import Place
from citekit.resolution.slips import cited_only_later, never_cited, works_of_other_years
from citekit.resolution.state import Decision, State, remark
from citekit.resolution.tie_breaks import tie_broken

__all__ = ["author_alone", "misspelt_author", "printed_alike", "short_title", "unseen_work"]

TIE_BROKEN = 0.85
FORWARD = 0.85  # the full citation comes later, or in the bibliography
CERTAIN = 0.97
OP_CIT = 0.85
OP_CIT_AMONG_SEVERAL = 0.65
UNSEEN = 0.6
PRINTED_ALIKE = 0.75
OTHER_PEOPLE = 0.25  # more than a surname alone, or one of two authors, loses against the full names
MISSPELT_AUTHOR = 0.6
_OWNED = re.compile(r"(?P<author>[A-Z][^\W\d_]{2,30})['’]s\s(?P<title>\S.*)")
_LETTERS = 1  # that a misspelt surname may have too many, too few, or wrong
_SHORTEST = 4  # letters; in shorter names one letter makes another ("Marx", "Mann")


def short_title(state: State, place: Place) -> Decision | None:
    """A title, a year or both, mostly with an author."""
    citation = state.citations[place.citation]
    wanted = features(state.items[place.citation])
    if not (wanted.titles or wanted.containers or (wanted.names and wanted.year[0])):
        return None
    found = without_later(state, place, fitting(wanted, state.ledger))
    if not found.scores and (owned := _genitive(state.items[place.citation])) is not None:
        wanted = features(owned)
        found = without_later(state, place, fitting(wanted, state.ledger))
    if not found.scores:
        return _volume_of_set(state, place, wanted)
    drafts = [state.draft(number) for number in found.best]
    chosen, broken = tie_broken(state, place, drafts)
    if len(chosen) > 1:
        return _ambiguous(state, place, chosen)
    draft = chosen[0]
    score = next(score for score, number in found.scores if number == draft.number)
    confidence = CERTAIN * score * (TIE_BROKEN if broken else 1.0)
    others = [state.draft(number) for number in found.best if number != draft.number]
    return _found(state, citation, draft, (_method(wanted), confidence), others)


def _volume_of_set(state: State, place: Place, wanted: Features) -> Decision | None:
    """ "Ibbotson, *Severn Navigation*, 1:17" after its second volume: another volume of the one set that fits.

    An article stands in one volume of its journal, and a chapter in one of its book: no other volume holds it.
    """
    if not wanted.volumes or not wanted.names or not wanted.titles:
        return None
    undivided = fitting(replace(wanted, volumes=frozenset()), state.ledger)
    sets = [state.draft(number) for number in undivided.best]
    drafts = [draft for draft in cited_before(state, place, sets) if draft.last_place >= 0]
    if not drafts or any((draft.containers and not _is_set(draft)) or not draft.volumes for draft in drafts):
        return None
    first, *others = drafts
    if any(
        (other.titles, other.authors, other.years) != (first.titles, first.authors, first.years) for other in others
    ):
        return None
    if any(item.get("volume-title") for draft in drafts for item in draft.items):
        return None  # volumes with titles and years of their own: nobody has said what this one is
    score = next(score for score, number in undivided.scores if number == first.number)
    found = _found(state, state.citations[place.citation], drafts[-1], (_method(wanted), OP_CIT * score), ())
    return other_volume(state, place, found)


def _is_set(draft: Draft) -> bool:
    """Whether it is said how many volumes there are: no chapter and no article has any."""
    return any(item.get("number-of-volumes") for item in draft.items)


def _genitive(item: Item) -> Item | None:
    """ "Whitaker's Hist. of Craven", as antiquaries cite, with its author taken out of the title; None for others."""
    match = None if item.get("author") else _OWNED.fullmatch(str(item.get("title") or ""))
    return {**item, "author": [{"family": match["author"]}], "title": match["title"]} if match else None


def author_alone(state: State, place: Place) -> Decision | None:
    """ "Weber, op. cit., p. 5": the work of that author that was cited last; without "op. cit." his only one."""
    citation = state.citations[place.citation]
    wanted = _surname_as_title(features(state.items[place.citation]))
    if not wanted.names or wanted.titles or wanted.containers or wanted.year[0]:
        return None
    known = state.ledger.of_authors(wanted.names)
    says_cited = _says_cited(citation)
    if says_cited:
        known += [draft for draft in state.unseen.of_authors(wanted.names) if draft.titles or draft.containers]
    fits = {draft.number: fit(wanted, draft) for draft in cited_before(state, place, known)}
    best = max(fits.values(), default=0.0)
    if best == 0.0:
        return _other_volume(state, place, wanted, known)
    # "Beatrice Webb" is her own book rather than the one with her husband; "Webb" alone may be either.
    drafts = [state.draft(number) for number, score in fits.items() if score > 0.0 and score >= best - OTHER_PEOPLE]
    drafts = [draft for draft in drafts if not draft.is_translation] or drafts
    kind = of_its_kind(citation)
    drafts = [draft for draft in drafts if kind is None or kind(draft)] or drafts
    if len(drafts) == 1:
        return _found(state, citation, drafts[0], (_method(wanted), OP_CIT), ())
    cited = sorted((draft for draft in drafts if draft.last_place >= 0), key=lambda draft: -draft.last_place)
    if not says_cited or not cited or _namesakes(wanted.names[0], drafts):
        return _ambiguous(state, place, drafts)
    if cited[0].incomplete and len(cited) > 1:  # what was never cited in full is a weak witness against what was
        return _ambiguous(state, place, cited)
    last_note = _note_of_last(state, cited[0])
    beside = [draft for draft in cited if last_note is not None and _note_of_last(state, draft) == last_note]
    if len(beside) > 1:
        return _ambiguous(state, place, beside)
    if len(cited) == 1:
        return _found(state, citation, cited[0], ("op-cit-last-of-author", OP_CIT), ())
    decision = _found(state, citation, cited[0], ("op-cit-last-of-author", OP_CIT_AMONG_SEVERAL), cited[1:])
    others = ", ".join(state.naming(cited[1:]))
    message = f"is taken for the work of this author that was cited last; {others} would fit too: check it"
    return replace(decision, diagnostics=(remark(Severity.INFO, "op-cit-among-several", message, citation),))


def _other_volume(state: State, place: Place, wanted: Features, known: Sequence[Draft]) -> Decision | None:
    """ "Robertson, vol. i. p. 3" after the second volume of his only work: another volume of it."""
    undivided = replace(wanted, volumes=frozenset())
    drafts = [draft for draft in cited_before(state, place, known) if fit(undivided, draft) > 0.0]
    if not wanted.volumes or len(drafts) != 1 or not drafts[0].volumes:
        return None
    found = _found(state, state.citations[place.citation], drafts[0], (_method(wanted), OP_CIT), ())
    return other_volume(state, place, found)


def _says_cited(citation: Citation) -> bool:
    """ "Weber, op. cit.", "Weber, ibid.", "آدمیت، همان": the work of this author that was cited last."""
    return citation.cue(CueKind.CITED) is not None or citation.cue(CueKind.CONTAINER_CITED) is not None


def _surname_as_title(wanted: Features) -> Features:
    """One word without author, no title of the document ("Michelet, 9"), may be the author's surname."""
    if wanted.names or len(wanted.titles) != 1 or len(wanted.titles[0].words) > 1:
        return wanted
    return replace(wanted, names=(parse_name({"family": wanted.titles[0].text}),), titles=())


def printed_alike(state: State, place: Place) -> Decision | None:
    """The full citation at whose head the very words of the short form stand, whatever fields they were read into."""
    citation = state.citations[place.citation]
    numbers = dict.fromkeys(state.works_of_full[index] for index in state.printed.full_citations(citation))
    stated = fields.volumes(citation.item)
    drafts = [draft for draft in map(state.draft, numbers) if not stated or not draft.volumes or stated & draft.volumes]
    wanted = features(state.items[place.citation])
    drafts = [draft for draft in drafts if not _namesakes_only(wanted.names, draft) and not _its_book(wanted, draft)]
    drafts = cited_before(state, place, drafts)
    if not drafts:
        return None
    chosen, broken = tie_broken(state, place, drafts)
    if len(chosen) > 1:
        return _ambiguous(state, place, chosen)
    confidence = PRINTED_ALIKE * (TIE_BROKEN if broken else 1.0)
    others = [draft for draft in drafts if draft is not chosen[0]]
    return _found(state, citation, chosen[0], ("printed-alike", confidence), others)


def _its_book(wanted: Features, draft: Draft) -> bool:
    """Whether the book that holds the work is meant: "Neri, Il sale" behind "Rossi, Introduzione a Neri, Il sale"."""
    return (
        bool(wanted.names and wanted.titles and draft.containers)
        and likeness(wanted.titles, draft.containers) >= FITTING_TITLE
        and likeness(wanted.titles, draft.titles) < FITTING_TITLE
        and not any(
            name_similarity(name, other) > 0 for name in wanted.names for people in draft.authors for other in people
        )
    )


def misspelt_author(state: State, place: Place) -> Decision | None:
    """ "Davies, Society and Culture" for Davis: the one work of this title, by an author whose name is a letter off."""
    citation = state.citations[place.citation]
    wanted = features(state.items[place.citation])
    if not wanted.names or not wanted.titles or state.ledger.of_authors(wanted.names):
        return None
    found = without_later(state, place, fitting(replace(wanted, names=()), state.ledger))
    if not found.scores or len(found.best) != 1:
        return None
    draft = state.draft(found.best[0])
    names = {" ".join(name.family) for authors in draft.authors for name in authors}
    stated = " ".join(wanted.names[0].family)
    if not any(len(stated) > _SHORTEST and Levenshtein.distance(stated, name) <= _LETTERS for name in names):
        return None
    message = f"spells the author's name otherwise than the work it seems to mean ({', '.join(sorted(names))})"
    decision = _found(state, citation, draft, ("misspelt-author", MISSPELT_AUTHOR), ())
    return replace(decision, diagnostics=(remark(Severity.INFO, "author-spelt-otherwise", message, citation),))


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


def _namesakes_only(names: Sequence[Name], draft: Draft) -> bool:
    """Whether the work is by somebody of this surname, but never by this person: "P. Southern", "R. W. Southern"."""
    bearers = [
        (name, other)
        for name in names
        for authors in draft.authors
        for other in authors
        if name.family == other.family and all(len(given) == 1 for given in name.given)
    ]
    return bool(bearers) and all(name_similarity(one, other) == 0.0 for one, other in bearers)


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
    """Several works fit alike: none is taken, all are named."""
    citation = state.citations[place.citation]
    alternatives = state.naming(drafts)
    listed = ", ".join(alternatives)
    message = f"fits {len(drafts)} works alike ({listed}); a fuller title or a year would tell them apart"
    remarks = (remark(Severity.WARNING, "short-form-ambiguous", message, citation),)
    return Decision(_unknown(state, place, drafts), Resolution(None, "ambiguous", 0.0, alternatives), None, remarks)


def _unknown(state: State, place: Place, drafts: Sequence[Draft]) -> tuple[int, ...]:
    """The work that an undecided short form stands for: shared only with those that hesitate between the same works."""
    item = state.items[place.citation]
    if not features(item).says_anything:
        return ()
    between = frozenset(draft.number for draft in drafts)
    if between in state.unknown:
        state.undecided.add(state.draft(state.unknown[between]), item)
    else:
        state.unknown[between] = state.undecided.open([item], incomplete=True).number
    return (state.unknown[between],)


def unseen_work(state: State, place: Place) -> Decision:
    """A short form of a work that is never cited in full: a work of its own, shared with its other short forms."""
    citation, item = state.citations[place.citation], state.items[place.citation]
    wanted = features(item)
    if not wanted.says_anything:
        message = "says neither author nor title, and nothing before it is meant; cite the work in full"
        resolution = Resolution(None, "no-antecedent", 0.0)
        remarks = (remark(Severity.WARNING, "short-form-without-antecedent", message, citation),)
        return Decision((), resolution, None, remarks)
    found = fitting(wanted, state.unseen)
    if found.scores and len(found.best) == 1:
        draft = state.draft(found.best[0])
        antecedent = state.citations[draft.last].id if draft.last is not None else None
        state.unseen.add(draft, item)
        return Decision((draft.number,), Resolution(antecedent, "same-short-form", UNSEEN * found.scores[0][0]))
    near = works_of_other_years(state, wanted)
    fits = fitting(_surname_as_title(wanted), state.ledger)
    later = [one for one in map(state.draft, fits.best) if first_cited_later(state, place, one)]
    if not near and not later and is_first_mention(citation, item, state.ledger):
        draft = state.ledger.open([item], [place.citation])
        draft.naming = place.citation
        return Decision((draft.number,))
    draft = state.unseen.open([item], incomplete=True)
    remarks = (
        cited_only_later(citation, state.naming(later)) if later else never_cited(citation, near, state.naming(near)),
    )
    alternatives = state.naming(later or near)
    return Decision((draft.number,), Resolution(None, "no-antecedent", 0.0, alternatives), None, remarks)
