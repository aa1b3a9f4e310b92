"""What the checks of one entry know of the rest of its file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from citekit.formats.bib import BibFile, EntryBlock, FieldBlock
from citekit.formats.key_patterns import KeyPattern
from citekit.lint.data_model import is_biblatex
from citekit.lint.values import Reporter

__all__ = ["Context", "listed_keys"]


def listed_keys(value: FieldBlock | None) -> list[str]:
    """The keys that a field lists between commas."""
    return [key.strip() for key in value.text.split(",") if key.strip()] if value else []


@dataclass(frozen=True, slots=True)
class Context:
    """A file, and what was asked for.

    Attributes:
        file: the file.
        report: makes findings of its places.
        biblatex: whether it is written for BibLaTeX; else for BibTeX.
        by_key: its entries by key in small letters; of several with one key the first.
        folder: where files are looked for that entries name; None for nowhere.
        pattern: what keys should be like; None where nobody asked.
    """

    file: BibFile
    report: Reporter
    biblatex: bool
    by_key: dict[str, EntryBlock] = field(default_factory=dict)
    folder: Path | None = None
    pattern: KeyPattern | None = None

    @classmethod
    def of(
        cls,
        file: BibFile,
        *,
        biblatex: bool | None = None,
        folder: Path | None = None,
        pattern: KeyPattern | None = None,
    ) -> Context:
        """The context of a file; what `biblatex` does not say, its types and fields do."""
        by_key: dict[str, EntryBlock] = {}
        for entry in file.entries:
            by_key.setdefault(entry.key.lower(), entry)
            for alias in listed_keys(entry.field("ids")):
                by_key.setdefault(alias.lower(), entry)
        chosen = is_biblatex(file) if biblatex is None else biblatex
        return cls(file, Reporter(file), chosen, by_key, folder, pattern)

    def entry(self, key: str) -> EntryBlock | None:
        """The entry of a key, in whatever letters."""
        return self.by_key.get(key.lower())

    def ancestors(self, entry: EntryBlock) -> Iterator[EntryBlock]:
        """The entries that this one inherits from, through `crossref` and `xdata`, each once."""
        seen = {entry.key.lower()}
        following = [entry]
        while following:
            present = following.pop()
            for name in (*listed_keys(present.field("crossref")), *listed_keys(present.field("xdata"))):
                parent = self.entry(name)
                if parent is not None and parent.key.lower() not in seen:
                    seen.add(parent.key.lower())
                    following.append(parent)
                    yield parent
