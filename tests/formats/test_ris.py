"""RIS as catalogues and reference managers write it: every type and tag, and all that goes wrong in real files."""

from __future__ import annotations

import pytest

from citekit import formats
from citekit.errors import FormatError
from citekit.formats.ris_tags import CSL_TYPE, RIS_TYPE
from citekit.formats.types import CSL_TYPES

ARTICLE = """\
TY  - JOUR
AU  - Stone, Lawrence
TI  - The Revival of Narrative: Reflections on a New Old History
T2  - Past & Present
IS  - 85
SP  - 3
EP  - 24
PY  - 1979
DA  - 1979/11//
SN  - 0031-2746
UR  - https://www.jstor.org/stable/650677
ER  -
"""


def one(text: str) -> dict[str, object]:
    """The only item of a file."""
    (item,) = formats.loads(text, "ris")
    return item


def test_an_article() -> None:
    assert one(ARTICLE) == {
        "type": "article-journal",
        "author": [{"family": "Stone", "given": "Lawrence"}],
        "title": "The Revival of Narrative: Reflections on a New Old History",
        "container-title": "Past & Present",
        "issue": "85",
        "page": "3-24",
        "issued": {"date-parts": [[1979, 11]]},
        "ISSN": "0031-2746",
        "URL": "https://www.jstor.org/stable/650677",
    }


def test_a_chapter_has_its_book_and_a_book_its_series() -> None:
    chapter = one(
        "TY  - CHAP\nTI  - Mass-Producing Traditions\nT2  - The Invention of Tradition\nA2  - Ranger, Terence\nER  -\n"
    )
    assert chapter["container-title"] == "The Invention of Tradition"
    assert chapter["editor"] == [{"family": "Ranger", "given": "Terence"}]
    book = one("TY  - BOOK\nTI  - La Méditerranée\nT2  - Bibliothèque\nSP  - 1160\nSN  - 2-200-37085-3\nER  -\n")
    assert book["collection-title"] == "Bibliothèque"
    assert book["number-of-pages"] == "1160"
    assert book["ISBN"] == "2-200-37085-3"
    assert "page" not in book


def test_the_authors_of_an_edited_book_are_its_editors_and_go_out_as_they_came() -> None:
    text = "TY  - EDBOOK\nAU  - Hobsbawm, Eric\nAU  - Ranger, Terence\nTI  - The Invention of Tradition\nER  -\n"
    item = one(text)
    assert [name["family"] for name in item["editor"]] == ["Hobsbawm", "Ranger"]
    assert formats.dumps([item], "ris").startswith("TY  - EDBOOK\nAU  - Hobsbawm, Eric\n")


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_byte_order_marks_and_all_ends_of_lines(ending: str) -> None:
    assert one("\ufeff" + ARTICLE.replace("\n", ending)) == one(ARTICLE)


def test_a_record_without_end_ends_where_the_next_begins() -> None:
    text = "TY  - BOOK\nTI  - A\nTY  - BOOK\nTI  - B\n"
    items, told = formats.read(text, "ris")
    assert [item["title"] for item in items] == ["A", "B"]
    assert [(found.code, found.message[:7]) for found in told] == [("ris-no-end", "line 1:"), ("ris-no-end", "line 3:")]


def test_lines_outside_of_records_are_told_with_their_number() -> None:
    items, told = formats.read(f"Provider: a catalogue\n\n{ARTICLE}left over\n", "ris")
    assert len(items) == 1
    assert [found.message.partition(":")[0] for found in told] == ["line 1", "line 15"]


def test_a_line_without_tag_goes_on_with_the_one_before() -> None:
    item = one("TY  - BOOK\nTI  - A history\n of towns\nN1  - First line\nsecond line\nER  -\n")
    assert (item["title"], item["note"]) == ("A history of towns", "First line\nsecond line")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Levi, Primo", {"family": "Levi", "given": "Primo"}),
        ("King, Martin Luther, Jr.", {"family": "King", "given": "Martin Luther", "suffix": "Jr."}),
        ("British Academy", {"literal": "British Academy"}),
        ("UNESCO,", {"literal": "UNESCO"}),  # EndNote's sign of an institution
        ("Plato", {"family": "Plato"}),
    ],
)
def test_names(name: str, expected: dict[str, str]) -> None:
    assert one(f"TY  - BOOK\nTI  - A\nAU  - {name}\nER  -\n")["author"] == [expected]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("PY  - 1957", {"date-parts": [[1957]]}),
        ("PY  - 1957/03/12/", {"date-parts": [[1957, 3, 12]]}),
        ("Y1  - 1957///", {"date-parts": [[1957]]}),
        ("PY  - 1957\nDA  - 1957-03-12", {"date-parts": [[1957, 3, 12]]}),
        ("DA  - 1957///Spring 1957", {"date-parts": [[1957]], "season": 1}),
        ("PY  - forthcoming", {"raw": "forthcoming"}),
    ],
)
def test_dates(lines: str, expected: dict[str, object]) -> None:
    assert one(f"TY  - BOOK\nTI  - A\n{lines}\nER  -\n")["issued"] == expected


def test_what_csl_has_no_variable_for_is_kept_and_written_again() -> None:
    text = (
        "TY  - JOUR\nTI  - A\nUR  - https://a.example\nUR  - https://b.example\nC7  - e12\nM2  - 3\nAD  - Rome\nER  -\n"
    )
    item = one(text)
    assert item["custom"] == {"ris": {"UR": ["https://b.example"], "C7": ["e12"], "M2": ["3"], "AD": ["Rome"]}}
    assert sorted(formats.dumps([item], "ris").split()) == sorted(text.split())


@pytest.mark.parametrize("named", sorted(CSL_TYPE))
def test_every_type_is_read_and_goes_out_as_itself(named: str) -> None:
    item = one(f"TY  - {named}\nTI  - A\nER  -\n")
    assert item["type"] in CSL_TYPES
    assert formats.dumps([item], "ris").startswith(f"TY  - {named}\n")


@pytest.mark.parametrize("kind", sorted(CSL_TYPES))
def test_every_csl_type_has_one(kind: str) -> None:
    assert RIS_TYPE[kind] in CSL_TYPE


def test_a_text_without_records_is_refused() -> None:
    with pytest.raises(FormatError, match="no line begins with 'TY"):
        formats.loads("A letter to the editor.\n", "ris")
    assert formats.read("\n", "ris") == ([], ())


def test_where_the_records_stand() -> None:
    text = f"\n{ARTICLE}\n{ARTICLE}"
    places = formats.places(text, "ris")
    assert places is not None
    assert [text[place.start : place.end] for place in places] == [ARTICLE.rstrip("\n")] * 2


@pytest.mark.parametrize(
    ("lines", "issued"),
    [
        pytest.param("PY  - 1996///Spring", {"date-parts": [[1996]], "season": 1}, id="the specification's own shape"),
        pytest.param("PY  - 1996\nDA  - 1996///Spring", {"date-parts": [[1996]], "season": 1}, id="DA says the season"),
        pytest.param("DA  - Spring\nPY  - 1996", {"date-parts": [[1996]], "season": 1}, id="DA without its year"),
        pytest.param("PY  - 1996\nDA  - 1996/03/05/", {"date-parts": [[1996, 3, 5]]}, id="DA says the day"),
        pytest.param("PY  - 1996///Special issue", {"date-parts": [[1996]]}, id="other words leave the year"),
        pytest.param("PY  - 1958///1958/1960", {"date-parts": [[1958], [1960]]}, id="a range behind its first year"),
        pytest.param("PY  - 1996/03/05/Market day", {"date-parts": [[1996, 3, 5]]}, id="words behind a day"),
    ],
)
def test_words_behind_the_third_slash_take_no_year_away(lines: str, issued: dict[str, object]) -> None:
    item = one(f"TY  - JOUR\nTI  - A\n{lines}\nER  -\n")
    assert item["issued"] == issued
    assert one(formats.dumps([item], "ris")) == item


def test_words_that_no_date_can_say_are_written_again() -> None:
    item = one("TY  - JOUR\nTI  - A\nPY  - 1996///Special issue\nER  -\n")
    assert "PY  - 1996///Special issue\n" in formats.dumps([item], "ris")


def test_a_day_of_access_with_its_hour_is_that_day() -> None:
    item = one("TY  - ELEC\nTI  - A\nY2  - 2020/02/03/10:11:12\nER  -\n")
    assert item["accessed"] == {"date-parts": [[2020, 2, 3]]}
    assert formats.dumps([item], "ris").count("Y2  - 2020/02/03/10:11:12\n") == 1
    item["accessed"] = {"date-parts": [[2021, 1, 1]]}
    assert "Y2  - 2021/01/01/\n" in formats.dumps([item], "ris")


def test_a_keyword_a_line_behind_one_tag_is_a_keyword_each() -> None:
    assert one("TY  - BOOK\nTI  - A\nKW  - history\nChina\nsilk\nER  -\n")["keyword"] == "history, China, silk"
