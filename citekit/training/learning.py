"""Training the models that label a citation's words: the shipped one, and a user's corrections of it."""

from __future__ import annotations

import gzip
import math
import os
import random
import struct
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from citekit.citations.tagger.corrections import correction_features
from citekit.citations.tagger.features import features
from citekit.citations.tagger.model import SHIPPED, label_by
from citekit.citations.tagger.tokens import Token, tokens
from citekit.errors import CitekitError
from citekit.model import Span
from citekit.training.example import Example
from citekit.training.labels import labels
from citekit.training.variation import varied

__all__ = ["Features", "fit", "fit_corrections"]

_SEED = 1564
# L1 makes most weights zero, and so the file small; without L2 strangers are read worse. A feature that was seen once
# or twice or thrice tells of its citations alone.
_WHOLE = {"c1": 0.2, "c2": 3.0, "feature.minfreq": 4, "max_iterations": 80}
# Corrections are few, and each word of them counts.
_CORRECTIONS = {"c1": 0.05, "c2": 0.02, "feature.minfreq": 1, "max_iterations": 60}
_NOTHING = 0.01
_WEIGHT = 5  # how often a corrected string is shown beside those that must stay as they are

Rows = tuple[list[list[str]], list[str]]
"""Features of each word, and its label."""
Features = Callable[[str, Sequence[Token], Sequence[Span]], list[list[str]]]
"""What makes features of a citation's words and marks; its italics too."""


def fit(
    examples: Iterable[Example],
    path: Path,
    *,
    progress: Callable[[int, int], None] | None = None,
    seen: Features = features,
) -> int:
    """Train a model and write it to `path`, compressed where that ends in .gz; the number of examples.

    The same examples in the same order give the same file on the same machine with the same versions.

    Args:
        examples: citations whose fields are known.
        path: an earlier model there is replaced once the new one is complete.
        progress: called with the iteration and the most there can be.
        seen: what the model sees of each word.

    Raises:
        CitekitError: there is nothing to learn from, or the file cannot be written.
    """
    return _train(_rows(examples, seen), path, _WHOLE, progress)


def fit_corrections(
    corrected: Sequence[Example],
    others: Iterable[Example],
    path: Path,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Train the model that corrects the shipped one, and write it to `path`.

    Args:
        corrected: strings whose fields a user set right.
        others: strings that the second model shall read no worse than the first does.
        path: an earlier one is replaced.
        progress: as in `fit`.

    Raises:
        CitekitError: as in `fit`.
    """
    taught = [*_second_rows(corrected)]
    return _train([*taught * _WEIGHT, *_second_rows(others)] if taught else [], path, _CORRECTIONS, progress)


def _rows(examples: Iterable[Example], seen: Features) -> Iterator[Rows]:
    chance = random.Random(_SEED)  # noqa: S311 - examples, no secrets
    for example in examples:
        shown = varied(example, chance)
        words = tokens(shown.text)
        if words:
            yield seen(shown.text, words, shown.emphasis), labels(shown, words)


def _second_rows(examples: Iterable[Example]) -> Iterator[Rows]:
    for example in examples:
        first = label_by(SHIPPED, example.text, example.emphasis)
        if first.words:
            seen = correction_features(example.text, first.words, first.labels, first.sure)
            yield seen, labels(example, first.words)


def _train(
    rows: Iterable[Rows], path: Path, settings: Mapping[str, float], progress: Callable[[int, int], None] | None
) -> int:
    trainer = _trainer(int(settings["max_iterations"]), progress)
    number = 0
    for seen, wanted in rows:
        trainer.append(seen, wanted)
        number += 1
    if not number:
        raise CitekitError("there is no citation to learn from; give some whose fields are labelled")
    trainer.set_params(dict(settings))
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".training-") as folder:
            fresh = Path(folder) / "model"
            trainer.train(os.fspath(fresh))
            if path.suffix == ".gz":
                fresh.write_bytes(gzip.compress(_rounded(fresh.read_bytes()), 9, mtime=0))
            fresh.replace(path)
    except OSError as error:
        raise CitekitError(f"{path}: cannot be written ({error.strerror}); name another file") from error
    return number


def _rounded(model: bytes) -> bytes:
    """The model with weights of eight bits, the least of them zero: it says the same, and packs to half its size.

    CRFsuite's format (crf1d_model.c): at byte 28 stands where the chunk of features begins; it has a head of 12 bytes,
    the last four the number of features, each of which is three integers and a weight.
    """
    (place,) = struct.unpack_from("<I", model, 28)
    (number,) = struct.unpack_from("<I", model, place + 8)
    rounded = bytearray(model)
    for offset in range(place + 24, place + 12 + number * 20, 20):
        (weight,) = struct.unpack_from("<d", model, offset)
        fraction, exponent = math.frexp(weight)
        struct.pack_into(
            "<d", rounded, offset, math.ldexp(round(fraction * 256), exponent - 8) if abs(weight) > _NOTHING else 0.0
        )
    return bytes(rounded)


def _trainer(iterations: int, progress: Callable[[int, int], None] | None) -> Any:
    from pycrfsuite import BaseTrainer

    class Trainer(BaseTrainer):  # type: ignore[misc]
        """CRFsuite's, which tells of each iteration."""

        def message(self, message: str) -> None:
            if progress and message.startswith("***** Iteration #"):
                progress(int(message.split("#")[1].split(maxsplit=1)[0]), iterations)

    return Trainer("lbfgs")
