"""A .bib file keeps every character; what is changed is changed in the style of its user."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from citekit.formats.bib import (
    CommentBlock,
    FreeText,
    PreambleBlock,
    StringBlock,
    UnreadableBlock,
    changed_entry,
    changed_file,
    read_bytes,
    read_file,
    to_bytes,
)

LIBRARY = r"""% my library, since 1999
@string{pup = "Princeton University Press"}
@preamble{"\newcommand{\noop}[1]{}"}

@Book{Weber:1922,
	AUTHOR    = "Max Weber and Ludwig van Beethoven",
	TITLE     = {{\"U}ber {NATO} \& mehr}, % as on the cover
	PUBLISHER = pup # {, Princeton},
	YEAR      = 1922, MONTH = mar
}
@comment{jabref-meta: databaseType:biblatex;}
@article(b, title = "A {"}quoted{"} word", url = {https://example.org/a_b%20c})
"""
BITS = (
    *("@book{", "@article(", "@string{", "@comment{", "@preamble{", "key,", "title = ", "year=1922", "{", "}", '"'),
    *("(", ")", ",", "#", "%", "\\", "\\}", "\\{", "=", "\n", "\r\n", "\r", "\t", " ", "@", "word", "Über", "\ufeff"),
)
PIECES = st.lists(st.sampled_from(BITS), max_size=60).map("".join)


def test_blocks_have_their_kinds_places_and_words():
    file = read_file(LIBRARY)
    kinds = [type(block) for block in file.blocks if not (isinstance(block, FreeText) and block.raw.isspace())]
    book, article = file.entries
    assert kinds == [FreeText, StringBlock, PreambleBlock, type(book), CommentBlock, type(article)]
    assert (book.type, book.key, book.line, book.column) == ("Book", "Weber:1922", 5, 1)
    title = book.field("title")
    assert title is not None
    assert (title.name, title.line, title.column) == ("TITLE", 7, 2)
    assert title.decoded == "Über NATO & mehr"
    assert [field.text for field in book.fields][2:] == ["Princeton University Press, Princeton", "1922", "mar"]
    assert [field.decoded for field in article.fields] == ['A "quoted" word', "https://example.org/a_b%20c"]
    assert list(file.metadata) == [("databaseType", "biblatex;")]
    assert file.diagnostics == ()


@given(PIECES | st.text())
@example("@book{a, title = {x\\}")
@example("@book{a,\n@book{b,\n@book{c, title={\\}}}")
def test_any_text_is_its_blocks_and_each_field_stands_where_it_says(text: str):
    file = read_file(text)
    assert "".join(block.raw for block in file.blocks) == text
    for block in file.blocks:
        assert text[block.span.start : block.span.end] == block.raw
    for entry in file.entries:
        assert text[entry.key_span.start : entry.key_span.end] == entry.key
        for field in entry.fields:
            assert text[field.value_span.start : field.value_span.end] == field.raw
            assert text[field.span.start :].startswith(field.name)
            lines = text[: field.span.start].replace("\r\n", "\n").replace("\r", "\n").split("\n")
            assert field.line == len(lines)


@settings(deadline=None)  # the first guess at an encoding loads its tables
@given(st.binary() | PIECES.map(str.encode))
@example("@book{a, title = {Über}}".encode("latin-1"))
@example(b"\xef\xbb\xbf@book{a, title = {\xff\xc3}}\r\n")
@example(b"\xff\xfe@")
def test_any_bytes_come_back(content: bytes):
    assert to_bytes(read_bytes(content)) == content


def test_a_file_in_latin_1_is_read_told_and_written_in_latin_1():
    content = "@book{a, title = {Geschichte der Päpste, Straßburg für Kölner Bürger}}\n".encode("latin-1")
    file = read_bytes(content)
    assert [found.code for found in file.diagnostics] == ["encoding-detected"]
    changed = changed_file(file, {file.entries[0]: {"title": "Die Päpste"}})
    assert to_bytes(changed) == "@book{a, title = {Die Päpste}}\n".encode("latin-1")


BROKEN = [
    ("@book{a, title = {No end\n@book{b, title = {B}}", 1, "line 1: title: a brace is not closed"),
    ("@book{a, title}\n@book{b, title = {B}}", 1, "line 1: a field or the closing } is expected, found `title}`"),
    ('@book{a,\n title = "No end\n@book{b, title = {B}}', 1, "line 1: title: a quotation mark is not closed (line 2)"),
    ("@string{= 3}\n@book{b, title = {B}}", 1, "line 1: an abbreviation is a name, `=` and a value"),
]


@pytest.mark.parametrize(("text", "count", "message"), BROKEN)
def test_what_cannot_be_read_is_kept_and_told_and_the_next_is_read(text: str, count: int, message: str):
    file = read_file(text)
    assert [entry.key for entry in file.entries] == ["b"]
    assert len(file.unreadable) == count
    assert isinstance(file.blocks[0], UnreadableBlock)
    assert file.diagnostics[0].message.startswith(message)


FORGIVEN = [
    ("@book{a, , title = {A}, year = 1922}", None),
    ("@book{a, title = {A} year = 1922}", "bibtex-no-comma"),
    ("@book{title = {A}, year = 1922}", "bibtex-no-key"),
    (r"@book{a, title = {A \} b}, year = 1922}", "bibtex-escaped-brace"),
    (r"@book{a, title = {C:\\}, year = 1922}", None),
    ("@book{a, title = {A}, % {the cover\n year = 1922}", None),
    ('@book{a, title = "A" "B", year = 1922}', "bibtex-not-joined"),
    ("@ book\n{a, title = {A}, year = 1922}", None),
    ("@book{a, title = {A\n@book{x}\n}, year = 1922}", "bibtex-entry-within"),
]


@pytest.mark.parametrize(("text", "code"), FORGIVEN)
def test_what_has_one_meaning_is_read_and_told(text: str, code: str | None):
    file = read_file(text)
    assert [[field.name for field in entry.fields] for entry in file.entries] == [["title", "year"]]
    assert [found.code for found in file.diagnostics] == ([code] if code else [])


def test_what_is_commented_out_is_no_entry():
    assert read_file("%@book{a, title = {A}}\n@book{b, title = {B}} % @book{c}\nme@home{x}\n").entries[0].key == "b"


def test_a_changed_field_keeps_its_enclosing_and_the_rest_its_characters():
    file = read_file(LIBRARY.replace("\n", "\r\n"))
    changes = {"title": "Neu", "author": "Weber, Marianne", "year": "1923"}
    changed = changed_file(file, {file.entries[0]: changes}).text
    expected = LIBRARY.replace("Max Weber and Ludwig van Beethoven", "Weber, Marianne").replace("1922,", "1923,", 2)
    expected = expected.replace(r"{{\"U}ber {NATO} \& mehr}", "{Neu}").replace("Weber:1923,", "Weber:1922,")
    assert changed == expected.replace("\n", "\r\n")


def test_a_new_field_stands_as_the_others_do_and_one_that_goes_takes_its_line_along():
    entry = read_file("@book{a,\n  author = {A},\n  title  = {T},\n  year   = 1900\n}").entries[0]
    changed = changed_entry(entry, {"year": None, "doi": "10.1000/x"})
    assert changed == "@book{a,\n  author = {A},\n  title  = {T},\n  doi    = {10.1000/x}\n}"


VALUES = st.text(alphabet=st.characters(blacklist_categories=["Cs"], blacklist_characters='{}\\"%'), max_size=20)


@given(st.dictionaries(st.sampled_from(["title", "author", "year", "month", "note", "doi"]), VALUES | st.none()))
def test_what_is_changed_reads_back_and_nothing_else_is_other(changes: dict[str, str | None]):
    file = read_file(LIBRARY)
    [before, _] = file.entries
    changed = changed_file(file, {before: changes})
    [after, _] = changed.entries
    said = {field.key: field.text for field in after.fields}
    assert {name: said.get(name) for name in changes} == changes
    untouched = [field.raw for field in before.fields if field.key not in changes]
    assert [field.raw for field in after.fields if field.key not in changes] == untouched
    assert [block.raw for block in changed.blocks if block != after] == [
        block.raw for block in file.blocks if block != before
    ]


def test_a_value_whose_braces_do_not_balance_is_refused():
    [entry, _] = read_file(LIBRARY).entries
    with pytest.raises(ValueError, match="balance"):
        changed_entry(entry, {"title": "}"})
