"""Places of printing and publishers: what an imprint's words look like."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from citekit.lexicon import alternation, words
from citekit.lexicon.presence import words_of

__all__ = ["has_comma_house", "is_place", "is_publisher", "is_region", "words_of_places"]

_COMPOUND = re.compile(r"\s?[-–—/,;&]\s?|\s(?:and|und|et|e|y|en|i)\s")
_QUALIFIER = re.compile(r"\s?[(\[][^()\[\]]{1,20}[)\]]$|,\s?[A-Z][A-Za-z.]{1,5}$")
_JOINED_HOUSES = re.compile(r"\s?[-–/&]\s?|,\s")
_SPACE = re.compile(r"\s")
_SITUATED = re.compile(r"\s(?:am|an|bei|im|in|i\.|a\.|upon|sur)\s")  # "Frankfurt am Main"
_INITIALS = re.compile(r"^(?:[^\W\d_a-z]\.[\s-]?){1,3}(?=[^\W\d_]{3})")  # "F. Alcan": a founder's
_PLACE_SHAPE = re.compile(
    r"^[^\W\d_a-z][^\W\d_]+(?:[-\s](?:am|an|der|im|in|bei|i\.|a\.|d\.|upon|sur|sous|di|de|del|do|la|les|[^\W\d_a-z][^\W\d_]*\.?)){1,4}$"
)


@cache
def _places() -> frozenset[str]:
    listed = (*words("imprint", "place"), *words("cities", "city"))
    return frozenset(word.casefold().rstrip(".") for word in listed)


@cache
def _regions() -> frozenset[str]:
    return frozenset(word.casefold() for word in (*words("cities", "country"), *words("cities", "state")))


def is_region(text: str) -> bool:
    """Whether `text` names a country or a state, as they stand behind a place that has namesakes."""
    return text.strip().casefold() in _regions()


@cache
def _no_place() -> frozenset[str]:
    return frozenset(_SPACE.sub("", word.casefold()) for word in words("imprint", "none"))


@cache
def words_of_places() -> frozenset[str]:
    """The words of all known places: a text that has none of them names none."""
    return words_of(" ".join((*_places(), *_no_place())))


@lru_cache(maxsize=4096)
def is_place(text: str) -> bool:
    """Whether `text` names a known place of printing, or several ("Berlin/Boston", "Princeton (NJ)", "s.l.")."""
    bare = text.strip(" .,:;[]*_")
    if not bare or len(bare) > 60:
        return False
    low = bare.casefold()
    if low in _places() or _SPACE.sub("", low).rstrip(".") + "." in _no_place():
        return True
    bare = _QUALIFIER.sub("", bare)
    if bare.casefold() in _places():
        return True
    parts = [part for part in _COMPOUND.split(bare) if part]
    if len(parts) > 1:
        return any(part.casefold() in _places() for part in parts) and all(part[0].isupper() for part in parts)
    head = _SITUATED.split(bare, maxsplit=1)[0]
    return head != bare and head.casefold() in _places()


@cache
def _houses() -> frozenset[str]:
    return frozenset(word.casefold() for word in words("imprint", "publisher"))


def has_comma_house(text: str) -> bool:
    """Whether `text` is a known house whose name holds a comma ("Farrar, Straus and Giroux")."""
    low = text.casefold()
    return any("," in house and low.startswith(house) for house in _houses())


@cache
def _house_words() -> re.Pattern[str]:
    latin = alternation(w for w in words("imprint", "publisher_word") if w[0] < "\u2e80")
    other = [re.escape(w) for w in words("imprint", "publisher_word") if w[0] >= "\u2e80"]
    return re.compile(rf"(?<![^\W\d_]){latin}(?![^\W\d_])|(?:{'|'.join(other)})")


@lru_cache(maxsize=4096)
def is_publisher(text: str) -> bool:
    """Whether `text` names a publisher: a known house, or words such as "Press", "Verlag", "出版社" in it."""
    bare = text.strip(" .,:;[]*_")
    if not bare or len(bare) > 100:
        return False
    if bare.casefold() in _houses() or _INITIALS.sub("", bare).casefold() in _houses():
        return True
    if _house_words().search(bare) and len(bare.split()) <= 10:
        return True
    return any(part.strip().casefold() in _houses() for part in _JOINED_HOUSES.split(bare) if len(part) > 3)
