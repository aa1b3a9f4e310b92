r"""The source of rich text → control words and words in Unicode, without what a tracked change has deleted; and back.

RTF Specification 1.9.1: a byte (`\'e9`, or as it is) is a character in the code page of its font, else of the file;
`\u8217` is a character of Unicode, and `\uc` says how many characters behind it stand there for old programs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

__all__ = ["Piece", "group_ends", "rtf_pieces", "rtf_source"]

_TOKEN = re.compile(
    rb"\\(?P<word>[A-Za-z]{1,40})(?P<number>-?\d{1,10})? ?|\\'(?P<byte>[0-9A-Fa-f]{2})|\\(?P<sign>[^A-Za-z])|[{}]"
    rb"|[^\\{}]+|\\",
    re.DOTALL,
)
# "Font Table": the code page of a character set; 2 is the font Symbol, whose bytes are no letters.
_CHARSETS = {
    0: "cp1252",
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "gbk",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    254: "cp437",
    255: "cp850",
}
_FILE_SETS = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
_CODE_PAGES = {10000: "mac_roman", 65001: "utf-8", 936: "gbk", 54936: "gb18030"}
_MOST_SUBSTITUTES = 10


@dataclass(frozen=True, slots=True)
class Piece:
    r"""A piece of the source.

    Attributes:
        source: a control word with its number (`\b0`), a control symbol (`\~`) or a brace; "" for words.
        word: the control word without its number.
        number: its number.
        text: words, in Unicode.
        link: the target of a link that they are to be put into.
    """

    source: str = ""
    word: str = ""
    number: int | None = None
    text: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class _State:
    """What holds in a group: the code page, how many characters stand for one of Unicode, whether all was deleted."""

    page: str
    substitutes: int = 1
    deleted: bool = False


@dataclass(slots=True)
class _Pages:
    """The code pages of a file and of its fonts."""

    file: str = "cp1252"
    usual: int | None = None
    fonts: dict[int, str] = field(default_factory=dict)
    named: int | None = None

    def of(self, font: int | None) -> str:
        """The code page of a font, the file's where none is stated for it."""
        return self.fonts.get(-1 if font is None else font, self.file)

    def meet(self, word: str, number: int | None) -> None:
        """Take in what a control word says of them."""
        if word == "ansicpg" and number is not None:
            self.file = _code_page(number) or self.file
        elif word in _FILE_SETS:
            self.file = _FILE_SETS[word]
        elif word == "deff":
            self.usual = number
        elif word == "f":
            self.named = number
        elif word == "fcharset" and self.named is not None and number in _CHARSETS and number not in (0, 1):
            self.fonts[self.named] = _CHARSETS[number]
        elif word == "cpg" and self.named is not None and number and (page := _code_page(number)):
            self.fonts[self.named] = page


def _code_page(number: int) -> str | None:
    import codecs

    name = _CODE_PAGES.get(number, f"cp{number}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None


def rtf_pieces(content: bytes) -> list[Piece]:
    """The pieces of a source; words that stand together are one."""
    found: list[Piece] = []
    words: list[str] = []
    for piece in _pieces(content):
        if piece.text:
            words.append(piece.text)
            continue
        if words:
            found.append(Piece(text=_paired("".join(words))))
            words = []
        found.append(piece)
    if words:
        found.append(Piece(text=_paired("".join(words))))
    return found


def _pieces(content: bytes) -> Iterator[Piece]:
    pages = _Pages()
    state = _State(pages.file)
    stack: list[_State] = []
    raw = bytearray()  # bytes that belong together: a character of Chinese has two
    skip = 0  # characters that stand for one of Unicode

    def flushed() -> Iterator[Piece]:
        if raw:
            words = raw.decode(state.page, "replace")
            raw.clear()
            if not state.deleted:
                yield Piece(text=words)

    for token in _TOKEN.finditer(content):
        source = token[0]
        if token["byte"] or not (token["word"] or token["sign"] or source in b"{}\\"):
            given = bytes((int(token["byte"], 16),)) if token["byte"] else source.translate(None, b"\r\n\0")
            skipped = min(skip, len(given))
            skip -= skipped
            raw += given[skipped:]
            continue
        yield from flushed()
        skip = 0
        if source == b"{":
            stack.append(state)
        elif source == b"}":
            state = stack.pop() if stack else state
        elif token["word"]:
            word, number = token["word"].decode(), int(token["number"]) if token["number"] else None
            if word == "u":
                skip = state.substitutes
                if not state.deleted:
                    yield Piece(text=chr((number or 0) % 0x10000 if abs(number or 0) < 0x10000 else 0xFFFD))
                continue
            pages.meet(word, number)
            state = _changed(state, word, number, pages)
            if word in ("uc", "deleted") or (state.deleted and word in ("footnote", "chftn")):
                continue
            yield Piece(f"\\{word}{'' if number is None else number}", word, number)
            continue
        elif source in (b"\\{", b"\\}", b"\\\\"):
            if not state.deleted:
                yield Piece(text=source.decode()[1])
            continue
        if source != b"\\":  # where a file that is cut off ends; it would take the brace behind it for a sign
            yield Piece(source.decode("latin-1"))
    yield from flushed()


def _changed(state: _State, word: str, number: int | None, pages: _Pages) -> _State:
    """What holds behind a control word."""
    match word:
        case "f":
            return replace(state, page=pages.of(number))
        case "plain":
            return replace(state, page=pages.of(pages.usual))
        case "uc":
            return replace(state, substitutes=max(0, min(number or 0, _MOST_SUBSTITUTES)))
        case "deleted":
            return replace(state, deleted=number != 0)
        case "ansicpg" | "mac" | "pc" | "pca":
            return replace(state, page=pages.file)
    return state


def _paired(words: str) -> str:
    """Words in which a character beyond the first 65,536 is one, not two halves."""
    return words.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if _HALF.search(words) else words


_HALF = re.compile("[\ud800-\udfff]")
_ESCAPED = re.compile(r"[\\{}]")


def group_ends(pieces: Sequence[Piece]) -> dict[int, int]:
    """Where each group ends, by the place where it begins."""
    ends: dict[int, int] = {}
    begun: list[int] = []
    for place, piece in enumerate(pieces):
        if piece.source == "{":
            begun.append(place)
        elif piece.source == "}" and begun:
            ends[begun.pop()] = place
    return ends


def rtf_source(pieces: Iterable[Piece]) -> bytes:
    """The source of pieces in UTF-8, which pandoc reads, and which has all characters."""
    return "".join(map(_written, pieces)).encode("utf-8", "replace")


def _written(piece: Piece) -> str:
    if piece.text:
        words = _ESCAPED.sub(lambda found: "\\" + found[0], piece.text)
        return rf'{{\field{{\*\fldinst HYPERLINK "{piece.link}"}}{{\fldrslt {words}}}}}' if piece.link else words
    return f"{piece.source} " if piece.word else piece.source
