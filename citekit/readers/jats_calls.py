"""Which notes and works the references of a JATS text call (`xref`): one, several ("1, 4"), a range ("3–7").

JATS 1.3, `xref`: `rid` names one or more places (IDREFS). A range is printed as one reference with all its works, as
one with the first and the last, or as two with a dash between; works whose figures are not printed the dash calls.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from citekit.model import HintKind, Span
from citekit.readers.anchors import label_of, words_of
from citekit.readers.markup import attribute, local_name
from citekit.readers.xml_text import XmlText, children

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["JatsCalls", "own_label"]

_CALLING = ("fn", "bibr", "table-fn", "other")
_RANGE = re.compile(r"[\])\s]{0,4}([-‐‑‒–—−])[\s\[(]{0,4}")
_FIGURES = re.compile(r"(?<!\w)\d{1,3}(?!\w)")  # a year is none of a list's figures
_LONGEST = 400  # characters of a reference to several works
_MOST = 100  # works in a range


def own_label(element: _Element) -> str | None:
    """The label of a note or of an entry, None where it has none."""
    return next((label_of(words_of(child, 20)) for child in children(element, "label")), None)


@dataclass(slots=True)
class JatsCalls:
    """The references of a text while it is gone through.

    Attributes:
        targets: what references lead to, as `#id`.
        labels: the labels of notes and entries, by their ids.
        entries: the ids of the entries of lists of works by their numbers, where no two have one.
        numbers: the same the other way round.
        last: where the last printed figure of an entry ends, and its number.
    """

    targets: frozenset[str]
    labels: dict[str, str]
    entries: dict[int, str]
    numbers: dict[str, int] = field(init=False)
    last: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        self.numbers = {name: number for number, name in self.entries.items()}

    @classmethod
    def of(cls, tree: _Element) -> JatsCalls:
        """Those of a text."""
        listed = {attribute(one, "id"): one for one in tree.iter() if local_name(one) in ("fn", "ref")}
        called = {
            f"#{rid}"
            for element in tree.iter()
            if local_name(element) == "xref"
            for rid in element.get("rid", "").split()
            if rid in listed or element.get("ref-type") in _CALLING
        }
        labels = {name: label for name, one in listed.items() if name and (label := own_label(one))}
        numbered = [
            (int(label), name)
            for name, label in labels.items()
            if label.isascii() and label.isdigit() and local_name(listed[name]) == "ref"
        ]
        often = Counter(number for number, _ in numbered)
        return cls(frozenset(called), labels, {number: name for number, name in numbered if often[number] == 1})

    def xref(self, text: XmlText, element: _Element) -> None:
        """The words of a reference, with the markers in them."""
        rids = [rid for rid in dict.fromkeys(element.get("rid", "").split()) if f"#{rid}" in self.targets]
        place = text.composer.place
        text.content(element)
        words = _behind(text, place)
        for rid, span in self._printed(words, rids) if len(words) <= _LONGEST else ():
            self._mark(text, rid, Span(place + span.start, place + span.end), words[slice(*span)])

    def _printed(self, words: str, rids: Sequence[str]) -> Iterator[tuple[str, Span]]:
        """What of a reference's words calls each of its works, in their order."""
        if len(rids) == 1:
            label = label_of(" ".join(words.split()))
            if label and (start := words.rfind(label)) >= 0:
                yield rids[0], Span(start, start + len(label))
            return
        labelled = [(rid, self.labels[rid]) for rid in rids if rid in self.labels]
        figures = [Span(*found.span()) for found in _FIGURES.finditer(words)]
        if labelled:
            found = ((rid, re.search(rf"(?<!\w){re.escape(label)}(?!\w)", words)) for rid, label in labelled)
            yield from sorted(((rid, Span(*one.span())) for rid, one in found if one), key=lambda pair: pair[1])
        elif len(figures) == len(rids):
            yield from zip(rids, figures, strict=True)
        elif len(figures) == 2 and (dash := _RANGE.fullmatch(words, figures[0].end, figures[1].start)):
            first, last = (int(words[slice(*figure)]) for figure in figures)
            if last - first + 1 == len(rids):
                yield from zip(rids, (figures[0], *[Span(*dash.span(1))] * (len(rids) - 2), figures[1]), strict=True)

    def _mark(self, text: XmlText, rid: str, span: Span, label: str) -> None:
        """A marker; the works between it and the one before it, where a dash parts the two, are called by the dash."""
        number = self.numbers.get(rid)
        if self.last is not None and number is not None:
            end, first = self.last
            dash = _RANGE.fullmatch(_behind(text, end)[: max(0, span.start - end)])
            if dash and first < number <= first + _MOST:
                for between in range(first + 1, number):
                    if between in self.entries:
                        place = Span(end + dash.start(1), end + dash.end(1))
                        _hint(text, self.entries[between], place, str(between))
        self.last = None if number is None else (span.end, number)
        _hint(text, rid, span, label)


def _hint(text: XmlText, rid: str, span: Span, label: str) -> None:
    text.composer.hint(HintKind.NOTE_MARKER, span.start, span.end, label=label, target=f"#{rid}")


def _behind(text: XmlText, place: int) -> str:
    """The words that were written from a place on."""
    length = text.composer.length - place
    found: list[str] = []
    for piece in reversed(text.composer.pieces):
        if length <= 0 or len(found) > _LONGEST:
            break
        found.append(piece[max(0, len(piece) - length) :])
        length -= len(piece)
    return "".join(reversed(found)) if length <= 0 else ""
