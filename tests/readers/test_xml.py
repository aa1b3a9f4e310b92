"""TEI and JATS: notes at their places, lists of works, and nothing fetched or expanded."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from citekit.errors import UnsupportedFormatError
from citekit.model import HintKind
from citekit.notes import find_notes
from citekit.readers.xml import read_xml

DOCUMENTS: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("scholarly.toml").read_text("utf-8"))[
    "document"
]


@pytest.mark.parametrize("case", DOCUMENTS, ids=lambda case: str(case["title"]))
def test_the_notes_of_a_document(case: dict[str, Any]) -> None:
    document = read_xml(case["xml"].encode(), "document.xml")
    found = find_notes(document)
    assert [[note.label or "", note.text, note.kind.value, len(note.markers)] for note in found.notes] == case["notes"]
    for note in found.notes:
        assert note.label_span is None or document.text[slice(*note.label_span)] == note.label
        assert all(document.text[slice(*marker)] == note.label for marker in note.markers)
    assert not found.markers_without_note
    assert not document.diagnostics


def test_the_header_is_no_text_and_a_heading_is_one() -> None:
    header, body = "<teiHeader><title>T</title></teiHeader>", "<body><head>Mills</head><p>Words.</p></body>"
    document = read_xml(f"<TEI>{header}<text>{body}</text></TEI>".encode(), None)
    assert document.text == "Mills\n\nWords."
    assert [document.text[slice(*hint.span)] for hint in document.hints if hint.kind is HintKind.HEADING] == ["Mills"]


def test_entities_are_neither_fetched_nor_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    xml = f"""<!DOCTYPE TEI SYSTEM "http://127.0.0.1:9/tei.dtd" [
    <!ENTITY s SYSTEM "{secret.as_uri()}"> <!ENTITY a "aaaaaaaaaa"> <!ENTITY b
    "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>
    <TEI><text><body><p>Before &s;&c; after &mdash; end</p></body></text></TEI>"""
    assert read_xml(xml.encode(), None).text == "Before after — end"


def test_what_stands_before_a_fault_is_kept_and_the_fault_is_named() -> None:
    document = read_xml(b"<TEI><text><body><p>Kept words.</p>\n<p>Broken <hi>here</p></body></text></TEI>", "a.xml")
    assert document.text.startswith("Kept words.")
    (trouble,) = document.diagnostics
    assert trouble.code == "xml-malformed"
    assert trouble.message.startswith("line 2:")


@pytest.mark.parametrize("xml", [b"<svg/>", b"no markup", b""])
def test_another_xml_is_refused(xml: bytes) -> None:
    with pytest.raises(UnsupportedFormatError, match=r"a\.xml"):
        read_xml(xml, "a.xml")
