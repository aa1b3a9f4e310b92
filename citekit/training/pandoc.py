"""pandoc's citeproc: items in, their notes and bibliography entries as words out."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, cast

from citekit.errors import CitekitError

__all__ = ["PandocError", "Rendering", "Typography", "pandoc", "render", "words_of"]

_API_VERSION = [1, 23, 1]  # of the document that is handed in: any 1.23 reads it
SECONDS_A_CALL = 60  # a batch takes about one; a style that does not come to an end is given up


class PandocError(CitekitError):
    """pandoc could not render this style or these items."""


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


@cache
def pandoc() -> str:
    """The path of pandoc's executable.

    Raises:
        CitekitError: there is none.
    """
    try:
        import pypandoc

        return str(pypandoc.get_pandoc_path())
    except (ImportError, OSError) as exc:
        raise CitekitError(
            "rendered examples: pandoc is missing; run: pip install 'citekit-references[train]'"
        ) from exc


def render(
    folder: Path, style: bytes, locale: str, items: Sequence[Mapping[str, Any]], locators: Mapping[str, str]
) -> Rendering:
    """Render all items once, in a paragraph each and in the bibliography, in one call.

    Args:
        folder: an existing folder for the files that pandoc reads.
        style: a CSL file.
        locale: BCP 47 code of the words around the values.
        items: CSL-JSON with ids of letters and digits.
        locators: what a note adds to an item ("12", "fol. 3r"), by id.

    Raises:
        PandocError: pandoc failed, or took longer than `SECONDS_A_CALL`.
        CitekitError: there is no pandoc.
    """
    executable = pandoc()
    style_path, items_path = folder / "style.csl", folder / "items.json"
    style_path.write_bytes(style)
    items_path.write_text(json.dumps(items), encoding="utf-8")
    document = {
        "pandoc-api-version": _API_VERSION,
        "meta": {"lang": {"t": "MetaString", "c": locale}, "link-bibliography": {"t": "MetaBool", "c": False}},
        "blocks": [_paragraph(str(item["id"]), locators.get(str(item["id"]), "")) for item in items],
    }
    command = [executable, "--from=json", "--to=json", "--citeproc"]
    command += [f"--csl={style_path}", f"--bibliography={items_path}"]
    try:
        outcome = subprocess.run(  # noqa: S603 - pandoc on files written here
            command,
            input=json.dumps(document).encode(),
            capture_output=True,
            timeout=SECONDS_A_CALL,
            check=True,
        )
        blocks = json.loads(outcome.stdout)["blocks"]
    except subprocess.CalledProcessError as exc:
        words = exc.stderr.decode(errors="replace").split("\n")
        raise PandocError(f"pandoc: {words[0][:200]}") from exc
    except (subprocess.TimeoutExpired, OSError, ValueError, KeyError) as exc:
        raise PandocError(f"pandoc: {exc}"[:300]) from exc
    return _read(blocks)


def _paragraph(key: str, locator: str) -> dict[str, Any]:
    suffix = [{"t": "Str", "c": ","}, {"t": "Space"}, {"t": "Str", "c": locator}] if locator else []
    citation = {
        "citationId": key,
        "citationPrefix": [],
        "citationSuffix": suffix,
        "citationMode": {"t": "NormalCitation"},
        "citationNoteNum": 1,
        "citationHash": 0,
    }
    return {"t": "Para", "c": [{"t": "Cite", "c": [[citation], []]}]}


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
