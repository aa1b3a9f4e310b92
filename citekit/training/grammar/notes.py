"""Notes and list entries of Western-language scholarship, one citation each, with their fields."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from citekit.training.example import Example
from citekit.training.grammar import compose, real, slots, template, titles
from citekit.training.grammar.chance import Chance
from citekit.training.grammar.draft import Draft
from citekit.training.grammar.manner import draw
from citekit.training.grammar.records import Record
from citekit.training.grammar.surroundings import close, online, opening

__all__ = ["SOURCE", "western_notes"]

SOURCE = "synthetic-western"

_REAL = 0.22  # share of works that exist; the rest is composed
_AT_HOME = 0.66  # share of works in the language of the notes that cite them
_FOREIGN = ("en", "de", "fr", "it", "en", "de", "fr", "it", "es", "la", "nl", "pl", "pt", "sv", "cs")
_TRIES = 12

# How often kinds are cited, before a style is asked what it knows.
_KINDS = {
    "book": 26,
    "edited": 6,
    "chapter": 13,
    "article": 17,
    "review": 2,
    "thesis": 3,
    "report": 3,
    "paper": 2,
    "entry": 3,
    "web": 5,
    "newspaper": 5,
    "archive": 8,
    "letter": 5,
    "law": 2,
    "treaty": 1.5,
    "un": 1.5,
    "case": 1.5,
    "reports": 1.5,
    "debates": 1.5,
    "papers": 1.2,
    "short": 14,
    "nature": 4,
}
_ONLINE = ("article", "nature", "book", "chapter", "report", "thesis", "edited", "entry")
_SHORT_OF = ("book", "book", "book", "article", "chapter", "edited", "thesis")


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    options: dict[str, Any]
    templates: dict[str, tuple[str, ...]]


@cache
def _styles() -> tuple[tuple[_Style, ...], tuple[float, ...]]:
    """All styles and how often each is drawn."""
    styles = []
    folder = files(__package__) / "styles"
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not entry.name.endswith(".toml"):
            continue
        table = tomllib.loads(entry.read_text("utf-8"))
        macros = table.get("macros", {})
        for name, options in table["style"].items():
            known = {
                kind: tuple(template.expand(line, macros) for line in options[kind])
                for kind in _KINDS
                if kind in options
            }
            styles.append(_Style(name, {key: value for key, value in options.items() if key not in known}, known))
    return tuple(styles), tuple(style.options.get("weight", 1.0) for style in styles)


def western_notes(seed: int, count: int) -> Iterator[Example]:
    """Notes and list entries as scholars write them, `count` of them; the same for the same seed."""
    chance = Chance(seed)
    styles, weights = _styles()
    written = 0
    while written < count:
        example = _one(chance, chance.weighted(styles, weights))
        if example is not None:
            written += 1
            yield example


def _one(chance: Chance, style: _Style) -> Example | None:
    label_language = chance.of(style.options["language"])
    kinds = list(style.templates)
    kind = chance.weighted(kinds, [_KINDS[name] for name in kinds])
    work_language = chance.of(style.options.get("works", (label_language,)))
    if "works" not in style.options and not chance.yes(_AT_HOME):
        work_language = chance.of(_FOREIGN)
    is_note = chance.of(style.options["note"])
    manner = draw(chance, style.options, label_language)
    record = _record(chance, chance.of(_SHORT_OF) if kind == "short" else kind, work_language)
    if chance.of(style.options.get("subject", ("",))) == "nature" and kind in ("book", "edited", "chapter", "article"):
        record.title, record.subtitle = titles.plain(chance, "nature"), ""
    filled = slots.slots(record, manner, chance)
    for _ in range(_TRIES):
        draft = Draft()
        if is_note or chance.yes(0.06):
            opening(chance, draft, label_language, note=is_note)
        if template.fill(chance.of(style.templates[kind]), filled, chance, draft) and draft.names:
            if kind in _ONLINE:
                online(chance, draft, record, manner)
            close(chance, draft, label_language, note=is_note)
            example = draft.built().example(language=label_language, source=f"{SOURCE}-{style.name}", note=is_note)
            return example if "\n" not in example.text else None
    return None


def _record(chance: Chance, kind: str, language: str) -> Record:
    if chance.yes(_REAL):
        found = real.draw(chance, kind, language)
        if found is not None:
            return found
    return compose.compose(chance, kind, language)
