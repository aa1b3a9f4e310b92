"""How well the reader does on strings whose fields are known, and how far its confidence can be trusted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from citekit.citations.line import TaggedField
from citekit.training.example import Example
from citekit.training.scoring import Scores, score, word_labels

__all__ = ["Reliability", "evaluate", "read_fields", "reliability"]

_BINS = 10


@dataclass(frozen=True, slots=True)
class Reliability:
    """Fields whose confidence lies between two numbers: how many, how sure on average, how many right.

    Attributes:
        low, high: bounds of the confidence.
        fields: how many.
        said: their mean confidence.
        right: the share of those all of whose words were read rightly.
    """

    low: float
    high: float
    fields: int
    said: float
    right: float


def read_fields(example: Example) -> tuple[TaggedField, ...]:
    """What citekit reads in an example."""
    from citekit.citations.fields import tag

    return tag(example.text, example.emphasis, None)


def evaluate(examples: Sequence[Example]) -> dict[str, Scores]:
    """Scores by source, in the order of the sources' names."""
    by_source: dict[str, list[Example]] = {}
    for example in examples:
        by_source.setdefault(example.source, []).append(example)
    return {
        source: score(listed, [read_fields(example) for example in listed])
        for source, listed in sorted(by_source.items())
    }


def reliability(examples: Iterable[Example]) -> list[Reliability]:
    """A table of confidence against truth, by tenths of confidence; tenths without fields are left out.

    Only fields of labelled words count: sources leave some words unlabelled.
    """
    number: Counter[int] = Counter()
    sure: Counter[int] = Counter()
    right: Counter[int] = Counter()
    for example in examples:
        wanted = word_labels(example.text, example.fields)
        for field in read_fields(example):
            found = word_labels(example.text, [field])
            judged = [name == wanted[place] for place, name in found.items() if place in wanted]
            if judged:
                tenth = min(_BINS - 1, int(field.sure * _BINS))
                number[tenth] += 1
                sure[tenth] += field.sure  # type: ignore[assignment]
                right[tenth] += all(judged)
    return [
        Reliability(
            tenth / _BINS, (tenth + 1) / _BINS, number[tenth], sure[tenth] / number[tenth], right[tenth] / number[tenth]
        )
        for tenth in sorted(number)
    ]
