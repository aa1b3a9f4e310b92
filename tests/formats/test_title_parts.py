"""Subtitles and addons of BibLaTeX are one title in CSL, and come back as parts."""

import pytest

from citekit import formats

CASES = [
    pytest.param(
        "title = {Kohle}, subtitle = {Eine {NATO} \\emph{sui generis}}",
        {"title": "Kohle: Eine NATO <i>sui generis</i>"},
        id="a subtitle behind a colon",
    ),
    pytest.param(
        "title = {Why not?}, subtitle = {A question}",
        {"title": "Why not? A question"},
        id="no colon behind a question mark",
    ),
    pytest.param(
        "title = {Letters}, subtitle = {The first years}, titleaddon = {Hand copy}",
        {"title": "Letters: The first years. Hand copy"},
        id="an addon behind both",
    ),
    pytest.param(
        "title = {Tools}, subtitle = {Iron}, maintitle = {Trades}, mainsubtitle = {A history}, maintitleaddon = {Old}",
        {"title": "Trades: A history. Old", "volume-title": "Tools: Iron"},
        id="a volume and its set",
    ),
]


@pytest.mark.parametrize(("stated", "titles"), CASES)
def test_parts_of_a_title_are_one_title(stated, titles):
    [item] = formats.loads(f"@book{{k, author = {{Weber, Max}}, {stated}, date = {{1922}}}}", "biblatex")
    assert {name: item[name] for name in titles} == titles
    written = formats.dumps([item], "biblatex")
    for part in stated.split("}, "):
        assert part.rstrip("}") in written
    for name in formats.FORMATS:
        assert formats.loads(formats.dumps([item], name), name) == [item]


def test_titles_of_containers_and_issues_have_parts_too():
    text = (
        "@article{k, author = {A, B}, title = {T}, journaltitle = {J}, journalsubtitle = {JS}, issuetitle = {I}, "
        "issuesubtitle = {IS}, date = {1999}}\n"
        "@inbook{c, author = {A, B}, title = {T}, booktitle = {B}, booksubtitle = {BS}, date = {1999}}"
    )
    article, chapter = formats.loads(text, "biblatex")
    assert (article["container-title"], article["volume-title"], chapter["container-title"]) == (
        "J: JS",
        "I: IS",
        "B: BS",
    )
    again = formats.dumps([article, chapter], "biblatex")
    assert all(part in again for part in ("journalsubtitle = {JS}", "issuesubtitle = {IS}", "booksubtitle = {BS}"))


def test_bibtex_prints_the_whole_title():
    items = formats.loads("@book{k, title = {T}, subtitle = {S}, date = {1999}}", "biblatex")
    assert "title = {T: S}" in formats.dumps(items, "bibtex")


def test_a_title_that_was_changed_has_no_parts_any_more():
    [item] = formats.loads("@book{k, title = {T}, subtitle = {S}, date = {1999}}", "biblatex")
    assert "subtitle" not in formats.dumps([item | {"title": "Another"}], "biblatex").split("verbc")[0]


def test_what_has_no_title_to_stand_behind_stays():
    [item] = formats.loads("@book{k, author = {A, B}, subtitle = {S}, booksubtitle = {BS}}", "biblatex")
    assert item["custom"]["fields"] == {"subtitle": "S", "booksubtitle": "BS"}


def test_the_annex_of_a_title_in_two_scripts_is_no_part_of_it():
    text = "@book{k, title = {Gushi bian}, titleaddon = {Own. 古史辨}, usera = {古史辨}, date = {1926}}"
    [item] = formats.loads(text, "biblatex")
    assert (item["title"], item["original-title"]) == ("Gushi bian. Own", "古史辨")
    assert "titleaddon = {Own. 古史辨}" in formats.dumps([item], "biblatex")
