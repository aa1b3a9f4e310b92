"""EPUB: the pages of a book in their reading order, read as one page, so that notes in a file of their own are found.

EPUB 3.3: container (4.2), package document (5), spine (5.7).
"""

from __future__ import annotations

import hashlib
import posixpath
import zipfile
from collections import deque
from collections.abc import Container, Iterator, Mapping
from typing import TYPE_CHECKING
from urllib.parse import unquote

from citekit.errors import ReadError
from citekit.model import Diagnostic, Document, Severity
from citekit.readers.anchors import only_leads_back, words_of
from citekit.readers.html import document_of_tree
from citekit.readers.markup import decode_page, html_tree, local_name, xml_tree
from citekit.readers.pandoc import DAMAGED, check_archive, member

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["read_epub"]

_PAGES = ("application/xhtml+xml", "text/html")
_MOST_PAGES = 5000


def read_epub(content: bytes, path: str | None) -> Document:
    """An electronic book as a document.

    Raises:
        ReadError: the file is damaged, encrypted, or has no pages.
    """
    from lxml import etree

    name = path or "the input"
    troubles: list[Diagnostic] = []
    book = etree.Element("html")
    body = etree.SubElement(book, "body")
    with check_archive(content, path) as archive:
        try:
            spine, files = _spine(archive)
        except DAMAGED as exc:
            raise ReadError(f"{name}: the book's table of files could not be read ({exc}); get the file again") from exc
        chapters: dict[str, _Element] = {}
        waiting = deque(spine[:_MOST_PAGES])
        while waiting:
            page = waiting.popleft()
            try:
                tree, trouble = html_tree(decode_page(member(archive, page)).text)
            except DAMAGED:
                tree, trouble = None, (_lost(page),)
            troubles += trouble
            if tree is not None:
                chapters[page] = _chapter(tree, len(chapters))
                waiting += _beside(chapters[page], page, files)
    body.extend(chapters.values())
    places = {element.get(key) for element in body.iter() for key in ("id", "name") if key in element.attrib}
    for page, chapter in chapters.items():
        _lead_in_book(chapter, page, chapters, places)
    if not len(body):
        raise ReadError(f"{name}: the book has no pages that can be read; is it encrypted?")
    return document_of_tree(
        book,
        path=path,
        media_type="application/epub+zip",
        sha256=hashlib.sha256(content).hexdigest(),
        diagnostics=tuple(troubles),
    )


def _lost(page: str) -> Diagnostic:
    return Diagnostic(
        Severity.ERROR, "page-unread", f"{page}: this page of the book is damaged or missing; get the file again"
    )


def _spine(archive: zipfile.ZipFile) -> tuple[list[str], set[str]]:
    """The names of the pages' files, in reading order, and of those that the order leaves out.

    Pages beside the order (`linear="no"`, EPUB 3.3, 5.7.2), as notes are, stand behind it.
    """
    container, _ = xml_tree(member(archive, "META-INF/container.xml"))
    package_name = next((node.get("full-path", "") for node in _nodes(container) if local_name(node) == "rootfile"), "")
    package, _ = xml_tree(member(archive, package_name))
    files = {
        node.get("id", ""): posixpath.normpath(
            posixpath.join(posixpath.dirname(package_name), unquote(node.get("href", "")))
        )
        for node in _nodes(package)
        if local_name(node) == "item"
        and node.get("media-type") in _PAGES
        and "nav" not in node.get("properties", "").split()
    }
    order = [node for node in _nodes(package) if local_name(node) == "itemref" and node.get("idref", "") in files]
    order.sort(key=lambda node: node.get("linear") == "no")
    # No page may stand twice in it (EPUB 3.3, 5.7.2): a small file could be made a huge book.
    spine = list(dict.fromkeys(files[node.get("idref", "")] for node in order))
    return spine, {*files.values()}.difference(spine)


def _nodes(tree: _Element | None) -> list[_Element]:
    return [] if tree is None else list(tree.iter())


def _chapter(tree: _Element, number: int) -> _Element:
    """A page's body as a part of the whole book, its names made the book's own."""
    from lxml import etree

    chapter = etree.Element("section", id=f"{number}-")
    source = tree.find("body")
    chapter.text = source.text if source is not None else None
    for child in list(source) if source is not None else ():
        chapter.append(child)
    for element in chapter.iterdescendants():
        for key in ("id", "name"):
            if key in element.attrib:
                element.set(key, f"{number}-{element.get(key)}")
    return chapter


def _beside(chapter: _Element, page: str, left_out: set[str]) -> Iterator[str]:
    """The pages left out of the reading order to whose places a chapter leads: notes. Each is given once."""
    for element in chapter.iter("a"):
        leads_to, fragment = _address(element, page)
        if fragment and leads_to in left_out:
            left_out.remove(leads_to)
            yield leads_to


def _address(element: _Element, page: str) -> tuple[str, str]:
    """The page of the book that a link leads to, and the place in it; ("", "") where it leads out of the book."""
    href = element.get("href", "")
    file, _, fragment = href.partition("#")
    if not href or ":" in file:
        return "", ""
    return (posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(file))) if file else page), fragment


def _lead_in_book(
    chapter: _Element, page: str, chapters: Mapping[str, _Element], places: Container[str | None]
) -> None:
    """Make the links of a chapter lead to the places of the whole book.

    A link whose words only say that it leads back says so wherever it leads, to a page or to a place that is not there.
    """
    for element in chapter.iter():
        leads_to, fragment = _address(element, page)
        if not leads_to:
            continue
        whole = chapters.get(leads_to, chapter).get("id", "")
        known = bool(fragment) and leads_to in chapters
        if known:
            element.set("href", f"#{whole}{fragment}")
        if not (known and f"{whole}{fragment}" in places) and element.tag == "a" and only_leads_back(words_of(element)):
            element.set("href", f"#{whole}")
            element.set("rel", "backlink")
