"""Archives at the head of a citation that no list of sigla holds: "AD Rhône, 4 M 123", "StAZ, B II 13, Bl. 9".

An archive is cited by its name or by a siglum made of a kind and a place, perhaps with its town and a siglum in
brackets, then by the shelfmark (Chicago 17, 14.222; the citation rules of the archives themselves). What stands behind
the name decides: a call number, a manuscript's number, or a series and its number.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from citekit.citations.brackets import REMEMBERED
from citekit.citations.places import is_place
from citekit.lexicon import Opening, Sought, alternation, concept, opening, sought, words

__all__ = ["archive_at_head", "is_call"]

_NAME = re.compile(
    r"(?P<name>[^\W\d_][^,;:()\d“”«»\"\n]{1,70})(?:,\s(?P<place>[^\W\d_][^,;:()\d“”«»\"\n]{1,25}))?"
    r"(?P<bracket>\s\([^()\n]{2,60}\))?,\s"
)
_MOST_WORDS = 10  # of an archive's name
# "R 43 II/1245", "44M69/F5/12", "1 B 234", "D/P 299/8/1": capitals and figures, and hardly a word.
_CALL_WORD = re.compile(
    r"[A-ZÄÖÜ]{1,4}(?:/[A-Z]{1,3}){0,2}|[IVXL]{1,7}|(?:Add|Loc)\.?|M[Ss]s?\.?|[\w./-]{0,12}\d[\w./-]{0,12}"
)
_CALL_EDGE = re.compile(r"[,;:](?=\s|$)|\.?\s?$|(?<=\d)\.\s")
_CALL_LENGTH = 6  # words
_LONGEST_CALL = 60  # characters
_YEAR = re.compile(r"(?:1[4-9]|20)\d\d\.?")
_FIGURE = re.compile(r"\d|(?<![^\W\d_])[IVXLC]{1,6}(?![^\W\d_])")
# "Mediceo, 12", "Notarile, Atti, 3456, c. 12r": series without a word for their unit, and a number.
_LEAF = r",\s(?:cc?|ff?|fols?|Bl|k)\.?\s?\d[^,;:()]{0,16}"
_SERIES = re.compile(rf"(?:[^\W\d_a-z][^,.;:()\d“”«»\"]{{2,40}},\s){{1,3}}(?P<number>\d{{1,5}})(?:{_LEAF})?\.?")
# "Kurbayern Äußeres Archiv 4567, fol. 3": no comma before the number, which a leaf behind it tells from a year.
_WITH_LEAF = re.compile(rf"[^\W\d_a-z][^,.;:()\d“”«»\"]{{2,60}}\s(?P<number>\d{{1,5}}){_LEAF}\.?")
# "10024 Geheimer Rat, Loc. 9"
_FONDS = re.compile(
    r"\d[\d./-]{0,8}\s[^\W\d_a-z][^\W\d_][^,;:()]{1,60},\s[^,;:()]{0,30}\d"
)  # "10024 Geheimer Rat, Loc. 9"
_COMPOUND = re.compile(r"(?:bibliothek|archiv)(?![^\W\d_])")  # "Stiftsbibliothek", "Kreisarchiv"
_TOWN = re.compile(r"[^\W\d_a-z][^\W\d_]{2,20}")


@lru_cache(maxsize=REMEMBERED)
def archive_at_head(text: str) -> int | None:
    """Where the name of the archive ends, its town included, that a citation begins with; None without one.

    >>> archive_at_head("AD Seine-Maritime, 1 B 234")
    17
    >>> archive_at_head("AD Seine-Maritime, Guide des sources")
    """
    head = _NAME.match(text)
    if head is None or len(head["name"].split()) > _MOST_WORDS:
        return None
    name, behind = head["name"].rstrip(), head.end()
    end = head.end("bracket") if head["bracket"] else head.end("place") if head["place"] else head.end("name")
    if head["place"] and not _is_town(name, head["place"], text, behind, explained=bool(head["bracket"])):
        end = head.end("name")
        behind = end + 2
    if _of_place().fullmatch(name):
        said = is_call(text, behind) or _is_manuscript(text, behind) or _FONDS.match(text, behind)
        return end if said else None
    if _named().search(name) is None and _COMPOUND.search(name) is None:
        return None
    if is_call(text, behind) or _is_manuscript(text, behind):
        return end
    series = (_SERIES.fullmatch(text, behind) or _WITH_LEAF.fullmatch(text, behind)) if _public().search(name) else None
    return end if series is not None and not _YEAR.fullmatch(series["number"]) else None


def _is_town(name: str, place: str, text: str, behind: int, *, explained: bool) -> bool:
    """Whether the words behind the name are its town: papers may have a town's name, too ("AGI, México, 12")."""
    towned = _towned().search(name)
    if towned is None or not (explained or is_call(text, behind) or _is_manuscript(text, behind)):
        return False
    return is_place(place) or (_TOWN.fullmatch(place) is not None and _office().search(name) is not None)


def is_call(text: str, start: int) -> bool:
    """ "R 43 II/1245", "1 B 234": letters of a group and numbers, up to the next mark."""
    edge = _CALL_EDGE.search(text, start, start + _LONGEST_CALL)
    said = text[start : edge.start() if edge else start + _LONGEST_CALL].split()
    return (
        0 < len(said) <= _CALL_LENGTH
        and all(map(_CALL_WORD.fullmatch, said))
        and any(any(map(str.isdigit, word)) and not _YEAR.fullmatch(word) for word in said)
        and any(any(map(str.isupper, word)) for word in said)
    )


def _is_manuscript(text: str, start: int) -> bool:
    """ "MS fr. 2643", "Cotton MS Nero D IV", "Cod. Pal. germ. 848": a word for manuscripts and a figure."""
    said = _manuscript().match(text, start)
    return said is not None and _FIGURE.search(said["said"]) is not None


@cache
def _named() -> Sought:
    """A word of the name of an archive or a library."""
    listed = (*words("archives", "repository"), *words("archives", "library"))
    return sought(rf"(?<![^\W\d_]){alternation(listed)}(?![^\W\d_])", listed)


@cache
def _public() -> Sought:
    listed = [
        word
        for language, group in concept("archives", "public_archive").items()
        for word in group
        if language
        != "en"  # "National Archives, Domesday Book, 12" is what it publishes, and English groups have letters
    ]
    return sought(rf"(?<![^\W\d_]){alternation(listed)}(?![^\W\d_])", listed)


@cache
def _towned() -> Sought:
    """A word of names that print puts the town behind ("Essex Record Office, Chelmsford")."""
    listed = words("archives", "with_town")
    return sought(rf"(?<![^\W\d_]){alternation(listed)}(?![^\W\d_])", listed)


@cache
def _office() -> Sought:
    listed = concept("archives", "public_archive")["en"]
    return sought(rf"(?<![^\W\d_]){alternation(listed)}(?![^\W\d_])", listed)


@cache
def _of_place() -> Opening:
    """ "AD Rhône", "AD de l’Eure", "HStA Dresden"; "ADHG", "StAZ": a kind of archive, and a place or its letters."""
    listed = words("archives", "archive_of")
    lead = r"(?:de\sla\s|de\sl[’']|d[’']|du\s|des\s|de\s)?"
    return opening(
        rf"{alternation(listed)}(?:\s{lead}[^\W\d_a-z][^\W\d_]{{2,20}}(?:[-\s][^\W\d_]{{1,20}}){{0,4}}"
        r"|[A-Z]{1,3}[a-z]{0,2})",
        listed,
    )


@cache
def _manuscript() -> Sought:
    listed = words("archives", "manuscript")
    return sought(
        rf"(?:[^\W\d_a-z][^\W\d_]{{2,16}}\s){{0,2}}{alternation(listed)}\s?(?P<said>[^,;:()]{{1,40}})(?=[,;:(]|$)",
        listed,
    )
