"""Searching and relations: the tables behind them, the full-text index, and the triggers that keep it in step.

Whatever is in the store is marked as outdated, so that the transaction of the upgrade derives all rows before it ends.

Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

FULL_TEXT = (
    (
        "CREATE VIRTUAL TABLE search_works_fts USING fts5(title, names, published, key, cited, noted, "
        "content='search_works', content_rowid='work_id', tokenize='ascii')"
    ),
    (
        "CREATE TRIGGER search_works_deleted AFTER DELETE ON search_works BEGIN INSERT INTO "
        "search_works_fts(search_works_fts, rowid, title, names, published, key, cited, noted) VALUES ('delete', "
        "old.work_id, old.title, old.names, old.published, old.key, old.cited, old.noted); END"
    ),
    (
        "CREATE VIRTUAL TABLE search_passages_fts USING fts5(text, content='search_passages', "
        "content_rowid='id', tokenize='ascii')"
    ),
    (
        "CREATE TRIGGER search_passages_deleted AFTER DELETE ON search_passages BEGIN INSERT INTO "
        "search_passages_fts(search_passages_fts, rowid, text) VALUES ('delete', old.id, old.text); END"
    ),
)
TRIGGERS = (
    (
        "CREATE TRIGGER outdate_document_inserted AFTER INSERT ON documents BEGIN INSERT INTO outdated(kind, "
        "row_id) SELECT 'document', found.id FROM (SELECT new.id AS id) AS found WHERE found.id IS NOT NULL AND "
        "NOT EXISTS (SELECT 1 FROM outdated WHERE kind = 'document' AND row_id = found.id); END"
    ),
    (
        "CREATE TRIGGER outdate_document_updated AFTER UPDATE ON documents BEGIN INSERT INTO outdated(kind, "
        "row_id) SELECT 'document', found.id FROM (SELECT new.id AS id) AS found WHERE found.id IS NOT NULL AND "
        "NOT EXISTS (SELECT 1 FROM outdated WHERE kind = 'document' AND row_id = found.id); END"
    ),
    (
        "CREATE TRIGGER outdate_note_inserted AFTER INSERT ON notes BEGIN INSERT INTO outdated(kind, row_id) "
        "SELECT 'document', found.id FROM (SELECT new.document_id AS id) AS found WHERE found.id IS NOT NULL AND "
        "NOT EXISTS (SELECT 1 FROM outdated WHERE kind = 'document' AND row_id = found.id); END"
    ),
    (
        "CREATE TRIGGER outdate_note_deleted AFTER DELETE ON notes BEGIN INSERT INTO outdated(kind, row_id) "
        "SELECT 'document', found.id FROM (SELECT old.document_id AS id) AS found WHERE found.id IS NOT NULL AND "
        "NOT EXISTS (SELECT 1 FROM outdated WHERE kind = 'document' AND row_id = found.id); END"
    ),
    (
        "CREATE TRIGGER outdate_work_inserted AFTER INSERT ON works BEGIN INSERT INTO outdated(kind, row_id) "
        "SELECT 'work', found.id FROM (SELECT new.id AS id) AS found WHERE found.id IS NOT NULL AND NOT EXISTS "
        "(SELECT 1 FROM outdated WHERE kind = 'work' AND row_id = found.id); END"
    ),
    (
        "CREATE TRIGGER outdate_work_updated AFTER UPDATE ON works BEGIN INSERT INTO outdated(kind, row_id) "
        "SELECT 'work', found.id FROM (SELECT new.id AS id) AS found WHERE found.id IS NOT NULL AND NOT EXISTS "
        "(SELECT 1 FROM outdated WHERE kind = 'work' AND row_id = found.id); END"
    ),
    (
        "CREATE TRIGGER outdate_membership_inserted AFTER INSERT ON memberships BEGIN INSERT INTO outdated(kind, "
        "row_id) SELECT 'work', found.id FROM (SELECT new.work_id AS id) AS found WHERE found.id IS NOT NULL AND "
        "NOT EXISTS (SELECT 1 FROM outdated WHERE kind = 'work' AND row_id = found.id); END"
    ),
    (
        "CREATE TRIGGER outdate_membership_updated AFTER UPDATE ON memberships BEGIN INSERT INTO outdated(kind, "
        "row_id) SELECT 'work', found.id FROM (SELECT new.work_id AS id UNION SELECT old.work_id) AS found WHERE "
        "found.id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM outdated WHERE kind = 'work' AND row_id = found.id); "
        "END"
    ),
    (
        "CREATE TRIGGER outdate_membership_deleted AFTER DELETE ON memberships BEGIN INSERT INTO outdated(kind, "
        "row_id) SELECT 'work', found.id FROM (SELECT old.work_id AS id) AS found WHERE found.id IS NOT NULL AND "
        "NOT EXISTS (SELECT 1 FROM outdated WHERE kind = 'work' AND row_id = found.id); END"
    ),
    (
        "CREATE TRIGGER outdate_citation_work_inserted AFTER INSERT ON citation_works BEGIN INSERT INTO "
        "outdated(kind, row_id) SELECT 'work', found.id FROM (SELECT work_id AS id FROM memberships WHERE "
        "document_work_id = new.document_work_id) AS found WHERE found.id IS NOT NULL AND NOT EXISTS (SELECT 1 "
        "FROM outdated WHERE kind = 'work' AND row_id = found.id); END"
    ),
    (
        "CREATE TRIGGER outdate_citation_work_deleted AFTER DELETE ON citation_works BEGIN INSERT INTO "
        "outdated(kind, row_id) SELECT 'work', found.id FROM (SELECT work_id AS id FROM memberships WHERE "
        "document_work_id = old.document_work_id) AS found WHERE found.id IS NOT NULL AND NOT EXISTS (SELECT 1 "
        "FROM outdated WHERE kind = 'work' AND row_id = found.id); END"
    ),
    (
        "CREATE TRIGGER outdate_key_updated AFTER UPDATE ON citation_keys BEGIN INSERT INTO outdated(kind, "
        "row_id) SELECT 'work', found.id FROM (SELECT id FROM works WHERE citation_key_id = new.id UNION SELECT "
        "work_id FROM memberships WHERE citation_key_id = new.id) AS found WHERE found.id IS NOT NULL AND NOT "
        "EXISTS (SELECT 1 FROM outdated WHERE kind = 'work' AND row_id = found.id); END"
    ),
)


def upgrade() -> None:
    op.create_table(
        "outdated",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "row_id", name=op.f("pk_outdated")),
    )
    op.create_table(
        "work_facets",
        sa.Column("work_id", sa.Integer(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("first_year", sa.Integer(), nullable=True),
        sa.Column("last_year", sa.Integer(), nullable=True),
        sa.Column("title_key", sa.Text(), nullable=True),
        sa.Column("container_key", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["work_id"], ["works.id"], name=op.f("fk_work_facets_work_id_works"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("work_id", name=op.f("pk_work_facets")),
    )
    op.create_index(op.f("ix_work_facets_title_key"), "work_facets", ["title_key"], unique=False)
    op.create_index(op.f("ix_work_facets_container_key"), "work_facets", ["container_key"], unique=False)
    op.create_index(
        op.f("ix_work_facets_first_year_last_year"), "work_facets", ["first_year", "last_year"], unique=False
    )
    op.create_table(
        "search_works",
        sa.Column("work_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.Column("published", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("cited", sa.Text(), nullable=False),
        sa.Column("noted", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["work_id"], ["works.id"], name=op.f("fk_search_works_work_id_works"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("work_id", name=op.f("pk_search_works")),
    )
    op.create_table(
        "search_passages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=True),
        sa.Column("span_start", sa.Integer(), nullable=True),
        sa.Column("span_end", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_search_passages_document_id_documents"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["note_id"], ["notes.id"], name=op.f("fk_search_passages_note_id_notes"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_passages")),
    )
    op.create_index(op.f("ix_search_passages_document_id"), "search_passages", ["document_id"], unique=False)
    op.create_index(op.f("ix_search_passages_note_id"), "search_passages", ["note_id"], unique=False)
    op.create_table(
        "relations",
        sa.Column("work_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("citation_id", sa.Integer(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["citation_id"], ["citations.id"], name=op.f("fk_relations_citation_id_citations"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["target_id"], ["works.id"], name=op.f("fk_relations_target_id_works"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["work_id"], ["works.id"], name=op.f("fk_relations_work_id_works"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("work_id", "kind", "target_id", "citation_id", name=op.f("pk_relations")),
    )
    op.create_index(op.f("ix_relations_target_id"), "relations", ["target_id"], unique=False)
    op.create_index(op.f("ix_relations_citation_id"), "relations", ["citation_id"], unique=False)
    for statement in (*FULL_TEXT, *TRIGGERS):
        op.get_bind().exec_driver_sql(statement)
    op.execute("INSERT INTO outdated (kind, row_id) SELECT 'document', id FROM documents")
    op.execute("INSERT INTO outdated (kind, row_id) SELECT 'work', id FROM works")


def downgrade() -> None:
    for statement in TRIGGERS:
        op.execute(f"DROP TRIGGER {statement.split()[2]}")
    for table in ("search_passages", "search_works"):
        op.drop_table(f"{table}_fts")
    for table in ("relations", "search_passages", "search_works", "work_facets", "outdated"):
        op.drop_table(table)
