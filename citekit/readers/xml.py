"""XML: TEI or JATS by its root element, any other as a web page."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from citekit.errors import UnsupportedFormatError
from citekit.model import Document
from citekit.readers.html import read_html
from citekit.readers.markup import local_name, xml_tree
from citekit.readers.plaintext import document_of
from citekit.readers.refusing import refuse_binary

if TYPE_CHECKING:
    from citekit.readers.xml_text import XmlText

__all__ = ["read_xml"]

_TEI_ROOTS = ("TEI", "TEI.2", "teiCorpus", "text")
_JATS_ROOTS = ("article", "book", "book-part", "book-part-wrapper")


def read_xml(content: bytes, path: str | None) -> Document:
    """A TEI or JATS document. Nothing that it refers to is fetched, and no entity is expanded.

    Raises:
        UnsupportedFormatError: another kind of XML, or no XML at all.
    """
    from citekit.readers.jats import compose_jats
    from citekit.readers.tei import compose_tei
    from citekit.readers.xml_entries import keyed_citations

    refuse_binary(content, path)
    tree, troubles = xml_tree(content)
    name = local_name(tree) if tree is not None else ""
    composed: XmlText
    if tree is not None and name in _TEI_ROOTS:
        media_type, composed = "application/tei+xml", compose_tei(tree)
    elif tree is not None and name in _JATS_ROOTS:
        media_type, composed = "application/jats+xml", compose_jats(tree)
    elif name == "html":
        return read_html(content, path)
    else:
        what = f'an XML file whose root is "{name}"' if name else "no XML"
        raise UnsupportedFormatError(
            f"{path or 'the input'}: this is {what}; citekit reads TEI, JATS and XHTML: save it as one of these"
        )
    text = composed.composer.text()
    return document_of(
        text,
        path=path,
        media_type=media_type,
        encoding=None,
        sha256=hashlib.sha256(content).hexdigest(),
        hints=composed.composer.finished_hints(text),
        diagnostics=troubles,
        keyed=keyed_citations(composed.citations, text),
    )
