"""CSL-YAML as pandoc keeps bibliographies: words stay words, Markdown is markup and nothing else is."""

from __future__ import annotations

import json
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citekit import formats
from citekit.errors import FormatError
from citekit.formats.markdown_text import from_markdown, to_markdown
from citekit.readers.pandoc import pandoc_path


def one(text: str) -> dict[str, object]:
    """The only item of a file."""
    (item,) = formats.loads(text, "csl-yaml")
    return item


def test_no_is_a_word_and_a_date_no_number() -> None:
    item = one(
        "references:\n- id: no\n  type: book\n  title: Yes\n  publisher-place: NO\n  volume: 010\n  number: 1:20\n"
        "  issued: 1905-06-07\n  note: ~\n"
    )
    assert item == {
        "id": "no", "type": "book", "title": "Yes", "publisher-place": "NO", "volume": "010", "number": "1:20",
        "issued": {"date-parts": [[1905, 6, 7]]},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1905", {"date-parts": [[1905]]}),
        ("1905~", {"date-parts": [[1905]], "circa": True}),
        ("{year: 1905, month: 6}", {"date-parts": [[1905, 6]]}),
        ("[{year: 1905}, {year: 1907}]", {"date-parts": [[1905], [1907]]}),
        ("{date-parts: [[1905, 6]]}", {"date-parts": [[1905, 6]]}),
        ("um 1790", {"raw": "um 1790"}),
    ],
)
def test_dates_in_all_shapes_that_pandoc_has_read(written: str, expected: dict[str, object]) -> None:
    assert one(f"- id: a\n  type: book\n  title: A\n  issued: {written}\n")["issued"] == expected


def test_one_name_needs_no_list() -> None:
    assert one("- title: A\n  type: book\n  author: UNESCO\n")["author"] == [{"literal": "UNESCO"}]
    assert one("- title: A\n  type: book\n  author: {family: Levi}\n")["author"] == [{"family": "Levi"}]


def test_the_metadata_of_a_document() -> None:
    essay = "---\ntitle: An essay\nreferences:\n- id: a\n  type: book\n  title: A\n...\n\nWords: [@a].\n"
    assert one(essay)["title"] == "A"


def test_markup_is_csls_own_inside() -> None:
    item = one('- id: a\n  type: book\n  title: "*Homo sapiens*, 10^th^ ed., [van Gogh]{.nocase}, 2 \\\\* 3"\n')
    assert item["title"] == '<i>Homo sapiens</i>, 10<sup>th</sup> ed., <span class="nocase">van Gogh</span>, 2 * 3'


@pytest.mark.parametrize("sign", ["2 * 3 * 4", "a ^ b ^ c", "x*", "*", "[sic]", "C*-algebra"])
def test_signs_that_are_no_markup_stay(sign: str) -> None:
    assert from_markdown(to_markdown(sign)) == sign
    assert from_markdown(sign) == sign


@given(st.text() | st.text(alphabet="<i>/bsup *^~[]{}.nocase\\-1)#", max_size=30))
def test_every_text_survives_as_markdown(text: str) -> None:
    assert from_markdown(to_markdown(text)) == text


def test_a_broken_entry_is_told_with_its_line_and_the_others_are_read() -> None:
    text = "references:\n- id: a\n  title: A\n- id: b\n  title: Norway: a history\n- id: c\n  title: C\n"
    items, told = formats.read(text, "csl-yaml")
    assert [item["id"] for item in items] == ["a", "c"]
    assert [(found.code, found.message.partition(":")[0]) for found in told] == [("csl-yaml-broken-entry", "line 5")]


def test_aliases_and_python_objects_are_refused() -> None:
    with pytest.raises(FormatError, match="the alias"):
        formats.loads("a: &a [x, x]\nreferences: *a\n", "csl-yaml")
    item = one("- id: a\n  type: book\n  title: !!python/object/apply:os.system ['ls']\n")
    assert item["title"] == ["ls"]


def test_a_text_without_references_is_refused() -> None:
    with pytest.raises(FormatError, match="no list of references"):
        formats.loads("title: An essay\n", "csl-yaml")


def test_where_the_entries_stand() -> None:
    text = "references:\n- id: a\n  title: A\n\n- id: b\n  title: B\n"
    places = formats.places(text, "csl-yaml")
    assert places is not None
    assert [text[place.start : place.end] for place in places] == ["id: a\n  title: A", "id: b\n  title: B"]


@pytest.mark.skipif(pandoc_path() is None, reason="pandoc is not installed: pip install 'citekit-references[office]'")
def test_pandoc_reads_each_text_as_it_is_meant() -> None:
    titles = [
        "1. Ein Anfang", "# no heading", "- no list", "<script>alert(1)</script>", "\\input{/etc/passwd}",
        "$E = mc^2$ @weber [a](b) `c` ~~d~~ *e* _f_ & &lt;", "<i>Homo</i> <b>sapiens</b>", "A. B", "=HYPERLINK(1)",
    ]  # fmt: skip
    items = [{"id": f"i{number}", "type": "book", "title": title} for number, title in enumerate(titles)]
    path = str(pandoc_path())
    command = [path, "--sandbox", "--from=markdown", "--to=csljson"]
    done = subprocess.run(command, input=formats.dumps(items, "csl-yaml").encode(), capture_output=True, check=True)
    assert [item["title"] for item in json.loads(done.stdout)] == titles
