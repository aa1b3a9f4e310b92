"""Candidate keys of titles that state a part or an instalment in words: it is no word of the title any more.

The keys are derived from what was read, so they are written anew as the matcher makes them today; `citekit check-store
--repair` does the same. Groups follow when their documents are next touched.

Revises: 0008
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_AT_ONCE = 1000


def upgrade() -> None:
    connection = op.get_bind()
    parts = set(connection.execute(sa.text("SELECT document_work_id FROM work_parts")).scalars())
    _write_anew(
        connection,
        "SELECT id, item FROM document_works",
        "candidate_keys",
        "document_work_id",
        lambda said: [said],
        parts,
    )
    _write_anew(
        connection,
        "SELECT citation_key_id, said FROM reserved_keys",
        "reserved_candidates",
        "citation_key_id",
        lambda said: said if isinstance(said, list) else [said],
        set(),
    )


def _write_anew(connection, query, table, column, items_of, left_out) -> None:  # noqa: PLR0917 - five words each
    from citekit.matching import candidate_keys

    connection.execute(sa.text(f"DELETE FROM {table}"))  # noqa: S608 - names of ours
    insert = sa.text(f"INSERT INTO {table} ({column}, key) VALUES (:id, :key)")  # noqa: S608 - names of ours
    rows = []
    for number, said in connection.execute(sa.text(query)).all():
        if number in left_out:
            continue
        keys = {key for item in items_of(json.loads(said)) for key in candidate_keys(item)}
        rows += [{"id": number, "key": key} for key in sorted(keys)]
        if len(rows) >= _AT_ONCE:
            connection.execute(insert, rows)
            rows = []
    if rows:
        connection.execute(insert, rows)


def downgrade() -> None:
    """Earlier versions make their candidate keys good with check-store --repair."""
