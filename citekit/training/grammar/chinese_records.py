"""Chinese works: real ones of the bank, and composed ones, in simplified or traditional characters."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, replace
from functools import cache

from citekit.training.grammar.eastern_bank import chance, people, rows, section, several, words

__all__ = [
    "Article",
    "Book",
    "article",
    "book",
    "document",
    "full_date",
    "law_title",
    "numeral",
    "organisation",
    "pages",
    "person",
    "persons",
    "pick",
    "science_title",
    "subject_title",
    "traditional",
    "traditional_article",
    "traditional_book",
]

BANK = "zh_words"


@dataclass(frozen=True, slots=True)
class Book:
    """A book; `role` is what the persons are to it ("主编"), empty for authors."""

    authors: tuple[str, ...]
    title: str
    place: str
    publisher: str
    year: int
    role: str = ""
    translators: tuple[str, ...] = ()
    gloss: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """An article of a journal."""

    authors: tuple[str, ...]
    title: str
    journal: str
    year: int
    volume: int
    issue: int
    pages: str


def pick(rng: random.Random, key: str) -> str:
    """A word of the lists; its first column where it has several."""
    return rng.choice(words(BANK, key)).split("|")[0]


def person(rng: random.Random) -> str:
    """A Chinese name of two to four characters."""
    family = rng.choice(words(BANK, "compound_families")) if chance(rng, 0.02) else rng.choice(words(BANK, "families"))
    given = rng.choice(words(BANK, "givens"))
    return family + given + (rng.choice(words(BANK, "givens")) if chance(rng, 0.7) else "")


def persons(rng: random.Random, maximum: int = 3) -> tuple[str, ...]:
    """One or more names, none twice."""
    return tuple(dict.fromkeys(person(rng) for _ in range(several(rng, maximum))))


def numeral(number: int) -> str:
    """A number from 1 to 199 in Chinese characters, as volumes are counted."""
    digits = "〇一二三四五六七八九"
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = "一百" if hundreds else ""
    if tens:
        text += ("一" if hundreds else "") + "十" if tens == 1 else digits[tens] + "十"
    elif hundreds and ones:
        text += "零"
    return text + (digits[ones] if ones else "")


def pages(rng: random.Random, dash: str = "—") -> str:
    """A range of pages."""
    first = rng.choice((rng.randint(1, 30), rng.randint(20, 160), rng.randint(100, 900)))
    return f"{first}{dash}{first + rng.randint(2, 28)}"


def full_date(rng: random.Random, first: int = 1900, last: int = 2022) -> str:
    """A day, written out."""
    return f"{rng.randint(first, last)}年{rng.randint(1, 12)}月{rng.randint(1, 28)}日"


def organisation(rng: random.Random) -> str:
    """A body that compiles books."""
    place = pick(rng, "places") if chance(rng, 0.4) else pick(rng, "counties") + "县"
    kind = rng.choice(
        (
            "地方志编纂委员会",
            "档案馆",
            "政协文史资料委员会",
            "统计局",
            "历史研究所",
            "社会科学院经济研究所",
            "党史研究室",
            "博物馆",
            "文物管理委员会",
        )
    )
    general = (
        "中国社会科学院近代史研究所",
        "中央档案馆",
        "中共中央文献研究室",
        "国家统计局",
        "全国政协文史资料研究委员会",
        "故宫博物院",
        "中国人民银行",
        "北京大学历史系",
        "全国人大常委会法制工作委员会",
        "《当代中国》丛书编辑部",
        "本书编写组",
    )
    return rng.choice(general) if chance(rng, 0.45) else place + kind


def subject_title(rng: random.Random) -> str:
    """The title of a study in the humanities or social sciences."""
    if chance(rng, 0.03):
        return science_title(rng)
    first = rng.randint(1840, 1990)
    topic, second = rng.sample(words(BANK, "topics"), 2)
    return rng.choice(words(BANK, "title_patterns")).format(
        topic=topic.split("|")[0],
        topic2=second.split("|")[0],
        period=pick(rng, "periods"),
        place=pick(rng, "places"),
        person=pick(rng, "persons"),
        classic=pick(rng, "classics_named"),
        idea=pick(rng, "ideas"),
        notion=pick(rng, "notions"),
        y1=first,
        y2=min(first + rng.randint(2, 60), 2010),
    )


def science_title(rng: random.Random) -> str:
    """The title of a study in the sciences."""
    if chance(rng, 0.15):
        return rng.choice(words(BANK, "sciences"))
    aspect, other = rng.sample(words(BANK, "science_aspects"), 2)
    method, second = rng.sample(words(BANK, "science_methods"), 2)
    year = rng.randint(1960, 2012)
    return rng.choice(words(BANK, "science_patterns")).format(
        o=rng.choice(words(BANK, "science_objects")),
        a=aspect,
        a2=other,
        m=method,
        m2=second,
        n=rng.randint(12, 480),
        y1=year,
        y2=year + rng.randint(2, 12),
    )


def law_title(rng: random.Random) -> str:
    """The title of a study of law."""
    law, second = rng.sample(words(BANK, "laws"), 2)
    return rng.choice(words(BANK, "law_patterns")).format(
        law=law, law2=second, n=rng.randint(1, 1200), place=pick(rng, "places")
    )


def document(rng: random.Random) -> str:
    """The title of a paper in an archive."""
    official, other = rng.sample(words(BANK, "officials"), 2)
    return rng.choice(words(BANK, "documents")).format(
        place=pick(rng, "places"),
        topic=pick(rng, "topics"),
        year=rng.randint(1911, 1975),
        official=official,
        official2=other,
    )


def book(rng: random.Random, *, law: bool = False) -> Book:
    """A real book of the bank, or a composed one."""
    if not law and chance(rng, 0.4):
        authors, title, place, publisher, printed, role, translators = rng.choice(rows("zh_books", "books"))
        return Book(people(authors), title, place, publisher, int(printed), role, people(translators))
    place, publisher = rng.choice(rows(BANK, "publishers"))
    title = law_title(rng) if law else subject_title(rng)
    year = rng.randint(1950, 2024) if chance(rng, 0.3) else rng.randint(1979, 2024)
    if chance(rng, 0.2):
        author = rng.choice(words(BANK, "translated_authors"))
        return Book((author,), title, place, publisher, year, "", persons(rng, 4))
    if chance(rng, 0.12):
        return Book((organisation(rng),), title, place, publisher, year, rng.choice(("编", "编", "主编", "编著", "")))
    role = rng.choice(("主编", "编", "编著", "编")) if chance(rng, 0.25) else ""
    return Book(persons(rng), title, place, publisher, year, role)


def article(rng: random.Random, *, law: bool = False) -> Article:
    """An article of a Chinese journal."""
    key = "law_journals" if law else "journals"
    title = law_title(rng) if law else subject_title(rng)
    year = rng.randint(1954, 2024) if chance(rng, 0.3) else rng.randint(1980, 2024)
    return Article(persons(rng), title, pick(rng, key), year, rng.randint(1, 60), rng.randint(1, 12), pages(rng))


@cache
def _forms() -> tuple[re.Pattern[str], dict[int, str]]:
    entries = section(BANK, "traditional")
    longer = dict(entry.split("|") for entry in entries["words"])
    single = {ord(pair[0]): pair[1] for line in entries["characters"] for pair in line.split()}
    return re.compile("|".join(sorted(map(re.escape, longer), key=len, reverse=True))), single


def traditional(text: str) -> str:
    """`text` in traditional characters, word by word where the bank knows the word."""
    longer, single = _forms()
    known = dict(entry.split("|") for entry in section(BANK, "traditional")["words"])
    done: list[str] = []
    place = 0
    for found in longer.finditer(text):
        done += [text[place : found.start()].translate(single), known[found.group()]]
        place = found.end()
    done.append(text[place:].translate(single))
    return "".join(done)


def traditional_book(rng: random.Random) -> Book:
    """A book of Taiwan or Hong Kong, at times an old mainland one in traditional characters."""
    found = book(rng)
    place, publisher = rng.choice(rows(BANK, "hk_publishers")) if chance(rng, 0.8) else (found.place, found.publisher)
    return replace(
        found,
        authors=tuple(map(traditional, found.authors)),
        title=traditional(found.title).replace("“", "「").replace("”", "」"),
        place=traditional(place),
        publisher=traditional(publisher),
        translators=tuple(map(traditional, found.translators)),
        role={"主编": "主編", "编": "編", "编著": "編著"}.get(found.role, found.role),
    )


def traditional_article(rng: random.Random) -> Article:
    """An article of a journal of Taiwan or Hong Kong."""
    found = article(rng)
    title = traditional(found.title).replace("“", "「").replace("”", "」")
    return replace(found, authors=tuple(map(traditional, found.authors)), title=title, journal=pick(rng, "tw_journals"))
