"""What a historian finds in the .bib and .json files that citekit writes; each file is read by other programs."""

import json

import pytest
from bibtexparser.entrypoint import parse_string as bibtexparser_read
from pybtex.database import parse_string as pybtex_read

from citekit import formats
from citekit.errors import FormatError
from citekit.model import Item

TOMBSTONE: Item = {
    "id": "yang2007mubei",
    "type": "book",
    "author": [{"family": "Yang", "given": "Jisheng"}],
    "title": "Mubei: Zhongguo liushi niandai dajihuang jishi",
    "original-title": "墓碑：中国六十年代大饥荒纪实",
    "issued": {"date-parts": [[2007, 8]]},
    "URL": "http://example.org/doc/墓碑?a=1&b_c=50%25#top",
    "accessed": {"date-parts": [[2009, 9, 20]]},
    "custom": {
        "translated-title": "The tombstone: a record of China’s great famine of the Sixties",
        "archive-url": "http://web.archive.org/web/2009/http://example.org/a_b",
        "archive-date": "2009-10-03",
    },
}


def fields(item: Item, notation: str) -> dict[str, str]:
    """The fields of the one entry as bibtexparser reads them; pybtex, which is strict, must accept the file too."""
    text = formats.dumps([item], notation)
    library = bibtexparser_read(text)
    assert library.failed_blocks == []
    [entry] = library.entries
    assert list(pybtex_read(text, "bibtex").entries) == [entry.key]
    return {"ENTRYTYPE": entry.entry_type, **{field.key: field.value for field in entry.fields}}


def test_biblatex_has_a_place_for_script_translation_access_and_archive():
    assert fields(TOMBSTONE, "biblatex") == {
        "ENTRYTYPE": "book",
        "author": "Yang, Jisheng",
        "title": "Mubei: Zhongguo liushi niandai dajihuang jishi",
        "titleaddon": "墓碑：中国六十年代大饥荒纪实 [The tombstone: a record of China’s great famine of the Sixties]",
        "usera": "墓碑：中国六十年代大饥荒纪实",
        "userb": "The tombstone: a record of China’s great famine of the Sixties",
        "date": "2007-08",
        "url": "http://example.org/doc/墓碑?a=1&b_c=50%25#top",
        "urldate": "2009-09-20",
        "verba": "http://web.archive.org/web/2009/http://example.org/a_b",
        "userc": "2009-10-03",
        "addendum": r"Archived at \url{http://web.archive.org/web/2009/http://example.org/a_b} on 2009-10-03",
    }


def test_bibtex_says_in_the_note_what_its_styles_would_not_print():
    read = fields(TOMBSTONE, "bibtex")
    assert (read["year"], read["month"]) == ("2007", "aug")
    assert read["note"] == (
        "墓碑：中国六十年代大饥荒纪实 [The tombstone: a record of China’s great famine of the Sixties]. "
        r"Accessed 2009-09-20. Archived at \url{http://web.archive.org/web/2009/http://example.org/a_b} on 2009-10-03"
    )
    assert read["original-title"] == "墓碑：中国六十年代大饥荒纪实"


def test_bibtex_web_page_shows_its_address_in_every_style():
    page = {"id": "p", "type": "webpage", "title": "Famine", "URL": "http://example.org/a_b?c=1&d"}
    text = formats.dumps([page], "bibtex")
    assert r"howpublished = {\url{http://example.org/a_b?c=1&d}}" in text
    assert text.startswith(r'@preamble{"\providecommand{\url}'), "plain styles and documents know no \\url"


def test_url_that_url_cannot_hold_inside_an_argument_is_escaped_in_words_only():
    page = {"id": "p", "type": "webpage", "title": "Famine", "URL": "http://example.org/50%25#top"}
    read = fields(page, "bibtex")
    assert read["howpublished"] == r"http://example.org/50\%25\#top"
    assert read["url"] == "http://example.org/50%25#top"


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ({"family": "Kahler", "given": "Erich", "non-dropping-particle": "von"}, "von Kahler, Erich"),
        ({"family": "King", "given": "Martin Luther", "suffix": "Jr."}, "King, Jr., Martin Luther"),
        ({"family": "Ortega y Gasset", "given": "José"}, "{Ortega y Gasset}, José"),
        ({"family": "de Gaulle", "given": "Charles"}, "{de Gaulle}, Charles"),
        ({"family": "毛", "given": "泽东"}, "毛, 泽东"),
        ({"family": "Aristotle"}, "Aristotle"),
        ({"literal": "Central Intelligence Agency"}, "{Central Intelligence Agency}"),
        ({"literal": "Rosenberg and Sons, Ltd. & Co."}, r"{Rosenberg and Sons, Ltd. \& Co.}"),
        ({"family": "Smith", "given": "John, and Sons"}, "Smith, {John, and Sons}"),
    ],
)
@pytest.mark.parametrize("notation", ["bibtex", "biblatex"])
def test_name(name, written, notation):
    item = {"id": "x", "type": "book", "title": "T", "author": [{"family": "First", "given": "A."}, name]}
    assert fields(item, notation)["author"] == f"First, A. and {written}"
    [back] = formats.loads(formats.dumps([item], notation), notation)
    assert back["author"][1] == name


def test_pybtex_reads_the_parts_of_the_names():
    item = {
        "id": "x",
        "author": [
            {"family": "Kahler", "given": "Erich", "non-dropping-particle": "von"},
            {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
            {"family": "Ortega y Gasset", "given": "José"},
        ],
        "title": "T",
    }
    people = pybtex_read(formats.dumps([item], "bibtex"), "bibtex").entries["x"].persons["author"]
    assert [(p.prelast_names, p.last_names, p.lineage_names, p.first_names) for p in people] == [
        (["von"], ["Kahler"], [], ["Erich"]),
        ([], ["King"], ["Jr."], ["Martin"]),
        ([], ["{Ortega y Gasset}"], [], ["José"]),
    ]


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Cost & benefit: 50% of #1_a", r"Cost \& benefit: 50\% of \#1\_a"),
        ("{x} \\input{/etc/passwd} ~ ^ $", (r"\textbraceleft{}x\textbraceright{} \textbackslash{}input\textbraceleft{}"
         r"/etc/passwd\textbraceright{} \textasciitilde{} \textasciicircum{} \$")),
        ("The Origins of NATO", "The Origins of {NATO}"),
        ("Roderick MacFarquhar in Beijing", "Roderick {MacFarquhar} in Beijing"),
        ("The famine years in Henan", "The famine years in {Henan}"),
        ("Nineteenth-Century Ireland: The Great Hunger", "Nineteenth-Century Ireland: The Great Hunger"),
    ],
)  # fmt: skip
def test_title(title, written):
    assert fields({"id": "x", "type": "book", "title": title}, "bibtex")["title"] == written


def test_titles_of_other_languages_keep_all_their_capitals():
    item = {"id": "x", "type": "book", "title": "Der Beruf der Wissenschaft", "language": "de"}
    read = fields(item, "bibtex")
    assert read["title"] == "Der {Beruf} der {Wissenschaft}"
    assert read["language"] == "ngerman"


@pytest.mark.parametrize(
    ("issued", "custom", "biblatex", "bibtex"),
    [
        ({"date-parts": [[2007]]}, None, "2007", ("2007", None)),
        ({"date-parts": [[1943, 3, 12]]}, None, "1943-03-12", ("1943", 'mar # "~12"')),
        ({"date-parts": [[1958], [1960]]}, None, "1958/1960", ("1958--1960", None)),
        ({"date-parts": [[2004]], "season": 2}, None, "2004-22", ("2004", "Summer")),
        ({"date-parts": [[1790]], "circa": True}, None, "1790~", (r"ca. 1790", None)),
        ({"date-parts": [[-1]]}, None, "0000", ("1 BC", None)),
        ({"date-parts": [[1999, 1], [1999, 2]]}, None, "1999-01/1999-02", ("1999", 'jan # "/" # feb')),
        ({"date-parts": [[1966]]}, "1966/..", "1966/..", ("1966--", None)),
        ({"date-parts": [[-44, 3, 15]]}, None, "-0043-03-15", ("44 BC", 'mar # "~15"')),
    ],
)
def test_date(issued, custom, biblatex, bibtex):
    item = {"id": "x", "type": "book", "title": "T", "issued": issued} | (
        {"custom": {"edtf": custom}} if custom else {}
    )
    assert fields(item, "biblatex")["date"] == biblatex
    text = formats.dumps([item], "bibtex")
    [entry] = bibtexparser_read(text).entries
    month = entry.fields_dict.get("month")
    assert (entry["year"], month and month.value) == bibtex
    for notation in ("bibtex", "biblatex"):
        assert formats.loads(formats.dumps([item], notation), notation) == [item]


def test_date_in_words_stays_in_words():
    item = {"id": "x", "type": "map", "title": "Tibet", "issued": {"raw": "um 1790"}}
    assert fields(item, "biblatex")["year"] == "um 1790"
    assert formats.loads(formats.dumps([item], "biblatex"), "biblatex") == [item]


@pytest.mark.parametrize(
    ("year", "said", "bibtex"),
    [
        (r"\bibstring{nodate}", "nodate", "nodate"),
        (r"\emph{um} 1790", "um 1790", r"\emph{um} 1790"),
        ("[s.~a.]", "[s.\u00a0a.]", "[s.~a.]"),
        ("um 1790", "um 1790", "um 1790"),
    ],
)
def test_a_year_in_words_keeps_its_latex(year, said, bibtex):
    entry = f"@book{{x, title = {{Tibet}}, year = {{{year}}}}}"
    for notation, written in (("biblatex", year), ("bibtex", bibtex)):
        [item] = formats.loads(entry, notation)
        assert item["issued"] == {"raw": said}
        assert fields(item, notation)["year"] == written
        assert formats.loads(formats.dumps([item], notation), notation)[0]["issued"] == {"raw": said}
    item["issued"] = {"raw": "um 1800"}
    assert fields(item, "biblatex")["year"] == "um 1800"


@pytest.mark.parametrize(
    ("item", "biblatex", "bibtex"),
    [
        ({"type": "book", "editor": [{"family": "Weber"}]}, "collection", "book"),
        ({"type": "chapter", "editor": [{"family": "Weber"}]}, "incollection", "incollection"),
        ({"type": "chapter", "author": [{"family": "Weber"}]}, "inbook", "incollection"),
        ({"type": "article-newspaper", "container-title": "La Stampa"}, "article", "article"),
        ({"type": "webpage", "URL": "http://example.org"}, "online", "misc"),
        ({"type": "thesis", "genre": "Dissertation"}, "thesis", "phdthesis"),
        ({"type": "thesis", "genre": "Master’s thesis"}, "thesis", "mastersthesis"),
        ({"type": "report", "number": "ESAU-5"}, "report", "techreport"),
        ({"type": "entry-encyclopedia", "container-title": "EI²"}, "inreference", "incollection"),
        ({"type": "treaty"}, "misc", "misc"),
        ({"type": "personal_communication"}, "misc", "misc"),
        ({"type": "interview", "container-title": "Le Monde", "volume": "3"}, "article", "article"),
    ],
)
def test_entry_type_and_the_way_back(item, biblatex, bibtex):
    whole = {"id": "x", "title": "T", **item}
    for notation, entry_type in (("biblatex", biblatex), ("bibtex", bibtex)):
        assert fields(whole, notation)["ENTRYTYPE"] == entry_type
        assert formats.loads(formats.dumps([whole], notation), notation) == [whole]


def test_volume_of_a_set():
    item = {
        "id": "x", "type": "book", "author": [{"family": "Horkheimer", "given": "Max"}],
        "title": "Gesammelte Schriften", "volume": "5", "volume-title": "Nachgelassene Schriften",
    }  # fmt: skip
    read = fields(item, "biblatex")
    assert (read["maintitle"], read["volume"], read["title"]) == (
        "Gesammelte Schriften",
        "5",
        "Nachgelassene Schriften",
    )
    assert formats.loads(formats.dumps([item], "biblatex"), "biblatex") == [item]


@pytest.mark.parametrize("entry_type", ["movie", "video", "audio", "jurisdiction", "legislation", "archival"])
@pytest.mark.parametrize(
    ("field", "variable"),
    [
        ("publisher", "publisher"),
        ("institution", "publisher"),
        ("organization", "publisher"),
        ("journaltitle", "container-title"),
        ("translator", "translator"),
    ],
)
def test_fields_stay_in_an_entry_whose_fields_biblatex_leaves_to_styles(entry_type, field, variable):
    [item] = formats.loads(f"@{entry_type}{{x, title = {{T}}, {field} = {{Gaumont}}, date = {{1934}}}}", "biblatex")
    assert variable in item
    written = fields(item, "biblatex")
    assert (written["ENTRYTYPE"], written[field]) == (entry_type, "Gaumont")
    assert written.keys() == {"ENTRYTYPE", "title", field, "date"}
    assert formats.loads(formats.dumps([item], "biblatex"), "biblatex") == [item]


def test_what_was_added_to_a_film_is_printed_as_in_misc():
    [item] = formats.loads("@movie{x, title = {L'Atalante}, date = {1934}}", "biblatex")
    added = {**item, "publisher": "Gaumont", "translator": [{"family": "Doe", "given": "Jane"}]}
    written = fields(added, "biblatex")
    assert (written["organization"], written["addendum"]) == ("Gaumont", "Translated by Jane Doe")
    assert formats.loads(formats.dumps([added], "biblatex"), "biblatex") == [added]


def test_what_no_field_prints_is_said_and_kept():
    item = {
        "id": "x", "type": "report", "title": "R", "translator": [{"family": "Doe", "given": "Jane"}],
        "medium": "microfilm", "custom": {"url-status": "dead"},
    }  # fmt: skip
    read = fields(item, "biblatex")
    assert read["addendum"] == "Translated by Jane Doe. microfilm"
    assert json.loads(read["verbc"]) == {"medium": "microfilm"}
    assert read["verbb"] == "dead"
    assert fields(item, "bibtex")["note"] == "Translated by Jane Doe. microfilm"


def test_keys_that_bibtex_takes_for_one_are_told_apart():
    items = [
        {"id": "Weber1922", "title": "A"},
        {"id": "weber1922", "title": "B"},
        {"id": "Weber, Max {1922}", "title": "C"},
    ]
    for notation in ("bibtex", "biblatex"):
        text = formats.dumps(items, notation)
        assert list(pybtex_read(text, "bibtex").entries) == ["Weber1922", "weber1922a", "webermax1922"]
        assert [item["id"] for item in formats.loads(text, notation)] == ["Weber1922", "weber1922", "Weber, Max {1922}"]


def test_csl_json_is_one_array_and_reads_lines_too():
    assert json.loads(formats.dumps([TOMBSTONE, {"id": "b", "URL": "http://example.org"}], "csl-json")) == [
        TOMBSTONE,
        {"id": "b", "URL": "http://example.org", "type": "webpage"},
    ]
    lines = '{"id": "a"}\n\n{"id": "b", "title": "U+2028 \u2028 inside"}\n'
    assert [item["id"] for item in formats.loads(lines, "csl-json")] == ["a", "b"]


def test_no_items():
    empty = {notation: formats.dumps([], notation) for notation in formats.FORMATS}
    assert {notation: formats.read(text, notation) for notation, text in empty.items()} == {
        notation: ([], ()) for notation in formats.FORMATS
    }
    assert (empty["bibtex"], empty["ris"], empty["csl-json"]) == ("", "", "[]\n")


@pytest.mark.parametrize("call", [lambda: formats.dumps([], "endnote"), lambda: formats.loads("", "endnote")])
def test_unknown_format_names_those_there_are(call):
    with pytest.raises(FormatError, match="endnote: no such format; there are bibtex, biblatex, csl-json"):
        call()
