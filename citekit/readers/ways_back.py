"""The words of a link that leads from a note back to its marker: "Back to text", "Zurück zum Text", "返回正文".

Any other words of such a link are the note's own: authors link the name that begins a note to its marker.
"""

from __future__ import annotations

import re
from functools import cache

from citekit import lexicon

__all__ = ["says_back"]

_WORD = re.compile(r"[^\W_]+")
_MOST = 8  # words: "Return to the reference of footnote 3 in the text"


def says_back(words: str) -> bool:
    """Whether a link's words only say that it leads back.

    Args:
        words: of the link; numbers and signs among them say nothing.
    """
    found = [word for word in _WORD.findall(words.casefold()) if not word.isdecimal()]
    if not found or len(found) > _MOST:
        return False
    returning, beside = _words("returning"), _words("beside")
    return any(word in returning for word in found) and all(word in returning or word in beside for word in found)


@cache
def _words(concept: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in lexicon.words("ways_back", concept))
