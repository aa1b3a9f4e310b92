r"""Unicode text into LaTeX that BibTeX, biber and TeX all accept; `citekit.formats.latex_text` is the way back.

Braces are never written as `\{`: BibTeX counts braces whatever stands before them (btxdoc, section 4), so a brace of
the text becomes a command. Letters outside ASCII stay as they are (UTF-8).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from citekit.formats.latex_markup import SIGNS, markup_of_signs, signs_of_markup, with_markup
from citekit.lexicon import words

__all__ = [
    "balances",
    "brace",
    "escape",
    "escape_signs",
    "is_balanced",
    "plain_url",
    "protect",
    "protected_ways",
    "rich",
    "tidy",
]

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
_SPECIAL = re.compile(r"[\\{}~^&%$#_]")
# Two signs that TeX sets as one (dashes, quotation marks: fntguide, section 5.2): a group keeps them apart.
_LIGATURE = re.compile(r"(?<=-)-|(?<=`)`|(?<=')'|(?<=[!?])`")
# Line ends, other controls and lone surrogates: no .bib file can hold them, and each parser folds white space.
_BLANKS = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]+")
_BRACE = re.compile(r"[{}]")
_ESCAPED_BRACE = re.compile(r"\\[{}]")
_WORD_BREAKS = re.compile(r"([\s\-‐‑–—/]+)")
# Signs within a word that no capital hangs on, and where markup opens or closes.
_OUTSIDE = re.compile(rf"([()\[\]\"=<>“”„«»{SIGNS}]+)")
_PHRASE_END = (":", ".", "?", "!")


def tidy(text: str) -> str:
    """The text on one line: runs of white space and control characters are one space."""
    if text.isprintable() and "  " not in text:  # nothing to fold in nearly every text, and no pattern to run
        return text.strip(" ")
    return _BLANKS.sub(" ", text).strip(" ")


def escape(text: str) -> str:
    r"""The text with LaTeX's ten special characters written so that they print as themselves; braces balance."""
    return _apart(escape_signs(text))


def rich(text: str) -> str:
    """As `escape`, with CSL's markup (`<i>`) as LaTeX's."""
    return with_markup(text, escape)


def escape_signs(text: str) -> str:
    """As `escape`, with dashes and quotation marks left to TeX: what `--` is in a range of pages."""
    bare = tidy(text)
    return bare.translate(_TABLE) if _SPECIAL.search(bare) else bare


def _apart(latex: str) -> str:
    if "--" in latex or "``" in latex or "''" in latex or "!`" in latex or "?`" in latex:
        return _LIGATURE.sub(r"{}\g<0>", latex)
    return latex


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
    if text.endswith("\\"):
        return False
    escaped = "\\{" in text or "\\}" in text
    return balances(text) and (not escaped or balances(_ESCAPED_BRACE.sub("", text)))


def balances(text: str) -> bool:
    """Whether each brace of the text has its partner, as BibTeX counts them."""
    if "{" not in text:
        return "}" not in text
    depth = 0
    for brace in _BRACE.findall(text):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0


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
    return protected_ways(title)[all_capitals]


@lru_cache(maxsize=32_768)  # the titles of a library: each is compared with its LaTeX when it is read and when written
def protected_ways(title: str) -> tuple[str, str]:
    """What `protect` gives without and with `all_capitals`."""
    signed = signs_of_markup(title)
    headline, bound = _ways(signed)
    if signed is title:
        return headline, bound
    marked = markup_of_signs(bound)
    return marked if headline == bound else markup_of_signs(headline), marked


def _ways(title: str) -> tuple[str, str]:
    pieces = _WORD_BREAKS.split(tidy(title))
    forms = [_forms(word) for word in pieces[::2]]
    every = list(pieces)
    every[::2] = [form.capitals_bound for form in forms]
    every[0] = forms[0].capitals_free
    for number in range(1, len(forms)):  # what opens a phrase: behind a colon or full stop
        if forms[number - 1].ends_phrase and pieces[2 * number - 1].isspace():
            every[2 * number] = forms[number].capitals_free
    bound = _apart("".join(every))
    if any(form.begins_small for form in forms[1:]):
        return bound, bound
    every[::2] = [form.capitals_free for form in forms]
    return _apart("".join(every)), bound


class _Forms(NamedTuple):
    """What `protect` asks of a word: as LaTeX in a place where a capital is free and where it is bound."""

    capitals_free: str
    capitals_bound: str
    begins_small: bool
    ends_phrase: bool


@lru_cache(maxsize=16_384)  # words come again and again, and each is looked up among the stopwords
def _forms(word: str) -> _Forms:
    letters = [character for character in word if character.isalpha()]
    plain = escape(word)
    inner = any(character.isupper() for character in letters[1:])
    first = bool(letters) and letters[0].isupper()
    parts = _OUTSIDE.split(word) if inner or first else ()
    bound = "".join(brace(escape(part)) if any(map(str.isupper, part)) else escape(part) for part in parts)
    return _Forms(
        bound if inner else plain,
        bound if inner or first else plain,
        _begins_small(word),
        word.endswith(_PHRASE_END),
    )


def _begins_small(word: str) -> bool:
    core = _OUTSIDE.sub("", word).strip("'‘’,;:.?!")
    return len(core) > 3 and core[0].islower() and core.casefold() not in words("stopwords", "title")
