r"""What LaTeX in a .bib file says, as Unicode text: accents, letters, ligatures and signs; markup goes, its words stay.

The commands that bibliographies are full of are read here in one pass, from a table (fntguide, section 5; usrguide;
BibLaTeX manual, 4.10.4). Any other command is read by itself (`citekit.formats.latex_commands`).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from citekit.formats.latex_commands import formula_text, seldom
from citekit.formats.latex_inert import acts
from citekit.formats.latex_markup import COMMANDS, SWITCHES, closing_of

__all__ = ["is_marked_up", "rich_text_of_latex", "text_of_latex"]

# Above and below the letter (Unicode's combining marks), by the accent's command.
_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "v": "\u030c", "H": "\u030b", "r": "\u030a", "c": "\u0327", "k": "\u0328", "d": "\u0323",
    "b": "\u0331", "t": "\u0361", "G": "\u030f", "U": "\u030e", "h": "\u0309",
}  # fmt: skip
_BELOW = frozenset("ckdb")
_LETTERS = {
    "ss": "ß", "SS": "ẞ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ",
    "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "dj": "đ", "DJ": "Đ", "th": "þ", "TH": "Þ",
    "ng": "ŋ", "NG": "Ŋ", "textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}", "lbrace": "{",
    "rbrace": "}", "textasciitilde": "~", "textasciicircum": "^", "textunderscore": "_", "textendash": "–",
    "textemdash": "—", "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“",
    "textquotedblright": "”", "textquotedbl": '"', "textquotesingle": "'", "textasciigrave": "`",
    "quotesinglbase": "‚", "quotedblbase": "„", "guillemotleft": "«", "guillemotright": "»", "guillemetleft": "«",
    "guillemetright": "»", "guilsinglleft": "‹", "guilsinglright": "›", "glqq": "„", "grqq": "“", "flqq": "«",
    "frqq": "»", "glq": "‚", "grq": "‘", "dots": "…", "ldots": "…", "textellipsis": "…", "S": "§", "P": "¶",
    "pounds": "£", "textsterling": "£", "euro": "€", "texteuro": "€", "textdegree": "°", "textdollar": "$",
    "textsection": "§", "textparagraph": "¶", "textdagger": "†", "textbullet": "•", "textperiodcentered": "·",
    "textregistered": "®", "texttrademark": "™", "textcopyright": "©", "copyright": "©", "textpm": "±",
    "textonehalf": "½", "textbar": "|", "textless": "<", "textgreater": ">", "textordfeminine": "ª",
    "textordmasculine": "º", "textexclamdown": "¡", "textquestiondown": "¿", "textnumero": "№", "slash": "/",
    "hyphen": "-", "nobreakspace": "\u00a0", "space": " ", "quad": " ", "qquad": " ", "par": " ", "newline": " ",
    "TeX": "TeX", "LaTeX": "LaTeX", "textvisiblespace": "␣", "prime": "′", "ayn": "ʿ", "hamza": "ʾ",
    "textmu": "µ", "textohm": "Ω",
}  # fmt: skip
_SIGNS = {
    "&": "&", "%": "%", "$": "$", "#": "#", "_": "_", "{": "{", "}": "}", " ": " ", "\n": " ", "\t": " ", "\r": " ",
    ",": " ", ";": " ", ":": " ", ">": " ", "!": "", "-": "", "/": "", "@": "", "\\": " ", "*": "",
}  # fmt: skip
# They change how their words look, or nothing; the words stay.
_STYLES = frozenset(
    re.findall(
        "[a-z]+",
        "emph textit textbf textsc textsl textrm textsf texttt textup textmd textnormal textsuperscript textsubscript "
        "mbox hbox text mkbibemph mkbibitalic mkbibbold nohyphens em it bf sc sl rm tt sf itshape bfseries scshape "
        "slshape upshape rmfamily sffamily ttfamily mdseries normalfont tiny scriptsize footnotesize small normalsize "
        "large relax ignorespaces unskip protect centering",
    )
)
_VERBATIM = frozenset({"url", "path", "nolinkurl"})
_QUOTES = {"enquote": ("“", "”"), "mkbibquote": ("“", "”"), "mkbibparens": ("(", ")"), "mkbibbrackets": ("[", "]")}
_LIGATURES = {"---": "—", "--": "–", "``": "“", "''": "”", "!`": "¡", "?`": "¿", "~": "\u00a0"}

# A class of characters comes first, so that the search runs past all others: five times as fast as alternatives.
_SPECIAL = re.compile(r"[\\{}~$\-`'!?](?:(?<=[\\{}~$])|(?<=-)-|(?<=`)`|(?<=')'|(?<=[!?])`)")
_TOKEN = re.compile(r"\\([A-Za-z]++)\*?+[ \t\r\n]*+|\\(.)|(\$[^$]*+\$)|[{}]|---?|``|''|[!?]`|~", re.DOTALL)
_ARGUMENT = re.compile(
    r"\s*+(?:\{\s*+([^{}\\$]*+)\}|\{\s*+\\([A-Za-z]++)\s*+(?:\{\})?\}|\\([A-Za-z]++)[ \t]*+(?:\{\})?|([^\\{}$\s]))"
)
_FLAT_GROUP = re.compile(r"[0-9]{0,3}+\{[^{}]*+\}")
_VERBATIM_ARGUMENT = re.compile(r"\{([^{}]*+)\}")


def is_marked_up(latex: str) -> bool:
    """Whether a field says anything but its own characters."""
    return _SPECIAL.search(latex) is not None


def text_of_latex(latex: str) -> str:
    """The text that a LaTeX field says: commands become characters, grouping braces and markup go.

    Formulas that are more than signs stay as they are, between their dollar signs. So do commands that read, write or
    run something (`citekit.formats.latex_inert`). Nothing is executed or opened.
    """
    return _text(latex, rich=False) if is_marked_up(latex) else latex


def rich_text_of_latex(latex: str) -> str:
    """As `text_of_latex`, with emphasis and its like as CSL's markup (`<i>`)."""
    return _text(latex, rich=True) if is_marked_up(latex) else latex


@lru_cache(maxsize=32_768)  # the titles of a library: when it is written again, their LaTeX is compared once more
def _text(latex: str, *, rich: bool) -> str:
    pieces: list[str] = []
    closing: list[str] = []  # what each open group ends with
    place = 0
    for token in _TOKEN.finditer(latex):
        start = token.start()
        if start < place:
            continue  # read with what stood before it
        pieces.append(latex[place:start])
        place = token.end()
        what = token[0]
        if what == "{":
            closing.append("")
        elif what == "}":
            pieces.append(closing.pop() if closing else "")
        elif what[0] == "$":
            pieces.append(_formula(what, rich=rich))
        elif what[0] != "\\":
            pieces.append(_LIGATURES[what])
        elif token[2] in _SIGNS:
            pieces.append(_SIGNS[token[2]])
        elif token[1] in _LETTERS:
            pieces.append(_LETTERS[token[1]])
        elif token[1] in COMMANDS and rich and latex[place : place + 1] == "{":
            pieces.append(COMMANDS[token[1]])
            closing.append(closing_of(COMMANDS[token[1]]))
            place += 1
        elif token[1] in SWITCHES and rich and closing:
            pieces.append(SWITCHES[token[1]])
            closing[-1] = closing_of(SWITCHES[token[1]]) + closing[-1]
        elif token[1] in _STYLES:
            continue
        elif token[1] in _QUOTES and latex[place : place + 1] == "{":
            pieces.append(_QUOTES[token[1]][0])
            closing.append(_QUOTES[token[1]][1])
            place += 1
        elif acts(latex[start : place + 1]):
            group = _FLAT_GROUP.match(latex, place)
            place = group.end() if group else place
            pieces.append(latex[start:place])
        else:
            command = token[1] or token[2]
            argument = _argument(latex, command, place) if command in _VERBATIM or command in _ACCENTS else None
            words, place = argument or seldom(latex, command, place)
            pieces.append(words)
    pieces += [latex[place:], *reversed(closing)]
    text = "".join(pieces)
    return text if text.strip() else latex  # a journal's `\\aap`, whose words only a style knows


def _formula(formula: str, *, rich: bool) -> str:
    """Letters, and what stands high or low, as such; any other formula as it is."""
    said = formula_text(formula)
    if said is None:
        return formula
    words, tag = said
    return f"{tag}{words}{closing_of(tag)}" if tag and rich else words


def _argument(latex: str, command: str, place: int) -> tuple[str, int] | None:
    """A command with the argument that begins here, as text, and where it ends; None where it is of another make."""
    if command in _VERBATIM:
        found = _VERBATIM_ARGUMENT.match(latex, place)
        return (found[1], found.end()) if found else None
    found = _ARGUMENT.match(latex, place)
    if found is None:
        return None
    letters = found[1] if found[1] is not None else found[4]
    if letters is None:
        letters = _LETTERS.get(found[2] or found[3])
    if letters is None:
        return None
    if not letters:
        return (command, found.end()) if command in "~^" else None
    first, rest = letters[0], letters[1:]
    if command not in _BELOW:
        first = {"ı": "i", "ȷ": "j"}.get(first, first)
    return unicodedata.normalize("NFC", first + _ACCENTS[command]) + rest, found.end()
