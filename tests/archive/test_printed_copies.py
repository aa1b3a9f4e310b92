"""Copies that citations print: they are known from the day on which the citation is, with what is odd about them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import citekit

NOW = datetime(2026, 3, 1, tzinfo=UTC)
WAYBACK = "https://web.archive.org/web/20091013120000/http://example.org/a"
ITEMS = [
    {"URL": "http://example.org/a", "custom": {"archive-url": WAYBACK, "archive-date": "2011-05-01"}},
    {
        "URL": "http://example.org/b",
        "custom": {"archive-url": "https://archive.ph/AbCd1", "archive-date": "2015-01-01"},
    },
    {"URL": "https://web.archive.org/web/19910101000000/http://example.org/c"},
    {"URL": "http://example.org/d"},
]


def test_printed_copies_are_listed_with_their_warnings(tmp_path: Path) -> None:
    words = ("abbey", "bishop", "canal", "deed")
    items = [
        {"id": word, "type": "webpage", "title": f"The {word}", "issued": {"date-parts": [[1900 + at]]}, **ITEMS[at]}
        for at, word in enumerate(words)
    ]
    (tmp_path / "web.json").write_text(json.dumps(items), encoding="utf-8")
    with citekit.open(tmp_path / "references.db") as store:
        store.import_records(tmp_path / "web.json")
        assert store.mementos_due(now=NOW) == (3, 3)
        assert store.mementos_due(now=NOW) == (3, 3), "each is listed once"
        found = {copy.link.url: copy for copy in store.mementos()}
    assert {url: (copy.memento.archive, copy.memento.found_by.value) for url, copy in found.items()} == {
        "http://example.org/a": ("wayback", "printed"),
        "http://example.org/b": ("archive.today", "printed"),
        "http://example.org/c": ("wayback", "printed"),
    }
    assert found["http://example.org/a"].memento.moment == datetime(2009, 10, 13, 12, tzinfo=UTC)
    assert {url: [one.code.value for one in copy.warnings(NOW)] for url, copy in found.items()} == {
        "http://example.org/a": ["printed-date"],
        "http://example.org/b": ["archive-today"],
        "http://example.org/c": ["impossible-date"],
    }
    assert {copy.judgement().verdict.value for copy in found.values()} == {"unchecked"}
    assert [one.memento for one in found["http://example.org/a"].citations] == [WAYBACK]
