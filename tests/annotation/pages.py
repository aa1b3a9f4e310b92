"""Documents as pages, and what a program can ask of a page."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

from lxml import html

import citekit
from citekit import pipeline, readers
from citekit.model import Document, Extraction

WEBER = "Max Weber, Wirtschaft und Gesellschaft, Tübingen 1922, S. 17"
SCHOLARLY = f"""The market is an old idea.[1] It was taken up again,[2] and not by him alone.[3]
Somebody asked for more.[5]

1 {WEBER}.
2 Ibid., S. 18; vgl. Weber, Wirtschaft, S. 20.
3 Georg Simmel, Philosophie des Geldes, Leipzig 1900; Georg Simmel, Soziologie, Leipzig 1908, S. 5.
4 Simmel, S. 12.
"""
"""A citation in full, an ibid. and a short title led back to it, an author with two works (refused), a marker without
a note, a note without a marker."""


def document_from(text: str, media_type: str = "text/plain", path: str | None = None) -> Document:
    if media_type in ("text/plain", "text/markdown"):
        return readers.from_text(text, media_type=media_type, path=path)
    return readers.READERS[media_type](text.encode(), path)


def extraction_of(text: str, media_type: str = "text/plain", path: str | None = "essay.txt") -> Extraction:
    return pipeline.extract_document(document_from(text, media_type, path))


def page_of(text: str, media_type: str = "text/plain", path: str | None = "essay.txt") -> str:
    return citekit.annotate(extraction_of(text, media_type, path))


def parsed(page: str) -> Any:
    return html.document_fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8", huge_tree=True))


def with_class(element: Any, name: str) -> list[Any]:
    found: list[Any] = element.xpath(f".//*[contains(concat(' ', @class, ' '), ' {name} ')]")
    return found


def words_of(element: Any) -> str:
    """An element's own words of the document, without what the page adds."""
    copy = deepcopy(element)
    copy.tail = None
    for added in with_class(copy, "x"):
        added.drop_tree()
    return str(copy.text_content())


def document_words(page: str) -> str:
    """The whole text of the document as the page has it."""
    (text,) = parsed(page).xpath("//div[@class='t']")
    return words_of(text)


def expected_words(document: Document) -> str:
    """The text as a page can have it: no form feeds, other control characters by their pictures."""
    shown = document.text.replace("\f", "")
    return re.sub(r"[\x00-\x08\x0b\x0e-\x1f]", lambda sign: chr(0x2400 + ord(sign[0])), shown)
