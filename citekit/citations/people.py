"""A run of people: which names it holds, and what they did.

"Smith, J., Lee, K. & van der Berg, P.", "ed. by John Smith and K. Lee", "García Márquez, Gabriel y Vargas Llosa,
Mario", "Mao Zedong 毛泽东", "何怀宏等译": one run in, a list of CSL names for each role out. What is no person's name
stays as a `literal`, so that no word is lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from citekit.citations.east_asian_names import is_east_asian, read_east_asian
from citekit.citations.edges import one_line
from citekit.citations.name_lists import cut_names, is_institutional
from citekit.citations.names import is_given_name, parse_name
from citekit.citations.roles import is_newspaper
from citekit.citations.supplied_names import without_brackets
from citekit.lexicon import Opening, Sought, alternation, concept, opening, sought, words

__all__ = ["People", "Role", "read_people", "sharing_a_family"]

ROLES = ("editor", "translator", "contributor", "author")
_HANZI_BESIDE = re.compile(r"[（(\[]?\s?([\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af·・]{2,})\s?[)）\]]?")
_NUMBER_BEFORE = re.compile(r"^\s*(?:\[\d{1,4}\]|\(?\d{1,4}[.)](?=\s|[^\W\d_]))\s*")
_DASH_FOR_NAME = re.compile(r"^\s*(?:[—–―]{1,6}|_{2,10}|-{2,10})\.?(?=[\s,.:;(]|$)")
_GIVEN_IN_BRACKETS = re.compile(
    r"(?P<family>[^\W\d_a-z][^\W\d_]{1,20})\s\((?P<given>[^\W\d_a-z][^\W\d_]{2,15}(?:-[^\W\d_]{2,15})?|(?:[^\W\d_a-z]\.[\s-]?){1,4})"
    r"\)(?=\s*(?:[,;:.(]|et\s|$))"
)
_OPEN_AT_END = re.compile(r"\([^()]{1,40}\Z")  # the bracket closes behind the field
_EDGES = " \t,;:/，；、：。*_"
_DIGIT = re.compile(r"\d")
_COUPLE = 2
_ONE_PART = ({"family"}, {"literal"})
_INITIALS_ALONE = re.compile(r"(?:[^\W\d_a-z]\.[\s-]?){1,3}")
_POINT_APART = re.compile(r"(?<=[A-Z])\s\.\s?(?=[A-Z])")
_HYPHEN_APART = re.compile(r"(?<=[A-Z]\.)\s[-‐–]\s?(?=[A-Z]\.)")
_BEFORE_MARK = re.compile(r"\s(?=[,;.])")
_JOINED = re.compile(r"(?:and|und|u\.|et|e|y|en|och|og|i|и|&)\s")
_LEAD_IN = re.compile(
    r"^\s*(?:(?:in|en|dans|em|w|i)\s+(?=[^\W\d_])|In\s(?=[^\W\d_][^\s,]*[\s,]+\S)|(?:in|en|dans)\s?[:：]\s?)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Role:
    """The people of one role in a run; `role` is None where the run does not say what they did."""

    role: str | None
    names: tuple[dict[str, str], ...]


@dataclass(frozen=True, slots=True)
class People:
    """What a run of people says.

    Attributes:
        groups: people by role, in order; the same people stand in two groups when they did two things.
        repeated: "Dies.", "Id.", "———": the person named just before is meant (the caller knows who that is).
        scripts: names as printed in their own script beside the romanised one ("Mao Zedong": "毛泽东").
        read: words that were understood without being part of a name (roles, "et al.", "and").
    """

    groups: tuple[Role, ...] = ()
    repeated: bool = False
    scripts: dict[str, str] = field(default_factory=dict)
    read: tuple[str, ...] = ()


def read_people(run: str, language: str | None = None) -> People:
    """The people of a run of words, with their roles.

    Args:
        run: the words as printed, brackets, roles and closing punctuation on.
        language: BCP 47 code of the document's language: it decides the order of names where nothing else does.

    A list cut short ends with the literal "et al.", as CSL and BibTeX know it.
    """
    text = _closed_up(one_line(run)).replace("،", ",").replace("؛", ";")
    read: list[str] = []
    number = _NUMBER_BEFORE.match(text)
    if number:
        text = text[number.end() :]
    repeated = False
    idem = _DASH_FOR_NAME.match(text) or _idem().match(text)
    if idem:
        repeated = True
        read.append(idem.group())
        text = text[idem.end() :].strip(_EDGES)
        joined = _JOINED.match(text)
        if joined:
            read.append(joined.group())
            text = text[joined.end() :]
    if is_east_asian(text):
        east = read_east_asian(text, language)
        return People(tuple(Role(role, names) for role, names in east.groups), repeated, {}, (*read, *east.read))
    groups: list[Role] = []
    scripts: dict[str, str] = {}
    for roles, words_of_names in _by_role(text, read):
        cut, others = _without_others(words_of_names, read)
        cut = _script_apart(cut)
        names = []
        for printed in cut_names(cut, language, read):
            beside = _HANZI_BESIDE.search(printed)
            name = _name(printed, language)
            if "literal" not in name:
                read += without_brackets(printed)[1]
            if beside and ("given" in name or "family" in name):
                scripts[" ".join(name[part] for part in ("family", "given") if part in name)] = beside.group(1)
            names.append(name)
        if others:
            names.append({"literal": "et al."})
        groups += [Role(role, tuple(names)) for role in roles if names]
    return People(tuple(groups), repeated, scripts, tuple(read))


def sharing_a_family(names: list[dict[str, str]]) -> list[dict[str, str]]:
    """The names, of two the given name alone with the family name of the other: "S. and B. Webb" are two Webbs."""
    if len(names) != _COUPLE or not {"given", "family"} <= set(names[1]) or set(names[0]) not in _ONE_PART:
        return names
    (alone,) = names[0].values()
    if not (_INITIALS_ALONE.fullmatch(alone) or is_given_name(alone)):
        return names
    return [{**names[1], "given": alone}, names[1]]


def _closed_up(text: str) -> str:
    """Initials that a converter set apart ("J. -L. Beauvois", "J .P. Allmaras") closed up."""
    if "(" in text:
        if _OPEN_AT_END.search(text):
            text += ")"
        text = _GIVEN_IN_BRACKETS.sub(r"\g<family>, \g<given>", text)  # "Duby (Georges)": French catalogues
    text = _POINT_APART.sub(". ", text)
    text = _HYPHEN_APART.sub("-", text)
    return _BEFORE_MARK.sub("", text)


def _script_apart(text: str) -> str:
    """Brackets around a name in its own script, so that they do not hold a comma."""
    return _HANZI_BESIDE.sub(r" \1 ", text) if _HANZI_BESIDE.search(text) else text


def _name(printed: str, language: str | None) -> dict[str, str]:
    if _DIGIT.search(printed) or len(printed) > 120:
        return {"literal": printed}
    if is_institutional(printed) or is_newspaper(printed) or _closed(printed.strip("[]")) in _anonymous():
        return {"literal": printed}
    return parse_name(printed, language)


@cache
def _anonymous() -> frozenset[str]:
    return frozenset(_closed(word) for word in words("people", "anonymous"))


def _closed(text: str) -> str:
    return text.casefold().replace(" ", "").replace(".", "")


@cache
def _idem() -> Opening:
    listed = words("short_forms", "idem")
    return opening(rf"^{alternation(listed)}(?![^\W\d_])\.?", listed, flags=re.IGNORECASE)


@cache
def _others() -> re.Pattern[str]:
    listed = alternation(word for word in words("people", "others") if word[0] < "\u2e80")
    return re.compile(rf"(?:^|[\s,;(\[])[(\[]?{listed}[)\]]?[\s.,;:]*$", re.IGNORECASE)


def _without_others(text: str, read: list[str]) -> tuple[str, bool]:
    match = _others().search(text)
    if not match:
        return text, False
    read.append(match.group())
    return text[: match.start()].rstrip(_EDGES), True


@cache
def _role_words() -> dict[str, str]:
    """Printed words (folded) → role; where two roles share a word, the first of ROLES holds."""
    found: dict[str, str] = {}
    for role in ROLES:
        for word in (word for listed in concept("people", role).values() for word in listed):
            if word[0] < "\u2e80":
                found.setdefault(word.casefold().replace("’", "'"), role)
    return found


@cache
def _role_pattern() -> Sought:
    listed = _role_words()
    return sought(rf"(?<![^\W_])(?P<role>{alternation(listed)})(?![^\W\d_])", listed, flags=re.IGNORECASE)


@cache
def _by_words() -> re.Pattern[str]:
    return re.compile(r"^[\s.,]*(?:by|von|v\.|par|por|door|av|af|di|da|de|przez|s|на)(?=\s)\s*", re.IGNORECASE)


def _by_role(text: str, read: list[str]) -> list[tuple[tuple[str | None, ...], str]]:
    """The run cut into stretches of names, each with its roles.

    A role in brackets or at the end belongs to the names before it ("Smith (ed.)", "Smith, Hg."), any other to those
    behind it ("ed. by Smith").
    """
    found = [match for match in _role_pattern().finditer(text) if _is_role(text, match)]
    lead = _LEAD_IN.match(text)
    if not found:
        read += [lead.group()] if lead else []
        return [((None,), text[lead.end() :] if lead else text)]
    pieces: list[tuple[tuple[str | None, ...], str]] = []
    waiting: list[str | None] = []  # roles whose names follow
    place = lead.end() if lead else 0
    if lead:
        read.append(lead.group())
    for number, match in enumerate(found):
        between = text[place : match.start()]
        between_bare = between.strip(_EDGES + "()[]")
        follows = number > 0 and _only_joins(between)
        if between_bare and not follows:
            if waiting:
                pieces.append((tuple(waiting), between))
                waiting = []
            else:
                pieces.append(((None,), between))
        elif follows:
            read.append(between_bare)
        role = _role_words()[one_line(match["role"].casefold().replace("’", "'"))]
        read.append(match["role"])
        place = match.end()
        after = place
        while after < len(text) and text[after] in ".":
            after += 1
        closed = text[after : after + 1] in (")", "]") or not text[after:].strip(_EDGES + "()[].")
        bracketed = text[: match.start()].rstrip().endswith(("(", "["))
        if (closed or bracketed) and pieces and not waiting:
            roles, names = pieces[-1]
            settled = tuple(one for one in roles if one is not None)
            pieces[-1] = ((*settled, *(() if role in settled else (role,))), names)
            place = after
        elif follows and pieces and not waiting:
            roles, names = pieces[-1]
            pieces[-1] = ((*roles, role), names)
        else:
            waiting += [] if role in waiting else [role]
            by = _by_words().match(text[place:])
            if by and _takes_by(match["role"]):
                read.append(by.group())
                place += by.end()
    rest = text[place:]
    if rest.strip(_EDGES + "()[]."):
        pieces.append((tuple(waiting) or (None,), rest))
    elif waiting and pieces and pieces[-1][0] == (None,):
        pieces[-1] = (tuple(waiting), pieces[-1][1])
    return [(roles, _trim(names)) for roles, names in pieces]


def _takes_by(role: str) -> bool:
    """Whether a small word behind a role belongs to it: "ed. by Smith", not "a cura di De Felice"."""
    return not re.search(r"\s(?:by|von|v\.|par|por|door|av|af|di|da|de|на)$", role, re.IGNORECASE)


def _only_joins(between: str) -> bool:
    return re.fullmatch(r"[\s.,/&+)(\-]*(?:and|und|u\.|et|e|y|en|och|og|i|a|и)?[\s.,/&+)(\-]*", between) is not None


def _is_role(text: str, match: re.Match[str]) -> bool:
    """Whether words that look like a role are one here, and no given name ("Ed Koch"), initial or particle."""
    role, before, after = match["role"], text[: match.start()], text[match.end() :]
    bracketed = before.rstrip().endswith(("(", "[")) or after.startswith((")", "].", "]"))
    dotted = role.endswith(".") or after.startswith(".")
    at_end = not after.strip(_EDGES + "().[]")
    at_head = not before.strip(_EDGES + "().[]")
    several = " " in role
    if len(role.rstrip(".")) <= 2 and role[0].isupper() and not (bracketed or at_end or at_head):
        return False
    if role.casefold() in ("by", "par", "por", "door", "with"):
        return at_head and role[0].islower()
    if role.casefold().rstrip(".") == "comp" and not (bracketed or at_end or dotted):
        return False
    if bracketed or several:
        return True
    if at_end:
        return dotted or role[0].islower() or before.rstrip().endswith((",", ";"))
    if at_head:
        return dotted or role[0].islower() or len(role) > 5
    return (dotted and role[0].islower()) or (before.rstrip().endswith((",", ";", ".")) and role[0].islower())


def _trim(text: str) -> str:
    """Outer punctuation off, brackets that lost their fellow too; the full stop of an initial stays."""
    text = text.strip(_EDGES)
    for opened, closing in (("(", ")"), ("[", "]")):
        while text.startswith(opened) and closing not in text:
            text = text[1:].strip(_EDGES)
        while text.endswith(opened):
            text = text[:-1].strip(_EDGES)
        while text.endswith(closing) and opened not in text:
            text = text[:-1].strip(_EDGES)
        while text.startswith(closing):
            text = text[1:].strip(_EDGES)
    return text
