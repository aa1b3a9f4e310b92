"""What a user decides about works, as methods of the store: the part of `Store` that keeps decisions."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from citekit.errors import StoreError
from citekit.store import reading
from citekit.store.reading import StoredCitation

if TYPE_CHECKING:
    from citekit.store.deciding import Outcome
    from citekit.store.duplicates import Duplicate, Explanation
    from citekit.store.history import Decision
    from citekit.store.statements import Conflict, FieldStatements
    from citekit.store.using import Used

__all__ = ["Curation"]


class Curation(ABC):
    """Decisions and what they rest on. Each decision is one transaction, and `undo` takes it back exactly.

    All methods raise StoreError where there is no store, or it cannot be read, and those that decide StoreLockedError
    where another process was writing for longer than the busy timeout.
    """

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]:
        """A transaction that reads."""

    @abstractmethod
    def _changing(self) -> AbstractContextManager[Connection]:
        """A transaction that changes a store that is there."""

    def merge(self, keys: Iterable[str]) -> Outcome:
        """Decide that works are one. It carries the oldest of their keys; the others lead to it.

        Args:
            keys: citation keys of at least two works.

        Raises:
            NoSuchWorkError: a key leads to no work.
            StoreError: they are one work already.
        """
        from citekit.store import deciding  # loads the matcher, which reading a store does without

        if isinstance(keys, str):
            raise StoreError(f"merge: {keys!r} is one citation key; give a list of at least two")
        with self._changing() as connection:
            return deciding.merge(connection, list(keys))

    def split(self, key: str, citations: Iterable[int | StoredCitation]) -> Outcome:
        """Decide that some citations of a work are of another one, which gets a key of its own.

        Args:
            key: the work's citation key; the rest keeps it.
            citations: citations of `StoredWork.citations`, or their numbers there, from 1.

        Raises:
            NoSuchWorkError: the key leads to no work.
            StoreError: one is no citation of the work; or none, or all, were named.
        """
        from citekit.store import deciding

        with self._changing() as connection:
            return deciding.split(connection, key, citations)

    def apart(self, key: str, other: str) -> Outcome:
        """Decide that two works are not the same, whatever is cited later.

        Raises:
            NoSuchWorkError: a key leads to no work.
            StoreError: both lead to one work (which `split` parts).
        """
        from citekit.store import deciding

        with self._changing() as connection:
            return deciding.apart(connection, key, other)

    def later(self, key: str, other: str) -> Outcome:
        """Decide later whether two works are one: they come last among `duplicates`.

        Raises:
            NoSuchWorkError: a key leads to no work.
            StoreError: both lead to one work.
        """
        from citekit.store import deciding

        with self._changing() as connection:
            return deciding.later(connection, key, other)

    def duplicates(
        self,
        key: str | None = None,
        *,
        document: str | os.PathLike[str] | None = None,
        least: float = 0.2,
        vetoed: bool = False,
        progress: Callable[[int], None] | None = None,
    ) -> list[Duplicate]:
        """Works that may be one and about which nothing was decided: the surest first, postponed ones last.

        Args:
            key: only pairs with the work of this citation key.
            document: only pairs with a work that this document (or imported bibliography) cites: a path, or the name
                that it is known by. However large the store, only what these works may be is compared.
            least: the least probability that they are one.
            vetoed: the pairs instead that would be one work but for a veto (another edition, a name of other letters).
            progress: called now and then with how many works were compared.

        Raises:
            NoSuchWorkError: the key leads to no work.
            StoreError: the store has no such document.
        """
        from citekit.store import duplicates, naming

        with self._reading() as connection:
            row = None if document is None else naming.require(connection, os.fspath(document))
            return duplicates.probable(connection, key=key, document=row, least=least, vetoed=vetoed, progress=progress)

    def why(self, key: str, other: str) -> Explanation:
        """Why the works of two keys are one or are not: evidence, vetoes, probability, and your decisions.

        Raises:
            NoSuchWorkError: a key leads to no work.
            StoreError: one key was named twice.
        """
        from citekit.store import duplicates

        with self._reading() as connection:
            return duplicates.explain(connection, key, other)

    def edit(self, key: str, field: str, value: object) -> Outcome:
        """Decide what a field of a work says; no citation and no program changes it any more.

        Args:
            key: the work's citation key.
            field: a CSL variable, or `archive-url`, `archive-date`, `url-status`, `translated-title`, `edtf`.
            value: text ("Family, Given; …" for names, EDTF for dates), a value in CSL's shape, or None: no such field.

        Raises:
            NoSuchWorkError: the key leads to no work.
            StoreError: there is no such field, or the value does not fit it.
        """
        from citekit.store import deciding

        with self._changing() as connection:
            return deciding.edit(connection, key, field, value)

    def rename(self, key: str, new: str) -> Outcome:
        """Decide which citation key a work has; the former key leads to it as well.

        Raises:
            NoSuchWorkError: the key leads to no work.
            StoreError: the new key cannot be written in a bibliography, or is or was another work's.
        """
        from citekit.store import deciding

        with self._changing() as connection:
            return deciding.rename(connection, key, new)

    def key_pattern(self) -> str | None:
        """The pattern by which works that come get their keys; None where it is citekit's own."""
        from citekit.store import key_patterns

        with self._reading() as connection:
            return key_patterns.kept(connection)

    def set_key_pattern(self, pattern: str | None) -> None:
        """Keep a pattern (docs/reference/key-patterns.md) for the keys of works that come; None: citekit's own keys.

        Keys that works have stay as they are.

        Raises:
            FormatError: it is no pattern.
        """
        from citekit.store import key_patterns

        with self._changing() as connection:
            key_patterns.keep(connection, pattern)

    def keys_by_pattern(self, pattern: str) -> dict[str, str]:
        """The key that a pattern gives each work, by the key that it has; nothing is changed.

        Raises:
            FormatError: it is no pattern.
        """
        from citekit.store import key_patterns

        with self._reading() as connection:
            return key_patterns.by_pattern(connection, pattern)

    def rename_by_pattern(self, pattern: str) -> list[tuple[str, str]]:
        """Give each work the key that a pattern makes, all or none, each as a decision; the former keys lead to it.

        Keys that the user gave one by one stay.

        Returns:
            The former and the new key of each work that has another one now.

        Raises:
            FormatError: it is no pattern.
        """
        from citekit.store import key_patterns

        with self._changing() as connection:
            return key_patterns.rename_all(connection, pattern)

    def used(self, path: str | os.PathLike[str]) -> Used:
        """The works that a manuscript cites: a document of the store, else a file by the keys that it has.

        Args:
            path: LaTeX, `.aux`, `.bcf`, Markdown, Word, OpenDocument; or what a document of the store is known by.

        Raises:
            ReadError: the store has no such document, and the file cannot be read.
        """
        from dataclasses import replace

        from citekit.manuscripts import cited_in, has_keys
        from citekit.store import using

        name = os.fspath(path)
        with self._reading() as connection:
            known = using.used_by_document(connection, name)
        if known is not None and not (has_keys(name) and os.path.lexists(name)):
            return known
        cited = cited_in(name)
        with self._reading() as connection:
            if cited.everything:
                keys = [str(item["id"]) for item in reading.all_items(connection)]
                return using.Used({key: key for key in keys}, diagnostics=cited.diagnostics)
            found = using.used(connection, cited.keys, cited.items, cited.doubtful)
        works = {**(known.works if known else {}), **found.works}
        return replace(found, works=works, diagnostics=cited.diagnostics)

    def undo(self, n: int = 1) -> list[Decision]:
        """Take back the last `n` decisions that are in force, all of them or (where there are fewer) none.

        Returns:
            The decisions, in the order in which they were taken back.

        Raises:
            StoreError: fewer than `n` are in force.
        """
        from citekit.store import deciding, history

        with self._changing() as connection:
            undone = [entry.id for entry in deciding.undo(connection, n)]
            by_id = {decision.id: decision for decision in history.history(connection)}
        return [by_id[number] for number in undone]

    def history(self) -> list[Decision]:
        """All decisions in the order in which they were made, those that were undone among them."""
        from citekit.store import history

        with self._reading() as connection:
            return history.history(connection)

    def statements(self, key: str, field: str) -> FieldStatements:
        """All that was said about a field of a work, the chosen value, and why it was chosen.

        Raises:
            NoSuchWorkError: the key leads to no work.
            StoreError: there is no such field.
        """
        from citekit.store import statements

        with self._reading() as connection:
            return statements.of_field(connection, key, field)

    def conflicts(self, field: str | None = None) -> Iterator[Conflict]:
        """Fields on which the sources of a work disagree, work by work in the order of their keys.

        Spelling is no disagreement, nor is saying less; a field that the user set is settled.

        Args:
            field: this field alone.

        Raises:
            StoreError: there is no such field.
        """
        from citekit.store import statements

        after: str | None = ""
        while after is not None:
            with self._reading() as connection:
                found, after = statements.conflicts(connection, after=after, field=field)
            yield from found
