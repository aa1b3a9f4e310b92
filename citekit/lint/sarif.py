"""Findings as SARIF 2.1.0, the form in which code hosts and editors take the findings of linters (OASIS standard)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from citekit.lint.catalogue import CHECKS
from citekit.lint.findings import Finding
from citekit.model import Severity
from citekit.version import VERSION

__all__ = ["sarif"]

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def sarif(found: Iterable[tuple[str, Finding]]) -> dict[str, Any]:
    """The log of one run: each finding with the path of its file.

    Args:
        found: paths as the user named them, and findings.
    """
    places = {code: place for place, code in enumerate(CHECKS)}
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "citekit", "version": VERSION, "rules": [_rule(code) for code in CHECKS]}},
                "columnKind": "unicodeCodePoints",
                "results": [_result(path, finding, places[finding.code]) for path, finding in found],
            }
        ],
    }


def _rule(code: str) -> dict[str, Any]:
    check = CHECKS[code]
    return {
        "id": code,
        "shortDescription": {"text": check.summary},
        "help": {"text": f"Source: {check.source}"},
        "defaultConfiguration": {"level": _LEVELS[check.severity], "enabled": check.on},
    }


def _result(path: str, finding: Finding, place: int) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(path.replace("\\", "/"), safe="/:")}}
    if finding.line:
        physical["region"] = {"startLine": finding.line, "startColumn": finding.column}
    location: dict[str, Any] = {"physicalLocation": physical}
    if finding.key:
        name = f"{finding.key}:{finding.field}" if finding.field else finding.key
        location["logicalLocations"] = [{"fullyQualifiedName": name}]
    return {
        "ruleId": finding.code,
        "ruleIndex": place,
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [location],
    }
