"""How well fields are read: word by word, against examples whose fields are known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from citekit.citations.line import TaggedField
from citekit.training.example import Example

__all__ = ["Scores", "score", "word_labels"]

_CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
_WORD = re.compile(f"[{_CJK}]|(?:(?![{_CJK}])[^\\W_])+")
# Projects draw these lines differently: an extent and the place cited, volume and issue, a shelfmark's parts.
_FOLDED = {
    "locator": "page", "issue": "volume", "number": "volume", "archive_location": "archive", "archive-date": "accessed",
    "original-title": "title", "translated-title": "title", "translator": "editor", "event-title": "container-title",
}  # fmt: skip


@dataclass(slots=True)
class Scores:
    """Counts of words by field, and of whole citations.

    Attributes:
        right, read, said: by field: words read rightly, words read, words that the examples say.
        whole: citations in which every labelled word was read rightly.
        citations: all that have a labelled word.
    """

    right: Counter[str] = field(default_factory=Counter)
    read: Counter[str] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)
    whole: int = 0
    citations: int = 0

    def f1(self, name: str) -> float:
        """F1 of a field."""
        return _f1(self.right[name], self.read[name], self.said[name])

    @property
    def micro(self) -> float:
        """F1 over the words of all fields."""
        return _f1(self.right.total(), self.read.total(), self.said.total())

    @property
    def share_whole(self) -> float:
        """The share of citations without any wrong word."""
        return self.whole / self.citations if self.citations else 0.0


def _f1(right: int, read: int, said: int) -> float:
    return 2 * right / (read + said) if read + said else 0.0


def word_labels(text: str, fields: Iterable[TaggedField]) -> dict[int, str]:
    """The field of each labelled word, by the word's place."""
    found: dict[int, str] = {}
    for each in fields:
        name = _FOLDED.get(each.name, each.name)
        for match in _WORD.finditer(text, each.start, each.end):
            found.setdefault(match.start(), name)
    return found


def score(examples: Sequence[Example], read: Sequence[Iterable[TaggedField]]) -> Scores:
    """Compare what was read with what the examples say; words that an example leaves unlabelled do not count."""
    scores = Scores()
    known = {_FOLDED.get(each.name, each.name) for example in examples for each in example.fields} - {"note"}
    for example, fields in zip(examples, read, strict=True):
        wanted = word_labels(example.text, example.fields)
        found = word_labels(example.text, fields)
        right = True
        counted = False
        for place, name in wanted.items():
            if name == "note":
                continue
            counted = True
            scores.said[name] += 1
            taken = found.get(place)
            if taken in known:
                scores.read[str(taken)] += 1
            if taken == name:
                scores.right[name] += 1
            else:
                right = False
        scores.citations += counted
        scores.whole += counted and right
    return scores
