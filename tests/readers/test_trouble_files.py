"""Files as people hand them over: other encodings, other programs, pages that a browser saved."""

from __future__ import annotations

import base64
import quopri
import zipfile
from pathlib import Path

import pytest

from citekit.errors import ReadError
from citekit.notes import find_notes
from citekit.readers import read
from citekit.readers.pandoc import pandoc_path
from tests.readers.manuscripts import open_document

ESSAY = (
    "The mill’s fire was “great”.1 Nobody rebuilt it – ever.2\n\n1 Émile Zola, “Germinal”, Paris 1885, p. 12–14.\n"
    "2 Ibid., p. 15.\n"
)
COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)


@pytest.mark.parametrize(
    ("encoding", "newline"),
    [
        *[(name, "\n") for name in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252")],
        *[(name, "\r\n") for name in ("utf-8", "utf-16-le", "cp1252")],
        *[(name, "\r") for name in ("utf-8", "mac_roman")],
    ],
)
@pytest.mark.parametrize("ending", ["txt", "md"])
def test_the_words_are_the_same_in_every_encoding(tmp_path: Path, encoding: str, newline: str, ending: str) -> None:
    path = tmp_path / f"essay.{ending}"
    path.write_bytes(ESSAY.replace("\n", newline).encode(encoding))
    document = read(path)
    assert document.text == ESSAY.replace("\n", newline)
    assert [(note.label, len(note.markers)) for note in find_notes(document).notes] == [("1", 1), ("2", 1)]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_a_page_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    paragraphs = "".join(f"<p>{words}</p>" for words in ESSAY.split("\n") if words)
    (tmp_path / "page.html").write_bytes(f"<html><body>{paragraphs}</body></html>".encode(encoding))
    assert read(tmp_path / "page.html").text == "\n\n".join(words for words in ESSAY.split("\n") if words)


def test_words_pasted_in_another_encoding_spoil_only_themselves(tmp_path: Path) -> None:
    (tmp_path / "essay.txt").write_bytes(ESSAY.encode("utf-8") + "Müller, “Wörter”, 1999".encode("cp1252"))
    document = read(tmp_path / "essay.txt")
    assert document.text == ESSAY + "M\ufffdller, \ufffdW\ufffdrter\ufffd, 1999"
    assert [one.code for one in document.diagnostics] == ["undecodable-bytes"]


PAGE = (
    '<html><head><meta charset="utf-8"></head><body><p>The mill burnt.<a href="https://a.org/x#fn1" id="r1">'
    '<sup>1</sup></a></p><p id="fn1"><a href="https://a.org/x#r1">1</a> Émile Zola, Germinal, Paris 1885, p. 12.</p>'
    "</body></html>"
)


def web_archive(page: bytes, how: str, charset: str = "") -> bytes:
    coded = quopri.encodestring(page) if how == "quoted-printable" else base64.encodebytes(page)
    return (
        (
            f"From: <Saved by Blink>\r\nSubject: =?utf-8?Q?x?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;"
            f'\r\n\ttype="text/html";\r\n\tboundary="--b"\r\n\r\n----b\r\nContent-Type: text/html{charset}\r\n'
            f"Content-ID: <page>\r\nContent-Transfer-Encoding: {how}\r\nContent-Location: https://a.org/x\r\n\r\n"
        ).encode()
        + coded
        + b"\r\n----b\r\nContent-Type: image/png\r\n\r\nx\r\n----b--\r\n"
    )


@pytest.mark.parametrize("name", ["page.mhtml", "page.mht", "page.html", "page"])
@pytest.mark.parametrize(
    ("how", "encoding", "charset"),
    [("quoted-printable", "utf-8", ""), ("base64", "utf-8", ""), ("base64", "cp1252", '; charset="windows-1252"')],
)
def test_a_page_that_a_browser_saved_in_one_file(
    tmp_path: Path, name: str, how: str, encoding: str, charset: str
) -> None:
    (tmp_path / name).write_bytes(web_archive(PAGE.encode(encoding), how, charset))
    document = read(tmp_path / name)
    (note,) = find_notes(document).notes
    assert (note.label, note.text) == ("1", "Émile Zola, Germinal, Paris 1885, p. 12.")
    assert [document.text[slice(*marker)] for marker in note.markers] == ["1"]
    assert document.media_type == "multipart/related"


@pytest.mark.parametrize("content", [b"", b"Hello.", web_archive(b"", "base64").replace(b"text/html", b"text/css")])
def test_a_saved_page_without_a_page_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "page.mhtml").write_bytes(content)
    with pytest.raises(ReadError, match=r"page\.mhtml: there is no web page in this file; "):
        read(tmp_path / "page.mhtml")


def zipped(*names: str, mimetype: str = "") -> dict[str, str]:
    return {**({"mimetype": mimetype} if mimetype else {}), **dict.fromkeys(names, "x")}


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("essay.pages", zipped("Index/Document.iwa", "Metadata/Properties.plist"), "Pages"),
        ("sheet.xlsx", zipped("xl/workbook.xml"), "a spreadsheet"),
        ("talk.pptx", zipped("ppt/presentation.xml"), "slides"),
        ("sheet.ods", zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "no text"),
        ("essay.zip", zipped("essay.txt"), "a zip archive"),
        ("essay.doc", COMPOUND, "an old office document"),
        ("essay.docx", COMPOUND, "one with a password"),
        ("essay.fodt", b'<?xml version="1.0"?>\n<office:document xmlns:office="o"/>', "one XML file"),
        ("essay.xml", b'<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?><w:wordDocument/>', "one XML"),
        ("essay.gdoc", b'{"doc_id": "abc", "email": "a@b.c"}', "a link to a Google document"),
        ("scan.djvu", b"AT&TFORM" + bytes(100), "DjVu"),
        ("page.webarchive", b"bplist00" + bytes(100), "Safari"),
    ],
)
def test_what_is_no_document_of_a_kind_that_is_read_is_refused_with_what_to_do(
    tmp_path: Path, name: str, content: bytes | dict[str, str], problem: str
) -> None:
    path = tmp_path / name
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        with zipfile.ZipFile(path, "w") as archive:
            for member, words in content.items():
                archive.writestr(member, words)
    with pytest.raises(ReadError, match=problem) as refused:
        read(path)
    assert str(refused.value).startswith(f"{path}: ")
    assert "; " in str(refused.value)


@pytest.mark.parametrize(("name", "remedy"), [("essay.pages", "export it as Word"), ("essay.rtfd", r"TXT\.rtf")])
def test_a_folder_that_a_mac_shows_as_a_document(tmp_path: Path, name: str, remedy: str) -> None:
    (tmp_path / name).mkdir()
    with pytest.raises(ReadError, match=remedy):
        read(tmp_path / name)


@pytest.mark.skipif(pandoc_path() is None, reason="pandoc is missing: install the extra 'office'")
def test_notes_in_a_table_of_an_open_document(tmp_path: Path) -> None:
    def note(label: int, words: str) -> str:
        return (
            f'<text:note text:id="f{label}" text:note-class="footnote"><text:note-citation>{label}</text:note-citation>'
            f"<text:note-body><text:p>{words}</text:p></text:note-body></text:note>"
        )

    cells = "".join(
        f"<table:table-cell><text:p>{words}</text:p></table:table-cell>"
        for words in (f"Year{note(2, 'Ibid., 4.')}", f"1820{note(3, 'Ibid., 5.')}")
    )
    table = f'<table:table><table:table-column table:number-columns-repeated="2"/><table:table-row>{cells}'
    table += "</table:table-row></table:table>"
    paragraph = f"Wool{note(1, 'Mills, Fire, 3.')}</text:p>{table}<text:p>Fire{note(4, 'Ibid., 6.')}"
    document = read(open_document(tmp_path / "essay.odt", [paragraph]))
    found = [
        (one.label, one.text, document.text[: one.markers[0].start].rstrip("[").split()[-1])
        for one in find_notes(document).notes
    ]
    assert found == [
        ("1", "Mills, Fire, 3.", "Wool"),
        ("2", "Ibid., 4.", "Year"),
        ("3", "Ibid., 5.", "1820"),
        ("4", "Ibid., 6.", "Fire"),
    ]
