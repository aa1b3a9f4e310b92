"""A small press for tests: pages of PDF set as journals set them, with our own words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from fpdf import FPDF

WIDTH, HEIGHT = 400, 600
LEFT, RIGHT = 50, 350
HEAD, FOOT = 40, 570

BODY = (
    "The council met in the spring of that year and the merchants of the town sent three men",
    "who were to speak for the guild. Nobody had asked the weavers, though they paid the larger",
    "share of the tax and had done so since the fire. When the doors were closed the clerk read",
    "the letter aloud, and it was agreed that an answer could wait until the river was free of ice",
)


@dataclass
class Press:
    """Prints lines where it is told to; `y` counts from the page's head, all lengths in points."""

    pdf: FPDF = field(default_factory=lambda: FPDF(unit="pt", format=(WIDTH, HEIGHT)))
    y: float = 0
    printed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.pdf.set_auto_page_break(False)
        self.pdf.set_margin(0)

    def page(self, head: str | None = None, foot: str | None = None) -> None:
        """A new page with a running head and a line at its foot."""
        self.pdf.add_page()
        if head:
            self.line(head, y=HEAD, size=8)
        if foot:
            self.line(foot, y=FOOT, size=8)
        self.y = HEAD + 36

    def line(
        self,
        words: str,
        *,
        size: float = 11,
        x: float = LEFT,
        y: float | None = None,
        italic: bool = False,
        leading: float = 1.25,
    ) -> None:
        """One line; `^12^` raises what stands between the signs, `_so_` slants it."""
        place = self.y if y is None else y
        raised = False
        for number, piece in enumerate(words.split("^")):
            raised = bool(number % 2)
            for turn, part in enumerate(piece.split("_")):
                if not part:
                    continue
                slanted = italic or bool(turn % 2)
                own = size * 0.6 if raised else size
                self.pdf.set_font("Times", "I" if slanted else "", own)
                self.pdf.text(x, place - (0.35 * size if raised else 0), part)
                x += self.pdf.get_string_width(part)
        if y is None:
            self.y += size * leading

    def lines(self, words: Iterable[str], **how: float) -> None:
        """Lines one under the other."""
        for line in words:
            self.line(line, **how)

    def rule(self, y: float | None = None) -> None:
        """A short rule, as stands above notes."""
        place = self.y if y is None else y
        self.pdf.set_line_width(0.5)
        self.pdf.line(LEFT, place, LEFT + 80, place)

    def feet(self, notes: Sequence[str], *, size: float = 8.5, x: float = LEFT, bottom: float = FOOT - 25) -> None:
        """Notes whose last line stands at the page's foot."""
        self.y = bottom - (len(notes) - 1) * size * 1.2
        self.lines(notes, size=size, x=x, leading=1.2)

    def content(self) -> bytes:
        """The file."""
        return bytes(self.pdf.output())
