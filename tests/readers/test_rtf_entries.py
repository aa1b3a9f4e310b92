"""Rich text, cited with Zotero, Mendeley or EndNote: the same citations and works as from Word's file."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from citekit import extract
from citekit.model import Extraction
from citekit.readers.pandoc import pandoc_path
from tests.readers.citations_told import told, works_told
from tests.readers.manuscripts import cited, field, run, word_file

pytestmark = pytest.mark.skipif(
    pandoc_path() is None, reason="pandoc is missing: pip install 'citekit-references[office]'"
)

MILLS = {
    "id": "MILLS",
    "type": "book",
    "title": "Fire on the Aire",
    "publisher": "Hall & Söhne",
    "author": [{"family": "Mills", "given": "John"}],
    "issued": {"date-parts": [["1820"]]},
}
LEE = {
    "id": "LEE",
    "type": "article-journal",
    "title": "“The” Price {of} Steel – 鋼",
    "container-title": "Northern \\ History",
    "author": [{"family": "Lee", "given": "Anna"}],
    "issued": {"date-parts": [["1994", 5]]},
}
ENDNOTE = (
    "<EndNote><Cite><Author>Mills</Author><Year>1820</Year><RecNum>7</RecNum><Pages>33-35</Pages><record>"
    '<rec-number>7</rec-number><foreign-keys><key app="EN" db-id="abc">7</key></foreign-keys><ref-type name="Book">6'
    "</ref-type><contributors><authors><author>Mills, John</author></authors></contributors>"
    "<titles><title>Fire on the Aire</title></titles><dates><year>1820</year></dates></record></Cite></EndNote>"
)
WORDS_OF_WORD = {"“": r"\ldblquote ", "”": r"\rdblquote ", "’": r"\rquote ", "–": r"\endash "}


def rich(words: str) -> str:
    """Words as Word writes them in rich text, with a line's end in the midst of long ones, which means nothing."""
    signs = [
        WORDS_OF_WORD.get(sign)
        or (rf"\u{ord(sign) if ord(sign) < 0x8000 else ord(sign) - 0x10000}\'3f" if ord(sign) > 0x7E else sign)
        for sign in re.sub(r"[\\{}]", lambda found: "\\" + found[0], words)
    ]
    return "".join(f"{sign}\r\n" if number % 97 == 96 and sign == "," else sign for number, sign in enumerate(signs))


def rich_field(instruction: str, printed: str, *, stored: str = "") -> str:
    """A field as Word writes it: the instruction in runs, `printed` as rich text."""
    kept = rf"{{\rtlch {{\*\datafield {stored.encode().hex()}}}}}" if stored else ""
    middle = instruction.find(" ", len(instruction) // 2)
    first, second = (instruction[:middle], instruction[middle:]) if middle > 0 else (instruction, "")
    return (
        rf"{{\field\fldedit{{\*\fldinst {{\rtlch\fcs1 \af0 \ltrch  {rich(first)}}}{{\rtlch {rich(second)}}}{kept}}}"
        rf"{{\fldrslt {{\rtlch\noproof {printed}}}}}}}"
    )


def rich_text(path: Path, *paragraphs: str) -> Path:
    head = r"{\rtf1\ansi\ansicpg1252\uc1\deff0{\fonttbl{\f0\froman\fcharset0 Times;}}\ftnstart1"
    path.write_bytes((head + "".join(rf"\pard\plain {words}\par " for words in paragraphs) + "}").encode("ascii"))
    return path


def note(words: str) -> str:
    return rf"{{\super\chftn{{\footnote\pard\plain {{\super\chftn}} {words}}}}}"


def from_both(path: Path, instructions: Sequence[tuple[str, str]], *, in_notes: bool) -> tuple[Extraction, Extraction]:
    """The same citations in a Word file and in rich text, in the text or in a note each."""
    leap = "The mill burnt. "
    fields = [field(instruction, printed) for instruction, printed in instructions]
    body = "".join(run(leap) + (f"NOTE{n}" if in_notes else one) for n, one in enumerate(fields, 1))
    word = word_file(path / "essay.docx", body, fields if in_notes else ())
    rich_fields = [rich_field(instruction, rich(printed)) for instruction, printed in instructions]
    words = "".join(leap + (note(one) if in_notes else one) for one in rich_fields)
    return extract(word), extract(rich_text(path / "essay.rtf", words))


def csl(*items: dict[str, object], **more: object) -> str:
    return json.dumps({"citationItems": list(items), **more}, ensure_ascii=False)


@pytest.mark.parametrize("in_notes", [True, False], ids=["in notes", "in the text"])
def test_the_same_citations_and_works_as_from_word(tmp_path: Path, in_notes: bool) -> None:
    zotero, mendeley = "ADDIN ZOTERO_ITEM CSL_CITATION ", "ADDIN CSL_CITATION "
    from_word, from_rich_text = from_both(
        tmp_path,
        [
            (zotero + csl(cited(MILLS, locator="3", prefix="See")), "See John Mills, Fire on the Aire (Hall, 1820), 3"),
            (zotero + csl(cited(LEE, locator="205–6"), cited(MILLS)), "Lee, “Price,” 205–6; Mills, Fire"),
            (mendeley + csl(cited(LEE), mendeley={"formattedCitation": "(Lee, 1994)"}), "(Lee, 1994)"),
            (f"ADDIN EN.CITE {ENDNOTE}", "(Mills 1820, 33–35)"),
        ],
        in_notes=in_notes,
    )
    assert told(from_rich_text) == told(from_word)
    assert works_told(from_rich_text) == works_told(from_word)
    assert [work.item for work in from_rich_text.works] == [work.item for work in from_word.works]
    assert {one.keyed.keeper for one in from_rich_text.citations if one.keyed} == {"zotero", "mendeley", "endnote"}
    assert LEE["title"] in {work.title for work in from_rich_text.works}


def test_an_ibid_of_the_program_is_not_the_citation_before_it(tmp_path: Path) -> None:
    first = rich_field(f"ADDIN ZOTERO_ITEM CSL_CITATION {csl(cited(MILLS))}", r"John Mills, {\i Fire on the Aire}, 3.")
    later = rich_field(f"ADDIN ZOTERO_ITEM CSL_CITATION {csl(cited(MILLS, locator='7'))}", "Ibid., 7.")
    body = f"Leap.{note(first)} Leap.{note('Anna Ward, Steel (York: Hall, 1999), 9.')} Leap.{note(later)}"
    extraction = extract(rich_text(tmp_path / "essay.rtf", body))
    assert [one.label for one in extraction.notes] == ["1", "2", "3"]
    assert told(extraction)[-1] == "Ibid., 7 → Fire on the Aire, page 7 (ibid)"
    italics = [
        extraction.document.text[slice(*hint.span)] for hint in extraction.document.hints if hint.kind == "emphasis"
    ]
    assert italics == ["Fire on the Aire"]


@pytest.mark.parametrize("twice", [False, True], ids=["its XML", "in base64"])
def test_endnotes_entry_beside_the_instruction(tmp_path: Path, twice: bool) -> None:
    import base64

    stored = base64.b64encode(ENDNOTE.encode()).decode() if twice else ENDNOTE
    inner = rich_field("ADDIN EN.CITE.DATA", "", stored=stored)
    outer = rf"{{\field{{\*\fldinst {{ ADDIN EN.CITE }}{inner}}}{{\fldrslt (Mills 1820, 33-35)}}}}"
    extraction = extract(rich_text(tmp_path / "essay.rtf", f"It burnt {outer}."))
    assert told(extraction) == ["Mills 1820, 33-35 → Fire on the Aire, page 33-35 (short)"]
    assert extraction.document.text == "It burnt (Mills 1820, 33-35)."


def test_the_programs_list_of_works_with_an_address_in_it(tmp_path: Path) -> None:
    address = r'{\field{\*\fldinst {HYPERLINK "https://a.org/x"}}{\fldrslt {\ul https://a.org/x}}}'
    listed = rf"Mills, John. {{\i Fire on the Aire}}, 1820.\par Lee, Anna. \ldblquote Steel.\rdblquote  {address}.\par "
    citation = rich_field(f"ADDIN ZOTERO_ITEM CSL_CITATION {csl(cited(MILLS))}", "(Mills 1820)")
    bibliography = rf"{{\field{{\*\fldinst ADDIN ZOTERO_BIBL \{{\}} CSL_BIBLIOGRAPHY}}{{\fldrslt {listed}}}}}"
    extraction = extract(rich_text(tmp_path / "essay.rtf", f"It burnt {citation}.", bibliography))
    assert [(one.kind, one.text) for one in extraction.notes] == [
        ("reference", "Mills, John. Fire on the Aire, 1820."),
        ("reference", "Lee, Anna. “Steel.” https://a.org/x."),
    ]
    assert extraction.citations[0].works == extraction.citations[1].works


def test_what_is_damaged_falls_back_to_the_words(tmp_path: Path) -> None:
    damaged = rich_field('ADDIN ZOTERO_ITEM CSL_CITATION {"citationItems": [{', "John Mills, Fire (London, 1820), 3")
    empty = rich_field("ADDIN EN.CITE", "Anna Lee, Steel (York, 1994), 5", stored="no digits")
    page = r"{\field{\*\fldinst PAGE}{\fldrslt 7}}"
    extraction = extract(rich_text(tmp_path / "essay.rtf", f"It burnt.{note(damaged)} Page {page}.{note(empty)}"))
    text = extraction.document.text
    assert [one.text for one in extraction.notes] == [
        "John Mills, Fire (London, 1820), 3",
        "Anna Lee, Steel (York, 1994), 5",
    ]
    assert "Page 7." in text
    unreadable = [one for one in extraction.diagnostics if one.code == "citation-field-unreadable"]
    assert [text[slice(*one.span)] for one in unreadable if one.span] == [one.text for one in extraction.notes]
    assert [one.keyed for one in extraction.citations] == [None, None]


def test_a_file_that_ends_in_a_field_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    whole = f"It burnt {rich_field(f'ADDIN ZOTERO_ITEM CSL_CITATION {csl(cited(MILLS))}', '(Mills 1820)')}"
    path = rich_text(tmp_path / "essay.rtf", whole)
    content = path.read_bytes()
    for length in range(content.index(rb"\field"), len(content), 23):
        path.write_bytes(content[:length])
        assert extract(path).document.text.startswith("It burnt")
