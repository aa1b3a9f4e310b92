"""Ukrainian, Bulgarian, Serbian and Greek notes: one frame, each language with its own words."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from citekit.training.example import Builder
from citekit.training.grammar.eastern_bank import chance, section, several

__all__ = ["LANGUAGES", "note"]

FILE = "slavic"


@dataclass(frozen=True, slots=True)
class _Language:
    """The label words of a language.

    Attributes:
        initials: letters that given names begin with.
        pages: what stands before a page.
        article: what parts an article from its journal.
        quotes: around titles where the language quotes them.
        archive: what parts of a shelfmark are called, the sheet last.
    """

    initials: str
    pages: tuple[str, ...]
    volumes: tuple[str, ...]
    issues: tuple[str, ...]
    article: tuple[str, ...]
    quotes: tuple[tuple[str, str], ...]
    editors: tuple[str, ...]
    translators: tuple[str, ...]
    again: tuple[str, ...]
    cited: tuple[str, ...]
    signals: tuple[str, ...]
    theses: tuple[str, ...]
    accessed: tuple[str, ...]
    archive: tuple[str, str, str, str]
    initials_first: float
    comma: float
    weight: int


LANGUAGES = {
    "uk": _Language(
        "АБВГДЄІКЛМНОПРСТФЮЯ",
        ("С. ", "С. ", "с. ", "С."),
        ("Т. ", "Кн. ", "Ч. "),
        ("№ ", "№", "Вип. "),
        (" // ", " // ", "//"),
        (("", ""),),
        (" / за ред. ", " / відп. ред. ", " / упоряд. "),
        (" / пер. з англ. ", " / пер. з нім. "),
        ("Там само", "Там само", "Там же"),
        ("Вказ. праця", "Зазнач. праця"),
        ("Див.: ", "Див. ", "Докладніше див.: ", "Цит. за: "),
        ("дис. … канд. іст. наук", "автореф. дис. … д-ра іст. наук"),
        (" (дата звернення: ", " (дата доступу: "),
        ("Ф. ", "Оп. ", "Спр. ", "Арк. "),
        0.15,
        0.1,
        6,
    ),
    "bg": _Language(
        "АБВГДИКЛМНПРСТХЦЯ",
        ("с. ", "с. ", "с.", "С. "),
        ("т. ", "Т. ", "ч. "),
        ("№ ", "кн. ", "бр. "),
        (". // ", " – ", ". – В: ", ". – ", " // "),
        (("", ""), ("", ""), ("„", "“")),
        (". Под ред. на ", " / ред. ", ". Съст. "),
        (" / прев. ", ". Прев. "),
        ("Пак там", "Пак там", "Там"),
        ("Цит. съч", "Цит. съч", "Посоч. съч"),
        ("Вж. ", "Вж. и ", "Вж.: ", "Срв. "),
        ("дисертация", "автореферат"),
        (" (последно посещение ", " [прегледан "),
        ("ф. ", "оп. ", "а.е. ", "л. "),
        0.35,
        0.5,
        4,
    ),
    "sr": _Language(
        "АБВГДЂЈКЛМНПРСТЋЧ",
        ("стр. ", "", "с. ", "стр. "),
        ("том ", "т. ", "књ. ", "св. "),
        ("бр. ", "", "књ. ", "св. "),
        (", ", ", "),
        (("", ""), ("„", "”"), ("„", "“")),
        (", прир. ", ", ур. "),
        (", прев. ", ", превео "),
        ("Исто", "Исто", "Ibid", "Ibidem"),
        ("нав. дело", "н. д", "op. cit"),
        ("Видети: ", "Упор. ", "Види: ", "Опширније: "),
        ("докторска дисертација", "магистарски рад"),
        (" (приступљено ", " (посећено "),
        ("ф. ", "ф. ", "јед. оп. ", "л. "),
        0.8,
        0.9,
        4,
    ),
    "el": _Language(
        "ΑΒΓΔΕΖΗΘΙΚΛΜΝΠΣΤΦΧ",
        ("σ. ", "σ. ", "σσ. ", "σελ. "),
        ("τ. ", "τόμ. ", "τχ. "),
        ("τχ. ", "τεύχ. ", ""),
        (", ", ", "),
        (("«", "»"), ("«", "»"), ("“", "”")),
        (", επιμ. ", " (επιμ.), "),
        (", μτφρ. ", ", μετάφραση "),
        ("Ό.π", "ό.π", "Στο ίδιο", "Αυτόθι"),
        ("ό.π", "ό.π"),
        ("Βλ. ", "Βλ. και ", "Πρβλ. ", "Βλ. ενδεικτικά "),
        ("διδακτορική διατριβή", "αδημοσίευτη διδακτορική διατριβή"),
        (" (τελευταία πρόσβαση ", " (πρόσβαση "),
        ("φάκ. ", "υποφάκ. ", "αρ. ", "φ. "),
        0.75,
        1.0,
        5,
    ),
}


def _pick(rng: random.Random, code: str, key: str) -> str:
    return rng.choice(section(FILE, code)[key])


def _person(rng: random.Random, code: str) -> str:
    letters = LANGUAGES[code].initials
    second = f" {rng.choice(letters)}." if code in {"uk"} or chance(rng, 0.1) else ""
    return f"{_pick(rng, code, 'families')} {rng.choice(letters)}.{second}"


def _persons(rng: random.Random, code: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_person(rng, code) for _ in range(several(rng, 3, 0.2))))


def _title(rng: random.Random, code: str) -> str:
    topic = _pick(rng, code, "topics")
    return _pick(rng, code, "patterns").format(
        T=topic[0].upper() + topic[1:],
        top=topic,
        r=_pick(rng, code, "regions"),
        r2=_pick(rng, code, "regions2"),
        t=_pick(rng, code, "times"),
    )


class _Note:
    """One note on the way."""

    def __init__(self, rng: random.Random, code: str) -> None:
        self.rng, self.code, self.words, self.builder = rng, code, LANGUAGES[code], Builder()
        self.first = chance(rng, self.words.initials_first)
        self.comma = ", " if chance(rng, self.words.comma) else ". "
        self.dash = rng.choice("–-–—")

    def name(self, full: str) -> str:
        family, _, initials = full.partition(" ")
        return f"{initials} {family}" if self.first and initials else full

    def people(self, role: str, names: Sequence[str]) -> None:
        for place, person in enumerate(names):
            self.builder.add(", " if place else "").put(role, self.name(person))

    def stop(self, mark: str) -> None:
        """`mark`, its full stop not doubled."""
        self.builder.add(mark[1:] if mark.startswith(".") and self.builder.ends_with((".",)) else mark)

    def head(self, names: Sequence[str]) -> None:
        self.people("author", names)
        if self.comma == ", ":
            self.builder.add(", ")
        else:
            self.stop(". ")

    def imprint(self, place: str, publisher: str, year: str) -> None:
        self.stop(self.comma)
        self.builder.put("publisher-place", place)
        if publisher and chance(self.rng, 0.5):
            self.builder.add(": " if self.code != "el" else self.rng.choice((": ", ", "))).put("publisher", publisher)
        self.builder.add(", " if self.code != "el" else self.rng.choice((", ", " "))).put("issued", year)
        if self.code == "sr" and chance(self.rng, 0.4):
            self.builder.add(".")

    def pages(self, *, part: bool = False) -> None:
        rng = self.rng
        first = rng.randint(5, 560)
        value = f"{first}{self.dash}{first + rng.randint(2, 25)}" if chance(rng, 0.45) else str(first)
        self.stop(self.comma)
        label = rng.choice(self.words.pages)
        self.builder.add(label).put("page" if part and self.dash in value else "locator", value)

    def book(self) -> None:
        rng = self.rng
        if chance(rng, 0.45):
            names, title, place, publisher, year = _pick(rng, self.code, "books").split("|")
            authors: Sequence[str] = names.split(", ")
        else:
            place, publisher = _pick(rng, self.code, "publishers").split("|")
            authors, title, year = _persons(rng, self.code), _title(rng, self.code), str(rng.randint(1955, 2022))
        self.head(authors)
        self.builder.put("title", title)
        extra = rng.random()
        if extra < 0.08:
            self.builder.add(rng.choice(self.words.editors)).put("editor", self.name(_person(rng, self.code)))
        elif extra < 0.14:
            self.builder.add(rng.choice(self.words.translators)).put("translator", self.name(_person(rng, self.code)))
        if chance(rng, 0.15):
            self.stop(self.comma)
            self.builder.add(rng.choice(self.words.volumes)).put(
                "volume",
                rng.choice(
                    (
                        str(rng.randint(1, 9)),
                        "I",
                        "II",
                        rng.choice(("Α΄", "Β΄", "Γ΄", "Δ΄", "Ε΄", "Α'", "Β'")) if self.code == "el" else "IV",
                    )
                ),
            )
        self.imprint(place, publisher, year)
        if chance(rng, 0.85):
            self.pages()

    def article(self) -> None:
        rng = self.rng
        open_mark, close_mark = rng.choice(self.words.quotes)
        self.head(_persons(rng, self.code))
        title = _title(rng, self.code)
        if open_mark:
            title = title.replace("«", "“").replace("»", "”")
        self.builder.add(open_mark).put("title", title).add(close_mark)
        self.stop(rng.choice(self.words.article))
        self.builder.put("container-title", _pick(rng, self.code, "journals"))
        year, issue = str(rng.randint(1925, 2022)), str(rng.randint(1, 90 if self.code in {"el", "sr"} else 12))
        if self.code == "uk":
            self.builder.add(". ").put("issued", year).add(
                rng.choice((". ", ". – ")) + rng.choice(self.words.issues)
            ).put("issue", issue)
        elif self.code == "el":
            self.builder.add(rng.choice((" ", ", ")) + rng.choice(self.words.issues)).put("issue", issue).add(" (").put(
                "issued", year
            ).add(")")
        else:
            self.builder.add(", ")
            if chance(rng, 0.6):
                self.builder.put("issued", year).add(", " + rng.choice(self.words.issues)).put("issue", issue)
            else:
                self.builder.add(rng.choice(self.words.issues)).put("issue", issue).add(rng.choice((" (", ", ")))
                self.builder.put("issued", year).add(")" if self.builder.pieces[-2] == " (" else "")
        if chance(rng, 0.9):
            self.pages(part=True)

    def archive(self) -> None:
        rng = self.rng
        mark = ", " if self.code != "uk" or chance(rng, 0.15) else ". "
        labels = [label.lower() if mark == ", " else label for label in self.words.archive]
        parts = [
            f"{labels[0]}{rng.randint(1, 3900)}",
            f"{labels[1]}{rng.randint(1, 60)}",
            f"{labels[2]}{rng.randint(1, 1800)}",
        ]
        self.builder.put("archive", _pick(rng, self.code, "archives")).add(rng.choice((mark, ", "))).put(
            "archive_location", mark.join(parts)
        )
        if chance(rng, 0.85):
            sheet = rng.randint(1, 240)
            back = " зв." if self.code == "uk" else ""
            self.builder.add(mark + labels[3]).put(
                "locator", rng.choice((str(sheet), f"{sheet}–{sheet + 3}", f"{sheet}{back}"))
            )

    def thesis(self) -> None:
        rng = self.rng
        self.head((_person(rng, self.code),))
        self.builder.put("title", _title(rng, self.code)).add(rng.choice((": ", ", ", ". "))).put(
            "genre", rng.choice(self.words.theses)
        )
        place = _pick(rng, self.code, "publishers").split("|")[0]
        self.imprint(place, "", str(rng.randint(1970, 2022)))
        self.pages()

    def web(self) -> None:
        rng = self.rng
        self.head(_persons(rng, self.code))
        self.builder.put("title", _title(rng, self.code))
        self.stop(rng.choice((". URL: ", ", ", ". ", ": ")))
        address = rng.choice(
            (
                "https://www.historians.in.ua/index.php/",
                "http://resource.history.org.ua/publ/",
                "https://liternet.bg/publish/",
                "https://www.rastko.rs/istorija/",
                "https://www.kathimerini.gr/politics/",
                "https://politeka.net/",
            )
        )
        self.builder.put("URL", f"{address}{rng.randint(1000, 999999)}")
        mark = rng.choice(self.words.accessed)
        self.builder.add(mark).put(
            "accessed",
            rng.choice(
                (
                    f"{rng.randint(1, 28):02}.{rng.randint(1, 12):02}.{rng.randint(2010, 2024)}",
                    f"{rng.randint(1, 28)}/{rng.randint(1, 12)}/{rng.randint(2010, 2024)}",
                )
            ),
        )
        self.builder.add("]" if "[" in mark else ")")

    def short(self) -> None:
        rng = self.rng
        if chance(rng, 0.5):
            self.builder.add(rng.choice(self.words.again))
        else:
            self.builder.put("author", self.name(_person(rng, self.code)))
            if self.comma == ", ":
                self.builder.add(", ")
            else:
                self.stop(". ")
            self.builder.add(rng.choice(self.words.cited))
        if self.code in {"el", "sr"}:
            self.builder.add("." if self.builder.ends_with(("π", "д", "cit", "Ibid")) else "")
        self.pages()


def note(rng: random.Random, code: str) -> Builder:
    """A note in one of the languages."""
    made = _Note(rng, code)
    kinds = (made.book, made.article, made.archive, made.thesis, made.web, made.short)
    rng.choices(kinds, (34, 30, 14, 5, 5, 10))[0]()
    return made.builder
