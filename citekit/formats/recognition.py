"""Which format a bibliography is in: by its name's ending, else by how it begins. Pure."""

from __future__ import annotations

import re

from citekit.errors import FormatError
from citekit.formats.better_bibtex import is_better_bibtex
from citekit.formats.bib_notation import is_biblatex

__all__ = ["MEDIA_TYPES", "format_of", "looks_like_ris", "looks_like_yaml", "names_format"]

MEDIA_TYPES = {
    "bibtex": "application/x-bibtex",
    "biblatex": "application/x-bibtex",  # one notation; RFC 6838 registers none for either
    "csl-json": "application/vnd.citationstyles.csl+json",  # https://citationstyles.org, media types
    "csl-yaml": "application/yaml",  # RFC 9512
    "ris": "application/x-research-info-systems",  # as library catalogues serve it; none is registered
    "better-bibtex": "application/json",
}
"""Name of each format → the media type of its files."""

_ENDINGS = {
    ".bib": "bibtex",
    ".bibtex": "bibtex",
    ".biblatex": "biblatex",
    ".json": "csl-json",
    ".jsonl": "csl-json",
    ".csljson": "csl-json",
    ".yaml": "csl-yaml",
    ".yml": "csl-yaml",
    ".ris": "ris",
}
_RIS = re.compile(r"\ufeff?\s*+TY[ \t]{1,2}-[ \t]")
_YAML = re.compile(r"\ufeff?\s*+(?:#[^\n]*\n\s*+)*+(?:---[ \t]*\n\s*+)?(?:references:|-[ \t]+(?:id|title|type):)")


def format_of(path: str, text: str) -> str:
    """The format of a bibliography: by its name's ending, else by how it begins.

    BibLaTeX is told by what it has and BibTeX has not (`citekit.formats.bib_notation`), Better BibTeX JSON by
    Zotero's item types.

    Raises:
        FormatError: it is in no format that citekit imports.
    """
    name = path.lower()
    found = next((kind for ending, kind in _ENDINGS.items() if name.endswith(ending)), None)
    if found is None:
        found = _by_content(text)
    if found == "bibtex" and is_biblatex(text):
        return "biblatex"
    return "better-bibtex" if found == "csl-json" and is_better_bibtex(text) else found


def names_format(path: str) -> bool:
    """Whether a name's ending tells the format of a bibliography."""
    return path.lower().endswith(tuple(_ENDINGS))


def looks_like_ris(text: str) -> bool:
    """Whether a text begins as a RIS file does."""
    return _RIS.match(text) is not None


def looks_like_yaml(text: str) -> bool:
    """Whether a text begins as a bibliography in YAML does."""
    return _YAML.match(text) is not None


def _by_content(text: str) -> str:
    first = text.lstrip("\ufeff \t\r\n")[:1]
    if first in ("@", "%"):
        return "bibtex"
    if first in ("[", "{"):
        return "csl-json"
    if looks_like_ris(text):
        return "ris"
    if looks_like_yaml(text):
        return "csl-yaml"
    raise FormatError(
        "is no BibTeX, BibLaTeX, RIS, CSL-JSON, CSL-YAML or Better BibTeX JSON; export it in one of these, "
        "or use citekit add"
    )
