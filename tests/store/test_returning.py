"""An imported .bib file comes back as its user wrote it, but for what the user has set since."""

from __future__ import annotations

from pathlib import Path

import pytest

import citekit
from citekit.errors import FormatError, StoreError

LIBRARY = (
    '\ufeff% since 1999\r\n@string{ei = "Einaudi"}\r\n@Book{levi63,\r\n\tTITLE   = {La {T}regua},\r\n'
    '\tAUTHOR  = "Primo Levi",\r\n\tPUBLISHER = ei\r\n}\r\n@comment{jabref-meta: databaseType:bibtex;}\r\n'
    '@article{broken, title = {\r\n@article{b, title={X {\\"O}l}, journal={J}, year=2000}\r\n\r\n'
)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    path = tmp_path / "library.bib"
    path.write_bytes(LIBRARY.encode())
    return path


def test_it_comes_back_byte_for_byte(library: Path, tmp_path: Path) -> None:
    with citekit.open(tmp_path / "store.db") as store:
        store.import_records(library)
        assert store.export_imported(library) == LIBRARY.encode()


def test_only_edited_fields_differ(library: Path, tmp_path: Path) -> None:
    with citekit.open(tmp_path / "store.db") as store:
        store.import_records(library)
        store.edit("levi63", "title", "La tregua & altro")
        store.edit("levi63", "publisher", None)
        store.edit("b", "container-title", "Journal")
        expected = LIBRARY.replace("{La {T}regua}", r"{La tregua \& altro}").replace("\r\n\tPUBLISHER = ei", "")
        expected = expected.replace('"Primo Levi",', '"Primo Levi"').replace("journal={J}", "journal={Journal}")
        assert store.export_imported(library) == expected.encode()


def test_a_file_in_latin_1_stays_so_and_says_when_it_cannot(tmp_path: Path) -> None:
    content = "@book{a, title = {Geschichte der Päpste, Straßburg für Kölner Bürger}}\n".encode("latin-1")
    path = tmp_path / "old.bib"
    path.write_bytes(content)
    with citekit.open(tmp_path / "store.db") as store:
        store.import_records(path)
        assert store.export_imported(path) == content
        store.edit("a", "title", "古史辨")
        with pytest.raises(FormatError, match="save the file in UTF-8"):
            store.export_imported(path)


def test_a_file_that_was_not_imported_is_named(library: Path, tmp_path: Path) -> None:
    with citekit.open(tmp_path / "store.db") as store:
        store.import_records(library)
        with pytest.raises(StoreError, match=r"other\.bib: the store has imported no such"):
            store.export_imported(tmp_path / "other.bib")
