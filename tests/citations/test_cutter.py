"""The model that tells citations from remarks."""

from __future__ import annotations

from importlib import resources
from time import perf_counter

import pytest

from citekit.citations.cutter import read, tokens

CITATION = "Anna Brook, The Old Mills, Leeds, Dent, 1961, p. 12"
REMARKS = {
    "en": "However, the author writes that these mills were sold because nobody would work there",
    "fr": "Cependant, l’auteur écrit que ces moulins furent vendus parce que personne ne voulait y travailler",
    "it": "Tuttavia l’autore scrive che i mulini erano stati venduti perché nessuno voleva lavorare",
    "es": "Sin embargo, el autor escribe que los molinos fueron vendidos porque nadie trabajaba",
    "de": "Allerdings schreibt der Autor, dass die Mühlen verkauft wurden, weil niemand dort war",
}


@pytest.mark.parametrize("language", REMARKS)
def test_a_remark_is_less_likely_a_citation(language: str) -> None:
    remark = REMARKS[language]
    note = f"{remark}. {CITATION}."
    reading = read(note)
    assert reading.likelihood(0, len(remark)) < 0.3
    assert reading.likelihood(len(remark) + 2, len(note)) > 0.9


def test_words_and_labels_agree() -> None:
    reading = read(f"{CITATION}; {CITATION}.")
    assert len(reading.starts) == len(reading.ends) == len(reading.likely) == len(reading.labels)
    assert reading.citations() == [(0, len(CITATION)), (len(CITATION) + 2, 2 * len(CITATION) + 2)]


def test_nothing_is_read_into_an_empty_line() -> None:
    assert read("").citations() == []
    assert read("").likelihood(0, 10) == 1.0


def test_the_model_is_small() -> None:
    assert len(resources.files("citekit").joinpath("models/cutter.crf").read_bytes()) < 1_000_000


def test_a_long_note_is_read_in_time() -> None:
    begun = perf_counter()
    read("and Weber, Max (1904): « »" * 10_000)
    assert perf_counter() - begun < 5
    assert len(tokens("a " * 5000)) == 1200
