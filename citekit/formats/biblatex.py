"""BibLaTeX files: BibTeX's notation with BibLaTeX's data model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from citekit.formats import bibtex
from citekit.formats.dialects import BIBLATEX
from citekit.model import Diagnostic, Item

__all__ = ["dumps", "read"]


def dumps(items: Sequence[Item]) -> str:
    """The items as a .bib file for biber; see `citekit.formats.bibtex.dumps`."""
    return bibtex.dumps(items, BIBLATEX)


def read(text: str) -> tuple[list[dict[str, Any]], tuple[Diagnostic, ...]]:
    """The items of a .bib file for biber; see `citekit.formats.bibtex.read`."""
    return bibtex.read(text, BIBLATEX)
