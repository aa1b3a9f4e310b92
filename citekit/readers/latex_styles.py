r"""Whether a LaTeX source prints the citations of `\autocite` as footnotes.

biblatex 3.20, 3.1.2.1 (`autocite`) and 3.3: the styles "verbose", "authortitle" and "reading" do so by themselves, and
those that follow them; biblatex-chicago with notes (its manual, 4.1).
"""

from __future__ import annotations

import re

__all__ = ["cites_in_footnotes"]

_LOADED = re.compile(
    r"^[^%\n]{0,200}?\\(?:usepackage|RequirePackage)\s{0,9}(?:\[(?P<options>[^\[\]]{0,2000})\])?\s{0,9}\{"
    r"(?P<package>biblatex(?:-chicago|-mla)?)\}|^[^%\n]{0,200}?\\ExecuteBibliographyOptions\{(?P<more>[^{}]{0,2000})\}",
    re.MULTILINE,
)
_STATED = re.compile(r"\bautocite\s{0,9}=\s{0,9}(\w+)")
_STYLE = re.compile(r"\b(citestyle|style)\s{0,9}=\s{0,9}\{?([\w/-]+)")
_NOTE_STYLES = ("verbose", "authortitle", "reading", "footnote", "oscola", "sbl", "chicago-notes", "historische-z")
_FAMILIES = ("ext-", "philosophy-")


def cites_in_footnotes(source: str) -> bool:
    r"""Whether `\autocite` makes a footnote."""
    in_notes = False
    for found in _LOADED.finditer(source):
        options = found["options"] or found["more"] or ""
        if found["package"] == "biblatex-chicago":
            in_notes = "authordate" not in options
        styles = dict(_STYLE.findall(options))
        if style := styles.get("citestyle") or styles.get("style"):
            for family in _FAMILIES:
                style = style.removeprefix(family)
            in_notes = style.startswith(_NOTE_STYLES)
        if stated := _STATED.search(options):
            in_notes = stated[1] == "footnote"
    return in_notes
