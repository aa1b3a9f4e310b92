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


def called_in(body: str, *, labelled: bool = True) -> list[list[str]]:
    """A paragraph of JATS with a list of seven works: the words that call each work."""
    label = "<label>[{0}]</label>" if labelled else ""
    entry = f'<ref id="B{{0}}">{label}<mixed-citation>Mills J. Fire {{0}}. London: Hall; 1820.</mixed-citation></ref>'
    entries = "".join(entry.format(number) for number in range(1, 8))
    xml = f"<article><body><p>It burnt {body}.</p></body><back><ref-list>{entries}</ref-list></back></article>"
    document = read_xml(xml.encode(), "document.xml")
    found = find_notes(document)
    assert not found.markers_without_note
    return [[document.text[slice(*marker)] for marker in note.markers] for note in found.notes]


def to(rids: str, words: str) -> str:
    return f'<xref ref-type="bibr" rid="{rids}">{words}</xref>'


@pytest.mark.parametrize(
    ("body", "calls"),
    [
        (to("B1 B4", "1, 4"), {1: "1", 4: "4"}),
        (to("B4 B1", "[4], [1]"), {1: "1", 4: "4"}),
        (f"<sup>{to('B1 B2 B3', '1–3')}</sup>", {1: "1", 2: "–", 3: "3"}),
        (to("B1 B3", "1–3"), {1: "1", 2: "–", 3: "3"}),
        (to("B1 B3 B4 B5", "1, 3-5"), {1: "1", 3: "3", 4: "-", 5: "5"}),
        (f"[{to('B3', '3')}–{to('B7', '7')}]", {3: "3", 4: "–", 5: "–", 6: "–", 7: "7"}),
        (f"{to('B3', '[3]')} – {to('B5', '[5]')}", {3: "3", 4: "–", 5: "5"}),
        (f"{to('B3', '<sup>3</sup>')}<sup>–</sup>{to('B5', '<sup>5</sup>')}", {3: "3", 4: "–", 5: "5"}),
        (f"{to('B3', '3')}, {to('B5', '5')}", {3: "3", 5: "5"}),
        (f"{to('B3', '3')} and {to('B5', '5')}", {3: "3", 5: "5"}),
        (f"{to('B5', '5')}–{to('B3', '3')}", {3: "3", 5: "5"}),
        (f"{to('B3', '3')}–{to('B4', '4')}", {3: "3", 4: "4"}),
        (to("B1 B2", "Mills, 1820, 1821"), {}),
    ],
)
def test_references_to_several_works_and_ranges_call_each(body: str, calls: dict[int, str]) -> None:
    assert called_in(body) == [[calls[number]] if number in calls else [] for number in range(1, 8)]


@pytest.mark.parametrize(
    ("body", "calls"),
    [
        (to("B1 B4", "1, 4"), {1: "1", 4: "4"}),
        (to("B2 B3 B4", "2-4"), {2: "2", 3: "-", 4: "4"}),
        (to("B2 B4", "2-4"), {2: "2", 4: "4"}),
        (to("B2 B3 B4", "2-5"), {}),
        (to("B1 B2", "Mills, 1820, 1821"), {}),
    ],
)
def test_works_without_labels_are_called_in_the_order_of_the_reference(body: str, calls: dict[int, str]) -> None:
    assert called_in(body, labelled=False) == [[calls[number]] if number in calls else [] for number in range(1, 8)]


def test_two_lists_with_the_same_numbers_are_not_mixed_up() -> None:
    entry = '<ref id="{0}{1}"><label>{1}</label><mixed-citation>Mills J. Fire {1}.</mixed-citation></ref>'
    lists = "".join(
        f"<ref-list>{''.join(entry.format(name, number) for number in (1, 2, 3))}</ref-list>" for name in "AB"
    )
    body = to("A1", "1") + "–" + to("A3", "3")
    document = read_xml(f"<article><body><p>It burnt {body}.</p></body><back>{lists}</back></article>".encode(), None)
    assert [len(note.markers) for note in find_notes(document).notes] == [1, 0, 1, 0, 0, 0]
