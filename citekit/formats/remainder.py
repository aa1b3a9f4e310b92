"""What an entry's fields cannot give back, kept in one field as JSON, so that nothing is dropped.

The field holds the difference alone: the item's own value for each variable that reading the entry would give
otherwise, null for a variable that reading would add. It is written so that every parser of .bib files takes it as
one balanced, unbroken value.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from citekit.formats.latex_inert import acts
from citekit.model import Item

__all__ = ["clean", "difference", "overlay", "read_remainder", "same", "write_remainder"]

_UNSAFE = re.compile(r"[{}@%\x00-\x1f\x7f-\xa0\u2028\u2029\ud800-\udfff\ufffe\uffff]|(?<= ) ")
_ESCAPE = re.compile(r"\\.|\^")
_STRING = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)', re.DOTALL)  # an open string ends with the text: linear


def clean(item: Item) -> dict[str, Any]:
    """The item as plain JSON values, without empty ones."""
    cleaned: dict[str, Any] = {}
    for stated_key, stated in item.items():
        key = stated_key if type(stated_key) is str else str(stated_key)
        value = stated if type(stated) is str else _plain(stated)
        if value or value not in (None, "", [], {}):
            cleaned[key] = value
        else:
            cleaned.pop(key, None)
    return cleaned


def _plain(value: Any) -> Any:
    if type(value) is str or type(value) is int:
        return value
    if type(value) is list:
        return [_plain(part) for part in value]
    if type(value) is dict or isinstance(value, Mapping):
        return clean(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(part) for part in value]
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)


def same(one: Any, other: Any) -> bool:
    """Equal, a number and its digits being the same (CSL-JSON admits both)."""
    if type(one) is str and type(other) is str:
        return one == other
    if isinstance(one, dict) and isinstance(other, dict):
        if one.keys() != other.keys():
            return False
        for key, value in one.items():
            counterpart = other[key]
            if value is not counterpart and not same(value, counterpart):
                return False
        return True
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    return (type(one) is type(other) and bool(one == other)) or _digits(one, other) or _digits(other, one)


def _digits(number: Any, text: Any) -> bool:
    return isinstance(number, (int, float)) and isinstance(text, str) and str(number) == text


def difference(item: Item, read: Item) -> dict[str, Any]:
    """What must be laid over `read` to make it `item`; both clean. `custom` is compared key by key."""
    found: dict[str, Any] = {}
    for key in (*item, *(key for key in read if key not in item)):
        if key == "custom" and isinstance(item.get(key, {}), dict) and isinstance(read.get(key, {}), dict):
            inner = difference(item.get(key, {}), read.get(key, {}))
            if inner:
                found[key] = inner
        elif key not in item:
            found[key] = None
        elif key not in read or not (item[key] is read[key] or same(item[key], read[key])):
            found[key] = item[key]
    return found


def overlay(read: dict[str, Any], remainder: Mapping[str, Any]) -> dict[str, Any]:
    """`read` with the remainder laid over it; null takes a variable away."""
    whole = dict(read)
    for key, value in remainder.items():
        if key == "custom" and isinstance(value, Mapping) and isinstance(whole.get(key, {}), Mapping):
            inner = overlay(dict(whole.get(key, {})), value)
            if inner:
                whole[key] = inner
            else:
                whole.pop(key, None)
        elif value is None:
            whole.pop(key, None)
        else:
            whole[key] = value
    return whole


def write_remainder(remainder: Mapping[str, Any]) -> str:
    """The remainder as JSON on one line whose only braces are JSON's own, hence balanced."""
    text = json.dumps(remainder, ensure_ascii=False, separators=(", ", ": "))

    def escaped(match: re.Match[str]) -> str:
        return _UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", match.group())

    written = _STRING.sub(escaped, text)
    return _ESCAPE.sub(_spelled, written) if acts(written) else written


def _spelled(sign: re.Match[str]) -> str:
    """A backslash, or a circumflex, by its number: as TeX would see them, they could begin a command."""
    return {"\\\\": "\\u005c", "^": "\\u005e"}.get(sign[0], sign[0])


def read_remainder(text: str) -> dict[str, Any]:
    """The remainder that a field holds; empty when it is none of ours."""
    if not text:
        return {}
    try:
        remainder = json.loads(text)
    except ValueError:
        return {}
    return remainder if isinstance(remainder, dict) else {}
