"""Styles by the names that people use for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from citekit.errors import FormatError
from citekit.styles import bibliography, catalogue, find_style, styles_like

MINE = """<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0"
default-locale="it-IT">
<info><title>Il mio</title></info><citation><layout><text variable="title"/></layout></citation></style>"""
CHILD = """<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" default-locale="fr-FR">
<info><title>Le fils</title>
<link href="http://www.zotero.org/styles/mine" rel="independent-parent"/></info></style>"""


@pytest.mark.parametrize("name", sorted(catalogue.SHORT_NAMES))
def test_every_short_name_is_a_style(name: str, pandoc: None) -> None:
    assert find_style(name).name == catalogue.SHORT_NAMES[name]


@pytest.mark.parametrize("name", ["OSCOLA 4th edition", "oscola 4TH edition", "Oscola", " oscola "])
def test_a_style_by_its_title_or_in_any_case(name: str, pandoc: None) -> None:
    assert find_style(name).name == "oscola"


def test_a_name_that_is_none_brings_near_ones(pandoc: None) -> None:
    with pytest.raises(FormatError, match="did you mean chicago-author-date"):
        find_style("chicago-author-dat")


def test_styles_are_found_by_words(pandoc: None) -> None:
    assert "oscola-no-ibid" in dict(styles_like("oscola ibid"))
    assert list(styles_like("no such words at all")) == []


def test_a_dependent_style_is_its_parent_in_its_own_language(tmp_path: Path) -> None:
    (tmp_path / "mine.csl").write_text(MINE, encoding="utf-8")
    (tmp_path / "child.csl").write_text(CHILD, encoding="utf-8")
    style = find_style(str(tmp_path / "child.csl"))
    assert (style.name, style.title, style.locale) == ("child", "Le fils", "fr-FR")
    assert style.source == MINE.encode()


def test_a_dependent_style_without_its_parent_is_refused(tmp_path: Path) -> None:
    (tmp_path / "child.csl").write_text(CHILD.replace("styles/mine", "styles/no-such-parent"), encoding="utf-8")
    with pytest.raises(FormatError, match=r"put no-such-parent\.csl beside it"):
        find_style(str(tmp_path / "child.csl"))


@pytest.mark.parametrize("text", ["", "words", "<html/>"])
def test_what_is_no_style_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "bad.csl").write_text(text, encoding="utf-8")
    with pytest.raises(FormatError, match="is no CSL style"):
        find_style(str(tmp_path / "bad.csl"))
    with pytest.raises(FormatError, match="cannot be read"):
        find_style(str(tmp_path / "none.csl"))


ENTITIES = """<!DOCTYPE style [<!ENTITY a "aaaa"><!ENTITY x SYSTEM "file:///etc/passwd">]>
<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0"><info><title>&a;</title></info>
<citation><layout/></citation><bibliography><layout><text value="x"/></layout></bibliography></style>"""


@pytest.mark.parametrize(
    ("text", "said"),
    [(ENTITIES, "defines entities"), (MINE.replace("</style>", ""), "is no XML"), (MINE, "no bibliography")],
)
def test_a_style_that_cannot_be_used_is_named(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "odd.csl").write_text(text, encoding="utf-8")
    with pytest.raises(FormatError, match=said) as refusal:
        bibliography([], str(tmp_path / "odd.csl"))
    assert str(refusal.value).startswith("odd: ")


def test_without_the_styles_the_error_says_how_to_get_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "_folder", lambda: None)
    with pytest.raises(FormatError, match=r"pip install 'citekit-references\[styles\]'"):
        find_style("chicago")
