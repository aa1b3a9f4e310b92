"""How right citekit is: `python -m benchmarks.accuracy [--check | --raise] [--strings]`.

The annotated documents and the scorers stand beside the checkout (`CITEKIT_SHARED`, else `../shared`); predictions are
made in this process, the scorers run as programs of their own. Without options the tables are written to accuracy.md.

  --check    write nothing; exit 1 when a figure is below its floor (floors.toml), and name it
  --raise    write accuracy.md, and raise the floors to what was reached
  --strings  score single citation strings too (the first STRINGS of each set), and how notes are cut into citations
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import citekit
from benchmarks.corpus import FOLDER, AnnotatedDocument, annotated_documents, shared_folder
from benchmarks.floors import Figures, breaches, raised, read_floors, write_floors

__all__ = ["main"]

FLOORS = FOLDER / "floors.toml"
REPORT = FOLDER / "accuracy.md"
DOCUMENT_MEASURES = (
    *("notes", "markers", "citations", "form", "locator", "resolution", "works", "fields"),
    *("wrong", "all"),
)
STRINGS = 1000  # of each set: enough for two digits, and the whole run stays under two minutes


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, then write, raise or check; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=__doc__.split("\n")[0])
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--check", action="store_true", help="exit 1 when a figure is below its floor")
    what.add_argument("--raise", dest="lift", action="store_true", help="raise the floors to what was reached")
    parser.add_argument("--strings", action="store_true", help="score citation strings and the cutting of notes too")
    options = parser.parse_args(arguments)
    shared = shared_folder()
    if shared is None:
        print("no annotated documents: set CITEKIT_SHARED to their folder, or put it beside the checkout as shared/")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        tables = _tables(shared, Path(folder), strings=options.strings)
    reached = {row: figures for table in tables.values() for row, figures in table.items()}
    if options.check:
        broken = breaches(read_floors(FLOORS), reached)
        print("\n".join(broken) if broken else f"all floors hold ({len(reached)} rows)")
        return 1 if broken else 0
    report = _report(tables)
    print(report)
    REPORT.write_text(report, encoding="utf-8")
    if options.lift:
        write_floors(FLOORS, raised(read_floors(FLOORS), reached))
    return 0


def _tables(shared: Path, folder: Path, *, strings: bool) -> dict[str, Figures]:
    """All tables: title → rows. `folder` takes the predictions."""
    tables: dict[str, Figures] = {
        "Documents": _documents(shared, folder, list(annotated_documents(shared, "seeds", "dev", "merge"))),
        "One store": _store(shared, folder),
    }
    if strings:
        tables["Citation strings"] = _strings(shared, folder)
        tables["Notes cut into citations"] = _segments(shared, folder)
    return tables


def _documents(shared: Path, folder: Path, documents: Sequence[AnnotatedDocument]) -> Figures:
    """Each document against its annotation, and the means of each set."""
    arguments: list[Path] = []
    for number, document in enumerate(documents):
        prediction = folder / f"{number}.json"
        extraction = citekit.extract(document.path).to_json()
        prediction.write_text(json.dumps(extraction, ensure_ascii=False), encoding="utf-8")
        arguments += [document.gold, prediction]
    scores = json.loads(_scorer(shared, "score_extraction.py", *arguments, "--json"))["documents"]
    rows = {}
    for document, score in zip(documents, scores, strict=True):
        works = json.loads(document.gold.read_text(encoding="utf-8"))["works"]
        if works and not any(work.keys() - {"type"} for work in works.values()):
            # Only the grouping was annotated there: its fields, and a mean with them, would say nothing.
            score.pop("fields"), score.pop("all")
        rows[document.name] = {measure: float(score[measure]) for measure in DOCUMENT_MEASURES if measure in score}
    for kind, members in itertools.groupby(documents, key=lambda document: document.name.split("/")[0]):
        names = [document.name for document in members]
        rows[f"{kind}/mean"] = {
            measure: sum(rows[name][measure] for name in names) / len(names) for measure in rows[names[0]]
        }
    return rows


def _store(shared: Path, folder: Path) -> Figures:
    """Which citations of different documents the store puts in one work; the second row adds in reverse order."""
    documents = list(annotated_documents(shared, "seeds", "merge"))
    rows = {}
    for name, order in (("store", documents), ("store, reverse order", documents[::-1])):
        works = folder / f"{name}.jsonl"
        with citekit.open(folder / f"{name}.db") as store:
            store.add(*(document.path for document in order))
            _write_lines(works, (work.to_json() for work in store.works()))
        printed = _scorer(shared, "score_store.py", works, *(document.gold for document in documents))
        across = re.search(r"across documents P ([\d.]+) R ([\d.]+) F1 ([\d.]+)", printed)
        if across is None:
            raise SystemExit(f"score_store.py printed no figures: {printed}")
        rows[name] = dict(zip(("precision", "recall", "f1"), map(float, across.groups()), strict=True))
    return rows


def _strings(shared: Path, folder: Path) -> Figures:
    """Fields of single citation strings, word by word; the first STRINGS of each set."""
    rows = {}
    for gold in sorted((shared / "data" / "citations" / "dev").glob("*.jsonl")):
        records = [json.loads(line) for line in itertools.islice(gold.open(encoding="utf-8"), STRINGS)]
        part, prediction = folder / gold.name, folder / f"{gold.name}.prediction"
        _write_lines(part, records)
        _write_lines(prediction, (_parsed(record["text"]) for record in records))
        score = json.loads(_scorer(shared, "score_parse.py", part, prediction, "--json"))[gold.stem]
        rows[f"strings/{gold.stem}"] = {measure: float(score[measure]) for measure in ("micro", "macro", "whole")}
    return rows


def _segments(shared: Path, folder: Path) -> Figures:
    """How notes are cut into citations: spans, and the share of notes with the right number of them."""
    rows = {}
    for gold in sorted((shared / "gold" / "segmentation").glob("*.jsonl")):
        texts = [json.loads(line)["text"] for line in gold.open(encoding="utf-8")]
        prediction = folder / f"{gold.name}.prediction"
        _write_lines(prediction, map(_parsed, texts))
        printed = _scorer(shared, "score_segments.py", gold, prediction)
        figures = re.search(r"span F1 ([\d.]+)\s+right number ([\d.]+)", printed)
        if figures is None:
            raise SystemExit(f"score_segments.py printed no figures: {printed}")
        rows[f"segments/{gold.stem}"] = dict(zip(("f1", "right_number"), map(float, figures.groups()), strict=True))
    return rows


def _parsed(text: str) -> object:
    """What `citekit parse --json` prints for one string (a line break in it is a space there)."""
    citations = citekit.parse(text.replace("\n", " "))
    return {"text": text, "citations": [citation.to_json() for citation in citations]}


def _write_lines(path: Path, objects: Iterable[object]) -> None:
    with path.open("w", encoding="utf-8") as lines:
        lines.writelines(json.dumps(item, ensure_ascii=False) + "\n" for item in objects)


def _scorer(shared: Path, name: str, *arguments: Path | str) -> str:
    """What a scorer prints."""
    command = [sys.executable, str(shared / "eval" / name), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _report(tables: dict[str, Figures]) -> str:
    """The tables as Markdown."""
    lines = [
        "# Accuracy",
        "",
        "Written by `python -m benchmarks.accuracy`. All figures lie between 0 and 1; more is better, except `wrong`",
        "(the share of short forms that were led to a work that is not theirs). `all` is the mean of the first eight.",
    ]
    for title, rows in tables.items():
        if not rows:
            continue
        measures = max((list(figures) for figures in rows.values()), key=len)
        lines += ["", f"## {title}", "", "| | " + " | ".join(measures) + " |", "|---|" + "---:|" * len(measures)]
        for row, figures in rows.items():
            lines.append(
                f"| {row} | "
                + " | ".join(f"{figures[measure]:.3f}" if measure in figures else "–" for measure in measures)
                + " |"
            )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
