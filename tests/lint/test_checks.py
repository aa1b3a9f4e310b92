"""Each check over entries as historians have them (cases.toml), and what holds for all of them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citekit.errors import FormatError
from citekit.formats.bib import read_bytes, read_file
from citekit.formats.bib.encoding import bytes_of
from citekit.formats.key_patterns import KeyPattern
from citekit.lint import CHECKS, chosen_codes, fixed, lint_bib, lint_items

CASES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "cases.toml").read_text(encoding="utf-8"))["case"]
# What needs more than a file to show itself; tests below have it.
ELSEWHERE = {"CK901", "CK902"}

PIECES = [
    *(
        "@book{",
        "@misc{k, ",
        "title = {",
        "author = {",
        "pages = {",
        "date = {",
        "doi = {",
        "isbn = {",
        "}",
        "},\n",
        "\\",
    ),
    *(
        "Smith, J. and ",
        "; ",
        "& ",
        "%",
        "#",
        "7-9",
        "&amp;",
        "Ã©",
        "<i>",
        "$",
        "NATO ",
        "é",
        "crossref = {k}",
        ", ",
        "\n",
    ),
]


def codes_of(case: dict[str, Any]) -> frozenset[str]:
    return chosen_codes([case["select"]] if "select" in case else [], [])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
def test_what_is_found(case: dict[str, Any]) -> None:
    file = read_file(case["bib"])
    found = lint_bib(file, codes=codes_of(case))
    assert sorted(f"{each.code} {each.field}".strip() for each in found) == case["found"]
    for each in found:
        assert each.span is not None
        assert 0 <= each.span.start <= each.span.end <= len(file.text)
        assert each.line == file.text.count("\n", 0, each.span.start) + 1
        assert not re.search(r"[\r\n]", each.message)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
def test_what_is_fixed(case: dict[str, Any]) -> None:
    codes = codes_of(case)
    text, done = fixed(read_file(case["bib"]), lambda file: lint_bib(file, codes=codes))
    assert text == case.get("fixed", case["bib"])
    assert all(CHECKS[finding.code].fixable for finding in done)
    again, more = fixed(read_file(text), lambda file: lint_bib(file, codes=codes))
    assert (again, more) == (text, [])


def test_each_check_has_its_case() -> None:
    shown = {found.split()[0] for case in CASES for found in case["found"]}
    assert shown | ELSEWHERE == set(CHECKS)


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_whatever_the_file_findings_lie_in_it_and_fixes_keep_its_entries(text: str) -> None:
    file = read_file(text)
    for finding in lint_bib(file, codes=chosen_codes(["ALL"], [])):
        assert finding.span is not None
        assert 0 <= finding.span.start <= finding.span.end <= len(text)
    after, done = fixed(file, lint_bib)
    assert done or after == text
    assert [entry.key for entry in read_file(after).entries] == [entry.key for entry in file.entries]


def test_a_file_in_latin_1_stays_in_latin_1() -> None:
    content = "@misc{a, title = {Caf\xe9 & Bar}}\r\n% Zürich\r\n".encode("latin-1")
    file = read_bytes(content)
    text, _ = fixed(file, lint_bib)
    assert bytes_of(text, file.encoding, file.mark, {}) == content.replace(b" & ", b" \\& ")


def test_a_missing_file_is_told_where_somebody_asks(tmp_path: Path) -> None:
    (tmp_path / "there.pdf").write_bytes(b"%PDF-1.4")
    bib = "@misc{a, title = {One}, file = {there.pdf}}\n@misc{b, title = {Two}, file = {Scan:gone.pdf:PDF}}"
    found = lint_bib(read_file(bib), codes=chosen_codes(["CK901"], []), folder=tmp_path)
    assert [(each.key, each.field) for each in found] == [("b", "file")]
    assert lint_bib(read_file(bib), folder=tmp_path) == []


def test_keys_that_a_pattern_would_not_give() -> None:
    bib = (
        "@misc{bloch1928, author = {Bloch, Marc}, title = {One}, year = 1928}\n"
        "@misc{x, author = {Febvre, L.}, title = {Two}}"
    )
    found = lint_bib(read_file(bib), pattern=KeyPattern.read("[auth:lower][year]"))
    assert [(each.code, each.key, each.message) for each in found] == [("CK902", "x", "the pattern gives febvre")]


def test_items_are_looked_at_without_a_file() -> None:
    items = [
        {"id": "a", "type": "book", "author": [{"family": "Levi", "given": "Carlo"}], "title": "L'orologio",
         "issued": {"date-parts": [[1950]]}, "ISBN": "978-3-16-148410-1", "page": "96-12"},
        {"id": "b", "type": "book", "author": [{"family": "Levi", "given": "Carlo"}], "title": "Profit & 5 % of <b>",
         "issued": {"date-parts": [[1950]]}},
    ]  # fmt: skip
    found = [(each.key, each.field, each.code) for each in lint_items(items)]
    assert sorted(found) == [("a", "ISBN", "CK301"), ("a", "page", "CK405"), ("b", "title", "CK703")]


def test_codes_are_chosen_by_their_beginnings() -> None:
    assert chosen_codes(["CK30"], ["CK301"]) == {"CK302", "CK303", "CK304", "CK305", "CK306", "CK307"}
    assert "CK603" not in chosen_codes([], [])
    assert chosen_codes(["all"], []) == set(CHECKS)
    with pytest.raises(FormatError, match="CK999"):
        chosen_codes(["CK999"], [])
