"""Chinese works as a Western scholar writes them: romanised, in characters, with a gloss."""

from __future__ import annotations

import random
from dataclasses import dataclass

from citekit.training.grammar import chinese_records as zh
from citekit.training.grammar.eastern_bank import chance, rows, words
from citekit.training.grammar.romanise import pinyin, pinyin_name, wade_giles

__all__ = ["GLOSS_LANGUAGES", "Manner", "Title", "title"]

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
    """

    language: str
    characters: str
    names: str
    wade: bool
    traditional: bool
    order: str
    glossed: bool

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
        )

    def romanised(self, text: str) -> str:
        """`text` in Latin letters."""
        return wade_giles(pinyin(text)) if self.wade else pinyin(text)

    def script(self, text: str) -> str:
        """`text` in this scholar's characters."""
        return zh.traditional(text) if self.traditional else text

    def name(self, name: str) -> str:
        """A Chinese person."""
        roman = pinyin_name(name)
        if self.wade:
            roman = wade_giles(roman)
        bare = (
            name.rsplit("]", maxsplit=1)[-1]
            .rsplit("）", maxsplit=1)[-1]
            .rsplit("〕", maxsplit=1)[-1]
            .rsplit(")", maxsplit=1)[-1]
        )
        if self.names == "only" and self.characters == "only":
            return self.script(bare)
        family, _, given = roman.partition(" ")
        if self.order == "comma" and given:
            roman = f"{family}, {given}"
        elif self.order == "capitals":
            roman = f"{family.upper()} {given}".strip()
        return f"{roman} {self.script(bare)}" if self.names == "both" else roman


def _gloss(entry: tuple[str, ...], language: str, **parts: str) -> str:
    return entry[GLOSS_LANGUAGES[language]].format(**parts).replace("  ", " ").strip()


def title(rng: random.Random, manner: Manner, real: str = "") -> Title:
    """`real`, or a composed title whose gloss is known."""
    if real:
        gloss, characters = "", real
    else:
        entry = rng.choice(rows("zh_pinyin", "glossed"))
        topic, second = (t.split("|") for t in rng.sample(words(zh.BANK, "topics"), 2))
        period = rng.choice([p.split("|") for p in words(zh.BANK, "periods") if p.split("|")[1]])
        place = rng.choice(words(zh.BANK, "places")).split("|")
        year = rng.randint(1850, 1980)
        column = GLOSS_LANGUAGES[manner.language]
        shown = topic[column]
        where = place[1] if manner.language == "en" else manner.romanised(place[0])
        years = {"y1": str(year), "y2": str(year + rng.randint(3, 50))}
        era = period[1] if manner.language == "en" else period[1].split()[0]
        gloss = _gloss(
            entry,
            manner.language,
            topic=shown,
            Topic=shown[0].upper() + shown[1:],
            topic2=second[column],
            place=where,
            period=era,
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
