"""References of a wiki's source (`<ref>`), made ready for pandoc: named ones, used again, defined in a list.

Help:Cite of MediaWiki: `<ref name="x">…</ref>` is used again by `<ref name="x" />`, is counted in its group, and may be
defined inside `<references>`. Each `<ref>` gets a link to its number at its head, by which it is known again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from citekit.readers.wiki_templates import role_of

if TYPE_CHECKING:
    from mwparserfromhell.nodes import Tag
    from mwparserfromhell.wikicode import Wikicode

__all__ = ["REF", "Ref", "Refs", "marked_refs"]

REF = "#citekit-ref-"
"""What the link at the head of a reference leads to, before its number."""

_COUNTED = {
    "lower-alpha": "abcdefghijklmnopqrstuvwxyz",
    "upper-alpha": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "lower-greek": "αβγδεζηθικλμνξοπρστυφχψω",
}
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")


@dataclass(frozen=True, slots=True)
class Ref:
    """What a reference says of itself: its name and its group, "" where it has none."""

    name: str
    group: str


@dataclass(slots=True)
class Refs:
    """The references of a page while it is read: their labels as MediaWiki prints them.

    Attributes:
        listed: by the numbers in their links.
        labels: the label of each name that was met, under its group and name.
        counted: how many of a group were met.
    """

    listed: list[Ref] = field(default_factory=list)
    labels: dict[tuple[str, str], str] = field(default_factory=dict)
    counted: dict[str, int] = field(default_factory=dict)

    def label(self, ref: Ref) -> tuple[str, bool]:
        """The label of a reference, and whether it was met before."""
        key = (ref.group, ref.name)
        if ref.name and key in self.labels:
            return self.labels[key], True
        number = self.counted[ref.group] = self.counted.get(ref.group, 0) + 1
        label = _label(ref.group, number)
        if ref.name:
            self.labels[key] = label
        return label, False


def _label(group: str, number: int) -> str:
    signs = _COUNTED.get(group, "")
    if number <= len(signs):
        return signs[number - 1]
    if group in ("lower-roman", "upper-roman") and number <= len(_ROMAN):
        return _ROMAN[number - 1] if group == "lower-roman" else _ROMAN[number - 1].upper()
    return f"{group} {number}" if group and not signs and group != "decimal" else str(number)


def marked_refs(source: str) -> tuple[str, Refs]:
    """The source with a link at the head of each reference, each definition at its first use, and the references.

    A reference that only a template's parameter holds (an infobox) is put at the end: pandoc passes over templates.
    """
    import mwparserfromhell
    from mwparserfromhell.parser import ParserError

    refs = Refs()
    if "<ref" not in source.lower():
        return source, refs
    try:
        code = mwparserfromhell.parse(source, skip_style_tags=True)
    except (ParserError, RecursionError):
        return source, refs
    met = list(_refs(code, hidden=False))
    words: dict[tuple[str, str], str] = {}
    for tag, _ in met:
        ref, said = _ref(tag), str(tag.contents or "").strip()
        if ref.name and said:
            words.setdefault((ref.group, ref.name), said)
            words.setdefault(("", ref.name), said)
    used: set[tuple[str, str]] = set()
    for tag, hidden in met:
        if not hidden:
            _mark(tag, refs, words, used)
    left = []
    for tag, hidden in met:
        ref = _ref(tag)
        if hidden and ((ref.group, ref.name) not in used or not ref.name) and str(tag.contents or "").strip():
            _mark(tag, refs, words, used)
            left.append(str(tag))
    return f"{code}\n\n{' '.join(left)}" if left else str(code), refs


def _mark(tag: Tag, refs: Refs, words: dict[tuple[str, str], str], used: set[tuple[str, str]]) -> None:
    ref = _ref(tag)
    key = (ref.group, ref.name)
    said = str(tag.contents or "").strip()
    if ref.name:
        said = "" if key in used else words.get(key) or words.get(("", ref.name), "")
        used.add(key)
    refs.listed.append(ref)
    tag.self_closing = False
    tag.contents = f"[[{REF}{len(refs.listed) - 1}|{ref.name or 'ref'}]] {said}".strip()
    tag.closing_tag = "ref"


def _ref(tag: Tag) -> Ref:
    said = {str(one.name).strip().casefold(): str(one.value or "").strip() for one in tag.attributes}
    return Ref(said.get("name", ""), said.get("group", ""))


def _refs(code: Wikicode, *, hidden: bool) -> Iterator[tuple[Tag, bool]]:
    """The references in a piece of source, and whether pandoc passes over them."""
    from mwparserfromhell.nodes import Tag, Template, Wikilink

    for node in code.nodes:
        if isinstance(node, Tag):
            name = str(node.tag).strip().casefold()
            if name == "ref":
                yield node, hidden
            elif node.contents is not None:
                yield from _refs(node.contents, hidden=hidden or name == "references")
        elif isinstance(node, Template):
            citing = role_of(node) is not None and role_of(node) != "list"
            for parameter in () if citing else node.params:
                yield from _refs(parameter.value, hidden=True)
        elif isinstance(node, Wikilink) and node.text is not None:
            yield from _refs(node.text, hidden=hidden)
