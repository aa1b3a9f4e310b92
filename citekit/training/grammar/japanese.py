"""Japanese notes of historians and lawyers."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from citekit.training.example import Builder
from citekit.training.grammar.eastern_bank import chance, people, rows, several, words

__all__ = ["NOTES"]

FILE = "ja"
ERAS = (("明治", 1868, 45), ("大正", 1912, 15), ("昭和", 1926, 64), ("平成", 1989, 31))


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
    year = rng.randint(185, 198) * 10
    return _pick(rng, "patterns").format(
        period=_pick(rng, "periods"),
        place=_pick(rng, "places"),
        s=first,
        s2=second,
        y1=year,
        y2=year + rng.randint(3, 40),
    )


def _work(rng: random.Random) -> _Work:
    if chance(rng, 0.4):
        authors, title, publisher, year, place = rng.choice(rows(FILE, "books"))
        return _Work(people(authors), title, publisher, int(year), place)
    return _Work(_persons(rng), _title(rng), _pick(rng, "publishers"), rng.randint(1930, 2023), "東京")


def _year(rng: random.Random, year: int) -> str:
    if chance(rng, 0.1):
        for name, first, length in ERAS:
            if first <= year < first + length:
                count = year - first + 1
                return f"{name}{'元' if count == 1 else count}年"
    return f"{year}年"


def _people(rng: random.Random, builder: Builder, role: str, names: tuple[str, ...], ending: str = "") -> None:
    mark = rng.choice(("・", "・", "＝", "、", "，"))
    for place, name in enumerate(names):
        builder.add(mark if place else "").put(role, name)
    builder.add(ending)


def _locator(rng: random.Random, builder: Builder, comma: str, *, part: bool = False) -> None:
    """The page cited; a lone range in an article or chapter (`part`) is its extent."""
    name = "locator"
    first = rng.randint(1, 60) if chance(rng, 0.3) else rng.randint(20, 620)
    value = str(first)
    if chance(rng, 0.35):
        value = f"{first}{rng.choice('-–～—－')}{first + rng.randint(1, 20)}"
        name = "page" if part else name
    elif chance(rng, 0.08):
        value = f"{first}、{first + 12}"
    form = rng.random()
    if form < 0.75:
        builder.add(comma).put(name, value).add(rng.choice(("頁", "頁", "頁", "ページ", "頁以下", "頁参照")))
    elif form < 0.9:
        builder.add((comma or " ") + rng.choice(("pp. ", "p.", "pp.", "p. "))).put(name, value)
    else:
        builder.add((comma or " ") + "頁").put(name, value)


def _imprint(rng: random.Random, builder: Builder, work: _Work, comma: str) -> bool:
    """Publisher and year; True in brackets."""
    edition = (
        rng.choice(("新版", "増補版", "第2版", "改訂版", "第三版", "新装版", "復刻版")) if chance(rng, 0.07) else ""
    )
    if chance(rng, 0.65):
        builder.add(rng.choice(("（", "（", "〔")))
        close = {"（": "）", "〔": "〕"}[builder.pieces[-1]]
        if edition:
            builder.put("edition", edition).add(comma)
        if chance(rng, 0.1):
            builder.put("publisher-place", work.place).add("：")
        builder.put("publisher", work.publisher).add(comma).put("issued", _year(rng, work.year)).add(close)
        return True
    builder.add(rng.choice((comma, comma, "")))
    if chance(rng, 0.15):
        builder.put("publisher-place", work.place).add(rng.choice(("：", comma)))
    builder.put("publisher", work.publisher).add(rng.choice((comma, comma, " "))).put("issued", _year(rng, work.year))
    if edition:
        builder.add("（").put("edition", edition).add("）")
    return False


def book_note(rng: random.Random) -> Builder:
    """A book: "著者『書名』（出版社、1990年）33頁"."""
    builder, work = Builder(), _work(rng)
    comma = rng.choice(("、", "、", "，"))
    edited = chance(rng, 0.18)
    ending = (
        rng.choice(("編", "編著", "ほか編", "編", "監修", "編集")) if edited else rng.choice(("", "", "", "", "著"))
    )
    _people(rng, builder, "editor" if edited else "author", work.authors, ending)
    if not edited and chance(rng, 0.06):
        builder.add("（")
        _people(rng, builder, "translator", _persons(rng, 2), "訳）")
    builder.add(rng.choice(("", "", "", comma, " "))).add("『").put(
        "title", work.title.replace("『", "「").replace("』", "」")
    ).add("』")
    if chance(rng, 0.14):
        volume = rng.choice(
            (
                "上巻",
                "下巻",
                f"第{rng.randint(1, 12)}巻",
                "上",
                "下",
                "中",
                f"{rng.randint(1, 20)}",
                f"第{rng.choice('一二三四五')}冊",
                f"第{rng.randint(1, 5)}部",
            )
        )
        builder.add(rng.choice(("", comma, "（"))).put("volume", volume).add("）" if builder.pieces[-2] == "（" else "")
    if not edited and chance(rng, 0.06):
        builder.add(comma)
        _people(rng, builder, "translator", _persons(rng, 2), "訳")
    bracket = _imprint(rng, builder, work, comma)
    if chance(rng, 0.85):
        _locator(rng, builder, rng.choice(("", "", comma)) if bracket else comma)
    return builder


def article_note(rng: random.Random) -> Builder:
    """An article of a journal."""
    builder, comma = Builder(), rng.choice(("、", "、", "，"))
    _people(rng, builder, "author", _persons(rng))
    builder.add(rng.choice(("", "", comma, " "))).add("「").put(
        "title", _title(rng).replace("「", "『").replace("」", "』")
    ).add("」")
    marked = chance(rng, 0.75)
    builder.add(rng.choice(("", comma)) if marked else rng.choice(("", " ")))
    builder.add("『" if marked else "").put("container-title", _pick(rng, "journals")).add("』" if marked else "")
    year, volume, issue = rng.randint(1925, 2023), rng.randint(1, 120), rng.randint(1, 12)
    shown = _year(rng, year)
    if chance(rng, 0.3):
        shown += f"{rng.randint(1, 12)}月"
    form = rng.random()
    if form < 0.35:
        builder.add(rng.choice(("", "", "第"))).put("volume", f"{volume}巻").add(rng.choice(("", "第", "・"))).put(
            "issue", f"{issue}号"
        )
    elif form < 0.55:
        builder.add(rng.choice(("", comma))).put("volume", f"第{volume}巻").put("issue", f"第{issue}号")
    elif form < 0.75:
        builder.add(rng.choice(("", comma))).put(
            "issue", rng.choice((f"{rng.randint(20, 990)}号", f"第{rng.randint(20, 990)}号", f"{rng.randint(20, 900)}"))
        )
    elif form < 0.85:
        builder.put("volume", str(volume)).add(rng.choice(("-", "–", "（"))).put("issue", str(issue)).add(
            "）" if builder.pieces[-2] == "（" else ""
        )
    else:
        builder.put("volume", f"第{volume}輯" if chance(rng, 0.5) else f"{volume}集")
    bracket = chance(rng, 0.45)
    builder.add("（" if bracket else comma).put("issued", shown).add("）" if bracket else "")
    before = rng.choice(("", "", comma)) if bracket else comma
    if chance(rng, 0.55):
        first = rng.randint(1, 190)
        builder.add(before).put("page", f"{first}{rng.choice('-–～—')}{first + rng.randint(2, 40)}").add(
            rng.choice(("頁", "頁", "ページ"))
        )
    elif chance(rng, 0.8):
        _locator(rng, builder, before, part=True)
    return builder


def chapter_note(rng: random.Random) -> Builder:
    """A chapter of an edited book."""
    builder, work = Builder(), _work(rng)
    comma = rng.choice(("、", "、", "，"))
    _people(rng, builder, "author", _persons(rng, 2))
    builder.add(rng.choice(("", "", comma))).add("「").put(
        "title", _title(rng).replace("「", "『").replace("」", "』")
    ).add("」")
    builder.add(rng.choice(("", comma, "（")))
    bracket = builder.pieces[-1] == "（"
    if chance(rng, 0.85):
        _people(rng, builder, "editor", work.authors[:2], rng.choice(("編", "編", "ほか編", "編著", "監修")))
    container = rng.choice(words(FILE, "series")) if chance(rng, 0.15) else work.title
    builder.add("『").put("container-title", container).add("』")
    if chance(rng, 0.25):
        builder.put("volume", rng.choice((f"第{rng.randint(1, 20)}巻", f"{rng.randint(1, 12)}", "上", "下巻")))
    if bracket:
        builder.add(rng.choice((comma, ""))).put("publisher", work.publisher).add(comma).put(
            "issued", _year(rng, work.year)
        ).add("）")
    else:
        bracket = _imprint(rng, builder, work, comma)
    if chance(rng, 0.35):
        first = rng.randint(1, 300)
        builder.add(rng.choice(("", comma)) if bracket else comma).put(
            "page", f"{first}-{first + rng.randint(5, 40)}"
        ).add("頁")
    elif chance(rng, 0.85):
        _locator(rng, builder, rng.choice(("", comma)) if bracket else comma, part=True)
    return builder


def newspaper_note(rng: random.Random) -> Builder:
    """A newspaper of a day."""
    builder, comma = Builder(), rng.choice(("、", "，"))
    if chance(rng, 0.55):
        builder.add("「").put("title", _title(rng).replace("「", "『").replace("」", "』")).add("」").add(
            rng.choice(("", comma))
        )
    builder.add("『").put("container-title", _pick(rng, "newspapers")).add("』")
    builder.add(rng.choice(("", comma, ""))).put(
        "issued", f"{_year(rng, rng.randint(1880, 2020))}{rng.randint(1, 12)}月{rng.randint(1, 28)}日"
    )
    builder.add(rng.choice(("", "", "付", "朝刊", "夕刊", "付夕刊")))
    if chance(rng, 0.25):
        builder.add(rng.choice((comma, "（", ""))).put("page", str(rng.randint(1, 20))).add(
            "面" if builder.pieces[-2] != "（" else "面）"
        )
    return builder


def archive_note(rng: random.Random) -> Builder:
    """A record of an archive, at times with its number in JACAR."""
    builder, comma = Builder(), rng.choice(("、", "，"))
    title = rng.choice(
        (
            _title(rng) + "ニ関スル件",
            "対支政策関係一件",
            "在" + _pick(rng, "places") + "総領事報告",
            "満洲事変関係綴",
            "日本外交文書",
            f"{_pick(rng, 'subjects')}関係書類",
            "支那駐屯軍司令官ヨリ陸軍次官宛電報",
            "閣議決定書類",
        )
    )
    builder.add("「").put("title", title).add("」")
    if chance(rng, 0.4):
        builder.add(rng.choice(("（", comma))).put(
            "issued", f"{_year(rng, rng.randint(1875, 1955))}{rng.randint(1, 12)}月{rng.randint(1, 28)}日"
        ).add("）" if builder.pieces[-2] == "（" else "")
    builder.add(rng.choice((comma, "（", "")))
    bracket = builder.pieces[-1] == "（"
    if chance(rng, 0.4):
        builder.put("archive", "JACAR（アジア歴史資料センター）" if chance(rng, 0.6) else "アジア歴史資料センター").add(
            rng.choice(("Ref.", "Ref. ", " Ref. ", "、レファレンスコード"))
        )
        builder.put("archive_location", f"{rng.choice('ABC')}{rng.randint(10**10, 10**11 - 1)}")
        if chance(rng, 0.5):
            builder.add("、")
            builder.add(f"『{_pick(rng, 'subjects')}雑件』").add(f"（{_pick(rng, 'archives')}）")
    else:
        builder.put("archive", _pick(rng, "archives")).add(rng.choice(("所蔵", "所蔵、", "、", "蔵、")))
        builder.add("" if builder.ends_with(("、",)) else "、").put(
            "archive_location",
            rng.choice(
                (
                    f"{rng.randint(1, 7)}.{rng.randint(1, 9)}.{rng.randint(1, 9)}.{rng.randint(1, 90)}",
                    f"A.{rng.randint(1, 7)}.{rng.randint(0, 9)}.0.{rng.randint(1, 40)}",
                    f"請求番号{rng.randint(10, 999)}",
                )
            ),
        )
    builder.add("）" if bracket else "")
    return builder


def case_note(rng: random.Random) -> Builder:
    """A judgment: "最判昭和42年11月1日民集21巻9号2249頁"."""
    builder = Builder()
    name, _, length = rng.choice(ERAS[1:])
    date = f"{name}{rng.randint(2, length)}年{rng.randint(1, 12)}月{rng.randint(1, 28)}日"
    short = date.replace("年", "・").replace("月", "・").removesuffix("日")
    reports = rng.choice(("民集", "刑集", "判時", "判タ", "行集", "金判", "民録", "労判"))
    builder.put(
        "author", rng.choice(("最判", "最大判", "大判", "東京地判", "大阪高判", "最決", "東京高判", "福岡地判"))
    ).put("issued", date if chance(rng, 0.7) else short)
    builder.put("container-title", reports)
    if reports in {"民集", "刑集", "行集"}:
        builder.put("volume", f"{rng.randint(1, 70)}巻").put("issue", f"{rng.randint(1, 12)}号")
    else:
        builder.put("issue", f"{rng.randint(100, 2400)}号")
    builder.put("page", str(rng.randint(1, 2400))).add("頁")
    return builder


def short_note(rng: random.Random) -> Builder:
    """A work cited before."""
    builder, comma, form = Builder(), rng.choice(("、", "，")), rng.random()
    if form < 0.35:
        builder.add(rng.choice(("同上", "同書", "前掲書", "同前", "同上書", "同論文", "同")))
        _locator(rng, builder, comma)
    elif form < 0.65:
        number = rng.randint(1, 90)
        builder.put("author", _pick(rng, "families")).add(rng.choice(("・前掲注", "前掲注", "、前掲注")))
        builder.add(rng.choice((f"（{number}）", f"({number})", str(number) + "）", f"{number}")))
        builder.add(rng.choice(("", "論文", "書")))
        _locator(rng, builder, rng.choice(("", comma)))
    elif form < 0.9:
        work = _work(rng)
        author = work.authors[0] if chance(rng, 0.5) else _pick(rng, "families")
        builder.put("author", author)
        builder.add(rng.choice(("前掲", "、前掲", "前掲書"))).add("『").put(
            "title", work.title.split("：")[0].split("――")[0]
        ).add("』")
        _locator(rng, builder, comma)
    else:
        builder.put("author", _pick(rng, "families")).add(" [").put("issued", str(rng.randint(1950, 2022))).add("] ")
        builder.add("").put("locator", f"{rng.randint(3, 300)}").add("頁")
    return builder


NOTES: tuple[tuple[Callable[[random.Random], Builder], int], ...] = (
    (book_note, 30),
    (article_note, 30),
    (chapter_note, 14),
    (newspaper_note, 5),
    (archive_note, 7),
    (case_note, 4),
    (short_note, 9),
)
