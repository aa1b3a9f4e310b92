"""Which document of the store a name means, and documents whose file has moved.

A document is known by its source. People name it as they named it when they added it, by the path that it has now, or
by the name that they gave it. Functions here take a connection and never commit.
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from sqlalchemy import Connection, bindparam, select, update

from citekit.errors import ReadError, StoreError
from citekit.store import documents, grouping, identity, tables
from citekit.store.report import DocumentReport, DocumentStatus

__all__ = ["free", "has_moved", "named", "require", "take_as_moved"]

_SUGGESTIONS = 3

_DOCUMENTS = tables.documents.c
_OF_VERSION = (
    select(_DOCUMENTS.id, _DOCUMENTS.source)
    .where(_DOCUMENTS.sha256 == bindparam("version"), _DOCUMENTS.kind == bindparam("kind"))
    .order_by(_DOCUMENTS.id)
)


def named(connection: Connection, name: str) -> str | None:
    """The source of the document of this name: its source itself, or a path to it; None where there is none."""
    if documents.find(connection, name) is not None:
        return name
    try:
        path = identity.source(name)
    except ReadError:
        return None
    return path if documents.find(connection, path) is not None else None


def free(connection: Connection, path: str, name: str) -> str:
    """A name for a file that the store does not know.

    Raises:
        ReadError: it knows the file by its path: under two names it would be two documents.
    """
    if documents.find(connection, identity.source(path)) is not None:
        raise ReadError(
            f"{path}: is in the store under its own path, and {name} is no document there; to give it this name, take "
            f"it out first (citekit remove {path})"
        )
    return name


def require(connection: Connection, name: str) -> int:
    """The row of the document of this name.

    Raises:
        StoreError: there is none; the message names those whose path ends so.
    """
    source = named(connection, name)
    known = documents.find(connection, source) if source is not None else None
    if known is None:
        raise StoreError(f"{name}: the store has no such document; {_remedy(connection, name)}")
    return known.id


def has_moved(connection: Connection, source: str, sha256: str, kind: str) -> tuple[int, str] | None:
    """The row and the source of the document that a new file is, which has moved; None where it is none."""
    if documents.find(connection, source) is not None:
        return None
    gone = [row for row in connection.execute(_OF_VERSION, {"version": sha256, "kind": kind}) if _is_gone(row.source)]
    return (gone[0].id, gone[0].source) if len(gone) == 1 else None


def take_as_moved(connection: Connection, path: str, source: str, sha256: str, kind: str) -> DocumentReport | None:
    """Take a new file for a document that has moved; None where it is none.

    It is one where the store has a document of the very same bytes whose own file is gone, and one alone.
    """
    found = has_moved(connection, source, sha256, kind)
    if found is None:
        return None
    document, former = found
    table = tables.documents.c
    connection.execute(update(tables.documents).where(table.id == document).values(source=source))
    connection.execute(update(tables.anchors).where(tables.anchors.c.source == former).values(source=source))
    works = tables.document_works.c
    # Among works that say the same, the source decides which comes first.
    grouping.regroup(
        connection, set(connection.execute(select(works.id).where(works.document_id == document)).scalars())
    )
    notes, citations, cited = documents.counts(connection, document)
    return DocumentReport(
        path,
        DocumentStatus.MOVED,
        notes=notes,
        citations=citations,
        works_known=cited,
        moved_from=former,
    )


def _is_gone(source: str) -> bool:
    """Whether a source is a file's path and no file is there; a name that the user gave is no path."""
    if source.startswith("file://"):
        return not os.path.lexists(os.fsencode(unquote(urlsplit(source).path, errors="surrogateescape")))
    return Path(source).is_absolute() and not os.path.lexists(source)


def _remedy(connection: Connection, name: str) -> str:
    table = tables.documents.c
    ending = Path(name).name
    sources = connection.execute(select(table.source).order_by(table.source)).scalars()
    near = [source for source in sources if Path(source).name == ending][:_SUGGESTIONS]
    return (
        f"did you mean {' or '.join(near)}?" if near else "name it as citekit add did, or by the path that show tells"
    )
