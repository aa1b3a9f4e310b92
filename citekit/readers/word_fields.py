"""Citations that Zotero, Mendeley, EndNote and Word itself keep as fields in a Word file.

A field (ECMA-376, 17.16) is an instruction, which holds the entry, and the words that are printed. Before pandoc reads
the file, the printed words of each are put into a link to its number, and the instruction is taken away; of the
bibliography's field the words are left.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from citekit.model import Diagnostic, Item, Keeper, KeyedCitation, Severity, Span
from citekit.readers.csl_entries import EntryError, csl_entries
from citekit.readers.endnote_entries import endnote_entries
from citekit.readers.markup import local_name
from citekit.readers.word_sources import source_entries
from citekit.readers.word_xml import is_deleted, link_to, said

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["DAMAGED_FIELD", "FIELD", "LISTED", "StatedFields", "link_fields", "read_instruction"]

FIELD = "#citekit-entry-"
"""What the link around the words of a field leads to, before its number."""
DAMAGED_FIELD = "damaged-"
"""What stands before the number of a field that could not be read."""
LISTED = "listed"
"""What stands in the place of the number around the words of a list of works."""

_LISTING = (
    "ADDIN ZOTERO_BIBL",
    "ADDIN Mendeley Bibliography",
    "ADDIN CSL_BIBLIOGRAPHY",
    "ADDIN EN.REFLIST",
    "BIBLIOGRAPHY",
)
_CONTROL = "MENDELEY_CITATION_v3_"


@dataclass(slots=True)
class StatedFields:
    """The fields of a document, by their numbers, the works that it keeps for them, and what was wrong with some."""

    entries: list[tuple[KeyedCitation, ...]] = field(default_factory=list)
    sources: Mapping[str, Item] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def read(self, instruction: str) -> str | None:
        """The number of the entries of an instruction, or of what was wrong with it; None where it is no citation."""
        try:
            entries = read_instruction(instruction, self.sources)
        except EntryError as trouble:
            message = (
                f"field {len(self.entries) + len(self.diagnostics) + 1} of a reference manager cannot be read "
                f"({trouble}), and its printed words are taken as words alone; refresh the citations in the program"
            )
            self.diagnostics.append(Diagnostic(Severity.WARNING, "citation-field-unreadable", message))
            return f"{DAMAGED_FIELD}{len(self.diagnostics) - 1}"
        if not entries:
            return None
        self.entries.append(entries)
        return str(len(self.entries) - 1)

    def target(self, instruction: str) -> str | None:
        """What the link around a field's words leads to behind `FIELD`; None where it is none of a reference manager.

        The inner one of two fields of EndNote, which repeats what the outer one has, is none.
        """
        words = instruction.strip()
        if words.startswith(_LISTING):
            return LISTED
        return None if words.startswith("ADDIN EN.CITE.DATA") else self.read(words)

    def placed_diagnostics(self, places: Mapping[str, tuple[int, int]]) -> tuple[Diagnostic, ...]:
        """What was wrong with some fields, at the printed words of each (where there are any)."""
        return tuple(
            replace(one, span=Span(*places[number])) if (number := f"{DAMAGED_FIELD}{place}") in places else one
            for place, one in enumerate(self.diagnostics)
        )


def read_instruction(instruction: str, sources: Mapping[str, Item]) -> tuple[KeyedCitation, ...]:
    """The entries that a field's instruction holds; none where the field is no citation.

    Args:
        instruction: as it is in the file.
        sources: the works that the file keeps for Word's own citations.

    Raises:
        EntryError: it is a citation's, but damaged.
    """
    words = instruction.strip()
    if words.startswith(("ADDIN ZOTERO_ITEM", "ZOTERO_ITEM")):
        return csl_entries(words, Keeper.ZOTERO)
    if words.startswith(("ADDIN CSL_CITATION", "CSL_CITATION")):
        return csl_entries(words, Keeper.MENDELEY if '"mendeley"' in words else Keeper.CSL)
    if words.startswith("ADDIN EN.CITE"):
        return endnote_entries(words)
    if words.startswith("CITATION "):
        return source_entries(words, sources)
    if words.startswith(_CONTROL):
        try:
            return csl_entries(base64.b64decode(words.removeprefix(_CONTROL)).decode(), Keeper.MENDELEY)
        except (binascii.Error, ValueError) as exc:
            raise exc if isinstance(exc, EntryError) else EntryError("damaged base64") from exc
    return ()


def link_fields(tree: _Element, found: StatedFields) -> None:
    """Put the words of each citation of a part of the file into a link to its number; `found` takes the fields."""
    _link_controls(tree, found)
    _link_fields(tree, found)


@dataclass(slots=True)
class _Open:
    """A field whose end has not come: its place among all, its signs, its instruction, its printed runs."""

    order: int
    signs: list[_Element] = field(default_factory=list)
    instruction: list[str] = field(default_factory=list)
    stored: list[str] = field(default_factory=list)
    runs: list[_Element] = field(default_factory=list)
    printing: bool = False

    def words(self) -> str:
        """The instruction, with what Word keeps beside it where it is too long."""
        words = "".join(self.instruction)
        if "<EndNote>" not in words and words.strip().startswith("ADDIN EN.CITE"):
            words += "".join(map(_decoded, self.stored))
        return words


def _link_fields(tree: _Element, found: StatedFields) -> None:
    """Put the words of each citation's field into a link, and take the signs of fields of reference managers away."""
    open_fields: list[_Open] = []
    ended: list[_Open] = []
    for order, element in enumerate(tree.iter()):
        name = local_name(element)
        if name == "fldChar":
            kind = said(element, "fldCharType")
            if kind == "begin":
                open_fields.append(_Open(order, [element], stored=[one.text or "" for one in element]))
            elif open_fields:
                open_fields[-1].signs.append(element)
                if kind == "separate":
                    open_fields[-1].printing = True
                elif kind == "end":
                    ended.append(open_fields.pop())
        elif name == "instrText" and open_fields and not open_fields[-1].printing:
            open_fields[-1].instruction.append(element.text or "")
            open_fields[-1].signs.append(element)
        elif name == "r" and not is_deleted(element):
            for one in open_fields:
                if one.printing:
                    one.runs.append(element)
        elif name == "fldSimple":
            ended.append(_Open(order, instruction=[said(element, "instr")], runs=list(element)))
    for one in sorted(ended, key=lambda one: one.order):
        words = one.words()
        if (target := found.target(words)) is not None:
            _wrap([run for run in one.runs if _printed(run)], target)
        if target is not None or words.strip().startswith("ADDIN EN.CITE"):
            for sign in one.signs:
                _remove(sign)


def _link_controls(tree: _Element, found: StatedFields) -> None:
    """The content controls of Mendeley Cite: the entry is in the control's tag, the words are its content."""
    for control in [element for element in tree.iter() if local_name(element) == "sdt"]:
        tag = next((one for one in control.iter() if local_name(one) == "tag"), None)
        words = said(tag, "val") if tag is not None else ""
        if words.startswith(_CONTROL):
            number = found.read(words)
            runs = [run for run in control.iter() if local_name(run) == "r" and not is_deleted(run) and _printed(run)]
            if number is not None:
                _wrap(runs, number)


def _wrap(runs: Iterable[_Element], number: str) -> None:
    """Put runs into links; those that stand side by side into one."""
    link: _Element | None = None
    for run in runs:
        parent = run.getparent()
        if parent is None:
            continue
        if link is None or run.getprevious() is not link:
            link = link_to(f"{FIELD}{number}", run)
            parent.replace(run, link)
        link.append(run)


def _printed(run: _Element) -> bool:
    return any(local_name(child) in ("t", "tab", "br", "noBreakHyphen", "sym") for child in run)


def _remove(element: _Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _decoded(words: str) -> str:
    try:
        return base64.b64decode(words).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""
