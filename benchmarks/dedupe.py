"""Duplicates in a big library: `python -m benchmarks.dedupe` writes dedupe.md.

The library is invented (`citekit.training.library`): 30 of 100 records are other records of a work that is there
already, with misprints, missing fields, other scripts, abbreviations; beside them stand editions, volumes, parts,
reviews and translations that are other works. Beside `citekit dedupe` the same file goes through plain rules with
rapidfuzz and through Splink with DuckDB, where it is installed (`pip install "citekit-references[bench]"`). Each runs
in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from benchmarks.corpus import FOLDER
from citekit.training.library import mixture

__all__ = ["main"]

REPORT = FOLDER / "dedupe.md"
NUMBERS = (100_000, 400_000)
SEED = 1521
GOALS = (
    "precision 0.995, recall 0.96, 60 s on two cores, 1 GB; time per record at 400,000 at most 1.3 of that at 100,000"
)

TOLD = (
    "Told, not measured here: on 100,000 such records of another library and an idle machine, Splink 5 (DuckDB) took",
    "49 s for precision 0.88 and recall 0.96, plain rules with rapidfuzz 4 s for 0.99 and 0.98.",
)
"""What was measured of the peers elsewhere, for where they are not installed or the machine has other work."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What came of one program on one library; seconds of a clock and of processors, megabytes of its processes."""

    precision: float
    recall: float
    clock: float
    processors: float
    memory: float


def main() -> int:
    """Make the libraries, measure, write the report; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--numbers", type=int, nargs="+", default=NUMBERS, help="of records, the peers on the first")
    parser.add_argument("--print", action="store_true", help="write no report")
    parser.add_argument("--peers", action=argparse.BooleanOptionalAction, default=True)
    options = parser.parse_args()
    machine = f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"
    made = f"Written by `python -m benchmarks.dedupe` on {machine}."
    lines = [
        "# Duplicates in a big library",
        "",
        made,
        f"The goal: {GOALS}.",
        "",
        "| program | records | precision | recall | s of a clock | s of processors | µs of processors a record | MB |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    with tempfile.TemporaryDirectory(prefix="citekit-dedupe-") as folder:
        for number in options.numbers:
            library = Path(folder) / f"{number}.jsonl"
            true = _written(library, number)
            for row in _rows(library, number, true, peers=options.peers and number == options.numbers[0]):
                print(row, flush=True)
                lines.append(row)
                if not options.print:  # row by row: what was measured before an interruption is kept
                    REPORT.write_text("\n".join([*lines, "", _load(), "", *TOLD]) + "\n", encoding="utf-8")
    return 0


def _rows(library: Path, number: int, true: Sequence[int], *, peers: bool) -> Iterator[str]:
    """The rows of the table about one library."""
    yield _row("citekit dedupe", number, _citekit(library, true))
    for name in ("rapidfuzz", "splink") if peers else ():
        if find_spec(name) is None:
            yield f"| {name} | {number:,} | not installed | | | | | |"
        else:
            yield _row(f"{name} (`benchmarks/peers_{name}.py`)", number, _peer(name, library, true))


def _load() -> str:
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    return (
        f"Load of the machine at the last row: {load}. Above its number of cores the clock tells little, and seconds\n"
        "of processors vary by half between runs: compare programs, and sizes, within this table."
    )


def _written(path: Path, number: int) -> list[int]:
    """Write a library; the number of the work of each record."""
    true = []
    with path.open("w", encoding="utf-8") as opened:
        for item, work in mixture(number, SEED):
            opened.write(json.dumps(item, ensure_ascii=False) + "\n")
            true.append(work)
    return true


def _citekit(library: Path, true: Sequence[int]) -> Measured:
    program = "import sys; from citekit.cli import main; sys.exit(main(sys.argv[1:]))"
    return _run([sys.executable, "-c", program, "dedupe", str(library), "--json"], true)


def _peer(name: str, library: Path, true: Sequence[int]) -> Measured:
    return _run([sys.executable, "-m", f"benchmarks.peers_{name}", str(library)], true)


def _run(command: Sequence[str], true: Sequence[int]) -> Measured:
    """Run a program that prints a line of JSON with `work` for each record."""
    start = time.perf_counter()
    with tempfile.TemporaryFile("w+", encoding="utf-8") as output, subprocess.Popen(command, stdout=output) as process:
        memory = 0.0
        while process.poll() is None:
            memory = max(memory, _megabytes(process.pid))
            time.sleep(0.2)
        clock = time.perf_counter() - start
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command)
        output.seek(0)
        found = [json.loads(line)["work"] for line in output]
    processors = _children_time()
    both = _pairs(Counter(zip(found, true, strict=True)))
    precision = both / max(1, _pairs(Counter(found)))
    recall = both / max(1, _pairs(Counter(true)))
    return Measured(precision, recall, clock, processors, memory)


_spent = 0.0


def _children_time() -> float:
    """Processor seconds of the children that ended since the last call."""
    global _spent
    times = os.times()
    before, _spent = _spent, times.children_user + times.children_system
    return _spent - before


def _megabytes(pid: int) -> float:
    """Memory that a process and its children have to themselves, shared pages counted once (Linux; 0 elsewhere)."""
    total = 0.0
    for process in (pid, *_children(pid)):
        try:
            text = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")) / 1024
    return total


def _children(pid: int) -> list[int]:
    try:
        listed = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return []
    return [int(child) for child in listed]


def _pairs(counts: Counter[object]) -> int:
    return sum(count * (count - 1) // 2 for count in counts.values())


def _row(name: str, number: int, got: Measured) -> str:
    return (
        f"| {name} | {number:,} | {got.precision:.4f} | {got.recall:.4f} | {got.clock:.0f} | {got.processors:.0f} "
        f"| {got.processors / number * 1e6:.0f} | {got.memory:.0f} |"
    )


if __name__ == "__main__":
    raise SystemExit(main())
