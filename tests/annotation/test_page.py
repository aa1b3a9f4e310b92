"""The page of a document: all its words, every marker, note, citation and work, each where its link leads."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import citekit
from citekit.annotation.rules import RULES, rule_in_words
from citekit.annotation.view import view_of
from citekit.grades import Grade, figure, grade
from citekit.model import Citation, Document, Extraction, Form, Note, NoteKind, Span, Work
from tests.annotation.pages import (
    SCHOLARLY,
    WEBER,
    document_words,
    expected_words,
    extraction_of,
    page_of,
    parsed,
    with_class,
    words_of,
)

MARKDOWN = f"""# Markets & *men*

An old idea.[^a] A newer one.^[Georg Simmel, *Philosophie des Geldes* (Leipzig: Duncker, 1900), 5.]

[^a]: {WEBER}.
"""
WEB_PAGE = f"""<html><head><title>Markets</title></head><body><main><h1>Markets</h1>
<p>An old idea.<sup><a href="#f1" id="r1">1</a></sup> A newer one.<sup><a href="#f2" id="r2">2</a></sup></p>
<h2>Notes</h2><ol><li id="f1">{WEBER}. <a href="#r1">↩</a></li><li id="f2">Ibid., S. 18. <a href="#r2">↩</a></li></ol>
</main></body></html>"""
FORMATS = {"text/plain": SCHOLARLY, "text/markdown": MARKDOWN, "text/html": WEB_PAGE}


def ids_and_links(page: str) -> tuple[list[str], set[str]]:
    tree = parsed(page)
    return tree.xpath("//@id"), {link.removeprefix("#") for link in tree.xpath("//a/@href") if link.startswith("#")}


@pytest.mark.parametrize("media_type", FORMATS)
def test_all_words_are_there_and_all_links_lead_somewhere(media_type: str) -> None:
    extraction = extraction_of(FORMATS[media_type], media_type)
    page = citekit.annotate(extraction)
    assert document_words(page) == expected_words(extraction.document)
    ids, links = ids_and_links(page)
    assert len(ids) == len(set(ids))
    assert links <= set(ids)
    found = {thing.id for thing in (*extraction.notes, *extraction.citations, *extraction.works)}
    assert found <= set(ids), "the page uses the ids of the JSON"
    assert {f"k-{citation.id}" for citation in extraction.citations} <= links, "each citation leads to its card"
    assert {citation.id for citation in extraction.citations} <= links, "and each card to its citation"


@settings(max_examples=80, deadline=None)
@given(
    text=st.text(alphabet=st.sampled_from("ab1.\u00b9 \n\t\f<>&\"'[]^:*Ibid\u202e中\x00\x85"), max_size=80)
    | st.text(alphabet=st.characters(categories=None), max_size=50)
)
def test_any_text_makes_a_page_that_can_be_written(text: str) -> None:
    page = page_of(text, path=None)
    assert page.encode("utf-8")
    # What XML cannot hold the parser of this test drops; what it can hold is all there.
    plain = "".join(char for char in text if char.isprintable() and char not in "\ufffe\uffff")
    assert "".join(char for char in document_words(page) if char in set(plain)) == plain


@pytest.mark.parametrize("name", ["michelangelo-rezeption-de.md", "jch-2025-chen-lai.pdf", "wikipedia-article.html"])
def test_documents_as_they_are_in_print(name: str, shared: Path) -> None:
    extraction = citekit.extract(shared / "documents" / name)
    page = citekit.annotate(extraction)
    assert document_words(page) == expected_words(extraction.document)
    ids, links = ids_and_links(page)
    assert len(ids) == len(set(ids))
    assert links <= set(ids)
    assert len(page) < 10 * len(extraction.document.text)
    tree = parsed(page)
    for citation in extraction.citations:
        (first, *_) = tree.xpath(f"//mark[@id='{citation.id}']")
        assert (
            words_of(first) == expected_words(Document(extraction.document.text[slice(*citation.parts[0])]))
            or len(citation.parts) > 1
        )


def test_the_same_document_gives_the_same_page() -> None:
    assert page_of(SCHOLARLY) == page_of(SCHOLARLY)


def test_a_marker_leads_to_its_note_and_back() -> None:
    tree = parsed(page_of(SCHOLARLY))
    (marker,) = tree.xpath("//a[@href='#n1' and contains(@class, 'm')]")
    (label,) = tree.xpath("//*[@id='n1']//a[contains(@class, 'l')]")
    assert (marker.text, label.text) == ("1", "1")
    assert label.get("href") == f"#{marker.get('id')}"


def test_two_notes_called_by_one_marker_make_no_link_in_a_link() -> None:
    text = "Said.1\n1 One.\n1 Two.\n"
    marker = (Span(5, 6),)
    notes = tuple(
        Note(f"n{number}", "1", NoteKind.FOOTNOTE, Span(start, start + 1), (Span(start + 2, start + 6),), words, marker)
        for number, start, words in ((1, 7, "One."), (2, 14, "Two."))
    )
    page = citekit.annotate(Extraction(Document(text), notes=notes))
    assert not re.search(r"<a [^>]*>[^<]*<a ", page)
    ids, links = ids_and_links(page)
    assert links <= set(ids)
    assert document_words(page) == text


def test_citations_that_cross_keep_all_their_words_and_links() -> None:
    text = "Weber, Ethik; Troeltsch, Soziallehren"
    citations = (
        Citation("c1", None, (Span(0, 24),), text[:24], Form.FULL, works=("w1",)),
        Citation("c2", None, (Span(14, 37),), text[14:], Form.FULL, works=("w1", "w2")),
    )
    works = (Work("w1", {"title": "Ethik"}, ("c1", "c2")), Work("w2", {"title": "Soziallehren"}, ("c2",)))
    page = citekit.annotate(Extraction(Document(text), citations=citations, works=works))
    ids, links = ids_and_links(page)
    assert len(ids) == len(set(ids))
    assert links <= set(ids)
    assert document_words(page) == text
    assert "with w1" in page, "a citation of two works is told in full with the first"


def test_a_short_form_shows_its_antecedent_and_the_rule() -> None:
    extraction = extraction_of(SCHOLARLY)
    tree = parsed(citekit.annotate(extraction))
    (ibid,) = (citation for citation in extraction.citations if citation.text.startswith("Ibid"))
    (badge,) = tree.xpath(f"//mark[@id='{ibid.id}']/following-sibling::span[1]")
    told = badge.text_content()
    assert "= Weber, Max, Wirtschaft und Gesellschaft, 1922 · note 1" in told
    assert f"({rule_in_words('ibid-previous')})" in told
    assert badge.xpath("./a/@href")[0] == "#c1"


def test_a_short_form_that_fits_two_works_names_both() -> None:
    extraction = extraction_of(SCHOLARLY)
    refused = next(citation for citation in extraction.citations if citation.text.startswith("Simmel, S. 12"))
    assert refused.resolution is not None
    assert len(refused.resolution.alternatives) == 2
    tree = parsed(citekit.annotate(extraction))
    (badge,) = tree.xpath(f"//mark[@id='{refused.id}']/following-sibling::span[1]")
    assert badge.text_content().startswith("= ? Simmel, Georg, Philosophie des Geldes, 1900 · note 3 or Simmel, Georg,")
    (card,) = tree.xpath(f"//li[@id='k-{refused.id}']")
    assert set(card.xpath(".//ul//a/@href")) == {f"#{name}" for name in refused.resolution.alternatives}


def test_what_to_check_is_listed_in_words_and_marked_at_its_place() -> None:
    extraction = extraction_of(SCHOLARLY)
    tree = parsed(citekit.annotate(extraction))
    (listed,) = with_class(tree, "ck")
    said = listed.text_content()
    assert "marker 5: the document has no note 5" in said
    assert "note 4: nothing in the text calls it" in said
    assert "fits 2 works alike" in said
    (lost,) = tree.xpath("//main//span[contains(@class, 'lost')]")
    assert lost.text == "5"
    assert f"#{lost.get('id')}" in listed.xpath(".//a/@href")
    shown = [words_of(block) for block in with_class(tree.xpath("//div[@class='t']")[0], "u") if block.tag == "div"]
    assert any("Somebody asked for more" in words for words in shown)
    assert not any(words.startswith("1 Max Weber") for words in shown), "what is sure is no matter to check"


def test_every_field_leads_to_its_words() -> None:
    extraction = extraction_of(SCHOLARLY)
    tree = parsed(citekit.annotate(extraction))
    for citation in extraction.citations:
        (card,) = tree.xpath(f"//li[@id='k-{citation.id}']")
        for name, spans in citation.field_spans.items():
            assert f"#{citation.id}-{name}" in card.xpath(".//dt/a/@href")
            (words,) = tree.xpath(f"//*[@id='{citation.id}-{name}']")
            assert words_of(words) == extraction.document.text[slice(*spans[0])]


def test_a_work_lists_all_its_citations() -> None:
    extraction = extraction_of(SCHOLARLY)
    tree = parsed(citekit.annotate(extraction))
    for work in extraction.works:
        (article,) = tree.xpath(f"//article[@id='{work.id}']")
        assert [link.removeprefix("#") for link in article.xpath("./ol/li/a[1]/@href")] == list(work.citations)


def test_a_note_over_a_page_break_says_that_it_goes_on() -> None:
    text = (
        "HEAD OF THE JOURNAL 1\nIt was so.1\n\n1 Max Weber, Wirtschaft und Gesellschaft. Grundriss der\n\f"
        "HEAD OF THE JOURNAL 2\nAnd so it went.2\n\n"
        "verstehenden Soziologie, Tübingen 1922, S. 17.\n2 Ibid., S. 18.\n\fHEAD OF THE JOURNAL 3\nThe end.\n"
    )
    extraction = extraction_of(text)
    page = citekit.annotate(extraction)
    assert document_words(page) == expected_words(extraction.document)
    assert page.count('class="x pb"') == 2
    assert len(extraction.notes[0].parts) == 2
    assert "note 1, continued" in page


HOSTILE = """A claim.1 <script>document.title = "hacked"</script> "quoted" &amp; 'single'

1 Max Weber, <img src=x onerror=alert(1)>, Tübingen 1922, javascript:alert(2), S. 17.
2 <a href="javascript:alert(3)">Weber</a>, http://example.org/"onclick="alert(4), accessed 3 May 2009.
"""


@pytest.mark.parametrize("media_type", ["text/plain", "text/markdown"])
def test_nothing_in_a_document_becomes_markup(media_type: str) -> None:
    page = page_of(HOSTILE, media_type, path='<b>"evil".txt')
    tree = parsed(page)
    assert len(tree.xpath("//script")) == 1
    assert tree.xpath("//img | //main//b | //header//b | //title/*") == []
    assert {name for element in tree.iter() for name in element.attrib if name.startswith("on")} == set()
    for link in tree.xpath("//@href | //@src"):
        assert link.startswith("#") or urlsplit(link).scheme in ("http", "https")
    for link in tree.xpath("//a[not(starts-with(@href, '#'))]"):
        assert {"noopener", "noreferrer"} <= set(link.get("rel").split())


def test_the_policy_allows_just_the_pages_own_style_and_script() -> None:
    tree = parsed(page_of(HOSTILE))
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    for tag in ("style", "script"):
        (element,) = tree.xpath(f"//{tag}")
        digest = base64.b64encode(hashlib.sha256(element.text.encode()).digest()).decode()
        assert rules[f"{tag}-src"] == f"'sha256-{digest}'"
    assert tree.xpath("//@style | //link | //iframe | //object | //embed | //base | //form") == []
    assert not re.search(r"url\(|@import|@font-face", tree.xpath("//style")[0].text)


def test_scripts_and_directions_are_the_browsers_to_set() -> None:
    words = "מאמר על ההיסטוריה של הארץ והעם בתקופה החדשה, שבו נזכרים מקורות רבים."
    tree = parsed(page_of(f"{words}1\n\n1 {WEBER}.\n"))
    (text,) = tree.xpath("//div[@class='t']")
    assert text.get("lang") == "he"
    assert {block.get("dir") for block in text.xpath("./div | ./h3")} == {"auto"}
    (chinese,) = parsed(page_of("中國的歷史學家在這個時期開始研究社會經濟史的各種問題並且發表了許多論文。" * 3)).xpath(
        "//div[@class='t']"
    )
    assert chinese.get("lang") == "zh"


def test_an_empty_document_has_a_page_too() -> None:
    page = page_of("", path=None)
    assert "0 notes; 0 citations; 0 works." in page
    assert "there are no words in it" in page


def test_grades_keep_their_bounds() -> None:
    assert [grade(value) for value in (0, 0.4999, 0.5, 0.7999, 0.8, 1)] == [
        *(Grade.UNSURE, Grade.UNSURE, Grade.FAIR, Grade.FAIR, Grade.SURE, Grade.SURE)
    ]
    assert [figure(value) for value in (0, 0.4999, 0.5, 0.7999, 0.29, 1)] == [
        *("0.00", "0.49", "0.50", "0.79", "0.29", "1.00")
    ], "no figure reads like the grade above"
    assert len({step.sign for step in Grade}) == len(Grade)


def test_every_documented_rule_has_its_words(checkout: Path) -> None:
    page = (checkout / "docs" / "explanation" / "short-forms.md").read_text(encoding="utf-8")
    table = page.split("## What speaks against a link")[0]
    documented = {
        name for row in re.findall(r"^\| (`.*?) \|", table, re.M) for name in re.findall(r"`([a-z-]+[a-z])`", row)
    }
    assert "ibid-previous" in documented
    assert documented <= RULES.keys()
    assert rule_in_words("forward-title-only") == "by words of the title, cited in full only later"
    assert rule_in_words("a-rule-to-come") == "a rule to come"


def test_doubts_name_the_fields() -> None:
    view = view_of(extraction_of(SCHOLARLY))
    assert view.doubts.keys() <= view.citations.keys()
    assert all(said for said in view.doubts.values())
    for name, said in view.doubts.items():
        assert view.citations[name].text not in " ".join(said), "the words stand beside it"
