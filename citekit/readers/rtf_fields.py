r"""Citations that Zotero, Mendeley and EndNote keep as fields in rich text.

RTF Specification 1.9.1, "Fields": `{\field{\*\fldinst …}{\fldrslt …}}`, an instruction, which holds the entry, and the
words that are printed. Before pandoc reads the source, the printed words of each are put into links to its number, and
the field is taken away, as in a Word file (`word_fields`).
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping
from dataclasses import replace

from citekit.readers.rtf_words import Piece, group_ends
from citekit.readers.word_fields import FIELD, StatedFields

__all__ = ["link_rtf_fields"]

_NOTHING = Piece()
# "Special Characters": Word writes these in place of the characters, in instructions too.
_CHARACTERS = {
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "endash": "–",
    "emdash": "—",
    "bullet": "•",
    "enspace": "\u2002",
    "emspace": "\u2003",
    "tab": " ",
    "line": " ",
}
_SIGNS = {"\\~": "\xa0", "\\_": "\u2011", "\\-": "\xad"}


def link_rtf_fields(pieces: list[Piece], found: StatedFields) -> None:
    """Put the words of each citation's field into links to its number; `found` takes the fields."""
    ends = group_ends(pieces)
    for place, piece in enumerate(pieces):
        if piece.word != "field" or not place or pieces[place - 1].source != "{":
            continue
        parts = _parts(pieces, ends, place)
        if "fldinst" not in parts or "fldrslt" not in parts:
            continue
        words = _instruction(pieces, ends, parts["fldinst"])
        if (target := found.target(words) if words.startswith("ADDIN") else None) is not None:
            for one in parts["fldinst"]:
                pieces[one] = _NOTHING
            for one in range(place, parts["fldrslt"].start):
                if pieces[one].word:  # \field and what says of it that it is locked or was edited
                    pieces[one] = _NOTHING
            _link(pieces, ends, parts["fldrslt"], f"{FIELD}{target}")


def _parts(pieces: list[Piece], ends: Mapping[int, int], place: int) -> dict[str, range]:
    """Where the groups of a field stand in it, by the names of their destinations."""
    found: dict[str, range] = {}
    last = ends.get(place - 1, len(pieces))
    one = place + 1
    while one < last:
        if pieces[one].source == "{":
            end = ends.get(one, len(pieces) - 1) + 1
            names = (each.word for each in pieces[one + 1 : one + 3])
            found.setdefault(next(filter(None, names), ""), range(one, end))
            one = end
        else:
            one += 1
    return found


def _instruction(pieces: list[Piece], ends: Mapping[int, int], group: range) -> str:
    """The instruction of a field, with what Word keeps beside it where it is too long."""
    words, stored = [], []
    one = group.start
    while one < group.stop:
        piece = pieces[one]
        if _begins(pieces, one, "datafield"):
            end = ends.get(one, group.stop)
            stored.append("".join(each.text for each in pieces[one:end]))
            one = end
        elif piece.text:
            words.append(piece.text)
        else:
            words.append(_CHARACTERS.get(piece.word) or _SIGNS.get(piece.source, ""))
        one += 1
    said = "".join(words).strip()
    if said.startswith("ADDIN EN.CITE") and "<EndNote>" not in said:
        said += "".join(map(_decoded, stored))
    return said


def _begins(pieces: list[Piece], place: int, *destinations: str) -> bool:
    """Whether a group of one of these destinations begins here; without any, one that old programs may pass over."""
    if pieces[place].source != "{" or place + 2 >= len(pieces) or pieces[place + 1].source != "\\*":
        return False
    return not destinations or pieces[place + 2].word in destinations


def _decoded(digits: str) -> str:
    """The words that are kept in hexadecimal digits; EndNote's may be in base64 once more. "" where they are none."""
    try:
        content = bytes.fromhex(digits)
        if not content.lstrip().startswith(b"<"):
            content = base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError):
        return ""
    return content.decode("utf-8", "replace")


def _link(pieces: list[Piece], ends: Mapping[int, int], group: range, target: str) -> None:
    """Put the words of a field's result into links; fields in it (of an address) become words."""
    for one in _printed(pieces, ends, group):
        if pieces[one].text.strip():
            pieces[one] = replace(pieces[one], link=target)
    for one in group:
        if pieces[one].word in ("field", "fldrslt"):
            pieces[one] = _NOTHING


def _printed(pieces: list[Piece], ends: Mapping[int, int], group: range) -> Iterator[int]:
    """The places in a group that are printed; the instructions of fields in it are taken away."""
    one = group.start
    while one < group.stop:
        if _begins(pieces, one):
            end = min(ends.get(one, group.stop - 1), group.stop - 1)
            if pieces[one + 2].word == "fldinst":
                for each in range(one, end + 1):
                    pieces[each] = _NOTHING
            one = end + 1
        else:
            yield one
            one += 1
