"""How long setting notes takes beside pandoc alone: `python -m benchmarks.styles` writes styles.md.

1,000 notes in Chicago style that cite 500 works, each first in full and later short. pandoc alone is given the same
citations as Markdown, the same items and the style as it comes; citekit adapts style and items, and hands pandoc a
syntax tree. Both write HTML. What counts is processor time, children included, in the same run, several times in turn.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import statistics
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.corpus import FOLDER
from citekit import styles
from citekit.model import Locator
from citekit.readers.pandoc import pandoc_path
from citekit.styles import CitedWork, PrintedNote

__all__ = ["main"]

REPORT = FOLDER / "styles.md"
NOTES, WORKS, ROUNDS = 1_000, 500, 3
STYLE = "chicago"
MOST = 1.3  # times pandoc alone
_WORDS = ("history", "town", "people", "river", "church", "market", "law", "war", "peace", "trade", "king", "road")
_NAMES = ("Ashby", "Baker", "Carter", "Dawson", "Eliot", "Foster", "Grant", "Harris", "Irving", "Jones", "Keller")


def main() -> int:
    """Measure, print, write the report; 1 where citekit takes more than `MOST` times pandoc's time."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--notes", type=int, default=NOTES)
    number = arguments.parse_args().notes
    items, printed = _library(), _notes(number)
    with tempfile.TemporaryDirectory(prefix="citekit-styles-") as name:
        command = _pandoc(Path(name), items, printed)
        ours, theirs = [], []
        for _ in range(ROUNDS):
            theirs.append(_seconds(lambda: subprocess.run(command, check=True, capture_output=True)))
            ours.append(_seconds(lambda: styles.notes(printed, items, STYLE, to="html")))
    ratio = statistics.median(ours) / statistics.median(theirs)
    lines = [
        "# Speed of setting notes",
        "",
        f"Written by `python -m benchmarks.styles` on Python {platform.python_version()}, {platform.machine()}:",
        f"{number:,} notes citing {WORKS} works in Chicago style, as HTML; seconds of processor time, the median of",
        f"{ROUNDS} turns.",
        "",
        "| | seconds |",
        "|---|---|",
        f"| pandoc alone | {statistics.median(theirs):.2f} |",
        f"| citekit, pandoc included | {statistics.median(ours):.2f} |",
        f"| ratio (at most {MOST}) | {ratio:.2f} |",
    ]
    report = "\n".join(lines) + "\n"
    print(report)
    REPORT.write_text(report, encoding="utf-8")
    return int(ratio > MOST)


def _library() -> list[dict[str, Any]]:
    chance = random.Random(1)
    items: list[dict[str, Any]] = []
    for number in range(WORKS):
        title = " ".join(chance.choices(_WORDS, k=5)).capitalize()
        item = {
            "id": f"w{number}", "title": f"{title}: {' '.join(chance.choices(_WORDS, k=4))}", "language": "en",
            "author": [{"family": chance.choice(_NAMES), "given": f"{chance.choice(_NAMES)} {number}"}],
            "issued": {"date-parts": [[chance.randint(1850, 2010)]]},
        }  # fmt: skip
        if number % 3:
            item |= {"type": "book", "publisher": "University Press", "publisher-place": "Oxford"}
        else:
            journal = {"container-title": "Past and Present", "volume": str(number), "page": "1-40"}
            item |= {"type": "article-journal", **journal}
        items.append(item)
    return items


def _notes(number: int) -> list[PrintedNote]:
    chance = random.Random(2)
    cited = [f"w{place % WORKS}" if place < WORKS else f"w{chance.randrange(WORKS)}" for place in range(number)]
    return [
        PrintedNote(str(place), ("See ", CitedWork(key, Locator("page", str(chance.randint(1, 400)))), "."))
        for place, key in enumerate(cited, 1)
    ]


def _pandoc(folder: Path, items: list[dict[str, Any]], printed: list[PrintedNote]) -> list[str]:
    """The command for pandoc alone, its files in `folder`."""
    lines = []
    for note in printed:
        work = next(piece for piece in note.pieces if isinstance(piece, CitedWork))
        page = work.locator.value if work.locator else ""
        lines.append(f"[See @{work.key}, p. {page}]\n")
    (folder / "notes.md").write_text("\n".join(lines), encoding="utf-8")
    (folder / "items.json").write_text(json.dumps(items), encoding="utf-8")
    (folder / "style.csl").write_bytes(styles.find_style(STYLE).source)
    return [
        *(str(pandoc_path()), "--from=markdown", "--to=html5", "--citeproc", "--metadata=suppress-bibliography:true"),
        *(f"--csl={folder / 'style.csl'}", f"--bibliography={folder / 'items.json'}", str(folder / "notes.md")),
    ]


def _seconds(work: Callable[[], object]) -> float:
    """Processor time of this process and its children."""
    before = os.times()
    work()
    after = os.times()
    return sum(after[:4]) - sum(before[:4])


if __name__ == "__main__":
    raise SystemExit(main())
