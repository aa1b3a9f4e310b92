"""An invented library in which some works are recorded several times, and it is known which.

`works`     records of works that nobody wrote, with the near ones that are easily taken for them
`printing`  the same work as somebody else records it: misprints, abbreviations, other scripts, missing fields
`mixture`   both mixed, with the number of the work of each record
"""

from citekit.training.library.mixture import mixture

__all__ = ["mixture"]
