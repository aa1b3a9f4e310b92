"""Locators, identifiers, quotation marks, cues: the signs that rules build on."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citekit.citations.archived import archived_original
from citekit.citations.brackets import enclosures
from citekit.citations.cues import find_cues
from citekit.citations.identifiers import find_identifiers
from citekit.citations.locators import find_locators, locator_value
from citekit.model import CueKind


@pytest.mark.parametrize(
    ("printed", "label", "value"),
    [
        ("p. 12", "page", "12"),
        ("pp. 115 – 121", "page", "115-121"),
        ("pp. 289–290; 291", "page", "289-290; 291"),
        ("S. 17f.", "page", "17f."),
        ("S. 310 ff.", "page", "310ff."),
        ("p. xv-xlii", "page", "xv-xlii"),
        ("fol. 56v", "folio", "56v"),
        ("c. 12r", "folio", "12r"),
        ("Sp. 40", "column", "40"),
        ("С. 45", "page", "45"),
        ("第12—15页", "page", "12-15"),
        ("23頁", "page", "23"),
        ("15. lpp.", "page", "15"),
        ("pág. 4", "page", "4"),
        ("§ 7", "section", "7"),
        ("p. 15-30, 1938", "page", "15-30"),
    ],
)
def test_a_locator(printed: str, label: str, value: str) -> None:
    (found,) = find_locators(printed)
    assert (found.locator.label, found.locator.value) == (label, value)


@pytest.mark.parametrize("words", ["c. 1485–1540", "a page of notes", "S. Freud", "p. m.", "chapter and verse"])
def test_no_locator(words: str) -> None:
    assert find_locators(words) == ()


def test_what_joins_two_pages_is_one_sign() -> None:
    assert locator_value("48 e 80-81") == "48; 80-81"
    assert locator_value("３～４") == "3-4"


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("see https://a.org/b_(c).", "URL", "https://a.org/b_(c)"),
        ("(http://hist.msu.ru/docs)", "URL", "http://hist.msu.ru/docs"),
        ("http://zh.example.org/历史，访问", "URL", "http://zh.example.org/历史"),
        ("doi: 10.1111/j.1468-0289.x", "DOI", "10.1111/j.1468-0289.x"),
        ("https://doi.org/10.1093/past/38.1.56.", "DOI", "10.1093/past/38.1.56"),
        ("ISBN 978-3-16-148410-0", "ISBN", "978-3-16-148410-0"),
        ("ISSN 0031-2746", "ISSN", "0031-2746"),
    ],
)
def test_an_identifier(text: str, field: str, value: str) -> None:
    (found,) = find_identifiers(text)
    assert (found.field, found.value) == (field, value)


def test_an_address_in_the_archive_leads_to_the_original() -> None:
    address = "https://web.archive.org/web/20150504101010/http://www.example.org/files.html"
    archived = archived_original(address)
    assert archived is not None
    assert (archived.original, archived.date) == ("http://www.example.org/files.html", "2015-05-04")
    assert archived.stamp == "20150504101010"
    assert archived_original("http://www.example.org/") is None
    assert archived_original("http://www.example.org/20150504101010/files.html") is None


def test_any_archive_of_that_form_is_one() -> None:
    """Fourteen digits and a whole address behind them, on a host that nobody listed."""
    archived = archived_original("https://archive.example.net/coll/20150504101010mp_/http:/www.example.org/files.html.")
    assert archived is not None
    assert (archived.original, archived.stamp) == ("http://www.example.org/files.html", "20150504101010")


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("“Gender,” 12", ["Gender,"]),
        ("„Titel“ und „Rest”", ["Titel", "Rest"]),
        ("« Mai 68 », p. 1", [" Mai 68 "]),
        ("»Titel« von", ["Titel"]),
        ("‘It’s late’, he said", ["It’s late"]),
        ("《乡土中国》，第1页", ["乡土中国"]),
        ("“outer “inner” end”", ["outer “inner” end"]),
        ("an “open mark", []),
        ("the workers’ cause", []),
    ],
)
def test_quotation_marks(text: str, inside: list[str]) -> None:
    assert [text[slice(*mark.inner)] for mark in enclosures(text) if mark.quoted] == inside


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Ibid., 12", [CueKind.IBID]),
        ("Ebd., S. 3", [CueKind.IBID]),
        ("Tamtéž, s. 4", [CueKind.IBID]),
        ("同上，第3页", [CueKind.IBID]),
        ("Ders., Kritik", [CueKind.IDEM]),
        ("Bloch, op. cit., p. 3", [CueKind.CITED]),
        ("Weber (wie Anm. 3)", [CueKind.CROSS_REFERENCE]),
        ("note 12 above", [CueKind.CROSS_REFERENCE]),
        ("trad. it. di P. Rossi", [CueKind.TRANSLATION]),
        ("cit. in Weber", []),
        ("Kos, N. (1989): Sol", []),
        ("Weber, Economy", []),
    ],
)
def test_words_that_lead_to_another_citation(text: str, kinds: list[CueKind]) -> None:
    assert [found.cue.kind for found in find_cues(text)] == kinds


@given(st.text(alphabet="“”„«»‘’\"'()[]《》 aA.,"))
def test_outer_quotations_do_not_overlap_and_brackets_nest(text: str) -> None:
    quoted = [mark for mark in enclosures(text) if mark.quoted and mark.opening != '"']
    assert all(one.end <= two.start for one, two in pairwise(quoted))
    assert all(0 <= mark.start < mark.end <= len(text) for mark in enclosures(text))
