"""How much sooner a folder is added by two processes than by one: `python -m benchmarks.folder_speed`.

Writes folder_speed.md. 200 essays are made from the notes of the cases in tests/, from a seed. `citekit add` puts them
into a store with `--jobs 1` and into another with `--jobs 2`, several times by turns, and all must hold the same.
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
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.any_text import note_strings
from benchmarks.corpus import FOLDER, ROOT

__all__ = ["main"]

REPORT = FOLDER / "folder_speed.md"
DOCUMENTS, NOTES = 200, 30
SENTENCES = 6  # of the body for each note: an article of 6,000 words
GOAL = 1.7
ROUNDS = 3
SEED = 1929
WORDS = "the guild met in spring and nobody asked any weaver though they had paid more than their share of a tax"


@dataclass(frozen=True, slots=True)
class _Run:
    """What one `citekit add` took, in seconds: by the clock, of processors, and what other programs took of these."""

    jobs: int
    clock: float
    all_processes: float
    others: float | None
    content: list[tuple[object, ...]]


def main() -> int:
    """Measure, print, write the report; 1 where the stores differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=DOCUMENTS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--notes", type=int, default=NOTES, help="of each essay")
    asked = parser.parse_args()
    documents = asked.documents
    with tempfile.TemporaryDirectory(prefix="citekit-folder-") as place:
        folder, first = Path(place) / "essays", Path(place) / "first"
        size = _write(folder, documents, asked.notes)
        _write(first, 1, asked.notes)
        compiled = Path(place) / "compiled"
        _added(first, Path(place) / "first.db", 1, compiled)
        runs = [
            _added(folder, Path(place) / f"{number}-{jobs}.db", jobs, compiled)
            for number in range(asked.rounds)
            for jobs in (1, 2)
        ]
    report = _report(documents, asked.notes, size, list(zip(runs[::2], runs[1::2], strict=True)))
    print(report)
    if (documents, asked.notes) == (DOCUMENTS, NOTES) and asked.rounds >= ROUNDS:
        REPORT.write_text(report, encoding="utf-8")
    if any(run.content != runs[0].content for run in runs):
        print("the stores do not hold the same", file=sys.stderr)
        return 1
    return 0


def _report(documents: int, notes: int, size: int, pairs: list[tuple[_Run, _Run]]) -> str:
    faster = [one.clock / two.clock for one, two in pairs]
    bounds = [one.all_processes / (two.all_processes / 2) for one, two in pairs]
    told = f"{median(faster):.2f} times as fast by the clock, {median(bounds):.2f} at best"
    lines = [
        "# A folder, read by one process and by two",
        "",
        f"Written by `python -m benchmarks.folder_speed` on Python {platform.python_version()}, {platform.machine()}.",
        f"{documents:,} essays of {notes} notes, {size / 1e6:.1f} MB of text, into a new store, on {os.cpu_count()}",
        "processors, citekit compiled as pip leaves it. Two processes read, a third writes the store and one of the",
        "others rests meanwhile. The clock counts what else the machine does: a column has what other programs took",
        "of its processors. The last column is what two free processors would reach with the processor time that was",
        "spent, start of the processes and sending of what they found included.",
        "",
        "| | seconds by the clock | times as fast | seconds of processors | of other programs | at best |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for runs, ratio, bound in zip(pairs, faster, bounds, strict=True):
        for run, times, most in zip(runs, ("1", f"{ratio:.2f}"), ("1", f"{bound:.2f}"), strict=True):
            spent = f"{run.all_processes:.1f} | {_seconds(run.others)}"
            lines.append(f"| `--jobs {run.jobs}` | {run.clock:.1f} | {times} | {spent} | {most} |")
    lines += ["", f"The median of {len(pairs)} rounds: {told}. Goal: {GOAL} times as fast."]
    return "\n".join(lines) + "\n"


def _write(folder: Path, number: int, notes: int) -> int:
    folder.mkdir()
    chance = random.Random(SEED)
    printed = list(note_strings())
    size = 0
    for place in range(number):
        body = "\n\n".join(f"{_paragraph(chance)}{label}" for label in range(1, notes + 1))
        foot = "\n".join(f"{label} {chance.choice(printed)}" for label in range(1, notes + 1))
        path = folder / f"essay-{place:03}.txt"
        path.write_text(f"{body}\n\n{foot}\n", encoding="utf-8")
        size += path.stat().st_size
    return size


def _paragraph(chance: random.Random) -> str:
    sentences = (" ".join(chance.choices(WORDS.split(), k=30)).capitalize() for _ in range(SENTENCES))
    return ". ".join(sentences) + "."


def _added(folder: Path, store: Path, jobs: int, compiled: Path) -> _Run:
    # Modules are compiled once, in the first run: nobody has them compiled anew by each process.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(compiled)
    command = [sys.executable, "-m", "citekit.cli", "add", str(folder), "--jobs", str(jobs), "--store", str(store)]
    before, busy, begun = resource.getrusage(resource.RUSAGE_CHILDREN), _busy(), time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT, env=environment)
    clock, busy_then, after = time.perf_counter() - begun, _busy(), resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    others = busy_then - busy - spent if busy is not None and busy_then is not None else None
    with sqlite3.connect(store) as kept:
        content = [
            row
            for query in ("SELECT source, text FROM documents", "SELECT id, item FROM citations")
            for row in kept.execute(f"{query} ORDER BY 1")
        ]
    return _Run(jobs, clock, spent, others, content)


def _busy() -> float | None:
    """Seconds that all processors together were busy since the machine was started, or taken by others of its host."""
    with suppress(OSError):  # Linux alone has it: https://man7.org/linux/man-pages/man5/proc_stat.5.html
        user, nice, system, _idle, _waiting, *interrupts_and_host = map(
            int, Path("/proc/stat").read_text(encoding="ascii").splitlines()[0].split()[1:9]
        )
        return (user + nice + system + sum(interrupts_and_host)) / os.sysconf("SC_CLK_TCK")
    return None


def _seconds(value: float | None) -> str:
    return "" if value is None else f"{max(0.0, value):.1f}"


if __name__ == "__main__":
    sys.exit(main())
