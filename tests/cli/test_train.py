"""`citekit train` and `citekit evaluate`: corrected citations that cannot be meant as they stand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

KANZ = {"text": "Kanz 7.5.1931, 3", "fields": [["container-title", "Kanz"], ["issued", "7.5.1931"], ["locator", "3"]]}
MISCOPIED = {"text": "Kanz 7.5.1931, 3", "fields": [["container-title", "Kunz"]]}


def corrected(folder: Path, *lines: object) -> Path:
    path = folder / "corrected.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def test_evaluate_names_a_miscopied_line_and_scores_the_others(run: Any, tmp_path: Path) -> None:
    path = corrected(tmp_path, KANZ, MISCOPIED)
    outcome = run("evaluate", path, "--json")
    assert outcome.returncode == 1
    assert json.loads(outcome.stdout)["citations"] == 1
    assert outcome.stderr.count("\n") == 1
    assert f"{path}:2: " in outcome.stderr


def test_train_makes_no_model_of_miscopied_lines_alone(run: Any, tmp_path: Path) -> None:
    path = corrected(tmp_path, MISCOPIED)
    outcome = run("train", "--from", path, "--output", tmp_path / "mine.crfsuite")
    assert outcome.returncode == 1
    assert outcome.stderr.count("\n") == 1
    assert f"{path}:1: " in outcome.stderr
    assert not (tmp_path / "mine.crfsuite").exists()
