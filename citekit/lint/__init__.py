"""Checks of bibliographies, in the manner of JabRef, papis doctor and `biber --tool` (docs/reference/lint.md).

    findings = lint_bib(read_bytes(Path("library.bib").read_bytes()))

A file is read with the place of each character, so that each finding has its line and column, and what is safe to set
right can be set right without touching anything else.
"""

from __future__ import annotations

from citekit.lint.catalogue import CHECKS, Check, chosen_codes
from citekit.lint.findings import Finding, Fix
from citekit.lint.fixing import fixed
from citekit.lint.running import lint_bib, lint_items

__all__ = ["CHECKS", "Check", "Finding", "Fix", "chosen_codes", "fixed", "lint_bib", "lint_items"]
