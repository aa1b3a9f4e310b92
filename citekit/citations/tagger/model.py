"""The trained model: labels for the words and marks of a citation, with how sure it is.

The model is a linear-chain conditional random field (Lafferty, McCallum, Pereira 2001) in CRFsuite's format. It is
loaded when the first citation is read, once in a process.
"""

from __future__ import annotations

import gzip
import os
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from citekit.citations.line import TaggedField
from citekit.citations.tagger.corrections import correction_features
from citekit.citations.tagger.features import features
from citekit.citations.tagger.tokens import Token, tokens
from citekit.errors import CitekitError
from citekit.model import Span

if TYPE_CHECKING:
    from pycrfsuite import ItemSequence, Tagger

__all__ = [
    "MODEL_VARIABLE", "OUTSIDE", "SHIPPED", "Labelled", "label", "label_by", "label_rows",
    "label_together", "one_label", "using",
]  # fmt: skip

MODEL_VARIABLE = "CITEKIT_MODEL"
"""Environment variable that names a model of the user's own (`citekit train --from`)."""
OUTSIDE = "O"
"""The label of words and marks that belong to no field."""
SHIPPED = Path(__file__).parents[2] / "models" / "citations.crfsuite.gz"
"""The model that comes with citekit; references/model/README.md is its card."""


_BY_RULE = 0.35
_Rows = list[list[str]]  # the features of each word of a citation


class _Model:
    """An open model, and the citation that it was given last."""

    def __init__(self, tagger: Tagger, held: bytes = b"") -> None:
        self._tagger = tagger
        self._held = held  # CRFsuite reads from where the bytes are and keeps no hold on them
        self._given: ItemSequence | None = None
        self._alike: dict[str, list[str]] = {}
        self.names: list[str] = tagger.labels()
        for name in self.names:
            self._alike.setdefault(one_label(name), []).append(name)

    def label(self, rows: ItemSequence) -> tuple[list[str], list[float]]:
        """The labels of words whose features are given, and how probable each is."""
        self._given = rows
        found = self._tagger.tag(rows)
        return found, [self._tagger.marginal(name, place) for place, name in enumerate(found)]

    def alike(self, name: str) -> Sequence[str]:
        """The labels that are compared under one name."""
        return self._alike.get(one_label(name), ())

    def probability(self, rows: ItemSequence, place: int, name: str) -> float:
        """How probable a label is for the word at `place` of a citation, which is given again if another was since."""
        if self._given is not rows:
            self._given = rows
            self._tagger.set(rows)
        return float(self._tagger.marginal(name, place))


@dataclass(frozen=True, slots=True, eq=False)
class Labelled:
    """A citation's words and marks with their labels; equal to itself alone.

    Attributes:
        words: as `tokens` makes them.
        labels: one for each.
        sure: how probable each label is by the model, 0 to 1.
        rows: the features of each.
        model: where the probabilities of other labels come from.
    """

    words: Sequence[Token]
    labels: Sequence[str]
    sure: Sequence[float]
    rows: ItemSequence | None = None
    model: _Model | None = None

    def probability(self, place: int, name: str, telling: float = 0.0) -> float:
        """How probable a field's name, unlike the word's own label, is for the word at `place`, by the model.

        What is less probable than `telling` need not be told apart from 0.
        """
        if self.model is None or 1 - self.sure[place] < telling:
            return 0.0
        return sum(self.model.probability(self.rows, place, known) for known in self.model.alike(name))

    def without(self, name: str, place: int) -> tuple[str, float]:
        """The most probable label but one for the word at `place`, and how probable it is; the same without a model."""
        if self.model is None:
            return self.labels[place], self.sure[place]
        others = ((self.model.probability(self.rows, place, known), known) for known in self.model.names)
        sure, label = max(one for one in others if one[1] != name)
        return label, sure

    def judged(self, found: TaggedField) -> TaggedField:
        """A field with the probability of its least probable word; identifiers are certain.

        A rule that contradicts the model settles what that has seldom seen, and is as sure as such rules are right.
        """
        like = one_label(found.name)
        sure = 1.0
        for place in range(bisect_left(self.words, (found.start,)), len(self.words)):
            _, end, identifier = self.words[place]
            if end > found.end:
                break
            name = self.labels[place]
            if not identifier and name != OUTSIDE:
                alike = name == found.name or one_label(name) == like
                sure = min(
                    sure, self.sure[place] if alike else max(_BY_RULE, self.probability(place, found.name, _BY_RULE))
                )
        return TaggedField(found.name, found.start, found.end, sure)


# Fields that the model's labels do not tell apart: what tells them apart is read later, or drawn differently by each.
_LIKE = {
    "locator": "page", "issue": "volume", "number": "volume", "collection-number": "volume",
    "archive_location": "archive", "event-title": "container-title", "original-date": "issued", "accessed": "issued",
    "archive-date": "issued", "contributor": "author", "translator": "author", "editor": "author",
    "original-title": "title", "translated-title": "title", "original-publisher": "publisher",
    "original-publisher-place": "publisher-place", "number-of-volumes": "volume",
}  # fmt: skip


def one_label(name: str) -> str:
    """The name under which fields are compared that are labelled differently by different hands."""
    return _LIKE.get(name, name)


def label(text: str, emphasis: tuple[Span, ...] = ()) -> Labelled:
    """Label the words of one citation, by the shipped model and, where there is one, by the user's corrections of it.

    Raises:
        CitekitError: a model cannot be read.
    """
    found = _together.get().get((text, emphasis)) or label_by(SHIPPED, text, emphasis)
    own = _own.get() or os.environ.get(MODEL_VARIABLE)
    if not own or not found.words:
        return found
    return _tagged(Path(own), found.words, correction_features(text, found.words, found.labels, found.sure))


@contextmanager
def label_together(citations: Iterable[tuple[str, tuple[Span, ...]]]) -> Iterator[None]:
    """Within it, these citations (words and emphasis) are labelled already.

    The model is megabytes, and so is what reads the fields: by turns each pushes the other out of the processor's
    memory, which takes a fiftieth of the time.
    """
    token = _together.set({one: _labelled(SHIPPED, *one) for one in citations})
    try:
        yield
    finally:
        _together.reset(token)


_together: ContextVar[Mapping[tuple[str, tuple[Span, ...]], Labelled]] = ContextVar("together", default={})  # noqa: B039


@contextmanager
def using(own: Path) -> Iterator[None]:
    """Within it, citations are read with these corrections, whatever `CITEKIT_MODEL` says."""
    label_by.cache_clear()
    _model.cache_clear()  # a file of this name may have been another model before
    token = _own.set(os.fspath(own))
    try:
        yield
    finally:
        _own.reset(token)
        _model.cache_clear()
        label_by.cache_clear()


_own: ContextVar[str] = ContextVar("own", default="")


@lru_cache(maxsize=1)  # asked again for the same words at once
def label_by(path: Path, text: str, emphasis: tuple[Span, ...] = ()) -> Labelled:
    """The same by one model alone."""
    return _labelled(path, text, emphasis)


def _labelled(path: Path, text: str, emphasis: tuple[Span, ...]) -> Labelled:
    words = tokens(text)
    return _tagged(path, words, features(text, words, emphasis))


def _tagged(path: Path, words: Sequence[Token], rows: _Rows) -> Labelled:
    if not rows:
        return Labelled((), (), ())
    from pycrfsuite import ItemSequence

    model, given = _model(path), ItemSequence(rows)
    return Labelled(words, *model.label(given), given, model)


def label_rows(path: Path, rows: _Rows) -> tuple[Sequence[str], Sequence[float]]:
    """The labels of words whose features are given, and how probable each is."""
    from pycrfsuite import ItemSequence

    return _model(path).label(ItemSequence(rows))


@cache
def _model(path: Path) -> _Model:
    from pycrfsuite import Tagger

    tagger, held = Tagger(), b""
    try:
        if path.suffix == ".gz":
            held = gzip.decompress(path.read_bytes())
            tagger.open_inmemory(held)
        else:
            tagger.open(str(path))
    except (OSError, ValueError) as error:
        raise CitekitError(f"{path}: is no model of citekit ({error}); make one with citekit train") from error
    return _Model(tagger, held)
