"""Training the model that labels a citation's words."""

from __future__ import annotations

import os
import random
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from citekit.citations.tagger.features import features
from citekit.citations.tagger.tokens import tokens
from citekit.errors import CitekitError
from citekit.training.example import Example
from citekit.training.labels import labels
from citekit.training.variation import varied

__all__ = ["ITERATIONS", "fit"]

ITERATIONS = 100
_SEED = 1564
_L1, _L2 = 0.6, 0.02  # L1 makes most weights zero, and so the file small; docs/explanation/tagger.md has the trials
_RARE = 2  # features seen less often tell of their citation alone


def fit(
    examples: Iterable[Example],
    path: Path,
    *,
    iterations: int = ITERATIONS,
    progress: Callable[[int], None] | None = None,
) -> int:
    """Train a model and write it to `path`; the number of examples that it learned from.

    The same examples in the same order give the same file on the same machine with the same versions.

    Args:
        examples: citations whose fields are known.
        path: where the model goes; an earlier one is replaced once the new one is complete.
        iterations: of L-BFGS at most.
        progress: called with the number of the iteration.

    Raises:
        CitekitError: there is nothing to learn from, or the file cannot be written.
    """
    from pycrfsuite import BaseTrainer

    class Trainer(BaseTrainer):  # type: ignore[misc]
        """Reports each iteration."""

        def message(self, message: str) -> None:
            if progress and message.startswith("***** Iteration #"):
                progress(int(message.split("#")[1].split()[0]))

    trainer = Trainer()
    trainer.select("lbfgs")
    chance = random.Random(_SEED)  # noqa: S311 - examples, no secrets
    number = 0
    for example in examples:
        shown = varied(example, chance)
        words = tokens(shown.text)
        if words:
            trainer.append(features(shown.text, words, shown.emphasis), labels(shown, words))
            number += 1
    if not number:
        raise CitekitError("there is no citation to learn from; give some whose fields are labelled")
    trainer.set_params(
        {"c1": _L1, "c2": _L2, "max_iterations": iterations, "feature.minfreq": _RARE}
    )
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".training-") as folder:
            fresh = Path(folder) / path.name
            trainer.train(os.fspath(fresh))
            fresh.replace(path)
    except OSError as error:
        raise CitekitError(f"{path}: cannot be written ({error.strerror}); name another file") from error
    return number
