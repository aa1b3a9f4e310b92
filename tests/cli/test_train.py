"""`citekit train` and `citekit evaluate`: corrected citations that cannot be meant as they stand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

KANZ = {"text": "Kanz 7.5.1931, 3", "fields": [["container-title", "Kanz"], ["issued", "7.5.1931"], ["locator", "3"]]}
MISCOPIED = {"text": "Kanz 7.5.1931, 3", "fields": [["container-title", "Kunz"]]}


def corrected(folder: Path, *lines: object) -> Path:
    path = folder / "corrected.jsonl"
    written = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_text("".join(line + "\n" for line in written), encoding="utf-8")
    return path


def test_evaluate_names_a_miscopied_line_and_scores_the_others(run: Any, tmp_path: Path) -> None:
    path = corrected(tmp_path, KANZ, MISCOPIED)
    outcome = run("evaluate", path, "--json")
    assert outcome.returncode == 1
    assert json.loads(outcome.stdout)["citations"] == 1
    assert outcome.stderr.count("\n") == 1
    assert f"{path}:2: " in outcome.stderr


def test_evaluate_names_lines_that_are_no_json_and_scores_the_others(run: Any, tmp_path: Path) -> None:
    path = corrected(tmp_path, '{"text": "Kanz 7.5.1931, 3", "fields": [[', KANZ, "Kanz 7.5.1931, 3", "[1]")
    outcome = run("evaluate", path, "--json")
    assert outcome.returncode == 1
    assert json.loads(outcome.stdout)["citations"] == 1
    assert [line.split(" ", 3)[1] for line in outcome.stderr.splitlines()] == [f"{path}:{n}:" for n in (1, 3, 4)]
    assert all("; " in line for line in outcome.stderr.splitlines())


def test_train_learns_from_the_lines_beside_one_that_is_no_json(run: Any, tmp_path: Path) -> None:
    path = corrected(tmp_path, KANZ, '{"text": "Kanz 7.5.1931, 3", "fields": [[', KANZ)
    with mock.patch("citekit.training.collection.composed", return_value=[]):
        outcome = run("train", "--from", path, "--output", tmp_path / "mine.crfsuite")
    assert outcome.returncode == 1
    assert outcome.stderr.count("\n") == 1
    assert outcome.stderr.startswith(f"citekit: {path}:2: is no JSON (")
    assert outcome.stderr.endswith("; correct the line\n")
    assert "learned from 2 corrected citations" in " ".join(outcome.stdout.split())  # lines break behind long paths
    assert (tmp_path / "mine.crfsuite").exists()


def test_train_makes_no_model_of_miscopied_lines_alone(run: Any, tmp_path: Path) -> None:
    path = corrected(tmp_path, MISCOPIED, "no JSON")
    outcome = run("train", "--from", path, "--output", tmp_path / "mine.crfsuite")
    assert outcome.returncode == 1
    first, second, last = outcome.stderr.splitlines()
    assert f"{path}:1: " in first
    assert f"{path}:2: " in second
    assert f"{path}: has no citation to learn from" in last
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("command", [("train", "--output", "mine.crfsuite", "--from"), ("evaluate",)])
@pytest.mark.parametrize("content", ["", "[]", " \n"])
def test_an_empty_file_is_no_use(run: Any, tmp_path: Path, command: tuple[str, ...], content: str) -> None:
    path = corrected(tmp_path, content)
    outcome = run(*command, path)
    assert (outcome.returncode, outcome.stdout) == (1, "")
    assert outcome.stderr.startswith(f"citekit: {path}: has no citation ")
    assert list(tmp_path.iterdir()) == [path]
