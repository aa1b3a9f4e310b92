"""Links: each address once, what was observed at it, its archived copies, and what archives were asked to save.

What citations state stays in a table of its own (`link_citations`; the former `links`), and is read anew from them.

Revises: 0005
"""

import json

import sqlalchemy as sa
from alembic import op

from citekit.archive.urls import stated_links

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_OLD = """
CREATE TABLE links (
    id INTEGER NOT NULL,
    citation_id INTEGER NOT NULL,
    role TEXT NOT NULL,
    url TEXT NOT NULL,
    CONSTRAINT pk_links PRIMARY KEY (id),
    CONSTRAINT fk_links_citation_id_citations FOREIGN KEY(citation_id) REFERENCES citations (id) ON DELETE CASCADE,
    CONSTRAINT uq_links_citation_id_role UNIQUE (citation_id, role)
)
"""


def upgrade() -> None:
    op.drop_index(op.f("ix_links_url"), table_name="links")
    op.drop_table("links")
    op.create_table(
        "links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("canonical", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_links")),
        sa.UniqueConstraint("canonical", name=op.f("uq_links_canonical")),
    )
    op.create_index(op.f("ix_links_host_id"), "links", ["host", "id"], unique=False)
    op.create_table(
        "mementos",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("archive", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("original", sa.Text(), nullable=False),
        sa.Column("memento_time", sa.Text(), nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("media_type", sa.Text(), nullable=True),
        sa.Column("digest", sa.Text(), nullable=True),
        sa.Column("found_by", sa.Text(), nullable=False),
        sa.Column("found_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["links.id"], name=op.f("fk_mementos_link_id_links"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mementos")),
        sa.UniqueConstraint("link_id", "url", name=op.f("uq_mementos_link_id_url")),
    )
    op.create_table(
        "archive_jobs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("archive", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("submitted_at", sa.Text(), nullable=True),
        sa.Column("asked_at", sa.Text(), nullable=True),
        sa.Column("not_before", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.Text(), nullable=True),
        sa.Column("job", sa.Text(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("memento_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["link_id"], ["links.id"], name=op.f("fk_archive_jobs_link_id_links"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["memento_id"], ["mementos.id"], name=op.f("fk_archive_jobs_memento_id_mementos"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archive_jobs")),
    )
    op.create_index(op.f("ix_archive_jobs_link_id"), "archive_jobs", ["link_id"], unique=False)
    op.create_index(op.f("ix_archive_jobs_memento_id"), "archive_jobs", ["memento_id"], unique=False)
    op.create_index(op.f("ix_archive_jobs_state_not_before"), "archive_jobs", ["state", "not_before"], unique=False)
    op.create_index(
        "uq_archive_jobs_open",
        "archive_jobs",
        ["link_id", "archive"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "captures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("memento_id", sa.Integer(), nullable=True),
        sa.Column("captured_at", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("byte_offset", sa.Integer(), nullable=False),
        sa.Column("byte_length", sa.Integer(), nullable=False),
        sa.Column("target_url", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=True),
        sa.Column("payload_digest", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["links.id"], name=op.f("fk_captures_link_id_links"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["memento_id"], ["mementos.id"], name=op.f("fk_captures_memento_id_mementos"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_captures")),
        sa.UniqueConstraint("file", "record_id", name=op.f("uq_captures_file_record_id")),
    )
    op.create_index(op.f("ix_captures_link_id"), "captures", ["link_id"], unique=False)
    op.create_index(op.f("ix_captures_memento_id"), "captures", ["memento_id"], unique=False)
    op.create_table(
        "observations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("memento_id", sa.Integer(), nullable=True),
        sa.Column("observed_at", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("chain", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("final_url", sa.Text(), nullable=True),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("headers", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=True),
        sa.Column("length", sa.Integer(), nullable=True),
        sa.Column("truncated", sa.Boolean(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("fingerprint", sa.Text(), nullable=True),
        sa.Column("signs", sa.Text(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("citekit_version", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_id"], ["links.id"], name=op.f("fk_observations_link_id_links"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["memento_id"], ["mementos.id"], name=op.f("fk_observations_memento_id_mementos"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observations")),
    )
    op.create_index(op.f("ix_observations_link_id_id"), "observations", ["link_id", "id"], unique=False)
    op.create_index(op.f("ix_observations_memento_id"), "observations", ["memento_id"], unique=False)
    op.create_index(op.f("ix_observations_observed_at"), "observations", ["observed_at"], unique=False)
    op.create_table(
        "link_citations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("citation_id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("memento", sa.Text(), nullable=True),
        sa.Column("memento_time", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["citation_id"], ["citations.id"], name=op.f("fk_link_citations_citation_id_citations"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["link_id"], ["links.id"], name=op.f("fk_link_citations_link_id_links"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_citations")),
        sa.UniqueConstraint("citation_id", "role", name=op.f("uq_link_citations_citation_id_role")),
    )
    op.create_index(op.f("ix_link_citations_link_id"), "link_citations", ["link_id"], unique=False)
    op.create_index(op.f("ix_link_citations_url"), "link_citations", ["url"], unique=False)
    _read_links(op.get_bind())


def _read_links(connection: sa.Connection) -> None:
    """The links of all citations, as adding their documents would write them today."""
    ids: dict[str, int] = {}
    rows = connection.execute(sa.text("SELECT id, item FROM citations ORDER BY id")).all()
    for citation, item in rows:
        for role, printed, link in stated_links(json.loads(item)):
            if link.canonical not in ids:
                ids[link.canonical] = len(ids) + 1
                connection.execute(
                    sa.text("INSERT INTO links VALUES (:id, :kind, :url, :canonical, :host)"),
                    {
                        "id": len(ids),
                        "kind": link.kind.value,
                        "url": link.url,
                        "canonical": link.canonical,
                        "host": link.host,
                    },
                )
            connection.execute(
                sa.text(
                    "INSERT INTO link_citations (citation_id, link_id, role, url, memento, memento_time) "
                    "VALUES (:citation, :link, :role, :url, :memento, :stamp)"
                ),
                {
                    "citation": citation,
                    "link": ids[link.canonical],
                    "role": role,
                    "url": printed,
                    "memento": link.wrapped.memento if link.wrapped else None,
                    "stamp": link.wrapped.stamp if link.wrapped else None,
                },
            )


def downgrade() -> None:
    connection = op.get_bind()
    stated = connection.execute(
        sa.text("SELECT citation_id, role, url FROM link_citations WHERE role != 'doi' ORDER BY id")
    ).all()
    for table in ("archive_jobs", "captures", "observations", "mementos", "link_citations", "links"):
        op.drop_table(table)
    op.execute(_OLD)
    op.create_index(op.f("ix_links_url"), "links", ["url"], unique=False)
    for citation, role, url in stated:
        connection.execute(
            sa.text("INSERT INTO links (citation_id, role, url) VALUES (:citation, :role, :url)"),
            {"citation": citation, "role": role, "url": url},
        )
