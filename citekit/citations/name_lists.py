"""Where one name of a list ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from citekit.citations.line import TaggedField
from citekit.citations.names import is_given_name, is_institution, is_particle
from citekit.lexicon import alternation, words

__all__ = ["cut_names", "is_initials", "is_institutional", "whole_lists"]

_EDGES = " \t,;:/，；、：*_"
_INITIALS = re.compile(
    r"(?:[^\W\d_a-zß-öø-ÿа-я]\.?|[A-Z][a-z]\.|Ch\.|Chr\.|Th\.|Ph\.|Kh\.|Yu\.|Zh\.|Sh\.|Ts\.|Ju\.|Ja\.)"
    r"(?:[-‐\s]{0,2}(?:[^\W\d_a-zß-öø-ÿа-я](?:\.|(?![^\W\d_]))|[A-Z][a-z]\.))*"
)
_RUN_TOGETHER = re.compile(r"[A-ZÀ-ÖØ-Þ]{1,3}(?:-[A-Z])?")  # "Petrie KJ" (Vancouver style)
# A dash parts names in Czech, Slovak, Hungarian; behind an initial a family name must follow it ("J. – P. Vernant").
_HARD = re.compile(
    r"\s?[;；]\s?|\s?/\s?(?=[^\W\d_a-z])|(?<=[^\W\d_.])\s[–—]\s(?=[^\W\d_a-z])"
    r"|(?<=\.)\s[–—]\s(?=[^\W\d_a-z][^\W\d_]{1,25}(?:,|\s[^\W\d_a-z]\.))|、|\s[+]\s"
)
_STOP = re.compile(r"(?:[^\W\d_]{4}|[a-zß-ÿ]{2}\s[A-ZÀ-ÖØ-Þ]{2,3})\.$")  # of the line, not of initials
_JOINING = re.compile(r",|\s(?:&|and|und|et|y|e)\s")
_SINGLE_LETTER_AND = {"y", "e", "i", "a", "o"}


@cache
def _suffixes() -> frozenset[str]:
    return frozenset(word.rstrip(".").casefold() for word in words("names", "suffix"))


@cache
def _and() -> re.Pattern[str]:
    small = {word for word in (*words("names", "and"), *words("matching", "connectives")) if word not in ("ter", "u.")}
    listed = alternation(small | {word.upper() for word in small if len(word) > 1})
    return re.compile(rf",?\s(?P<and>{listed}|u\.)\s(?=[^\W\d_])|\s?(?P<sign>&)\s?")


_OF_PEOPLE = frozenset({"author", "editor", "translator", "contributor"})
_LEFT_OUT = re.compile(r"[\s,;/]*")


def whole_lists(fields: Iterable[TaggedField], text: str) -> Iterator[TaggedField]:
    """The fields, in order, people of one role with what joins them as one: "M. Mollat et Ph. Wolff"."""
    last: TaggedField | None = None
    for field in fields:
        if last is None:
            last = field
        elif last.name == field.name and field.name in _OF_PEOPLE and _joins(text, last.end, field.start):
            last = TaggedField(last.name, last.start, field.end, min(last.sure, field.sure))
        else:
            yield last
            last = field
    if last is not None:
        yield last


def _joins(text: str, start: int, end: int) -> bool:
    """Whether nothing but a mark or a word between two names stands there."""
    if _LEFT_OUT.fullmatch(text, start, end):
        return True
    # The expression looks for the letter of the name behind it, so it may not end with the stretch.
    word = _and().match(text, start)
    return word is not None and word.end() == end


def is_initials(text: str) -> bool:
    """Whether `text` is initials alone ("J. R. R.", "K", "Th.", "JK")."""
    bare = text.strip()
    return bool(bare) and (_INITIALS.fullmatch(bare) is not None or _RUN_TOGETHER.fullmatch(bare) is not None)


def cut_names(text: str, language: str | None, read: list[str]) -> list[str]:
    """The names of a list, each as printed; words that joined them are added to `read`.

    Semicolons, slashes and words such as "and" always cut; a comma cuts unless it stands between family and given
    name. Institutions are cut at semicolons alone, because "and" and commas belong to their names.
    """
    names: list[str] = []
    for piece in _HARD.split(text):
        bare = _bare(piece)
        if not bare:
            continue
        if is_institutional(bare):
            names.append(bare)
            continue
        shared: list[int] = []
        chunks = _chunks(bare, language, read)
        families = len(chunks) > 1 and _lone(chunks[-1])
        for chunk in chunks:
            alone = chunk is chunks[0] and (len(chunks) == 1 or "," in chunks[-1])
            found = _by_commas(chunk, language, families=families, alone=alone)
            if not found:
                continue
            if shared and " " in found[0] and "," not in found[0]:  # "Sidney and Beatrice Webb"
                family = found[0].split()[-1]
                for place in shared:
                    names[place] += f" {family}"
            shared = []
            if len(found) == 1 and " " not in found[0] and is_given_name(found[0]):
                shared.append(len(names))
            names += found
    return names


def _bare(text: str) -> str:
    text = text.strip(_EDGES)
    if text.endswith(".") and _STOP.search(text):
        text = text.rstrip(". ")
    return text


def is_institutional(text: str) -> bool:
    """Whether a piece is one institution: a word of an institution, and no sign of a person."""
    head = _JOINING.split(text, maxsplit=1)[0].split()
    if len(head) < 2 and not (len(head) == 1 and head[0].isupper() and text == head[0]):
        return False
    first = " ".join(head)
    if is_given_name(head[0]) or any(is_initials(word) and "." in word for word in head) or not text[0].isupper():
        return False
    return is_institution(first) or (is_institution(text) and len(head) > 1 and not _personal(text))


def _personal(text: str) -> bool:
    """Whether initials or given names show that a list of persons is meant."""
    return any(is_initials(word.strip(",")) or is_given_name(word) for word in text.split())


def _chunks(text: str, language: str | None, read: list[str]) -> list[str]:
    """The list cut at "and" in any language, where it does not belong to a family name ("Ortega y Gasset")."""
    chunks: list[str] = []
    start = 0
    for match in _and().finditer(text):
        word = match["and"] or match["sign"]
        left, right = text[start : match.start()], text[match.end() :]
        if not left.strip(_EDGES):
            continue
        if word not in ("&",) and not _may_follow(right):
            continue
        if left.endswith("von") and right.startswith("zu "):
            continue  # "Karl von und zu Lindau"
        if word in _SINGLE_LETTER_AND and _compound(left, right, word, language):
            continue
        chunks.append(left)
        read.append(word)
        start = match.end()
    chunks.append(text[start:])
    return [chunk for chunk in (_bare(chunk) for chunk in chunks) if chunk]


def _may_follow(right: str) -> bool:
    first = right.split(maxsplit=1)[0] if right.split() else ""
    return bool(first) and (not first[0].islower() or is_particle(first) or first[:2] in ("d'", "d’", "l'", "l’"))


def _compound(left: str, right: str, word: str, language: str | None) -> bool:
    """Whether "y" (e, i) stands inside a family name: "José Ortega y Gasset", "Ortega y Gasset, José"."""
    before = left.rsplit(",", 1)[-1].split()
    behind = right.split(",", 1)
    after = behind[0].split()
    if not before or not after or is_given_name(after[0]) or is_initials(after[0]) or is_initials(before[-1]):
        return False
    if word == "e" and language not in ("pt", None):
        return False
    if word == "i" and language not in ("ca", "es", None):
        return False
    if word in ("a", "o"):
        return False
    if "," in left:
        return False
    if len(after) == 1 and len(before) >= 2:
        return is_given_name(before[0]) or is_initials(before[0])  # José Ortega | y | Gasset
    # Ortega | y | Gasset, José
    return (
        len(after) == 1
        and len(before) == 1
        and len(behind) > 1
        and 0 < len(behind[1].split(",")[0].split()) <= 3
        and not is_given_name(before[0])
        and (is_given_name(behind[1].split()[0]) or is_initials(behind[1].split(",")[0].strip()))
    )


def _by_commas(chunk: str, language: str | None, *, families: bool, alone: bool) -> list[str]:
    """The names of a chunk without "and": each comma either parts two names or family from given name.

    With `families`, the list ended in a family name alone ("Clem, Greenberg and Olander"), so that the others are
    family names too where they can be; `alone`, nothing says that more names in the order of speech follow.
    """
    segments = [segment for segment in (_bare(piece) for piece in re.split(r"[,，]", chunk)) if segment]
    names: list[str] = []
    place = 0
    inverted = False  # the first name was "Smith, John"
    while place < len(segments):
        segment = segments[place]
        following = segments[place + 1] if place + 1 < len(segments) else None
        if names and _is_suffix(segment):
            names[-1] += f", {segment}"
        elif following is None or (families and _lone(segment) and _lone(following)):
            names.append(segment)
        elif _is_pair(segment, following, inverted=inverted, alone=alone and len(segments) == 2, language=language):
            names.append(f"{segment}, {following}")
            inverted = True
            place += 1
        else:
            names.append(segment)
        place += 1
    return names


def _is_suffix(segment: str) -> bool:
    return segment.rstrip(".").casefold() in _suffixes()


def _lone(segment: str) -> bool:
    """One word that is no initial and no frequent given name."""
    return " " not in segment and not is_initials(segment) and not is_given_name(segment)


def _is_pair(segment: str, following: str, *, inverted: bool, alone: bool, language: str | None) -> bool:
    """Whether two segments are family and given name of one person."""
    tokens, behind = segment.split(), following.split()
    if _is_suffix(following) or _whole(tokens):
        return False
    if is_initials(following) or (is_initials(behind[0]) and not _whole(behind)):
        return True
    if len(tokens) == 1 or all(is_particle(token) for token in tokens[:-1]) or _is_suffix(tokens[-1]):
        # "Smith, Peter James" is one name; "Platon, K. Popper" are two
        return len(behind) == 1 or not is_initials(behind[0])
    if len(behind) == 1:
        return not is_given_name(tokens[0]) or is_given_name(behind[0])
    if is_given_name(tokens[0]) or inverted:
        return False
    return alone and (is_given_name(behind[0]) or language in ("es", "pt", "ca", None))


def _whole(tokens: list[str]) -> bool:
    """Whether one segment is a whole name: "K. Lee", "Petrie KJ", "Santosh K Divvala", "Иванов И. И."."""
    while len(tokens) > 1 and tokens[-1].islower() and is_particle(tokens[-1]):
        tokens = tokens[:-1]  # "Silva, J. P. da": behind the initials stands what belongs before the family name
    if len(tokens) < 2:
        return False
    first, last = is_initials(tokens[0]), is_initials(tokens[-1])
    if first and "." in tokens[0]:
        return not all("." in token for token in tokens)
    if first and not last:
        return len(tokens[0]) == 1 and not is_particle(tokens[0])  # "Ó Briain"
    if not first and not last:
        return any(is_initials(token) for token in tokens[1:-1])
    return last and not first
