"""What happens to a citation on its way from the page: the slips of recognition, of typing, of copying."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace

from citekit.citations.line import TaggedField
from citekit.training.example import Example
from citekit.training.grammar.chance import Chance

__all__ = ["noise"]

Edit = tuple[int, int, str]
"""What is between the two places becomes these words."""

_LOOKALIKES = (
    *(("rn", "m"), ("m", "rn"), ("l", "1"), ("1", "l"), ("I", "l"), ("0", "O"), ("O", "0"), ("e", "c"), ("c", "e")),
    *(("fi", "ﬁ"), ("fl", "ﬂ"), ("ff", "ﬀ"), ("h", "b"), ("ii", "u"), ("u", "ii"), ("cl", "d"), ("S", "5"), ("5", "S")),
    *(("B", "8"), ("ä", "a"), ("ß", "B"), ("ü", "ii"), ("s", "ſ"), ("n", "u"), (".", ","), (",", "."), (":", ";")),
    *(("vv", "w"), ("1", "I"), ("f", "t"), ("é", "6"), ("t", "l")),
)
_DASHES = "-–—‐‑−"
_QUOTES = "“”„‘’«»\"'‚"
_LOOKED_AT = 2  # kinds of slip that one citation may show


def noise(example: Example, chance: float, seed: int = 0) -> Example:
    """The example as it may come from a page: with probability `chance` it has one slip or two.

    The same example, chance and seed give the same result. No field is lost, and none becomes empty.
    """
    lots = Chance(f"{seed}/{example.text}")
    if not lots.yes(chance):
        return example
    for slip in lots.few(_SLIPS, lots.number(1, _LOOKED_AT)):
        example = _edited(example, slip(lots, example.text))
    return example


def _edited(example: Example, edits: list[Edit]) -> Example:
    """The example with the edits, which are in order; one that would empty a field or blur its edge is left out."""
    text = example.text
    edges = {edge for field in example.fields for edge in (field.start, field.end)}
    kept: list[Edit] = []
    for edit in edits:
        start, end, words = edit
        if any(edge in edges for edge in range(start + 1, end)):
            continue
        if not words and any(start <= field.start and field.end <= end for field in example.fields):
            continue
        if kept and start < kept[-1][1]:
            continue
        kept.append(edit)
    moved = [_moved(field, kept) for field in example.fields]
    pieces = []
    place = 0
    for start, end, words in kept:
        pieces += [text[place:start], words]
        place = end
    written = "".join((*pieces, text[place:]))
    if any(not written[field.start : field.end].strip() for field in moved):
        return example
    return replace(example, text=written, fields=tuple(moved))


def _moved(field: TaggedField, edits: list[Edit]) -> TaggedField:
    return TaggedField(field.name, _place(field.start, edits, at_end=False), _place(field.end, edits, at_end=True))


def _place(place: int, edits: list[Edit], *, at_end: bool) -> int:
    """Where a boundary stands after the edits: words put in at it belong to neither side's field."""
    shift = 0
    for start, end, words in edits:
        if end < place or (end == place and (start < end or not at_end)):
            shift += len(words) - (end - start)
        else:
            break
    return place + shift


def _misread(lots: Chance, text: str) -> list[Edit]:
    """A letter or two read as others."""
    edits: list[Edit] = []
    for _ in range(lots.number(1, 3)):
        seen, read = lots.of(_LOOKALIKES)
        places = [place for place in range(len(text)) if text.startswith(seen, place)]
        if places:
            place = lots.of(places)
            edits.append((place, place + len(seen), read))
    return _apart(edits)


def _apart(edits: list[Edit]) -> list[Edit]:
    kept: list[Edit] = []
    for edit in sorted(edits):
        if not kept or edit[0] >= kept[-1][1]:
            kept.append(edit)
    return kept


def _inside(lots: Chance, text: str, wanted: Callable[[int], bool], most: int) -> list[int]:
    places = [place for place in range(1, len(text) - 1) if wanted(place)]
    return sorted(lots.few(places, lots.number(1, most)))


def _broken(lots: Chance, text: str) -> list[Edit]:
    """Words broken at a line's end, the hyphen kept with or without a blank."""
    ends = ("- ", "-", "¬ ", "\u00ad", "- ", "‐ ")

    def in_word(place: int) -> bool:
        return text[place - 2 : place + 2].isalpha() and len(text[place - 2 : place + 2]) == 4 and text[place].islower()

    return [(place, place, lots.of(ends)) for place in _inside(lots, text, in_word, 2)]


def _glued(lots: Chance, text: str) -> list[Edit]:
    """Blanks lost."""
    return [(place, place + 1, "") for place in _inside(lots, text, lambda place: text[place] == " ", 3)]


def _doubled(lots: Chance, text: str) -> list[Edit]:
    """Blanks too many."""
    return [
        (place, place + 1, lots.of(("  ", "   ", "\u00a0", " \u00a0")))
        for place in _inside(lots, text, lambda place: text[place] == " ", 4)
    ]


def _spaced(lots: Chance, text: str) -> list[Edit]:
    """Blanks before marks or inside words."""
    if lots.yes(0.5):
        return [
            (place, place, " ")
            for place in _inside(lots, text, lambda place: text[place] in ",;:.)" and text[place - 1] != " ", 5)
        ]
    return [
        (place, place, " ")
        for place in _inside(lots, text, lambda place: text[place].isalpha() and text[place - 1].isalpha(), 2)
    ]


def _bare(lots: Chance, text: str) -> list[Edit]:
    """Diacritics lost, all or some."""
    share = lots.of((1.0, 0.5))
    edits = []
    for place, mark in enumerate(text):
        plain = unicodedata.normalize("NFD", mark)[0]
        if plain != mark and plain.isalpha() and lots.yes(share):
            edits.append((place, place + 1, plain))
    return edits


def _decomposed(lots: Chance, text: str) -> list[Edit]:
    """Letters and their marks apart, as some PDFs have them."""
    apart = lots.of(("", " "))
    edits = []
    for place, mark in enumerate(text):
        parts = unicodedata.normalize("NFD", mark)
        if len(parts) == 2 and mark.isalpha():
            edits.append((place, place + 1, parts if not apart else parts[0] + parts[1]))
    return edits


def _unquoted(lots: Chance, text: str) -> list[Edit]:
    """Quotation marks lost or changed."""
    other = lots.of(("", "", '"', "'", "″", "``"))
    return [
        (place, place + 1, other)
        for place, mark in enumerate(text)
        if mark in _QUOTES and not text[place - 1 : place].isalpha()
    ]


def _dashed(lots: Chance, text: str) -> list[Edit]:
    """Dashes changed, all alike."""
    other = lots.of(("-", "–", "—", "--", " - ", "~", "­", "­–", "‑", "‒"))
    return [(place, place + 1, other) for place, mark in enumerate(text) if mark in _DASHES]


def _stops(lots: Chance, text: str) -> list[Edit]:
    """Full stops and commas lost."""
    return [(place, place + 1, "") for place in _inside(lots, text, lambda place: text[place] in ".,", 2)]


def _cased(lots: Chance, text: str) -> list[Edit]:
    """A word in capitals or small letters, as small capitals come out."""
    words = text.split(" ")
    index = lots.number(0, len(words) - 1)
    start = sum(len(word) + 1 for word in words[:index])
    word = words[index]
    changed = lots.of((word.upper(), word.lower(), word.swapcase()))
    return [(start, start + len(word), changed)] if len(changed) == len(word) > 0 else []


_SLIPS = (
    _misread,
    _misread,
    _broken,
    _broken,
    _glued,
    _doubled,
    _spaced,
    _bare,
    _decomposed,
    _unquoted,
    _dashed,
    _dashed,
    _stops,
    _cased,
)
