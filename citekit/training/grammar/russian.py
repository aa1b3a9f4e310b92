"""Russian notes and lists, after GOST and after the habits of historians."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from citekit.training.example import Builder
from citekit.training.grammar.eastern_bank import chance, people, rows, section, several

__all__ = ["NOTES", "Volume", "composed_title", "name", "names", "pages", "work"]

FILE = "ru"


@dataclass(frozen=True, slots=True)
class Volume:
    """A book."""

    authors: tuple[str, ...]
    title: str
    place: str
    publisher: str
    year: int


def pick(rng: random.Random, key: str) -> str:
    """A word of the lists."""
    return rng.choice(section(FILE, "compose")[key])


def name(rng: random.Random) -> str:
    """A Russian name, family name first: "Иванов И. И."."""
    family = pick(rng, "families")
    if family.endswith(("ов", "ев", "ин", "ын")) and chance(rng, 0.3):
        family += "а"
    elif family.endswith("ский") and chance(rng, 0.3):
        family = family[:-2] + "ая"
    first, second = (rng.choice(section(FILE, "compose")["initials"]) for _ in range(2))
    return f"{family} {first}. {second}." if chance(rng, 0.93) else f"{family} {first}."


def names(rng: random.Random, maximum: int = 3) -> tuple[str, ...]:
    """One or more names, none twice."""
    return tuple(dict.fromkeys(name(rng) for _ in range(several(rng, maximum, 0.22))))


def composed_title(rng: random.Random) -> str:
    """The title of a study."""
    topic, second = rng.sample(list(section(FILE, "compose")["topics"]), 2)
    return pick(rng, "patterns").format(
        T=topic[0].upper() + topic[1:],
        g=pick(rng, "genitives"),
        r=pick(rng, "regions"),
        rg=pick(rng, "regions_genitive"),
        t=pick(rng, "times"),
        x=pick(rng, "about"),
        top2=second,
    )


def work(rng: random.Random) -> Volume:
    """A real book of the bank or a composed one."""
    if chance(rng, 0.35):
        authors, title, place, publisher, printed, _ = rng.choice(rows(FILE, "books"))
        return Volume(people(authors, ", "), title, place, publisher, int(printed))
    place, publisher = rng.choice(section(FILE, "compose")["publishers"]).split("|")
    year = rng.randint(1860, 1916) if "тип." in publisher.lower() else rng.randint(1925, 2023)
    return Volume(names(rng), composed_title(rng), _then(place, year), publisher, year)


def _then(place: str, year: int) -> str:
    """The city's name in that year: Petersburg was Petrograd from 1914 and Leningrad from 1924."""
    if place in {"Л.", "СПб.", "Пг."}:
        return "СПб." if year < 1914 or year > 1991 else "Пг." if year < 1924 else "Л."
    return place


def pages(rng: random.Random, dash: str = "–") -> str:
    """A range of pages."""
    first = rng.randint(3, 320)
    return f"{first}{dash}{first + rng.randint(2, 30)}"


def genitive(full: str) -> str:
    """A name as it stands behind "под ред."."""
    family, gap, initials = full.partition(" ")
    for ending, changed in (
        ("ский", "ского"),
        ("ская", "ской"),
        ("ова", "овой"),
        ("ева", "евой"),
        ("ина", "иной"),
        ("ых", "ых"),
        ("их", "их"),
    ):
        if family.endswith(ending):
            return f"{family.removesuffix(ending)}{changed}{gap}{initials}"
    if family.endswith("й"):
        return f"{family[:-1]}я{gap}{initials}"
    return f"{family}а{gap}{initials}"


class Manner:
    """How one scholar writes: blanks between initials, order of the name, dashes, marks between the parts."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.tight = chance(rng, 0.4)
        self.initials_first = chance(rng, 0.12)
        self.comma_in_name = chance(rng, 0.08)
        self.dash = rng.choice(("–", "–", "-", "—"))
        self.part = rng.choice((". ", ". ", ". ", ". — ", ". – ", ". - "))
        self.publisher = chance(rng, 0.42)
        self.page = rng.choice(("С. ", "С. ", "С. ", "С.", "с. ", "С. "))
        self.number = rng.choice(("№ ", "№ ", "№", "№ ", "Вып. "))

    def name(self, full: str) -> str:
        family, _, initials = full.partition(" ")
        if self.tight:
            initials = initials.replace(". ", ".")
        if not initials:
            return family
        if self.initials_first:
            return f"{initials} {family}"
        return f"{family}{',' if self.comma_in_name else ''} {initials}"

    def people(self, builder: Builder, role: str, persons: Sequence[str], ending: str = "") -> None:
        for place, person in enumerate(persons):
            builder.add(", " if place else "").put(role, self.name(person))
        builder.add(ending)

    def head(self, builder: Builder, persons: Sequence[str]) -> None:
        if not persons:
            return
        self.people(builder, "author", persons[:2] if len(persons) > 2 and chance(self.rng, 0.4) else persons)
        if len(persons) > 2 and chance(self.rng, 0.3):
            builder.add(" и др.")
        builder.add("" if builder.ends_with((".",)) else rng_mark(self.rng)).add(" ")

    def imprint(self, builder: Builder, volume: Volume) -> None:
        builder.put("publisher-place", volume.place)
        if self.publisher:
            builder.add(self.rng.choice((": ", ": ", " : "))).put("publisher", volume.publisher)
        builder.add(", ").put("issued", str(volume.year))

    def locator(self, builder: Builder, *, certain: bool = False, part: bool = False) -> None:
        """The page cited; a lone range in an article or chapter (`part`) is its extent."""
        rng = self.rng
        if not certain and chance(rng, 0.12):
            return
        if not part and chance(rng, 0.2):  # GOST 7.1: how many pages a book has
            builder.add(self.part).put("page", f"{rng.randint(96, 720)} с")
            return
        first = rng.randint(3, 640)
        value = rng.choice(
            (
                f"{first}",
                f"{first}",
                f"{first}{self.dash}{first + rng.randint(1, 12)}",
                f"{first}, {first + 17}",
                f"{first} и сл.",
            )
        )
        builder.add(self.part if chance(rng, 0.93) else ", ").add(self.page).put(
            "page" if part and self.dash in value else "locator", value.removesuffix(" и сл.")
        )
        builder.add(" и сл." if value.endswith("сл.") else "")


def rng_mark(rng: random.Random) -> str:
    """What ends a name that does not end with initials."""
    return rng.choice((".", "."))


def book_note(rng: random.Random) -> Builder:
    """A book: "Иванов И. И. Название. М., 1990. С. 33"."""
    builder, manner, book = Builder(), Manner(rng), work(rng)
    edited = chance(rng, 0.15)
    if not edited:
        manner.head(builder, book.authors)
    builder.put("title", book.title)
    if edited or chance(rng, 0.08):
        mark = rng.choice(
            (
                " / Под ред. ",
                " / под ред. ",
                " / отв. ред. ",
                " / Отв. ред. ",
                ". Под ред. ",
                " / под общ. ред. ",
                " / сост. ",
            )
        )
        first = manner.initials_first
        manner.initials_first = chance(rng, 0.85)
        manner.people(builder.add(mark), "editor", tuple(map(genitive, names(rng, 2))))
        manner.initials_first = first
    elif chance(rng, 0.1):
        mark = rng.choice(
            (" / пер. с англ. ", " / Пер. с нем. ", ". Пер. с фр. ", " / пер. с кит. ", " / Пер. с англ. и коммент. ")
        )
        manner.initials_first = True
        manner.people(builder.add(mark), "translator", tuple(map(genitive, names(rng, 2))))
    if chance(rng, 0.07):
        builder.add(rng.choice((". ", ": ", " : "))).put(
            "genre",
            rng.choice(
                ("монография", "Сб. статей", "сборник документов", "учеб. пособие", "Автореф. дис. … канд. ист. наук")
            ),
        )
    if chance(rng, 0.08):
        builder.add("" if builder.ends_with((".",)) else ".").add(" ").put(
            "edition", rng.choice(("2-е", "3-е", "4-е", "5-е"))
        ).add(rng.choice((" изд.", " изд., перераб. и доп.", " изд., испр.", " изд., стер.")))
    placed = chance(rng, 0.2)
    volume = rng.choice(
        (f"{rng.randint(1, 12)}", f"{rng.randint(1, 12)}", rng.choice(("I", "II", "III", "IV", "VI", "XII")))
    )
    label = rng.choice(("Т. ", "Т. ", "Т.", "Кн. ", "Ч. ", "Вып. "))
    if placed and chance(rng, 0.5):
        builder.add("" if builder.ends_with((".",)) else ".").add(" " + label).put("volume", volume)
        placed = False
    builder.add("" if builder.ends_with((".",)) else manner.part.rstrip()).add(" ")
    manner.imprint(builder, book)
    if placed:
        builder.add(". " + label).put("volume", volume)
    if chance(rng, 0.12):
        builder.add(manner.part + f"{rng.randint(80, 900)} {rng.choice(('с', 'c', 'с'))}")
    else:
        manner.locator(builder)
    return builder


def article_note(rng: random.Random) -> Builder:
    """An article behind "//"."""
    builder, manner = Builder(), Manner(rng)
    manner.head(builder, names(rng))
    builder.put("title", composed_title(rng)).add(rng.choice((" // ", " // ", " // ", "//", ". // ")))
    year = str(rng.randint(1868, 2023)) if chance(rng, 0.2) else str(rng.randint(1945, 2023))
    builder.put("container-title", pick(rng, "journals"))
    builder.add(rng.choice((". ", ". ", ". ", ". – ", ", ")))
    issue = rng.choice(
        (
            str(rng.randint(1, 12)),
            str(rng.randint(1, 12)),
            f"{rng.randint(1, 9)}–{rng.randint(10, 12)}",
            f"{rng.randint(1, 3)} ({rng.randint(10, 90)})",
        )
    )
    builder.put("issued", year)
    if chance(rng, 0.25):
        builder.add(manner.part + "Т. ").put(
            "volume", rng.choice((str(rng.randint(1, 90)), rng.choice(("XII", "XXI", "CCXL", "LV"))))
        )
        if chance(rng, 0.7):
            builder.add(rng.choice((manner.part, ", ")) + manner.number).put("issue", issue)
    else:
        builder.add(rng.choice((manner.part, manner.part, ", ")) + manner.number).put("issue", issue)
    if chance(rng, 0.6):
        builder.add(manner.part + manner.page).put("page", pages(rng, manner.dash))
        if chance(rng, 0.08):
            builder.add(rng.choice((" (", ", здесь с. "))).put("locator", str(rng.randint(5, 300))).add(
                ")" if builder.pieces[-2] == " (" else ""
            )
        if chance(rng, 0.05):
            builder.add(". DOI: ").put("DOI", f"10.{rng.randint(1000, 31000)}/S{rng.randint(10**11, 10**12)}")
    else:
        manner.locator(builder, part=True)
    return builder


def chapter_note(rng: random.Random) -> Builder:
    """A chapter of a collection."""
    builder, manner, book = Builder(), Manner(rng), work(rng)
    manner.head(builder, names(rng))
    builder.put("title", composed_title(rng)).add(rng.choice((" // ", " // ", " // ", " // В кн.: ", ". В кн.: ")))
    collection = pick(rng, "collections").format(
        rg=pick(rng, "regions_genitive"), g=pick(rng, "genitives"), t=pick(rng, "times")
    )
    builder.put("container-title", book.title if chance(rng, 0.5) else collection)
    if chance(rng, 0.2):
        manner.initials_first = True
        manner.people(
            builder.add(rng.choice((" / под ред. ", " / отв. ред. ", ". Под ред. "))),
            "editor",
            tuple(map(genitive, names(rng, 2))),
        )
    builder.add("" if builder.ends_with((".",)) else ".").add(" ")
    manner.imprint(builder, book)
    if chance(rng, 0.2):
        builder.add(". " + rng.choice(("Вып. ", "Т. ", "Ч. "))).put("volume", str(rng.randint(1, 40)))
    if chance(rng, 0.6):
        builder.add(manner.part + manner.page).put("page", pages(rng, manner.dash))
    else:
        manner.locator(builder, part=True)
    return builder


def archive_note(rng: random.Random) -> Builder:
    """A file in an archive, to its sheet."""
    builder = Builder()
    if chance(rng, 0.15):
        builder.put("title", pick(rng, "documents").format(p=name(rng))).add(rng.choice((" // ", ". ", ", ")))
        if chance(rng, 0.3):
            builder.put("issued", f"{rng.randint(1, 28)} {rng.choice(MONTHS)} {rng.randint(1860, 1975)} г.").add(
                rng.choice((" // ", ". "))
            )
    archive = pick(rng, "archives")
    if chance(rng, 0.03):
        archive += f" ({rng.choice(('Москва', 'Санкт-Петербург', 'Российский государственный исторический архив'))})"
    builder.put("archive", archive)
    comma = chance(rng, 0.08)
    gap = "" if chance(rng, 0.25) else " "
    mark = ", " if comma else ". " if chance(rng, 0.95) else "."
    fonds = rng.choice((str(rng.randint(1, 9600)), f"Р-{rng.randint(1, 5000)}", f"{rng.randint(1, 90)}а"))
    labels = [
        "ф." if comma else "Ф.",
        "оп." if comma else "Оп.",
        rng.choice(("д.", "ед. хр.")) if comma else rng.choice(("Д.", "Д.", "Ед. хр.", "К.")),
    ]
    numbers = [fonds, str(rng.randint(1, 190)), f"{rng.randint(1, 2400)}{rng.choice(('', '', '', 'а', ' (ч. 1)'))}"]
    parts = [f"{label}{gap}{number}" for label, number in zip(labels, numbers, strict=True)]
    if chance(rng, 0.05):
        parts.pop(1)
    builder.add(", " if comma else rng.choice((". ", ". ", " "))).put("archive_location", mark.join(parts))
    if chance(rng, 0.88):
        sheet = rng.randint(1, 390)
        value = rng.choice(
            (
                str(sheet),
                str(sheet),
                f"{sheet} об.",
                f"{sheet}–{sheet + rng.randint(1, 9)}",
                f"{sheet}, {sheet + 4} об.",
                f"{sheet}–{sheet + 1} об.",
                f"{sheet} об.–{sheet + 2}",
            )
        )
        leaf = rng.choice(("л.", "лл.")) if comma else rng.choice(("Л.", "Л.", "Л.", "Лл."))
        builder.add(f"{mark}{leaf}{gap}").put("locator", value)
    return builder


MONTHS = (
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
)


def newspaper_note(rng: random.Random) -> Builder:
    """An article of a newspaper."""
    builder, manner = Builder(), Manner(rng)
    if chance(rng, 0.65):
        manner.head(builder, names(rng, 2))
    if chance(rng, 0.85):
        builder.put("title", composed_title(rng)).add(rng.choice((" // ", " // ", "//")))
    year = rng.randint(1880, 2022)
    builder.put("container-title", pick(rng, "newspapers")).add(rng.choice((". ", ". – ", ", ")))
    day, month = rng.randint(1, 28), rng.choice(MONTHS)
    if chance(rng, 0.4):
        builder.put("issued", f"{year}. {day} {month}" if chance(rng, 0.8) else f"{year}. {day} {month[:3]}.")
    elif chance(rng, 0.5):
        builder.put("issued", f"{day} {month} {year}").add(rng.choice((" г.", " г", "")))
    else:
        builder.put("issued", f"{day:02}.{rng.randint(1, 12):02}.{year}")
    if chance(rng, 0.35):
        builder.add(rng.choice((". № ", ", № ", " (№ "))).put("issue", str(rng.randint(1, 340)))
        builder.add(")" if builder.pieces[-2] == " (№ " else "")
    if chance(rng, 0.4):
        builder.add(manner.part + manner.page).put("page", str(rng.randint(1, 12)))
    return builder


def thesis_note(rng: random.Random) -> Builder:
    """A thesis or its summary."""
    builder, manner = Builder(), Manner(rng)
    manner.head(builder, (name(rng),))
    builder.put("title", composed_title(rng)).add(rng.choice((": ", ": ", " : ", ". ")))
    kind = rng.choice(
        (
            "дис. … канд. ист. наук",
            "дис. ... д-ра ист. наук",
            "автореф. дис. … канд. филол. наук",
            "Дис. ... канд. филос. наук",
            "автореф. дис. ... д-ра юрид. наук",
            "Дисс. … канд. ист. наук",
            "дис. … канд. экон. наук",
        )
    )
    builder.put("genre", kind).add(rng.choice((". ", ". ", ": 07.00.02. ")))
    builder.put("publisher-place", pick(rng, "cities")).add(", ").put("issued", str(rng.randint(1950, 2023)))
    manner.locator(builder)
    return builder


def web_note(rng: random.Random) -> Builder:
    """A page on the web."""
    builder, manner = Builder(), Manner(rng)
    if chance(rng, 0.75):
        manner.head(builder, names(rng, 2))
    builder.put("title", composed_title(rng))
    if chance(rng, 0.4):
        builder.add(rng.choice((" [Электронный ресурс]", "[Электронный ресурс]", " : [сайт]")))
    if chance(rng, 0.5):
        builder.add(" // ").put(
            "container-title",
            pick(rng, "journals")
            if chance(rng, 0.6)
            else rng.choice(("Хронос", "Военная литература", "Arzamas", "Президент России", "КиберЛенинка")),
        )
        if chance(rng, 0.6):
            builder.add(". ").put("issued", str(rng.randint(2001, 2023)))
            if chance(rng, 0.5):
                builder.add(". № ").put("issue", str(rng.randint(1, 12)))
    address = pick(rng, "sites") + rng.choice(
        (
            f"{rng.randint(100, 999999)}",
            f"{rng.randint(1990, 2020)}/text-{rng.randint(1, 99)}.html",
            "krestyanskaya-obschina-v-rossii",
            f"biograf/bio_{rng.choice('abvgd')}/{rng.randint(10, 99)}.php",
        )
    )
    builder.add(rng.choice((". URL: ", ". URL: ", ". – URL: ", ". Режим доступа: ", ": ", ". "))).put("URL", address)
    day = f"{rng.randint(1, 28):02}.{rng.randint(1, 12):02}.{rng.randint(2008, 2024)}"
    if chance(rng, 0.85):
        builder.add(
            rng.choice(
                (
                    " (дата обращения: ",
                    " (дата обращения: ",
                    " (дата обращения ",
                    " (Дата обращения: ",
                    " [дата обращения: ",
                )
            )
        ).put("accessed", day)
        builder.add("]" if "[" in builder.pieces[-2] else ")" if chance(rng, 0.6) else " г.)")
    return builder


def short_note(rng: random.Random) -> Builder:
    """A work cited before."""
    builder, manner, form = Builder(), Manner(rng), rng.random()
    if form < 0.35:
        builder.add(rng.choice(("Там же", "Там же", "Там же", "Ibid", "Ibidem")))
        if chance(rng, 0.2):
            builder.add(". Т. ").put("volume", str(rng.randint(1, 9)))
        if chance(rng, 0.12):
            builder.add(". ").put("archive_location", f"Д. {rng.randint(1, 900)}").add(". Л. ").put(
                "locator", str(rng.randint(1, 300))
            )
        else:
            manner.locator(builder)
    elif form < 0.7:
        builder.put("author", manner.name(name(rng))).add("" if builder.ends_with((".",)) else ".").add(
            rng.choice((" Указ. соч", " Указ. соч", " Указ. раб", " Ук. соч", " Там же"))
        )
        manner.locator(builder, certain=True)
    else:
        builder.put("author", manner.name(name(rng))).add("" if builder.ends_with((".",)) else ".").add(" ")
        title = composed_title(rng).split(":")[0].split(" (")[0]
        builder.put("title", " ".join(title.split()[:4])).add(rng.choice(("…", "...", "", "")))
        manner.locator(builder, certain=True)
    return builder


NOTES: tuple[tuple[Callable[[random.Random], Builder], int], ...] = (
    (book_note, 30),
    (article_note, 24),
    (chapter_note, 12),
    (archive_note, 16),
    (newspaper_note, 5),
    (thesis_note, 5),
    (web_note, 5),
    (short_note, 8),
)
