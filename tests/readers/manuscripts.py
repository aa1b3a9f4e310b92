"""Manuscripts as word processors save them, with the fields that reference managers leave in them."""

from __future__ import annotations

import base64
import json
import zipfile
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
<Override PartName="/word/footnotes.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/>
</Types>"""
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def run(words: str, *, italic: bool = False) -> str:
    """A run of words, as Word saves it."""
    style = "<w:rPr><w:i/></w:rPr>" if italic else ""
    return f'<w:r>{style}<w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def field(instruction: str, printed: str, *, stored: str = "") -> str:
    """A field with its instruction cut in two, as Word cuts long ones; `printed` are words or runs."""
    kept = f'<w:fldData xml:space="preserve">{base64.b64encode(stored.encode()).decode()}</w:fldData>' if stored else ""
    middle = len(instruction) // 2
    pieces = [
        f'<w:fldChar w:fldCharType="begin">{kept}</w:fldChar>',
        *(
            f'<w:instrText xml:space="preserve">{escape(part)}</w:instrText>'
            for part in (f" {instruction[:middle]}", f"{instruction[middle:]} ")
        ),
        '<w:fldChar w:fldCharType="separate"/>',
    ]
    runs = "".join(f"<w:r>{piece}</w:r>" for piece in pieces)
    words = printed if printed.startswith("<w:") else run(printed)
    return f'{runs}{words}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def zotero(printed: str, *cited: Mapping[str, Any]) -> str:
    """A citation as Zotero leaves it in Word."""
    citation = {"citationID": "abc", "properties": {"plainCitation": printed}, "citationItems": list(cited)}
    return field(f"ADDIN ZOTERO_ITEM CSL_CITATION {json.dumps(citation)}", printed)


def cited(item: Mapping[str, Any], **said: str) -> dict[str, Any]:
    """A work in a citation object: its data, and what the citation says of it (locator, label, prefix, suffix)."""
    return {"id": item["id"], "uris": [f"http://zotero.org/users/1/items/{item['id']}"], "itemData": item, **said}


def word_file(path: Path, body: str | Sequence[str], notes: Sequence[str] = ()) -> Path:
    """A Word file: `body` is a paragraph or several, each of runs; NOTE1, NOTE2 … in it call the notes."""
    paragraphs = "".join(f"<w:p>{runs}</w:p>" for runs in ([body] if isinstance(body, str) else body))
    for number in range(1, len(notes) + 1):
        paragraphs = paragraphs.replace(f"NOTE{number}", f'<w:r><w:footnoteReference w:id="{number}"/></w:r>')
    footnotes = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:footnoteRef/></w:r>{run(" ")}{runs}</w:p></w:footnote>'
        for number, runs in enumerate(notes, 1)
    )
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": (
            f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" Type="{_OFFICE}/officeDocument" '
            'Target="word/document.xml"/></Relationships>'
        ),
        "word/_rels/document.xml.rels": (
            f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" Type="{_OFFICE}/footnotes" '
            'Target="footnotes.xml"/></Relationships>'
        ),
        "word/document.xml": f"<w:document {WORD}><w:body>{paragraphs}</w:body></w:document>",
        "word/footnotes.xml": f"<w:footnotes {WORD}>{footnotes}</w:footnotes>",
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def open_document(path: Path, paragraphs: Sequence[str]) -> Path:
    """An OpenDocument text of paragraphs in its own markup."""
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "style")
    )
    words = "".join(f"<text:p>{paragraph}</text:p>" for paragraph in paragraphs)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        archive.writestr(
            "content.xml",
            f"<office:document-content {names}><office:font-face-decls/><office:automatic-styles/>"
            f"<office:body><office:text>{words}</office:text></office:body>"
            "</office:document-content>",
        )
        archive.writestr(
            "styles.xml",
            f"<office:document-styles {names}><office:font-face-decls/><office:styles/><office:automatic-styles/>"
            "</office:document-styles>",
        )
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return path


def mark(citation: str, printed: str) -> str:
    """A reference mark around printed words, as Zotero leaves it in LibreOffice."""
    name = escape(f"ZOTERO_ITEM CSL_CITATION {citation} RNDabc", quote=True)
    return f'<text:reference-mark-start text:name="{name}"/>{printed}<text:reference-mark-end text:name="{name}"/>'
