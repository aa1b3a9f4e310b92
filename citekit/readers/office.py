"""Word, OpenDocument, LaTeX, RTF, MediaWiki and reStructuredText, through pandoc."""

from __future__ import annotations

import hashlib

from citekit.errors import ReadError
from citekit.model import Diagnostic, Document
from citekit.readers.called_notes import CalledNote
from citekit.readers.composing import trimmed
from citekit.readers.cut_off import cut_latex, cut_rtf
from citekit.readers.decoding import decode
from citekit.readers.latex_parts import with_parts
from citekit.readers.latex_text import LatexText, bibliographies, plainer_latex, taken_in
from citekit.readers.left_out import parts_left_out, plainer_rst
from citekit.readers.open_document import plainer_open_document
from citekit.readers.pandoc import DAMAGED, check_archive, syntax_tree
from citekit.readers.plaintext import document_of
from citekit.readers.recognition import OFFICE_FORMATS
from citekit.readers.rst_notes import plainer_notes
from citekit.readers.rtf_notes import plainer_rtf
from citekit.readers.syntax_text import SyntaxText
from citekit.readers.wiki_refs import Refs, marked_refs
from citekit.readers.wiki_text import WikiText
from citekit.readers.word_fields import StatedFields
from citekit.readers.word_file import plainer_word

__all__ = ["read_office"]

_ARCHIVES = ("docx", "odt")


_GROUPS = 100  # in each other: more have not been left open by a file's end


def read_office(content: bytes, path: str | None, media_type: str) -> Document:
    """A document that pandoc reads, its notes at their places.

    Raises:
        UnsupportedFormatError: pandoc is not installed.
        ReadError: the file is damaged, or reading it took more memory or time than allowed.
    """
    pandoc_format = OFFICE_FORMATS[media_type]
    words = content
    stated = StatedFields()
    parts: list[bytes] = []
    refs, keys, called = Refs(), list[str](), list[CalledNote]()
    left_out: tuple[Diagnostic, ...] = ()
    if pandoc_format == "rtf":
        groups, left_out = cut_rtf(content)
        words, stated, called = plainer_rtf(content)
        words += b"}" * min(groups, _GROUPS)  # pandoc reads no file without them
    elif pandoc_format == "mediawiki":
        source, refs = marked_refs(decode(content).text)
        words = source.encode("utf-8", "replace")
    elif pandoc_format == "latex":
        words, parts = with_parts(content, path)
        cut = cut_latex(content)
        left_out = (*parts_left_out(taken_in(words), "latex-parts-left-out"), *cut)
        words += b"\n\\end{document}" if cut else b""  # pandoc reads no file without it
        words, keys = plainer_latex(words)
    elif pandoc_format == "rst":
        words, left_out = plainer_rst(content)
        source, called = plainer_notes(decode(words).text)
        words = source.encode("utf-8", "replace")
    if pandoc_format in _ARCHIVES:
        with check_archive(content, path) as archive:
            try:
                plainer = plainer_word if pandoc_format == "docx" else plainer_open_document
                words, stated, called = plainer(archive)
            except DAMAGED as exc:
                raise ReadError(f"{path or 'the input'}: the file is damaged ({exc}); save it again") from exc
    tree = syntax_tree(words, path, pandoc_format)
    try:
        composed = _composed(pandoc_format, stated, called, refs, keys)
        composed.document(tree)
    except (KeyError, IndexError, TypeError, ValueError, RecursionError) as exc:
        raise ReadError(f"{path or 'the input'}: pandoc's tree could not be followed ({type(exc).__name__})") from exc
    text = composed.composer.text()
    composed.entries_listed(text)
    damaged = {number: trimmed(text, *place) for number, place in composed.damaged.items()}
    return document_of(
        text,
        path=path,
        media_type=media_type,
        encoding=None,
        sha256=hashlib.sha256(b"".join((content, *parts))).hexdigest(),  # a chapter that changed is a new version
        hints=composed.composer.finished_hints(text),
        diagnostics=(*stated.placed_diagnostics(damaged), *refs.diagnostics, *left_out),
        keyed=composed.keyed(text),
        bibliographies=bibliographies(tree.get("meta") or {}),
    )


def _composed(
    pandoc_format: str, stated: StatedFields, called: list[CalledNote], refs: Refs, keys: list[str]
) -> SyntaxText:
    """What goes through pandoc's tree of a format."""
    if pandoc_format == "mediawiki":
        return WikiText(refs=refs)
    if pandoc_format == "latex":
        return LatexText(keys=keys)
    return SyntaxText(stated.entries, called)
