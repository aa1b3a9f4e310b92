"""The bounds of words without the punctuation and the brackets at their edges that are not theirs."""

from __future__ import annotations

__all__ = ["CLOSING", "trim"]

CLOSING = " \t.,;:·؛、，"


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds without punctuation at the edges and brackets that have no fellow inside."""
    while start < end and (text[start] in " \t,;:.·–—" or (text[start] in "([" and not _closes(text, start, end))):
        start += 1
    while end > start and (text[end - 1] in CLOSING + "([" or (text[end - 1] in ")]" and _unopened(text, start, end))):
        end -= 1
    return start, end


def _closes(text: str, start: int, end: int) -> bool:
    closing = ")" if text[start] == "(" else "]"
    return text.find(closing, start, end) >= 0


def _unopened(text: str, start: int, end: int) -> bool:
    closing = text[end - 1]
    opening = "(" if closing == ")" else "["
    return text.count(opening, start, end) < text.count(closing, start, end)
