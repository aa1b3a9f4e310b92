"""The works that a Markdown manuscript lists without citing them: `nocite` in its metadata.

Pandoc's manual, "Including uncited items in the bibliography": `nocite` holds citations, and `@*` stands for all works.
"""

from __future__ import annotations

import re
from typing import Any

from citekit.manuscripts.cited import Cited
from citekit.model import Diagnostic, Severity
from citekit.readers.citation_keys import citation_keys
from citekit.readers.front_matter import metadata

__all__ = ["listed_uncited"]

_HEAD = re.compile(r"\ufeff?---[ \t]*\r?\n.*?^(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE)
_EVERYTHING = re.compile(r"(?<![\w@/.])@\*(?!\w)")


def listed_uncited(text: str) -> Cited:
    """The keys under `nocite` in the YAML at the head of a manuscript; nothing where there is none."""
    head = _HEAD.match(text)
    if head is None or "nocite" not in head.group():
        return Cited()
    try:
        stated = metadata(head.group())
    except ValueError as trouble:
        message = f"the metadata at the head cannot be read ({trouble}), so nocite counts for nothing; correct the YAML"
        return Cited(diagnostics=(Diagnostic(Severity.WARNING, "metadata-unreadable", message),))
    words = "\n\n".join(_strings(stated.get("nocite")))
    keys = dict.fromkeys(entry.key for entry in citation_keys(words, 0) if entry.key)
    return Cited(tuple(keys), everything=_EVERYTHING.search(words) is not None)


def _strings(value: Any) -> list[str]:
    """The strings of a value: one, or a list of them."""
    listed = value if isinstance(value, list) else [value]
    return [one for one in listed if isinstance(one, str)]
