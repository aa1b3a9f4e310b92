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
        "custom": {"fields": {"mycollege": r"Left {as} it \emph{is}"}},
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


def test_json_that_is_none_says_where():
    with pytest.raises(FormatError, match="line 2: no CSL-JSON"):
        formats.loads('{"id": "a"}\n{"id": \n', "csl-json")


def test_a_part_that_is_no_item_is_reported():
    items, diagnostics = formats.read('[{"id": "a"}, 7]', "csl-json")
    assert items == [{"id": "a"}]
    assert [diagnostic.message[:7] for diagnostic in diagnostics] == ["item 2:"]
