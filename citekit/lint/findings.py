"""What a check finds, and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from citekit.model import Severity
from citekit.places import Span

__all__ = ["Finding", "Fix"]


@dataclass(frozen=True, slots=True)
class Fix:
    """Words that can stand in the place of others without a change of meaning.

    Attributes:
        span: what is replaced, in code points of the file's text.
        replacement: by what; empty where it only goes.
    """

    span: Span
    replacement: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a bibliography that a person should look at.

    Attributes:
        code: the check's code (CK101), the same in every version.
        severity: how much it matters.
        message: what is wrong and what to do, on one line, without its place.
        key: citation key of the entry; empty where it is none.
        field: name of the field as it stands in the file, or the CSL variable; empty where it is about the whole entry.
        span: the place in the text; None where there is no text (a store).
        line: from 1; 0 where there is no text.
        column: from 1, in code points; 0 where there is no text.
        fix: what would set it right safely, None where a person must decide.
    """

    code: str
    severity: Severity
    message: str
    key: str = ""
    field: str = ""
    span: Span | None = None
    line: int = 0
    column: int = 0
    fix: Fix | None = None

    def to_json(self, path: str) -> dict[str, Any]:
        """The object that `citekit lint --format json` prints (docs/schema/lint.json)."""
        return {
            "schema": "citekit/lint/1",
            "path": path,
            "line": self.line or None,
            "column": self.column or None,
            "span": list(self.span) if self.span is not None else None,
            "key": self.key or None,
            "field": self.field or None,
            "code": self.code,
            "severity": self.severity.value,
            "message": self.message,
            "fixable": self.fix is not None,
        }

    def to_line(self, path: str) -> str:
        """`file:line:column:key[:field]: CODE message`, as editors read it."""
        place = f"{self.line}:{self.column}:" if self.line else ""
        field = f":{self.field}" if self.field else ""
        return f"{path}:{place}{self.key or '-'}{field}: {self.code} {self.message}"
