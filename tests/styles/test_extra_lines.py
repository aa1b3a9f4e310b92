"""Notes in which Zotero's users state variables, and notes that only look so."""

from __future__ import annotations

from typing import Any

import pytest

from citekit import styles
from citekit.styles.extra_lines import NO_VARIABLE, with_extra_lines


def read(note: str, **stated: Any) -> dict[str, Any]:
    return dict(with_extra_lines({"type": "book", "title": "T", **stated, "note": note}))


@pytest.mark.parametrize(
    ("line", "variable", "value"),
    [
        ("original-date: 1905", "original-date", {"date-parts": [[1905]]}),
        ("Translator: Weber || Marianne", "translator", [{"family": "Weber", "given": "Marianne"}]),
        (
            "Editor: Deutsches Historisches Institut in Rom",
            "editor",
            [{"literal": "Deutsches Historisches Institut in Rom"}],
        ),
        ("edition: second", "edition", "second"),
        ("Number of Volumes: 3", "number-of-volumes", "3"),
        ("volume: XII", "volume", "XII"),
        ("type: pamphlet", "type", "pamphlet"),
        ("DOI: 10.1093/past/85.1.3", "DOI", "10.1093/past/85.1.3"),
    ],
)
def test_a_line_that_states_a_variable(line: str, variable: str, value: object) -> None:
    found = read(f"{line}\nMy own words.")
    assert (found[variable], found["note"]) == (value, "My own words.")


@pytest.mark.parametrize(
    "line",
    [
        "edition: the best I have seen",
        "Translator: see preface",
        "original-date: before the war, I think",
        "DOI: not yet known",
        "type: a thick one",
        "pages: many",
        "Nota: bene",
    ],
)
def test_an_ordinary_note_stays_one(line: str, pandoc: None) -> None:
    found = read(line)
    assert found.keys() == {"type", "title", "note"}
    assert found["note"].lstrip(NO_VARIABLE) == line
    item = {"id": "a", "type": "book", "title": "T", "note": line, "issued": {"date-parts": [[1999]]}}
    for style in ("din-1505", "iso690"):
        assert line in styles.bibliography([item], style, to="markdown").decode()
    assert styles.bibliography([item], "chicago").decode() == "T. 1999.\n"


def test_lines_behind_the_first_words_are_a_note() -> None:
    found = read("Read in Rome.\noriginal-date: 1905")
    assert "original-date" not in found
    assert found["note"] == "Read in Rome.\noriginal-date: 1905"


def test_what_the_item_says_itself_holds() -> None:
    assert read("edition: 3", edition="2")["edition"] == "2"


def test_each_line_of_a_note_is_read_by_itself(pandoc: None) -> None:
    item = {"id": "a", "type": "book", "title": "T", "note": "original-date: 1905\nMy private note",
            "issued": {"date-parts": [[1999]]}, "publisher": "P"}  # fmt: skip
    assert styles.bibliography([item], "chicago").decode() == "T. 1905. P, 1999.\n".replace("1905. ", "1905; ")
