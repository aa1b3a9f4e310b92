"""Decisions of the user, the citations that they are anchored to, and what the machine alone would do.

Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # By hand: a column can be added and dropped in place, and a batch operation would make the table anew.
    op.execute("ALTER TABLE documents ADD COLUMN kind TEXT DEFAULT 'document' NOT NULL")
    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("undone_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
    )
    op.create_table(
        "anchors",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("behind", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("citation_id", sa.Integer(), nullable=True),
        sa.Column("fit", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["citation_id"], ["citations.id"], name=op.f("fk_anchors_citation_id_citations"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_anchors")),
    )
    op.create_index(op.f("ix_anchors_citation_id"), "anchors", ["citation_id"], unique=False)
    op.create_index(op.f("ix_anchors_source"), "anchors", ["source"], unique=False)
    op.create_table(
        "anchor_keys",
        sa.Column("anchor_id", sa.Integer(), nullable=False),
        sa.Column("citation_key_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["anchor_id"], ["anchors.id"], name=op.f("fk_anchor_keys_anchor_id_anchors"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["citation_key_id"],
            ["citation_keys.id"],
            name=op.f("fk_anchor_keys_citation_key_id_citation_keys"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("anchor_id", "citation_key_id", name=op.f("pk_anchor_keys")),
    )
    op.create_index(op.f("ix_anchor_keys_citation_key_id"), "anchor_keys", ["citation_key_id"], unique=False)
    op.create_table(
        "event_anchors",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("side", sa.Integer(), nullable=False),
        sa.Column("anchor_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["anchor_id"], ["anchors.id"], name=op.f("fk_event_anchors_anchor_id_anchors"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_event_anchors_event_id_events"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("event_id", "position", name=op.f("pk_event_anchors")),
    )
    op.create_index(op.f("ix_event_anchors_anchor_id"), "event_anchors", ["anchor_id"], unique=False)
    op.create_table(
        "work_parts",
        sa.Column("document_work_id", sa.Integer(), nullable=False),
        sa.Column("whole_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_work_id"],
            ["document_works.id"],
            name=op.f("fk_work_parts_document_work_id_document_works"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["whole_id"], ["document_works.id"], name=op.f("fk_work_parts_whole_id_document_works"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("document_work_id", name=op.f("pk_work_parts")),
    )
    op.create_index(op.f("ix_work_parts_whole_id"), "work_parts", ["whole_id"], unique=False)
    op.create_table(
        "machine_keys",
        sa.Column("document_work_id", sa.Integer(), nullable=False),
        sa.Column("home_id", sa.Integer(), nullable=False),
        sa.Column("citation_key_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["citation_key_id"],
            ["citation_keys.id"],
            name=op.f("fk_machine_keys_citation_key_id_citation_keys"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["document_work_id"],
            ["document_works.id"],
            name=op.f("fk_machine_keys_document_work_id_document_works"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["home_id"], ["citation_keys.id"], name=op.f("fk_machine_keys_home_id_citation_keys"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("document_work_id", name=op.f("pk_machine_keys")),
    )
    op.create_index(op.f("ix_machine_keys_citation_key_id"), "machine_keys", ["citation_key_id"], unique=False)
    op.create_index(op.f("ix_machine_keys_home_id"), "machine_keys", ["home_id"], unique=False)
    # Until now all groups were the machine's.
    op.execute(
        "INSERT INTO machine_keys (document_work_id, home_id, citation_key_id) "
        "SELECT memberships.document_work_id, memberships.citation_key_id, works.citation_key_id "
        "FROM memberships JOIN works ON works.id = memberships.work_id"
    )


def downgrade() -> None:
    # What was divided is whole again, in the group of its first part; foreign keys are off, so children go by hand.
    op.execute(
        "INSERT INTO memberships (document_work_id, work_id, citation_key_id) "
        "SELECT work_parts.whole_id, memberships.work_id, memberships.citation_key_id "
        "FROM work_parts JOIN memberships ON memberships.document_work_id = work_parts.document_work_id "
        "WHERE work_parts.document_work_id IN (SELECT min(document_work_id) FROM work_parts GROUP BY whole_id)"
    )
    op.execute(
        "UPDATE citation_works SET document_work_id = (SELECT whole_id FROM work_parts "
        "WHERE work_parts.document_work_id = citation_works.document_work_id) "
        "WHERE document_work_id IN (SELECT document_work_id FROM work_parts)"
    )
    for table, column in (("memberships", "document_work_id"), ("candidate_keys", "document_work_id")):
        op.execute(f"DELETE FROM {table} WHERE {column} IN (SELECT document_work_id FROM work_parts)")  # noqa: S608
    op.execute("DELETE FROM document_works WHERE id IN (SELECT document_work_id FROM work_parts)")
    op.execute("DELETE FROM works WHERE id NOT IN (SELECT work_id FROM memberships)")
    op.drop_index(op.f("ix_machine_keys_home_id"), table_name="machine_keys")
    op.drop_index(op.f("ix_machine_keys_citation_key_id"), table_name="machine_keys")
    op.drop_table("machine_keys")
    op.drop_index(op.f("ix_work_parts_whole_id"), table_name="work_parts")
    op.drop_table("work_parts")
    op.drop_index(op.f("ix_event_anchors_anchor_id"), table_name="event_anchors")
    op.drop_table("event_anchors")
    op.drop_index(op.f("ix_anchor_keys_citation_key_id"), table_name="anchor_keys")
    op.drop_table("anchor_keys")
    op.drop_index(op.f("ix_anchors_source"), table_name="anchors")
    op.drop_index(op.f("ix_anchors_citation_id"), table_name="anchors")
    op.drop_table("anchors")
    op.drop_table("events")
    op.execute("ALTER TABLE documents DROP COLUMN kind")
