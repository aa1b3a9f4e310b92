"""Notes on Chinese works in English, Italian, German and French."""

from __future__ import annotations

import random
from collections.abc import Callable

from citekit.training.example import Builder
from citekit.training.grammar import chinese_records as zh
from citekit.training.grammar.eastern_bank import chance, rows, words
from citekit.training.grammar.mixed_records import Manner, Title, title
from citekit.training.grammar.romanise import pinyin

__all__ = ["MONTHS", "NOTES", "locator", "put_persons", "volume_mark"]

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
    "en": ("vol. ", "vol. ", "Vol. ", "juan ", "ce "),
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


def put_persons(rng: random.Random, builder: Builder, role: str, names: tuple[str, ...], manner: Manner) -> None:
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


def locator(rng: random.Random, builder: Builder, language: str, name: str = "locator", before: str = ", ") -> None:
    """The page cited."""
    first = rng.randint(2, 640)
    value = str(first)
    label = rng.choice(PAGE[language])
    if chance(rng, 0.35) or label == "pp. ":
        value = f"{first}{rng.choice('–-')}{first + rng.randint(1, 14)}"
        label = {"p. ": rng.choice(("pp. ", "pp. ", "p. ")) if language in {"en", "it"} else "p. "}.get(label, label)
    builder.add(before + label).put(name, value)


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
    builder, manner, book = Builder(), Manner.of(rng), zh.book(rng)
    real = book.title if chance(rng, 0.45) else ""
    put_persons(rng, builder, "editor" if book.role else "author", book.authors[:3], manner)
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
    put_persons(rng, builder, "author", article.authors, manner)
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
    builder, manner, book = Builder(), Manner.of(rng), zh.book(rng)
    put_persons(rng, builder, "author", zh.persons(rng, 2), manner)
    builder.add(", ")
    put_title(rng, builder, title(rng, manner), rng.choice(QUOTES[manner.language]))
    builder.add(rng.choice((", ", " ")) + IN[manner.language])
    person = rng.choice(words(zh.BANK, "persons"))
    container = rng.choice((book.title, person + "文集", person + "全集"))
    before = chance(rng, 0.4)
    if before:
        put_persons(rng, builder, "editor", zh.persons(rng, 2), manner)
        builder.add(rng.choice(EDITED[manner.language]) + ", ")
    shown = manner.script(container) if manner.characters == "only" else manner.romanised(container)
    builder.put("container-title", shown)
    if manner.characters == "both":
        builder.add(" " + manner.script(container))
    if not before and chance(rng, 0.4):
        builder.add({"en": ", ed. ", "it": ", a cura di ", "de": ", hg. von ", "fr": ", éd. par "}[manner.language])
        put_persons(rng, builder, "editor", zh.persons(rng, 2), manner)
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
        locator(rng, builder, manner.language)
    return builder, manner.language


def newspaper_note(rng: random.Random) -> Made:
    """An article of a Chinese newspaper."""
    builder, manner = Builder(), Manner.of(rng)
    roman, characters, gloss = rng.choice(rows("mixed", "newspapers"))
    if chance(rng, 0.75):
        if chance(rng, 0.4):
            put_persons(rng, builder, "author", zh.persons(rng, 1), manner)
            builder.add(", ")
        put_title(rng, builder, title(rng, manner), rng.choice(QUOTES[manner.language]))
        builder.add(", ")
    if manner.characters == "only":
        builder.put("container-title", characters)
    else:
        builder.put("container-title", roman)
        if manner.characters == "both":
            builder.add(" " + characters)
        if chance(rng, 0.15):
            builder.add(f" [{gloss}]")
    builder.add(rng.choice((", ", ", ", " (")))
    bracket = builder.pieces[-1] == " ("
    builder.put("issued", date(rng, manner.language)).add(")" if bracket else "")
    if chance(rng, 0.4):
        builder.add(rng.choice((", p. ", ", ", ", p. ")) if manner.language != "de" else ", S. ").put(
            "page", str(rng.randint(1, 8))
        )
    return builder, manner.language


def gazetteer_note(rng: random.Random) -> Made:
    """A local gazetteer, old or new, or a paper for internal use."""
    builder, manner = Builder(), Manner.of(rng)
    county = zh.pick(rng, "counties")
    kind = rng.choice(("县志", "府志", "州志", "乡土志"))
    if chance(rng, 0.5):
        shown = Title(
            manner.romanised(county + kind), "" if manner.characters == "roman" else manner.script(county + kind), ""
        )
        if manner.glossed:
            shown = Title(
                shown.roman,
                shown.characters,
                f"Gazetteer of {manner.romanised(county)}" if manner.language == "en" else "",
            )
        put_title(rng, builder, shown)
        if chance(rng, 0.7):
            year = rng.randint(1520, 1936)
            builder.add(rng.choice((" (", ", "))).put("issued", str(year)).add(
                ")" if builder.pieces[-2] == " (" else ""
            )
        builder.add(rng.choice((", juan ", ", j. ", ", ", " ", ", ch. "))).put("volume", str(rng.randint(1, 60)))
        if chance(rng, 0.7):
            builder.add(rng.choice((", ", ": ", ".", "/"))).put(
                "locator", rng.choice((f"{rng.randint(1, 60)}{rng.choice('ab')}", str(rng.randint(1, 90))))
            )
        return builder, manner.language
    body = county + "县" + rng.choice(("志编纂委员会", "地方志编纂委员会", "档案馆", "统计局"))
    both = manner.characters == "both"
    builder.put("editor", manner.romanised(body) + (" " + manner.script(body) if both else "")).add(
        rng.choice((", ed., ", " (ed.), ", ", "))
        if manner.language == "en"
        else rng.choice(EDITED[manner.language]) + ", "
    )
    name = county + "县" + rng.choice(("志", "粮食志", "农业统计资料汇编", "水利志"))
    put_title(
        rng,
        builder,
        Title(
            manner.romanised(name),
            manner.script(name) if both else "",
            f"{manner.romanised(county)} County Gazetteer" if manner.glossed and manner.language == "en" else "",
        ),
    )
    if chance(rng, 0.3):
        builder.add(
            rng.choice((", neibu", " (neibu)", ", internal publication", " (neibu faxing 内部发行)"))
            if manner.language == "en"
            else " (neibu)"
        )
    place, publisher = rng.choice(rows(zh.BANK, "publishers"))
    imprint(rng, builder, manner, zh.Book((), "", place, publisher, rng.randint(1962, 2008)))
    if chance(rng, 0.8):
        locator(rng, builder, manner.language)
    return builder, manner.language


def classic_note(rng: random.Random) -> Made:
    """A classical work by scroll and leaf."""
    builder, manner = Builder(), Manner.of(rng)
    author, name, _, place, publisher, year = rng.choice(rows("zh_books", "classics"))
    if chance(rng, 0.6):
        put_persons(rng, builder, "author", (author.removesuffix("等").split("、")[0],), manner)
        builder.add(", ")
    put_title(
        rng, builder, Title(manner.romanised(name), manner.script(name) if manner.characters != "roman" else "", "")
    )
    if chance(rng, 0.7):
        imprint(rng, builder, manner, zh.Book((), "", place, publisher, int(year)))
    if chance(rng, 0.6):
        builder.add(rng.choice((", juan ", ", ", ", j. ", " ", ", 卷"))).put("volume", str(rng.randint(1, 130)))
        builder.add(rng.choice((".", ":", ", p. ", "/"))).put(
            "locator", rng.choice((str(rng.randint(3, 4000)), f"{rng.randint(1, 40)}{rng.choice('ab')}"))
        )
    else:
        locator(rng, builder, manner.language)
    return builder, manner.language


def archive_note(rng: random.Random) -> Made:
    """A paper in a Chinese archive."""
    builder, manner = Builder(), Manner.of(rng)
    archive, characters = rng.choice(rows("mixed", "chinese_archives"))
    number = rng.choice(
        (
            f"B{rng.randint(1, 250)}-{rng.randint(1, 3)}-{rng.randint(1, 900)}",
            f"JC{rng.randint(1, 90)}-{rng.randint(1, 9)}-{rng.randint(1, 5000)}",
            f"{rng.randint(100, 120)}-{rng.randint(1, 1900):05}-{rng.randint(1, 4):02}",
            f"{rng.randint(1, 900)}-{rng.randint(1, 9)}-{rng.randint(1, 999)}, pp",
            f"A{rng.randint(1, 90)}-{rng.randint(1, 9)}-{rng.randint(1, 300)}",
        )
    )
    pages = number.endswith(", pp")
    number = number.removesuffix(", pp")
    first = chance(rng, 0.4)
    if not first:
        document = zh.document(rng)
        put_title(
            rng,
            builder,
            title(rng, manner) if chance(rng, 0.4) else title(rng, manner, document),
            rng.choice(QUOTES[manner.language]),
        )
        builder.add(", ").put("issued", date(rng, manner.language, 1912, 1975)).add(", ")
    builder.put("archive", archive).add(
        f" {characters}" if characters and manner.characters == "both" and chance(rng, 0.5) else ""
    )
    builder.add(", ").put("archive_location", number)
    if pages or chance(rng, 0.3):
        locator(rng, builder, manner.language)
    if first and chance(rng, 0.5):
        builder.add(", ")
        put_title(rng, builder, title(rng, manner, zh.document(rng)), rng.choice(QUOTES[manner.language]))
        if chance(rng, 0.7):
            builder.add(", ").put("issued", date(rng, manner.language, 1912, 1975))
    return builder, manner.language


def short_note(rng: random.Random) -> Made:
    """A work cited before."""
    builder, manner, book = Builder(), Manner.of(rng), zh.book(rng)
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
    builder, manner, book = Builder(), Manner.of(rng), zh.book(rng)
    put_persons(rng, builder, "editor" if book.role else "author", book.authors[:2], manner)
    builder.add(" (ed.)" if book.role else "").add(rng.choice((". ", " (", ", ")))
    bracket = builder.pieces[-1] == " ("
    builder.put("issued", str(book.year)).add(rng.choice(("). ", "), ", "): ")) if bracket else ". ")
    put_title(rng, builder, title(rng, manner, book.title if chance(rng, 0.5) else ""))
    builder.add(". ").put("publisher-place", _place(manner, book.place)).add(": ").put(
        "publisher", pinyin(book.publisher)
    )
    return builder, manner.language


NOTES: tuple[tuple[Callable[[random.Random], Made], int], ...] = (
    (book_note, 28), (article_note, 18), (chapter_note, 10), (newspaper_note, 8), (gazetteer_note, 5), (classic_note, 5), (archive_note, 6), (short_note, 6), (author_year_entry, 6),
)  # fmt: skip
