"""Citations in Russian and its neighbours, and in Greek, whose fields are known."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from citekit.training.example import Example
from citekit.training.grammar import russian, russian_lists, slavic
from citekit.training.grammar.eastern_bank import chance, generator
from citekit.training.grammar.eastern_noise import framed, misread

__all__ = ["cyrillic_notes"]

SIGNALS = (
    "См.: ",
    "См.: ",
    "См. ",
    "Подробнее см.: ",
    "Ср.: ",
    "Цит. по: ",
    "См. также: ",
    "См., напр.: ",
    "Подробнее об этом см.: ",
    "См., например: ",
    "Об этом см.: ",
    "Сост. по: ",
    "Подсчитано по: ",
)
COMMENTS = (
    ". Курсив мой.",
    " и др.",
    ". Автор приводит и другие данные.",
    " (далее — ссылки в тексте).",
    "; ",
    ".",
    ".",
    ".",
    ".",
    ".",
)


def _label(rng: random.Random) -> str:
    number = rng.randint(1, 210)
    return rng.choice((f"{number}. ", f"{number} ", f"[{number}] ", f"{number}) "))


def _russian(rng: random.Random) -> Example:
    make = rng.choices([m for m, _ in russian.NOTES], [w for _, w in russian.NOTES])[0]
    example = make(rng).example(language="ru", source="ru-note")
    before = _label(rng) if chance(rng, 0.15) else ""
    if chance(rng, 0.15):
        before += rng.choice(SIGNALS)
    after = rng.choice(COMMENTS) if chance(rng, 0.25) else "." if chance(rng, 0.85) else ""
    return framed(example, before, "" if example.text.endswith(".") and after[:1] == "." else after.rstrip())


def _entry(rng: random.Random) -> Example:
    make = russian_lists.chapter if chance(rng, 0.3) else russian_lists.described
    example = make(rng).example(language="ru", source="ru-list", note=False)
    before = _label(rng) if chance(rng, 0.2) else ""
    return framed(example, before, "" if example.text.endswith(".") or chance(rng, 0.2) else ".")


def _neighbour(rng: random.Random) -> Example:
    code = rng.choices(list(slavic.LANGUAGES), [words.weight for words in slavic.LANGUAGES.values()])[0]
    example = slavic.note(rng, code).example(language=code, source=f"{code}-note")
    before = _label(rng) if chance(rng, 0.15) else ""
    if chance(rng, 0.15):
        before += rng.choice(slavic.LANGUAGES[code].signals)
    return framed(example, before, "" if example.text.endswith(".") or chance(rng, 0.12) else ".")


KINDS: tuple[tuple[Callable[[random.Random], Example], int], ...] = ((_russian, 60), (_entry, 12), (_neighbour, 32))


def cyrillic_notes(seed: int, count: int) -> Iterator[Example]:
    """`count` citations in Cyrillic and Greek script, the same for the same seed."""
    rng = generator(seed, "cyrillic")
    makers, weights = [make for make, _ in KINDS], [weight for _, weight in KINDS]
    for make in rng.choices(makers, weights, k=count):
        example = make(rng)
        yield misread(rng, example) if chance(rng, 0.05) else example
