"""Notes and bibliographies as people print them: in CSL styles by pandoc's citeproc, in BibTeX's own by pybtex."""

from __future__ import annotations

from citekit.styles.catalogue import Style, find_style, known_styles, styles_like
from citekit.styles.printed import CitedWork, PrintedNote, Unresolved
from citekit.styles.setting import OUTPUTS, bibliography, notes

__all__ = [
    "OUTPUTS",
    "CitedWork",
    "PrintedNote",
    "Style",
    "Unresolved",
    "bibliography",
    "find_style",
    "known_styles",
    "notes",
    "styles_like",
]
