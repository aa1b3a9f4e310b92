"""Citations that a document holds as entries: which work by which key, where in it (standard library alone)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias

from citekit.places import Span

__all__ = ["Form", "Item", "Keeper", "KeyedCitation", "Locator"]

Item: TypeAlias = Mapping[str, Any]
"""A CSL-JSON item; `id` and `type` may be absent. What CSL has no place for is under `custom`:
`archive-url`, `archive-date` (EDTF), `url-status`, `translated-title`, `edtf`."""


class Form(StrEnum):
    """How a citation names its work."""

    FULL = "full"
    SHORT = "short"
    IBID = "ibid"
    CROSS_REFERENCE = "cross-reference"


@dataclass(frozen=True, slots=True)
class Locator:
    """The place in the work: a CSL locator term ("page", "folio", "note" …) and its value.

    In `value` dashes are "-", several ranges are joined by "; ", the rest is as printed ("209-10", "17f.").
    """

    label: str
    value: str

    def to_json(self) -> dict[str, str]:
        """A locator in the shape of the JSON schema (docs/schema)."""
        return {"label": self.label, "value": self.value}


class Keeper(StrEnum):
    """What keeps a citation as an entry of its own, beside or in place of the printed words."""

    ZOTERO = "zotero"
    MENDELEY = "mendeley"
    ENDNOTE = "endnote"
    CSL = "csl"
    """Another program that writes CSL's citation objects."""
    WORD = "word"
    """Word's own "Citations & Bibliography"."""
    LATEX = "latex"
    PANDOC = "pandoc"
    """The citations of Pandoc's and Quarto's Markdown."""
    TEMPLATE = "template"
    """A template of a wiki. Its key (author and year) is only a name: two works can have the same."""
    XML = "xml"
    """The markup of TEI or JATS, which names each part of a citation's printed words."""


@dataclass(frozen=True, slots=True)
class KeyedCitation:
    """A citation that a document holds as an entry: the work is stated, not read from words.

    Attributes:
        span: the printed words (of LaTeX and Markdown, the command or key in the source).
        keeper: what wrote the entry.
        key: the name by which the document calls the work, None where it has none.
        item: the work; empty where nothing states it.
        names_work: whether the work is known from here: by `item`, or, where that is empty, by the words themselves (an
            entry of a printed list). False for what only refers by its key ("{{sfn|Weber|1922}}").
        locator: the place in the work, where the entry has a field for it.
        prefix: what is said before it ("see").
        suffix: what is said behind it, mostly the locator ("pp. 33-35").
        form: how it names the work, where its notation alone says so; None where the printed words do.
        doubtful: it is a citation only if a bibliography knows its key ("@weber" can be an account's name).
        field_spans: where each field of `item` stands in the text, where it does.
    """

    span: Span
    keeper: Keeper
    key: str | None = None
    item: Item = field(default_factory=dict)
    names_work: bool = True
    locator: Locator | None = None
    prefix: str = ""
    suffix: str = ""
    form: Form | None = None
    doubtful: bool = False
    field_spans: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Who states the work, and by which key (docs/schema)."""
        return {"keeper": self.keeper.value, "key": self.key}
