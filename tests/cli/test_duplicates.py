"""The commands that show what may be one work: duplicates, why."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

BIBLIOGRAPHY = """
@book{first, author = {Durkheim, Émile}, title = {Le suicide}, year = 1897}
@book{undated, author = {Durkheim, Émile}, title = {Le suicide}}
@book{second, author = {Durkheim, Émile}, title = {Le suicide}, year = 1930, edition = 2}
"""


@pytest.fixture
def library(run: Any, tmp_path: Path) -> None:
    (tmp_path / "library.bib").write_text(BIBLIOGRAPHY, encoding="utf-8")
    assert run("import", "library.bib").returncode == 0


def schema(checkout: Path, name: str) -> jsonschema.Draft202012Validator:
    text = (checkout / "docs" / "schema" / f"{name}.json").read_text(encoding="utf-8")
    return jsonschema.Draft202012Validator(json.loads(text))


@pytest.mark.usefixtures("library")
def test_pairs_are_listed_where_nobody_can_be_asked(run: Any, checkout: Path) -> None:
    outcome = run("duplicates")
    assert (outcome.returncode, outcome.stderr) == (0, "")
    assert outcome.stdout.endswith("2 pairs\n")
    lines = [json.loads(line) for line in run("duplicates", "--json").stdout.splitlines()]
    assert sorted(sorted(line["keys"]) for line in lines) == [["first", "undated"], ["second", "undated"]]
    for line in lines:
        schema(checkout, "duplicates").validate(line)
    assert run("duplicates", "--strict").returncode == 3
    assert run("duplicates", "--strict", "--least", "0.99").returncode == 0
    assert run("duplicates", "first").stdout.endswith("1 pair\n")


@pytest.mark.usefixtures("library")
def test_why(run: Any, checkout: Path) -> None:
    told = run("why", "first", "second")
    assert (told.returncode, told.stderr) == (0, "")
    assert "two works, however alike" in told.stdout
    assert "veto      year" in told.stdout
    (line,) = run("why", "first", "undated", "--json").stdout.splitlines()
    schema(checkout, "why").validate(json.loads(line))
    run("merge", "first", "second")
    assert "you decided it" in run("why", "first", "second").stdout


@pytest.mark.usefixtures("library")
def test_keys_that_lead_nowhere_are_told_in_one_line(run: Any) -> None:
    for arguments in (("why", "first", "nobody"), ("duplicates", "nobody"), ("why", "first", "first")):
        outcome = run(*arguments)
        assert (outcome.returncode, outcome.stdout, outcome.stderr.count("\n")) == (1, "", 1), outcome.stderr
