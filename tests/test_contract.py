"""What other programs rely on: real output against the JSON Schemas, and what no schema can say."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import referencing
from hypothesis import given, reject, settings
from hypothesis import strategies as st

import citekit
from citekit.errors import UnsupportedFormatError

ROOT = Path(__file__).resolve().parents[1]
SCHEMAS = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (ROOT / "docs/schema").glob("*.json")}
REGISTRY: referencing.Registry[Any] = referencing.Registry().with_contents(
    (schema["$id"], schema) for schema in SCHEMAS.values()
)
DOCUMENTS = sorted((ROOT / "references").glob("*/document.*"))

PIECES = st.sampled_from(
    [
        *("Ibid.", "Ibid., p. 5", "op. cit.", "See", "cf.", "Weber, Wirtschaft und Gesellschaft, Tübingen 1922, S. 17"),
        *(
            "YANG Jisheng 杨继绳, Mubei 墓碑 (Hong Kong: Cosmos, 2008), vol. 1, pp. 3–5",
            "http://a.org/b-\nc",
            "“Titel”",
        ),
        *(
            "1",
            "2",
            "12",
            "[1]",
            "[^1]",
            "[^1]: ",
            "^[",
            "]",
            "*",
            "†",
            "¹",
            "\n",
            "\n\n",
            "\f",
            "\r\n",
            " ",
            "\u00a0",
            "\u00ad",
        ),
        *(
            "word",
            "word1",
            "word.”2",
            "1 Weber",
            "\n1 Weber, Religion, 1920.",
            "\n2Ibid.",
            "1. ",
            "2.1 Heading",
            "1958",
            "%",
        ),
        *(
            "p. ",
            "(",
            ")",
            "«",
            "»",
            "; ",
            ", ",
            ": ",
            "trad. it. cit., p. 7",
            "\u2028",
            "\ufeff",
            "😀",
            "\x00",
            "\x1b[31m",
        ),
    ]
)
PRINTED = st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=200))


def problems(name: str, value: object) -> list[str]:
    """What the schema `name` has against a value."""
    validator = jsonschema.Draft202012Validator(SCHEMAS[name], registry=REGISTRY)
    return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(value)]


def slices(text: str, spans: Iterable[Iterable[int]]) -> list[str]:
    cut = []
    for start, end in spans:
        assert 0 <= start <= end <= len(text)
        cut.append(text[start:end])
    return cut


def hold_together(extraction: citekit.Extraction) -> None:
    """What a schema cannot say: spans slice back, ids lead somewhere, both directions agree."""
    text, shape = extraction.document.text, extraction.to_json()
    assert problems("extraction", shape) == []
    assert json.loads(json.dumps(shape)) == shape
    notes = {note["id"]: note for note in shape["notes"]}
    citations = {citation["id"]: citation for citation in shape["citations"]}
    works = {work["id"]: work for work in shape["works"]}
    assert len(notes) == len(shape["notes"])
    assert len(citations) == len(shape["citations"])
    for placed in (*notes.values(), *citations.values()):
        parts = placed.get("parts", [placed["span"]])
        assert "".join(slices(text, parts)) == placed["text"]
        assert placed["span"] == [parts[0][0], parts[-1][1]]
    for note in notes.values():
        slices(text, note["markers"])
        assert [citations[name]["note"] for name in note["citations"]] == [note["id"]] * len(note["citations"])
        if note["label_span"]:
            assert note["label_span"][1] <= note["span"][0]
    assert [slices(text, [marker["span"]]) != [""] for marker in shape["markers_without_note"]].count(False) == 0
    for name, citation in citations.items():
        if citation["note"] is not None:
            assert name in notes[citation["note"]]["citations"]
        for spans in citation["field_spans"].values():
            assert "" not in slices(text, spans)
        for work in citation["works"]:
            assert name in works[work]["citations"]
        if citation["resolution"]:
            named = {citation["resolution"]["antecedent"], *citation["resolution"]["alternatives"]} - {None}
            assert named <= citations.keys() - {name}
    for name, work in works.items():
        assert all(name in citations[citation]["works"] for citation in work["citations"])
    for diagnostic in shape["diagnostics"]:
        slices(text, [diagnostic["span"]] if diagnostic["span"] else [])


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_a_schema_is_a_schema(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[name])


@pytest.mark.parametrize(
    ("spoiling", "place"),
    [
        (lambda shape: shape.pop("works"), "$: 'works' is a required property"),
        (lambda shape: shape["citations"][0].update(form="supra"), "$.citations[0].form"),
        (lambda shape: shape["citations"][0].update(span=[1]), "$.citations[0].span"),
        (lambda shape: shape["citations"][0]["item"].update(author="Weber"), "$.citations[0].item.author"),
        (lambda shape: shape["citations"][0]["field_spans"].update(titel=[[1, 2]]), "$.citations[0].field_spans"),
        (lambda shape: shape["notes"][0].update(label=1), "$.notes[0].label"),
        (lambda shape: shape["works"][0]["item"].update(issued={"date-parts": [[1922, 13]]}), "$.works[0].item.issued"),
        (lambda shape: shape["document"].update(characters=-1), "$.document.characters"),
    ],
)
def test_the_schema_catches_mistakes(spoiling: Any, place: str) -> None:
    example = json.loads((ROOT / "references/thesis-page/expected.json").read_text(encoding="utf-8"))
    assert problems("extraction", example) == []
    spoiling(example)
    assert any(problem.startswith(place) for problem in problems("extraction", example))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.parent.name)
def test_worked_examples_keep_the_contract(document: Path) -> None:
    hold_together(citekit.extract(document))


def test_gold_documents_keep_the_contract(shared: Path) -> None:
    documents = [*sorted((shared / "seeds").glob("*.txt")), *sorted((shared / "documents").glob("*.txt"))]
    documents += sorted((shared / "documents").glob("*.md"))
    assert documents
    for document in documents:
        hold_together(citekit.extract(document))


@settings(deadline=None, max_examples=60)
@given(text=PRINTED, ending=st.sampled_from([".txt", ".md"]))
def test_any_document_keeps_the_contract(text: str, ending: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    document = tmp_path_factory.mktemp("printed") / f"document{ending}"
    document.write_bytes(text.encode("utf-8", errors="replace"))
    try:
        extraction = citekit.extract(document)
    except UnsupportedFormatError:  # so many control characters that it is no text
        reject()
    hold_together(extraction)


@settings(deadline=None, max_examples=100)
@given(text=PRINTED)
def test_any_string_parses_to_spans_in_itself(text: str) -> None:
    for citation in citekit.parse(text):
        assert "".join(slices(text, citation.parts)) == citation.text
        for spans in citation.field_spans.values():
            assert "" not in slices(text, spans)
