"""What a manuscript was found to cite."""

from __future__ import annotations

from dataclasses import dataclass

from citekit.model import Diagnostic, Item

__all__ = ["Cited"]


@dataclass(frozen=True, slots=True)
class Cited:
    r"""What a manuscript cites, in the order in which it does, each once.

    Attributes:
        keys: citation keys.
        items: works that it states in full, without a key that its user gave (fields of reference managers).
        everything: whether it asks for all works (`\nocite{*}`).
        doubtful: what looks like a key and can be something else ("@name" in running text).
        diagnostics: what of it was not read.
    """

    keys: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    everything: bool = False
    doubtful: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
