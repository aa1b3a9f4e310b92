"""The keys that LaTeX manuscripts cite, and what they leave behind for BibTeX and biber."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citekit.errors import ReadError
from citekit.manuscripts import cited_in


def keys(tmp_path: Path, text: str, name: str = "paper.tex") -> tuple[str, ...]:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return cited_in(str(path)).keys


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        (r"\cite{bloch1924}", "bloch1924"),
        (r"\cite[see][12]{bloch1924, febvre:1942 }", "bloch1924 febvre:1942"),
        (r"\footcite[\textit{cf.}][{pp. 12--15}]{bloch1924}", "bloch1924"),
        (r"\citep*[see][]{bloch1924}; \Citet{febvre}; \citeauthor{braudel}", "bloch1924 febvre braudel"),
        (r"\textcites(see)(passim)[12]{bloch}[13]{febvre}{braudel}. {not}", "bloch febvre braudel"),
        (r"\volcite{2}[5]{gibbon} \pvolcite[cf.]{3}[7]{hume}", "gibbon hume"),
        (r"\textcquote[12]{bloch}{The words \emph{quoted}}", "bloch"),
        (r"\foreigntextcquote{french}[12]{febvre}{Les mots}", "febvre"),
        (r"\nocite{a,b} \fullcite{c} \parencite{d} \autocite{e} \smartcite{f} \supercite{g}", "a b c d e f g"),
        ("\\cite[a\n note]\n{bloch,\n febvre}", "bloch febvre"),
        (r"20\% \cite{a} % \cite{b}", "a"),
        ("\\\\% \\cite{b}\n\\cite{a}", "a"),
        (r"\verb|\cite{b}| \begin{verbatim}\cite{c}\end{verbatim}\cite{a}", "a"),
        (r"\newcommand{\see}{\cite{a}} \renewcommand{\citeleft}{(} \citestyle{plain}", "a"),
        (r"\newcommand{\mycite}[1]{\cite{#1}} \mycite{a}", "a"),
        (r"\cite{a}\end{document}\cite{b}", "a"),
        (r"\cite{杨2008}", "杨2008"),
        (r"words alone, an \index{entry} and \ref{cite}", ""),
    ],
)
def test_citing_commands(tmp_path: Path, text: str, cited: str) -> None:
    assert keys(tmp_path, text) == tuple(cited.split())


def test_files_that_it_takes_in_from_its_own_folder_alone(tmp_path: Path) -> None:
    folder = tmp_path / "thesis"
    (folder / "chapters").mkdir(parents=True)
    (tmp_path / "outside.tex").write_text(r"\cite{outside}", encoding="utf-8")
    (folder / "chapters" / "one.tex").write_text(r"\cite{one}\input{chapters/two}", encoding="utf-8")
    (folder / "chapters" / "two.tex").write_text(r"\cite{two}\include{chapters/one}", encoding="utf-8")
    (folder / "away").symlink_to(tmp_path)
    main = folder / "main.tex"
    outside = r"\input{../outside} \input{away/outside} \input{/etc/hosts}"
    main.write_text(rf"\include{{chapters/one}} {outside} \input{{gone}} \input{{\jobname}}", encoding="utf-8")
    found = cited_in(str(main))
    assert found.keys == ("one", "two")
    assert [each.code for each in found.diagnostics] == [
        *["manuscript-outside"] * 3,
        "manuscript-missing",
    ]


def test_all_works(tmp_path: Path) -> None:
    path = tmp_path / "paper.tex"
    path.write_text(r"\nocite{*} \cite{a}", encoding="utf-8")
    assert (cited_in(str(path)).everything, cited_in(str(path)).keys) == (True, ("a",))


def test_what_latex_left_behind(tmp_path: Path) -> None:
    (tmp_path / "ch.aux").write_text("\\citation{three}\n", encoding="utf-8")
    aux = (
        "\\relax\n\\citation{one,two}\n\\abx@aux@cite{0}{four}\n\\abx@aux@cite{five}\n"
        "\\@input{ch.aux}\n\\bibcite{x}{1}\n"
    )
    assert keys(tmp_path, aux, "paper.aux") == ("one", "two", "four", "five", "three")
    bcf = (
        '<?xml version="1.0" encoding="UTF-8"?><bcf:controlfile xmlns:bcf="https://sourceforge.net/projects/biblatex">'
        '<bcf:section number="0"><bcf:citekey order="1">one</bcf:citekey><bcf:citekey>two</bcf:citekey></bcf:section>'
        "</bcf:controlfile>"
    )
    assert keys(tmp_path, bcf, "paper.bcf") == ("one", "two")


def test_markdown(tmp_path: Path) -> None:
    path = tmp_path / "paper.md"
    path.write_text("See [@bloch1924, p. 3; see also @febvre] and @braudel; mail me@example.org.\n\n`@code`\n", "utf-8")
    found = cited_in(str(path))
    assert found.keys == ("bloch1924", "febvre")
    assert found.doubtful == ("braudel",)


def test_a_manuscript_that_is_not_there(tmp_path: Path) -> None:
    for name in ("gone.tex", "gone.aux", "gone.bcf", "gone.md"):
        with pytest.raises(ReadError):
            cited_in(str(tmp_path / name))


@given(
    st.lists(st.sampled_from(["\\cite", "{", "}", "[", "]", "(", ")", "a", ",", "%", "\n", "\\input", "\\", "*"])).map(
        "".join
    )
)
def test_any_text_is_read(text: str) -> None:
    from citekit.manuscripts.latex_keys import _commands, _without_comments

    for _, argument in _commands(_without_comments(text)):
        assert "{" not in argument
