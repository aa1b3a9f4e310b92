"""What a note says of a work behind the page: "S. 9, der das bestreitet", "13, with further references"."""

from __future__ import annotations

import re
from functools import cache

from citekit.citations.brackets import enclosures, protected
from citekit.citations.cues import find_cues
from citekit.citations.cuts import ends_with_page
from citekit.citations.dates import years
from citekit.citations.locators import find_locators, pages_and_following
from citekit.citations.printed_short import short_forms
from citekit.citations.roles import role_pattern
from citekit.lexicon import alternation, words
from citekit.model import Span

__all__ = ["remark_behind"]

_PASSIM = re.compile(r",\s[*_]?passim[*_]?$")
_AND_PASSIM = re.compile(r",?\s(?:and|et|e|und|y|i|en|och|og|a|и)\s[*_]?passim[*_]?$")
_DIGIT = re.compile(r"\d")
_CLOSED = re.compile(r"\s\((?P<said>[^()]{3,120})\)$")


@cache
def _clause() -> re.Pattern[str]:
    return re.compile(rf",\s(?:(?P<clause>{alternation(words('prose', 'relative'))})|{_with()})\s(?=[^\W\d_])")


@cache
def _literature() -> re.Pattern[str]:
    return re.compile(rf",\s{alternation(words('remarks', 'literature'))}(?![^\W\d_])")


@cache
def _enclosed() -> re.Pattern[str]:
    return re.compile(rf"{_with()}\s(?=[^\W\d_])")


def _with() -> str:
    return alternation(words("remarks", "with"))


def remark_behind(text: str, start: int, end: int, emphasis: tuple[Span, ...] = ()) -> int | None:
    """Where the words about the work begin behind the page of its citation, None where none do.

    They hold no page and no work themselves; behind "with" no year either, as an edition with its editor may. The
    literature that the work cites ("and the works there cited") is named by no cue of this note.
    """
    closed = _CLOSED.search(text, start, end)
    if closed and _enclosed().match(closed["said"]) and _says_no_place(closed["said"]):
        return closed.start() if ends_with_page(text[start : closed.start()]) else None
    passim = _AND_PASSIM.search(text, start, end)
    if passim and any(found.end == passim.start() - start for found in find_locators(text[start:end])):
        passim = None  # "p. 12 et passim": all of it is said of the page
    told = passim or _literature().search(text, start + 1, end)
    if told and ends_with_page(text[start : told.start()]) and not _DIGIT.search(text, told.end(), end):
        return told.start()
    mask: bytearray | None = None
    following: list[tuple[int, int]] = []
    for match in _clause().finditer(text, start + 1, end):
        said = text[match.end() : end]
        before = text[start : match.start()]
        if mask is None:
            mask = protected(text[start:end], enclosures(text[start:end]))
            following = pages_and_following(text[start:end])
        if (
            not mask[match.start() - start]
            and not any(first <= match.start() - start < last for first, last in following)
            and (ends_with_page(before) or _PASSIM.search(before))
            and _says_no_place(said)
            and (match["clause"] or not (years(said) or _names_contributor(text[match.start() + 2 : end])))
            and not short_forms(text, match.end(), end, emphasis)
        ):
            return match.start()
    return None


def _names_contributor(said: str) -> bool:
    """ "with an introduction by Karl Roth": part of the work's description."""
    return role_pattern("contributor_before").search(said) is not None


def _says_no_place(said: str) -> bool:
    """Whether words lead to no page, no work cited before."""
    return not find_locators(said) and not find_cues(said)
