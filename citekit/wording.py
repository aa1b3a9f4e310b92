"""How a person reads a work, a field and a number, in words that steer neither a terminal nor a line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from citekit.model import Item

__all__ = ["counted", "field_words", "one_line", "printable", "reference", "without_passwords"]

# Escape sequences of a document must not steer the terminal that shows them: control characters (Cc) are shown by
# their names in the block "Control Pictures", those without a picture and separators that end a line as a space.
_PICTURES = (
    {code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A)}
    | {0x7F: 0x2421}
    | dict.fromkeys((*range(0x80, 0xA0), 0x2028, 0x2029), 0x20)
)
_PASSWORD = re.compile(r"(://[^\s/?#:@]{0,200}:)[^\s/?#]{1,200}@")
_NAMED_AUTHORS = 3  # the fourth and later are "et al.", as in most styles


def printable(text: str) -> str:
    """`text` with each control character but tab and line feed made visible."""
    return text.translate(_PICTURES)


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """`1 note`, `1,204 notes`."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def one_line(text: str, longest: int = 400) -> str:
    """`text` on one line, safe for a terminal, cut with "…" after `longest` characters."""
    line = " ".join(printable(without_passwords(text[: longest * 4])).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def without_passwords(value: Any) -> Any:
    """A text, or the texts in a JSON value, with the password of each address as `***` (RFC 3986, 3.2.1)."""
    if isinstance(value, str):
        return _PASSWORD.sub(r"\1***@", value)
    if isinstance(value, Mapping):
        return {key: without_passwords(inner) for key, inner in value.items()}
    if isinstance(value, Sequence):
        return [without_passwords(inner) for inner in value]
    return value


def reference(item: Item) -> str:
    """A work in a few words: who, what, in what, when; never empty."""
    parts = [_names(item.get("author")) or _names(item.get("editor")), _text(item.get("title"))]
    container = _text(item.get("container-title"))
    if container:
        parts.append(f"in {container}")
    elif not parts[1]:  # a document without title is known by its place in the archive (Chicago 17, 14.221)
        parts += [_text(item.get("archive")), _text(item.get("archive_location"))]
    parts.append(_year(item.get("issued")))
    said = [part for part in parts if part]
    return one_line(", ".join(said)) if said else _text(item.get("URL")) or _text(item.get("number")) or "(untitled)"


def field_words(value: object) -> str:
    """A CSL field as words: names, a date, a list or plain text."""
    if isinstance(value, list):
        return "; ".join(filter(None, (_name(part) for part in value)))
    if isinstance(value, Mapping):
        return _date(value)
    return _text(value)


def _names(value: object) -> str:
    if not isinstance(value, list):
        return ""
    names = [name for name in map(_name, value) if name]
    return "; ".join(names[:_NAMED_AUTHORS]) + (" et al." if len(names) > _NAMED_AUTHORS else "")


def _name(value: object) -> str:
    if not isinstance(value, Mapping):
        return _text(value)
    family = " ".join(filter(None, (_text(value.get("non-dropping-particle")), _text(value.get("family")))))
    return ", ".join(filter(None, (family, _text(value.get("given"))))) or _text(value.get("literal"))


def _date(value: Mapping[str, Any]) -> str:
    """`2007-08/2008`: date-parts as EDTF writes them, or the date's own words."""
    dates = value.get("date-parts")
    if isinstance(dates, list):
        written = ["-".join(str(part).zfill(2) for part in date) for date in dates if isinstance(date, list)]
        if any(written):
            return "/".join(written)
    return next((_text(value[name]) for name in ("edtf", "literal", "raw") if name in value), "")


def _year(value: object) -> str:
    if not isinstance(value, Mapping):
        return _text(value)
    dates: Any = value.get("date-parts")
    if isinstance(dates, list):
        years = [str(date[0]) for date in dates if isinstance(date, list) and date]
        if years:
            return "-".join(dict.fromkeys(years))
    return _text(value.get("literal")) or _text(value.get("raw"))


def _text(value: object) -> str:
    return one_line(str(value)) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
