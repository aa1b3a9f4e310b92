"""Runs revisions on the connection that citekit.store.migration hands over.

That connection has foreign keys off and an open transaction, and its owner commits: a batch operation that makes a
parent table anew deletes no children, and a kill leaves the store at its old revision, whole.
"""

from alembic import context

from citekit.store.tables import metadata


def run() -> None:
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,  # SQLite changes a table by making it anew
        compare_server_default=True,
        user_module_prefix="sa.",
    )
    context.run_migrations()


run()
