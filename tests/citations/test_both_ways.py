"""Every case in `both_ways/`: read alike as a note of a document, and as a string by itself (`citekit parse`)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from citekit.citations import parse, read_citations
from tests.citations.citation_cases import Case, differences, load

CASES = [
    pytest.param(case, id=f"{file.stem}: {case.title}")
    for file in sorted((Path(__file__).parent / "both_ways").glob("*.txt"))
    for case in load(file)
]


@pytest.mark.parametrize("case", CASES)
def test_as_a_note(case: Case) -> None:
    """In a document all citations of a work say together which kind of work it is, but where the words tell it."""
    untyped = [" | ".join(said for said in line.split(" | ") if not said.startswith("type ")) for line in case.expected]
    assert differences(replace(case, expected=untyped), read_citations(case.document, [case.note])) == []


@pytest.mark.parametrize("case", CASES)
def test_as_a_string_by_itself(case: Case) -> None:
    assert differences(case, parse(case.document)) == []
