"""Bibliographic formats: one module a format, each with the same two functions, `dumps` and `read`."""

from __future__ import annotations

from collections.abc import Sequence
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

    Args:
        items: CSL-JSON items; `id` is the citation key.
        format: one of `FORMATS`.

    Raises:
        FormatError: when there is no such format.
    """
    return str(_module(format).dumps(items))


def read(text: str, format: str) -> tuple[list[dict[str, Any]], tuple[Diagnostic, ...]]:  # noqa: A002
    """The items that a text in a format holds, in order, and what could not be read.

    Raises:
        FormatError: when there is no such format, or the text is not in it at all.
    """
    items, diagnostics = _module(format).read(text)
    return list(items), tuple(diagnostics)


def loads(text: str, format: str) -> list[dict[str, Any]]:  # noqa: A002
    """The items that a text in a format holds; `read` tells as well what could not be read.

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
