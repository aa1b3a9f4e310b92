"""The trained model: labels for the words and marks of a citation, with how sure it is.

The model is a linear-chain conditional random field (Lafferty, McCallum, Pereira 2001) in CRFsuite's format. It is
loaded when the first citation is read, once in a process.
"""

from __future__ import annotations

import gzip
import os
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
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
    from pycrfsuite import Tagger

__all__ = [
    "MODEL_VARIABLE", "OUTSIDE", "SHIPPED", "TOGETHER", "Labelled", "label", "label_by", "label_rows",
    "label_together", "one_label", "using",
]  # fmt: skip

MODEL_VARIABLE = "CITEKIT_MODEL"
"""Environment variable that names a model of the user's own (`citekit train --from`)."""
OUTSIDE = "O"
"""The label of words and marks that belong to no field."""
SHIPPED = Path(__file__).parents[2] / "models" / "citations.crfsuite.gz"
"""The model that comes with citekit; references/model/README.md is its card."""


_BY_RULE = 0.35
TOGETHER = 64
"""How many citations are labelled one after the other at most."""


@dataclass(frozen=True, slots=True, eq=False)
class Labelled:
    """A citation's words and marks with their labels; equal to itself alone.

    Attributes:
        words: as `tokens` makes them.
        labels: one for each.
        sure: how probable each label is by the model, 0 to 1.
        tagger: where the probabilities of other labels come from, until another citation is read.
    """

    words: Sequence[Token]
    labels: Sequence[str]
    sure: Sequence[float]
    tagger: Tagger | None = None

    def probability(self, place: int, name: str) -> float:
        """How probable a field's name is for the word at `place`, by the model."""
        if self.tagger is None:
            return 0.0
        return float(sum(self.tagger.marginal(known, place) for known in _labels_like(self.tagger, one_label(name))))

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
                sure = min(sure, self.sure[place] if alike else max(_BY_RULE, self.probability(place, found.name)))
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


@cache
def _labels_like(tagger: Tagger, name: str) -> Sequence[str]:
    """The labels of a model that are compared under one name."""
    return tuple(known for known in tagger.labels() if one_label(known) == name)


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
def label_together(citations: Sequence[tuple[str, tuple[Span, ...]]]) -> Iterator[None]:
    """Within it, these citations (words and emphasis), `TOGETHER` at most, are labelled already.

    The model is megabytes, and so is what reads the fields: by turns each pushes the other out of the processor's
    memory, which takes a sixth of the time.
    """
    found = {}
    for (text, emphasis), tagger in zip(citations, _taggers(SHIPPED), strict=False):
        if words := tokens(text):
            found[text, emphasis] = _labelled(tagger, words, features(text, words, emphasis))
    token = _together.set(found)
    try:
        yield
    finally:
        _together.reset(token)


_together: ContextVar[Mapping[tuple[str, tuple[Span, ...]], Labelled]] = ContextVar("together", default={})  # noqa: B039


@contextmanager
def using(own: Path) -> Iterator[None]:
    """Within it, citations are read with these corrections, whatever `CITEKIT_MODEL` says."""
    label_by.cache_clear()
    _tagger.cache_clear()  # a file of this name may have been another model before
    token = _own.set(os.fspath(own))
    try:
        yield
    finally:
        _own.reset(token)
        _tagger.cache_clear()
        label_by.cache_clear()


_own: ContextVar[str] = ContextVar("own", default="")


@lru_cache(maxsize=1)  # asked again for the same words at once; the tagger still knows their probabilities then
def label_by(path: Path, text: str, emphasis: tuple[Span, ...] = ()) -> Labelled:
    """The same by one model alone."""
    words = tokens(text)
    return _tagged(path, words, features(text, words, emphasis)) if words else Labelled((), (), ())


def _tagged(path: Path, words: Sequence[Token], rows: list[list[str]]) -> Labelled:
    return _labelled(_tagger(path), words, rows)


def _labelled(tagger: Tagger, words: Sequence[Token], rows: list[list[str]]) -> Labelled:
    found = tagger.tag(rows)
    return Labelled(words, found, [tagger.marginal(name, place) for place, name in enumerate(found)], tagger)


def label_rows(path: Path, rows: list[list[str]]) -> tuple[Sequence[str], Sequence[float]]:
    """The labels of words whose features are given, and how probable each is."""
    labelled = _tagged(path, (), rows)
    return labelled.labels, labelled.sure


_held: dict[Path, bytes] = {}  # CRFsuite reads from where the bytes are and keeps no hold on them


@cache
def _tagger(path: Path) -> Tagger:
    return _opened(path)


@cache
def _taggers(path: Path) -> tuple[Tagger, ...]:
    """As many: each knows the probabilities of the citation that it labelled last."""
    return tuple(_opened(path) for _ in range(TOGETHER))


def _opened(path: Path) -> Tagger:
    from pycrfsuite import Tagger

    tagger = Tagger()
    try:
        if path.suffix == ".gz":
            if path not in _held:
                _held[path] = gzip.decompress(path.read_bytes())
            tagger.open_inmemory(_held[path])
        else:
            tagger.open(str(path))
    except (OSError, ValueError) as error:
        raise CitekitError(f"{path}: is no model of citekit ({error}); make one with citekit train") from error
    return tagger
