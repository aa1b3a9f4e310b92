"""Korean notes."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from citekit.training.example import Builder
from citekit.training.grammar.eastern_bank import chance, people, rows, several, words

__all__ = ["NOTES"]

FILE = "ko"


@dataclass(frozen=True, slots=True)
class _Work:
    authors: tuple[str, ...]
    title: str
    publisher: str
    year: int
    place: str


def _pick(rng: random.Random, key: str) -> str:
    return rng.choice(words(FILE, key))


def _person(rng: random.Random) -> str:
    return _pick(rng, "families") + _pick(rng, "givens")


def _persons(rng: random.Random, maximum: int = 3) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_person(rng) for _ in range(several(rng, maximum, 0.2))))


def _title(rng: random.Random) -> str:
    first, second = rng.sample(words(FILE, "subjects"), 2)
    year = rng.randint(180, 198) * 10
    filled = _pick(rng, "patterns").format(
        period=_pick(rng, "periods"), s=first, s2=second, y1=year, y2=year + rng.randint(3, 40)
    )
    return _PARTICLE.sub(_particle, filled)


def _work(rng: random.Random) -> _Work:
    if chance(rng, 0.4):
        authors, title, publisher, year, place = rng.choice(rows(FILE, "books"))
        return _Work(people(authors, ", "), title, publisher, int(year), place)
    return _Work(
        _persons(rng),
        _title(rng),
        _pick(rng, "publishers"),
        rng.randint(1955, 2023),
        rng.choice(("서울", "서울", "파주", "부산")),
    )


_PARTICLE = re.compile(r"([가-힣])([’”」』]?)(와|과|을|를)(?=[ ,.]|$)")
_PAIRS = {"와": "와과", "과": "와과", "을": "를을", "를": "를을"}


def _particle(match: re.Match[str]) -> str:
    """The form of a particle that the syllable before it wants: Hangul blocks with a final consonant end off 28."""
    closed = (ord(match[1]) - 0xAC00) % 28 > 0
    return f"{match[1]}{match[2]}{_PAIRS[match[3]][closed]}"


QUOTES = (
    ("『", "』", "「", "」"),
    ("『", "』", "「", "」"),
    ("《", "》", "〈", "〉"),
    ("『", "』", "“", "”"),
    ("", "", "“", "”"),
)


def _people(rng: random.Random, builder: Builder, role: str, names: tuple[str, ...], ending: str = "") -> None:
    mark = rng.choice((", ", "·", "・", ", "))
    for place, name in enumerate(names):
        builder.add(mark if place else "").put(role, name)
    builder.add(ending)


def _locator(rng: random.Random, builder: Builder, *, part: bool = False) -> None:
    """The page cited; a lone range in an article or chapter (`part`) is its extent."""
    first = rng.randint(5, 560)
    value = f"{first}{rng.choice('-~–∼')}{first + rng.randint(1, 20)}" if chance(rng, 0.4) else str(first)
    name = "page" if part and value != str(first) else "locator"
    if chance(rng, 0.1):
        name, value = "locator", f"{first}, {first + 11}"
    form = rng.random()
    if form < 0.6:
        builder.add(", ").put(name, value).add("쪽")
    elif form < 0.8:
        builder.add(rng.choice((", p.", ", pp. ", ", p. "))).put(name, value)
    else:
        builder.add(", ").put(name, value).add(rng.choice(("면", "頁", "쪽 참조")))


def _imprint(rng: random.Random, builder: Builder, work: _Work) -> None:
    year = f"{work.year}년" if chance(rng, 0.12) else str(work.year)
    form = rng.random()
    if form < 0.55:
        builder.add(", ").put("publisher", work.publisher).add(", ").put("issued", year)
    elif form < 0.75:
        builder.add("(").put("publisher", work.publisher).add(", ").put("issued", year).add(")")
    elif form < 0.9:
        builder.add(rng.choice((", ", " ("))).put("publisher-place", work.place).add(
            rng.choice((": ", ":", " : "))
        ).put("publisher", work.publisher)
        builder.add(", ").put("issued", year).add(")" if " (" in builder.pieces else "")
    else:
        builder.add(", ").put("issued", year)


def book_note(rng: random.Random) -> Builder:
    """A book: "저자, 『책』, 출판사, 1990, 33쪽"."""
    builder, work = Builder(), _work(rng)
    open_mark, close_mark, _, _ = rng.choice(QUOTES)
    edited = chance(rng, 0.15)
    ending = (
        rng.choice((" 편", " 엮음", " 외 편", " 편저", "편")) if edited else rng.choice(("", "", "", " 지음", " 저"))
    )
    _people(rng, builder, "editor" if edited else "author", work.authors, ending)
    if not edited and chance(rng, 0.08):
        builder.add(" 지음, " if not ending else ", ")
        _people(rng, builder, "translator", _persons(rng, 2), rng.choice((" 옮김", " 역")))
    builder.add(rng.choice((", ", ", ", " "))).add(open_mark).put("title", work.title).add(close_mark)
    if chance(rng, 0.12):
        builder.add(rng.choice((" ", ", "))).put(
            "volume",
            rng.choice((f"{rng.randint(1, 9)}", f"제{rng.randint(1, 9)}권", "상", "하", f"{rng.randint(1, 9)}권")),
        )
    if chance(rng, 0.05):
        builder.add("(").put("edition", rng.choice(("제2판", "개정판", "증보판", "제5판"))).add(")")
    _imprint(rng, builder, work)
    if chance(rng, 0.85):
        _locator(rng, builder)
    return builder


def article_note(rng: random.Random) -> Builder:
    """An article or a chapter."""
    builder, work = Builder(), _work(rng)
    open_mark, close_mark, first_mark, last_mark = rng.choice(QUOTES)
    _people(rng, builder, "author", _persons(rng))
    builder.add(rng.choice((", ", ", ", " "))).add(first_mark).put("title", _title(rng)).add(last_mark + ", ")
    if chance(rng, 0.22):
        if chance(rng, 0.6):
            _people(rng, builder, "editor", _persons(rng, 2), rng.choice((" 편, ", " 엮음, ", " 외, ")))
        builder.add(open_mark).put("container-title", work.title).add(close_mark)
        _imprint(rng, builder, work)
    else:
        builder.add(open_mark).put("container-title", _pick(rng, "journals")).add(close_mark)
        volume, issue = str(rng.randint(1, 180)), str(rng.randint(1, 6))
        form = rng.random()
        if form < 0.3:
            builder.add(" ").put("volume", volume)
        elif form < 0.55:
            builder.add(rng.choice((" ", ", "))).put("volume", volume).add("-").put("issue", issue)
        elif form < 0.75:
            builder.add(rng.choice((" ", ", "))).put(
                "volume", f"제{volume}권" if chance(rng, 0.6) else f"{volume}권"
            ).add(" ").put("issue", f"제{issue}호" if chance(rng, 0.6) else f"{issue}호")
        else:
            builder.add(" ").put("issue", rng.choice((f"제{volume}호", f"{volume}호", f"{volume}집")))
        if chance(rng, 0.3):
            builder.add(", ").put(
                "publisher",
                rng.choice(
                    ("한국사연구회", "역사학회", "한국역사연구회", "진단학회", "동양사학회", "연세대학교 국학연구원")
                ),
            )
        builder.add(rng.choice((", ", "(")))
        builder.put("issued", str(rng.randint(1955, 2023)) + rng.choice(("", "", "년", f".{rng.randint(1, 12)}"))).add(
            ")" if builder.pieces[-2] == "(" else ""
        )
    if chance(rng, 0.45):
        first = rng.randint(1, 330)
        builder.add(", ").put("page", f"{first}{rng.choice('-~–∼')}{first + rng.randint(4, 40)}").add(
            rng.choice(("쪽", "쪽", "면"))
        )
    elif chance(rng, 0.8):
        _locator(rng, builder, part=True)
    return builder


def thesis_note(rng: random.Random) -> Builder:
    """A thesis."""
    builder = Builder()
    _, _, first_mark, last_mark = rng.choice(QUOTES)
    builder.put("author", _person(rng)).add(", " + first_mark).put("title", _title(rng)).add(last_mark + ", ")
    builder.put("publisher", _pick(rng, "universities") + rng.choice(("", " 대학원", " 사학과"))).add(" ")
    builder.put("genre", rng.choice(("박사학위논문", "석사학위논문", "박사논문"))).add(", ").put(
        "issued", str(rng.randint(1975, 2023))
    )
    if chance(rng, 0.7):
        _locator(rng, builder)
    return builder


def newspaper_note(rng: random.Random) -> Builder:
    """A newspaper of a day."""
    builder = Builder()
    open_mark, close_mark, first_mark, last_mark = rng.choice(QUOTES)
    if chance(rng, 0.65):
        builder.add(first_mark).put("title", _title(rng)).add(last_mark + ", ")
    builder.add(open_mark).put("container-title", _pick(rng, "newspapers")).add(close_mark)
    year, month, day = rng.randint(1896, 2022), rng.randint(1, 12), rng.randint(1, 28)
    builder.add(rng.choice((", ", " ", ", "))).put(
        "issued",
        rng.choice(
            (
                f"{year}년 {month}월 {day}일",
                f"{year}. {month}. {day}",
                f"{year}.{month}.{day}",
                f"{year}년 {month}월 {day}일",
            )
        ),
    )
    if chance(rng, 0.2):
        builder.add(", ").put("page", str(rng.randint(1, 12))).add("면")
    return builder


def archive_note(rng: random.Random) -> Builder:
    """A record of an archive."""
    builder = Builder()
    builder.add("「").put(
        "title",
        rng.choice((_title(rng) + " 관계철", "기밀문서철", "재외공관 보고", f"{_pick(rng, 'subjects')}에 관한 건")),
    ).add("」, ")
    if chance(rng, 0.6):
        builder.put("issued", f"{rng.randint(1895, 1985)}.{rng.randint(1, 12)}.{rng.randint(1, 28)}").add(", ")
    builder.put("archive", _pick(rng, "archives")).add(rng.choice((" 소장, ", ", ", " 소장 "))).put(
        "archive_location",
        rng.choice(
            (
                f"BA{rng.randint(1000000, 9999999)}",
                f"奎{rng.randint(1000, 29999)}",
                f"관리번호 CJA{rng.randint(1000000, 9999999)}",
                f"C-{rng.randint(1, 90):04}",
            )
        ),
    )
    return builder


def short_note(rng: random.Random) -> Builder:
    """A work cited before."""
    builder, form = Builder(), rng.random()
    if form < 0.4:
        builder.add(rng.choice(("위의 책", "같은 책", "위의 글", "앞의 책", "같은 글", "위의 논문", "상게서")))
    elif form < 0.8:
        builder.put("author", _person(rng)).add(
            rng.choice((", 앞의 책", ", 앞의 논문", ", 앞의 글", ", 전게서", ", 앞의 책(주 12)"))
        )
        if chance(rng, 0.3):
            builder.add("(").put("issued", str(rng.randint(1960, 2022))).add(")")
    else:
        work = _work(rng)
        builder.put("author", work.authors[0]).add(", 『").put("title", work.title.split(":")[0]).add("』")
    _locator(rng, builder)
    return builder


NOTES: tuple[tuple[Callable[[random.Random], Builder], int], ...] = (
    (book_note, 32),
    (article_note, 36),
    (thesis_note, 6),
    (newspaper_note, 7),
    (archive_note, 5),
    (short_note, 10),
)
