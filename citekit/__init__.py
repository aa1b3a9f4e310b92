"""citekit: the citations of a document, the works they mean, and one store for all of them.

    import citekit
    extraction = citekit.extract("thesis.txt")
    for citation in extraction.citations:
        print(citation.text, citation.form, [work.title for work in extraction.works_of(citation)])
    with citekit.open("references.db") as store:
        report = store.add("thesis.txt", "article.md")
        print(store.export("biblatex"))

    for copy in citekit.check_archived(["https://web.archive.org/web/20091013000000/http://example.org/"]):
        print(copy.url, copy.verdict, copy.reason)

Importing it is cheap: what a name needs is loaded when the name is first used (PEP 562).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from citekit.errors import CitekitError
from citekit.model import Citation, Diagnostic, Document, Extraction, Locator, Note, Resolution, Span, Work
from citekit.version import VERSION

if TYPE_CHECKING:
    from citekit.annotation import annotate
    from citekit.archive.validation import check_archived
    from citekit.pipeline import extract, parse, parse_all
    from citekit.pipeline import open_store as open  # noqa: A004 (citekit.open reads like the built-in, on purpose)
    from citekit.readers import PageRanges, documents_in
    from citekit.store import Store

__version__ = VERSION
__all__ = [
    "Citation",
    "CitekitError",
    "Diagnostic",
    "Document",
    "Extraction",
    "Locator",
    "Note",
    "PageRanges",
    "Resolution",
    "Span",
    "Store",
    "Work",
    "annotate",
    "check_archived",
    "documents_in",
    "extract",
    "open",
    "parse",
    "parse_all",
]

_LAZY = {
    "annotate": ("citekit.annotation", "annotate"),
    "check_archived": ("citekit.archive.validation", "check_archived"),
    "documents_in": ("citekit.readers", "documents_in"),
    "extract": ("citekit.pipeline", "extract"),
    "open": ("citekit.pipeline", "open_store"),
    "parse": ("citekit.pipeline", "parse"),
    "parse_all": ("citekit.pipeline", "parse_all"),
    "PageRanges": ("citekit.readers", "PageRanges"),
    "Store": ("citekit.store", "Store"),
}


def __getattr__(name: str) -> Any:
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, attribute = _LAZY[name]
    value = getattr(import_module(module), attribute)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
