"""The works of a document's keys: the files that it names, those beside it, or those named on the command line.

LaTeX and Pandoc keep the works that a document cites in files of their own. Such a file belongs to the document, but a
document can come from anywhere: it reaches no file outside its own folder.
"""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath, PureWindowsPath

from citekit import formats
from citekit.errors import CitekitError, FormatError, ReadError
from citekit.formats.recognition import format_of, names_format
from citekit.model import Diagnostic, Document, HintKind, Item, Keeper, KeyedCitation, Severity
from citekit.readers.decoding import decode

__all__ = ["with_works"]

_KEEPERS = (Keeper.LATEX, Keeper.PANDOC)
_NOTATIONS = ("bibtex", "biblatex")
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)  # full of NUL bytes, as no other text is
_ENTRY = re.compile(r"@[A-Za-z]{1,40}\s{0,20}[{(]")  # `@string` and `@comment` alone are a bibliography too
_LARGEST = 50_000_000  # bytes: a library of 50,000 works


def with_works(document: Document, named: Sequence[str | os.PathLike[str]] = ()) -> Document:
    """The document with the works of its keys, and without signs that no bibliography makes citations.

    Args:
        document: as it was read.
        named: bibliographies to take; without any, those that the document names, else one beside it.

    Raises:
        ReadError: a bibliography in `named` cannot be read.
    """
    unknown = {entry.key for entry in document.keyed if _wanted(entry)}
    diagnostics: list[Diagnostic] = []
    works: dict[str, Item] = {}
    if unknown:
        works.update((key, item) for key, item in _in_metadata(document).items() if key in unknown)
        for file in _named(named) if named else _beside(document, diagnostics):
            for key, item in _read(file, diagnostics, given=bool(named)).items():
                if key in unknown:
                    works.setdefault(key, item)
    keyed = tuple(_with_work(entry, works) for entry in document.keyed if not entry.doubtful or works or named)
    if keyed == document.keyed and not diagnostics:
        return document
    return replace(document, keyed=keyed, diagnostics=(*document.diagnostics, *diagnostics))


def _wanted(entry: KeyedCitation) -> bool:
    return entry.keeper in _KEEPERS and not entry.names_work


def _with_work(entry: KeyedCitation, works: Mapping[str, Item]) -> KeyedCitation:
    if not _wanted(entry) or entry.key is None or entry.key not in works:
        return entry
    return replace(entry, item=works[entry.key], names_work=True)


def _named(named: Sequence[str | os.PathLike[str]]) -> list[Path]:
    files = [Path(file) for file in named]
    for file in files:
        if not file.is_file():
            raise ReadError(f"{file}: there is no such bibliography; check the name after --bibliography")
    return files


def _beside(document: Document, diagnostics: list[Diagnostic]) -> list[Path]:
    """The files that the document names; else the one of its own name beside it; else the only one beside it."""
    if document.path is None:
        return []
    path = Path(document.path)
    folder = path.parent
    if document.bibliographies:
        return [file for name in document.bibliographies if (file := _inside(folder, name, diagnostics))]
    same = path.with_suffix(".bib")
    if same.is_file():
        return [same]
    try:
        only = sorted(folder.glob("*.bib"))
    except OSError:
        return []
    return only if len(only) == 1 else []


def _inside(folder: Path, name: str, diagnostics: list[Diagnostic]) -> Path | None:
    """The file that a document names, if it lies in the document's folder or below it."""
    stated = PurePosixPath(name.replace("\\", "/"))
    away = stated.is_absolute() or ".." in stated.parts or PureWindowsPath(name).drive or "://" in name
    file = folder / (stated if names_format(stated.name) else stated.with_name(f"{stated.name}.bib"))
    try:
        if not away and file.resolve().is_relative_to(folder.resolve()):
            if file.is_file():
                return file
            message = (
                f"the bibliography {name} is not beside the document; put it there, or name it with --bibliography"
            )
            diagnostics.append(Diagnostic(Severity.WARNING, "bibliography-missing", message))
            return None
    except (OSError, ValueError, RuntimeError):
        pass
    message = (
        f"the bibliography {name} is outside the document's folder and was not opened; name it with --bibliography"
    )
    diagnostics.append(Diagnostic(Severity.WARNING, "bibliography-outside", message))
    return None


def _read(file: Path, diagnostics: list[Diagnostic], *, given: bool) -> Mapping[str, Item]:
    """The works of a file, by their keys; one that the document names and that cannot be read is a diagnostic."""
    try:
        if file.stat().st_size > _LARGEST:
            raise ReadError(f"{file}: this is too large for a bibliography; give the part that is cited")
        content = file.read_bytes()
        if b"\x00" in content and not content.startswith(_WIDE_MARKS):
            raise ReadError("it is a binary file, no text")
        text = decode(content).text
        format = format_of(file.name, text)  # noqa: A001 - the word that users know
        items, troubles = formats.read(text, format)
    except (CitekitError, OSError, ValueError) as exc:
        reason = getattr(exc, "strerror", None) or str(exc)
        if given:
            raise ReadError(f"{file}: the bibliography could not be read ({reason}); check the file") from exc
        message = f"the bibliography {file.name} could not be read ({reason}); check the file"
        diagnostics.append(Diagnostic(Severity.WARNING, "bibliography-unreadable", message))
        return {}
    if not items and text.strip() and format in _NOTATIONS and not _ENTRY.search(text):
        message = f"the bibliography {file.name} could not be read (no entry is in it); name a BibTeX or CSL-JSON file"
        diagnostics.append(Diagnostic(Severity.WARNING, "bibliography-unreadable", message))
        return {}
    diagnostics += [replace(one, message=f"{file.name}, {one.message}", span=None) for one in troubles]
    return _by_key(items)


def _in_metadata(document: Document) -> Mapping[str, Item]:
    """The works under `references` in the YAML at the head of a document (Pandoc's manual, "Metadata blocks")."""
    head = next((hint.span for hint in document.hints if hint.kind is HintKind.FURNITURE and not hint.span.start), None)
    words = document.slice((head,)) if head else ""
    if not words.startswith("---") or "references" not in words:
        return {}
    try:
        return _by_key(formats.read(words, "csl-yaml")[0])
    except FormatError:  # said when the head was read
        return {}


def _by_key(items: Sequence[Item]) -> dict[str, Item]:
    return {str(item["id"]): _without_id(item) for item in items if item.get("id")}


def _without_id(item: Item) -> Item:
    return {name: value for name, value in item.items() if name != "id"}
