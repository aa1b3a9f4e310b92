"""Which kind of work a citation speaks for, and in which language its title is."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from citekit.citations.item_language import title_language
from citekit.citations.items import read_item
from citekit.citations.kinds import told_kind
from citekit.citations.line import TaggedField
from citekit.formats.types import CSL_TYPES
from citekit.lexicon import words

TABLES = Path(__file__).parent.parent / "cases"
MARKED = re.compile(r"\{(?P<field>[\w-]+):(?P<words>[^{}]*)\}")


def cases(table: str) -> list[Any]:
    rows = tomllib.loads((TABLES / f"{table}.toml").read_text(encoding="utf-8"))["rows"]
    return [pytest.param(*row, id=row[0][:60]) for row in rows]


def unmarked(printed: str) -> tuple[str, list[TaggedField]]:
    """The words without the marks, and the fields."""
    text, fields, place = "", [], 0
    for match in MARKED.finditer(printed):
        text += printed[place : match.start()]
        fields.append(TaggedField(match["field"], len(text), len(text) + len(match["words"])))
        text += match["words"]
        place = match.end()
    return text + printed[place:], fields


@pytest.mark.parametrize(("printed", "kind"), cases("kinds"))
def test_the_kind_of_work(printed: str, kind: str) -> None:
    text, fields = unmarked(printed)
    assert kind in CSL_TYPES
    assert read_item(fields, text).kind == kind


def test_words_of_a_title_tell_no_kind() -> None:
    text = "The Thesis of Max Weber"
    assert told_kind({"title": text}, text, [TaggedField("title", 0, len(text))]) is None


@pytest.mark.parametrize("kind", ["thesis", "patent", "map", "dataset", "interview", "report", "manuscript"])
def test_every_word_of_a_kind_tells_one_behind_the_title(kind: str) -> None:
    for word in words("kinds", kind):
        assert told_kind({"title": "Rom"}, f"Rom, {word}"), word


@pytest.mark.parametrize(("title", "code"), cases("languages"))
def test_the_language_of_a_title(title: str, code: str) -> None:
    assert (title_language(title) or "") == code


@pytest.mark.parametrize(
    ("title", "printed", "code"),
    [
        ("日本政治思想史研究", "丸山真男『日本政治思想史研究』東京大学出版会、1952年、12頁", "ja"),
        ("中国哲学史", "冯友兰：《中国哲学史》，北京：中华书局，1961年，第12页", "zh"),
        ("مقدمه", "احمد کسروی، مقدمه، تهران: امیرکبیر، ۱۳۶۳", "fa"),
        ("المقدمة", "ابن خلدون، المقدمة، القاهرة: دار الشعب، 1960", "ar"),
    ],
)
def test_characters_that_two_languages_share_are_told_by_the_whole_citation(
    title: str, printed: str, code: str
) -> None:
    assert title_language(title, around=printed) == code
