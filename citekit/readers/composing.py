"""The text of a marked-up document while it is put together: words, breaks, and what the markup says of them.

White space is collapsed as CSS does it (CSS Text 3, 4.1.1); paragraphs are parted by a blank line, lines by a line
feed. No-break spaces and soft hyphens are words' own and stay.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from citekit.model import Hint, HintKind, Item, NoteKind, Span

__all__ = ["Composer", "trimmed"]

_SPACES = re.compile(r"[ \t\n\r\f]+")
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(slots=True)
class Composer:
    """A text in the making.

    A place is taken with `place` before the words are written; the white space that comes to stand there is cut off
    when the hint is made.
    """

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    pending: str = ""
    hints: list[Hint] = field(default_factory=list)

    def words(self, text: str | None) -> None:
        """Add words; a run of white space is one space, none at the head of a line."""
        if not text:
            return
        text = _SPACES.sub(" ", _UNSAFE.sub("\ufffd", text) if _UNSAFE.search(text) else text)
        if text[0] == " ":
            self._wait(" ")
            text = text[1:]
        if not text:
            return
        trailing = text[-1] == " "
        self._put(text[:-1] if trailing else text)
        if trailing:
            self._wait(" ")

    def preformatted(self, text: str | None) -> None:
        """Add words whose line breaks count."""
        for number, line in enumerate((text or "").split("\n")):
            if number:
                self.line()
            self.words(line)

    def line(self) -> None:
        """What follows stands on a new line."""
        if "\n" not in self.pending:
            self.pending = "\n"

    def block(self) -> None:
        """What follows is a new paragraph."""
        self.pending = "\n\n"

    @property
    def place(self) -> int:
        """Where the next words will stand, but for white space."""
        return self.length

    def hint(
        self,
        kind: HintKind,
        start: int,
        end: int,
        *,
        label: str | None = None,
        label_span: Span | None = None,
        target: str | None = None,
        note_kind: NoteKind | None = None,
        item: Item | None = None,
    ) -> None:
        """Say something of the words between two places."""
        self.hints.append(Hint(kind, Span(start, end), label, label_span, target, note_kind, item))

    def label(self, label: str) -> Span:
        """A note's label in brackets; the place of the label itself.

        The brackets come behind a paragraph's break, the label right behind the bracket.
        """
        self.words("[")
        start = self.place
        self.words(label)
        span = Span(start, self.place)
        self.words("]")
        return span

    def text(self) -> str:
        """All words."""
        return "".join(self.pieces)

    def finished_hints(self, text: str) -> tuple[Hint, ...]:
        """The hints in document order, without white space at their edges; those of no words are left out."""
        found = []
        for hint in self.hints:
            span = trimmed(text, *hint.span)
            if span.length or hint.kind is HintKind.PAGE_BREAK:
                found.append(replace(hint, span=span))
        return tuple(sorted(found, key=lambda hint: (hint.span.start, -hint.span.end)))

    def _wait(self, space: str) -> None:
        if not self.pending:
            self.pending = space

    def _put(self, text: str) -> None:
        if self.pending and self.length:
            self.pieces.append(self.pending)
            self.length += len(self.pending)
        self.pending = ""
        self.pieces.append(text)
        self.length += len(text)


def trimmed(text: str, start: int, end: int) -> Span:
    """A place without the white space at its edges."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
