"""Web pages: what is shown, what only frames it, and the notes that links call."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from citekit.notes import find_notes
from citekit.readers.html import read_html

PAGES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("pages.toml").read_text("utf-8"))["page"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page["title"]))
def test_the_notes_of_a_page(page: dict[str, Any]) -> None:
    document = read_html(page["html"].encode(), "page.html")
    found = find_notes(document)
    shown = [[note.label or "", note.text, len(note.markers)] for note in found.notes]
    assert shown == page["notes"], document.text
    for note in found.notes:
        assert note.label_span is None or document.text[slice(*note.label_span)] == note.label
        assert all(document.text[slice(*marker)] == note.label for marker in note.markers)
    assert not found.markers_without_note
