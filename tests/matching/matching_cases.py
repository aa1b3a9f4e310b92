"""The pairs of records in `tests/cases/matching` as CSL-JSON items."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_CASES = Path(__file__).parents[1] / "cases" / "matching"
_ROLES = ("author", "editor", "translator")


@dataclass(frozen=True)
class Case:
    title: str
    a: dict[str, Any]
    b: dict[str, Any]
    same: bool
    veto: str | None


def item(fields: dict[str, Any]) -> dict[str, Any]:
    read: dict[str, Any] = {}
    for name, value in fields.items():
        if name in _ROLES:
            read[name] = [person(printed) for printed in value]
        elif name in {"issued", "accessed"}:
            read[name] = {"date-parts": [value if isinstance(value, list) else [value]]}
        else:
            read[name] = value
    return read


def person(printed: str) -> dict[str, str]:
    if printed.startswith("{"):
        return {"literal": printed.strip("{}")}
    family, _, given = printed.partition(", ")
    return {"family": family, "given": given} if given else {"family": family}


def cases() -> list[Case]:
    return [
        Case(case["title"], item(case["a"]), item(case["b"]), case["same"], case.get("veto"))
        for file in sorted(_CASES.glob("*.toml"))
        for case in tomllib.loads(file.read_text(encoding="utf-8"))["case"]
    ]
