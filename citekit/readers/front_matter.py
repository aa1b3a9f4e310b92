"""The YAML at the head of a Markdown file (Pandoc's manual, "Metadata blocks"): which files hold the works it cites."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from citekit.model import Diagnostic, Severity
from citekit.readers.yaml_text import compose, line_of, value

__all__ = ["FrontMatter", "metadata", "read_front_matter"]

_LONGEST = 2_000_000  # characters; works themselves can stand in it


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a document's metadata says of the works that it cites.

    Attributes:
        bibliographies: the files under `bibliography`, as they are named.
        diagnostics: what could not be read.
    """

    bibliographies: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def read_front_matter(words: str) -> FrontMatter:
    """What a YAML block says, its lines of dashes included."""
    if "bibliography" not in words and "references" not in words:
        return FrontMatter()
    try:
        stated = metadata(words)
    except ValueError as trouble:
        message = f"the metadata at the head cannot be read ({trouble}), and names no bibliography; correct the YAML"
        return FrontMatter(diagnostics=(Diagnostic(Severity.WARNING, "metadata-unreadable", message),))
    named = stated.get("bibliography")
    files = named if isinstance(named, list) else [named]
    return FrontMatter(tuple(file for file in files if isinstance(file, str) and file.strip()))


def metadata(words: str) -> Mapping[str, Any]:
    """The values of a YAML block, its lines of dashes included; none where it holds no fields.

    Raises:
        ValueError: it is no YAML; the message says in which line.
    """
    if len(words) > _LONGEST:
        raise ValueError("too long")
    try:
        node = compose("\n".join(words.strip().splitlines()[1:-1]))
    except ValueError as error:
        raise ValueError(f"line {line_of(error) + 2}") from error
    stated = value(node) if node is not None else None
    return stated if isinstance(stated, Mapping) else {}
