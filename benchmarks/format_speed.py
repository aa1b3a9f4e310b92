"""How fast .bib files are read and written: `python -m benchmarks.format_speed [ENTRIES]` writes format_speed.md.

An invented library, the same in each run, is read and written by citekit and by its peers, one after the other in
processes of their own. Times are processor time and depend on the machine; what travels is the ratio to bibtexparser,
which splits the file into fields and decodes nothing.
"""

from __future__ import annotations

import json
import platform
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from benchmarks.corpus import FOLDER, ROOT

__all__ = ["library", "main"]

REPORT = FOLDER / "format_speed.md"
ENTRIES = 20_000
SEED = 1
WORDS = tuple(
    re.findall(
        r"\w+",
        "Geschichte der öffentlichen Meinung in Italien seit dem Wiener Kongress und die Folgen of historical "
        "knowledge among nations la storia del libro fra Otto e Novecento archives de la noblesse",
    )
)
BEST_OF = 2
Answer = TypeVar("Answer")


def library(entries: int) -> str:
    """A .bib file of so many entries: accents, protected capitals, abbreviations, pieces, identifiers."""
    chance = random.Random(SEED)

    def words(count: int) -> str:
        return " ".join(chance.choices(WORDS, k=count))

    return '@string{pup = "Princeton University Press"}\n\n' + "\n".join(
        f"@article{{key{number},\n"
        f'  author = {{M{{\\"u}}ller, Hans and van {words(1)}, Jan}},\n'
        f"  title = {{{words(6)} {{NATO}} \\& \\emph{{{words(2)}}}}},\n"
        f"  journaltitle = {{{words(4)}}},\n"
        f"  volume = {number % 100},\n"
        f"  pages = {{{number}--{number + 10}}},\n"
        f"  date = {{{1800 + number % 200}}},\n"
        f"  doi = {{10.1000/abc_{number}}},\n"
        f'  publisher = pup # ", {words(1)}",\n'
        "}\n"
        for number in range(entries)
    )


def main() -> int:
    """Measure, print, write the report; the exit status."""
    arguments = sys.argv[1:]
    if len(arguments) == 2:
        print(json.dumps(MEASURES[arguments[0]](Path(arguments[1]).read_text(encoding="utf-8"))))
        return 0
    entries = int(arguments[0]) if arguments else ENTRIES
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "library.bib"
        path.write_text(library(entries), encoding="utf-8")
        found = {name: _measure(name, path) for name in MEASURES}
    base = found["bibtexparser"]
    lines = [
        "# Speed of .bib files",
        "",
        f"Written by `python -m benchmarks.format_speed` on Python {platform.python_version()}, {platform.machine()}:",
        f"{entries:,} invented entries, processor seconds, each program in its own process; the best of {BEST_OF}.",
        "",
        "| | read | times bibtexparser | written | times bibtexparser | MiB at most |",
        "|---|---:|---:|---:|---:|---:|",
        *(
            f"| {LABELS[name]} | {read:.1f} | {read / base[0]:.2f} "
            f"| {written:.1f} | {written / base[1]:.2f} | {memory:.0f} |"
            for name, (read, written, memory) in found.items()
        ),
    ]
    report = "\n".join(lines) + "\n"
    print(report)
    REPORT.write_text(report, encoding="utf-8")
    return 0


def _measure(name: str, path: Path) -> tuple[float, float, float]:
    command = [sys.executable, "-m", "benchmarks.format_speed", name, str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    read, written, memory = json.loads(done.stdout.splitlines()[-1])
    return read, written, memory


def _timed(step: Callable[[], Answer]) -> tuple[float, Answer]:
    best = float("inf")
    for _ in range(BEST_OF):
        before = time.process_time()
        answer = step()
        best = min(best, time.process_time() - before)
    return best, answer


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _file(text: str) -> tuple[float, float, float]:
    """The file model: blocks and fields with their places, each value decoded; entries written from their fields."""
    from citekit.formats.bib import read_file
    from citekit.formats.bibtex import entries_text, entry_in

    def read() -> object:
        file = read_file(text)
        for entry in file.entries:
            for field in entry.fields:
                _ = field.decoded
        return file

    took, _ = _timed(read)
    entries = [entry_in(block) for block in read_file(text).entries]
    written, _ = _timed(lambda: entries_text(entries))
    return took, written, _memory()


def _items(text: str) -> tuple[float, float, float]:
    """CSL-JSON items: names parsed, dates read, each entry read back when it is written, so that nothing is lost."""
    from citekit import formats

    took, items = _timed(lambda: formats.loads(text, "biblatex"))
    written, _ = _timed(lambda: formats.dumps(items, "biblatex"))
    return took, written, _memory()


def _bibtexparser(text: str) -> tuple[float, float, float]:
    from bibtexparser.entrypoint import parse_string, write_string

    took, read = _timed(lambda: parse_string(text, parse_stack=[]))
    written, _ = _timed(lambda: write_string(read, unparse_stack=[]))
    return took, written, _memory()


def _pybtex(text: str) -> tuple[float, float, float]:
    from pybtex.database import parse_string

    took, read = _timed(lambda: parse_string(text, "bibtex"))
    written, _ = _timed(lambda: read.to_string("bibtex"))
    return took, written, _memory()


MEASURES = {"file": _file, "items": _items, "bibtexparser": _bibtexparser, "pybtex": _pybtex}
LABELS = {
    "file": "citekit, the file: fields with their places, decoded",
    "items": "citekit, CSL-JSON items",
    "bibtexparser": "bibtexparser, nothing decoded",
    "pybtex": "pybtex, names parsed",
}

if __name__ == "__main__":
    sys.exit(main())
