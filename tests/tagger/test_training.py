"""Models are trained, the same from the same, and a user's corrections change what is read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from citekit.citations.line import TaggedField
from citekit.citations.tagger.model import OUTSIDE, label_by, using
from citekit.citations.tagger.tokens import tokens
from citekit.errors import CitekitError
from citekit.training.collection import composed
from citekit.training.corpus import complete, read_corrected, read_examples
from citekit.training.evaluation import read_fields
from citekit.training.example import Builder, Example
from citekit.training.labels import labels
from citekit.training.learning import fit, fit_corrections
from citekit.training.scoring import score


def example(*parts: tuple[str, str]) -> Example:
    builder = Builder()
    for name, words in parts:
        builder.put(name, words) if name else builder.add(words)
    return builder.example(language="en", source="test")


WEBER = example(
    ("author", "Weber, Max"), ("", ": "), ("title", "Wirtschaft und Gesellschaft"), ("", ", "),
    ("publisher-place", "Tübingen"), ("", " "), ("issued", "1922"), ("", ", S. "), ("locator", "17"), ("", "."),
)  # fmt: skip


def test_label_words_and_closing_marks_are_in_no_field() -> None:
    fields = (TaggedField("container-title", 0, 9), TaggedField("editor", 10, 21), TaggedField("page", 22, 30))
    coarse = Example("In: Roma, ed. by Lee, pp. 1-3.", fields)
    words = tokens(coarse.text)
    labelled = [
        coarse.text[start:end]
        for (start, end, _), name in zip(words, labels(coarse, words), strict=True)
        if name != OUTSIDE
    ]
    assert labelled == ["Roma", "Lee", "1", "-", "3"]


def test_what_joins_the_people_of_a_list_belongs_to_it() -> None:
    pair = example(("author", "A. Smith"), ("", " and "), ("author", "B. Lee"), ("", ", "), ("title", "Wool"))
    assert labels(pair, tokens(pair.text)) == ["author"] * 7 + [OUTSIDE, "title"]


def test_a_model_is_the_same_from_the_same(tmp_path: Path) -> None:
    notes = composed(3, 0.01)
    for name in ("one", "two"):
        fit(notes, tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    found = label_by(tmp_path / "one", WEBER.text)
    assert dict(zip(found.labels, found.sure, strict=True)).keys() >= {"author", "title", "issued"}


def test_corrections_are_learned(tmp_path: Path) -> None:
    """A siglum of the user's own, which the shipped model cannot know for a newspaper."""
    days = [
        example(("container-title", "Kanz"), ("", " "), ("issued", f"{day}.5.1931"), ("", f", {day % 7 + 1}"))
        for day in range(1, 25)
    ]
    path = tmp_path / "own.crfsuite"
    before = score(days, [read_fields(day) for day in days])
    fit_corrections(days[:18], composed(4, 0.02), path)
    with using(path):
        after = score(days[18:], [read_fields(day) for day in days[18:]])
    assert after.f1("container-title") > max(before.f1("container-title"), 0.9)
    assert after.micro >= before.micro


def test_nothing_to_learn_from(tmp_path: Path) -> None:
    with pytest.raises(CitekitError, match="no citation to learn from"):
        fit([], tmp_path / "model")
    assert list(tmp_path.iterdir()) == []


NO_LABELLED_STRINGS = (
    "{",
    "[]]",
    '"a"',
    "[" * 50_000,
    '{"text": 1, "fields": []}',
    '{"fields": []}',
    '{"text": "a", "fields": [["title", 3]]}',
    '{"text": "a", "citations": 3}',
    '{"text": "a", "citations": [{"field_spans": []}]}',
    '{"text": "a", "citations": [{"field_spans": {"title": [[0, 1e999]]}}]}',
)


class TestFiles:
    def test_both_shapes(self, tmp_path: Path) -> None:
        parsed = {
            "text": WEBER.text,
            "citations": [{"field_spans": {field.name: [[field.start, field.end]] for field in WEBER.fields}}],
        }
        verbatim = {
            "text": WEBER.text,
            "fields": [[field.name, WEBER.text[field.start : field.end]] for field in WEBER.fields],
        }
        path = tmp_path / "labelled.jsonl"
        path.write_text("\n".join(json.dumps(shape) for shape in (parsed, verbatim)), encoding="utf-8")
        one, other = read_examples(path)
        assert one.fields == other.fields == WEBER.fields
        assert complete(one)

    @pytest.mark.parametrize(
        ("fields", "problem"),
        [
            ({"fields": [["container-title", "Kunz"]]}, "“Kunz” does not stand in the text"),
            ({"fields": [["issued", "7.5.1931"], ["container-title", "Kanz"]]}, "“Kanz” does not stand in this order"),
            ({"fields": [["title", ""]]}, "does not stand in the text"),
            ({"fields": [["newspaper", "Kanz"]]}, "no field is called “newspaper”"),
            ({"citations": [{"field_spans": {"title": [[5, 90]]}}]}, "[5, 90] is no place in a text of 16 characters"),
            ({"citations": [{"field_spans": {"title": [[3, 1]]}}]}, "[3, 1] is no place"),
            ({"citations": [{"field_spans": {"newspaper": [[0, 4]]}}]}, "no field is called “newspaper”"),
        ],
    )
    def test_a_line_that_teaches_something_wrong_is_left_out(
        self, tmp_path: Path, fields: dict[str, object], problem: str
    ) -> None:
        path = tmp_path / "corrected.jsonl"
        text = "Kanz 7.5.1931, 3"
        lines = ({"text": text, **fields}, {"text": text, "fields": [["container-title", "Kanz"], ["locator", "3"]]})
        path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
        examples, complaints = read_corrected(path)
        assert [[field.name for field in each.fields] for each in examples] == [["container-title", "locator"]]
        assert len(complaints) == 1
        assert complaints[0].startswith(f"{path}:1: ")
        assert problem in complaints[0]

    def test_what_parse_prints_can_be_learned_from(self, tmp_path: Path) -> None:
        path = tmp_path / "parsed.jsonl"
        spans = {name: [[0, 4]] for name in ("locator", "translated-title", "original-date", "archive-date", "URL")}
        path.write_text(json.dumps({"text": "Kanz", "citations": [{"field_spans": spans}]}), encoding="utf-8")
        assert read_corrected(path)[1] == []

    @pytest.mark.parametrize("line", NO_LABELLED_STRINGS)
    def test_a_corrected_line_that_is_none_is_left_out(self, tmp_path: Path, line: str) -> None:
        path = tmp_path / "corrected.jsonl"
        good = '{"text": "a", "fields": [["title", "a"]]}'
        path.write_text(f"{good}\n{line}\n{good}\n", encoding="utf-8")
        examples, complaints = read_corrected(path)
        assert len(examples) == 2
        assert len(complaints) == 1
        assert complaints[0].startswith(f"{path}:2: is no ")
        assert "; " in complaints[0]

    def test_a_line_ends_at_a_line_feed_alone(self, tmp_path: Path) -> None:
        path = tmp_path / "corrected.jsonl"
        path.write_text('{"text": "a\u2028b\x85c", "fields": [["title", "b"]]}\r\nno JSON\r\n', encoding="utf-8")
        examples, complaints = read_corrected(path)
        assert [example.text for example in examples] == ["a\u2028b\x85c"]
        assert complaints[0].startswith(f"{path}:2: ")

    @pytest.mark.parametrize("line", NO_LABELLED_STRINGS)
    def test_a_bad_line_is_named(self, tmp_path: Path, line: str) -> None:
        path = tmp_path / "bad.jsonl"
        path.write_text(f'{{"text": "a", "fields": []}}\n{line}\n', encoding="utf-8")
        with pytest.raises(CitekitError, match=r"bad\.jsonl:2"):
            list(read_examples(path))
