"""People whom a citation does not name, because the citation before it did.

"Id.", "Ders.", "Eadem" or a dash stand for the person named just before (Chicago 17 14.35, 14.67); in "In: Ders./…
(Hrsg.)" for the author of the chapter itself; a translation is by the author of its original. Whom such a word can mean
is decided by `sex_and_number`. What is carried completes the work's record, never what the citation itself says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from citekit.matching.titles import Title, similarity
from citekit.model import Citation, CueKind, Diagnostic, Form, Item, Severity
from citekit.resolution import fields
from citekit.resolution.sequence import Reading
from citekit.resolution.sex_and_number import People, distinguishes, meant_by

__all__ = ["with_carried_people"]

_REMEMBERED = 4  # lists of people named before: a word for "the same" that passes over more is not understood
_SHORTENED = 0.9  # from here on one title is a proper shortening of the other (citekit.matching.titles)


def with_carried_people(reading: Reading, citations: Sequence[Citation]) -> tuple[list[Item], list[Diagnostic]]:
    """What each citation says, completed by the people carried over to it; and the "Id." that lead nowhere."""
    items: list[Item] = [citation.item for citation in citations]
    diagnostics: list[Diagnostic] = []
    by_title: dict[str, list[tuple[Title, People]]] = {}
    recent: list[People] = []  # the last first
    strict = distinguishes(cue.text for citation in citations for cue in citation.cues if cue.kind is CueKind.IDEM)
    bearers: dict[str, People] = {}  # under each family name the people who were named in full
    stream, group = "", -1
    for place in reading.places:
        citation = citations[place.citation]
        if place.stream != stream:
            recent = []
        beside = place.stream == stream and place.group == group
        stream, group = place.stream, place.group
        item, missing = _completed(citation, recent, beside=beside, strict=strict)
        items[place.citation] = item
        if missing and (item.get("title") or citation.form is Form.FULL):  # a bare "Id." is read as ibid.
            diagnostics.append(
                Diagnostic(
                    Severity.WARNING,
                    "idem-without-antecedent",
                    f"“{missing}” stands for a person named before, but nobody is named before who can be meant",
                    citation.span,
                )
            )
        people = _people(item, "author") or _people(item, "editor")
        if citation.form is Form.FULL:
            for title in fields.titles(item) if people else ():
                by_title.setdefault(title.words[0], []).append((title, people))
        elif not people:
            people = (recent[0] if recent else ()) if _goes_on(citation) else _author_of(fields.titles(item), by_title)
        recent = _named(tuple(_in_full(person, bearers) for person in people), _people(item, "editor"), recent)
    return items, diagnostics


def _named(people: People, editors: People, recent: Sequence[People]) -> list[People]:
    """Who was named last, with a citation's people before all others; nobody where it names none."""
    if not people:
        return []
    listed = [named for named in (people, editors, *recent) if named]
    return [named for place, named in enumerate(listed) if named not in listed[:place]][:_REMEMBERED]


def _in_full(person: Mapping[str, Any], bearers: dict[str, People]) -> Mapping[str, Any]:
    """A person with the given name that the document gives to the only bearer of the family name."""
    family = str(person.get("family") or "")
    known = bearers.get(family, ())
    if person.get("given"):
        whole = f"{person['given']} {family}"
        longer = [one for one in (*known, *bearers.get(whole, ())) if _whole(one).endswith(f" {whole}")]
        if len(longer) == 1:  # "Álvarez Junco" is José Álvarez Junco, whose name has two family names
            return longer[0]
        if person not in known:
            bearers[family] = (*known, person)
        return person
    return known[0] if len(known) == 1 else person


def _whole(person: Mapping[str, Any]) -> str:
    return f"{person.get('given') or ''} {person.get('family') or ''}"


def _completed(citation: Citation, recent: Sequence[People], *, beside: bool, strict: bool) -> tuple[Item, str | None]:
    """A citation's item with the people carried to it, and the word of an "Id." that stands for nobody."""
    item = dict(citation.item)
    missing = None
    cues = [cue for cue in citation.cues if cue.kind is CueKind.IDEM]
    for cue in sorted(cues, key=lambda cue: cue.value not in (None, "author")):
        role = cue.value or "author"
        # "Bergier, Warum Salz?, in: Ders./Vernant (Hrsg.)": the chapter's author comes first.
        own = _people(item, "author") if role != "author" else ()
        meant = meant_by(cue.text, [own] if own else recent, strict=strict)
        if meant:
            item[role] = _inserted(meant, _people(item, role), citation.text, cue.text)
        else:
            missing = cue.text
    translation = citation.cue(CueKind.TRANSLATION) is not None and citation.form is Form.FULL
    if translation and beside and recent and not item.get("author"):
        item["author"] = list(recent[0])
    return item, missing


def _inserted(meant: People, named: People, text: str, word: str) -> list[Mapping[str, Any]]:
    """The carried people among those named beside them, in the order of print."""
    place = text.find(word)
    for number, name in enumerate(named):
        if text.find(str(name.get("family") or name.get("literal") or ""), max(place, 0)) >= 0:
            return [*named[:number], *meant, *named[number:]]
    return [*named, *meant]


def _goes_on(citation: Citation) -> bool:
    """Whether a citation without people speaks of the one before it, and so of the same people."""
    bare = not citation.item.get("title")
    translation = citation.cue(CueKind.TRANSLATION) is not None
    return citation.form is Form.IBID or (citation.form is Form.SHORT and (bare or translation))


def _author_of(titles: tuple[Title, ...], by_title: Mapping[str, list[tuple[Title, People]]]) -> People:
    """The people of the work cited last under a title that begins alike and fits."""
    for title in titles:
        for other, people in reversed(by_title.get(title.words[0], ())):
            if similarity(title, other) >= _SHORTENED:
                return people
    return ()


def _people(item: Item, role: str) -> People:
    return tuple(name for name in item.get(role) or () if isinstance(name, Mapping))
