"""A library that goes out in any format and comes in again names the same works."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from citekit import formats
from citekit.store import Store

from .conftest import Write

Open = Callable[..., Store]
Works = dict[str, dict[str, Any]]
ENDINGS = {
    "bibtex": "bib", "biblatex": "bib", "csl-json": "json", "csl-yaml": "yaml", "ris": "ris", "better-bibtex": "json",
}  # fmt: skip


@pytest.fixture
def library(open_store: Open, write: Write, works: Works) -> Store:
    store = open_store()
    store.import_records(write("library.json", json.dumps(list(works.values()))))
    return store


@pytest.mark.parametrize("notation", sorted(formats.FORMATS))
def test_each_work_is_recognised_when_it_comes_back(library: Store, write: Write, works: Works, notation: str) -> None:
    written = write(f"again.{ENDINGS[notation]}", library.export(notation))
    (report,) = library.import_records(written)
    assert (report.records, report.works_new, report.works_known) == (len(works), 0, len(works))
    assert report.diagnostics == ()


@pytest.mark.parametrize("notation", sorted(formats.FORMATS))
def test_a_new_store_has_the_same_works_with_the_same_keys(
    library: Store, open_store: Open, write: Write, notation: str
) -> None:
    written = write(f"moved.{ENDINGS[notation]}", library.export(notation))
    other = open_store("other.db")
    other.import_records(written, format=notation)
    assert {work.key: work.item for work in other.works()} == {work.key: work.item for work in library.works()}


@pytest.mark.parametrize("notation", sorted(set(formats.FORMATS) - {"bibtex", "biblatex"}))
def test_the_format_is_told_by_content_where_no_name_says_it(
    open_store: Open, write: Write, works: Works, notation: str
) -> None:
    (report,) = open_store().import_records(write("an-export", formats.dumps(list(works.values()), notation)))
    assert (report.records, report.error) == (len(works), None)


@pytest.mark.parametrize("notation", ["ris", "csl-yaml", "better-bibtex"])
def test_each_record_has_its_place_in_the_file(works: Works, notation: str) -> None:
    text = formats.dumps(list(works.values()), notation)
    places = formats.places(text, notation)
    assert places is not None
    for item, place in zip(works.values(), places, strict=True):
        assert str(item["id"]) in text[place.start : place.end]


def test_what_no_record_is_is_told_and_the_others_go_in(open_store: Open, write: Write, works: Works) -> None:
    text = formats.dumps([works["levi1958"]], "ris") + "a stray line\n"
    (report,) = open_store().import_records(write("library.ris", text))
    assert report.records == 1
    assert [found.code for found in report.diagnostics] == ["ris-stray-line"]


def test_old_catalogues_write_latin_1(open_store: Open, tmp_path: Path) -> None:
    title = "La Méditerranée à l'époque de Philippe II"
    text = f"TY  - BOOK\r\nID  - braudel\r\nTI  - {title}\r\nAU  - Braudel, Fernand\r\nER  - \r\n"
    path = tmp_path / "old.ris"
    path.write_bytes(text.encode("latin-1"))
    store = open_store()
    store.import_records(path)
    assert store.work("braudel").item["title"] == title
