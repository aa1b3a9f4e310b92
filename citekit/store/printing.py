"""Works and notes as people print them, as methods of the store: the part of `Store` that `citekit.styles` needs."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Collection
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from citekit.model import Item
from citekit.store import reading

if TYPE_CHECKING:
    from citekit.styles.printed import PrintedNote

__all__ = ["Printing"]


class Printing(ABC):
    """Bibliographies and notes in any citation style; nothing of the store is changed."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]:
        """A transaction that reads."""

    def bibliography(
        self,
        style: str,
        *,
        to: str = "text",
        locale: str | None = None,
        keys: Collection[str] = (),
        document: str | os.PathLike[str] | None = None,
    ) -> bytes:
        """The works of `listed_works` as people print them, in any citation style: the bytes of a file.

        Args:
            style, to, locale: see `citekit.styles.bibliography`.
            keys, document: see `listed_works`.

        Raises:
            NoSuchWorkError: no work has one of the keys.
            FormatError: see `citekit.styles.bibliography`.
            StoreError: there is no store, it cannot be read, or has no such document.
        """
        from citekit import styles

        return styles.bibliography(self.listed_works(keys, document=document)[0], style, to=to, locale=locale)

    def listed_works(
        self, keys: Collection[str] = (), *, document: str | os.PathLike[str] | None = None
    ) -> tuple[list[Item], list[str]]:
        """What a bibliography lists, and the keys of the works that it cannot list: nobody cites them in full.

        Args:
            keys: only the works of these citation keys, in this order, whatever is known of them.
            document: only the works that this document cites.

        Raises:
            NoSuchWorkError: no work has one of the keys.
            StoreError: there is no store, it cannot be read, or has no such document.
        """
        from citekit.store import naming, note_reading

        with self._reading() as connection:
            if keys:
                works = list(dict.fromkeys(reading.require_work(connection, key) for key in keys))
                found = reading.items_of(connection, works)
                return [found[work] for work in works], []
            cited = None if document is None else naming.require(connection, os.fspath(document))
            items, incomplete = note_reading.listed_works(connection, cited)
            return list(items), incomplete

    def incomplete_works(self) -> list[str]:
        """The keys of the works that nobody cites in full: what short forms say, which may mean another work.

        Raises:
            StoreError: there is no store, or it cannot be read.
        """
        from citekit.store import note_reading

        with self._reading() as connection:
            return note_reading.incomplete_keys(connection)

    def printed_notes(self, document: str | os.PathLike[str]) -> tuple[list[PrintedNote], list[Item]]:
        """The notes of a document, with the works that their citations cite: what `citekit.styles.notes` sets anew.

        Raises:
            StoreError: there is no store, it cannot be read, or has no such document.
        """
        from citekit.store import naming, note_reading

        with self._reading() as connection:
            printed, items = note_reading.printed_notes(connection, naming.require(connection, os.fspath(document)))
        return printed, list(items)
