"""Lines of lists as `citekit parse` reads them: every case of strings.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

import citekit

LINES = tomllib.loads((Path(__file__).parent / "strings.toml").read_text("utf-8"))["line"]


@pytest.mark.parametrize("line", [pytest.param(line, id=line["why"]) for line in LINES])
def test_a_line_as_printed(line: dict[str, Any]) -> None:
    citations = citekit.parse(line["text"])
    assert len(citations) == line["citations"]
    for name, value in line.get("fields", {}).items():
        spans = citations[0].field_spans.get(name, ())
        assert [line["text"][span.start : span.end] for span in spans] == [value]
