"""Files that a document takes in by name and that are not read with it: the user is told.

A document can come from anywhere, so nothing that it names is opened but chapters beside a LaTeX file
(`citekit.readers.latex_parts`); reStructuredText whose table is such a file is
read without the table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from citekit.model import Diagnostic, Severity

__all__ = ["parts_left_out", "plainer_rst"]

# docutils, "reStructuredText Directives": what follows a directive's name is its argument, ":file:" an option.
_INCLUDED = re.compile(rb"^[ \t]{0,40}\.\. (?:include|literalinclude)::[ \t]{1,20}([^\s][^\n\r]{0,200})", re.MULTILINE)
_TABLE = re.compile(
    rb"^(?P<head>[ \t]{0,40}\.\. )csv-table::"
    rb"(?P<between>[^\n]{0,300}\n(?:[ \t]{1,40}:(?!file:|url:)[a-z-]{1,30}:[^\n]{0,300}\n){0,15})"
    rb"(?P<option>[ \t]{1,40}:(?:file|url):[ \t]{0,20})(?P<name>[^\n\r]{0,200})",
    re.MULTILINE,
)


def plainer_rst(content: bytes) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """The source with its tables in other files made comments, and what to tell of the files that it takes in."""
    places = [(found.start(), found[1]) for found in _INCLUDED.finditer(content)]
    places += [(found.start(), found["name"]) for found in _TABLE.finditer(content)]
    names = [name.decode("utf-8", "replace").strip() for _, name in sorted(places)]
    plainer = _TABLE.sub(rb"\g<head>csv-table\g<between>\g<option>\g<name>", content)
    return plainer, parts_left_out(names, "rst-parts-left-out")


def parts_left_out(names: Sequence[str], code: str) -> tuple[Diagnostic, ...]:
    """What to tell of files that are taken in by these names; nothing where there are none."""
    if not names:
        return ()
    listed = ", ".join(names[:3]) + (" …" if len(names) > 3 else "")
    one = len(names) == 1
    files = "a file that this one takes in is" if one else f"{len(names)} files that this one takes in are"
    rest = "it as well if it has text" if one else "those with text as well"
    return (Diagnostic(Severity.INFO, code, f"{files} not read with it ({listed}); give {rest}"),)
