"""`citekit bibliography`: from documents in a store to what readers see."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from citekit import styles
from citekit.readers.pandoc import pandoc_path
from citekit.styles import catalogue

from .conftest import Run

ESSAY = """\
# An essay

A first claim.[^1] A second.[^2] A third.[^3] A fourth.[^4]

[^1]: See Eric Hobsbawm, *The Age of Revolution: Europe 1789–1848* (London: Weidenfeld & Nicolson, 1962), 23–25.
[^2]: Ibid., 14.
[^3]: Lawrence Stone, "The Revival of Narrative: Reflections on a New Old History," *Past & Present* 85 (1979): 3–24; Rossi, op. cit., 5.
[^4]: Hobsbawm, *Age of Revolution*, 30. This is contested.
"""  # noqa: E501 - a note is a line

needs_pandoc = pytest.mark.skipif(
    pandoc_path() is None or not styles.known_styles(),
    reason="pandoc or the styles are not installed: pip install 'citekit-references[styles]'",
)


@pytest.fixture
def essay(run: Run, tmp_path: Path) -> None:
    (tmp_path / "essay.md").write_text(ESSAY, encoding="utf-8")
    assert run("add", "essay.md").returncode == 0


@needs_pandoc
def test_the_notes_of_a_document_in_another_style(run: Run, essay: None) -> None:
    done = run("bibliography", "--style", "mhra", "--notes", "essay.md")
    assert done.returncode == 0
    assert done.stdout.split("\n\n") == [
        "1. See Eric Hobsbawm, The Age of Revolution: Europe 1789–1848 (Weidenfeld & Nicolson, 1962), pp. 23–25.",
        "2. Hobsbawm, The Age of Revolution, p. 14.",
        (
            "3. Lawrence Stone, ‘The Revival of Narrative: Reflections on a New Old History’, Past & Present, 85 "
            "(1979), pp. 3–24; Rossi, op. cit., 5\u00a0[?]."
        ),
        "4. Hobsbawm, The Age of Revolution, p. 30. This is contested.\n",
    ]
    assert done.stderr == (
        "citekit: essay.md: 1 citation of unknown works left as printed, marked [?] (notes 3); complete them by hand\n"
    )


@needs_pandoc
def test_a_bibliography_lists_what_is_cited_in_full(run: Run, essay: None) -> None:
    done = run("bibliography", "--style", "chicago")
    assert [entry.split(",")[0] for entry in done.stdout.split("\n\n")] == ["Hobsbawm", "Stone"]
    assert done.stderr == "citekit: 1 work that nobody cites in full left out (rossi); complete with citekit edit\n"
    only = run("bibliography", "--style", "chicago", "stone1979revival")
    assert (only.stdout.split(",")[0], only.stderr) == ("Stone", "")
    assert run("bibliography", "--style", "chicago", "--document", "essay.md").stdout == done.stdout


@needs_pandoc
def test_the_ending_of_the_file_says_what_to_write(run: Run, essay: None, tmp_path: Path) -> None:
    for name, start in (
        ("b.html", b"<!DOCTYPE html>"),
        ("b.tex", b"%"),
        ("b.docx", b"PK"),
        ("b.odt", b"PK"),
        ("b.md", b"Hobsbawm"),
    ):
        assert run("bibliography", "--style", "chicago", "-o", name).returncode == 0
        assert (tmp_path / name).read_bytes().startswith(start)
    with zipfile.ZipFile(tmp_path / "b.docx") as archive:
        assert archive.testzip() is None


@needs_pandoc
@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        ((), 2, "name a style with --style"),
        (("--style", "chcago"), 2, "chcago: no such citation style; did you mean chicago"),
        (("--style", "chicago", "--to", "docx"), 2, "a Word document goes to a file"),
        (("--style", "chicago", "--to", "odt"), 2, "an OpenDocument text goes to a file"),
        (("--style", "chicago", "-o", "b.pdf"), 2, "b.pdf: a bibliography is not written as .pdf"),
        (("--style", "chicago", "--locale", "Deutsch!"), 2, "is no code of a language"),
        (("--style", "chicago", "--notes", "other.md"), 1, "other.md: the store has no such document"),
        (("--style", "chicago", "nobody"), 1, "nobody: no work has this citation key"),
        (("--style", "chicago", "a", "--notes", "essay.md"), 2, "one of them"),
        (("--style", "chicago", "-o", "references.db"), 1, "is a store"),
        (("--styles", "no such words"), 1, "no style has these words"),
    ],
)
def test_each_mistake_is_one_line(run: Run, essay: None, arguments: tuple[str, ...], status: int, said: str) -> None:
    done = run("bibliography", *arguments)
    assert done.returncode == status
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


@needs_pandoc
def test_works_of_which_a_style_prints_nothing_are_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(
        '[{"id": "empty", "type": "personal_communication", "note": "private"}, '
        '{"id": "full", "type": "book", "title": "A History", "issued": {"date-parts": [[1999]]}}]',
        encoding="utf-8",
    )
    assert run("import", "a.json").returncode == 0
    done = run("bibliography", "--style", "oscola")
    assert (done.returncode, done.stdout) == (0, "A History (1999)\n")
    assert done.stderr == (
        "citekit: 1 work left out (empty): oscola prints nothing of what is known of such works; "
        "complete with citekit edit, or choose another style\n"
    )


@needs_pandoc
def test_styles_are_listed_with_their_titles(run: Run) -> None:
    assert "oscola\tOSCOLA 4th edition\n" in run("bibliography", "--styles", "oscola").stdout


def test_without_the_extra_the_remedy_is_told(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text("@book{a, title = {A}, year = 1999}", encoding="utf-8")
    run("import", "a.bib")
    monkeypatch.setattr(catalogue, "_folder", lambda: None)
    done = run("bibliography", "--style", "chicago")
    assert (done.returncode, done.stdout) == (1, "")
    assert "pip install 'citekit-references[styles]'" in done.stderr
    assert run("bibliography", "--style", "plain").stdout.strip() == "[1] A. 1999."
