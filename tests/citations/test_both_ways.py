"""Every case in `both_ways/`: read alike as a note of a document, and as a string by itself (`citekit parse`)."""

from __future__ import annotations

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
    assert differences(case, read_citations(case.document, [case.note])) == []


@pytest.mark.parametrize("case", CASES)
def test_as_a_string_by_itself(case: Case) -> None:
    assert differences(case, parse(case.document)) == []
