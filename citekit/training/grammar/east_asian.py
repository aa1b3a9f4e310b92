"""Citations in Chinese, Japanese and Korean whose fields are known."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from citekit.training.example import Builder, Example
from citekit.training.grammar import chinese_lists, chinese_notes, chinese_sources, japanese, korean, taiwan
from citekit.training.grammar.eastern_bank import chance, generator
from citekit.training.grammar.eastern_noise import framed, halved, misread, spaced

__all__ = ["east_asian_notes"]

_UPRIGHT = str.maketrans("0123456789", "〇一二三四五六七八九")  # lines that run down the page: 一九七八年, 一一二頁
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
    example = _chosen(rng, (*chinese_notes.NOTES, *chinese_sources.NOTES)).example(language="zh", source="zh-note")
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
    return framed(example, _label(rng) if chance(rng, 0.15) else "", "." if chance(rng, 0.85) else "")


def _taiwan_note(rng: random.Random) -> Example:
    example = _chosen(rng, taiwan.NOTES).example(language="zh", source="zh-hant-note")
    before = _label(rng) if chance(rng, 0.12) else ""
    if chance(rng, 0.18):
        before += rng.choice(("參見", "見", "詳見", "參閱", "轉引自", "另見", "參見：", "可參見", "相關討論見"))
    after = rng.choice(("。", "。", "。", "；", "", "。粗體為筆者所加。")) if chance(rng, 0.3) else "。"
    example = framed(example, before, after)
    if chance(rng, 0.08):
        example = halved(rng, example)
    return spaced(rng, example) if chance(rng, 0.06) else example


def _japanese_note(rng: random.Random) -> Example:
    example = _chosen(rng, japanese.NOTES).example(language="ja", source="ja-note")
    before = (
        rng.choice((_label(rng), f"({rng.randint(1, 120)})", f"注{rng.randint(1, 90)}）")) if chance(rng, 0.12) else ""
    )
    if chance(rng, 0.06):
        before += rng.choice(("例えば、", "詳しくは、", "この点については、", "たとえば、", "拙稿として", "以下、"))
    after = (
        rng.choice(("。", "など。", "参照。", "を参照。", "を参照されたい。", "による。", "。傍点は引用者。", ""))
        if chance(rng, 0.4)
        else "。"
    )
    example = framed(example, before, after)
    if chance(rng, 0.22) and not any(found.name in ("URL", "DOI", "ISBN") for found in example.fields):
        example = replace(example, text=example.text.translate(_UPRIGHT))
    return example


def _korean_note(rng: random.Random) -> Example:
    example = _chosen(rng, korean.NOTES).example(language="ko", source="ko-note")
    before = (
        rng.choice((f"{rng.randint(1, 160)}) ", f"{rng.randint(1, 160)} ", f"[{rng.randint(1, 90)}] "))
        if chance(rng, 0.12)
        else ""
    )
    after = rng.choice((".", " 참조.", "를 참조.", ";", "", " 등.", "을 볼 것.")) if chance(rng, 0.35) else "."
    return framed(example, before, after)


KINDS: tuple[tuple[Callable[[random.Random], Example], int], ...] = (
    (_chinese_note, 34),
    (_chinese_entry, 22),
    (_taiwan_note, 18),
    (_japanese_note, 16),
    (_korean_note, 10),
)


def east_asian_notes(seed: int, count: int) -> Iterator[Example]:
    """`count` citations in Chinese, Japanese and Korean, the same for the same seed."""
    rng = generator(seed, "east-asian")
    makers, weights = [make for make, _ in KINDS], [weight for _, weight in KINDS]
    for make in rng.choices(makers, weights, k=count):
        example = make(rng)
        yield misread(rng, example) if chance(rng, 0.05) else example
