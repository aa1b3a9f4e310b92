"""Notes of manuscripts as the word processor prints them: labels, kinds, marks of the author's own, tracked changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from citekit import extract
from citekit.notes import find_notes
from citekit.readers import read
from citekit.readers.pandoc import pandoc_path
from tests.readers.manuscripts import call, open_document, run, word_file

pytestmark = pytest.mark.skipif(pandoc_path() is None, reason="pandoc is missing: install the extra 'office'")

MILLS = "John Mills, Fire on the Aire (London: Hall, 1820), 3."
LEE = "Anna Lee, Steel (York: Ward, 1999), 9."
IBID = "Ibid., 14."
CHANGE = 'w:id="90" w:author="A" w:date="2024-01-01T00:00:00Z"'


def notes_of(path: Path) -> list[tuple[str | None, str, str]]:
    """Each note's label, its words, and the word that calls it, with the kind where it is no footnote."""
    document = read(path)
    found = []
    for note in find_notes(document).notes:
        called = [document.text[: marker.start].rstrip("[").split()[-1] for marker in note.markers]
        kind = "" if note.kind.value == "footnote" else f" ({note.kind.value})"
        found.append((note.label, note.text, " ".join(called) + kind))
    return found


def in_word(path: Path, body: str | list[str], notes: list[str], **parts: object) -> list[tuple[str | None, str, str]]:
    notes = [runs if runs.startswith("<w:") else run(runs) for runs in notes]
    return notes_of(word_file(path / "essay.docx", body, notes, **parts))  # type: ignore[arg-type]


def test_footnotes_and_endnotes_are_counted_by_themselves(tmp_path: Path) -> None:
    body = run("Wool") + "NOTE1" + run(" steel") + "END1" + run(" fire") + "NOTE2" + run(" rain") + "END2"
    essay = word_file(tmp_path / "essay.docx", body, [run(MILLS), run(IBID)], endnotes=[run("MS 12."), run(LEE)])
    assert notes_of(essay) == [
        ("1", MILLS, "Wool"),
        ("2", IBID, "fire"),
        ("i", "MS 12.", "steel (endnote)"),
        ("ii", LEE, "rain (endnote)"),
    ]
    ibid = next(citation for citation in extract(essay).citations if citation.form == "ibid")
    assert extract(essay).works[0].citations == ("c1", ibid.id), "the footnote before it, not the endnote between them"


def test_an_authors_own_mark_is_the_label_and_is_not_counted(tmp_path: Path) -> None:
    thanks = f"<w:p><w:r><w:t>*</w:t></w:r>{run(' I thank the readers.')}</w:p>"
    doubled = f"<w:p><w:r><w:t>†</w:t></w:r>{run('† ')}{run('A remark.')}</w:p>"  # LibreOffice, out of Word
    body = [run("Title") + call(1, mark="*"), run("Wool") + "NOTE2" + run(" fire") + call(3, mark="†")]
    assert in_word(tmp_path, body, [thanks, MILLS, doubled]) == [
        ("*", "I thank the readers.", "Title"),
        ("1", MILLS, "Wool"),
        ("†", "A remark.", "fire"),
    ]


def test_google_docs_says_that_no_mark_is_the_authors_own(tmp_path: Path) -> None:
    body = run("Wool") + '<w:r><w:footnoteReference w:customMarkFollows="0" w:id="1"/></w:r>' + run(" fire") + "NOTE2"
    assert in_word(tmp_path, body, [MILLS, IBID]) == [("1", MILLS, "Wool"), ("2", IBID, "fire")]


@pytest.mark.parametrize(
    ("said", "labels"),
    [
        ("", ["1", "2", "3"]),
        ('<w:numFmt w:val="chicago"/>', ["*", "†", "‡"]),
        ('<w:numFmt w:val="lowerLetter"/><w:numStart w:val="26"/>', ["z", "aa", "bb"]),
        ('<w:numFmt w:val="upperRoman"/><w:numStart w:val="8"/>', ["VIII", "IX", "X"]),
        ('<w:numRestart w:val="eachSect"/>', ["1", "2", "1"]),
        ('<w:numRestart w:val="eachPage"/>', ["1", "2", "1"]),
    ],
)
def test_numbers_have_the_form_and_the_beginnings_that_the_document_says(
    tmp_path: Path, said: str, labels: list[str]
) -> None:
    section = "<w:pPr><w:sectPr/></w:pPr>"
    body = [
        section + run("Wool") + "NOTE1" + run(" steel") + "NOTE2",
        "<w:r><w:lastRenderedPageBreak/></w:r>" + run("fire") + "NOTE3",
        "<w:sectPr/>",
    ]
    settings = f"<w:footnotePr>{said}</w:footnotePr>"
    assert in_word(tmp_path, body, [MILLS, IBID, LEE], settings=settings) == [
        (labels[0], MILLS, "Wool"),
        (labels[1], IBID, "steel"),
        (labels[2], LEE, "fire"),
    ]


def test_a_section_says_how_its_own_notes_are_counted(tmp_path: Path) -> None:
    anew = '<w:sectPr><w:footnotePr><w:numFmt w:val="{}"/><w:numRestart w:val="eachSect"/></w:footnotePr></w:sectPr>'
    body = [
        f"<w:pPr>{anew.format('lowerRoman')}</w:pPr>" + run("Preface") + "NOTE1",
        run("Wool") + "NOTE2" + run(" fire") + "NOTE3",
        anew.format("decimal"),
    ]
    assert [label for label, *_ in in_word(tmp_path, body, [LEE, MILLS, IBID])] == ["i", "1", "2"]


def test_what_a_tracked_change_has_taken_away_is_no_note(tmp_path: Path) -> None:
    deleted = f"<w:del {CHANGE}><w:r><w:delText> down</w:delText></w:r>{call(2)}</w:del>"
    moved = f"<w:moveFrom {CHANGE}>{run(' Moved')}{call(3)}</w:moveFrom>"
    here = f"<w:moveTo {CHANGE}>{run(' Moved')}{call(4)}</w:moveTo>"
    changed = (
        f"<w:p>{run('John Mills, Fire (London: Hall, ')}<w:del {CHANGE}><w:r><w:delText>1819</w:delText></w:r></w:del>"
        f"<w:ins {CHANGE}>{run('1820')}</w:ins>{run('), 3.')}</w:p>"
    )
    body = [run("Wool") + "NOTE1" + deleted + moved, run("Fire") + here, run("rain") + "NOTE5"]
    assert in_word(tmp_path, body, [changed, "Gone.", LEE, LEE, IBID]) == [
        ("1", "John Mills, Fire (London: Hall, 1820), 3.", "Wool"),
        ("2", LEE, "Moved"),
        ("3", IBID, "rain"),
    ]


def test_a_text_box_leaves_the_paragraph_that_holds_it(tmp_path: Path) -> None:
    office = "http://schemas.openxmlformats.org/"
    box = (
        f'<w:r><mc:AlternateContent xmlns:mc="{office}markup-compatibility/2006">'
        '<mc:Choice Requires="wps">BOX</mc:Choice>'
        '<mc:Fallback><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>'
        f"<w:txbxContent><w:p>{run('Boxed words.')}</w:p></w:txbxContent>"
        "</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    ).replace("BOX", f"<w:drawing><w:txbxContent><w:p>{run('Boxed words.')}</w:p></w:txbxContent></w:drawing>")
    essay = word_file(tmp_path / "essay.docx", run("Wool ") + box + run("and fire.") + "NOTE1", [run(MILLS)])
    assert read(essay).text == f"Wool and fire.[1]\n\nBoxed words.\n\n[1] {MILLS}"
    assert notes_of(essay) == [("1", MILLS, "fire.")]


def test_a_note_in_a_table_and_one_of_several_paragraphs(tmp_path: Path) -> None:
    table = f"<w:tbl><w:tr><w:tc><w:p>{run('Wool')}NOTE1</w:p></w:tc><w:tc><w:p>{run('12')}</w:p></w:tc></w:tr></w:tbl>"
    longer = f"<w:p><w:r><w:footnoteRef/></w:r>{run(' ' + MILLS)}</w:p><w:p>{run(LEE)}</w:p>"
    assert in_word(tmp_path, [table, run("Fire") + "NOTE2"], [LEE, longer]) == [
        ("1", LEE, "Wool"),
        ("2", f"{MILLS}\n\n{LEE}", "Fire"),
    ]


def test_a_note_called_again_by_its_number_has_two_markers(tmp_path: Path) -> None:
    def reference(switch: str) -> str:
        return "".join(
            f"<w:r>{piece}</w:r>"
            for piece in (
                '<w:fldChar w:fldCharType="begin"/>',
                f"<w:instrText> NOTEREF _Ref7 {switch}</w:instrText>",
                '<w:fldChar w:fldCharType="separate"/>',
                "<w:t>1</w:t>",
                '<w:fldChar w:fldCharType="end"/>',
            )
        )

    marked = '<w:bookmarkStart w:id="7" w:name="_Ref7"/>NOTE1<w:bookmarkEnd w:id="7"/>'
    body = run("Wool") + marked + run(" fire") + reference(r"\f \h") + run(" (see note ") + reference(r"\h") + run(")")
    ((label, words, called),) = in_word(tmp_path, body, [MILLS])
    assert (label, words, called) == ("1", MILLS, "Wool fire")


def open_note(label: str, words: str, *, kind: str = "footnote", own: bool = False) -> str:
    """A note as LibreOffice saves it: with the label that it printed."""
    stated = f' text:label="{label}"' if own else ""
    return (
        f'<text:note text:note-class="{kind}"><text:note-citation{stated}>{label}</text:note-citation>'
        f"<text:note-body><text:p>{words}</text:p></text:note-body></text:note>"
    )


def test_notes_of_an_open_document_keep_the_labels_that_are_printed(tmp_path: Path) -> None:
    boxed = f"<draw:frame><draw:text-box><text:p>Boxed{open_note('3', LEE)}</text:p></draw:text-box></draw:frame>"
    deleted = (
        "<text:tracked-changes><text:changed-region><text:deletion>"
        f"<text:p>gone{open_note('2', 'Gone.')}</text:p></text:deletion></text:changed-region></text:tracked-changes>"
    )
    essay = open_document(
        tmp_path / "essay.odt",
        [
            deleted,
            "Title" + open_note("*", "* I thank the readers.", own=True),
            "Wool" + open_note("1", MILLS) + " steel" + open_note("i", "MS 12.", kind="endnote"),
            "Fire" + open_note("2", IBID) + boxed + " rain",
        ],
    )
    assert notes_of(essay) == [
        ("*", "I thank the readers.", "Title"),
        ("1", MILLS, "Wool"),
        ("2", IBID, "Fire"),
        ("3", LEE, "Boxed"),
        ("i", "MS 12.", "steel (endnote)"),
    ]
    assert " rain" in read(essay).text
