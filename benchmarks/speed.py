"""How fast citekit is: `python -m benchmarks.speed` writes speed.md.

Times depend on the machine; what travels is the ratio to a peer that read the same text in the same run, the growth
exponent, and what start-up costs beyond bare Python. All times are processor time: citekit uses one thread, and what
else the machine does should not count.
"""

from __future__ import annotations

import importlib.util
import json
import math
import platform
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice, zip_longest
from pathlib import Path

from markdown_it import MarkdownIt

import citekit
from benchmarks.any_text import note_strings
from benchmarks.corpus import FOLDER, ROOT, annotated_documents, shared_folder
from citekit.citations.tagger.features import features
from citekit.citations.tagger.model import SHIPPED, label_rows
from citekit.citations.tagger.tokens import tokens

__all__ = ["main"]

REPORT = FOLDER / "speed.md"
EXAMPLE = ROOT / "references" / "thesis-page" / "document.txt"
CHAPTER = 58_000  # characters: a thesis of thirty pages
COPIES = (1, 10, 100)
BEST_OF = 5
STARTS = 15
BATCH = 5_000  # strings
RUNS = 5  # of the whole command
TURN = 64  # strings that each of two reads before the other has its turn
PARSE = "import sys; sys.argv = ['citekit', 'parse', '--json']; from citekit.cli import main; main()"
START_UP = {
    "import citekit": "import citekit",
    "citekit --help": "import sys; sys.argv = ['citekit', '--help']; from citekit.cli import main; main()",
}


def main() -> int:
    """Measure, print, write the report; the exit status."""
    lines = [
        "# Speed",
        "",
        f"Written by `python -m benchmarks.speed` on Python {platform.python_version()}, {platform.machine()}.",
        "Processor time of one machine; compare the ratios.",
        "",
        *_start_up(),
        "",
        *_texts(),
        "",
        *_strings(),
    ]
    report = "\n".join(lines) + "\n"
    print(report)
    REPORT.write_text(report, encoding="utf-8")
    return 0


def _start_up() -> list[str]:
    """What a start costs beyond `python -c pass`: the median of the differences of neighbouring runs."""
    rows = ["## Start-up, beyond bare Python", "", "| | ms |", "|---|---:|"]
    for name, code in START_UP.items():
        if "citekit.cli" in code and importlib.util.find_spec("citekit.cli") is None:
            continue
        differences = sorted(_run(code) - _run("pass") for _ in range(STARTS))
        rows.append(f"| `{name}` | {differences[STARTS // 2] * 1000:.0f} |")
    return rows


def _run(code: str, lines: str = "") -> float:
    """Processor seconds that a fresh Python takes for `code`, which may read `lines`."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-c", code], input=lines, encoding="utf-8", stdout=subprocess.DEVNULL, cwd=ROOT, check=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)


def _texts() -> list[str]:
    """Extraction of real and of growing texts, beside the peers."""
    rows = [
        "## Extraction, in process and warm",
        "",
        "The text is the worked thesis pages, repeated as chapters whose notes begin at 1 again, until there are",
        f"{CHAPTER:,} characters; 10x and 100x repeat those. So the same nine works are cited again and again, and",
        "more densely than in a whole thesis. The peers read the same text: `markdown-it-py` parses it as Markdown,",
        r"`re` splits it into words (`\w+|[^\w\s]`).",
        "",
        "| text | characters | citations | ms | MB/s | times markdown-it-py | times `re` |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    example = EXAMPLE.read_text(encoding="utf-8")
    base = "\f".join([example] * math.ceil(CHAPTER / len(example)))
    sizes, seconds = [], []
    with tempfile.TemporaryDirectory() as folder:
        for copies in COPIES:
            text = "\f".join([base] * copies)
            path = Path(folder) / f"{copies}x.txt"
            path.write_text(text, encoding="utf-8", newline="")
            took = _best(partial(citekit.extract, path), BEST_OF if copies == 1 else 1)
            sizes.append(len(text))
            seconds.append(took)
            rows.append(_row(f"thesis pages, {copies}x", path, took))
    rows += [_row(name, path, _best(partial(citekit.extract, path), BEST_OF)) for name, path in _seeds()]
    rows += ["", f"Growth exponent (slope of log time over log characters, {COPIES}): {_slope(sizes, seconds):.2f}"]
    return rows


def _strings() -> list[str]:
    """Reading of single strings to CSL-JSON, beside the labelling of the same words by the same model alone."""
    rows = [
        "## Strings to CSL-JSON",
        "",
        "`citekit parse --json` on one processor, a line for each string, with its start and the loading of the model",
        f"(the median of {RUNS} runs); the same in process and warm (`citekit.parse_all`); and how many times as long",
        "that takes as `python-crfsuite` alone, labelling the same words by the same model with their features given:",
        "the least that a reader with this model takes.",
        "",
        "| strings | | a second, the command | a second, in process | times python-crfsuite |",
        "|---|---:|---:|---:|---:|",
    ]
    for name, strings in _string_sets():
        citekit.parse(strings[0])
        read = labelled = 0.0
        for start in range(0, len(strings), TURN):
            part = strings[start : start + TURN]
            read += _best(partial(_to_json, part), 1)
            labelled += _best(partial(_label, [features(text, tokens(text)) for text in part]), 1)
        number, command = len(strings), _command(strings)
        rows.append(f"| {name} | {number:,} | {number / command:.0f} | {number / read:.0f} | {read / labelled:.1f} |")
    return rows


def _command(strings: Sequence[str]) -> float:
    """Processor seconds of the whole command, the median of a few runs."""
    lines = "".join(f"{string}\n" for string in strings)
    return sorted(_run(PARSE, lines) for _ in range(RUNS))[RUNS // 2]


def _to_json(strings: Sequence[str]) -> None:
    for citations in citekit.parse_all(strings):
        json.dumps([citation.to_json() for citation in citations], ensure_ascii=False)


def _label(rows: Sequence[list[list[str]]]) -> None:
    for row in rows:
        label_rows(SHIPPED, row)


def _string_sets() -> Iterator[tuple[str, list[str]]]:
    """The notes of the cases in tests/, and a mixture of the development sets where they are there."""
    yield "notes of the cases in tests/", list(note_strings())
    shared = shared_folder()
    folder = shared / "data" / "citations" / "dev" if shared else None
    if folder and folder.is_dir():
        sets = [
            [json.loads(line)["text"].replace("\n", " ") for line in file.read_text(encoding="utf-8").splitlines()]
            for file in sorted(folder.glob("*.jsonl"))
        ]
        mixed = (text for row in zip_longest(*sets) for text in row if text)
        yield f"an equal part of {len(sets)} development sets, as far as each has them", list(islice(mixed, BATCH))


def _seeds() -> list[tuple[str, Path]]:
    """The documents that the project started from, where they are there."""
    shared = shared_folder()
    return [(document.name, document.path) for document in annotated_documents(shared, "seeds")] if shared else []


def _row(name: str, path: Path, took: float) -> str:
    text = path.read_text(encoding="utf-8")
    runs = 1 if len(text) > 10 * CHAPTER else 3
    parse = _best(lambda: MarkdownIt().parse(text), runs)
    split = _best(lambda: re.findall(r"\w+|[^\w\s]", text), runs)
    speed = path.stat().st_size / took / 1e6
    citations = len(citekit.extract(path).citations) if runs > 1 else "…"
    return (
        f"| {name} | {len(text):,} | {citations} | {took * 1000:.0f} | {speed:.2f} "
        f"| {took / parse:.1f} | {took / split:.0f} |"
    )


def _best(action: Callable[[], object], times: int) -> float:
    """The fewest processor seconds of some runs, after one that warms up where there are several."""
    if times > 1:
        action()
    seconds = []
    for _ in range(times):
        start = time.process_time()
        action()
        seconds.append(time.process_time() - start)
    return min(seconds)


def _slope(sizes: list[int], seconds: list[float]) -> float:
    """The slope of the least-squares line through the logarithms."""
    x, y = [math.log(size) for size in sizes], [math.log(second) for second in seconds]
    middle_x, middle_y = sum(x) / len(x), sum(y) / len(y)
    rise = sum((a - middle_x) * (b - middle_y) for a, b in zip(x, y, strict=True))
    return rise / sum((a - middle_x) ** 2 for a in x)


if __name__ == "__main__":
    sys.exit(main())
