"""Fields whose words mean something else than they spell: keys of localisation, addresses, people left out."""

import json

import pytest

from citekit import formats


@pytest.mark.parametrize(
    ("field", "variable", "words"),
    [
        ("type = {phdthesis}", "genre", "PhD thesis"),
        ("type = {mathesis}", "genre", "MA thesis"),
        ("type = {patentus}", "genre", "U.S. patent"),
        ("type = {Habilitationsschrift}", "genre", "Habilitationsschrift"),
        ("pubstate = {inpress}", "status", "in press"),
    ],
)
def test_keys_of_localisation_are_words_and_keys_again(field, variable, words):
    """BibLaTeX manual, 4.9.2."""
    [item] = formats.loads(f"@thesis{{k, title = {{T}}, {field}}}", "biblatex")
    assert item[variable] == words
    assert field in formats.dumps([item], "biblatex")
    assert words in formats.dumps([item], "bibtex")
    assert "phdthesis}" not in formats.dumps([item], "bibtex").split("csl-json")[0]
    for name in formats.FORMATS:
        assert formats.loads(formats.dumps([item], name), name) == [item]


def test_series_of_journals():
    [item] = formats.loads("@article{k, title = {T}, journaltitle = {J}, series = {newseries}}", "biblatex")
    assert item["collection-title"] == "n.s."
    assert "series = {newseries}" in formats.dumps([item], "biblatex")


def test_words_that_are_a_key_by_chance_come_back():
    item = {"id": "k", "type": "thesis", "title": "T", "genre": "phdthesis"}
    assert formats.loads(formats.dumps([item], "biblatex"), "biblatex") == [item]


@pytest.mark.parametrize(
    ("stated", "address", "rest"),
    [
        (r"\url{http://a.example/b_c}", "http://a.example/b_c", None),
        (r"\href{http://a.example}{A page}", "http://a.example", None),
        ("Available at http://a.example/b.", "http://a.example/b", None),
        ("Online: http://a.example", "http://a.example", None),
        (r"Blog post, \url{http://a.example}", "http://a.example", "Blog post"),
        (r"\url{http://a.example}, accessed 2009", "http://a.example", "accessed 2009"),
        ("Archivio di Stato, busta 3", None, "Archivio di Stato, busta 3"),
        (
            r"\url{http://a.example} and \url{http://b.example}",
            None,
            r"\url{http://a.example} and \url{http://b.example}",
        ),
    ],
)
@pytest.mark.parametrize("notation", ["bibtex", "biblatex"])
def test_an_address_in_howpublished_is_the_address(notation, stated, address, rest):
    [item] = formats.loads(f"@misc{{k, title = {{T}}, howpublished = {{{stated}}}}}", notation)
    assert item.get("URL") == address
    assert item.get("custom", {}).get("fields", {}).get("howpublished") == rest
    for name in formats.FORMATS:
        assert formats.loads(formats.dumps([item], name), name) == [item]


@pytest.mark.parametrize("name", ["csl-json", "csl-yaml"])
def test_people_left_out_are_others_in_csl(name):
    """As pandoc writes and reads them: its citeproc prints "et al." for them."""
    items = formats.loads("@book{k, title = {T}, author = {Weber, Max and others}}", "biblatex")
    written = formats.dumps(items, name)
    assert "others" in written
    assert "et al" not in written
    assert formats.loads(written, name) == items


def test_names_of_older_csl():
    text = json.dumps([{"title": "T", "shortTitle": "S", "journalAbbreviation": "J"}])
    assert formats.loads(text, "csl-json") == [{"title": "T", "title-short": "S", "container-title-short": "J"}]


def test_what_a_program_says_of_itself_is_not_printed():
    item = {"id": "k", "type": "book", "title": "T", "source": "Library of Congress ISBN"}
    for notation in ("bibtex", "biblatex"):
        written = formats.dumps([item], notation)
        assert "Source:" not in written
        assert formats.loads(written, notation) == [item]


def test_a_type_that_nobody_knows_leaves_no_line_in_zotero_s_extra():
    items = [{"id": "k", "type": "weird-type", "title": "T"}]
    written = formats.dumps(items, "better-bibtex")
    assert "type: weird" not in written
    assert formats.loads(written, "better-bibtex") == items


@pytest.mark.parametrize(
    "stated",
    [
        "editor = {Comp, X}, editortype = {compiler}",
        "editor = {Ed, X}, editora = {Comp, X}, editoratype = {compiler}",
        "editorb = {Comp, X}, editorbtype = {compiler}",
    ],
)
def test_compilers_are_no_editors(stated):
    """BibLaTeX manual 2.3.6, CSL 1.0.2 `compiler`."""
    for notation in ("biblatex", "bibtex"):
        [item] = formats.loads(f"@book{{k, title = {{T}}, {stated}}}", notation)
        assert item["compiler"] == [{"family": "Comp", "given": "X"}]
        written = formats.dumps([item], "biblatex")
        assert all(part.rstrip("}") in written for part in stated.split("}, "))
        for name in formats.FORMATS:
            assert formats.loads(formats.dumps([item], name), name) == [item]


@pytest.mark.parametrize("kind", ["manual", "misc"])
def test_the_organization_publishes(kind):
    for notation in ("bibtex", "biblatex"):
        [item] = formats.loads(f"@{kind}{{k, title = {{T}}, organization = {{Society}}, year = 1999}}", notation)
        assert item["publisher"] == "Society"
        assert "Society" in formats.dumps([item], notation)
    [manual] = formats.loads("@manual{k, title = {T}, organization = {Society}, year = 1999}", "bibtex")
    assert "organization = {Society}" in formats.dumps([manual], "bibtex")


FILE = {
    "id": "asf1898prefetturab14",
    "type": "manuscript",
    "archive": "Archivio di Stato di Firenze",
    "archive_location": "Prefettura, b. 14",
}


@pytest.mark.parametrize(("notation", "field"), [("biblatex", "label"), ("bibtex", "key")])
def test_what_has_no_author_and_no_title_is_labelled_by_its_place(notation, field):
    r"""Or \\cite prints nothing (BibLaTeX manual 2.2.2, `label`; btxdoc 3.2, `key`)."""
    labelled = f"{field} = {{Archivio di Stato di Firenze, Prefettura, b. 14}}"
    written = formats.dumps([FILE], notation)
    assert written.startswith("@misc{")
    assert labelled in written
    assert formats.loads(written, notation) == [FILE]
    assert labelled not in formats.dumps([FILE | {"title": "Rapporto"}], notation)
    own = FILE | {"custom": {"fields": {field: "ASF"}}}
    assert formats.loads(formats.dumps([own], notation), notation) == [own]


@pytest.mark.parametrize(
    ("stated", "written"),
    [
        ("209-10", "209--210"),
        ("1203–5, 1210–2", "1203--1205, 1210--1212"),
        ("12-34", "12--34"),
        ("e1234-5", "e1234--5"),
        ("210-09", "210--09"),
        ("xii-xv", "xii--xv"),
    ],
)
def test_pages_are_written_whole(stated, written):
    assert f"pages = {{{written}}}" in formats.dumps([{"type": "article-journal", "page": stated}], "biblatex")
