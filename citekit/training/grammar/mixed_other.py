"""Western notes on Japanese, Korean and Russian works and on archives of the Cold War."""

from __future__ import annotations

import random
from collections.abc import Callable

from citekit.training.example import Builder
from citekit.training.grammar import russian
from citekit.training.grammar.eastern_bank import chance, rows, words
from citekit.training.grammar.mixed_chinese import date, locator
from citekit.training.grammar.romanise import transliterated

__all__ = ["NOTES"]

Made = tuple[Builder, str]


def _language(rng: random.Random) -> str:
    return rng.choices(("en", "it", "de", "fr"), (6, 2, 2, 2))[0]


def _quoted(rng: random.Random, builder: Builder, words_: str, name: str = "title") -> None:
    open_mark, close_mark = rng.choice((("“", "”"), ("“", "”"), ('"', '"'), ("‘", "’"), ("", "")))
    builder.add(open_mark)
    comma = chance(rng, 0.4) and close_mark
    builder.put(name, words_).add(("," + close_mark + " ") if comma else close_mark + ", ")


def japanese_korean_note(rng: random.Random) -> Made:
    """A Japanese or Korean book, romanised and in characters."""
    builder, language = Builder(), _language(rng)
    name, characters, title, original, place, publisher, year = rng.choice(
        rows("mixed", "japanese" if chance(rng, 0.7) else "korean")
    )
    both = chance(rng, 0.65)
    builder.put("author", f"{name} {characters}" if both and chance(rng, 0.9) else name).add(", ").put("title", title)
    if both:
        builder.add(" ").put("original-title", original)
    form = rng.randrange(3)
    if form == 0:
        builder.add(" (").put("publisher-place", place).add(": ").put("publisher", publisher).add(", ").put(
            "issued", year
        ).add(")")
    elif form == 1:
        builder.add(", ").put("publisher-place", place).add(rng.choice((": ", ", "))).put("publisher", publisher).add(
            ", "
        ).put("issued", year)
    else:
        builder.add(", ").put("publisher", publisher).add(", ").put("publisher-place", place).add(" ").put(
            "issued", year
        )
    if chance(rng, 0.8):
        locator(rng, builder, language)
    return builder, language


def russian_archive_note(rng: random.Random) -> Made:
    """A file of a Russian archive in Latin letters: "RGASPI, f. 17, op. 3, d. 746, l. 12"."""
    builder, language = Builder(), _language(rng)
    if chance(rng, 0.3):
        _quoted(rng, builder, transliterated(russian.pick(rng, "documents").format(p="")).replace("  ", " ").strip())
        if chance(rng, 0.7):
            builder.add("").put("issued", date(rng, language, 1890, 1985)).add(", ")
    builder.put("archive", rng.choice(words("mixed", "russian_archives")))
    gap = " " if chance(rng, 0.85) else ""
    fond, file = (
        rng.choice((f"{rng.randint(1, 9500)}", f"R-{rng.randint(1, 9000)}", f"{rng.randint(1, 99)}")),
        f"{rng.randint(1, 2300)}",
    )
    sheet = rng.randint(1, 300)
    sheets = rng.choice(
        (
            f"{sheet}",
            f"{sheet}",
            f"{sheet} ob.",
            f"{sheet}-{sheet + 5}",
            f"{sheet}–{sheet + 3}",
            f"{sheet}, {sheet + 7}",
            f"{sheet}ob",
        )
    )
    if chance(rng, 0.12):
        builder.add(rng.choice((" ", ", "))).put("archive_location", f"{fond}/{rng.randint(1, 60)}/{file}").add(
            "/"
        ).put("locator", sheets)
        return builder, language
    capital = chance(rng, 0.15)
    mark = ", " if chance(rng, 0.85) else " "
    labels: tuple[str, ...] = (
        "f.",
        "op.",
        rng.choice(("d.", "d.", "ed. khr.", "del.")),
        "l." if sheets.isdigit() else rng.choice(("l.", "ll.")),
    )
    if capital:
        labels = tuple(label.capitalize() for label in labels)
    if chance(rng, 0.06):
        labels = ("fond", "opis'", "delo", "list")
        gap = " "
    numbers = (fond, str(rng.randint(1, 170)), file)
    builder.add(rng.choice((", ", ", ", ": ", " "))).put(
        "archive_location", mark.join(f"{label}{gap}{number}" for label, number in zip(labels, numbers, strict=False))
    )
    if chance(rng, 0.85):
        builder.add(f"{mark}{labels[3]}{gap}").put("locator", sheets)
    return builder, language


def russian_book_note(rng: random.Random) -> Made:
    """A Russian book or article, transliterated."""
    builder, language, system = Builder(), _language(rng), rng.choice(("library", "library", "scholarly", "plain"))
    book = russian.work(rng)
    for count, name in enumerate(book.authors[:2]):
        family, _, initials = transliterated(name, system).partition(" ")
        shown = f"{initials} {family}" if initials and chance(rng, 0.7) else f"{family}, {initials}".rstrip(", ")
        builder.add(", " if count else "").put("author", shown)
    builder.add(", ")
    article = chance(rng, 0.45)
    title = transliterated(russian.composed_title(rng) if article else book.title, system)
    year = str(book.year)
    gloss = chance(rng, 0.2)
    if article:
        quotes = rng.choice((("“", "”"), ("“", "”"), ('"', '"'), ("«", "»"), ("", "")))
        builder.add(quotes[0]).put("title", title.replace("“", "‘").replace("”", "’")).add(quotes[1])
        if gloss and language == "en":
            builder.add(" [").put(
                "translated-title",
                rng.choice(
                    (
                        "On the History of the Peasant Commune",
                        "The Zemstvo and the State",
                        "Trade and Towns in the Volga Region",
                        "Sources on Collectivisation",
                    )
                ),
            ).add("]")
        builder.add(rng.choice((", ", ", ", " // ", ", in: "))).put(
            "container-title", transliterated(russian.pick(rng, "journals"), system)
        )
        form = rng.randrange(3)
        if form == 0:
            builder.add(rng.choice((", no. ", " "))).put("issue", str(rng.randint(1, 12))).add(" (").put(
                "issued", year
            ).add(")")
        elif form == 1:
            builder.add(", ").put("issued", year).add(rng.choice((", no. ", ", Nr. ", ", n. ", ", № "))).put(
                "issue", str(rng.randint(1, 12))
            )
        else:
            builder.add(" ").put("volume", str(rng.randint(2, 90))).add(", no. ").put(
                "issue", str(rng.randint(1, 6))
            ).add(" (").put("issued", year).add(")")
        if chance(rng, 0.7):
            builder.add(rng.choice((": ", ", ", ", pp. ", ", s. "))).put("page", russian.pages(rng))
        else:
            locator(rng, builder, language, part=True)
        return builder, language
    builder.put("title", title)
    place, publisher = book.place, transliterated(book.publisher, system)
    cities = {
        "М.": ("Moscow", "Moskva", "M."),
        "Л.": ("Leningrad", "L."),
        "СПб.": ("St. Petersburg", "SPb", "Sankt-Peterburg"),
        "Пг.": ("Petrograd",),
        "М.; Л.": ("Moscow and Leningrad", "M.; L.", "Moskva-Leningrad"),
    }
    shown_place = rng.choice(cities.get(place, (transliterated(place, system),)))
    form = rng.randrange(4)
    if form == 0:
        builder.add(" (").put("publisher-place", shown_place).add(": ").put("publisher", publisher).add(", ").put(
            "issued", year
        ).add(")")
    elif form == 1:
        builder.add(rng.choice((", ", ". "))).put("publisher-place", shown_place).add(": ").put(
            "publisher", publisher
        ).add(", ").put("issued", year)
    elif form == 2:
        builder.add(" (").put("publisher-place", shown_place).add(", ").put("issued", year).add(")")
    else:
        builder.add(", ").put("publisher-place", shown_place).add(" ").put("issued", year)
    if chance(rng, 0.12):
        builder.add(rng.choice((", vol. ", ", t. ", ", kn. "))).put("volume", str(rng.randint(1, 12)))
    if chance(rng, 0.85):
        locator(rng, builder, language)
    return builder, language


def reading_room_note(rng: random.Random) -> Made:
    """A document of the CIA's reading room or the Wilson Center's archive."""
    builder, language = Builder(), _language(rng)
    if chance(rng, 0.55):
        title = rng.choice(words("mixed", "cia")).format(p=rng.choice(words("mixed", "cia_places")))
        if chance(rng, 0.35):
            builder.put(
                "author",
                rng.choice(
                    (
                        "Central Intelligence Agency",
                        "CIA",
                        "CIA, Office of Research and Reports",
                        "CIA, Directorate of Intelligence",
                    )
                ),
            ).add(", ")
        _quoted(rng, builder, title)
        if chance(rng, 0.8):
            builder.put("issued", date(rng, language, 1947, 1985)).add(", ")
        box = f"{rng.randint(62, 91)}{rng.choice(('-', 'T', 'S', 'R', 'B', '-', 'M'))}{rng.randint(100, 4999):05}"
        sheet = f"{rng.choice('ARTB')}{rng.randint(1, 9999):06}{rng.randint(1, 300):06}-{rng.randint(0, 9)}"
        number = f"CIA-RDP{box}{sheet}"
        order = rng.randrange(3)
        archive = rng.choice(
            (
                "CIA Electronic Reading Room",
                "CIA FOIA Reading Room",
                "CIA Records Search Tool (CREST)",
                "CREST",
                "CIA Reading Room",
                "NARA, CREST",
            )
        )
        if order == 0:
            builder.put("archive", archive).add(", ").put("number", number)
        elif order == 1:
            builder.put("number", number).add(", ").put("archive", archive)
        else:
            builder.put("number", number)
        if chance(rng, 0.25):
            builder.add(", ").put("URL", f"https://www.cia.gov/readingroom/document/{number.lower()}")
        if chance(rng, 0.25):
            locator(rng, builder, language)
        return builder, language
    first, second = rng.sample(words("mixed", "statesmen"), 2)
    _quoted(rng, builder, rng.choice(words("mixed", "wilson")).format(a=first, b=second))
    builder.put("issued", date(rng, "en", 1945, 1980)).add(
        rng.choice((", ", ", History and Public Policy Program Digital Archive, "))
    )
    if chance(rng, 0.5):
        place = rng.randint(1, 190)
        builder.put("archive", rng.choice(("PRC FMA", "AVPRF", "RGANI", "GARF", "CFMA"))).add(" ").put(
            "archive_location", f"{rng.randint(100, 210)}-{rng.randint(1, 1900):05}-{rng.randint(1, 9):02}"
        ).add(f", {place}-{place + 5}, " if chance(rng, 0.3) else ", ")
    if chance(rng, 0.35):
        builder.add("translated by ").put(
            "translator",
            rng.choice(
                (
                    "Stephen Mercado",
                    "Anna Beth Keim",
                    "Vladislav Zubok",
                    "David Wolff",
                    "Jeffrey Wang",
                    "Gary Goldberg",
                    "Zhang Shu Guang",
                )
            ),
        ).add(", ")
    builder.put(
        "archive",
        rng.choice(
            (
                "Wilson Center Digital Archive",
                "Woodrow Wilson Center, Digital Archive",
                "Cold War International History Project",
            )
        ),
    )
    if chance(rng, 0.7):
        builder.add(", ").put("URL", f"https://digitalarchive.wilsoncenter.org/document/{rng.randint(110000, 260000)}")
        if chance(rng, 0.4):
            builder.add(rng.choice((" (accessed ", ", accessed ", " [accessed ")))
            close = {" (accessed ": ")", " [accessed ": "]"}.get(builder.pieces[-1], "")
            builder.put("accessed", date(rng, "en", 2010, 2024)).add(close)
    return builder, "en"


def western_archive_note(rng: random.Random) -> Made:
    """A paper on East Asia in a Western archive."""
    builder, language = Builder(), _language(rng)
    archive, location = rng.choice(rows("mixed", "western_archives"))
    while "{" in location:
        location = location.replace("{n}", str(rng.randint(1000, 189000)), 1).replace(
            "{s}", str(rng.randint(1, 199)), 1
        )
    if chance(rng, 0.6):
        title = rng.choice(words("mixed", "cia")).format(p=rng.choice(words("mixed", "cia_places")))
        _quoted(rng, builder, title)
        builder.put("issued", date(rng, language, 1890, 1972)).add(", ")
    builder.put("archive", archive).add(rng.choice((", ", ", ", ": ", " "))).put("archive_location", location)
    if chance(rng, 0.3):
        builder.add(rng.choice((", fol. ", ", f. ", ", Bl. ", ", p. ", ", ff. "))).put(
            "locator", str(rng.randint(1, 300))
        )
    return builder, language


NOTES: tuple[tuple[Callable[[random.Random], Made], int], ...] = (
    (japanese_korean_note, 7),
    (russian_archive_note, 10),
    (russian_book_note, 12),
    (reading_room_note, 7),
    (western_archive_note, 4),
)
