"""What stands in the slots of the templates."""

from __future__ import annotations

import re
from collections.abc import Callable

from roman import toRoman

from citekit.training import bank
from citekit.training.grammar import numbers, people
from citekit.training.grammar.chance import Chance
from citekit.training.grammar.draft import Draft
from citekit.training.grammar.manner import Manner
from citekit.training.grammar.records import Person, Record
from citekit.training.grammar.template import Slots

__all__ = ["slots"]

_ARTICLES = ("The ", "A ", "An ", "Der ", "Die ", "Das ", "Le ", "La ", "Les ", "Il ", "Lo ", "I ", "El ", "O ", "De ")


def _full_title(record: Record, manner: Manner) -> str:
    if not record.subtitle:
        return record.title
    joint = " " if record.title.endswith(("?", "!")) and manner.sub != ": " else manner.sub
    return f"{record.title}{joint}{record.subtitle}"


def _short_title(chance: Chance, record: Record) -> str:
    words = record.title
    if chance.yes(0.5):
        for article in _ARTICLES:
            words = words.removeprefix(article)
    parts = words.split(" ")
    if len(parts) > 4 and chance.yes(0.6):
        kept = chance.number(2, 5)
        words = " ".join(parts[:kept]).rstrip(",:;.–-")
        while (
            words.rsplit(" ", 1)[-1].lower()
            in (
                "the",
                "of",
                "and",
                "der",
                "die",
                "das",
                "und",
                "in",
                "de",
                "la",
                "le",
                "et",
                "des",
                "e",
                "di",
                "il",
                "a",
                "to",
                "du",
                "zur",
                "y",
                "en",
                "im",
                "von",
                "el",
                "del",
                "del",
                "on",
            )
            and " " in words
        ):
            words = words.rsplit(" ", 1)[0]
        if any(
            words.count(opening) > words.count(closing) for opening, closing in ("“”", "‘’", "„“", "«»", "()", "[]")
        ):
            words = words.lstrip("“‘„«").lstrip()  # French sets a blank inside its quotation marks
    return words[:1].upper() + words[1:] + ("…" if chance.yes(0.03) else "")


def _places(draft: Draft, record: Record, chance: Chance) -> bool:
    for index, place in enumerate(record.places):
        if index:
            draft.add(chance.of((" and ", ", ", "/", " – ", "; ", "-")))
        draft.put("publisher-place", place)
    return bool(record.places)


def slots(record: Record, manner: Manner, chance: Chance) -> Slots:
    """The slots of a record as the writer fills them."""
    first_page = int(record.first) if record.first.isdigit() else 1
    last_page = int(record.last) if record.last.isdigit() else first_page + (0 if record.kind == "newspaper" else 400)

    def field(name: str, value: str) -> Callable[[Draft], bool]:
        return lambda draft: draft.put(name, value)

    def marked(name: str, value: str, marks: tuple[str, str]) -> Callable[[Draft], bool]:
        def write(draft: Draft) -> bool:
            if not value:
                return False
            draft.add(marks[0])
            draft.put(name, value)
            draft.add(marks[1])
            return True

        return write

    def said(role: str, *, inner: bool) -> Callable[[Draft], bool]:
        return lambda draft: people.write(draft, role, getattr(record, role), manner, inner=inner)

    def families(draft: Draft) -> bool:
        shown = record.author or record.editor
        for index, person in enumerate(shown[:3]):
            if index:
                draft.add(manner.last if index == min(len(shown), 3) - 1 else manner.between)
            draft.put("author", people.family_only(person, manner))
        if len(shown) > 3:
            draft.add(f" {manner.others}")
        return bool(shown)

    def labelled_pages(draft: Draft) -> bool:
        if not record.first:
            return False
        before, value, behind = numbers.pages(chance, record.first, record.last, manner)
        draft.add(before)
        draft.put("page", value)
        draft.add(behind)
        return True

    def at(draft: Draft) -> bool:
        before, value, behind, other = numbers.locator(chance, manner, first_page, max(last_page, first_page))
        draft.add(before)
        draft.put("locator", value)
        draft.add(behind)
        draft.put("locator", other)
        return True

    def bare_locator(draft: Draft) -> bool:
        _, value, _, _ = numbers.locator(chance, manner, first_page, max(last_page, first_page))
        return draft.put("locator", value)

    def here(draft: Draft) -> bool:
        draft.add(numbers.here(chance, manner.language))
        return draft.put("locator", str(chance.number(first_page, max(first_page, last_page))))

    def written_date(year: str) -> str:
        month, day = record.date
        return numbers.date(chance, day, month, year, manner) if year else ""

    def accessed(draft: Draft) -> bool:
        year = str(chance.number(max(1999, int(record.year) if record.year.isdigit() else 1999), 2025))
        return draft.put("accessed", numbers.date(chance, chance.number(1, 28), chance.number(1, 12), year, manner))

    def archived(draft: Draft) -> bool:
        return draft.put(
            "archive-date",
            numbers.date(chance, chance.number(1, 28), chance.number(1, 12), str(chance.number(2005, 2025)), manner),
        )

    def snapshot(draft: Draft) -> bool:
        if not record.url:
            return False
        day = f"{chance.number(2001, 2025)}{chance.number(1, 12):02d}{chance.number(1, 28):02d}"
        stamp = f"{day}{chance.number(100000, 235959)}"
        target = record.url if "://" in record.url else f"http://{record.url}"
        return draft.put("URL", f"https://web.archive.org/web/{stamp}/{target}")

    def same(draft: Draft) -> bool:
        words = {
            "en": ("Idem", "Id.", "———", "---", "Idem"),
            "de": ("Ders.", "Dies.", "Derselbe", "ders.", "Dies.", "Ders."),
            "fr": ("Id.", "Idem", "—", "Id."),
            "it": ("Id.", "Idem", "ID.", "Ead.", "Id."),
            "nl": ("Idem", "Idem"),
            "pl": ("Tenże", "Taż", "Idem", "Tegoż"),
            "cs": ("Týž", "Táž", "Týž"),
        }
        return draft.put("author", chance.of(words.get(manner.language, ("Idem", "Id."))))

    volume = record.volume
    if manner.roman and volume.isdigit() and int(volume) < 90:
        volume = toRoman(int(volume))
        if chance.yes(0.15):
            volume = volume.lower()
    journal = record.short if manner.abbreviate and record.short else record.container
    page = numbers.span(record.first, record.last, manner) if record.first else ""
    unit = chance.of(_PAGES.get(manner.language, ("p",)))
    extent = f"{chance.number(96, 720)} {unit}" if record.kind in ("book", "edited", "thesis") else ""
    person = record.author[0] if record.author else None
    recipient = record.editor[0] if record.editor else None
    title = _full_title(record, manner)
    italics = (manner.italics, manner.italics)
    nothing = field("title", "")
    return {
        "author": said("author", inner=False),
        "authors": said("author", inner=True),
        "editor": said("editor", inner=True),
        "editors": said("editor", inner=False),
        "translator": said("translator", inner=True),
        "family": families,
        "same": same,
        "title": field("title", title),
        "qtitle": marked("title", title, manner.quotes),
        "ititle": marked("title", title, italics),
        "short": field("title", _short_title(chance, record)),
        "qshort": marked("title", _short_title(chance, record), manner.quotes),
        "ishort": marked("title", _short_title(chance, record), italics),
        "original": marked("original-title", record.original, italics),
        "gloss": field("translated-title", record.gloss),
        "pmid": field("PMID", record.pmid),
        "oyear": field("original-date", record.oyear),
        "container": field("container-title", record.container),
        "icontainer": marked("container-title", record.container, italics),
        "qcontainer": marked("container-title", record.container, manner.quotes),
        "journal": field("container-title", journal),
        "ijournal": marked("container-title", journal, italics),
        "qjournal": marked("container-title", journal, manner.quotes),
        "series": field("collection-title", record.series),
        "qseries": marked("collection-title", record.series, manner.quotes),
        "snum": field("collection-number", record.snum),
        "place": lambda draft: _places(draft, record, chance),
        "publisher": field("publisher", record.publisher),
        "year": field("issued", record.year),
        "date": field("issued", written_date(record.year)),
        "yearletter": field("issued", record.year + chance.of(("a", "b", "", "", "", "")) if record.year else ""),
        "vol": field("volume", volume),
        "lvol": field("volume", toRoman(chance.small(1, 12)).lower()),
        "wvol": lambda draft: _counted(draft, chance, manner.language),
        "rloc": field("locator", toRoman(chance.small(1, 40))),
        "sloc": field("locator", str(chance.small(1, 60))),
        "genitive": field("author", chance.of(bank.lines("names", "genitive", "la"))),
        "iss": field("issue", record.issue),
        "page": field("page", page),
        "first": field("page", record.first),
        "pages": labelled_pages,
        "at": at,
        "loc": bare_locator,
        "here": here,
        "one": lambda _: len(record.editor) == 1,
        "many": lambda _: len(record.editor) > 1,
        "edition": field("edition", numbers.ordinal(chance, manner.language) if record.edition else ""),
        "ednum": field("edition", str(record.edition) if record.edition else ""),
        "volumes": lambda draft: _said(draft, str(record.volumes) if record.volumes else ""),
        "extent": field("page", extent),
        "number": lambda draft: _marked_fields(draft, record.number, chance),
        "genre": field("genre", record.genre),
        "event": field("event-title", record.event),
        "url": field("URL", record.url),
        "snapshot": snapshot,
        "accessed": accessed,
        "archived": archived,
        "doi": field("DOI", record.doi),
        "isbn": field("ISBN", record.isbn),
        "issn": field("ISSN", record.issn),
        "archive": field("archive", record.archive),
        "shelf": field("archive_location", record.shelfmark),
        "letter": field("title", f"{_plain(person)} {chance.of(_TO.get(manner.language, ('to',)))} {_plain(recipient)}")
        if person and recipient
        else nothing,
        "book": field("container-title", record.title),
    }


def _counted(draft: Draft, chance: Chance, language: str) -> bool:
    """A volume counted in words, or before its word: "tome premier", "IV. Bd."."""
    said = bank.words("volume_words", language)
    for index, words in enumerate(chance.of(said).split("|") if said else ()):
        if index % 2:
            draft.put("volume", words)
        else:
            draft.add(words)
    return bool(said)


_MARKED = re.compile(r"\{([a-z-]+):([^{}]*)\}")


def _marked_fields(draft: Draft, words: str, chance: Chance) -> bool:
    """A number, or words whose fields are marked ("{volume:12} {container-title:U.S.} {page:3}"), as printed."""
    if "{" not in words:
        return draft.put("number", words)
    place = 0
    bare = chance.yes(0.1)  # "US", "UNTS" for "U.S.", "U.N.T.S."
    for match in _MARKED.finditer(words):
        draft.add(words[place : match.start()])
        value = match[2]
        draft.put(match[1], value.replace(".", "") if bare and match[1] == "container-title" else value)
        place = match.end()
    draft.add(words[place:])
    return True


_PAGES = {"en": ("pp", "pp", "p"), "de": ("S",), "pl": ("s",), "cs": ("s",), "sv": ("s",), "da": ("s",)}
_TO = {
    "de": ("an",),
    "fr": ("à",),
    "it": ("a",),
    "es": ("a",),
    "pt": ("a",),
    "nl": ("aan",),
    "pl": ("do",),
    "sv": ("till",),
    "da": ("til",),
    "no": ("til",),
    "cs": ("–",),
}


def _plain(person: Person | None) -> str:
    return f"{person.given} {person.family}".strip() if person else ""


def _said(draft: Draft, words: str) -> bool:
    draft.add(words)
    return bool(words)
