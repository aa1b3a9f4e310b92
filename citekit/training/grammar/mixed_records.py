"""Chinese works as a Western scholar writes them: romanised, in characters, with a gloss."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from citekit.training.grammar import chinese_records as zh
from citekit.training.grammar.eastern_bank import chance, rows, words
from citekit.training.grammar.romanise import pinyin, pinyin_name, toned, wade_giles

__all__ = ["GLOSS_LANGUAGES", "Manner", "Title", "book", "title"]

_COUNTRY = re.compile(r"\A[\[［〔（(][^\]］〕）)]*[\]］〕）)]")  # "[美]" before a foreign author
_BODY = re.compile(
    r"(?:委员会|研究所|研究室|档案馆|编写组|编辑部|统计局|博物馆|博物院|史学会|大学|银行|[院系馆会局])\Z"
)
GLOSS_LANGUAGES = {"en": 1, "it": 2, "de": 3, "fr": 4}


@dataclass(frozen=True, slots=True)
class Title:
    """A title in three forms; an empty one is not printed."""

    roman: str
    characters: str
    gloss: str


@dataclass(frozen=True, slots=True)
class Manner:
    """How one scholar writes: the language around, the script of the names, the marks.

    Attributes:
        language: of the words around the fields.
        characters: of titles: "both", "roman", "only".
        names: "both", "roman", "only" for the persons.
        wade: the old system of transcription.
        traditional: characters in their traditional form.
        order: where the family name stands: "first", "comma", "capitals".
        glossed: titles are translated.
        tones: pinyin shows them.
    """

    language: str
    characters: str
    names: str
    wade: bool
    traditional: bool
    order: str
    glossed: bool
    tones: bool

    @classmethod
    def of(cls, rng: random.Random) -> Manner:
        """A manner of writing by chance."""
        return cls(
            language=rng.choices(list(GLOSS_LANGUAGES), [6, 3, 2, 2])[0],
            characters=rng.choices(["both", "roman", "only"], [6, 3, 1])[0],
            names=rng.choices(["both", "roman", "only"], [6, 5, 1])[0],
            wade=chance(rng, 0.13),
            traditional=chance(rng, 0.5),
            order=rng.choices(["first", "comma", "capitals"], [7, 2, 1])[0],
            glossed=chance(rng, 0.55),
            tones=chance(rng, 0.12),
        )

    def romanised(self, text: str) -> str:
        """`text` in Latin letters."""
        if self.wade:
            return wade_giles(pinyin(text))
        return (toned(text) if self.tones else "") or pinyin(text)

    def script(self, text: str) -> str:
        """`text` in this scholar's characters."""
        return zh.traditional(text) if self.traditional else text

    def name(self, name: str) -> str:
        """A Chinese person."""
        if len(name) > 4 and _BODY.search(name):
            return f"{self.romanised(name)} {self.script(name)}" if self.names == "both" else self.romanised(name)
        roman = pinyin_name(name)
        if self.wade:
            roman = wade_giles(roman)
        bare = _COUNTRY.sub("", name)
        if self.names == "only" and self.characters == "only":
            return self.script(bare)
        family, _, given = roman.partition(" ")
        if self.order == "comma" and given:
            roman = f"{family}, {given}"
        elif self.order == "capitals":
            roman = f"{family.upper()} {given}".strip()
        return f"{roman} {self.script(bare)}" if self.names == "both" else roman


def book(rng: random.Random) -> zh.Book:
    """A book by a Chinese author: translations into Chinese are seldom cited in the West."""
    found = zh.book(rng)
    while found.translators:
        found = zh.book(rng)
    return found


# Prepositions with the article behind them.
_CONTRACTIONS = {
    "it": (
        r"\b([Ss]u) (il|la|le|i|gli|l)(?: |(?='))",
        {"il": "l", "la": "lla", "le": "lle", "i": "i", "gli": "gli", "l": "ll"},
    ),
    "fr": (r"\b(d|a)(?:e|u) (le|les) ", {"le": "u", "les": "es"}),
}


def _contracted(text: str, language: str) -> str:
    """ "su la riforma" is "sulla riforma", "de les marchés" "des marchés"."""
    if language not in _CONTRACTIONS:
        return text
    pattern, endings = _CONTRACTIONS[language]
    return re.sub(pattern, lambda m: m[1] + endings[m[2]] + ("" if m[2] == "l" else " "), text)


def _gloss(entry: tuple[str, ...], language: str, **parts: str) -> str:
    return _contracted(entry[GLOSS_LANGUAGES[language]].format(**parts).replace("  ", " ").strip(), language)


_DYNASTIES = {"Tang", "Song", "Yuan", "Ming", "Qing"}


def title(rng: random.Random, manner: Manner, real: str = "") -> Title:
    """`real`, or a composed title whose gloss is known."""
    if real:
        gloss, characters = "", real
    else:
        entry = rng.choice(rows("zh_pinyin", "glossed"))
        topic, second = (t.split("|") for t in rng.sample(words(zh.BANK, "topics"), 2))
        dynasties = [p for p in rows(zh.BANK, "periods") if manner.language == "en" or p[1] in _DYNASTIES]
        period = rng.choice(dynasties)
        place = rng.choice(words(zh.BANK, "places")).split("|")
        year = rng.randint(1850, 1980)
        column = GLOSS_LANGUAGES[manner.language]
        shown = topic[column]
        where = place[1].removeprefix("the ") if manner.language == "en" else manner.romanised(place[0])
        years = {"y1": str(year), "y2": str(year + rng.randint(3, 50))}
        gloss = _gloss(
            entry,
            manner.language,
            topic=shown,
            Topic=shown[0].upper() + shown[1:],
            topic2=second[column],
            place=where,
            period=period[1],
            **years,
        )
        characters = entry[0].format(topic=topic[0], topic2=second[0], place=place[0], period=period[0], **years)
    roman = manner.romanised(characters)
    if not manner.glossed:
        gloss = ""
    if manner.characters == "roman":
        return Title(roman, "", gloss)
    if manner.characters == "only":
        return Title("", manner.script(characters), gloss)
    return Title(roman, manner.script(characters), gloss)
