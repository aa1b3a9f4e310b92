"""The commands that keep a store: add, works, show, export."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ESSAY = """The state claims force.1 It succeeds.2

1 Max Weber, Die protestantische Ethik, Tübingen, Mohr, 1934, S. 17.
2 Ibid., S. 18.
"""
ARTICLE = """Bureaucracy again.[^1]

[^1]: See Max Weber, *Die protestantische Ethik*, Tübingen, Mohr, 1934, S. 650; Émile Durkheim, *Le suicide*, Paris,
    Alcan, 1897, p. 3.
"""


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    (tmp_path / "essay.txt").write_text(ESSAY, encoding="utf-8")
    (tmp_path / "article.md").write_text(ARTICLE, encoding="utf-8")
    return tmp_path


def works(outcome: Any) -> dict[str, dict[str, Any]]:
    assert outcome.returncode == 0, outcome.stderr
    found = [json.loads(line) for line in outcome.stdout.splitlines()]
    return {work["item"]["title"]: work for work in found}


def complaint(outcome: Any, *, names: str) -> None:
    """One line, with place and remedy, and status 1."""
    assert outcome.returncode == 1
    assert outcome.stderr.startswith("citekit: "), outcome.stderr
    assert outcome.stderr.count("\n") == 1
    assert names in outcome.stderr
    assert ";" in outcome.stderr, f"no remedy: {outcome.stderr}"


def test_a_work_of_two_documents_stands_once(run: Any, documents: Path) -> None:
    added = run("add", "essay.txt", "article.md", "--json")
    assert (added.returncode, added.stderr) == (0, "")
    assert [json.loads(line)["status"] for line in added.stdout.splitlines()] == ["added", "added"]
    found = works(run("works", "--json"))
    assert set(found) == {"Die protestantische Ethik", "Le suicide"}
    weber = found["Die protestantische Ethik"]
    assert [Path(citation["document"]).name for citation in weber["citations"]] == [
        "essay.txt",
        "essay.txt",
        "article.md",
    ]
    assert [citation["note"] for citation in weber["citations"]] == ["1", "2", "1"]
    for citation in weber["citations"]:
        start, end = citation["span"]
        assert Path(citation["document"]).read_text(encoding="utf-8")[start:end] == citation["text"]


def test_real_works_fit_the_schema(run: Any, documents: Path, checkout: Path) -> None:
    import jsonschema
    import referencing

    schemas = [json.loads(path.read_text(encoding="utf-8")) for path in (checkout / "docs/schema").glob("*.json")]
    registry: Any = referencing.Registry().with_contents((schema["$id"], schema) for schema in schemas)
    run("add", "essay.txt", "article.md")
    for command, schema, more in (
        ("works", "works", {}),
        ("extract", "extraction", {"files": ["essay.txt", "article.md"]}),
        ("parse", "parse", {"files": ["Max Weber, Die protestantische Ethik, Tübingen, Mohr, 1934, S. 17."]}),
        ("dedupe", "dedupe", {"files": ["library.json"]}),
    ):
        if command == "dedupe":
            (documents / "library.json").write_text(run("export", "--format", "csl-json").stdout, encoding="utf-8")
        outcome = run(command, *more.get("files", []), "--json")
        assert outcome.returncode == 0, outcome.stderr
        (chosen,) = [one for one in schemas if one["$id"].endswith(f"/{schema}.json")]
        validator = jsonschema.Draft202012Validator(chosen, registry=registry)
        lines = outcome.stdout.splitlines()
        assert lines
        for line in lines:
            assert [error.message for error in validator.iter_errors(json.loads(line))] == []


def test_adding_again_changes_nothing(run: Any, documents: Path) -> None:
    run("add", "essay.txt", "article.md")
    before = run("works", "--json").stdout
    again = run("add", "article.md", "essay.txt", "--json")
    assert [json.loads(line)["status"] for line in again.stdout.splitlines()] == ["unchanged", "unchanged"]
    assert run("works", "--json").stdout == before


def test_what_can_be_added_is_added(run: Any, documents: Path) -> None:
    outcome = run("add", "missing.txt", "essay.txt", "--json")
    complaint(outcome, names="missing.txt")
    assert [json.loads(line)["status"] for line in outcome.stdout.splitlines()] == ["failed", "added"]
    assert len(works(run("works", "--json"))) == 1


def test_the_summary_for_people(run: Any, documents: Path) -> None:
    outcome = run("add", "essay.txt", "article.md")
    assert (outcome.returncode, outcome.stderr) == (0, "")
    assert outcome.stdout.splitlines()[-1] == "references.db: 2 documents (2 added), 2 new works"


def test_the_store_is_named_by_option_then_environment(run: Any, documents: Path) -> None:
    run("add", "essay.txt", env={"CITEKIT_STORE": "named.db"})
    run("add", "article.md", "--store", "chosen.db", env={"CITEKIT_STORE": "named.db"})
    assert sorted(path.name for path in documents.glob("*.db")) == ["chosen.db", "named.db"]
    assert len(works(run("works", "--json", env={"CITEKIT_STORE": "named.db"}))) == 1
    assert len(works(run("works", "--json", "--store", "chosen.db"))) == 2


@pytest.mark.parametrize("command", [["works"], ["works", "--json"], ["show", "x"], ["export", "--format", "bibtex"]])
def test_no_store_yet(run: Any, tmp_path: Path, command: list[str]) -> None:
    outcome = run(*command)
    complaint(outcome, names="references.db")
    assert outcome.stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_show_puts_each_citation_in_its_context(run: Any, documents: Path) -> None:
    run("add", "essay.txt", "article.md")
    key = works(run("works", "--json"))["Die protestantische Ethik"]["key"]
    shown = run("show", key)
    assert shown.returncode == 0, shown.stderr
    assert "3 citations" in shown.stdout
    assert "essay.txt, note 2, characters" in shown.stdout
    assert "(ibid, page 18)" in shown.stdout
    assert "Durkheim" in shown.stdout, "the rest of the note is the context"
    assert json.loads(run("show", key, "--json").stdout)["key"] == key


def test_show_an_unknown_key(run: Any, documents: Path) -> None:
    run("add", "essay.txt")
    complaint(run("show", "nobody1900nothing"), names="nobody1900nothing")


def test_a_title_that_steers_terminals(run: Any, documents: Path) -> None:
    hostile = ESSAY.replace("protestantische", "protestan\x1b]0;owned\x07\x9b31mtische")
    (documents / "essay.txt").write_text(hostile, encoding="utf-8")
    added = run("add", "essay.txt")
    if added.returncode:
        complaint(added, names="essay.txt")
        return
    keys = [json.loads(line)["key"] for line in run("works", "--json").stdout.splitlines()]
    for outcome in (added, run("works"), *(run("show", key) for key in keys)):
        assert outcome.returncode == 0, outcome.stderr
        assert not set(outcome.stdout) & {"\x1b", "\x07", "\x9b"}


@pytest.mark.parametrize("format_name", ["bibtex", "biblatex", "csl-json"])
def test_export_to_a_file_is_export_to_standard_output(run: Any, documents: Path, format_name: str) -> None:
    run("add", "essay.txt", "article.md")
    printed = run("export", "--format", format_name)
    assert (printed.returncode, printed.stderr) == (0, "")
    assert printed.stdout.endswith("\n")
    written = run("export", "--format", format_name, "-o", "thesis.out")
    assert (written.returncode, written.stdout, written.stderr) == (0, "", "")
    assert (documents / "thesis.out").read_text(encoding="utf-8") == printed.stdout
    assert "protestantische" in printed.stdout
    if format_name == "csl-json":
        assert {item["title"] for item in json.loads(printed.stdout)} == {"Die protestantische Ethik", "Le suicide"}


def test_an_imported_file_is_given_back(run: Any, documents: Path) -> None:
    written = b'@string{ei = "Einaudi"}\r\n@Book{levi63, TITLE = "La tregua", PUBLISHER = ei }\r\n'
    (documents / "library.bib").write_bytes(written)
    assert run("import", "library.bib").returncode == 0
    assert run("export", "--imported", "library.bib", "-o", "again.bib").returncode == 0
    assert (documents / "again.bib").read_bytes() == written
    complaint(run("export", "--imported", "other.bib"), names="other.bib: the store has imported no such .bib file")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_export_to_a_full_disk(run: Any, documents: Path) -> None:
    run("add", "essay.txt")
    complaint(run("export", "--format", "bibtex", "-o", "/dev/full"), names="/dev/full: no space left")


@pytest.mark.parametrize("target", ["no/such/folder/thesis.bib", "folder", "/proc/self/thesis.bib"])
def test_export_to_a_place_that_takes_no_file(run: Any, documents: Path, target: str) -> None:
    (documents / "folder").mkdir()
    run("add", "essay.txt")
    complaint(run("export", "--format", "bibtex", "-o", target), names=target)


@pytest.mark.parametrize("command", [["add", "essay.txt"], ["works"], ["export", "--format", "bibtex"]])
@pytest.mark.parametrize(
    "content", [b"Dear diary,\n" * 400, b"SQLite format 3\x00" + b"\xff" * 5000], ids=["text", "damaged"]
)
def test_a_store_that_is_no_sqlite_file(run: Any, documents: Path, command: list[str], content: bytes) -> None:
    (documents / "references.db").write_bytes(content)
    complaint(run(*command), names="references.db")
    assert (documents / "references.db").read_bytes() == content


def test_another_programs_database_is_left_alone(run: Any, documents: Path) -> None:
    with sqlite3.connect(documents / "references.db") as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()
    before = (documents / "references.db").read_bytes()
    complaint(run("add", "essay.txt"), names="references.db")
    assert (documents / "references.db").read_bytes() == before


def test_a_store_from_a_newer_version(run: Any, documents: Path) -> None:
    run("add", "essay.txt")
    with sqlite3.connect(documents / "references.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'zzzz_future'")
    connection.close()
    for command in (["add", "article.md"], ["works"], ["export", "--format", "bibtex"]):
        complaint(run(*command), names="references.db")


def test_a_locked_store_is_waited_for_and_then_named(run: Any, documents: Path) -> None:
    run("add", "essay.txt")
    connection = sqlite3.connect(documents / "references.db", isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    try:
        complaint(run("add", "article.md"), names="references.db")
    finally:
        connection.execute("ROLLBACK")
        connection.close()
    assert run("add", "article.md").returncode == 0


@pytest.mark.parametrize("format_name", ["bibtex", "biblatex", "ris", "csl-json", "csl-yaml", "better-bibtex"])
def test_an_export_of_nothing_is_told(run: Any, tmp_path: Path, format_name: str) -> None:
    (tmp_path / "prose.txt").write_text("The council met, and nobody wrote a note.", encoding="utf-8")
    assert run("add", "prose.txt").returncode == 0
    outcome = run("export", "--format", format_name)
    assert outcome.returncode == 0
    assert outcome.stderr == (
        "citekit: references.db: has no works yet; add documents that cite some (citekit add), or citekit import\n"
    )


def test_an_export_of_something_is_not(run: Any, documents: Path) -> None:
    run("add", "essay.txt")
    assert "no works" not in run("export", "--format", "bibtex").stderr


def test_a_folder_as_store(run: Any, documents: Path) -> None:
    (documents / "references.db").mkdir()
    complaint(run("add", "essay.txt"), names="references.db")


@pytest.mark.parametrize("place", ["/proc/self/references.db", "no/such/folder/references.db"])
def test_a_store_where_none_can_be(run: Any, documents: Path, place: str) -> None:
    complaint(run("add", "essay.txt", "--store", place), names=place)


def test_a_read_only_folder_can_still_be_read(run: Any, documents: Path) -> None:
    run("add", "essay.txt")
    folder = documents / "fixed"
    folder.mkdir()
    shutil.move(documents / "references.db", folder)
    if os.geteuid() == 0:  # permissions do not bind root, a read-only mount does
        mounted = subprocess.run(["mount", "--bind", folder, folder], capture_output=True, check=False).returncode == 0
        bound = (
            mounted
            and not subprocess.run(
                ["mount", "-o", "remount,ro,bind", folder], capture_output=True, check=False
            ).returncode
        )
        release = [["umount", str(folder)]] if mounted else []
        if not bound:
            for command in release:
                subprocess.run(command, check=True)
            pytest.skip("runs as root, whom permissions do not bind, and may not mount a folder read-only")
    else:
        folder.chmod(0o555)
        release = [["chmod", "755", str(folder)]]
    try:
        assert len(works(run("works", "--json", "--store", "fixed/references.db"))) == 1
        complaint(run("add", "article.md", "--store", "fixed/references.db"), names="fixed/references.db")
        complaint(run("add", "article.md", "--store", "fixed/new.db"), names="fixed/new.db")
    finally:
        for command in release:
            subprocess.run(command, check=True)


def test_a_reader_who_has_had_enough_of_works(documents: Path, run: Any, environment: dict[str, str]) -> None:
    run("add", "essay.txt", "article.md")
    outcome = subprocess.run(
        ["bash", "-c", f"set -o pipefail; '{sys.executable}' -m citekit.cli works --json | head -c 1"],
        cwd=documents,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (outcome.returncode, outcome.stdout, outcome.stderr) == (0, "{", "")
