"""Citing templates of wikis ("{{cite book|last=Weber|…}}", "{{sfn|Weber|1922|p=3}}") → entries and their words.

Which template cites what kind of work, and what its parameters are called in each language, is data of the lexicon. A
template is not expanded: its words are the source, each parameter's value at its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from citekit.lexicon import concept, concepts
from citekit.model import Form, Keeper, KeyedCitation, Locator
from citekit.readers.csl_entries import UNPLACED, clean_item

if TYPE_CHECKING:
    from mwparserfromhell.nodes import Template
    from mwparserfromhell.wikicode import Wikicode

__all__ = ["CitingTemplate", "Role", "read_template", "role_of"]

Role = str
"""A concept of `wiki_templates.toml`: a CSL type, "short-note", "short-notes", "short", "again", "page-behind" …"""

_REFERRING = frozenset(("short-note", "short-notes", "short"))
_OTHER = frozenset(("again", "page-behind", "list", "key"))
_NUMBERED = re.compile(r"(\D*)(\d*)(\D*)")
_YEAR = re.compile(r"(?:1|2|)\d{3}[a-z]?|n\.?\s?d\.?|б\.?\s?г\.?|o\.?\s?J\.?", re.IGNORECASE)
_YEAR_INSIDE = re.compile(r"(?<!\d)(?:[12]\d{3}|[5-9]\d{2})(?!\d)[a-z]?")
_PART_OF_SEVERAL = re.compile(r"(\d+)(a\d+|y|p|pp|loc)")
_AUTO = frozenset(("", "harv", "none", "sfn", "no", "нет"))
_STATUS = {"dead": "dead", "live": "live", "usurped": "usurped", "unfit": "unfit", "deviated": "deviated"}
_MOST_AUTHORS = 4  # names in a key: Template:Sfn takes no more
_PLAIN = (
    "title",
    "collection-title",
    "publisher",
    "publisher-place",
    "volume",
    "issue",
    "edition",
    "genre",
    "language",
)
_CODES = ("DOI", "ISBN", "ISSN", "PMID")


@dataclass(frozen=True, slots=True)
class CitingTemplate:
    """A template that cites: its entries, and its source in pieces, each with the field whose value it is."""

    entries: tuple[KeyedCitation, ...]
    pieces: tuple[tuple[str, str | None], ...]


def role_of(template: Template) -> Role | None:
    """What a template does, None for one that has nothing to do with citing."""
    roles = _roles().get(_folded(template.name))
    return roles[0] if roles else None


def read_template(template: Template) -> CitingTemplate | None:
    """The entries of a citing template, None for another."""
    found = _roles().get(_folded(template.name))
    if found is None or found[0] in _OTHER:
        return None
    role, languages = found
    if role == "short-notes":
        return CitingTemplate(tuple(_several(template)), ((str(template), None),))
    if role in _REFERRING:
        return CitingTemplate((_short(template),), ((str(template), None),))
    return _full(template, role, languages)


@cache
def _roles() -> dict[str, tuple[Role, tuple[str, ...]]]:
    """Name of a template → what it does, and the languages that have it; the first concept of the file holds."""
    found: dict[str, tuple[Role, tuple[str, ...]]] = {}
    for role, listed in concepts("wiki_templates").items():
        for language, names in listed.items():
            for name in names:
                before = found.setdefault(name, (role, ()))
                if before[0] == role:
                    found[name] = (role, (*before[1], language))
    return found


@cache
def _parameters(languages: tuple[str, ...]) -> dict[str, str]:
    """Name of a parameter ("last#") → field: as these languages have it, then English, then any other."""
    found: dict[str, str] = {}
    listed = concepts("wiki_parameters")
    every = dict.fromkeys(language for names in listed.values() for language in names)
    for language in dict.fromkeys((*languages, "en", *every)):
        for field, names in listed.items():
            for name in names.get(language, ()):
                found.setdefault(name, field)
    return found


def _folded(name: object) -> str:
    return " ".join(str(name).replace("_", " ").split()).casefold()


def _field_of(name: str, languages: tuple[str, ...]) -> tuple[str, int] | None:
    """The field of a parameter and the number of the person it is about."""
    plain = re.sub(r"[\s_-]", "", name).casefold()
    known = _parameters(languages)
    if plain in known:
        return known[plain], 1
    parts = _NUMBERED.fullmatch(plain)
    if parts and (field := known.get(f"{parts[1]}#{parts[3]}")):
        return field, min(int(parts[2][:3] or 1), 999)
    return None


def _words(value: Wikicode) -> str:
    """What a value prints: without markup; a template inside it prints its last unnamed parameter."""
    from mwparserfromhell.nodes import Tag, Template

    pieces = []
    for node in value.nodes:
        if isinstance(node, Template):
            unnamed = [parameter.value for parameter in node.params if not parameter.showkey]
            pieces.append(_words(unnamed[-1]) if unnamed else "")
        elif isinstance(node, Tag):
            pieces.append(_words(node.contents) if node.contents is not None and str(node.tag) != "ref" else " ")
        else:
            pieces.append(str(node.__strip__(normalize=True, collapse=False, keep_template_params=False) or ""))
    return " ".join("".join(pieces).split())


def _full(template: Template, role: Role, languages: tuple[str, ...]) -> CitingTemplate:
    said: dict[str, str] = {}
    people: dict[str, dict[int, str]] = {}
    pieces: list[tuple[str, str | None]] = [("{{" + str(template.name), None)]
    for parameter in template.params:
        found = _field_of(str(parameter.name).strip(), languages) if parameter.showkey else None
        words = _words(parameter.value)
        pieces.append((f"|{parameter.name}=" if parameter.showkey else "|", None))
        field, number = found or ("", 1)
        if field in ("family", "given", "author", "editor-family", "editor-given", "editor", "translator"):
            people.setdefault(field, {}).setdefault(number, words)
            field = field.split("-", maxsplit=1)[0] if field.startswith("editor") else field
            field = "author" if field in ("family", "given") else field
        elif field and words:
            if field == "issued" and len(words) > len(said.get(field, "")):
                said[field] = words
            else:
                said.setdefault(
                    field, str(parameter.value).strip() if field in ("ref", "URL", "archive-url") else words
                )
        pieces.append((str(parameter.value), _SPANNED.get(field, field) or None if words else None))
    pieces.append(("}}", None))
    item = clean_item(_item(said, role)) | _people(people)
    entry = KeyedCitation(UNPLACED, Keeper.TEMPLATE, _key(template, said, item), item, form=Form.FULL)
    return CitingTemplate((entry,), tuple(pieces))


# The fields of parameters as `citekit parse` names them.
_SPANNED = {"part": "title", "subtitle": "title", "edition-or-periodical": "container-title", "ref": "", "dead": ""}


def _item(said: dict[str, str], role: Role) -> dict[str, Any]:
    """What the parameters say, but for people; dates are words, which the next stage reads."""
    item: dict[str, Any] = {name: said.get(name, "") for name in (*_PLAIN, *_CODES, "page", "URL", "container-title")}
    if said.get("subtitle"):
        item["title"] = f"{item['title']}: {said['subtitle']}" if item["title"] else said["subtitle"]
    either = said.get("edition-or-periodical", "")
    if role == "article-journal":
        item["container-title"] = item["container-title"] or either
    else:
        item["edition"] = item["edition"] or either
    kind = role
    if said.get("part"):
        item["title"], item["container-title"] = said["part"], item["title"] or item["container-title"]
        kind = "chapter" if role == "book" else role
    elif role == "book" and item["container-title"]:
        kind = "article-journal" if item["issue"] or item["volume"] else "chapter"
    item["type"] = kind
    for name in ("issued", "accessed", "original-date"):
        item[name] = said.get(name, "")
    status = said.get("url-status", "").casefold()
    custom = {
        "archive-url": said.get("archive-url", ""),
        "archive-date": said.get("archive-date", ""),
        "url-status": _STATUS.get(status.split(" ")[0], "") or ("dead" if said.get("dead") else ""),
        "translated-title": said.get("translated-title", ""),
    }
    item["original-title"] = said.get("original-title", "").partition(":")[2] or said.get("original-title", "")
    item["custom"] = {name: value for name, value in custom.items() if value}
    return item


def _people(said: Mapping[str, Mapping[int, str]]) -> dict[str, Any]:
    """People by role: as family and given names where the template tells them apart, else as words."""
    found: dict[str, Any] = {}
    for role, family, given in (
        ("author", "family", "given"),
        ("editor", "editor-family", "editor-given"),
        ("translator", "", ""),
    ):
        families, givens, whole = said.get(family, {}), said.get(given, {}), said.get(role, {})
        numbers = sorted(number for number in {*families, *whole} if families.get(number) or whole.get(number))
        if numbers and all(families.get(number) for number in numbers):
            found[role] = [
                {"family": families[number], **({"given": givens[number]} if givens.get(number) else {})}
                for number in numbers
            ]
        elif numbers:
            people = [
                ", ".join(filter(None, (families[number], givens.get(number))))
                if families.get(number)
                else whole[number]
                for number in numbers
            ]
            found[role] = "; ".join(people)
    return found


def _key(template: Template, said: Mapping[str, str], item: Mapping[str, Any]) -> str | None:
    """The name by which short references call the work: stated, or author and year (Template:Sfn)."""
    year = _YEAR_INSIDE.search(said.get("issued", ""))
    stated = said.get("ref", "")
    for parameter in template.params:
        for inner in parameter.value.ifilter_templates(recursive=False):
            if _folded(inner.name) in _key_names():
                return _joined([_words(one.value) for one in inner.params if not one.showkey])
    if stated.casefold() not in _AUTO:
        ending = "" if _YEAR_INSIDE.search(stated) or not year else year[0]
        return _joined([re.sub(r"^CITEREF", "", stated), ending])
    people = item.get("author") or item.get("editor") or []
    if isinstance(people, str):
        people = [{"family": _surname(one)} for one in people.split(";")]
    names = [str(person.get("family") or person.get("literal") or "") for person in people][:_MOST_AUTHORS]
    return _joined([*names, year[0]]) if names and year else None


def _surname(words: str) -> str:
    """What is most likely the surname: before a comma, before initials ("Иванов И. И."), else the last word."""
    before, comma, _ = words.strip().partition(",")
    parts = before.split()
    if comma or not parts:
        return before
    return parts[0] if parts[-1].endswith(".") else parts[-1]


@cache
def _key_names() -> frozenset[str]:
    return frozenset(name for names in concept("wiki_templates", "key").values() for name in names)


def _joined(parts: list[str]) -> str | None:
    return "".join("".join(part.split()).casefold() for part in parts) or None


def _short(template: Template) -> KeyedCitation:
    """Author and year, page or place: "{{sfn|Weber|Marx|1922|p=3}}", "{{cita|Rossi 1999|p. 3}}"."""
    unnamed = [_words(one.value) for one in template.params if not one.showkey]
    named = {str(one.name).strip(): _words(one.value) for one in template.params if one.showkey}
    names, year, behind = _name_and_year(unnamed)
    return _reference(names, year, named, behind)


def _name_and_year(unnamed: list[str]) -> tuple[list[str], str, list[str]]:
    for place, words in enumerate(unnamed):
        if place and _YEAR.fullmatch(words):
            return unnamed[:place], words, unnamed[place + 1 :]
    if unnamed and (year := _YEAR_INSIDE.search(unnamed[0])):
        return [unnamed[0][: year.start()].strip(" ,")], year[0], unnamed[1:]
    return unnamed[:_MOST_AUTHORS], "", []


def _reference(names: list[str], year: str, named: Mapping[str, str], behind: list[str]) -> KeyedCitation:
    pages, place = "", " ".join(behind)
    for name, words in named.items():
        field = _field_of(name, ())
        if field and words:
            if field[0] == "page":
                pages = words
            elif field[0] == "locator":
                place = words
    key = _joined([re.sub(r"^CITEREF", "", named.get("ref", ""))]) or _joined([*names, year])
    item: dict[str, Any] = {"author": [{"family": name} for name in names if name], "issued": year}
    return KeyedCitation(
        UNPLACED,
        Keeper.TEMPLATE,
        key,
        {name: value for name, value in item.items() if value},
        names_work=False,
        locator=Locator("page", re.sub(r"\s?[-‐‑‒–—−]+\s?", "-", pages)) if pages else None,
        suffix=place,
        form=Form.SHORT,
    )


def _several(template: Template) -> Iterator[KeyedCitation]:
    """ "{{sfnm|1a1=Weber|1y=1922|1p=3|2a1=Marx|2y=1867}}": each number a reference."""
    groups: dict[str, dict[str, str]] = {}
    for one in template.params:
        part = _PART_OF_SEVERAL.fullmatch(str(one.name).strip()) if one.showkey else None
        if part:
            groups.setdefault(part[1], {})[part[2]] = _words(one.value)
    for number in sorted(groups, key=int):
        said = groups[number]
        names = [said[name] for name in sorted(said) if name.startswith("a")]
        places = {name: words for name, words in said.items() if name in ("p", "pp", "loc")}
        yield _reference(names, said.get("y", ""), places, [])
