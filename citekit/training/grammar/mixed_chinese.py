"""Notes on Chinese works in English, Italian, German and French."""

from __future__ import annotations

import random
from collections.abc import Callable

from citekit.training.example import Builder
from citekit.training.grammar import chinese_records as zh
from citekit.training.grammar.eastern_bank import chance, words
from citekit.training.grammar.mixed_records import Manner, Title, title
from citekit.training.grammar.mixed_records import book as book_of
from citekit.training.grammar.romanise import pinyin

__all__ = [
    "EDITED",
    "MONTHS",
    "NOTES",
    "QUOTES",
    "date",
    "imprint",
    "locator",
    "put_persons",
    "put_title",
    "volume_mark",
]

Made = tuple[Builder, str]

QUOTES = {
    "en": (("“", "”"), ("“", "”"), ('"', '"'), ("‘", "’")),
    "it": (("“", "”"), ("«", "»"), ('"', '"')),
    "de": (("„", "“"), ("»", "«"), ('"', '"')),
    "fr": (("« ", " »"), ("“", "”"), ("«", "»")),
}
AND = {"en": " and ", "it": " e ", "de": " und ", "fr": " et "}
EDITED = {
    "en": (", ed.", " (ed.)", ", eds."),
    "it": (" (a cura di)", " (ed.)"),
    "de": (" (Hg.)", " (Hrsg.)"),
    "fr": (" (éd.)", " (dir.)"),
}
PAGE = {"en": ("p. ", "", "", "pp. "), "it": ("p. ", "pp. ", "pag. "), "de": ("S. ", "S. "), "fr": ("p. ", "p. ")}
VOLUME = {
    "en": ("vol. ", "vol. ", "Vol. ", "ce "),
    "it": ("vol. ", "v. "),
    "de": ("Bd. ", "Band "),
    "fr": ("vol. ", "t. ", "tome "),
}
IN = {"en": "in ", "it": "in ", "de": "in: ", "fr": "in "}
MONTHS = {
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    "it": (
        "gennaio",
        "febbraio",
        "marzo",
        "aprile",
        "maggio",
        "giugno",
        "luglio",
        "agosto",
        "settembre",
        "ottobre",
        "novembre",
        "dicembre",
    ),
    "de": (
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ),
    "fr": (
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ),
}
PLACES = {
    "it": {"Beijing": "Pechino", "Shanghai": "Shanghai"},
    "de": {"Beijing": "Peking"},
    "fr": {"Beijing": "Pékin", "Guangzhou": "Canton", "Taibei": "Taipei"},
    "en": {},
}


def date(rng: random.Random, language: str, first: int = 1912, last: int = 1990) -> str:
    """A day as the language writes it."""
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(first, last)
    name = MONTHS[language][month - 1]
    if language == "de":
        return rng.choice((f"{day}. {name} {year}", f"{day}.{month}.{year}"))
    if language == "en":
        return rng.choice(
            (
                f"{day} {name} {year}",
                f"{name} {day}, {year}",
                f"{day} {name[:3]} {year}",
                f"{year}-{month:02}-{day:02}",
                f"{year}.{month}.{day}",
            )
        )
    return rng.choice((f"{day} {name} {year}", f"{day:02}/{month:02}/{year}"))


def put_persons(builder: Builder, role: str, names: tuple[str, ...], manner: Manner) -> None:
    """Persons of one role, each a field."""
    for place, name in enumerate(names):
        if place:
            builder.add(AND[manner.language] if place + 1 == len(names) else ", ")
        builder.put(role, manner.name(name))


def put_title(rng: random.Random, builder: Builder, shown: Title, quotes: tuple[str, str] = ("", "")) -> None:
    """The romanised title, the characters, the gloss."""
    inside = bool(quotes[0]) and chance(rng, 0.35)
    builder.add(quotes[0])
    if shown.roman:
        builder.put("title", shown.roman)
        if not inside:
            builder.add(quotes[1])
        if shown.characters:
            mark = rng.choice((" ", " ", " ", " (", " 《", ", "))
            builder.add(mark).put("original-title", shown.characters).add({" (": ")", " 《": "》"}.get(mark, ""))
    else:
        builder.put("title", shown.characters)
        if not inside:
            builder.add(quotes[1])
    if shown.gloss:
        open_mark, close_mark = rng.choice(
            ((" [", "]"), (" [", "]"), (" (", ")"), (" (“", "”)"), (", ", ""), (" (trans. ", ")"))
        )[:2]
        builder.add(open_mark).put("translated-title", shown.gloss).add(close_mark)
    if inside:
        builder.add(quotes[1])


def locator(rng: random.Random, builder: Builder, language: str, *, part: bool = False) -> None:
    """The page cited; a lone range in an article or chapter (`part`) is its extent."""
    first = rng.randint(2, 640)
    name, value = "locator", str(first)
    label = rng.choice(PAGE[language])
    if chance(rng, 0.35) or label == "pp. ":
        name = "page" if part else name
        value = f"{first}{rng.choice('–-')}{first + rng.randint(1, 14)}"
        plural = rng.choice(("pp. ", "pp. ", "p. ")) if language in {"en", "it"} else "p. "
        label = {"p. ": plural}.get(label, label)
    builder.add(", " + label).put(name, value)


def volume_mark(rng: random.Random, builder: Builder, language: str) -> None:
    """ ", vol. 2"."""
    value = str(rng.randint(1, 12)) if chance(rng, 0.8) else rng.choice(("I", "II", "III", "shang", "xia", "IV"))
    label = "" if value in {"shang", "xia"} else rng.choice(VOLUME[language])
    builder.add(", " + label).put("volume", value)


def _place(manner: Manner, place: str) -> str:
    roman = "Taibei" if place == "臺北" else manner.romanised(place) if place != "香港" else "Hong Kong"
    return PLACES[manner.language].get(roman, roman)


def imprint(rng: random.Random, builder: Builder, manner: Manner, book: zh.Book) -> None:
    """Place, publisher and year as the language has them."""
    place, publisher, year = _place(manner, book.place), manner.romanised(book.publisher), str(book.year)
    if chance(rng, 0.15):
        publisher = " ".join(w.capitalize() for w in publisher.split())
    characters = f" {manner.script(book.publisher)}" if chance(rng, 0.08) else ""
    form = rng.choices(
        ["brackets", "open", "behind", "year"],
        {"en": [8, 2, 1, 1], "it": [3, 2, 5, 1], "de": [2, 4, 1, 3], "fr": [1, 6, 1, 1]}[manner.language],
    )[0]
    if form == "brackets":
        builder.add(" (").put("publisher-place", place).add(": ").put("publisher", publisher).add(
            characters + ", "
        ).put("issued", year).add(")")
    elif form == "open":
        builder.add(", " if chance(rng, 0.7) else ". ").put("publisher-place", place)
        builder.add(": " if manner.language != "fr" else rng.choice((", ", " : "))).put("publisher", publisher).add(
            characters + ", "
        ).put("issued", year)
    elif form == "behind":
        builder.add(", ").put("publisher", publisher).add(characters + ", ").put("publisher-place", place).add(
            rng.choice((" ", ", "))
        ).put("issued", year)
    else:
        builder.add(", ").put("publisher-place", place).add(" ").put("issued", year)


def book_note(rng: random.Random) -> Made:
    """A Chinese book."""
    builder, manner, book = Builder(), Manner.of(rng), book_of(rng)
    real = book.title if chance(rng, 0.45) else ""
    put_persons(builder, "editor" if book.role else "author", book.authors[:3], manner)
    if book.role:
        builder.add(rng.choice(EDITED[manner.language]))
    builder.add(", " if chance(rng, 0.85) else ": ")
    put_title(rng, builder, title(rng, manner, real))
    early = chance(rng, 0.12)
    if early:
        volume_mark(rng, builder, manner.language)
    elif chance(rng, 0.06):
        builder.add(rng.choice((", 2 vols", ", 3 vols.", " (2 vols)")) if manner.language == "en" else ", 2 vol.")
    imprint(rng, builder, manner, book)
    if not early and chance(rng, 0.12):
        volume_mark(rng, builder, manner.language)
    if chance(rng, 0.8):
        locator(rng, builder, manner.language)
    return builder, manner.language


def _journal(rng: random.Random, builder: Builder, manner: Manner, journal: str) -> None:
    if manner.characters == "only":
        builder.put("container-title", manner.script(journal))
        return
    builder.put("container-title", manner.romanised(journal))
    if manner.characters == "both" and chance(rng, 0.8):
        mark = rng.choice((" ", " ", " ("))
        builder.add(mark + manner.script(journal) + (")" if "(" in mark else ""))


def article_note(rng: random.Random) -> Made:
    """An article of a Chinese journal."""
    builder, manner, article = Builder(), Manner.of(rng), zh.article(rng)
    put_persons(builder, "author", article.authors, manner)
    builder.add(", ")
    put_title(
        rng, builder, title(rng, manner, article.title if chance(rng, 0.4) else ""), rng.choice(QUOTES[manner.language])
    )
    builder.add(rng.choice((", ", ", ", " ")) if manner.language != "de" else rng.choice((", in: ", ", ")))
    _journal(rng, builder, manner, article.journal)
    year, volume, issue = str(article.year), str(article.volume), str(article.issue)
    form = rng.randrange(6)
    pages = article.pages.replace("—", rng.choice("–-"))
    if form == 0:
        builder.add(", no. ").put("issue", issue).add(" (").put("issued", year).add(")")
    elif form == 1:
        builder.add(" ").put("volume", volume).add(rng.choice((", no. ", ".", ":"))).put("issue", issue).add(" (").put(
            "issued", year
        ).add(")")
    elif form == 2:
        builder.add(" ").put("issued", year).add(rng.choice((".", "/", ", no. ", ", n. "))).put("issue", issue)
    elif form == 3:
        builder.add(" ").put("issue", issue).add(" (").put("issued", year).add(")")
    elif form == 4:
        builder.add(", ").put("volume", volume).add(", ").put("issue", issue).add(", ").put("issued", year)
    else:
        month = rng.choice(MONTHS[manner.language])
        builder.add(" ").put("issue", issue).add(" (").put("issued", f"{month} {year}").add(")")
    if chance(rng, 0.75):
        mark = rng.choice((": ", ", ", ", pp. ", ", p. ")) if manner.language != "de" else ", S. "
        builder.add(mark).put("page", pages)
        if chance(rng, 0.15):
            builder.add(
                rng.choice((", at ", ", here ", ": ", " ("))
                if manner.language == "en"
                else {"it": ", qui ", "de": ", hier S. ", "fr": ", ici p. "}[manner.language]
            )
            builder.put("locator", pages.split("–")[0].split("-")[0]).add(")" if builder.pieces[-2] == " (" else "")
    return builder, manner.language


def chapter_note(rng: random.Random) -> Made:
    """A chapter or a speech in a Chinese book."""
    builder, manner, book = Builder(), Manner.of(rng), book_of(rng)
    put_persons(builder, "author", zh.persons(rng, 2), manner)
    builder.add(", ")
    put_title(rng, builder, title(rng, manner), rng.choice(QUOTES[manner.language]))
    builder.add(rng.choice((", ", " ")) + IN[manner.language])
    person = rng.choice(words(zh.BANK, "moderns"))
    container = rng.choice((book.title, person + "文集", person + "全集"))
    before = chance(rng, 0.4)
    if before:
        put_persons(builder, "editor", zh.persons(rng, 2), manner)
        builder.add(rng.choice(EDITED[manner.language]) + ", ")
    shown = manner.script(container) if manner.characters == "only" else manner.romanised(container)
    builder.put("container-title", shown)
    if manner.characters == "both":
        builder.add(" " + manner.script(container))
    if not before and chance(rng, 0.4):
        builder.add({"en": ", ed. ", "it": ", a cura di ", "de": ", hg. von ", "fr": ", éd. par "}[manner.language])
        put_persons(builder, "editor", zh.persons(rng, 2), manner)
    if chance(rng, 0.15):
        volume_mark(rng, builder, manner.language)
    imprint(rng, builder, manner, book)
    if chance(rng, 0.15) and manner.language == "en":
        builder.add(", ").put("volume", str(rng.randint(1, 12))).add(":").put("locator", str(rng.randint(3, 400)))
    elif chance(rng, 0.45):
        first = rng.randint(3, 500)
        builder.add(", " + {"en": rng.choice(("", "pp. ")), "it": "pp. ", "de": "S. ", "fr": "p. "}[manner.language])
        builder.put("page", f"{first}{rng.choice('–-')}{first + rng.randint(3, 40)}")
    else:
        locator(rng, builder, manner.language, part=True)
    return builder, manner.language


def short_note(rng: random.Random) -> Made:
    """A work cited before."""
    builder, manner, book = Builder(), Manner.of(rng), book_of(rng)
    family = manner.name(book.authors[0]).split()[0].rstrip(",")
    full = manner.name(book.authors[0])
    builder.put("author", family if chance(rng, 0.5) else full).add(", ")
    short = book.title.split("：")[0].split("——")[0]
    builder.put("title", manner.romanised(short))
    if chance(rng, 0.25):
        builder.add(
            {
                "en": rng.choice((", op. cit.", " cit.")),
                "it": rng.choice((", cit.", " cit.", ", op. cit.")),
                "de": ", a.a.O.",
                "fr": ", op. cit.",
            }[manner.language]
        )
    if chance(rng, 0.1):
        volume_mark(rng, builder, manner.language)
    locator(rng, builder, manner.language)
    return builder, manner.language


def author_year_entry(rng: random.Random) -> Made:
    """An entry of a list, the year behind the author."""
    builder, manner, book = Builder(), Manner.of(rng), book_of(rng)
    put_persons(builder, "editor" if book.role else "author", book.authors[:2], manner)
    builder.add(" (ed.)" if book.role else "").add(rng.choice((". ", " (", ", ")))
    bracket = builder.pieces[-1] == " ("
    builder.put("issued", str(book.year)).add(rng.choice(("). ", "), ", "): ")) if bracket else ". ")
    put_title(rng, builder, title(rng, manner, book.title if chance(rng, 0.5) else ""))
    builder.add(". ").put("publisher-place", _place(manner, book.place)).add(": ").put(
        "publisher", pinyin(book.publisher)
    )
    return builder, manner.language


NOTES: tuple[tuple[Callable[[random.Random], Made], int], ...] = (
    (book_note, 28),
    (article_note, 18),
    (chapter_note, 10),
    (short_note, 6),
    (author_year_entry, 6),
)
