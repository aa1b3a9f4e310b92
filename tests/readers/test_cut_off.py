"""Files that end before their end, and files that only look so."""

from __future__ import annotations

from pathlib import Path

import pytest

from citekit import readers
from citekit.readers.pandoc import pandoc_path
from tests.readers.press import BODY, Press

needs_pandoc = pytest.mark.skipif(
    pandoc_path() is None, reason="pandoc is missing: pip install 'citekit-references[office]'"
)
PAGE = """<!doctype html><html><head><title>Guilds</title></head><body><div class="post">
<p>The weavers met.<a href="#n1"><sup>1</sup></a></p><ol><li id="n1">Weber, Economy.</li></ol></div></body></html>"""
UNTIDY = PAGE.replace("</body></html>", "")  # HTML lets these two be left out, and some programs do
LATEX = "\\documentclass{article}\\begin{document}The weavers met.\\footnote{Weber.} So it was.\\end{document}"
RTF = r"{\rtf1\ansi The weavers met.{\footnote Weber, \{Economy\}.}}"


def codes(tmp_path: Path, name: str, content: str) -> list[str]:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    return [found.code for found in readers.read(path).diagnostics]


@pytest.mark.parametrize(
    "page",
    [PAGE[: PAGE.index("Weber")], PAGE[: PAGE.index("</li>") + 3], PAGE[: PAGE.index("</ol>")]],
    ids=["in the words", "in a tag", "between elements"],
)
def test_a_page_cut_off(tmp_path: Path, page: str) -> None:
    assert codes(tmp_path, "a.html", page) == ["seems-cut-off"]


@pytest.mark.parametrize(
    "page",
    [PAGE, UNTIDY, "<p>The weavers met.</p><div>A fragment, saved from a page.", PAGE.replace("</ol></div>", "")],
    ids=["whole", "without its last tags", "a fragment", "an end tag forgotten"],
)
def test_a_page_that_only_looks_so(tmp_path: Path, page: str) -> None:
    assert codes(tmp_path, "a.html", page) == []


@needs_pandoc
def test_latex_and_rich_text(tmp_path: Path) -> None:
    assert codes(tmp_path, "a.tex", LATEX) == []
    assert codes(tmp_path, "a.tex", LATEX.removesuffix("\\end{document}")) == ["seems-cut-off"]
    assert codes(tmp_path, "chapter.tex", "The weavers met.\\footnote{Weber.}") == []
    assert codes(tmp_path, "a.rtf", RTF) == []
    assert codes(tmp_path, "a.rtf", RTF[:-1]) == ["seems-cut-off"]


def test_a_pdf_without_its_end(tmp_path: Path) -> None:
    press = Press()
    press.page("Mary Miller", "102")
    press.lines(BODY[:10])
    whole = press.content()
    (tmp_path / "whole.pdf").write_bytes(whole)
    (tmp_path / "cut.pdf").write_bytes(whole[: whole.rindex(b"xref")])
    assert [found.code for found in readers.read(tmp_path / "whole.pdf").diagnostics] == []
    assert [found.code for found in readers.read(tmp_path / "cut.pdf").diagnostics] == ["seems-cut-off"]
