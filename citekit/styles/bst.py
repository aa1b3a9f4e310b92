"""BibTeX's own styles by name, set by pybtex: for those who know their bibliography as `plain` or `alpha`.

pybtex has the standard styles of BibTeX 0.99 in Python (its documentation, "Bibliography styles"); `abbrv` is `plain`
with first names as initials, as in BibTeX itself.

pybtex decodes LaTeX before it writes it, and would make a command again of a title's `\\input`. So each sign that LaTeX
gives a meaning to goes through it as a character of the private use area, and becomes what the output wants behind it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from html import escape as html_escape
from typing import Any

from citekit.errors import FormatError
from citekit.formats import dumps
from citekit.formats.dates import edtf
from citekit.formats.latex import escape as latex_escape
from citekit.formats.latex_text import text_of_latex
from citekit.formats.original import LATEX, keep, kept_latex
from citekit.model import Item

__all__ = ["BST_STYLES", "bst_bibliography"]

BST_STYLES = {
    "plain": ("plain", False),
    "abbrv": ("plain", True),
    "unsrt": ("unsrt", False),
    "alpha": ("alpha", False),
    "unsrtalpha": ("unsrtalpha", False),
}
"""Name → pybtex's style, and whether first names are initials."""

_BACKENDS = {"text": "plaintext", "html": "html", "latex": "latex", "markdown": "markdown"}
_SIGNS = "\\{}~^&%$#_<>*[]`@"
_MASKED = {sign: chr(0xE000 + number) for number, sign in enumerate(_SIGNS)}
_UNMASK = re.compile(f"[{''.join(_MASKED.values())}]")
_COMMANDS = {r"\textbackslash": "\\", r"\textbraceleft": "{", r"\textbraceright": "}", r"\textasciitilde": "~",
             r"\textasciicircum": "^"}  # fmt: skip
# The commands that our own writer of BibTeX knows; any other backslash is one of the text.
_COMMAND = re.compile(
    r"\\text(?:backslash|brace(?:left|right)|ascii(?:tilde|circum))(?:\{\})?|\\([&%$#_{}])|\\url\{([^{}]*)\}|[\\~^<>*\[\]`@]"
)
# Braces, each with the command whose argument it opens. What stands in them keeps its capitals, but where a command
# stands first: "a special character", which is set in lower case as everything else (btxhak, section 4).
_BRACE = re.compile(r"\\(?:[A-Za-z]++\*?\s*+|[{}]|[^A-Za-z{}])\{?|[{}]", re.DOTALL)
_MARKUP = re.compile(r"</?(?:i|b|su[bp]|sc)>|<span[^<>]{0,80}>|</span>")
_NOT_IN_ADDRESS = re.compile(r"[\s\\{}<>\"]")
_ADDRESS = re.compile(r"(?:https?|ftp)://", re.IGNORECASE)


def bst_bibliography(items: Sequence[Item], style: str, to: str) -> bytes:
    """A bibliography in one of BibTeX's own styles, as text in UTF-8.

    Raises:
        FormatError: pybtex does not write this output, or cannot set one of the items.
    """
    if to not in _BACKENDS:
        raise FormatError(
            f"{style}: BibTeX's styles are not set for Word and OpenDocument; choose a CSL style, or another output"
        )
    from pybtex import errors
    from pybtex.database import parse_string
    from pybtex.exceptions import PybtexError
    from pybtex.plugin import find_plugin

    name, initials = BST_STYLES[style]
    output = io.StringIO()
    try:
        with errors.capture():
            entries = parse_string(dumps([_plainer(item) for item in items], "bibtex"), "bibtex")
            entries.preamble_list.clear()  # it defines \url, which no field has any more
            bst = find_plugin("pybtex.style.formatting", name)(abbreviate_names=initials)
            for entry in entries.entries.values():
                _complete(entry, bst, entries)
            backend = find_plugin("pybtex.backends", _BACKENDS[to])("utf-8")
            backend.write_to_stream(bst.format_bibliography(entries), output)
    except PybtexError as exc:
        raise FormatError(f"{style}: {' '.join(str(exc).split())[:200]}") from exc
    return _UNMASK.sub(
        lambda sign: _written(_SIGNS[ord(sign[0]) - 0xE000], to), output.getvalue().rstrip("\n") + "\n"
    ).encode()


def _complete(entry: Any, bst: Any, entries: Any) -> None:
    """An entry as pybtex sets it: its signs masked, and nothing missing that the style demands.

    BibTeX warns of what is missing and goes on, pybtex stops. "n.d." stands for a year; where anything else is missing
    the entry is set as @misc, which demands nothing.
    """
    from pybtex.style.template import FieldIsMissing

    for field, value in list(entry.fields.items()):
        if field in ("url", "doi", "eprint"):
            entry.fields[field] = _NOT_IN_ADDRESS.sub(lambda sign: f"%{ord(sign[0]):02X}", value)
        else:
            entry.fields[field] = _COMMAND.sub(_mask, value)
    if not _ADDRESS.match(entry.fields.get("url", "http://")):
        del entry.fields["url"]
    _say_once(entry.fields)
    for persons in entry.persons.values():
        for person in persons:
            for part in ("first_names", "middle_names", "prelast_names", "last_names", "lineage_names"):
                setattr(person, part, [_COMMAND.sub(_mask, words) for words in getattr(person, part)])
    entry.fields.setdefault("year", "n.d.")
    try:
        bst.format_entry("1", entry, entries)
    except FieldIsMissing:
        entry.type = "misc"


def _say_once(fields: Any) -> None:
    """An entry's address and the day of access once: pybtex prints the fields that BibTeX's own styles do not know.

    Our writer of BibTeX puts both into `howpublished` and `note` as well, for BibTeX itself.
    """
    if "url" not in fields:
        return
    if "http" in fields.get("howpublished", ""):
        del fields["howpublished"]
    said = f"Accessed {fields['urldate']}" if "urldate" in fields else ""
    note = fields.get("note", "")
    if said and note.endswith(said):
        fields["note"] = note.removesuffix(said).removesuffix(". ")
        if not fields["note"]:
            del fields["note"]


def _mask(command: re.Match[str]) -> str:
    if command[2] is not None:
        return "".join(_MASKED.get(sign, sign) for sign in command[2])
    sign = command[1] or _COMMANDS.get(command[0].removesuffix("{}"), command[0])
    return "\u00a0" if command[0] == "~" else _MASKED[sign]


def _written(sign: str, to: str) -> str:
    if to == "latex":
        return latex_escape(sign)
    if to == "html":
        return html_escape(sign)
    return f"\\{sign}" if to == "markdown" else sign


def _only_protected(latex: str) -> str:
    """A title's LaTeX with no command but those of `latex_escape`; what braces protected stays in braces."""
    pieces: list[str] = []
    start = depth = opened = 0
    for found in _BRACE.finditer(latex):
        if found[0] == "}":
            depth = max(depth - 1, 0)
            if depth == 0 and opened > start:
                pieces += [_escaped(latex[start : opened - 1]), f"{{{_escaped(latex[opened - 1 : found.end()])}}}"]
                start = found.end()
        elif found[0].endswith("{") and found[0] != "\\{":
            depth += 1
            if depth == 1:
                opened = 0 if latex.startswith("\\", found.end()) else found.start() + 1
    return "".join([*pieces, _escaped(latex[start:])])


def _escaped(latex: str) -> str:
    """The text of a piece of LaTeX with its blanks at both ends, escaped."""
    text = text_of_latex(latex).strip()
    bare = latex.strip()
    if not bare:
        return " " if latex else ""
    return " " * (latex[0] != bare[0]) + latex_escape(text) + " " * (latex[-1] != bare[-1])


def _plainer(item: Item) -> dict[str, Any]:
    """An item without what would print as it stands: CSL's markup (`<i>`), LaTeX, the sign of an uncertain date."""
    plain = {name: _MARKUP.sub("", value) if isinstance(value, str) else value for name, value in item.items()}
    title = kept_latex(item, "title")
    keep(plain, LATEX, {"title": _only_protected(title)} if title else None)
    exact, _ = edtf(item, "issued")
    if exact and exact.endswith("~") and "/" not in exact:
        plain |= {"issued": {"literal": f"ca. {exact.removesuffix('~')}"}, "custom": {}}
    return plain
