"""Locators that cannot be right: a page outside the article's pages. Pointed out, never corrected."""

from __future__ import annotations

import re
from dataclasses import replace

from citekit.model import Resolution, Severity
from citekit.resolution.state import Decision, State, remark

__all__ = ["outside_pages"]

_PAGE = re.compile(r"(?<![\w.])\d{1,6}")
DOUBTED = 0.8  # a page that does not fit speaks against the link, but page numbers are misprinted too


def outside_pages(state: State, index: int, decision: Decision) -> Decision:
    """Remark on a citation whose pages all lie outside the pages of the article or chapter that it cites."""
    citation = state.citations[index]
    if citation.locator is None or citation.locator.label != "page" or len(decision.works) != 1:
        return decision
    stated = state.draft(decision.works[0]).pages
    pages = [int(page) for page in _PAGE.findall(citation.locator.value)]
    if not stated or not pages:
        return decision
    first, last = stated
    if any(first <= page <= last for page in pages):
        return decision
    message = f"points to page {pages[0]}, but the work is on pages {first}-{last}; check the page or the work"
    resolution = decision.resolution
    if isinstance(resolution, Resolution):
        resolution = replace(resolution, confidence=resolution.confidence * DOUBTED)
    remarks = (*decision.diagnostics, remark(Severity.INFO, "locator-outside-pages", message, citation))
    return replace(decision, resolution=resolution, diagnostics=remarks)
