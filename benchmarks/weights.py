"""Learn the weights of evidence from labelled pairs: `python -m benchmarks.weights` writes them and weights.md.

Pairs come from an invented library (`citekit.training.library`) and, where the annotated references are at hand, from
references of computer scientists in clusters, papers of two indexes, and pairs of historians. Each source counts as
many pairs as its line below says, so that the largest does not decide; within a cluster each record counts alike.
What is printed is measured on pairs of clusters that the weights had not seen (five folds): on the pairs alone, and end
to end, as `citekit dedupe` groups the records of a fold with weights learned from the other four.
"""

from __future__ import annotations

import argparse
import json
import os
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from unittest import mock

from benchmarks.corpus import FOLDER
from citekit.matching import cluster, comparison
from citekit.matching import weights as table
from citekit.matching.blocking import keys_of
from citekit.matching.candidates import candidates
from citekit.matching.comparison import evidence_between
from citekit.matching.record import read_record
from citekit.matching.vetoes import any_veto
from citekit.training.library import mixture
from citekit.training.weighing import Pattern, fitted, log_loss, patterns, probability, reliability

__all__ = ["main"]

WEIGHTS = Path(table.__file__).with_name("learned.toml")
REPORT = FOLDER / "weights.md"
FOLDS = 5
INVENTED = 12_000  # records
COUNTED = {
    "invented library": 3000.0,
    "references in clusters": 1500.0,
    "papers of two indexes": 3000.0,
    "historians": 100.0,
}

Labelled = tuple[int, tuple[tuple[str, float], ...], bool, float]
"""A pair: its fold, its evidence, whether it is one work, its weight."""


def main() -> int:
    """Learn, measure, write; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--print", action="store_true", help="write nothing")
    options = parser.parse_args()
    sources = {name: _scaled(list(pairs), COUNTED[name]) for name, pairs in _sources()}
    learned = fitted(patterns(pair[1:] for pairs in sources.values() for pair in pairs), table.EXPECTED, table.ORDERED)
    report = _report(sources, learned) + "\n" + _end_to_end(sources)
    print(report)
    if not options.print:
        lines = [f'"{name}" = {weight}' for name, weight in learned.items()]
        WEIGHTS.write_text("# Written by python -m benchmarks.weights\n[weights]\n" + "\n".join(lines) + "\n", "utf-8")
        REPORT.write_text(report, encoding="utf-8")
    return 0


def _sources() -> Iterator[tuple[str, Iterator[Labelled]]]:
    yield "invented library", _clustered(list(mixture(INVENTED, seed=1848)))
    gold = _gold()
    if not gold.is_dir():
        print(f"no annotated references at {gold}; learning from the invented library alone")
        return
    records = [(line["item"], line["cluster"]) for line in _lines(gold / "cora.jsonl")]
    yield "references in clusters", _clustered(records)
    yield "papers of two indexes", _paired(_lines(gold / "dblp_acm_pairs.jsonl"))
    yield "historians", _paired(_lines(gold / "pairs.jsonl"))


def _gold() -> Path:
    return Path(os.environ.get("CITEKIT_SHARED") or FOLDER.parent.parent / "shared") / "gold" / "dedupe"


def _lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _clustered(records: Sequence[tuple[dict[str, Any], int]]) -> Iterator[Labelled]:
    """The pairs of records that would be compared; a record of a large cluster counts as one of a small one."""
    read = [read_record(item) for item, _ in records]
    size = Counter(cluster for _, cluster in records)
    for one, others in candidates([keys_of(record) for record in read]):
        for other in others:
            if any_veto(read[one], read[other]):
                continue
            first, second = records[one][1], records[other][1]
            yield first % FOLDS, _evidence(read[one], read[other]), first == second, 2 / (size[first] + size[second])


def _paired(pairs: Sequence[dict[str, Any]]) -> Iterator[Labelled]:
    for pair in pairs:
        a, b = read_record(pair["a"]), read_record(pair["b"])
        if not any_veto(a, b):
            yield _fold(pair), _evidence(a, b), pair["same"], 1.0


def _fold(pair: dict[str, Any]) -> int:
    """The fold of a pair: all pairs of a paper are in one."""
    return zlib.crc32(json.dumps(pair["a"].get("title", "")).encode()) % FOLDS


def _evidence(a: Any, b: Any) -> tuple[tuple[str, float], ...]:
    return tuple((piece.name, piece.strength) for piece in evidence_between(a, b))


def _scaled(pairs: list[Labelled], counted: float) -> list[Labelled]:
    factor = counted / sum(pair[3] for pair in pairs)
    return [(fold, evidence, same, weight * factor) for fold, evidence, same, weight in pairs]


def _end_to_end(sources: dict[str, list[Labelled]]) -> str:
    """A table of F1, fold by fold, of the groups made with weights that have not seen the fold."""
    gold = _gold()
    if not gold.is_dir():
        return "Groups of the annotated references were not measured: they are not at hand.\n"
    records = [(line["item"], line["cluster"]) for line in _lines(gold / "cora.jsonl")]
    pairs = _lines(gold / "dblp_acm_pairs.jsonl")
    unseen: dict[str, list[_Counted]] = {"references in clusters": [], "papers of two indexes": []}
    in_use: dict[str, list[_Counted]] = {name: [] for name in unseen}
    for fold in range(FOLDS):
        known = patterns(pair[1:] for labelled in sources.values() for pair in labelled if pair[0] != fold)
        weights = fitted(known, table.EXPECTED, table.ORDERED)
        some_records = [each for each in records if each[1] % FOLDS == fold]
        some_pairs = [pair for pair in pairs if _fold(pair) == fold]
        for measured, used in ((unseen, weights), (in_use, table.WEIGHTS)):
            with mock.patch.object(comparison, "WEIGHTS", used):
                measured["references in clusters"].append(_of_clusters(some_records))
                measured["papers of two indexes"].append(_of_pairs(some_pairs))
    lines = [
        "End to end: the records of a fifth of the clusters are grouped with weights learned from the other four.",
        "Pairwise F1: mean of the five folds, all their pairs together, and both with the weights in use, which have",
        "seen all.",
        "",
        "| groups of | mean of folds | all pairs | weights in use: mean | all pairs | folds |",
        "|---|---:|---:|---:|---:|---|",
    ]
    for name, folds in unseen.items():
        figures = [figure for each in (folds, in_use[name]) for figure in (_mean(each), _f1(_total(each)))]
        each_fold = ", ".join(f"{_f1(fold):.3f}" for fold in folds)
        lines.append(f"| {name} | " + " | ".join(f"{figure:.4f}" for figure in figures) + f" | {each_fold} |")
    return "\n".join(lines) + "\n"


_Counted = tuple[int, int, int]
"""Pairs of one work: rightly found, found, true."""


def _f1(counted: _Counted) -> float:
    hits, found, true = counted
    return 2 * hits / (found + true)


def _mean(folds: Sequence[_Counted]) -> float:
    return sum(map(_f1, folds)) / len(folds)


def _total(folds: Sequence[_Counted]) -> _Counted:
    hits, found, true = (sum(column) for column in zip(*folds, strict=True))
    return hits, found, true


def _of_clusters(records: Sequence[tuple[dict[str, Any], int]]) -> _Counted:
    found = _numbered([item for item, _ in records])
    true = [cluster_of for _, cluster_of in records]
    return _together(Counter(zip(found, true, strict=True))), _together(Counter(found)), _together(Counter(true))


def _of_pairs(pairs: Sequence[dict[str, Any]]) -> _Counted:
    """All papers of the fold are grouped at once, as one library; then each pair is looked up."""
    found = _numbered([pair[side] for pair in pairs for side in ("a", "b")])
    said = [one == other for one, other in zip(found[::2], found[1::2], strict=True)]
    hits = sum(mine and pair["same"] for mine, pair in zip(said, pairs, strict=True))
    return hits, sum(said), sum(pair["same"] for pair in pairs)


def _numbered(items: Sequence[dict[str, Any]]) -> list[int]:
    """The number of the group of each item."""
    number_of = {place: number for number, group in enumerate(cluster(items)) for place in group}
    return [number_of[place] for place in range(len(items))]


def _together(counts: Counter[Any]) -> int:
    return sum(count * (count - 1) // 2 for count in counts.values())


def _report(sources: dict[str, list[Labelled]], learned: dict[str, float]) -> str:
    held_out: defaultdict[str, list[tuple[Pattern, dict[str, float]]]] = defaultdict(list)
    for fold in range(FOLDS):
        known = patterns(pair[1:] for pairs in sources.values() for pair in pairs if pair[0] != fold)
        weights = fitted(known, table.EXPECTED, table.ORDERED)
        for name, pairs in sources.items():
            held_out[name] += [(row, weights) for row in patterns(pair[1:] for pair in pairs if pair[0] == fold)]
    lines = [
        "# The weights of evidence",
        "",
        "Written by `python -m benchmarks.weights`. Learned weights are in `citekit/matching/learned.toml`; figures",
        "are of pairs without veto, of clusters that the weights had not seen (five folds).",
        "",
        "| pairs of | log loss, expected weights | log loss, learned | precision | recall |",
        "|---|---:|---:|---:|---:|",
    ]
    for name, rows in held_out.items():
        expected = log_loss([row for row, _ in rows], table.EXPECTED)
        total = sum(row.number for row, _ in rows)
        ours = sum(log_loss([row], weights) * row.number for row, weights in rows) / total
        said = [(row, probability(row, weights) >= table.SAME) for row, weights in rows]
        hits = sum(row.same for row, same in said if same)
        precision = hits / max(1e-9, sum(row.number for row, same in said if same))
        recall = hits / max(1e-9, sum(row.same for row, _ in said))
        lines.append(f"| {name} | {expected:.4f} | {ours:.4f} | {precision:.4f} | {recall:.4f} |")
    lines += ["", "What a probability means: of the pairs that were given about one, how many are one work.", ""]
    lines += ["| probability from | share of pairs | said in the mean | one work |", "|---:|---:|---:|---:|"]
    every = [(row, weights) for rows in held_out.values() for row, weights in rows]
    lines += _reliability(every)
    lines += ["", "| evidence | expected | learned |", "|---|---:|---:|"]
    lines += [f"| {name} | {table.EXPECTED[name]:+.1f} | {weight:+.2f} |" for name, weight in learned.items()]
    return "\n".join(lines) + "\n"


def _reliability(rows: Sequence[tuple[Pattern, dict[str, float]]]) -> list[str]:
    grouped: defaultdict[float, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for row, weights in rows:
        (line,) = reliability([row], weights)
        counted = grouped[line.least]
        counted[0] += line.number
        counted[1] += line.number * line.said
        counted[2] += line.number * line.true
    total = sum(number for number, _, _ in grouped.values())
    return [
        f"| {least:.2f} | {number / total:.1%} | {said / number:.3f} | {true / number:.3f} |"
        for least, (number, said, true) in sorted(grouped.items())
    ]


if __name__ == "__main__":
    raise SystemExit(main())
