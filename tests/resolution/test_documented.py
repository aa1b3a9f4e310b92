"""Every rule and every diagnostic that a user can meet is explained."""

from __future__ import annotations

import re
from pathlib import Path

from .printed_cases import printed_cases

PAGE = "docs/explanation/short-forms.md"


def test_each_rule_and_diagnostic_of_the_cases_is_explained(checkout: Path) -> None:
    explained = set(re.findall(r"`([a-z-]+)(?:…)?`", (checkout / PAGE).read_text(encoding="utf-8")))
    met: set[str] = set()
    for case in printed_cases():
        met |= {citation.resolution.method for citation in case.resolved.citations if citation.resolution}
        met |= {diagnostic.code for diagnostic in case.resolved.diagnostics}
    unexplained = {name for name in met if name not in explained and not name.startswith("forward-")}
    assert unexplained == set(), f"{PAGE} says nothing of these"
    assert any(name.startswith("forward-") for name in met)
    assert "forward-" in explained
