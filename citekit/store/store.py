"""The store as a library and the command line use it: the only place that commits."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from sqlalchemy import Connection

from citekit.ahead import Jobs, Reading, Readings
from citekit.errors import FormatError, ReadError, StoreError
from citekit.model import Extraction, Item
from citekit.store import backup, identity, migration, reading, recovery, relation_reading
from citekit.store import connection as opening
from citekit.store.archiving import Archiving
from citekit.store.batches import Batch, Waiting
from citekit.store.connection import Access, begin_reading, begin_writing, store_errors
from citekit.store.copy_keeping import CopyKeeping
from citekit.store.curation import Curation
from citekit.store.link_keeping import LinkKeeping
from citekit.store.printing import Printing
from citekit.store.reading import StoredCitation, StoredWork
from citekit.store.relation_reading import Relation
from citekit.store.report import AddReport, DocumentReport, DocumentStatus, RemovalReport
from citekit.store.search import DEFAULT_KINDS, Filters, Kind, Results, search

if TYPE_CHECKING:
    from citekit.readers import PageRanges
    from citekit.store.importing import ImportReport

__all__ = ["Store"]

_BUSY_TIMEOUT = 10.0  # seconds; one document of a thousand notes takes well under one
_WORKS_AT_ONCE = 400  # held in memory together; one IN (...) of SQLite takes 999 values at least


class Store(Curation, LinkKeeping, CopyKeeping, Archiving, Printing):
    """A reference store: documents, all that was found in them, and each work that they cite once.

    A file is made when the first document is added. Use it as a context manager, or `close` it; it belongs to the
    thread that opened it. Several processes may use one store at the same time.

        with citekit.open("references.db") as store:
            report = store.add("thesis.txt", "article.md")
            print(store.export("biblatex"))
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        extract: Callable[..., Extraction],
        create: bool = True,
        busy_timeout: float = _BUSY_TIMEOUT,
    ) -> None:
        """Open the store at `path`; where there is none yet, `add` will make it.

        Args:
            path: the store's file.
            extract: reads a document, named by a path or an address; takes `pages` where some alone are asked for.
            create: whether `add` may make a store that is not there.
            busy_timeout: seconds to wait for another process that is writing.

        Raises:
            NotAStoreError: something else is at `path`.
            NewerStoreError: a later citekit made it.
            StoreLockedError: it needs an upgrade and another process holds it.
            StoreError: it cannot be opened, is damaged, or is not there and may not be made.
        """
        self._path = Path(path)
        self._extract = extract
        self._create = create
        self._busy_timeout = busy_timeout
        self._connection: Connection | None = None
        self._can_write = True
        self._closed = False
        self._thread = threading.get_ident()
        with store_errors(self._path):
            if not opening.is_empty(self._path):
                self._open()
        if self._connection is None and not create:
            raise self._missing()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """The store's file."""
        return self._path

    def close(self) -> None:
        """Write everything back into the one file and let go of it; closing twice does nothing."""
        self._closed = True
        if self._connection is not None:
            opening.close(self._connection)
            self._connection = None

    def add(
        self,
        *paths: str | os.PathLike[str],
        source: str | None = None,
        pages: PageRanges | None = None,
        jobs: Jobs = 1,
        progress: Callable[[str], None] | None = None,
        report: Callable[[DocumentReport], None] | None = None,
    ) -> AddReport:
        """Read documents and keep what is found in them.

        A document is known by its source (absolute path or address) and its version by the digest of its bytes: the
        same version again changes nothing, another one replaces the former. One that cannot be read is reported and
        leaves the store as it was; the others go on. Each is kept whole or not at all, and what was reported is kept,
        whatever stops `add` (an interrupt, a full disk, a kill); what was read within a second is written together.

        Args:
            paths: files or addresses.
            source: what the one document of `paths` is known by, instead of its path or address: any name, or the path
                that it had before it moved, absolute or as it was named then in this folder.
            pages: the only pages to read of the one document of `paths`, a PDF. The document is these pages then: added
                with other pages, or whole, it is another version of itself.
            jobs: how many processes may be at work, or these, perhaps started before: while this one writes, one fewer
                reads. What the store comes to hold does not depend on it.
            progress: called with each path when its turn comes.
            report: called with what became of each document, as soon as it is kept or was refused.

        Raises:
            StoreLockedError: another process was writing for longer than the busy timeout.
            StoreError: the store cannot be written, `source` or `pages` is given for several documents, or `source`
                cannot be kept.
        """
        self._check_writable()
        named = [os.fspath(path) for path in paths]
        known_as = identity.given(source, len(named)) if source is not None else None
        if pages is not None and len(named) != 1:
            raise StoreError(f"pages {pages}: are those of one document, and {len(named)} were named; add it alone")
        extract = partial(self._extract, pages=pages) if pages is not None else self._extract
        reports: list[DocumentReport] = []

        def tell(document: DocumentReport) -> None:
            reports.append(document)
            if report is not None:
                report(document)

        readings = Readings(named, extract, jobs=jobs, is_new=partial(self._is_new, known_as=known_as, pages=pages))
        with readings, Batch(self._keep, tell, readings.beside_writing) as batch:
            for path, read in readings:
                if batch.is_full or not read.comes_within(batch.patience):
                    batch.write()
                if progress is not None:
                    progress(path)
                with store_errors(self._path):
                    batch.append(self._read(path, known_as, pages, read, before_move=batch.write))
        return AddReport(tuple(reports))

    def remove(self, *names: str | os.PathLike[str]) -> tuple[RemovalReport, ...]:
        """Take documents, or imported bibliographies, out of the store, all of them or none.

        The works that nobody else cites go, and their keys stay reserved. What was decided stays, and finds its
        citations again when the document is added again: that brings back what there was, keys included.

        Args:
            names: paths (the files may be gone), or the names that the documents are known by.

        Raises:
            StoreLockedError: another process was writing for longer than the busy timeout.
            StoreError: the store has no such document, or cannot be written.
        """
        from citekit.store import naming, removing  # load the matcher, which reading a store does without

        with self._changing() as connection:
            rows = [naming.require(connection, os.fspath(name)) for name in names]
            return tuple(removing.remove(connection, row) for row in dict.fromkeys(rows))

    def import_records(
        self,
        *paths: str | os.PathLike[str],
        format: str | None = None,  # noqa: A002 - the word that users know
    ) -> tuple[ImportReport, ...]:
        """Read bibliographies and keep their records as works, each file in a transaction of its own.

        A record joins the work that it means, and brings its own citation key along where no other work has that key.
        The same version of a file again changes nothing, another one replaces the former.

        Args:
            paths: files in the formats of `citekit.formats`.
            format: a name of `citekit.formats.FORMATS`, where the files do not say it by name or content.

        Raises:
            StoreLockedError: another process was writing for longer than the busy timeout.
            StoreError: the store cannot be written.
        """
        self._check_writable()
        reports = []
        for path in [os.fspath(path) for path in paths]:
            with store_errors(self._path):
                reports.append(self._import(path, format))
        return tuple(reports)

    def works(self) -> Iterator[StoredWork]:
        """All works in the order of their keys, each with every citation of it.

        They are read a few hundred at a time; what another process adds meanwhile may be among the later ones.

        Raises:
            StoreError: there is no store, or it cannot be read.
        """
        after = ""
        while True:
            with self._reading() as connection:
                found = reading.batch(connection, after=after, size=_WORKS_AT_ONCE)
            yield from found
            if len(found) < _WORKS_AT_ONCE:
                return
            after = found[-1].key

    def work(self, key: str) -> StoredWork:
        """The work of a citation key; a key whose work has been found to be another one's leads there.

        Raises:
            NoSuchWorkError: no work has this key; its message names near ones.
            StoreError: there is no store, or it cannot be read.
        """
        with self._reading() as connection:
            return reading.work_with_key(connection, key)

    def context(self, citation: StoredCitation, width: int = 160) -> tuple[str, str]:
        """The words before and behind a citation in its document, at most `width` code points each.

        Raises:
            StoreError: there is no store, or it cannot be read.
        """
        with self._reading() as connection:
            return reading.context(connection, citation, width)

    def search(
        self,
        query: str,
        *,
        kinds: Collection[Kind] = DEFAULT_KINDS,
        filters: Filters | None = None,
        limit: int = 20,
    ) -> Results:
        """The works and documents (or citations, notes) that hold all words of `query`, best first.

        Args:
            query: words, "phrases", beginnings of words* and -words to leave out; may be empty where there are filters.
            kinds: what is looked for.
            filters: what is asked for beside words.
            limit: the most hits of each kind.

        Raises:
            StoreError: there is no store, or it cannot be read.
        """
        with self._reading() as connection:
            return search(connection, query, kinds=kinds, filters=filters, limit=limit)

    def relations(self, key: str) -> tuple[Relation, ...]:
        """How a work belongs together with others: the relations from it and to it, each with the citation saying so.

        Raises:
            NoSuchWorkError: no work has this key; its message names near ones.
            StoreError: there is no store, or it cannot be read.
        """
        with self._reading() as connection:
            return relation_reading.relations_of(connection, reading.require_work(connection, key))

    def export(
        self,
        format: str,  # noqa: A002 - the word that users know
        *,
        only: Collection[str] | None = None,
        keys: str | Mapping[str, str] | None = None,
    ) -> str:
        """All works as a bibliography in one of the formats of `citekit.formats`.

        Args:
            format: its name.
            only: the keys of the works that are wanted; works that their entries refer to come along.
            keys: what other keys works have in this bibliography: a pattern, or these keys by those that they have.

        Raises:
            FormatError: citekit does not write this format, or `keys` is no pattern.
            StoreError: there is no store, or it cannot be read.
        """
        from citekit import formats
        from citekit.store import exporting, key_patterns

        with self._reading() as connection:
            items: list[Item] = exporting.with_present_keys(connection, reading.all_items(connection))
            related = relation_reading.all_relations(connection)
            new = key_patterns.by_pattern(connection, keys) if isinstance(keys, str) else keys
        if only is not None:
            items = exporting.chosen(items, only)
        stated = [(relation.kind.value, relation.work, relation.target) for relation in related]
        if new is not None:
            items = exporting.with_keys(items, new)
            stated = [(kind, new.get(work, work), new.get(target, target)) for kind, work, target in stated]
        return formats.dumps(formats.with_relations(items, stated, format), format)

    def export_imported(self, path: str | os.PathLike[str]) -> bytes:
        """An imported .bib file again: untouched entries byte for byte, with the fields that were edited since.

        Raises:
            FormatError: its bytes cannot be given back.
            StoreError: there is no store, it cannot be read, or it has imported no such file.
        """
        from citekit.store import returning

        with self._reading() as connection:
            return returning.returned(connection, os.fspath(path))

    def _is_new(self, path: str, *, known_as: str | None, pages: PageRanges | None) -> bool:
        """Whether a document is likely to be read when its turn comes."""
        if self._connection is None or known_as is not None:
            return True
        try:
            source, version = identity.source(path), identity.version(identity.digest(path), pages)
        except (ReadError, OSError):
            return False
        if version is None:
            return True
        from citekit.store import adding

        with store_errors(self._path), begin_reading(self._connection) as connection:
            return not adding.has(connection, source, version)

    def _read(
        self,
        path: str,
        known_as: str | None,
        pages: PageRanges | None,
        read: Reading,
        *,
        before_move: Callable[[], None],
    ) -> DocumentReport | Waiting:
        """A document read, to be written; or what became of it where nothing is to be written."""
        from citekit.store import adding, naming  # load the matcher, which reading a store does without

        try:
            source, version = known_as or identity.source(path), identity.version(identity.digest(path), pages)
            if self._connection is not None and known_as is not None:
                with begin_reading(self._connection) as connection:
                    source = naming.named(connection, known_as) or naming.free(connection, path, known_as)
            if version is not None and self._connection is not None:
                with begin_reading(self._connection) as connection:
                    unchanged = adding.unchanged(connection, path, source, version)
                if unchanged is not None:
                    return unchanged
                if known_as is None and (moved := self._moved(path, source, version, before_move)):
                    return moved
            extraction = adding.read(path, read)
        except (ReadError, OSError) as error:
            return DocumentReport(path, DocumentStatus.FAILED, error=" ".join(str(error).split()))
        version = identity.version(extraction.document.sha256, pages) or version or ""
        return Waiting(path, source, version, extraction)

    def _keep(self, documents: Sequence[Waiting]) -> list[DocumentReport]:
        """Write documents that were read, all or none."""
        from citekit.store import adding

        with store_errors(self._path), begin_writing(self._writable()) as connection:
            return [
                # Asked again behind the lock: another process may have added it meanwhile.
                adding.unchanged(connection, document.path, document.source, document.version)
                or adding.keep(connection, document.path, document.source, document.version, document.extraction)
                for document in documents
            ]

    def _moved(self, path: str, source: str, sha256: str, before: Callable[[], None]) -> DocumentReport | None:
        from citekit.store import naming

        with begin_reading(self._writable()) as connection:
            if not naming.has_moved(connection, source, sha256, "document"):
                return None
        before()
        with begin_writing(self._writable()) as connection:
            return naming.take_as_moved(connection, path, source, sha256, "document")

    def _import(self, path: str, format: str | None) -> ImportReport:  # noqa: A002 - as above
        from citekit.store import importing  # loads the matcher, which reading a store does without

        try:
            bibliography = importing.read(path, format)
            if not bibliography.records:
                error = f"{path}: holds no record that could be read; check the file and its format"
                found = bibliography.diagnostics
                return importing.ImportReport(path, DocumentStatus.FAILED, error=error, diagnostics=found)
            with begin_writing(self._writable()) as connection:
                return (
                    importing.unchanged(connection, bibliography)
                    or importing.moved(connection, bibliography)
                    or importing.keep(connection, bibliography)
                )
        except (ReadError, FormatError) as error:
            return importing.ImportReport(path, DocumentStatus.FAILED, error=" ".join(str(error).split()))

    def _check_writable(self) -> None:
        """Refuse before a long document is read rather than behind it."""
        self._check_open()
        if self._connection is None and not self._create:
            raise self._missing()
        if not self._can_write:
            raise StoreError(
                f"{self._path}: the store is read-only here; copy it to a folder that you can write to and work there"
            )
        if self._connection is None and not os.access(self._path.parent, os.W_OK):
            raise StoreError(f"{self._path}: no store can be made in a read-only folder; name another place")

    def _check_open(self) -> None:
        if self._closed:
            raise StoreError(f"{self._path}: the store was closed; open it again")
        if threading.get_ident() != self._thread:
            raise StoreError(f"{self._path}: was opened in another thread; open one Store in each thread")

    def _missing(self) -> StoreError:
        return StoreError(f"{self._path}: there is no store at this place; make one with citekit add")

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        self._check_open()
        with store_errors(self._path):
            if self._connection is None and not opening.is_empty(self._path):
                self._open()  # another process has made it since
            if self._connection is None:
                raise self._missing()
            with begin_reading(self._connection) as connection:
                yield connection

    @contextmanager
    def _changing(self) -> Iterator[Connection]:
        """A transaction that changes a store that is there; a decision makes none."""
        self._check_open()
        with store_errors(self._path):
            if self._connection is None and not opening.is_empty(self._path):
                self._open()  # another process has made it since
            if self._connection is None:
                raise self._missing()
            self._check_writable()
            with begin_writing(self._connection) as connection:
                yield connection

    def _writable(self) -> Connection:
        if self._connection is None:
            self._upgrade(Access.CREATE)
            self._open()
        if self._connection is None or not self._can_write:
            raise StoreError(f"{self._path}: the store was taken away while it was being made; try again")
        return self._connection

    def _open(self) -> None:
        """Open the file that is there; an SQLite file without any table is a store that is yet to be made."""
        migration.refuse_foreign(opening.table_names(self._path) or set(), self._path)
        unclean = recovery.left_unclean(self._path)
        connection, can_write = opening.open_existing(self._path, busy_timeout=self._busy_timeout)
        try:
            with begin_reading(connection):
                revision = migration.revision(connection, self._path)
                if unclean:
                    recovery.check_whole(connection, self._path)
                if revision not in (None, migration.HEAD):
                    migration.refuse_newer(connection, self._path, revision)
        except BaseException:
            opening.close(connection)
            raise
        if revision == migration.HEAD:
            self._connection, self._can_write = connection, can_write
            return
        opening.close(connection)
        if revision is not None:
            if not can_write:
                raise StoreError(
                    f"{self._path}: was made by an earlier citekit and cannot be upgraded where it is read-only; "
                    "copy it to a folder that you can write to"
                )
            self._upgrade(Access.WRITE)
            self._open()

    def _upgrade(self, access: Access) -> None:
        """Make or upgrade the schema in one transaction, on an engine of its own without foreign keys."""
        connection = opening.connect(self._path, access, busy_timeout=self._busy_timeout, foreign_keys=False)
        try:
            with begin_writing(connection):
                # Another program may have made the file meanwhile, or another citekit upgraded it.
                found = migration.revision(connection, self._path)
                if found not in (None, migration.HEAD):
                    backup.announce(self._path, backup.before_migration(self._path, migration.HEAD))
                migration.upgrade(connection, self._path)
        finally:
            opening.close(connection)
