"""The commands that decide: merge, split, apart, edit, key, history, undo, conflicts, show --why, add --as."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

ESSAY = """The state claims force.1 It succeeds.2 And more.3

1 Max Weber, Die protestantische Ethik, Tübingen, Mohr, 1934, S. 17.
2 Ibid., S. 18.
3 Émile Durkheim, Le suicide, Paris, Alcan, 1897, p. 3.
"""
ARTICLE = """Bureaucracy again.[^1]

[^1]: See M. Weber, *Die protestantische Ethik*, Tübingen, Siebeck, 1934, S. 650; Émile Durkheim, *Le suicide*, Paris,
    PUF, 1897, p. 3.
"""


@pytest.fixture
def keys(run: Any, tmp_path: Path) -> dict[str, str]:
    """A store of two documents; the key of each work by its author."""
    (tmp_path / "essay.txt").write_text(ESSAY, encoding="utf-8")
    (tmp_path / "article.md").write_text(ARTICLE, encoding="utf-8")
    assert run("add", "essay.txt", "article.md").returncode == 0
    return {work["item"]["author"][0]["family"]: work["key"] for work in listed(run("works", "--json"))}


def listed(outcome: Any) -> list[dict[str, Any]]:
    assert (outcome.returncode, outcome.stderr) == (0, ""), outcome.stderr
    return [json.loads(line) for line in outcome.stdout.splitlines()]


def exported(run: Any) -> str:
    return str(run("export", "--format", "biblatex").stdout)


def test_merge_split_and_undo(run: Any, keys: dict[str, str]) -> None:
    before = exported(run)
    weber = keys["Weber"]
    (outcome,) = listed(run("split", weber, "--citations", "3", "--json"))
    assert outcome == {"decision": 1, "works": [weber, f"{weber}a"], "overridden": []}
    parted = exported(run)
    assert f"{weber}a," in parted
    (outcome,) = listed(run("merge", weber, f"{weber}a", "--json"))
    assert outcome == {"decision": 2, "works": [weber], "overridden": [1]}
    assert exported(run) == before
    assert [decision["kind"] for decision in listed(run("undo", "--json"))] == ["merge"]
    assert exported(run) == parted
    told = run("undo")
    assert (told.returncode, told.stdout.startswith("undone: 1: split")) == (0, True)
    assert exported(run) == before


def test_edit_key_and_history(run: Any, keys: dict[str, str]) -> None:
    former = keys["Durkheim"]
    assert run("edit", former, "author", "Durkheim, David Émile").returncode == 0
    assert run("key", former, "suicide").returncode == 0
    (work,) = listed(run("show", former, "--json"))
    assert (work["key"], work["item"]["author"]) == ("suicide", [{"family": "Durkheim", "given": "David Émile"}])
    assert run("edit", "suicide", "publisher", "--delete").returncode == 0
    assert "publisher" not in listed(run("show", "suicide", "--json"))[0]["item"]
    history = run("history").stdout
    for told in ("edit", "author = Durkheim, David Émile", f"rename {former} -> suicide", "publisher deleted", "3 dec"):
        assert told in history
    assert [decision["id"] for decision in listed(run("history", "--json"))] == [1, 2, 3]


def test_why_a_value_was_chosen(run: Any, keys: dict[str, str]) -> None:
    (said,) = listed(run("show", keys["Durkheim"], "--why", "publisher", "--json"))
    assert sorted(statement["value"] for statement in said["statements"]) == ["Alcan", "PUF"]
    assert {Path(statement["document"]).name for statement in said["statements"]} == {"essay.txt", "article.md"}
    run("edit", keys["Durkheim"], "publisher", "Alcan")
    told = run("show", keys["Durkheim"], "--why", "publisher").stdout
    assert "because: set by the user on" in told
    assert "note 3" in told


def test_conflicts(run: Any, keys: dict[str, str]) -> None:
    found = listed(run("conflicts", "--json"))
    assert [(conflict["key"], conflict["field"]) for conflict in found] == [
        (keys["Durkheim"], "publisher"),
        (keys["Weber"], "publisher"),
    ]
    assert run("conflicts", "--field", "title", "--strict").returncode == 0
    assert run("conflicts", "--strict").returncode == 3
    for key in keys.values():
        run("edit", key, "publisher", "Mohr")
    assert run("conflicts").stdout == "0 conflicts\n"


def test_orphaned_decisions_are_told(run: Any, keys: dict[str, str], tmp_path: Path) -> None:
    run("split", keys["Weber"], "--citations", "3")
    (tmp_path / "article.md").write_text("Nothing is left.\n", encoding="utf-8")
    told = run("add", "article.md")
    assert told.returncode == 0
    assert "history --orphaned" in told.stderr
    assert "orphaned: " in run("history", "--orphaned").stdout
    (tmp_path / "article.md").write_text(ARTICLE, encoding="utf-8")
    assert run("add", "article.md").stderr == ""
    assert run("history", "--orphaned").stdout == "0 decisions\n"
    assert len(listed(run("works", "--json"))) == 3


def test_a_document_under_a_name(run: Any, keys: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "moved.txt").write_text(ESSAY, encoding="utf-8")
    (told,) = listed(run("add", "moved.txt", "--as", tmp_path / "essay.txt", "--json"))
    assert told["status"] == "unchanged"
    refused = run("add", "moved.txt", "essay.txt", "--as", "thesis")
    assert refused.returncode == 2
    assert "--as is for one document" in refused.stderr


def test_what_short_forms_seem_to_say_is_no_conflict(run: Any, tmp_path: Path) -> None:
    (tmp_path / "essay.txt").write_text(
        "One.1 Two.2\n\n1 Max Weber, Wirtschaft und Gesellschaft, Tübingen, Mohr, 1922, S. 17.\n"
        "2 Weber, Wirtschaft und Gesellschaft, S. 33.\n",
        encoding="utf-8",
    )
    run("add", "essay.txt")
    (work,) = listed(run("works", "--json"))
    assert [citation["form"] for citation in work["citations"]] == ["full", "short"]
    assert run("conflicts").stdout == "0 conflicts\n"
    told = run("show", work["key"], "--why", "title")
    if "2 statements" in told.stdout:
        assert "(a short form, not weighed)" in told.stdout
    said = listed(run("show", work["key"], "--why", "author", "--json"))[0]
    assert "short" not in said["reason"]


def test_the_lines_of_a_note_stay_lines_and_foreign_fields_are_shown(
    run: Any, keys: dict[str, str], tmp_path: Path
) -> None:
    assert run("edit", keys["Weber"], "note", "line 1 \nline 2").returncode == 0
    (work,) = [work for work in listed(run("works", "--json")) if work["key"] == keys["Weber"]]
    assert work["item"]["note"] == "line 1\nline 2"
    (tmp_path / "l.bib").write_text("@book{a b, title = {Aube}, shelf = {3rd room}}\n", encoding="utf-8")
    told = run("import", "l.bib")
    assert told.returncode == 0
    assert told.stderr.startswith("citekit: l.bib, line 1: 'a b' is no citation key, so the work gets another; ")
    (key,) = {work["key"] for work in listed(run("works", "--json"))} - set(keys.values())
    shown = run("show", key).stdout
    assert "shelf" in shown
    assert "3rd room" in shown
    assert " fields" not in shown


def test_a_guessed_encoding_is_told(run: Any, tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_bytes(ESSAY.replace("Durkheim", "Dürkheim").encode("windows-1252"))
    told = run("add", "old.txt")
    assert told.returncode == 0
    assert told.stderr.startswith("citekit: old.txt: the file is not UTF-8 and was read as windows-1252;")


def test_a_document_that_has_moved(run: Any, keys: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "chapters").mkdir()
    (tmp_path / "essay.txt").rename(tmp_path / "chapters" / "essay.txt")
    (told,) = listed(run("add", "chapters/essay.txt", "--as", "essay.txt", "--json"))
    assert told["status"] == "unchanged", "--as takes the name that add printed"
    followed = run("add", "chapters/essay.txt")
    assert followed.returncode == 0
    assert followed.stdout.startswith("chapters/essay.txt: moved, ")
    assert f"chapters/essay.txt: is {tmp_path / 'essay.txt'}, which is gone" in followed.stderr
    assert followed.stderr.count("\n") == 1
    again = run("add", "chapters/essay.txt")
    assert (again.stderr, again.stdout.split(", ")[0]) == ("", "chapters/essay.txt: unchanged")


def test_a_document_that_is_removed_and_comes_back(run: Any, keys: dict[str, str], tmp_path: Path) -> None:
    before = sorted(keys.values())
    run("edit", keys["Weber"], "note", "Read in 1999")
    gone = run("remove", "essay.txt")
    assert (gone.returncode, gone.stderr) == (0, "")
    assert gone.stdout.startswith(f"{tmp_path / 'essay.txt'}: removed, ")
    assert "that you decided on are found again when it is added again" in gone.stdout.splitlines()[1]
    assert "orphaned: " in run("history", "--orphaned").stdout
    missing = run("remove", "essay.txt", "article.md")
    assert missing.returncode == 1
    assert missing.stderr.startswith("citekit: essay.txt: the store has no such document; ")
    assert listed(run("remove", "article.md", "--json"))[0]["document"] == str(tmp_path / "article.md")
    assert run("works").stdout == "0 works\n"
    assert run("add", "article.md", "essay.txt").returncode == 0
    assert sorted(work["key"] for work in listed(run("works", "--json"))) == before
    assert run("history", "--orphaned").stdout == "0 decisions\n"


@pytest.mark.parametrize("words", [("show", "@"), ("key", "WEBER", "@"), ("edit", "WEBER", "title", "@")])
def test_an_argument_that_is_no_text(run: Any, keys: dict[str, str], words: tuple[str, ...]) -> None:
    done = run(*(keys["Weber"] if word == "WEBER" else word.replace("@", "caf\udce9") for word in words))
    assert (done.returncode, done.stdout) == (1, "")
    assert "caf\\udce9': holds half of a character, which is no Unicode text; write it in UTF-8" in done.stderr
    assert done.stderr.count("\n") == 1


REFUSED: list[tuple[tuple[str, ...], int, str]] = [
    (("merge", "WEBER"), 2, "at least two"),
    (("apart", "WEBER", "WEBER"), 1, "name two works"),
    (("edit", "WEBER", "id", "foo"), 1, "use citekit key weber1934protestantische foo"),
    (("split", "WEBER", "--citations", "1-99999999999999"), 2, "has at most"),
    (("merge", "WEBER", "WEBER"), 1, "one work already"),
    (("merge", "WEBER", "nobody"), 1, "nobody: no work"),
    (("split", "WEBER", "--citations", "x"), 2, "3,7-9"),
    (("split", "WEBER", "--citations", "9-7"), 2, "lower number first"),
    (("split", "WEBER", "--citations", "1-3"), 1, "every citation"),
    (("split", "WEBER", "--citations", "7"), 1, "has no citation 7"),
    (("apart", "WEBER", "WEBER"), 1, "split it"),
    (("edit", "WEBER", "title"), 2, "give a value"),
    (("edit", "WEBER", "titel", "x"), 1, "did you mean title"),
    (("edit", "WEBER", "issued", "long ago"), 1, "EDTF"),
    (("key", "WEBER", "a b"), 1, "cannot be a citation key"),
    (("key", "WEBER", "DURKHEIM"), 1, "another work"),
    (("show", "WEBER", "--why", "colour"), 1, "no field"),
    (("conflicts", "--field", "colour"), 1, "no field"),
    (("undo",), 1, "no decision is in force"),
    (("undo", "0"), 2, "0"),
]


def test_what_cannot_be_decided_is_one_line(run: Any, keys: dict[str, str]) -> None:
    for arguments, status, says in REFUSED:
        named = [keys[word.capitalize()] if word in ("WEBER", "DURKHEIM") else word for word in arguments]
        outcome = run(*named)
        assert (outcome.returncode, outcome.stdout) == (status, ""), named
        assert outcome.stderr.count("\n") == 1, outcome.stderr
        assert says in outcome.stderr, named
    assert listed(run("history", "--json")) == []
