"""How one writer writes: the choices that hold for a whole citation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from citekit.training import bank
from citekit.training.grammar.chance import Chance

__all__ = ["Manner", "draw"]


@dataclass(frozen=True, slots=True)
class Manner:
    """Attributes: see `draw`; each is what one writer keeps to.

    Attributes:
        language: of labels and conjunctions.
        quotes: opening and closing marks around titles of articles.
        italics: what stands for italics around titles, "" where they are lost.
        first: how the first name is written: "given family", "family, given", "family given", "family (given)".
        later: how the following names are.
        inner: how editors and translators behind the title are.
        given: "full", "A. B.", "A.B.", "AB", "A B".
        capitals: of family names: "", "upper", "all".
        between: words between two of several names.
        last: words before the last name.
        others: words for those left out.
        most: how many names are written out.
        sub: words between title and subtitle.
        dash: of ranges.
        shorten: whether the end of a range is shortened (123-34).
        follow: words for following pages.
        abbreviate: whether journals are abbreviated.
        roman: whether volumes are Roman.
        month: "name", "short", "number", "dots".
    """

    language: str
    quotes: tuple[str, str]
    italics: str
    first: str
    later: str
    inner: str
    given: str
    capitals: str
    between: str
    last: str
    others: str
    most: int
    sub: str
    dash: str
    shorten: bool
    follow: tuple[str, ...]
    abbreviate: bool
    roman: bool
    month: str


def _pair(marks: str) -> tuple[str, str]:
    if len(marks) == 3:  # a blank inside on both sides
        return marks[:2], marks[1:]
    half = len(marks) // 2
    return (marks[:half], marks[half:]) if len(marks) > 1 else (marks, marks)


def draw(chance: Chance, style: Mapping[str, Any], language: str) -> Manner:
    """A manner within a style: what the style does not settle is drawn."""

    def settled(name: str, *otherwise: Any) -> Any:
        return chance.of(style[name]) if name in style else chance.of(otherwise)

    first = settled("names", "given family", "given family", "family, given", "family given")
    word = settled("and", *bank.words("and", language))
    between = settled("between", ", ", ", ", ", ", "; ", " / ", " – ", "/", " - ")
    last = between if word in (",", ";", "") else f" {word} " if word not in "/-–" else chance.of((word, f" {word} "))
    if word in ("and", "&") and between == ", " and chance.yes(0.3):
        last = f", {word} "
    marks = style["quotes"] if "quotes" in style else bank.words("quotes", language)
    return Manner(
        language=language,
        quotes=_pair(chance.of(marks)),
        italics=settled("italics", "", "", "", "", "", "", "", "", "", "*", "_"),
        first=first,
        later=settled("later", *((first, first, "given family") if "," in first else (first,))),
        inner=settled("inner", "given family", "given family", first),
        given=settled("given", "full", "full", "A. B.", "A.B.", "A. B."),
        capitals=settled("capitals", "", "", "", "", "", "", "", "", "", "", "", "", "upper", "upper", "all"),
        between=between,
        last=last,
        others=settled("others", *bank.words("others", language)),
        most=settled("most", 2, 3, 3, 4, 6, 6),
        sub=settled("sub", ": ", ": ", ". ", ". ", " – ", ", ", " : "),
        dash=settled("dash", "-", "–", "–", "-", "--", "—"),
        shorten=settled("shorten", False, False, True),
        follow=bank.words("follow", language),
        abbreviate=settled("abbreviate", False, False, False, True),
        roman=settled("roman", False, False, False, True),
        month=settled("month", "name", "name", "short", "number", "dots"),
    )
