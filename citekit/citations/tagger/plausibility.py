"""What the model says of the rules' reading: whether it could be so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from citekit.citations.line import Line
from citekit.citations.tagger.model import OUTSIDE, Labelled, one_label

__all__ = ["Tolerance", "plausible"]

_IMPLAUSIBLE = 0.05  # less probable labels are objected to
_FEW = 8  # words: shorter forms of a citation ("Weber 1922, S. 3") are what rules know best
_IDLE = 3  # letters: "and", "von", "e" between two fields belong to either


@dataclass(frozen=True, slots=True)
class Tolerance:
    """What the model may have against a reading that is let stand.

    Attributes:
        least, share: how many words, or which share of them, it may object to; the more counts.
        complete: the share where the reading leaves no word over: rules that account for every word seldom err.
    """

    least: int
    share: float
    complete: float


def plausible(line: Line, read: Labelled, certain: Sequence[int], tolerance: Tolerance) -> bool:
    """Whether the model has little against the rules' labels.

    Args:
        line: what the rules labelled.
        read: what the model did.
        certain: 1 for each character whose label is beyond doubt.
        tolerance: how much is little.
    """
    names: dict[int, str] = {place: found.name for found in line.fields for place in range(found.start, found.end)}
    none_allowed = not (tolerance.least or tolerance.share or tolerance.complete)
    objections = words = left_over = 0
    for place, (start, end, identifier) in enumerate(read.words):
        if identifier or not line.text[start].isalnum() or certain[start]:
            continue
        words += 1
        name, other = names.get(start), read.labels[place]
        if name is None:
            left_out = not line.taken[start] and end - start > _IDLE
            left_over += left_out
            objections += left_out and other != OUTSIDE and read.sure[place] > 0.5
        elif one_label(name) != one_label(other):
            objections += read.probability(place, name, _IMPLAUSIBLE) < _IMPLAUSIBLE
        if objections and none_allowed:
            return False
    if tolerance.least and words < _FEW:
        return True
    return objections <= max(tolerance.least, (tolerance.share if left_over > 1 else tolerance.complete) * words)
