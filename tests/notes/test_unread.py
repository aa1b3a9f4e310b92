"""Texts without notes that cite all the same: said once, with what to do, and never of prose."""

from __future__ import annotations

import pytest

import citekit
from citekit.pipeline import extract_document
from citekit.readers import from_text

PROSE = "The council met in the town hall, and the matter was put off again because the money was not there. "


def said(text: str) -> list[str]:
    return [
        found.message for found in extract_document(from_text(text)).diagnostics if found.code == "citations-unread"
    ]


@pytest.mark.parametrize(
    ("title", "cited"),
    [
        ("imprints in the sentences", "So Gray, Mills and Tolls (London: Ashcombe Press, 1922), has it. "),
        ("author, year and page", "Others disagree (Gray 1922, 14; Holm 1987). "),
        ("German pages", "So Gräber, Salzwege, S. 14, der das bestreitet. "),
        ("Italian short forms", "Così Bianchi, op. cit., scrive del sale. "),
        ("Russian pages", "Так пишет Петров, Соль, с. 45. "),
        ("Chinese pages", "见张文《盐路》，第12页。"),
    ],
    ids=lambda value: value if len(value) < 30 else "",
)
def test_citations_in_the_text_of_a_document_without_notes_are_told(title: str, cited: str) -> None:
    [message] = said((PROSE + cited) * 3)
    assert message.startswith("3 places look like citations, the first “… "), title
    assert "; put each note on a line of its own" in message


def test_one_long_line_is_told_at_its_first_sign() -> None:
    text = (PROSE + "So Gray, Mills and Tolls (London: Ashcombe Press, 1922), 14. ") * 1_250
    assert "\n" not in text
    assert len(text) > 200_000
    extraction = extract_document(from_text(text))
    [found] = [each for each in extraction.diagnostics if each.code == "citations-unread"]
    assert extraction.citations == ()
    assert found.span is not None
    assert text[found.span.start : found.span.end] == "(London: Ashcombe Press, 1922)"
    assert found.message.startswith("1,250 places look like citations, the first “… So Gray, Mills and Tolls (London:")


@pytest.mark.parametrize(
    "text",
    [
        PROSE * 50,
        (PROSE + "In May 1848 the mills (built in 1790) burnt, and 12 men with them (see the map). ") * 20,
        PROSE + "So Gray, Mills and Tolls (London: Ashcombe Press, 1922), has it. ",
        "",
    ],
)
def test_prose_is_no_citation(text: str) -> None:
    assert said(text) == []


def test_what_is_read_is_not_called_unread() -> None:
    notes = "\n".join(f"{number} Gray, Mills (London: Ashcombe Press, 1922), p. {number}." for number in range(1, 6))
    text = PROSE + " ".join(f"It burnt.{number}" for number in range(1, 6)) + "\n\n" + notes
    assert len(extract_document(from_text(text)).citations) == 5
    assert said(text) == []
    assert citekit.parse("Gray, Mills (London: Ashcombe Press, 1922), p. 3.")
