"""Citations whose parts are marked in JATS and TEI: what is marked is taken as it is, each field from its words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import citekit
from citekit.model import Citation

JATS = """<article xmlns:xlink="http://www.w3.org/1999/xlink"><body><p>The weavers met.</p></body>
<back><ref-list><ref>{}</ref></ref-list></back></article>"""
TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>The weavers met.</p></body>
<back><listBibl>{}</listBibl></back></text></TEI>"""

CHAPTER = """<mixed-citation publication-type="book"><string-name><surname>Ogilvie</surname>, <given-names>Sheilagh
</given-names></string-name> (<year>2011</year>) <chapter-title>Merchant guilds</chapter-title>. In:
<person-group person-group-type="editor"><string-name>J. Mokyr</string-name></person-group> (ed.)
<source>Handbook of Trade</source>. <publisher-name>CUP</publisher-name>, pp. <fpage>1</fpage>–<lpage>20</lpage>.
<ext-link xlink:href="https://doi.org/10.1017/x.1">Link</ext-link></mixed-citation>"""
BOOK = """<element-citation publication-type="book"><person-group person-group-type="author"><name>
<surname>Epstein</surname><given-names>Stephan R.</given-names></name></person-group><source>Freedom and Growth</source>
<publisher-loc>London</publisher-loc><publisher-name>Routledge</publisher-name><year>2000</year><fpage>12</fpage>
</element-citation>"""
ARTICLE = """<biblStruct><analytic><title level="a">The guilds of Pisa</title><author><persName>
<forename>Anna</forename><surname>Rossi</surname></persName></author></analytic>
<monogr><title level="j">Speculum</title><imprint>
<biblScope unit="volume">12</biblScope><biblScope unit="page" from="3" to="20"/><date when="1999"/></imprint></monogr>
<idno type="DOI">10.1000/abc</idno></biblStruct>"""
IN_A_LIST = """<bibl><author>Le Goff, Jacques</author>, <title level="m">Saint Louis</title>,
<pubPlace>Paris</pubPlace>, <publisher>Gallimard</publisher>, <date when="1996">1996</date></bibl>"""


def cited(tmp_path: Path, source: str) -> Citation:
    path = tmp_path / "essay.xml"
    path.write_text(source, encoding="utf-8")
    extraction = citekit.extract(path)
    (citation,) = extraction.citations
    for spans in citation.field_spans.values():
        for span in spans:
            assert citation.span.start <= span.start < span.end <= citation.span.end
    return citation


def words(citation: Citation, tmp_path: Path, name: str) -> list[str]:
    text = citekit.extract(tmp_path / "essay.xml").document.text
    return [text[span.start : span.end] for span in citation.field_spans[name]]


@pytest.mark.parametrize(
    ("source", "item"),
    [
        (
            JATS.format(CHAPTER),
            {
                "type": "chapter",
                "author": [{"family": "Ogilvie", "given": "Sheilagh"}],
                "editor": [{"family": "Mokyr", "given": "J."}],
                "title": "Merchant guilds",
                "container-title": "Handbook of Trade",
                "publisher": "CUP",
                "issued": {"date-parts": [[2011]]},
                "page": "1-20",
                "DOI": "10.1017/x.1",
            },
        ),
        (
            JATS.format(BOOK),
            {
                "type": "book",
                "author": [{"family": "Epstein", "given": "Stephan R."}],
                "title": "Freedom and Growth",
                "publisher": "Routledge",
                "publisher-place": "London",
                "issued": {"date-parts": [[2000]]},
            },
        ),
        (
            TEI.format(ARTICLE),
            {
                "type": "article-journal",
                "author": [{"family": "Rossi", "given": "Anna"}],
                "title": "The guilds of Pisa",
                "container-title": "Speculum",
                "volume": "12",
                "page": "3-20",
                "issued": {"date-parts": [[1999]]},
                "DOI": "10.1000/abc",
            },
        ),
        (
            TEI.format(IN_A_LIST),
            {
                "type": "book",
                "author": [{"family": "Le Goff", "given": "Jacques"}],
                "title": "Saint Louis",
                "publisher": "Gallimard",
                "publisher-place": "Paris",
                "issued": {"date-parts": [[1996]]},
            },
        ),
    ],
    ids=["a chapter as printed", "a book in elements alone", "an article in a biblStruct", "a bibl in a list"],
)
def test_what_is_marked_is_taken_as_it_is(tmp_path: Path, source: str, item: dict[str, Any]) -> None:
    assert cited(tmp_path, source).item == item


def test_each_field_leads_to_its_words(tmp_path: Path) -> None:
    citation = cited(tmp_path, JATS.format(CHAPTER))
    assert citation.keyed is not None
    assert citation.to_json()["keyed"] == {"keeper": "xml", "key": None}
    assert words(citation, tmp_path, "title") == ["Merchant guilds"]
    assert words(citation, tmp_path, "page") == ["1", "20"]
    assert words(citation, tmp_path, "DOI") == ["Link"]


def test_a_page_of_a_book_is_the_place_in_it(tmp_path: Path) -> None:
    citation = cited(tmp_path, JATS.format(BOOK))
    assert citation.locator is not None
    assert citation.locator.to_json() == {"label": "page", "value": "12"}
    assert words(citation, tmp_path, "locator") == ["12"]


def test_a_citation_of_which_the_title_alone_is_marked_is_read(tmp_path: Path) -> None:
    entry = "<mixed-citation>Braudel, Fernand. 1979. <source>Civilisation</source>. Paris: Colin.</mixed-citation>"
    citation = cited(tmp_path, JATS.format(entry))
    assert citation.keyed is None
    assert citation.item["author"] == [{"family": "Braudel", "given": "Fernand"}]
