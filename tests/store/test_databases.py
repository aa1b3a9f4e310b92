"""The tables in databases other than the store's own, as far as their definitions say it."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from sqlalchemy import create_mock_engine

from citekit.store.link_tables import archive_jobs


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_one_job_is_under_way_for_a_link_and_an_archive(database: str) -> None:
    said: list[str] = []

    def keep(statement: Any, *_: Any, **__: Any) -> None:
        said.append(str(statement.compile(dialect=import_module(f"sqlalchemy.dialects.{database}").dialect())))

    archive_jobs.create(create_mock_engine(f"{database}://", keep), checkfirst=False)  # type: ignore[arg-type]
    (index,) = [statement for statement in said if "uq_archive_jobs_open" in statement]
    assert index.endswith("WHERE ended_at IS NULL")
