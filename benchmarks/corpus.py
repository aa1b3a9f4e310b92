"""Where the annotated documents are: beside the checkout, never inside it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["FOLDER", "ROOT", "AnnotatedDocument", "annotated_documents", "shared_folder"]

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parent


@dataclass(frozen=True, slots=True)
class AnnotatedDocument:
    """A document and its annotation.

    Attributes:
        name: `set/document`, as the tables and the floors call it.
        path: the document.
        gold: its annotation (JSON with spans into the document).
    """

    name: str
    path: Path
    gold: Path


def shared_folder() -> Path | None:
    """The folder with annotated documents and scorers: `CITEKIT_SHARED`, else `../shared` beside the checkout.

    None when neither is there.
    """
    folder = Path(os.environ.get("CITEKIT_SHARED") or ROOT.parent / "shared")
    return folder if (folder / "eval" / "score_extraction.py").is_file() else None


def annotated_documents(shared: Path, *sets: str) -> Iterator[AnnotatedDocument]:
    """The annotated documents of some `sets` ("seeds", "dev", "merge"), in the order of their names."""
    for name in sets:
        for gold in sorted((shared / "gold" / name).glob("*.json")):
            document = json.loads(gold.read_text(encoding="utf-8"))["document"]
            places = [shared / folder / document for folder in ("seeds", "documents", "documents/merge")]
            path = next(place for place in places if place.is_file())
            yield AnnotatedDocument(f"{name}/{gold.stem}", path, gold)
