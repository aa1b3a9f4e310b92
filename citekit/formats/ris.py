"""RIS: tagged lines, from TY to ER, as reference managers and library catalogues have exchanged them since 1983.

What no tag says is kept as JSON in U5, a field that the format leaves to its users, and laid over what is read; tags
that CSL has no variable for come back under `custom["ris"]` and are written again as they were.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from citekit.errors import FormatError
from citekit.formats.dates import edtf
from citekit.formats.latex import tidy
from citekit.formats.printed_dates import printed_date
from citekit.formats.remainder import clean, difference, overlay, read_remainder, write_remainder
from citekit.formats.ris_tags import (
    ARTICLES,
    BOOK_TAGS,
    CSL_TYPE,
    NAME_TAGS,
    PARTS,
    REPEATED,
    RIS_TYPE,
    TEXT_TAGS,
    WHOLES,
)
from citekit.formats.types import csl_type
from citekit.formats.wording import value_of
from citekit.model import Diagnostic, Item, Severity, Span

__all__ = ["dumps", "places", "read"]

KEPT = "ris"
"""Key of `custom` for the tags of a record that CSL has no variable for: tag → its values in order."""

_LINE = re.compile(r"([A-Z][A-Z0-9])[ \t]{1,2}-(?:[ \t](.*)|[ \t]*)$")
_WHOLE_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_OWN = "csl-json "  # before the remainder in U5, so that nobody else's U5 is taken for it
_DAY = re.compile(r"(\d{3,4})(?:/(\d{1,2})?(?:/(\d{1,2})?(?:/(.*))?)?)?$")
_ISSUED_TAGS = ("PY", "Y1", "DA")
_PAGES = re.compile(r"([^\s-]+)-([^\s-]+)$")
_ISSN = re.compile(r"\d{4}-?\d{3}[\dXx]")


@dataclass(slots=True)
class _Record:
    """The lines of one record: tag and value in their order, and its place in the text."""

    start: int
    end: int
    line: int
    lines: list[tuple[str, str]] = field(default_factory=list)


def dumps(items: Sequence[Item]) -> str:
    """The items as RIS, a blank line between two records; empty text for no items."""
    return "\n".join("".join(f"{tag}  - {value}\n" for tag, value in _lines(item)) for item in items)


def read(text: str) -> tuple[list[dict[str, Any]], tuple[Diagnostic, ...]]:
    """The items of a RIS file, and a diagnostic with its line for whatever is no record.

    A record that another one begins in, or that the file ends in, ends there. A line without a tag goes on with the
    one before it.

    Raises:
        FormatError: no line begins a record.
    """
    records, trouble = _records(text)
    return [_item(record) for record in records], tuple(trouble)


def places(text: str) -> list[Span]:
    """Where the records stand in the text, in the order of `read`."""
    return [Span(record.start, record.end) for record in _records(text)[0]]


def _records(text: str) -> tuple[list[_Record], list[Diagnostic]]:
    records: list[_Record] = []
    trouble: list[Diagnostic] = []
    record: _Record | None = None
    offset = 0
    for number, whole in enumerate(_WHOLE_LINE.findall(text), 1):
        line = whole.rstrip("\r\n").removeprefix("\ufeff" if number == 1 else "")
        start, offset = offset, offset + len(whole)
        found = _LINE.match(line.lstrip(" \t"))
        tag, value = (found[1], (found[2] or "").strip(" \t")) if found else ("", line.strip(" \t"))
        if tag == "TY":
            if record is not None:
                trouble.append(_said("ris-no-end", record.line, "has no ER; the record was ended where the next began"))
            record = _Record(start, offset, number, [("TY", value)])
            records.append(record)
        elif record is None:
            if line.strip():
                said = f"{line.strip()[:40]!r} is outside of any record; it was left out, put it behind a line TY"
                trouble.append(_said("ris-stray-line", number, said))
        elif tag == "ER":
            record.end, record = start + len(line), None
        elif line.strip():
            record.end = start + len(line)
            if tag:
                record.lines.append((tag, value))
            else:
                last, before = record.lines[-1]
                if TEXT_TAGS.get(last) == "keyword":  # EndNote: a keyword a line, the tag before the first alone
                    record.lines.append((last, value))
                else:
                    joint = "\n" if TEXT_TAGS.get(last) in ("note", "abstract") else " "
                    record.lines[-1] = (last, f"{before}{joint}{value}".strip())
    if record is not None:
        trouble.append(_said("ris-no-end", record.line, "has no ER; the record was ended with the file"))
    if not records and text.strip("\ufeff \t\r\n"):
        raise FormatError("no RIS: no line begins with 'TY  - '; export it again, or name its format")
    return records, trouble


def _said(code: str, line: int, problem: str) -> Diagnostic:
    harmless = code == "ris-no-end"
    return Diagnostic(Severity.INFO if harmless else Severity.WARNING, code, f"line {line}: {problem}")


def _item(record: _Record) -> dict[str, Any]:
    """The CSL item of a record: its tags, then what U5 lays over them."""
    named = record.lines[0][1].upper()
    kind = CSL_TYPE.get(named, "document")
    item: dict[str, Any] = {"type": kind}
    custom: dict[str, Any] = {}
    kept: dict[str, list[str]] = {}
    if RIS_TYPE.get(kind) != named:
        kept["TY"] = [named]
    remainder: dict[str, Any] = {}
    _take_dates(item, custom, kept, record)
    for tag, value in record.lines[1:]:
        if not value or tag in _ISSUED_TAGS or tag == "Y2":
            continue
        if tag == "U5" and value.startswith(_OWN):
            remainder = read_remainder(value.removeprefix(_OWN))
        elif not _take(item, custom, tag, value, kind, edited=named == "EDBOOK"):
            kept.setdefault(tag, []).append(value)
    if "container-title-short" in item and "container-title" not in item and kind in ARTICLES | PARTS:
        item["container-title"] = item.pop("container-title-short")
    if "end-page" in item:
        kept.setdefault("EP", []).append(item.pop("end-page"))
    if kept:
        custom[KEPT] = kept
    if custom:
        item["custom"] = custom
    return overlay(item, remainder)


def _take(item: dict[str, Any], custom: dict[str, Any], tag: str, value: str, kind: str, *, edited: bool) -> bool:
    """Put the value of a tag where it belongs; False where CSL has no place for it, or the place is taken."""
    if tag in NAME_TAGS:
        role = "editor" if edited and tag in ("AU", "A1") else NAME_TAGS[tag]
        item.setdefault(role, []).append(_name(value))
        return True
    if tag in ("SP", "EP"):
        return _take_page(item, tag, value, kind)
    variable = _variable(tag, value, kind)
    if variable is None:
        return False
    place = custom if variable.startswith("custom.") else item
    name = variable.removeprefix("custom.")
    if name in place:
        if name not in REPEATED:
            return bool(place[name] == value)
        value = f"{place[name]}{REPEATED[name]}{value}"
    place[name] = value
    return True


def _take_page(item: dict[str, Any], tag: str, value: str, kind: str) -> bool:
    if tag == "SP" and kind in WHOLES and value.isdecimal():
        item["number-of-pages"] = value
    elif tag == "SP":
        item["page"] = value.replace("\u2013", "-")
        if "end-page" in item:
            return _take_page(item, "EP", item.pop("end-page"), kind)
    elif "page" in item and "-" not in item["page"]:
        item["page"] = item["page"] if value == item["page"] else f"{item['page']}-{value}"
    elif "page" not in item and "end-page" not in item:
        item["end-page"] = value
    else:
        return bool(item.get("page", "").endswith(f"-{value}"))
    return True


def _variable(tag: str, value: str, kind: str) -> str | None:
    """The variable of a tag in a record of this type."""
    if tag == "ID":
        return "id"
    if tag in BOOK_TAGS:
        if kind in ARTICLES | PARTS or kind not in WHOLES:
            return "container-title"
        return "title" if tag == "BT" else "collection-title"
    if tag in ("JF", "JO"):
        return "container-title"
    if tag in ("JA", "J1", "J2"):
        return "container-title-short"
    if tag == "SN":
        if _ISSN.fullmatch(value) or (kind in ARTICLES and not re.search(r"\d{9}", value.replace("-", ""))):
            return "ISSN"
        return "number" if kind in ("report", "patent") else "ISBN"
    if tag == "IS":
        return "issue" if kind in ARTICLES | {"legal_case"} else "number"
    if tag == "M1":
        return "collection-number" if kind in PARTS | {"book"} else "number"
    if tag == "SE":
        return "chapter-number" if kind in PARTS else "section"
    return TEXT_TAGS.get(tag)


def _name(value: str) -> dict[str, str]:
    """`Family, Given, Suffix`; without a comma one word is a family name, several are an institution."""
    parts = [part.strip() for part in value.split(",", 2)]
    if len(parts) == 1 or (len(parts) == 2 and not parts[1]):  # EndNote: a comma at the end marks an institution
        return {"family": value} if len(parts) == 1 and " " not in value else {"literal": parts[0]}
    named = {"family": parts[0], "given": parts[1], "suffix": parts[2] if len(parts) == 3 else ""}
    return {key: words for key, words in named.items() if words} or {"literal": value}


def _take_dates(item: dict[str, Any], custom: dict[str, Any], kept: dict[str, list[str]], record: _Record) -> None:
    """The dates of a record: `DA` says more than the year, or less; what no date can say is kept with its tag."""
    stated: dict[str, list[str]] = {}
    for tag, value in record.lines[1:]:
        if value and (tag in _ISSUED_TAGS or tag == "Y2"):
            stated.setdefault(tag, []).append(value)
    for value in stated.pop("Y2", ()):
        date = _date(value)
        if "accessed" in item and date.value != item["accessed"]:
            kept.setdefault("Y2", []).append(value)
            continue
        item["accessed"] = date.value
        if date.unsaid:
            kept.setdefault("Y2", []).append(value)
    readings = [(tag, value, _date(value)) for tag in ("DA", "PY", "Y1") for value in stated.get(tag, ())]
    year = next((date.value["date-parts"][0][0] for _, _, date in readings if "date-parts" in date.value), None)
    if year is not None:  # "Mar 5" beside the year (EndNote)
        readings = [
            (tag, value, _date(f"{year}///{value}") if "date-parts" not in date.value and not date.exact else date)
            for tag, value, date in readings
        ]
    best: _Date | None = None
    for tag, value, date in readings:
        if best is None:
            best = date
            item["issued"] = date.value
            if date.exact:
                custom["edtf"] = date.exact
        agrees = _says_no_more(date, best)
        if date.unsaid or not agrees:
            kept.setdefault(tag, []).append(value)


@dataclass(frozen=True, slots=True)
class _Date:
    """A CSL date, its EDTF where date-parts cannot say all of it, and whether its tag says something more."""

    value: dict[str, Any]
    exact: str | None = None
    unsaid: bool = False


def _says_no_more(date: _Date, best: _Date) -> bool:
    """Whether a date is the other one, or the year that it begins with."""
    if date.value == best.value:
        return True
    one, other = date.value.get("date-parts"), best.value.get("date-parts")
    begins = re.match(r"\d+", str(best.exact or best.value.get("raw") or ""))
    year = other[0][:1] if other else [int(begins[0])] if begins else None
    return bool(one) and one == [year]


def _date(value: str) -> _Date:
    """`YYYY/MM/DD/other` (RIS specification, "PY"): the words at the end are the date where they name the year again.

    Words without it ("Spring") are a part of that year; a time of the day, and what is no date, is kept with its tag.
    """
    found = _DAY.match(value.strip())
    if not found:
        return _Date(*printed_date(value))
    year, month, day, other = found.groups()
    words = (other or "").strip()
    if words and year in words:
        return _Date(*printed_date(words))
    if words and not month:
        date, exact = printed_date(f"{words} {year}")
        if "raw" not in date:
            return _Date(date, exact)
    numbers = [int(part) for part in (year, month, day) if part]
    return _Date({"date-parts": [numbers if month else numbers[:1]]}, None, unsaid=bool(words))


def _lines(item: Item) -> Iterator[tuple[str, str]]:
    """The lines of a record, TY first and ER last; reading them gives the item again."""
    wanted = clean(item)
    complete = {**wanted, "type": csl_type(wanted)}
    lines = list(_fields(complete))
    back = clean(_item(_Record(0, 0, 0, lines)))
    compared = back if "type" in wanted else {name: value for name, value in back.items() if name != "type"}
    missing = difference(wanted, compared)
    yield from lines
    if missing:
        yield "U5", _OWN + write_remainder(missing)
    yield "ER", ""


def _fields(item: Item) -> Iterator[tuple[str, str]]:
    kind = str(item["type"])
    stated = value_of(item, f"custom.{KEPT}")
    kept: Mapping[str, Any] = stated if isinstance(stated, Mapping) else {}
    own_type = kept.get("TY") or [""]
    named = str(own_type[0]) if isinstance(own_type, list) and CSL_TYPE.get(str(own_type[0])) == kind else ""
    edited = named == "EDBOOK" and not item.get("author")
    yield "TY", named or RIS_TYPE.get(kind, "GEN")
    if item.get("id"):
        yield "ID", tidy(str(item["id"]))
    for tag, role in NAME_TAGS.items():
        if tag in ("A1", "ED"):
            continue
        names = item.get(role)
        for name in names if isinstance(names, list) else ():
            written = _written_name(name)
            if written:
                yield ("AU" if edited and role == "editor" else tag), written
    yield from _titles_and_numbers(item, kind)
    yield from _dates(item, kept)
    done = {"issue"}  # as the type has it, above
    for tag, variable in TEXT_TAGS.items():
        value = value_of(item, variable)
        if variable in done or value is None or isinstance(value, (Mapping, list)):
            continue
        done.add(variable)
        pieces = str(value).split(REPEATED[variable]) if variable in REPEATED else [str(value)]
        for piece in pieces:
            if tidy(piece):
                yield tag, tidy(piece)
    for tag, values in kept.items():
        if tag != "TY" and re.fullmatch(r"[A-Z][A-Z0-9]", tag) and isinstance(values, list):
            for value in values:
                yield tag, tidy(str(value))


def _titles_and_numbers(item: Item, kind: str) -> Iterator[tuple[str, str]]:
    """The variables whose tag depends on the type."""
    part = kind in ARTICLES | PARTS or kind not in WHOLES
    choices = [("T2", "container-title")] if part else [("T2", "collection-title")]
    choices += [("J2", "container-title-short"), ("ISSN", "ISSN"), ("ISBN", "ISBN")]
    choices += [("IS", "issue")] if kind in ARTICLES | {"legal_case"} else []
    choices += [("M1", "collection-number")] if kind in PARTS | {"book"} else [("M1", "number")]
    choices += [("SE", "chapter-number")] if kind in PARTS else [("SE", "section")]
    for tag, variable in choices:
        value = item.get(variable)
        if value and not isinstance(value, (Mapping, list)):
            yield ("SN" if tag in ("ISSN", "ISBN") else tag), tidy(str(value))
    pages = item.get("number-of-pages") if kind in WHOLES else item.get("page")
    if pages:
        extent = _PAGES.match(str(pages)) if kind not in WHOLES else None
        yield "SP", extent[1] if extent else tidy(str(pages))
        if extent:
            yield "EP", extent[2]


def _dates(item: Item, kept: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for tag, variable in (("DA", "issued"), ("Y2", "accessed")):
        if variable == "accessed" and any(_date(str(value)).value == item.get(variable) for value in _of(kept, tag)):
            continue  # the tag is kept with more than the date, a time of the day
        exact, words = edtf(item, variable)
        if exact and re.fullmatch(r"\d{4}(-\d\d){0,2}", exact) and int(exact[5:7] or 1) <= 12:
            year, month, day, *_ = [*exact.split("-"), "", ""]
            if tag == "DA":
                yield "PY", year
            if tag == "Y2" or month:
                yield tag, f"{year}/{month}/{day}/" if month else year
        elif exact or words:
            stated = tidy(str(exact or words))
            year = re.match(r"\d{4}", stated)[0] if re.match(r"\d{4}", stated) else ""  # type: ignore[index]
            if tag == "DA" and year:
                yield "PY", year
            yield tag, f"{year}///{stated}" if year else stated


def _of(kept: Mapping[str, Any], tag: str) -> list[Any]:
    values = kept.get(tag)
    return values if isinstance(values, list) else []


def _written_name(name: Any) -> str:
    if not isinstance(name, Mapping):
        return tidy(str(name))
    if name.get("literal"):
        words = tidy(str(name["literal"]))
        return words if " " in words and "," not in words else f"{words},"
    particles = [str(name[key]) for key in ("dropping-particle", "non-dropping-particle") if name.get(key)]
    family = " ".join([*particles, str(name.get("family", ""))]).strip()
    parts = [family, *(str(name[key]) for key in ("given", "suffix") if name.get(key))]
    return tidy(", ".join(parts))
