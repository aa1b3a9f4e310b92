"""What stands behind "Uő:", "Ders.:", "Id.:": the colon closes the name, so that a title begins there.

"Uő: Napóleon és Magyarország" and "Ders.: Friedrich und Preußen" are titles that begin with a name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from citekit.citations.cues import CueMatch
from citekit.citations.line import TaggedField
from citekit.model import CueKind

__all__ = ["with_title_behind_idem"]

_PARTED = (",", ":", "(", "/")  # marks that part a name from a title, or one person from the next


def with_title_behind_idem(
    fields: tuple[TaggedField, ...], text: str, cues: Sequence[CueMatch]
) -> tuple[TaggedField, ...]:
    """The fields, a name right behind "Ders.:" as the beginning of the title that goes on with it, or as the title.

    The colon ends the names ("Dies.: Salzhandel, S. 30").
    """
    first = cues[0] if cues else None
    if first is None or first.cue.kind is not CueKind.IDEM or first.start or text[first.end : first.end + 1] != ":":
        return fields
    behind = [field for field in fields if field.start >= first.end]
    title = next((field for field in behind if field.name == "title"), None)
    if title is None and behind and behind[0].name == "author":
        return tuple(replace(field, name="title") if field is behind[0] else field for field in fields)
    named = [field for field in behind if title and field.name == "author" and field.end <= title.start]
    if title is None or not named or any(mark in text[named[0].start : title.start] for mark in _PARTED):
        return fields
    return tuple(
        replace(field, start=named[0].start) if field is title else field for field in fields if field not in named
    )
