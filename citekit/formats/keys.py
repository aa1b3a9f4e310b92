"""Citation keys: `gu1926gushi` – a name, the year, a word of the title; small ASCII letters and digits.

A key depends on its item alone. Every script is transliterated (anyascii; Chinese syllable by syllable). The parts:

1. the family name of the first author, else of the first editor, translator or other contributor, with a particle
   that belongs to it (`vonranke`, but `beethoven` where CSL calls "van" dropping); of an institution the initials
   of three words or more (`cia`), else its words;
2. the year of publication (never the day of access);
3. the first word of the title that is no article, preposition or conjunction in any language we know.

Without a name the title gives its first word for it and its second behind the year; without a title the container's
title, then host and first telling word of the path of the URL (`unescolist`) stand in; with nothing at all the key is
`work`.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from itertools import count
from typing import Any
from urllib.parse import unquote, urlsplit

from anyascii import anyascii

from citekit.formats.dates import year_of
from citekit.lexicon import words
from citekit.model import Item

__all__ = ["ascii_slug", "citation_key", "is_writable", "unique_key", "unique_keys"]

LONGEST = 40  # still readable in \cite{…}; with "zz" behind it, also within BibTeX's 65 characters a line
_LONGEST_PART = 18  # two parts and a year fit in LONGEST
_ROLES = ("author", "editor", "translator", "contributor", "container-author", "collection-editor", "director")
_WRITABLE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_:./+*!?<>|-]*")
_WORD = re.compile(r"[^\W_]+")
_HAN_RUN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]{2,}")
_NOT_KEY = re.compile(r"[^a-z0-9]+")
# Labels of a host that say nothing of whose it is: generic second levels under a country, and www.
_EMPTY_LABELS = frozenset(re.findall(r"\w+", "www www2 web m co com org net edu ac gov gob gouv go or ne mil"))
_EMPTY_SEGMENTS = frozenset(re.findall(r"\w+", "index home default page pages article articles node view html htm php"))


def ascii_slug(text: str) -> str:
    """The text in small ASCII letters and digits, everything else left out."""
    return _NOT_KEY.sub("", anyascii(text).lower())


def is_writable(key: str) -> bool:
    """Whether every program that reads .bib files takes this for one key, so that it is written as it is."""
    return _WRITABLE.fullmatch(key) is not None


def citation_key(item: Item) -> str:
    """The readable key of an item, at most 40 characters, the same for the same item always."""
    titles = [_significant(str(item.get(field) or "")) for field in ("title", "title-short", "container-title")]
    title = next((found for found in titles if found), [])
    host, segment = _address(item.get("URL"))
    name = _name(item)
    if name:
        parts = [name, title[0] if title else segment]
    elif title:
        parts = [title[0], title[1] if len(title) > 1 else ""]
    else:
        parts = [host, segment]
    first, last = (part[:_LONGEST_PART] for part in parts)
    return (first + year_of(item) + last)[:LONGEST] or "work"


def _significant(title: str) -> list[str]:
    """The first two telling words of a title, transliterated; all words where none is telling ("Of the")."""
    spoken = list(_words(title))
    telling = [word for word in spoken if word.casefold() not in words("stopwords", "title")]
    slugs = (ascii_slug(word) for word in telling or spoken)
    return [slug for slug in slugs if slug][:2]


def _words(text: str) -> Iterator[str]:
    """Words; a run of Chinese characters, which has no spaces, in pairs, the commonest length of its words."""
    for match in _WORD.finditer(text):
        run = match.group()
        if _HAN_RUN.match(run):
            yield from (run[start : start + 2] for start in range(0, len(run), 2))
        else:
            yield run


def _name(item: Item) -> str:
    for role in _ROLES:
        names = item.get(role)
        if isinstance(names, list) and names and isinstance(names[0], Mapping):
            spoken = _spoken(names[0])
            if spoken:
                return spoken
    return ""


def _spoken(name: Mapping[str, Any]) -> str:
    literal = str(name.get("literal") or "")
    if literal:
        telling = [word for word in _WORD.findall(literal) if word.casefold() not in words("stopwords", "title")]
        slugs = [slug for slug in map(ascii_slug, telling) if slug]
        return "".join(slug[0] for slug in slugs) if len(slugs) > 2 else "".join(slugs)
    family = str(name.get("family") or name.get("given") or "")
    return ascii_slug(str(name.get("non-dropping-particle") or "") + family)


def _address(url: Any) -> tuple[str, str]:
    """Of a URL the telling label of its host and the first telling word of its path."""
    if not isinstance(url, str) or not url.strip():
        return "", ""
    try:
        split = urlsplit(url.strip() if "://" in url else f"//{url.strip()}")
        host = split.hostname or ""
    except ValueError:
        return "", ""
    labels = host.split(".")
    owners = [label for label in labels[:-1] if label not in _EMPTY_LABELS] or labels[:1]
    telling = (
        slug
        for word in _words(unquote(split.path))
        if (slug := ascii_slug(word)) and len(slug) > 2 and not slug.isdigit()
        if slug not in _EMPTY_SEGMENTS and word.casefold() not in words("stopwords", "title")
    )
    return ascii_slug(owners[-1]), next(telling, "")


def unique_key(base: str, taken: Container[str]) -> str:
    """`base`, or the first of base + a, b … z, aa, ab … that is not taken."""
    return next(key for key in unique_keys(base) if key not in taken)


def unique_keys(base: str) -> Iterator[str]:
    """`base`, then base + a, b … z, aa, ab …, without end."""
    yield base
    yield from (base + _letters(number) for number in count(1))


def _letters(number: int) -> str:
    """1 is a, 26 z, 27 aa, as spreadsheets count columns."""
    letters = ""
    while number:
        number, place = divmod(number - 1, 26)
        letters = chr(ord("a") + place) + letters
    return letters
