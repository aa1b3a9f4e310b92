"""Citation keys: `gu1926gushi` – a name, the year, a word of the title; small ASCII letters and digits.

A key depends on its item alone. Every script is transliterated (anyascii; Chinese syllable by syllable). The parts:

1. the family name of the first author, else of the first editor, translator or other contributor, with a particle
   that belongs to it (`vonranke`, but `beethoven` where CSL calls "van" dropping); of an institution the initials
   of three words or more (`cia`), else its words;
2. the year of publication (never the day of access);
3. the first word of the title that is no article, preposition or conjunction in any language we know.

Without a name the title gives its first word for it and its second behind the year; without a title that of the
container, whose issues are told apart by the day (`times18480305`). What has neither, a file in an archive, has its
holder for the name, by the siglum in brackets behind it, and its shelfmark for the title: `tna1848ho45-1234`, with a
hyphen wherever two numbers would run into one. An authority and a number (`bgh1998vizr12-98`) do the same for courts
and offices. Then come host and first telling word of the path of the URL (`unescolist`), kind, number and publisher;
with nothing at all the key is `work`.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from itertools import count
from typing import Any
from urllib.parse import unquote, urlsplit

from anyascii import anyascii

from citekit.formats.dates import edtf, year_of
from citekit.lexicon import words
from citekit.model import Item

__all__ = ["ascii_slug", "citation_key", "is_writable", "unique_key", "unique_keys"]

LONGEST = 40  # still readable in \cite{…}; with "zz" behind it, also within BibTeX's 65 characters a line
_LONGEST_PART = 18  # two parts and a year fit in LONGEST
_ROLES = ("author", "editor", "translator", "contributor", "container-author", "collection-editor", "director")
_HOLDERS = ("archive", "authority")
_SHELFMARKS = ("archive_location", "call-number", "number")
_LAST_RESORTS = ("genre", "publisher", "event-title", "collection-title", "note")
_SIGLUM = re.compile(r"[(\[]([^\W\d_]{2,10})[)\]]")
_TO_LAST_DIGIT = re.compile(r".*\d[^\W_]*", re.DOTALL)
_WHOLE_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
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
    name, title, whole = _name(item), _title(item, "title", "title-short"), _title(item, "container-title")
    holder, shelfmark = _holder(item), _shelfmark(item)
    host, segment = _address(item.get("URL"))
    when = year_of(item)
    if name:
        first, last = name, next(iter(title or whole), "") or shelfmark or segment
    elif title:
        first, last = title[0], title[1] if len(title) > 1 else holder
    elif holder and shelfmark:
        first, last = holder, shelfmark
    elif whole:
        first, last = whole[0], whole[1] if len(whole) > 1 else ""
        when = _day(item) or when
    else:
        first, last = (host, segment) if host else (holder or _other_words(item), shelfmark)
    first, last = first[:_LONGEST_PART].rstrip("-"), last[:_LONGEST_PART].rstrip("-")
    key = _joined(first, when, last) if last and shelfmark.startswith(last) else first + when + last
    key = key[:LONGEST].rstrip("-")
    # Digits alone are a number to the programs that read keys, ours too.
    return f"work{key}"[:LONGEST] if not key or key.replace("-", "").isdigit() else key


def _title(item: Item, *fields: str) -> list[str]:
    """The first two telling words of the first of these fields that has any."""
    found = (_significant(str(item.get(field) or "")) for field in fields)
    return next((title for title in found if title), [])


def _holder(item: Item) -> str:
    """Who keeps or issued the document: the siglum that stands in brackets ("(TNA)"), else the name up to its town."""
    for field in _HOLDERS:
        stated = str(item.get(field) or "")
        bracketed = (match.group(1) for match in _SIGLUM.finditer(stated))
        # Two capitals tell the siglum "(StadtAF)" from a place, "(Rhône)".
        siglum = next((word for word in bracketed if sum(map(str.isupper, word)) > 1), None)
        holder = ascii_slug(siglum) if siglum else _of_institution(stated.partition(",")[0])
        if holder:
            return holder
    return ""


def _shelfmark(item: Item) -> str:
    """The first of the document's numbers up to its last digit, a hyphen between two runs of digits.

    HO 45/1234 is no HO 4/51234. Words are cut to three letters where there is no room ("min int gab b 12 fas 3").
    """
    for field in _SHELFMARKS:
        stated = str(item.get(field) or "")
        numbered = _TO_LAST_DIGIT.match(stated)  # what follows it says what the document is, not where it lies
        slugs = [slug for word in _WORD.findall(numbered.group() if numbered else stated) if (slug := ascii_slug(word))]
        joined = _joined(*slugs)
        if len(joined) > _LONGEST_PART:
            telling = [slug for slug in slugs if len(slug) < 3 or slug not in words("stopwords", "title")]
            joined = _joined(*(slug[:3] if slug.isalpha() else slug for slug in telling))
        if joined:
            return joined
    return ""


def _other_words(item: Item) -> str:
    return next((word for field in _LAST_RESORTS if (word := "".join(_title(item, field)))), "")


def _day(item: Item) -> str:
    """The day of issue in digits, `18480305`; empty where no day is stated."""
    stated, _ = edtf(item, "issued")
    match = _WHOLE_DAY.match(stated or "")
    return "".join(match.groups()) if match else ""


def _joined(*parts: str) -> str:
    """The parts in one, a hyphen between two digits that would read as one number."""
    joined = ""
    for part in parts:
        joined += f"-{part}" if part[:1].isdigit() and joined[-1:].isdigit() else part
    return joined


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
        return _of_institution(literal)
    family = str(name.get("family") or name.get("given") or "")
    return ascii_slug(str(name.get("non-dropping-particle") or "") + family)


def _of_institution(name: str) -> str:
    """The initials of a name of three telling words or more, else its words: `agi`, `britishlibrary`."""
    spoken = _WORD.findall(name)
    telling = [word for word in spoken if word.casefold() not in words("stopwords", "title")]
    slugs = [slug for slug in map(ascii_slug, telling or spoken) if slug]  # "AN": the Archives nationales
    return "".join(slug[0] for slug in slugs) if len(slugs) > 2 else "".join(slugs)


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
