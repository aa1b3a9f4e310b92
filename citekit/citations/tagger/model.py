"""The trained model: labels for the words and marks of a citation, with how sure it is.

The model is a linear-chain conditional random field (Lafferty, McCallum, Pereira 2001) in CRFsuite's format. It is
loaded when the first citation is read, once in a process.
"""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from citekit.citations.tagger.corrections import correction_features
from citekit.citations.tagger.features import features
from citekit.citations.tagger.tokens import Token, tokens
from citekit.errors import CitekitError
from citekit.model import Span

if TYPE_CHECKING:
    from pycrfsuite import Tagger

__all__ = ["MODEL_VARIABLE", "OUTSIDE", "SHIPPED", "Labelled", "label", "label_by", "using"]

MODEL_VARIABLE = "CITEKIT_MODEL"
"""Environment variable that names a model of the user's own (`citekit train --from`)."""
OUTSIDE = "O"
"""The label of words and marks that belong to no field."""
SHIPPED = Path(__file__).parents[2] / "models" / "citations.crfsuite.gz"
"""The model that comes with citekit; references/model/README.md is its card."""


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
    chance: object = None
    known: Sequence[str] = ()


def label(text: str, emphasis: Sequence[Span] = ()) -> Labelled:
    """Label the words of one citation, by the shipped model and, where there is one, by the user's corrections of it.

    Raises:
        CitekitError: a model cannot be read.
    """
    found = label_by(SHIPPED, text, emphasis)
    own = _own.get() or os.environ.get(MODEL_VARIABLE)
    if not own or not found.words:
        return found
    return _tagged(Path(own), found.words, correction_features(text, found.words, found.labels, found.sure))


@contextmanager
def using(own: Path) -> Iterator[None]:
    """Within it, citations are read with these corrections, whatever `CITEKIT_MODEL` says."""
    _tagger.cache_clear()  # a file of this name may have been another model before
    token = _own.set(os.fspath(own))
    try:
        yield
    finally:
        _own.reset(token)
        _tagger.cache_clear()


_own: ContextVar[str] = ContextVar("own", default="")


def label_by(path: Path, text: str, emphasis: Sequence[Span] = ()) -> Labelled:
    """The same by one model alone."""
    words = tokens(text)
    return _tagged(path, words, features(text, words, emphasis)) if words else Labelled((), (), ())


def _tagged(path: Path, words: Sequence[Token], rows: list[list[str]]) -> Labelled:
    tagger = _tagger(path)
    found = tagger.tag(rows)
    return Labelled(words, found, [tagger.marginal(name, place) for place, name in enumerate(found)], lambda p, n: tagger.marginal(n, p), tagger.labels())


_held: dict[Path, bytes] = {}  # CRFsuite reads from where the bytes are and keeps no hold on them


@cache
def _tagger(path: Path) -> Tagger:
    from pycrfsuite import Tagger

    tagger = Tagger()
    try:
        if path.suffix == ".gz":
            content = gzip.decompress(path.read_bytes())
            _held[path] = content
            tagger.open_inmemory(content)
        else:
            tagger.open(str(path))
    except (OSError, ValueError) as error:
        raise CitekitError(f"{path}: is no model of citekit ({error}); make one with citekit train") from error
    return tagger
