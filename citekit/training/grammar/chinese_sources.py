"""Notes on newspapers, web pages, theses, archives, law and the classics in Chinese."""

from __future__ import annotations

import random
from collections.abc import Callable

from citekit.training.example import Builder
from citekit.training.grammar import chinese_records as zh
from citekit.training.grammar.chinese_notes import imprint, locator, put_people
from citekit.training.grammar.eastern_bank import chance, people, rows, words

__all__ = ["NOTES", "url"]


def newspaper_note(rng: random.Random) -> Builder:
    """An article of a newspaper."""
    builder = Builder()
    if chance(rng, 0.6):
        put_people(builder, "author", zh.persons(rng, 2), "、", ending="：")
    elif chance(rng, 0.15):
        builder.add(rng.choice(("社论：", "本报评论员：", "新华社：")))
    date = zh.full_date(rng, 1905, 2023)
    titles = (
        zh.subject_title(rng),
        f"{zh.pick(rng, 'places')}今年{zh.pick(rng, 'topics')}获得大丰收",
        f"{zh.pick(rng, 'places')}{zh.pick(rng, 'topics')}近讯",
        f"为{zh.pick(rng, 'topics')}而奋斗",
        "要闻",
        f"{zh.pick(rng, 'officials')}抵{zh.pick(rng, 'places')}",
        f"论{zh.pick(rng, 'topics')}之不可缓",
    )
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
    return base + rng.choice(
        (
            f"{year}-{month:02}/{day:02}/c_{number}.htm",
            f"{year}/{month:02}{day:02}/c{rng.randint(1000, 99999)}-{number}.html",
            f"{number}.html",
            f"{number}",
            f"{year}{month:02}/t{year}{month:02}{day:02}_{number}.shtml",
            f"index.php?id={number}&p={rng.randint(1, 9)}",
        )
    )


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
    number = rng.choice(
        (
            f"{rng.randint(100, 999)}-{rng.randint(1, 12)}-{rng.randint(1, 2200)}",
            f"B{rng.randint(1, 250)}-{rng.randint(1, 3)}-{rng.randint(1, 900)}-{rng.randint(1, 90)}",
            f"全宗号{rng.randint(1, 900)}，目录号{rng.randint(1, 9)}，案卷号{rng.randint(1, 900)}",
            f"{rng.randint(1, 250):03}-{rng.randint(1, 9):03}-{rng.randint(1, 2000):05}",
            f"{rng.randint(100, 120)}-{rng.randint(1, 2000):05}-{rng.randint(1, 4):02}",
            f"SZ{rng.randint(1, 40)}-{rng.randint(1, 4):02}-{rng.randint(1, 900):04}-{rng.randint(1, 20):03}",
            f"04-01-{rng.randint(1, 38):02}-{rng.randint(1, 999):04}-{rng.randint(1, 60):03}",
            f"J{rng.randint(1, 200):03}-{rng.randint(1, 9):03}-{rng.randint(1, 9000):05}",
            f"{rng.randint(1, 9000)}-{rng.randint(1, 300)}",
            f"M{rng.randint(1, 60)}-{rng.randint(1, 9)}-{rng.randint(1, 300)}",
            f"全宗{rng.randint(1, 99)}/目录{rng.randint(1, 9)}/卷{rng.randint(1, 999)}",
        )
    )
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
    place = zh.pick(rng, "cities")
    court = rng.choice(
        (
            "最高人民法院",
            f"{zh.pick(rng, 'places')}高级人民法院",
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
        instance = rng.choice(words("zh_words", "case_kinds"))
        number = (
            f"（{year}）{rng.choice('京沪粤苏浙川鄂湘鲁豫皖闽渝')}{rng.choice(('', '01', '02', '0105', '民', '高'))}"
        )
        number += f"{instance}{rng.randint(2, 9900)}号"
        if chance(rng, 0.6):
            other = (
                zh.person(rng) if chance(rng, 0.4) else rng.choice(words("zh_words", "defendants")).format(place=place)
            )
            case = f"{zh.person(rng)}诉{other}{rng.choice(words('zh_words', 'disputes'))}案"
            quotes = ("", "") if chance(rng, 0.7) else ("“", "”")
            builder.add(quotes[0]).put("title", case).add(quotes[1] + "，")
        builder.add(court).add(rng.choice(("", " "))).put("genre", kind).add(rng.choice(("", "，"))).put(
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
    number = f"卷{zh.numeral(rng.randint(1, 180))}" if chance(rng, 0.85) else f"卷{rng.randint(1, 180)}"
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
            imprint(rng, builder, place, publisher, int(year))
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
        builder.add(rng.choice(("", "，"))).put("volume", f"卷{zh.numeral(rng.randint(1, 60))}")
        if chance(rng, 0.6):
            chapter = rng.choice(words("zh_books", "juans"))
            builder.add(rng.choice((f"，{chapter}", f"《{chapter}》", f"·{chapter}")))
        if chance(rng, 0.5):
            builder.add("，").put(
                "edition",
                rng.choice(
                    (
                        f"{era}{zh.numeral(rng.randint(2, 30))}年刻本",
                        f"{era}{zh.numeral(rng.randint(2, 30))}年刊本",
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
    imprint(
        rng,
        builder,
        "北京" if chance(rng, 0.4) else "成都",
        publisher if chance(rng, 0.6) else "方志出版社",
        rng.randint(1984, 2012),
    )
    locator(rng, builder)
    return builder


NOTES: tuple[tuple[Callable[[random.Random], Builder], int], ...] = (
    (newspaper_note, 6),
    (web_note, 5),
    (thesis_note, 4),
    (archive_note, 7),
    (legal_note, 4),
    (classic_note, 6),
    (gazetteer_note, 3),
)
