"""How much sooner a folder is added by two processes than by one: `python -m benchmarks.folder_speed`.

Writes folder_speed.md. 200 essays are made from the notes of the cases in tests/, from a seed. `citekit add` puts them
into a store with `--jobs 1` and into another with `--jobs 2`, and both must hold the same.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.any_text import note_strings
from benchmarks.corpus import FOLDER, ROOT

__all__ = ["main"]

REPORT = FOLDER / "folder_speed.md"
DOCUMENTS, NOTES = 200, 30
SENTENCES = 6  # of the body for each note: an article of 6,000 words
GOAL = 1.7
SEED = 1929
WORDS = "the guild met in spring and nobody asked any weaver though they had paid more than their share of a tax"


@dataclass(frozen=True, slots=True)
class _Run:
    """What one `citekit add` took, in seconds."""

    jobs: int
    clock: float
    all_processes: float
    content: list[tuple[object, ...]]


def main() -> int:
    """Measure, print, write the report; 1 where the stores differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=DOCUMENTS)
    documents = parser.parse_args().documents
    with tempfile.TemporaryDirectory(prefix="citekit-folder-") as place:
        folder = Path(place) / "essays"
        size = _write(folder, documents)
        one, two = (_added(folder, Path(place) / f"{jobs}.db", jobs) for jobs in (1, 2))
    ratio = one.clock / two.clock
    bound = one.all_processes / (two.all_processes / 2)
    lines = [
        "# A folder, read by one process and by two",
        "",
        f"Written by `python -m benchmarks.folder_speed` on Python {platform.python_version()}, {platform.machine()}.",
        f"{documents:,} essays of {NOTES} notes, {size / 1e6:.1f} MB of text, into a new store, on {os.cpu_count()}",
        f"processors with {os.getloadavg()[0]:.1f} processes waiting for them. Two processes read, a third writes the",
        "store. The clock counts what else the machine does; the last column is what two free processors would reach",
        "with the processor time that was spent, start of the processes and sending of what they found included.",
        "",
        "| | seconds by the clock | seconds of processors | times as fast | at best |",
        "|---|---:|---:|---:|---:|",
        f"| `--jobs 1` | {one.clock:.1f} | {one.all_processes:.1f} | 1 | 1 |",
        f"| `--jobs 2` | {two.clock:.1f} | {two.all_processes:.1f} | {ratio:.2f} | {bound:.2f} |",
        "",
        f"Goal: {GOAL} times as fast.",
    ]
    report = "\n".join(lines) + "\n"
    print(report)
    if documents == DOCUMENTS:
        REPORT.write_text(report, encoding="utf-8")
    if one.content != two.content:
        print("the two stores do not hold the same", file=sys.stderr)
        return 1
    return 0


def _write(folder: Path, number: int) -> int:
    folder.mkdir()
    chance = random.Random(SEED)
    notes = list(note_strings())
    size = 0
    for place in range(number):
        body = "\n\n".join(f"{_paragraph(chance)}{label}" for label in range(1, NOTES + 1))
        foot = "\n".join(f"{label} {chance.choice(notes)}" for label in range(1, NOTES + 1))
        path = folder / f"essay-{place:03}.txt"
        path.write_text(f"{body}\n\n{foot}\n", encoding="utf-8")
        size += path.stat().st_size
    return size


def _paragraph(chance: random.Random) -> str:
    sentences = (" ".join(chance.choices(WORDS.split(), k=30)).capitalize() for _ in range(SENTENCES))
    return ". ".join(sentences) + "."


def _added(folder: Path, store: Path, jobs: int) -> _Run:
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, "-m", "citekit.cli", "add", folder, "--jobs", str(jobs), "--store", store]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
    clock, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    with sqlite3.connect(store) as kept:
        content = [
            row
            for query in ("SELECT source, text FROM documents", "SELECT id, item FROM citations")
            for row in kept.execute(f"{query} ORDER BY 1")
        ]
    return _Run(jobs, clock, spent, content)


if __name__ == "__main__":
    sys.exit(main())
