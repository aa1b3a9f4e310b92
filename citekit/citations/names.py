"""Personal names: which words look like one, how a list of them is cut, and how each is written in CSL-JSON.

Order and case follow the note ("SMITH, John", "Theda SKOCPOL", "Wei Yuan 魏源"); capitals are folded; particles
stay with the family name as printed (CSL non-dropping particles are left inside `family`, so that a name can be
compared with what was printed).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from citekit.citations.east_asian_names import east_asian_name
from citekit.citations.edges import one_line
from citekit.citations.places import is_place
from citekit.citations.supplied_names import without_brackets
from citekit.lexicon import alternation, concept, words

__all__ = [
    "given_in_brackets", "is_given_name", "is_institution", "is_particle", "is_person", "nouns_joined", "parse_name",
]  # fmt: skip

_APOSTROPHE = "'’ʼ‘ʻ`ʿʾ"
_HANZI = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af·•・]+")
_INITIAL = r"(?:[^\W\d_a-z]\.|[A-Z][a-z]\.|Chr\.|Kh\.|Yu\.)"
_INITIALS = re.compile(rf"^(?:{_INITIAL}[-‐\s]?)+$|^[^\W\d_a-z][^\W\d_]+-[^\W\d_a-z]\.$")
_WORD = re.compile(rf"^(?:[{_APOSTROPHE}]?[^\W\d_](?:[^\W\d_]|[{_APOSTROPHE}]|[-‐](?=[^\W\d_]))*|Ts\.)$")
_CAMEL = re.compile(r"^(?:Mac|Mc|Fitz|De|Di|La|Le|Van|Von|O['’])[A-Z]{2,}$")
_GERMAN_ARTICLES = frozenset({"der", "den", "des", "dem", "das"})
# Capitals alone are a family name as often as an institution ("YOUNG", "UNESCO"): those of more than three letters
# count only without a vowel, or when they are known.
_ACRONYM = re.compile(r"[A-Z]{2,3}(?:[ /-][A-Z]{2,4})?|[B-DF-HJ-NP-TV-XZ]{4,8}")
_RUN_TOGETHER = re.compile(r"[A-ZÀ-ÖØ-Þ]{1,3}|[A-Z]-[A-Z]")
_SITE = re.compile(r"(?:[\w-]+\.)+[a-z]{2,6}")
_KERNED_APART = re.compile(r"(?<=[^\W\d_])\s-\s(?=[^\W\d_])")  # "Hans - Ulrich"
_TWO_FAMILY_NAMES = ("es", "gl")  # father's and mother's; Portuguese names sort by the last
_JOINS_FAMILIES = ("y", "e", "i")  # Spanish, Portuguese, Catalan: father's and mother's name
_SPLIT_INITIALS = re.compile(rf"({_INITIAL})(?=[^\W\d_a-z][^.])")


@cache
def _particles() -> frozenset[str]:
    single = {part for word in words("names", "particle") for part in word.split()}
    return frozenset(single - {"e", "of", "la"}) | {"la", "y"}


@cache
def _title_words() -> frozenset[str]:
    return frozenset(words("names", "title_word")) - frozenset({"den", "der", "al", "das", "des"})


@cache
def _articles() -> frozenset[str]:
    return frozenset(words("names", "article"))


@cache
def _suffixes() -> frozenset[str]:
    return frozenset(words("names", "suffix"))


@cache
def _given() -> frozenset[str]:
    return frozenset(words("given_names", "given"))


def is_given_name(word: str) -> bool:
    """Whether a word is a frequent given name (capitals folded, of "Jean-Paul" the first part will do)."""
    word = word.strip(".,")
    if word.isupper():
        word = word.title()
    return word in _given() or word.partition("-")[0] in _given()


# French catalogues and presses (AFNOR Z 44-005): "LEFORT (Georges), …", "Lefort (G.) et …".
_GIVEN_IN_BRACKETS = re.compile(
    r"(?P<family>[^\W\d_a-z][\w'’-]+(?:\s[^\W\d_a-z][\w'’-]+){0,2})\s\((?P<given>[^\W\d_a-z][\w.’' -]{0,30})\)"
    r"(?=\s?[,:]|\s(?:et|&|and|e|y|und)\s)"
)
_SINGLE_INITIALS = re.compile(r"(?:[^\W\d_a-z]\.[\s-]?){1,4}")  # not "(Hg.)"


def given_in_brackets(text: str, start: int = 0) -> int | None:
    """Where a family name with the given names in brackets ends that begins at `start`, None where there is none."""
    match = _GIVEN_IN_BRACKETS.match(text, start)
    if match is None or is_place(match["given"]):
        return None
    given = match["given"]
    named = _SINGLE_INITIALS.fullmatch(given) or match["family"].isupper() or is_given_name(given.split()[0])
    return match.end() if named else None


_CASE_ENDING = re.compile(r"[^\W\d_]['’][^\W\d_]{1,4}(?=\s)")


def nouns_joined(first: str, second: str) -> bool:
    """Whether what a Turkish "ve" joins are nouns of a title: "Osmanlı'da Kentler" and "Kentliler".

    Turkish titles are set in capitals, so that two nouns look like a name. A name takes no case ending with an
    apostrophe, and one of the two has a known given name or initials.
    """
    known = any(is_given_name(name[0]) or "." in name[0] for name in (first.split(), second.split()) if len(name) > 1)
    return _CASE_ENDING.search(first) is not None or not known


def _tokens(text: str) -> list[str]:
    spaced = _SPLIT_INITIALS.sub(r"\1 ", text) if "." in text else text
    return spaced.split()


def _capital(word: str) -> bool:
    bare = word.lstrip(_APOSTROPHE)
    return bool(bare) and (bare[0].isupper() or (bare[0].isalpha() and bare[0].lower() == bare[0].upper()))


@lru_cache(maxsize=4096)
def is_person(text: str, *, inverted: bool = False) -> bool:
    """Whether `text` looks like one full personal name in Latin, Cyrillic or Greek letters, hanzi aside or alone.

    "Theda SKOCPOL", "E.P. Thompson", "L. von Ranke", "Gu Jiegang 顾颉刚" and "顾颉刚" do; "The Making" and
    "Gushi bian" do not. With `inverted`, "Vernant, Jean Pierre" does.
    """
    bare = _HANZI.sub(" ", text).strip(" []")
    hanzi = _HANZI.search(text)
    if not bare:
        return bool(hanzi) and 2 <= len(text.replace("·", "")) <= 4
    if inverted and "," in bare:
        family, _, given = bare.partition(",")
        return _is_family(family.strip()) and _is_given(given.strip())
    tokens = _tokens(bare)
    if is_place(bare):
        return False  # "New York"
    if not tokens or len(tokens) > 6:
        return False
    if len(tokens) == 1:
        return bool(hanzi) and _capital(tokens[0]) and _WORD.match(tokens[0]) is not None
    if _family_initials(tokens):
        return True
    if tokens[0] in _articles() and not (tokens[0] in ("Le", "La", "De", "Die") and len(tokens) == 1):
        return False
    return _name_shape(tokens)


def _family_initials(tokens: list[str]) -> bool:
    """ "Ключевский В. О.": family name and initials without a comma (GOST R 7.0.5, Chinese and Vancouver lists)."""
    return (
        2 <= len(tokens) <= 4
        and _WORD.match(tokens[0]) is not None
        and _capital(tokens[0])
        and len(tokens[0]) > 2
        and all(_INITIALS.match(token) for token in tokens[1:])
    )


def is_particle(token: str) -> bool:
    """Whether a word is a particle of a family name ("von", "de"), not an initial."""
    return token.lower().rstrip(".") in _particles() and not (token[:1].isupper() and _INITIALS.match(token))


def _name_shape(tokens: list[str]) -> bool:
    full = 0
    while tokens and tokens[-1] in _suffixes():
        tokens = tokens[:-1]
    for position, token in enumerate(tokens):
        if _INITIALS.match(token):
            continue
        if (
            token in _GERMAN_ARTICLES
            and position
            and tokens[position - 1].lower() not in ("von", "van", "zu", "in", "aus")
        ):
            return False
        if token.lower() in ("zu", "zum", "zur") and position and tokens[position - 1].lower() not in ("von", "und"):
            return False
        joins = is_particle(token) or token in ("-", "‐") or _von_und_zu(tokens, position)
        if joins and 0 <= position < len(tokens) - 1:
            continue
        if not _WORD.match(token) or not _capital(token) or token.lower() in _title_words():
            return False
        full += 1
    last = tokens[-1] if tokens else ""
    return full >= 1 and len(tokens) >= 2 and full <= 4 and (_capital(last) and not last.isdigit())


def _is_family(text: str) -> bool:
    tokens = text.split()
    if not tokens or len(tokens) > 4 or text in _articles():
        return False
    return all(
        ((token.lower() in _particles() or _von_und_zu(tokens, n)) and n < len(tokens) - 1)
        or (_WORD.match(token) and _capital(token) and token.lower() not in _title_words())
        for n, token in enumerate(tokens)
    ) and (tokens[0] not in _articles() or tokens[0] in ("La", "Le", "De") or len(tokens) == 1)


def _is_given(text: str) -> bool:
    tokens = _tokens(text)
    while tokens and (tokens[-1] in _suffixes() or (tokens[-1].lower() in _particles() and len(tokens) > 1)):
        tokens = tokens[:-1]
    return (
        1 <= len(tokens) <= 4
        and tokens[0] not in _articles()
        and all(
            _INITIALS.match(t) or (_WORD.match(t) and _capital(t) and t.lower() not in _title_words()) for t in tokens
        )
    )


@cache
def _institution_pattern() -> re.Pattern[str]:
    latin = alternation(word for word in words("roles", "institution") if word.isascii() or word[0] < "\u3000")
    hanzi = [re.escape(word) for word in words("roles", "institution") if word[0] >= "\u3000" and len(word) > 1]
    return re.compile(rf"\b{latin}\b|(?:{'|'.join(hanzi)})")


@cache
def _acronyms() -> frozenset[str]:
    return frozenset(words("roles", "acronym"))


@lru_cache(maxsize=4096)
def is_institution(text: str) -> bool:
    """Whether `text` looks like a corporate author: an abbreviation, a site's name, or a word such as "Ministry"."""
    bare = text.strip()
    if not bare or len(bare) > 120 or not (bare[0].isupper() or "." in bare):
        return False
    if _ACRONYM.fullmatch(bare) or bare in _acronyms():
        return True
    if "." in bare and _SITE.fullmatch(bare):
        return True
    return len(bare.split()) <= 10 and _institution_pattern().search(bare) is not None


def parse_name(text: str, language: str | None = None) -> dict[str, str]:
    """One name as CSL-JSON: `family` and `given`, or `literal` for an institution or a single word that is none.

    Hanzi beside a romanised name follow it in the note and repeat it; they are left out of the parts (the romanised
    order decides: "GU Jiegang 顾颉刚", "Wei Yuan 魏源" are written family first, as the hanzi are).
    """
    hanzi = _HANZI.search(text)
    text = _KERNED_APART.sub("-", text)
    bare, _beside = without_brackets(_HANZI.sub(" ", text))
    bare = one_line(bare).strip(" ,;[]")
    if not bare:
        return east_asian_name(hanzi.group(), language) if hanzi else {"literal": text}
    if "," in bare:
        family, _, given = bare.partition(",")
        if given.strip() in _suffixes():
            return {**parse_name(family, language), "suffix": given.strip()}
        return _inverted(family.strip(), given.strip())
    if is_institution(bare) and not hanzi:
        return {"literal": bare}
    tokens = _tokens(bare)
    if len(tokens) == 1:
        return {"family": _fold(bare)}
    suffix = ""
    if tokens[-1] in _suffixes() and len(tokens) > 2:
        suffix = tokens.pop()
    if _initials_run_together(tokens):
        name = {"family": _fold(" ".join(tokens[1:])), "given": tokens[0]}
    elif _vancouver(tokens):
        name = {"family": _fold(" ".join(tokens[:-1])), "given": tokens[-1]}
    elif _family_first(tokens):
        first = _family_first(tokens)
        name = _csl(" ".join(tokens[:first]), " ".join(tokens[first:]))
    elif (
        hanzi
        or _family_initials(tokens)
        or (language == "hu" and len(tokens) == 2 and not _INITIALS.match(tokens[0]))
        or (len(tokens) == 2 and tokens[0] in _surnames_first() and _pinyin(tokens[1]))
        or (2 <= len(tokens) <= 4 and tokens[0] in words("surnames", "vietnamese"))
        or (len(tokens) == 2 and _hungarian(*tokens))
    ):
        name = _csl(tokens[0], " ".join(tokens[1:]))
    else:
        start = len(tokens) - 1
        while start > 1 and _capitals(tokens[start - 1]) and _capitals(tokens[start]):
            start -= 1  # "Enrica COLLOTTI PISCHEL"
        while start > 1 and (is_particle(tokens[start - 1]) or _von_und_zu(tokens, start - 1)):
            start -= 1
        if start > 2 and start == len(tokens) - 1 and tokens[start - 1] == "i":
            start -= 2  # "Josep Puig i Ferrer"
        if language in _TWO_FAMILY_NAMES and start == len(tokens) - 1 and _second_family_name(tokens, start):
            start -= 1  # "Pedro Sánchez Gil"
        if (
            language in _TWO_FAMILY_NAMES
            and len(tokens) == 2
            and all(map(_capitals, tokens))
            and not is_given_name(tokens[0])
        ):
            start = 0  # "PÉREZ MOREDA, *Las crisis*, p. 60": cited again without the given name
        if start > 0 and tokens[start] in _JOINS_FAMILIES:
            start -= 1  # "José Ortega y Gasset"
        if start == 1 and is_particle(tokens[0]):
            start = 0
        # "R. Bianchi Bandinelli", "M. Addis Saba": behind an initial stands the whole family name; English names put
        # a further given name there ("J. Edgar Hoover").
        if language not in (None, "en") and _INITIALS.match(tokens[0]):
            start = next((n for n, token in enumerate(tokens) if not _INITIALS.match(token)), start)
            if start < len(tokens) - 1 and language not in _TWO_FAMILY_NAMES and is_given_name(tokens[start]):
                start += 1  # "J. Michael Krois"
        name = _csl(" ".join(tokens[start:]), " ".join(tokens[:start]))
    if suffix:
        name["suffix"] = suffix
    return name


def _von_und_zu(tokens: list[str], place: int) -> bool:
    """Whether a word joins two particles: "Karl von und zu Lindau"."""
    return tokens[place] == "und" and place > 0 and tokens[place - 1 : place + 2] == ["von", "und", "zu"]


@cache
def _given_in_hungarian_alone() -> frozenset[str]:
    listed = concept("given_names", "given")
    others = {word for language, given in listed.items() if language != "hu" for word in given}
    return frozenset(listed.get("hu", ())) - others


def _hungarian(family: str, given: str) -> bool:
    """ "Kiss Péter": in the Hungarian order, which a given name of that language alone tells."""
    return given in _given_in_hungarian_alone() and not is_given_name(family) and not _INITIALS.match(family)


def _second_family_name(tokens: list[str], last: int) -> bool:
    """Whether the word before the last belongs to the family name, as the given name before it is a Spanish one."""
    return (
        last > 1
        and all(token in concept("given_names", "given")["es"] or is_particle(token) for token in tokens[: last - 1])
        and not is_given_name(tokens[last - 1])
        and not is_given_name(tokens[last])
        and _WORD.match(tokens[last - 1]) is not None
        and not _INITIALS.match(tokens[last - 1])
        and not is_particle(tokens[last - 1])
    )


def _inverted(family: str, given: str) -> dict[str, str]:
    """ "De Souza Jr., P. A.", "King, Martin Luther, Jr.": the suffix stands behind either part."""
    suffix = ""
    rest, _, last = family.rpartition(" ")
    if rest and last in _suffixes() and not last.startswith("I"):  # "Paul III" is no suffix
        family, suffix = rest, last
    rest, _, last = given.rpartition(", ")
    if rest and last in _suffixes():
        given, suffix = rest, last
    rest, _, last = given.rpartition(" ")
    if rest and last in _suffixes() and last not in ("Filho", "Neto", "hijo"):
        given, suffix = rest.rstrip(","), last
    if given.endswith(".") and is_particle(given.split()[-1].rstrip(".")) and given.split()[-1].islower():
        given = given.rstrip(".")  # "Silva, J. P. da.": the full stop of the list
    name = _csl(family, given)
    return name | {"suffix": suffix} if suffix else name


def _vancouver(tokens: list[str]) -> bool:
    """ "Petrie KJ", "de Gunzburg J": a family name and initials without points (ICMJE recommendations)."""
    *family, last = tokens
    return (
        bool(family)
        and _RUN_TOGETHER.fullmatch(last) is not None
        and all(_WORD.match(token) and not _INITIALS.match(token) for token in family)
        and any(char.islower() for char in family[-1][1:])
        and (len(family) == 1 or all(is_particle(token) for token in family[:-1]))
        and (len(last) < 3 or last not in _suffixes())
        and last not in ("II", "IV")
        and not (len(last) == 3 and _VOWEL.search(last) and is_given_name(family[0]))  # "Petr KOS"
    )


_INITIALS_AT_HEAD = re.compile(r"[A-ZÀ-ÖØ-Þ]{2,4}")
_SPOKEN = "(?:[BCDFGKPSTWZ]?[HLR]|S[CKMNPTW]|[B-DF-HJ-NP-TV-XZ])?[AEIOU]{1,2}"
_VOWEL = re.compile("[AEIOUYÄÖÜ]")
_SHORT_FAMILY = re.compile(
    rf"{_SPOKEN}(?:Y|[BCDFGKLMNPRSTVXZ]|CK|LL|NG|NN|R[DT]|S[ST]|TT|[B-DF-HJ-NP-TV-XZ]{{1,2}}[AEIOU])?"
)


def _initials_run_together(tokens: list[str]) -> bool:
    """ "HLA Hart", "EP Thompson": initials without points before the family name (OSCOLA 1.2.2; MHRA lists).

    A family name in capitals may be as short ("GU Jiegang", "ECO Umberto", "ROY Arundhati"): one that can be said as a
    word, or is known for one, or has a given name behind it, is no initials.
    """
    first, *rest = tokens
    family = [token for token in rest if not is_particle(token)]
    if len(family) != 1 or not _INITIALS_AT_HEAD.fullmatch(first) or first in _acronyms() or is_particle(first):
        return False
    last = family[0]
    if not _WORD.match(last) or not last[0].isupper() or last.isupper():
        return False
    if is_given_name(last) and _VOWEL.search(first):
        return False
    if first.capitalize() in _surnames_first() and _pinyin(last):
        return False
    return not (len(first) > 2 and _SHORT_FAMILY.fullmatch(first)) and first not in _suffixes()


def _capitals(token: str) -> bool:
    return len(token) > 2 and token.isupper() and not _INITIALS.match(token)


def _family_first(tokens: list[str]) -> int:
    """How many words of a family name in capitals stand first ("GU Jiegang", "ADIGARD DES GAUTRIES Jean")."""
    count = 0
    while count < len(tokens) and (_in_capitals(tokens[count]) or (count > 0 and is_particle(tokens[count]))):
        count += 1
    rest = tokens[count:]
    if not count or not rest or any(_in_capitals(token) for token in rest) or not _in_capitals(tokens[count - 1]):
        return 0
    return count if any(len(token) > 2 for token in tokens[:count]) or not any(_INITIALS.match(t) for t in rest) else 0


def _in_capitals(token: str) -> bool:
    return token.isupper() and len(token) > 1 and not _INITIALS.match(token)


_SYLLABLE = re.compile(
    r"(?:[bpmfdtnlgkhjqxrzcswy]|zh|ch|sh|ts|hs)?(?:i?[aeouü]+(?:ng|n|r|i|o|u|a)?|i(?:ng|n)?|u(?:n|i|o)?)['’]?",
    re.IGNORECASE,
)


def _pinyin(given: str) -> bool:
    """Whether a given name is one to three romanised Chinese syllables ("Jiegang", "Kuo-feng")."""
    place, count = 0, 0
    bare = given.replace("-", "")
    while place < len(bare):
        match = _SYLLABLE.match(bare, place)
        if not match or match.end() == place:
            return False
        place, count = match.end(), count + 1
    return 1 <= count <= 3


@cache
def _surnames_first() -> frozenset[str]:
    """Chinese and Korean family names in pinyin, Wade-Giles and common spellings: they stand first without comma."""
    return frozenset(words("surnames", "family_first"))


def _csl(family: str, given: str) -> dict[str, str]:
    name = {"family": _fold(family)}
    if given:
        name["given"] = _fold(given)
    return name


def _fold(name: str) -> str:
    """Capitals folded: "SKOCPOL" is Skocpol, "MacINTYRE" MacIntyre; initials and "II" stay."""
    folded = []
    for token in name.split(" "):
        bare = token.strip(_APOSTROPHE)
        if _INITIALS.match(token) or len(bare) < 2:
            folded.append(token)
        elif _CAMEL.match(bare):
            head = next(n for n in range(len(bare)) if bare[n:].isupper())
            folded.append(bare[: head + 1] + bare[head + 1 :].lower())
        elif bare.isupper() and bare not in _suffixes() and (len(bare) > 3 or re.search(r"[^B-DF-HJ-NP-TV-XZ]", bare)):
            folded.append("-".join(part.capitalize() for part in token.split("-")))
        else:
            folded.append(token)
    return " ".join(folded)
