"""Works that nobody wrote: records put together from the bank's lists."""

from __future__ import annotations

import re

from citekit.training import bank
from citekit.training.grammar import people, titles
from citekit.training.grammar.chance import Chance
from citekit.training.grammar.records import Person, Record

__all__ = ["LANGUAGES", "compose"]

LANGUAGES = (
    "en",
    "de",
    "fr",
    "it",
    "es",
    "pt",
    "nl",
    "la",
    "pl",
    "cs",
    "sv",
    "da",
    "no",
    "fi",
    "hu",
    "ro",
    "lv",
    "lt",
    "tr",
)
_NORDIC = ("sv", "da", "no", "fi")
_EAST = ("hu", "ro", "lv", "lt", "tr")
_SERIES_NUMBERED = 0.7


def _list_of(language: str) -> str:
    return "nordic" if language in _NORDIC else "east" if language in _EAST else language


def _names(language: str) -> str:
    return language if language in LANGUAGES else "en"


def _year(chance: Chance, least: int = 1860, most: int = 2024) -> str:
    return str(most - int(chance.number(0, most - least) * chance.number(35, 100) / 100))


def _imprint(chance: Chance, record: Record) -> None:
    if record.language == "la" or (int(record.year or "1900") < 1800):
        name, places = chance.of(bank.rows("imprints", "old"))[:2]
        record.publisher = name
        record.places = (chance.of(places.split(";")).strip(),)
        if chance.yes(0.3):
            record.publisher, record.places = "", (chance.of(bank.lines("imprints", "latin_place")),)
        return
    key = _list_of(record.language)
    if chance.yes(0.12):
        record.places = (chance.of(bank.lines("imprints", "alone")),)
        if chance.yes(0.4):
            family = people.compose(chance, record.language).family
            record.publisher = chance.of(
                (
                    family,
                    f"{family} & {people.compose(chance, record.language).family}",
                    f"{family} Verlag",
                    f"Éditions {family}",
                    f"{family} Press",
                    f"Editorial {family}",
                    f"Tip. {family}",
                )
            )
        return
    row = chance.of(bank.rows("imprints", key))
    others = [form.strip() for form in row[2].split(";") if form.strip()] if len(row) > 2 else []
    record.publisher = chance.of(others) if others and chance.yes(0.4) else row[0]
    record.places = (chance.of([place.strip() for place in row[1].split(";")]),)


def _pages(chance: Chance, record: Record) -> None:
    first = chance.small(1, 900)
    record.first = str(first)
    if chance.yes(0.94):
        record.last = str(first + chance.small(1, 60))


def _journal(chance: Chance, record: Record) -> None:
    key = "nature" if record.kind == "nature" else _list_of("en" if record.language == "la" else record.language)
    row = chance.of(bank.rows("journals", key))
    record.container = row[0]
    shorts = [form.strip() for form in row[1].split(";") if form.strip()] if len(row) > 1 else []
    record.short = chance.of(shorts) if shorts else ""
    record.volume = str(chance.small(1, 140) if chance.yes(0.5) else chance.number(2, 60))
    roll = chance.number(1, 10)
    if roll <= 6:
        record.issue = str(chance.small(1, 12))
    elif roll == 7:
        record.issue = chance.of(("1-2", "3/4", "1–2", "3-4", "2/3", "Suppl. 1", "119", "212", "53"))
    elif roll == 8 and chance.yes(0.3):
        record.volume = ""
        record.issue = str(chance.number(1, 300))


def _series(chance: Chance, record: Record, share: float) -> None:
    if not chance.yes(share):
        return
    rows = bank.lines("series", _list_of(record.language)) or bank.lines("series", "en")
    record.series = chance.of(rows)
    if chance.yes(_SERIES_NUMBERED):
        record.snum = (
            str(chance.small(1, 400)) if chance.yes(0.92) else chance.of(("XII", "IV", "n.s. 3", "5/2", "XXI", "B 12"))
        )


def compose(chance: Chance, kind: str, language: str) -> Record:
    """A record of a kind in a language."""
    record = Record(kind, language)
    if kind in _SPECIAL:
        _SPECIAL[kind](chance, record)
        return record
    source = "nature" if kind == "nature" else language
    record.author = people.several(chance, _names(language), most=8 if kind == "nature" else 4)
    record.title, record.subtitle = titles.compose(chance, source)
    if language not in ("en", "la") and chance.yes(0.3):
        record.gloss = titles.plain(chance, "en", sentence=chance.yes(0.6))
    record.year = _year(chance, 1840 if kind == "nature" else 1870)
    _FINISH[kind](chance, record)
    return record


def _book(chance: Chance, record: Record) -> None:
    if record.language == "la" or chance.yes(0.02):
        record.year = str(chance.number(1495, 1799))
    _imprint(chance, record)
    _series(chance, record, 0.45)
    if chance.yes(0.28):
        record.edition = chance.small(2, 8)
    if chance.yes(0.2):
        record.volume = str(chance.small(1, 6))
    elif chance.yes(0.14):
        record.volumes = chance.small(2, 8)
    if chance.yes(0.2):
        record.oyear = str(max(1500, int(record.year) - chance.number(5, 90)))
    if chance.yes(0.22):
        record.translator = people.several(chance, record.language, most=2)
        if any(person.body for person in record.translator):
            record.translator = (people.compose(chance, record.language),)
        origin = chance.of(("de", "fr", "en", "it", "es", "la"))
        if origin != record.language and chance.yes(0.7):
            record.original = titles.plain(chance, origin)
    elif chance.yes(0.1):
        record.editor = (people.compose(chance, record.language),)
    if chance.yes(0.25):
        record.isbn = (
            f"978-{chance.number(0, 3)}-{chance.number(100, 999)}-{chance.number(10000, 99999)}-{chance.number(0, 9)}"
        )
    if chance.yes(0.03):
        record.places = (*record.places, chance.of(bank.lines("imprints", "alone")[:60]))


def _edited(chance: Chance, record: Record) -> None:
    _book(chance, record)
    record.translator = ()
    record.editor = tuple(
        people.compose(chance, record.language) for _ in range(chance.weighted((1, 2, 3, 4), (4, 5, 3, 1)))
    )
    record.author = ()


def _chapter(chance: Chance, record: Record) -> None:
    container, sub = titles.compose(chance, record.language)
    record.container = f"{container}{chance.of((': ', '. '))}{sub}" if sub else container
    record.editor = tuple(
        people.compose(chance, record.language) for _ in range(chance.weighted((0, 1, 2, 3, 4), (1, 5, 5, 2, 1)))
    )
    if chance.yes(0.06):
        record.editor = record.author if not record.author[0].body else record.editor
    _imprint(chance, record)
    _series(chance, record, 0.35)
    if chance.yes(0.12):
        record.volume = str(chance.small(1, 9))
    if chance.yes(0.12):
        record.translator = (people.compose(chance, record.language),)
    _pages(chance, record)


def _article(chance: Chance, record: Record) -> None:
    _journal(chance, record)
    _pages(chance, record)
    if int(record.year) > 1990 and chance.yes(0.5):
        code = chance.of(("jhi", "S", "rhmc", "ehr/", "hz-", "past/", "j.", "abs.", ""))
        record.doi = f"10.{chance.number(1000, 9999)}/{code}{chance.number(1000, 99999)}.{chance.number(1, 999)}"
    if chance.yes(0.15):
        record.issn = f"{chance.number(1000, 9999)}-{chance.number(100, 999)}{chance.of('0123456789X')}"
    if chance.yes(0.1):
        record.date = (chance.number(1, 12), 0)
    if record.kind == "nature" and int(record.year) > 1960 and chance.yes(0.3):
        record.pmid = str(chance.number(1000000, 35000000))


def _review(chance: Chance, record: Record) -> None:
    _article(chance, record)
    record.subtitle = ""


def _entry(chance: Chance, record: Record) -> None:
    record.container = chance.of(
        bank.lines("series", f"encyclopedias_{_list_of(record.language)}") or bank.lines("series", "encyclopedias_en")
    )
    person = people.compose(chance, record.language)
    things = bank.lines("titles", record.language, "thing") or (person.family,)
    thing = re.sub(r"^(?:[Ll]es? |[Ll]a |[Ll]’|[Ii]l |[Ll]o |[Gg]li |i |[Ee]l |os? |as? )", "", chance.of(things))
    record.title = chance.of((f"{person.family}, {person.given}", thing[:1].upper() + thing[1:], person.family))
    record.subtitle = ""
    record.volume = str(chance.small(1, 60)) if chance.yes(0.8) else ""
    _imprint(chance, record)
    _pages(chance, record)
    if chance.yes(0.3):
        record.author = ()
    if chance.yes(0.35):
        record.edition = chance.number(2, 11)
    record.doi = ""


def _thesis(chance: Chance, record: Record) -> None:
    rows = bank.rows("series", f"theses_{record.language}") or bank.rows("series", "theses_en")
    record.genre, record.publisher = (
        chance.of(rows)[0],
        chance.of(bank.lines("series", f"universities_{record.language}") or bank.lines("series", "universities_en")),
    )
    record.year = _year(chance, 1890)
    record.author = (people.compose(chance, record.language),)


def _report(chance: Chance, record: Record) -> None:
    record.author = (
        Person(
            chance.of(bank.lines("names", "bodies", record.language) or bank.lines("names", "bodies", "en")), body=True
        ),
    )
    record.genre, _, record.number = chance.of(
        bank.lines("series", f"reports_{record.language}") or bank.lines("series", "reports_en")
    ).partition(" # ")
    record.number = "".join(str(chance.number(1, 9)) if mark == "9" else mark for mark in record.number)
    _imprint(chance, record)
    if chance.yes(0.4):
        record.publisher = record.author[0].family
    if chance.yes(0.3):
        record.author = people.several(chance, record.language)
    record.year = _year(chance, 1920)


def _paper(chance: Chance, record: Record) -> None:
    record.event = chance.of(bank.lines("series", "events")).replace("#", str(chance.number(2, 40)))
    record.places = (chance.of(bank.lines("imprints", "alone")[:100]),)
    record.date = (chance.number(1, 12), chance.number(1, 28))
    record.year = _year(chance, 1950)


def _nature(chance: Chance, record: Record) -> None:
    record.subtitle = ""
    _article(chance, record)
    if chance.yes(0.25):
        record.issue = ""


def _web(chance: Chance, record: Record) -> None:
    row = chance.of(bank.rows("sources", "sites"))
    record.container, address = row[0], row[1]
    slug = "-".join(word.lower() for word in record.title.split()[:5] if word.isascii() and word.isalpha())
    record.url = (
        chance.of(("https://", "http://", "https://www.", "http://www.", "www."))
        + address
        + chance.of(("/", "/blog/", "/article/", "/2014/05/", "/index.php?id=", "/~hist/", "/de/"))
        + chance.of(
            (
                slug or "index.html",
                str(chance.number(10, 99999)),
                f"{slug}.html",
                f"{slug[:20]}_{chance.number(1, 99)}.pdf",
            )
        )
    )
    record.year = _year(chance, 1997)
    record.date = (chance.number(1, 12), chance.number(1, 28)) if chance.yes(0.5) else (0, 0)
    record.subtitle = ""
    if chance.yes(0.35):
        record.author = ()


def _newspaper(chance: Chance, record: Record) -> None:
    name, place = (
        *chance.of(bank.rows("sources", f"newspapers_{record.language}") or bank.rows("sources", "newspapers_en")),
        "",
    )[:2]
    record.container = name
    record.places = (place,) if place and chance.yes(0.2) else ()
    record.date = (chance.number(1, 12), chance.number(1, 28))
    record.year = _year(chance, 1780)
    record.first = str(chance.small(1, 40))
    record.subtitle = ""
    if chance.yes(0.4):
        record.author = ()
    if chance.yes(0.2):
        record.issue = str(chance.number(1, 365))


def _marked(chance: Chance, pattern: str) -> str:
    """A shelfmark: "9" stands for a digit, "#" for a number, "@" for a capital."""
    written = []
    for mark in pattern:
        if mark == "9":
            written.append(str(chance.number(1, 9)))
        elif mark == "#":
            written.append(str(chance.small(1, 1500)))
        elif mark == "@":
            written.append(chance.of("ABCDEFGHKLMNPRST"))
        else:
            written.append(mark)
    return "".join(written)


def _archive(chance: Chance, record: Record) -> None:
    row = chance.of(bank.rows("sources", "archives"))
    names = [name.strip() for name in row[0].split(";")]
    record.archive = chance.of(names)
    record.shelfmark = _marked(chance, chance.of(row[1:]))
    record.year = str(chance.number(1380, 1970))
    record.date = (chance.number(1, 12), chance.number(1, 28))
    record.author = (people.compose(chance, record.language),)
    record.editor = (people.compose(chance, record.language),)  # who a letter is written to
    record.title = _document(chance, record.language)


def _document(chance: Chance, language: str) -> str:
    words = bank.lines("sources", f"documents_{language}") or bank.lines("sources", "documents_en")
    pattern = chance.of(words)
    return pattern.replace("{name}", people.named(chance, language)).replace("{year}", str(chance.number(1500, 1970)))


def _official(chance: Chance, record: Record) -> None:
    rows = bank.rows("official", f"{record.kind}_{record.language}") or bank.rows("official", f"{record.kind}_en")
    row = chance.of(rows)
    record.year = _year(chance, 1880 if record.kind != "reports" else 1780)

    def drawn(words: str) -> str:
        written = "".join(str(chance.number(1, 9)) if mark == "9" else mark for mark in words)
        while "{place}" in written:
            written = written.replace("{place}", chance.of(bank.lines("titles", "en", "place")), 1)
        return written.replace("{year}", record.year)

    record.date = (chance.number(1, 12), chance.number(1, 28))
    record.title = drawn(row[0]) if len(row) > 1 else ""
    record.number = drawn(row[-1])
    record.author = (Person(chance.of(bank.lines("official", "body_un")), body=True),)
    if "{issued:" in record.number:
        record.year = ""
    record.first = str(chance.number(1, 900))


_SPECIAL = {
    "archive": _archive,
    "letter": _archive,
    "treaty": _official,
    "un": _official,
    "law": _official,
    "debates": _official,
    "papers": _official,
    "case": _official,
    "reports": _official,
}
_FINISH = {
    "book": _book,
    "edited": _edited,
    "chapter": _chapter,
    "article": _article,
    "review": _review,
    "entry": _entry,
    "thesis": _thesis,
    "report": _report,
    "paper": _paper,
    "nature": _nature,
    "web": _web,
    "newspaper": _newspaper,
}
