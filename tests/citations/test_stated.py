"""What a format says of a citation beside its words: linked addresses, works in metadata and in Word's fields."""

from __future__ import annotations

import html
import json
import re
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from citekit import extract
from citekit.model import Form
from citekit.pipeline import extract_document
from citekit.readers.html import read_html
from citekit.readers.pandoc import pandoc_path


def item_of(note: str) -> dict[str, Any]:
    """The only citation's item of a page with one note."""
    page = f'<p>Leap.<sup><a href="#n1" id="r1">1</a></sup></p><ol><li id="n1">{note}</li></ol>'
    (citation,) = extract_document(read_html(page.encode(), None)).citations
    return dict(citation.item)


def test_a_linked_title_states_its_address() -> None:
    item = item_of('Lee, Anna. “<a href="http://a.org/steel">The Price of Steel</a>.” <i>The Times</i>, 3 May 2001.')
    assert item["URL"] == "http://a.org/steel"


def test_a_linked_author_does_not() -> None:
    assert "URL" not in item_of(
        '<a href="http://a.org/lee">Lee, Anna</a>. “The Price of Steel.” <i>The Times</i>, 2001.'
    )


def test_an_address_inside_the_site_does_not() -> None:
    assert "URL" not in item_of(
        'Lee, Anna. “<a href="/wiki/Steel">The Price of Steel</a>.” <i>The Times</i>, 3 May 2001.'
    )


def test_two_pages_that_could_be_meant_give_none() -> None:
    item = item_of(
        'Lee, “The Price of Steel,” 2001, <a href="http://a.org/1">here</a> and <a href="http://b.org/2">there</a>.'
    )
    assert "URL" not in item


def test_a_linked_doi_is_an_identifier() -> None:
    item = item_of(
        'Lee, Anna. “Steel.” <i>History</i> 3 (2001): 5–9. <a href="https://doi.org/10.1000/182">Crossref</a>'
    )
    assert item["DOI"] == "10.1000/182"


def test_an_archives_copy_is_told_from_the_page() -> None:
    copy = "https://web.archive.org/web/20110623034401/http://a.org/steel"
    item = item_of(f'Lee, Anna. “<a href="{copy}">The Price of Steel</a>.” <i>The Times</i>, 3 May 2001.')
    assert item["URL"] == "http://a.org/steel"
    assert item["custom"] == {"archive-url": copy, "archive-date": "2011-06-23"}


def test_a_note_that_is_a_linked_title_is_a_citation() -> None:
    item = item_of('<a href="http://a.org/steel">The price of steel in winter</a>, Steel Watch.')
    assert item["URL"] == "http://a.org/steel"


def test_what_a_page_states_of_a_work_is_taken() -> None:
    coins = (
        "ctx_ver=Z39.88-2004&rft_val_fmt=info:ofi/fmt:kev:mtx:journal&rft.genre=article&rft.atitle=The+Price+of+Steel"
        "&rft.jtitle=Northern+History&rft.au=Lee,+Anna&rft.date=1994-05&rft.volume=12&rft_id=info:doi/10.1000/182"
    )
    cited = '<cite>Lee, A. (May 1994). "The Price of Steel". <i>Northern Hist.</i> 12</cite>'
    item = item_of(f'{cited}<span class="Z3988" title="{html.escape(coins)}"></span>')
    assert item == {
        "type": "article-journal",
        "author": [{"family": "Lee", "given": "Anna"}],
        "title": "The Price of Steel",
        "container-title": "Northern History",
        "issued": {"date-parts": [[1994, 5]]},
        "volume": "12",
        "DOI": "10.1000/182",
    }


STATED = {
    "type": "book",
    "title": "Fire on the Aire",
    "publisher": "Hall",
    "author": [{"family": "Mills", "given": "John"}],
    "issued": {"date-parts": [["1820"]]},
}


def word_file(folder: Path, shown: list[str], listed: str) -> Path:
    """A Word file whose notes are Zotero's fields, all for one work, and whose bibliography is one too."""
    if pandoc_path() is None:
        pytest.skip("pandoc is missing; install the extra: pip install 'citekit-references[office]'")
    source, plain, made = folder / "a.md", folder / "plain.docx", folder / "made.docx"
    notes = "\n\n".join(f"[^{number}]: PLACE{number}" for number in range(len(shown)))
    source.write_text(" ".join(f"Leap.[^{number}]" for number in range(len(shown))) + f"\n\nLISTED\n\n{notes}\n")
    subprocess.run([pandoc_path(), source, f"--output={plain}"], check=True)
    citing = {"citationID": "a", "citationItems": [{"id": 1, "uris": [], "itemData": {"id": 1, **STATED}}]}
    fields = {
        f"PLACE{n}": (f"ADDIN ZOTERO_ITEM CSL_CITATION {json.dumps(citing)}", words) for n, words in enumerate(shown)
    }
    fields["LISTED"] = ("ADDIN ZOTERO_BIBL {} CSL_BIBLIOGRAPHY", listed)
    with zipfile.ZipFile(plain) as archive, zipfile.ZipFile(made, "w") as copy:
        for name in archive.namelist():
            content = archive.read(name)
            if name in ("word/document.xml", "word/footnotes.xml"):
                for place, field in fields.items():
                    run = rf"<w:r>(?:(?!</w:r>).)*<w:t[^>]*>{place}</w:t></w:r>"
                    content = re.sub(run, lambda _, field=field: word_field(*field), content.decode()).encode()
            copy.writestr(name, content)
    return made


def word_field(instruction: str, words: str) -> str:
    parts = [
        '<w:fldChar w:fldCharType="begin"/>',
        f'<w:instrText xml:space="preserve"> {html.escape(instruction)} </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        f'<w:t xml:space="preserve">{words}</w:t>',
        '<w:fldChar w:fldCharType="end"/>',
    ]
    return "".join(f"<w:r>{part}</w:r>" for part in parts)


def test_a_work_that_zotero_left_in_a_word_file_is_taken_as_it_is(tmp_path: Path) -> None:
    listed = "Mills, John. Fire on the Aire. Hall, 1820."
    file = word_file(tmp_path, ["J. Mills, Fire on the Aire (Hall, 1820), 3.", "Ibid., 7."], listed)
    extraction = extract(file)
    entry, full, again = extraction.citations
    assert {name: full.item[name] for name in ("type", "title", "publisher", "author")} == {
        name: STATED[name] for name in ("type", "title", "publisher", "author")
    }
    assert full.item["issued"] == {"date-parts": [[1820]]}
    assert (again.form, again.works, again.item) == (Form.IBID, full.works, full.item)
    assert (entry.text, entry.works) == (listed.rstrip("."), full.works)
