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
