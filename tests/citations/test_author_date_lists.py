"""Entries of author-date lists (Chicago 17, chapter 15), read in a document, whose list they stand in."""

from __future__ import annotations

from pathlib import Path

import pytest

import citekit

ENTRIES = {
    "Marsh, Edith M. S. 2016. *The Great Fen: Water and Power*. Cambridge: Cambridge University Press.": {
        "author": [{"family": "Marsh", "given": "Edith M. S."}],
        "issued": {"date-parts": [[2016]]},
        "title": "The Great Fen: Water and Power",
    },
    "Marsh, Edith. Forthcoming. “Eels and Rent.” In *Wet Lands*, edited by Tom Reed. London: Routledge.": {
        "author": [{"family": "Marsh", "given": "Edith"}],
        "issued": {"literal": "Forthcoming"},
        "title": "Eels and Rent",
        "publisher": "Routledge",
    },
    "Reed, Tom. In press. “Salt and Rent.” In *Wet Lands*, edited by Edith Marsh. London: Routledge.": {
        "author": [{"family": "Reed", "given": "Tom"}],
        "title": "Salt and Rent",
        "publisher": "Routledge",
    },
    "Reed, Tom. 2005. *A Land of Reeds? Economy and Society in the Later Middle Ages*. Oxford: Clarendon Press.": {
        "author": [{"family": "Reed", "given": "Tom"}],
        "title": "A Land of Reeds? Economy and Society in the Later Middle Ages",
    },
    "Autorità portuale di Ancona. 1998. *Il porto e la città*. Ancona: Il lavoro editoriale.": {
        "author": [{"literal": "Autorità portuale di Ancona"}],
        "title": "Il porto e la città",
    },
}


@pytest.mark.parametrize("entry", ENTRIES)
def test_an_entry_of_a_list(entry: str, tmp_path: Path) -> None:
    article = tmp_path / "fens.md"
    others = "\n\n".join(other for other in ENTRIES if other != entry)
    article.write_text(
        f"# The fens\n\nThe fen was drained.\n\n## References\n\n{entry}\n\n{others}\n", encoding="utf-8"
    )
    first = citekit.extract(article).citations[0].to_json()["item"]
    assert {name: first.get(name) for name in ENTRIES[entry]} == ENTRIES[entry]
