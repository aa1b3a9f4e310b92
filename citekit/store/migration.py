"""The schema of a store: made, upgraded, or refused.

Alembic takes a fifth of a second to import, so an up-to-date store is told by one query and never loads it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, select, text
from sqlalchemy.dialects.sqlite import insert

from citekit import version
from citekit.errors import NewerStoreError, NotAStoreError, StoreError
from citekit.store.tables import store_metadata

if TYPE_CHECKING:
    from alembic.config import Config

__all__ = [
    "HEAD",
    "configuration",
    "downgrade",
    "is_newer",
    "migrations_folder",
    "refuse_foreign",
    "refuse_newer",
    "revision",
    "upgrade",
]

HEAD = "0009"
"""The newest revision in `migrations/versions`; a test holds it."""


def migrations_folder() -> Path:
    """Where the revisions lie: inside an installed package, else in the checkout beside it.

    Raises:
        StoreError: when they are in neither place.
    """
    package = Path(version.__file__).parent
    for folder in (package / "_migrations", package.parent / "migrations"):
        if (folder / "env.py").is_file():
            return folder
    raise StoreError(f"{package / '_migrations'}: the migrations of the store are missing; install citekit again")


def revision(connection: Connection, path: Path) -> str | None:
    """The revision of the open database, None where it holds nothing yet.

    Raises:
        NotAStoreError: when its tables are not those of a citekit store.
    """
    tables = set(connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars())
    if not tables:
        return None
    refuse_foreign(tables, path)
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def refuse_foreign(tables: set[str], path: Path) -> None:
    """Refuse a file whose tables are another program's.

    Raises:
        NotAStoreError: when there are tables, and not those of a citekit store.
    """
    if tables and not {"alembic_version", store_metadata.name} <= tables:
        raise NotAStoreError(f"{path}: is an SQLite file of another program, not a citekit store; name another file")


def refuse_newer(connection: Connection, path: Path, found: str) -> None:
    """Refuse a revision that this citekit does not know.

    Raises:
        NewerStoreError: naming the version that can open it.
    """
    if not is_newer(found):
        return
    stamped = select(store_metadata.c.value).where(store_metadata.c.name == "citekit_version")
    maker = connection.execute(stamped).scalar_one_or_none() or "a later version"
    if maker == version.VERSION:  # between two releases the schema goes on under one number
        raise NewerStoreError(
            f"{path}: was made or upgraded by a later development version of citekit {maker}; install the "
            "newest, or the one that made it"
        )
    raise NewerStoreError(
        f"{path}: was made or upgraded by citekit {maker}, and this is {version.VERSION}; install citekit {maker}"
    )


def is_newer(found: str | None) -> bool:
    """Whether a revision is none that this citekit knows."""
    if found in (None, HEAD):
        return False
    from alembic.script import ScriptDirectory

    known = ScriptDirectory(str(migrations_folder()))
    return found not in {script.revision for script in known.walk_revisions()}


def configuration(connection: Connection) -> Config:
    """Alembic's configuration for running on `connection`."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def upgrade(connection: Connection, path: Path, *, to: str = "head") -> None:
    """Bring the schema to a later revision, inside the caller's transaction, foreign keys off.

    Raises:
        StoreError: when a row of the upgraded store refers to nothing; the caller rolls back.
    """
    from alembic import command

    command.upgrade(configuration(connection), to)
    _check_references(connection, path)
    if inspect(connection).has_table(store_metadata.name):
        row = {"name": "citekit_version", "value": version.VERSION}
        stamp = insert(store_metadata).values(row)
        connection.execute(stamp.on_conflict_do_update(index_elements=["name"], set_={"value": row["value"]}))


def downgrade(connection: Connection, path: Path, *, to: str) -> None:
    """Bring the schema back to an earlier revision ("base": to nothing), as `upgrade` does.

    Raises:
        StoreError: as `upgrade`.
    """
    from alembic import command

    command.downgrade(configuration(connection), to)
    _check_references(connection, path)


def _check_references(connection: Connection, path: Path) -> None:
    broken = connection.execute(text("PRAGMA foreign_key_check")).all()
    if broken:
        raise StoreError(
            f"{path}: {len(broken)} rows refer to nothing after the upgrade (first: {broken[0]}); "
            "the store was left as it was"
        )
