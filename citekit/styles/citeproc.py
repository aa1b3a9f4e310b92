"""Running pandoc's citeproc: a document of citations, a style and items in; what pandoc makes of them out.

pandoc runs with `--sandbox` (it reads nothing but the files that it is handed), its memory capped by its run-time
system and its time by us. All files are in a folder of their own that is gone behind the call.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from citekit.errors import CitekitError
from citekit.readers.pandoc import pandoc_path

__all__ = ["CiteprocError", "citation", "document", "paragraph", "run_citeproc", "text"]

_API_VERSION = [1, 23, 1]  # of the document that is handed in: any 1.23 reads it
_MEMORY = "2g"  # of pandoc's heap: 5,000 works in one bibliography take a quarter of it
_OUT_OF_MEMORY = 251  # exit status of the run-time system

Node = dict[str, Any]


class CiteprocError(CitekitError):
    """pandoc could not set these items in this style.

    Attributes:
        timed_out: it took longer than it was given.
    """

    def __init__(self, said: str, *, timed_out: bool = False) -> None:
        super().__init__(said)
        self.timed_out = timed_out


def text(words: str) -> Node:
    """Plain words: pandoc reads nothing in them."""
    return {"t": "Str", "c": words}


def citation(key: str, *, prefix: Sequence[Node] = (), suffix: Sequence[Node] = (), note: int = 1) -> Node:
    """One work in a citation (pandoc-types, `Citation`)."""
    return {
        "citationId": key,
        "citationPrefix": list(prefix),
        "citationSuffix": list(suffix),
        "citationMode": {"t": "NormalCitation"},
        "citationNoteNum": note,
        "citationHash": 0,
    }


def paragraph(*nodes: Node) -> Node:
    """A paragraph."""
    return {"t": "Para", "c": list(nodes)}


def document(blocks: Sequence[Node], *, locale: str | None, **meta: Node) -> Node:
    """A pandoc document; what styles print around the values is in the language of `locale` (None: the style's own)."""
    language = {"lang": {"t": "MetaString", "c": locale}} if locale else {}
    return {"pandoc-api-version": _API_VERSION, "meta": {**language, **meta}, "blocks": list(blocks)}


def run_citeproc(
    source: Mapping[str, Any],
    style: bytes,
    items: Sequence[Mapping[str, Any]],
    *,
    to: str,
    options: Sequence[str] = (),
    lua_filters: Sequence[Path] = (),
    seconds: float,
    heard: Callable[[str], None] | None = None,
) -> bytes:
    """A document with its citations set by a style.

    Args:
        source: a document of `document`.
        style: a CSL style.
        items: CSL-JSON, each with an `id`.
        to: pandoc's name of the format.
        options: more of pandoc's options.
        lua_filters: what runs when the citations are set, in this order.
        seconds: how long pandoc may take.
        heard: is given each line that the filter, or pandoc, says on standard error.

    Raises:
        CiteprocError: pandoc is not there, failed, or took too much memory or time.
    """
    executable = pandoc_path()
    if executable is None:
        raise CiteprocError("pandoc is missing; run: pip install 'citekit-references[styles]'")
    with tempfile.TemporaryDirectory(prefix="citekit-") as name:
        folder = Path(name)
        (folder / "style.csl").write_bytes(style)
        (folder / "items.json").write_text(json.dumps(list(items)), encoding="utf-8")
        command = [executable, "--sandbox", "--from=json", f"--to={to}", "--citeproc", *options]
        command += [f"--csl={folder / 'style.csl'}", f"--bibliography={folder / 'items.json'}"]
        command += [f"--lua-filter={path}" for path in lua_filters]
        command += [f"--output={folder / 'output'}", "+RTS", f"-M{_MEMORY}", "-RTS"]
        try:
            outcome = subprocess.run(  # noqa: S603 - pandoc on files written here
                command, input=json.dumps(source).encode(), capture_output=True, timeout=seconds, check=False
            )
        except subprocess.TimeoutExpired as exc:
            raise CiteprocError(f"pandoc took longer than {seconds:.0f} seconds", timed_out=True) from exc
        except OSError as exc:
            raise CiteprocError(f"pandoc could not be run ({exc.strerror or exc}); install it again") from exc
        if outcome.returncode == _OUT_OF_MEMORY:
            raise CiteprocError("setting these works takes too much memory; set fewer at once, or try another style")
        if outcome.returncode:
            said = outcome.stderr.decode(errors="replace").strip().split("\n")
            raise CiteprocError(f"pandoc: {said[0][:200]}")
        if heard is not None:
            for line in outcome.stderr.decode(errors="replace").splitlines():
                heard(line)
        return (folder / "output").read_bytes()
