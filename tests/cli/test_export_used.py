"""`citekit export --used` and `--keys`, `citekit key --pattern`: bibliographies for a manuscript."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.readers.manuscripts import cited, word_file, zotero

ESSAY = """One.1 Two.2

1 Max Weber, Die protestantische Ethik, Tübingen, Mohr, 1934, S. 17.
2 Émile Durkheim, Le suicide, Paris, Alcan, 1897, p. 3.
"""
WEBER, DURKHEIM = "weber1934protestantische", "durkheim1897suicide"
DANGEROUS = r"\input{/etc/passwd} =HYPERLINK(\"http://x\") <script>alert(1)</script>"


@pytest.fixture
def kept(run: Any, tmp_path: Path) -> Path:
    (tmp_path / "essay.txt").write_text(ESSAY, encoding="utf-8")
    assert run("add", "essay.txt").returncode == 0
    return tmp_path


def keys(outcome: Any) -> list[str]:
    return re.findall(r"^@\w+\{([^,]+),", outcome.stdout, re.MULTILINE)


def test_only_what_the_manuscript_cites(run: Any, kept: Path) -> None:
    (kept / "paper.tex").write_text(rf"\cite{{{WEBER},nobody99}}", encoding="utf-8")
    done = run("export", "--format", "biblatex", "--used", "paper.tex")
    assert (done.returncode, keys(done)) == (0, [WEBER])
    assert (
        done.stderr
        == "citekit: paper.tex: nobody99: no work of the store has this key; add its document, or correct the key\n"
    )
    assert run("export", "--format", "biblatex", "--used", "paper.tex", "--strict").returncode == 3
    (kept / "other.md").write_text(f"See [@{DURKHEIM}].", encoding="utf-8")
    both = run("export", "--format", "bibtex", "--used", "paper.tex", "--used", "other.md")
    assert keys(both) == [DURKHEIM, WEBER]


def test_a_former_key_is_written_as_the_manuscript_has_it(run: Any, kept: Path) -> None:
    assert run("key", WEBER, "weber-pe").returncode == 0
    (kept / "paper.tex").write_text(rf"\cite{{{WEBER}}}", encoding="utf-8")
    assert keys(run("export", "--format", "biblatex", "--used", "paper.tex")) == [WEBER]


def test_a_document_of_the_store(run: Any, kept: Path) -> None:
    (kept / "more.txt").write_text(
        "Three.1\n\n1 Max Weber, Die protestantische Ethik, Tübingen, Mohr, 1934, S. 5.\n", "utf-8"
    )
    run("add", "more.txt")
    assert keys(run("export", "--format", "biblatex", "--used", "more.txt")) == [WEBER]


def test_the_fields_of_zotero_in_a_word_file(run: Any, kept: Path) -> None:
    pytest.importorskip("pypandoc")
    weber = {
        "id": 7,
        "type": "book",
        "title": "Die protestantische Ethik",
        "author": [{"family": "Weber", "given": "Max"}],
        "publisher": "Mohr",
        "issued": {"date-parts": [[1934]]},
    }
    other = {"id": 8, "type": "book", "title": "Feudal Society", "author": [{"family": "Bloch", "given": "Marc"}]}
    word_file(kept / "paper.docx", zotero("Weber 1934; Bloch", cited(weber), cited(other)))
    done = run("export", "--format", "biblatex", "--used", "paper.docx", "--strict")
    assert (done.returncode, keys(done)) == (3, [WEBER])
    assert "Bloch" in done.stderr


def test_a_manuscript_that_is_not_there_stops_the_export(run: Any, kept: Path) -> None:
    done = run("export", "--format", "biblatex", "--used", "gone.tex", "-o", "out.bib")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert not (kept / "out.bib").exists()


def test_keys_by_a_pattern(run: Any, kept: Path) -> None:
    assert keys(run("export", "--format", "bibtex", "--keys", "[auth:lower][year]")) == ["durkheim1897", "weber1934"]
    refused = run("export", "--format", "bibtex", "--keys", "[author")
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    shown = run("key", "--pattern", "auth.lower + year", "--all", "--dry-run").stdout
    assert shown.splitlines() == [f"{WEBER} weber1934", f"{DURKHEIM} durkheim1897"]
    assert keys(run("export", "--format", "bibtex")) == [DURKHEIM, WEBER]
    run("key", "--pattern", "auth.lower + year", "--all")
    assert keys(run("export", "--format", "bibtex")) == ["durkheim1897", "weber1934"]
    assert run("key").stdout == "auth.lower + year\n"
    assert run("key", "--no-pattern").returncode == 0
    assert run("key", WEBER).returncode == 2


@pytest.mark.parametrize("form", ["bibtex", "biblatex"])
def test_a_dangerous_title_is_words_in_a_bib_file(run: Any, tmp_path: Path, form: str) -> None:
    import json

    item = {"id": "x", "type": "book", "title": DANGEROUS, "publisher": DANGEROUS, "note": DANGEROUS}
    (tmp_path / "library.json").write_text(json.dumps([item]), encoding="utf-8")
    assert run("import", "library.json").returncode == 0
    written = run("export", "--format", form).stdout
    assert "\\input" not in written
    assert r"\textbackslash{}input\textbraceleft{}" in written.replace("{\\textbackslash", "\\textbackslash")
    (tmp_path / "out.bib").write_text(written, encoding="utf-8")
    assert "CK706" not in run("lint", "out.bib").stdout
    back = run("export", "--format", "csl-json").stdout
    assert json.loads(back)[0]["title"] == DANGEROUS


def test_a_bib_file_that_reads_files_is_told(run: Any, tmp_path: Path) -> None:
    (tmp_path / "x.bib").write_text(
        r"@book{x, title = {\input{/etc/passwd}}, subtitle = {\write18{rm}}}", encoding="utf-8"
    )
    assert run("lint", "x.bib", "--select", "CK706").stdout.count("CK706") == 2
