"""Pages against locators: the extent of an article or chapter, the place cited in it, the size of a book."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from citekit.citations.edges import one_line
from citekit.citations.locators import find_locators, locator_value, range_pattern
from citekit.lexicon import alternation, words
from citekit.model import Locator

__all__ = ["Paged", "is_size", "read_pages"]

_EDGES = " \t,;:()[]，；：。（）"
_HYPHENS = re.compile(r"(?<=\d)\s?-{2,3}\s?(?=\d)")
_NARROW = re.compile(r"(?<=\d)\s?[:：]\s?(?=\d|p)")
_EXTENT = re.compile(
    r"^[\s(]*(?:(?P<front>[IVXLCivxlc]{1,9})\s?[,+]\s?)?(?P<pages>\d{1,5})\s?(?:pp?\b\.?|S\b\.?|Seiten|pages|págs?\.|pagg?\.|с\b\.?|s\b\.?|str\.|blz\.|页|頁|p\.)[\s.,)]*$"
)


@dataclass(frozen=True, slots=True)
class Paged:
    """What a run of pages says: the extent (`page`), the place cited, the number of pages; None where not said."""

    page: str | None = None
    locator: Locator | None = None
    size: str | None = None


def is_size(run: str) -> bool:
    """Whether a run says how many pages there are ("345 S.", "xii, 280 p.")."""
    return _EXTENT.match(one_line(run)) is not None


def read_pages(run: str, field: str) -> Paged:
    """A run labelled `page` or `locator`.

    "pp. 3–45, here 12" has both, whatever the label; "345 S." is a book's size; else the label decides. Ranges stay
    as printed ("209-10"), dashes become "-".
    """
    text = _HYPHENS.sub("-", one_line(run))
    size = _EXTENT.match(text)
    if size and field == "page":
        front = f"{size['front']}, " if size["front"] else ""
        return Paged(size=f"{front}{size['pages']}")
    cut = _narrowing().search(text) or _NARROW.search(text)
    if cut and cut.start() and re.search(r"\d", text[cut.end() :]) and re.search(r"\d|[ivx]", text[: cut.start()]):
        extent, _ = _value(text[: cut.start()])
        value, label = _value(text[cut.end() :])
        return Paged(extent, Locator(label, value))
    value, label = _value(text)
    if field == "page" and label == "page":
        return Paged(page=value)
    return Paged(locator=Locator(label, value)) if value else Paged()


@cache
def _narrowing() -> re.Pattern[str]:
    listed = alternation(words("locators", "narrowing"))
    return re.compile(rf"[\s,;(](?:here|hier|qui|ici|aquí|{listed})\s?:?\s(?=\S)", re.IGNORECASE)


def _value(text: str) -> tuple[str, str]:
    """The numbers of a run as a locator has them, and the CSL term that its label names."""
    bare = text.strip(_EDGES)
    found = find_locators(bare)
    if found and found[0].start == 0:
        first, last = found[0], found[-1]
        if len(found) == 1 and not bare[last.end :].strip(_EDGES + "."):
            return first.locator.value, first.locator.label
        if all(match.locator.label == first.locator.label for match in found):
            between = re.sub(r"\s+", " ", bare)
            if not _rest(between, found):
                return "; ".join(match.locator.value for match in found), first.locator.label
    plain = re.fullmatch(rf"({range_pattern()})[\s.,;:)]*", bare)
    if plain:
        return locator_value(plain.group(1)), "page"
    if found and found[0].start == 0:
        return locator_value(bare[found[0].value_start :]), found[0].locator.label
    return locator_value(bare.rstrip(". ")), "page"


def _rest(text: str, found: tuple[object, ...]) -> str:
    for match in reversed(found):
        text = text[: match.start] + text[match.end :]  # type: ignore[attr-defined]
    return text.strip(_EDGES + ".-")
