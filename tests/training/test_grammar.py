"""The grammar: what it promises of every example, whatever the seed."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citekit.training import bank
from citekit.training.example import Example
from citekit.training.grammar import noise, western_notes

# The names of the contract, and the year of the original that the conventions of the gold name.
NAMES = frozenset(
    (
        *("author", "editor", "translator", "title", "original-title", "translated-title", "container-title"),
        *("collection-title", "collection-number", "publisher", "publisher-place", "issued", "volume", "issue", "page"),
        *("edition", "URL", "DOI", "ISBN", "ISSN", "PMID", "note", "genre", "number", "archive", "archive_location"),
        *("accessed", "archive-date", "event-title", "locator", "original-date"),
    )
)
seeds = st.integers(min_value=0, max_value=2**32)


def assert_sound(example: Example) -> None:
    place = 0
    for field in example.fields:
        assert place <= field.start < field.end <= len(example.text)
        assert field.name in NAMES
        place = field.end


@settings(deadline=None)
@given(seeds)
def test_fields_are_in_order_inside_the_text_and_known(seed: int) -> None:
    for example in western_notes(seed, 20):
        assert_sound(example)
        assert example.fields


@settings(deadline=None)
@given(seeds)
def test_a_field_has_no_blanks_at_its_edges(seed: int) -> None:
    for example in western_notes(seed, 20):
        for field in example.fields:
            words = example.text[field.start : field.end]
            assert words == words.strip(), example


@settings(deadline=None)
@given(seeds)
def test_an_example_is_one_line(seed: int) -> None:
    for example in western_notes(seed, 20):
        assert len(example.text.splitlines()) == 1


@settings(deadline=None)
@given(seeds, st.integers(min_value=0, max_value=30))
def test_the_same_seed_writes_the_same(seed: int, count: int) -> None:
    examples = list(western_notes(seed, count))
    assert examples == list(western_notes(seed, count))
    assert len(examples) == count


@settings(deadline=None)
@given(seeds)
def test_noise_keeps_fields_in_order_and_none_empty(seed: int) -> None:
    for example in western_notes(seed, 20):
        noisy = noise(example, 1.0, seed)
        assert_sound(noisy)
        assert [field.name for field in noisy.fields] == [field.name for field in example.fields]
        assert all(noisy.text[field.start : field.end].strip() for field in noisy.fields)
        assert len(noisy.text.splitlines()) == 1
        assert noisy == noise(example, 1.0, seed)


@settings(deadline=None)
@given(seeds)
def test_without_chance_there_is_no_noise(seed: int) -> None:
    for example in western_notes(seed, 5):
        assert noise(example, 0.0, seed) == example


def test_seeds_differ() -> None:
    assert list(western_notes(1, 10)) != list(western_notes(2, 10))


def test_composed_notes_hardly_repeat() -> None:
    texts = [example.text for example in western_notes(7, 3000)]
    assert len(set(texts)) > 0.99 * len(texts)


def test_every_contract_field_but_those_of_databases_is_written() -> None:
    written = {field.name for example in western_notes(3, 9000) for field in example.fields}
    assert written >= NAMES - {"ISSN", "note", "PMID"}


def works() -> list[dict[str, object]]:
    return list(bank.works())


def test_works_name_what_a_record_has() -> None:
    from dataclasses import fields

    from citekit.training.grammar.records import Record

    known = {field.name for field in fields(Record)}
    for work in works():
        assert set(work) <= known, work
        assert work["title"]
        assert work["kind"]
        assert work["language"]


def test_works_are_told_once() -> None:
    told = [(json.dumps(work.get("author", work.get("editor"))), work["title"], work.get("year")) for work in works()]
    assert len(set(told)) == len(told)


@pytest.mark.parametrize(
    "name", [entry.name[:-5] for entry in files("citekit.training.bank").iterdir() if entry.name.endswith(".toml")]
)
def test_every_list_reads(name: str) -> None:
    assert bank.table(name)
