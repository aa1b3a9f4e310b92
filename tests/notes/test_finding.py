"""Laws that hold for the notes of any text, and the shared gold where it is at hand."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from citekit.model import Document, NoteKind
from citekit.notes import FoundNotes, find_notes
from citekit.readers import from_text, read

SHARED = Path(os.environ.get("CITEKIT_SHARED", Path(__file__).parents[3] / "shared"))

LINES = st.sampled_from(
    [
        "1 Smith, Mills, 1990, p. 3.",
        "2. Ibid., p. 4.",
        "[3] See http://a.org/b",
        "It was sold.1 Nobody cared.2",
        "Nor here [3], nor there (4).",
        "* Dugdale, vol. ii.",
        "The town,* burnt,",
        "BIBLIOGRAPHY",
        "Notes",
        "Weber, Max. Economy. Berlin, 1922.",
        "",
        "\f",
        "12",
        "CHAPTER 2",
        "the words go on and",
    ]
)


def check(document: Document, found: FoundNotes) -> None:
    assert [note.id for note in found.notes] == [f"n{number}" for number in range(1, len(found.notes) + 1)]
    for note in found.notes:
        assert "".join(document.text[part.start : part.end] for part in note.parts) == note.text
        assert list(note.parts) == sorted(note.parts)
        assert (note.label is None) == (note.label_span is None)
        if note.label_span:
            assert note.label_span.end <= note.span.start
    starts = [note.span.start for note in found.notes]
    assert starts == sorted(starts)
    places = [span for note in found.notes for span in note.markers]
    places += [marker.span for marker in found.markers_without_note]
    assert len(places) == len(set(places))


@example(
    [
        "It was sold.1 Nobody cared.2", "1 Smith, Mills, 1990, p. 3.", "2. Ibid., p. 4.", "BIBLIOGRAPHY",
        "1 Smith, Mills, 1990, p. 3.", "It was sold.1 Nobody cared.2", "2. Ibid., p. 4.", "1 Smith, Mills, 1990, p. 3.",
    ]
)  # fmt: skip
@given(st.lists(LINES, max_size=25))
def test_notes_slice_back_and_stand_in_order(lines: list[str]) -> None:
    document = from_text("\n".join(lines))
    check(document, find_notes(document))


@given(st.text(alphabet="ab .,1[2](3)*†\n\f”¹", max_size=150))
def test_any_noise_is_survived(text: str) -> None:
    for media_type in ("text/plain", "text/markdown"):
        document = from_text(text, media_type=media_type)
        check(document, find_notes(document))


@given(st.integers(min_value=3, max_value=40))
def test_every_note_of_a_whole_apparatus_is_found(count: int) -> None:
    body = " ".join(f"Sentence number is told here.{number}" for number in range(1, count + 1))
    notes = "\n".join(f"{number}. Smith, Mills, 1990, p. {number}." for number in range(1, count + 1))
    found = find_notes(from_text(f"{body}\n\nNotes\n\n{notes}\n"))
    assert [note.label for note in found.notes] == [str(number) for number in range(1, count + 1)]
    assert all(len(note.markers) == 1 and note.kind is NoteKind.ENDNOTE for note in found.notes)


def test_what_is_wanting_is_said() -> None:
    found = find_notes(from_text("A.[^1] B.[^2]\n\n[^1]: Smith.\n[^3]: Jones.\n", media_type="text/markdown"))
    assert [diagnostic.code for diagnostic in found.diagnostics] == ["note-without-marker", "marker-without-note"]


GOLD = sorted((SHARED / "gold").glob("seeds/*.json")) + sorted((SHARED / "gold").glob("merge/*.json"))


@pytest.mark.skipif(not GOLD, reason=f"no gold at {SHARED} (set CITEKIT_SHARED)")
@pytest.mark.parametrize("file", GOLD, ids=lambda file: file.stem)
def test_gold(file: Path) -> None:
    gold = json.loads(file.read_text(encoding="utf-8"))
    folders = [SHARED / "seeds", SHARED / "documents", SHARED / "documents" / "merge"]
    source = next(folder / gold["document"] for folder in folders if (folder / gold["document"]).exists())
    document = read(source)
    found = find_notes(document)
    check(document, found)
    wanted = [note for note in gold["notes"] if not note.get("optional")]
    assert [(note.label, note.span.start) for note in found.notes][: len(wanted)] == [
        (note["label"], note["span"][0]) for note in wanted
    ]
    assert [list(map(list, note.markers)) for note in found.notes][: len(wanted)] == [n["markers"] for n in wanted]
    lone = [(marker.label, list(marker.span)) for marker in found.markers_without_note]
    assert sorted(lone) == sorted((marker["label"], marker["span"]) for marker in gold["markers_without_note"])
