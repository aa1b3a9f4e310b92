"""What a manuscript cites by key: LaTeX and what LaTeX leaves behind, Markdown, Word and OpenDocument."""

from __future__ import annotations

from pathlib import Path

from citekit.manuscripts.cited import Cited
from citekit.model import Item, KeyedCitation

__all__ = ["Cited", "cited_in", "has_keys"]

_LATEX = (".tex", ".ltx", ".latex")
_MARKDOWN = (".md", ".markdown", ".qmd", ".rmd")
_KEYED = (*_LATEX, ".aux", ".bcf", *_MARKDOWN)


def has_keys(path: str) -> bool:
    """Whether a manuscript, by its name, cites by keys that its author typed."""
    return path.lower().endswith(_KEYED)


def cited_in(path: str) -> Cited:
    r"""The keys, and the works stated in full, that a manuscript cites.

    LaTeX is read without running it; `\input` and `\include` are followed inside the manuscript's folder. `.aux` and
    `.bcf` are what LaTeX and BibLaTeX leave for BibTeX and biber. Everything else is read as `citekit extract` does.

    Args:
        path: the file.

    Raises:
        ReadError: it cannot be read.
        UnsupportedFormatError: citekit does not read its format.
    """
    ending = Path(path).suffix.lower()
    if ending in _LATEX:
        from citekit.manuscripts.latex_keys import keys_in_latex

        return keys_in_latex(path)
    if ending in (".aux", ".bcf"):
        from citekit.manuscripts.run_keys import keys_in_aux, keys_in_bcf

        return keys_in_aux(path) if ending == ".aux" else keys_in_bcf(path)
    return _in_document(path)


def _in_document(path: str) -> Cited:
    from citekit import readers

    document = readers.read(path)
    keys: dict[str, None] = {}
    items: list[Item] = []
    doubtful: dict[str, None] = {}
    for entry in document.keyed:
        if entry.item and not _is_key(entry):
            items.append(entry.item)
        elif entry.key:
            (doubtful if entry.doubtful else keys)[entry.key] = None
    listed = Cited()
    if Path(path).suffix.lower() in _MARKDOWN:
        from citekit.manuscripts.nocite import listed_uncited

        listed = listed_uncited(document.text)
        keys.update(dict.fromkeys(listed.keys))
    return Cited(
        tuple(keys),
        tuple(items),
        everything=listed.everything,
        doubtful=tuple(key for key in doubtful if key not in keys),
        diagnostics=listed.diagnostics,
    )


def _is_key(entry: KeyedCitation) -> bool:
    """Whether the key is one that its user wrote; the key of a reference manager is a number of its own."""
    from citekit.model import Keeper

    return entry.key is not None and entry.keeper in (Keeper.LATEX, Keeper.PANDOC)
