"""What tests of entries ask of an extraction: each citation in one line, as a historian would say it."""

from __future__ import annotations

from citekit.model import Citation, Extraction

__all__ = ["told", "works_told"]


def told(extraction: Extraction) -> list[str]:
    """Each citation: its words → the titles of its works, the place in it, and the form."""
    return [_line(extraction, citation) for citation in extraction.citations]


def _line(extraction: Extraction, citation: Citation) -> str:
    titles = " + ".join(work.title or _author(work.item) for work in extraction.works_of(citation)) or "?"
    place = f", {citation.locator.label} {citation.locator.value}" if citation.locator else ""
    signal = f"[{citation.signal}] " if citation.signal else ""
    assert extraction.document.text[slice(*citation.span)] == citation.text
    return f"{signal}{citation.text} → {titles}{place} ({citation.form})"


def _author(item: object) -> str:
    people = item.get("author") or [{}] if isinstance(item, dict) else [{}]
    return f"a work of {people[0].get('family')}"


def works_told(extraction: Extraction) -> list[str | None]:
    """The titles of the works."""
    return [work.title for work in extraction.works]
