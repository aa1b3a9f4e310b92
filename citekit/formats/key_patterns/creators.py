"""What a pattern takes from the names of a work: JabRef's `auth…`, `edtr…` and `editor…`, Better BibTeX's the same."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from citekit.formats.key_patterns.transliteration import family_in_latin, in_latin
from citekit.lexicon import words
from citekit.model import Item

__all__ = ["CreatorMarker", "creator_marker", "said_of_creators"]

_FORM = re.compile(r"(pure)?(auth|edtr|editor)(.*)", re.IGNORECASE)
_NUMBERED = re.compile(r"(\d{1,3})(?:_(\d{1,3}))?")
_WORD = re.compile(r"[^\W_]+")
_OTHERS = ("et al.", "et al", "others")
_INITIAL_LETTERS = 5  # JabRef's authorIni: so many of the first name
_ALPHA = 3  # BibTeX's alpha.bst: three letters of one name, or the first three of many names


@dataclass(frozen=True, slots=True)
class CreatorMarker:
    """One of the markers for names.

    Attributes:
        roles: the CSL variables whose names it takes: the first that the work has.
        form: which of the forms, in small letters: "" (the first name), "ors", ".etal" …
        number: N of authN, authorsN, authIniN; 0 where none is typed.
        which: M of authN_M, from 1.
    """

    roles: tuple[str, ...]
    form: str
    number: int = 0
    which: int = 1


_FORMS = frozenset(
    (
        *("", "n", "firstfull", "foreini", "etal", "etal2", ".etal", ".auth.ea", ".edtr.ea", "authea", "edtrea"),
        *("ini", "inin", "orini", "orlast", "orlastforeini", "lastforeini", "ors", "orsn", "orsalpha", "short"),
    )
)


def creator_marker(name: str) -> CreatorMarker | None:
    """The marker of this name (`auth.etal`, `authors3`, `auth3_1`, `pureauth`), None where it is none of names."""
    match = _FORM.fullmatch(name)
    if match is None:
        return None
    pure, whose, rest = match[1], match[2].lower(), match[3].lower()
    if whose == "editor":  # editors, editorIni, editorLast: as authors, authorIni …
        rest = "or" + rest if rest else "ors"
    roles: tuple[str, ...] = ("author",) if whose == "auth" else ("editor",)
    if whose == "auth" and not pure:
        roles = ("author", "editor", "translator", "contributor", "container-author", "collection-editor", "director")
    numbers = _NUMBERED.search(rest) if rest not in ("etal2",) else None
    form = rest[: numbers.start()] + "n" if numbers else rest
    if numbers and numbers.end() < len(rest):
        return None
    if form not in _FORMS:
        return None
    return CreatorMarker(roles, form, int(numbers[1]) if numbers else 0, int(numbers[2] or 1) if numbers else 1)


def said_of_creators(marker: CreatorMarker, item: Item) -> str:
    """What a marker takes from the names of a work; empty where it has none."""
    people, more = _people(item, marker.roles)
    if not people:
        return ""
    families = [_family(person) for person in people]
    many = len(families) > 2 or (more and len(families) > 1)
    first, last = families[0], families[-1]
    match marker.form:
        case "":
            return first
        case "n":
            return families[marker.which - 1][: marker.number or None] if marker.which <= len(families) else ""
        case "firstfull":
            return _particle(people[0]) + first
        case "foreini":
            return _initial(people[0])
        case "orlast":
            return last
        case "orlastforeini" | "lastforeini":
            return _initial(people[-1])
        case "ors" | "orsn":
            named = families[: marker.number or None]
            return "".join(named) + ("EtAl" if more or len(named) < len(families) else "")
        case "etal" | "etal2":
            return first + ("EtAl" if many or more else families[1] if len(families) > 1 else "")
        case ".etal":
            return first + (".etal" if many or more else f".{families[1]}" if len(families) > 1 else "")
        case ".auth.ea" | ".edtr.ea" | "authea" | "edtrea":
            return ".".join(families[:2]) + (".ea" if more or len(families) > 2 else "")
        case "orini" | "ini":
            return first[:_INITIAL_LETTERS] + "".join(family[:1] for family in families[1:])
        case "inin":
            return _shares(families, marker.number)
        case "short":
            short = families[0] if len(families) == 1 else "".join(family[:1] for family in families[:_ALPHA])
            return short + ("+" if more or len(families) > _ALPHA else "")
        case _:  # orsalpha
            if len(families) == 1:
                return first[:_ALPHA] + ("+" if more else "")
            cut = families[:_ALPHA] if len(families) > _ALPHA + 1 else families
            return "".join(family[:1] for family in cut) + ("+" if more or len(cut) < len(families) else "")


def _people(item: Item, roles: Sequence[str]) -> tuple[list[Mapping[str, Any]], bool]:
    """The names of the first role that the work has, and whether "et al." stands behind them."""
    for role in roles:
        listed = item.get(role)
        if isinstance(listed, list):
            names = [name for name in listed if isinstance(name, Mapping)]
            people = [name for name in names if str(name.get("literal", "")).strip().lower() not in _OTHERS]
            people = [name for name in people if _family(name)]
            if people:
                return people, len(people) < len(names)
    return [], False


def _family(name: Mapping[str, Any]) -> str:
    """The family name in Latin letters; of an institution the initials of three telling words, else its words."""
    literal = str(name.get("literal") or "")
    if literal and not name.get("family"):
        telling = [word for word in _WORD.findall(literal) if word.casefold() not in words("stopwords", "title")]
        spoken = [latin for latin in map(in_latin, telling or _WORD.findall(literal)) if latin]
        return "".join(word[:1] for word in spoken) if len(spoken) > 2 else "".join(spoken)
    family = family_in_latin(str(name.get("family") or name.get("given") or ""))
    return "".join(part[:1].upper() + part[1:] for part in _WORD.findall(family))


def _particle(name: Mapping[str, Any]) -> str:
    particles = (str(name.get(part) or "") for part in ("dropping-particle", "non-dropping-particle"))
    return "".join("".join(_WORD.findall(in_latin(particle))) for particle in particles)


def _initial(name: Mapping[str, Any]) -> str:
    given = in_latin(str(name.get("given") or ""))
    return next((letter.upper() for letter in given if letter.isalnum()), "")


def _shares(families: Sequence[str], most: int) -> str:
    """The beginnings of all names, at most so many letters together: the first names have what does not divide."""
    if not most:
        return "".join(families)
    share, rest = divmod(most, len(families))
    return "".join(family[: share + (place < rest)] for place, family in enumerate(families))[:most]
