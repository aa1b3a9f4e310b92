"""What can be noticed in an answer: words of error pages, start pages, offers of names, walls."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from citekit.archive.error_words import (
    as_printed,
    folded,
    found,
    name_for_sale,
    says_as_title,
    says_forbidden,
    says_missing,
    says_missing_in_words,
    without_books,
)
from citekit.archive.exchange import Exchange
from citekit.archive.observation import Sign
from citekit.archive.pages import Page
from citekit.lexicon import words
from citekit.matching.identifiers import canonical_url

__all__ = ["chain_signs", "is_moved", "page_signs"]

_FEW_WORDS = 120  # pages that say no more than that something is missing have fewer, with their navigation
_FEWER_WORDS = 60  # a page beside which nothing can stand
_SHORT = 250  # a page of errors or offers with navigation and advertisements; articles have more
_NO_WORDS = 12
_READ = 20_000  # code points: so many "words" can be one without blanks
_TITLES = 3  # headings that can be the page's own: a site's name may stand before it
_ROOTS = re.compile(
    r"/?(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?(?:(?:index|default|home|main|start|startseite|accueil|inicio)(?:\.\w{2,5})?)?/?",
    re.IGNORECASE,
)
_PIECES = re.compile(r"[/.?=&]")
_QUOTED = {  # with words of the page, as they stand there
    *(Sign.ERROR_TITLE, Sign.ERROR_HEADING, Sign.ERROR_TEXT, Sign.PARKED_TEXT, Sign.CONSENT, Sign.CHALLENGE),
    Sign.OUT_OF_ORDER,
}
_CATEGORY = "error_pages"
_SHOWN = 80  # code points of what a program says of its own failure
# PHP's word for a program that ended (its manual, "Predefined constants", E_ERROR and E_PARSE), folded.
_PROGRAM_FAILED = re.compile(r"\b(?:fatal|parse) error ?: [^\n]{1,600}? (?:on line |:)\d+")


def is_moved(asked: str, final: str) -> bool:
    """Whether a chain ends at another address; http or https, "www." and a slash at the end are none."""
    return canonical_url(final) != canonical_url(asked)


def chain_signs(exchange: Exchange, asked: str) -> dict[Sign, str]:
    """What the addresses of a chain tell.

    Args:
        exchange: that was answered.
        asked: the address of the link.
    """
    signs: dict[Sign, str] = {}
    final = exchange.final_url or asked
    if is_moved(asked, final):
        if _is_root(final) and not _is_root(asked):
            signs[Sign.TO_ROOT] = final
        if (word := _piece_of(final, "error_addresses")) and not _piece_of(asked, "error_addresses"):
            signs[Sign.ERROR_ADDRESS] = word
        if (word := _last_piece(final, "search_addresses")) and not _piece_of(asked, "search_addresses"):
            signs[Sign.TO_SEARCH] = word
        if (word := _last_piece(final, "parking_addresses")) and urlsplit(final).path.count("/") == 1:
            signs[Sign.PARKED_HOST] = word
    for hop in exchange.hops:
        host = (urlsplit(hop.url).hostname or "").lower()
        for service in words(_CATEGORY, "parking_hosts"):
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
    signs = _signs(page, asked, final)
    whole = "\n".join((page.title or "", *page.headings, *page.subheadings, page.text[:_READ], page.unseen))
    return {
        sign: (as_printed(phrase, whole) or phrase) if sign in _QUOTED else phrase for sign, phrase in signs.items()
    }


def _signs(page: Page, asked: str, final: str) -> dict[Sign, str]:
    number = page.words
    short = number <= _SHORT  # an article may have "Page not found: …" for its title
    signs = _missing(page, short=short)
    if not short:
        if phrase := says_as_title(page.title or "", "parked", divided=False):
            signs[Sign.PARKED_TEXT] = phrase
        return signs
    text = folded(page.text[:_READ])
    top = folded(" \n ".join((page.title or "", *page.headings)))
    if phrase := found(top, "parked") or found(text, "parked") or name_for_sale(top) or name_for_sale(text):
        signs[Sign.PARKED_TEXT] = phrase
    if wall := _sign_in(page, asked, final, text):
        signs[Sign.SIGN_IN] = wall
    if number <= _FEW_WORDS:
        if phrase := says_missing_in_words(text) or found(
            without_books(text), "not_found", least_words=3 if number > _FEWER_WORDS else 1
        ):
            signs[Sign.ERROR_TEXT] = phrase
        if phrase := found(text, "consent"):
            signs[Sign.CONSENT] = phrase
        if phrase := found(f"{top} {text}", "challenge") or _keeps_programs_out(page):
            signs[Sign.CHALLENGE] = phrase
        signs |= _trouble(page, text)
    if page.scripts and (number <= _NO_WORDS or (number <= _FEWER_WORDS and found(text, "needs_scripts"))):
        notice = found(folded(page.unseen), "needs_scripts") or found(text, "needs_scripts")
        signs[Sign.SCRIPT_ONLY] = notice or f"{number} words"
    return signs


def _missing(page: Page, *, short: bool) -> dict[Sign, str]:
    """What title and headings tell of a page that is not there."""
    signs: dict[Sign, str] = {}
    title = page.title or ""
    if phrase := says_missing(title, divided=short) or (says_missing_in_words(folded(title)) if short else None):
        signs[Sign.ERROR_TITLE] = phrase
    headings = (*page.headings, *page.subheadings)[:_TITLES] if short else page.headings[:1]
    for heading in headings:
        phrase = says_missing(heading, divided=short) or (says_missing_in_words(folded(heading)) if short else None)
        if phrase:
            signs.setdefault(Sign.ERROR_HEADING, phrase)
    return signs


def _keeps_programs_out(page: Page) -> str | None:
    """The service that guards a page with next to no words."""
    if page.words > _FEWER_WORDS:
        return None
    source = page.source.lower()
    return next((part for part in words(_CATEGORY, "challenge_addresses") if part in source), None)


def _trouble(page: Page, text: str) -> dict[Sign, str]:
    """What a page of few words says of the server: that it lets nobody in, or has trouble of its own."""
    signs: dict[Sign, str] = {}
    for line in (page.title or "", *(*page.headings, *page.subheadings)[:_TITLES]):
        if phrase := says_forbidden(line):
            signs.setdefault(Sign.FORBIDDEN, phrase)
        if phrase := says_as_title(line, "out_of_order"):
            signs.setdefault(Sign.OUT_OF_ORDER, phrase)
    if broken := _PROGRAM_FAILED.search(text):
        signs.setdefault(Sign.OUT_OF_ORDER, broken[0][:_SHOWN])
    return signs


def _sign_in(page: Page, asked: str, final: str, text: str) -> str | None:
    """What tells that readers must sign in first."""
    address = _piece_of(final, "sign_in_addresses") if is_moved(asked, final) else None
    if address and (page.asks_password or page.words <= _FEW_WORDS):
        return address
    if page.asks_password:
        if page.words <= _FEWER_WORDS or (final != asked and page.words <= _FEW_WORDS):
            return "password"
        titles = (page.title or "", *(*page.headings, *page.subheadings)[:_TITLES])
        if phrase := next((phrase for title in titles if (phrase := says_as_title(title, "sign_in"))), None):
            return phrase
    return found(text, "members") if page.words <= _FEW_WORDS else None


def _is_root(url: str) -> bool:
    parts = urlsplit(url)
    return _ROOTS.fullmatch(parts.path) is not None and not parts.query


def _piece_of(url: str, concept: str) -> str | None:
    """A piece of the path or query that is a word of the concept."""
    parts = urlsplit(url)
    pieces = {piece.lower() for piece in _PIECES.split(unquote(f"{parts.path}?{parts.query}"))}
    return next((word for word in words(_CATEGORY, concept) if word in pieces), None)


def _last_piece(url: str, concept: str) -> str | None:
    """The last name of the path, where it is a word of the concept."""
    name = unquote(urlsplit(url).path).rstrip("/").rpartition("/")[2].partition(".")[0].lower()
    return name if name in words(_CATEGORY, concept) else None
