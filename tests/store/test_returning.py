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


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32"])
def test_a_file_with_a_byte_order_mark_stays_so(tmp_path: Path, encoding: str) -> None:
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    text = "@book{a,\n  title = {Päpste},\n}\n"
    path = tmp_path / "windows.bib"
    path.write_bytes(mark + text.encode(encoding))
    with citekit.open(tmp_path / "store.db") as store:
        store.import_records(path)
        assert store.export_imported(path) == path.read_bytes()
        store.edit("a", "title", "Bürger")
        assert store.export_imported(path) == mark + text.replace("Päpste", "Bürger").encode(encoding)


@pytest.mark.parametrize(
    ("fields", "edit", "expected"),
    [
        ("title = {T}", ("publisher", "P"), "title = {T}, publisher = {P}"),
        ("title = {T}, note = {N}", ("publisher", "P"), "title = {T}, note = {N}, publisher = {P}"),
        ("title = {T}", ("URL", "https://x.example"), "title = {T}, url = {https://x.example}"),
        ("title = {T}, note = {N}", ("note", "M"), "title = {T}, note = {M}"),
    ],
)
def test_an_edit_adds_its_field_and_no_other(tmp_path: Path, fields: str, edit: tuple[str, str], expected: str) -> None:
    """BibTeX's styles print no publisher of @misc, so an export says it in `note`; the user's own file does not."""
    path = tmp_path / "own.bib"
    path.write_text(f"@misc{{a, {fields}}}\n")
    with citekit.open(tmp_path / "store.db") as store:
        store.import_records(path)
        store.edit("a", *edit)
        assert store.export_imported(path).decode() == f"@misc{{a, {expected}}}\n"


def test_a_file_in_which_the_note_said_it_says_it_anew(tmp_path: Path) -> None:
    path = tmp_path / "own.bib"
    path.write_text("@misc{a, title = {T}, publisher = {P}, note = {N. Publisher: P}}\n")
    with citekit.open(tmp_path / "store.db") as store:
        store.import_records(path)
        store.edit("a", "publisher", "Q")
        expected = "@misc{a, title = {T}, publisher = {Q}, note = {N. Publisher: Q}}\n"
        assert store.export_imported(path).decode() == expected


def test_what_could_be_run_is_told_at_import_and_given_back_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "hostile.bib"
    path.write_text("@book{a, title = {\\input{/etc/passwd}}, note = undefstring}\n")
    with citekit.open(tmp_path / "store.db") as store:
        [report] = store.import_records(path)
        assert {each.code for each in report.diagnostics} == {"latex-acts", "bibtex-undefined"}
        assert store.export_imported(path) == path.read_bytes()
        assert "\\input" not in store.export("bibtex")
