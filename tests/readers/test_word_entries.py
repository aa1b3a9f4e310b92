"""Manuscripts cited with Zotero, Mendeley or EndNote: the work is the one of the entry, whatever is printed."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from citekit import extract
from citekit.readers.pandoc import pandoc_path
from tests.readers.citations_told import told, works_told
from tests.readers.manuscripts import cited, field, mark, open_document, run, word_file, zotero

pytestmark = pytest.mark.skipif(
    pandoc_path() is None, reason="pandoc is missing: pip install 'citekit-references[office]'"
)

MILLS = {
    "id": "MILLS",
    "type": "book",
    "title": "Fire on the Aire",
    "publisher": "Hall",
    "author": [{"family": "Mills", "given": "John"}],
    "issued": {"date-parts": [["1820"]]},
}
LEE = {
    "id": "LEE",
    "type": "article-journal",
    "title": "The Price of Steel",
    "container-title": "Northern History",
    "volume": 12,
    "page": "201-30",
    "author": [{"family": "Lee", "given": "Anna"}],
    "issued": {"date-parts": [["1994", 5]]},
}
ENDNOTE = (
    "<EndNote><Cite><Author>Mills</Author><Year>1820</Year><RecNum>7</RecNum>{pages}<record><rec-number>7</rec-number>"
    '<foreign-keys><key app="EN" db-id="abc">7</key></foreign-keys><ref-type name="Book">6</ref-type><contributors>'
    '<authors><author><style face="normal">Mills, John</style></author></authors></contributors>'
    "<titles><title>Fire on the Aire</title></titles><dates><year>1820</year></dates>"
    "<pub-location>York</pub-location><publisher>Hall</publisher></record></Cite></EndNote>"
)


def test_zotero_in_footnotes_and_in_the_text(tmp_path: Path) -> None:
    lee = "Anna Lee, “The Price of Steel,” Northern History 12 (1994): 201–30, at 205"
    printed = f"See J. Mills, Fire on the Aire (Hall, 1820), 3; {lee}."
    notes = [
        zotero(printed, cited(MILLS, locator="3", prefix="See"), cited(LEE, locator="205")),
        zotero("Ibid., 7–8.", cited(MILLS, locator="7–8", label="page")),
        run("The parish books say nothing; compare Anna Ward, ")
        + run("Steel", italic=True)
        + run(" (York: Hall, 1999), 9, and ")
        + zotero("Mills, Fire, fol. 4r", cited(MILLS, locator="4r", label="folio"))
        + run("."),
    ]
    body = run("The mill burnt.") + "NOTE1" + run(" Nobody rebuilt it.") + "NOTE2" + run(" It was old.") + "NOTE3"
    body += run(" So much is known ") + zotero("(Lee 1994; Mills 1820, 3)", cited(MILLS, locator="3"), cited(LEE))
    extraction = extract(word_file(tmp_path / "essay.docx", body, notes))
    assert told(extraction) == [
        "Lee 1994 → The Price of Steel (short)",
        "Mills 1820, 3 → Fire on the Aire, page 3 (short)",
        "[See] J. Mills, Fire on the Aire (Hall, 1820), 3 → Fire on the Aire, page 3 (full)",
        f"{lee} → The Price of Steel, page 205 (full)",
        "Ibid., 7–8 → Fire on the Aire, page 7-8 (ibid)",
        "[compare] Anna Ward, Steel (York: Hall, 1999), 9 → Steel, page 9 (full)",
        "Mills, Fire, fol. 4r → Fire on the Aire, folio 4r (short)",
    ]
    ibid = extraction.citations[4]
    assert ibid.resolution is not None
    assert (ibid.resolution.antecedent, ibid.resolution.method) == (extraction.citations[2].id, "citation-key")
    assert ibid.keyed is not None
    assert (ibid.keyed.keeper, ibid.keyed.key) == ("zotero", "http://zotero.org/users/1/items/MILLS")
    assert ibid.item["issued"] == {"date-parts": [[1820]]}
    assert set(ibid.field_confidence.values()) == {1.0}


def test_an_ibid_of_the_program_is_not_the_citation_before_it(tmp_path: Path) -> None:
    notes = [
        zotero("John Mills, Fire on the Aire (Hall, 1820), 3.", cited(MILLS)),
        run("Anna Ward, Steel (York: Hall, 1999), 9."),
        zotero("Ibid., 7.", cited(MILLS, locator="7")),  # the author put a note between, and did not refresh
    ]
    body = "".join(run("Leap.") + f"NOTE{number}" for number in (1, 2, 3))
    assert (
        told(extract(word_file(tmp_path / "essay.docx", body, notes)))[-1]
        == "Ibid., 7 → Fire on the Aire, page 7 (ibid)"
    )


def test_numbers_in_brackets_are_works_of_their_own(tmp_path: Path) -> None:
    body = run("It burnt ") + zotero("[1, 2]", cited(MILLS), cited(LEE)) + run(".")
    assert told(extract(word_file(tmp_path / "essay.docx", body))) == [
        "1 → Fire on the Aire (short)",
        "2 → The Price of Steel (short)",
    ]


def test_works_printed_under_one_name_share_its_words(tmp_path: Path) -> None:
    second = {**MILLS, "id": "LATER", "title": "Water on the Aire", "issued": {"date-parts": [[1821]]}}
    body = zotero("(Mills 1820, 1821; Lee 1994)", cited(MILLS), cited(second), cited(LEE))
    assert told(extract(word_file(tmp_path / "essay.docx", body))) == [
        "Mills 1820, 1821 → Fire on the Aire (short)",
        "Mills 1820, 1821 → Water on the Aire (short)",
        "Lee 1994 → The Price of Steel (short)",
    ]


def test_the_programs_list_of_works_needs_no_heading(tmp_path: Path) -> None:
    listed = field("ADDIN ZOTERO_BIBL {} CSL_BIBLIOGRAPHY", run("Mills, John. ") + run("Fire on the Aire", italic=True))
    body = [run("It burnt ") + zotero("(Mills 1820)", cited(MILLS)) + run("."), listed]
    extraction = extract(word_file(tmp_path / "essay.docx", body))
    assert [(note.kind, note.text) for note in extraction.notes] == [("reference", "Mills, John. Fire on the Aire")]
    assert extraction.citations[0].works == extraction.citations[1].works


def test_each_paragraph_of_the_programs_list_is_an_entry(tmp_path: Path) -> None:
    sign = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    begin = sign.format("begin") + "<w:r><w:instrText>ADDIN ZOTERO_BIBL {} CSL_BIBLIOGRAPHY</w:instrText></w:r>"
    begin += sign.format("separate")
    entries = [run("Lee, Anna. ") + run("Steel", italic=True) + run(", 1994."), run("Mills, John. Fire on the Aire.")]
    body = [run("It burnt."), begin + entries[0], entries[1] + sign.format("end")]
    extraction = extract(word_file(tmp_path / "essay.docx", body))
    assert [(note.kind, note.text) for note in extraction.notes] == [
        ("reference", "Lee, Anna. Steel, 1994."),
        ("reference", "Mills, John. Fire on the Aire."),
    ]


def test_mendeley_in_a_content_control_and_in_a_field(tmp_path: Path) -> None:
    entry = json.dumps({"citationItems": [cited(LEE, locator="205")], "mendeley": {"formattedCitation": "x"}})
    words = run("(Lee, 1994, p. 205)")
    tag = f"MENDELEY_CITATION_v3_{base64.b64encode(entry.encode()).decode()}"
    control = f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/></w:sdtPr><w:sdtContent>{words}</w:sdtContent></w:sdt>'
    body = run("It cost ") + control + run(" and ") + field(f"ADDIN CSL_CITATION {entry}", "(Lee, 1994)") + run(".")
    extraction = extract(word_file(tmp_path / "essay.docx", body))
    assert told(extraction) == [
        "Lee, 1994, p. 205 → The Price of Steel, page 205 (short)",
        "Lee, 1994 → The Price of Steel, page 205 (short)",
    ]
    assert {citation.keyed.keeper for citation in extraction.citations if citation.keyed} == {"mendeley"}


def test_endnote_in_the_instruction_and_beside_it(tmp_path: Path) -> None:
    entry = ENDNOTE.format(pages="<Pages>33-35</Pages>")
    body = run("It burnt ") + field(f"ADDIN EN.CITE {entry}", "(Mills 1820, 33-35)") + run(" and burnt ")
    body += field("ADDIN EN.CITE", "(Mills 1820)", stored=ENDNOTE.format(pages="")) + run(".")
    extraction = extract(word_file(tmp_path / "essay.docx", body))
    assert told(extraction) == [
        "Mills 1820, 33-35 → Fire on the Aire, page 33-35 (short)",
        "Mills 1820 → Fire on the Aire (short)",
    ]
    (work,) = extraction.works
    assert work.item == {
        "type": "book",
        "author": [{"family": "Mills", "given": "John"}],
        "title": "Fire on the Aire",
        "publisher-place": "York",
        "publisher": "Hall",
        "issued": {"date-parts": [[1820]]},
    }


SOURCES = (
    "<b:Source><b:Tag>Mil20</b:Tag><b:SourceType>Book</b:SourceType><b:Title>Fire on the Aire</b:Title>"
    "<b:Year>1820</b:Year><b:City>York</b:City><b:Publisher>Hall</b:Publisher><b:Author><b:Author><b:NameList><b:Person>"
    "<b:Last>Mills</b:Last><b:First>John</b:First></b:Person></b:NameList></b:Author></b:Author></b:Source>"
    "<b:Source><b:Tag>Aire</b:Tag><b:SourceType>InternetSite</b:SourceType><b:Title>The Mill</b:Title>"
    "<b:URL>http://a.org</b:URL><b:Author><b:Author><b:Corporate>Aire Society</b:Corporate></b:Author></b:Author>"
    "<b:YearAccessed>2010</b:YearAccessed></b:Source>"
)


def test_words_own_citations(tmp_path: Path) -> None:
    body = run("It burnt ") + field(r"CITATION Mil20 \l 1033 \p 33", "(Mills, 1820, p. 33)") + run(" and ")
    body += field(r"CITATION Mil20 \l 1033 \m Aire", "(Mills, 1820; Aire Society)") + run(", or ")
    body += field(r"CITATION Gone \l 1033", "(Gone, 1999)") + run(".")
    extraction = extract(word_file(tmp_path / "essay.docx", body, sources=SOURCES))
    assert told(extraction) == [
        "Mills, 1820, p. 33 → Fire on the Aire, page 33 (short)",
        "Mills, 1820 → Fire on the Aire (short)",
        "Aire Society → The Mill (short)",
    ]
    mills, site = extraction.works
    assert mills.item == {
        "type": "book",
        "title": "Fire on the Aire",
        "publisher-place": "York",
        "publisher": "Hall",
        "author": [{"family": "Mills", "given": "John"}],
        "issued": {"date-parts": [[1820]]},
    }
    assert site.item["author"] == [{"literal": "Aire Society"}]
    assert site.item["accessed"] == {"date-parts": [[2010]]}
    assert [one.code for one in extraction.diagnostics] == ["citation-field-unreadable"]


def test_zotero_in_libreoffice(tmp_path: Path) -> None:
    entry = json.dumps({"citationItems": [cited(MILLS, locator="3")]})
    file = open_document(tmp_path / "essay.odt", [f"It burnt {mark(entry, '(<text:span>Mills</text:span> 1820, 3)')}."])
    assert told(extract(file)) == ["Mills 1820, 3 → Fire on the Aire, page 3 (short)"]


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><EndNote><Cite><record>&b;</record></Cite></EndNote>'


def test_what_is_damaged_falls_back_to_the_words(tmp_path: Path) -> None:
    damaged = [
        'ADDIN ZOTERO_ITEM CSL_CITATION {"citationItems": [{',
        "ADDIN ZOTERO_ITEM CSL_CITATION " + '{"a":' * 20_000,
        'ADDIN ZOTERO_ITEM CSL_CITATION {"citationItems": [{"id": 1, "itemData": {"title": null}}]}',
        'ADDIN ZOTERO_ITEM CSL_CITATION {"citationItems": [7]}',
        f"ADDIN EN.CITE {BOMB}",
        "ADDIN EN.CITE " + "<EndNote>" * 5_000 + "</EndNote>",
    ]
    words = "John Mills, Fire on the Aire (London: Hall, 1820), 3."
    notes = [field(instruction, words) for instruction in damaged]
    body = "".join(run("Leap.") + f"NOTE{number + 1}" for number in range(len(notes)))
    extraction = extract(word_file(tmp_path / "essay.docx", body, notes))
    assert works_told(extraction) == ["Fire on the Aire"]
    assert [citation.keyed for citation in extraction.citations] == [None] * len(damaged)
    assert [one.code for one in extraction.diagnostics] == ["citation-field-unreadable"] * len(damaged)
    places = [one.span for one in extraction.diagnostics if one.span]
    assert [extraction.document.text[slice(*place)] for place in places] == [words] * len(damaged)


def test_an_entry_gives_only_what_csl_admits(tmp_path: Path) -> None:
    odd = {
        **MILLS,
        "title": "Fire on the <i>Aire</i>",
        "type": "tome",
        "author": [{"family": "Mills", "given": None}, 3, {"suffix": "Jr."}],
        "issued": {"date-parts": [["soon", 99]], "literal": "soon"},
        "accessed": {"date-parts": [[2020, 13, 1]]},
        "abstract": "Long.",
        "volume": 3,
        "custom": {"url-status": "dead", "x": [1]},
    }
    (work,) = extract(word_file(tmp_path / "essay.docx", zotero("(Mills)", cited(odd)))).works
    assert work.item == {
        "title": "Fire on the Aire",
        "publisher": "Hall",
        "author": [{"family": "Mills"}],
        "issued": {"literal": "soon"},
        "accessed": {"date-parts": [[2020]]},
        "volume": "3",
        "custom": {"url-status": "dead"},
    }
