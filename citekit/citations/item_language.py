"""In which language a work is written, by the words of its title: BCP 47 codes, as CSL's `language` has them."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from citekit.lexicon import concept

__all__ = ["title_language"]

# Characters in the form that Japan gave them in 1946, neither the traditional nor the simplified Chinese one, and those
# made in Japan.
_JAPANESE_FORMS = (
    "[歴戦経済伝発図関観権県検験沢竜辺駅鉄営団囲売応悪択拡掲斎栄桜様渋満滝焼獣畳砕稲粛絵継続総聴脳臓覚訳読譲転軽酔銭闘険隠雑霊頼"
    "顕駆騒髄黒徳両児処剤労勧単厳圧壊変実広弾徴恵戯払挙摂暁桟歓歩毎気渓涙瀬犠穂縄縦繊荘蔵蛍賛遅郷釈鉱顔鶏歯齢枠込峠働畑辻匂塀楽仏対専]"
)
_SCRIPTS = tuple(
    (re.compile(letters), code)
    for letters, code in (
        (r"[\u3040-\u30ff]", "ja"),
        (r"[\uac00-\ud7af]", "ko"),
        (_JAPANESE_FORMS, "ja"),
        (r"[\u3400-\u9fff]", "zh"),
        (r"[\u0590-\u05ff]", "he"),
        (r"[ٹڈڑںے]", "ur"),
        (r"[ڕڵێۆ]", "ckb"),
        (r"[پچژگکیۀ]", "fa"),
        (r"[\u0600-\u06ff]", "ar"),
        (r"[\u0370-\u03ff]{3}", "el"),
        (r"[їєґЇЄҐ]", "uk"),
        (r"[ўЎ]", "be"),
        (r"[ђћџљњЂЋЏЉЊ]", "sr"),
    )
)
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
# Letters that one of the languages asked has alone, or nearly so.
_LETTERS = (
    ("ß", "de"), ("łąęźżśń", "pl"), ("řůě", "cs"), ("őű", "hu"), ("ñ¿¡", "es"), ("ãõ", "pt"), ("șțăşţ", "ro"),
    ("ğışİ", "tr"), ("œêèçâ", "fr"), ("ðþ", "is"),
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH = 2  # small words; one alone ("in", "de") stands in many languages


# Japanese print parts press and year by 、, and counts by 年 and 頁; Chinese by ，.
_JAPANESE_PRINT = re.compile(
    r"[\u3040-\u30ff]|[、（(](?:1[6-9]|20)\d\d年|(?<=[』」])[^，]{0,200}、\d{1,4}(?:[-–〜～]\d{1,4})?頁"
)
_ARABIC_ALONE = re.compile(r"[ةيكىأإآؤئ]|(?<![^\W\d_])ال")


def _by_the_rest(code: str, title: str, around: str) -> str:
    """A language that shares its letters with another, by the letters and marks of the whole citation."""
    if code == "zh" and _JAPANESE_PRINT.search(around):
        return "ja"
    if code == "ar" and not _ARABIC_ALONE.search(title) and re.search("[پچژگکی]", around):
        return "fa"
    return code


def title_language(title: str, default: str | None = None, around: str = "") -> str | None:
    """The language of a title, `default` where it cannot be told.

    `around` are the words of the citation: characters and letters that two languages share are told by them.

    Script decides where it can; among languages of one script the small words do ("the", "der", "della"), when one
    language has more of them than any other.
    """
    english_letters = title.isascii()  # the most frequent case, in which no letter tells anything
    for script, code in () if english_letters else _SCRIPTS:
        if script.search(title):
            return _by_the_rest(code, title, around)
    words_of_title = [word.casefold() for word in _WORD.findall(title)]
    if _CYRILLIC.search(title):
        counted = _counted(words_of_title, cyrillic=True)
        bulgarian = counted["bg"] > counted["ru"] and not re.search("[ыэё]", title)
        return "bg" if bulgarian else "uk" if re.search("[іІ]", title) else "ru"
    counted = _counted(words_of_title, cyrillic=False)
    low = title.lower()
    for letters, code in () if english_letters else _LETTERS:
        if any(letter in low for letter in letters):
            counted[code] += 1
    if not counted:
        return default
    (first, most), (_, second) = [*counted.most_common(2), ("", 0), ("", 0)][:2]
    if most >= _ENOUGH and most > second:
        return first
    return default


@cache
def _small_words() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for code, listed in concept("stopwords", "title").items():
        for word in listed:
            found.setdefault(word, set()).add(code)
    return {word: frozenset(codes) for word, codes in found.items()}


def _counted(words_of_title: list[str], *, cyrillic: bool) -> Counter[str]:
    """How many small words of each language a title has."""
    counted: Counter[str] = Counter()
    codes_of = _small_words().get
    for word in words_of_title:
        for code in codes_of(word, ()):
            if (code in ("ru", "uk", "bg")) is cyrillic:
                counted[code] += 1
    return counted
