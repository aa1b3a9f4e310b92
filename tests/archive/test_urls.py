"""Addresses as printed, and the links that they mean."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import citekit
from citekit.archive.urls import LinkKind, clean_url, read_doi, read_link

PRINTED = [
    ("http://example.org/a/b.html", "http://example.org/a/b.html"),
    ("http://example.org/a/\n  b.html", "http://example.org/a/b.html"),
    ("http://example.org/selected-\nworks/volume-8", "http://example.org/selected-works/volume-8"),
    ("http://exam\u00adple.org/a\u200bb", "http://example.org/ab"),
    ("<http://example.org/a>", "http://example.org/a"),
    ("<URL:http://example.org/a>", "http://example.org/a"),
    ("(http://example.org/a)", "http://example.org/a"),
    ("„http://example.org/a“", "http://example.org/a"),
    ("《http://example.org/a》", "http://example.org/a"),
    ("http://example.org/a.", "http://example.org/a"),
    ("http://example.org/a;", "http://example.org/a"),
    ("http://example.org/a。", "http://example.org/a"),
    ("http://example.org/a，", "http://example.org/a"),
    ("http://example.org/a_(b)", "http://example.org/a_(b)"),
    ("http://example.org/a_(b))", "http://example.org/a_(b)"),
    ("http：//example.org/a", "http://example.org/a"),
    ("HTTP://Example.org/A", "HTTP://Example.org/A"),
    ("www.example.org/a", "http://www.example.org/a"),
    ("http://example.org/doc/墓碑：纪实", "http://example.org/doc/墓碑：纪实"),
]


@pytest.mark.parametrize(("printed", "cleaned"), PRINTED)
def test_an_address_without_what_printing_put_around_it(printed: str, cleaned: str) -> None:
    assert clean_url(printed) == cleaned


@given(st.text(max_size=80))
def test_cleaning_twice_is_cleaning_once_and_nothing_is_too_odd_to_read(text: str) -> None:
    link = read_link(text)
    assert link.canonical is not None
    assert clean_url(clean_url(text)) == clean_url(clean_url(clean_url(text)))


SAME = [
    ("http://example.org/a", "https://www.example.org/a/"),
    ("http://example.org/a", "http://example.org:80/a#part-2"),
    ("http://example.org/a?x=1&y=2", "http://example.org/a?y=2&x=1&utm_source=mail"),
    ("http://example.org/%E5%A2%93", "http://example.org/墓"),
    ("http://example.org/a", "https://web.archive.org/web/20100102030405/http://example.org/a"),
    ("http://example.org/a", "https://web.archive.org/web/20100102030405id_/http://example.org:80/a"),
    ("http://example.org/a", "https://archive.example.net/coll/20100102030405mp_/http://example.org/a"),
    ("http://example.org/a", "http://archive.is/2010.01.02-030405/http://example.org/a"),
    ("http://example.org/a", "http://www.webcitation.org/5abcdefgh?url=http%3A%2F%2Fexample.org%2Fa&date=2010-01-02"),
    ("http://example.org/a", "https://webarchive.nationalarchives.gov.uk/ukgwa/20100102030405/http://example.org/a"),
    ("http://bücher.example/a", "http://xn--bcher-kva.example/a"),
    ("https://doi.org/10.1234/AB.5", "http://dx.doi.org/10.1234/ab.5"),
    ("https://doi.org/10.1234/ab.5", "doi:10.1234/ab.5"),
    ("hdl:2027/mdp.39015", "http://hdl.handle.net/2027/mdp.39015"),
    ("https://hdl.handle.net/10.1234/ab.5", "https://doi.org/10.1234/ab.5"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_addresses_that_mean_the_same_page_are_one_link(one: str, other: str) -> None:
    assert read_link(one).canonical == read_link(other).canonical


OTHERS = [
    ("http://www.example.org/a", "http://www2.example.org/a"),
    ("http://www.example.org/a", "http://m.example.org/a"),
    ("http://example.org/a", "http://example.org/A"),
    ("http://example.org/a", "http://example.org/a?page=2"),
    ("http://example.org/a", "http://example.org:8080/a"),
    ("http://example.org/#!/a", "http://example.org/#!/b"),
    ("http://example.org/a%2Fb", "http://example.org/a/b"),
    ("http://example.org/a%3Fb", "http://example.org/a?b"),
    ("http://example.org/?u=https://web.archive.org/web/2010/http://other.org/", "http://other.org/"),
]


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_addresses_of_two_pages_are_two_links(one: str, other: str) -> None:
    assert read_link(one).canonical != read_link(other).canonical


def test_an_archive_s_address_is_taken_apart() -> None:
    link = read_link("https://web.archive.org/web/20100102030405/http://example.org/a?b=c")
    assert (link.kind, link.url) == (LinkKind.WEB, "http://example.org/a?b=c")
    assert link.wrapped is not None
    assert link.wrapped.archive == "wayback"
    assert link.wrapped.memento == "https://web.archive.org/web/20100102030405/http://example.org/a?b=c"
    assert link.wrapped.moment is not None
    assert link.wrapped.moment.isoformat() == "2010-01-02T03:04:05+00:00"


def test_a_short_address_of_an_archive_does_not_say_what_it_keeps() -> None:
    link = read_link("https://archive.ph/AbC12")
    assert link.url == "https://archive.ph/AbC12"
    assert link.wrapped is not None
    assert (link.wrapped.original, link.wrapped.archive) == (None, "archive.today")


@pytest.mark.parametrize(
    "printed", ["mailto:a@example.org", "ftp://example.org/a", "example", "", "http://", "http://[::1"]
)
def test_what_cannot_be_asked_for_is_still_a_link(printed: str) -> None:
    link = read_link(printed)
    assert (link.kind, link.host) == (LinkKind.OTHER, "")


def test_a_doi_is_asked_at_its_resolver() -> None:
    link = read_doi("10.1000/XYZ<1>123")
    assert link is not None
    assert link.url.startswith("https://doi.org/10.1000/xyz")
    assert read_doi("no doi") is None


def test_the_addresses_of_a_thesis_are_those_that_were_annotated(shared: Path, tmp_path: Path) -> None:
    """Each address of its notes once: beside Chinese words, over line ends, before a date of access."""
    gold = json.loads((shared / "gold" / "seeds" / "004.json").read_text(encoding="utf-8"))
    expected = {work["URL"] for work in gold["works"].values() if "URL" in work}
    assert len(expected) == 8
    document = next((shared / "seeds").glob("004*.txt"))
    with citekit.open(tmp_path / "references.db") as store:
        store.add(document)
        assert sorted(link.url for link in store.links()) == sorted(expected)
