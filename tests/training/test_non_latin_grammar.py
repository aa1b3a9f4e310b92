"""Citations in and about other scripts: labelled as promised, the same for the same seed, and hardly one twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citekit.training.example import Builder, Example
from citekit.training.grammar.chinese_records import numeral, traditional
from citekit.training.grammar.cyrillic import cyrillic_notes
from citekit.training.grammar.east_asian import east_asian_notes
from citekit.training.grammar.eastern_bank import generator, rows, section
from citekit.training.grammar.eastern_noise import framed, halved, misread, spaced
from citekit.training.grammar.further import further_notes
from citekit.training.grammar.mixed import mixed_notes
from citekit.training.grammar.romanise import pinyin, pinyin_name, toned, transliterated, wade_giles
from citekit.training.grammar.russian import genitive

FIELDS = frozenset(
    [
        "author",
        "editor",
        "translator",
        "title",
        "original-title",
        "translated-title",
        "container-title",
        "collection-title",
        "collection-number",
        "publisher",
        "publisher-place",
        "issued",
        "volume",
        "issue",
        "page",
        "edition",
        "URL",
        "DOI",
        "ISBN",
        "ISSN",
        "PMID",
        "note",
        "genre",
        "number",
        "archive",
        "archive_location",
        "accessed",
        "archive-date",
        "event-title",
        "locator",
    ]
)  # docs/schema: the field names of a parsed citation

Notes = Callable[[int, int], Iterator[Example]]
GRAMMARS: dict[str, Notes] = {
    "east asian": east_asian_notes,
    "cyrillic": cyrillic_notes,
    "mixed": mixed_notes,
    "further": further_notes,
}

grammars = pytest.mark.parametrize("notes", list(GRAMMARS.values()), ids=list(GRAMMARS))


def holds(example: Example) -> None:
    """What every example promises."""
    assert example.text
    assert example.text == example.text.rstrip()
    assert not re.search(r"[\n\r\t\u2028\u2029]", example.text)
    assert example.fields or len(example.text) < 40  # a bare "同上" or "Там же" states nothing
    behind = 0
    for found in example.fields:
        assert found.name in FIELDS
        assert behind <= found.start < found.end <= len(example.text), (example.text, found)
        words = example.text[found.start : found.end]
        assert words == words.strip(), (example.text, found)
        behind = found.end


@grammars
@given(seed=st.integers(0, 2**32))
@settings(max_examples=40, deadline=None)
def test_fields_slice_inside_the_text_in_order_and_apart(notes: Notes, seed: int) -> None:
    for example in notes(seed, 12):
        holds(example)


@grammars
@given(seed=st.integers(0, 2**32))
@settings(max_examples=15, deadline=None)
def test_the_same_seed_gives_the_same_citations(notes: Notes, seed: int) -> None:
    assert list(notes(seed, 10)) == list(notes(seed, 10))


@grammars
@pytest.mark.parametrize("count", [0, 1, 57])
def test_as_many_as_asked_for(notes: Notes, count: int) -> None:
    assert len(list(notes(3, count))) == count


@grammars
def test_the_words_do_not_run_dry(notes: Notes) -> None:
    texts = [example.text for example in notes(5, 1500)]
    assert len(set(texts)) > 0.97 * len(texts)
    titles = Counter(
        example.text[f.start : f.end] for example in notes(5, 1500) for f in example.fields if f.name == "title"
    )
    assert len(titles) > 0.6 * titles.total()


@pytest.mark.parametrize(
    ("notes", "languages"),
    [
        (east_asian_notes, {"zh", "ja", "ko"}),
        (cyrillic_notes, {"ru", "uk", "bg", "sr", "el"}),
        (mixed_notes, {"en", "it", "de", "fr"}),
        (further_notes, {"ar", "fa", "he", "hi", "hy", "ka", "vi", "et", "is", "sh", "ca"}),
    ],
    ids=list(GRAMMARS),
)
def test_every_language_and_every_common_field_turns_up(notes: Notes, languages: set[str]) -> None:
    examples = list(notes(7, 900))
    assert {example.language for example in examples} == languages
    common = {"author", "title", "container-title", "publisher", "issued", "volume", "issue", "page", "locator"}
    assert common | {"archive", "archive_location"} <= {f.name for example in examples for f in example.fields}


def test_label_words_are_in_no_page() -> None:
    for example in (*east_asian_notes(11, 800), *cyrillic_notes(11, 400)):
        for found in example.fields:
            if found.name == "page":
                assert not re.search(r"[第页頁版쪽]|[Сс]\. ", example.text[found.start : found.end]), example.text


def test_years_and_issues_keep_their_chinese_words() -> None:
    words = {name: set[str]() for name in ("issued", "issue", "volume")}
    for example in east_asian_notes(13, 900):
        for found in example.fields:
            if found.name in words and example.source == "zh-note":
                words[found.name].add(example.text[found.start : found.end])
    assert any(re.fullmatch(r"\d{4}年", word) for word in words["issued"])
    assert any(re.fullmatch(r"第\d+期", word) for word in words["issue"])
    assert any(re.fullmatch(r"第\d+卷", word) for word in words["volume"])


@given(seed=st.integers(0, 2**32), noisy=st.sampled_from([halved, misread, spaced]))
@settings(max_examples=60, deadline=None)
def test_noise_keeps_the_fields_in_place(seed: int, noisy: Callable[..., Example]) -> None:
    rng = generator(seed, "noise")
    for example in (*east_asian_notes(seed, 3), *mixed_notes(seed, 2)):
        holds(noisy(rng, example))


def test_a_blank_between_field_and_label_belongs_to_neither() -> None:
    example = (
        Builder().put("issued", "1990年").add("，第").put("locator", "33").add("页").example(language="zh", source="")
    )
    wide = spaced(generator(0, "x"), example)
    assert [wide.text[f.start : f.end] for f in wide.fields] == ["1990 年", "33"]
    assert framed(wide, "参见", "。").text == "参见1990 年，第 33 页。"


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "一"), (10, "十"), (15, "十五"), (23, "二十三"), (101, "一百零一"), (110, "一百一十"), (145, "一百四十五")],
)
def test_volumes_are_counted_in_characters(number: int, words: str) -> None:
    assert numeral(number) == words


@pytest.mark.parametrize(
    ("characters", "latin"),
    [
        ("中国近代史研究", "Zhongguo jindaishi yanjiu"),
        ("江西人民出版社", "Jiangxi renmin chubanshe"),
        ("生活·读书·新知三联书店", "Shenghuo dushu xinzhi sanlian shudian"),
    ],
)
def test_pinyin_is_written_word_by_word(characters: str, latin: str) -> None:
    assert pinyin(characters) == latin


def test_other_transcriptions() -> None:
    assert wade_giles("Zhongguo xueshu") == "Chung-kuo hsüeh-shu"
    assert wade_giles("Beijing") == "Pei-ching"
    assert toned("中国土地改革史") == "Zhōngguó tǔdì gǎigé shǐ"
    assert pinyin_name("[清]曾国藩") == "Zeng Guofan"
    assert pinyin_name("欧阳修") == "Ouyang Xiu"
    assert transliterated("Вопросы истории") == "Voprosy istorii"
    assert transliterated("Щербаков", "scholarly") == "Ščerbakov"
    assert traditional("中国历史上的经济发展") == "中國歷史上的經濟發展"
    assert [genitive(n) for n in ("Иванов И. И.", "Покровский М. Н.", "Петрова А. А.")] == [
        "Иванова И. И.",
        "Покровского М. Н.",
        "Петровой А. А.",
    ]


def test_the_bank_is_well_formed() -> None:
    assert all(len(row) == 7 for row in rows("zh_books", "books"))
    assert all(len(row) == 6 for row in rows("zh_books", "classics"))
    assert all(len(row) == 5 for name in ("ja", "ko") for row in rows(name, "books"))
    assert all(len(row) == 6 for row in rows("ru", "books"))
    assert all(len(row) == 7 for key in ("japanese", "korean") for row in rows("mixed", key))
    assert all(len(row) == 5 for row in rows("zh_pinyin", "glossed"))
    for code in ("uk", "bg", "sr", "el"):
        assert all(len(entry.split("|")) == 5 for entry in section("slavic", code)["books"])
