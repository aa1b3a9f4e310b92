from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from citekit import styles
from citekit.readers.pandoc import pandoc_path
from citekit.styles import PrintedNote

Works = dict[str, dict[str, Any]]
Listed = Callable[..., str]
Noted = Callable[..., str]


@pytest.fixture(scope="session")
def pandoc() -> None:
    """Only where pandoc and the styles are installed."""
    if pandoc_path() is None or not styles.known_styles():
        pytest.skip("pandoc or the styles are not installed: pip install 'citekit-references[styles]'")


@pytest.fixture
def listed(pandoc: None, works: Works) -> Listed:
    """A bibliography of works of the library, by their ids, on one line each."""

    def bibliography(style: str, *keys: str, **options: Any) -> str:
        chosen = [works[key] for key in keys]
        return styles.bibliography(chosen, style, **{"to": "markdown", **options}).decode("utf-8").strip()

    return bibliography


@pytest.fixture
def noted(pandoc: None, works: Works) -> Noted:
    """Notes that cite works of the library, one a line."""

    def notes(style: str, *printed: PrintedNote, **options: Any) -> str:
        text = styles.notes(printed, list(works.values()), style, **{"to": "markdown", **options}).decode("utf-8")
        return text.strip().replace("\n\n", "\n").replace("\\.", ".")

    return notes
