"""Words of which no citation was read, though they name a work of the document, a title, a letter, a law.

An "ibid." behind such words means what they cite, not the work before them (Chicago 17 14.34). What they name of the
work that the ibid. is led to anyway says nothing against it: "Weber himself, p. 12, was of two minds."
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache

from citekit.citations.locators import find_locators
from citekit.citations.prose import sentence_words
from citekit.citations.signals import signal_head
from citekit.lexicon import alternation, words
from citekit.matching.text import fold, tokens
from citekit.resolution.ledger import Draft, Ledger
from citekit.resolution.unread import Silence

__all__ = ["named_again", "work_named"]

_LONGEST = 240  # characters; what cites and says no more is shorter
_MANY = 50  # works of one author; of more the last entered are looked at
_SHORTEST = 4  # letters of a word that tells one title from another
_NAME = re.compile(r"(?<![^\W\d_])[^\W\d_a-zß-öø-ÿа-я][^\W\d_]+(?:[’'-][^\W\d_]+)*")
_CLOSING_PAGE = re.compile(r"[,:]\s(?!(?:1[4-9]|20)\d{2}\b)\d{1,4}(?:\s?[-–]\s?\d{1,4})?(?:\s?ff?)?[.)\s]{0,3}$")
# "Clapham, Bank, 64": a name, a title, a page, and hardly a word more.
_NAME_TITLE_PAGE = re.compile(
    r"(?:^|[,:]\s|[a-z]\s)[^\W\d_a-z][\w’'.-]{1,30}(?:\s[^\W\d_a-z][\w’'.-]{1,30}){0,3},\s"
    r"[“«\"„*_]{0,2}[^\W\d_a-z][^,;:()]{2,80},[”»\"“*_]{0,2}\s(?!(?:1[4-9]|20)\d{2}\b)\d{1,4}(?:[-–]\d{1,4})?[.\s]{0,2}$"
)
_SECTION = re.compile(r"§{1,2}\s?\d|(?<![^\W\d_])(?:[Aa]rt(?:icle|ikel|ículo|icolo|igo)?|[Сс]т)\.?\s\d{1,4}(?!\d)")


def named_again(said: str, italics: Sequence[str], ledgers: Sequence[Ledger], decided: Collection[int]) -> Silence:
    """What words without a citation very probably are, by the works that they name.

    Args:
        said: the words.
        italics: the stretches of them that the format shows in italics.
        ledgers: the works of the document, with one list of drafts.
        decided: the numbers of the works to which the ibid. would lead.
    """
    said = said.replace("*", "").replace("_", " ").strip()
    found = work_named(said, ledgers, decided)
    if found is Silence.SOURCE:
        return found
    own = [ledgers[0].drafts[number] for number in decided]
    speaks = sentence_words(said) > 0
    if any(_is_title(text) and not _is_of(text, own) for text in italics):
        if _gives_page(said) and not speaks:
            return Silence.SOURCE
        found = Silence.DOUBTFUL if _gives_page(said) or not speaks else found
    if speaks or len(said) > _LONGEST:
        return found
    if _NAME_TITLE_PAGE.search(said) and not any(_surnames(draft) & set(tokens(said)) for draft in own):
        return Silence.SOURCE
    signal = signal_head().match(said)
    bare = said[signal.end() :].strip() if signal else said
    return Silence.SOURCE if _is_record(bare) or _is_law(bare) else found


def work_named(said: str, ledgers: Sequence[Ledger], decided: Collection[int]) -> Silence:
    """What words are in which the author of another work than those of `decided` is named, with a page or a title."""
    found = Silence.COMMENT
    own = [ledgers[0].drafts[number] for number in decided]
    for draft in _named(said, ledgers):
        titled = _titled(said, [draft])
        if draft.number in decided or (_share_author(draft, own) and not (titled and not _titled(said, own))):
            continue
        if _gives_page(said) or (titled and not sentence_words(said)):
            return Silence.SOURCE
        found = Silence.DOUBTFUL if titled else found
    return found


def _gives_page(said: str) -> bool:
    return _CLOSING_PAGE.search(said) is not None or any(
        found.locator.label in ("page", "folio") for found in find_locators(said)
    )


def _named(said: str, ledgers: Sequence[Ledger]) -> Iterator[Draft]:
    """The works whose author is named in the words."""
    seen: set[int] = set()
    for match in _NAME.finditer(said):
        key = fold(match.group()).removesuffix("'s")
        for number in (number for ledger in ledgers for number in ledger.by_author.get(key, ())[-_MANY:]):
            draft = ledgers[0].drafts[number]
            if number not in seen and key in _surnames(draft):
                seen.add(number)
                yield draft


def _surnames(draft: Draft) -> set[str]:
    return {word for authors in draft.authors for name in authors for word in name.family}


def _share_author(draft: Draft, others: Sequence[Draft]) -> bool:
    return any(_surnames(draft) & _surnames(other) for other in others)


def _titled(said: str, drafts: Sequence[Draft]) -> bool:
    """Whether a long word of a title stands in the words, with a capital where the alphabet has them."""
    told = {fold(match.group()) for match in _NAME.finditer(said)} - {
        word for draft in drafts for word in _surnames(draft)
    }
    return any(
        len(word) >= _SHORTEST and word in told for draft in drafts for title in draft.titles for word in title.content
    )


def _is_title(italics: str) -> bool:
    return italics[:1].isupper() and len(italics) > _SHORTEST


def _is_of(italics: str, drafts: Sequence[Draft]) -> bool:
    said = set(tokens(italics))
    return any(
        said <= set(title.words) for draft in drafts for title in (*draft.titles, *draft.containers) if title.words
    )


@cache
def _record() -> re.Pattern[str]:
    """ "Gruening, interview", "Interview with Gruening", "Письмо Гончарову": a letter or interview, and whose it is."""
    kinds = alternation(words("archives", "record"))
    name = r"[^\W\d_a-zß-öø-ÿа-я][^\W\d_]+"
    of = r"(?:\s[^\W\d_]{1,6}){0,3}\s"
    return re.compile(
        rf"{name}(?:\s[^\W\d_]{{1,20}}\.?){{0,6}},\s(?i:{kinds})(?![^\W\d_])"
        rf"|(?i:{kinds})(?![^\W\d_]){of}{name}|(?i:{kinds})(?![^\W\d_])\s{name}"
    )


def _is_record(said: str) -> bool:
    return _record().match(said) is not None


@cache
def _law() -> re.Pattern[str]:
    """ "Gesetz über die Presse von 1874", "28 Stat. 390": a law by its name, or by where it is printed."""
    titles, gazettes = words("kinds", "legislation_title"), words("kinds", "legislation")
    reports = alternation((*gazettes, *words("kinds", "legal_case")))
    return re.compile(
        rf"{alternation(titles)}(?![^\W\d_])[^\d]{{0,80}}\d"
        rf"|.{{0,80}}?(?<![^\W\d_]){reports}(?![^\W\d_])(?:\s[^\W\d_]{{1,4}}\.?)?,?\s\d"
    )


def _is_law(said: str) -> bool:
    section = _SECTION.search(said)
    return _law().match(said) is not None or (section is not None and section.start() < _SHORTEST * 10)
