"""Notes of Chinese scholars: history and law, in the forms of the mainland's journals."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from citekit.training.example import Builder
from citekit.training.grammar import chinese_records as zh
from citekit.training.grammar.eastern_bank import chance, people, rows, words

__all__ = ["NOTES", "numeral", "put_people"]

NUMERALS = "〇一二三四五六七八九"


def numeral(number: int) -> str:
    """A number from 1 to 199 in Chinese characters, as volumes are counted."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = "百" if hundreds == 1 and number >= 100 else ""
    text = "一百" if text else ""
    if tens:
        text += ("一" if hundreds else "") + "十" if tens == 1 else NUMERALS[tens] + "十"
    elif hundreds and ones:
        text += "零"
    return text + (NUMERALS[ones] if ones else "")


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
        volume = rng.choice((f"第{rng.randint(1, 12)}卷", f"第{numeral(rng.randint(1, 20))}卷", f"第{rng.randint(1, 40)}册", f"第{numeral(rng.randint(1, 12))}辑", "上册", "下册", "中册", "上卷", "下卷", "上", "下"))  # fmt: skip
        open_mark, close_mark = rng.choice((("", ""), ("", ""), ("（", "）"), ("·", ""), ("，", "")))
        builder.add(open_mark).put("volume", volume).add(close_mark)
    if chance(rng, 0.1):
        edition = rng.choice((f"第{rng.randint(2, 8)}版", "修订版", "增订本", "增订版", "影印本", "修订本", f"第{numeral(rng.randint(2, 5))}版", "重印本", "订正版", "典藏版"))  # fmt: skip
        open_mark, close_mark = rng.choice((("（", "）"), ("（", "）"), ("，", "")))
        builder.add(open_mark).put("edition", edition).add(close_mark)


def _translators(rng: random.Random, builder: Builder, book: zh.Book) -> None:
    if book.translators:
        shown = book.translators[:1] if len(book.translators) > 2 or chance(rng, 0.1) else book.translators
        put_people(
            builder.add("，"), "translator", shown, "、", ending="等" if len(shown) < len(book.translators) else ""
        )
        builder.add(rng.choice(("译", "译", "译", "译校", " 译")))


def _imprint(rng: random.Random, builder: Builder, place: str, publisher: str, year: int) -> None:
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


def locator(rng: random.Random, builder: Builder, name: str = "locator", *, certain: bool = False) -> None:
    """ "，第33页": the place cited, with its label words in no field."""
    if not certain and chance(rng, 0.12):
        return
    first = rng.randint(1, 60) if chance(rng, 0.2) else rng.randint(10, 780)
    dash = rng.choice("—–-－~")
    value = str(first)
    form = rng.random()
    if form < 0.3:
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
    _imprint(rng, builder, book.place, book.publisher, book.year)
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
        builder.add("，").put("issued", year).put("issue", f"第{issue}期（总第{rng.randint(20, 300)}期）")
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
    _imprint(rng, builder, book.place, book.publisher, book.year)
    if chance(rng, 0.45):
        builder.add("，第").put("page", zh.pages(rng, rng.choice("—–-"))).add("页")
    else:
        locator(rng, builder)
    return builder


def collected_note(rng: random.Random) -> Builder:
    """A speech or paper in someone's collected works."""
    builder, person = Builder(), zh.pick(rng, "persons")
    if chance(rng, 0.5):
        builder.put("author", person).add("：")
    title = rng.choice((zh.document(rng), zh.subject_title(rng), f"致{zh.person(rng)}", f"在{zh.pick(rng, 'places')}干部会议上的讲话", "论" + zh.pick(rng, "topics")))  # fmt: skip
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
        builder.add(rng.choice(("", "", "，"))).put("volume", rng.choice((f"第{rng.randint(1, 9)}卷", f"第{numeral(rng.randint(1, 30))}册", "上卷", "下", f"卷{numeral(rng.randint(1, 60))}")))  # fmt: skip
    place, publisher = rng.choice(rows(zh.BANK, "publishers"))
    builder.add("，")
    _imprint(rng, builder, place, publisher, rng.randint(1958, 2018))
    locator(rng, builder)
    return builder


def newspaper_note(rng: random.Random) -> Builder:
    """An article of a newspaper."""
    builder = Builder()
    if chance(rng, 0.6):
        put_people(builder, "author", zh.persons(rng, 2), "、", ending="：")
    elif chance(rng, 0.15):
        builder.add(rng.choice(("社论：", "本报评论员：", "新华社：")))
    date = zh.full_date(rng, 1905, 2023)
    titles = (zh.subject_title(rng), f"{zh.pick(rng, 'places')}今年{zh.pick(rng, 'topics')}获得大丰收", f"{zh.pick(rng, 'places')}{zh.pick(rng, 'topics')}近讯", f"为{zh.pick(rng, 'topics')}而奋斗", "要闻", f"{zh.pick(rng, 'officials')}抵{zh.pick(rng, 'places')}", f"论{zh.pick(rng, 'topics')}之不可缓")  # fmt: skip
    builder.add("《").put("title", rng.choice(titles).replace("《", "〈").replace("》", "〉")).add(
        "》" + rng.choice(("，", "，载", "，", "，载"))
    )
    builder.add("《").put("container-title", zh.pick(rng, "newspapers")).add("》")
    builder.add(rng.choice(("", "", "，"))).put("issued", date)
    if chance(rng, 0.75):
        page = str(rng.randint(1, 16)) if chance(rng, 0.85) else rng.choice(("A2", "B01", "3-4", "一", "三"))
        before, after = rng.choice(
            (("，第", "版"), ("，第", "版"), ("第", "版"), ("，", "版"), ("，第", "张"), ("(", ")"))
        )
        builder.add(before).put("page", page).add(after)
    return builder


def url(rng: random.Random, base: str) -> str:
    """An address below `base` as newspapers' sites make them."""
    year, month, day = rng.randint(2001, 2024), rng.randint(1, 12), rng.randint(1, 28)
    number = rng.randint(10000, 99999999)
    return base + rng.choice((f"{year}-{month:02}/{day:02}/c_{number}.htm", f"{year}/{month:02}{day:02}/c{rng.randint(1000, 99999)}-{number}.html", f"{number}.html", f"{number}", f"{year}{month:02}/t{year}{month:02}{day:02}_{number}.shtml", f"index.php?id={number}&p={rng.randint(1, 9)}"))  # fmt: skip


def web_note(rng: random.Random) -> Builder:
    """A web page with the day it was read."""
    builder = Builder()
    site, base = rng.choice(rows(zh.BANK, "websites"))
    if chance(rng, 0.6):
        put_people(builder, "author", zh.persons(rng, 2), "、", ending="：")
    quotes = ("《", "》") if chance(rng, 0.8) else ("“", "”")
    builder.add(quotes[0]).put("title", zh.subject_title(rng).replace("《", "〈").replace("》", "〉")).add(quotes[1])
    builder.add("，")
    if chance(rng, 0.75):
        builder.add(rng.choice(("载", "", "", "来源："))).put("container-title", site)
        if chance(rng, 0.5):
            builder.add(rng.choice(("", "，"))).put("issued", zh.full_date(rng, 2001, 2023))
        builder.add("，")
    elif chance(rng, 0.3):
        builder.put("issued", f"{rng.randint(2001, 2023)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}").add("，")
    builder.put("URL", url(rng, base))
    accessed = rng.choice(
        (zh.full_date(rng, 2005, 2024), f"{rng.randint(2005, 2024)}-{rng.randint(1, 12)}-{rng.randint(1, 28)}")
    )
    form = rng.randrange(6)
    if form == 0:
        builder.add("，最后访问日期：").put("accessed", accessed)
    elif form == 1:
        builder.add("，访问日期：").put("accessed", accessed)
    elif form == 2:
        builder.add("，").put("accessed", accessed).add(rng.choice(("访问", "最后访问", "检索")))
    elif form == 3:
        builder.add(rng.choice(("（", "，（"))).put("accessed", accessed).add("访问）")
    elif form == 4:
        builder.add(rng.choice(("，最后访问时间：", "，浏览日期：", "，访问于", "，登录时间："))).put(
            "accessed", accessed
        )
    return builder


def thesis_note(rng: random.Random) -> Builder:
    """A thesis."""
    builder, degree = Builder(), rng.choice(("博士", "博士", "硕士", "博士后"))
    title = zh.law_title(rng) if chance(rng, 0.3) else zh.subject_title(rng)
    builder.put("author", zh.person(rng)).add("：《").put("title", title).add("》，")
    genre, year = (
        degree + ("研究报告" if degree == "博士后" else rng.choice(("学位论文", "论文", "学位论文", "毕业论文"))),
        f"{rng.randint(1985, 2023)}年",
    )
    form = rng.random()
    school = zh.pick(rng, "universities")
    if form < 0.35:
        builder.put("publisher", school).put("issued", year).put("genre", genre)
    elif form < 0.6:
        builder.put("genre", genre).add("，").put("publisher", school).add("，").put("issued", year)
    elif form < 0.8:
        builder.put("publisher", school).put("genre", genre).add("，").put("issued", year)
    else:
        builder.put("publisher", school + rng.choice(("历史系", "法学院", "人文学院", ""))).put("issued", year).put(
            "genre", genre
        )
    locator(rng, builder)
    return builder


def archive_note(rng: random.Random) -> Builder:
    """A paper in an archive."""
    builder = Builder()
    if chance(rng, 0.2):
        builder.put("author", rng.choice((zh.organisation(rng), zh.pick(rng, "officials")))).add("：")
    quotes = ("《", "》") if chance(rng, 0.8) else ("“", "”")
    builder.add(quotes[0]).put("title", zh.document(rng)).add(quotes[1])
    date = zh.full_date(rng, 1895, 1976)
    if chance(rng, 0.7):
        open_mark, close_mark = rng.choice((("（", "）"), ("，", ""), (" (", ")")))
        builder.add(open_mark).put("issued", date).add(close_mark)
    number = rng.choice((
        f"{rng.randint(100, 999)}-{rng.randint(1, 12)}-{rng.randint(1, 2200)}", f"B{rng.randint(1, 250)}-{rng.randint(1, 3)}-{rng.randint(1, 900)}-{rng.randint(1, 90)}", f"全宗号{rng.randint(1, 900)}，目录号{rng.randint(1, 9)}，案卷号{rng.randint(1, 900)}",
        f"{rng.randint(1, 250):03}-{rng.randint(1, 9):03}-{rng.randint(1, 2000):05}", f"{rng.randint(100, 120)}-{rng.randint(1, 2000):05}-{rng.randint(1, 4):02}", f"SZ{rng.randint(1, 40)}-{rng.randint(1, 4):02}-{rng.randint(1, 900):04}-{rng.randint(1, 20):03}", f"04-01-{rng.randint(1, 38):02}-{rng.randint(1, 999):04}-{rng.randint(1, 60):03}",
        f"J{rng.randint(1, 200):03}-{rng.randint(1, 9):03}-{rng.randint(1, 9000):05}", f"{rng.randint(1, 9000)}-{rng.randint(1, 300)}", f"M{rng.randint(1, 60)}-{rng.randint(1, 9)}-{rng.randint(1, 300)}", f"全宗{rng.randint(1, 99)}/目录{rng.randint(1, 9)}/卷{rng.randint(1, 999)}",
    ))  # fmt: skip
    label = (
        ""
        if number.startswith("全宗")
        else rng.choice(("档号：", "档号：", "档号", "档案号：", "卷宗号：", "", "全宗号", "档案编号："))
    )
    builder.add("，").put("archive", zh.pick(rng, "archives")).add(rng.choice(("，", "藏，", "，", "藏档案，", "藏")))
    builder.add(label).put("archive_location", number)
    if chance(rng, 0.25):
        locator(rng, builder, certain=True)
    return builder


def legal_note(rng: random.Random) -> Builder:
    """A judgment, a statute or a decree."""
    builder, form = Builder(), rng.random()
    year = rng.randint(1988, 2024)
    place = zh.pick(rng, "places")
    court = rng.choice(
        (
            "最高人民法院",
            f"{place}高级人民法院",
            f"{place}市第{rng.choice('一二三')}中级人民法院",
            f"{place}市{zh.pick(rng, 'counties')}区人民法院",
            "上海知识产权法院",
            "北京互联网法院",
        )
    )
    if form < 0.4:
        kind = rng.choice(
            ("民事判决书", "刑事判决书", "行政判决书", "民事裁定书", "刑事裁定书", "执行裁定书", "行政裁定书")
        )
        number = f"（{year}）{rng.choice('京沪粤苏浙川鄂湘鲁豫皖闽渝')}{rng.choice(('', '01', '02', '0105', '民', '高'))}{rng.choice(('民终', '民初', '行终', '刑初', '刑终', '知民初', '民申', '行初', '民再', '执复', '法民终字第', '民提字第'))}{rng.randint(2, 9900)}号"
        if chance(rng, 0.6):
            case = f"{zh.person(rng)}诉{rng.choice((zh.person(rng), place + '市人民政府', place + '宏达房地产开发有限公司', '中国人民保险公司' + place + '分公司', '北京某科技有限公司'))}{rng.choice(('合同纠纷', '侵权责任纠纷', '行政处罚', '商标权纠纷', '房屋买卖合同纠纷', '名誉权纠纷', '机动车交通事故责任纠纷', '政府信息公开'))}案"
            quotes = ("", "") if chance(rng, 0.7) else ("“", "”")
            builder.add(quotes[0]).put("title", case).add(quotes[1] + "，")
        builder.put("author", court).add(rng.choice(("", " "))).put("genre", kind).add(rng.choice(("", "，"))).put(
            "number", number
        )
        if chance(rng, 0.1):
            builder.add("（").put("issued", zh.full_date(rng, year, year)).add("）")
    elif form < 0.65:
        statute = rng.choice(
            (
                "民法典",
                "刑法",
                "行政诉讼法",
                "合同法",
                "物权法",
                "侵权责任法",
                "民事诉讼法",
                "公司法",
                "著作权法",
                "土地管理法",
                "中华人民共和国宪法",
                "中华人民共和国刑事诉讼法",
                "立法法",
                "农村土地承包法",
                "反不正当竞争法",
                "数据安全法",
            )
        )
        builder.add("《").put("title", statute).add("》")
        if chance(rng, 0.3):
            builder.add(f"（{year}年{rng.choice(('修正', '修订', '制定', '颁布'))}）")
        value = f"第{rng.randint(1, 400)}条"
        if chance(rng, 0.5):
            value += f"第{rng.randint(1, 5)}款" + (f"第{rng.randint(1, 9)}项" if chance(rng, 0.3) else "")
        builder.add(rng.choice(("", "", "，"))).put("locator", value)
    else:
        body = rng.choice(
            (
                "国务院",
                "最高人民法院",
                "最高人民检察院",
                "国家税务总局",
                "司法部",
                "国家发展改革委",
                "教育部",
                "中国人民银行",
                "国务院办公厅",
                "民政部",
            )
        )
        short = {
            "国务院": "国发",
            "最高人民法院": "法释",
            "最高人民检察院": "高检发",
            "国务院办公厅": "国办发",
            "教育部": "教政法",
            "司法部": "司发",
            "民政部": "民发",
        }.get(body, "发改法规")
        subject = zh.pick(rng, "laws") if chance(rng, 0.5) else zh.pick(rng, "topics")
        title = body + rng.choice(
            (
                f"关于加强{subject}工作的意见",
                f"关于审理{subject}案件适用法律若干问题的规定",
                f"关于{subject}若干问题的通知",
                f"关于印发〈{subject}管理办法〉的通知",
                f"关于进一步推进{subject}的实施意见",
            )
        )
        open_mark, close_mark = rng.choice("〔[［("), "〕"
        close_mark = {"〔": "〕", "[": "]", "［": "］", "(": ")"}[open_mark]
        number = f"{short}{open_mark}{year}{close_mark}{rng.randint(1, 90)}号"
        builder.add("《").put("title", title).add("》")
        before, after = rng.choice((("，", ""), ("（", "）"), ("（", "）")))
        builder.add(before).put("number", number).add(after)
        if chance(rng, 0.3):
            builder.add("，").put("issued", zh.full_date(rng, year, year)).add(rng.choice(("发布", "公布", "印发", "")))
    return builder


def classic_note(rng: random.Random) -> Builder:
    """A work of the tradition, cited by its scrolls."""
    builder = Builder()
    author, title, annotated, place, publisher, year = rng.choice(rows("zh_books", "classics"))
    if chance(rng, 0.75):
        author = (
            author
            if chance(rng, 0.6)
            else author.replace("[", "（").replace("]", "）")
            if chance(rng, 0.6)
            else author.split("]")[-1]
        )
        names = people(author.removesuffix("等"))
        put_people(
            builder,
            "author",
            names,
            "、",
            ending=("等" if author.endswith("等") else "") + rng.choice(("：", "：", "撰：", "著：", "")),
        )
    chapter = rng.choice(words("zh_books", "juans"))
    number = f"卷{numeral(rng.randint(1, 180))}" if chance(rng, 0.85) else f"卷{rng.randint(1, 180)}"
    form = rng.random()
    if form < 0.3:
        builder.add("《").put("title", title).add("》")
        builder.add(rng.choice(("", "", "，"))).put("volume", number)
    elif form < 0.7:
        builder.add("《").put("container-title", title).add("》").put("volume", number)
        builder.add("《").put("title", chapter).add("》")
    elif form < 0.85:
        builder.add("《").put("container-title", title).add("·").put("title", chapter).add("》")
    else:
        builder.add("《").put("container-title", title).add("》，").put("volume", number).add("，").put(
            "title", chapter
        )
    if annotated and chance(rng, 0.6):
        builder.add("，" + annotated)
    if chance(rng, 0.8):
        builder.add("，")
        if chance(rng, 0.12):
            edition = rng.choice(
                (
                    "中华书局点校本",
                    "四部丛刊本",
                    "文渊阁四库全书本",
                    "清光绪十年刻本",
                    "标点本",
                    "影印本",
                    "嘉庆二十三年刊本",
                    "民国二十年铅印本",
                    "百衲本",
                )
            )
            builder.put("edition", edition)
        else:
            _imprint(rng, builder, place, publisher, int(year))
        locator(rng, builder)
    return builder


def gazetteer_note(rng: random.Random) -> Builder:
    """A local gazetteer."""
    builder, place = Builder(), zh.pick(rng, "counties")
    if chance(rng, 0.5):
        era = rng.choice(
            ("光绪", "乾隆", "嘉庆", "道光", "同治", "康熙", "万历", "嘉靖", "民国", "正德", "雍正", "宣统")
        )
        builder.add(rng.choice((era, f"（{era}）", f"{era}")))
        builder.add("《").put("title", place + rng.choice(("县志", "府志", "州志", "县续志", "厅志"))).add("》")
        builder.add(rng.choice(("", "，"))).put("volume", f"卷{numeral(rng.randint(1, 60))}")
        if chance(rng, 0.6):
            chapter = rng.choice(words("zh_books", "juans"))
            builder.add(rng.choice((f"，{chapter}", f"《{chapter}》", f"·{chapter}")))
        if chance(rng, 0.5):
            builder.add("，").put(
                "edition",
                rng.choice(
                    (
                        f"{era}{numeral(rng.randint(2, 30))}年刻本",
                        f"{era}{numeral(rng.randint(2, 30))}年刊本",
                        "铅印本",
                        "抄本",
                    )
                ),
            )
            if chance(rng, 0.4):
                builder.add("，").put(
                    "locator", rng.choice((f"{rng.randint(1, 60)}", f"{rng.randint(1, 40)}a", f"{rng.randint(1, 40)}b"))
                ).add("页")
        return builder
    name = place + "县"
    builder.put("editor", name + rng.choice(("志编纂委员会", "地方志编纂委员会", "县志办公室"))).add(
        rng.choice(("编：", "编纂：", "编", "主编："))
    )
    builder.add("《").put(
        "title", name + rng.choice(("志", "粮食志", "水利志", "农业志", "军事志", "教育志", "志（1986—2005）"))
    ).add("》，")
    _, publisher = rng.choice(rows(zh.BANK, "publishers"))
    _imprint(
        rng,
        builder,
        "北京" if chance(rng, 0.4) else "成都",
        publisher if chance(rng, 0.6) else "方志出版社",
        rng.randint(1984, 2012),
    )
    locator(rng, builder)
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
    (book_note, 22), (article_note, 20), (chapter_note, 9), (collected_note, 5), (newspaper_note, 6), (web_note, 5), (thesis_note, 4), (archive_note, 7),
    (legal_note, 4), (classic_note, 6), (gazetteer_note, 3), (short_note, 5),
    (lambda rng: book_note(rng, law=True), 5), (lambda rng: article_note(rng, law=True), 6), (lambda rng: chapter_note(rng, law=True), 3),
)  # fmt: skip
