"""Files of other programs: as far as their words go, none is lost."""

import pytest

from citekit import formats
from citekit.errors import FormatError

FOREIGN = r"""
% exported elsewhere
@string{pup = "Princeton University Press"}
@comment{jabref-meta: databaseType:biblatex;}
@Book{Weber:1922,
  AUTHOR = "Max Weber and Ludwig van Beethoven and others",
  title = {{\"U}ber {NATO} \& die ``Wissenschaft''},
  publisher = pup,
  year = 1922, month = mar,
  mycollege = {Left {as} it \emph{is}},
}
@article{broken,
  title = {No end
@misc{fine, title = {After the broken one}}
"""


def test_strings_accents_months_and_fields_that_csl_does_not_know():
    items, _ = formats.read(FOREIGN, "biblatex")
    assert items[0] == {
        "id": "Weber:1922",
        "type": "book",
        "author": [
            {"family": "Weber", "given": "Max"},
            {"family": "Beethoven", "given": "Ludwig", "dropping-particle": "van"},
            {"literal": "et al."},
        ],
        "title": "Über NATO & die “Wissenschaft”",
        "publisher": "Princeton University Press",
        "issued": {"date-parts": [[1922, 3]]},
        "custom": {
            "fields": {"mycollege": r"Left {as} it \emph{is}"},
            "latex": {"title": r"{\"U}ber {NATO} \& die ``Wissenschaft''"},
        },
    }


def test_a_broken_entry_is_reported_with_its_line_and_the_next_is_read():
    items, diagnostics = formats.read(FOREIGN, "bibtex")
    assert [item["id"] for item in items] == ["Weber:1922", "fine"]
    [diagnostic] = diagnostics
    assert diagnostic.code == "bibtex-unreadable"
    assert diagnostic.message.startswith("line 12:")


def test_input_and_broken_commands_come_out_as_words():
    [item] = formats.loads(r"@misc{x, title = {\input{/etc/passwd} \href{}}}", "bibtex")
    assert "root:" not in item["title"]
    [again] = formats.loads(formats.dumps([item], "bibtex"), "bibtex")
    assert again["title"] == item["title"]


@pytest.mark.parametrize("broken", ['{"id": ', "Dear diary", '{"id": "b"},', pytest.param("[" * 100_000, id="deep")])
def test_a_broken_line_is_reported_with_its_number_and_the_others_are_read(broken: str):
    items, diagnostics = formats.read(f'{{"id": "a"}}\n\n{broken}\n{{"id": "c"}}\n', "csl-json")
    assert items == [{"id": "a"}, {"id": "c"}]
    assert [diagnostic.message[:7] for diagnostic in diagnostics] == ["line 3:"]


@pytest.mark.parametrize(
    "text",
    [
        "Dear diary",
        '{"id": ',
        '[{"id": "a"},\n{"id": "b"},\n',
        pytest.param("[" * 100_000, id="deep array"),
        pytest.param('{"a":' * 100_000, id="deep object"),
    ],
)
def test_what_is_no_json_is_refused(text: str):
    with pytest.raises(FormatError, match=r"no CSL-JSON \(.+\); give a JSON array"):
        formats.read(text, "csl-json")


def test_a_part_that_is_no_item_is_reported():
    items, diagnostics = formats.read('[{"id": "a"}, 7]', "csl-json")
    assert items == [{"id": "a"}]
    assert [diagnostic.message[:7] for diagnostic in diagnostics] == ["item 2:"]


BOOKS = "book mvbook collection mvcollection reference mvreference proceedings mvproceedings manual booklet thesis"
PARTS = "inbook bookinbook suppbook incollection suppcollection inreference inproceedings conference"
OTHERS = "phdthesis mastersthesis techreport report unpublished periodical online electronic www misc unheardof"


@pytest.mark.parametrize("notation", ["bibtex", "biblatex"])
@pytest.mark.parametrize("entry_type", [*BOOKS.split(), *PARTS.split(), *OTHERS.split()])
def test_no_entry_type_loses_who_wrote_what_in_what(entry_type: str, notation: str):
    whole = "booktitle = {Atti del congresso}, " if entry_type in PARTS.split() else ""
    [item] = formats.loads(
        f"@{entry_type}{{pr, title = {{Proc Title}}, author = {{Au, T.}}, editor = {{Ed, I.}}, {whole}"
        "publisher = {Laterza}, address = {Bari}, year = 2001}",
        notation,
    )
    assert (item["title"], item["issued"]) == ("Proc Title", {"date-parts": [[2001]]})
    assert (item["author"], item["editor"]) == ([{"family": "Au", "given": "T."}], [{"family": "Ed", "given": "I."}])
    assert item.get("container-title") == ("Atti del congresso" if whole else None)
    assert (item["publisher"], item["publisher-place"]) == ("Laterza", "Bari")
    assert formats.loads(formats.dumps([item], notation), notation) == [item]


@pytest.mark.parametrize("notation", ["bibtex", "biblatex"])
def test_a_master_s_thesis_stays_one(notation: str):
    [item] = formats.loads("@mastersthesis{t, title = {Tesi}, author = {Levi, P.}, school = {Torino}}", notation)
    assert (item["type"], item["genre"], item["publisher"]) == ("thesis", "Master’s thesis", "Torino")
    assert formats.loads(formats.dumps([item], notation), notation) == [item]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('"Month " # {piece}', "Month piece"),
        ('"Paren " # "book"', "Paren book"),
        ("jh", "Journal of History"),
        ("JH # {, new series}", "Journal of History, new series"),
        ("{The } # jh # { of } # 1922", "The Journal of History of 1922"),
        ("long", "Journal of History (Rome)"),
        ('"A {"}quoted{"} # word"', 'A "quoted" # word'),
        ("{C# and {F#}}", "C# and F#"),
        ("mar # { 1922}", "March 1922"),
        ("unknown", "unknown"),
    ],
)
def test_pieces_are_joined_as_bibtex_joins_them(written: str, said: str):
    strings = '@string{jh = "Journal of History"}\n@string(long = jh # { (Rome)})\n'
    for enclosed in (f"{{x, title = {written}, year = 1922}}", f"(x, title = {written}, year = 1922)"):
        [item] = formats.loads(f"{strings}@book{enclosed}", "bibtex")
        assert item["title"] == said


@pytest.mark.parametrize("month", ['mar # "~12"', '"12~" # mar', "{12. } # MAR", "{March 12}"])
def test_a_day_beside_the_month(month: str):
    [item] = formats.loads(f"@article{{x, title = {{A}}, year = 1922, month = {month}}}", "bibtex")
    assert item["issued"] == {"date-parts": [[1922, 3, 12]]}


ODD = ["@commentary{b, title = {B}}", "@book-part{b, title = {B}}", "@ book{b, title = {B}}", "@book\n{b, title = {B}}"]


@pytest.mark.parametrize("entry", ODD)
def test_an_entry_of_an_odd_type_is_no_comment(entry: str):
    text = f"Exported in 2001\n@book{{a, title = {{A}}}}\n{entry}\n@comment{{@book{{c, title = {{C}}}}}}\n"
    items, diagnostics = formats.read(text, "biblatex")
    assert [(item["id"], item["title"]) for item in items] == [("a", "A"), ("b", "B")]
    assert diagnostics == ()


def test_an_abbreviation_that_nothing_defines_is_told():
    bib = (
        '@string{pup = "Princeton"}\n@book{a, title = undefstring, publisher = pup # unknown, month = mar, year = 1990}'
    )
    items, diagnostics = formats.read(bib, "bibtex")
    assert items[0]["title"] == "undefstring"
    assert [(each.code, bib[each.span.start : each.span.end]) for each in diagnostics] == [
        ("bibtex-undefined", "undefstring"),
        ("bibtex-undefined", "unknown"),
    ]
    assert diagnostics[0].message.startswith("line 2: a: title: no @string defines undefstring")
