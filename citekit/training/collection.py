"""What the shipped model learns from: labelled strings of other projects, composed notes, rendered records."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from citekit.training.corpus import complete, read_examples
from citekit.training.example import Example
from citekit.training.grammar.cyrillic import cyrillic_notes
from citekit.training.grammar.east_asian import east_asian_notes
from citekit.training.grammar.further import further_notes
from citekit.training.grammar.mixed import mixed_notes
from citekit.training.grammar.notes import western_notes
from citekit.training.items import bank_items

__all__ = ["COMPOSED", "SEED", "collect", "composed"]

SEED = 1564

# At most so many of a file: one is of a single field of study, one of the notes on a single archive.
_MOST: Mapping[str, int] = {"linkedbooks-deep-train": 2500}

_RENDERED = 2_500
COMPOSED: Mapping[str, tuple[Callable[[int, int], Iterator[Example]], int]] = {
    "western": (western_notes, 13_000),
    "east-asian": (east_asian_notes, 3_100),
    "cyrillic": (cyrillic_notes, 2_300),
    "mixed": (mixed_notes, 2_500),
    "further": (further_notes, 2_600),
}
"""The grammars of notes, and how many of each the shipped model learned from."""


def composed(seed: int, share: float = 1.0) -> list[Example]:
    """Notes and entries composed from the bank, the same for a seed; `share` of the usual number."""
    return [example for compose, number in COMPOSED.values() for example in compose(seed, round(number * share))]


def collect(data: Path | None, *, seed: int = SEED) -> list[Example]:
    """All that a model is trained on, in the order of training.

    Args:
        data: a folder of labelled strings (`*.jsonl`, see `citekit.training.corpus`), with which works of the bank
            rendered by citation styles are learned from too; None for composed notes alone.
        seed: which are drawn, and in which order.

    Raises:
        CitekitError: a file is no file of labelled strings; or with `data`, pandoc or the styles are not installed.
    """
    chance = random.Random(seed)  # noqa: S311 - examples, no secrets
    found = composed(seed)
    if data is not None:
        from citekit.training.rendered import rendered

        found += rendered(bank_items(), seed=seed, count=_RENDERED)
    for path in sorted(data.glob("*.jsonl")) if data is not None else ():
        examples = [example for example in read_examples(path) if complete(example)]
        chance.shuffle(examples)
        found += examples[: _MOST.get(path.stem, len(examples))]
    chance.shuffle(found)
    return found
