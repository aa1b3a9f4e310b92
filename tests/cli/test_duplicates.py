"""The commands that show what may be one work: duplicates, why."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
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


Talk = Callable[..., tuple[int, str]]


@pytest.fixture
def talk(tmp_path: Path, environment: dict[str, str]) -> Talk:
    """Runs citekit at a terminal, where a user types these answers; the exit status and all that was shown."""
    pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")

    def talked(answers: str, *arguments: str) -> tuple[int, str]:
        ours, theirs = pty.openpty()
        command = [sys.executable, "-m", "citekit.cli", *arguments]
        with subprocess.Popen(
            command, cwd=tmp_path, env={**environment, "TERM": "dumb"}, stdin=theirs, stdout=theirs, stderr=theirs
        ) as process:
            os.close(theirs)
            os.write(ours, answers.encode())
            shown = b""
            while True:
                try:
                    portion = os.read(ours, 4096)
                except OSError:  # Linux says so when the other side of a terminal is closed
                    break
                if not portion:
                    break
                shown += portion
        os.close(ours)
        return process.returncode, shown.decode("utf-8", "replace")

    return talked


def pairs_left(run: Any) -> list[list[str]]:
    return [sorted(json.loads(line)["keys"]) for line in run("duplicates", "--json").stdout.splitlines()]


@pytest.mark.usefixtures("library")
def test_at_a_terminal_each_answer_is_a_decision(talk: Talk, run: Any) -> None:
    status, shown = talk("m\na\n", "duplicates")
    assert status == 0, shown
    assert shown.count("keep [a]part for ever") == 2
    told = [json.loads(line) for line in run("history", "--json").stdout.splitlines()]
    assert [decision["kind"] for decision in told] == ["merge", "apart"]
    assert pairs_left(run) == []


@pytest.mark.usefixtures("library")
def test_an_answer_that_settles_the_next_pair_too_is_said(talk: Talk, run: Any) -> None:
    first, _ = pairs_left(run)
    status, shown = talk("a\nm\n", "duplicates")  # kept apart from one of two, the undated record is the other
    assert status == 0, shown
    assert run("works", "--json").stdout.count("\n") == 2
    assert json.loads(run("why", *first, "--json").stdout)["verdict"] == "apart-decided"


@pytest.mark.usefixtures("library")
def test_at_a_terminal_one_may_put_off_and_stop(talk: Talk, run: Any) -> None:
    first, second = pairs_left(run)
    status, shown = talk("x\nl\nq\n", "duplicates", "--strict")  # "x" is no answer: the question is put again
    assert status == 3, shown
    assert shown.count("keep [a]part for ever") == 3
    assert pairs_left(run) == [second, first]
    assert "(later)" in run("duplicates", "--list").stdout


@pytest.mark.usefixtures("library")
def test_only_one_documents_works_are_asked_about(run: Any, tmp_path: Path) -> None:
    third = "@book{third, author = {Durkheim, Émile}, title = {Le suicide}, year = 1940, edition = 3}"
    (tmp_path / "third.bib").write_text(third, encoding="utf-8")
    assert run("import", "third.bib").returncode == 0
    lines = [json.loads(line) for line in run("duplicates", "--document", "third.bib", "--json").stdout.splitlines()]
    assert lines
    assert all("third" in line["keys"] for line in lines)
    outcome = run("duplicates", "--document", "nowhere.bib")
    assert (outcome.returncode, outcome.stderr.count("\n")) == (1, 1)


@pytest.mark.usefixtures("library")
def test_why(run: Any, checkout: Path) -> None:
    told = run("why", "first", "second")
    assert (told.returncode, told.stderr) == (0, "")
    assert "two works, however alike" in told.stdout
    assert "veto      year" in told.stdout
    (line,) = run("why", "first", "undated", "--json").stdout.splitlines()
    schema(checkout, "why").validate(json.loads(line))
    run("merge", "first", "second")
    told = run("why", "first", "second").stdout
    assert "you decided it" in told
    assert "decision 1: merge first second" in told
    assert "without your decision the matcher would say: two works, for a veto holds" in told


@pytest.mark.usefixtures("library")
def test_pairs_that_a_veto_parts_are_shown_with_it(run: Any, checkout: Path) -> None:
    outcome = run("duplicates", "--vetoed")
    assert outcome.returncode == 0
    assert "veto: year (other years), edition (other editions)" in outcome.stdout
    (line,) = run("duplicates", "--vetoed", "--json").stdout.splitlines()
    schema(checkout, "duplicates").validate(json.loads(line))
    assert sorted(json.loads(line)["keys"]) == ["first", "second"]


def test_every_veto_is_told_in_words() -> None:
    from citekit.cli.wording import told_veto
    from citekit.matching.vetoes import VETOES

    assert [name for name in VETOES if told_veto(name) == name] == []


def test_adding_tells_which_citations_left_their_work(run: Any, tmp_path: Path) -> None:
    for name, author in (("rolf", "Rolf Munk"), ("initial", "R. Munk"), ("ralph", "Ralph Munk")):
        note = f"Text.[^1]\n\n[^1]: {author}, *The Salt Trade in Norland* (Hamburg: Harbour Press, 1950), 12.\n"
        (tmp_path / f"{name}.md").write_text(note, encoding="utf-8")
    assert run("add", "rolf.md", "initial.md").stderr == ""
    outcome = run("add", "ralph.md")
    assert "initial.md, note 1: was munk1950salt and is munk1950salta" in outcome.stderr
    assert "citekit duplicates munk1950salta" in outcome.stderr
    assert run("duplicates", "munk1950salta").stdout.endswith("2 pairs\n")


@pytest.mark.usefixtures("library")
def test_keys_that_lead_nowhere_are_told_in_one_line(run: Any) -> None:
    for arguments in (("why", "first", "nobody"), ("duplicates", "nobody"), ("why", "first", "first")):
        outcome = run(*arguments)
        assert (outcome.returncode, outcome.stdout, outcome.stderr.count("\n")) == (1, "", 1), outcome.stderr
