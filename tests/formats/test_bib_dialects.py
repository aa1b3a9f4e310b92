"""What BibTeX cannot read as BibLaTeX does, and which of the two a file is in."""

from __future__ import annotations

import pytest

from citekit import formats
from citekit.formats.bibtex import entry_in
from citekit.formats.bib import read_file
from citekit.formats.recognition import format_of

BEETHOVEN = "family=Beethoven, given=Ludwig, prefix=van, useprefix=true"


def fields(bib: str) -> dict[str, str]:
    [block] = read_file(bib).entries
    return dict(entry_in(block).fields)


def test_names_by_parts_become_names_that_bibtex_reads() -> None:
    items = formats.loads(f"@book{{b, author = {{{BEETHOVEN} and Weber, Max}}, title = {{Briefe}}}}", "biblatex")
    written = formats.dumps(items, "bibtex")
    assert fields(written)["author"] == "van Beethoven, Ludwig and Weber, Max"
    assert formats.loads(written, "bibtex") == items
    assert BEETHOVEN in formats.dumps(formats.loads(written, "bibtex"), "biblatex")


def test_commands_of_biblatex_alone_are_not_written_for_bibtex() -> None:
    items = formats.loads(r"@book{b, title = {On \mkbibemph{Emma} again}, date = {1990}}", "biblatex")
    assert r"\mkbibemph" not in fields(formats.dumps(items, "bibtex"))["title"]
    assert r"\mkbibemph{Emma}" in formats.dumps(items, "biblatex")


@pytest.mark.parametrize(
    ("date", "year"),
    [
        ("1790~", "ca. 1790"),
        ("1790?", "1790?"),
        ("1790%", "ca. 1790?"),
        ("1790?/1800~", "1790?--ca. 1800"),
        ("1790/1800", "1790--1800"),
        ("1966/..", "1966--"),
    ],
)
def test_dates_that_are_about_or_uncertain_print_in_bibtex_as_a_reader_expects(date: str, year: str) -> None:
    items = formats.loads(f"@book{{b, title = {{Briefe}}, date = {{{date}}}}}", "biblatex")
    written = formats.dumps(items, "bibtex")
    assert (fields(written)["year"], fields(written)["date"]) == (year, date)
    assert "csl-json" not in written
    assert formats.loads(written, "bibtex") == items
