"""Western notes about China, Japan, Korea and Russia, in the original script, romanised and glossed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from citekit.training.example import Builder, Example
from citekit.training.grammar import mixed_chinese, mixed_other, mixed_sources
from citekit.training.grammar.eastern_bank import chance, generator, words
from citekit.training.grammar.eastern_noise import framed, misread

__all__ = ["mixed_notes"]

Maker = Callable[[random.Random], tuple[Builder, str]]
KINDS: tuple[tuple[Maker, int], ...] = (*mixed_chinese.NOTES, *mixed_sources.NOTES, *mixed_other.NOTES)


def mixed_notes(seed: int, count: int) -> Iterator[Example]:
    """`count` citations, the same for the same seed."""
    rng = generator(seed, "mixed")
    for make in rng.choices([m for m, _ in KINDS], [w for _, w in KINDS], k=count):
        builder, language = make(rng)
        example = builder.example(language=language, source="mixed-note", note=True)
        before = ""
        if chance(rng, 0.12):
            number = rng.randint(1, 240)
            before = rng.choice((f"{number} ", f"{number}. ", f"[{number}] ", f"{number}\u2003"))
        if chance(rng, 0.14):
            before += rng.choice(words("mixed", f"signals_{language}"))
        after = (
            rng.choice(words("mixed", f"comments_{language}"))
            if chance(rng, 0.06)
            else "."
            if chance(rng, 0.85)
            else ""
        )
        after = after.lstrip(".").rstrip() if example.text.endswith((".", "?")) else after
        example = framed(example, before, after)
        yield misread(rng, example) if chance(rng, 0.05) else example
