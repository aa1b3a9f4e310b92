"""The worked examples in references/: their annotation holds together, and citekit finds what the annotator found.

Where it does not yet, the difference stands in known_differences.json. That list fails in both directions: a new
difference, and one that is gone. `CITEKIT_RECORD=1 pytest tests/references` writes it and the bibliographies
(expected.bib) anew, for the reviewer to read.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

import citekit

ROOT = Path(__file__).resolve().parents[2]
KNOWN = Path(__file__).with_name("known_differences.json")
FOLDERS = sorted(path.parent for path in (ROOT / "references").glob("*/expected.json"))
NAMES = ("author", "editor", "translator")
PLAIN = (
    *("title", "original-title", "container-title", "publisher", "publisher-place", "volume", "issue", "page"),
    *("edition", "number", "URL", "DOI"),
)

Found = dict[str, Any]
examples = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


def document_of(folder: Path) -> Path:
    return next(folder.glob("document.*"))


def expected_of(folder: Path) -> Found:
    expected: Found = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    return expected


def extracted(folder: Path) -> Found:
    return citekit.extract(document_of(folder)).to_json()


def test_there_are_three_examples() -> None:
    assert [folder.name for folder in FOLDERS] == ["encyclopedia-entry", "thesis-page", "web-article"]


# The annotation itself


def spans(found: Found) -> Iterator[tuple[list[list[int]], str | None]]:
    """Each annotated place as (its pieces, the words that must stand there; None where only the place is given)."""
    for note in found["notes"]:
        yield note.get("parts") or [note["span"]], note["text"]
        if note["label_span"]:
            yield [note["label_span"]], note["label"]
        for marker in note["markers"]:
            yield [marker], note["label"]
    for marker in found["markers_without_note"]:
        yield [marker["span"]], marker["label"]
    for citation in found["citations"]:
        yield citation.get("parts") or [citation["span"]], citation["text"]
        for places in citation["field_spans"].values():
            yield places, None


@examples
def test_every_span_of_the_annotation_slices_back(folder: Path) -> None:
    text = document_of(folder).read_bytes().decode("utf-8")
    expected = expected_of(folder)
    assert expected["document"]["characters"] == len(text)
    for pieces, words in spans(expected):
        slice_ = "".join(text[start:end] for start, end in pieces)
        assert slice_.strip() == slice_ != ""
        assert words is None or slice_ == words


@examples
def test_the_ids_of_the_annotation_point_to_each_other(folder: Path) -> None:
    expected = expected_of(folder)
    notes = {note["id"]: note for note in expected["notes"]}
    citations = {citation["id"]: citation for citation in expected["citations"]}
    for citation in citations.values():
        assert citation["id"] in notes[citation["note"]]["citations"]
        assert citation["resolution"] is None or citation["resolution"]["antecedent"] in citations
    for work in expected["works"]:
        assert work["citations"] == [c["id"] for c in citations.values() if work["id"] in c["works"]]


def extraction_schema() -> Draft202012Validator:
    """The published schema, with the schemas that it refers to."""
    schemas = [json.loads(path.read_text(encoding="utf-8")) for path in (ROOT / "docs" / "schema").glob("*.json")]
    registry = Registry().with_resources((schema["$id"], Resource.from_contents(schema)) for schema in schemas)
    [schema] = [schema for schema in schemas if schema["$id"].endswith("/extraction.json")]
    return Draft202012Validator(schema, registry=registry)


@examples
def test_the_annotation_fits_the_published_schema(folder: Path) -> None:
    extraction_schema().validate(expected_of(folder))


@examples
def test_the_result_fits_the_published_schema(folder: Path) -> None:
    extraction_schema().validate(extracted(folder))


# What citekit finds, against it: each function gives the differences as lines that can be read


def shortened(words: str) -> str:
    words = re.sub(r"\s+", " ", words)
    return words if len(words) <= 70 else words[:50] + " … " + words[-17:]


def missing_and_added(expected: dict[Any, str], found: dict[Any, str]) -> list[str]:
    return [f"not found: {expected[key]}" for key in expected if key not in found] + [
        f"not in the annotation: {found[key]}" for key in found if key not in expected
    ]


def note_differences(expected: Found, found: Found) -> list[str]:
    def places(result: Found) -> dict[Any, str]:
        return {
            (n["label"], str(n["label_span"]), str(n["span"]), str(n.get("parts"))): f"note {n['label']} at {n['span']}"
            f": {shortened(n['text'])}"
            for n in result["notes"]
        }

    return missing_and_added(places(expected), places(found))


def marker_differences(expected: Found, found: Found) -> list[str]:
    def places(result: Found) -> dict[Any, str]:
        called = [(n["label"], span, "of a note") for n in result["notes"] for span in n["markers"]]
        lonely = [(m["label"], m["span"], "without a note") for m in result["markers_without_note"]]
        return {(label, *span, kind): f"marker {label} {kind} at {span}" for label, span, kind in called + lonely}

    return missing_and_added(places(expected), places(found))


def by_span(result: Found) -> dict[tuple[int, int], Found]:
    return {tuple(c["span"]): c for c in result["citations"] if c["note"] is not None}


def citation_differences(expected: Found, found: Found) -> list[str]:
    def places(result: Found) -> dict[Any, str]:
        return {span: f"{list(span)} {shortened(c['text'])}" for span, c in by_span(result).items()}

    return missing_and_added(places(expected), places(found))


def value_differences(expected: Found, found: Found, what: str, value: Callable[[Found], str | None]) -> list[str]:
    there = by_span(found)
    return [
        f"{shortened(c['text'])}: {what} {value(there[span])!r}, not {value(c)!r}"
        for span, c in by_span(expected).items()
        if span in there and value(there[span]) != value(c)
    ]


def form_differences(expected: Found, found: Found) -> list[str]:
    return value_differences(expected, found, "form", lambda citation: citation["form"])


def signal_differences(expected: Found, found: Found) -> list[str]:
    return value_differences(expected, found, "signal", lambda citation: citation["signal"])


def locator_differences(expected: Found, found: Found) -> list[str]:
    return value_differences(
        expected,
        found,
        "locator",
        lambda c: f"{c['locator']['label']} {c['locator']['value']}" if c["locator"] else None,
    )


def together(result: Found) -> dict[tuple[int, int], set[tuple[int, int]]]:
    """For each citation: the citations that share a work with it, itself among them if it has a work at all."""
    citations = by_span(result)
    return {
        span: {other for other, c in citations.items() if set(c["works"]) & set(citation["works"])}
        for span, citation in citations.items()
    }


def grouping_differences(expected: Found, found: Found) -> list[str]:
    want, have, texts = together(expected), together(found), by_span(expected)
    lines = []
    for span, others in want.items():
        for other in sorted(others ^ have.get(span, set())):
            verb = "should share a work with" if other in others else "should not share a work with"
            words = texts[other]["text"] if other in texts else str(other)
            lines.append(f"{shortened(texts[span]['text'])} {verb} {shortened(words)}")
    return lines


def plain(words: object) -> str:
    """A value as it is compared: one kind of quote and dash, no white space at line ends."""
    folded = str(words).translate(str.maketrans("’‘“”–—‑", "''\"\"---"))
    return re.sub(r"\s+", " ", folded).strip()


def facts(item: Found) -> dict[str, str]:
    """What an item says, each field as one comparable string."""
    said = {field: plain(item[field]) for field in PLAIN if item.get(field)}
    for role in NAMES:
        if item.get(role):
            people = [f"{n.get('family', n.get('literal'))}, {n.get('given', '')}".strip(", ") for n in item[role]]
            said[role] = plain("; ".join(people))
    for day in ("issued", "accessed"):
        if item.get(day):
            said[day] = "/".join("-".join(str(part) for part in parts) for parts in item[day].get("date-parts", [[]]))
    for field in ("translated-title", "archive-date", "archive-url"):
        if item.get("custom", {}).get(field):
            said[field] = plain(item["custom"][field])
    return said


def work_differences(expected: Found, found: Found) -> list[str]:
    citations, there = {c["id"]: c for c in expected["citations"]}, by_span(found)
    items = {work["id"]: work["item"] for work in found["works"]}
    lines = []
    for work in expected["works"]:
        first = there.get(tuple(citations[work["citations"][0]]["span"]))
        have = facts(items[first["works"][0]]) if first and first["works"] else {}
        want = facts(work["item"])
        lines += [
            f"{shortened(want.get('title') or want['URL'])}: {field} is {have.get(field)!r}, not {want.get(field)!r}"
            for field in sorted(want | have)
            if want.get(field) != have.get(field)
        ]
    return lines


def diagnostic_differences(expected: Found, found: Found) -> list[str]:
    codes = {(d["code"], str(d["span"])) for d in found["diagnostics"]}
    return [
        f"nobody said {d['code']} at {d['span']}"
        for d in expected["diagnostics"]
        if (d["code"], str(d["span"])) not in codes
    ]


@examples
@pytest.mark.parametrize(
    "differences",
    [
        note_differences,
        marker_differences,
        citation_differences,
        form_differences,
        signal_differences,
        locator_differences,
        grouping_differences,
        work_differences,
        diagnostic_differences,
    ],
    ids=lambda function: function.__name__.removesuffix("_differences"),
)
def test_citekit_finds_what_the_annotator_found(folder: Path, differences: Callable[[Found, Found], list[str]]) -> None:
    lines = differences(expected_of(folder), extracted(folder))
    aspect = f"{folder.name}: {differences.__name__.removesuffix('_differences')}"
    known = json.loads(KNOWN.read_text(encoding="utf-8"))
    if os.environ.get("CITEKIT_RECORD"):
        known = {name: listed for name, listed in {**known, aspect: lines}.items() if listed}
        KNOWN.write_text(json.dumps(known, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    listed = known.get(aspect, [])
    changes = [f"new: {line}" for line in lines if line not in listed]
    changes += [f"gone, take it off the list: {line}" for line in listed if line not in lines]
    assert not changes, f"{aspect}\n" + "\n".join(changes)


@examples
def test_every_span_of_the_result_slices_back(folder: Path) -> None:
    text = document_of(folder).read_bytes().decode("utf-8")
    for pieces, words in spans(extracted(folder)):
        slice_ = "".join(text[start:end] for start, end in pieces)
        assert slice_ != ""
        assert words is None or slice_ == words


@examples
def test_the_bibliography_is_the_reviewed_one(folder: Path, tmp_path: Path) -> None:
    with citekit.open(tmp_path / "references.db") as store:
        store.add(document_of(folder))
        bibliography = store.export("biblatex")
    reviewed = folder / "expected.bib"
    if os.environ.get("CITEKIT_RECORD"):
        reviewed.write_text(bibliography, encoding="utf-8")
    if not reviewed.exists():
        pytest.skip(f"{folder.name} has no reviewed bibliography yet")
    assert bibliography == reviewed.read_text(encoding="utf-8")
