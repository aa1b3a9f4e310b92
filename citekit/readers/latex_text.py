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
from citekit.readers.csl_entries import UNPLACED
from citekit.readers.syntax_text import Node, SyntaxText

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
    "Footcite": "footcite",
    "fullcites": "cites",
    "shortcite": "cite",
    "citeA": "citet",
    "footciteauthor": "footcite",
}
_SAID = "citekit:"
"""Before a key: the name of the command that the author wrote, so that the text can show it."""
_WRITTEN = re.compile(
    rb"\\(" + "|".join(_ALIKE).encode() + rb")(\*?(?:\s{0,9}(?:\[[^\[\]]{0,300}\]|\([^()]{0,300}\))){0,4}\s{0,9}\{)"
    rb"(?!\s{0,9}\})"
)
_SHOWN = re.compile(r"\\[A-Za-z]{1,40}(\*?[^{}]{0,1000}\{)" + _SAID + r"([A-Za-z]{1,40}):")
_SAID_BY = re.compile(_SAID + r"([A-Za-z]{1,40}):")
_IN_NOTES = ("footcites",)  # pandoc's own commands stand in notes already
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

    def numbered(found: re.Match[bytes]) -> bytes:
        keys.append(found[1].decode("utf-8", "replace").strip())
        return rf"\par\hypertarget{{{_BIB}{len(keys) - 1}}}{{}}".encode()

    def known(found: re.Match[bytes]) -> bytes:
        name = found[1].decode()
        return f"\\{_ALIKE[name]}".encode() + found[2] + f"{_SAID}{name}:".encode()

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
    """

    keys: Sequence[str] = ()
    next_key: str | None = field(default=None)

    def block(self, node: Node) -> None:
        r"""A paragraph; one behind a `\bibitem` is an entry of a list of works."""
        content: Any = node.get("c")
        if node["t"] == "CodeBlock":
            self.composer.preformatted(as_written(content[1]))
        elif node["t"] == "Div" and str(content[0][0]).startswith(_BIB):
            self._begin(content[0][0])
            self.blocks(content[1])
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
        if node["t"] == "Cite":
            named = _SAID_BY.match(str(content[0][0]["citationId"])) if content[0] else None
            if named and named[1] in _IN_NOTES and "noted" not in node:
                self.inline({"t": "Note", "c": [{"t": "Para", "c": [{**node, "noted": True}]}]})
                return
            self._cite(content[0], as_written("".join(raw["c"][1] for raw in content[1] if raw["t"] == "RawInline")))
        elif node["t"] == "Code":
            self.composer.words(as_written(content[1]))
        else:
            super(LatexText, self).inline(node)

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
