"""Measured on the gold of other people's libraries, where it is at hand; the floors may rise, never fall."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from citekit.matching import cluster, compare


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def f1(hits: int, false: int, missed: int) -> float:
    return 2 * hits / (2 * hits + false + missed)


def test_pairs_of_historians(shared: Path) -> None:
    pairs = lines(shared / "gold" / "dedupe" / "pairs.jsonl")
    wrong = [pair["why"] for pair in pairs if compare(pair["a"], pair["b"]).same is not pair["same"]]
    assert wrong == []


def test_conference_papers_of_two_indexes(shared: Path) -> None:
    pairs = lines(shared / "gold" / "dedupe" / "dblp_acm_pairs.jsonl")[::5]
    said = Counter((compare(pair["a"], pair["b"]).same, pair["same"]) for pair in pairs)
    assert f1(said[True, True], said[True, False], said[False, True]) > 0.95


def test_messy_references_in_clusters(shared: Path) -> None:
    gold = lines(shared / "gold" / "dedupe" / "cora.jsonl")
    found = {}
    for number, group in enumerate(cluster([record["item"] for record in gold])):
        found.update(dict.fromkeys(group, number))

    def pairs(counts: Counter[Any]) -> int:
        return sum(count * (count - 1) // 2 for count in counts.values())

    true = [record["cluster"] for record in gold]
    both = pairs(Counter((found[place], true[place]) for place in range(len(gold))))
    precision = both / pairs(Counter(found.values()))
    recall = both / pairs(Counter(true))
    assert precision > 0.98
    assert 2 * precision * recall / (precision + recall) > 0.9
