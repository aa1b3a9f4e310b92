"""Items into the fields of a BibTeX or BibLaTeX entry, and back; what the two notations share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from citekit.formats.dates import MONTHS, csl_date, edtf, year_of
from citekit.formats.dialects import DATES, LISTS, RANK, VERBATIM, Dialect
from citekit.formats.languages import language_code, language_name
from citekit.formats.latex import brace, escape, escape_signs, is_balanced, plain_url, protect, rich, tidy
from citekit.formats.latex_inert import acts
from citekit.formats.latex_markup import RICH
from citekit.formats.latex_text import is_marked_up, text_of_latex
from citekit.formats.names import bib_names, csl_names, names_by_parts
from citekit.formats.original import (
    ENTRY_TYPE,
    LATEX,
    READ_FROM,
    entry_type_of,
    keep,
    kept_latex,
    own_field,
    plain,
    stated_type,
    without_stale,
)
from citekit.formats.remainder import clean, difference, overlay, read_remainder, write_remainder
from citekit.formats.types import NAMES, csl_type, subtype_for, type_of_entry
from citekit.formats.wording import annex, joined, tail, value_of, without_tail
from citekit.model import Item

__all__ = ["Entry", "entry_of", "item_of"]

FOREIGN = "fields"
"""Key of `custom` for fields of a file that CSL has no variable for: name → LaTeX as it stands there."""

_FIELD_NAME = re.compile(r"[a-z_][a-z0-9_:.+-]*")
_DASH = re.compile(r"(?<=\w)\s?[-‐‑–—]\s?(?=\w)")
# What the styles print for these entry types where the entry has no `type` of its own (btxdoc, section 3.1).
_DEGREES = {"phdthesis": "PhD thesis", "mastersthesis": "Master’s thesis"}
_DAY_FIRST = re.compile(r"\A(\d{1,2})\.?[~\s]*([A-Za-z]{3,})\Z")  # "12~" # aug
_YEARS = re.compile(r"\A(\d{4})–(\d{4})\Z")
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}  # BibLaTeX manual 2.3.8
_DAY = re.compile(r"(?<!\d)(\d{1,2})(?!\d)")


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
    fields = _own_fields(wanted, entry_type, dialect)
    bare = frozenset(name for name in ("month",) if fields.get(name, "")[:3] in MONTHS)
    _add_foreign(fields, wanted)

    # First what the fields alone give back; then, with that known, the texts that end in sentences of ours.
    compared = {**wanted, "type": csl_type(wanted)} if "type" in wanted else wanted
    base = _compared(_read_fields(Entry(entry_type, key, fields, bare), dialect), wanted)
    remainder = difference(compared, base)
    ending = tail(overlay(base, remainder), dialect, own_type)
    if ending:
        fields[dialect.tail] = joined([part for part in (fields.get(dialect.tail, ""), ending) if part])
    if dialect.annex and annex(wanted):
        fields[dialect.annex] = joined([part for part in (fields.get(dialect.annex, ""), annex(wanted)) if part])
    if remainder:
        fields[dialect.remainder] = write_remainder(remainder)
    if not ending and not annex(wanted):  # nothing to take away again: base and remainder are the item
        return Entry(entry_type, key, _in_order(fields, dialect), bare)
    back = _compared(item_of(Entry(entry_type, key, fields, bare), dialect), wanted)
    missed = difference(compared, back)
    if missed:
        fields[dialect.remainder] = write_remainder(_merged(remainder, missed))
    return Entry(entry_type, key, _in_order(fields, dialect), bare)


def _in_order(fields: dict[str, str], dialect: Dialect) -> dict[str, str]:
    """Titles together, the remainder last; all else as it came."""
    order = [name for name in fields if name not in (dialect.annex, dialect.remainder, "maintitle")]
    start = order.index("title") if "title" in order else 0
    order[start + 1 : start + 1] = [name for name in fields if name == dialect.annex]
    order[start:start] = [name for name in fields if name == "maintitle"]
    order += [name for name in fields if name == dialect.remainder]
    return {name: fields[name] for name in order}


def _compared(read: dict[str, Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
    """What was read, in the item's own spelling where it says the same.

    A type or key that the item does not state is left out: inferring them adds nothing. Pages keep their dash, a date
    that is written as text stays text.
    """
    same = {name: value for name, value in read.items() if name in wanted or name not in ("id", "type")}
    pages = wanted.get("page")
    if isinstance(pages, str) and _DASH.sub("--", pages) == _DASH.sub("--", str(same.get("page"))):
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


def _own_fields(item: Item, written_type: str, dialect: Dialect) -> dict[str, str]:
    fields: dict[str, str] = {}
    entry_type = dialect.kin_of(written_type)
    custom = value_of(item, "custom")
    inner = (f"custom.{name}" for name in custom) if isinstance(custom, Mapping) else ()
    for variable in sorted((name for name in (*item, *inner) if name in RANK), key=RANK.__getitem__):
        if variable == "issued":
            _add_date(fields, item, dialect)
            continue
        value = value_of(item, variable)
        if value is None:
            continue
        printing = [field for field in dialect.fields_for(variable, entry_type) if field not in fields]
        if variable == "issue" and len(printing) > 1 and not str(value)[:1].isdigit():
            printing = printing[1:]  # BibLaTeX: `number` counts, `issue` names ("Spring")
        field = printing[0] if printing else dialect.spare_for(variable)
        if variable == "original-title" and item.get("translator") and dialect.name == "biblatex":
            field = "origtitle"  # BibLaTeX manual 2.2.2: the title of the work that was translated
        field = field or own_field(item, variable)
        if field is None or field in fields:
            continue
        text = _written(item, variable, field, dialect)
        if text:
            fields[field] = text
    if fields.get("url") and dialect.name == "bibtex" and entry_type == "misc":
        fields["howpublished"] = plain_url(fields["url"])  # the standard styles print no `url`
    volume = dialect.volume_title_field(item, entry_type)
    if volume and volume in fields:  # BibLaTeX manual 2.3.2: the volume is the title, the set the main title
        fields["maintitle"], fields[volume] = fields[volume], _written(item, "volume-title", volume, dialect) or ""
    has_url = "url" in fields
    subtype = subtype_for(csl_type(item), written_type, has_url=has_url)
    if subtype:
        fields["entrysubtype"] = subtype
    if dialect.name == "biblatex" and _sorts_by_particle(item):
        fields["options"] = "useprefix=true"
    return fields


def _sorts_by_particle(item: Item) -> bool:
    lists = [item[variable] for variable in NAMES if isinstance(item.get(variable), list)]
    return any(isinstance(name, Mapping) and name.get("non-dropping-particle") for names in lists for name in names)


def _written(item: Item, variable: str, field: str, dialect: Dialect) -> str | None:
    """A variable's value as LaTeX, None where this kind of field cannot say it."""
    kept = kept_latex(item, variable)
    if kept is None or (dialect.name == "bibtex" and _is_for_biblatex_alone(variable, kept)):
        return _newly_written(item, variable, field)
    return kept


def _is_for_biblatex_alone(variable: str, latex: str) -> bool:
    """Whether BibTeX would read other names, or TeX without BibLaTeX stop at an unknown command."""
    return names_by_parts(latex) if variable in NAMES else r"\mkbib" in latex


def _newly_written(item: Item, variable: str, field: str) -> str | None:
    value = value_of(item, variable)
    if variable in NAMES:
        return bib_names(value) if isinstance(value, list) else None
    if variable in DATES:
        source = item.get("custom", {}) if variable.startswith("custom.") else item
        return edtf(source, variable.removeprefix("custom."))[0]
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    text = str(value)
    if variable in VERBATIM:
        return _verbatim(text)
    if variable == "language":
        return language_name(text)
    if variable == "title":
        language = str(item.get("language") or "en").lower()
        return protect(text, all_capitals=not language.startswith("en"))
    if variable == "page":
        return _DASH.sub("--", escape_signs(text))
    written = rich(text) if variable in RICH else escape(text)
    return brace(written) if field in LISTS and re.search(r"\sand\s", written, re.IGNORECASE) else written


def _verbatim(text: str) -> str:
    """As it is; braces that do not balance are percent-encoded (RFC 3986, section 2.1), or BibTeX could not read on."""
    bare = tidy(text)
    return (
        bare
        if is_balanced(bare) and not acts(bare)
        else bare.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")
    )


def _add_date(fields: dict[str, str], item: Item, dialect: Dialect) -> None:
    stated, wording = edtf(item, "issued")
    if stated and dialect.name == "biblatex":
        fields["date"] = stated
    elif stated:
        _add_year_and_month(fields, stated)
    elif wording:
        kept = kept_latex(item, "issued") if dialect.name == "biblatex" else None
        field = (own_field(item, "issued") if dialect.name == "biblatex" else None) or "year"
        fields[field] = escape(wording) if kept is None else kept


def _add_year_and_month(fields: dict[str, str], stated: str) -> None:
    """`year`, `month` as BibTeX prints them; `date` beside them where they say less than EDTF."""
    match = re.fullmatch(r"(-?\d{4})(?:-(\d\d))?(?:-(\d\d))?", stated)
    if match is None:
        fields["year"] = _printed_years(stated)
        fields["date"] = stated
        return
    year, month, day = match.groups()
    fields["year"] = year.lstrip("0") or "0"
    if month and int(month) > 20:
        fields["month"] = ("Spring", "Summer", "Autumn", "Winter")[int(month) - 21]
    elif month:
        fields["month"] = MONTHS[int(month) - 1] + (f' # "~{int(day)}"' if day else "")
    if day or (month and int(month) > 20) or fields["year"] != year:
        fields["date"] = stated


def _printed_years(stated: str) -> str:
    """EDTF as a reader expects it (Chicago 17, 14.145): `ca.` for about, a question mark for uncertain."""
    points = stated.replace("..", "").split("/")
    return "--".join(
        f"ca. {point[:-1]}{'?' if point[-1] == '%' else ''}" if point[-1:] in ("~", "%") else point for point in points
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
    ending = tail(item, dialect, dialect.kin_of(entry.entry_type))
    written = entry.fields.get(dialect.tail)
    if written is not None and ending and dialect.tail not in exact:
        kept = without_tail(written, ending)
        if dialect.tail == "note":
            _put(item, "note", plain("note", kept) if kept else None)
            _keep_latex(item, "note", "note", kept or "")
        else:
            _put_foreign(item, dialect.tail, kept)
    if dialect.annex and dialect.annex in foreign and dialect.annex not in exact:
        _put_foreign(item, dialect.annex, without_tail(str(foreign[dialect.annex]), annex(item)))
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


def _read_fields(entry: Entry, dialect: Dialect) -> dict[str, Any]:
    """All that the fields say, the remainder laid over it; sentences of ours still stand in their fields."""
    fields = dict(entry.fields)
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
    for_parts = {"booktitle": fields.pop("booktitle")} if _only_for_parts(fields, own_type) else {}
    volume = "booktitle" if own_type.startswith("in") else "title"
    if "maintitle" in fields and volume in fields and dialect.admits(own_type, "maintitle"):
        item["volume-title"] = plain("volume-title", fields[volume])
        _keep_latex(item, "volume-title", volume, fields[volume])
        fields[volume] = fields.pop("maintitle")
    reads = dialect.reads(entry.entry_type)
    can_say = {pair for field in fields for pair in reads.get(field, ())}
    for _, variable in sorted({*can_say, (RANK["issued"], "issued")}):
        if variable == "issued":
            _read_date(item, fields)
            continue
        field = next((name for name in dialect.fields_with(variable, entry.entry_type) if name in fields), None)
        if field is not None:
            value = _read(variable, fields[field], use_prefix=use_prefix)
            if value is not None:
                text = fields.pop(field)
                _put(item, variable, value)
                _keep_latex(item, variable, field, text)
                if field not in (*dialect.fields_for(variable, own_type), dialect.spare_for(variable)):
                    stray[variable] = field
    degree = _DEGREES.get(entry.entry_type)
    if degree and "genre" not in item and entry.entry_type != dialect.entry_type(item):
        item["genre"] = degree
    if dialect.name == "biblatex" and use_prefix:
        del fields["options"]
    if "howpublished" in fields and "URL" in item and fields["howpublished"] == plain_url(item["URL"]):
        del fields["howpublished"]
    fields |= for_parts
    if fields:
        item.setdefault("custom", {})[FOREIGN] = {name: tidy(text) for name, text in fields.items()}
    kept = value_of(item, f"custom.{READ_FROM}") or {}
    keep(item, READ_FROM, kept | {name: field for name, field in stray.items() if dialect.needs_stated(name, own_type)})
    whole = overlay(item, remainder)
    told = remainder.get("custom")
    if not (isinstance(told, Mapping) and ENTRY_TYPE in told) and entry.entry_type != dialect.entry_type(whole):
        keep(whole, ENTRY_TYPE, stated_type(entry.entry_type, str(whole.get("type"))))
    return whole


def _only_for_parts(fields: Mapping[str, str], own_type: str) -> bool:
    """Whether a whole has its title a second time for its parts to inherit (btxdoc, section 3.2: cross references)."""
    titles = [plain("title", fields.get(name, "")) for name in ("title", "booktitle")]
    return own_type in _WHOLES and "booktitle" in fields and titles[0] == titles[1]


_WHOLES = frozenset({"book", "collection", "periodical", "booklet"})


def _keep_latex(item: dict[str, Any], variable: str, field: str, text: str) -> None:
    """Keep the LaTeX that a variable was read from, where its text would be written otherwise."""
    kept = {name: latex for name, latex in (value_of(item, f"custom.{LATEX}") or {}).items() if name != variable}
    if (
        (is_marked_up(text) or variable in DATES or variable in NAMES)
        and variable not in VERBATIM
        and variable != "language"
    ):
        latex = tidy(text)
        ways = [
            _newly_written({**item, "language": language}, variable, field)
            for language in _BOTH_WAYS[variable == "title"]
        ]
        if variable in NAMES and not is_marked_up(text) and "=" not in text and not is_marked_up(ways[0] or ""):
            ways.append(latex)  # "Max Weber" is "Weber, Max"
        if latex not in ways and is_balanced(latex) and not acts(latex):
            kept[variable] = latex
    keep(item, LATEX, kept)


_BOTH_WAYS = (("en",), ("en", "de"))  # only a title is written otherwise in English (`protect`)


def _read(variable: str, text: str, *, use_prefix: bool) -> Any:
    if variable in NAMES:
        return csl_names(text, use_prefix=use_prefix)
    if variable in VERBATIM:
        return tidy(text)
    if variable in DATES:
        return text if variable.startswith("custom.") else csl_date(text)[0]
    if variable == "language":
        return language_code(text)
    return plain(variable, text)


def _read_date(item: dict[str, Any], fields: dict[str, str]) -> None:
    if "date" in fields:
        written = tidy(fields.pop("date"))
        date, stated = csl_date(written)
        if "raw" in date:  # no date that BibLaTeX knows: it stays where it stood
            keep(item, READ_FROM, {"issued": "date"})
            keep(item, LATEX, {**(value_of(item, f"custom.{LATEX}") or {}), "issued": written})
        whole = {"issued": date, "custom": {"edtf": stated}}
        points = (date.get("date-parts") or [[]])[0]
        if fields.get("year") in (
            year_of(whole),
            _printed_years(written),
        ):  # BibLaTeX takes `date`; what says something else is kept
            del fields["year"]
        if "month" in fields and points[1:2] == [_month(fields["month"])[0]]:
            del fields["month"]
    elif "year" in fields:
        year = tidy(text_of_latex(fields.pop("year")))
        number, day = _month(fields.get("month", ""))
        full = f"{int(year):04d}" if year.isdecimal() and len(year) <= 4 else _YEARS.sub(r"\1/\2", year)
        if number and re.fullmatch(r"\d{4}", full):
            fields.pop("month")
            full += f"-{number:02d}" + (f"-{day:02d}" if day else "")
        date, stated = csl_date(full)
    else:
        return
    item["issued"] = date
    if stated:
        item.setdefault("custom", {})["edtf"] = stated


def _month(text: str) -> tuple[int, int]:
    """Month (13 and more: EDTF's seasons) and day that a `month` says, each 0 where it says none."""
    month = _DAY_FIRST.sub(r"\2~\1", text)
    if month.isdecimal():
        return (int(month), 0) if 1 <= int(month) <= 12 else (0, 0)
    if month[:3].lower() in MONTHS:
        day = _DAY.search(month, 3)
        return MONTHS.index(month[:3].lower()) + 1, int(day.group(1)) if day else 0
    return _SEASONS.get(month.lower(), 0), 0
