"""Romanised names and titles with their characters behind them in one field, as Zotero's users type them: taken apart.

CSL has no field for a name in its own script, and only `original-title` for a title in it. So "Gu, Jiegang 顧頡剛" and
"Gushi bian 古史辨" are common, and a style that makes initials prints "Gu, J. 顧頡剛" of the first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from citekit.citations.east_asian_names import is_east_asian
from citekit.model import Item
from citekit.styles.romanised import is_romanised

__all__ = ["in_characters", "name_in_two_scripts", "with_original_title"]

_EAST = "\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af"
_FIRST = re.compile(rf"[{_EAST}]")
_BEFORE = " \t\u00a0\u3000([（［〔《〈「『/／"  # what stands between a romanised title and its characters
_PAIRS = {"(": ")", "[": "]", "（": "）", "［": "］", "〔": "〕"}
_CODES = ("zh", "ja", "ko")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")


def with_original_title(item: Item) -> Item:
    """The item with the characters behind a romanised title as its `original-title`.

    Only where all words before them are syllables of a romanisation, or the item's language is Chinese, Japanese or
    Korean: in "The Dream in 紅樓夢" the characters belong to an English title. A translation's `original-title` is
    that of another work, so a translated item stays as it is.
    """
    title, language = item.get("title"), item.get("language")
    if not isinstance(title, str) or item.get("original-title") or item.get("translator"):
        return item
    latin, characters = _apart(title)
    stated = isinstance(language, str) and language[:2].lower() in _CODES
    if not characters or not (stated or is_romanised(latin)):
        return item
    return {**item, "title": latin, "original-title": characters}


def name_in_two_scripts(name: Mapping[str, str]) -> tuple[dict[str, str], str]:
    """A romanised name without its characters, and the characters; both as they are where there are none behind it."""
    parts: dict[str, Any] = dict(name)
    found = []
    for part in ("family", "given"):
        latin, characters = _apart(parts.get(part, ""))
        if characters:
            parts[part] = latin
            found.append(characters)
        elif is_east_asian(parts.get(part, "")) and found:
            return dict(name), ""  # "Gu 顧" and "頡剛": no romanised given name is left
    return parts, "".join(found)


def in_characters(words: str) -> str:
    """The characters behind romanised words ("Pushe 樸社" is "樸社"), all words where there are none behind them."""
    return _apart(words)[1] or words


def _apart(text: str) -> tuple[str, str]:
    """Latin words and the characters behind them; the text and nothing where that is not all of it."""
    first = _FIRST.search(text)
    latin = text[: first.start()].rstrip(_BEFORE) if first else ""
    if first is None or not _LATIN.search(latin):
        return text, ""
    between, characters = text[len(latin) : first.start()], text[first.start() :].strip()
    if not between or not is_east_asian(characters):
        return text, ""
    opening = between.strip(" \t\u00a0\u3000/／")
    if opening[:1] in _PAIRS and characters.endswith(_PAIRS[opening[0]]):
        opening, characters = opening[1:], characters[:-1]
    elif opening[:1] in _PAIRS:
        return text, ""
    return latin, f"{opening}{characters}"
