"""Decisions to decide later.

Earlier this revision wrote the candidate keys anew as well; 0008 does, for every store that comes by here.

Revises: 0004
"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A kind of event alone: there is nothing to change."""


def downgrade() -> None:
    # Earlier versions know no such decision.
    op.execute("DELETE FROM event_anchors WHERE event_id IN (SELECT id FROM events WHERE kind = 'later')")
    op.execute("DELETE FROM events WHERE kind = 'later'")
