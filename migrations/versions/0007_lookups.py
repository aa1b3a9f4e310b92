"""Lookups: which archived copy was the closest to the day that a citation states, when archives were asked.

Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lookups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("wanted", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.Text(), nullable=False),
        sa.Column("memento_id", sa.Integer(), nullable=True),
        sa.Column("troubles", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["links.id"], name=op.f("fk_lookups_link_id_links"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["memento_id"], ["mementos.id"], name=op.f("fk_lookups_memento_id_mementos"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lookups")),
    )
    op.create_index(op.f("ix_lookups_link_id"), "lookups", ["link_id"], unique=False)
    op.create_index(op.f("ix_lookups_memento_id"), "lookups", ["memento_id"], unique=False)


def downgrade() -> None:
    op.drop_table("lookups")
