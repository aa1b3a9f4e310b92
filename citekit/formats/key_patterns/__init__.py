"""Citation keys by a pattern of the user's, in JabRef's notation or Better BibTeX's (docs/reference/key-patterns.md).

A key depends on its item and the pattern alone. It is ASCII, and never empty: where the pattern gives nothing, it is
the key that citekit makes without one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from citekit.formats.key_patterns.filters import Refused, filtered
from citekit.formats.key_patterns.grammar import Alternative, Marker, parse
from citekit.formats.key_patterns.markers import check, value_of_marker
from citekit.formats.key_patterns.transliteration import in_latin
from citekit.formats.keys import citation_key, unique_key
from citekit.model import Item

__all__ = ["KeyPattern", "keys_by_pattern"]

_UNWRITABLE = re.compile(r"[^A-Za-z0-9_:./+*!?<>|-]+")
_NO_FIRST = re.compile(r"\A[^A-Za-z0-9]+")
_LETTER = re.compile(r"[A-Za-z]")
_LONGEST = 100  # characters; an abstract in a pattern is a slip


@dataclass(frozen=True, slots=True)
class KeyPattern:
    """A pattern for citation keys.

    Attributes:
        source: as the user wrote it.
        alternatives: what it says; the first that gives anything makes the key.
    """

    source: str
    alternatives: tuple[Alternative, ...]

    @classmethod
    def read(cls, pattern: str) -> KeyPattern:
        """The pattern that a text is.

        Raises:
            FormatError: it is none, or names a marker or filter that is not known.
        """
        alternatives = parse(pattern)
        for alternative in alternatives:
            for part in alternative:
                if isinstance(part, Marker):
                    check(part)
        return cls(pattern, alternatives)

    def key(self, item: Item) -> str:
        """The key of an item, the same for the same item always; `unique_key` tells apart what has the same."""
        for alternative in self.alternatives:
            key = _key(alternative, item)
            if key:
                return key
        return citation_key(item)


def _key(alternative: Alternative, item: Item) -> str:
    pieces = []
    said = False
    for part in alternative:
        if isinstance(part, str):
            pieces.append(part)
            continue
        try:
            text = filtered(value_of_marker(part, item), part)
        except Refused:
            return ""
        pieces.append(in_latin(text))
        said = said or bool(text)
    if not said:
        return ""  # the pattern's own words alone name no work
    key = _NO_FIRST.sub("", _UNWRITABLE.sub("", "".join(pieces)))[:_LONGEST]
    return key if _LETTER.search(key) else ""  # a year alone says too little


def keys_by_pattern(
    items: Iterable[Item], pattern: KeyPattern, pinned: Mapping[str, str] | None = None
) -> dict[str, str]:
    """A key by the pattern for each item, by its `id`; all different, also without regard to case.

    Of two that have the same key the earlier has it as it is, the later with a, b … behind it: so works that come
    later change nothing as long as they stand behind.

    Args:
        items: in the order in which they came.
        pattern: the pattern.
        pinned: keys that the user gave, by `id`; these stay, and no other item gets one of them.
    """
    kept = pinned or {}
    taken = {key.lower() for key in kept.values()}
    found: dict[str, str] = {}
    for item in items:
        own = str(item.get("id"))
        if own in kept:
            found[own] = kept[own]
            continue
        base = pattern.key(item)
        key = base + unique_key(base.lower(), taken)[len(base) :]
        taken.add(key.lower())
        found[own] = key
    return found
