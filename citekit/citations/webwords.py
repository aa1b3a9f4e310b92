"""Words that say when a page was read or archived and where it can be found."""

from __future__ import annotations

import re
from functools import cache

from citekit.lexicon import Sought, alternation, sought, words

__all__ = ["cited_on", "version_of", "web_pattern", "web_phrase"]


@cache
def web_pattern(concept: str) -> Sought:
    """The words of one concept of the lexicon's `web` ("accessed", "archived", "available")."""
    listed = words("web", concept)
    return sought(rf"(?<![^\W\d_]){alternation(listed)}(?![^\W\d_])\s?[:：,]?\s*", listed, flags=re.IGNORECASE)


@cache
def web_phrase() -> re.Pattern[str]:
    """ "Archived from the original on", "Consultado em": what tells of the work just cited."""
    led = [phrase for phrase in words("web", "available") if " " in phrase]
    return re.compile(
        rf"{alternation([*words('web', 'accessed'), *words('web', 'archived'), *led])}(?![^\W\d_])", re.IGNORECASE
    )


@cache
def cited_on() -> Sought:
    """ "[cited 2020 Mar 3]", "[cit. 2020-03-03]": the day of access in a bracket (Citing Medicine, ch. 22; ISO 690)."""
    listed = words("web", "cited")
    return sought(rf"\[(?i:{alternation(listed)})\s(?:on\s|le\s|el\s|am\s|il\s)?(?P<date>[^\[\]]{{6,30}})\]", listed)


@cache
def version_of() -> Sought:
    """ "Electronic version of the book": what says that a page is a copy of a printed work."""
    of = alternation(words("web", "printed"))
    return sought(
        rf"(?<![^\W\d_]){alternation(words('web', 'version_of'))}(?:\s{of})?(?![^\W\d_])\s?[:：,]?\s*",
        words("web", "version_of"),
        flags=re.IGNORECASE,
    )
