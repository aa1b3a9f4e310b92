"""Every row of the tables in tests/cases: a field as printed, and what it says."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from citekit.citations.dating import read_date
from citekit.citations.items import ItemReading, read_item
from citekit.citations.line import TaggedField
from citekit.citations.people import People, read_people

TABLES = Path(__file__).parent.parent / "cases"
LEAST = {"names": 60, "dates": 60, "titles": 20, "numbers": 40, "locators": 25, "identifiers": 20}


def rows(table: str) -> list[list[str]]:
    return tomllib.loads((TABLES / f"{table}.toml").read_text(encoding="utf-8"))["rows"]


def cases(table: str) -> list[Any]:
    return [pytest.param(row, id=f"{row[0]}: {row[1]}") for row in rows(table)]


def one(field: str, words: str, language: str | None = None) -> ItemReading:
    return read_item([TaggedField(field, 0, len(words))], words, language)


def shown_name(name: dict[str, str]) -> str:
    if "literal" in name:
        return "{" + name["literal"] + "}"
    return ", ".join(name[part] for part in ("family", "given", "suffix") if part in name)


def shown_people(people: People) -> str:
    groups = []
    for group in people.groups:
        names = " | ".join(shown_name(name) for name in group.names)
        groups.append(f"{group.role}: {names}" if group.role else names)
    scripts = "".join(f" | {name} ~ {script}" for name, script in people.scripts.items())
    return (("= " if people.repeated else "") + " // ".join(groups) + scripts).strip()


def said(reading: ItemReading) -> dict[str, str]:
    """All that a reading says, one text each."""
    item = dict(reading.item)
    found = {**item, **item.pop("custom", {})}
    found.pop("custom", None)
    if isinstance(found.get("issued"), dict):
        found["issued"] = str(found["issued"]["date-parts"][0][0])
    if reading.locator:
        found["locator"] = f"{reading.locator.label} {reading.locator.value}"
    wrong = {doubt.field for doubt in reading.doubts if doubt.code == "check-digit"}
    return {("!" if name in wrong else "") + name: str(value) for name, value in found.items()}


@pytest.mark.parametrize("row", cases("names"))
def test_a_run_of_people(row: list[str]) -> None:
    language, words, expected = row
    assert shown_people(read_people(words, language)) == expected


@pytest.mark.parametrize("row", cases("dates"))
def test_a_date(row: list[str]) -> None:
    language, words, expected = row
    dated = read_date(words, language)
    shown = dated.edtf or f"'{dated.status}"
    shown += f" < {dated.original}" if dated.original else ""
    shown += f" {dated.suffix}" if dated.suffix else ""
    assert shown == expected


@pytest.mark.parametrize("row", cases("titles"))
def test_a_title(row: list[str]) -> None:
    field, words, title, *beside = row
    reading = one(field, words)
    assert reading.item[field] == title
    assert reading.item.get("original-title", "") == _led("original ", beside)
    assert reading.item.get("custom", {}).get("translated-title", "") == _led("translated ", beside)


def _led(name: str, beside: list[str]) -> str:
    return next((words.removeprefix(name) for words in beside if words.startswith(name)), "")


@pytest.mark.parametrize("row", [*cases("numbers"), *cases("locators"), *cases("identifiers")])
def test_numbers_pages_and_identifiers(row: list[str]) -> None:
    field, words, expected = row
    assert said(one(field, words)) == dict(re.split(" ", pair, maxsplit=1) for pair in expected.split(" | "))


@pytest.mark.parametrize("table", LEAST)
def test_the_tables_are_long_enough(table: str) -> None:
    found = rows(table)
    assert len(found) >= LEAST[table]
    assert len({(row[0], row[1]) for row in found}) == len(found), "a row stands twice"
