"""Better BibTeX JSON: Zotero's own items as its extension Better BibTeX exports and imports them.

Each item becomes a CSL item by the tables that Zotero itself uses. Attachments, notes, tags, collections, relations
and whatever else CSL has no variable for are kept under `custom["zotero"]` and written again; what Zotero has no field
for is written to `extra` as Zotero reads it there, and the rest to a property of its own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from citekit.errors import FormatError
from citekit.formats.dates import edtf
from citekit.formats.json_places import object_places
from citekit.formats.printed_dates import printed_date
from citekit.formats.remainder import clean, difference, overlay
from citekit.formats.types import CSL_TYPES, NAMES, csl_type
from citekit.formats.wording import value_of
from citekit.formats.zotero_extra import read_extra, write_extra
from citekit.formats.zotero_fields import CSL_FIELD, CSL_ROLE, CSL_TYPE, DATE_FIELDS, field_of, role_of, zotero_type
from citekit.model import Diagnostic, Item, Severity, Span

__all__ = ["dumps", "is_better_bibtex", "places", "read"]

KEPT = "zotero"
"""Key of `custom` for the properties of an item that CSL has no variable for, as Zotero has them."""

_REMAINDER = "csl-json"
"""Property for what Zotero's own cannot give back; Zotero passes over what it does not know."""
_CONFIG = {
    "id": "36a3b0b5-bad0-4a04-b79b-441c7cef77db",  # the translator "BetterBibTeX JSON", which Zotero knows files by
    "label": "BetterBibTeX JSON",
    "preferences": {},
    "options": {},
}
_ARTICLE = {"attachment": "an", "note": "a", "annotation": "an"}
_NO_WORKS = tuple(_ARTICLE)
_ITEMS = re.compile(r'"items"\s*:\s*\[(?=\s*\{)')  # of a collection they are numbers
_OUR_NUMBER = re.compile(r"item-\d+")  # given to an item that a collection has to name
_WITH_VERSION = ("computerProgram",)  # whose versionNumber Zotero 4 called version
_IN_WORDS = ("issued", "submitted")  # dates of a work; the day of access is a moment in Zotero
_LAST = ("itemID", "itemKey", "libraryID", "uri", "select", "dateAdded", "dateModified")


def is_better_bibtex(text: str) -> bool:
    """Whether a JSON text is such an export: an object with items that have Zotero's `itemType`."""
    return text.lstrip("\ufeff \t\r\n").startswith("{") and '"itemType"' in text and _ITEMS.search(text) is not None


def dumps(items: Sequence[Item]) -> str:
    """The items as an export that Zotero with Better BibTeX imports, with their collections."""
    written = [_written(item) for item in items]
    collections: dict[str, dict[str, Any]] = {}
    for number, (item, entry) in enumerate(zip(items, written, strict=True), 1):
        for path in _paths(item):
            _file_under(collections, path, entry.setdefault("itemID", f"item-{number}"))
    whole = {"config": _CONFIG, "collections": collections, "items": written}
    text = json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
    return "".join(f"\\u{ord(sign):04x}" if "\ud800" <= sign <= "\udfff" else sign for sign in text)


def read(text: str) -> tuple[list[dict[str, Any]], tuple[Diagnostic, ...]]:
    """The items of an export, and a diagnostic for each part that is no work.

    Raises:
        FormatError: it is no JSON, or no such export.
    """
    found, trouble = _items(text)
    return [item for item, _ in found], tuple(trouble)


def places(text: str) -> list[Span]:
    """Where the items stand in the text, in the order of `read`."""
    return [span for _, span in _items(text)[0]]


def _items(text: str) -> tuple[list[tuple[dict[str, Any], Span]], list[Diagnostic]]:
    if not text.strip("\ufeff \t\r\n"):
        return [], []
    try:
        whole = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as exc:
        said = "it is nested too deeply" if isinstance(exc, RecursionError) else exc
        raise FormatError(f"no Better BibTeX JSON ({said}); export it again") from exc
    if not isinstance(whole, Mapping) or not isinstance(whole.get("items"), list):
        raise FormatError("no Better BibTeX JSON: it has no items; export it again, or name its format")
    collections = _collection_paths(whole.get("collections"))
    found: list[tuple[dict[str, Any], Span]] = []
    trouble: list[Diagnostic] = []
    start = _ITEMS.search(text)
    spans = object_places(text, start.end()) if start else iter(())
    for number, entry in enumerate(whole["items"], 1):
        span = next(spans, Span(0, 0))
        line = text.count("\n", 0, span.start) + 1
        kind = entry.get("itemType") if isinstance(entry, Mapping) else None
        if not isinstance(kind, str):
            said = f"line {line}: item {number} has no itemType; leave it out or correct it"
            trouble.append(Diagnostic(Severity.WARNING, "better-bibtex-no-item", said, span))
        elif kind in _NO_WORKS:
            said = f"line {line}: {_ARTICLE[kind]} {kind} that belongs to no item is no work; it was left out"
            trouble.append(Diagnostic(Severity.INFO, "better-bibtex-no-work", said, span))
        else:
            found.append((_item(entry, collections), span))
    return found, trouble


def _item(entry: Mapping[str, Any], collections: Mapping[Any, Sequence[str]]) -> dict[str, Any]:
    """A CSL item that `_written` makes the entry of again."""
    plain = clean(entry)
    item = _mapped(plain)
    kept = {name: value for name, value in plain.items() if name != _REMAINDER}
    remainder = plain.get(_REMAINDER)
    whole = overlay(item, remainder) if isinstance(remainder, Mapping) else item
    written = (clean(_entry(item)), clean(_entry(whole)))
    kept = {name: value for name, value in kept.items() if all(again.get(name) != value for again in written)}
    paths = collections.get(plain.get("itemID"), ())
    if paths:
        kept["collections"] = sorted(paths)
    elif "collections" in kept and not isinstance(kept["collections"], list):
        kept.pop("collections")
    if _OUR_NUMBER.fullmatch(str(kept.get("itemID"))):
        del kept["itemID"]
    if kept:
        item["custom"] = {**(item.get("custom") or {}), KEPT: kept}
    return overlay(item, remainder) if isinstance(remainder, Mapping) else item


def _mapped(entry: Mapping[str, Any]) -> dict[str, Any]:
    """What the entry's own fields say, by Zotero's tables, then what its `extra` says."""
    item_type = str(entry.get("itemType"))
    item: dict[str, Any] = {"type": CSL_TYPE.get(item_type, "document")}
    key = entry.get("citationKey") or entry.get("citekey")
    if isinstance(key, str):
        item["id"] = key
    for name, variable in CSL_FIELD.items():
        value = entry.get(name)
        if name == "citationKey" or not isinstance(value, (str, int)) or variable in item:
            continue
        if name == "version" and not (item_type in _WITH_VERSION and isinstance(value, str)):
            continue  # Zotero's counter of synchronisations, which every item has
        if variable in DATE_FIELDS:
            _take_date(item, variable, str(value))
        else:
            item[variable] = str(value)
    creators = entry.get("creators")
    for creator in creators if isinstance(creators, list) else ():
        named = _name(creator) if isinstance(creator, Mapping) else None
        if named:
            role = CSL_ROLE.get(str(creator.get("creatorType")), "contributor")
            item.setdefault(role, []).append(named)
    words = [str(tag["tag"]) for tag in entry.get("tags") or () if isinstance(tag, Mapping) and tag.get("tag")]
    if words:
        item["keyword"] = ", ".join(words)
    stated, note = read_extra(str(entry.get("extra") or ""))
    item |= stated
    if "citation-key" in stated:
        item["id"] = item.pop("citation-key")
    if note:
        item["note"] = note
    return item


def _take_date(item: dict[str, Any], variable: str, printed: str) -> None:
    """A date as Zotero's users type it: what is no ISO 8601 is read as a note's date is, else kept as words."""
    plain = printed.strip()
    if variable == "accessed":
        plain = plain.partition("T")[0].partition(" ")[0]
    date, exact = printed_date(plain)
    item[variable] = date
    if exact and variable == "issued":
        item["custom"] = {**(item.get("custom") or {}), "edtf": exact}


def _name(creator: Mapping[str, Any]) -> dict[str, str] | None:
    if creator.get("name"):
        return {"literal": str(creator["name"])}
    named = {"family": creator.get("lastName"), "given": creator.get("firstName")}
    return {key: str(value) for key, value in named.items() if value} or None


def _written(item: Item) -> dict[str, Any]:
    """The entry of an item: what Zotero's fields say, what is kept of its own, and the difference that is left."""
    wanted = clean(item)
    entry = _entry({**wanted, "type": csl_type(wanted)})
    stated = value_of(wanted, f"custom.{KEPT}")
    listed = stated if isinstance(stated, Mapping) else {}
    kept = {name: value for name, value in listed.items() if name != "collections"}
    target = _without_kept(wanted)
    # What Zotero's own words say counts as long as they say what the item says: its user can have changed it since.
    fitting = {name: value for name, value in kept.items() if _says_the_same({**entry, name: value}, entry)}
    if _says_the_same({**entry, **kept}, entry):
        fitting = kept
    entry |= fitting
    # A field that would not read back as the item has it would be kept as Zotero's own word: the remainder says it.
    odd = (value_of(_item(entry, {}), f"custom.{KEPT}") or {}).keys() - fitting.keys()
    # Of a date in words the remainder says that it is words; Zotero's own date takes any.
    stays = {
        "itemType",
        *(field_of(variable, entry["itemType"]) for variable in _IN_WORDS if edtf(wanted, variable)[1]),
    }
    entry = {name: value for name, value in entry.items() if name not in odd or name in stays}
    back = _mapped(clean(entry))
    compared = back if "type" in wanted else {name: value for name, value in back.items() if name != "type"}
    missing = difference(target, compared)
    if missing:
        entry[_REMAINDER] = missing
    return {name: entry[name] for name in (*(n for n in entry if n not in _LAST), *(n for n in _LAST if n in entry))}


def _says_the_same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return _mapped(clean(one)) == _mapped(clean(other))


def _without_kept(item: Mapping[str, Any]) -> dict[str, Any]:
    custom = {name: value for name, value in (item.get("custom") or {}).items() if name != KEPT}
    rest = {name: value for name, value in item.items() if name != "custom"}
    return {**rest, "custom": custom} if custom else rest


def _entry(item: Item) -> dict[str, Any]:
    """Zotero's fields for an item; what they have no place for is in `extra` as far as Zotero reads it there."""
    kind = csl_type(item)
    kept = value_of(item, f"custom.{KEPT}")
    stated = str(kept.get("itemType")) if isinstance(kept, Mapping) else ""
    item_type = stated if CSL_TYPE.get(stated) == kind else zotero_type(kind)
    entry: dict[str, Any] = {"itemType": item_type}
    if item.get("id"):
        entry["citationKey"] = str(item["id"])
    creators: list[dict[str, str]] = []
    # Zotero reads only CSL's types in `extra`; another would be a line of the note, once more each time.
    others: dict[str, Any] = {"type": kind} if CSL_TYPE[item_type] != kind and kind in CSL_TYPES else {}
    for variable, value in item.items():
        if variable in ("id", "type", "note", "custom", "keyword", "citation-key"):
            continue
        if variable in NAMES and isinstance(value, list):
            role = role_of(variable, item_type)
            if role is None:
                others[variable] = value
            else:
                creators += [_creator(name, role) for name in value if isinstance(name, Mapping)]
            continue
        field = field_of(variable, item_type)
        if variable in DATE_FIELDS and field:
            exact, words = edtf(item, variable)
            if exact or words:
                entry[field] = str(exact or words)
        elif field and isinstance(value, (str, int)):
            entry[field] = str(value)
        else:
            others[variable] = value
    if creators:
        entry["creators"] = creators
    if isinstance(item.get("keyword"), str):
        entry["tags"] = [{"tag": word} for word in item["keyword"].split(", ") if word]
    extra = write_extra(others, str(item.get("note") or ""))
    if extra:
        entry["extra"] = extra
    return entry


def _creator(name: Mapping[str, Any], role: str) -> dict[str, str]:
    if name.get("literal"):
        return {"name": str(name["literal"]), "creatorType": role}
    particles = [str(name[key]) for key in ("dropping-particle", "non-dropping-particle") if name.get(key)]
    family = " ".join([*particles, str(name.get("family", ""))]).strip()
    given = ", ".join(str(name[key]) for key in ("given", "suffix") if name.get(key))
    return {"firstName": given, "lastName": family, "creatorType": role}


def _collection_paths(collections: Any) -> dict[Any, list[str]]:
    """For each item (by its itemID) the collections that it is in, each as `Collection/Collection in it`."""
    if not isinstance(collections, Mapping):
        return {}
    known = {str(key): value for key, value in collections.items() if isinstance(value, Mapping)}
    paths: dict[Any, list[str]] = {}
    for key, collection in known.items():
        name, above, seen = str(collection.get("name", key)), collection.get("parent"), {key}
        while isinstance(above, str) and above in known and above not in seen:
            seen.add(above)
            name, above = f"{known[above].get('name', above)}/{name}", known[above].get("parent")
        for item in collection.get("items") or ():
            if isinstance(item, (int, str)):
                paths.setdefault(item, []).append(name)
    return paths


def _paths(item: Item) -> list[str]:
    listed = value_of(item, f"custom.{KEPT}")
    paths = listed.get("collections") if isinstance(listed, Mapping) else None
    return [str(path) for path in paths] if isinstance(paths, list) else []


def _file_under(collections: dict[str, dict[str, Any]], path: str, item: Any) -> None:
    """Put an item into a collection, making it and those around it."""
    above = ""
    names = path.split("/")
    for depth, name in enumerate(names, 1):
        key = "/".join(names[:depth])
        made: dict[str, Any] = {"key": key, "name": name, "parent": above or False, "items": [], "collections": []}
        collection = collections.setdefault(key, made)
        if above and key not in collections[above]["collections"]:
            collections[above]["collections"].append(key)
        above = key
        if depth == len(names):
            collection["items"].append(item)
