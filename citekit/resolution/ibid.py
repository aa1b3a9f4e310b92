"""Ibid., Ivi, Ebd.: the citation just before; and what may follow it: "trad. it. cit.".

Chicago 17 14.34; MHRA 11.3; the German "ebd." and the Italian "ivi" and "ibidem" go by the same convention. Within a
note it means the citation before it in that note; at the head of a note what the note before cites. Comment notes do
not come between.
"""

from __future__ import annotations

import re
from dataclasses import replace

from citekit.citations.cues import starts_with_ibid
from citekit.citations.own_text import only_own_text
from citekit.model import Citation, CueKind, Diagnostic, Form, Note, Resolution, Severity
from citekit.resolution import fields
from citekit.resolution.ledger import Draft
from citekit.resolution.named_again import named_again, work_named
from citekit.resolution.other_items import other_item
from citekit.resolution.sequence import Place
from citekit.resolution.state import Decision, State, remark, unresolved
from citekit.resolution.unread import Silence, silence

__all__ = ["ibid", "other_volume", "translation_of_previous"]

CERTAIN = 0.97  # nothing but the convention is needed
TOLD_APART = 0.9  # the note itself says which of two is meant
OTHER_NUMBERING = 0.6  # the numbering restarted in between
UNREAD_BETWEEN = 0.5  # a note between them looks as if it cited something
LAST_OF_SEVERAL = 0.6  # the convention decides, but the author may have meant another
ALL_OF_SEVERAL = 0.5  # one of them is meant, or all
OTHER_VOLUME = 0.7

_NUMBER = re.compile(r"\d[\w/.-]{0,20}(?:,\s[^\W\d_]{1,5}\.?\s?\d[\w-]{0,8})?")  # "1246", "1246, Bl. 5"
_SENTENCE = re.compile(r"[.;!?]\s")
_OF_ONE_VOLUME = frozenset(
    {"page", "DOI", "ISBN", "URL", "accessed", "issued", "volume-title", "number-of-pages", "locator", "note"}
)


def ibid(state: State, place: Place) -> Decision | None:
    """An "ibid.", or a bare "op. cit." or "a.a.O." without author and title, which says no more."""
    citation = state.citations[place.citation]
    if citation.form is not Form.IBID and not _says_nothing_else(citation):
        return None
    beside = state.beside(place)
    before = (beside,) if beside is not None else state.note_before(place)
    if not before:
        return _without_antecedent(citation, "no citation stands before it")
    original = _original(state, place, before)
    if original is None and not state.works(before[-1]):
        return _without_antecedent(citation, "the citation before it leads to no work")
    decision = original or _several(state, place, before) or _previous(state, place, before[-1])
    stated = other_item(state, place, other_volume(state, place, decision))
    found = _behind_unread(state, place, before[-1], _across_numberings(state, place, before[-1], stated))
    return found if beside is not None else _over_silent_notes(state, place, found)


def translation_of_previous(state: State, place: Place) -> Decision | None:
    """ "trad. fr. cit., p. 112": the translation that was once given beside the work cited just before."""
    citation = state.citations[place.citation]
    cue = citation.cue(CueKind.TRANSLATION)
    item = citation.item
    if cue is None or citation.form is not Form.SHORT or item.get("title") or item.get("author"):
        return None
    beside = state.beside(place)
    for index in (beside,) if beside is not None else reversed(state.note_before(place)):
        for number in state.works(index):
            found, confidence = _translation(state, state.draft(number), cue.value or "")
            if found is None:
                continue
            namer = found.namer
            antecedent = state.citations[namer].id if namer is not None else None
            return Decision((found.number,), Resolution(antecedent, "translation-of-previous", confidence))
    return unresolved(
        citation,
        "no-antecedent",
        "translation-without-antecedent",
        "means a translation cited before, but none was cited beside the work before it; cite it in full once",
    )


def _translation(state: State, draft: Draft, language: str) -> tuple[Draft | None, float]:
    """The translation of a work into a language; of a work that is a translation, its sister or itself."""
    original = draft if draft.original is None else state.draft(draft.original)
    if language in original.translations:
        return state.draft(original.translations[language]), TOLD_APART
    if draft.is_translation:
        return draft, LAST_OF_SEVERAL
    if original.translations:
        return state.draft(next(reversed(original.translations.values()))), TOLD_APART
    return None, 0.0


def _says_nothing_else(citation: Citation) -> bool:
    """ "A.a.O., S. 5"; or "Id. at 55", which law writes for ibid. (Chicago 17 14.35). "Id., op. cit." says who."""
    said = any(citation.item.get(field) for field in ("author", "editor", "title", "container-title", "issued"))
    elsewhere = citation.cue(CueKind.TRANSLATION) or citation.cue(CueKind.CROSS_REFERENCE)
    one_of_them = (citation.cue(CueKind.CITED) is None) != (citation.cue(CueKind.IDEM) is None)
    return citation.form is Form.SHORT and one_of_them and not said and not elsewhere


def _without_antecedent(citation: Citation, why: str) -> Decision:
    code = "ibid-without-antecedent" if citation.form is Form.IBID else "cited-without-antecedent"
    return unresolved(citation, "no-antecedent", code, f"has no antecedent: {why}; cite the work in full")


def _previous(state: State, place: Place, index: int) -> Decision:
    """The citation just before, with all its works."""
    citation, works = state.citations[place.citation], state.works(index)
    method = "ibid-previous" if citation.form is Form.IBID else "cited-previous"
    locator = None if citation.locator else state.locator(index)
    if len(works) == 1:
        confidence = min(CERTAIN if citation.form is Form.IBID else TOLD_APART, _led(state, index))
        return Decision(works, Resolution(state.citations[index].id, method, confidence), locator)
    resolution = Resolution(state.citations[index].id, method, ALL_OF_SEVERAL)
    return Decision(works, resolution, locator, (_ambiguous(citation, "the citation before it cites several works"),))


def _led(state: State, index: int) -> float:
    """How sure it is where the citation that an ibid. leans on leads itself."""
    before = state.decisions.get(index)
    return before.resolution.confidence if before is not None and before.resolution is not None else 1.0


def _several(state: State, place: Place, before: tuple[int, ...]) -> Decision | None:
    """After a note of several works: the last; for a bare ibid all, where the last states no place to mean again.

    An original and its translation are cited as one.
    """
    citation = state.citations[place.citation]
    works = tuple(dict.fromkeys(number for index in before for number in state.works(index)))
    if len(before) < 2 or len(works) < 2:
        return None
    ids = tuple(state.citations[index].id for index in before if state.works(index))
    why = "the note before it cites several works"
    translated = any(_is_translation(state, index) for index in before[1:])
    if _is_bare(citation) and (translated or state.locator(before[-1]) is None):
        resolution = Resolution(ids[-1], "ibid-all-of-note", ALL_OF_SEVERAL, ids[:-1])
        located = [place for place in map(state.locator, before) if place is not None]
        # The one place that the note before states, or that of the original, which stands first.
        locator = located[0] if located and (translated or len(located) == 1) else None
        return Decision(works, resolution, locator, (_ambiguous(citation, f"{why}; all are kept"),))
    resolution = Resolution(ids[-1], "ibid-last-of-note", LAST_OF_SEVERAL, ids[:-1])
    remarks = (_ambiguous(citation, f"{why}; the last is taken"),)
    locator = state.locator(before[-1]) if _is_bare(citation) else None
    return Decision(state.works(before[-1]), resolution, locator, remarks)


def _is_bare(citation: Citation) -> bool:
    """Whether an ibid. stands alone, without page, volume or file."""
    if citation.locator is not None or fields.volumes(citation.item):
        return False
    head = starts_with_ibid(citation.text)
    return head is None or not any(map(str.isdigit, citation.text[head.end() :]))


def _original(state: State, place: Place, before: tuple[int, ...]) -> Decision | None:
    """ "Ivi, p. 5; trad. it. cit., p. 7": the note itself tells original and translation apart."""
    citation, following = state.citations[place.citation], state.after(place)
    if following is None or following.cue(CueKind.TRANSLATION) is None:
        return None
    for position in reversed(range(len(before))):
        index = before[position]
        works = state.works(index)
        originals = tuple(number for number in works if _has_translation(state.draft(number)))
        if not originals and len(works) == 1 and position + 1 < len(before) and not _is_translation(state, index):
            originals = works if _is_translation(state, before[position + 1]) else ()
        if originals and (len(before) > 1 or len(works) > 1):
            locator = None if citation.locator else state.locator(index)
            return Decision(originals[-1:], Resolution(state.citations[index].id, "ibid-original", TOLD_APART), locator)
    return None


def _has_translation(draft: Draft) -> bool:
    return bool(draft.translations) and not draft.is_translation


def _is_translation(state: State, index: int) -> bool:
    return state.citations[index].cue(CueKind.TRANSLATION) is not None


def other_volume(state: State, place: Place, decision: Decision) -> Decision:
    """ "Ibid., vol. 3, p. 12" after volume 2: another work of the same set."""
    citation = state.citations[place.citation]
    stated = fields.volumes(citation.item)
    if not stated or len(decision.works) != 1 or decision.resolution is None:
        return decision
    volume = state.draft(decision.works[0])
    if not volume.volumes or volume.volumes & stated:
        return decision
    alike = [
        draft
        for draft in (*state.ledger.with_title(volume.titles), *state.unseen.with_title(volume.titles))
        if draft.volumes & stated
        and set(draft.titles) & set(volume.titles)
        and set(draft.authors) == set(volume.authors)
    ]
    if len(alike) == 1:
        found = alike[0]
    else:
        first = volume.items[0]
        # "3 vols. (London: Collins, 1981–84)": the years of the set, and of whatever volume of it
        own = _OF_ONE_VOLUME - {"issued"} if first.get("number-of-volumes") else _OF_ONE_VOLUME
        item = {name: value for name, value in first.items() if name not in own}
        found = state.unseen.open([{**item, "volume": citation.item.get("volume")}], incomplete=True)
    resolution = Resolution(decision.resolution.antecedent, "ibid-other-volume", OTHER_VOLUME)
    return Decision((found.number,), resolution, None, decision.diagnostics)  # its page was the other volume's


def _across_numberings(state: State, place: Place, index: int, decision: Decision) -> Decision:
    """An ibid that heads a chapter's notes leads back into the chapter before: unlikely to be meant, so pointed out."""
    previous = state.places[index]
    if previous.run == place.run or decision.resolution is None:
        return decision
    resolution = decision.resolution
    lowered = Resolution(
        resolution.antecedent, resolution.method, min(resolution.confidence, OTHER_NUMBERING), resolution.alternatives
    )
    remarks = decision.diagnostics
    if place.stream not in state.reading.by_page:
        message = "leads back over a new start of the numbering; check whether a citation was lost"
        remarks += (remark(Severity.INFO, "ibid-across-chapters", message, state.citations[place.citation]),)
    return Decision(decision.works, lowered, decision.locator, remarks)


def _over_silent_notes(state: State, place: Place, decision: Decision) -> Decision:
    """A comment note does not come between; one that cites a source of its own does, though it could not be read."""
    if decision.resolution is None:
        return decision
    silent = state.reading.silent.get((place.stream, place.group), ())
    kinds = [(_silence(state, note, decision), note) for note in reversed(silent)]
    kind, note = max(kinds, key=lambda found: _WEIGHT[found[0]], default=(Silence.COMMENT, None))
    if note is None or kind is Silence.COMMENT:
        return decision
    named = f"note {note.label}" if note.label else "the note"
    citation, resolution = state.citations[place.citation], decision.resolution
    if kind is Silence.SOURCE:
        message = f"stands behind {named}, which cites a source that could not be read; check whether it means that one"
        return _left_open(citation, decision, message)
    message = f"passes over {named}, which may cite a work that was not read; check which is meant"
    said = remark(Severity.WARNING, "ibid-over-unread", message, citation)
    lowered = replace(resolution, confidence=min(resolution.confidence, UNREAD_BETWEEN))
    return replace(decision, resolution=lowered, diagnostics=(*decision.diagnostics, said))


def _silence(state: State, note: Note, decision: Decision) -> Silence:
    """What a note without a citation is, by its looks and by the works that it names."""
    looks = silence(note.text, state.language)
    if looks is Silence.SOURCE or only_own_text(note.text):
        return looks
    return max(
        looks,
        named_again(note.text, state.italics.get(note.id, ()), (state.ledger, state.unseen), decision.works),
        key=lambda kind: _WEIGHT[kind],
    )


def _behind_unread(state: State, place: Place, index: int, decision: Decision) -> Decision:
    """ "BArch, R 43/1245; 1246. Ebd.": what stands behind a semicolon was cited last, though it could not be read."""
    behind = state.words_behind(index, place)
    _, semicolon, rest = behind.partition(";")
    message = "stands behind words that cite a source which could not be read; check whether it means that one"
    if decision.resolution is not None and any(
        work_named(sentence, (state.ledger, state.unseen), decision.works) is Silence.SOURCE
        for sentence in _SENTENCE.split(behind)
    ):
        return _left_open(state.citations[place.citation], decision, message)
    if not semicolon or decision.resolution is None:
        return decision
    pieces = [piece.strip(" .,") for piece in rest.split(";")]
    number = bool(state.items[index].get("archive_location")) and any(_NUMBER.fullmatch(piece) for piece in pieces)
    if not number and all(silence(piece, state.language) is not Silence.SOURCE for piece in pieces):
        return decision
    return _left_open(state.citations[place.citation], decision, message)


def _left_open(citation: Citation, decision: Decision, message: str) -> Decision:
    """The decision taken back: what it led to is one that may be meant."""
    resolution = decision.resolution
    passed = (*resolution.alternatives, resolution.antecedent) if resolution else ()
    remarks = (*decision.diagnostics, remark(Severity.WARNING, "ibid-over-unread", message, citation))
    return Decision((), Resolution(None, "ambiguous", 0.0, tuple(dict.fromkeys(filter(None, passed)))), None, remarks)


_WEIGHT = {Silence.COMMENT: 0, Silence.DOUBTFUL: 1, Silence.SOURCE: 2}


def _ambiguous(citation: Citation, why: str) -> Diagnostic:
    return remark(Severity.WARNING, "ibid-ambiguous", f"could mean more than one work: {why}", citation)
