"""The works that a Markdown manuscript lists without citing them: `nocite` in its metadata.

Pandoc's manual, "Including uncited items in the bibliography": `nocite` holds citations, and `@*` stands for all works.
"""

from __future__ import annotations

import re
from typing import Any

from citekit.manuscripts.cited import Cited
from citekit.model import Diagnostic, Severity
from citekit.readers.citation_keys import citation_keys

__all__ = ["listed_uncited"]

_HEAD = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE)
_EVERYTHING = re.compile(r"(?<![\w@/.])@\*(?!\w)")
_LONGEST = 2_000_000  # characters; works themselves can stand in the metadata


def listed_uncited(text: str) -> Cited:
    """The keys under `nocite` in the YAML at the head of a manuscript; nothing where there is none."""
    head = _HEAD.match(text, 0, _LONGEST)
    if head is None or "nocite" not in head[1]:
        return Cited()
    import yaml

    try:
        stated = yaml.safe_load(head[1])
    except (yaml.YAMLError, RecursionError, ValueError, OverflowError) as trouble:
        place = getattr(trouble, "problem_mark", None)
        where = f"line {place.line + 2}" if place else "it is no YAML"
        message = f"the metadata at the head cannot be read ({where}), so nocite counts for nothing; correct the YAML"
        return Cited(diagnostics=(Diagnostic(Severity.WARNING, "metadata-unreadable", message),))
    words = "\n\n".join(_strings(stated.get("nocite") if isinstance(stated, dict) else None))
    keys = dict.fromkeys(entry.key for entry in citation_keys(words, 0, {}) if entry.key)
    return Cited(tuple(keys), everything=_EVERYTHING.search(words) is not None)


def _strings(value: Any) -> list[str]:
    """The strings of a value: one, or a list of them."""
    listed = value if isinstance(value, list) else [value]
    return [one for one in listed if isinstance(one, str)]
