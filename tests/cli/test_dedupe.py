"""`citekit dedupe`: a record in, a line out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

WEBER = {
    "id": "a",
    "type": "book",
    "title": "Wirtschaft und Gesellschaft",
    "author": [{"family": "Weber", "given": "Max"}],
    "publisher-place": "Tübingen",
    "issued": {"date-parts": [[1922]]},
}
AGAIN = {**WEBER, "id": 7, "author": [{"family": "WEBER", "given": "M."}]}
DURKHEIM = {
    "id": "c",
    "type": "book",
    "title": "Le suicide",
    "author": [{"family": "Durkheim", "given": "Émile"}],
    "issued": {"date-parts": [[1897]]},
}


def memberships(outcome: Any) -> list[tuple[Any, str]]:
    found = [json.loads(line) for line in outcome.stdout.splitlines()]
    assert all(line["schema"] == "citekit/dedupe/1" and 0 <= line["confidence"] <= 1 for line in found)
    return [(line["id"], line["work"]) for line in found]


def test_an_array_and_lines_give_the_same(run: Any, tmp_path: Path) -> None:
    records = [WEBER, DURKHEIM, AGAIN]
    (tmp_path / "array.json").write_text(json.dumps(records, indent=1, ensure_ascii=False), encoding="utf-8")
    lines = "".join(json.dumps(record) + "\n" for record in records)
    (tmp_path / "lines.jsonl").write_text(lines + "\n", encoding="utf-8-sig")
    outcome = run("dedupe", "array.json", "--json")
    assert (outcome.returncode, outcome.stderr) == (0, "")
    (first, weber), (second, durkheim), (third, again) = memberships(outcome)
    assert [first, second, third] == ["a", "c", 7]
    assert weber == again != durkheim
    assert memberships(run("dedupe", "lines.jsonl", "--json")) == memberships(outcome)


def test_bibtex(run: Any, tmp_path: Path) -> None:
    (tmp_path / "library.bib").write_text(
        "@book{weber, author = {Max Weber}, title = {Wirtschaft und Gesellschaft}, address={Tübingen}, year = 1922}\n"
        "@book{suicide, author = {Durkheim, Émile}, title = {Le suicide}, year = 1897}\n"
        "@book{weber22, author = {Weber, M.}, title = {Wirtschaft und Gesellschaft}, year = 1922}\n",
        encoding="utf-8",
    )
    outcome = run("dedupe", "library.bib", "--json")
    assert (outcome.returncode, outcome.stderr) == (0, "")
    (_, weber), (_, durkheim), (last, again) = memberships(outcome)
    assert last == "weber22"
    assert weber == again != durkheim


def test_bad_records_are_named_and_the_others_kept(run: Any, tmp_path: Path) -> None:
    (tmp_path / "lines.jsonl").write_text(f"{json.dumps(WEBER)}\n[1, 2]\n{json.dumps(DURKHEIM)}\n3\n", encoding="utf-8")
    outcome = run("dedupe", "lines.jsonl", "--json")
    assert outcome.returncode == 1
    assert [name for name, _ in memberships(outcome)] == ["a", "c"]
    assert [line.split(":")[1] for line in outcome.stderr.splitlines()] == [
        " lines.jsonl, line 2",
        " lines.jsonl, line 4",
    ]


@pytest.mark.parametrize("text", ['[{"id": 1},\n {"id": 2}', "{broken", "Dear diary", "[" * 100_000, '[{"id": NaN}'])
def test_no_json_is_refused_in_one_line(run: Any, tmp_path: Path, text: str) -> None:
    (tmp_path / "array.json").write_text(text, encoding="utf-8")
    outcome = run("dedupe", "array.json", "--json")
    assert (outcome.returncode, outcome.stdout) == (1, "")
    assert outcome.stderr.startswith("citekit: array.json: ")
    assert ";" in outcome.stderr
    assert outcome.stderr.count("\n") == 1


def test_odd_records_do_not_stop_it(run: Any, tmp_path: Path) -> None:
    odd = [
        {},
        {"id": "x", "title": None},
        {"id": "y", "author": "Weber", "issued": 1922},
        {"title": ["a"]},
        {"volume": 3},
    ]
    (tmp_path / "odd.json").write_text(json.dumps(odd), encoding="utf-8")
    outcome = run("dedupe", "odd.json", "--json")
    assert (outcome.returncode, outcome.stderr) == (0, "")
    assert [name for name, _ in memberships(outcome)] == [None, "x", "y", None, None]


def test_an_empty_file_has_no_records(run: Any, tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").touch()
    outcome = run("dedupe", "empty.jsonl", "--json")
    assert (outcome.returncode, outcome.stdout, outcome.stderr) == (0, "", "")


def test_no_utf8_is_said(run: Any, tmp_path: Path) -> None:
    (tmp_path / "latin.json").write_bytes(b'[{"title": "Gr\xfcnde"}]')
    outcome = run("dedupe", "latin.json", "--json")
    assert outcome.returncode == 1
    assert outcome.stderr == "citekit: latin.json: no UTF-8 (byte 15); convert it to UTF-8\n"


def test_for_people_only_what_stands_twice(run: Any, tmp_path: Path) -> None:
    (tmp_path / "array.json").write_text(json.dumps([WEBER, DURKHEIM, AGAIN]), encoding="utf-8")
    outcome = run("dedupe", "array.json")
    assert outcome.returncode == 0
    assert outcome.stdout.startswith("3 records of 2 works\n")
    assert "Durkheim" not in outcome.stdout
