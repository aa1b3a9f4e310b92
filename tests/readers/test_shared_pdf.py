"""The PDFs beside the checkout: every note that their printed pages show, in sequence."""

from __future__ import annotations

from pathlib import Path

import pytest

from citekit.notes import find_notes
from citekit.readers import read

# Counted on the printed pages: the last number, and whether a note with a sign stands before them.
PRINTED = [
    ("ds-18685-it.pdf", [], 90),
    ("german-history-ghaf028.pdf", ["*"], 104),
    ("jch-2025-chen-lai.pdf", [], 31),
    ("olh-27-convicts.pdf", [], 102),
    ("ssoar-30957-de.pdf", [], 55),
]


@pytest.mark.parametrize(("name", "signs", "last"), PRINTED)
def test_all_notes_are_found_in_sequence_each_with_its_marker(
    name: str, signs: list[str], last: int, shared: Path
) -> None:
    file = shared / "documents" / name
    if not file.exists():
        pytest.skip(f"no {name} in {file.parent}")
    notes = find_notes(read(file)).notes
    assert [note.label for note in notes] == [*signs, *map(str, range(1, last + 1))]
    assert all(note.markers for note in notes)
