"""What a learned model says of a note's words: which of them belong to a citation, and where one begins.

The rules cut most notes for certain (see `segment`). Where a note holds sentences, a conditional random field over
its words (Lafferty, McCallum and Pereira 2001) decides whether what the rules took for a citation is one, and may
move its bounds. It learned from composed notes (`citekit.training.notes`): it knows the small words of French,
English, Italian, Spanish and German, and the shapes of all others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import accumulate
from typing import TYPE_CHECKING

from citekit.citations.prose import weight
from citekit.lexicon import concepts

if TYPE_CHECKING:
    import pycrfsuite

__all__ = ["BEGIN", "INSIDE", "OUTSIDE", "Reading", "features", "read", "tokens"]

BEGIN, INSIDE, OUTSIDE = "B", "I", "O"
_TOKEN = re.compile(r"[^\W\d_]+['’]|[^\W\d_]+|\d+|\.\.\.|[^\w\s]|_+")
_YEAR = re.compile(r"(?:1[4-9]|20)\d{2}")
_NEAR, _FAR = 12, 25  # words: how far verbs and years are counted
_LONGEST = 1200  # words; what follows is left to the rules


@cache
def _small_words() -> frozenset[str]:
    """The words that are features by themselves; of all others their shape and ending are."""
    listed = (concepts("stopwords"), concepts("prose"), concepts("signals"), concepts("short_forms"))
    return frozenset(
        token.lower()
        for category in listed
        for table in category.values()
        for group in table.values()
        for phrase in group
        for token in _TOKEN.findall(phrase)
        if token[0].isalpha()
    )


def tokens(text: str) -> list[re.Match[str]]:
    """The words, numbers and signs of a line, in order."""
    return list(_TOKEN.finditer(text))[:_LONGEST]


def _shape(word: str) -> str:
    if word[0].isdigit():
        return "year" if _YEAR.fullmatch(word) else f"d{min(len(word), 4)}"
    if not word[0].isalpha():
        return word
    if word.isupper():
        return "X" if len(word) == 1 else "XX"
    if word[0].isupper():
        return "Xx"
    return "x" if len(word) < 4 else "xx"


def features(words: Sequence[str]) -> list[list[str]]:
    """The features of each word: itself, its neighbours, the marks around it, verbs and years near it."""
    small = _small_words()
    lower = [word.lower().replace("'", "’") for word in words]
    shapes = [_shape(word) for word in words]
    names = [
        low if low in small or (len(low) < 5 and low[0].isalpha()) else "~" + low[-3:] if shape == "xx" else shape
        for low, shape in zip(lower, shapes, strict=True)
    ]
    pads = ["", "", *names, "", ""]
    outlines = ["", "", *shapes, "", ""]
    verbs = list(accumulate((weight(word.replace("'", "’")) for word in words), initial=0))
    years = list(accumulate((shape == "year" for shape in shapes), initial=0))
    commas = list(accumulate((word == "," for word in words), initial=0))
    quoted = bracketed = False
    found = []
    last = len(words)
    for place in range(last):
        word = words[place]
        if word in "«“„":
            quoted = True
        elif word == "(":
            bracketed = True
        before, here, behind = outlines[place + 1], outlines[place + 2], outlines[place + 3]
        near, ahead, far = max(0, place - _NEAR), min(last, place + _NEAR), min(last, place + _FAR)
        found.append(
            [
                "s=" + here,
                "w=" + pads[place + 2],
                f"q{quoted:d}{bracketed:d}",
                "-2w=" + pads[place],
                "-1w=" + pads[place + 1],
                "1w=" + pads[place + 3],
                "2w=" + pads[place + 4],
                "-2s=" + outlines[place],
                "2s=" + outlines[place + 4],
                f"s+={here}|{behind}",
                f"s-={before}|{here}",
                f"w-={pads[place + 1]}|{here}",
                f"s3={before}|{here}|{behind}",
                f"vb{min(2, (verbs[place] - verbs[near]) // 2)}",
                f"va{min(2, (verbs[ahead] - verbs[place]) // 2)}",
                f"ya{min(1, years[far] - years[place])}",
                f"yb{min(1, years[place] - years[max(0, place - _FAR)])}",
                f"ca{min(3, commas[ahead] - commas[place])}",
            ]
        )
        if word in "»”":
            quoted = False
        elif word == ")":
            bracketed = False
    return found


@cache
def _model() -> tuple[pycrfsuite.Tagger, bytes]:
    """The model, read when a note first needs it; CRFsuite reads from the bytes as long as it lives."""
    import pycrfsuite

    content = resources.files("citekit").joinpath("models/cutter.crf").read_bytes()
    tagger = pycrfsuite.Tagger()
    tagger.open_inmemory(content)
    return tagger, content


@dataclass(frozen=True, slots=True)
class Reading:
    """A line as the model reads it: the bounds of its words, and how likely each belongs to a citation.

    Attributes:
        starts, ends: places in the line, word by word.
        likely: the probability that the word is in a citation.
        labels: BEGIN, INSIDE or OUTSIDE, the likeliest sequence.
    """

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    likely: tuple[float, ...]
    labels: tuple[str, ...]

    def likelihood(self, start: int, end: int) -> float:
        """The mean over the words of a stretch; 1 where none was read."""
        inside = [
            share
            for first, last, share in zip(self.starts, self.ends, self.likely, strict=True)
            if start <= first and last <= end
        ]
        return sum(inside) / len(inside) if inside else 1.0

    def citations(self) -> list[tuple[int, int]]:
        """The bounds of the citations that the labels tell."""
        found: list[tuple[int, int]] = []
        running = False
        for start, end, label in zip(self.starts, self.ends, self.labels, strict=True):
            if label == OUTSIDE:
                running = False
            elif label == BEGIN or not running:
                found.append((start, end))
                running = True
            else:
                found[-1] = (found[-1][0], end)
        return found


def read(text: str) -> Reading:
    """Read a line with the model."""
    words = tokens(text)
    if not words:
        return Reading((), (), (), ())
    tagger, _ = _model()
    tagger.set(features([word.group() for word in words]))
    labels = tagger.tag()
    return Reading(
        tuple(word.start() for word in words),
        tuple(word.end() for word in words),
        tuple(1.0 - tagger.marginal(OUTSIDE, place) for place in range(len(words))),
        tuple(labels),
    )
