"""`citekit lint`, as it is typed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

BIB = """@book{weber1922,
  author = {Weber, Max; Weber, Marianne},
  title = {Law & Society},
  publisher = {Mohr}, year = {1922},
  isbn = {978-3-16-148410-1},
}
"""
FIXED = BIB.replace("; ", " and ").replace(" & ", r" \& ")

# The parts of SARIF 2.1.0 (OASIS, sections 3.13 to 3.30) that say what a log is.
SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "$schema": {"type": "string", "format": "uri"},
        "runs": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "properties": {
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "tool": {
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "required": ["name", "rules"],
                                "properties": {
                                    "rules": {
                                        "type": "array",
                                        "uniqueItems": True,
                                        "items": {"required": ["id", "shortDescription"]},
                                    }
                                },
                            }
                        },
                    },
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["message", "ruleId", "locations"],
                            "properties": {
                                "level": {"enum": ["none", "note", "warning", "error"]},
                                "ruleIndex": {"type": "integer", "minimum": 0},
                                "message": {"required": ["text"]},
                                "locations": {
                                    "items": {
                                        "required": ["physicalLocation"],
                                        "properties": {
                                            "physicalLocation": {
                                                "required": ["artifactLocation"],
                                                "properties": {
                                                    "region": {
                                                        "properties": {
                                                            "startLine": {"type": "integer", "minimum": 1},
                                                            "startColumn": {"type": "integer", "minimum": 1},
                                                        }
                                                    }
                                                },
                                            }
                                        },
                                    }
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}


@pytest.fixture
def library(tmp_path: Path) -> Path:
    path = tmp_path / "library.bib"
    path.write_text(BIB, encoding="utf-8")
    return path


def test_findings_are_lines_with_their_places(run: Any, library: Path) -> None:
    done = run("lint", "library.bib")
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "library.bib:2:13:weber1922:author: CK501 names are parted by “and”, not by semicolons",
        "library.bib:3:16:weber1922:title: CK704 TeX does not print & alone; write \\&",
        "library.bib:5:10:weber1922:isbn: CK301 978-3-16-148410-1: the check digit is wrong; compare it with the book",
    ]
    assert library.read_text(encoding="utf-8") == BIB


def test_statuses(run: Any, library: Path) -> None:
    assert run("lint", "library.bib", "--select", "CK8").returncode == 0
    assert run("lint", "library.bib", "--strict").returncode == 3
    assert run("lint").returncode == 2
    assert run("lint", "library.bib", "--select", "CKX").returncode == 2
    gone = run("lint", "gone.bib", "library.bib", "--strict")
    assert gone.returncode == 1
    assert gone.stderr.count("\n") == 1
    assert gone.stdout.count("\n") == 3


def test_fix_changes_what_is_safe_and_nothing_else(run: Any, library: Path) -> None:
    shown = run("lint", "--diff", "library.bib")
    assert [line for line in shown.stdout.splitlines() if line[0] in "+-" and line[:3] not in ("+++", "---")] == [
        "-  author = {Weber, Max; Weber, Marianne},",
        "-  title = {Law & Society},",
        "+  author = {Weber, Max and Weber, Marianne},",
        "+  title = {Law \\& Society},",
    ]
    assert library.read_text(encoding="utf-8") == BIB
    left = run("lint", "--fix", "library.bib")
    assert left.stdout.startswith("library.bib:5:10:weber1922:isbn: CK301")
    assert library.read_text(encoding="utf-8") == FIXED
    assert run("lint", "--fix", "library.bib").stdout == left.stdout


def test_json_fits_its_schema(run: Any, library: Path, checkout: Path) -> None:
    schema = json.loads((checkout / "docs/schema/lint.json").read_text(encoding="utf-8"))
    lines = run("lint", "library.bib", "--format", "json").stdout.splitlines()
    assert len(lines) == 3
    for line in lines:
        finding = json.loads(line)
        jsonschema.validate(finding, schema)
        start, end = finding["span"]
        assert BIB[start:end]


def test_sarif_has_its_structure(run: Any, library: Path) -> None:
    log = json.loads(run("lint", "library.bib", "--format", "sarif").stdout)
    jsonschema.validate(log, SARIF)
    (done,) = log["runs"]
    rules = [rule["id"] for rule in done["tool"]["driver"]["rules"]]
    for result in done["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
    region = done["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"]) == (2, 13)
    empty = json.loads(run("lint", "library.bib", "--select", "CK8", "--format", "sarif").stdout)
    assert empty["runs"][0]["results"] == []


def test_csl_json_and_a_store(run: Any, tmp_path: Path) -> None:
    items = [{"id": "a", "type": "book", "title": "One", "author": [{"family": "Levi"}], "issued": {"raw": "1950"},
              "ISBN": "978-3-16-148410-1"}]  # fmt: skip
    (tmp_path / "library.json").write_text(json.dumps(items), encoding="utf-8")
    assert run("lint", "library.json").stdout.startswith("library.json:1:2:a:ISBN: CK301")
    assert run("import", "library.json").returncode == 0
    assert run("lint", "--store", "references.db").stdout.startswith("references.db:a:ISBN: CK301")


def test_what_a_title_holds_does_not_steer_the_terminal(run: Any, tmp_path: Path) -> None:
    (tmp_path / "x.bib").write_text("@misc{a\x1b[31m, title = {One}, pages = {9--\x1b2}, doi = {\x1b]0;x}}", "utf-8")
    assert "\x1b" not in run("lint", "x.bib").stdout


def test_the_program_s_own_exports_are_clean(run: Any, tmp_path: Path, checkout: Path) -> None:
    for folder in ("thesis-page", "web-article", "encyclopedia-entry"):
        (document,) = (checkout / "references" / folder).glob("document.*")
        assert run("add", document).returncode == 0
    for form in ("bibtex", "biblatex"):
        run("export", "--format", form, "-o", f"{form}.bib")
        # What a document does not say about a work, no export can.
        found = run("lint", f"{form}.bib", "--ignore", "CK204")
        assert (found.returncode, found.stdout) == (0, "")


def test_a_file_that_is_no_bibliography_is_named(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "essay.md"
    file.write_text("Salt went by water and nobody asked.")
    outcome = run("lint", str(file))
    assert outcome.stderr.startswith(f"citekit: {file}: is no BibTeX")
