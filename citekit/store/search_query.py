"""The query language: words that must all be there, "phrases", the beginnings of words*, and -words to leave out.

What a user types is never SQLite's own language: it is read here, and the expression for SQLite is written from words
that hold letters and digits alone, so that no query can be wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from citekit.store.search_text import PlacedWord, fold

__all__ = ["Query", "Term", "read_query"]

_QUOTES = '"“”„«»「」『』'
_CHUNK = re.compile(
    rf"(?P<sign>(?<!\S)-)?(?:[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)[{_QUOTES}]?|(?P<word>[^\s{_QUOTES}]+))"
)


@dataclass(frozen=True, slots=True)
class Term:
    """Words that must follow each other; the last may be the beginning of a longer one.

    Attributes:
        words: in the spelling of `citekit.store.search_text.fold`, at least one.
        prefix: whether the last is a beginning only ("famin*").
    """

    words: tuple[str, ...]
    prefix: bool = False

    def places(self, words: Sequence[PlacedWord]) -> Iterator[tuple[int, int]]:
        """Where in a text the term stands: the code points it covers."""
        size = len(self.words)
        for index, first in enumerate(words[: len(words) - size + 1]):
            if self._begins(first.word, 0) and all(
                self._begins(words[index + place].word, place) for place in range(1, size)
            ):
                yield first.start, words[index + size - 1].end

    def _begins(self, word: str, place: int) -> bool:
        wanted = self.words[place]
        return word == wanted or (self.prefix and place == len(self.words) - 1 and word.startswith(wanted))

    def expression(self) -> str:
        """The term in FTS5's language (https://www.sqlite.org/fts5.html, section 3)."""
        return f'"{" ".join(self.words)}"' + " *" * self.prefix


@dataclass(frozen=True, slots=True)
class Query:
    """What is to be found: all of `wanted`, none of `unwanted`."""

    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()

    def expression(self, columns: str | None = None, *, without: str | None = None, some: str | None = None) -> str:
        """The query in FTS5's language; `wanted` must not be empty.

        Args:
            columns: names of the columns in which all wanted terms must be, None for all columns.
            some: names of columns in which one wanted term at least must be.
            without: names of the columns in which an unwanted term excludes a record; as `columns` where None.
        """
        wanted = _in(columns, " AND ".join(term.expression() for term in self.wanted))
        if some is not None:
            wanted = f"({wanted}) AND ({_in(some, ' OR '.join(term.expression() for term in self.wanted))})"
        if not self.unwanted:
            return wanted
        unwanted = _in(without or columns, " OR ".join(term.expression() for term in self.unwanted))
        return f"({wanted}) NOT ({unwanted})"

    def holds(self, words: Sequence[PlacedWord]) -> bool:
        """Whether a text has all that is wanted and nothing of what is not."""
        return all(any(term.places(words)) for term in self.wanted) and not any(
            any(term.places(words)) for term in self.unwanted
        )


def _in(columns: str | None, expression: str) -> str:
    return f"{{{columns}}} : ({expression})" if columns else expression


def read_query(text: str) -> Query:
    """Read a query as typed; signs that are no words are passed over, each term is taken once.

    "Saint-Simon" and a run of Chinese are phrases of their parts. A quotation that is not closed goes to the end.
    """
    wanted: dict[Term, None] = {}
    unwanted: dict[Term, None] = {}
    for match in _CHUNK.finditer(text):
        typed = match["phrase"] if match["phrase"] is not None else match["word"]
        words = tuple(fold(typed).split())
        if words:
            term = Term(words, prefix=match["phrase"] is None and len(typed) > 1 and typed.endswith("*"))
            (unwanted if match["sign"] else wanted)[term] = None
    return Query(tuple(wanted), tuple(unwanted))
