from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from citekit.store import Store

from . import reference_lines, title_matcher

Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a document of reference lines."""

    def write_document(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write_document


@pytest.fixture
def open_store(tmp_path: Path) -> Iterator[Callable[..., Store]]:
    """Opens stores beside the documents and closes them in the end."""
    opened: list[Store] = []

    def open_(name: str = "references.db", **options: object) -> Store:
        store = Store(tmp_path / name, extract=reference_lines.extract, **options)  # type: ignore[arg-type]
        opened.append(store)
        return store

    yield open_
    for store in opened:
        store.close()


@pytest.fixture
def by_title(monkeypatch: pytest.MonkeyPatch) -> None:
    """Works are the same that share a title or a web address."""
    for name in ("candidate_keys", "cluster", "merge"):
        monkeypatch.setattr(f"citekit.matching.{name}", getattr(title_matcher, name))
    monkeypatch.setattr("citekit.matching.record.read_record", title_matcher.candidate_keys)
    monkeypatch.setattr("citekit.matching.record._records", {})  # what the real one has read
    monkeypatch.setattr("citekit.matching.comparison.match_probability", lambda one, other: float(bool(one & other)))
