"""Semicolons between statements of responsibility: " / под ред. А. А. Зимина ; сост. И. Д. Ковальченко. – М.: …".

ISBD A.3 and GOST R 7.0.100-2018, 5.2: behind the title a slash opens the first statement of who is responsible, a
semicolon each further one; a full stop and a dash end the area.
"""

from __future__ import annotations

import re
from functools import cache

from citekit.lexicon import alternation, words

__all__ = ["statement_follows"]

_LONGEST = 400  # characters of one area
_AREA = re.compile(r"\.\s?[–—-]\s")


@cache
def _role() -> re.Pattern[str]:
    roles = [word for role in ("editor", "translator", "contributor") for word in words("roles", f"{role}_before")]
    return re.compile(rf"(?:{alternation(roles)})(?![^\W\d_])\s?:?\s?[^\W\d_]")


def statement_follows(text: str, start: int, semicolon: int) -> bool:
    """Whether the semicolon parts two statements of responsibility of one work.

    Args:
        text: the note.
        start: where the words begin that may be one citation with what follows.
        semicolon: its place.
    """
    slash = text.rfind(" / ", max(start, semicolon - _LONGEST), semicolon)
    if slash < 0 or _AREA.search(text, slash, semicolon):
        return False
    behind = semicolon + 1
    while behind < len(text) and text[behind].isspace():
        behind += 1
    if _role().match(text, behind):
        return True
    closing = _AREA.search(text, behind, behind + _LONGEST)
    return closing is not None and " / " not in text[behind : closing.start()]
