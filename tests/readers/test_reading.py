"""Files as they lie on historians' disks: encodings, newlines, things that are no text."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citekit.errors import ReadError, UnsupportedFormatError
from citekit.model import HintKind, Severity
from citekit.readers import from_text, read

GERMAN = "Vgl. Müller, Geschichte der Städte, Köln 1990, S. 45. Siehe auch Böhme, Über die Straße.\n" * 3
WINDOWS = "“Très bien” – says Müller’s ‘Über’, façade, naïve.\n" * 3
RUSSIAN = "Смотрите также: Ленин В. И. Полное собрание сочинений. Т. 36. С. 174.\n" * 3
POLISH = "Zażółć gęślą jaźń. Zob. też Łódź, Kraków 1990, s. 45. Świętość i żądza.\n" * 3
CHINESE = "谢春涛：《大跃进狂澜》，郑州：河南人民出版社，1990年，第33页。\n" * 3
JAPANESE = "丸山眞男『日本の思想』岩波書店、一九六一年、二三頁。同じ著者の論文も参照されたい。\n" * 3


def write(folder: Path, name: str, content: bytes) -> Path:
    file = folder / name
    file.write_bytes(content)
    return file


@pytest.mark.parametrize(
    ("text", "codec", "encoding"),
    [
        (GERMAN, "utf-8", "utf-8"),
        (GERMAN, "utf-8-sig", "utf-8"),
        (GERMAN, "utf-16", "utf-16-le"),
        (GERMAN, "utf-32", "utf-32-le"),
        (GERMAN, "latin-1", "windows-1252"),
        (WINDOWS, "cp1252", "windows-1252"),
        (POLISH, "cp1250", "windows-1250"),
        (RUSSIAN, "koi8-r", "koi8-r"),
        (RUSSIAN, "cp1251", "windows-1251"),
        (CHINESE, "gb18030", "gb18030"),
        (JAPANESE, "shift_jis", "shift_jis"),
    ],
)
def test_the_words_come_out_whatever_the_encoding(tmp_path: Path, text: str, codec: str, encoding: str) -> None:
    document = read(write(tmp_path, "essay.txt", text.encode(codec)))
    assert (document.text, document.encoding) == (text, encoding)
    guessed = [diagnostic.code for diagnostic in document.diagnostics] == ["encoding-detected"]
    assert guessed == (not codec.startswith("utf"))


def test_newlines_and_marks_stay_where_they_are(tmp_path: Path) -> None:
    text = "one\r\ntwo\rthree\u2028four\u00adfive\u00a0six\fseven\n"
    document = read(write(tmp_path, "essay.txt", text.encode()))
    assert document.text == text
    assert [text[hint.span.start] for hint in document.hints if hint.kind is HintKind.PAGE_BREAK] == ["\f"]


def test_the_digest_is_the_files(tmp_path: Path) -> None:
    content = b"\xef\xbb\xbfwords"
    assert read(write(tmp_path, "essay.txt", content)).sha256 == hashlib.sha256(content).hexdigest()


def test_bytes_that_fit_no_encoding_lose_no_words(tmp_path: Path) -> None:
    content = "Müller, Köln, Straße, größer".encode() + b" \xff Berlin"
    document = read(write(tmp_path, "essay.txt", content))
    assert document.text == "Müller, Köln, Straße, größer \ufffd Berlin"
    (trouble,) = document.diagnostics
    assert trouble.code == "undecodable-bytes"
    assert f"byte {content.index(0xFF)}:" in trouble.message
    assert trouble.span is not None
    assert document.text[slice(*trouble.span)] == "\ufffd"


def test_an_empty_file_is_a_document_with_a_warning(tmp_path: Path) -> None:
    document = read(write(tmp_path, "essay.txt", b""))
    assert document.text == ""
    assert [(item.severity, item.code) for item in document.diagnostics] == [(Severity.WARNING, "document-empty")]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("scan.png", b"\x89PNG\r\n\x1a\n"),
        ("thesis.pdf", b"words"),
        ("thesis.txt", b"PK\x03\x04word"),
        ("thesis.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("core.txt", b"words\x00words"),
    ],
)
def test_what_is_no_text_is_refused_in_one_line(tmp_path: Path, name: str, content: bytes) -> None:
    with pytest.raises(UnsupportedFormatError) as caught:
        read(write(tmp_path, name, content))
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_folder_and_a_missing_file_are_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="folder"):
        read(tmp_path)
    with pytest.raises(ReadError, match=r"absent\.txt") as caught:
        read(tmp_path / "absent.txt")
    assert isinstance(caught.value.__cause__, FileNotFoundError)


def test_the_language_is_told_where_there_is_enough_of_it() -> None:
    assert from_text(GERMAN).language == "de"
    assert from_text(RUSSIAN).language == "ru"
    assert from_text("Ibid.").language is None


def test_another_media_type_is_refused() -> None:
    with pytest.raises(UnsupportedFormatError):
        from_text("<p>words</p>", media_type="text/html")


@given(st.text(max_size=300))
def test_any_string_is_its_own_text(text: str) -> None:
    for media_type in ("text/plain", "text/markdown"):
        document = from_text(text, media_type=media_type)
        assert document.text == text
        for hint in document.hints:
            assert 0 <= hint.span.start <= hint.span.end <= len(text)


@given(st.text(alphabet="ab *_`[]^()<>:\n#-\\1", max_size=200))
def test_a_marker_and_a_label_slice_back(text: str) -> None:
    for hint in from_text(text, media_type="text/markdown").hints:
        if hint.kind is HintKind.NOTE_MARKER:
            assert text[slice(*hint.span)] == hint.label
        if hint.label_span:
            assert text[slice(*hint.label_span)] == hint.label


@pytest.mark.parametrize("name", ["letter.html", "letter.htm", "letter.txt", "letter", "letter.md"])
def test_tei_is_read_as_tei_whatever_its_name(tmp_path: Path, name: str) -> None:
    xml = b'<?xml version="1.0"?>\n<!-- ed. --><TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>Lettre.'
    document = read(write(tmp_path, name, xml + b"</p><p>Adieu.</p></body></text></TEI>"))
    assert (document.media_type, document.text) == ("application/tei+xml", "Lettre.\n\nAdieu.")


def test_an_article_of_the_web_is_no_article_of_jats(tmp_path: Path) -> None:
    page = b"<article class='post'><h1>Der Stahl</h1><p>Er war teuer.</p></article>"
    assert read(write(tmp_path, "page.html", page)).media_type == "text/html"


@pytest.mark.parametrize(
    ("name", "words", "told"),
    [
        ("thesis.md", "% Kapitel 1\n\\RequirePackage{x}\n\\documentclass{book}\n", ".tex"),
        ("page.txt", "Es brannte.<ref>{{Literatur |Autor=Mills}}</ref>", ".wiki"),
        ("page.txt", "It burnt.{{sfn|Mills|1820}}", ".wiki"),
        ("notes.md", "A class is named by `\\documentclass{book}`.\n", ""),
        ("essay.txt", "He wrote {{sic}} and <ref. 7>.", ""),
    ],
)
def test_markup_under_the_name_of_another_is_told(tmp_path: Path, name: str, words: str, told: str) -> None:
    document = read(write(tmp_path, name, words.encode()))
    assert document.text == words
    found = [one.message for one in document.diagnostics if one.code == "named-otherwise"]
    assert len(found) == bool(told)
    assert all(f"the ending {told} " in message for message in found)


def test_a_pipe_that_nobody_writes_to_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "letters.txt")
    with pytest.raises(ReadError, match="a pipe or a device"):
        read(tmp_path / "letters.txt")


def test_an_empty_and_a_cut_word_file_are_told_apart(tmp_path: Path) -> None:
    for content, said in ((b"", "is empty"), (b"# Notes\n", "no office document"), (b"PK\x03\x04cut", "cut off")):
        with pytest.raises(ReadError, match=said):
            read(write(tmp_path, "essay.docx", content))
