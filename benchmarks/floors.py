"""Floors under the figures that were once reached: they rise, and nobody lowers them silently.

`floors.toml` has a table for each row of the accuracy tables. `wrong` (short forms led to a work that is not theirs)
is the one figure of which less is better: there the floor is a ceiling.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

__all__ = ["CEILINGS", "Figures", "breaches", "raised", "read_floors", "write_floors"]

Figures: TypeAlias = Mapping[str, Mapping[str, float]]
"""Row → measure → figure between 0 and 1."""

CEILINGS = frozenset({"wrong"})
PLACES = 1000  # three decimals: finer differences are noise in sets of this size


def read_floors(path: Path) -> dict[str, dict[str, float]]:
    """The floors of a file; none when it is not there."""
    if not path.exists():
        return {}
    tables: dict[str, dict[str, float]] = tomllib.loads(path.read_text(encoding="utf-8"))
    return tables


def write_floors(path: Path, floors: Figures) -> None:
    """Write floors as TOML, rows in order."""
    lines = ["# Figures once reached; `python -m benchmarks.accuracy --raise` raises them and never lowers one.", ""]
    for row in sorted(floors):
        lines.append(f'["{row}"]')
        lines += [f"{measure} = {value:.3f}" for measure, value in floors[row].items()]
        lines.append("")
    path.write_text("\n".join(lines), encoding="utf-8")


def breaches(floors: Figures, reached: Figures) -> list[str]:
    """One line for each floor that was not held; rows that were not measured are left out."""
    lines = []
    for row, measures in floors.items():
        for measure, floor in measures.items():
            if row not in reached:
                continue
            figure = reached[row].get(measure)
            if figure is None:
                lines.append(f"{row}: {measure} was not measured, and has the floor {floor:.3f}")
            elif measure in CEILINGS and _up(figure) > floor:
                lines.append(f"{row}: {measure} is {figure:.4f}, above its ceiling {floor:.3f}")
            elif measure not in CEILINGS and _down(figure) < floor:
                lines.append(f"{row}: {measure} is {figure:.4f}, below its floor {floor:.3f}")
    return lines


def raised(floors: Figures, reached: Figures) -> dict[str, dict[str, float]]:
    """The floors, each at what was reached where that is better (three decimals, rounded to the safe side)."""
    result = {row: dict(measures) for row, measures in floors.items()}
    for row, measures in reached.items():
        table = result.setdefault(row, {})
        for measure, figure in measures.items():
            if measure in CEILINGS:
                table[measure] = min(table.get(measure, 1.0), _up(figure))
            else:
                table[measure] = max(table.get(measure, 0.0), _down(figure))
    return result


def _down(figure: float) -> float:
    return math.floor(figure * PLACES + 1e-9) / PLACES


def _up(figure: float) -> float:
    return math.ceil(figure * PLACES - 1e-9) / PLACES
