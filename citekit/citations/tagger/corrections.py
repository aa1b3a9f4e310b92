"""A user's own corrections over the shipped model: a second, small model that sees the first one's labels.

It learns where the first goes wrong in what this user reads, and leaves the rest as it is.
"""

from __future__ import annotations

from collections.abc import Sequence

from citekit.citations.tagger.tokens import Token

__all__ = ["correction_features"]

_DOUBT = 0.8  # below, a label is one that may be corrected


def correction_features(
    text: str, words: Sequence[Token], labels: Sequence[str], sure: Sequence[float]
) -> list[list[str]]:
    """What the second model sees of each word: the first one's labels around it, how sure they are, and the word."""
    size = len(words)
    lows = [text[start:end].lower() for start, end, _ in words]
    rows = []
    for place in range(size):
        before = labels[place - 1] if place else "<"
        behind = labels[place + 1] if place + 1 < size else "<"
        own = labels[place]
        doubt = "?" if sure[place] < _DOUBT else ""
        rows.append(
            [
                f"b={own}",
                f"b={own}{doubt}",
                f"b={before}|{own}|{behind}",
                f"w={lows[place]}",
                f"w={lows[place]}|{own}",
                f"-w={lows[place - 1] if place else '<'}|{own}",
                f"+w={lows[place + 1] if place + 1 < size else '<'}|{own}",
            ]
        )
    return rows
