"""Containers that a citation names by a short form: "in ibid., 81–83", "in: ebd.", "in Munk and Rolf, *Salt Roads*".

Chicago 17, 14.34 and 14.108: once a collection has been cited in full, its other chapters name it by "ibid." or by its
editors and its title. The word is no title, and the editors belong to none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from citekit.citations.cues import CueMatch
from citekit.citations.line import TaggedField
from citekit.model import CueKind, Span

__all__ = ["with_container_again"]

_LEAD = re.compile(r"[\s,.;:]{1,3}[^\W\d_]{1,6}:?\s[\"“”«»*_]{0,2}\Z")  # ", in: ", ", dans "
_SURNAME = r"[^\W\d_a-z][^\W\d_]*[^\W\d_A-Z](?:-[^\W\d_a-z][^\W\d_]+)?"
# "Munk, ", "Munk and Rolf, ", "Munk/Rolf, ": surnames alone, as short forms have them.
_EDITORS = re.compile(
    rf"(?P<names>{_SURNAME}(?:(?:\s?[/&]\s?|\s(?:and|und|et|e|y|i|и)\s){_SURNAME}){{0,3}}),\s[\"“„«*_]{{0,2}}\Z"
)
_NUMBERED = frozenset({"volume", "issue", "issued", "editor", "publisher", "publisher-place"})


def with_container_again(
    fields: tuple[TaggedField, ...], text: str, cues: Sequence[CueMatch], emphasis: Sequence[Span]
) -> tuple[TaggedField, ...]:
    """The fields, none of them an ibid. that stands for the container, nor a title that begins with its editors."""
    for match in cues:
        if match.cue.kind is CueKind.CONTAINER_CITED:
            fields = _without_word(fields, text, match)
    if not emphasis or {field.name for field in fields} & _NUMBERED:
        return fields
    return tuple(one for field in fields for one in _parted(field, text, emphasis))


def _without_word(fields: tuple[TaggedField, ...], text: str, match: CueMatch) -> tuple[TaggedField, ...]:
    lead = _LEAD.search(text, max(0, match.start - 12), match.start)
    stop = lead.start() if lead else match.start
    kept = []
    for field in fields:
        if field.end <= stop or field.start >= match.end:
            kept.append(field)
        elif field.start < stop and field.name != "locator":
            kept.append(replace(field, end=len(text[:stop].rstrip(' ,.;:"”»*_'))))
    return tuple(field for field in kept if field.start < field.end)


def _parted(field: TaggedField, text: str, emphasis: Sequence[Span]) -> tuple[TaggedField, ...]:
    """A container whose title alone is in italics, behind the surnames of its editors."""
    title = next((span.start for span in emphasis if field.start < span.start < field.end), None)
    named = _EDITORS.fullmatch(text, field.start, title) if title and field.name == "container-title" else None
    if named is None or title is None:
        return (field,)
    return replace(field, name="editor", end=named.end("names")), replace(field, start=title)
