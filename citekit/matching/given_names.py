"""Given names: which are one name (Hans, Johannes), and which are two, however alike (John, Joan; Mario, Maria).

A letter that differs is a misprint, unless both letters make a name. Names are folded: small letters, no accents.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache

from citekit.lexicon import concept
from citekit.matching.text import fold
from citekit.matching.transliteration import one_spelling

__all__ = ["one_name", "two_names"]

_SPELLINGS = (("ph", "f"), ("th", "t"), ("ck", "k"), ("ch", "k"), ("sz", "s"), ("cz", "c"))
_ONE_SOUND = str.maketrans({"c": "k", "y": "i", "j": "i", "w": "v", "z": "s", "h": None})
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=16384)
def one_name(a: str, b: str) -> bool:
    """Whether two given names are forms or spellings of one (Hans, Johannes; Mathias, Matthias)."""
    groups = _groups()
    if a in groups and b in groups and not groups[a].isdisjoint(groups[b]):
        return True
    if min(len(a), len(b)) <= 2:
        return False
    return _sound(a) == _sound(b) or (min(len(a), len(b)) > 3 and one_spelling(a) == one_spelling(b))


@lru_cache(maxsize=16384)
def two_names(a: str, b: str) -> bool:
    """Whether two given names are known to be two; asked of such as are not `one_name`."""
    known = _in_full()
    return a in known and b in known


def _sound(name: str) -> str:
    for written, sound in _SPELLINGS:
        name = name.replace(written, sound)
    return _DOUBLED.sub(r"\1", name.translate(_ONE_SOUND))


@cache
def _groups() -> dict[str, set[int]]:
    """Of each name, the numbers of the groups of forms that it is in."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    listed = (entry for entries in concept("given_name_variants", "one-name").values() for entry in entries)
    for number, entry in enumerate(listed):
        for form in entry.split("="):
            found[_folded(form)].add(number)
    return dict(found)


@cache
def _in_full() -> frozenset[str]:
    """Names that are no short form of another."""
    frequent = [
        name
        for category in ("given_names", "given_name_variants")
        for names in concept(category, "given").values()
        for name in names
    ]
    groups = (entry for entries in concept("given_name_variants", "one-name").values() for entry in entries)
    return frozenset(map(_folded, frequent)) | frozenset(_folded(entry.partition("=")[0]) for entry in groups)


def _folded(name: str) -> str:
    return fold(name).replace("-", "").replace("'", "")
