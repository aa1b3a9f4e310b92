"""Works that nobody wrote, as CSL-JSON, and the works beside them that differ in one respect alone."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from citekit.training.grammar import chinese_records, compose, russian
from citekit.training.grammar.chance import Chance
from citekit.training.grammar.records import Person, Record

__all__ = ["beside", "work"]

_TYPES = {
    "article": "article-journal",
    "book": "book",
    "chapter": "chapter",
    "edited": "book",
    "newspaper": "article-newspaper",
    "report": "report",
    "thesis": "thesis",
}
_LANGUAGES = {"en": 34, "de": 14, "fr": 11, "it": 8, "es": 5, "nl": 2, "pl": 3, "cs": 2, "pt": 2, "sv": 2, "hu": 1}
_KINDS = {"book": 46, "article": 30, "chapter": 12, "edited": 4, "thesis": 3, "report": 2, "newspaper": 3}
_HAN, _CYRILLIC = 0.09, 0.07  # shares of works in Chinese and Russian
_ONSETS = (
    "b",
    "br",
    "c",
    "d",
    "dr",
    "f",
    "fr",
    "g",
    "gr",
    "h",
    "k",
    "kl",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "st",
    "t",
    "v",
)
_VOWELS = ("a", "e", "i", "o", "u", "au", "ei", "ie", "ö", "é")
_CODAS = ("", "", "l", "n", "r", "s", "t", "nd", "ck", "rg")
_SUBJECTS = {
    "en": "The Case of {}",
    "de": "Das Beispiel {}",
    "fr": "Le cas de {}",
    "it": "Il caso di {}",
    "es": "El caso de {}",
    "nl": "Het geval {}",
    "pt": "O caso de {}",
}


@cache
def _invented() -> tuple[str, ...]:
    """Names of places and people that are nobody's, so that a big library need not repeat those of the bank."""
    chance = random.Random(1648)  # noqa: S311 - varied names, no secrets
    found: set[str] = set()
    while len(found) < 30_000:
        parts = range(chance.choice((2, 2, 3)))
        found.add("".join(chance.choice(_ONSETS) + chance.choice(_VOWELS) + chance.choice(_CODAS) for _ in parts))
    return tuple(sorted(word.capitalize() for word in found))


def work(chance: Chance) -> dict[str, Any]:
    """A work that nobody wrote."""
    roll = chance.number(1, 1000) / 1000
    if roll <= _HAN:
        return _chinese(chance)
    if roll <= _HAN + _CYRILLIC:
        return _russian(chance)
    language = chance.weighted(tuple(_LANGUAGES), tuple(_LANGUAGES.values()))
    kind = chance.weighted(tuple(_KINDS), tuple(_KINDS.values()))
    return _western(compose.compose(chance, kind, language), chance)


def _western(record: Record, chance: Chance) -> dict[str, Any]:
    title = f"{record.title}: {record.subtitle}" if record.subtitle else record.title
    if record.kind not in {"newspaper", "report"} and chance.yes(0.75):
        place = chance.of(_invented())
        pattern = _SUBJECTS.get(record.language, "{}")
        title += f"{', ' if ':' in title else ': '}{pattern.format(place)}"
    item: dict[str, Any] = {"type": _TYPES[record.kind], "title": title}
    for role in ("author", "editor", "translator"):
        people = getattr(record, role)
        if people:
            item[role] = [_name(person, chance) for person in people]
    if record.kind == "edited":
        item.pop("author", None)
    item |= {
        name: value
        for name, value in {
            "container-title": record.container,
            "publisher": record.publisher,
            "publisher-place": "; ".join(record.places),
            "volume": record.volume,
            "issue": record.issue,
            "genre": record.genre,
            "number": record.number,
            "page": f"{record.first}-{record.last}" if record.last else record.first,
            "DOI": record.doi,
            "ISBN": _isbn(record.isbn) if record.isbn else "",
            "edition": str(record.edition) if record.edition > 1 else "",
            "collection-title": record.series,
        }.items()
        if value
    }
    if record.year:
        day = [part for part in record.date if part] if record.kind == "newspaper" else []
        item["issued"] = {"date-parts": [[int(record.year), *day]]}
    if record.short:
        item["container-title-short"] = record.short
    return item


def _name(person: Person, chance: Chance) -> dict[str, str]:
    if person.body or not person.given:
        return {"literal": person.family}
    family = person.family if chance.yes(0.4) else chance.of(_invented())
    return {"family": family, "given": person.given}


def _chinese(chance: Chance) -> dict[str, Any]:
    rng = _random(chance)
    if chance.yes(0.6):
        book = chinese_records.book(rng)
        item: dict[str, Any] = {
            "type": "book",
            "title": book.title,
            "publisher": book.publisher,
            "publisher-place": book.place,
        }
        people, role, year = book.authors, "editor" if book.role else "author", book.year
    else:
        article = chinese_records.article(rng)
        item = {"type": "article-journal", "title": article.title, "container-title": article.journal}
        item |= {"issue": str(article.issue), "page": article.pages}
        if article.volume:
            item["volume"] = str(article.volume)
        people, role, year = article.authors, "author", article.year
    item[role] = [_chinese_name(name) for name in people]
    item["issued"] = {"date-parts": [[year]]}
    return item


def _chinese_name(printed: str) -> dict[str, str]:
    """A Chinese name is divided; a foreigner's, with the country in brackets before it, stays whole."""
    name = re.sub(r"^[\[〔（(].{1,5}[\]〕）)]", "", printed)
    return {"family": name[:1], "given": name[1:]} if name == printed and 1 < len(name) < 4 else {"literal": name}


def _isbn(printed: str) -> str:
    """The number with its right check digit (ISO 2108)."""
    twelve = [int(digit) for digit in printed if digit.isdigit()][:12]
    check = -sum(digit * (3 if place % 2 else 1) for place, digit in enumerate(twelve)) % 10
    return "".join(map(str, twelve)) + str(check)


def _russian(chance: Chance) -> dict[str, Any]:
    rng = _random(chance)
    item: dict[str, Any] = {"type": "book", "title": russian.composed_title(rng)}
    item["author"] = [
        {"family": family, "given": given}
        for family, _, given in (name.partition(" ") for name in russian.names(rng, 2))
    ]
    item |= {
        "publisher-place": chance.of(("М.", "СПб.", "Москва", "Л.")),
        "publisher": chance.of(("Наука", "Мысль", "Изд-во МГУ")),
    }
    item["issued"] = {"date-parts": [[chance.number(1895, 2020)]]}
    return item


def _random(chance: Chance) -> random.Random:
    return random.Random(chance.number(0, 2**48))  # noqa: S311 - as above


def beside(item: dict[str, Any], chance: Chance) -> Iterator[dict[str, Any]]:
    """Other works that a careless eye takes for this one: another edition, volume, part, year, review, chapter."""
    makers: Sequence[Any] = {
        "book": (_edition, _volume, _translation, _review, _same_author),
        "chapter": (_chapter, _same_author),
        "article-journal": (_part, _corrigendum, _same_author, _issue_mate),
        "report": (_yearly,),
        "article-newspaper": (_next_day,),
    }.get(str(item["type"]), ())
    if makers:
        yield from chance.of(makers)(
            {name: value for name, value in item.items() if name not in {"DOI", "ISBN"}}, chance
        )


def _year(item: dict[str, Any]) -> int:
    return int(item["issued"]["date-parts"][0][0])


def _edition(item: dict[str, Any], chance: Chance) -> Iterator[dict[str, Any]]:
    number = int(str(item.get("edition", "1"))) + 1
    yield item | {"edition": str(number), "issued": {"date-parts": [[_year(item) + chance.number(2, 20)]]}}


def _volume(item: dict[str, Any], chance: Chance) -> Iterator[dict[str, Any]]:
    if "volume" in item:
        yield item | {
            "volume": str(int(item["volume"]) + 1),
            "issued": {"date-parts": [[_year(item) + chance.number(0, 3)]]},
        }


def _translation(item: dict[str, Any], chance: Chance) -> Iterator[dict[str, Any]]:
    title = str(compose.compose(chance, "book", chance.of(("en", "de", "fr", "it"))).title)
    yield item | {
        "title": title,
        "original-title": item["title"],
        "translator": [{"family": chance.of(_invented()), "given": "A."}],
        "issued": {"date-parts": [[_year(item) + chance.number(1, 30)]]},
    }


def _review(item: dict[str, Any], chance: Chance) -> Iterator[dict[str, Any]]:
    yield {
        "type": "review-book",
        "title": f"Review of {item['title']}",
        "author": [{"family": chance.of(_invented()), "given": "J."}],
        "container-title": "The Historical Review",
        "volume": str(chance.number(10, 90)),
        "page": str(chance.number(100, 900)),
        "issued": {"date-parts": [[_year(item) + 1]]},
    }


def _same_author(item: dict[str, Any], chance: Chance) -> Iterator[dict[str, Any]]:
    other = work(chance)
    if "author" in item:
        yield other | {"author": item["author"]}


def _chapter(item: dict[str, Any], chance: Chance) -> Iterator[dict[str, Any]]:
    other = work(chance)
    first = chance.number(1, 400)
    yield item | {"title": other["title"], "author": other.get("author", []), "page": f"{first}-{first + 20}"}


def _part(item: dict[str, Any], chance: Chance) -> Iterator[dict[str, Any]]:
    yield item | {"title": f"{item['title']}, Part II", "page": str(chance.number(901, 990))}


def _corrigendum(item: dict[str, Any], chance: Chance) -> Iterator[dict[str, Any]]:
    yield item | {"title": f"Corrigendum: {item['title']}", "page": str(chance.number(901, 990))}


def _issue_mate(item: dict[str, Any], chance: Chance) -> Iterator[dict[str, Any]]:
    other = work(chance)
    yield item | {"title": other["title"], "author": other.get("author", []), "page": str(chance.number(901, 990))}


def _yearly(item: dict[str, Any], chance: Chance) -> Iterator[dict[str, Any]]:
    start = chance.number(1950, 1990)
    for year in (start, start + 1):
        yield item | {"title": f"{item['title']} {year}", "number": "", "issued": {"date-parts": [[year]]}}


def _next_day(item: dict[str, Any], _: Chance) -> Iterator[dict[str, Any]]:
    year, month, day = (*item["issued"]["date-parts"][0], 1, 1)[:3]
    yield item | {"issued": {"date-parts": [[year, month, day % 28 + 1]]}}
