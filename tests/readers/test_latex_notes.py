r"""Notes of LaTeX sources with the labels that LaTeX prints: \footnotemark, books, styles that cite in notes."""

from __future__ import annotations

from pathlib import Path

import pytest

from citekit import extract
from citekit.notes import find_notes
from citekit.readers import read
from citekit.readers.latex_notes import marked_notes
from citekit.readers.latex_styles import cites_in_footnotes
from citekit.readers.pandoc import pandoc_path

needs_pandoc = pytest.mark.skipif(pandoc_path() is None, reason="pandoc is missing: install the extra 'office'")


def notes_of(path: Path, body: str, head: str = r"\documentclass{article}") -> list[tuple[str | None, str, str]]:
    """Each note's label, its words, and the word that calls it, with the kind where it is no footnote."""
    essay = path / "essay.tex"
    essay.write_text(f"{head}\n\\begin{{document}}\n{body}\n\\end{{document}}\n", encoding="utf-8")
    document = read(essay)
    found = []
    for note in find_notes(document).notes:
        called = [document.text[: marker.start].rstrip("[ ").split()[-1] for marker in note.markers]
        kind = "" if note.kind.value == "footnote" else f" ({note.kind.value})"
        found.append((note.label, note.text, " ".join(called) + kind))
    return found


@needs_pandoc
def test_a_note_whose_words_stand_elsewhere_is_at_its_mark(tmp_path: Path) -> None:
    body = r"""Wool\footnotemark{} and fire.\footnotemark
\footnotetext{Mills, 1820, p. 3.}\addtocounter{footnote}{1}\footnotetext{Lee, 1999, p. {9}.}
A table \begin{tabular}{l} of rain\footnotemark \end{tabular}\footnotetext{Roe, 1960, p. 10.}
% \footnotemark{} \footnotetext{A comment.}
Snow\footnotemark[7]\footnotetext[7]{Hall, 1970, p. 2.} and ice\footnotemark[7], fog\footnote[9]{Ward, 1980, p. 1.},
hail\footnote{Beck, 1990, p. 4.}"""
    assert notes_of(tmp_path, body) == [
        ("1", "Mills, 1820, p. 3.", "Wool"),
        ("2", "Lee, 1999, p. 9.", "fire."),
        ("3", "Roe, 1960, p. 10.", "rain"),
        ("7", "Hall, 1970, p. 2.", "Snow ice"),
        ("9", "Ward, 1980, p. 1.", "fog"),
        ("4", "Beck, 1990, p. 4.", "hail"),
    ]


@needs_pandoc
def test_titles_have_signs_and_endnotes_are_counted_by_themselves(tmp_path: Path) -> None:
    body = r"""\title{Mills\thanks{I thank the readers.}}\author{Mark Roe\thanks{York.}}\maketitle
Wool\footnote{One.} fire\endnote{End one.} rain\footnote{Two.} snow\endnote{End two.}"""
    assert notes_of(tmp_path, body) == [
        ("*", "I thank the readers.", "Mills"),
        ("†", "York.", "Roe"),
        ("1", "One.", "Wool"),
        ("2", "Two.", "rain"),
        ("1", "End one.", "fire (endnote)"),
        ("2", "End two.", "snow (endnote)"),
    ]


@needs_pandoc
@pytest.mark.parametrize(
    ("head", "labels"),
    [
        (r"\documentclass[12pt]{scrbook}", "1 2 1 2 3 1"),
        (r"\documentclass{memoir}", "1 2 1 2 3 1"),
        (r"\documentclass{book}\counterwithout{footnote}{chapter}", "1 2 3 4 5 6"),
        (r"\documentclass{book}\renewcommand{\thefootnote}{\alph{footnote}}", "a b a b c a"),
        (r"\documentclass{article}", "1 2 3 4 5 6"),
    ],
)
def test_books_begin_anew_with_each_numbered_chapter(tmp_path: Path, head: str, labels: str) -> None:
    body = r"""\frontmatter\chapter{Preface}A\footnote{P one.}\chapter{Thanks}B\footnote{P two.}
\mainmatter\chapter{Wool}C\footnote{W one.}D\footnote{W two.}\chapter*{Between}E\footnote{W three.}
\chapter[Fire]{Fire and Water}F\footnote{F one.}"""
    assert [label for label, *_ in notes_of(tmp_path, body, head)] == labels.split()


@needs_pandoc
def test_a_counter_can_be_set_and_its_form_changed(tmp_path: Path) -> None:
    body = r"""\renewcommand{\thefootnote}{\fnsymbol{footnote}}A\footnote{One.}
\renewcommand{\thefootnote}{\arabic{footnote}}\setcounter{footnote}{0}B\footnote{Two.}C\footnote{Three.}"""
    assert [label for label, *_ in notes_of(tmp_path, body)] == ["*", "1", "2"]


@needs_pandoc
def test_a_reference_to_a_note_says_its_label(tmp_path: Path) -> None:
    body = r"""Rain\footcite[3]{lee} Wool\footnote{\label{one}See note \ref{two}.}
fire\footnote{\label{two}Lee.}, n. \ref{one}"""
    notes = notes_of(tmp_path, body)
    assert [(label, words) for label, words, _ in notes[1:]] == [("2", "See note 3."), ("3", "Lee.")]
    assert read(tmp_path / "essay.tex").text.count("n. 2") == 1


@needs_pandoc
def test_styles_that_cite_in_notes_make_footnotes_of_autocite(tmp_path: Path) -> None:
    body = r"""Wool \autocite[see][12]{lee} fire \autocites[1]{lee}[2]{mills} rain\footnote{But \autocite[4]{mills}.}"""
    head = r"\documentclass{article}\usepackage[style=verbose-trad1]{biblatex}"
    assert notes_of(tmp_path, body, head) == [
        ("1", r"\autocite[see][12]{lee}.", "Wool"),
        ("2", r"\autocites[1]{lee}[2]{mills}", "fire"),
        ("3", r"But \autocite[4]{mills}.", "rain"),
    ]
    assert all(citation.note for citation in extract(tmp_path / "essay.tex").citations)
    assert notes_of(tmp_path, body, r"\documentclass{article}\usepackage[style=authoryear]{biblatex}")[0][0] == "1"
    assert sum(citation.note is None for citation in extract(tmp_path / "essay.tex").citations) == 3


@pytest.mark.parametrize(
    ("options", "in_notes"),
    [
        (r"\usepackage[style=verbose]{biblatex}", True),
        (r"\usepackage[citestyle=authortitle-ibid, bibstyle=numeric]{biblatex}", True),
        (r"\usepackage[style=authoryear,autocite=footnote]{biblatex}", True),
        (r"\usepackage[style=verbose,autocite=inline]{biblatex}", False),
        (r"\usepackage[notes,backend=biber]{biblatex-chicago}", True),
        (r"\usepackage[authordate]{biblatex-chicago}", False),
        (r"\usepackage[style=ext-authortitle]{biblatex}", True),
        (r"\usepackage[style=authoryear]{biblatex}", False),
        (r"\usepackage{biblatex}\ExecuteBibliographyOptions{autocite=footnote}", False),
        ("\\usepackage{biblatex}\n\\ExecuteBibliographyOptions{autocite=footnote}", True),
        (r"% \usepackage[style=verbose]{biblatex}", False),
        (r"\usepackage{natbib}", False),
    ],
)
def test_which_styles_cite_in_notes(options: str, in_notes: bool) -> None:
    assert cites_in_footnotes(options) is in_notes


def test_a_source_without_notes_is_left_as_it_is() -> None:
    source = "\\documentclass{article}\n\\begin{document}\nWool \\emph{and} fire.\n\\end{document}\n"
    assert marked_notes(source) == source
