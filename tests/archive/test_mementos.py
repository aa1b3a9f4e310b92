"""The copy closest to the day on which a page was read, and the addresses of copies."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citekit.archive.link_format import read_links
from citekit.archive.mementos import (
    FoundBy,
    Memento,
    Period,
    closest,
    page_of,
    period_of_day,
    period_of_text,
    raw_address,
    replay_address,
    stamp_of,
)

DAY = period_of_text("2009-10-13")


def copy(stamp: str, status: int | None = 200) -> Memento:
    moment = datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    return Memento(
        "wayback", f"https://web.archive.org/web/{stamp}/http://a.org/", "http://a.org/", moment, FoundBy.CDX, status
    )


@pytest.mark.parametrize(
    ("stamps", "chosen"),
    [
        (["20091001000000", "20091020000000"], "20091020000000"),
        (["20091012120000", "20091013235900"], "20091013235900"),  # on the day itself
        (["20090101000000"], "20090101000000"),
        (["20091012000000", "20091015000000"], "20091012000000"),  # equally far: what was there before
        ([], None),
    ],
)
def test_the_copy_closest_to_the_day(stamps: list[str], chosen: str | None) -> None:
    assert DAY is not None
    found = closest(map(copy, stamps), DAY)
    assert (stamp_of(found.moment) if found and found.moment else None) == chosen


def test_a_copy_of_an_error_page_is_none_and_of_a_redirect_the_last_resort() -> None:
    assert DAY is not None
    bad, led, good = copy("20091013120000", 404), copy("20091013110000", 302), copy("20150101000000")
    assert closest([bad], DAY) is None
    assert closest([bad, led, good], DAY) == good
    assert closest([bad, led], DAY) == led


@given(st.lists(st.datetimes(datetime(1996, 1, 1), datetime(2030, 1, 1)), min_size=1), st.dates())
def test_no_copy_is_closer_than_the_closest(moments: list[datetime], day: object) -> None:
    period = period_of_text(str(day))
    if period is None:
        return
    copies = [Memento("a", str(n), "u", m.replace(tzinfo=UTC), FoundBy.CDX) for n, m in enumerate(moments)]
    found = closest(copies, period)
    assert found is not None
    assert found.moment is not None
    assert all(period.distance(found.moment) <= period.distance(one.moment) for one in copies if one.moment)


@pytest.mark.parametrize(
    ("parts", "start", "days"),
    [
        ([2009, 10, 13], "2009-10-13", 1),
        ([2009, 2], "2009-02-01", 28),
        ([2008], "2008-01-01", 366),
        (["2009", "10"], "2009-10-01", 31),
    ],
)
def test_a_date_is_a_stretch_of_time(parts: list[int], start: str, days: int) -> None:
    period = period_of_day({"date-parts": [parts]})
    assert period is not None
    assert (period.start.date().isoformat(), period.end - period.start) == (start, timedelta(days=days))
    assert period_of_text(str(period)) == period


@pytest.mark.parametrize(
    "date",
    [
        None,
        {},
        {"date-parts": [[]]},
        {"date-parts": [[2009, 13, 1]]},
        {"literal": "spring"},
        {"date-parts": [["x"]]},
        {"date-parts": [[99999]]},
    ],
)
def test_what_states_no_day(date: dict[str, object] | None) -> None:
    assert period_of_day(date) is None


@pytest.mark.parametrize(
    ("url", "stamp", "original", "raw"),
    [
        (
            "https://web.archive.org/web/20170123101500/https://www.cia.gov/library",
            "20170123101500",
            "https://www.cia.gov/library",
            "https://web.archive.org/web/20170123101500id_/https://www.cia.gov/library",
        ),
        (
            "http://localhost:8080/mine/2010if_/example.org/a?b=/2011/c",
            "2010",
            "example.org/a?b=/2011/c",
            "http://localhost:8080/mine/2010id_/example.org/a?b=/2011/c",
        ),
        (
            "https://arquivo.pt/wayback/19961013145650/http:/www.a.pt/",
            "19961013145650",
            "http://www.a.pt/",
            "https://arquivo.pt/wayback/19961013145650id_/http://www.a.pt/",
        ),
    ],
)
def test_addresses_of_copies(url: str, stamp: str, original: str, raw: str) -> None:
    parts = replay_address(url)
    assert parts is not None
    assert (parts.stamp, parts.original, raw_address(url)) == (stamp, original, raw)


@pytest.mark.parametrize(
    "url", ["https://archive.today/AbCd1", "https://perma.cc/ABCD-1234", "http://example.org/a", ""]
)
def test_addresses_of_another_form_stay_as_they_are(url: str) -> None:
    assert replay_address(url) is None
    assert raw_address(url) == url


def test_a_host_in_its_own_script_and_encoded_is_one() -> None:
    assert page_of("http://xn--mnchen-3ya.de/a") == page_of("https://www.münchen.de/a/")


def test_an_equal_distance_needs_a_period() -> None:
    moment = datetime(2009, 10, 13, 12, tzinfo=UTC)
    assert Period(moment, moment).distance(moment) == timedelta()


TIMEMAP = """<http://a.org/>; rel="original", <http://arxiv.example/timegate/http://a.org/>; rel=timegate,
 <http://x/20000101/http://a.org/,b;c>; rel="first memento"; datetime="Sat, 01 Jan 2000 00:00:00 GMT",
 <broken; <http://x/2/http://a.org/> ; REL=memento;datetime = "Sun, 02 Jan 2000 00:00:00 GMT" ,
 <http://a.org/last>; title="a \\"quoted\\" <b>"; rel="last memento"
"""


def test_links_as_timemaps_write_them() -> None:
    links = list(read_links(TIMEMAP))
    assert [sorted(link.relations) for link in links[:3]] == [["original"], ["timegate"], ["first", "memento"]]
    assert links[2].target == "http://x/20000101/http://a.org/,b;c"
    assert links[2].parameters["datetime"] == "Sat, 01 Jan 2000 00:00:00 GMT"
    assert links[-1].parameters["title"] == 'a "quoted" <b>'
    assert "last" in links[-1].relations


@given(st.text(alphabet='<>;,="\\ relmemento\n/', max_size=300))
def test_any_text_is_read_to_its_end(text: str) -> None:
    assert len(list(read_links(text))) <= text.count("<")
