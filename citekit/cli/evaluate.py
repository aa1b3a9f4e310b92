"""`citekit evaluate`: how well citations are read whose fields are known."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from citekit.cli.options import as_json, examples, files
from citekit.cli.outcome import DONE, FAILED, complain
from citekit.cli.streams import console, print_json

if TYPE_CHECKING:
    from citekit.training.example import Example

__all__ = ["command"]


@click.command(
    "evaluate",
    short_help="Measure how well citations are read whose fields are known.",
    epilog=examples("citekit evaluate corrected.jsonl", "CITEKIT_MODEL=mine.crfsuite citekit evaluate corrected.jsonl"),
)
@files
@as_json
def command(files: Sequence[str], as_json: bool) -> int:
    """Measure how well citations are read whose fields are known.

    A line of FILE is an object as citekit parse --json prints it, corrected; or {"text", "fields": [["author",
    "Smith, J."], …]}. Printed are F1 by field, counted in words, the share of citations without a wrong word, and how
    often a field is right at each confidence. A line that is no JSON, or whose fields are not in its text or have no
    known name, is named and left out; the exit status is then 1.
    """
    from citekit.training.corpus import read_corrected
    from citekit.training.evaluation import evaluate, reliability

    found: list[Example] = []
    status = DONE
    for file in files:
        examples, complaints = read_corrected(Path(file))
        found += examples
        for complaint in complaints:
            complain(complaint)
            status = FAILED
        if not examples and not complaints:
            complain(f"{file}: has no citation to measure by; give citations as citekit parse --json prints them")
            status = FAILED
    if not found:
        return FAILED
    scores = evaluate(found)
    trusted = reliability(found)
    if as_json:
        for source, each in scores.items():
            print_json(
                {
                    "source": source, "citations": each.citations, "words": round(each.micro, 4),
                    "whole": round(each.share_whole, 4),
                    "fields": {name: round(each.f1(name), 4) for name in sorted(each.said)},
                }
            )  # fmt: skip
        return status
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for heading in ("source", "citations", "words", "whole"):
        table.add_column(heading, justify="left" if heading == "source" else "right")
    for source, each in scores.items():
        table.add_row(source, f"{each.citations:,}", f"{each.micro:.3f}", f"{each.share_whole:.3f}")
    names = Table(box=None, pad_edge=False)
    for heading in ("field", "words", "F1"):
        names.add_column(heading, justify="left" if heading == "field" else "right")
    fields = {name for each in scores.values() for name in each.said}
    totals = {name: sum(each.said[name] for each in scores.values()) for name in fields}
    for name in sorted(fields, key=lambda name: -totals[name]):
        right, read = (sum(counts[name] for counts in part) for part in (
            [each.right for each in scores.values()], [each.read for each in scores.values()]
        ))  # fmt: skip
        f1 = 2 * right / (read + totals[name]) if read + totals[name] else 0.0
        names.add_row(name, f"{totals[name]:,}", f"{f1:.3f}")
    sure = Table(box=None, pad_edge=False)
    for heading in ("confidence", "fields", "right"):
        sure.add_column(heading, justify="left" if heading == "confidence" else "right")
    for row in trusted:
        sure.add_row(f"{row.low:.1f} to {row.high:.1f}", f"{row.fields:,}", f"{row.right:.3f}")
    for shown in (table, names, sure):
        console().print(shown)
        console().print()
    return status
