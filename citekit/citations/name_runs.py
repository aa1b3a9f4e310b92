"""Where the names of a list stand: one after the other, in the order and with the marks that the first one has."""

from __future__ import annotations

import re
from functools import cache

from citekit.citations.cues import find_cues, note_reference_pattern, starts_with_idem
from citekit.citations.name_lists import is_initials
from citekit.citations.names import (
    given_in_brackets,
    is_given_name,
    is_institution,
    is_particle,
    is_person,
    nouns_joined,
)
from citekit.citations.roles import role_after
from citekit.lexicon import alternation, words
from citekit.model import CueKind

__all__ = ["name_end", "names_from", "others_pattern"]

# Languages whose people carry two family names: "García Márquez, Gabriel".
_TWO_SURNAMES = ("es", "pt", "ca", "gl")
_LIST_SEPARATOR = re.compile(r"\s?(?:,\s?|;\s?|/\s?|&\s?|\s[–-]\s)")
_LONGEST_NAME = 200  # characters; institutions have long names, but none as long as this
_MOST_NAMES = 40  # names that a list is followed for to see where it ends


@cache
def _and() -> re.Pattern[str]:
    return re.compile(rf"\s?,?\s(?:{alternation(w for w in words('names', 'and') if w != '&')})\s|\s?,?\s?&\s?")


@cache
def others_pattern() -> re.Pattern[str]:
    """ "et al." and its like, behind the names of a list."""
    return re.compile(rf"[\s,]{{0,6}}(?:{alternation(words('names', 'others'))})(?![^\W\d_])")


_GO_ON = (";", "/", "–", "-")
_LAST_WORD = re.compile(r"[^\s.\-]+$")
_FAMILY_AND_INITIALS = re.compile(r"\s?[^\W\d_]{3,}\s(?:[^\W\d_]\.\s?)+$")
_NEXT_INITIAL = re.compile(r"\s[^\W\d_]\.")
_NEXT_CAPITAL = re.compile(r"\s[^\W\d_a-z]\.")
_TITLE_BEHIND = re.compile(r"\s[^\W\d_a-z][\w'’-]+(?=\s[^\W\d_A-Z]*[a-zа-я])")
_TURKISH_AND = re.compile(r"\sve\s")
_SUFFIX = re.compile(r",\s(?:Jr|Sr)\b\.?|,\sI{2,3}\b")


def names_from(
    text: str, start: int, end: int, *, alone: bool = True, language: str | None = None
) -> tuple[list[tuple[int, int]], int]:
    """The names of a list that begins at `start`: their spans, and where the list ends.

    With `alone`, a single family name, or an institution, is taken when nothing longer is found at the head.
    """
    found: list[tuple[int, int]] = []
    place = start
    style = separator = ""
    ended = False
    while place < end:
        bracketed = given_in_brackets(text, place)
        if bracketed and bracketed <= end:
            found.append((place, bracketed))
            place = bracketed
            joined = _and().match(text, place, end) or _LIST_SEPARATOR.match(text, place, end)
            if joined and given_in_brackets(text, joined.end()):
                place = joined.end()
                continue
            break
        stop = name_end(text, place, end)
        chunk = text[place:stop].strip()
        if not chunk:
            break
        inverted = _inverted(text, place, stop, end, language)
        if is_person(chunk) and not (inverted and style != "plain" and not _has_initials(chunk)):
            junior = _SUFFIX.match(text, stop, end)
            stop = junior.end() if junior else stop
            found.append((place, stop))
            place = stop
            style = style or ("initials" if _has_initials(chunk) else "plain")
        elif inverted:
            found.append((place, inverted))
            place = inverted
            style = style or "inverted"
        elif not found and (is_initials(chunk) or is_given_name(chunk)) and _shared(text, stop, end):
            found.append((place, stop))
            place, style = stop, "initials"
        elif not found and alone and _single(chunk, _behind_name(text, stop)):
            joining = _and().match(text, stop, end)
            if (
                joining
                and text[joining.end() : joining.end() + 1].islower()
                and not others_pattern().match(text, stop, end)
            ):
                break  # "Histoire en images …": a word that joins names in another language
            found.append((place, stop))
            place = stop
            if not _and().match(text, place, end) and not re.match(r"\s?/", text[place:end]):
                break
        elif (
            found and alone and re.search(r"(?:/|&|\band|\bund|\be|\bet|\by)\s?$", text[:place]) and _single(chunk, ",")
        ):
            found.append((place, stop))
            place = stop
        else:
            break
        alias = re.match(r"\s?\[[^\]]{2,40}\]", text[place:end])
        if alias and found:
            place += alias.end()
        others = others_pattern().match(text, place, end)
        if others:
            place = others.end()
            break
        if role_after().match(text, place, end):
            break
        joined = _and().match(text, place, end) or _LIST_SEPARATOR.match(text, place, end)
        if not joined or re.match(r"\s?[“«\"„《‘(]", text[joined.end() : joined.end() + 2]):
            break
        following = name_end(text, joined.end(), end)
        same = starts_with_idem(text[joined.end() : joined.end() + 20])
        if same and found:
            place = joined.end() + same.end()
            break
        head = text[joined.end() : following].strip()
        turned = _inverted(text, joined.end(), following, end, language)
        by_comma = joined.group().strip() == ","
        takes = (
            (style == "inverted" and (turned or ("," not in joined.group() and is_person(head))))
            or (style == "initials" and is_person(head) and _has_initials(head) and not (ended and by_comma))
            or (
                style == "plain"
                and (is_person(head) or turned)
                and (joined.group().strip() != "," or _list_goes_on(text, following, end))
            )
            or ("," not in joined.group() and (_single(head, ",") or is_person(head)))
        )
        if not takes or ("," in joined.group() and separator == "/"):
            break
        if style == "plain" and by_comma and (ended or _of_title(text, joined.end(), following, end)):
            break  # behind "A. B. and C. D." the list has ended: a title follows
        ended = ended or not (by_comma or joined.group().strip() in _GO_ON)
        separator = separator or joined.group().strip()
        place = joined.end()
        style = style or "plain"
    return [(a, b) for a, b in found if text[a:b].strip()], place


def _shared(text: str, place: int, end: int) -> bool:
    """Whether "and" and a whole name follow at `place`: "S. and B. Webb", "Sidney and Beatrice Webb"."""
    joining = _and().match(text, place, end)
    following = text[joining.end() : name_end(text, joining.end(), end)].strip() if joining else ""
    given = _has_initials(following) or is_given_name(following.partition(" ")[0])
    return given and is_person(following)


def _of_title(text: str, start: int, stop: int, end: int) -> bool:
    """Whether words that a Turkish "and" follows are a title's: "Osmanlı'da Kentler ve Kentliler"."""
    joining = _TURKISH_AND.match(text, stop, end)
    return joining is not None and nouns_joined(
        text[start:stop], text[joining.end() : name_end(text, joining.end(), end)]
    )


def _behind_name(text: str, stop: int) -> str:
    """What follows a name; a blank alone where a cue says that its work was cited ("Droysen a. a. O.")."""
    cited = any(found.start == stop and found.cue.kind is CueKind.CITED for found in find_cues(text))
    return " " if cited else text[stop : stop + 2]


def name_end(text: str, place: int, end: int) -> int:
    """Where the name that begins at `place` must stop: at a comma, a bracket, a quotation, a joining word …"""
    position = place
    end = min(end, place + _LONGEST_NAME)
    while position < end:
        char = text[position]
        if char in ',;:/&(“«"„《‘：，、…=*' or (char == "[" and position > place):
            break
        if char == "." and position + 1 < end and text[position + 1] == " ":
            word = _LAST_WORD.search(text[place:position])
            begun = _FAMILY_AND_INITIALS.match(text[place : position + 1])
            if begun and not _NEXT_INITIAL.match(text[position + 1 : position + 4]):
                # "Ключевский В. О. Курс …", "Smith J. The making of …"; not "Moses I. Finley"
                ahead = _TITLE_BEHIND.match(text, position + 1)
                if text[place : place + 1] >= "\u0400" or (ahead and not _and().match(text, ahead.end())):
                    return position + 1
            if word and word.group().islower() and is_particle(word.group()):
                break  # "HOLANDA, Sérgio Buarque de. Raízes do Brasil"
            behind_initial = _NEXT_CAPITAL.match(text[position + 1 : position + 4])
            if (not word or len(word.group()) > 2) and (not behind_initial or (word and len(word.group()) > 3)):
                break
        if char.isspace() and _and().match(text, position, end):
            break
        if char.isdigit():
            break
        position += 1
    return position


def _inverted(text: str, place: int, stop: int, end: int, language: str | None = None) -> int:
    """The end of "Family, Given" when the words before the comma and behind it are such, else 0."""
    if stop >= end or text[stop] != ",":
        return 0
    family = text[place:stop].strip()
    after = stop + 1
    given_end = name_end(text, after, end)
    initials = re.match(
        r"\s?(?:[^\W\d_a-z][\w'’-]+\s)?(?:[^\W\d_]\.[\s-]?){1,4}(?=[^\W\d_]{2,}|[(\[“\"*])", text[after:end]
    )
    if initials:  # "Thompson, E. P. The Making …"
        given_end = after + len(initials.group().rstrip())
    given = text[after:given_end].strip()
    if not given or not is_person(f"{family}, {given}", inverted=True):
        return 0
    rest = text[given_end : given_end + 200]
    page = _page_behind().search(rest)  # behind the page stands no title: "Rieck, Dorf, S. 5, dort auch zur Literatur"
    rest = note_reference_pattern().without(rest[: page.start()] if page else rest)
    if not is_given_name(given.split()[0]):
        rest = _without_numbers(rest)
    bare = re.sub(r"\b(?:op\.\s?)?cit\b|\bpp?\.|\bpag\b", "", rest)
    if not re.search(r"[^\W\d_]{3}", bare) and not is_initials(given):
        return 0  # "Thompson, Making, 90": what follows the comma is a short title
    if len(given) > 2 and re.match(r"\.\s[^\W\d_A-Z][^\W_]", text[given_end : given_end + 4]):
        return 0  # "Ormerod, Hist. of Chester"
    if len(given) > 3 and _ABBREVIATED_TITLE.match(text, given_end):
        return 0  # "Hallam, Const. Hist. iii. 12"
    joined = _and().match(text, given_end, end)
    if joined and _LAST_OF_TITLE.match(text, joined.end()) and given not in words("given_names", "given"):
        return 0  # "Davis, Society and Culture, 20"
    known = words("given_names", "given")
    named = family.split()
    if len(named) > 1 and named[-1].isupper() and not named[0].isupper() and len(named[-1]) > 2:
        return 0  # "Bartolomé BENNASSAR, Valladolid en el Siglo de Oro"
    if len(named) > 1 and named[0] in known and given.split()[0] not in known and "." not in given:
        return 0  # "Antonio Pérez, Valladolid en la Edad Media"
    # "de Vries, Johanna": a particle and a name look like a whole person (Chicago 17, 8.10).
    closed = " " not in given and text[given_end : given_end + 2] == ". "  # a title of one word is followed by a page
    particled = is_particle(named[0]) and (bool(initials) or given.split()[0] in known or closed)
    # "FERNÁNDEZ ALBALADEJO, Pablo", in whatever language the document is
    in_capitals = family.isupper() and given.split()[0] in known and not is_given_name(named[0])
    if (
        is_person(family)
        and not (particled or in_capitals)
        and (
            language not in _TWO_SURNAMES
            or len(family.split()) > 2
            or (text[given_end : given_end + 1] == ":" and not family.isupper())
        )
    ):
        return 0
    return given_end


def _without_numbers(rest: str) -> str:
    """The words without labelled numbers and a bracket for place and year: "chap. 3", " Bd. 2 (Kiel 1847) S. 44"."""
    return _labelled_number().sub("", _PLACE_AND_YEAR.sub("", rest))


_ABBREVIATED_TITLE = re.compile(r"\.\s(?:[^\W\d_]+\.?\s){1,3}(?:(?:[Vv]ol|[Tt]om|[Tt]|[Bb])\.\s|[ivxl]{1,7}\.\s\d)")
_PLACE_AND_YEAR = re.compile(r"\([^\W\d_][^()\d]{1,40}\s(?:1[4-9]|20)\d{2}\)")


@cache
def _page_behind() -> re.Pattern[str]:
    return re.compile(rf"[,:]\s{alternation(words('locators', 'page'))}\s?\d")


@cache
def _labelled_number() -> re.Pattern[str]:
    labels = [
        word for concept in ("chapter", "section", "column", "folio", "page") for word in words("locators", concept)
    ]
    return re.compile(rf"(?<![^\W\d_]){alternation([*labels, *words('volumes', 'volume')])}\s?[\divxlcIVXLC]+")


# One word, and nothing but a page behind it.
_LAST_OF_TITLE = re.compile(
    r"[^\W\d_][\w'’-]{1,40}(?:,\s(?:[^\W\d_]{1,3}\.\s)?[\divxlcIVXLC][\w\s,–-]{0,20}|,?\s(?:op\.\s?)?cit)?\.?$"
)


def _list_goes_on(text: str, place: int, end: int) -> bool:
    """Whether a list of full names parted by commas goes on to its "and", its role, a quotation or "et al."."""
    for _ in range(_MOST_NAMES):
        if place >= end:
            break
        if (
            _and().match(text, place, end)
            or role_after().match(text, place)
            or others_pattern().match(text, place, end)
        ):
            return True
        if text[place:end].strip() == "(":
            return False  # an imprint that is labelled already: the chunk before it is the title
        if re.match(r"[\s,.]{0,6}(?:[“«\"„《‘*]|\(\d{4})", text[place : place + 12]) or place >= end - 1:
            return True
        comma = re.match(r"\s?,\s?", text[place : min(end, place + 9)])
        if not comma:
            return False
        following = name_end(text, place + comma.end(), end)
        if not is_person(text[place + comma.end() : following].strip()):
            return False
        place = following
    return True


def _has_initials(chunk: str) -> bool:
    return re.match(r"[^\W\d_]{1,2}\.", chunk) is not None


def _single(chunk: str, following: str) -> bool:
    """One family name alone ("Weber, …"), or an institution."""
    if is_institution(chunk):
        return True
    tokens = chunk.split()
    return (
        1 <= len(tokens) <= 3
        and (following[:1] in ",:/ (" or following[:1].isdigit())
        and all(
            (t[0].isupper() and re.fullmatch(r"[^\W\d_][\w'’-]*", t))
            or t.lower() in ("von", "van", "de", "di", "del", "der", "la", "le", "el")
            for t in tokens
        )
        and (len(tokens) == 1 or tokens[0].lower() in ("von", "van", "de", "di", "del", "le", "la", "el", "mc"))
    )
