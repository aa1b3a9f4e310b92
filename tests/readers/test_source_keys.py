"""LaTeX and Markdown that cite by key, with their bibliographies."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citekit import extract
from citekit.cli import main
from citekit.errors import ReadError
from citekit.model import HintKind
from citekit.readers import from_text
from citekit.readers.pandoc import pandoc_path
from tests.readers.citations_told import told, works_told

needs_pandoc = pytest.mark.skipif(
    pandoc_path() is None, reason="pandoc is missing: pip install 'citekit-references[office]'"
)

LIBRARY = r"""
@book{weber, author = {Weber, Max}, title = {Wirtschaft und Gesellschaft}, year = 1922, address = {T{\"u}bingen}}
@book{mills, author = {Mills, John}, title = {Fire on the Aire}, publisher = {Hall}, year = 1820}
@article{lee, author = {Lee, Anna}, title = {The Price of Steel}, journaltitle = {Northern History}, date = {1994-05}}
"""
THESIS = r"""\documentclass{book}
\addbibresource{library.bib}
\newcommand{\onmills}[1]{\autocite[#1]{mills}}
\begin{document}
The mill burnt.\footnote{See \cite[see][33]{mills}; compare Anna Ward, \emph{Steel} (York: Hall, 1999), 9.}
It was rebuilt \parencite[p.~4]{weber,lee}.\footcite[33--35]{weber} \Textcite{lee} denies it \onmills{fol.~4r}.
So do \cites[see][3]{weber}[4]{mills} and \citetitle{weber} \citep*[chap.~2]{lee}. % \cite{commented}
\nocite{*} \verb|\cite{code}| \fullcite{gone}, and \cite[7]{gone}.
\end{document}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "library.bib").write_text(LIBRARY, encoding="utf-8")
    return tmp_path


def written(folder: Path, name: str, words: str) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(words, encoding="utf-8")
    return file


@needs_pandoc
def test_a_thesis_in_latex(folder: Path) -> None:
    extraction = extract(written(folder, "thesis.tex", THESIS))
    assert told(extraction) == [
        "weber → Wirtschaft und Gesellschaft (short)",
        "lee → The Price of Steel, page 4 (short)",
        r"\Textcite{lee} → The Price of Steel (short)",
        r"\autocite[fol.~4r]{mills} → Fire on the Aire, folio 4r (short)",
        "[see] [see][3]{weber} → Wirtschaft und Gesellschaft, page 3 (short)",
        "[4]{mills} → Fire on the Aire, page 4 (short)",
        r"\citetitle{weber} → Wirtschaft und Gesellschaft (short)",
        r"\citep*[chap.~2]{lee} → The Price of Steel, chapter 2 (short)",
        r"\fullcite{gone} → ? (short)",
        r"\cite[7]{gone} → ?, page 7 (short)",
        r"[see] \cite[see][33]{mills} → Fire on the Aire, page 33 (short)",
        "[compare] Anna Ward, Steel (York: Hall, 1999), 9 → Steel, page 9 (full)",
        r"\footcite[33--35]{weber} → Wirtschaft und Gesellschaft, page 33-35 (short)",
    ]
    assert [one.code for one in extraction.diagnostics] == ["citation-key-unknown"]  # said once
    weber = next(work for work in extraction.works if work.title == "Wirtschaft und Gesellschaft")
    assert weber.item["author"] == [{"family": "Weber", "given": "Max"}]
    assert weber.item["publisher-place"] == "Tübingen"


@needs_pandoc
def test_citing_commands_are_shown_as_they_are_written(folder: Path) -> None:
    words = r"""\begin{document}
Es brannte.\footfullcite[3]{mills} Zweimal.\footcites[Vgl.][4]{mills}[5]{lee} \verb|\fullcite{weber}|
\end{document}"""
    extraction = extract(written(folder, "essay.tex", words))
    assert [note.text for note in extraction.notes] == [
        r"\footfullcite[3]{mills}.",
        r"\footcites[Vgl.][4]{mills}[5]{lee}",
    ]
    assert [citation.note for citation in extraction.citations] == ["n1", "n2", "n2"]
    assert r"\fullcite{weber}" in extraction.document.text
    assert "citekit" not in extraction.document.text


@needs_pandoc
def test_a_list_of_bibitems_is_the_bibliography(tmp_path: Path) -> None:
    words = r"""\begin{document}
The mill burnt \cite[p.~3]{mills}, as \cite{marx} says.
\begin{thebibliography}{99}
\bibitem{mills} John Mills, \emph{Fire on the Aire} (London: Hall, 1820).
\bibitem[Marx(1867)]{marx} Karl Marx, \emph{Das Kapital}. \newblock Hamburg: Meissner, 1867.
\end{thebibliography}
\end{document}"""
    extraction = extract(written(tmp_path, "essay.tex", words))
    assert told(extraction) == [
        r"\cite[p.~3]{mills} → Fire on the Aire, page 3 (short)",
        r"\cite{marx} → Das Kapital (short)",
        "John Mills, Fire on the Aire (London: Hall, 1820) → Fire on the Aire (full)",
        "Karl Marx, Das Kapital. Hamburg: Meissner, 1867 → Das Kapital (full)",
    ]
    assert [citation.resolution and citation.resolution.antecedent for citation in extraction.citations] == [
        "c3",
        "c4",
        None,
        None,
    ]
    assert [(note.kind, note.label) for note in extraction.notes] == [("reference", None), ("reference", None)]


@needs_pandoc
def test_chapters_in_other_files_are_told(tmp_path: Path) -> None:
    words = "\\input{macros}\n% \\input{old}\nIt burnt.\n\\include{chapters/one} \\includegraphics{mill}\n"
    (told_of,) = extract(written(tmp_path, "thesis.tex", words)).diagnostics
    assert told_of.code == "latex-parts-left-out"
    assert "(macros, chapters/one)" in told_of.message


@needs_pandoc
def test_chapters_beside_the_main_file_are_read_at_their_places(tmp_path: Path) -> None:
    (tmp_path / "chapters").mkdir()
    written(tmp_path, "library.bib", "@book{mills, author={Mills, John}, title={Fire on the Aire}, date={1820}}\n")
    written(tmp_path, "chapters/one.tex", "It burnt.\\footnote{Karl Marx, Das Kapital (Hamburg: Meissner, 1867), 3.}\n")
    whole = "\\documentclass[../thesis]{subfiles}\\begin{document}Again.\\footnote{\\cite[12]{mills}.}\\end{document}"
    written(tmp_path, "chapters/two.tex", f"{whole} Not this.")
    main = "\\documentclass{book}\\addbibresource{library.bib}\\begin{document}\n% \\input{chapters/none}\n"
    main += "\\include{chapters/one}\nBetween.\\footnote{First.} \\subfile{chapters/two.tex}\n\\end{document}\n"
    extraction = extract(written(tmp_path, "thesis.tex", main))
    assert extraction.diagnostics == ()
    assert [note.text.split(",")[0] for note in extraction.notes] == ["Karl Marx", "First.", r"\cite[12]{mills}."]
    assert [citation.item.get("title") for citation in extraction.citations] == ["Das Kapital", "Fire on the Aire"]
    assert "Not this" not in extraction.document.text


@needs_pandoc
def test_endnotes_and_notes_in_the_margin_are_notes(tmp_path: Path) -> None:
    words = r"It burnt.\endnote{Karl Marx, Das Kapital.} Twice.\footnotemark{} So.\sidenote{Aside.}"
    words += r"\footnotetext[2]{Ibid., 5.}"
    notes = extract(written(tmp_path, "essay.tex", words)).notes
    assert [note.text for note in notes] == ["Ibid., 5.", "Aside.", "Karl Marx, Das Kapital."]


@needs_pandoc
def test_nothing_outside_the_folder_is_taken_in(tmp_path: Path) -> None:
    folder = tmp_path / "thesis"
    folder.mkdir()
    outside = written(tmp_path, "secret.tex", "What nobody may read.")
    (folder / "linked.tex").symlink_to(outside)
    written(folder, "notes.txt", "What nobody may read.")
    named = ("../secret", "linked", str(outside.with_suffix("")), "~/secret", "notes.txt", "thesis")
    document = extract(
        written(folder, "thesis.tex", "".join(f"\\input{{{name}}}\n" for name in named) + "Words.")
    ).document
    assert document.text.strip() == "Words."
    assert document.diagnostics[0].code == "latex-parts-left-out"


@needs_pandoc
def test_a_chapter_that_changed_is_a_new_version(tmp_path: Path) -> None:
    written(tmp_path, "one.tex", "It burnt.")
    main = written(tmp_path, "thesis.tex", "\\input{one}")
    before = extract(main).document.sha256
    assert extract(main).document.sha256 == before
    written(tmp_path, "one.tex", "It burnt again.")
    assert extract(main).document.sha256 != before


@needs_pandoc
def test_two_keys_are_two_works(tmp_path: Path) -> None:
    letters = "@misc{a, author={Mills, John}, title={Letter to Lee}, year=1820}\n"
    letters += "@misc{b, author={Mills, John}, title={Letter to Lee}, year=1820}\n"
    written(tmp_path, "letters.bib", letters)
    extraction = extract(written(tmp_path, "essay.tex", r"He wrote \cite{a}, again \cite{b}, as \cite{a} shows."))
    assert [citation.works for citation in extraction.citations] == [("w1",), ("w2",), ("w1",)]


ESSAY = """---
title: Mills
bibliography: library.bib
references:
- id: marx
  type: book
  title: Das Kapital
  author: [{family: Marx, given: Karl}]
  issued: {year: 1867}
---

The mill burnt [see @mills, pp. 33-35, and *passim*; also @marx], as @weber [p. 3] says [-@lee, 5]; see @fig-mill and
[@tbl-prices].[^1] Write to anna@mail.org; `[@code]`, [a link](http://a.org/@anna), [@gone, p. 3].
^[Inline @mills, p. 12.]

[^1]: See @mills, p. 3; also Anna Ward, *Steel* (York: Hall, 1999), 9. [Compare @{weber} {pp. 3, 5}].
"""


def test_an_essay_in_markdown(folder: Path) -> None:
    extraction = extract(written(folder, "essay.md", ESSAY))
    assert told(extraction) == [
        "[see] @mills, pp. 33-35, and *passim → Fire on the Aire, page 33-35 (short)",
        "@marx → Das Kapital (short)",
        "@weber [p. 3] → Wirtschaft und Gesellschaft, page 3 (short)",
        "-@lee, 5 → The Price of Steel, page 5 (short)",
        "@gone, p. 3 → ?, page 3 (short)",
        "@mills, p. 12 → Fire on the Aire, page 12 (short)",
        "[See] @mills, p. 3 → Fire on the Aire, page 3 (short)",
        "Anna Ward, *Steel* (York: Hall, 1999), 9 → Steel, page 9 (full)",
        "[Compare] @{weber} {pp. 3, 5} → Wirtschaft und Gesellschaft, page 3; 5 (short)",
    ]
    assert [one.code for one in extraction.diagnostics] == ["citation-key-unknown"]


def test_an_account_is_no_citation_where_no_bibliography_knows_it(tmp_path: Path) -> None:
    assert told(extract(written(tmp_path, "post.md", "As @anna wrote, and [@weber, p. 3] says."))) == [
        "@weber, p. 3 → ?, page 3 (short)"
    ]


def test_the_only_bibliography_beside_a_document_is_its_own(folder: Path) -> None:
    file = written(folder, "essay.md", "As [@weber] says.")
    assert works_told(extract(file)) == ["Wirtschaft und Gesellschaft"]
    written(folder, "other.bib", "@book{other, title={Another}}")
    assert works_told(extract(file)) == []
    written(folder, "essay.bib", "@book{weber, title={Wirtschaft}, author={Weber, Max}}")
    assert works_told(extract(file)) == ["Wirtschaft"]


@pytest.mark.parametrize(
    "name", ["../library.bib", "/etc/passwd", "sub/../../library.bib", "http://a.org/l.bib", "C:\\l.bib"]
)
def test_no_file_outside_the_folder_is_opened(folder: Path, name: str) -> None:
    words = f"---\nbibliography: '{name}'\n---\nAs [@weber] says.\n"
    extraction = extract(written(folder, "text/essay.md", words))
    assert works_told(extraction) == []
    assert [one.code for one in extraction.diagnostics] == ["bibliography-outside", "citation-key-unknown"]


def test_a_link_out_of_the_folder_is_not_followed(folder: Path) -> None:
    file = written(folder, "text/essay.md", "---\nbibliography: inside.bib\n---\nAs [@weber] says.\n")
    (folder / "text" / "inside.bib").symlink_to(folder / "library.bib")
    assert extract(file).diagnostics[0].code == "bibliography-outside"


def test_bibliographies_in_other_formats(folder: Path) -> None:
    written(folder, "a.json", '[{"id": "kapital", "type": "book", "title": "Das Kapital"}]')
    written(folder, "b.yaml", "references:\n- id: mill\n  title: The Mill\n  issued: 1820-05-03\n")
    words = "---\nbibliography: [a.json, b.yaml, gone.bib]\n---\nAs [@kapital; @mill] say.\n"
    extraction = extract(written(folder, "essay.md", words))
    assert works_told(extraction) == ["Das Kapital", "The Mill"]
    assert extraction.works[1].item["issued"] == {"date-parts": [[1820, 5, 3]]}
    assert [one.code for one in extraction.diagnostics] == ["bibliography-missing"]


def test_any_format_of_a_library_serves(folder: Path) -> None:
    written(folder, "old.ris", "TY  - BOOK\nID  - mill\nTI  - The Mill\nPY  - 1820\nER  - \n")
    salt = '{"itemType": "book", "citationKey": "salt", "title": "Salt"}'
    written(folder, "zotero.json", f'{{"config": {{"label": "BetterBibTeX JSON"}}, "items": [{salt}]}}')
    words = "---\nbibliography: [old.ris, zotero.json]\n---\nAs [@mill; @salt] say.\n"
    assert works_told(extract(written(folder, "essay.md", words))) == ["The Mill", "Salt"]


def test_works_in_the_head_are_read_as_pandoc_reads_them(folder: Path) -> None:
    words = "---\nreferences:\n- id: mill\n  title: The *Mill*\n  issued: 1820~\n---\nAs [@mill] says.\n"
    work = extract(written(folder, "essay.md", words)).works[0]
    assert work.item["title"] == "The <i>Mill</i>"
    assert work.item["issued"] == {"date-parts": [[1820]], "circa": True}


def test_a_head_that_multiplies_itself_is_refused(folder: Path) -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x]"]
    lines += [f"{one}: &{one} [*{before}, *{before}, *{before}]" for before, one in pairwise("abcdefghi")]
    words = "---\n" + "\n".join(lines) + "\nreferences:\n- id: mill\n  author: *i\n---\nAs [@mill] says.\n"
    extraction = extract(written(folder, "essay.md", words))
    assert [one.code for one in extraction.diagnostics] == ["metadata-unreadable", "citation-key-unknown"]


def test_a_damaged_head_or_bibliography_is_said(folder: Path) -> None:
    extraction = extract(written(folder, "essay.md", "---\nbibliography: [a\nreferences: }\n---\nAs [@none] says.\n"))
    assert [one.code for one in extraction.diagnostics] == ["metadata-unreadable", "citation-key-unknown"]
    written(folder, "bad.json", '[{"id": ')
    extraction = extract(written(folder, "essay.md", "---\nbibliography: bad.json\n---\nAs [@none] says.\n"))
    assert [one.code for one in extraction.diagnostics] == ["bibliography-unreadable", "citation-key-unknown"]


def test_a_bibliography_on_the_command_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    essay = written(folder, "text/essay.md", "As [@weber, p. 3] says.")
    assert main(["extract", "--strict", "--bibliography", str(folder / "library.bib"), str(essay)]) == 0
    assert "Wirtschaft und Gesellschaft" in capsys.readouterr().out
    store = ["--store", str(folder / "references.db")]
    assert main(["add", *store, "--bibliography", str(folder / "library.bib"), str(essay)]) == 0
    assert main(["works", *store]) == 0
    assert "Wirtschaft und Gesellschaft" in capsys.readouterr().out
    assert main(["extract", "--bibliography", str(folder / "gone.bib"), str(essay)]) == 1
    assert "gone.bib: there is no such bibliography" in capsys.readouterr().err


@settings(max_examples=150)
@given(st.text(alphabet="@ab-[];,. {}:^1!(\n*`p", max_size=80))
def test_a_key_is_where_it_is_said_to_be(words: str) -> None:
    document = from_text(words, media_type="text/markdown")
    for entry in document.keyed:
        said = words[slice(*entry.span)]
        assert said.lstrip("-").startswith((f"@{entry.key}", f"@{{{entry.key}}}"))
    places = [entry.span.start for entry in document.keyed]
    assert places == sorted(set(places))
    assert all(hint.kind in HintKind for hint in document.hints)


@needs_pandoc
def test_tables_and_chapters_that_a_file_takes_in_are_told_and_the_rest_is_read(tmp_path: Path) -> None:
    words = ".. include:: zwei.rst\n\nEs brannte [#a]_.\n\n.. csv-table:: Mühlen\n   :header: a, b\n   :file: t.csv\n\n"
    words += "Danach.\n\n.. [#a] Mills, *Fire*, 1820, S. 3.\n"
    extraction = extract(written(tmp_path, "essay.rst", words))
    assert [note.text for note in extraction.notes] == ["Mills, Fire, 1820, S. 3."]
    assert "Danach." in extraction.document.text
    (told_of,) = extraction.diagnostics
    assert told_of.code == "rst-parts-left-out"
    assert "(zwei.rst, t.csv)" in told_of.message


@needs_pandoc
def test_a_bibliography_in_which_no_entry_is(folder: Path) -> None:
    written(folder, "garbage.bib", "garbage { not bib")
    essay = written(folder, "essay.tex", r"\begin{document}It burnt \cite{mills}.\end{document}")
    found = extract(essay, bibliographies=[folder / "garbage.bib"]).diagnostics
    assert [one.code for one in found] == ["bibliography-unreadable", "citation-key-unknown"]
    (folder / "essay.docx").write_bytes(b"PK\x03\x04\x00\x00")
    with pytest.raises(ReadError, match="binary"):
        extract(essay, bibliographies=[folder / "essay.docx"])
