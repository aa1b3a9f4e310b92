"""People behind a word for their role, between two marks: ", hrsg. v. Johannes Winckelmann, 5. Aufl.".

Whatever style a title page's statement of responsibility is printed in (ISBD 1.4, Chicago 17, 14.22, MHRA 11.2), it
begins with the role, goes on with names, and ends at a mark. So it is no part of a title, a container or an imprint.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from citekit.citations.line import Line, TaggedField
from citekit.citations.name_runs import names_from
from citekit.citations.names import is_given_name, is_particle
from citekit.citations.places import is_place, is_publisher
from citekit.citations.roles import translated_from
from citekit.citations.tag_persons import titled_before_statement
from citekit.lexicon import Sought, alternation, sought, words

__all__ = ["before_statement", "tag_roles"]

_ROLES = ("editor", "translator", "contributor")
# What also leads to a publisher, counts an edition or names another edition: "éd. Maspero", "trad. it.", "red. 2".
_AMBIGUOUS = 7  # characters: shorter roles of one word
_INITIAL = re.compile(r"(?:[^\W\d_]{1,2}\.[\s-]?){1,4}[^\W\d_]")
_CLOSED = re.compile(r"\s?(?:[,.;:()\[\]/»]|[–—-]\s|$)|\s(?=\d)")
_TITLES = frozenset({"title", "container-title", "original-title", "translated-title", "collection-title"})
_EDGE = " \t,;.:"
_SMALL = 3  # letters: "z …", "s …"; the words behind the language tell more
_LOOKED_AHEAD = 300  # characters of one statement


@cache
def _stated() -> Sought:
    listed: dict[str, str] = {}
    for role in _ROLES:
        for word in words("roles", f"{role}_before"):
            if word[0] < "\u0590":  # behind the names, or without blanks, in the writing of the East
                listed.setdefault(word.casefold(), word)
    parts = (phrase.partition("…") for phrase in words("roles", "translated_from"))
    telling = [opening if len(opening) > _SMALL else closing for opening, _, closing in parts]
    return sought(
        rf"(?:(?<=[,.;:/)»”\"’*_?!–—-]\s)|(?<=[(\[]))(?P<role>{translated_from()}|{alternation(listed.values())})"
        r"(?![^\W\d_])\s?(?=[^\W\d_])",
        [*listed.values(), *map(str.strip, telling)],
        flags=re.IGNORECASE,
    )


@cache
def _thesis() -> re.Pattern[str]:
    told = [*words("archives", "genre"), *words("kinds", "thesis")]
    return re.compile(rf"(?<![^\W\d_]){alternation(told)}(?![^\W\d_])", re.IGNORECASE)


@cache
def _role_of() -> dict[str, str]:
    found: dict[str, str] = {}
    for role in ("translator", "editor", "contributor"):
        for word in words("roles", f"{role}_before"):
            found.setdefault(word.casefold(), role)
    return found


def _statements(line: Line) -> Iterator[tuple[int, str, list[tuple[int, int]]]]:
    """Where each statement begins, the role that it tells, and its names."""
    for match in _stated().finditer(line.text):
        if not line.free(*match.span()) or line.quoted(match.start()) or line.emphasised(match.start()):
            continue
        limit = line.taken.find(1, match.end())
        end = min(limit if limit >= 0 else len(line.text), match.end() + _LOOKED_AHEAD)
        found, after = names_from(line.text, match.end(), end, alone=False)
        while found and is_place(line.text[slice(*found[-1])].strip(_EDGE)):
            after = found[-1][0]
            found = found[:-1]
        if not found or (after < end and not _CLOSED.match(line.text, found[-1][1])):
            continue
        name = line.text[slice(*found[0])].strip(_EDGE)
        clear = _says_role(match["role"]) or not _behind_name_or_place(line.text, match.start())
        role = _role_of().get(match["role"].casefold(), "translator")  # a language's name makes too many to be listed
        thesis = role == "editor" and _thesis().search(line.text, 0, match.start())  # its director is no editor
        if role and clear and not thesis and _certain(match["role"], name):
            yield match.start(), role, found


def _certain(role: str, name: str) -> bool:
    """Whether a role's word can mean nothing else before this name."""
    if is_publisher(name):
        return False
    parts = name.split()
    if _says_role(role):
        return len(parts) > 1
    return _INITIAL.match(name) is not None or (
        len(parts) > 1 and (is_given_name(parts[0]) or any(is_particle(part) for part in parts[1:-1]))
    )


def _says_role(role: str) -> bool:
    """Whether the words can mean no publisher and do not follow the names."""
    return " " in role or len(role) >= _AMBIGUOUS


def _behind_name_or_place(text: str, start: int) -> bool:
    """Whether a short word belongs to what stands before it: "Wagner, Linda, ed. Title", "Paris, éd. Jean Maspero"."""
    before = text[:start].rstrip(_EDGE)
    if is_place(re.split(r"[,:;.]\s", before)[-1]):
        return True
    found, end = names_from(text, 0, len(before))
    return bool(found) and end >= len(before) and (len(found) > 1 or "," in before)


def tag_roles(line: Line) -> None:
    """Label editors, translators and contributors behind the word for their role; the word ends what it follows."""
    for start, role, names in list(_statements(line)):
        line.hold(start, names[0][0])
        line.label(role, names[0][0], names[-1][1])
        line.stated = start if line.stated is None else min(line.stated, start)


@cache
def _lead_to_container() -> re.Pattern[str]:
    listed = [word for word in words("volumes", "container") if len(word) > 1 and word[0] < "\u0590" and word != "//"]
    return re.compile(
        rf"(?:[,.;”»\"’]\s(?:{alternation(listed)}):?|\s(?:{alternation(listed)}):|\s?//)\s(?=[^\W\d_])", re.IGNORECASE
    )


def before_statement(line: Line, found: Sequence[TaggedField]) -> Sequence[TaggedField]:
    """The runs, with a title before the words that say who edited it, and none behind them that it runs on to.

    "Karl Marx, Das Kapital, hrsg. von Karl Korsch": what the role follows is a work, however short its title.
    """
    stated = line.stated
    if not stated:
        return found
    leads = [lead for lead in _lead_to_container().finditer(line.text, 0, stated) if not line.quoted(lead.end())]
    start = leads[-1].end() if leads else 0
    name = "container-title" if leads else "title"
    titles = {run.name for run in found if run.name in _TITLES and start <= run.start < stated}
    if titles:
        alone = titles == {"container-title"} and not leads  # no journal is cited with its editors
        return [
            TaggedField(
                "title" if alone and run.start < stated and run.name == "container-title" else run.name,
                run.start,
                min(run.end, stated) if run.start < stated else run.end,
                run.sure,
            )
            if run.name in _TITLES
            else run
            for run in found
        ]
    if not line.free(start, stated):
        return found
    kept = [TaggedField(run.name, max(run.start, stated), run.end, run.sure) for run in found if run.end > stated]
    opened = leads[-1].start() if leads else 0
    before = [
        TaggedField(run.name, run.start, min(run.end, opened), run.sure)
        for run in found
        if run.start < opened and not (run.name == name and run.end > start)
    ]
    people, end = names_from(line.text, start, stated, language=line.language)
    if people and not re.search(r"\w", line.text[people[-1][1] : stated]):
        end = people.pop()[0]
    if len(people) == 1 and titled_before_statement(line, people[0]):
        people = []
    sure = min((run.sure for run in found if run.start < stated), default=1.0)
    authors = [] if leads else [TaggedField("author", *span, sure) for span in people]
    return [*before, *authors, TaggedField(name, end if people else start, stated, sure), *kept]
