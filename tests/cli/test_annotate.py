"""`citekit annotate`: a page beside the document, never in its place."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from fpdf import FPDF

import citekit

from .conftest import Run

ESSAY = "A claim.1 Another.2\n\n1 Max Weber, Wirtschaft und Gesellschaft, Tübingen 1922, S. 17.\n2 Ibid., S. 18.\n"


@pytest.fixture
def essay(tmp_path: Path) -> Path:
    path = tmp_path / "essay.txt"
    path.write_text(ESSAY, encoding="utf-8")
    return path


def test_a_page_is_written_and_nothing_else_said(essay: Path, tmp_path: Path, run: Run) -> None:
    done = run("annotate", "essay.txt", "-o", "essay.html")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    page = (tmp_path / "essay.html").read_text(encoding="utf-8")
    assert page == citekit.annotate(citekit.extract(essay))
    assert essay.read_text(encoding="utf-8") == ESSAY


def test_without_output_the_page_goes_to_standard_output(essay: Path, process: Run) -> None:
    done = process("annotate", "essay.txt")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == citekit.annotate(citekit.extract(essay))


def test_only_some_pages_of_a_pdf(tmp_path: Path, run: Run) -> None:
    pdf = FPDF()
    pdf.set_font("Helvetica")
    for words in ("The first page of the book.", "The second page of the book."):
        pdf.add_page()
        pdf.cell(text=words)
    pdf.output(str(tmp_path / "book.pdf"))
    done = run("annotate", "--pages", "2", "book.pdf")
    assert done.returncode == 0
    assert "The second page" in done.stdout
    assert "The first page" not in done.stdout


@pytest.mark.parametrize("output", ["essay.txt", "./essay.txt", "link.txt"])
def test_the_document_itself_is_never_overwritten(output: str, essay: Path, tmp_path: Path, run: Run) -> None:
    (tmp_path / "link.txt").symlink_to(essay)
    done = run("annotate", "essay.txt", "-o", output)
    assert done.returncode == 1
    assert done.stderr == (f"citekit: {output}: is the document itself, which would be lost; name another file\n")
    assert essay.read_text(encoding="utf-8") == ESSAY


def test_a_store_is_never_overwritten(essay: Path, tmp_path: Path, run: Run) -> None:
    assert run("add", "essay.txt").returncode == 0
    before = (tmp_path / "references.db").read_bytes()
    done = run("annotate", "essay.txt", "-o", "references.db")
    assert done.returncode == 1
    assert "never overwritten" in done.stderr
    assert (tmp_path / "references.db").read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere.txt", "-o", "page.html"), "citekit: nowhere.txt: there is no such file; check the name\n"),
        (
            ("essay.txt", "-o", "nowhere/page.html"),
            "citekit: nowhere/page.html: no such file or directory; check the name\n",
        ),
        (("essay.txt", "-o", "."), "citekit: .: is a folder; name a file in it\n"),
    ],
)
def test_what_cannot_be_read_or_written(
    arguments: tuple[str, ...], said: str, essay: Path, tmp_path: Path, run: Run
) -> None:
    done = run("annotate", *arguments)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", said)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["essay.txt"]


def test_a_page_that_was_there_stays_when_the_document_cannot_be_read(tmp_path: Path, run: Run) -> None:
    (tmp_path / "page.html").write_text("earlier", encoding="utf-8")
    assert run("annotate", "nowhere.txt", "-o", "page.html").returncode == 1
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == "earlier"


def test_wrong_usage(run: Run) -> None:
    assert run("annotate").returncode == 2


@pytest.mark.skipif(sys.platform != "linux", reason="only here a file's name can be no text")
def test_a_name_that_is_no_text(tmp_path: Path, process: Run) -> None:
    name = os.fsdecode(b"ess\xe4y.txt")
    (tmp_path / name).write_text(ESSAY, encoding="utf-8")
    done = process("annotate", name, "-o", "page.html")
    assert (done.returncode, done.stderr) == (0, "")
    assert "<h1><bdi>ess�y.txt</bdi></h1>" in (tmp_path / "page.html").read_text(encoding="utf-8")
