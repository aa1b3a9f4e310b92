"""Chinese notes in the forms of Taiwan and Hong Kong."""

from __future__ import annotations

import random
from collections.abc import Callable

from citekit.training.example import Builder
from citekit.training.grammar import chinese_records as zh
from citekit.training.grammar.eastern_bank import chance, people, rows, words

__all__ = ["NOTES"]


def _people(builder: Builder, role: str, names: tuple[str, ...], ending: str = "") -> None:
    for place, name in enumerate(names):
        builder.add("、" if place else "").put(role, name)
    builder.add(ending)


def _digits(rng: random.Random, count: int) -> str:
    return f"{rng.randint(1, 10 ** (count - 1) * 4):0{count}}"


def _inner(title: str) -> str:
    return title.replace("《", "〈").replace("》", "〉")


def _year(rng: random.Random, year: int) -> str:
    if year >= 1912 and chance(rng, 0.15):
        return f"民國{year - 1911}年"
    return rng.choice((str(year), str(year), f"{year}年"))


def _locator(rng: random.Random, builder: Builder, comma: str = "，", *, part: bool = False) -> None:
    """The page cited; a lone range in an article or chapter (`part`) is its extent."""
    first = rng.randint(3, 700)
    value = f"{first}{rng.choice('-–—～')}{first + rng.randint(1, 12)}" if chance(rng, 0.35) else str(first)
    name = "page" if part and value != str(first) else "locator"
    if chance(rng, 0.06):
        name, value = "locator", f"{first}、{first + 9}"
    before, after = rng.choice(
        (
            (f"{comma}頁", ""),
            (f"{comma}頁", ""),
            (f"{comma}頁", ""),
            (f"{comma}第", "頁"),
            (f"{comma}", "頁"),
            (f"{comma}pp. ", ""),
        )
    )
    builder.add(before).put(name, value).add(after)


def _imprint(rng: random.Random, builder: Builder, book: zh.Book) -> None:
    year = _year(rng, book.year)
    form = rng.random()
    if form < 0.68:
        open_mark, close_mark = rng.choice((("（", "）"), ("（", "）"), ("（", "）"), ("(", ")")))
        builder.add(rng.choice(("", "", " "))).add(open_mark).put("publisher-place", book.place).add(
            rng.choice(("：", "：", "，", ":"))
        )
        builder.put("publisher", book.publisher).add("，").put("issued", year)
        if chance(rng, 0.12):
            builder.add("，").put("edition", rng.choice(("再版", "初版", "三版", "二版", "增訂版", "影印本", "第二版")))
        elif chance(rng, 0.06):
            builder.add(rng.choice(("初版", "再版")))
        builder.add(close_mark)
    elif form < 0.9:
        builder.add(rng.choice(("，", "。"))).put("publisher-place", book.place).add("：").put(
            "publisher", book.publisher
        ).add("，").put("issued", year)
    else:
        builder.add("，").put("publisher", book.publisher).add("，").put("issued", f"{year.removesuffix('年')}年").add(
            rng.choice(("版", "", "初版"))
        )


def book_note(rng: random.Random) -> Builder:
    """A book: "《書名》（臺北：聯經，1985），頁33"."""
    builder, book = Builder(), zh.traditional_book(rng)
    ending = (
        rng.choice((f"{book.role}，", f"{book.role}：", book.role))
        if book.role
        else rng.choice(("，", "，", "：", "：", "著，", "撰，"))
    )
    names = tuple(
        name.replace("[", "（").replace("]", "）") if chance(rng, 0.3) else name.split("]")[-1] for name in book.authors
    )
    if book.translators and chance(rng, 0.5):
        _people(builder, "author", names, rng.choice(("著，", " 著，", "原著，", "撰，")))
        _people(builder, "translator", book.translators, rng.choice(("譯，", "譯：", " 譯，")))
    else:
        _people(builder, "editor" if book.role else "author", names, ending)
    builder.add("《").put("title", book.title).add("》")
    if chance(rng, 0.14):
        builder.add(rng.choice(("", "，"))).put(
            "volume",
            rng.choice(
                (
                    "上冊",
                    "下冊",
                    f"第{rng.randint(1, 20)}冊",
                    f"第{rng.choice('一二三四五六七八九')}冊",
                    f"第{rng.randint(1, 9)}卷",
                    "卷上",
                    "初編",
                )
            ),
        )
    _imprint(rng, builder, book)
    if chance(rng, 0.08):
        builder.add("，").put("volume", rng.choice(("上冊", "第2冊", "下冊")))
    if chance(rng, 0.88):
        _locator(rng, builder)
    return builder


def article_note(rng: random.Random) -> Builder:
    """An article: "〈篇名〉，《期刊》，12卷3期（2001年9月），頁33-60"."""
    builder, article = Builder(), zh.traditional_article(rng)
    _people(builder, "author", article.authors, rng.choice(("，", "，", "：", "：")))
    builder.add("〈").put(
        "title", article.title.replace("〈", "《").replace("〉", "》") if chance(rng, 0.85) else _inner(article.title)
    ).add("〉")
    builder.add(rng.choice(("，", "，", "，載", ""))).add("《").put("container-title", article.journal).add("》")
    volume, issue = article.volume, article.issue
    place = chance(rng, 0.08)
    if place:
        builder.add(rng.choice(("（臺北）", "（香港）", "（臺中）")))
    builder.add(rng.choice(("，", "，", "", " ")))
    year = _year(rng, article.year)
    date = f"{year.removesuffix('年')}年{rng.randint(1, 12)}月" if chance(rng, 0.65) else year
    form = rng.random()
    if form < 0.4:
        volume_words, issue_words = rng.choice(
            ((f"第{volume}卷", f"第{issue}期"), (f"{volume}卷", f"{issue}期"), (f"卷{volume}", f"期{issue}"))
        )
        builder.put("volume", volume_words).add(rng.choice(("", "", "，"))).put("issue", issue_words)
    elif form < 0.75:
        builder.put(
            "issue",
            rng.choice((f"第{volume}期", f"期{volume}", f"{volume}期", f"第{zh.numeral(volume)}期", f"總第{volume}期")),
        )
    elif form < 0.9:
        builder.put("volume", f"{volume}").add(rng.choice((":", "：", "."))).put("issue", str(issue))
    else:
        builder.put("volume", rng.choice((f"第{volume}本", f"第{zh.numeral(volume)}本"))).put(
            "issue", rng.choice((f"第{rng.randint(1, 4)}分", "第四分"))
        )
    open_mark, close_mark = rng.choice((("（", "）"), ("（", "）"), ("，", ""), (" (", ")")))
    builder.add(open_mark)
    if chance(rng, 0.15):
        builder.put("publisher-place", "臺北").add("，")
    builder.put("issued", date).add(close_mark)
    if chance(rng, 0.65):
        builder.add(rng.choice(("，頁", "，頁", "，頁", "，", "：")))
        builder.put("page", article.pages.replace("—", rng.choice("-–～—"))).add(
            "頁" if builder.pieces[-2] == "，" else ""
        )
        if chance(rng, 0.12):
            builder.add(rng.choice(("，引文見頁", "；引文見頁", "，尤其頁"))).put("locator", str(rng.randint(5, 300)))
    elif chance(rng, 0.8):
        _locator(rng, builder, part=True)
    return builder


def chapter_note(rng: random.Random) -> Builder:
    """A chapter."""
    builder, book = Builder(), zh.traditional_book(rng)
    _people(builder, "author", tuple(map(zh.traditional, zh.persons(rng, 2))), rng.choice(("，", "：")))
    title = zh.traditional(zh.subject_title(rng)).replace("“", "「").replace("”", "」")
    builder.add("〈").put("title", title).add("〉").add(
        rng.choice(("，收入", "，收於", "，載", "，見", "，", "，收錄於", "，載於"))
    )
    if chance(rng, 0.85):
        _people(
            builder,
            "editor",
            tuple(n.split("]")[-1] for n in book.authors),
            rng.choice(("編，", "主編，", "主編：", "編：", "編")),
        )
    builder.add("《").put("container-title", book.title).add("》")
    if chance(rng, 0.15):
        builder.add(rng.choice(("，", ""))).put("volume", rng.choice(("上冊", "第一冊", "第3輯", "下冊", "第十二輯")))
    _imprint(rng, builder, book)
    if chance(rng, 0.45):
        builder.add("，頁").put("page", zh.pages(rng, rng.choice("-–")))
    else:
        _locator(rng, builder, part=True)
    return builder


def archive_note(rng: random.Random) -> Builder:
    """A record of the Academia Historica and others."""
    builder = Builder()
    document = zh.traditional(zh.document(rng))
    builder.add("〈").put("title", document).add("〉")
    if chance(rng, 0.6):
        date = (
            f"民國{rng.randint(5, 60)}年{rng.randint(1, 12)}月{rng.randint(1, 28)}日"
            if chance(rng, 0.4)
            else zh.full_date(rng, 1912, 1975)
        )
        builder.add(rng.choice(("（", "，")))
        builder.put("issued", date).add("）" if builder.pieces[-2] == "（" else "")
    collection = rng.choice(
        (
            "蔣中正總統文物",
            "國民政府檔案",
            "外交部檔案",
            "閻錫山史料",
            "行政院檔案",
            "汪兆銘史料",
            "陳誠副總統文物",
            "資源委員會檔案",
            "北洋政府外交部",
        )
    )
    builder.add("，《").put("collection-title", collection).add("》，")
    number = rng.choice(
        (
            f"{_digits(rng, 3)}-{_digits(rng, 6)}-{_digits(rng, 5)}-{_digits(rng, 3)}",
            f"{_digits(rng, 2)}-{_digits(rng, 2)}-{_digits(rng, 3)}-{_digits(rng, 2)}-{_digits(rng, 3)}",
            f"特{rng.randint(1, 30)}/{rng.randint(1, 40)}.{rng.randint(1, 90)}",
            f"A{rng.randint(200000000, 399999999)}A",
        )
    )
    label = rng.choice(("典藏號：", "數位典藏號：", "檔號：", "館藏號：", "入藏登錄號："))
    if chance(rng, 0.6):
        builder.put("archive", rng.choice(words(zh.BANK, "tw_archives"))).add(rng.choice(("藏，", "，", "藏、"))).add(
            label
        ).put("archive_location", number)
    else:
        builder.add(label).put("archive_location", number).add("，").put(
            "archive", rng.choice(words(zh.BANK, "tw_archives"))
        ).add(rng.choice(("藏", "")))
    return builder


def newspaper_note(rng: random.Random) -> Builder:
    """A newspaper of a day."""
    builder = Builder()
    if chance(rng, 0.4):
        _people(builder, "author", tuple(map(zh.traditional, zh.persons(rng, 2))), "，")
    if chance(rng, 0.85):
        builder.add("〈").put("title", zh.traditional(zh.subject_title(rng)).replace("“", "「").replace("”", "」")).add(
            "〉，"
        )
    builder.add("《").put(
        "container-title",
        rng.choice(
            (
                "申報",
                "中央日報",
                "聯合報",
                "中國時報",
                "自由時報",
                "大公報",
                "臺灣新生報",
                "明報",
                "星島日報",
                "華僑日報",
                "晨報",
                "時報",
                "臺灣日日新報",
                "順天時報",
            )
        ),
    ).add("》")
    builder.add(rng.choice(("（上海），", "，", "，", "（臺北），", "（香港），")))
    date = zh.full_date(rng, 1900, 2015)
    if chance(rng, 0.2):
        date = f"民國{rng.randint(1, 90)}年{rng.randint(1, 12)}月{rng.randint(1, 28)}日"
    builder.put("issued", date)
    if chance(rng, 0.75):
        before, after = rng.choice((("，第", "版"), ("，版", ""), ("，", "版"), ("，第", "張"), ("，第", "版")))
        builder.add(before).put(
            "page",
            rng.choice((str(rng.randint(1, 12)), "A4", "二", "本埠新聞"))
            if before != "，版"
            else str(rng.randint(1, 12)),
        ).add(after)
    return builder


def thesis_note(rng: random.Random) -> Builder:
    """A thesis."""
    builder = Builder()
    builder.put("author", zh.traditional(zh.person(rng))).add(rng.choice(("，", "："))).add("〈").put(
        "title", zh.traditional(zh.subject_title(rng)).replace("“", "「").replace("”", "」")
    ).add("〉")
    school = rng.choice(
        (
            "國立臺灣大學歷史學研究所",
            "國立政治大學歷史學系",
            "國立臺灣師範大學歷史學系",
            "香港中文大學歷史系",
            "東海大學歷史研究所",
            "國立清華大學歷史研究所",
        )
    )
    genre = rng.choice(("博士論文", "碩士論文", "未刊博士論文", "碩士學位論文"))
    if chance(rng, 0.6):
        builder.add("（").put("publisher-place", "香港" if "香港" in school else "臺北").add("：").put(
            "publisher", school
        ).put("genre", genre).add("，").put("issued", str(rng.randint(1975, 2022))).add("）")
    else:
        builder.add("，").put("publisher", school).put("genre", genre).add("，").put(
            "issued", _year(rng, rng.randint(1975, 2022))
        )
    _locator(rng, builder)
    return builder


def classic_note(rng: random.Random) -> Builder:
    """A classical work in a reprint of Taiwan."""
    builder = Builder()
    author, title, _, place, publisher, year = rng.choice(rows("zh_books", "classics"))
    author = (
        zh.traditional(author).replace("[", "（").replace("]", "）")
        if chance(rng, 0.5)
        else zh.traditional(author).split("]")[-1]
    )
    names = people(author.removesuffix("等"))
    _people(
        builder,
        "author",
        names,
        ("等" if author.endswith("等") else "") + rng.choice(("，", "：", "撰，", "著，", "纂，")),
    )
    builder.add("《").put("title", zh.traditional(title)).add("》")
    book = zh.Book((), "", zh.traditional(place), zh.traditional(publisher), int(year))
    if chance(rng, 0.5):
        book = zh.Book(
            (),
            "",
            "臺北",
            rng.choice(("鼎文書局", "藝文印書館", "世界書局", "新文豐出版公司", "文海出版社")),
            rng.randint(1957, 1990),
        )
    _imprint(rng, builder, book)
    if chance(rng, 0.85):
        builder.add("，").put(
            "volume", f"卷{zh.numeral(rng.randint(1, 180))}" if chance(rng, 0.7) else f"卷{rng.randint(1, 180)}"
        )
        if chance(rng, 0.6):
            builder.add(rng.choice(("，〈", "〈"))).add(zh.traditional(rng.choice(words("zh_books", "juans")))).add(
                "〉"
            )
    _locator(rng, builder)
    return builder


def short_note(rng: random.Random) -> Builder:
    """A work cited before."""
    builder, book, form = Builder(), zh.traditional_book(rng), rng.random()
    if form < 0.4:
        _people(builder, "author", tuple(n.split("]")[-1] for n in book.authors[:1]), rng.choice(("，", "：")))
        builder.add("《").put("title", book.title.split("：")[0].split("——")[0]).add("》")
    elif form < 0.75:
        builder.add(rng.choice(("同上註", "同前註", "同上", "同前引書", "同上書", "同註12")))
    else:
        builder.put("author", book.authors[0].split("]")[-1]).add(
            rng.choice(("，前引書", "，前揭書", "，前引文", "，同註8引書", "，前揭文"))
        )
    _locator(rng, builder)
    return builder


NOTES: tuple[tuple[Callable[[random.Random], Builder], int], ...] = (
    (book_note, 28),
    (article_note, 26),
    (chapter_note, 12),
    (archive_note, 10),
    (newspaper_note, 6),
    (thesis_note, 4),
    (classic_note, 7),
    (short_note, 6),
)
