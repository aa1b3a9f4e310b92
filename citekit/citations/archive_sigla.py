"""Sigla that a document gives to archives: "Stadtarchiv Freiburg (StadtAF), B 5", then "StadtAF, C 1".

Chicago 17, 14.60 and archives' own rules let the first note explain the siglum. What stands behind it later is a
shelfmark, whatever letters the siglum has: no list could hold them all.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from citekit.citations.cues import CueMatch
from citekit.citations.declared import declarations
from citekit.citations.line import TaggedField
from citekit.citations.prose import sentence_words
from citekit.citations.shelfmarks import repository_in
from citekit.citations.signals import signal_head
from citekit.citations.tag_archive import tag_file
from citekit.model import CueKind, Span

__all__ = ["archive_sigla", "as_explained", "as_file", "files_by_siglum"]

# "ASBo", "AD Finistère", "BL, IOR": the last names a group of papers with its library.
_SIGLUM = re.compile(r"[^\W\d_][^\s,;:()]{1,11}(?:(?:\s[^\W\d_][^\s,;:()]{1,20}){0,2}|,\s[A-ZÀ-Þ]{2,6})")
_CAPITALS = 2
_LONGEST = 160  # characters of a file and its leaf
_PIECE = re.compile(r"[^;]+")
_EDITED = frozenset({"publisher", "publisher-place", "container-title", "URL", "DOI"})


def archive_sigla(texts: Sequence[str]) -> frozenset[str]:
    """The short names that notes give to archives, not to works: the words before each begin with a repository."""
    return frozenset(
        declared.name
        for text in texts
        for declared in declarations(text)
        if _SIGLUM.fullmatch(declared.name)
        and sum(map(str.isupper, declared.name)) >= _CAPITALS
        and _is_repository(text, declared.start)
    )


def _is_repository(text: str, end: int) -> bool:
    """Whether the words before a declaration are an archive's name, perhaps with its town, and no shelfmark yet."""
    start = max(text.rfind(mark, 0, end) + len(mark) if mark in text[:end] else 0 for mark in ("; ", ". "))
    signal = signal_head().match(text, start, end)
    named = text[signal.end() if signal else start : end]
    first = named.partition(",")[0]
    return not any(map(str.isdigit, named)) and repository_in(first) and not sentence_words(named)


def as_file(
    fields: tuple[TaggedField, ...], text: str, cues: Sequence[CueMatch], sigla: Collection[str], language: str | None
) -> tuple[TaggedField, ...]:
    """The fields of a citation; of one that begins with the siglum of an archive, siglum, shelfmark, day and leaf."""
    siglum = _at_head(text, sigla)
    if siglum is None or {field.name for field in fields} & _EDITED:
        return fields
    if any(field.name == "archive" and (field.start, field.end) == (0, siglum) for field in fields):
        return fields
    cited = (match.start for match in cues if match.cue.kind is CueKind.CITED and match.start > siglum)
    end = len(text[: next(cited, len(text))].rstrip(" ,"))
    return tag_file(text[:end], siglum, language)


def as_explained(
    fields: tuple[TaggedField, ...], text: str, repository: int, language: str | None
) -> tuple[TaggedField, ...]:
    """The fields of a citation that explains a siglum behind the archive's name, which ends there."""
    end = len(text[:repository].rstrip())
    elsewhere = any(field.name == "archive" and field.start < end != field.end for field in fields)
    return tag_file(text, end, language) if elsewhere else fields


def files_by_siglum(text: str, taken: Sequence[tuple[int, int]], sigla: Collection[str]) -> Iterator[Span]:
    """The files that a note names by an archive's siglum where it shows no other sign of a citation."""
    if not sigla or not any(siglum in text for siglum in sigla):
        return
    for piece in _PIECE.finditer(text):
        start, end = piece.start() + len(piece.group()) - len(piece.group().lstrip()), piece.end()
        signal = signal_head().match(text, start, end)
        start = signal.end() if signal else start
        end = start + len(text[start:end].rstrip(" .,"))
        if any(first < end and start < last for first, last in taken) or end - start > _LONGEST:
            continue
        if _at_head(text[start:end], sigla) and not sentence_words(text[start:end]):
            yield Span(start, end)


def _at_head(text: str, sigla: Collection[str]) -> int | None:
    """Where the siglum ends with which the words begin, a shelfmark behind it."""
    for siglum in sigla:
        if text.startswith(siglum) and text[len(siglum) : len(siglum) + 2] in (", ", ". ", ": "):
            return len(siglum) if any(map(str.isdigit, text[len(siglum) :])) else None
    return None
