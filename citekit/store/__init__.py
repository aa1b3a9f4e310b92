"""The reference store: tables, statements, migrations."""
