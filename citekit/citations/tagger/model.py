"""The trained model: labels for the words and marks of a citation, with how sure it is.

The model is a linear-chain conditional random field (Lafferty, McCallum, Pereira 2001) in CRFsuite's format. It is
loaded when the first citation is read, once in a process.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from citekit.citations.tagger.features import features
from citekit.citations.tagger.tokens import Token, tokens
from citekit.errors import CitekitError
from citekit.model import Span

if TYPE_CHECKING:
    from pycrfsuite import Tagger

__all__ = ["MODEL_VARIABLE", "OUTSIDE", "Labelled", "label", "model_path"]

MODEL_VARIABLE = "CITEKIT_MODEL"
"""Environment variable that names a model of the user's own (`citekit train`)."""
OUTSIDE = "O"
"""The label of words and marks that belong to no field."""
_SHIPPED = Path(__file__).parents[2] / "models" / "citations.crfsuite"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A citation's words and marks with their labels.

    Attributes:
        words: as `tokens` makes them.
        labels: one for each.
        sure: how probable each label is by the model, 0 to 1.
    """

    words: Sequence[Token]
    labels: Sequence[str]
    sure: Sequence[float]


def model_path() -> Path:
    """The model in use: the user's own where `CITEKIT_MODEL` names one, else the shipped one."""
    own = os.environ.get(MODEL_VARIABLE)
    return Path(own) if own else _SHIPPED


def label(text: str, emphasis: Sequence[Span] = ()) -> Labelled:
    """Label the words of one citation.

    Raises:
        CitekitError: the model that the user named cannot be read.
    """
    words = tokens(text)
    if not words:
        return Labelled((), (), ())
    tagger = _tagger(model_path())
    found = tagger.tag(features(text, words, emphasis))
    sure = [tagger.marginal(name, place) for place, name in enumerate(found)]
    return Labelled(words, found, sure)


@cache
def _tagger(path: Path) -> Tagger:
    from pycrfsuite import Tagger

    tagger = Tagger()
    try:
        tagger.open(str(path))
    except (OSError, ValueError) as error:
        raise CitekitError(
            f"{path}: is no model of citekit ({error}); make one with citekit train, or unset {MODEL_VARIABLE}"
        ) from error
    return tagger
