"""Names in BibTeX's notation: `von Last, Jr, First and …`, read by pybtex.

The notation decides what is particle and what is family by the case of the first letters, and splits at commas and at
the word "and" (btxdoc, section 4; BibLaTeX manual, section 2.3.3). Whatever it would get wrong stands in braces.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from citekit.formats.latex import balances, brace, escape, tidy
from citekit.formats.latex_text import text_of_latex
from citekit.formats.types import NAMES
from citekit.model import Item

__all__ = ["bib_name", "bib_names", "csl_names", "full_name", "names_by_parts", "with_others"]

_OTHERS = ("et al.", "et al", "others")
_TOLD = ({"literal": "et al."}, {"literal": "others"})
_AND = re.compile(r"\sand\s", re.IGNORECASE)  # of a list on one line, its blanks single
_AND_OF_BIBTEX = re.compile(r" [Aa][Nn][Dd] ")  # pybtex's, where there are braces
_MARKED = re.compile(r"[\\{}~$=\-`'!?](?:(?<=[\\{}~$=])|(?<=-)-|(?<=`)`|(?<=')'|(?<=[!?])`)")  # see latex_text
_BY_PARTS = re.compile(r"[a-z]+(?:-i)?\s*+=")
# In the place of a name, what holds for all names of the list (the same manual, 3.4).
_OPTION = re.compile(r"(?:useprefix|sortingnamekeytemplatename|nametemplates|\w+nametemplatename)\s*+=\s*+\w++")
_SPLITS = re.compile(r",|(?<!\S)and(?!\S)", re.IGNORECASE)


def bib_names(names: Sequence[Any]) -> str:
    """A list of CSL names, joined by "and"; "et al." as a last literal is BibTeX's own `others`."""
    written = [bib_name(name) for name in names]
    if len(names) > 1 and isinstance(names[-1], Mapping) and names[-1].get("literal") in _OTHERS:
        written[-1] = "others"
    return " and ".join(name for name in written if name)


def bib_name(name: Any) -> str:
    """One CSL name: persons by their parts, institutions (`literal`) in braces of their own."""
    if type(name) is dict and {*map(type, name.values())} == {str}:
        return _written(tuple(name.items()))
    return _newly_written(name)


@lru_cache(maxsize=16_384)  # a library has the same names again and again
def _written(name: tuple[tuple[str, str], ...]) -> str:
    return _newly_written(dict(name))


def _newly_written(name: Any) -> str:
    if not isinstance(name, Mapping):
        return brace(escape(str(name))) if str(name).strip() else ""
    part = {key: escape(str(value)) for key, value in name.items() if isinstance(value, (str, int)) and str(value)}
    if part.get("literal"):
        return brace(part["literal"])
    family, given = part.get("family", ""), part.get("given", "")
    if not family:
        return brace(given) if given else ""
    if not given and " " in family and "suffix" not in part:
        return brace(family)
    particles = [part[key] for key in ("dropping-particle", "non-dropping-particle") if part.get(key)]
    spoken = _safe_family(family)
    if particles:
        particle = " ".join(particles)
        if all(_letter(word).islower() for word in particle.split()) and not _SPLITS.search(particle):
            spoken = f"{particle} {spoken}"
        else:
            spoken = brace(f"{particle} {family}")
    suffix = _safe(part["suffix"]) if part.get("suffix") else ""
    return ", ".join([spoken, *([suffix] if suffix else []), *([_safe(given)] if given or suffix else [])])


def _letter(word: str) -> str:
    """The first letter of a word: its case says whether it is a particle ("'t")."""
    return next((sign for sign in word if sign.isalpha()), "")


def _safe(latex: str) -> str:
    """In braces where the notation would split it."""
    return brace(latex) if _SPLITS.search(latex) else latex


def _safe_family(latex: str) -> str:
    """In braces where a small first letter ("Ortega y Gasset", "de Gaulle") would be read as a particle."""
    return brace(latex) if any(word[:1].islower() for word in latex.split()) else _safe(latex)


def csl_names(value: str, *, use_prefix: bool = True) -> list[dict[str, str]]:
    """The CSL names of a BibTeX name list.

    Args:
        value: the field as it stands in the file.
        use_prefix: whether particles belong to the sort name (`non-dropping-particle`) or not; BibLaTeX's option
            `useprefix`, false unless an entry says otherwise.
    """
    return [dict(name) for name in _csl_names(value, use_prefix)]


@lru_cache(maxsize=4_096)  # an entry that is written is read again to be sure, and its LaTeX compared
def _csl_names(value: str, use_prefix: bool) -> tuple[Mapping[str, str], ...]:
    written = [name.strip() for name in _split(tidy(value))]
    return tuple(_csl_name(name, use_prefix) for name in written if name and not _OPTION.fullmatch(name))


def with_others(item: Item, others: str) -> dict[str, Any]:
    """The item with one word for the people whom a list leaves out, where they are told at its end.

    Args:
        item: a CSL-JSON item.
        others: "others", as pandoc writes and reads CSL-JSON (its citeproc prints "et al."), or "et al.".
    """
    found = dict(item)
    for role, names in item.items():
        if (
            role in NAMES
            and isinstance(names, list)
            and len(names) > 1
            and names[-1] in _TOLD
            and names[-1] != {"literal": others}
        ):
            found[role] = [*names[:-1], {"literal": others}]
    return found


def names_by_parts(value: str) -> bool:
    """Whether a list has a name, or an option, in BibLaTeX's extended format, which BibTeX does not know."""
    return "=" in value and any(
        _BY_PARTS.match(name) or _OPTION.fullmatch(name) for name in map(str.strip, _split(tidy(value)))
    )


def _split(value: str) -> list[str]:
    if "{" not in value and "\\" not in value:
        return _AND.split(value)
    names = _AND_OF_BIBTEX.split(value)
    if all(map(balances, names)):  # no "and" inside a group
        return names
    from pybtex.bibtex.utils import split_name_list

    return [str(name) for name in split_name_list(value)]


def _plain_name(name: str) -> dict[str, str] | None:
    """A name without braces, commands, particles or suffix, as pybtex reads it; None for any other."""
    if _MARKED.search(name):
        return None
    family, comma, given = name.partition(",")
    if "," in given:
        return None
    words = family.split()
    if not comma:
        words, given = words[-1:], " ".join(words[:-1])
        if any(not word[0].isupper() for word in given.split()):
            return None
    if not words or any(not word[0].isupper() for word in words):
        return None
    said = {"family": " ".join(words), "given": " ".join(given.split())}
    return {key: words for key, words in said.items() if words}


@lru_cache(maxsize=16_384)
def _csl_name(name: str, use_prefix: bool) -> Mapping[str, str]:
    from pybtex import errors
    from pybtex.database import Person

    plain = _plain_name(name)
    if plain is not None:
        return plain
    if name == "others":
        return {"literal": "et al."}
    if name.startswith("{") and _group_end(name) == len(name) - 1:
        return {"literal": tidy(text_of_latex(name))}
    if _BY_PARTS.match(name):
        return _by_parts(name, use_prefix)
    with errors.capture():
        person = Person(name)
    particle = "non-dropping-particle" if use_prefix else "dropping-particle"
    family, particles = person.last_names, person.prelast_names
    if particles and _letter(particles[0]).isupper():  # "Mies van der Rohe" is one family name
        family, particles = particles + family, []
    parts = {
        "family": family,
        "given": person.first_names + person.middle_names,
        particle: particles,
        "suffix": person.lineage_names,
    }
    said = {key: tidy(text_of_latex(" ".join(words))) for key, words in parts.items() if words}
    return {key: words for key, words in said.items() if words}


def _by_parts(name: str, use_prefix: bool) -> dict[str, str]:
    """A name in BibLaTeX's extended format: `family=Brown, given=Brian, prefix=de` (manual, 3.4)."""
    from pybtex.bibtex.utils import split_tex_string

    found: dict[str, str] = {}
    for part in split_tex_string(name, ","):
        key, _, value = part.partition("=")
        found[key.strip().lower()] = tidy(text_of_latex(value.strip().strip('"')))
    prefix = {"true": True, "false": False}.get(found.get("useprefix", ""), use_prefix)
    particle = "non-dropping-particle" if prefix else "dropping-particle"
    parts = {"family": "family", "given": "given", particle: "prefix", "suffix": "suffix"}
    said = {key: found[part] for key, part in parts.items() if found.get(part)}
    return said or {"literal": tidy(text_of_latex(name))}


def _group_end(text: str) -> int:
    """Where the group that opens the text closes, -1 where it does not."""
    depth = 0
    for position, character in enumerate(text):
        depth += (character == "{") - (character == "}")
        if depth == 0:
            return position
    return -1


def full_name(name: Any) -> str:
    """A name in the order of speech, as plain text ("Leopold von Ranke", "Martin King Jr.")."""
    if not isinstance(name, Mapping):
        return str(name)
    if name.get("literal"):
        return str(name["literal"])
    order = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
    return " ".join(str(name[key]) for key in order if name.get(key))
