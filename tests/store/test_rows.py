"""Rows of many values: the same whether a query is asked for the first time or made ready, in portions of any size."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine, insert, select

from citekit.store import tables
from citekit.store.rows import rows_of


def filled() -> Connection:
    """Three hundred works of documents in memory, with their items."""
    connection = create_engine("sqlite://").connect()
    tables.document_works.create(connection)
    works = [
        {"document_id": 1, "position": n, "name": f"w{n}", "item": {"title": f"№ {n}"}, "incomplete": n % 2 == 0}
        for n in range(300)
    ]
    connection.execute(insert(tables.document_works), works)
    return connection


CONNECTION = filled()
COLUMNS = tables.document_works.c
QUERY = select(COLUMNS.id, COLUMNS.item, COLUMNS.incomplete).where(COLUMNS.position < 250).order_by(COLUMNS.id)


@given(st.sets(st.integers(min_value=-5, max_value=400)))
def test_a_query_that_is_made_ready_gives_the_rows_of_a_new_one(wanted: set[int]) -> None:
    new = select(COLUMNS.id, COLUMNS.item, COLUMNS.incomplete).where(COLUMNS.position < 250).order_by(COLUMNS.id)
    for _ in range(2):
        ready = [tuple(row) for row in rows_of(CONNECTION, QUERY, COLUMNS.id, wanted)]
    assert ready == [tuple(row) for row in rows_of(CONNECTION, new, COLUMNS.id, wanted)]
    assert all(row[1] == {"title": f"№ {row[0] - 1}"} and row[2] is ((row[0] - 1) % 2 == 0) for row in ready)


def test_rows_are_read_by_the_names_of_columns() -> None:
    for _ in range(2):
        (row,) = rows_of(CONNECTION, QUERY, COLUMNS.position, [7])
        assert (row.id, row.item, row._asdict()["incomplete"]) == (8, {"title": "№ 7"}, False)
