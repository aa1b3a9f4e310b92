"""What a web page says of itself, and of the works in its lists."""

from __future__ import annotations

from html import escape

from citekit.pipeline import extract_document
from citekit.readers.html import read_html


def described(head: str) -> dict[str, object]:
    return dict(read_html(f"<html><head>{head}</head><body><p>Words.</p></body></html>".encode(), None).described)


def meta(**said: str) -> str:
    return "".join(f'<meta name="{name}" content="{escape(value)}">' for name, value in said.items())


def test_an_article_in_a_journal() -> None:
    head = meta(
        citation_title="The Price of Steel",
        citation_journal_title="Northern History",
        citation_publication_date="1994/05/03",
        citation_volume="12",
        citation_firstpage="201",
        citation_lastpage="230",
        citation_doi="10.1000/182",
    )
    authors = '<meta name="citation_author" content="Lee, Anna"><meta name="citation_author" content="Aire Society">'
    assert described(head + authors) == {
        "type": "article-journal",
        "title": "The Price of Steel",
        "container-title": "Northern History",
        "issued": {"date-parts": [[1994, 5, 3]]},
        "volume": "12",
        "page": "201-230",
        "DOI": "10.1000/182",
        "author": [{"family": "Lee", "given": "Anna"}, {"literal": "Aire Society"}],
    }


def test_dublin_core() -> None:
    names = {
        "DC.title": "The Mill",
        "DC.creator": "Lee, Anna",
        "DCTERMS.issued": "2001",
        "DC.identifier": "doi:10.1000/3",
    }
    assert described("".join(f'<meta name="{name}" content="{value}">' for name, value in names.items())) == {
        "title": "The Mill",
        "author": [{"family": "Lee", "given": "Anna"}],
        "issued": {"date-parts": [[2001]]},
        "DOI": "10.1000/3",
    }


def test_a_page_without_a_title_is_not_described() -> None:
    assert described(meta(citation_author="Lee, Anna")) == {}


def test_the_data_of_an_entry_are_those_of_all_its_words() -> None:
    stated = "ctx_ver=Z39.88-2004&rft.genre=book&rft.btitle=Fire+on+the+Aire&rft.au=Mills,+John&rft.date=1820-05"
    entry = f'Mills, J. <i>Fire on the Aire</i>. York: Hall, 1820.<span class="Z3988" title="{escape(stated)}"></span>'
    page = f"<h2>Bibliography</h2><div>{entry}</div><div>Lee, Anna. <i>Steel</i>. York: Ward, 1999.</div>"
    first, second = extract_document(read_html(page.encode(), None)).citations
    assert (first.text, second.text) == (
        "Mills, J. Fire on the Aire. York: Hall, 1820",
        "Lee, Anna. Steel. York: Ward, 1999",
    )
    assert first.item["author"] == [{"family": "Mills", "given": "John"}]
    assert first.item["issued"] == {"date-parts": [[1820, 5]]}
