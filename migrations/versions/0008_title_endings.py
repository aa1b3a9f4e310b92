"""Candidate keys of consonants and of how titles end, under which misprints and stray first words still meet.

Keys are derived from what was read: 0009 writes them anew as the matcher makes them, these among them.

Revises: 0007
"""

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing: see 0009."""


def downgrade() -> None:
    """Nothing was changed."""
