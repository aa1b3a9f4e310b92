"""In which language a work is written, by the words of its title: BCP 47 codes, as CSL's `language` has them."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from citekit.lexicon import concept

__all__ = ["title_language"]

_SCRIPTS = tuple(
    (re.compile(letters), code)
    for letters, code in (
        (r"[\u3040-\u30ff]", "ja"),
        (r"[\uac00-\ud7af]", "ko"),
        (r"[\u3400-\u9fff]", "zh"),
        (r"[\u0590-\u05ff]", "he"),
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


def title_language(title: str, default: str | None = None) -> str | None:
    """The language of a title, `default` where it cannot be told.

    Script decides where it can; among languages of one script the small words do ("the", "der", "della"), when one
    language has more of them than any other.
    """
    english_letters = title.isascii()  # the most frequent case, in which no letter tells anything
    for script, code in () if english_letters else _SCRIPTS:
        if script.search(title):
            return code
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
    for word in words_of_title:
        for code in _small_words().get(word, ()):
            if (code in ("ru", "uk", "bg")) is cyrillic:
                counted[code] += 1
    return counted
