"""Items into the fields of a BibTeX or BibLaTeX entry, and back; what the two notations share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

from citekit.formats.dates import MONTHS, edtf
from citekit.formats.dialects import RANK, Dialect
from citekit.formats.editor_roles import ROLES, role_slots
from citekit.formats.entry_dates import add_date, read_date
from citekit.formats.field_values import (
    READ_OTHERWISE,
    is_bare,
    is_for_biblatex_alone,
    is_in_words,
    latex_to_keep,
    newly_written,
    page_range,
    read_value,
    written_latex,
)
from citekit.formats.giving_back import FOREIGN, gives_back, only_for_parts
from citekit.formats.howpublished import address_in
from citekit.formats.latex import escape, is_balanced, plain_url, tidy
from citekit.formats.latex_inert import acts
from citekit.formats.original import (
    ENTRY_TYPE,
    LATEX,
    READ_FROM,
    TITLE_PARTS,
    entry_type_of,
    keep,
    own_field,
    plain,
    stated_type,
    without_stale,
)
from citekit.formats.remainder import clean, difference, overlay, read_remainder, write_remainder
from citekit.formats.title_parts import TITLES, apart, has_parts, together
from citekit.formats.types import NAMES, csl_type, subtype_for, type_of_entry
from citekit.formats.wording import annex, joined, label, tail, value_of, without_tail
from citekit.model import Item

__all__ = ["Entry", "entry_of", "item_of"]

_NAMES = frozenset(NAMES)
_Known: TypeAlias = dict[str, tuple[str, Any]]  # by field the variable and its value

_SET_TITLE = ("maintitle", "mainsubtitle", "maintitleaddon")
_FIELD_NAME = re.compile(r"[a-z_][a-z0-9_:.+-]*")
# What the styles print for these entry types where the entry has no `type` of its own (btxdoc, section 3.1).
_DEGREES = {"phdthesis": "PhD thesis", "mastersthesis": "Master’s thesis"}


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as a file has it: `fields` are LaTeX without the enclosing braces, in order.

    `bare` names fields that stand without enclosing (month macros).
    """

    entry_type: str
    key: str
    fields: Mapping[str, str]
    bare: frozenset[str] = frozenset()


def entry_of(item: Item, key: str, dialect: Dialect) -> Entry:
    """The entry for an item; reading it with `item_of` gives the item again, whatever it holds.

    Args:
        item: a CSL-JSON item. A `type` that is missing is inferred.
        key: the citation key to write.
        dialect: BIBTEX or BIBLATEX.
    """
    wanted = without_stale(clean(item))
    entry_type = dialect.written_type(wanted, entry_type_of(wanted))
    own_type = dialect.kin_of(entry_type)
    fields, places, known = _own_fields(wanted, entry_type, dialect)
    bare = frozenset(name for name in ("month",) if fields.get(name, "")[:3] in MONTHS)
    _add_foreign(fields, wanted)

    # First what the fields alone give back; then, with that known, the texts that end in sentences of ours.
    compared = {**wanted, "type": csl_type(wanted)} if "type" in wanted else wanted
    if wanted.get("id", key) == key and gives_back(wanted, entry_type, fields, places, dialect):
        base, remainder = wanted, {}
    else:
        base = _compared(_read_fields(Entry(entry_type, key, fields, bare), dialect, known), wanted)
        remainder = difference(compared, base)
    ending = tail(overlay(base, remainder) if remainder else base, dialect, own_type)
    if ending:
        fields[dialect.tail] = joined([part for part in (fields.get(dialect.tail, ""), ending) if part])
    titles = annex(wanted)
    if dialect.annex and titles:
        fields[dialect.annex] = joined([part for part in (fields.get(dialect.annex, ""), titles) if part])
    named = label(wanted)
    if named and is_balanced(named):
        fields.setdefault(dialect.label, named)
    if remainder:
        fields[dialect.remainder] = write_remainder(remainder)
    if not ending and not titles and not named:  # nothing to take away again: base and remainder are the item
        return Entry(entry_type, key, _in_order(fields, dialect), bare)
    back = _compared(item_of(Entry(entry_type, key, fields, bare), dialect), wanted)
    missed = difference(compared, back)
    if missed:
        fields[dialect.remainder] = write_remainder(_merged(remainder, missed))
    return Entry(entry_type, key, _in_order(fields, dialect), bare)


def _in_order(fields: dict[str, str], dialect: Dialect) -> dict[str, str]:
    """Titles together, the remainder last; all else as it came."""
    if not (fields.keys() & {dialect.annex, dialect.remainder, "maintitle"}):
        return fields
    order = [name for name in fields if name not in (dialect.annex, dialect.remainder, *_SET_TITLE)]
    title = "subtitle" if "subtitle" in order else "title"
    start = order.index(title) if title in order else 0
    order[start + 1 : start + 1] = [name for name in fields if name == dialect.annex]
    start = order.index("title") if "title" in order else 0
    order[start:start] = [name for name in _SET_TITLE if name in fields]
    order += [name for name in fields if name == dialect.remainder]
    return {name: fields[name] for name in order}


def _compared(read: dict[str, Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
    """What was read, in the item's own spelling where it says the same.

    A type or key that the item does not state is left out: inferring them adds nothing. Pages keep their dash, a date
    that is written as text stays text.
    """
    same = (
        read
        if "id" in wanted and "type" in wanted
        else {name: value for name, value in read.items() if name in wanted or name not in ("id", "type")}
    )
    pages = wanted.get("page")
    if isinstance(pages, str) and page_range(pages) == page_range(str(same.get("page"))):
        same["page"] = pages
    for name in ("issued", "original-date", "accessed", "event-date"):
        if isinstance(wanted.get(name), str) and edtf(wanted, name) == edtf(same, name) != (None, None):
            same[name] = wanted[name]
    return same


def _merged(remainder: dict[str, Any], missed: dict[str, Any]) -> dict[str, Any]:
    merged = remainder | missed
    if isinstance(remainder.get("custom"), dict) and isinstance(missed.get("custom"), dict):
        merged["custom"] = remainder["custom"] | missed["custom"]
    return merged


def _own_fields(item: Item, written_type: str, dialect: Dialect) -> tuple[dict[str, str], dict[str, str], _Known]:
    """The fields for the variables of a clean item, by variable which field it is; of some what reading them gives.

    This is known where the LaTeX is what the item was read from (`without_stale` has read it), and of titles in which
    nothing but braces was added.
    """
    fields: dict[str, str] = {}
    places: dict[str, str] = {}
    known: dict[str, tuple[str, Any]] = {}
    field: str | None
    entry_type = dialect.kin_of(written_type)
    custom = value_of(item, "custom")
    read_from = value_of(item, f"custom.{LATEX}")
    read_from = read_from if isinstance(read_from, Mapping) else {}
    inner = (f"custom.{name}" for name in custom) if isinstance(custom, Mapping) else ()
    for variable in _in_rank((*item, *inner)):
        if variable == "issued":
            add_date(fields, item, dialect)
            continue
        value = value_of(item, variable) if variable.startswith("custom.") else item[variable]
        if value is None:
            continue
        home = dialect.home_of(variable, entry_type)
        printing = home.printing
        if variable == "issue" and not str(value)[:1].isdigit():
            free = [name for name in printing if name not in fields]
            printing = tuple(free[1:] or free)  # BibLaTeX: `number` counts, `issue` names ("Spring")
        stated = own_field(item, variable) if home.needs_stated else None
        for field in printing:
            if field not in fields:
                break
        else:
            field = home.spare
        if stated and stated not in fields:
            field = stated
        if variable == "original-title" and item.get("translator") and dialect.name == "biblatex":
            field = "origtitle"  # BibLaTeX manual 2.2.2: the title of the work that was translated
        field = field or own_field(item, variable)
        if field is None or field in fields:
            continue
        latex = read_from.get(variable)
        was_read = isinstance(latex, str) and not (dialect.name == "bibtex" and is_for_biblatex_alone(variable, latex))
        text = latex if was_read else newly_written(item, variable, field, value)
        if text:
            fields[field] = text
            places[variable] = field
            if was_read:
                certain = variable not in READ_OTHERWISE
            else:
                certain = variable == "title" and isinstance(value, str) and is_bare(value)
            if certain:
                known[field] = variable, value
    if dialect.name == "bibtex" and written_type == "manual" and "publisher" in fields:
        fields = {("organization" if name == "publisher" else name): text for name, text in fields.items()}
        places["publisher"] = "organization"  # all that the standard styles print of whom a manual is by
    if dialect.name == "biblatex":
        for variable, slot in role_slots(item, entry_type).items():
            names = written_latex(item, variable, slot, dialect)
            if names:
                fields |= {slot: names, f"{slot}type": variable}
    if fields.get("url") and dialect.name == "bibtex" and entry_type == "misc":
        others = _foreign(item).get("howpublished")  # the standard styles print no `url`
        words = f"{tidy(others)}, " if isinstance(others, str) and is_balanced(others) and not acts(others) else ""
        fields["howpublished"] = words + plain_url(fields["url"])
    volume = dialect.volume_title_field(item, entry_type)
    of_volume = written_latex(item, "volume-title", volume, dialect) if volume and volume in fields else None
    if volume and of_volume:  # BibLaTeX manual 2.3.2: the volume is the title, the set the main title
        fields["maintitle"], fields[volume] = fields[volume], of_volume
        known.pop(volume, None)
    if dialect.name == "biblatex" and value_of(item, f"custom.{TITLE_PARTS}"):
        fields = _in_parts(fields, places, volume if of_volume else None, item)
    has_url = "url" in fields
    subtype = subtype_for(csl_type(item), written_type, has_url=has_url)
    if subtype:
        fields["entrysubtype"] = subtype
    if dialect.name == "biblatex" and _sorts_by_particle(item):
        fields["options"] = "useprefix=true"
    return fields, places, known


def _in_parts(fields: dict[str, str], places: Mapping[str, str], volume: str | None, item: Item) -> dict[str, str]:
    """The fields with the titles that were read in parts in their parts again."""
    variables = {field: variable for variable, field in places.items() if field in TITLES}
    if volume:
        variables |= {"maintitle": variables.get(volume, ""), volume: "volume-title"}
    return apart(fields, item, variables, lambda variable, field, value: newly_written(item, variable, field, value))


@lru_cache(maxsize=4_096)  # the items of a library have few sets of variables
def _in_rank(names: tuple[str, ...]) -> tuple[str, ...]:
    """Those that are variables, in the order in which entries show them."""
    return tuple(sorted((name for name in names if name in RANK), key=RANK.__getitem__))


def _sorts_by_particle(item: Item) -> bool:
    lists = [value for variable, value in item.items() if variable in _NAMES and isinstance(value, list)]
    return any(
        (type(name) is dict or isinstance(name, Mapping)) and name.get("non-dropping-particle")
        for names in lists
        for name in names
    )


def _foreign(item: Item) -> Mapping[str, Any]:
    """The fields without a CSL variable that an item carries."""
    foreign = value_of(item, f"custom.{FOREIGN}")
    return foreign if isinstance(foreign, Mapping) else {}


def _add_foreign(fields: dict[str, str], item: Item) -> None:
    for name, text in _foreign(item).items():
        if name not in fields and _FIELD_NAME.fullmatch(name) and isinstance(text, str) and is_balanced(text):
            fields[name] = escape(text) if acts(text) else tidy(text)


def item_of(entry: Entry, dialect: Dialect) -> dict[str, Any]:
    """The CSL-JSON item that an entry says; fields without a CSL variable are under `custom["fields"]`."""
    item = _read_fields(entry, dialect)
    remainder = read_remainder(entry.fields.get(dialect.remainder, ""))
    exact = {**remainder, **_foreign(remainder)}  # these came back as they are
    foreign = _foreign(item)
    written = entry.fields.get(dialect.tail)
    ending = tail(item, dialect, dialect.kin_of(entry.entry_type)) if written is not None else ""
    if written is not None and ending and dialect.tail not in exact:
        kept = without_tail(written, ending)
        if dialect.tail == "note":
            _put(item, "note", plain("note", kept) if kept else None)
            keep(item, LATEX, {**_kept(item, "note"), **latex_to_keep(item, "note", "note", kept or "")})
        else:
            _put_foreign(item, dialect.tail, kept)
    if dialect.annex and dialect.annex in foreign and dialect.annex not in exact:
        _put_foreign(item, dialect.annex, without_tail(str(foreign[dialect.annex]), annex(item)))
    if dialect.label in foreign and dialect.label not in exact and foreign[dialect.label] == label(item):
        _put_foreign(item, dialect.label, None)
    return item


def _put(item: dict[str, Any], variable: str, value: Any) -> None:
    if variable.startswith("custom."):
        if value is not None:
            item.setdefault("custom", {})[variable.removeprefix("custom.")] = value
    elif value is None:
        item.pop(variable, None)
    else:
        item[variable] = value


def _put_foreign(item: dict[str, Any], name: str, text: str | None) -> None:
    foreign = {key: value for key, value in _foreign(item).items() if key != name}
    if text:
        foreign[name] = text
    stated = item.get("custom")
    if isinstance(stated, Mapping) and not isinstance(stated.get(FOREIGN, {}), Mapping):
        return  # not what we keep there: the user's own
    custom = {key: value for key, value in stated.items() if key != FOREIGN} if isinstance(stated, Mapping) else {}
    if foreign:
        custom[FOREIGN] = foreign
    item.pop("custom", None)
    if custom:
        item["custom"] = custom


def _read_fields(entry: Entry, dialect: Dialect, known: _Known | None = None) -> dict[str, Any]:
    """All that the fields say, the remainder laid over it; sentences of ours still stand in their fields.

    Args:
        entry: the entry.
        dialect: its notation.
        known: of some fields what reading them gives, where somebody has read them already.
    """
    fields = dict(entry.fields)
    if "howpublished" in fields and "url" not in fields:
        found = address_in(fields["howpublished"])
        if found:
            fields["url"], fields["howpublished"] = found
            if not found[1]:
                del fields["howpublished"]
    has_url = "url" in fields
    subtype = fields.get("entrysubtype")
    kind = type_of_entry(entry.entry_type, subtype, has_url=has_url)
    if subtype and subtype_for(kind, entry.entry_type, has_url=has_url) == subtype:
        del fields["entrysubtype"]
    item: dict[str, Any] = {"id": entry.key, "type": kind}
    use_prefix = dialect.name == "bibtex" or fields.get("options") == "useprefix=true"
    remainder = read_remainder(fields.get(dialect.remainder, ""))
    if remainder:
        del fields[dialect.remainder]
    own_type = dialect.kin_of(entry.entry_type)
    stray: dict[str, str] = {}
    for_parts = {"booktitle": fields.pop("booktitle")} if only_for_parts(fields, own_type) else {}
    kept: dict[str, str] = {}
    settled = True  # whether the item has what is in `kept`
    volume = "booktitle" if own_type.startswith("in") else "title"
    in_set = "maintitle" in fields and volume in fields and dialect.admits(own_type, "maintitle")
    slots: dict[str, str] = {}
    for slot in [name.removesuffix("type") for name in fields if name.startswith("editor") and name.endswith("type")]:
        role = ROLES.get(fields[f"{slot}type"].strip().lower())
        if role and slot in fields and role not in item:
            del fields[f"{slot}type"]
            text, slots[role] = fields.pop(slot), slot
            item[role] = read_value(role, text, use_prefix=use_prefix)
            kept |= latex_to_keep(item, role, slot, text)
            settled = False
    before, parts = together(fields, remainder, dialect.annex, in_set=in_set) if has_parts(tuple(fields)) else ({}, {})
    stated_parts: dict[str, dict[str, str]] = {}
    if in_set:
        item["volume-title"] = plain("volume-title", fields[volume])
        kept |= latex_to_keep(item, "volume-title", volume, fields[volume])
        settled = False
        known = None
        fields[volume] = fields.pop("maintitle")
        if volume in parts:
            stated_parts["volume-title"] = parts.pop(volume)
        if "maintitle" in parts:
            parts[volume] = parts.pop("maintitle")
    for variable, candidates, regular in dialect.says(entry.entry_type, tuple(fields)):
        if variable == "issued":
            keep(item, LATEX, kept)
            read_date(item, fields)
            kept = _kept(item)
            settled = True
            continue
        for field in candidates:
            if field in fields:
                break
        else:
            continue
        text = fields[field]
        told, value = known.get(field, ("", None)) if known else ("", None)
        in_words = is_in_words(variable, text)
        if told != variable:
            value = tidy(text) if in_words else read_value(variable, text, use_prefix=use_prefix)
        if value is None:
            continue
        del fields[field]
        _put(item, variable, value)
        if field in parts:
            stated_parts[variable] = parts.pop(field)
        if not in_words:
            kept |= latex_to_keep(item, variable, field, text)
        settled = False
        if field not in regular:
            stray[variable] = field
    if not settled:
        keep(item, LATEX, kept)
    if stated_parts:
        keep(item, TITLE_PARTS, stated_parts)
    for field in parts:  # titles that no variable says stay as they stood
        fields |= before[field]
    degree = _DEGREES.get(entry.entry_type)
    if degree and "genre" not in item and entry.entry_type != dialect.entry_type(item):
        item["genre"] = degree
    if dialect.name == "biblatex" and use_prefix:
        del fields["options"]
    if "howpublished" in fields and "URL" in item:
        _take_own_address(fields, plain_url(item["URL"]))
    fields |= for_parts
    if fields:
        item.setdefault("custom", {})[FOREIGN] = {name: tidy(text) for name, text in fields.items()}
    if slots:
        usual = role_slots({name: value for name, value in item.items() if name != "custom"}, own_type)
        keep(item, READ_FROM, {role: slot for role, slot in slots.items() if usual.get(role) != slot})
    if stray or item.get("custom"):
        told_from = value_of(item, f"custom.{READ_FROM}") or {}
        homeless = {name: field for name, field in stray.items() if dialect.needs_stated(name, own_type)}
        keep(item, READ_FROM, told_from | homeless)
    whole = overlay(item, remainder) if remainder else item
    exact = remainder.get("custom")
    if not (isinstance(exact, Mapping) and ENTRY_TYPE in exact) and entry.entry_type != dialect.entry_type(whole):
        keep(whole, ENTRY_TYPE, stated_type(entry.entry_type, str(whole.get("type"))))
    return whole


def _take_own_address(fields: dict[str, str], address: str) -> None:
    """Take the address out of a `howpublished` that citekit wrote, alone or behind other words."""
    others = fields["howpublished"].removesuffix(address)
    if not others:
        del fields["howpublished"]
    elif others != fields["howpublished"] and others.endswith(", "):
        fields["howpublished"] = others.removesuffix(", ")


def _kept(item: Item, but: str = "") -> dict[str, str]:
    """The LaTeX that an item keeps, of all variables but one."""
    return {name: latex for name, latex in (value_of(item, f"custom.{LATEX}") or {}).items() if name != but}
