"""Surnames in Chinese characters: "朝尾前掲書" is by 朝尾直弘.

Nothing parts the family name from the given name, and both have one character or two; a short form by a surname alone
says where the family name ends, and the full name says whose it is. A Western name that was transcribed has a middle
dot before its last part, which stands alone later: "韦伯" is "马克斯·韦伯".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from citekit.model import Citation, CueKind, Form, Item

__all__ = ["with_full_east_asian_names"]

_CHARACTERS = re.compile(r"[\u3400-\u9fff\uf900-\ufaff々ヶ]{1,6}|[\u30a0-\u30faー]{2,12}")
_TRANSCRIBED = re.compile(
    r"[\u3400-\u9fff\uf900-\ufaff\u30a0-\u30faー]{1,12}(?:[·・•‧][\u3400-\u9fff\uf900-\ufaff\u30a0-\u30faー]{1,12}){0,3}"
    r"[·・•‧](?P<last>[\u3400-\u9fff\uf900-\ufaff\u30a0-\u30faー]{1,12})"
)
_LONGEST_SURNAME = 3  # characters: "長谷川"
_LEADS_BACK = (CueKind.CITED, CueKind.CROSS_REFERENCE, CueKind.CONTAINER_CITED)


def with_full_east_asian_names(citations: Sequence[Citation], items: Sequence[Item]) -> list[Item]:
    """The items, those of short forms with the full name of the one person whose surname they give.

    A name that somebody bears in full, and the surname of two people, stay as they are.
    """
    full: dict[str, dict[str, Mapping[str, Any]]] = {}  # under each beginning of a name, those who bear it
    transcribed: dict[str, dict[str, Mapping[str, Any]]] = {}  # under the last part of a name with a middle dot
    whole: set[str] = set()
    for citation, item in zip(citations, items, strict=True):
        if citation.form is Form.FULL:
            for person in [*(item.get("author") or ()), *(item.get("editor") or ())]:
                name = _name(person)
                whole.add(name)
                dotted = _TRANSCRIBED.fullmatch(str(person.get("literal") or ""))
                if dotted:
                    transcribed.setdefault(dotted["last"], {})[dotted.group()] = person
                for length in range(1, min(len(name), _LONGEST_SURNAME + 1)):
                    full.setdefault(name[:length], {})[name] = person
    if not full and not transcribed:
        return list(items)
    return [
        _with_full_name(citation, item, full, transcribed, whole)
        for citation, item in zip(citations, items, strict=True)
    ]


def _with_full_name(
    citation: Citation,
    item: Item,
    full: Mapping[str, Mapping[str, Mapping[str, Any]]],
    transcribed: Mapping[str, Mapping[str, Mapping[str, Any]]],
    whole: set[str],
) -> Item:
    people: Sequence[Any] = item.get("author", ())
    if citation.form is not Form.SHORT or len(people) != 1:
        return item
    name = _name(people[0])
    bearers = transcribed.get(name, {})
    if not bearers and any(citation.cue(kind) is not None for kind in _LEADS_BACK):
        bearers = full.get(name, {})
    if not name or name in whole or len(bearers) != 1:
        return item
    return {**item, "author": [dict(next(iter(bearers.values())))]}


def _name(person: Any) -> str:
    """The characters of a name, the family name first; empty where other letters are among them."""
    if not isinstance(person, Mapping):
        return ""
    said = str(person.get("literal") or f"{person.get('family') or ''}{person.get('given') or ''}")
    return said if _CHARACTERS.fullmatch(said) else ""
