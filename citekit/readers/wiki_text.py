"""pandoc's tree of a wiki's page → text and hints, with what its templates and references say.

pandoc leaves templates as they are in the source; those that cite are read, and printed as they are. Others are passed
over, as before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from citekit.model import Form, HintKind, Keeper, KeyedCitation, NoteKind, Span
from citekit.readers.csl_entries import UNPLACED
from citekit.readers.syntax_text import Node, SyntaxText, WaitingNote
from citekit.readers.wiki_refs import REF, Ref, Refs
from citekit.readers.wiki_source import parsed
from citekit.readers.wiki_templates import read_template, role_of

if TYPE_CHECKING:
    from mwparserfromhell.nodes import Template

__all__ = ["WikiText"]

_RAW = "mediawiki"


@dataclass(slots=True)
class WikiText(SyntaxText):
    """The words of a wiki's page while pandoc's tree is gone through.

    Attributes:
        refs: the references that have a number.
        cited_by: what ties a reference to its markers → the key of the one work that it cites.
        last: the reference that was called last.
        worded: what ties the references whose words were met to their markers.
    """

    refs: Refs = field(default_factory=Refs)
    cited_by: dict[str, str | None] = field(default_factory=dict)
    last: str = ""
    worded: set[str] = field(default_factory=set)

    def block(self, node: Node) -> None:
        """A paragraph, list or table; an item of a list that begins with a citing template is an entry."""
        content: Any = node.get("c")
        if node["t"] == "RawBlock" and content[0] == _RAW:
            self._raw(content[1], self._template)
        elif node["t"] == "BulletList":
            self._list(content)
        else:
            super(WikiText, self).block(node)

    def _list(self, items: Sequence[Sequence[Node]]) -> None:
        """A list; where half of its items or more begin with a citing template, each is an entry of works."""
        places, citing = [], 0
        for item in items:
            start, before = self.composer.place, len(self.entered)
            self.blocks(item)
            places.append((start, self.composer.place))
            citing += any(entries[0].form == "full" for place, _, entries, _ in self.entered[before:] if place == start)
        for start, end in places if citing * 2 >= len(places) and citing else ():
            self.composer.hint(HintKind.NOTE, start, end, target=f"#entry-{start}", note_kind=NoteKind.REFERENCE)

    def inline(self, node: Node) -> None:
        """Words; templates as they are in the source."""
        content: Any = node.get("c")
        match node["t"]:
            case "RawInline" if content[0] == _RAW:
                self._raw(content[1], self._template)
            case "RawInline" if content[0] == _HELD:
                self._raw(content[1], self.cited)
            case "Note":
                self._reference(content)
            case _:
                super(WikiText, self).inline(node)

    def _raw(self, source: str, read: Callable[[Template], None]) -> None:
        """The templates of a piece of source."""
        from mwparserfromhell.nodes import Template

        code = parsed(source)
        for template in code.nodes if code is not None else ():
            if isinstance(template, Template):
                read(template)

    def _template(self, template: Template) -> None:
        role = role_of(template)
        if role in ("short-note", "short-notes"):
            self._refer(
                Ref(f"{{{{{template}", ""), [{"t": "Plain", "c": [{"t": "RawInline", "c": [_HELD, str(template)]}]}]
            )
        elif role == "again":
            for parameter in template.params:
                if not parameter.showkey and str(parameter.value).strip():
                    self._refer(Ref(str(parameter.value).strip(), ""), [])
        elif role == "page-behind":
            self._page_behind(template)
        elif role is not None:
            self.cited(template)  # which passes over what cites nothing

    def _page_behind(self, template: Template) -> None:
        """ "{{rp|33}}": the page in the reference just before, where that cites one work."""
        pages = next((str(one.value).strip() for one in template.params), "")
        key = self.cited_by.get(self.last)
        if not pages:
            return
        self.composer.words(": ")
        start = self.composer.place
        self.composer.words(pages)
        if key:
            entry = KeyedCitation(UNPLACED, Keeper.TEMPLATE, key, names_work=False, suffix=pages, form=Form.SHORT)
            self.enter(start, (entry,))

    def cited(self, template: Template) -> None:
        """A template that cites, as it is in the source, with the place of each value."""
        found = read_template(template)
        if found is None:
            return
        start = self.composer.place
        spans: dict[str, tuple[Span, ...]] = {}
        for words, name in found.pieces:
            before = self.composer.place
            self.composer.words(words)
            if name and self.composer.place > before:
                spans[name] = (*spans.get(name, ()), Span(before, self.composer.place))
        self.enter(start, found.entries, spans)

    def _reference(self, content: Sequence[Node]) -> None:
        """A `<ref>`: its words are a note, or it calls one that was met before."""
        number = _number(content)
        if number is None or number >= len(self.refs.listed):
            self._refer(Ref("", ""), content)
        else:
            self._refer(self.refs.listed[number], content)

    def _refer(self, ref: Ref, content: Sequence[Node]) -> None:
        label = self.refs.label(ref)
        key = f"#{ref.group}-{label}"
        self.mark(label, key)
        self.last = key
        words = _without_number(content)
        if key not in self.cited_by or (words and key not in self.worded):
            self.cited_by[key] = self._only_key(words)
        if words and key not in self.worded:  # the first call can stand before the words, which another note holds
            self.worded.add(key)
            self.waiting.append(WaitingNote(label, key, words))

    def _only_key(self, content: Sequence[Node]) -> str | None:
        """The key of the template in a reference that has no other."""
        keys: list[str | None] = []

        def note(template: Template) -> None:
            if found := read_template(template):
                keys.extend(entry.key for entry in found.entries)

        for block in content:
            for node in block["c"] if block["t"] in ("Para", "Plain") else ():
                if node["t"] == "RawInline":
                    self._raw(node["c"][1], note)
        return keys[0] if len(keys) == 1 else None


_HELD = "citekit-template"


def _number(content: Sequence[Node]) -> int | None:
    """The number in the link at the head of a reference."""
    first = content[0]["c"] if content and content[0]["t"] in ("Para", "Plain") else []
    if first and first[0]["t"] == "Link":
        target = str(first[0]["c"][2][0])
        if target.startswith(REF) and target.removeprefix(REF).isdigit():
            return int(target.removeprefix(REF))
    return None


def _without_number(content: Sequence[Node]) -> Sequence[Node]:
    if _number(content) is None:
        return content
    first = content[0]["c"][1:]
    return [*([{**content[0], "c": first}] if first else []), *content[1:]]
