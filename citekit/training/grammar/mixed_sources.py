"""Western notes on Chinese newspapers, gazetteers, classics and archives."""

from __future__ import annotations

import random
from collections.abc import Callable

from citekit.training.example import Builder
from citekit.training.grammar import chinese_records as zh
from citekit.training.grammar.eastern_bank import chance, rows
from citekit.training.grammar.mixed_chinese import EDITED, QUOTES, date, imprint, locator, put_persons, put_title
from citekit.training.grammar.mixed_records import Manner, Title, title

__all__ = ["NOTES"]

Made = tuple[Builder, str]


def newspaper_note(rng: random.Random) -> Made:
    """An article of a Chinese newspaper."""
    builder, manner = Builder(), Manner.of(rng)
    roman, characters, gloss = rng.choice(rows("mixed", "newspapers"))
    if chance(rng, 0.75):
        if chance(rng, 0.4):
            put_persons(builder, "author", zh.persons(rng, 1), manner)
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
        put_persons(builder, "author", (author.removesuffix("等").split("、")[0],), manner)
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


NOTES: tuple[tuple[Callable[[random.Random], Made], int], ...] = (
    (newspaper_note, 8),
    (gazetteer_note, 5),
    (classic_note, 5),
    (archive_note, 6),
)
