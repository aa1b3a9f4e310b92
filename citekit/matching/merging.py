"""One item out of all the citations of a work.

The fullest citation speaks first: a field is taken from the most complete citation that has it. What belongs together
is never mixed: a list of authors comes from one citation, an access date with the address that was accessed.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from citekit.matching.names import parse_people, same_people
from citekit.matching.text import has_han
from citekit.matching.titles import parse_title, title_similarity
from citekit.model import Item

__all__ = ["merge"]

_ROLES = (
    "author", "editor", "translator", "contributor", "container-author", "collection-editor", "recipient",
    "interviewer",
)  # fmt: skip
_VAGUE_TYPES = frozenset({"", "document", "article"})
_OF_THE_COPY = ("archive-url", "archive-date", "url-status")  # custom fields that belong to one address


def merge(items: Sequence[Item], spelled: Sequence[Item] = ()) -> dict[str, Any]:
    """The CSL-JSON item that all citations of one work say together.

    Args:
        items: what each citation says, in any order; the result does not depend on it.
        spelled: those of them that a library states, whose names have the capitals that their owner gave them ("FAO",
            "LI"); a note prints names in capitals by its style.

    Returns:
        A new item without `id`; empty when `items` is.
    """
    ranked = _ranked(items)
    merged: dict[str, Any] = {}
    for name in dict.fromkeys(name for item in ranked for name in item):
        if name in {"id", "custom", "accessed", "URL", "title", "original-title", "type", "issued", *_ROLES}:
            continue
        merged[name] = next(item[name] for item in ranked if name in item)
    merged.update(_type(ranked))
    merged.update(_titles(ranked))
    meant = {name["family"] for item in spelled for role in _ROLES for name in item.get(role) or () if _is_person(name)}
    for role in _ROLES:
        people = _people([item[role] for item in ranked if item.get(role)], meant)
        if people:
            merged[role] = people
    if _one_list_in_two_roles(merged, ranked):
        del merged["author"]  # "eds." is said, the role of author only assumed
    merged.update(_issued(ranked))
    copy = _copy(ranked)
    merged.update({name: copy[name] for name in ("URL", "accessed") if name in copy})
    custom = _custom(ranked, copy)
    if custom:
        merged["custom"] = custom
    return dict(sorted(merged.items()))


def _printed(value: object) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)


def _ranked(items: Iterable[Item]) -> list[dict[str, Any]]:
    """The items without empty fields, the most complete first, then the most frequent, then the longest."""
    filled = [{name: value for name, value in item.items() if name != "id" and value not in (None, "", [], {})}
              for item in items]  # fmt: skip
    printed = [_printed(item) for item in filled]
    count = Counter(printed)
    order = sorted(
        range(len(filled)),
        key=lambda place: (-_completeness(filled[place]), -count[printed[place]], -len(printed[place]), printed[place]),
    )
    return [filled[place] for place in order]


def _completeness(item: Mapping[str, Any]) -> int:
    custom = item.get("custom")
    return len(item) + (len(custom) - 1 if isinstance(custom, Mapping) else 0)


def _type(ranked: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The type that most citations were read as, a vague one only when there is no other."""
    types = [str(item["type"]) for item in ranked if "type" in item]
    telling = [name for name in types if name not in _VAGUE_TYPES] or types
    if not telling:
        return {}
    count = Counter(telling)
    return {"type": max(telling, key=lambda name: (count[name], -telling.index(name)))}


def _titles(ranked: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Title and original title: whole rather than cut, romanised in `title`, characters in `original-title`."""
    titles = [item["title"] for item in ranked if isinstance(item.get("title"), str)]
    originals = [item["original-title"] for item in ranked if isinstance(item.get("original-title"), str)]
    romanised = [title for title in titles if not has_han(title)]
    in_characters = [title for title in titles if has_han(title)]
    chosen = {}
    if titles:
        chosen["title"] = _fullest_title(romanised or titles)
    if originals:
        chosen["original-title"] = _fullest_title(originals + (in_characters if romanised else []))
    elif romanised and in_characters:
        chosen["original-title"] = _fullest_title(in_characters)
    return chosen


def _fullest_title(titles: Sequence[str]) -> str:
    """The title of the fullest citation, or the longer one that it is a shortening of."""
    whole = [title for title in titles if not parse_title(title).truncated] or list(titles)
    first = whole[0]
    longer = [title for title in whole if title_similarity(first, title) >= 0.9]
    count = Counter(whole)
    return max(
        longer or [first],
        key=lambda title: (len(parse_title(title).words), not title.isupper(), count[title], -whole.index(title)),
    )


def _is_person(name: Any) -> bool:
    return isinstance(name, Mapping) and isinstance(name.get("family"), str)


def _people(lists: Sequence[Sequence[Mapping[str, Any]]], meant: Collection[str]) -> list[Any]:
    """The list of names from one citation: no "et al.", most names, full given names, Latin script."""

    def fullness(place: int) -> tuple[bool, int, bool, int, int, int]:
        people, cut = parse_people(lists[place])
        given = sum(len(word) for person in people for word in person.given)
        divided = sum(not person.whole for person in people)
        return not cut, len(people), all(person.latin for person in people), divided, given, -place

    if not lists:
        return []
    best = lists[max(range(len(lists)), key=fullness)]
    return [_in_small_letters(name, lists, meant) for name in best]


def _one_list_in_two_roles(merged: Mapping[str, Any], ranked: Sequence[Mapping[str, Any]]) -> bool:
    """Whether some citations call authors whom others call editors."""
    if (
        "author" not in merged
        or "editor" not in merged
        or any("author" in item and "editor" in item for item in ranked)
    ):
        return False
    return same_people(merged["author"], merged["editor"]) >= 0.9


def _in_small_letters(name: Any, lists: Sequence[Sequence[Any]], meant: Collection[str]) -> Any:
    """A family name printed in capitals ("MacINTYRE") as another citation prints it, else folded.

    As a library spells it where one does (`meant`): in small letters if one of several does.
    """
    if not _is_person(name):
        return name
    family = name["family"]
    folded = _without_capitals(family)
    stated = [other for other in meant if other.casefold() == family.casefold()]
    if stated:
        return {**name, "family": min(stated, key=lambda other: (other != _without_capitals(other), other))}
    if folded == family:
        return dict(name)
    others = (
        other["family"] for listed in lists for other in listed if isinstance(other, Mapping) and other.get("family")
    )
    spelled = sorted(
        other for other in others if other.casefold() == family.casefold() and other == _without_capitals(other)
    )
    return {**name, "family": spelled[0] if spelled else folded}


def _without_capitals(family: str) -> str:
    """Runs of capitals with the first one kept: "MacINTYRE" is MacIntyre, "O'NEILL" O'Neill."""
    runs = ("".join(run) for _, run in groupby(family, key=str.isupper))
    return "".join(run[0] + run[1:].lower() if run.isupper() else run for run in runs)


def _issued(ranked: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The most precise date, of the fullest citation among equals."""
    dates = [item["issued"] for item in ranked if "issued" in item]

    def precision(date: object) -> int:
        parts = date.get("date-parts") if isinstance(date, Mapping) else None
        return len(parts[0]) if isinstance(parts, list | tuple) and parts and isinstance(parts[0], list | tuple) else 0

    return {"issued": max(dates, key=precision)} if dates else {}


def _copy(ranked: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """The citation whose address is kept: the one that was accessed first, else the fullest that has an address."""
    accessed = [item for item in ranked if "accessed" in item and "URL" in item]
    if accessed:
        return min(accessed, key=lambda item: _day(item["accessed"]))
    addressed = next((item for item in ranked if "URL" in item), None)
    if addressed is not None:
        return addressed
    return min((item for item in ranked if "accessed" in item), key=lambda item: _day(item["accessed"]), default={})


def _day(date: object) -> tuple[int, ...]:
    """A date for ordering; unreadable ones come last."""
    parts = date.get("date-parts") if isinstance(date, Mapping) else None
    if isinstance(parts, list | tuple) and parts and isinstance(parts[0], list | tuple):
        numbers = [int(part) for part in parts[0] if str(part).isdecimal()]
        return (*numbers, *(99,) * (3 - len(numbers)))
    return (9999, 99, 99)


def _custom(ranked: Sequence[Mapping[str, Any]], copy: Mapping[str, Any]) -> dict[str, Any]:
    """All custom fields; those of an archived copy from the citation whose address is kept, if it has any."""
    union: dict[str, Any] = {}
    for item in ranked:
        custom = item.get("custom")
        if isinstance(custom, Mapping):
            union = {**custom, **union}
    own = copy.get("custom")
    if isinstance(own, Mapping) and any(name in own for name in _OF_THE_COPY):
        union = {name: value for name, value in union.items() if name not in _OF_THE_COPY}
        union.update({name: own[name] for name in _OF_THE_COPY if name in own})
    return dict(sorted(union.items()))
