"""A citation while it is written: words that can still be taken back."""

from __future__ import annotations

from dataclasses import dataclass, field

from citekit.training.example import Builder

__all__ = ["Draft"]


@dataclass(slots=True)
class Draft:
    """Pieces of a citation, each with its field or None."""

    pieces: list[tuple[str | None, str]] = field(default_factory=list)

    def add(self, words: str) -> None:
        """Words of no field."""
        if words:
            self.pieces.append((None, words))

    def put(self, name: str, words: str) -> bool:
        """Words of a field; False when they are empty."""
        if words:
            self.pieces.append((name, words))
        return bool(words)

    @property
    def last(self) -> str:
        """The last character, "" at the start."""
        return self.pieces[-1][1][-1] if self.pieces else ""

    @property
    def names(self) -> set[str]:
        """The fields that are there."""
        return {name for name, _ in self.pieces if name}

    def built(self) -> Builder:
        """The same in a builder, which knows the places."""
        builder = Builder()
        for name, words in self.pieces:
            if name is None:
                builder.add(words)
            else:
                builder.put(name, words)
        return builder
