"""Entries of Chinese reference lists after GB/T 7714."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from citekit.training.example import Builder
from citekit.training.grammar import chinese_records as zh
from citekit.training.grammar.chinese_notes import put_people
from citekit.training.grammar.chinese_sources import url
from citekit.training.grammar.eastern_bank import chance, rows, words

__all__ = ["ENTRIES"]


def _title(rng: random.Random) -> str:
    title = rng.choice((zh.subject_title, zh.law_title, zh.science_title))(rng)
    return title.replace("——", rng.choice(("——", ": ", "：", "——"))) if chance(rng, 0.6) else title


def _people(rng: random.Random, builder: Builder, name: str, persons: Sequence[str]) -> None:
    shown = persons[:3]
    put_people(
        builder, name, shown, ", ", ending=", 等" if len(persons) > 3 or (len(shown) == 3 and chance(rng, 0.4)) else ""
    )


def _mark(rng: random.Random, builder: Builder, letter: str, *, online: bool = False) -> None:
    builder.add(f"[{letter}/OL]" if online else f"[{letter}]" if chance(rng, 0.96) else "")


def _online(rng: random.Random, builder: Builder, *, online: bool) -> None:
    if online:
        day = f"{rng.randint(2008, 2025)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        builder.add("[").put("accessed", day).add("]. ")
        builder.put("URL", url(rng, rng.choice(rows(zh.BANK, "websites"))[1]))
        if chance(rng, 0.25):
            builder.add(rng.choice((". DOI:", ". doi: "))).put("DOI", _doi(rng))


def _doi(rng: random.Random) -> str:
    serial = f"{rng.randint(1000, 9999)}-{rng.randint(1000, 9999)}"
    number = f"{rng.randint(2005, 2024)}.{rng.randint(1, 12):02}.{rng.randint(1, 30):03}"
    return f"10.{rng.randint(1000, 19999)}/j.{rng.choice(('issn', 'cnki', 'cjss'))}.{serial}.{number}"


def book_entry(rng: random.Random) -> Builder:
    """A book."""
    builder, book = Builder(), zh.book(rng)
    online = chance(rng, 0.08)
    authors = tuple(a.split("]")[-1].split("）")[-1] for a in book.authors) if chance(rng, 0.6) else book.authors
    _people(rng, builder, "editor" if book.role else "author", authors)
    builder.add(". ").put("title", book.title)
    if chance(rng, 0.15):
        builder.add(rng.choice((": ", "：", ":"))).put(
            "volume",
            rng.choice(
                (
                    f"第{rng.randint(1, 9)}卷",
                    f"第{rng.randint(1, 12)}册",
                    f"卷 {rng.randint(1, 60)}",
                    "上册",
                    "下",
                    "中卷",
                )
            ),
        )
    _mark(rng, builder, rng.choice("MMMMMG"), online=online)
    if book.translators:
        _people(rng, builder.add(". "), "translator", book.translators)
        builder.add(rng.choice((", 译", ",译", "译", " 译")))
    if chance(rng, 0.15):
        builder.add(". ").put(
            "edition",
            rng.choice(
                (
                    f"{rng.randint(2, 9)} 版",
                    f"{rng.randint(2, 9)}版",
                    f"第{rng.randint(2, 9)}版",
                    "修订版",
                    "刻本",
                    "影印本",
                    "增订本",
                    "新版",
                )
            ),
        )
    builder.add(". ").put("publisher-place", book.place).add(": ").put("publisher", book.publisher).add(", ").put(
        "issued", str(book.year)
    )
    if chance(rng, 0.6):
        first = rng.randint(3, 700)
        value = rng.choice(
            (
                str(first),
                str(first),
                f"{first}-{first + rng.randint(1, 8)}",
                f"序{rng.randint(1, 6)}",
                "扉页",
                f"{first},{first + 12}",
            )
        )
        builder.add(": ").put("locator", value)
    _online(rng, builder, online=online)
    return builder


def article_entry(rng: random.Random) -> Builder:
    """An article of a journal."""
    builder, article = Builder(), zh.article(rng)
    online = chance(rng, 0.2)
    science = chance(rng, 0.45)
    authors = zh.persons(rng, 4) if not science else tuple(zh.person(rng) for _ in range(rng.randint(1, 5)))
    _people(rng, builder, "author", authors)
    journal = zh.pick(rng, "science_journals") if science else article.journal
    builder.add(". ").put("title", zh.science_title(rng) if science else zh.subject_title(rng))
    _mark(rng, builder, "J", online=online)
    builder.add(". ").put("container-title", journal).add(", ").put("issued", str(article.year))
    issue = rng.choice((str(article.issue), str(article.issue), f"{article.issue:02}", "增刊1", "S1", "5/6"))
    if chance(rng, 0.6):
        builder.add(", ").put("volume", str(article.volume))
        if chance(rng, 0.85):
            builder.add("(").put("issue", issue).add(")")
    else:
        builder.add(rng.choice(("(", ",(", ", ("))).put("issue", issue).add(")")
    if chance(rng, 0.92):
        pages = zh.pages(rng, "-") if chance(rng, 0.9) else str(rng.randint(3, 120))
        if chance(rng, 0.05):
            pages += f", {rng.randint(300, 400)}"
        builder.add(": ").put("page", pages)
    _online(rng, builder, online=online)
    return builder


def chapter_entry(rng: random.Random) -> Builder:
    """A chapter or a paper of a meeting, behind "//"."""
    builder, book = Builder(), zh.book(rng)
    meeting = chance(rng, 0.4)
    _people(rng, builder, "author", zh.persons(rng, 4))
    builder.add(". ").put("title", _title(rng))
    _mark(rng, builder, "C" if meeting else "M")
    builder.add(rng.choice(("//", "//", "// ", ". ", "//")))
    if meeting:
        name = zh.pick(rng, "conferences")
        if chance(rng, 0.5):
            builder.put("editor", zh.organisation(rng)).add(". ")
        builder.put("container-title", name + "论文集") if chance(rng, 0.75) else builder.put("event-title", name)
    else:
        _people(rng, builder, "editor", book.authors)
        builder.add(rng.choice((". ", ". ", ", 主编. "))).put("container-title", book.title)
        if chance(rng, 0.2):
            builder.add(": ").put("volume", f"第{rng.randint(1, 12)}{rng.choice('卷册辑')}")
    builder.add(". ").put("publisher-place", book.place).add(": ").put("publisher", book.publisher).add(", ").put(
        "issued", str(book.year)
    )
    builder.add(": ").put("page", zh.pages(rng, "-"))
    return builder


def thesis_entry(rng: random.Random) -> Builder:
    """A thesis."""
    builder = Builder()
    school, place = rng.choice(rows(zh.BANK, "universities"))
    builder.put("author", zh.person(rng)).add(". ").put("title", _title(rng))
    online = chance(rng, 0.15)
    _mark(rng, builder, "D", online=online)
    builder.add(". ")
    if chance(rng, 0.85):
        builder.put("publisher-place", place).add(": ")
    builder.put(
        "publisher",
        school + ("" if chance(rng, 0.85) else rng.choice(("文学院", "法学院", "历史学系"))),
    )
    builder.add(", ").put("issued", str(rng.randint(1988, 2024)))
    if chance(rng, 0.4):
        builder.add(": ").put(
            "locator", rng.choice((str(rng.randint(5, 200)), f"{rng.randint(5, 99)}-{rng.randint(100, 140)}"))
        )
    _online(rng, builder, online=online)
    return builder


def newspaper_entry(rng: random.Random) -> Builder:
    """An article of a newspaper."""
    builder = Builder()
    if chance(rng, 0.85):
        _people(rng, builder, "author", zh.persons(rng, 3))
        builder.add(". ")
    builder.put("title", _title(rng))
    online = chance(rng, 0.15)
    _mark(rng, builder, "N", online=online)
    day = f"{rng.randint(1949, 2024)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
    builder.add(". ").put("container-title", zh.pick(rng, "newspapers")).add(", ").put("issued", day)
    builder.add("(").put("page", rng.choice((str(rng.randint(1, 16)), f"{rng.randint(1, 8):02}", "A03"))).add(")")
    _online(rng, builder, online=online)
    return builder


def web_entry(rng: random.Random) -> Builder:
    """A web page, a report or a data set on the web."""
    builder = Builder()
    author = zh.organisation(rng) if chance(rng, 0.5) else zh.person(rng)
    if chance(rng, 0.9):
        builder.put("author", author).add(". ")
    builder.put(
        "title",
        _title(rng)
        if chance(rng, 0.7)
        else f"{rng.randint(2001, 2023)}年{zh.pick(rng, 'places')}{zh.pick(rng, 'topics')}统计公报",
    )
    builder.add(f"[{rng.choice(('EB', 'EB', 'EB', 'R', 'DS', 'Z', 'DB'))}/OL]. ")
    if chance(rng, 0.2):
        builder.put("publisher-place", "北京").add(": ").put("publisher", zh.organisation(rng)).add(", ")
    if chance(rng, 0.8):
        builder.add("(").put(
            "issued", f"{rng.randint(2001, 2024)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        ).add(")")
    _online(rng, builder, online=True)
    return builder


def numbered_entry(rng: random.Random) -> Builder:
    """A standard, a patent or a report with its number."""
    builder, form = Builder(), rng.random()
    if form < 0.4:
        builder.put(
            "author",
            rng.choice(
                (
                    "全国信息与文献标准化技术委员会",
                    "国家市场监督管理总局, 国家标准化管理委员会",
                    "中华人民共和国住房和城乡建设部",
                    "中华人民共和国水利部",
                    "国家技术监督局",
                    "中华人民共和国卫生部",
                )
            ),
        )
        builder.add(". ").put(
            "title",
            rng.choice(
                (
                    "文献著录 第{n}部分：非书资料",
                    "混凝土结构设计规范",
                    "生活饮用水卫生标准",
                    "科学技术期刊编排格式",
                    "堤防工程设计规范",
                    "建筑抗震设计规范",
                    "中文出版物夹用英文的编辑规范",
                    "食品添加剂使用标准",
                )
            ).format(n=rng.randint(1, 9)),
        )
        year = rng.randint(1982, 2023)
        family = rng.choice(("GB", "GB/T", "CY/T", "SL", "DB11/T", "JTG", "GBJ"))
        number = f"{family} {rng.randint(100, 51000)}{rng.choice('—-–')}{year}"
        builder.add(rng.choice((": ", "："))).put("number", number)
        builder.add("[S]. ").put("publisher-place", "北京").add(": ").put(
            "publisher", rng.choice(("中国标准出版社", "中国建筑工业出版社", "中国水利水电出版社"))
        ).add(", ").put("issued", str(year))
        if chance(rng, 0.3):
            builder.add(": ").put("locator", str(rng.randint(2, 40)))
    elif form < 0.7:
        _people(rng, builder, "author", zh.persons(rng, 4))
        kind = rng.choice(("A", "B", "U", ".7", ".X"))
        number = f"{rng.choice(('CN', 'CN', 'ZL'))}{rng.randint(100000000, 119999999)}{kind}"
        day = f"{rng.randint(1990, 2024)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        builder.add(". ").put(
            "title",
            "一种"
            + rng.choice(words(zh.BANK, "science_objects"))
            + rng.choice(("", "用", "智能", "的自动"))
            + rng.choice(("装置", "方法", "设备及其使用方法")),
        )
        builder.add(rng.choice((": ", "："))).put("number", number)
        builder.add("[P]. ").put("issued", day)
    else:
        builder.put("author", zh.organisation(rng)).add(". ").put(
            "title",
            zh.pick(rng, "places")
            + zh.pick(rng, "topics")
            + rng.choice(("调查报告", "发展报告（2018）", "研究报告", "白皮书")),
        )
        if chance(rng, 0.4):
            builder.add(": ").put("number", f"{rng.choice('ABCK')}{rng.randint(100, 9999)}-{rng.randint(1, 99)}")
        builder.add("[R]. ").put("publisher-place", rng.choice(("北京", "上海", "武汉"))).add(": ").put(
            "publisher", zh.organisation(rng)
        ).add(", ").put("issued", str(rng.randint(1955, 2023)))
    return builder


def archive_entry(rng: random.Random) -> Builder:
    """A paper in an archive, or a map."""
    builder = Builder()
    if chance(rng, 0.7):
        builder.put("author", zh.pick(rng, "officials")).add(". ").put("title", zh.document(rng))
        builder.add(": ").put(
            "archive_location",
            f"{rng.randint(1, 9):02}-{rng.randint(1, 9):02}-{rng.randint(1, 999):03}-{rng.randint(1, 9999):04}",
        ).add("[A]. ")
        builder.put("publisher-place", rng.choice(("北京", "南京", "武汉", "上海"))).add(": ").put(
            "archive", zh.pick(rng, "archives")
        ).add(", ").put("issued", str(rng.randint(1850, 1970)))
        return builder
    _people(rng, builder, "author", zh.persons(rng, 3))
    builder.add(". ").put(
        "title",
        zh.pick(rng, "places") + rng.choice(("行政区划图", "历史地图集", "地质图（1∶50万）", "交通图", "水系图")),
    )
    builder.add("[CM]. ").put("publisher-place", "北京").add(": ").put(
        "publisher", rng.choice(("中国地图出版社", "测绘出版社", "地质出版社"))
    ).add(", ").put("issued", str(rng.randint(1955, 2023)))
    return builder


def _western_name(rng: random.Random) -> str:
    initials = " ".join(rng.choice("ABCDEFGHJKLMNPRSTW") for _ in range(rng.randint(1, 2)))
    return f"{rng.choice(words('zh_western', 'families')).upper()} {initials}"


def western_entry(rng: random.Random) -> Builder:
    """A Western work in a Chinese list: the family name in capitals, initials without full stops."""
    builder = Builder()
    names = list(dict.fromkeys(_western_name(rng) for _ in range(rng.choice((1, 1, 2, 3, 3)))))
    put_people(builder, "author", names, ", ", ending=", et al" if len(names) == 3 and chance(rng, 0.7) else "")
    title = rng.choice(words("zh_western", "patterns")).format(
        a=rng.choice(words("zh_western", "subjects")),
        b=rng.choice(words("zh_western", "subjects")),
        p=rng.choice(words("zh_western", "places")),
    )
    builder.add(". ").put("title", title[0].upper() + title[1:])
    year = str(rng.randint(1955, 2024))
    if chance(rng, 0.55):
        online = chance(rng, 0.3)
        _mark(rng, builder, "J", online=online)
        builder.add(". ").put("container-title", rng.choice(words("zh_western", "journals"))).add(", ").put(
            "issued", year
        )
        builder.add(", ").put("volume", str(rng.randint(1, 410)))
        if chance(rng, 0.8):
            builder.add("(").put("issue", rng.choice((str(rng.randint(1, 12)), "1/2", "S1"))).add(")")
        builder.add(": ").put("page", zh.pages(rng, "-"))
        _online(rng, builder, online=online)
    else:
        _mark(rng, builder, "M")
        if chance(rng, 0.25):
            number = rng.randint(2, 9)
            builder.add(". ").put("edition", f"{number}{ {2: 'nd', 3: 'rd'}.get(number, 'th') }").add(" ed")
        place, publisher = rng.choice(rows("zh_western", "publishers"))
        builder.add(". ").put("publisher-place", place).add(": ").put("publisher", publisher).add(", ").put(
            "issued", year
        )
        if chance(rng, 0.5):
            builder.add(": ").put(
                "locator", rng.choice((str(rng.randint(3, 400)), f"{rng.randint(3, 90)}-{rng.randint(91, 120)}"))
            )
    return builder


ENTRIES: tuple[tuple[Callable[[random.Random], Builder], int], ...] = (
    (book_entry, 24),
    (article_entry, 28),
    (chapter_entry, 10),
    (thesis_entry, 7),
    (newspaper_entry, 5),
    (web_entry, 7),
    (numbered_entry, 5),
    (archive_entry, 3),
    (western_entry, 11),
)
