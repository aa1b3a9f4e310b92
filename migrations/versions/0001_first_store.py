"""The first store: documents, what was read in them, the works they cite and the keys of these.

Revises: nothing: the first revision
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "citation_keys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_citation_keys")),
        sa.UniqueConstraint("key", name=op.f("uq_citation_keys_key")),
    )
    op.create_table(
        "documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("encoding", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("citekit_version", sa.Text(), nullable=False),
        sa.Column("read_at", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        sa.UniqueConstraint("source", name=op.f("uq_documents_source")),
    )
    op.create_table(
        "store_metadata",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_store_metadata")),
    )
    op.create_table(
        "document_works",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("incomplete", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_document_works_document_id_documents"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_works")),
        sa.UniqueConstraint("document_id", "position", name=op.f("uq_document_works_document_id_position")),
    )
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("label_start", sa.Integer(), nullable=True),
        sa.Column("label_end", sa.Integer(), nullable=True),
        sa.Column("span_start", sa.Integer(), nullable=False),
        sa.Column("span_end", sa.Integer(), nullable=False),
        sa.Column("parts", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.CheckConstraint("span_start <= span_end", name=op.f("ck_notes_span")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_notes_document_id_documents"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
        sa.UniqueConstraint("document_id", "position", name=op.f("uq_notes_document_id_position")),
    )
    op.create_table(
        "works",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("citation_key_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("incomplete", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["citation_key_id"],
            ["citation_keys.id"],
            name=op.f("fk_works_citation_key_id_citation_keys"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_works")),
        sa.UniqueConstraint("citation_key_id", name=op.f("uq_works_citation_key_id")),
    )
    op.create_table(
        "candidate_keys",
        sa.Column("document_work_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_work_id"],
            ["document_works.id"],
            name=op.f("fk_candidate_keys_document_work_id_document_works"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("document_work_id", "key", name=op.f("pk_candidate_keys")),
    )
    op.create_index(op.f("ix_candidate_keys_key"), "candidate_keys", ["key"], unique=False)
    op.create_table(
        "citations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("span_start", sa.Integer(), nullable=False),
        sa.Column("span_end", sa.Integer(), nullable=False),
        sa.Column("parts", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("signal", sa.Text(), nullable=True),
        sa.Column("locator_label", sa.Text(), nullable=True),
        sa.Column("locator_value", sa.Text(), nullable=True),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("field_spans", sa.Text(), nullable=False),
        sa.Column("antecedent_id", sa.Integer(), nullable=True),
        sa.Column("resolution_method", sa.Text(), nullable=True),
        sa.Column("resolution_confidence", sa.Float(), nullable=True),
        sa.Column("alternatives", sa.Text(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.CheckConstraint("span_start <= span_end", name=op.f("ck_citations_span")),
        sa.ForeignKeyConstraint(
            ["antecedent_id"], ["citations.id"], name=op.f("fk_citations_antecedent_id_citations"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_citations_document_id_documents"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["note_id"], ["notes.id"], name=op.f("fk_citations_note_id_notes"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_citations")),
        sa.UniqueConstraint("document_id", "position", name=op.f("uq_citations_document_id_position")),
    )
    op.create_index(op.f("ix_citations_antecedent_id"), "citations", ["antecedent_id"], unique=False)
    op.create_index(op.f("ix_citations_note_id"), "citations", ["note_id"], unique=False)
    op.create_table(
        "markers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=True),
        sa.Column("label", sa.Text(), nullable=True),
        sa.Column("span_start", sa.Integer(), nullable=False),
        sa.Column("span_end", sa.Integer(), nullable=False),
        sa.CheckConstraint("span_start <= span_end", name=op.f("ck_markers_span")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_markers_document_id_documents"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["note_id"], ["notes.id"], name=op.f("fk_markers_note_id_notes"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_markers")),
    )
    op.create_index(op.f("ix_markers_document_id"), "markers", ["document_id"], unique=False)
    op.create_index(op.f("ix_markers_note_id"), "markers", ["note_id"], unique=False)
    op.create_table(
        "memberships",
        sa.Column("document_work_id", sa.Integer(), nullable=False),
        sa.Column("work_id", sa.Integer(), nullable=False),
        sa.Column("citation_key_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["citation_key_id"],
            ["citation_keys.id"],
            name=op.f("fk_memberships_citation_key_id_citation_keys"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["document_work_id"],
            ["document_works.id"],
            name=op.f("fk_memberships_document_work_id_document_works"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["work_id"], ["works.id"], name=op.f("fk_memberships_work_id_works"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("document_work_id", name=op.f("pk_memberships")),
    )
    op.create_index(op.f("ix_memberships_citation_key_id"), "memberships", ["citation_key_id"], unique=False)
    op.create_index(op.f("ix_memberships_work_id"), "memberships", ["work_id"], unique=False)
    op.create_table(
        "citation_works",
        sa.Column("citation_id", sa.Integer(), nullable=False),
        sa.Column("document_work_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["citation_id"], ["citations.id"], name=op.f("fk_citation_works_citation_id_citations"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["document_work_id"],
            ["document_works.id"],
            name=op.f("fk_citation_works_document_work_id_document_works"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("citation_id", "document_work_id", name=op.f("pk_citation_works")),
    )
    op.create_index(op.f("ix_citation_works_document_work_id"), "citation_works", ["document_work_id"], unique=False)
    op.create_table(
        "links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("citation_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["citation_id"], ["citations.id"], name=op.f("fk_links_citation_id_citations"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_links")),
        sa.UniqueConstraint("citation_id", "role", name=op.f("uq_links_citation_id_role")),
    )
    op.create_index(op.f("ix_links_url"), "links", ["url"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_links_url"), table_name="links")
    op.drop_table("links")
    op.drop_index(op.f("ix_citation_works_document_work_id"), table_name="citation_works")
    op.drop_table("citation_works")
    op.drop_index(op.f("ix_memberships_work_id"), table_name="memberships")
    op.drop_index(op.f("ix_memberships_citation_key_id"), table_name="memberships")
    op.drop_table("memberships")
    op.drop_index(op.f("ix_markers_note_id"), table_name="markers")
    op.drop_index(op.f("ix_markers_document_id"), table_name="markers")
    op.drop_table("markers")
    op.drop_index(op.f("ix_citations_note_id"), table_name="citations")
    op.drop_index(op.f("ix_citations_antecedent_id"), table_name="citations")
    op.drop_table("citations")
    op.drop_index(op.f("ix_candidate_keys_key"), table_name="candidate_keys")
    op.drop_table("candidate_keys")
    op.drop_table("works")
    op.drop_table("notes")
    op.drop_table("document_works")
    op.drop_table("store_metadata")
    op.drop_table("documents")
    op.drop_table("citation_keys")
