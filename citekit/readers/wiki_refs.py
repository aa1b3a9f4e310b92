"""References of a wiki's source (`<ref>`), made ready for pandoc: named ones, used again, defined in a list.

Help:Cite of MediaWiki: `<ref name="x">…</ref>` is used again by `<ref name="x" />`, is counted in its group, and may be
defined inside `<references>`. Each `<ref>` gets a link to its number at its head, by which it is known again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from citekit.model import Diagnostic, Severity
from citekit.readers.wiki_source import parsed
from citekit.readers.wiki_templates import role_of

if TYPE_CHECKING:
    from mwparserfromhell.nodes import Tag, Template
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
        diagnostics: why they could not be read.
    """

    listed: list[Ref] = field(default_factory=list)
    labels: dict[tuple[str, str], str] = field(default_factory=dict)
    counted: dict[str, int] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def label(self, ref: Ref) -> str:
        """The label of a reference: a name's own where it was met before."""
        key = (ref.group, ref.name)
        if ref.name and key in self.labels:
            return self.labels[key]
        number = self.counted[ref.group] = self.counted.get(ref.group, 0) + 1
        label = _label(ref.group, number)
        if ref.name:
            self.labels[key] = label
        return label


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
    refs = Refs()
    if "<ref" not in source.lower() and "{{" not in source:
        return source, refs
    code = parsed(source)
    if code is None:
        message = (
            "too many templates and references of the page are not closed, or lie in each other, and references used "
            "again are not told; mend the source, or save it again"
        )
        refs.diagnostics.append(Diagnostic(Severity.WARNING, "wiki-source-unsound", message))
        return source, refs
    met = list(_refs(code, _Where.SHOWN))
    words: dict[tuple[str, str], str] = {}
    for tag, _ in met:
        ref, said = _ref(tag), str(tag.contents or "").strip()
        if ref.name and said:
            words.setdefault((ref.group, ref.name), said)
            words.setdefault(("", ref.name), said)
    used: set[tuple[str, str]] = set()
    for tag, where in met:
        if where is _Where.SHOWN:
            _mark(tag, refs, words, used)
    left = []
    for tag, where in met:
        ref = _ref(tag)
        if where is _Where.SHOWN:
            continue
        if (ref.name and (ref.group, ref.name) in used) or not str(tag.contents or "").strip():
            tag.tag = tag.closing_tag = "span"
            tag.contents = ""
        else:
            _mark(tag, refs, words, used)
            if where is _Where.IN_TEMPLATE:
                left.append(str(tag))
    return f"{code}\n\n{' '.join(left)}" if left else str(code), refs


class _Where(Enum):
    """Where a reference stands: in the text, in the list of references, in a template that pandoc passes over."""

    SHOWN = "shown"
    LISTED = "listed"
    IN_TEMPLATE = "in-template"


def _mark(tag: Tag, refs: Refs, words: dict[tuple[str, str], str], used: set[tuple[str, str]]) -> None:
    ref = _ref(tag)
    key = (ref.group, ref.name)
    said = str(tag.contents or "").strip()
    if ref.name:
        said = "" if key in used else said or words.get(key) or words.get(("", ref.name), "")
        used.add(key)
    refs.listed.append(ref)
    tag.self_closing = False
    tag.contents = f"[[{REF}{len(refs.listed) - 1}|{ref.name or 'ref'}]] {said}".strip()
    tag.closing_tag = "ref"


def _ref(tag: Tag) -> Ref:
    said = {str(one.name).strip().casefold(): str(one.value or "").strip() for one in tag.attributes}
    return Ref(said.get("name", ""), said.get("group", ""))


def _refs(code: Wikicode, where: _Where) -> Iterator[tuple[Tag, _Where]]:
    """The references in a piece of source; templates of explanatory notes become references of their group."""
    from mwparserfromhell.nodes import Tag, Template, Wikilink

    for place, node in enumerate(code.nodes):
        if isinstance(node, Template) and _is_reference(node) and (made := _explanatory(node)):
            code.nodes[place] = made
            if made.contents is not None:
                yield from _refs(made.contents, where)  # its own references first: its words are taken with them
            yield made, where
        elif isinstance(node, Template) and _name(node) == "#tag:references":
            for parameter in node.params[:1]:
                yield from _refs(parameter.value, _Where.LISTED)
        elif isinstance(node, Tag):
            name = str(node.tag).strip().casefold()
            if name == "ref":
                yield node, where
            elif node.contents is not None:
                listed = name == "references" and where is _Where.SHOWN
                yield from _refs(node.contents, _Where.LISTED if listed else where)
        elif isinstance(node, Template):
            citing = role_of(node) is not None and role_of(node) != "list"
            for parameter in () if citing else node.params:
                yield from _refs(parameter.value, _Where.IN_TEMPLATE)
        elif isinstance(node, Wikilink) and node.text is not None:
            yield from _refs(node.text, where)


def _name(template: Template) -> str:
    return str(template.name).strip().casefold()


def _is_reference(template: Template) -> bool:
    """Whether a template is a reference: of explanatory notes, or the tag as a parser function (Help:Cite, nesting)."""
    return _name(template) == "#tag:ref" or role_of(template) == "explanatory-note"


def _explanatory(template: Template) -> Tag | None:
    """ "{{efn|He was young.}}", "{{#tag:ref|He was young.|group=A}}" as a reference of its group."""
    from mwparserfromhell.nodes import Tag

    said = {str(one.name).strip(): str(one.value).strip() for one in template.params}
    groups = {"efn-lr": "lower-roman", "efn-ua": "upper-alpha", "refn": "", "#tag:ref": ""}
    group = said.get("group", groups.get(_name(template), "lower-alpha")).strip("\"'")
    name = said.get("name", "").strip("\"'")
    if any(sign in group + name for sign in '"<>'):
        return None
    code = parsed(f'<ref group="{group}" name="{name}">{said.get("1", "")}</ref>')
    tag = code.nodes[0] if code is not None and len(code.nodes) == 1 else None
    return tag if isinstance(tag, Tag) else None
