"""pandoc's citeproc: items in, their notes and bibliography entries as words out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from citekit.styles.citeproc import CiteprocError, citation, document, paragraph, run_citeproc, text

__all__ = ["Rendering", "Typography", "render", "words_of"]

SECONDS_A_CALL = 60  # a batch takes about one; a style that does not come to an end is given up


@dataclass(frozen=True, slots=True)
class Typography:
    """How markup becomes plain words.

    Attributes:
        emphasis: italics keep their asterisks, as Markdown writes them.
        capitals: small capitals become capitals.
        numbers: the number before an entry of a numbered list is kept.
    """

    emphasis: bool = False
    capitals: bool = False
    numbers: bool = False


@dataclass(slots=True)
class Rendering:
    """What one call rendered, by the items' ids."""

    notes: dict[str, Any] = field(default_factory=dict)
    entries: dict[str, Any] = field(default_factory=dict)


def render(style: bytes, locale: str, items: Sequence[Mapping[str, Any]], locators: Mapping[str, str]) -> Rendering:
    """Render all items once, in a paragraph each and in the bibliography, in one call.

    Args:
        style: a CSL file.
        locale: BCP 47 code of the words around the values.
        items: CSL-JSON with ids of letters and digits.
        locators: what a note adds to an item ("12", "fol. 3r"), by id.

    Raises:
        CiteprocError: pandoc is missing, failed, or took longer than `SECONDS_A_CALL`.
    """
    cited = [_cited(str(item["id"]), locators.get(str(item["id"]), "")) for item in items]
    source = document(cited, locale=locale, **{"link-bibliography": {"t": "MetaBool", "c": False}})
    made = run_citeproc(source, style, items, to="json", seconds=SECONDS_A_CALL)
    try:
        return _read(json.loads(made)["blocks"])
    except (ValueError, KeyError) as exc:
        raise CiteprocError(f"pandoc: {exc}"[:300]) from exc


def _cited(key: str, locator: str) -> dict[str, Any]:
    suffix = [text(","), {"t": "Space"}, text(locator)] if locator else []
    return paragraph({"t": "Cite", "c": [[citation(key, suffix=suffix)], []]})


def _read(blocks: Sequence[Mapping[str, Any]]) -> Rendering:
    rendering = Rendering()
    for block in blocks:
        if block["t"] == "Para" and block["c"] and block["c"][0]["t"] == "Cite":
            citations, words = block["c"][0]["c"]
            if words and words[0]["t"] == "Note":
                rendering.notes[citations[0]["citationId"]] = words[0]["c"]
        elif block["t"] == "Div":
            (name, _, _), inner = block["c"]
            if name == "refs":
                for entry in inner:
                    if entry["t"] == "Div":
                        rendering.entries[entry["c"][0][0].removeprefix("ref-")] = entry["c"][1]
    return rendering


def words_of(blocks: Sequence[Mapping[str, Any]], typography: Typography) -> str:
    """The plain words of blocks or inlines, spaces at the edges and doubled ones removed."""
    pieces: list[str] = []
    for block in blocks:
        _collect(block, typography, pieces)
        if block["t"] in ("Para", "Plain", "Div"):
            pieces.append(" ")
    words = "".join(pieces).strip()
    while "  " in words:
        words = words.replace("  ", " ")
    return words


def _collect(node: Mapping[str, Any], typography: Typography, pieces: list[str], *, upper: bool = False) -> None:
    kind, content = str(node["t"]), cast("Any", node.get("c"))
    before = after = ""
    match kind:
        case "Str":
            pieces.append(content.upper() if upper else content)
            return
        case "Space" | "SoftBreak" | "LineBreak":
            pieces.append(" ")
            return
        case "Code" | "Math" | "RawInline":
            pieces.append(str(content[1]))
            return
        case "Emph":
            before = after = "*" if typography.emphasis else ""
        case "SmallCaps":
            upper = upper or typography.capitals
        case "Span" | "Div":
            classes = content[0][1]
            if "csl-left-margin" in classes and not typography.numbers:
                return
            if {"csl-left-margin", "csl-block", "csl-indent"} & set(classes):
                before = after = " "
            content = content[1]
        case "Quoted" | "Link" | "Cite":
            content = content[1]
        case "Image" | "Note":
            return
    pieces.append(before)
    for child in content or ():
        if isinstance(child, dict):
            _collect(child, typography, pieces, upper=upper)
    pieces.append(after)
