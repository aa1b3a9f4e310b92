"""Reserved keys: what the work of a key said that nothing cites any more, so that the key comes back with it.

Of the works that were gone before, nothing is known any more; their keys stay reserved as they were.

Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reserved_keys",
        sa.Column("citation_key_id", sa.Integer(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("decided", sa.Boolean(), nullable=False),
        sa.Column("heir_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["citation_key_id"],
            ["citation_keys.id"],
            name=op.f("fk_reserved_keys_citation_key_id_citation_keys"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["heir_id"],
            ["citation_keys.id"],
            name=op.f("fk_reserved_keys_heir_id_citation_keys"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("citation_key_id", name=op.f("pk_reserved_keys")),
    )
    op.create_index(op.f("ix_reserved_keys_heir_id"), "reserved_keys", ["heir_id"], unique=False)
    op.create_table(
        "reserved_candidates",
        sa.Column("citation_key_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["citation_key_id"],
            ["reserved_keys.citation_key_id"],
            name=op.f("fk_reserved_candidates_citation_key_id_reserved_keys"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("citation_key_id", "key", name=op.f("pk_reserved_candidates")),
    )
    op.create_index(op.f("ix_reserved_candidates_key"), "reserved_candidates", ["key"], unique=False)
    # BibTeX takes keys that differ in case alone for one; so they are looked for without regard to it.
    op.execute('CREATE INDEX ix_citation_keys_folded ON citation_keys ("key" COLLATE "NOCASE")')


def downgrade() -> None:
    op.drop_index(op.f("ix_citation_keys_folded"), table_name="citation_keys")
    op.drop_index(op.f("ix_reserved_candidates_key"), table_name="reserved_candidates")
    op.drop_table("reserved_candidates")
    op.drop_index(op.f("ix_reserved_keys_heir_id"), table_name="reserved_keys")
    op.drop_table("reserved_keys")
