"""An older store is upgraded when it is opened, whole or not at all, and keeps what is in it."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from citekit.errors import NewerStoreError, StoreError
from citekit.store import Store, migration
from citekit.store import connection as opening

from . import reference_lines
from .conftest import Write
from .dump import dump, whole

Open = Callable[..., Store]

# The later revision makes the parent of all tables anew: with foreign keys on, this would empty its children.
LATER = """
import os, signal
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "9999", "{head}", None, None


def upgrade():
    op.create_table("shelves", sa.Column("id", sa.Integer, primary_key=True))
    with op.batch_alter_table("documents", recreate="always") as batch:
        batch.add_column(sa.Column("shelf", sa.Text(), nullable=False, server_default="archive"))
    {then}


def downgrade():
    op.drop_table("shelves")
"""


@pytest.fixture
def kept(open_store: Open, write: Write, tmp_path: Path) -> Path:
    with open_store() as store:
        store.add(write("essay.txt", "Yang, Jisheng; Mubei; 2007; p. 12\nIbid.; p. 14"))
    return tmp_path / "references.db"


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Makes this citekit a later one, whose newest revision ends with `then`."""

    def become(then: str = "pass") -> None:
        folder = tmp_path / "migrations"
        shutil.copytree(migration.migrations_folder(), folder, ignore=shutil.ignore_patterns("__pycache__"))
        (folder / "versions" / "9999_later.py").write_text(LATER.format(then=then, head=migration.HEAD))
        monkeypatch.setattr(migration, "migrations_folder", lambda: folder)
        monkeypatch.setattr(migration, "HEAD", "9999")
        monkeypatch.setattr("citekit.version.VERSION", "7.1")

    return become


def test_opening_an_older_store_upgrades_it_and_keeps_everything(
    kept: Path, later: Callable[..., None], open_store: Open
) -> None:
    before = dump(kept)
    later()
    with open_store() as store:
        (work,) = store.works()
        assert len(work.citations) == 2
    after = dump(kept)
    assert after.pop("shelves") == []
    assert [row[:-1] for row in after["documents"]] == before["documents"]
    unchanged = set(before) - {"documents", "alembic_version", "store_metadata"}
    assert {name: after[name] for name in unchanged} == {name: before[name] for name in unchanged}
    assert whole(kept)


def test_an_upgrade_that_fails_leaves_the_old_store(kept: Path, later: Callable[[str], None], open_store: Open) -> None:
    before = dump(kept)
    later("op.execute('INSERT INTO memberships VALUES (7, 8, 9)')")
    with pytest.raises(StoreError, match="refer to nothing after the upgrade"):
        open_store()
    assert dump(kept) == before


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork a process")
def test_an_upgrade_that_is_killed_leaves_the_old_store(
    kept: Path, later: Callable[[str], None], open_store: Open
) -> None:
    before = dump(kept)
    later("os.kill(os.getpid(), signal.SIGKILL)")
    child = os.fork()
    if child == 0:
        try:
            open_store()
        finally:
            os._exit(1)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    assert whole(kept)
    assert dump(kept) == before


def test_the_older_citekit_refuses_the_upgraded_store_and_names_the_later_one(
    kept: Path, later: Callable[..., None], open_store: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context():
        later()
        open_store().close()
    monkeypatch.undo()
    with pytest.raises(NewerStoreError, match=r"citekit 7\.1"):
        open_store()


def test_an_older_store_that_cannot_be_written_is_refused(
    kept: Path, later: Callable[..., None], open_store: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    later()
    monkeypatch.setattr(opening, "_writable", lambda path: False)
    with pytest.raises(StoreError, match="made by an earlier citekit and cannot be upgraded"):
        Store(kept, extract=reference_lines.extract)
