"""Citations in Chinese, Japanese and Korean whose fields are known."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence

from citekit.training.example import Builder, Example
from citekit.training.grammar import chinese_lists, chinese_notes
from citekit.training.grammar.eastern_bank import chance, generator
from citekit.training.grammar.eastern_noise import framed, halved, misread, spaced

__all__ = ["east_asian_notes"]

Style = tuple[Callable[[random.Random], Builder], int]

SIGNALS = (
    "参见",
    "参见",
    "见",
    "见",
    "转引自",
    "参阅",
    "详见",
    "引自",
    "另见",
    "又见",
    "例如，参见",
    "参看",
    "可参见",
    "有关讨论参见",
    "相关研究，参见",
    "关于这一问题，参见",
    "分别参见",
    "原文见",
)
COMMENTS = (
    "。作者认为这一结论尚待证实。",
    "。该书对此有详细论述。",
    "，该文对有关史料作了考辨。",
    "；下引此书，只注页码。",
    "。着重号为引者所加。",
    "（以下简称该书）。",
    "。",
    "。",
    "。",
    "。",
    "。",
    "；",
    "",
)


def _chosen(rng: random.Random, styles: Sequence[Style]) -> Builder:
    make = rng.choices([s for s, _ in styles], [weight for _, weight in styles])[0]
    return make(rng)


def _label(rng: random.Random) -> str:
    number = rng.randint(1, 240)
    return rng.choice(
        (
            f"[{number}]",
            f"[{number}] ",
            f"{number} ",
            f"{number}. ",
            chr(0x2460 + number % 20),
            chr(0x2460 + number % 20) + " ",
            f"〔{number}〕",
            f"（{number}）",
            f"{number}、",
            f"［{number}］",
        )
    )


def _chinese_note(rng: random.Random) -> Example:
    example = _chosen(rng, chinese_notes.NOTES).example(language="zh", source="zh-note")
    before = _label(rng) if chance(rng, 0.12) else ""
    if chance(rng, 0.22):
        before += rng.choice(SIGNALS) + rng.choice(("", "", "：", " "))
    after = rng.choice(COMMENTS) if chance(rng, 0.3) else "。" if chance(rng, 0.8) else ""
    example = framed(example, before, after)
    if chance(rng, 0.1):
        example = halved(rng, example)
    return spaced(rng, example) if chance(rng, 0.1) else example


def _chinese_entry(rng: random.Random) -> Example:
    example = _chosen(rng, chinese_lists.ENTRIES).example(language="zh", source="zh-list", note=False)
    example = framed(example, _label(rng) if chance(rng, 0.15) else "", "." if chance(rng, 0.85) else "")
    return example


KINDS: tuple[tuple[Callable[[random.Random], Example], int], ...] = ((_chinese_note, 40), (_chinese_entry, 24))


def east_asian_notes(seed: int, count: int) -> Iterator[Example]:
    """`count` citations in Chinese, Japanese and Korean, the same for the same seed."""
    rng = generator(seed, "east-asian")
    makers, weights = [make for make, _ in KINDS], [weight for _, weight in KINDS]
    for make in rng.choices(makers, weights, k=count):
        example = make(rng)
        yield misread(rng, example) if chance(rng, 0.05) else example
