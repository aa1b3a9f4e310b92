"""Sources of wikis: templates that cite in full, short references to them, references used again."""

from __future__ import annotations

from pathlib import Path

import mwparserfromhell
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citekit import extract
from citekit.citations.entries import with_entry
from citekit.model import Citation, Extraction, Form, Span
from citekit.notes import find_notes
from citekit.readers import read
from citekit.readers.pandoc import pandoc_path
from citekit.readers.wiki_refs import marked_refs
from citekit.readers.wiki_templates import read_template
from tests.readers.citations_told import told, works_told

needs_pandoc = pytest.mark.skipif(
    pandoc_path() is None, reason="pandoc is missing: pip install 'citekit-references[office]'"
)


def page(folder: Path, source: str) -> Extraction:
    file = folder / "page.wiki"
    file.write_text(source, encoding="utf-8")
    return extract(file)


def item(template: str, language: str | None = None) -> dict[str, object]:
    """What a template says of its work, as it stands in a note."""
    (found,) = mwparserfromhell.parse(template).filter_templates(recursive=False)
    read = read_template(found)
    assert read is not None
    empty = Citation("c1", None, (Span(0, 1),), "x", Form.SHORT)
    return dict(with_entry(empty, read.entries[0], language).item)


ARTICLE = """The mill burnt in 1819.<ref name="mills">See {{cite book |last=Mills |first=John |author2=Anna Lee
|title=Fire on the ''Aire'' |date=May 1820 |publisher=[[Hall (publisher)|Hall]] |location=York}}, p. 3.</ref> It was
never rebuilt.{{sfn|Ward|1999|p=33}} Nor was the other.<ref name="mills" /> The town{{sfn|Ward|1999|p=33}} grew
{{harv|Ward|1999|loc=ch. 2}}.<ref group="note">The books are lost; {{harvnb|Ward|1999|pp=12–13}} says more.</ref>
Its church is old.<ref name=church />{{rp|41}} Its bridge is not.{{sfn|Nobody|2001|p=1}}{{r|mills}}
<ref>Anna Ward, ''Steel'' (York: Hall, 1999), 9.</ref>

== Sources ==
* {{cite book |last=Ward |first=Anna |title=Steel |year=1999 |publisher=Hall}}

== References ==
{{reflist|refs=<ref name=church>{{cite journal |last=Lee |first=Anna |title=The Church |journal=Northern History
|volume=12 |year=1994 |pages=201–230}}</ref>}}
"""


@needs_pandoc
def test_an_article_with_all_ways_of_citing(tmp_path: Path) -> None:
    extraction = page(tmp_path, ARTICLE)
    lines = [line.replace("\n", " ") for line in told(extraction)]
    assert sorted(line.partition(" → ")[2] for line in lines) == sorted(
        [
            "Steel, chapter 2 (short)",
            "The Church, page 41 (short)",
            "Steel (full)",
            "Fire on the Aire, page 3 (full)",
            "Steel, page 33 (short)",
            "Steel, page 12-13 (short)",
            "The Church (full)",
            "a work of Nobody, page 1 (short)",
            "Steel, page 9 (full)",
        ]
    )
    labels = {note.label: len(note.markers) for note in extraction.notes if note.kind == "footnote"}
    assert labels == {"1": 3, "2": 2, "note 1": 1, "3": 1, "4": 1, "5": 1}
    by_sfn = next(citation for citation in extraction.citations if citation.text.startswith("{{sfn|Ward"))
    assert by_sfn.resolution is not None
    assert by_sfn.resolution.method == "citation-key"


@needs_pandoc
def test_each_field_has_its_place_in_the_source(tmp_path: Path) -> None:
    extraction = page(tmp_path, ARTICLE)
    mills = next(citation for citation in extraction.citations if "Aire" in citation.text)
    places = {
        name: [extraction.document.text[slice(*span)] for span in spans] for name, spans in mills.field_spans.items()
    }
    assert places == {
        "author": ["Mills", "John", "Anna Lee"],
        "title": ["Fire on the ''Aire''"],
        "issued": ["May 1820"],
        "publisher": ["[[Hall (publisher)|Hall]]"],
        "publisher-place": ["York"],
    }
    assert mills.item == {
        "type": "book",
        "title": "Fire on the Aire",
        "publisher": "Hall",
        "publisher-place": "York",
        "author": [{"family": "Mills", "given": "John"}, {"family": "Lee", "given": "Anna"}],
        "issued": {"date-parts": [[1820, 5]]},
    }


BOXED = """{{Infobox mill
| built = 1801<ref name="built">{{Cite web|url=http://a.org/built|title=Built in 1801}}</ref>
| burnt = 1819<ref>John Mills, ''Fire'' (York: Hall, 1820), 4.</ref>
}}
The mill<ref name=built/> was small.{{efn|It had two wheels, says {{harvnb|Ward|1999}}.}}

== Bibliography ==
* {{cite book|last=Ward|title=Steel|year=1999}}
* Smith, John (2001). ''The Aire''. London: Hall.

== Notes ==
<references>
<ref name="built">Listed twice.</ref>
<ref name="left">Anna Lee, ''Wool'' (York: Hall, 1821), 5.</ref>
</references>
"""


@needs_pandoc
def test_references_in_boxes_and_lists_are_each_there_once(tmp_path: Path) -> None:
    extraction = page(tmp_path, BOXED)
    assert {(note.label, note.text.partition(" ")[0], len(note.markers)) for note in extraction.notes} == {
        (None, "{{cite", 0),
        (None, "Smith,", 0),
        ("1", "{{Cite", 1),
        ("a", "It", 1),
        ("2", "Anna", 1),
        ("3", "John", 1),
    }
    assert sorted(filter(None, works_told(extraction))) == ["Built in 1801", "Fire", "Steel", "The Aire", "Wool"]


@needs_pandoc
def test_a_reference_as_a_parser_function_is_a_note_and_can_hold_another(tmp_path: Path) -> None:
    page = tmp_path / "page.wiki"
    page.write_text(
        'The mill{{#tag:ref|See the map.<ref name="map">Hall, \'\'Map\'\', 1820.</ref>|group="A"|name="m"}} burnt'
        '{{#tag:ref||group="A"|name="m"}}, and so<ref name="map" />.',
        encoding="utf-8",
    )
    document = read(page)
    notes = find_notes(document).notes
    assert sorted((note.label or "", note.text.split("[")[0], len(note.markers)) for note in notes) == [
        ("1", "Hall, Map, 1820.", 2),
        ("A 1", "See the map.", 2),
    ]
    assert "#tag" not in document.text


def test_a_key_of_two_works_is_left_open(tmp_path: Path) -> None:
    source = "Leap.{{sfn|Ward|1999}}\n\n* {{cite book|last=Ward|title=Steel|year=1999}}\n"
    source += "* {{cite book|last=Ward|title=A History of Water|year=1999}}\n"
    extraction = page(tmp_path, source)
    assert works_told(extraction) == ["Steel", "A History of Water"]
    assert [one.code for one in extraction.diagnostics] == ["citation-key-ambiguous"]


WEB = (
    "{{Cite web |url=http://a.org/mill |title=The Mill |website=Aire Watch |access-date=2010-05-03 |url-status=dead"
    " |archive-url=https://web.archive.org/web/2011/http://a.org/mill |archive-date=23 June 2011 |author=Aire Society}}"
)


def test_an_archived_page_with_its_dates() -> None:
    assert item(WEB) == {
        "type": "webpage",
        "title": "The Mill",
        "container-title": "Aire Watch",
        "URL": "http://a.org/mill",
        "author": [{"literal": "Aire Society"}],
        "accessed": {"date-parts": [[2010, 5, 3]]},
        "custom": {
            "archive-url": "https://web.archive.org/web/2011/http://a.org/mill",
            "archive-date": "2011-06-23",
            "url-status": "dead",
        },
    }


TOLD = ("type", "title", "container-title", "publisher", "publisher-place", "page", "volume", "issue")


@pytest.mark.parametrize(
    ("template", "said", "author", "issued"),
    [
        (
            "{{Literatur|Autor=Anna Lee|Titel=Der Preis|Sammelwerk=Nordblatt|Band=12|Nummer=3|Jahr=1994|Seiten=5–9}}",
            ("article-journal", "Der Preis", "Nordblatt", None, None, "5–9", "12", "3"),
            "Lee",
            [1994],
        ),
        (
            "{{Ouvrage|nom1=Mills|prénom1=Jean|titre=Le Feu|éditeur=Hall|lieu=Paris|année=1820|passage=3-4}}",
            ("book", "Le Feu", None, "Hall", "Paris", "3-4", None, None),
            "Mills",
            [1820],
        ),
        (
            "{{Article|auteur=Jean Mills|titre=Le Feu|périodique=Revue|volume=2|numéro=1|date=mai 1920|pages=3-4}}",
            ("article-journal", "Le Feu", "Revue", None, None, "3-4", "2", "1"),
            "Mills",
            [1920, 5],
        ),
        (
            "{{Cita libro|nome=Anna|cognome=Rossi|titolo=Il fuoco|editore=Einaudi|città=Torino|anno=1963}}",
            ("book", "Il fuoco", None, "Einaudi", "Torino", None, None, None),
            "Rossi",
            [1963],
        ),
        (
            "{{Cita libro|nombre=Ana|apellidos=Pérez|título=El fuego|editorial=Alianza|ubicación=Madrid|año=1963}}",
            ("book", "El fuego", None, "Alianza", "Madrid", None, None, None),
            "Pérez",
            [1963],
        ),
        (
            "{{книга|автор=Иванов И. И.|заглавие=История|место=М.|издательство=Наука|год=1999|страницы=5—7}}",
            ("book", "История", None, "Наука", "М.", "5—7", None, None),
            "Иванов",
            [1999],
        ),
        (
            "{{статья|автор=Иванов И. И.|заглавие=Пожар|издание=Вопросы истории|год=1999|номер=3|страницы=5—7}}",
            ("article-journal", "Пожар", "Вопросы истории", None, None, "5—7", None, "3"),
            "Иванов",
            [1999],
        ),
        (
            "{{Grāmatas atsauce|autors=Anna Bērziņa|nosaukums=Uguns|vieta=Rīga|izdevējs=Zinātne|gads=1990|lpp=5}}",
            ("book", "Uguns", None, "Zinātne", "Rīga", "5", None, None),
            "Bērziņa",
            [1990],
        ),
        (
            "{{Bokref |efternamn=Berg |förnamn=Anna |titel=Elden |utgivningsort=Lund |förlag=Nord |år=1990 |sid=5}}",
            ("book", "Elden", None, "Nord", "Lund", "5", None, None),
            "Berg",
            [1990],
        ),
        (
            "{{cite book|last=Lee|first=Anna|chapter=Fire|title=The Aire|year=1990|publisher=Hall}}",
            ("chapter", "Fire", "The Aire", "Hall", None, None, None, None),
            "Lee",
            [1990],
        ),
    ],
)
def test_the_templates_of_other_languages(
    template: str, said: tuple[str | None, ...], author: str, issued: list[int]
) -> None:
    found = item(template)
    assert tuple(found.get(name) for name in TOLD) == said
    assert found["author"][0]["family"] == author  # type: ignore[index]
    assert found["issued"] == {"date-parts": [issued]}


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            ["{{", "}}", "|", "=", "cite book", "sfn", "<ref>", "</ref>", "<ref name=a />", "[[", "x", "\n"]
        )
    )
)
def test_any_source_keeps_its_words(pieces: list[str]) -> None:
    source = "".join(pieces)
    marked, refs = marked_refs(source)
    assert marked.count("x") >= source.count("x")
    assert len(refs.listed) <= source.count("<ref")


@pytest.mark.parametrize(
    "source", ["<ref>" * 5_000, "{{a|<ref name=b>" * 5_000, "{{a|" * 100 + "x" + "}}" * 100 + "<ref>y</ref>"]
)
def test_a_source_that_never_closes_is_left_as_it_is(source: str) -> None:
    marked, refs = marked_refs(source)
    assert marked == source
    assert [one.code for one in refs.diagnostics] == ["wiki-source-unsound"]
