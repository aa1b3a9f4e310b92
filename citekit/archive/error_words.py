"""The words of pages that stand in the place of others: whole phrases, and sentences put together in other words.

Words are compared folded: without case, accents and vowel signs, quotation marks and brackets, since titles are printed
in capitals and many sites write without accents.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import cache

from citekit.archive.pages import word_count
from citekit.lexicon import concept, words

__all__ = [
    "as_printed",
    "folded",
    "found",
    "name_for_sale",
    "says_as_title",
    "says_forbidden",
    "says_missing",
    "says_missing_in_words",
]

_CATEGORY = "error_pages"
_DIVIDERS = re.compile(r"[|·•»«›‹:;!?。！？–—…]|(?<=\s)[-/](?=\s)|\.{2,}|\.(?=\s|$)")
_SENTENCES = re.compile(r"[|·•!?。！？…]|[.:;](?=\s|$)|\s[-–—]\s")
_ERROR_NUMBER = re.compile(r"(?<![\w-])4(?:04|10)(?![\w-])")
_FORBIDDEN_NUMBER = re.compile(r"(?<![\w-])40[13](?![\w-])")
_LETTERS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
# Accents, and the signs of Hebrew and Arabic that most print leaves out; elsewhere marks are vowels and stay.
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u0655\u0670\u0640]")
_SAME = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "´": "'", "ı": "i", "ł": "l", "đ": "d", "ø": "o", "æ": "ae", "ð": "d"}
    | dict.fromkeys('"“”„«»()[]{}<>', " ")
    | {chr(start + digit): str(digit) for start in (0x0660, 0x06F0, 0x0966) for digit in range(10)}
)
_BEFORE, _BEHIND = 100, 60  # code points around "not found" in which the sentence names what was not found
_AROUND = ".,:;!?。！？…|·•–—-()[]\"“”„«»'’"
_WORD_AT_MOST = 60  # code points that whole words can have more than the phrase among them
_NEVER = re.compile(r"(?!)")
_BESIDE = 18  # code points between "moved" and "deleted"
_GAP = r"(?:\S+ ){0,2}?"
_HOST_NAME = r"(?<![\w@.-])[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,3}\.[a-z]{2,24}(?![\w.-])"


def as_printed(phrase: str, text: str) -> str | None:
    """The words of a text that a phrase stands for, which was found in it folded; None where they cannot be told.

    Args:
        phrase: as it was found.
        text: as it is printed.
    """
    return _as_printed(phrase, text, folded) or _as_printed(phrase, text, _letters)


def _letters(text: str) -> str:
    """The letters alone, as titles are compared."""
    return " ".join(_LETTERS.findall(folded(text)))


def _as_printed(phrase: str, text: str, compared: Callable[[str], str]) -> str | None:
    wanted, tokens = compared(phrase), text.split()
    parts: list[str] = []
    starts: list[int] = []
    length = 0
    for token in tokens:
        starts.append(length)
        if part := compared(token):
            parts.append(part)
            length += len(part) + 1
    start = " ".join(parts).find(wanted)
    if not wanted or start < 0:
        return None
    first, last = bisect_right(starts, start) - 1, bisect_left(starts, start + len(wanted))
    found = " ".join(tokens[first:last])
    if len(found) > len(wanted) + _WORD_AT_MOST:  # writing without blanks: the phrase as it was found
        place = found.find(phrase)
        return found[place : place + len(phrase)] if place >= 0 else None
    return found.strip(_AROUND)


@cache
def _fold_phrase(text: str) -> str:
    return folded(text)


def folded(text: str) -> str:
    """A text as words are compared: small letters, accents and quotation marks gone, single blanks."""
    plain = text.casefold() if text.isascii() else _folded_marks(text)
    return " ".join(plain.translate(_SAME).split())


def _folded_marks(text: str) -> str:
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return unicodedata.normalize("NFC", _MARKS.sub("", apart))


def found(text: str, name: str, *, least_words: int = 1) -> str | None:
    """The first phrase of a concept in a folded text, of so many words at least."""
    for phrase in _phrases_in_order(name):
        if phrase not in text or (least_words > 1 and word_count(phrase) < least_words):
            continue
        start = text.find(phrase)
        while start >= 0:
            end = start + len(phrase)
            before, behind = text[start - 1 : start], text[end : end + 1]
            if not (_joins(before, phrase[0]) or _joins(phrase[-1], behind)):
                return phrase
            start = text.find(phrase, start + 1)
    return None


def says_missing(line: str, *, divided: bool) -> str | None:
    """The phrase in a title or heading that says no more than that the page is not there.

    Args:
        line: the title or heading.
        divided: whether a part of it is enough ("Page not found | Museum").
    """
    parts = (line, *(_DIVIDERS.split(line) if divided else ()))
    for part in parts:
        if (left := _bare(part)) in _phrases("not_found"):
            return left
        # "404", "Error 404", "404 | Site" say as much; "404 soldiers" does not.
        if not left and _ERROR_NUMBER.search(part.translate(_SAME)):
            return str(part).strip()
    return None


def says_as_title(line: str, name: str, *, divided: bool = True) -> str | None:
    """The phrase of a concept that a title or heading is; `divided`: or a part of it."""
    for part in (line, *(_DIVIDERS.split(line) if divided else ())):
        words_of = " ".join(_LETTERS.findall(folded(part)))
        if words_of in _phrases(name):
            return words_of
    return None


def says_forbidden(line: str) -> str | None:
    """A title or heading that is 401 or 403 with no more than the words for it ("403 Forbidden", "Error 403")."""
    for part in (line, *_DIVIDERS.split(line)):
        if _FORBIDDEN_NUMBER.search(part.translate(_SAME)) and (_bare(part) in {"", *_phrases("forbidden")}):
            return part.strip()
    return None


def says_missing_in_words(text: str) -> str | None:
    """The sentence of a short text that says, in whatever words, that a page is not there.

    A word for a page or for what the reader asked for, near one for "not found" (`error_pages.toml` lists the others).

    Args:
        text: as `folded` gives it.
    """
    languages = [words_of for words_of in _languages() if words_of.may_say(text)]
    if not languages:
        return None
    for sentence in _SENTENCES.split(without_books(text)):
        for language in languages:
            if (around := language.says_missing(sentence)) is not None:
                return around
    return None


def without_books(text: str) -> str:
    """A folded text without the sentences that speak of leaves of books: their pages are none of the web."""
    of_books = _of_books()
    if not of_books.search(text):
        return text
    return " . ".join(sentence for sentence in _SENTENCES.split(text) if not of_books.search(sentence))


def name_for_sale(text: str) -> str | None:
    """The words of a short folded text that offer the name of a host, whichever it is, or say that nobody uses it."""
    if "." not in text:
        return None
    if match := _for_sale().search(text):
        return match[0]
    return found(" ".join(re.sub(_HOST_NAME, " ", text).split()), "parked")  # "the domain example.org is for sale"


@cache
def _for_sale() -> re.Pattern[str]:
    phrases = "|".join(re.escape(phrase) for phrase in _phrases_in_order("name_for_sale"))
    return re.compile(rf"{_HOST_NAME} ?(?:{phrases})(?![^\W\d_])")


def _bare(part: str) -> str:
    """A part of a title without numbers, punctuation, and words that surround an error's name."""
    tokens = _LETTERS.findall(folded(part))
    beside, whole = _phrases("beside_not_found"), _phrases("not_found")
    while tokens and tokens[0] in beside and " ".join(tokens) not in whole:
        tokens.pop(0)
    while tokens and tokens[-1] in beside and " ".join(tokens) not in whole:
        tokens.pop()
    return " ".join(tokens)


@cache
def _phrases(name: str) -> frozenset[str]:
    """The phrases of a concept as `_bare` leaves them."""
    return frozenset(" ".join(_LETTERS.findall(_fold_phrase(phrase))) for phrase in words(_CATEGORY, name))


@cache
def _phrases_in_order(name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_fold_phrase(phrase) for phrase in words(_CATEGORY, name)))


@cache
def _of_books() -> re.Pattern[str]:
    """Words of sentences that speak of the leaves of a book."""
    return _beginnings(words(_CATEGORY, "book_words"))


class _Parts:
    """The beginnings of words of a concept in a language: a pattern, and pieces that it cannot be without."""

    def __init__(self, listed: Sequence[str]) -> None:
        self._pieces = [tuple(folded(piece) for piece in phrase.split("…")) for phrase in listed]
        self.pattern = _beginnings(listed) if listed else _NEVER

    def may_be_in(self, text: str) -> bool:
        return any(all(piece in text for piece in pieces) for pieces in self._pieces)


class _Language:
    """What a language says of pages that are not there."""

    def __init__(self, name: str) -> None:
        self._page, self._missing, self._removed, self._asked, self._thing, self._gone = (
            _Parts(concept(_CATEGORY, f"{what}_words").get(name, ()))
            for what in ("page", "missing", "removed", "asked", "thing", "gone")
        )

    def may_say(self, text: str) -> bool:
        """Whether the sentence can be in a text: much faster to tell than whether it is."""
        return any(one.may_be_in(text) for one in (self._missing, self._removed, self._gone)) and any(
            one.may_be_in(text) for one in (self._page, self._asked, self._thing, self._removed)
        )

    def says_missing(self, sentence: str) -> str | None:
        """The words around "not found", "moved or deleted" … where they are said of a page."""
        for said, of in (
            (self._missing, (self._page, self._asked)),
            (self._removed, (self._asked,)),
            (self._gone, (self._asked, self._thing)),
        ):
            for match in said.pattern.finditer(sentence):
                behind = 0 if said is self._removed else _BEHIND  # "what you look for was moved": in this order
                around = sentence[max(match.start() - _BEFORE, 0) : match.end() + behind]
                if any(one.pattern.search(around) for one in of):
                    return around.strip()
        ends = -_BESIDE
        for match in self._removed.pattern.finditer(sentence):
            if match.start() - ends < _BESIDE:
                return sentence[max(match.start() - _BEFORE, 0) : match.end()].strip()
            ends = match.end()
        return None


@cache
def _languages() -> tuple[_Language, ...]:
    return tuple(_Language(name) for name in concept(_CATEGORY, "page_words"))


def _beginnings(listed: Sequence[str]) -> re.Pattern[str]:
    """Any of these at the beginning of a word, where writing has blanks; "…" stands for two words at most."""
    found = []
    for phrase in listed:
        pieces = [re.escape(folded(piece)) for piece in phrase.split("…")]
        starts_word = ord(phrase[0]) < 0x0E00 and not phrase.startswith("n't")
        found.append((r"(?<![^\W_])" if starts_word else "") + f" {_GAP}".join(pieces))
    return re.compile("|".join(found))


def _joins(one: str, other: str) -> bool:
    """Whether two characters belong to one word; writing without blanks has no such bounds."""
    return bool(one and other) and one.isalnum() and other.isalnum() and ord(max(one, other)) < 0x0E00
