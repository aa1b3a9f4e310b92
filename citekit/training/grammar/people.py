"""Names: composed from lists, and written as list-makers write them."""

from __future__ import annotations

import re

from citekit.training import bank
from citekit.training.grammar.chance import Chance
from citekit.training.grammar.draft import Draft
from citekit.training.grammar.manner import Manner
from citekit.training.grammar.records import Person

__all__ = ["compose", "family_only", "named", "several", "write"]

_PARTICLES = "|".join(
    (
        *(
            "von der",
            "von und zu",
            "von",
            "vom",
            "zu",
            "zur",
            "van den",
            "van der",
            "van ’t",
            "van",
            "de la",
            "de",
            "del",
        ),
        *("der", "d’", "du", "ten", "ter", "af", "al-", "da", "dos", "do", "’t", "'t", "’s"),
    )
)
_PARTICLE = re.compile(rf"(?:(?:{_PARTICLES})(?:\s+|(?<=[’-])))+")
_SUFFIXES = ("Jr.", "Sr.", "S.J.", "O.P.", "OFM", "III")
_BODIES = {"es": "es", "pt": "pt", "nl": "nl", "pl": "pl", "sv": "sv", "de": "de", "fr": "fr", "it": "it"}


def compose(chance: Chance, language: str) -> Person:
    """Somebody who writes in the language; now and then from elsewhere."""
    if chance.yes(0.08):
        language = "world" if chance.yes(0.6) else chance.of(("en", "de", "fr", "it", "es", "nl", "pl"))
    family = chance.of(bank.lines("names", language, "family"))
    given = chance.of(bank.lines("names", language, "given"))
    if language in ("en", "nl", "sv", "da", "world") and chance.yes(0.3) and "." not in given:
        given += f" {chance.of('ABCDEFGHJKLMNPRSTW')}."
    if chance.yes(0.04) and " " not in family and language in ("es", "pt", "de", "fr", "en", "it"):
        family += ("-" if language in ("de", "fr", "en") else " ") + chance.of(bank.lines("names", language, "family"))
    suffix = chance.of(_SUFFIXES) if language == "en" and chance.yes(0.015) else ""
    return Person(family, given, suffix)


def several(chance: Chance, language: str, *, most: int = 4) -> tuple[Person, ...]:
    """One to a few authors; at times a body or an ancient."""
    if chance.yes(0.05):
        return (Person(chance.of(bank.lines("names", "bodies", _BODIES.get(language, "en"))), body=True),)
    if chance.yes(0.012):
        return (Person(chance.of(bank.lines("names", "bodies", "ancients")), body=True),)
    return tuple(
        compose(chance, language) for _ in range(chance.weighted(range(1, most + 1), (72, 18, 7, 3, 1, 1, 1, 1)[:most]))
    )


def named(chance: Chance, language: str) -> str:
    """A full name, as titles of festschriften have it."""
    person = compose(chance, language)
    return f"{person.given} {person.family}"


def _initials(given: str, how: str) -> str:
    if how == "full":
        return given
    letters: list[str] = []
    for word in re.split(r"[ ]+|(?<=\.)(?=\w)", given):
        parts = [part for part in word.split("-") if part]
        if not parts:
            continue
        head = "-".join(part if part.endswith(".") and len(part) < 5 else part[0].upper() + "." for part in parts)
        letters.append(head)
    if how == "A. B.":
        return " ".join(letters)
    if how == "A.B.":
        return "".join(letters)
    bare = [letter.replace(".", "") for letter in letters]
    return (" " if how == "A B" else "").join(bare)


def _written(person: Person, order: str, manner: Manner, capitals: str) -> str:
    if person.body or not person.given:
        return person.family.upper() if capitals == "all" and person.body and len(person.family) < 30 else person.family
    given = _initials(person.given, manner.given)
    family = person.family
    if capitals == "all":
        family, given = family.upper(), given.upper()
    elif capitals == "upper":
        particle = _PARTICLE.match(family)
        family = family[: particle.end()] + family[particle.end() :].upper() if particle else family.upper()
    suffix = f", {person.suffix}" if person.suffix else ""
    if order == "family":
        return family
    if order == "given family":
        return f"{given} {family}{suffix}"
    particle = _PARTICLE.match(family)
    if particle and manner.language in ("de", "nl", "sv", "da") and particle[0].endswith(" "):
        family, given = family[particle.end() :], f"{given} {particle[0].strip()}"
    if order == "family, given":
        return f"{family}, {given}{suffix}"
    if order == "family (given)":
        return f"{family} ({given})"
    return f"{family} {given}"


def family_only(person: Person, manner: Manner) -> str:
    """The name of a short form."""
    return person.family.upper() if manner.capitals and not person.body else person.family


def write(draft: Draft, role: str, people: tuple[Person, ...], manner: Manner, *, inner: bool = False) -> bool:
    """Write people of one role, each a field; False when there are none."""
    if not people:
        return False
    shown = people if len(people) <= manner.most else people[:1]
    order = manner.inner if inner else manner.first
    between, last = manner.between, manner.last
    for index, person in enumerate(shown):
        if index:
            final = index == len(shown) - 1 and len(shown) == len(people)
            draft.add(last if final else between)
            order = manner.inner if inner else manner.later
        draft.put(
            role, _written(person, order, manner, "" if inner and manner.capitals == "upper" else manner.capitals)
        )
    if len(shown) < len(people):
        draft.add((", " if manner.others in ("et al.", "and others") and len(manner.sub) % 2 else " ") + manner.others)
    return True
