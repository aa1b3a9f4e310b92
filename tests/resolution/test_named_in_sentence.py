"""Titles in brackets whose author the sentence names, and ships and paintings that only look like them."""

from __future__ import annotations

from pathlib import Path

import pytest

import citekit

BOOKS = (
    "John Lydell, *The Line of Battle: Fleets and Captains* (London: Faber, 1990), 12.",
    "Anna Korbel, *Aufruhr am Markt. Teuerung und Stadt*, Köln 1983, S. 5.",
    "Jeanne Marchais, *La disette et la ville*, Paris, Seuil, 1979, p. 5.",
)


def _of(tmp_path: Path, note: str) -> list[str | None]:
    """The titles of the works that a note cites behind the notes that cite the books."""
    notes = (*BOOKS, note)
    body = " ".join(f"The words go on.[^{number}]" for number, _ in enumerate(notes, start=1))
    listed = "\n\n".join(f"[^{number}]: {text}" for number, text in enumerate(notes, start=1))
    essay = tmp_path / "essay.md"
    essay.write_text(f"{body}\n\n{listed}\n", encoding="utf-8")
    extraction = citekit.extract(essay)
    last = extraction.notes[-1].id
    return [
        work.item.get("title")
        for citation in extraction.citations
        if citation.note == last
        for work in extraction.works_of(citation)
    ]


@pytest.mark.parametrize(
    ("note", "title"),
    [
        ("Lydell (*Line of Battle*, 99) counts forty of them.", "The Line of Battle: Fleets and Captains"),
        ("Korbel (*Aufruhr am Markt*, S. 12) zählt vierzig davon.", "Aufruhr am Markt. Teuerung und Stadt"),
        ("Marchais (*La disette*, p. 12) en compte quarante.", "La disette et la ville"),
    ],
)
def test_the_author_named_in_the_sentence_wrote_it(tmp_path: Path, note: str, title: str) -> None:
    assert _of(tmp_path, note) == [title]


@pytest.mark.parametrize(
    "note",
    [
        "Nelson (*Victory*, 104) sailed from Spithead in May.",
        "Captain Hardy (*Line of Battle*, 30) had left the service.",
        "Turner (*Rain*, 91) was never shown again.",
        "Tegetthoff (*Erzherzog Ferdinand*, 16) lief in Pola ein.",
        "Surcouf (*La Disette*, 18) fut pris au large.",
    ],
)
def test_a_ship_of_another_person_is_no_citation(tmp_path: Path, note: str) -> None:
    assert _of(tmp_path, note) == []


def test_an_ibid_behind_a_second_work_that_was_not_read_stays_open(tmp_path: Path) -> None:
    sentence = "Lydell (*The Line of Battle*, 80) and Korbel („Aufruhr“, 15) agree on this."
    notes = (*BOOKS, sentence, "Ibid., 16.")
    body = " ".join(f"The words go on.[^{number}]" for number, _ in enumerate(notes, start=1))
    listed = "\n\n".join(f"[^{number}]: {text}" for number, text in enumerate(notes, start=1))
    essay = tmp_path / "essay.md"
    essay.write_text(f"{body}\n\n{listed}\n", encoding="utf-8")
    extraction = citekit.extract(essay)
    ibid = extraction.citations[-1]
    assert ibid.works == ()
    assert "ibid-over-unread" in {diagnostic.code for diagnostic in extraction.diagnostics}
