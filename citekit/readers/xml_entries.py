"""Citations whose parts are marked in scholarly XML → entries, each field with the place of its words.

JATS 1.3 (`mixed-citation`, `element-citation`: person-group, article-title, source, year, fpage, pub-id …) and TEI P5
3.12 (`biblStruct`, `bibl`: author, title with its level, imprint, biblScope, idno). What is marked is taken as it is;
a citation of which only a name or a link is marked says too little, and its words are read as those of any other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from citekit.model import Keeper, KeyedCitation, Locator, Span
from citekit.readers.composing import trimmed
from citekit.readers.csl_entries import clean_item, place_value
from citekit.readers.markup import all_words, attribute, local_name

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["MarkedCitation", "jats_citation", "keyed_citations", "tei_citation"]

Places: TypeAlias = "Mapping[_Element, tuple[int, int]]"
"""Where the words of elements came to stand in the text."""

_JATS_TYPES = {
    "journal": "article-journal", "magazine": "article-magazine", "newspaper": "article-newspaper", "news":
    "article-newspaper", "book": "book", "book-chapter": "chapter", "bookchapter": "chapter", "chapter": "chapter",
    "book-section": "chapter", "thesis": "thesis", "dissertation": "thesis", "report": "report", "gov": "report",
    "govt": "report", "working-paper": "report", "conference": "paper-conference", "confproc": "paper-conference",
    "conf-proc": "paper-conference", "web": "webpage", "website": "webpage", "webpage": "webpage", "patent": "patent",
    "data": "dataset", "dataset": "dataset", "software": "software", "manuscript": "manuscript",
    "interview": "interview", "standard": "standard", "map": "map", "legal": "legal_case",
}  # fmt: skip
_PARTS_OF = {"book": "chapter", "report": "chapter", "": "chapter"}
_PERIODICAL = ("article-journal", "article-magazine", "article-newspaper")
_JATS_FIELDS = {
    "volume": "volume", "issue": "issue", "edition": "edition", "series": "collection-title",
    "publisher-name": "publisher", "publisher-loc": "publisher-place", "isbn": "ISBN", "issn": "ISSN",
}  # fmt: skip
_IDENTIFIERS = {"doi": "DOI", "isbn": "ISBN", "issn": "ISSN", "pmid": "PMID", "url": "URL", "uri": "URL"}
_PEOPLE_GROUPS = {
    "author": "author", "": "author", "allauthors": "author", "editor": "editor", "guest-editor": "editor",
    "translator": "translator", "transed": "translator",
}  # fmt: skip
_TEI_SCOPES = {
    "vol": "volume", "volume": "volume", "issue": "issue", "iss": "issue", "nr": "issue", "no": "issue", "page": "page",
    "pp": "page", "pages": "page", "pg": "page", "p": "page",
}  # fmt: skip
_OPENING, _CLOSING = "“„‘‚«‹\"'", "”“’‘»›\"'"  # quotation marks are no part of a title
_DOI_HOSTS = ("https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/")


@dataclass(slots=True)
class MarkedCitation:
    """A citation while its elements are gone through.

    Attributes:
        start: where its words begin.
        end: where they end.
        fields: field → its words, or people.
        places: field → where its words stand.
    """

    start: int
    end: int
    fields: dict[str, Any] = field(default_factory=dict)
    places: dict[str, list[tuple[int, int]]] = field(default_factory=dict)

    def add(self, name: str, value: Any, place: tuple[int, int] | None) -> None:
        """A field, the first of those that come again; of people, all."""
        if not value:
            return
        if isinstance(value, list):
            self.fields[name] = [*self.fields.get(name, ()), *value]
        elif name in self.fields:
            return
        else:
            self.fields[name] = value
        if place and place[0] < place[1]:
            self.places.setdefault(name, []).append(place)

    @property
    def tells_enough(self) -> bool:
        """Whether what is marked is a citation: a title, and who or when beside it."""
        return bool(self.fields.get("title")) and any(
            self.fields.get(name) for name in ("author", "editor", "issued", "container-title")
        )


def keyed_citations(marked: Sequence[MarkedCitation], text: str) -> tuple[KeyedCitation, ...]:
    """The entries of a document whose text is whole, in its order."""
    found = []
    for one in marked:
        span = trimmed(text, one.start, one.end)
        item = {name: _people(value) if isinstance(value, list) else value for name, value in one.fields.items()}
        # In a book of which no part is named, a page is the place.
        pages = str(item.pop("page", "")) if item.get("type") == "book" else ""
        locator = Locator("page", place_value(pages)) if pages else None
        spans = {name: _spans(text, places) for name, places in one.places.items()}
        if pages and "page" in spans:
            spans["locator"] = spans.pop("page")
        known = {name: places for name, places in spans.items() if places}
        if span.length:
            found.append(KeyedCitation(span, Keeper.XML, None, clean_item(item), locator=locator, field_spans=known))
    return tuple(sorted(found, key=lambda entry: entry.span))


def _spans(text: str, places: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
    found = []
    for place in sorted(places):
        start, end = trimmed(text, *place)
        if end - start > 2 and text[start] in _OPENING and text[end - 1] in _CLOSING:
            start, end = start + 1, end - 1
        if start < end:
            found.append(Span(start, end))
    return tuple(found)


def _people(named: Sequence[Mapping[str, str]]) -> list[dict[str, str]] | str:
    """People whose names the markup tells apart; as words, which are read later, where it does not of one of them."""
    if all("words" not in person for person in named):
        return [dict(person) for person in named]
    parts = (
        (person.get("family"), person.get("given"), person.get("literal"), person.get("words")) for person in named
    )
    return "; ".join(", ".join(filter(None, part)) for part in parts)


def jats_citation(element: _Element, places: Places) -> MarkedCitation | None:
    """What the markup of a `mixed-citation` or `element-citation` says; None where it says too little."""
    marked = MarkedCitation(*places[element])
    titles: dict[str, tuple[str, tuple[int, int] | None]] = {}
    date: dict[str, str] = {}
    for child in _inner(element):
        name, words, place = local_name(child), all_words(child), places.get(child)
        if name == "person-group":
            role = _PEOPLE_GROUPS.get(child.get("person-group-type", "").lower())
            people = [person for one in child if (person := _jats_person(one))]
            if role and people:
                marked.add(role, people, place)
        elif person := _jats_person(child):
            marked.add("author", [person], place)
        elif name in ("article-title", "chapter-title", "part-title", "data-title"):
            titles.setdefault("part", (words, place))
        elif name in ("source", "conf-name"):
            titles.setdefault("source", (words, place))
        elif name in ("trans-title", "trans-source"):
            marked.fields.setdefault("custom", {}).setdefault("translated-title", words)
        elif name in ("year", "month", "day"):
            date.setdefault(name, words)
            if place:
                marked.places.setdefault("issued", []).append(place)
        elif name in ("fpage", "page-range"):
            last = next((all_words(one) for one in element.iter() if local_name(one) == "lpage"), "")
            marked.add("page", f"{words}-{last}" if last and name == "fpage" else words, place)
        elif name == "lpage" and place:
            marked.places.setdefault("page", []).append(place)
        elif name == "date-in-citation" and "access" in child.get("content-type", ""):
            marked.add("accessed", words, place)
        elif name == "pub-id":
            _identifier(marked, child.get("pub-id-type", ""), words, place)
        elif name in ("ext-link", "uri"):
            _link(marked, attribute(child, "href") or words, place)
        elif name in _JATS_FIELDS:
            marked.add(_JATS_FIELDS[name], words, place)
    if date.get("year"):
        marked.fields["issued"] = " ".join(filter(None, (date.get("day"), date.get("month"), date["year"])))
    else:
        marked.places.pop("issued", None)
    stated = element.get("publication-type", element.get("citation-type", "")).lower()
    _titles(marked, titles, _JATS_TYPES.get(stated, ""))
    return marked if marked.tells_enough else None


def _inner(element: _Element) -> Iterator[_Element]:
    """The elements of a citation, those inside italics or a date among them; people's names stay whole."""
    for child in element:
        if not local_name(child):
            continue
        yield child
        if local_name(child) in ("italic", "bold", "date", "styled-content", "named-content", "publisher"):
            yield from _inner(child)


def _titles(marked: MarkedCitation, titles: Mapping[str, tuple[str, tuple[int, int] | None]], type_: str) -> None:
    """Title and container: a source alone is the work, and what a part stands in beside one."""
    part, source = titles.get("part"), titles.get("source")
    if part and source:
        marked.add("title", *part)
        marked.add("container-title", *source)
        if not type_ and ("issue" in marked.fields or "volume" in marked.fields):
            type_ = "article-journal"
        type_ = _PARTS_OF.get(type_, type_)
    elif part or source:
        words, place = part or source or ("", None)
        if type_ in _PERIODICAL and source and not part:
            return  # the journal alone: what stands in it is not marked
        marked.add("title", words, place)
        type_ = type_ or "book"
    marked.fields["type"] = type_


def _jats_person(element: _Element) -> dict[str, str] | None:
    name = local_name(element)
    if name in ("collab", "institution"):
        return {"literal": words} if (words := all_words(element)) else None
    if name not in ("name", "string-name"):
        return None
    parts = {local_name(child): all_words(child) for child in element}
    if parts.get("surname"):
        found = {"family": parts["surname"], "given": parts.get("given-names", ""), "suffix": parts.get("suffix", "")}
        return {role: words for role, words in found.items() if words}
    return {"words": words} if (words := all_words(element)) else None


def _identifier(marked: MarkedCitation, kind: str, words: str, place: tuple[int, int] | None) -> None:
    name = _IDENTIFIERS.get(kind.lower())
    if name == "URL":
        _link(marked, words, place)
    elif name:
        for host in (*_DOI_HOSTS, "doi:"):
            words = words.removeprefix(host)
        marked.add(name, words.strip(), place)


def _link(marked: MarkedCitation, address: str, place: tuple[int, int] | None) -> None:
    for host in _DOI_HOSTS:
        if address.lower().startswith(host):
            marked.add("DOI", address[len(host) :], place)
            return
    if address.startswith(("http://", "https://", "ftp://")):
        marked.add("URL", address, place)


def tei_citation(element: _Element, places: Places) -> MarkedCitation | None:
    """What the markup of a `biblStruct` or `bibl` says; None where it says too little."""
    marked = MarkedCitation(*places[element])
    titles: dict[str, tuple[str, tuple[int, int] | None]] = {}
    type_ = ""
    for child in _tei_inner(element):
        name, words, place = local_name(child), all_words(child), places.get(child)
        parent = child.getparent()
        group = local_name(parent) if parent is not None else ""
        if name in ("author", "editor"):
            role = "translator" if child.get("role", "") in ("translator", "trl") else name
            if group == "series" or (group == "monogr" and name == "author" and "author" in marked.fields):
                continue
            marked.add(role, list(_tei_people(child)), place)
        elif name == "title":
            level = child.get("level", "")
            if level in ("a", "u") or (group == "analytic" and not level):
                titles.setdefault("part", (words, place))
            elif level == "s" or group == "series":
                marked.add("collection-title", words, place)
            else:
                if level == "j" and "source" not in titles:
                    type_ = "article-journal"
                titles.setdefault("source", (words, place))
        elif name in ("publisher", "edition"):
            marked.add(name, words, place)
        elif name == "pubPlace":
            marked.add("publisher-place", words, place)
        elif name == "date":
            marked.add("issued", words or child.get("when") or child.get("from") or "", place)
        elif name == "biblScope":
            scope = child.get("unit", child.get("type", "")).lower()
            pages = words if words else "-".join(filter(None, (child.get("from"), child.get("to"))))
            if group != "series" and scope in _TEI_SCOPES:
                marked.add(_TEI_SCOPES[scope], pages, place)
        elif name == "idno":
            _identifier(marked, child.get("type", ""), words, place)
        elif name in ("ref", "ptr"):
            _link(marked, child.get("target", ""), place)
    _titles(marked, titles, type_)
    return marked if marked.tells_enough else None


_TEI_GROUPS = ("analytic", "monogr", "imprint", "series")


def _tei_inner(element: _Element) -> Iterator[_Element]:
    for child in element:
        if local_name(child) in _TEI_GROUPS:
            yield from _tei_inner(child)
        elif local_name(child):
            yield child


def _tei_people(element: _Element) -> Iterator[dict[str, str]]:
    named = [one for one in element.iter() if local_name(one) == "persName"] or [element]
    for one in named:
        surname = " ".join(all_words(node) for node in one.iter() if local_name(node) == "surname")
        given = " ".join(all_words(node) for node in one.iter() if local_name(node) == "forename")
        if surname:
            yield {"family": surname, **({"given": given} if given else {})}
        elif words := all_words(one):
            yield {"words": words}
