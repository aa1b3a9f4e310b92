"""How a big store behaves: `python -m benchmarks.store_scale` writes store_scale.md.

At scale 1 the store has 1,000,000 citations of 200,000 works in 16,667 documents, all invented from a seed
(`benchmarks.synthetic_store`). Times are those of a clock, for a user waits for the disk too.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import sqlite3
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.corpus import FOLDER
from benchmarks.synthetic_store import CITATIONS, Library, fill
from citekit.model import Extraction
from citekit.store import Store, following, migration
from citekit.store import connection as opening
from citekit.store.connection import begin_reading, begin_writing

__all__ = ["main"]

REPORT = FOLDER / "store_scale.md"
WORKS, DOCUMENTS = 200_000, 16_667
QUERIES = 200
SHOWN = 50
ADDED = 10
GOALS = {"open": 100, "search": 100, "show": 50, "add a document of 60 citations": 1000}  # ms, 95 of 100 below


def main() -> int:
    """Make the store, measure, print, write the report at full scale; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=0.02, help="1 is 1,000,000 citations; the report is of 1 alone")
    parser.add_argument("--keep", type=Path, help="make the store here and keep it; one that is there is used as it is")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="citekit-scale-") as folder:
        path = options.keep or Path(folder) / "references.db"
        report = "\n".join(_measure(path, options.scale)) + "\n"
    print(report)
    if options.scale == 1:
        REPORT.write_text(report, encoding="utf-8")
    return 0


def _measure(path: Path, scale: float) -> list[str]:
    library = Library(round(WORKS * scale))
    number = round(DOCUMENTS * scale)
    programs = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {platform.machine()}"
    lines = [
        "# A big store",
        "",
        f"Written by `python -m benchmarks.store_scale --scale {scale:g}` on {programs}.",
        f"{number * CITATIONS:,} citations in {number:,} documents, {len(library.items):,} works, all invented.",
        "",
        "| building | |",
        "|---|---:|",
    ]
    if not path.exists():
        lines += _build(path, library, number)
    size = path.stat().st_size
    lines += [
        f"| size of the file | {size / 1e9:.2f} GB |",
        f"| a citation | {size / (number * CITATIONS):,.0f} bytes |",
        "",
        "| using | median, ms | 95 of 100 below, ms | longest, ms | goal, ms |",
        "|---|---:|---:|---:|---:|",
    ]
    lines += [_row(name, times) for name, times in _use(path, library).items()]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [*lines, "", f"Peak memory of the whole run, the invented library included: {peak:,.0f} MB."]


def _build(path: Path, library: Library, number: int) -> list[str]:
    connection = opening.connect(path, opening.Access.CREATE, busy_timeout=5, foreign_keys=False)
    with begin_writing(connection):
        migration.upgrade(connection, path)
    opening.close(connection)
    connection = opening.connect(path, opening.Access.WRITE, busy_timeout=5)
    start = time.perf_counter()
    writing = fill(connection, library, number)
    done = 0
    while done < number:
        with begin_writing(connection):
            done = next(writing)
    written = time.perf_counter()
    with begin_writing(connection):
        following.rebuild(connection)
    indexed = time.perf_counter()
    opening.close(connection)
    rate = number * CITATIONS / (written - start)
    return [
        f"| writing what was read (groups known) | {rate:,.0f} citations a second |",
        f"| search index and relations from nothing | {indexed - written:,.0f} s |",
    ]


def _store(path: Path, extractions: dict[str, Extraction]) -> Store:
    return Store(path, extract=extractions.__getitem__)


def _use(path: Path, library: Library) -> dict[str, list[float]]:
    """Milliseconds of each thing that a user does."""
    found: dict[str, list[float]] = {"open": [_timed(lambda: _store(path, {}).close()) for _ in range(10)]}
    added = {}
    for place in range(ADDED):
        # The process in the name: new to a store that was kept as well.
        source, extraction, _ = library.document(f"https://example.org/{os.getpid()}-{place}.txt")
        added[source] = replace(extraction)
    with _store(path, added) as store:
        found["search"] = [_timed(lambda query=query: store.search(query)) for query in library.queries(QUERIES)]
        keys = _keys(path)
        found["show"] = [_timed(lambda key=key: store.work(key)) for key in keys]
        found["add a document of 60 citations"] = [_timed(lambda source=source: store.add(source)) for source in added]
    return found


def _keys(path: Path) -> list[str]:
    """Keys of works at even distances, and of those cited most."""
    connection = opening.connect(path, opening.Access.READ, busy_timeout=5)
    with begin_reading(connection):
        every = list(connection.exec_driver_sql("SELECT key FROM citation_keys ORDER BY id").scalars())
        most = connection.exec_driver_sql(
            "SELECT k.key FROM citation_keys AS k JOIN works AS w ON w.citation_key_id = k.id WHERE w.id IN "
            "(SELECT work_id FROM memberships GROUP BY work_id ORDER BY count(*) DESC LIMIT 5)"
        )
        chosen = every[:: max(1, len(every) // SHOWN)] + list(most.scalars())
    opening.close(connection)
    return chosen


def _timed(action: Callable[[], Any]) -> float:
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def _row(name: str, times: list[float]) -> str:
    ordered = sorted(times)
    middle, nearly_all = ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    return f"| {name} | {middle:,.0f} | {nearly_all:,.0f} | {ordered[-1]:,.0f} | {GOALS[name]:,} |"


if __name__ == "__main__":
    raise SystemExit(main())
