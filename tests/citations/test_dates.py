"""Dates as notes print them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citekit.citations.dates import csl_date, find_dates, years


@pytest.mark.parametrize(
    ("language", "printed", "edtf"),
    [
        ("en", "14 August 1842", "1842-08-14"),
        ("en", "August 14, 1842", "1842-08-14"),
        ("en", "May 1968", "1968-05"),
        ("en", "Spring 1950", "1950-21"),
        ("pl", "12 V 1863", "1863-05-12"),
        ("it", "5.XI.1944", "1944-11-05"),
        ("es", "3-IX-1898", "1898-09-03"),
        ("sv", "12/5 1934", "1934-05-12"),
        ("en", "05/31/2011", "2011-05-31"),
        ("en", "03/04/2011", "2011-04-03"),
        ("en", "2011-04-03", "2011-04-03"),
        ("de", "4. März 1912", "1912-03-04"),
        ("de", "3.2.2019", "2019-02-03"),
        ("it", "5 maggio 2016", "2016-05-05"),
        ("fr", "12 avril 2020", "2020-04-12"),
        ("es", "8 de enero de 2015", "2015-01-08"),
        ("pt", "3 de maio de 2012", "2012-05-03"),
        ("nl", "3 mei 2014", "2014-05-03"),
        ("pl", "7 września 1939", "1939-09-07"),
        ("cs", "28. října 1918", "1918-10-28"),
        ("ru", "12 июня 1990", "1990-06-12"),
        ("sv", "4 maj 2013", "2013-05-04"),
        ("lv", "2019. gada 5. martā", "2019-03-05"),
        ("zh", "1958年8月3日", "1958-08-03"),
        ("zh", "一九五八年八月", "1958-08"),
    ],
)
def test_a_date_is_read_in_its_language(language: str, printed: str, edtf: str) -> None:
    assert [date.edtf for date in find_dates(f"x, {printed}, y", language)] == [edtf]


@pytest.mark.parametrize(
    ("printed", "edtf"),
    [
        ("1990", "1990"),
        ("1994a", "1994"),
        ("1988-1996", "1988/1996"),
        ("1904/05", "1904/1905"),
        ("1990年", "1990"),
        ("MDCCLVIII", "1758"),
        ("M.DCC.LVI", "1756"),
        ("MCMXIV", "1914"),
    ],
)
def test_a_year_by_itself(printed: str, edtf: str) -> None:
    assert [year.edtf for year in years(f"Paris, {printed}, p. 3")] == [edtf]


@pytest.mark.parametrize("printed", ["MS", "MIX", "MDM", "pp. 12-19", "12345", "http://a.org/1990/x", "31.31.2000"])
def test_what_is_no_year(printed: str) -> None:
    assert years(printed) == ()


def test_a_season_keeps_its_year() -> None:
    assert csl_date("1950-21") == {"date-parts": [[1950]], "season": 1}


@given(st.text())
def test_dates_of_any_text_lie_inside_it_and_apart(text: str) -> None:
    for found in (find_dates(text, "de"), years(text)):
        assert all(0 <= date.start < date.end <= len(text) for date in found)
        assert all(one.end <= two.start for one, two in pairwise(found))
