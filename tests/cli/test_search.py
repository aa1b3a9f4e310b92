"""`citekit search`: what it prints, and what it refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., "CompletedProcess[str]"]

TEXT = """The famine was long a secret.1 Others wrote.2

1 Yang Jisheng, Mubei, Hong Kong: Cosmos Books, 2008, p. 12. The events of 1959 are central.
2 Max Weber, Wirtschaft und Gesellschaft, Tübingen: Mohr, 1922, S. 3.
"""


@pytest.fixture
def search(run: Run, tmp_path: Path) -> Run:
    (tmp_path / "essay.txt").write_text(TEXT, encoding="utf-8")
    assert run("add", "essay.txt").returncode == 0
    return lambda *arguments: run("search", *arguments)


def test_works_and_documents_with_the_places_of_the_words(search: Run) -> None:
    result = search("yang", "1959")
    assert result.returncode == 0
    assert "yang2008mubei" in result.stdout
    assert "note 1" in result.stdout
    assert result.stdout.splitlines()[-1] == "1 work, 1 passage in 1 document"


def test_passages_are_not_counted_as_documents(search: Run) -> None:
    assert search("--", "was*").stdout.splitlines()[-1] == "0 works, 1 passage in 1 document"
    assert search("1959 OR", "--kind", "document").stdout.splitlines()[-1] == "0 passages in 0 documents"
    assert search("--year", "1922").stdout.splitlines()[-1].startswith("1 work, ")
    several = search("m*", "--kind", "document").stdout.splitlines()[-1]
    assert several == "2 passages in 1 document"


def test_json_gives_an_object_a_line_whose_marks_slice(search: Run) -> None:
    lines = [json.loads(line) for line in search("wirtschaft", "--json").stdout.splitlines()]
    assert [line["kind"] for line in lines] == ["work", "document"]
    assert lines[0]["key"] == "weber1922wirtschaft"
    for line in lines:
        for snippet in line["snippets"]:
            assert [snippet["text"][start:end].lower() for start, end in snippet["marks"]] in (
                ["wirtschaft"],
                ["weber1922wirtschaft"],
            )


@pytest.mark.parametrize("query", ['"', "AND", "a OR (", "NEAR(a b", "^a", "title:x", "a* -b*", "*"])
def test_nothing_typed_is_a_syntax_error(search: Run, query: str) -> None:
    result = search("mubei", query)
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ((), "nothing to look for"),
        (("--", "-mao"), "nothing to look for"),
        (("yang", "--year", "soon"), "write 1959, 1950..1960"),
        (("yang", "--year", "1960..1950"), "the later year is first; write 1950..1960"),
        (("yang", "--type", "nonsense"), "nonsense: is no type of CSL; there are article, article-journal"),
        (("yang", "--kind", "letter"), "letter"),
    ],
)
def test_what_cannot_be_looked_for_is_wrong_usage(search: Run, arguments: tuple[str, ...], problem: str) -> None:
    result = search(*arguments)
    assert result.returncode == 2
    assert problem in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_years_keep_what_is_between(search: Run) -> None:
    assert "1 work\n" in search("--year", "1900..1950", "--kind", "work").stdout
    assert "weber" not in search("--year", "1950..", "--kind", "work").stdout
