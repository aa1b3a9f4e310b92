"""Bibliographies as the manuals print them, and titles that would be commands come out as words."""

from __future__ import annotations

import io
import re
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

from citekit import formats, styles
from citekit.errors import FormatError

from .conftest import Listed, Works

CASES = tomllib.loads(Path(__file__).with_name("bibliographies.toml").read_text(encoding="utf-8"))["case"]
HOSTILE = 'A <script>alert(1)</script> \\input{/etc/passwd} =HYPERLINK("x") **b** $x$ @doe [a](javascript:alert(1))'


def plain(markdown: str) -> str:
    """Markdown without the backslashes before its signs."""
    return markdown.replace("\\", "")


@pytest.mark.parametrize("case", CASES, ids=[f"{case['style']}-{case['works'][0]}" for case in CASES])
def test_a_work_as_the_manual_prints_it(case: dict[str, Any], listed: Listed) -> None:
    printed = plain(listed(case["style"], *case["works"], locale=case.get("locale")))
    if "prints" in case:
        assert printed == case["prints"]
    else:
        assert case["holds"] in printed


@pytest.mark.parametrize(
    ("edtf", "printed"),
    [
        ("1790~", "[1790?]"),
        ("1790?", "[1790?]"),
        ("197X", "[197-?]"),
        ("19XX", "[19--?]"),
        ("1966/..", "1966–"),
        ("../1790", "–1790"),
        ("1958/1960", "1958–1960"),
        ("um 1790", "um 1790"),
    ],
)
def test_dates_that_are_no_year(edtf: str, printed: str, pandoc: None) -> None:
    date = {"issued": {"raw": edtf}} if " " in edtf else {"issued": {"literal": edtf}, "custom": {"edtf": edtf}}
    item = {"id": "a", "type": "book", "title": "A", "publisher-place": "Basel", **date}
    assert f"Basel, {printed}." in styles.bibliography([item], "chicago-17").decode()


def test_a_style_without_a_word_for_uncertain_dates_says_circa(pandoc: None) -> None:
    item = {"id": "a", "type": "book", "title": "A", "issued": {"date-parts": [[1790]], "circa": True}}
    assert "ca. 1790" in styles.bibliography([item], "din-1505").decode()


def test_no_language_no_english_capitals(pandoc: None) -> None:
    item = {"id": "a", "type": "book", "title": "Sumarul istoriei", "issued": {"date-parts": [[1901]]}}
    assert "Sumarul istoriei" in styles.bibliography([item], "chicago").decode()
    assert "Sumarul Istoriei" in styles.bibliography([{**item, "language": "en"}], "chicago").decode()


GU = {"id": "gu", "type": "book", "title": "Gushi bian", "original-title": "古史辨", "publisher": "Pu she",
      "author": [{"family": "Gu", "given": "Jiegang"}], "issued": {"date-parts": [[1926]]}}  # fmt: skip


@pytest.mark.parametrize("style", ["chicago", "apa", "oscola", "mla", "mhra"])
@pytest.mark.parametrize(
    ("family", "given", "title"),
    [
        ("Gu", "Jiegang 顧頡剛", "Gushi bian 古史辨"),
        ("Gu 顧", "Jiegang 頡剛", "Gushi bian (古史辨)"),
        ("Gu", "Jiegang（顧頡剛）", "Gushi bian／古史辨"),
    ],
)
def test_characters_behind_a_romanised_name_or_title(
    style: str, family: str, given: str, title: str, pandoc: None
) -> None:
    """One field of Zotero's with both comes out as two."""
    typed = {**GU, "title": title, "author": [{"family": family, "given": given}]}
    del typed["original-title"]
    assert styles.bibliography([typed], style) == styles.bibliography([GU], style)


def test_characters_alone_in_a_bibliography_in_their_language(pandoc: None) -> None:
    typed = {**GU, "title": "Gushi bian 古史辨", "author": [{"family": "Gu", "given": "Jiegang 顧頡剛"}]}
    del typed["original-title"]
    printed = styles.bibliography([typed], "gbt7714", locale="zh-CN").decode()
    assert "顧頡剛" in printed
    assert "古史辨" in printed
    assert "Gushi" not in printed


@pytest.mark.parametrize("title", ["The Dream in 紅樓夢", "論 Weber 的方法", "Tao 道 and Te 德"])
def test_characters_that_belong_to_the_title_stay_in_it(title: str, pandoc: None) -> None:
    item = {**GU, "title": title, "author": [{"literal": "Academia Sinica 中央研究院"}]}
    del item["original-title"]
    printed = styles.bibliography([item], "chicago", to="markdown").decode()
    assert title in printed.replace("*", "")
    assert "Academia Sinica 中央研究院" in printed


@pytest.mark.parametrize("style", ["chicago", "apa", "oscola", "din-1505", "plain", "alpha"])
@pytest.mark.parametrize("to", ["html", "latex", "markdown", "text"])
def test_a_title_is_words_whatever_it_looks_like(style: str, to: str, pandoc: None) -> None:
    item = {
        "id": "a", "type": "book", "title": HOSTILE, "author": [{"literal": "\\input{x} <b>"}],
        "URL": "javascript:alert(1)", "issued": {"date-parts": [[1999]]},
    }  # fmt: skip
    printed = styles.bibliography([item], style, to=to).decode()
    if to == "html":
        assert "<script>" not in printed
        assert 'href="javascript' not in printed
        assert "javascript:alert" not in printed.replace("[a](javascript:alert(1))", "").partition('href="')[2]
    if to in ("latex", "markdown"):
        assert "\\input" not in printed.replace("\\\\input", "")
    if to == "markdown":
        assert "<script>" not in printed.replace("\\<", "")
        assert "\\*\\*b" in printed
    if to == "text":
        assert "<script>" in printed


def test_markup_of_titles_is_kept(pandoc: None) -> None:
    item = {"id": "a", "type": "article-journal", "title": "On <i>Homo</i> and 10<sup>th</sup>", "language": "en",
            "container-title": "Past and Present"}  # fmt: skip
    assert "<em>Homo</em>" in styles.bibliography([item], "chicago", to="html").decode()
    assert "10^th^" in styles.bibliography([item], "chicago", to="markdown").decode()


@pytest.mark.parametrize("to", ["text", "markdown", "html", "latex", "docx", "odt"])
def test_no_sign_of_ours_is_left(to: str, pandoc: None, works: Works) -> None:
    noted = {**works["levi1958"], "note": "Nota: bene"}
    content = styles.bibliography([*works.values(), {**noted, "id": "noted"}], "iso690", to=to)
    if to in ("docx", "odt"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = archive.read("word/document.xml" if to == "docx" else "content.xml")
    assert re.search("[\ue000-\uf8ff]|citekit|nocase", content.decode()) is None


def test_what_is_in_press_has_no_other_year(pandoc: None) -> None:
    item = {"id": "a", "type": "article-journal", "title": "A", "container-title": "B", "status": "in press"}
    for style in ("harvard", "din-1505", "apa", "chicago"):
        assert "in press" in styles.bibliography([item], style).decode()


def test_emphasis_within_italics_is_upright(pandoc: None) -> None:
    item = {"id": "a", "type": "book", "title": "On <i>Homo</i> and Man", "issued": {"date-parts": [[1999]]}}
    assert "<em>On</em> Homo <em>and Man</em>" in styles.bibliography([item], "chicago", to="html").decode()


@pytest.mark.parametrize("style", ["chicago", "mhra", "oscola", "din-1505", "iso690", "harvard", "mla", "apa"])
@pytest.mark.parametrize(
    "source",
    [
        "@misc{w, author={Ashby, Anne}, title={Catasto}, howpublished={Archivio di Stato, busta 3}, year=1427}",
        "@letter{w, author={Ashby, Anne}, title={To a friend}, howpublished={Archivio di Stato, busta 3}, date={1427}}",
        "@unpublished{w, author={Ashby, Anne}, title={A diary}, howpublished={Archivio di Stato, busta 3}, year=1427}",
        "@misc{w, author={Ashby, Anne}, title={A sheet}, note={Archivio di Stato, busta 3}, year=1427}",
    ],
)
def test_what_was_never_published_is_printed(style: str, source: str, pandoc: None) -> None:
    printed = styles.print_bibliography(formats.loads(source, "biblatex"), style)
    text = printed.content.decode()
    assert printed.left_out == ()
    assert "ashby" in text.lower()
    assert "1427" in text
    assert "howpublished" not in source or "Archivio di Stato, busta 3" in text


@pytest.mark.parametrize("to", ["text", "html", "latex"])
def test_a_work_of_which_a_style_prints_nothing_is_told_and_leaves_no_empty_entry(to: str, pandoc: None) -> None:
    printed = styles.print_bibliography(
        [{"id": "nothing", "type": "personal_communication"}, {"id": "a", "type": "book", "title": "A"}],
        "din-1505",
        to=to,
    )
    assert printed.left_out == ("nothing",)
    assert printed.content.decode().count("ref-i") == {"text": 0, "html": 1, "latex": 1}[to]


@pytest.mark.parametrize(
    ("edition", "printed"),
    [("2", "2nd ed."), ("Zweite", "2nd ed."), ("3e éd.", "3rd ed."), ("2., überarb. Aufl.", "2., überarb. Aufl.")],
)
def test_editions_in_words(edition: str, printed: str, pandoc: None) -> None:
    item = {"id": "a", "type": "book", "title": "A", "edition": edition, "issued": {"date-parts": [[1999]]}}
    assert f"A. {printed} 1999" in styles.bibliography([item], "chicago").decode()


@pytest.mark.parametrize(
    ("style", "printed"),
    [("chicago-17", "Smith, John et al."), ("apa", "Smith, J. et al."), ("mhra", "Smith, John, and others,")],
)
def test_people_whom_a_list_leaves_out_are_no_person(style: str, printed: str, pandoc: None) -> None:
    work = {"id": "w", "type": "book", "title": "A book", "author": [{"family": "Smith", "given": "John"}]}
    work["author"].append({"literal": "et al."})
    assert printed in styles.bibliography([work], style).decode()


def test_word(pandoc: None, works: Works) -> None:
    content = styles.bibliography([works["gu1926"]], "chicago", to="docx")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert "古史辨" in archive.read("word/document.xml").decode("utf-8")


def test_opendocument(pandoc: None, works: Works) -> None:
    content = styles.bibliography([works["gu1926"]], "chicago", to="odt")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert "古史辨" in archive.read("content.xml").decode("utf-8")


def test_an_empty_bibliography_is_empty(pandoc: None) -> None:
    assert styles.bibliography([], "chicago").strip() == b""


def test_a_style_of_notes_alone_has_no_bibliography(pandoc: None, works: Works) -> None:
    with pytest.raises(FormatError, match="no bibliography"):
        styles.bibliography([works["gu1926"]], "iso690-note-cs")


def test_bibtexs_own_styles(works: Works) -> None:
    chosen = [works["stone1979"], works["levi1958"]]
    numbered = styles.bibliography(chosen, "plain").decode()
    assert numbered.startswith("[1] Primo Levi. Se questo è un uomo. Einaudi, Torino, 1958.")
    assert "[1] Lawrence Stone" in styles.bibliography(chosen, "unsrt").decode()
    assert "[1] P. Levi." in styles.bibliography(chosen, "abbrv").decode()
    assert "Lev58" in styles.bibliography(chosen, "alpha", to="html").decode()
    with pytest.raises(FormatError, match="Word"):
        styles.bibliography(chosen, "plain", to="docx")


def test_bibtexs_own_styles_set_what_lacks_a_year() -> None:
    item = {"id": "a", "type": "article-journal", "title": "A", "author": [{"family": "Levi", "given": "Primo"}]}
    assert "n.d." in styles.bibliography([item], "plain").decode()


@pytest.mark.parametrize("to", ["text", "html", "latex", "markdown"])
def test_bibtexs_own_styles_set_latex_as_its_words(to: str) -> None:
    source = (
        r"@book{m1, author={M{\"u}ller, J{\"o}rg}, title={Stra{\ss}en und {{Qianlong}}}, year=1990}"
        r"@misc{m2, author={Fran{\c{c}}ois, \'Etienne}, title={On \textit{Homo} in {L}ondon \c{c}a}, year=1991}"
    )
    printed = styles.bibliography(formats.loads(source, "bibtex"), "plain", to=to).decode()
    printed = re.sub(r"</?span[^>]*>|[{}]", "", printed)  # what protects capitals
    for words in ("Jörg Müller", "Straßen und Qianlong", "Étienne François", "On Homo in London ça"):
        assert words in printed


def test_bibtexs_own_styles_say_the_address_and_the_day_of_access_once() -> None:
    source = "@online{o, author={Levi, P}, title={A}, year=2019, url={http://example.org/}, urldate={2020-05-06}%s}"
    printed = styles.bibliography(formats.loads(source % "", "biblatex"), "plain").decode()
    assert printed == "[1] P Levi. A. 2019. URL: http://example.org/ (visited on 2020-05-06).\n"
    printed = styles.bibliography(formats.loads(source % ", note={Signed}", "biblatex"), "plain").decode()
    assert printed == "[1] P Levi. A. 2019. Signed. URL: http://example.org/ (visited on 2020-05-06).\n"


def test_bibtexs_own_styles_keep_a_title_within_thousands_of_braces() -> None:
    deep = f"@book{{d, author={{Levi, P}}, title={'{' * 5000}Deep{'}' * 5000}, year=1999}}"
    assert styles.bibliography(formats.loads(deep, "bibtex"), "plain").decode() == "[1] P Levi. Deep. 1999.\n"


@pytest.mark.parametrize(
    ("to", "locale"), [("pdf", None), ("text", "--metadata=x"), ("text", "no such"), ("text", "xx")]
)
def test_what_cannot_be_is_refused(to: str, locale: str | None) -> None:
    with pytest.raises(FormatError, match=r"no such output|no code of a language|no words in this language"):
        styles.bibliography([], "chicago", to=to, locale=locale)
