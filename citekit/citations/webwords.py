"""Words that say when a page was read or archived and where it can be found."""

from __future__ import annotations

import re
from functools import cache

from citekit.lexicon import alternation, words

__all__ = ["version_of", "web_pattern", "web_phrase"]


@cache
def web_pattern(concept: str) -> re.Pattern[str]:
    """The words of one concept of the lexicon's `web` ("accessed", "archived", "available")."""
    return re.compile(rf"(?<![^\W\d_]){alternation(words('web', concept))}(?![^\W\d_])\s?[:：,]?\s*", re.IGNORECASE)


@cache
def web_phrase() -> re.Pattern[str]:
    """ "Archived from the original on", "Consultado em": what tells of the work just cited."""
    led = [phrase for phrase in words("web", "available") if " " in phrase]
    return re.compile(
        rf"{alternation([*words('web', 'accessed'), *words('web', 'archived'), *led])}(?![^\W\d_])", re.IGNORECASE
    )


@cache
def version_of() -> re.Pattern[str]:
    """ "Electronic version of the book": what says that a page is a copy of a printed work."""
    of = alternation(words("web", "printed"))
    return re.compile(
        rf"(?<![^\W\d_]){alternation(words('web', 'version_of'))}(?:\s{of})?(?![^\W\d_])\s?[:：,]?\s*", re.IGNORECASE
    )
