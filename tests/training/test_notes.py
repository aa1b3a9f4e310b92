"""Composed notes: the same each time, and their citations where they say."""

from __future__ import annotations

from pathlib import Path

from citekit.citations.cutter import BEGIN, INSIDE, OUTSIDE, tokens
from citekit.model import Span
from citekit.training.cutter import labelled_strings, labels, train
from citekit.training.notes import LabelledString, compose

STRINGS = [
    LabelledString(
        f"{given} {family}, {title}, {place}, {year}, p. {page}.",
        language,
        {"author": f"{family}, {given}", "title": title, "publisher-place": place, "date": str(year)},
    )
    for language in ("fr", "en", "it", "de", "es")
    for given, family, title, place, year, page in (
        ("Anna", "Brook", "The old mills of the northern marshes", "Leeds", 1961, 12),
        ("Paul", "Durieu", "Sel et moulins de la côte", "Nantes", 1987, 4),
        ("Karl", "Roth", "Windmühlen und ihre Besitzer im Norden", "Kiel", 1932, 80),
    )
]


def test_the_same_strings_and_seed_give_the_same_notes() -> None:
    assert list(compose(STRINGS, 40, seed=3)) == list(compose(STRINGS, 40, seed=3))
    assert list(compose(STRINGS, 40, seed=3)) != list(compose(STRINGS, 40, seed=4))


def test_citations_lie_in_the_note_in_order_and_hold_words() -> None:
    for note in compose(STRINGS, 300):
        end = 0
        for span in note.citations:
            assert end <= span.start < span.end <= len(note.text)
            assert note.text[span.start : span.end].strip(" .,;")
            end = span.end


def test_a_language_can_be_left_out() -> None:
    assert {note.language for note in compose(STRINGS, 60, languages=("it", "es"))} == {"it", "es"}


def test_labels_begin_each_citation_anew() -> None:
    words = [match.span() for match in tokens("See Brook 5; Roth 7.")]
    assert labels(words, [Span(4, 11), Span(13, 19)]) == [OUTSIDE, BEGIN, INSIDE, OUTSIDE, BEGIN, INSIDE, OUTSIDE]


def test_training_writes_the_same_model_twice(tmp_path: Path) -> None:
    for name in ("one.crf", "two.crf"):
        train(compose(STRINGS, 30), tmp_path / name)
    assert (tmp_path / "one.crf").read_bytes() == (tmp_path / "two.crf").read_bytes()


def test_labelled_strings_are_read_a_line_each(tmp_path: Path) -> None:
    file = tmp_path / "strings.jsonl"
    file.write_text('{"text": "Brook, Ice.", "lang": "en", "fields": [["author", "Brook,"], ["author", "x"]]}\n')
    assert list(labelled_strings([file])) == [LabelledString("Brook, Ice.", "en", {"author": "Brook,"})]
