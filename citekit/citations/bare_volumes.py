"""Volumes told by a Roman number alone: "Storici e storia, II, Metodo e compiti, Torino", "(Oxford, 1874–78), ii, 45".

Italian, French and Spanish notes print no word before the number of a volume, its title behind it, and then place or
house (Lexique des règles typographiques; MHRA Style Guide 11.2.2 for the number behind the imprint).
"""

from __future__ import annotations

import re

from citekit.citations.line import Line
from citekit.citations.places import is_place, is_publisher
from citekit.citations.volume_titles import names_other

__all__ = ["tag_bare_volume"]

_ROMAN = r"(?=[IVX])X{0,3}(?:I[XV]|V?I{0,4})"
_BETWEEN = re.compile(
    rf",(?<=[^\W\d_A-Z\u00c0-\u00de]{{2}},)\s(?P<volume>{_ROMAN})(?:(?:,|\.|\s?:)\s(?P<titled>[^\W\d_][^,;:()\[\]\d]{{3,120}}?))?"
    r",\s(?P<printed>[^,;:()\[\]\d]{2,40}?)(?=,|:|\s(?:1[5-9]|20)\d\d)"
)
_BEHIND = re.compile(r"\d\),\s(?P<volume>(?=[ivx])x{0,3}(?:i[xv]|v?i{0,4})),\s(?=(?:(?:pp?|S|s|с|págs?|pág)\.\s?)?\d)")
# "3 vols., Paris, SEVPEN, 1962, I, p. 55": capitals count where a page with its label stands behind them.
_BEHIND_YEAR = re.compile(
    rf"(?:1[5-9]|20)\d\d(?:[-–]\d{{2,4}})?\)?,\s(?P<volume>{_ROMAN}),\s(?=(?:pp?|S|s|с|págs?|pág|pagg?)\.\s?\d)"
)
_SMALL_WORD = re.compile(r"['’\s][^\W\d_A-Z]{1,}")


def tag_bare_volume(line: Line) -> None:
    """Label a Roman number between title and imprint as the volume, what stands behind it as the title of the volume.

    Words that may be a house, with nothing but capitals, are left to others.
    """
    for match in _BETWEEN.finditer(line.text):
        if line.has("volume") or line.quoted(match.start()) or not line.free(*match.span()):
            continue
        if not (is_place(match["printed"]) or is_publisher(match["printed"])):
            continue
        titled = match["titled"]
        if titled and (is_place(titled) or is_publisher(titled)):
            titled = None
        if titled and (names_other(titled) or not (titled[0].isupper() and _SMALL_WORD.search(titled))):
            continue
        line.label("volume", *match.span("volume"), strip="")
        if titled:
            line.label("volume-title", *match.span("titled"))
            line.hold(match.start("volume"), match.end("titled"))
    behind = _BEHIND.search(line.text) or _BEHIND_YEAR.search(line.text)
    if behind and not line.has("volume") and line.free(*behind.span("volume")) and not line.quoted(behind.start()):
        line.label("volume", *behind.span("volume"))
