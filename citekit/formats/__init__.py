"""Bibliographic formats: one module a format, each with the same two functions, `dumps` and `read`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from types import ModuleType
from typing import Any

from citekit.errors import FormatError
from citekit.formats.related import with_relations
from citekit.model import Diagnostic, Item, Span

__all__ = ["FORMATS", "dumps", "loads", "places", "read", "with_relations"]

FORMATS = {
    "bibtex": "bibtex",
    "biblatex": "biblatex",
    "csl-json": "csl_json",
    "csl-yaml": "csl_yaml",
    "ris": "ris",
    "better-bibtex": "better_bibtex",
}
"""Name of each format → the module of this package that writes and reads it."""


def _module(name: str) -> ModuleType:
    if name not in FORMATS:
        raise FormatError(f"{name}: no such format; there are {', '.join(FORMATS)}")
    return import_module(f"{__name__}.{FORMATS[name]}")


def dumps(items: Sequence[Item], format: str) -> str:  # noqa: A002
    """The items in a format, as text to be stored in UTF-8, in their order.

    >>> dumps([{"id": "levi63", "type": "book", "title": "La tregua"}], "ris").splitlines()[0]
    'TY  - BOOK'

    Args:
        items: CSL-JSON items; `id` is the citation key.
        format: one of `FORMATS`.

    Raises:
        FormatError: when there is no such format, or the items are no list of items.
    """
    if not isinstance(items, Sequence) or isinstance(items, str | bytes):
        raise FormatError("dumps: takes a list of CSL-JSON items; put a single one into a list")
    wrong = next((number for number, item in enumerate(items, 1) if not isinstance(item, Mapping)), None)
    if wrong is not None:
        raise FormatError(f"dumps: item {wrong} is no CSL-JSON item but {type(items[wrong - 1]).__name__}; give a dict")
    return str(_module(format).dumps(items))


def read(text: str, format: str) -> tuple[list[dict[str, Any]], tuple[Diagnostic, ...]]:  # noqa: A002
    """The items that a text in a format holds, in order, and what could not be read.

    Raises:
        FormatError: when there is no such format, or the text is not in it at all, or is no text.
    """
    if not isinstance(text, str):
        raise FormatError(f"read: takes text, not {type(text).__name__}; decode bytes first, as UTF-8 mostly")
    items, diagnostics = _module(format).read(text)
    return list(items), tuple(diagnostics)


def loads(text: str, format: str) -> list[dict[str, Any]]:  # noqa: A002
    """The items that a text in a format holds, as far as it could be read; `read` tells as well what could not.

    >>> loads("@book{levi63, title = {La tregua}}", "bibtex")
    [{'id': 'levi63', 'type': 'book', 'title': 'La tregua'}]
    >>> [trouble.message for trouble in read("@book{levi63", "bibtex")[1]][0].partition(":")[0]
    'line 1'

    Raises:
        FormatError: when there is no such format, or the text is not in it at all.
    """
    return read(text, format)[0]


def places(text: str, format: str) -> list[Span] | None:  # noqa: A002
    """Where in a text the items of `read` stand, one by one; None for a format whose module does not tell.

    Raises:
        FormatError: when there is no such format, or the text is not in it at all.
    """
    found = getattr(_module(format), "places", None)
    return list(found(text)) if found is not None else None
