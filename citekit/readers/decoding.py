"""Bytes → text: which encoding a file is in, and what to do with bytes that do not fit it.

Newlines and everything else stay as they are; only a byte-order mark is removed (Unicode Standard, 23.8).
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from citekit.model import Diagnostic, Severity, Span

__all__ = ["Decoded", "decode", "is_wide"]

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Encodings that texts before UTF-8 were really saved in; a longer list only adds look-alikes.
_LEGACY = (
    *("cp1252", "cp1250", "cp1251", "koi8_r", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257"),
    *("gb18030", "big5", "cp932", "euc_jp", "euc_kr", "iso8859_2", "iso8859_5", "mac_roman", "cp866"),
)
_IANA_NAMES = {
    "cp932": "shift_jis",
    "iso8859_2": "iso-8859-2",
    "iso8859_5": "iso-8859-5",
    "koi8_r": "koi8-r",
    "euc_jp": "euc-jp",
    "euc_kr": "euc-kr",
    "mac_roman": "macintosh",
    "cp866": "ibm866",
}
_LATIN = ("cp1252", "cp1250", "mac_roman")  # in the order of preference where they give the same words
_SIGN_IN_WORD = re.compile(
    r"(?<=[^\W\d_])[^\w\s!-/:-@\[-`{-~\u00ab\u00b7\u00bb\u2010-\u203a](?=[^\W\d_])|[\x80-\x9f]|[¹²³](?=[^\W\d_])"
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_HEAD = 4_000  # bytes
_WIDE = (0.3, 0.02)  # of the high bytes are NUL where text is UTF-16 of a Western language, and of the low bytes
_SAMPLE = 200_000  # bytes that the detector looks at: a chapter is enough to know the encoding
_FALLBACK = "cp1252"  # what HTML takes too (WHATWG Encoding Standard, 4.2)
_MOSTLY = 0.34  # of the characters beyond ASCII that may be bad bytes in a UTF-8 file: a quotation pasted into it


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text, the name of its encoding, and what had to be reported."""

    text: str
    encoding: str
    diagnostics: tuple[Diagnostic, ...] = ()


def decode(content: bytes) -> Decoded:
    """The text of a file.

    A byte-order mark decides; else UTF-8, if it fits; else what charset-normalizer finds most likely, with the
    diagnostic `encoding-detected`. Bytes that do not fit become U+FFFD, with the diagnostic `undecodable-bytes`.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _forgiving(content[len(mark) :], encoding, shift=len(mark))
    if (wide := _wide(content)) is not None:
        message = f"the file has no byte order mark and was read as {wide}; if words look wrong, save it as UTF-8"
        found = _forgiving(content, wide)
        guess = Diagnostic(Severity.WARNING, "encoding-detected", message)
        return Decoded(found.text, found.encoding, (guess, *found.diagnostics))
    try:
        return Decoded(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    lenient = content.decode("utf-8", errors="replace")
    bad = lenient.count("\ufffd")
    if bad <= _MOSTLY * sum(not char.isascii() for char in lenient):
        return _forgiving(content, "utf-8")
    codec = _detect(content)
    found = _forgiving(content, codec)
    name = found.encoding
    guess = Diagnostic(
        Severity.WARNING,
        "encoding-detected",
        f"the file is not UTF-8 and was read as {name}; if words look wrong, save it as UTF-8",
    )
    return Decoded(found.text, name, (guess, *found.diagnostics))


def is_wide(content: bytes) -> bool:
    """Whether bytes are UTF-16 or UTF-32, whose texts are full of NUL bytes."""
    return any(content.startswith(mark) for mark, _ in _BYTE_ORDER_MARKS[1:]) or _wide(content) is not None


def _wide(content: bytes) -> str | None:
    """The order of UTF-16 without a mark, where the NUL bytes of a Western text show it; None where they do not."""
    head = content[:_HEAD]
    if len(content) % 2 or len(head) < 20 or b"\0" not in head:
        return None
    even, odd = (head[place::2].count(0) * 2 / len(head) for place in (0, 1))
    for name, high, low in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if high > _WIDE[0] and low < _WIDE[1]:
            words = head.decode(name, "replace")
            return name if "\ufffd" not in words and not _CONTROLS.search(words) else None
    return None


def _forgiving(content: bytes, codec: str, shift: int = 0) -> Decoded:
    """The text under `codec`, each byte that does not fit replaced and reported (the first by its place)."""
    name = _IANA_NAMES.get(codec, codec.replace("cp125", "windows-125"))
    try:
        return Decoded(content.decode(codec), name)
    except UnicodeDecodeError as error:
        text = content.decode(codec, errors="replace")
        place = text.find("\ufffd")
        count = text.count("\ufffd")
        trouble = Diagnostic(
            Severity.WARNING,
            "undecodable-bytes",
            f"byte {error.start + shift}: not {name}; {count} such places were read as U+FFFD; "
            "save the file again as UTF-8",
            Span(place, place + 1) if place >= 0 else None,
        )
        return Decoded(text, name, (trouble,))


def _detect(content: bytes) -> str:
    """The likeliest encoding of bytes that are not UTF-8."""
    from charset_normalizer import from_bytes

    # Where the first foreign byte is late in a long file, the sample starts shortly before it.
    first = next((place for place in range(0, len(content), 4096) if not content[place : place + 4096].isascii()), 0)
    start = content.rfind(b"\n", 0, first + 1) + 1 if first else 0
    sample = content[start : start + _SAMPLE]
    sample = sample[: sample.rfind(b"\n") + 1] or sample
    matches = list(from_bytes(sample, cp_isolation=list(_LEGACY)))
    if matches and not _latin(str(matches[0])):
        return matches[0].encoding
    # The Latin code pages differ in a few letters only: a wrong one shows signs inside words ("Za¿ó³æ").
    latin = [codec for codec in _LATIN if _fits(sample, codec)]
    if b"\n" not in content and content.count(b"\r") > 1:  # the ends of lines of the Macintosh before 2001
        latin.sort(key=lambda codec: codec != "mac_roman")
    return min([*latin, _FALLBACK], key=lambda codec: len(_SIGN_IN_WORD.findall(sample.decode(codec, "replace"))))


def _fits(sample: bytes, codec: str) -> bool:
    try:
        sample.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _latin(text: str) -> bool:
    """Whether most letters are of the Latin script."""
    letters = [char for char in text[:5000] if char.isalpha()]
    return sum(char < "\u0250" for char in letters) * 2 > len(letters)
