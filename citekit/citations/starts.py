"""Where a citation can begin: at a name, an address, a quoted title, an ibid."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from citekit.citations.acts import find_act
from citekit.citations.antiquity import ancient_source
from citekit.citations.canonical import passage
from citekit.citations.cues import find_cues, starts_with_cue, starts_with_ibid
from citekit.citations.decisions import find_decision
from citekit.citations.entry_words import entry_under_word
from citekit.citations.films import cites_film
from citekit.citations.interviews import begins_with_interview
from citekit.citations.introductions import introduction_behind
from citekit.citations.letters import ANY, letter_at_head
from citekit.citations.names import given_in_brackets, is_institution, is_particle, is_person
from citekit.citations.numbered_works import begins_with_number
from citekit.citations.reports import is_case
from citekit.citations.reviews import review_behind
from citekit.citations.roles import is_newspaper
from citekit.citations.shelfmarks import begins_with_repository, names_record
from citekit.citations.statutes import cites_reign
from citekit.citations.tag_arabic import find_arabic
from citekit.citations.yearless import author_forthcoming
from citekit.lexicon import alternation, words

__all__ = ["AUTHOR_YEAR", "LOOKED_AT", "starts_citation"]

LOOKED_AT = 240  # characters; what follows them is not looked at
AUTHOR_YEAR = re.compile(r"^[^\W\d_][^\d,.;:()]{1,60}?,?\s\(?(?:1[5-9]|20)\d{2}[a-z]?\)?(?=\s?(?:[,:;.)]|$))")
_EDGE = re.compile(r",|:|\s/|/|\s\(|\s?[“«\"„]|\.\s|\s(?:and|und|et|e|y|&|en|i|и|ve|och|og|és|și)\s|$")
_MARKED = re.compile(r"https?://|www\.|[“«\"„《‘]")
_FAMILY = re.compile(r"[^\W\d_a-z][\w'’-]+(?:\s[^\W\d_a-z][\w'’-]+){0,2}")
_NO_PARTICLE = ("e", "of", "v.")  # words of a sentence, or of a list, as often
_LONG_FAMILY = 3  # words; the first is a particle then ("Le Roy Ladurie")


@cache
def _families() -> re.Pattern[str]:
    """ "Rabb and Rotberg, New History", "Brunner / Conze / Koselleck, Grundbegriffe": family names alone.

    Behind a particle a name may have two words more: "De Vries and Van der Woude", "Le Roy Ladurie and Goy".
    """
    word = r"[^\W\d_a-z][\w'’-]+"
    listed = (part for part in words("names", "particle") if part not in _NO_PARTICLE and part[-1] not in "’'")
    particles = rf"(?:(?i:{alternation(listed)})\s){{1,3}}"
    name = rf"(?:{particles}{word}(?:\s{word})?|{word})"
    return re.compile(
        rf"{name}(?:(?:,|\s?/)\s?{name}){{0,6}}(?:,?\s(?:and|und|et|e|y|en|i|a|и|och|og|ve|&)\s|\s?/\s?){name}(?=,\s)"
    )


@cache
def _others() -> re.Pattern[str]:
    """ "et al." behind the names."""
    return re.compile(rf",?\s{alternation(words('names', 'others'))}$")


def starts_citation(text: str) -> bool:
    """Whether a citation can begin with these words: a name, an address, a quoted title, an ibid."""
    return bool(text) and _starts(text[:LOOKED_AT])


@lru_cache(maxsize=256)
def _starts(text: str) -> bool:
    if (
        names_record(text)
        or begins_with_repository(text)
        or starts_with_ibid(text)
        or _MARKED.match(text)
        or is_case(text)
    ):
        return True
    if starts_with_cue(text[:40]) or ancient_source(text) or passage(text):
        return True
    if find_decision(text) or find_act(text) or find_arabic(text) or letter_at_head(text, ANY):
        return True
    author_year = AUTHOR_YEAR.match(text)
    if author_year and all(
        word[0].isupper() or len(word) < 5 for word in re.findall(r"[^\W\d_]+", author_year.group())
    ):
        return True
    if author_forthcoming(text) or entry_under_word(text) or cites_film(text) or begins_with_number(text):
        return True
    if cites_reign(text):
        return True
    if given_in_brackets(text) or begins_with_interview(text):
        return True
    families = _families().match(text)
    if families and _opens_short_title(text[families.end() + 1 :]):
        return True
    for match in _EDGE.finditer(text, 0, 90):
        head = _others().sub("", text[: match.start()].strip())
        if not head:
            continue
        if (
            is_person(head)
            or is_institution(head)
            or is_newspaper(head)
            or (match.group() == ". " and is_person(head + "."))
        ):
            return True
        if match.group() not in (". ", "/") and len(head.split()) > 6:
            return False
        if match.group() in (",", ":") and _FAMILY.fullmatch(head):
            named = head.split()
            return (len(named) < _LONG_FAMILY or is_particle(named[0])) and _opens_short_title(text[match.end() :])
    return False


# "Rapin, ii. 345": volume and page in English printing before 1900.
_OLD_VOLUME = re.compile(r"[ivxl]{1,7}\.\s\d")


def _opens_short_title(behind: str) -> bool:
    """Whether what follows a family name and a comma can be a title, a page, an "op. cit.", not a clause."""
    behind = behind.lstrip()
    if not behind[:1].islower() or review_behind().match(behind) or introduction_behind().match(behind):
        return True
    return bool(_OLD_VOLUME.match(behind) or find_cues(behind[:12]))
