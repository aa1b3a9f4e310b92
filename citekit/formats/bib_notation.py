r"""Whether a .bib file is BibTeX's or BibLaTeX's: what each alone has is counted over the whole file. Pure.

No word decides alone: publishers put `location` into BibTeX, reference managers `urldate`, and who changes over to
BibLaTeX keeps `journal` and `address`, which it reads as well (manual, 2.2.5).
"""

from __future__ import annotations

import re

__all__ = ["is_biblatex"]

# Fields and types that BibLaTeX has and BibTeX has not (BibLaTeX manual, 2.1 and 2.2), and the other way round
# (btxdoc, section 3). Where both stand for the same, each counts against the other.
_BIBLATEX_FIELDS = (
    "journaltitle|location|langid|subtitle|titleaddon|maintitle|mainsubtitle|booksubtitle|booktitleaddon|"
    "journalsubtitle|issuetitle|origlocation|addendum|user[a-f]|verb[abc]"
)
_BIBLATEX_TYPES = (
    "online|collection|mvbook|mvcollection|mvproceedings|mvreference|reference|thesis|report|inreference|suppbook|"
    "suppcollection|bookinbook|dataset|periodical|software|xdata"
)
_BIBTEX_FIELDS = "journal|address|school|howpublished"
_BIBTEX_TYPES = "techreport|mastersthesis|phdthesis"
_MARK = re.compile(
    rf"(?:^|,)[ \t]*+(?:(?P<biblatex>{_BIBLATEX_FIELDS})|(?P<bibtex>{_BIBTEX_FIELDS})|(?P<date>date)|(?P<year>year)|"
    r"(?P<dated>urldate|eventdate|origdate)|(?P<own>csl-json)|(?P<note>note))[ \t]*+=|"
    rf"^[ \t]*+@[ \t]*+(?:(?P<biblatex_type>{_BIBLATEX_TYPES})|(?P<bibtex_type>{_BIBTEX_TYPES})|"
    r"(?P<preamble>preamble)|\w++)[ \t]*+[{(]",
    re.IGNORECASE | re.MULTILINE,
)
# What citekit itself puts into BibTeX's `note`, for BibTeX has no field for it, and in front of its files.
_OWN_SENTENCE = re.compile(r"[ \t]*+\{[^{}\n]*?\b(?:Translated by [A-Z]|Accessed \d{4})")
_OWN_PREAMBLE = r'"\providecommand{\url}'
_OWN_WEIGHT = 3
"""How many words of the other notation a sign of citekit's own BibTeX outweighs."""


def is_biblatex(text: str) -> bool:
    """Whether more of a .bib file is BibLaTeX's than BibTeX's own; a file with nothing of either is BibTeX's.

    A tie is BibLaTeX's, which reads BibTeX's fields too. `date` is BibLaTeX's where its entry has no `year`; dates of
    events and of reading alone decide nothing where an entry has a `year`.
    """
    biblatex = bibtex = 0
    dated = with_year = False
    has_date = has_year = False
    for mark in _MARK.finditer(text):
        kind = mark.lastgroup
        if kind in (None, "biblatex_type", "bibtex_type", "preamble"):  # the next entry begins
            biblatex, bibtex = biblatex + (has_date and not has_year), bibtex + (has_date and has_year)
            has_date = has_year = False
        if kind in ("biblatex", "biblatex_type"):
            biblatex += 1
        elif kind in ("bibtex", "bibtex_type"):
            bibtex += 1
        elif kind == "date":
            has_date = True
        elif kind == "year":
            has_year = with_year = True
        elif kind == "dated":
            dated = True
        elif kind == "own":
            return False
        elif (kind == "note" and _OWN_SENTENCE.match(text, mark.end())) or (
            kind == "preamble" and text.startswith(_OWN_PREAMBLE, mark.end())
        ):
            bibtex += _OWN_WEIGHT
    biblatex, bibtex = biblatex + (has_date and not has_year), bibtex + (has_date and has_year)
    if biblatex or bibtex:
        return biblatex >= bibtex
    return dated and not with_year
