"""Web pages: the words that a browser shows, without what only frames them, and what the markup says of notes."""

from __future__ import annotations

import hashlib
from itertools import islice
from typing import TYPE_CHECKING

from citekit.model import Diagnostic, Document, HintKind
from citekit.readers.anchors import find_anchors, is_note_element
from citekit.readers.cut_off import cut_page
from citekit.readers.markup import decode_page, html_tree
from citekit.readers.page_calls import find_calls
from citekit.readers.page_description import page_description
from citekit.readers.page_notes import page_notes
from citekit.readers.page_text import PageText, compose_page, main_part
from citekit.readers.plaintext import document_of
from citekit.readers.refusing import refuse_binary

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["document_of_tree", "read_html"]


def read_html(content: bytes, path: str | None) -> Document:
    """A web page (HTML, XHTML) as a document.

    Its text is what a browser shows of the page's main part, paragraphs parted by a blank line; offsets count in that.

    Raises:
        UnsupportedFormatError: the bytes are no text.
    """
    refuse_binary(content, path)
    decoded = decode_page(content)
    tree, troubles = html_tree(decoded.text)
    return document_of_tree(
        tree,
        path=path,
        media_type="text/html",
        sha256=hashlib.sha256(content).hexdigest(),
        diagnostics=(*decoded.diagnostics, *troubles, *cut_page(decoded.text)),
    )


def document_of_tree(
    tree: _Element | None, *, path: str | None, media_type: str, sha256: str, diagnostics: tuple[Diagnostic, ...]
) -> Document:
    """The document of a page's elements."""
    page, text = PageText(), ""
    if tree is not None:
        page, text = _read(tree)
    return document_of(
        text,
        path=path,
        media_type=media_type,
        encoding=None,
        sha256=sha256,
        hints=page.composer.finished_hints(text),
        diagnostics=diagnostics,
        described=page_description(tree) if tree is not None else None,
    )


def _read(tree: _Element) -> tuple[PageText, str]:
    anchors = find_anchors(tree)
    calls = find_calls(anchors)
    needed = set(calls.markers) | {link.element for links in calls.markers.values() for link in links}
    needed |= {element for element in tree.iter() if isinstance(element.tag, str) and is_note_element(element)}
    calling = {
        near
        for links in calls.markers.values()
        for link in links
        for near in (link.element, *link.element.iter(), *islice(link.element.iterancestors(), 2))
    }
    unlabelled = {link.element for link in calls.back if link.label is None and (link.back or link.target in calling)}
    page = compose_page(main_part(tree, needed), needed, unlabelled)
    text = page.composer.text()
    for number, note in enumerate(page_notes(page, text, calls), 1):
        target = f"#note-{number}"
        page.composer.hint(
            HintKind.NOTE,
            *note.span,
            label=note.label,
            label_span=note.label_span,
            target=target,
            note_kind=note.kind,
        )
        for label, span in note.markers:
            page.composer.hint(HintKind.NOTE_MARKER, *span, label=label, target=target)
    return page, text
