"""Notes and bibliographies as people print them: in CSL styles by pandoc's citeproc, in BibTeX's own by pybtex."""

from __future__ import annotations

from citekit.styles.catalogue import Style, find_style, known_styles, styles_like
from citekit.styles.printed import CitedWork, PrintedBibliography, PrintedNote, Unresolved
from citekit.styles.setting import OUTPUTS, bibliography, notes, print_bibliography

__all__ = [
    "OUTPUTS",
    "CitedWork",
    "PrintedBibliography",
    "PrintedNote",
    "Style",
    "Unresolved",
    "bibliography",
    "find_style",
    "known_styles",
    "notes",
    "print_bibliography",
    "styles_like",
]
