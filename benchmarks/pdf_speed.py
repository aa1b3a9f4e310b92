"""How fast PDF is read: `python -m benchmarks.pdf_speed` writes pdf_speed.md.

Pages a second of processor time, beside two programs that give the text of a PDF and know nothing of notes: pdftotext
(poppler, in C++) and pdfminer.six (Python), each where it is installed (`pip install 'citekit-references[bench]'`,
`apt install poppler-utils`). The PDFs are those beside the checkout, else 200 pages set by the press of the tests.
"""

from __future__ import annotations

import importlib.util
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import citekit
from benchmarks.corpus import FOLDER, ROOT, shared_folder
from citekit.readers import read

__all__ = ["main"]

REPORT = FOLDER / "pdf_speed.md"
PAGES = 200  # of our own, where there are no documents beside the checkout
BEST_OF = 3


def main() -> int:
    """Measure, print, write the report; the exit status."""
    lines = [
        "# Speed of reading PDF",
        "",
        f"Written by `python -m benchmarks.pdf_speed` on Python {platform.python_version()}, {platform.machine()}:",
        f"pages a second of one processor, the best of {BEST_OF} runs. `citekit text` reads the words, with columns,",
        "notes, superscripts and running heads told apart; `citekit extract` reads the citations too. All run warm in",
        "one process but pdftotext, whose start is part of its time.",
        "",
        "| document | pages | citekit text | citekit extract | pdfminer.six | pdftotext | text: times pdfminer.six |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    with tempfile.TemporaryDirectory(prefix="citekit-pdf-") as folder:
        lines += [_row(path) for path in _documents(Path(folder))]
    report = "\n".join(lines) + "\n"
    print(report)
    REPORT.write_text(report, encoding="utf-8")
    return 0


def _documents(folder: Path) -> Iterator[Path]:
    shared = shared_folder()
    found = sorted((shared / "documents").glob("*.pdf")) if shared else []
    if found:
        yield from found
        return
    sys.path.insert(0, str(ROOT))
    from tests.readers.press import BODY, Press

    press = Press()
    for label in range(1, PAGES + 1):
        press.page("The mills", str(label))
        press.lines([*(f"{line} {label}" for line in BODY * 5), f"It burnt in 1819.^{label}^"])
        press.feet([f"^{label}^ John Mills, _Fire_ (London: Hall, 1820), {label}."])
    path = folder / "essay.pdf"
    path.write_bytes(press.content())
    yield path


def _row(path: Path) -> str:
    pages = len(read(path).pages)
    ours, extracted = _speed(pages, partial(read, path)), _speed(pages, partial(citekit.extract, path))
    miner = poppler = None
    if importlib.util.find_spec("pdfminer"):
        from pdfminer.high_level import extract_text

        miner = _speed(pages, partial(extract_text, str(path)))
    if shutil.which("pdftotext"):
        poppler = pages / min(_of_children(["pdftotext", "-layout", str(path), "-"]) for _ in range(BEST_OF))
    ratio = f"{ours / miner:.1f}" if miner else "–"
    cells = (_shown(speed) for speed in (ours, extracted, miner, poppler))
    return f"| {path.name} | {pages} | {' | '.join(cells)} | {ratio} |"


def _shown(speed: float | None) -> str:
    return "–" if speed is None else f"{speed:.0f}"


def _speed(pages: int, action: Callable[[], object]) -> float:
    """Pages a second."""
    action()
    seconds = []
    for _ in range(BEST_OF):
        start = time.process_time()
        action()
        seconds.append(time.process_time() - start)
    return pages / min(seconds)


def _of_children(command: Sequence[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    sys.exit(main())
