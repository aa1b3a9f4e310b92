"""What citekit writes for BibTeX and BibLaTeX passes citekit's own checks, as far as its documents said enough."""

from __future__ import annotations

from typing import Any

import pytest

from citekit import formats
from citekit.formats.bib import read_file
from citekit.formats.dialects import BIBTEX, VARIABLES
from citekit.lint import lint_bib
from citekit.lint.data_model import KNOWN_FIELDS

FILE = {
    "archive": "The National Archives, Kew (TNA)",
    "archive_location": "HO 45/1234, Report on the harbour riots",
    "issued": {"date-parts": [[1848, 3, 4]]},
}
LETTER = {
    "type": "personal_communication",
    "author": [{"family": "Gray", "given": "Robert"}],
    "recipient": [{"family": "Ashcombe"}],
    "title": "Letter on the dykes",
    "archive": "Harbourton Record Office",
    "archive_location": "Ashcombe Papers, box 5",
    "call-number": "HRO 5/17",
    "page": "3-4",
}
CASES: list[tuple[str, dict[str, Any]]] = [
    ("a file that nobody signed", FILE),
    ("a file without a day", {name: value for name, value in FILE.items() if name != "issued"}),
    ("an unsigned file with a title", {**FILE, "title": "Ratsprotokoll"}),
    ("a letter in an archive", LETTER),
    (
        "a signed manuscript",
        {"type": "manuscript", "author": [{"family": "Rossi"}], "title": "Memorie", "archive": "ASF"},
    ),
    (
        "an unsigned article of a newspaper",
        {
            "type": "article-newspaper",
            "title": "Riot in the Harbour",
            "container-title": "The Times",
            "issued": {"date-parts": [[1848, 3, 5]]},
        },
    ),
    (
        "a law in its gazette",
        {
            "type": "legislation",
            "title": "Gesetz über den Salzzoll",
            "container-title": "RGBl.",
            "issued": {"date-parts": [[1888, 4, 3]]},
        },
    ),
    (
        "pages whose second number is cut",
        {
            "type": "article-journal",
            "author": [{"family": "Rossi"}],
            "title": "Sale e dogane",
            "container-title": "Archivio del sale",
            "issued": {"date-parts": [[1987]]},
            "page": "209–10",
        },
    ),
]


@pytest.mark.parametrize(("title", "item"), CASES, ids=[title for title, _ in CASES])
@pytest.mark.parametrize("notation", ["bibtex", "biblatex"])
def test_our_own_entry_passes(title: str, item: dict[str, Any], notation: str) -> None:
    written = formats.dumps([item], notation)
    found = [f"{each.code} {each.field}: {each.message}" for each in lint_bib(read_file(written))]
    assert found == []


def test_every_field_of_our_own_is_known() -> None:
    own = {BIBTEX.spare_for(variable) for variable in VARIABLES} - {None}
    assert own <= KNOWN_FIELDS
    assert "archive-location" in own


def test_a_misprint_of_our_own_field_is_found() -> None:
    found = lint_bib(read_file("@misc{gray1848, title = {Letter}, archive-loction = {box 5}}"))
    assert [each.code for each in found] == ["CK202"]
