"""Entries of Russian lists in full (GOST 7.1-2003, GOST R 7.0.100-2018), with their statements of responsibility."""

from __future__ import annotations

import random

from citekit.training.example import Builder
from citekit.training.grammar.eastern_bank import chance
from citekit.training.grammar.russian import composed_title, genitive, name, names, pages, work

__all__ = ["chapter", "described"]

_BODIES = (
    "Рос. акад. наук, Ин-т рос. истории",
    "ИНИОН РАН",
    "Ин-т всеобщей истории РАН",
    "АН СССР, Ин-т истории",
    "МГУ им. М. В. Ломоносова, Ист. фак.",
    "Рос. гос. гуманит. ун-т",
    "Гос. ист. музей",
    "Федер. арх. агентство",
)
_SERIES = (
    "Литературные памятники",
    "Научное наследие",
    "Страницы истории",
    "Документы советской истории",
    "Россия. XX век. Документы",
    "Historia Rossica",
    "Библиотека журнала",
    "Труды исторического факультета",
)
_EDITORS = (
    "под ред. ",
    "под ред. ",
    "отв. ред. ",
    "отв. ред. ",
    "под общ. ред. ",
    "науч. ред. ",
    "гл. ред. ",
    "сост. ",
    "сост. ",
    "сост.: ",
    "подгот. ",
    "вступ. ст. и коммент. ",
)
_KIND = ("монография", "учеб. пособие", "сборник документов", "сб. ст.", "материалы конф.", "учебник для вузов")


def _turned(full: str) -> str:
    """ "Иванов И. И." as "И. И. Иванов"."""
    family, _, initials = full.partition(" ")
    return f"{initials} {family}".strip()


def described(rng: random.Random) -> Builder:
    """A book, a collection or a chapter described by all areas of the standard."""
    builder = Builder()
    part = rng.choice((". – ", ". – ", ". — ", ". - ", ". "))
    colon = " : " if chance(rng, 0.5) else ": "
    book = work(rng)
    authors = () if chance(rng, 0.3) else book.authors[:1]
    comma = "," if chance(rng, 0.5) else ""
    for author in authors:
        family, _, initials = author.partition(" ")
        builder.put("author", f"{family}{comma} {initials}".strip())
        builder.add("" if builder.ends_with((".",)) else ".").add(" ")
    builder.put("title", book.title)
    if chance(rng, 0.25):
        builder.add(" [Текст]")
    if chance(rng, 0.3):
        builder.add(colon + rng.choice(_KIND))
    if chance(rng, 0.15):
        builder.add(f"{colon}в {rng.randint(2, 12)} т.")
    _responsible(rng, builder, book.authors, repeated=bool(authors) and chance(rng, 0.6))
    if chance(rng, 0.3):
        builder.add("" if builder.ends_with((".",)) else part.rstrip()).add(" ")
        builder.put("edition", rng.choice(("2-е", "3-е", "4-е"))).add(
            rng.choice((" изд.", " изд., испр. и доп.", " изд., перераб. и доп.", " изд., стер."))
        )
    builder.add(part.removeprefix(".") if builder.ends_with((".",)) else part)
    builder.put("publisher-place", "Москва" if book.place == "М." and chance(rng, 0.4) else book.place)
    if chance(rng, 0.85):
        builder.add(colon).put("publisher", book.publisher)
    builder.add(", ").put("issued", str(book.year))
    if chance(rng, 0.35):
        builder.add(part + rng.choice(("Т. ", "Т. ", "Кн. ", "Вып. ", "Ч. "))).put("volume", str(rng.randint(1, 14)))
        if chance(rng, 0.2):
            builder.add(", " + rng.choice(("вып. ", "ч. ", "кн. "))).put("issue", str(rng.randint(1, 4)))
    if chance(rng, 0.7):
        builder.add(part).put("page", f"{rng.randint(96, 890)} с")
    else:
        builder.add(part + "С. ").put("locator", rng.choice((str(rng.randint(3, 400)), pages(rng))))
    if chance(rng, 0.25):
        builder.add((part if part != ". " else ". – ") + "(").put("collection-title", rng.choice(_SERIES))
        builder.add(rng.choice((")", ")", f" ; вып. {rng.randint(1, 30)})")))
    if chance(rng, 0.2):
        builder.add(part + "ISBN ").put(
            "ISBN", f"5-{rng.randint(10, 99)}-{rng.randint(100000, 999999)}-{rng.randint(0, 9)}"
        )
    return builder


def _responsible(rng: random.Random, builder: Builder, authors: tuple[str, ...], *, repeated: bool) -> None:
    """The statements behind " / ": authors once more (no field of their own), editors, compilers, institutions."""
    opened = False

    def opens() -> None:
        nonlocal opened
        builder.add(rng.choice((" ; ", "; ")) if opened else " / ")
        opened = True

    if repeated and authors:
        opens()
        builder.add(", ".join(_turned(author) for author in authors))
    for _ in range(rng.choice((0, 1, 1, 1, 2, 2) if not repeated else (0, 0, 1, 1, 2))):
        opens()
        said = rng.choice(_EDITORS)
        builder.add(said)
        declined = "под" in said
        for place, person in enumerate(names(rng, 2)):
            shown = genitive(person) if declined else person
            builder.add(", " if place else "").put("editor", _turned(shown))
        if chance(rng, 0.12):
            builder.add(" [и др.]")
    if opened and chance(rng, 0.25):
        opens()
        builder.add(rng.choice(_BODIES))


def chapter(rng: random.Random) -> Builder:
    """A chapter whose collection states who is responsible: " // … / отв. ред. …; сост. …"."""
    builder = Builder()
    builder.put("author", name(rng))
    builder.add("" if builder.ends_with((".",)) else ".").add(" ")
    builder.put("title", composed_title(rng)).add(rng.choice((" // ", " // ", " // В кн.: ")))
    book = work(rng)
    builder.put("container-title", book.title)
    _responsible(rng, builder, (), repeated=False)
    part = rng.choice((". – ", ". — ", ". "))
    builder.add(part.removeprefix(".") if builder.ends_with((".",)) else part).put("publisher-place", book.place)
    if chance(rng, 0.6):
        builder.add(": ").put("publisher", book.publisher)
    builder.add(", ").put("issued", str(book.year))
    if chance(rng, 0.2):
        builder.add(part + rng.choice(("Т. ", "Вып. "))).put("volume", str(rng.randint(1, 30)))
    builder.add(part + "С. ").put("page", pages(rng))
    return builder
