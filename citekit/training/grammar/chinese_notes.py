"""Notes of Chinese scholars: history and law, in the forms of the mainland's journals."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from citekit.training.example import Builder
from citekit.training.grammar import chinese_records as zh
from citekit.training.grammar.eastern_bank import chance, rows

__all__ = ["NOTES", "imprint", "locator", "put_people"]


def put_people(builder: Builder, name: str, persons: Sequence[str], separator: str, *, ending: str = "") -> None:
    """Persons of one role, each a field; "等" behind them is none."""
    for place, person in enumerate(persons):
        builder.add(separator if place else "").put(name, person)
    builder.add(ending)


def _authors(rng: random.Random, builder: Builder, book: zh.Book) -> None:
    name = "editor" if book.role else "author"
    shown = book.authors[:1] if len(book.authors) > 2 and chance(rng, 0.4) else book.authors
    others = "等" if len(shown) < len(book.authors) or chance(rng, 0.03) else ""
    put_people(builder, name, shown, rng.choice(("、", "、", "、", "，")), ending=others)
    builder.add(
        ("编" if book.role == "编" and chance(rng, 0.8) else book.role) + rng.choice(("：", "：", "：", "：", ""))
    )


def _volume(rng: random.Random, builder: Builder) -> None:
    """ "第2卷", "上册", "（第3版）" behind a title."""
    if chance(rng, 0.16):
        volume = rng.choice(
            (
                f"第{rng.randint(1, 12)}卷",
                f"第{zh.numeral(rng.randint(1, 20))}卷",
                f"第{rng.randint(1, 40)}册",
                f"第{zh.numeral(rng.randint(1, 12))}辑",
                "上册",
                "下册",
                "中册",
                "上卷",
                "下卷",
                "上",
                "下",
            )
        )
        open_mark, close_mark = rng.choice((("", ""), ("", ""), ("（", "）"), ("·", ""), ("，", "")))
        builder.add(open_mark).put("volume", volume).add(close_mark)
    if chance(rng, 0.1):
        edition = rng.choice(
            (
                f"第{rng.randint(2, 8)}版",
                "修订版",
                "增订本",
                "增订版",
                "影印本",
                "修订本",
                f"第{zh.numeral(rng.randint(2, 5))}版",
                "重印本",
                "订正版",
                "典藏版",
            )
        )
        open_mark, close_mark = rng.choice((("（", "）"), ("（", "）"), ("，", "")))
        builder.add(open_mark).put("edition", edition).add(close_mark)


def _translators(rng: random.Random, builder: Builder, book: zh.Book) -> None:
    if book.translators:
        shown = book.translators[:1] if len(book.translators) > 2 or chance(rng, 0.1) else book.translators
        put_people(
            builder.add("，"), "translator", shown, "、", ending="等" if len(shown) < len(book.translators) else ""
        )
        builder.add(rng.choice(("译", "译", "译", "译校", " 译")))


def imprint(rng: random.Random, builder: Builder, place: str, publisher: str, year: int) -> None:
    """Place, publisher and year, in the orders that journals print."""
    form = rng.random()
    if form < 0.4:
        builder.put("publisher-place", place).add(rng.choice(("：", "：", "：", "，", ": "))).put(
            "publisher", publisher
        )
        builder.add(rng.choice(("，", "，", ""))).put("issued", f"{year}年").add(rng.choice(("", "", "版")))
    elif form < 0.75:
        builder.put("publisher", publisher).add(rng.choice(("", "", "", " ", "，"))).put("issued", f"{year}年").add(
            "版"
        )
    elif form < 0.83:
        builder.put("publisher", publisher).add("，").put("issued", f"{year}年")
        builder.add(rng.choice(("", "版", f"第{rng.randint(1, 3)}版")))
    elif form < 0.9:
        month = rng.randint(1, 12)
        builder.put("publisher", publisher).add(rng.choice(("", "，"))).put("issued", f"{year}年{month}月").add(
            rng.choice(("版", "", "第1版"))
        )
    elif form < 0.95:
        builder.add("（").put("publisher-place", place).add("：").put("publisher", publisher).add("，").put(
            "issued", f"{year}年"
        ).add("）")
    else:
        builder.put("publisher-place", place).add("，").put("publisher", publisher).add("，").put("issued", str(year))


def locator(rng: random.Random, builder: Builder, *, certain: bool = False, part: bool = False) -> None:
    """ "，第33页": the place cited; a lone range in an article or chapter (`part`) is its extent."""
    if not certain and chance(rng, 0.12):
        return
    first = rng.randint(1, 60) if chance(rng, 0.2) else rng.randint(10, 780)
    dash = rng.choice("—–-－~")
    name, value = "locator", str(first)
    form = rng.random()
    if form < 0.3:
        name = "page" if part else name
        value = f"{first}{dash}{first + rng.randint(1, 9)}"
    elif form < 0.36:
        value = f"{first}、{first + rng.randint(2, 40)}"
    elif form < 0.39:
        value = f"{first}{dash}{first + 3}、{first + rng.randint(12, 80)}"
    elif form < 0.41:
        value = f"{first}页注{rng.randint(1, 5)}"
    before, after = rng.choice(
        (
            ("，第", "页"),
            ("，第", "页"),
            ("，第", "页"),
            ("，第", "页"),
            ("第", "页"),
            ("，", "页"),
            ("，页", ""),
            ("，第", "页以下"),
        )
    )
    builder.add(before).put(name, value).add("" if "页" in value else after)


def book_note(rng: random.Random, *, law: bool = False) -> Builder:
    """A book with the page cited."""
    builder, book = Builder(), zh.book(rng, law=law)
    role_behind = book.role and chance(rng, 0.15)
    if role_behind:
        builder.add("《").put("title", book.title).add("》，")
        put_people(builder, "editor", book.authors, "、", ending=book.role)
    else:
        _authors(rng, builder, book)
        builder.add("《").put("title", book.title).add("》")
        _volume(rng, builder)
    _translators(rng, builder, book)
    if chance(rng, 0.05):
        builder.add("，《").put("collection-title", zh.pick(rng, "series")).add("》")
        if chance(rng, 0.4):
            builder.put("collection-number", f"第{rng.randint(1, 90)}种")
    builder.add("，")
    imprint(rng, builder, book.place, book.publisher, book.year)
    locator(rng, builder)
    return builder


def article_note(rng: random.Random, *, law: bool = False) -> Builder:
    """An article of a journal."""
    builder, article = Builder(), zh.article(rng, law=law)
    shown = article.authors
    put_people(builder, "author", shown, rng.choice(("、", "、", "，")), ending="等" if chance(rng, 0.03) else "")
    builder.add("：")
    if chance(rng, 0.22):
        quotes = ("“", "”") if chance(rng, 0.7) else ("「", "」")
        title = article.title.replace("“", "‘").replace("”", "’")
    else:
        quotes, title = ("《", "》"), article.title
        if chance(rng, 0.85):
            title = title.replace("《", "〈").replace("》", "〉")
    builder.add(quotes[0]).put("title", title).add(quotes[1])
    if chance(rng, 0.08):
        builder.add(rng.choice(("（上）", "（下）", "（续）")))
    builder.add(rng.choice(("，载", "，载", "，", "，", "，载于", ",", "，见")))
    builder.add("《").put("container-title", article.journal).add("》")
    if chance(rng, 0.04):
        builder.add(rng.choice(("（北京）", "（武汉）", "（上海）")))
    _journal_numbers(rng, builder, article)
    if chance(rng, 0.6):
        if chance(rng, 0.4):
            before, after = rng.choice((("，第", "页"), ("，第", "页"), ("，", "页"), ("，页", ""), (": ", "")))
            builder.add(before).put("page", article.pages.replace("—", rng.choice("—–-~"))).add(after)
        else:
            first = rng.randint(1, 190)
            name, value = (
                ("locator", str(first)) if chance(rng, 0.6) else ("page", f"{first}—{first + rng.randint(1, 20)}")
            )
            builder.add("，第").put(name, value).add(
                rng.choice(("页", "页", "页以下") if name == "locator" else ("页",))
            )
    return builder


def _journal_numbers(rng: random.Random, builder: Builder, article: zh.Article) -> None:
    year, issue = f"{article.year}年", str(article.issue)
    form = rng.random()
    if form < 0.6:
        builder.add(rng.choice(("", "", "，", " "))).put("issued", year).add(rng.choice(("", "", "", "，"))).put(
            "issue", f"第{issue}期"
        )
    elif form < 0.68:
        builder.add(rng.choice(("", "，"))).put("issue", f"第{issue}期").add("（").put(
            "issued", f"{year}{rng.randint(1, 12)}月"
        ).add("）")
    elif form < 0.82:
        builder.add(rng.choice(("", "，"))).put("volume", f"第{article.volume}卷").add(rng.choice(("", "，"))).put(
            "issue", f"第{issue}期"
        )
        open_mark, close_mark = rng.choice((("（", "）"), ("，", "")))
        date = rng.choice(
            (year, f"{year}{rng.randint(1, 12)}月", f"{year}{rng.randint(1, 12)}月{rng.randint(1, 28)}日")
        )
        builder.add(open_mark).put("issued", date).add(close_mark)
    elif form < 0.9:
        builder.add("总").put("issue", f"第{rng.randint(20, 300)}期").add("，").put(
            "issued", f"{year}{article.issue}月"
        )
    elif form < 0.95:
        builder.add("，").put("issued", year).put("issue", f"第{issue}期").add(f"（总第{rng.randint(20, 300)}期）")
    else:
        builder.put("issued", year).put(
            "issue", rng.choice(("增刊", "专刊", "第S1期", "创刊号", "第5、6期", "第1-2期合刊"))
        )


def chapter_note(rng: random.Random, *, law: bool = False) -> Builder:
    """A chapter: "载梁某主编：《某书》第1卷"."""
    builder, book = Builder(), zh.book(rng, law=law)
    put_people(builder, "author", zh.persons(rng, 2), "、", ending="：")
    title = zh.law_title(rng) if law else zh.subject_title(rng)
    quotes = ("《", "》") if chance(rng, 0.8) else ("“", "”")
    builder.add(quotes[0]).put("title", title.replace("《", "〈").replace("》", "〉")).add(quotes[1])
    if chance(rng, 0.06):
        builder.add(f"（{zh.full_date(rng, 1920, 1990)}）")
    if chance(rng, 0.1):
        put_people(builder.add("，"), "translator", zh.persons(rng, 2), "、", ending="译")
    builder.add(rng.choice(("，载", "，载", "，收入", "，见", "，载于", "，收录于", "，")))
    if chance(rng, 0.85) or book.role:
        put_people(
            builder,
            "editor",
            book.authors,
            "、",
            ending=rng.choice(("主编：", "主编：", "编：", "编", "主编", "等编：")),
        )
    builder.add("《").put("container-title", book.title).add("》")
    _volume(rng, builder)
    builder.add("，")
    imprint(rng, builder, book.place, book.publisher, book.year)
    if chance(rng, 0.45):
        builder.add("，第").put("page", zh.pages(rng, rng.choice("—–-"))).add("页")
    else:
        locator(rng, builder, part=True)
    return builder


def collected_note(rng: random.Random) -> Builder:
    """A speech or paper in someone's collected works."""
    builder, person = Builder(), zh.pick(rng, "moderns")
    if chance(rng, 0.5):
        builder.put("author", person).add("：")
    title = rng.choice(
        (
            zh.document(rng),
            zh.subject_title(rng),
            f"致{zh.person(rng)}",
            f"在{zh.pick(rng, 'places')}干部会议上的讲话",
            "论" + zh.pick(rng, "topics"),
        )
    )
    builder.add("《").put("title", title).add("》")
    if chance(rng, 0.55):
        date = zh.full_date(rng, 1890, 1980)
        builder.add(f"（{rng.choice((date, date.split('日')[0] + '日', date[:4] + '年'))}）")
    builder.add(rng.choice(("，", "，载", "，见", "，收入")))
    if chance(rng, 0.3):
        builder.put("editor", zh.organisation(rng)).add("编：")
    builder.add("《").put(
        "container-title", person + rng.choice(("全集", "文集", "选集", "文选", "集", "书信集", "文存", "遗稿", "奏稿"))
    ).add("》")
    if chance(rng, 0.85):
        builder.add(rng.choice(("", "", "，"))).put(
            "volume",
            rng.choice(
                (
                    f"第{rng.randint(1, 9)}卷",
                    f"第{zh.numeral(rng.randint(1, 30))}册",
                    "上卷",
                    "下",
                    f"卷{zh.numeral(rng.randint(1, 60))}",
                )
            ),
        )
    place, publisher = rng.choice(rows(zh.BANK, "publishers"))
    builder.add("，")
    imprint(rng, builder, place, publisher, rng.randint(1958, 2018))
    locator(rng, builder, part=True)
    return builder


def short_note(rng: random.Random) -> Builder:
    """A work cited before: author, short title, page; or no more than "同上"."""
    builder, form = Builder(), rng.random()
    book = zh.book(rng)
    if form < 0.4:
        _authors(rng, builder, book)
        builder.add("《").put("title", book.title.split("——")[0].split("：")[0]).add("》")
        if chance(rng, 0.15):
            builder.put("volume", rng.choice(("上册", "下册", "第2卷", "第三册")))
        locator(rng, builder, certain=True)
    elif form < 0.62:
        builder.add(rng.choice(("同上", "同上书", "同上注", "同前", "同前书", "同上引书")))
        locator(rng, builder)
    elif form < 0.8:
        note = rng.choice(
            (
                f"前引[{rng.randint(1, 90)}]",
                f"前注{rng.randint(1, 90)}",
                f"同前注[{rng.randint(1, 60)}]",
                f"前引注{rng.randint(1, 60)}",
                f"前揭注〔{rng.randint(1, 60)}〕",
                "前引",
                f"见前注{rng.randint(1, 40)}",
                f"同注{rng.randint(1, 50)}",
            )
        )
        builder.add(note + rng.choice(("，", "", "，")))
        put_people(builder, "author", book.authors[:1], "、", ending=rng.choice(("书", "文", "文", "等书", "")))
        locator(rng, builder, certain=True)
    else:
        builder.put("author", book.authors[0]).add(rng.choice(("前引书", "前揭书", "上引书", "前揭文", "：前引书")))
        locator(rng, builder, certain=True)
    return builder


NOTES: tuple[tuple[Callable[[random.Random], Builder], int], ...] = (
    (book_note, 22),
    (article_note, 20),
    (chapter_note, 9),
    (collected_note, 5),
    (short_note, 5),
    (lambda rng: book_note(rng, law=True), 5),
    (lambda rng: article_note(rng, law=True), 6),
    (lambda rng: chapter_note(rng, law=True), 3),
)
