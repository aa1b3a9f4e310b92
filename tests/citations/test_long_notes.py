"""A note of thousands of citations takes time as its length does: nothing is asked of all of it for each of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from citekit.lexicon.presence import Presence
from citekit.model import Item
from citekit.pipeline import extract_document
from citekit.readers import from_text
from citekit.resolution import fields

Cited = Callable[[int], str]


def each_another(number: int) -> str:
    return f"Karl Weber, Salt and Tolls of Harbour {number} (London: Gray Press, {1900 + number % 90}), {number + 3}"


def always_the_same(number: int) -> str:
    return f"Karl Weber, “Salt and Tolls,” Journal of Dykes 3 (1974): 100–900, {100 + number}"


def extracted(cited: Cited, number: int, separator: str = "; ") -> int:
    note = separator.join(cited(each) for each in range(number))
    text = f"The council met.1 It burnt.2\n\n1 {note}.\n2 Ibid., p. 5.\n"
    return len(extract_document(from_text(text)).citations)


@pytest.mark.parametrize("separator", ["; ", ". "])
def test_the_words_of_a_note_are_asked_as_often_as_it_is_long(separator: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    possible = Presence.possible

    def counted(self: Presence, text: str) -> bool:
        asked.append(len(text))
        return possible(self, text)

    monkeypatch.setattr(Presence, "possible", counted)
    sums: list[int] = []
    for number in (100, 400):
        asked.clear()
        assert extracted(each_another, number, separator) == number + 1
        sums.append(sum(asked))
    assert sums[1] < 6 * sums[0], "four times as many citations"


def test_the_pages_of_a_work_are_read_once_for_each_citation(monkeypatch: pytest.MonkeyPatch) -> None:
    read = fields.page_range
    calls: list[int] = []

    def counted(item: Item) -> tuple[int, int] | None:
        calls.append(1)
        return read(item)

    monkeypatch.setattr(fields, "page_range", counted)
    counts: list[int] = []
    for number in (50, 200):
        calls.clear()
        assert extracted(always_the_same, number) == number + 1
        counts.append(len(calls))
    assert 0 < counts[1] < 6 * counts[0]
