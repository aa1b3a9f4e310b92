"""Stores whose works have the addresses that a test wants."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import citekit
from citekit.store import Store


def store_of(path: Path, urls: Iterable[str], *, name: str = "links.json") -> Store:
    """A store into which a bibliography was imported that has a work for each address."""
    words = ("abbey", "bishop", "canal", "deed", "estate", "farm", "guild", "harbour", "inn", "judge", "king", "letter")
    items = [
        {
            "id": f"work{number}",
            "type": "webpage",
            "title": f"{words[number % 12]} {words[number // 12 % 12]} {words[number // 144 % 12]} number {number}",
            "issued": {"date-parts": [[1800 + number]]},
            "URL": url,
        }
        for number, url in enumerate(urls)
    ]
    file = path.parent / name
    file.write_text(json.dumps(items), encoding="utf-8")
    store = citekit.open(path)
    store.import_records(file)
    return store
