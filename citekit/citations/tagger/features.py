"""What the tagger sees of each word and mark of a citation.

A feature is a short string; which families there are and what each is worth is in docs/explanation/tagger.md. What
depends on a word alone is made once for each word; the rest looks at neighbours, quotation marks and brackets, and at
the piece between two marks of punctuation that the word stands in.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from citekit.citations.brackets import enclosures
from citekit.citations.tagger.tokens import Token
from citekit.citations.tagger.vocabulary import opened, smalls
from citekit.model import Span

__all__ = ["features"]

_ROMAN = re.compile(r"(?=[IVXLCDM])M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})", re.IGNORECASE)
_ENDS_PIECE = frozenset('.,;:()[]{}?!–—“”«»„"，。：；、（）《》〈〉「」『』[]/=،؛।։՝״')
# Scripts in the order of their letters, and the first letter of each but the first.
_SCRIPTS = (
    "latin",
    "greek",
    "cyrl",
    "other",
    "rtl",
    "other",
    "latin",
    "greek",
    "mark",
    "cjk",
    "kana",
    "cjk",
    "hang",
    "cjk",
)
_FIRST = "\u0370\u0400\u0530\u0590\u0900\u1e00\u1f00\u2000\u2e80\u3040\u3100\uac00\ud7b0"
_EDGE = ("-w=<", "+w=<", "-2=<", "+2=<")
# Features of which there are few: written out, because a citation has thousands.
_SEEN = (("seen=00", "seen=01"), ("seen=10", "seen=11"))
_AT = tuple(f"at={place}" for place in range(10))
_LONGEST_ABBREVIATION = 8  # letters, fewer than
_LEFT = tuple(f"left={left}" for left in range(5))


@dataclass(frozen=True, slots=True)
class _Word:
    """What depends on a word alone.

    Attributes:
        own: its features.
        low: its small form.
        shape: its class.
        beside: the features that it gives to the words behind it, before it, and the two beyond these.
    """

    own: tuple[str, ...]
    low: str
    shape: str
    beside: tuple[str, str, str, str]


@lru_cache(maxsize=65536)
def _word(word: str, field: str) -> _Word:
    """A word, or an identifier of some `field`."""
    own, low, shape = ((f"w={field}",), field, field) if field else _described(word)
    return _Word(own, low, shape, (f"-w={low}", f"+w={low}", f"-2={low}", f"+2={low}"))


def _described(word: str) -> tuple[tuple[str, ...], str, str]:
    """A word's own features, its small form for its neighbours, its class."""
    low = word.lower()
    if word.isdecimal():
        size = len(word)
        number = int(word) if size < 6 else 999999
        kind = "year" if size == 4 and 1400 <= number <= 2035 else f"d{min(size, 6)}"
        return (f"w={kind}", f"n={low[:2] if kind == 'year' else min(number, 60)}"), kind, kind
    if not word[0].isalpha():
        return (f"w={word}",), word, word
    script = _SCRIPTS[bisect_right(_FIRST, word[0])]
    if script in ("cjk", "kana"):
        return (f"w={word}", script), word, script
    shape = (
        "x" if word.islower() else "X" if len(word) == 1 else "XX" if word.isupper() else "Xx" if word[0].isupper()
        and word[1:].islower() else "xX"
    )  # fmt: skip
    own = [f"w={low}", f"s={shape}", f"l={min(len(word), 10)}"]
    if len(word) > 3:
        own += (f"p={low[:3]}", f"e={low[-3:]}", f"f={low[-2:]}")
    if script != "latin":
        own.append(script)
    if _ROMAN.fullmatch(word):
        own.append("roman")
        shape += "r"
    return tuple(own), low, shape


def features(text: str, words: Sequence[Token], emphasis: Sequence[Span] = ()) -> list[list[str]]:
    """The features of each of `words`, in order.

    Args:
        text: the citation.
        words: what `tokens` made of it.
        emphasis: where the format shows italics.
    """
    size = len(words)
    if not size:
        return []
    made = [_word("" if field else text[start:end], field) for start, end, field in words]
    lows = [word.low for word in made]
    shapes = [word.shape for word in made]
    known = _known(smalls([field or text[start:end] for start, end, field in words]))
    inside = _inside(text, words, emphasis)
    pieces = _pieces(words, lows, shapes, known)
    style = _style(shapes)
    # Behind the end, and with negative indexes before the beginning:
    beside = [*(word.beside for word in made), _EDGE, _EDGE]
    lows.append("<")
    shapes.append("<")
    known.append("")
    former = "<"
    seen_year = False
    seen_in = False
    quotes = _quotes(inside)
    chains = _abbreviations(lows, size)
    spaced = [start > 0 and text[start - 1].isspace() for start, _, _ in words]
    at = _places(size)
    rows = []
    for place, word in enumerate(made):
        shape, following = word.shape, shapes[place + 1]
        row = [
            *word.own,
            beside[place - 1][0], beside[place + 1][1], beside[place - 2][2], beside[place + 2][3],
            f"s={former}|{shape}|{following}",
            f"-wp={lows[place - 1]}|{shape}", f"+wp={shape}|{lows[place + 1]}",
            inside[place], *pieces[place],
        ]  # fmt: skip
        if chains[place] > 1:
            row.append(f"ab={min(chains[place], 4)}")
        if not spaced[place]:
            row.append("glued")
        if known[place]:
            row.append(f"k={known[place]}")
        if known[place - 1]:
            row.append(f"-k={known[place - 1]}")
        if known[place + 1]:
            row.append(f"+k={known[place + 1]}")
        row.append(at[place])
        row.append(style)
        if size - place < 5:
            row.append(_LEFT[size - place])
        row.append(_SEEN[seen_year][seen_in] + quotes[place])
        seen_year = seen_year or shape == "year"
        if "in>" in known[place]:
            parted = lows[place - 1] in _ENDS_PIECE
            row.append("in," if parted else "in")
            seen_in = seen_in or parted  # ", in: …"; no such mark stands before the "in" of a title
        former = shape
        rows.append(row)
    return rows


def _quotes(inside: Sequence[str]) -> list[str]:
    """Whether a quotation lies ahead of each word or behind it: what follows one is seldom the title."""
    quoted = [place for place, each in enumerate(inside) if "q" in each]
    if not quoted:
        return [""] * len(inside)
    first, last = quoted[0], quoted[-1]
    return ["<"] * first + ["q"] * (last + 1 - first) + [">"] * (len(inside) - last - 1)


def _abbreviations(lows: list[str], size: int) -> list[int]:
    """How many abbreviated words follow one another around each word: "Ann. Mag. nat. Hist." has four."""
    found = [0] * size
    start = end = 0  # of the row that is open
    for stop in [place for place, low in enumerate(lows) if low == "." and place and lows[place - 1].isalpha()]:
        if not 1 < len(lows[stop - 1]) < _LONGEST_ABBREVIATION:
            continue
        if stop - 1 != end:
            start = stop - 1
        end = stop + 1
        found[start:end] = [(end - start) // 2] * (end - start)
    return found


@lru_cache(maxsize=1024)
def _places(size: int) -> list[str]:
    """Where each of so many words stands: one of the first four, or in which sixth."""
    return [_AT[place if place < 4 else min(9, 4 + 5 * place // size)] for place in range(size)]


def _style(shapes: list[str]) -> str:
    """Where the first year stands: behind the names (author-date), in the middle, at the end."""
    place = next((place for place, shape in enumerate(shapes) if shape == "year"), -1)
    return "y=" + ("-" if place < 0 else str(min(4, 5 * place // max(1, len(shapes)))))


def _known(words: list[str]) -> list[str]:
    """The concepts that each word stands for, or is part of, joined by commas."""
    get = opened().get
    found: dict[int, set[str]] = {}
    for place, told in [(place, told) for place, word in enumerate(words) if (told := get(word))]:
        if told.alone:
            found.setdefault(place, set()).update(told.alone)
        following = words[place + 1 : place + 2]
        for behind, concept in told.longer:
            end = place + 1 + len(behind)
            if behind[:1] == following and words[place + 1 : end] == behind:
                for inside in range(place, end):
                    found.setdefault(inside, set()).add(concept)
    known = [""] * len(words)
    for place, concepts in found.items():
        known[place] = ",".join(sorted(concepts)) if len(concepts) > 1 else next(iter(concepts))
    return known


def _inside(text: str, words: Sequence[Token], emphasis: Sequence[Span]) -> list[str]:
    """What encloses each word: the innermost quotation mark or bracket, and italics."""
    cover = [""] * (len(text) + 1)
    for mark in enclosures(text):  # in order of their start: an inner one covers its outer one
        kind = "q" if mark.quoted else mark.opening
        cover[mark.start : mark.end] = [f"{cover[mark.start]}{kind}"[-2:]] * (mark.end - mark.start)
    for span in emphasis:
        for place in range(span.start, min(span.end, len(text))):
            cover[place] += "i"
    return [f"in={cover[start]}" for start, _, _ in words]


def _pieces(words: Sequence[Token], lows: list[str], shapes: list[str], known: list[str]) -> list[tuple[str, ...]]:
    """What the piece between two marks looks like that each word stands in, and its neighbours."""
    size = len(words)
    bounds: list[tuple[int, int, str, str]] = []  # start, end, what opens it, what closes it
    found: list[tuple[str, ...]] = [()] * size
    start = 0
    opened = "<"
    for place in [place for place in range(size) if lows[place] in _ENDS_PIECE] + [size]:
        closed = lows[place] if place < size else "<"
        if place < size:
            found[place] = (f"c={lows[place - 1] if place else '<'}{closed}",)
        if place > start and not (
            place - start == 1 and closed == "." and len(lows[start]) == 1 and not lows[start].isdigit()
        ):
            bounds.append((start, place, opened, closed))
            opened = closed
            start = place + 1
        elif place == start:
            opened = closed
            start = place + 1
    told = [_told(tuple(shapes[start:end]), tuple(filter(None, known[start:end]))) for start, end, _, _ in bounds]
    wordy = [each[:1] == "w" for each in told]
    in_all = min(sum(wordy), 5)
    before = 0
    last = len(bounds) - 1
    for number, (start, end, opened, closed) in enumerate(bounds):
        following = told[number + 1] if number < last else "<"
        later = told[number + 2] if number + 1 < last else "<"
        former = told[number - 1] if number else "<"
        own = told[number]
        value = (
            f"c={opened}{closed}|{own}",
            f"c={min(number, 7)}|{own}",
            f"cn={closed}|{following}",
            f"cN={own}|{following}|{later}",
            f"cp={former}|{opened}|{own}",
            f"cw={before}/{in_all}|{own[:1]}",
        )
        found[start:end] = [value] * (end - start)
        if wordy[number] and before < 5:
            before += 1
    return found


@lru_cache(maxsize=16384)
def _told(shapes: tuple[str, ...], known: tuple[str, ...]) -> str:
    """A piece in short: whether it is words, a name, numbers or a year, and what the lexicon says of it."""
    concepts = {name for joined in known for name in joined.split(",")}
    telling = "".join(sorted(name[:2] for name in concepts & _TELLING))
    numbers = [shape for shape in shapes if shape[0] == "d" or shape == "year"]
    if len(numbers) == len(shapes):
        return ("y" if "year" in numbers else "n") + telling
    small = sum(shape in _SMALL for shape in shapes)
    size = len(shapes)
    kind = "w" if small >= 1 and size > 2 else "W" if size > 3 else "m" if size > 1 else "o"
    return f"{kind}{'y' if 'year' in numbers else 'd' if numbers else ''}{telling}"


_SMALL = frozenset({"x", "xr", "cjk", "kana"})
_TELLING = frozenset(
    {"press", "house", "place", "editor>", "<editor", "newspaper", "institution", "in>", "page>", "volume>"}
)
