"""EPUB: the pages of a book in their reading order, read as one page, so that notes in a file of their own are found.

EPUB 3.3: container (4.2), package document (5), spine (5.7).
"""

from __future__ import annotations

import hashlib
import posixpath
import zipfile
from typing import TYPE_CHECKING
from urllib.parse import unquote

from citekit.errors import ReadError
from citekit.model import Diagnostic, Document, Severity
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
            spine = _spine(archive)
        except DAMAGED as exc:
            raise ReadError(f"{name}: the book's table of files could not be read ({exc}); get the file again") from exc
        numbers = {page: number for number, page in enumerate(spine)}
        for number, page in enumerate(spine[:_MOST_PAGES]):
            try:
                tree, trouble = html_tree(decode_page(member(archive, page)).text)
            except DAMAGED:
                tree, trouble = None, (_lost(page),)
            troubles += trouble
            if tree is not None:
                body.append(_chapter(tree, page, number, numbers))
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


def _spine(archive: zipfile.ZipFile) -> list[str]:
    """The names of the pages' files, in reading order."""
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
    order = [node.get("idref", "") for node in _nodes(package) if local_name(node) == "itemref"]
    # No page may stand twice in it (EPUB 3.3, 5.7.2): a small file could be made a huge book.
    return list(dict.fromkeys(files[name] for name in order if name in files))


def _nodes(tree: _Element | None) -> list[_Element]:
    return [] if tree is None else list(tree.iter())


def _chapter(tree: _Element, page: str, number: int, numbers: dict[str, int]) -> _Element:
    """A page's body as a part of the whole book, its names and links made the book's own."""
    from lxml import etree

    chapter = etree.Element("section")
    source = tree.find("body")
    chapter.text = source.text if source is not None else None
    for child in list(source) if source is not None else ():
        chapter.append(child)
    for element in chapter.iter():
        for key in ("id", "name"):
            if key in element.attrib:
                element.set(key, f"{number}-{element.get(key)}")
        href = element.get("href", "")
        file, sign, fragment = href.partition("#")
        if sign and ":" not in file:
            leads_to = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(file))) if file else page
            if leads_to in numbers:
                element.set("href", f"#{numbers[leads_to]}-{fragment}")
    return chapter
