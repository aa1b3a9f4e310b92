"""What BibTeX cannot read as BibLaTeX does, and which of the two a file is in."""

from __future__ import annotations

import pytest

from citekit import formats
from citekit.formats.bib import read_file
from citekit.formats.bibtex import entry_in, items_of
from citekit.formats.dialects import BIBLATEX, BIBTEX
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


ITEMS = [
    {
        "id": "range",
        "type": "book",
        "title": "Letters",
        "translator": [{"family": "Doe", "given": "Jane"}],
        "publisher-place": "Wien",
        "publisher": "Artaria",
        "language": "de-AT",
        "issued": {"date-parts": [[1790], [1800]]},
        "medium": "print",
    },
    {
        "id": "page",
        "type": "webpage",
        "title": "On letters",
        "URL": "https://letters.example/page",
        "accessed": {"date-parts": [[2020, 1, 2]]},
    },
    {
        "id": "report",
        "type": "report",
        "title": "On archives",
        "publisher": "Ministry of Letters",
        "publisher-place": "Wien",
        "issued": {"date-parts": [[2020, 1, 2]]},
    },
    {
        "id": "undated",
        "type": "book",
        "title": "More letters",
        "translator": [{"family": "Doe", "given": "Jane"}],
        "accessed": {"date-parts": [[2020, 1, 2]]},
    },
    {"id": "circa", "type": "book", "title": "First letters", "issued": {"date-parts": [[1790]], "circa": True}},
]


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item["id"])
@pytest.mark.parametrize("notation", ["bibtex", "biblatex"])
def test_own_files_are_known_again_and_lose_nothing_on_the_way_through_both(item: dict, notation: str) -> None:
    other = "biblatex" if notation == "bibtex" else "bibtex"
    first = formats.dumps([item], notation)
    back = formats.loads(first, format_of("library.bib", first))
    assert back == [item]
    second = formats.dumps(back, other)
    assert formats.loads(second, format_of("library.bib", second)) == [item]


@pytest.mark.parametrize(
    ("bib", "notation"),
    [
        ("@book{a, title = {A}, year = 1990}", "bibtex"),
        ("@book{a, title = {A}, date = {1990}}", "biblatex"),
        ("@online{a, title = {A}, year = 1990}", "biblatex"),
        ("@misc{a, title = {A}, urldate = {2020-01-01}}", "biblatex"),
        ("@misc{a, title = {A}, year = 1990, urldate = {2020-01-01}}", "bibtex"),
        ("@article{a, journal = {J}, address = {New York},\n year = 1990,\n location = {Rome}}", "bibtex"),
        ("@article{a,\n journal = {J},\n date = {1990}}\n@book{b,\n location = {Rome},\n date = {1990}}", "biblatex"),
        ("@article{a, journaltitle = {J}, year = 1990}", "biblatex"),
    ],
)
def test_the_notation_is_told_by_the_whole_file_and_not_by_one_word(bib: str, notation: str) -> None:
    assert format_of("library.bib", bib) == notation


def test_bibtex_reads_the_words_of_biblatex_where_it_has_none_of_its_own() -> None:
    [item] = formats.loads(
        "@article{a, title = {T}, journaltitle = {Past}, location = {Oxford}, date = {1952}}", "bibtex"
    )
    assert (item["container-title"], item["publisher-place"]) == ("Past", "Oxford")


@pytest.mark.parametrize("notation", ["bibtex", "biblatex"])
def test_proceedings_that_give_their_title_to_their_papers_are_not_part_of_themselves(notation: str) -> None:
    """The manual of BibTeX tells users to write `booktitle` beside `title`, for entries with `crossref`."""
    bib = (
        "@inproceedings{paper, crossref = {cities}, title = {On streets}, pages = {1--2}}\n"
        "@proceedings{cities, editor = {Doe, J}, title = {Great {Cities}}, booktitle = {Great Cities}, year = 1990}\n"
    )
    items = formats.loads(bib, notation)
    assert "container-title" not in items[1]
    assert (
        items_of(read_file(bib), BIBLATEX if notation == "biblatex" else BIBTEX, inherit=True)[0]["container-title"]
        == "Great Cities"
    )
    written = formats.dumps(items, notation)
    assert "booktitle = {Great Cities}" in written
    assert "In: " not in written
    assert formats.loads(written, notation) == items


def test_a_book_in_another_keeps_its_container() -> None:
    [item] = formats.loads("@book{a, title = {Emma}, booktitle = {Collected novels}}", "bibtex")
    assert item["container-title"] == "Collected novels"


@pytest.mark.parametrize(
    ("stated", "date"),
    [
        pytest.param('year = 1999, month = jan # "/" # feb', "1999-01/1999-02", id="two months, as BibTeX joins them"),
        pytest.param("year = 1999, month = {Jan.--Feb.}", "1999-01/1999-02", id="two months in words"),
        pytest.param('year = 1999, month = jul # "~3--5"', "1999-07-03/1999-07-05", id="days of a month"),
        pytest.param("year = {1999-2000}", "1999/2000", id="years with a hyphen"),
        pytest.param("year = {1999--2000}", "1999/2000", id="years with a dash"),
        pytest.param("year = {1999/2000}", "1999/2000", id="years with a slash"),
        pytest.param("year = {1914--18}", "1914/1918", id="a year in two digits"),
        pytest.param("date = {-0043}", "-0043", id="44 BC"),
    ],
)
@pytest.mark.parametrize("notation", ["bibtex", "biblatex"])
def test_ranges_of_years_months_and_days(stated, date, notation):
    [item] = formats.loads(f"@book{{k, title = {{T}}, {stated}}}", notation)
    assert f"date = {{{date}}}" in formats.dumps([item], "biblatex")
    assert formats.loads(formats.dumps([item], notation), notation) == [item]


def test_months_that_no_year_holds_stay_words():
    [item] = formats.loads('@book{k, title = {T}, year = 1999, month = dec # "/" # jan}', "bibtex")
    assert item["issued"] == {"date-parts": [[1999]]}
    assert "month = {dec/jan}" in formats.dumps([item], "bibtex")


def test_years_before_christ_count_as_csl_does():
    """EDTF and BibLaTeX count a year 0 (manual 2.3.8: -0876 is 877 BC), CSL does not."""
    assert formats.loads("@book{k, title = {T}, date = {-0876}}", "biblatex")[0]["issued"] == {"date-parts": [[-877]]}
