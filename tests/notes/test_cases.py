"""Every case in `cases/`: a title, a text as printed, and its notes.

A case has three fields, each closed by a line with a full stop alone. The notes: `label | markers | words`, one a
line; `-` for no label, `//` where a page break parts the words; `lone | label` for a marker without note. In the text
`<FF>` is a form feed and `<CR>` a carriage return.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from citekit.model import Document
from citekit.notes import FoundNotes, find_notes
from citekit.readers import from_text

CASES = Path(__file__).parent / "cases"


def load(file: Path) -> list[tuple[str, str, str]]:
    fields: list[str] = []
    lines: list[str] = []
    for line in file.read_text(encoding="utf-8").splitlines():
        if line == ".":
            fields.append("\n".join(lines).strip("\n"))
            lines = []
        else:
            lines.append(line)
    assert len(fields) % 3 == 0, f"{file.name}: a case has a title, a text and its notes"
    return list(zip(fields[::3], fields[1::3], fields[2::3], strict=True))


ALL = [
    pytest.param(file, text, expected, id=f"{file.stem}: {title}")
    for file in sorted(CASES.iterdir())
    for title, text, expected in load(file)
]


def shown(document: Document, found: FoundNotes) -> str:
    lines = []
    for note in found.notes:
        words = " // ".join(" ".join(document.text[part.start : part.end].split()) for part in note.parts)
        lines.append(f"{note.label or '-'} | {len(note.markers)} | {words}")
    lines += [f"lone | {marker.label}" for marker in found.markers_without_note]
    return "\n".join(lines)


@pytest.mark.parametrize(("file", "text", "expected"), ALL)
def test_notes_of_a_printed_text(file: Path, text: str, expected: str) -> None:
    text = text.replace("<FF>", "\f").replace("<CR>", "\r")
    media_type = "text/markdown" if file.suffix == ".md" else "text/plain"
    document = from_text(text, media_type=media_type)
    assert shown(document, find_notes(document)) == expected


def test_there_are_cases() -> None:
    assert len(ALL) > 25
