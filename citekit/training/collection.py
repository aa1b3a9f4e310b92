"""What the shipped model learns from: labelled strings of other projects, rendered records, composed notes."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from pathlib import Path

from citekit.training.corpus import read_examples
from citekit.training.example import Example

__all__ = ["SEED", "collected"]

SEED = 1564

# At most so many of a file: the largest is of one field of study, and half of it are shelfmarks of one archive.
_MOST: Mapping[str, int] = {"linkedbooks": 5000}
