r"""Unicode text into LaTeX that BibTeX, biber and TeX all accept; `citekit.formats.latex_text` is the way back.

Braces are never written as `\{`: BibTeX counts braces whatever stands before them (btxdoc, section 4), so a brace of
the text becomes a command. Letters outside ASCII stay as they are (UTF-8).
"""

from __future__ import annotations

import re
from functools import lru_cache

from citekit.formats.latex_markup import SIGNS, with_markup
from citekit.lexicon import words

__all__ = ["brace", "escape", "escape_signs", "is_balanced", "plain_url", "protect", "rich", "tidy"]

_COMMANDS = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
}
_TABLE = str.maketrans(_COMMANDS)
# Two signs that TeX sets as one (dashes, quotation marks: fntguide, section 5.2): a group keeps them apart.
_LIGATURE = re.compile(r"(?<=-)-|(?<=`)`|(?<=')'|(?<=[!?])`")
# Line ends, other controls and lone surrogates: no .bib file can hold them, and each parser folds white space.
_BLANKS = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]+")
_ESCAPED_BRACE = re.compile(r"\\[{}]")
_WORD_BREAKS = re.compile(r"([\s\-‐‑–—/]+)")
# Signs within a word that no capital hangs on, and where markup opens or closes.
_OUTSIDE = re.compile(rf"([()\[\]\"=<>“”„«»{SIGNS}]+)")
_PHRASE_END = (":", ".", "?", "!")


def tidy(text: str) -> str:
    """The text on one line: runs of white space and control characters are one space."""
    return _BLANKS.sub(" ", text).strip(" ")


def escape(text: str) -> str:
    r"""The text with LaTeX's ten special characters written so that they print as themselves; braces balance."""
    return _apart(escape_signs(text))


def rich(text: str) -> str:
    """As `escape`, with CSL's markup (`<i>`) as LaTeX's."""
    return with_markup(text, escape)


def escape_signs(text: str) -> str:
    """As `escape`, with dashes and quotation marks left to TeX: what `--` is in a range of pages."""
    return tidy(text).translate(_TABLE)


def _apart(latex: str) -> str:
    return _LIGATURE.sub(r"{}\g<0>", latex)


def brace(latex: str) -> str:
    """A group: names and lists are not split inside, styles do not change its case."""
    return f"{{{latex}}}"


def plain_url(url: str) -> str:
    r"""A URL inside running text: `\url{…}`, or escaped where `\url` fails inside an argument (`%`, `#`, `^^`, braces).

    The url package's own documentation (section 3) names these characters.
    """
    bare = tidy(url)
    return escape(bare) if re.search(r"[%#^{}\\]", bare) else rf"\url{{{bare}}}"


def is_balanced(text: str) -> bool:
    r"""Whether the text can stand verbatim between braces: BibTeX counts all, bibtexparser none behind a `\`."""
    return _balances(text) and _balances(_ESCAPED_BRACE.sub("", text)) and not text.endswith("\\")


def _balances(text: str) -> bool:
    depth = 0
    for character in text:
        if character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
            if depth < 0:
                return False
    return depth == 0


@lru_cache(maxsize=4_096)  # a title that is written is compared with the LaTeX that it was read from
def protect(title: str, *, all_capitals: bool = False) -> str:
    """A title, escaped, with braces around the words whose capitals a style must not change.

    BibTeX styles set titles in lower case but for the first word and the first after a colon. Always protected: words
    with a capital behind their first letter (acronyms, MacIntyre, l'Impero). In a title in sentence style, where an
    ordinary word begins small, each other capital was meant and is protected too; so with `all_capitals`, for
    languages that know no headline style (all but English). A title in headline style keeps the rest free.

    Args:
        title: text, with CSL's markup.
        all_capitals: protect each capitalised word whatever the style of the title.
    """
    return with_markup(title, lambda text: _protected(text, all_capitals))


def _protected(title: str, all_capitals: bool) -> str:
    pieces = _WORD_BREAKS.split(tidy(title))
    starts = _phrase_starts(pieces)
    everything = all_capitals or any(_begins_small(piece) for piece in pieces[2::2])
    words = (
        _protected_word(piece, starts[number] or not everything) if number % 2 == 0 else piece
        for number, piece in enumerate(pieces)
    )
    return _apart("".join(words))


def _phrase_starts(pieces: list[str]) -> list[bool]:
    """Which pieces open a phrase: the first, and those behind a colon or full stop."""
    starts = [True, *([False] * (len(pieces) - 1))]
    for number in range(2, len(pieces), 2):
        starts[number] = pieces[number - 2].endswith(_PHRASE_END) and pieces[number - 1].isspace()
    return starts


def _begins_small(word: str) -> bool:
    core = _OUTSIDE.sub("", word).strip("'‘’,;:.?!")
    return len(core) > 3 and core[0].islower() and core.casefold() not in words("stopwords", "title")


def _protected_word(word: str, capital_is_free: bool) -> str:
    letters = [character for character in word if character.isalpha()]
    inner = any(character.isupper() for character in letters[1:])
    first = bool(letters) and letters[0].isupper() and not capital_is_free
    if not (inner or first):
        return escape(word)
    parts = _OUTSIDE.split(word)
    return "".join(brace(escape(part)) if any(map(str.isupper, part)) else escape(part) for part in parts)
