from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citekit.matching.identifiers import canonical_doi, canonical_isbns, canonical_url


@pytest.mark.parametrize(
    "url",
    [
        "http://www.example.org/a/b",
        "https://example.org:443/a/b/",
        "HTTP://EXAMPLE.ORG/a/b#part",
        "https://example.org/a/b?utm_source=x&fbclid=1",
        "https://web.archive.org/web/20170123120000/http://www.example.org/a/b",
        "https://web.archive.org/web/20170123id_/https://example.org/a/b",
        "www.example.org/a/b.",
    ],
)
def test_one_page_many_addresses(url: str) -> None:
    assert canonical_url(url) == "example.org/a/b"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://example.org/?id=1", "http://example.org/?id=2"),
        ("http://example.org:8080/a", "http://example.org/a"),
        ("http://example.org/A", "http://example.org/a"),
        ("http://example.org/#!/one", "http://example.org/#!/two"),
    ],
)
def test_pages_that_differ(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)


def test_order_of_parameters_and_percent_encoding() -> None:
    assert canonical_url("http://example.org/%E5%A2%93?b=2&a=1") == canonical_url("http://example.org/墓?a=1&b=2")


@given(st.text(max_size=80))
def test_any_text_has_a_canonical_address_that_stays(text: str) -> None:
    assert canonical_url("http://example.org/" + text.replace("#", "").replace("?", "")) is not None
    assert isinstance(canonical_url(text), str)


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("https://doi.org/10.1006/EXEH.2001.0775", "10.1006/exeh.2001.0775"),
        ("doi:10.1000/182.", "10.1000/182"),
        ("(10.1016/S0305-7488(97)80001-X)", "10.1016/s0305-7488(97)80001-x"),
        ("none", ""),
    ],
)
def test_dois(text: str, doi: str) -> None:
    assert canonical_doi(text) == doi


@pytest.mark.parametrize(
    ("text", "isbns"),
    [
        ("0-300-07016-0", {"9780300070163"}),
        ("978-0-300-07016-3 (hbk.) 0300078153 (pbk.)", {"9780300070163", "9780300078152"}),
        ("0-300-07016-1", set()),
        ("3-16-148410-X", {"9783161484100"}),
    ],
)
def test_isbns(text: str, isbns: set[str]) -> None:
    assert canonical_isbns(text) == isbns
