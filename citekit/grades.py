"""How sure a result is, as people read it: in three steps, with a figure of two places."""

from __future__ import annotations

from enum import IntEnum
from math import floor

from citekit.model import Citation

__all__ = ["FAIR", "SURE", "Grade", "figure", "grade", "sureness"]

FAIR = 0.5
"""Below it a field is as often wrong as right (references/model/README.md, how often a field is right)."""
SURE = 0.8
"""From it on six fields in seven are right (the same table)."""


class Grade(IntEnum):
    """How sure a result is, in three steps: so many can be told apart without a colour."""

    UNSURE = 1
    FAIR = 2
    SURE = 3

    @property
    def words(self) -> str:
        """The grade as it is said."""
        return {Grade.UNSURE: "unsure", Grade.FAIR: "fairly sure", Grade.SURE: "sure"}[self]

    @property
    def sign(self) -> str:
        """A sign that stands for it behind a citation; what is sure has none."""
        return {Grade.UNSURE: "?", Grade.FAIR: "~", Grade.SURE: ""}[self]


def grade(confidence: float) -> Grade:
    """The grade of a confidence from 0 to 1."""
    return Grade.SURE if confidence >= SURE else Grade.FAIR if confidence >= FAIR else Grade.UNSURE


def figure(confidence: float) -> str:
    """A confidence with two places, cut off: rounded up, an unsure one could read like the next grade."""
    return f"{floor(confidence * 100 + 1e-9) / 100:.2f}"


def sureness(citation: Citation) -> float:
    """How sure a citation is: of its fields and of the work that it was led to, whichever is less."""
    resolution = citation.resolution
    if resolution is None or not citation.works:
        return citation.confidence
    led = resolution.confidence if resolution.antecedent else 1.0  # a work of its own was not led anywhere
    return min(citation.confidence, led)
