"""The reference store: tables, statements, decisions, migrations."""

from citekit.store.reading import StoredCitation, StoredWork
from citekit.store.report import AddReport, DocumentReport, DocumentStatus, RemovalReport
from citekit.store.store import Store

__all__ = ["AddReport", "DocumentReport", "DocumentStatus", "RemovalReport", "Store", "StoredCitation", "StoredWork"]
