r"""pandoc's tree of a LaTeX file → text and hints; its citing commands as they are, and the entries of `\bibitem`.

pandoc knows the citing commands of LaTeX, natbib and biblatex (expanded from the author's own macros) but not all of
them, and drops the keys of a printed list; both are mended in the source before it is read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from citekit.model import Form, HintKind, Keeper, KeyedCitation, NoteKind
from citekit.readers.called_notes import NoteCount
from citekit.readers.csl_entries import UNPLACED
from citekit.readers.latex_notes import ANCHOR, marked_notes
from citekit.readers.latex_styles import cites_in_footnotes
from citekit.readers.syntax_text import Node, SyntaxText, WaitingNote

__all__ = ["LatexText", "bibliographies", "plainer_latex", "taken_in", "words_of"]

# Commands that pandoc does not know, by one that takes the same arguments (biblatex 3.20, 3.9; natbib 2.3).
_ALIKE = {
    "fullcite": "cite",
    "footfullcite": "footcite",
    "citetitle": "cite",
    "Citetitle": "cite",
    "citefullauthor": "cite",
    "citeurl": "cite",
    "citedate": "cite",
    "notecite": "cite",
    "pnotecite": "cite",
    "fnotecite": "footcite",
    "citenum": "cite",
    "onlinecite": "cite",
    "footcites": "autocites",
    "smartcite": "footcite",  # outside notes
    "Smartcite": "footcite",
    "smartcites": "autocites",
    "Footcite": "footcite",
    "fullcites": "cites",
    "shortcite": "cite",
    "citeA": "citet",
    "footciteauthor": "footcite",
}
_SAID = "citekit:"
"""Before a key: the name of the command that the author wrote, so that the text can show it."""
_IN_FOOTNOTES = {"autocite": "footcite", "Autocite": "footcite", "autocites": "autocites", "Autocites": "autocites"}
"""… where the style of the document prints them in footnotes."""
_WRITTEN = re.compile(
    rb"\\("
    + "|".join((*_ALIKE, *_IN_FOOTNOTES)).encode()
    + rb")(\*?(?:\s{0,9}(?:\[[^\[\]]{0,300}\]|\([^()]{0,300}\))){0,4}\s{0,9}\{)"
    rb"(?!\s{0,9}\})"
)
_SHOWN = re.compile(r"\\[A-Za-z]{1,40}(\*?[^{}]{0,1000}\{)" + _SAID + r"([A-Za-z]{1,40}):")
_SAID_BY = re.compile(_SAID + r"([A-Za-z]{1,40}):")
# Those of several works: pandoc puts the others into notes by itself.
_IN_NOTES = ("footcites", "smartcites", "autocites", "Autocites")
# Commands whose words are a note (endnotes, memoir 12, sidenotes, tufte-latex, bigfoot); `\footnotemark` stands before.
_NOTES = ("endnote", "pagenote", "sidenote", "marginnote", "footnotetext", "footnoteA", "footnoteB", "Footnote")
_SAME = "".join(rf"\let\{name}\{known}" for name, known in _ALIKE.items())
_SAME += "".join(rf"\let\{name}\footnote" for name in _NOTES)
_BIBITEM = re.compile(rb"\\bibitem\s{0,20}(?:\[(?:[^\[\]{}]|\{[^{}]{0,200}\}){0,300}\]\s{0,20})?\{([^{}]{1,200})\}")
_WIDEST = re.compile(rb"(\\begin\{thebibliography\})\s{0,20}\{[^{}]{0,60}\}")
_PART = re.compile(rb"^[^%\n]{0,200}?\\(?:input|include|subfile)\s?\{([^{}\n]{1,200})\}", re.MULTILINE)
_BIB = "citekit-bib-"
_CROWDED = re.compile(r"(?P<group>(?:\[[^\[\]]{0,300}\]\s{0,9}){0,2}\{(?P<keys>[^{}]{1,600})\})")


def plainer_latex(content: bytes) -> tuple[bytes, list[str]]:
    r"""The source in forms that pandoc reads, and the keys of its `\bibitem`s, whose places have their numbers."""
    keys: list[str] = []
    source = content.decode("latin-1")  # each byte a character
    alike = _ALIKE | (_IN_FOOTNOTES if cites_in_footnotes(source) else {})
    content = marked_notes(source).encode("latin-1")

    def numbered(found: re.Match[bytes]) -> bytes:
        keys.append(found[1].decode("utf-8", "replace").strip())
        return rf"\par\hypertarget{{{_BIB}{len(keys) - 1}}}{{}}".encode()

    def known(found: re.Match[bytes]) -> bytes:
        name = found[1].decode()
        if name not in alike:
            return found[0]
        return f"\\{alike[name]}".encode() + found[2] + f"{_SAID}{name}:".encode()

    plainer = _BIBITEM.sub(numbered, _WIDEST.sub(rb"\1{}", _WRITTEN.sub(known, content)))
    return _SAME.encode() + b"\n" + plainer, keys


def as_written(source: str) -> str:
    """Citing commands by the names that the author wrote."""
    return _SHOWN.sub(r"\\\2\1", source)


def taken_in(content: bytes) -> list[str]:
    r"""The names of the files that a file takes in (`\input`, `\include`)."""
    return [found[1].decode("utf-8", "replace").strip() for found in _PART.finditer(content)]


@dataclass(slots=True)
class LatexText(SyntaxText):
    r"""The words of a LaTeX file while pandoc's tree is gone through.

    Attributes:
        keys: the keys of its `\bibitem`s, by their numbers.
        next_key: the key of the entry that begins with the next paragraph.
        counts: how notes are counted.
        labelled: the label of the note that holds a `\label`, by its name.
        keyed_labels: what ties the last note of a label to its markers.
        titles: how notes of title and author are counted.
        in_title: title and author are gone through, whose notes have signs.
        in_note: a note is gone through.
        all_at_end: footnotes are printed as endnotes.
    """

    keys: Sequence[str] = ()
    next_key: str | None = field(default=None)
    counts: dict[NoteKind, NoteCount] = field(
        default_factory=lambda: {NoteKind.FOOTNOTE: NoteCount(), NoteKind.ENDNOTE: NoteCount()}
    )
    labelled: dict[str, str] = field(default_factory=dict)
    keyed_labels: dict[str, str] = field(default_factory=dict)
    titles: NoteCount = field(default_factory=lambda: NoteCount("fnsymbol"))
    in_title: bool = False
    in_note: bool = False
    all_at_end: bool = False

    def document(self, tree: Node) -> None:
        r"""All words of a tree, gone through twice where a reference (`\ref`) can be to a note that comes later."""
        first = LatexText(keys=self.keys)
        super(LatexText, first).document(tree)
        self.labelled = first.labelled
        super(LatexText, self).document(tree)

    def front(self, name: str, value: Node) -> None:
        """A part of what stands before the text; notes of title, author and date have signs ("LaTeX 2e", 20.5)."""
        self.in_title = name != "abstract"
        super(LatexText, self).front(name, value)
        self.in_title = False

    def block(self, node: Node) -> None:
        r"""A paragraph; one behind a `\bibitem` is an entry of a list of works."""
        content: Any = node.get("c")
        if node["t"] == "CodeBlock":
            self.composer.preformatted(as_written(content[1]))
        elif node["t"] == "Div" and str(content[0][0]).startswith(_BIB):
            self._begin(content[0][0])
            self.blocks(content[1])
        elif node["t"] == "Div" and str(content[0][0]).startswith(ANCHOR):
            self._meet(content[0][0])
        elif node["t"] in ("Para", "Plain") and self.next_key is None:
            self._paragraph(content)
        elif node["t"] in ("Para", "Plain"):
            key, self.next_key = self.next_key, None
            self._entry(key, content)
        else:
            super(LatexText, self).block(node)

    def _paragraph(self, content: Sequence[Node]) -> None:
        """A paragraph, which can have the sign of an entry at its head."""
        if content and content[0]["t"] == "Span" and str(content[0]["c"][0][0]).startswith(_BIB):
            self._begin(content[0]["c"][0][0])
            key, self.next_key = self.next_key, None
            self._entry(key, content[1:])
        else:
            self.inlines(content)

    def _begin(self, name: str) -> None:
        number = name.removeprefix(_BIB)
        if number.isdigit() and int(number) < len(self.keys):
            self.next_key = self.keys[int(number)]

    def _entry(self, key: str | None, content: Sequence[Node]) -> None:
        start = self.composer.place
        self.inlines(content)
        kind = NoteKind.REFERENCE
        self.composer.hint(HintKind.NOTE, start, self.composer.place, target=f"#entry-{start}", note_kind=kind)
        if key:
            self.enter(start, (KeyedCitation(UNPLACED, Keeper.LATEX, key, form=Form.FULL),))

    def inline(self, node: Node) -> None:
        """Words; citing commands as they are in the source."""
        content: Any = node.get("c")
        if node["t"] == "Note":
            self._footnote(content)
        elif node["t"] == "Span" and str(content[0][0]).startswith(ANCHOR):
            self._meet(content[0][0])
        elif node["t"] == "Link" and (label := self._referred(content)):
            self.composer.words(label)
        elif node["t"] == "Cite":
            named = _SAID_BY.match(str(content[0][0]["citationId"])) if content[0] else None
            if named and named[1] in _IN_NOTES and "noted" not in node and not self.in_note:
                self.inline({"t": "Note", "c": [{"t": "Para", "c": [{**node, "noted": True}]}]})
                return
            self._cite(content[0], as_written("".join(raw["c"][1] for raw in content[1] if raw["t"] == "RawInline")))
        elif node["t"] == "Code":
            self.composer.words(as_written(content[1]))
        else:
            super(LatexText, self).inline(node)

    def _meet(self, name: str) -> None:
        """What an anchor says of the notes behind it, or a note that is called again by its label."""
        what, _, value = name.removeprefix(ANCHOR).partition("-")
        match what:
            case "count" if value.isdecimal():
                self.counts[NoteKind.FOOTNOTE].met = int(value)
            case "form":
                self.counts[NoteKind.FOOTNOTE].form = _FORMS.get(value, "decimal")
            case "all":
                self.all_at_end = True
            case "again" if value in self.keyed_labels:
                self.mark(value, self.keyed_labels[value])

    def _footnote(self, content: Sequence[Node]) -> None:
        """A note with its label; a citation's own footnote inside a note is printed as its words."""
        if self.in_note and (cited := _only_citation(content)):
            self.inline(cited)
            return
        said = dict(name.partition("-")[::2] for name in _anchors(content))
        kind = NoteKind.ENDNOTE if "end" in said or self.all_at_end else NoteKind.FOOTNOTE
        count = self.titles if self.in_title else self.counts[kind]
        label = said.get("label") or count.next()
        self.counted += 1
        note = WaitingNote(label, f"#note-{self.counted}", content, kind)
        self.mark(label, note.key)
        self.waiting.append(note)
        self.keyed_labels[label] = note.key
        self.labelled |= dict.fromkeys(_labels(content), label)

    def _note(self, note: WaitingNote) -> None:
        self.in_note = True
        super(LatexText, self)._note(note)
        self.in_note = False

    def _referred(self, content: Sequence[Any]) -> str:
        r"""The label of the note that a `\ref` refers to, "" where it refers to none."""
        named = dict(content[0][2])
        return self.labelled.get(named.get("reference", ""), "") if named.get("reference-type") == "ref" else ""

    def _cite(self, cited: Sequence[Mapping[str, Any]], source: str) -> None:
        entries = [
            KeyedCitation(
                UNPLACED,
                Keeper.LATEX,
                _SAID_BY.sub("", str(one["citationId"])),
                names_work=False,
                prefix=words_of(one["citationPrefix"]),
                suffix=words_of(one["citationSuffix"]),
                form=Form.SHORT,
            )
            for one in cited
        ]
        if len(entries) == 1:
            start = self.composer.place
            self.composer.words(source)
            self.enter(start, entries)
            return
        done = 0
        for entry, (start, end) in zip(entries, _places(source, entries), strict=True):
            self.composer.words(source[done:start])
            place = self.composer.place
            self.composer.words(source[start:end])
            self.enter(place, (entry,))
            done = end
        self.composer.words(source[done:])


_FORMS = {
    "roman": "lowerRoman",
    "Roman": "upperRoman",
    "alph": "lowerLetter",
    "Alph": "upperLetter",
    "fnsymbol": "fnsymbol",
}


def _anchors(content: Sequence[Node]) -> list[str]:
    """What the anchors at a note's head say of it."""
    found = []
    for node in content[:3]:
        inside: Any = node.get("c")
        nodes = [node] if node["t"] == "Div" else inside[:3] if node["t"] in ("Para", "Plain") else []
        for one in nodes:
            name = str(one["c"][0][0]) if one["t"] in ("Div", "Span") else ""
            if name.startswith(ANCHOR) and not name.startswith(_BIB):
                found.append(name.removeprefix(ANCHOR))
    return found


def _labels(content: Any) -> list[str]:
    r"""The names of the `\label`s in a note."""
    found: list[str] = []
    waiting = [content]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting.extend(node)
        elif isinstance(node, Mapping):
            inside: Any = node.get("c")
            if node.get("t") == "Span" and (name := dict(inside[0][2]).get("label")):
                found.append(str(name))
            waiting.append(inside)
    return found


def _only_citation(content: Sequence[Node]) -> Node | None:
    """The citation that is all of a note, with the full stop that pandoc puts behind it."""
    words: Any = content[0].get("c") if len(content) == 1 and content[0]["t"] in ("Para", "Plain") else None
    if not words or words[0]["t"] != "Cite" or len(words) > 2:
        return None
    return words[0] if len(words) == 1 or words[1].get("c") == "." else None


def _places(source: str, entries: Sequence[KeyedCitation]) -> list[tuple[int, int]]:
    """Where each key of a command with several is: with its arguments, or alone where it shares the braces."""
    places = []
    for group in _CROWDED.finditer(source):
        keys = group["keys"].split(",")
        start = group.start("keys")
        for key in keys:
            shift = len(key) - len(key.lstrip())
            places.append(group.span("group") if len(keys) == 1 else (start + shift, start + shift + len(key.strip())))
            start += len(key) + 1
    if len(places) == len(entries):
        return places
    return [(0, len(source)), *[(len(source), len(source))] * (len(entries) - 1)]


def words_of(nodes: Sequence[Node]) -> str:
    """The words of a paragraph's nodes, single spaces between them."""
    aside = SyntaxText()
    aside.inlines(nodes)
    return " ".join(aside.composer.text().split())


def bibliographies(meta: Mapping[str, Any]) -> tuple[str, ...]:
    """The files of works that a document's metadata names, as it names them."""
    value = meta.get("bibliography") or {}
    listed = value.get("c") if value.get("t") == "MetaList" else [value]
    found = []
    for one in listed or ():
        content = one.get("c")
        words = content if isinstance(content, str) else words_of(content) if isinstance(content, list) else ""
        found += [name.strip() for name in words.split(",") if name.strip()]
    return tuple(found)
