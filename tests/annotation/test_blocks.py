"""A text cut into paragraphs, headings, notes and running heads; where its lines just go on."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citekit.annotation.blocks import Block, BlockKind, LineEndKind, blocks_of, line_ends
from citekit.model import Document
from tests.annotation.pages import extraction_of

PROSE = """The council met in the spring of that year and the merchants of the town sent three men
who were to speak for the guild. Nobody had asked the weavers, though they paid the lar-
ger share of the tax and had done so since the fire.
"""


def blocks(text: str, media_type: str = "text/plain") -> tuple[Document, tuple[Block, ...]]:
    extraction = extraction_of(text, media_type)
    return extraction.document, blocks_of(extraction.document, extraction.notes)


def kinds(text: str, media_type: str = "text/plain") -> list[tuple[str, str]]:
    document, found = blocks(text, media_type)
    return [(block.kind.value, document.text[slice(*block.span)]) for block in found]


def ends(text: str, media_type: str = "text/plain") -> list[str]:
    document, (block,) = blocks(text, media_type)
    return [end.kind.value for end in line_ends(document, block)]


def test_blank_lines_part_paragraphs() -> None:
    assert kinds("One.\n\nTwo,\nstill two.\n") == [("paragraph", "One."), ("paragraph", "Two,\nstill two.")]


def test_in_plain_text_a_line_set_in_begins_a_paragraph() -> None:
    assert kinds("It was so.\n  Later it was not.\n") == [
        ("paragraph", "It was so."),
        ("paragraph", "Later it was not."),
    ]


def test_headings_of_markdown() -> None:
    assert kinds("# The guild\n\nIt met.\n", "text/markdown") == [("heading", "# The guild"), ("paragraph", "It met.")]


def test_notes_stand_apart_with_their_labels() -> None:
    found = kinds("It met.1 It rose.2\n\n1 Max Weber, Ethik, Tübingen 1934.\n2 Ibid., S. 18.\n")
    assert found == [
        ("paragraph", "It met.1 It rose.2"),
        ("note", "1 Max Weber, Ethik, Tübingen 1934."),
        ("note", "2 Ibid., S. 18."),
    ]


def test_an_inline_note_is_no_block() -> None:
    found = kinds("A claim^[Max Weber, *Ethik* (Tübingen: Mohr, 1934), 17.] goes on.\n", "text/markdown")
    assert [kind for kind, _ in found] == ["paragraph"]


def test_a_page_ends_a_paragraph() -> None:
    assert [words for _, words in kinds("the merchants\fof the town")] == ["the merchants", "of the town"]


def test_lines_of_prose_go_on_and_a_divided_word_is_whole() -> None:
    assert ends(PROSE) == ["space", "nothing"]
    document, (block,) = blocks(PROSE)
    joined = [end for end in line_ends(document, block) if end.kind is LineEndKind.NOTHING]
    assert [document.text[slice(*end.span)] for end in joined] == ["-\n"]


def test_lines_of_chinese_go_on_without_a_blank() -> None:
    assert ends("中國的歷史學家在這個時期開始研究\n社會經濟史的各種問題並且發表了許多\n論文。\n") == [
        "nothing",
        "nothing",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Tell me, O muse, of the man\nwho wandered far and wide after he had sacked\nthe city\n",
        "He asked for wine, bread, olives and also for some cheese:\n- wine of the older year\n",
    ],
    ids=["verse", "list"],
)
def test_a_short_line_and_a_list_end_where_their_author_ended_them(text: str) -> None:
    assert "break" in ends(text)


def test_in_a_web_page_every_line_end_is_its_authors() -> None:
    assert ends("One long line of prose that goes on and on<br>in two lines", "text/html") == ["break"]


@settings(max_examples=60, deadline=None)
@given(
    text=st.text(alphabet=st.sampled_from("ab1. \n\t\f\r[]^-中\u00a0\u2028"), max_size=60)
    | st.text(alphabet=st.characters(), max_size=40)
)
@pytest.mark.parametrize("media_type", ["text/plain", "text/markdown"])
def test_blocks_lie_in_order_and_leave_only_white_space_between(media_type: str, text: str) -> None:
    document, found = blocks(text, media_type)
    place = 0
    for block in found:
        assert block.span.start >= place
        assert not document.text[place : block.span.start].strip()
        assert document.text[slice(*block.span)].strip()
        inside = block.span.start
        for end in line_ends(document, block):
            assert inside <= end.span.start < end.span.end <= block.span.end
            inside = end.span.end
        place = block.span.end
    assert not document.text[place:].strip()
    assert BlockKind.NOTE not in {block.kind for block in found if block.note is None}
