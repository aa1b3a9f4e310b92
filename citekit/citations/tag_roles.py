"""People behind a word for their role, between two marks: ", hrsg. v. Johannes Winckelmann, 5. Aufl.".

Whatever style a title page's statement of responsibility is printed in (ISBD 1.4, Chicago 17, 14.22, MHRA 11.2), it
begins with the role, goes on with names, and ends at a mark. So it is no part of a title, a container or an imprint.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from citekit.citations.line import Line
from citekit.citations.names import is_given_name, is_particle
from citekit.citations.places import is_place, is_publisher
from citekit.citations.tag_persons import names_from
from citekit.lexicon import Sought, sought, words

__all__ = ["statements", "tag_roles"]

_ROLES = ("editor", "translator", "contributor")
# What also leads to a publisher, counts an edition or names another edition: "éd. Maspero", "trad. it.", "red. 2".
_AMBIGUOUS = 7  # characters: shorter roles of one word
_INITIAL = re.compile(r"(?:[^\W\d_]{1,2}\.[\s-]?){1,4}[^\W\d_]")
_CLOSED = re.compile(r"\s?(?:[,.;:()\[\]/»]|[–—-]\s|$)|\s(?=\d)")
_EDGE = " \t,;.:"
_LOOKED_AHEAD = 300  # characters of one statement


@cache
def _stated() -> Sought:
    listed: dict[str, str] = {}
    for role in _ROLES:
        for word in words("roles", f"{role}_before"):
            if word[0] < "\u0590":  # behind the names, or without blanks, in the writing of the East
                listed.setdefault(word.casefold(), word)
    ordered = sorted(map(re.escape, listed.values()), key=lambda word: -len(word))
    return sought(
        rf"(?:(?<=[,.;:/)»”\"’*_?!–—-]\s)|(?<=[(\[]))(?P<role>{'|'.join(ordered)})(?![^\W\d_])\s?(?=[^\W\d_])",
        list(listed.values()),
        flags=re.IGNORECASE,
    )


@cache
def _role_of() -> dict[str, str]:
    found: dict[str, str] = {}
    for role in ("translator", "editor", "contributor"):
        for word in words("roles", f"{role}_before"):
            found.setdefault(word.casefold(), role)
    return found


def statements(line: Line) -> Iterator[tuple[int, str, list[tuple[int, int]]]]:
    """Where each statement begins, the role that it tells, and its names."""
    for match in _stated().finditer(line.text):
        if not line.free(*match.span()) or line.quoted(match.start()) or line.emphasised(match.start()):
            continue
        limit = next((place for place in range(match.end(), len(line.text)) if line.taken[place]), len(line.text))
        end = min(limit, match.end() + _LOOKED_AHEAD)
        found, after = names_from(line.text, match.end(), end, alone=False)
        while found and is_place(line.text[slice(*found[-1])].strip(_EDGE)):
            after = found[-1][0]
            found = found[:-1]
        if not found or (after < end and not _CLOSED.match(line.text, found[-1][1])):
            continue
        if _certain(match["role"], line.text[slice(*found[0])].strip(_EDGE)):
            yield match.start(), _role_of()[match["role"].casefold()], found


def _certain(role: str, name: str) -> bool:
    """Whether a role's word can mean nothing else before this name."""
    if is_publisher(name):
        return False
    parts = name.split()
    if " " in role or len(role) >= _AMBIGUOUS:
        return len(parts) > 1
    return _INITIAL.match(name) is not None or (
        len(parts) > 1 and (is_given_name(parts[0]) or any(is_particle(part) for part in parts[1:-1]))
    )


def tag_roles(line: Line) -> None:
    """Label editors, translators and contributors behind the word for their role; the word ends what it follows."""
    for start, role, names in list(statements(line)):
        line.hold(start, names[0][0])
        for begin, stop in names:
            line.label(role, begin, stop)
        line.hold(start, names[-1][1])
        line.stated = start if line.stated is None else min(line.stated, start)
