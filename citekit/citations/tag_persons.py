"""Persons: authors at the head, editors and translators behind (or before) the words for their roles."""

from __future__ import annotations

import re
from functools import cache

from citekit.citations.cues import find_cues, note_reference_pattern, starts_with_idem, translation_pattern
from citekit.citations.dates import find_dates
from citekit.citations.line import Line
from citekit.citations.name_lists import is_initials
from citekit.citations.names import is_given_name, is_institution, is_particle, is_person, nouns_joined
from citekit.citations.reviews import review_behind
from citekit.citations.roles import (
    edited_by,
    newspaper,
    periodical,
    reference_work,
    role_after,
    role_pattern,
)
from citekit.lexicon import alternation, words
from citekit.model import CueKind

__all__ = ["names_from", "tag_persons", "titled_before_statement"]

# Languages whose people carry two family names: "García Márquez, Gabriel".
_TWO_SURNAMES = ("es", "pt", "ca", "gl")
_LIST_SEPARATOR = re.compile(r"\s?(?:,\s?|;\s?|/\s?|&\s?|\s[–-]\s)")
_ROLE_FIELDS = (("translator", "translator_before"), ("contributor", "contributor_before"), ("editor", "editor_before"))
_LONGEST_NAME = 200  # characters; institutions have long names, but none as long as this
_MOST_NAMES = 40  # names that a list is followed for to see where it ends
# "，洪天富译，": in Chinese the role stands behind the name.
_HANZI_ROLE = re.compile(
    r"(?<=[，,、])\s?(?:\[[^\]]{1,3}\])?(?P<name>[\u3400-\u9fff·]{2,12}?)等?(?P<role>译|譯|主编|主編|编|編|校注|点校)(?=[，,：])"
)
_COMMA_LETTER = re.compile(r",\s([^\W\d_])")
_HANZI_TAIL = re.compile(r"\s?[\u3400-\u9fff\uf900-\ufaff·]{1,6}(?:\s?\[[^\]]{2,40}\])?")


@cache
def _and() -> re.Pattern[str]:
    return re.compile(rf"\s?,?\s(?:{alternation(w for w in words('names', 'and') if w != '&')})\s|\s?,?\s?&\s?")


@cache
def _others() -> re.Pattern[str]:
    return re.compile(rf"[\s,]{{0,6}}(?:{alternation(words('names', 'others'))})(?![^\W\d_])")


def tag_persons(line: Line) -> None:
    """Label author (or editor) at the head, then every person behind a word for a role."""
    _head(line)
    _behind_roles(line)


@cache
def _east_asian_before_cited() -> re.Pattern[str]:
    """ "網野前掲書", "陈寅恪：前引书", "이기백, 앞의 책": whose work was cited before."""
    listed = (*words("short_forms", "cited"), *words("short_forms", "note_reference_joined"))
    cited = alternation(word for word in listed if word[0] >= "\u2e80")
    return re.compile(rf"(?P<name>[\u3400-\u9fff々ヶ\uac00-\ud7af]{{1,8}}?)\s?[・、，,：:]?\s?(?={cited})")


# "前掲注(4)朝尾書": behind the number of the note whose book or article is meant.
_BEHIND_NOTE = re.compile(r"(?P<name>[\u3400-\u9fff々ヶ]{1,8}?)(?:論文|論稿|著書|書|书|著|稿|文)(?=[、，,。\s\d]|$)")
_GO_ON = (";", "/", "–", "-")
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
        stop = _name_end(text, place, end)
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
        elif not found and alone and _single(chunk, _behind_name(text, stop)):
            joining = _and().match(text, stop, end)
            if joining and text[joining.end() : joining.end() + 1].islower() and not _others().match(text, stop, end):
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
        others = _others().match(text, place, end)
        if others:
            place = others.end()
            break
        if role_after().match(text, place, end):
            break
        joined = _and().match(text, place, end) or _LIST_SEPARATOR.match(text, place, end)
        if not joined or re.match(r"\s?[“«\"„《‘(]", text[joined.end() : joined.end() + 2]):
            break
        following = _name_end(text, joined.end(), end)
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


def _of_title(text: str, start: int, stop: int, end: int) -> bool:
    """Whether words that a Turkish "and" follows are a title's: "Osmanlı'da Kentler ve Kentliler"."""
    joining = _TURKISH_AND.match(text, stop, end)
    return joining is not None and nouns_joined(
        text[start:stop], text[joining.end() : _name_end(text, joining.end(), end)]
    )


def _behind_name(text: str, stop: int) -> str:
    """What follows a name; a blank alone where a cue says that its work was cited ("Droysen a. a. O.")."""
    cited = any(found.start == stop and found.cue.kind is CueKind.CITED for found in find_cues(text))
    return " " if cited else text[stop : stop + 2]


def _name_end(text: str, place: int, end: int) -> int:
    """Where the name that begins at `place` must stop: at a comma, a bracket, a quotation, a joining word …"""
    position = place
    end = min(end, place + _LONGEST_NAME)
    while position < end:
        char = text[position]
        if char in ',;:/&(“«"„《‘：，、…=*' or (char == "[" and position > place):
            break
        if char == "." and position + 1 < end and text[position + 1] == " ":
            word = re.search(r"[^\s.\-]+$", text[place:position])
            begun = re.match(r"\s?[^\W\d_]{3,}\s(?:[^\W\d_]\.\s?)+$", text[place : position + 1])
            if begun and not re.match(r"\s[^\W\d_]\.", text[position + 1 : position + 4]):
                # "Ключевский В. О. Курс …", "Smith J. The making of …"; not "Moses I. Finley"
                ahead = re.compile(r"\s[^\W\d_a-z][\w'’-]+(?=\s[^\W\d_A-Z]*[a-zа-я])").match(text, position + 1)
                if text[place : place + 1] >= "\u0400" or (ahead and not _and().match(text, ahead.end())):
                    return position + 1
            if word and word.group().islower() and is_particle(word.group()):
                break  # "HOLANDA, Sérgio Buarque de. Raízes do Brasil"
            behind_initial = re.match(r"\s[^\W\d_a-z]\.", text[position + 1 : position + 4])
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
    given_end = _name_end(text, after, end)
    initials = re.match(
        r"\s?(?:[^\W\d_a-z][\w'’-]+\s)?(?:[^\W\d_]\.[\s-]?){1,4}(?=[^\W\d_]{2,}|[(\[“\"*])", text[after:end]
    )
    if initials:  # "Thompson, E. P. The Making …"
        given_end = after + len(initials.group().rstrip())
    given = text[after:given_end].strip()
    if not given or not is_person(f"{family}, {given}", inverted=True):
        return 0
    rest = note_reference_pattern().pattern.sub("", text[given_end : given_end + 200])
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
    if (
        is_person(family)
        and not particled
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
        if _and().match(text, place, end) or role_after().match(text, place) or _others().match(text, place, end):
            return True
        if text[place:end].strip() == "(":
            return False  # an imprint that is labelled already: the chunk before it is the title
        if re.match(r"[\s,.]{0,6}(?:[“«\"„《‘*]|\(\d{4})", text[place : place + 12]) or place >= end - 1:
            return True
        comma = re.match(r"\s?,\s?", text[place : min(end, place + 9)])
        if not comma:
            return False
        following = _name_end(text, place + comma.end(), end)
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


def _skip(line: Line, place: int, passed: str) -> int:
    while place < len(line.text) and (line.taken[place] or line.text[place] in passed):
        place += 1
    return place


def _head(line: Line) -> None:
    text = line.text
    start = 0
    start = _skip(line, start, " ,;:.[–—*_")
    again = role_after().match(text, start) if start and line.taken[start - 1] else None
    if again and "(" in again.group():
        line.hold(start, again.end())  # "ders. (Hg.), …"
        line.head = again.end()
        return
    idem = starts_with_idem(text)
    if idem and start <= idem.end() + 2 and text[idem.end() : start].lstrip(" .").startswith(","):
        line.head = start  # "Id., Title": the title follows at once
        return
    start = _skip(line, start, " ,;:.([–—*_")
    start = _translator(line, start)
    if start < 0:
        return
    first_mark = next((m.start for m in line.marks if m.quoted and m.start >= start), len(text))
    first_emphasis = next((s.start for s in line.emphasis if s.end > start), len(text))
    end = min(first_mark, first_emphasis, _next_taken(line, start))
    chinese = re.match(
        r"(?P<name>[\u3400-\u9fff·、]{2,20}?)(?:主?[编編]|等?[著撰]|等)?\s?(?:[：:]\s?(?=[《“「『])|(?=[「『]))",
        text[start:],
    )
    before_cited = _east_asian_before_cited().match(text, start)
    if before_cited is None and start and line.taken[start - 1]:
        before_cited = _BEHIND_NOTE.match(text, start)
        if before_cited:
            line.hold(before_cited.end("name"), before_cited.end())
    if before_cited:
        line.label("author", *before_cited.span("name"))
        line.head = before_cited.end()
        return
    if chinese:
        for match in re.finditer(r"[^、]+", chinese["name"]):
            line.label("author", start + match.start(), start + match.end())
        line.head = start + chinese.end()
        return
    if start >= end:
        line.head = start
        return
    found, after = names_from(text, start, end, language=line.language)
    if found and len(found) > 1 and _nothing_left(line, after):
        after, found = found[-1][0], found[:-1]
    if found and len(found) == 1 and _nothing_left(line, after) and not _short_enough(line, found[0]):
        found = []
    if len(found) == 1 and _lower_behind(line, after) and len(text[slice(*found[0])].split()) == 1:
        found = []  # "Mémoires, lettres choisies par …": what small letters go on with is a title
    if not found:
        line.head = start
        return
    if len(found) == 1 and reference_work().search(text[slice(*found[0])]):
        line.label("container-title", *found[0])
        line.head = after
        return
    if len(found) == 1 and periodical().search(text[slice(*found[0])]) and (line.has("volume") or line.has("issue")):
        line.label("container-title", *found[0])  # "Philosophical Transactions, vol. xliv. No. 480"
        line.head = after
        return
    if len(found) == 1 and newspaper().search(text[slice(*found[0])]) and find_dates(text[after : after + 40]):
        line.label("container-title", *found[0])  # "New York Times, 4 July 1976"
        line.head = after
        return
    if len(found) == 1 and (edited_by(text, after) or titled_before_statement(line, found[0])):
        line.head = start  # "Geschichtliche Grundbegriffe, hrsg. von O. Brunner": a title, whatever it looks like
        return
    role = role_after().match(text, after)
    name = "editor" if role else "author"
    for begin, stop in found:
        tail = _HANZI_TAIL.match(text, stop)
        line.label(name, begin, tail.end() if tail else stop)
        if tail:
            after = max(after, tail.end())
    alias = re.match(r"\s?\[[^\]]{2,40}\]", text[found[-1][1] :])
    if alias:
        line.hold(found[-1][1], found[-1][1] + alias.end())
    if role:
        line.hold(after, role.end())
        after = role.end()
    line.head = after


def _translator(line: Line, start: int) -> int:
    """ "trad. it. di A. Bianchi, …": the words behind the cue name the translator, then the title follows.

    Returns where the head goes on; -1 when the persons are done.
    """
    cue = translation_pattern().match(line.text)
    if not cue:
        return start
    text = line.text
    place = cue.end()
    by = re.compile(r"[\s,.]{0,6}(?:di|by|von|de|par|por|d[’'])\s?", re.IGNORECASE).match(text, place)
    role = role_pattern("editor_before").match(text, place + 1 if text[place : place + 1] == " " else place)
    lead = role or by
    if lead:
        found, after = names_from(text, lead.end(), _next_taken(line, lead.end()), alone=False)
        if found:
            line.hold(cue.end(), lead.end())
            for begin, stop in found:
                line.label("editor" if role else "translator", begin, stop)
            place = after
    within = re.compile(r"[\s,]{0,6}in\s", re.IGNORECASE).match(text, place)
    if within:
        line.hold(place, within.end())
        authors, after = names_from(text, within.end(), _next_taken(line, within.end()))
        for begin, stop in authors:
            line.label("author", begin, stop)
        place = after if authors else within.end()
    line.head = place
    return -1


def titled_before_statement(line: Line, span: tuple[int, int]) -> bool:
    """Whether the first chunk ends with a full stop, has no given name, and an editor is stated behind what follows.

    "Geschichtliche Grundbegriffe. Historisches Lexikon, hrsg. v. Otto Brunner": title and subtitle. Where a full stop
    parts an author from the title, the name is inverted or has initials, or its first word is a given name.
    """
    words_ = line.text[slice(*span)].split()
    return (
        line.stated is not None
        and line.text[span[1] : span[1] + 2] == ". "
        and len(words_) > 1
        and not any("." in word or "," in word or is_particle(word) for word in words_)
        and not any(is_given_name(word) for word in words_)
    )


def _lower_behind(line: Line, place: int) -> bool:
    text = line.text
    match = _COMMA_LETTER.match(text, place)
    if match is None or line.taken[match.start(1)] or not match[1].islower():
        return False
    return not any(told().match(text, place) for told in (role_after, _others, review_behind))


def _next_taken(line: Line, start: int) -> int:
    return next((i for i in range(start, len(line.text)) if line.taken[i]), len(line.text))


def _nothing_left(line: Line, after: int) -> bool:
    """Whether no title could follow: only labelled words, numbers and punctuation."""
    rest = "".join(" " if line.taken[i] else line.text[i] for i in range(after, len(line.text)))
    return not re.search(
        r"[^\W\d_]{3}", re.sub(r"\((?:eds?|hrsg|hg|éds?|dir|cur|org)\.?\)", "", rest, flags=re.IGNORECASE)
    )


def _short_enough(line: Line, span: tuple[int, int]) -> bool:
    """A name alone counts where a year or page follows it ("Skocpol 1979, S. 12"), or a cue ("Weber, op. cit.")."""
    return line.has("issued") or line.has("locator") or any(line.taken[span[1] :])


def _behind_roles(line: Line) -> None:
    text = line.text
    for match in _HANZI_ROLE.finditer(text):
        if match.start() >= line.head and line.free(*match.span()) and not line.quoted(match.start()):
            line.label("translator" if match["role"] in "译譯" else "editor", *match.span("name"))
            line.hold(*match.span())
    for name, concept in _ROLE_FIELDS:
        for match in role_pattern(concept).finditer(text):
            if match.start() < line.head - 1 and line.head > 0 and match.start() != 0:
                continue
            if (
                line.quoted(match.start())
                or line.emphasised(match.start())
                or not line.free(match.start(), match.end())
            ):
                continue
            end = min(_next_taken(line, match.end()), len(text))
            found, _ = names_from(text, match.end(), end, alone=False)
            if not found and match.end() < end:
                stop = _name_end(text, match.end(), end)
                if re.fullmatch(r"[^\W\d_a-z][\w'’-]+", text[match.end() : stop].strip()):
                    found = [(match.end(), stop)]
            if not found:
                continue
            line.hold(match.start(), match.end())
            for begin, stop in found:
                tail = _HANZI_TAIL.match(text, stop)
                line.label(name, begin, tail.end() if tail else stop)
