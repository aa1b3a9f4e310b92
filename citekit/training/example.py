"""Citations whose fields are known: what the tagger learns from and is measured on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from citekit.citations.line import TaggedField
from citekit.model import Span

__all__ = ["Builder", "Example"]


@dataclass(frozen=True, slots=True)
class Example:
    """One citation string with its fields.

    Attributes:
        text: its words as they would be printed.
        fields: labelled places in `text` by the field names of `citekit parse`, in order, never nested. Label words
            ("pp.", "vol.", "In", "ed. by"), signals and closing punctuation are in no field; the quotation marks of a
            title may be. People of one role that follow one another are one field each ("Smith, J." and "Lee, K.").
        language: BCP 47 code of the words around the fields (labels, conjunctions), "und" where unknown.
        source: what it comes from, for scores by source.
        note: a note of a scholar; else an entry of a list.
        emphasis: where the format shows italics.
    """

    text: str
    fields: tuple[TaggedField, ...]
    language: str = "und"
    source: str = ""
    note: bool = False
    emphasis: tuple[Span, ...] = ()


@dataclass(slots=True)
class Builder:
    """Writes a citation piece by piece and remembers where its fields are."""

    pieces: list[str] = field(default_factory=list)
    fields: list[TaggedField] = field(default_factory=list)
    _length: int = 0

    def add(self, words: str) -> Builder:
        """Words of no field: punctuation, labels, signals, comment."""
        self.pieces.append(words)
        self._length += len(words)
        return self

    def put(self, name: str, words: str) -> Builder:
        """Words of a field; nothing when they are empty."""
        if words:
            self.fields.append(TaggedField(name, self._length, self._length + len(words)))
            self.add(words)
        return self

    def example(self, *, language: str, source: str, note: bool = True) -> Example:
        """The citation as it stands."""
        return Example("".join(self.pieces), tuple(self.fields), language, source, note)

    def ends_with(self, marks: Sequence[str]) -> bool:
        """Whether the words so far end with one of `marks`."""
        return "".join(self.pieces[-2:]).endswith(tuple(marks))
