"""The same work as somebody else records it: what differs between two honest records of one work.

Each habit is one that manuals of style or libraries prescribe (initials, abbreviated journals and page ranges, cut
titles, romanisation) or one that copying brings about (misprints, letters misread by a scanner, missing fields).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any

from citekit.training.grammar import chinese_records, romanise
from citekit.training.grammar.chance import Chance

__all__ = ["printed_otherwise"]

_MISREAD = (("m", "rn"), ("l", "1"), ("e", "c"), ("o", "0"), ("h", "b"), ("ü", "ii"), ("i", "l"), ("f", "s"))
_HAN = re.compile("[\u4e00-\u9fff]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_SPARE = ("publisher-place", "publisher", "ISBN", "DOI", "collection-title", "issue", "genre", "container-title-short")
_IDLE = frozenset(
    {"of", "the", "and", "for", "in", "der", "die", "und", "für", "de", "la", "des", "et", "di", "della", "y"}
)
_CUT_LETTERS = 6  # ISO 4 cuts a word behind a syllable, seldom before the fourth letter or behind the seventh

Habit = Callable[[dict[str, Any], Chance], None]


def printed_otherwise(item: dict[str, Any], chance: Chance, *, dated: bool) -> dict[str, Any]:
    """Another record of the work.

    Args:
        item: one record; it stays as it is.
        chance: decides what differs.
        dated: the year must stay: another edition of the work is in the library.
    """
    other: dict[str, Any] = {
        name: ([dict(each) for each in value] if isinstance(value, list) else value) for name, value in item.items()
    }
    if _HAN.search(other["title"]):
        _in_another_script(other, chance)
    elif _CYRILLIC.search(other["title"]) and chance.yes(0.5):
        _romanised(other, chance)
    for habit, share in _HABITS:
        if chance.yes(share):
            habit(other, chance)
    for name in _SPARE:
        if chance.yes(0.35):
            other.pop(name, None)
    if not dated and chance.yes(0.06):
        other.pop("issued", None)
    if chance.yes(0.05) and other["type"] != "article-newspaper" and not dated:
        other.pop("author", None) if "container-title" in other or "issued" in other else None
    if chance.yes(0.08):
        other["type"] = "document"
    return other


def _in_another_script(item: dict[str, Any], chance: Chance) -> None:
    """Traditional characters, or pinyin with or without the characters, names in pinyin or Wade-Giles."""
    roll = chance.number(1, 10)
    people = [name for role in ("author", "editor") for name in item.get(role, ())]
    if roll <= 4:
        for name in ("title", "container-title", "publisher"):
            if name in item:
                item[name] = chinese_records.traditional(item[name])
        for person in people:
            for part, value in person.items():
                person[part] = chinese_records.traditional(value)
        return
    if roll <= 8:
        original = item["title"]
        item["title"] = romanise.pinyin(original)
        if roll <= 6:
            item["original-title"] = original
        for name in ("container-title", "publisher"):
            if name in item:
                item[name] = romanise.pinyin(item[name])
        item.pop("publisher-place", None)
    for person in people:
        if not _HAN.search("".join(person.values())):
            continue
        spelt = romanise.pinyin_name(person.get("family", "") + person.get("given", "") + person.get("literal", ""))
        family, _, given = spelt.partition(" ")
        if roll == 9:
            family, given = romanise.wade_giles(family), romanise.wade_giles(given)
        person.clear()
        person.update({"family": family, "given": given} if given else {"literal": family})


def _romanised(item: dict[str, Any], chance: Chance) -> None:
    system = chance.of(("library", "scholarly", "plain"))
    for name in ("title", "publisher", "publisher-place"):
        if name in item:
            item[name] = romanise.transliterated(item[name], system)
    for person in item.get("author", ()):
        for part, value in person.items():
            person[part] = romanise.transliterated(value, system)


def _without_subtitle(item: dict[str, Any], _: Chance) -> None:
    main, colon, _subtitle = item["title"].partition(": ")
    if colon and len(main.split()) > 1 and ("author" in item or "editor" in item):
        item["title"] = main


def _cut(item: dict[str, Any], chance: Chance) -> None:
    words = item["title"].split()
    if len(words) > 6:
        item["title"] = " ".join(words[: chance.number(4, 6)]) + chance.of(("…", "...", " …", " [...]"))


def _misprint(item: dict[str, Any], chance: Chance) -> None:
    title = item["title"]
    letters = [place for place, char in enumerate(title) if char.isalpha() and place > 3 and not _HAN.match(char)]
    for _ in range(chance.weighted((1, 2, 3), (6, 3, 1))):
        if len(letters) < 8:
            return
        place = chance.of(letters)
        if place >= len(title) - 1:
            continue
        how = chance.number(1, 4)
        if how == 1:
            title = title[:place] + title[place + 1 :]
        elif how == 2:
            title = title[:place] + title[place + 1] + title[place] + title[place + 2 :]
        elif how == 3:
            title = title[:place] + chance.of("aeinorst") + title[place + 1 :]
        else:
            title = title[:place] + title[place] + title[place:]
    item["title"] = title


def _misread(item: dict[str, Any], chance: Chance) -> None:
    right, wrong = chance.of(_MISREAD)
    head, found, tail = item["title"][4:].partition(right)
    if found:
        item["title"] = item["title"][:4] + head + wrong + tail


def _plain_letters(item: dict[str, Any], _: Chance) -> None:
    def plain(text: str) -> str:
        decomposed = unicodedata.normalize("NFD", text)
        return (
            "".join(char for char in decomposed if not unicodedata.combining(char)) if not _HAN.search(text) else text
        )

    if _CYRILLIC.search(item["title"]):
        return
    item["title"] = plain(item["title"])
    for person in item.get("author", ()):
        for part, value in person.items():
            person[part] = plain(value)


def _case(item: dict[str, Any], chance: Chance) -> None:
    item["title"] = chance.of((str.lower, str.upper, str.title))(item["title"])


def _capital_names(item: dict[str, Any], _: Chance) -> None:
    for person in item.get("author", ()):
        if "family" in person:
            person["family"] = person["family"].upper()


def _initials(item: dict[str, Any], _: Chance) -> None:
    for person in (*item.get("author", ()), *item.get("editor", ())):
        given = person.get("given", "")
        if given and not _HAN.search(given):
            person["given"] = " ".join(f"{word[0]}." for word in re.findall(r"[^\W\d_]+", given))


def _family_alone(item: dict[str, Any], _: Chance) -> None:
    for person in item.get("author", ()):
        if "family" in person:
            person.pop("given", None)


def _in_one_string(item: dict[str, Any], chance: Chance) -> None:
    inverted = chance.yes(0.4)
    for person in item.get("author", ()):
        if "family" in person and person.get("given") and not _HAN.search(person["family"]):
            family, given = person.pop("family"), person.pop("given")
            person["literal"] = f"{family}, {given}" if inverted else f"{given} {family}"


def _first_alone(item: dict[str, Any], chance: Chance) -> None:
    if len(item.get("author", ())) > 2:
        item["author"] = [item["author"][0], *([{"literal": "et al."}] if chance.yes(0.7) else [])]


def _name_misprint(item: dict[str, Any], chance: Chance) -> None:
    for person in item.get("author", ())[:1]:
        family = person.get("family", "")
        if len(family) > 5 and not _HAN.search(family):
            place = chance.number(2, len(family) - 1)
            person["family"] = family[:place] + family[place + 1 :]


def _short_container(item: dict[str, Any], chance: Chance) -> None:
    container = item.get("container-title", "")
    if item.get("container-title-short") and chance.yes(0.4):
        item["container-title"] = item["container-title-short"]
    elif item["type"] == "article-journal" and len(container.split()) > 1 and not _HAN.search(container):
        words = [word for word in container.replace("&", "").split() if word.lower() not in _IDLE]
        item["container-title"] = " ".join(
            f"{word[: chance.number(3, _CUT_LETTERS)]}." if len(word) > _CUT_LETTERS else word for word in words
        )


def _pages(item: dict[str, Any], chance: Chance) -> None:
    first, dash, last = item.get("page", "").partition("-")
    if dash and first.isdigit() and last.isdigit():
        if len(first) == len(last) == 3 and first[0] == last[0] and chance.yes(0.6):
            item["page"] = f"{first}–{last[1:]}"
        else:
            item["page"] = first if chance.yes(0.4) else f"pp. {first}–{last}"


def _without_place(item: dict[str, Any], _: Chance) -> None:
    for name in ("page", "issue"):
        item.pop(name, None)


def _edition_in_words(item: dict[str, Any], chance: Chance) -> None:
    if "edition" in item:
        item["edition"] = chance.of(("{}. Aufl.", "{}th ed.", "{}e éd.", "{}")).format(item["edition"])


def _volume_in_title(item: dict[str, Any], chance: Chance) -> None:
    if item["type"] == "book" and item.get("volume", "").isdigit() and not item["title"].endswith(("…", "...", "]")):
        item["title"] += chance.of((", vol. {}", ", Bd. {}", ", tome {}")).format(item.pop("volume"))


_HABITS: tuple[tuple[Habit, float], ...] = (
    (_without_subtitle, 0.2),
    (_cut, 0.05),
    (_misprint, 0.2),
    (_misread, 0.08),
    (_plain_letters, 0.2),
    (_case, 0.2),
    (_capital_names, 0.06),
    (_initials, 0.4),
    (_family_alone, 0.06),
    (_first_alone, 0.4),
    (_name_misprint, 0.05),
    (_in_one_string, 0.2),
    (_short_container, 0.4),
    (_pages, 0.4),
    (_without_place, 0.1),
    (_edition_in_words, 0.5),
    (_volume_in_title, 0.3),
)
