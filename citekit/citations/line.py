"""One citation on the bench: its words, what is labelled already, and where titles and brackets stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field

from citekit.citations.brackets import Enclosure, enclosures, protected
from citekit.model import Span

__all__ = ["Line", "TaggedField"]

_INITIAL = re.compile(r"(?<![^\W\d_])[^\W\d_a-z]\.\Z")  # the full stop of "В. О." is the name's
_EDGES = " \t,;:.·*_：，；。、،؛।։"


@dataclass(frozen=True, slots=True)
class TaggedField:
    """Words of a citation and the field they belong to; `sure` is how probable that is, 0 to 1."""

    name: str
    start: int
    end: int
    sure: float = 1.0


@dataclass(slots=True)
class Line:
    """The state that the tagging rules share: they label words here, and no word twice.

    Attributes:
        text: the words of the citation.
        emphasis: where the format shows italics.
        language: the document's language, None where unknown.
        fields: what was labelled so far.
        taken: 1 for each character that a field or a leading word ("accessed on", "ed. by") holds.
        marks: quotations and brackets.
        head: where the words behind the persons at the head begin.
        tail: where the imprint, the pages or the locator at the end begin.
        stated: where the first statement of who edited or translated begins, None where none is certain.
    """

    text: str
    emphasis: tuple[Span, ...] = ()
    language: str | None = None
    fields: list[TaggedField] = field(default_factory=list)
    taken: bytearray = field(init=False)
    marks: tuple[Enclosure, ...] = field(init=False)
    _quotations: bytearray = field(init=False)
    _enclosed: bytearray = field(init=False)
    head: int = 0
    tail: int = field(init=False)
    stated: int | None = None

    def __post_init__(self) -> None:
        self.taken = bytearray(len(self.text))
        self.marks = enclosures(self.text)
        self._quotations = protected(self.text, self.marks, brackets=False)
        self._enclosed = protected(self.text, self.marks)
        self.tail = len(self.text)

    def copy(self) -> Line:
        """Another one with the same labels, for rules whose reading may be dropped."""
        other = copy(self)
        other.fields, other.taken = list(self.fields), bytearray(self.taken)
        return other

    def label(self, name: str, start: int, end: int, *, strip: str = _EDGES, sure: float = 1.0) -> bool:
        """Label `text[start:end]`, edges stripped; False when it is empty or any of it is labelled already."""
        while start < end and self.text[start] in strip:
            start += 1
        while end > start and self.text[end - 1] in strip and not _INITIAL.search(self.text, start, end):
            end -= 1
        if start >= end or self.taken.find(1, start, end) >= 0:
            return False
        self.fields.append(TaggedField(name, start, end, sure))
        self.hold(start, end)
        return True

    def hold(self, start: int, end: int) -> None:
        """Keep words from all later rules without labelling them."""
        self.taken[start:end] = b"\x01" * (end - start)

    def release(self, fields: Sequence[TaggedField]) -> None:
        """Take labels back, so that a rule that knows better can set its own."""
        for found in fields:
            self.fields.remove(found)
            self.taken[found.start : found.end] = bytes(found.end - found.start)

    def has(self, name: str) -> bool:
        """Whether any words are labelled `name`."""
        return any(found.name == name for found in self.fields)

    def first(self, name: str) -> TaggedField | None:
        """The first field of this name by place, None where there is none."""
        return min((found for found in self.fields if found.name == name), key=lambda f: f.start, default=None)

    def free(self, start: int, end: int) -> bool:
        """Whether nothing of `text[start:end]` is taken."""
        return self.taken.find(1, start, end) < 0

    def gaps(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The stretches of `text[start:end]` that nothing holds yet."""
        place = start
        while place < end:
            first = self.taken.find(0, place, end)
            if first < 0:
                return
            place = self.taken.find(1, first, end)
            if place < 0:
                place = end
            yield first, place

    def quoted(self, place: int) -> bool:
        """Whether a character stands inside quotation marks."""
        return place < len(self.text) and bool(self._quotations[place])

    def enclosed(self, place: int) -> bool:
        """Whether a character stands inside quotation marks or brackets."""
        return place < len(self.text) and bool(self._enclosed[place])

    def emphasised(self, place: int) -> Span | None:
        """The emphasis that a character stands in, None where it is plain."""
        return next((span for span in self.emphasis if span.start <= place < span.end), None)
