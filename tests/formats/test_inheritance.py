"""What parts take from the entries that they name (BibLaTeX manual, appendix B; btxdoc 3.2)."""

from typing import Any

from citekit import formats
from citekit.formats.bib import read_file
from citekit.formats.bibtex import items_of
from citekit.formats.dialects import BIBLATEX

NEEDHAM = {"family": "Needham", "given": "Joseph"}
SET = "@mvbook{set, author = {Needham, Joseph}, title = {Science in China}, subtitle = {A history}}\n"
VOLUME = "@book{volume, crossref = {set}, title = {Physics}, volume = {4}, date = {1962}}\n"


def inherited(bib: str) -> dict[str, dict[str, Any]]:
    return {item["id"]: item for item in items_of(read_file(bib), BIBLATEX, inherit=True)}


def test_a_volume_takes_author_and_title_of_its_set():
    volume = inherited(SET + VOLUME)["volume"]
    assert volume["author"] == [NEEDHAM]
    assert (volume["title"], volume["volume-title"]) == ("Science in China: A history", "Physics")


def test_a_chapter_takes_titles_through_two_levels_and_its_book_s_author_twice():
    chapter = inherited(SET + VOLUME + "@inbook{part, crossref = {volume}, title = {Optics}, pages = {1--9}}")["part"]
    assert chapter["author"] == chapter["container-author"] == [NEEDHAM]
    assert (chapter["container-title"], chapter["volume-title"]) == ("Science in China: A history", "Physics")
    assert chapter["issued"] == {"date-parts": [[1962]]}


def test_a_contribution_takes_editor_and_set_of_its_collection():
    part = inherited(
        "@mvcollection{set, editor = {Fairbank, John}, title = {History of China}}\n"
        "@collection{vol, crossref = {set}, editor = {MacFarquhar, Roderick}, title = {The Republic}}\n"
        "@incollection{part, crossref = {vol}, author = {Teiwes, Frederick}, title = {The regime}}"
    )["part"]
    assert [name["family"] for name in part["editor"]] == ["MacFarquhar"]
    assert (part["container-title"], part["volume-title"]) == ("History of China", "The Republic")


def test_a_title_of_its_own_takes_no_other_s_subtitle():
    part = inherited(
        "@book{whole, author = {A, B}, title = {Whole}, subtitle = {Sub}}\n"
        "@inbook{part, crossref = {whole}, title = {Part}, booktitle = {Whole, abridged}}"
    )["part"]
    assert part["container-title"] == "Whole, abridged"


def test_an_article_takes_the_title_of_its_issue_s_journal():
    part = inherited(
        "@periodical{issue, title = {Past and Present}, subtitle = {A journal}, number = {4}, date = {1953}}\n"
        "@article{part, crossref = {issue}, author = {A, B}, title = {Part}}"
    )["part"]
    assert part["container-title"] == "Past and Present: A journal"
    assert part["issue"] == "4"


def test_circles_and_what_is_not_there_change_nothing():
    items = inherited(
        "@book{a, title = {A}, crossref = {b}}\n@book{b, title = {B}, crossref = {a}}\n"
        "@inbook{c, title = {C}, crossref = {x}}"
    )
    assert [item["title"] for item in items.values()] == ["A", "B", "C"]


def test_bibtex_has_a_whole_behind_its_parts():
    bib = SET + VOLUME + "@inbook{part, crossref = {volume}, title = {Optics}}\n@book{other, title = {Else}}"
    written = formats.dumps(formats.loads(bib, "biblatex"), "bibtex")
    assert [line.partition("{")[2] for line in written.splitlines() if line.startswith("@")] == [
        "part,", "other,", "volume,", "set,",
    ]  # fmt: skip
    assert "crossref = {volume}" in written
