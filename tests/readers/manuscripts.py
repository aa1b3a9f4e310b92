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
<Override PartName="/word/endnotes.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.endnotes+xml"/>
<Override PartName="/word/settings.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/>
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


def call(number: int, kind: str = "footnote", mark: str = "") -> str:
    """A reference to a note, with a mark of the author's own where one is given."""
    if mark:
        return f'<w:r><w:{kind}Reference w:customMarkFollows="1" w:id="{number}"/><w:t>{mark}</w:t></w:r>'
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def _notes(kind: str, notes: Sequence[str]) -> str:
    """The notes of one kind; one that begins with a paragraph of its own is taken as it is."""
    return "".join(
        f'<w:{kind} w:id="{number}">'
        + (runs if runs.startswith("<w:p>") else f"<w:p><w:r><w:{kind}Ref/></w:r>{run(' ')}{runs}</w:p>")
        + f"</w:{kind}>"
        for number, runs in enumerate(notes, 1)
    )


def word_file(
    path: Path,
    body: str | Sequence[str],
    notes: Sequence[str] = (),
    sources: str = "",
    *,
    endnotes: Sequence[str] = (),
    settings: str = "",
) -> Path:
    """A Word file: `body` is a paragraph or several, each of runs; NOTE1 … in it call the notes, END1 … the endnotes.

    `sources` are the works that Word itself keeps in the file, `settings` what it says of the whole document.
    """
    paragraphs = "".join(
        runs if runs.startswith(("<w:tbl>", "<w:sectPr>")) else f"<w:p>{runs}</w:p>"
        for runs in ([body] if isinstance(body, str) else body)
    )
    for sign, kind, listed in (("NOTE", "footnote", notes), ("END", "endnote", endnotes)):
        for number in range(len(listed), 0, -1):
            paragraphs = paragraphs.replace(f"{sign}{number}", call(number, kind))
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": (
            f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" Type="{_OFFICE}/officeDocument" '
            'Target="word/document.xml"/></Relationships>'
        ),
        "word/_rels/document.xml.rels": (
            f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" Type="{_OFFICE}/footnotes" '
            f'Target="footnotes.xml"/><Relationship Id="r2" Type="{_OFFICE}/endnotes" Target="endnotes.xml"/>'
            f'<Relationship Id="r3" Type="{_OFFICE}/settings" Target="settings.xml"/></Relationships>'
        ),
        "word/document.xml": f"<w:document {WORD}><w:body>{paragraphs}</w:body></w:document>",
        "word/footnotes.xml": f"<w:footnotes {WORD}>{_notes('footnote', notes)}</w:footnotes>",
        "word/endnotes.xml": f"<w:endnotes {WORD}>{_notes('endnote', endnotes)}</w:endnotes>",
        "word/settings.xml": f"<w:settings {WORD}>{settings}</w:settings>",
    }
    if sources:
        namespace = "http://schemas.openxmlformats.org/officeDocument/2006/bibliography"
        parts["customXml/item1.xml"] = f'<b:Sources xmlns:b="{namespace}">{sources}</b:Sources>'
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def open_document(path: Path, paragraphs: Sequence[str]) -> Path:
    """An OpenDocument text of paragraphs in its own markup."""
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "style", "table")
    )
    names += ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
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
