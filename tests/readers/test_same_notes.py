"""One essay in every format that pandoc writes: the same notes, called at the same words."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from citekit import extract
from citekit.notes import find_notes
from citekit.readers import read
from citekit.readers.pandoc import pandoc_path

ESSAY = """# The mills

The mill stood on the Aire.[^1] It burnt in the winter of 1819,[^2] and nobody rebuilt it.[^3]

## The town

The town was poor.[^4]

[^1]: John Mills, *Fire on the Aire* (London: Hall, 1820), 3.
[^2]: Ibid., 14–15; see also Anna Lee, "The Price of Steel", *Northern History* 12 (1994): 201–30.

[^3]: The parish books say nothing of it.

    But compare Anna Lee, *Steel* (York: Ward, 1999), 9.

[^4]: Lee, *Steel*, 11.
"""
WRITERS = {
    "docx": "docx",
    "odt": "odt",
    "epub": "epub",
    "rtf": "rtf",
    "tex": "latex",
    "wiki": "mediawiki",
    "rst": "rst",
    "html": "html",
    "xml": "tei",
    "jats": "jats_archiving",
}
CALLED = ["Aire.", "1819,", "it.", "poor."]


def plain(words: str) -> str:
    """Words without Markdown's asterisks, with straight quotation marks and single spaces."""
    for curly, straight in (("“", '"'), ("”", '"'), ("*", ""), ("--", "–")):
        words = words.replace(curly, straight)
    return " ".join(words.split())


@pytest.fixture(scope="module")
def essay(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if pandoc_path() is None:
        pytest.skip("pandoc is missing; install the extra: pip install 'citekit-references[office]'")
    path = tmp_path_factory.mktemp("essay") / "essay.md"
    path.write_text(ESSAY, encoding="utf-8")
    return path


@pytest.mark.parametrize("extension", WRITERS)
def test_the_notes_are_the_same_in_every_format(essay: Path, extension: str) -> None:
    written = essay.with_suffix(f".{extension}")
    subprocess.run(
        [pandoc_path(), "--standalone", "--wrap=none", f"--to={WRITERS[extension]}", f"--output={written}", essay],
        check=True,
        capture_output=True,
    )
    document, source = read(written), read(essay)
    notes, expected = find_notes(document).notes, find_notes(source).notes
    assert [(note.label, plain(note.text)) for note in notes] == [(note.label, plain(note.text)) for note in expected]
    for note, word in zip(notes, CALLED, strict=True):
        (marker,) = note.markers
        assert document.text[: marker.start].rstrip("[").split()[-1] == word
        assert document.text[slice(*marker)] == note.label


def test_word_and_markdown_give_the_same_citations_and_works(essay: Path) -> None:
    written = essay.with_suffix(".docx")
    subprocess.run([pandoc_path(), f"--output={written}", essay], check=True, capture_output=True)
    one, two = extract(essay), extract(written)
    assert [work.item for work in one.works] == [work.item for work in two.works]
    for ours, theirs in zip(one.citations, two.citations, strict=True):
        assert plain(ours.text) == plain(theirs.text)
        assert (ours.form, ours.works, ours.locator) == (theirs.form, theirs.works, theirs.locator)


@pytest.mark.parametrize("name", ["getty-grj19-baghdad", "michelangelo-rezeption-de"])
def test_a_thesis_in_word_gives_what_it_gives_in_markdown(shared: Path, name: str) -> None:
    if pandoc_path() is None:
        pytest.skip("pandoc is missing; install the extra: pip install 'citekit-references[office]'")
    one = extract(shared / "documents" / f"{name}.md")
    two = extract(shared / "documents" / f"{name}.pandoc.docx")
    assert [note.label for note in one.notes] == [note.label for note in two.notes]
    assert [(c.form, c.works) for c in one.citations] == [(c.form, c.works) for c in two.citations]
    assert [work.citations for work in one.works] == [work.citations for work in two.works]


@pytest.mark.parametrize(
    ("name", "kind", "count"),
    [
        ("tawney-religion-and-capitalism.html", "endnote", 436),
        ("frus-history.tei.xml", "footnote", 1081),
        ("wikipedia-article.html", "endnote", 72),
        ("isaw-26-campbell-wang.xhtml", "endnote", 1),
    ],
)
def test_every_note_of_a_long_document_is_found_with_its_marker(shared: Path, name: str, kind: str, count: int) -> None:
    found = find_notes(read(shared / "documents" / name))
    notes = [note for note in found.notes if note.kind.value == kind]
    assert len(notes) == count
    assert all(note.markers for note in notes)
    assert not found.markers_without_note


def test_every_reference_of_a_page_keeps_its_archived_copy_and_the_day_of_access(shared: Path) -> None:
    found = extract(shared / "documents" / "wikipedia-article.html")
    items = {
        note.id: [citation.item for citation in found.citations if citation.note == note.id] for note in found.notes
    }
    archived = [items[note.id] for note in found.notes if "Archived from" in note.text]
    accessed = [items[note.id] for note in found.notes if "Retrieved" in note.text]
    assert (len(found.notes), len(archived), len(accessed)) == (72, 4, 55)  # counted on the page
    assert all(
        any({"archive-url", "archive-date"} <= item.get("custom", {}).keys() for item in cited) for cited in archived
    )
    assert all(any("accessed" in item for item in cited) for cited in accessed)
    assert [note.label for note in found.notes if not items[note.id]] == ["1"], "a remark"
