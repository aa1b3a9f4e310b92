"""Every case in `cases/` (see citation_cases for how to write one), and every known miss."""

from __future__ import annotations

from pathlib import Path

import pytest

from citekit.citations import read_citations
from tests.citations.citation_cases import Case, differences, load

HERE = Path(__file__).parent


def params(folder: Path) -> list[object]:
    return [
        pytest.param(case, id=f"{file.stem}: {case.title}")
        for file in sorted(folder.glob("*.txt"))
        for case in load(file)
    ]


@pytest.mark.parametrize("case", params(HERE / "cases"))
def test_a_note_as_printed(case: Case) -> None:
    assert differences(case, read_citations(case.document, [case.note])) == []


@pytest.mark.parametrize("case", params(HERE / "known_misses"))
def test_a_known_miss_is_still_missed(case: Case) -> None:
    assert case.reason, "a known miss says why"
    assert differences(case, read_citations(case.document, [case.note])), "read rightly now: move it to cases/"


def test_there_are_cases() -> None:
    assert len(params(HERE / "cases")) > 100
