"""What can be noticed in an answer: words of error pages, start pages, offers of names, walls."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from urllib.parse import unquote, urlsplit

from citekit.archive.exchange import Exchange
from citekit.archive.observation import Sign
from citekit.archive.pages import Page, word_count
from citekit.lexicon import words
from citekit.matching.identifiers import canonical_url

__all__ = ["chain_signs", "page_signs"]

_FEW_WORDS = 120  # pages that say no more than that something is missing have fewer, with their navigation
_FEWER_WORDS = 60  # a page beside which nothing can stand
_PARKED_WORDS = 250  # a page of errors or offers with navigation and advertisements; articles have more
_NO_WORDS = 12
_DIVIDERS = re.compile(r"[|·•»«›‹:;!?。！？–—…]|(?<=\s)[-/](?=\s)|\.{2,}|\.(?=\s|$)")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'"})
_ROOTS = re.compile(
    r"/?(?:(?:index|default|home|main|start|startseite|accueil|inicio)(?:\.\w{2,5})?|[a-z]{2}(?:[-_][a-z]{2})?)?/?",
    re.IGNORECASE,
)
_ERROR_NUMBER = re.compile(r"(?<![\w-])4(?:04|10)(?![\w-])")
_LETTERS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_PIECES = re.compile(r"[/.?=&]")


def chain_signs(exchange: Exchange, asked: str) -> dict[Sign, str]:
    """What the addresses of a chain tell.

    Args:
        exchange: that was answered.
        asked: the address of the link.
    """
    signs: dict[Sign, str] = {}
    final = exchange.final_url or asked
    moved = canonical_url(final) != canonical_url(asked)
    if moved and _is_root(final) and not _is_root(asked):
        signs[Sign.TO_ROOT] = final
    if moved and (word := _piece_of(final, "error_addresses")) and not _piece_of(asked, "error_addresses"):
        signs[Sign.ERROR_ADDRESS] = word
    for hop in exchange.hops:
        host = (urlsplit(hop.url).hostname or "").lower()
        for service in words("error_pages", "parking_hosts"):
            if host == service or host.endswith(f".{service}"):
                signs.setdefault(Sign.PARKED_HOST, host)
    response = exchange.response
    if response is not None and (response.header("cf-mitigated") or "").lower() == "challenge":
        signs[Sign.CHALLENGE] = "cf-mitigated: challenge"
    return signs


def page_signs(page: Page, asked: str, final: str) -> dict[Sign, str]:
    """What the words of a page tell.

    Args:
        page: as it was answered.
        asked: the address of the link.
        final: the address of the page.
    """
    signs: dict[Sign, str] = {}
    number = page.words
    short = number <= _PARKED_WORDS  # an article may have "Page not found: …" for its title
    if phrase := _says_missing(page.title or "", divided=short):
        signs[Sign.ERROR_TITLE] = phrase
    for heading in page.headings[:1]:
        if phrase := _says_missing(heading, divided=short):
            signs[Sign.ERROR_HEADING] = phrase
    text = _folded(page.text)
    if number <= _FEW_WORDS and (phrase := _found(text, "not_found", whole=number > _FEWER_WORDS)):
        signs[Sign.ERROR_TEXT] = phrase
    top = _folded(f"{page.title or ''} \n {' '.join(page.headings)}")
    if phrase := _found(top, "parked") or (_found(text, "parked") if number <= _PARKED_WORDS else None):
        signs[Sign.PARKED_TEXT] = phrase
    if number <= _FEW_WORDS:
        if phrase := _found(text, "consent"):
            signs[Sign.CONSENT] = phrase
        if phrase := _found(f"{top} {text}", "challenge"):
            signs[Sign.CHALLENGE] = phrase
        if page.asks_password and (final != asked or number <= _FEWER_WORDS):
            signs[Sign.SIGN_IN] = _piece_of(final, "sign_in_addresses") or "password"
    if page.scripts and (number <= _NO_WORDS or _is_notice(text, number)):
        notice = _found(_folded(page.unseen), "needs_scripts") or _found(text, "needs_scripts")
        signs[Sign.SCRIPT_ONLY] = notice or f"{number} words"
    return signs


def _is_notice(text: str, number: int) -> bool:
    return number <= _FEWER_WORDS and _found(text, "needs_scripts") is not None


def _is_root(url: str) -> bool:
    parts = urlsplit(url)
    return _ROOTS.fullmatch(parts.path) is not None and not parts.query


def _piece_of(url: str, concept: str) -> str | None:
    """A piece of the path or query that is a word of the concept."""
    parts = urlsplit(url)
    pieces = {piece.lower() for piece in _PIECES.split(unquote(f"{parts.path}?{parts.query}"))}
    return next((word for word in words("error_pages", concept) if word in pieces), None)


def _says_missing(line: str, *, divided: bool) -> str | None:
    """The phrase in a title or heading that says no more than that the page is not there; `divided`: a part of it."""
    parts = (line, *(_DIVIDERS.split(line) if divided else ()))
    for part in parts:
        if (left := _bare(part)) in _phrases("not_found"):
            return left
        # "404", "Error 404", "404 | Site" say as much; "404 soldiers" does not.
        if not left and _ERROR_NUMBER.search(part):
            return str(part).strip()
    return None


def _bare(part: str) -> str:
    """A part of a title without numbers, punctuation, and words that surround an error's name."""
    tokens = _LETTERS.findall(_folded(part))
    beside = _phrases("beside_not_found")
    while tokens and tokens[0] in beside and " ".join(tokens) not in _phrases("not_found"):
        tokens.pop(0)
    while tokens and tokens[-1] in beside and " ".join(tokens) not in _phrases("not_found"):
        tokens.pop()
    return " ".join(tokens)


@cache
def _phrases(concept: str) -> frozenset[str]:
    """The phrases of a concept as `_bare` leaves them."""
    return frozenset(" ".join(_LETTERS.findall(_folded(phrase))) for phrase in words("error_pages", concept))


def _found(text: str, concept: str, *, whole: bool = False) -> str | None:
    """The first phrase of a concept in a folded text; with `whole`, of three words at least."""
    for phrase in _folded_phrases(concept):
        if whole and word_count(phrase) < 3:
            continue
        start = text.find(phrase)
        while start >= 0:
            end = start + len(phrase)
            before, behind = text[start - 1 : start], text[end : end + 1]
            if not (_joins(before, phrase[0]) or _joins(phrase[-1], behind)):
                return phrase
            start = text.find(phrase, start + 1)
    return None


def _joins(one: str, other: str) -> bool:
    """Whether two characters belong to one word; writing without blanks has no such bounds."""
    return bool(one and other) and one.isalnum() and other.isalnum() and ord(max(one, other)) < 0x0E00


@cache
def _folded_phrases(concept: str) -> tuple[str, ...]:
    return tuple(_folded(phrase) for phrase in words("error_pages", concept))


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).translate(_QUOTES).casefold().split())
