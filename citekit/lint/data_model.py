"""What BibTeX and BibLaTeX know: entry types, their required fields, names of fields.

Sources: btxdoc, section 3; BibLaTeX manual, sections 2.1, 2.2 and its data model `blx-dm.def`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from citekit.formats.bib import BibFile
from citekit.formats.dialects import BIBTEX, VARIABLES

__all__ = [
    "BIBLATEX_FIELDS",
    "KNOWN_FIELDS",
    "KNOWN_TYPES",
    "NAME_FIELDS",
    "OLD_FIELDS",
    "OLD_TYPES",
    "STYLE_FIELDS",
    "TITLE_FIELDS",
    "is_biblatex",
    "required",
]


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\S+", text))


_BIBTEX_TYPES = _words(
    "article book booklet conference inbook incollection inproceedings manual mastersthesis misc phdthesis proceedings "
    "techreport unpublished"
)
_BIBLATEX_TYPES = _words(
    "article artwork audio bibnote book bookinbook booklet collection commentary customa customb customc customd "
    "custome customf dataset image inbook incollection inproceedings inreference jurisdiction legal legislation letter "
    "manual misc movie music mvbook mvcollection mvproceedings mvreference online patent performance periodical "
    "proceedings reference report review set software standard suppbook suppcollection suppperiodical thesis "
    "unpublished video xdata"
)
OLD_TYPES = {
    "conference": "inproceedings", "electronic": "online", "mastersthesis": "thesis", "phdthesis": "thesis",
    "techreport": "report", "www": "online",
}  # fmt: skip
"""Entry types that BibLaTeX knows as others' aliases (manual 2.1.2); a thesis or report needs its `type` besides."""
# What the data models of biblatex-apa and biblatex-software add.
_STYLES_TYPES = _words("constitution legadminmaterial legmaterial nameonly softwaremodule softwareversion codefragment")
KNOWN_TYPES = _BIBTEX_TYPES | _BIBLATEX_TYPES | _STYLES_TYPES | OLD_TYPES.keys()
"""All entry types."""

NAME_FIELDS = _words(
    "afterword annotator author bookauthor commentator editor editora editorb editorc foreword holder introduction "
    "namea nameb namec shortauthor shorteditor sortname translator"
)
"""Fields that hold lists of names (blx-dm.def)."""
TITLE_FIELDS = _words(
    "booksubtitle booktitle eventtitle issuesubtitle issuetitle journal journalsubtitle journaltitle mainsubtitle "
    "maintitle origtitle reprinttitle series shorttitle subtitle title titleaddon"
)
"""Fields that hold titles."""
_DATES = _words("date eventdate origdate urldate")
_PARTS = _words("year endyear month endmonth day endday hour minute second timezone yeardivision")
_OWN = _words(
    "abstract addendum annotation authortype booktitleaddon bookpagination chapter crossref doi edition editoratype "
    "editorbtype editorctype editortype eid entryset entrysubtype eprint eprintclass eprinttype eventtitleaddon "
    "execute file gender howpublished ids indexsorttitle indextitle institution isan isbn ismn isrn issn issue "
    "issuetitleaddon iswc journaltitleaddon keywords label langid langidopts language library lista listb listc "
    "listd liste listf location maintitleaddon nameaddon nameatype namebtype namectype note number options "
    "organization origlanguage origlocation origpublisher pages pagetotal pagination part presort publisher "
    "pubstate related relatedoptions relatedstring relatedtype shorthand shorthandintro shortjournal shortseries "
    "sorttitle sortkey sortshorthand sortyear type url usera userb userc userd usere userf venue verba verbb verbc "
    "version volume volumes xdata xref"
)
_PREFIXED = frozenset(prefix + part for prefix in ("event", "orig", "url") for part in _PARTS)
_BIBTEX_FIELDS = _words(
    "address annote author booktitle chapter crossref edition editor howpublished institution journal key month note "
    "number organization pages publisher school series title type volume year"
)
# What common programs and styles add: natbib, JabRef, BibDesk, Mendeley, Zotero, DBLP, arXiv, MathSciNet, ADS.
_PROGRAMS = _words(
    "adsnote adsurl affiliation archive archiveprefix arxiv bibcode bibdate bibsource citation-key collaboration "
    "comment contents copyright creationdate day doiurl ee eprinttype fjournal groups hyphenation isbn-10 isbn-13 "
    "issn-online keyword lccn local-url modificationdate mrclass mrnumber mrreviewer numpages owner pdf place pmcid "
    "pmid primaryclass priority ranking readstatus review size timestamp translated-title urlraw zblnumber added-at "
    "interhash intrahash biburl posted-at priority collaborator citeulike-article-id qualityassured readstatus "
    "relevance search "
    "sortname archive-url archive-date url-status original-title csl-json series-number report-number "
    "collection-editor contributor container-author volume-title archive_location call-number"
)
BIBLATEX_FIELDS = NAME_FIELDS | TITLE_FIELDS | _DATES | _PARTS | _PREFIXED | _OWN
"""Fields of BibLaTeX's data model."""
STYLE_FIELDS = BIBLATEX_FIELDS | _BIBTEX_FIELDS
"""Fields that standard styles read."""
# What our own BibTeX keeps in fields of its own (archive-location, recipient, director …).
_OURS = frozenset(filter(None, map(BIBTEX.spare_for, VARIABLES)))
KNOWN_FIELDS = STYLE_FIELDS | _PROGRAMS | _OURS
"""All names of fields that are no surprise."""

OLD_FIELDS = {
    "address": "location", "annote": "annotation", "archiveprefix": "eprinttype", "hyphenation": "langid",
    "journal": "journaltitle", "key": "sortkey", "pdf": "file", "primaryclass": "eprintclass", "school": "institution",
}  # fmt: skip
"""Fields that BibLaTeX knows as others' aliases (manual 2.2.5)."""

# `date` beside `year`, `urldate` and their like are kept in BibTeX files too, for programs that read them.
_ONLY_BIBLATEX_FIELDS = _words("addendum journaltitle maintitle booksubtitle journalsubtitle eprinttype")
_ONLY_BIBLATEX_TYPES = _BIBLATEX_TYPES - _BIBTEX_TYPES


def is_biblatex(file: BibFile) -> bool:
    """Whether a file is written for BibLaTeX: it has types or fields that BibTeX has not."""
    for entry in file.entries:
        named = {field.key for field in entry.fields}
        if entry.type.lower() in _ONLY_BIBLATEX_TYPES or not named.isdisjoint(_ONLY_BIBLATEX_FIELDS):
            return True
        if "date" in named and "year" not in named:
            return True
    return False


class Requirement(NamedTuple):
    """One of these fields must be there; `said` is how a message calls them."""

    fields: frozenset[str]
    said: str


def _one(names: str, said: str = "") -> Requirement:
    return Requirement(_words(names), said or names.split(maxsplit=1)[0])


_AUTHOR, _TITLE, _DATE = _one("author"), _one("title"), _one("date year pubstate", "date or year")
# BibLaTeX 2.2.2: `label` stands for what the label would be made of, as of a file without author and title.
_NAMED = _one("title label")
_EDITED = _one("author editor editora editorb editorc translator", "author or editor")
_BOOK = _one("booktitle maintitle crossref", "booktitle")
_JOURNAL = _one("journaltitle journal eprint", "journal (journaltitle)")
_BY = _one("institution school publisher organization", "institution (school)")
_AT = _one("url doi eprint howpublished", "url, doi or eprint")
_BIBLATEX_REQUIRED = {
    "article": (_AUTHOR, _TITLE, _JOURNAL, _DATE), "book": (_EDITED, _TITLE, _DATE), "mvbook": (_EDITED, _TITLE, _DATE),
    "inbook": (_AUTHOR, _TITLE, _BOOK, _DATE), "bookinbook": (_AUTHOR, _TITLE, _BOOK, _DATE),
    "suppbook": (_AUTHOR, _TITLE, _BOOK, _DATE), "booklet": (_EDITED, _TITLE, _DATE),
    "collection": (_EDITED, _TITLE, _DATE), "mvcollection": (_EDITED, _TITLE, _DATE),
    "reference": (_EDITED, _TITLE, _DATE), "mvreference": (_EDITED, _TITLE, _DATE),
    "incollection": (_AUTHOR, _TITLE, _BOOK, _DATE), "suppcollection": (_AUTHOR, _TITLE, _BOOK, _DATE),
    "inreference": (_TITLE, _BOOK, _DATE), "dataset": (_TITLE, _DATE), "manual": (_TITLE, _DATE),
    "misc": (_NAMED,), "software": (_TITLE,), "online": (_TITLE, _AT),
    "patent": (_AUTHOR, _TITLE, _one("number"), _DATE),
    "periodical": (_TITLE, _DATE), "proceedings": (_TITLE, _DATE), "mvproceedings": (_TITLE, _DATE),
    "inproceedings": (_AUTHOR, _TITLE, _BOOK, _DATE), "conference": (_AUTHOR, _TITLE, _BOOK, _DATE),
    "report": (_AUTHOR, _TITLE, _BY, _DATE), "techreport": (_AUTHOR, _TITLE, _BY, _DATE),
    "thesis": (_AUTHOR, _TITLE, _BY, _DATE), "phdthesis": (_AUTHOR, _TITLE, _BY, _DATE),
    "mastersthesis": (_AUTHOR, _TITLE, _BY, _DATE), "unpublished": (_AUTHOR, _TITLE),
    "set": (_one("entryset"),),
}  # fmt: skip
_BIBTEX_REQUIRED = _BIBLATEX_REQUIRED | {
    "book": (_EDITED, _TITLE, _one("publisher"), _DATE),
    "inbook": (_EDITED, _TITLE, _one("chapter pages booktitle", "chapter or pages"), _one("publisher"), _DATE),
    "incollection": (_AUTHOR, _TITLE, _BOOK, _one("publisher"), _DATE),
    "booklet": (_TITLE,), "manual": (_TITLE,), "misc": (), "unpublished": (_AUTHOR, _TITLE, _one("note")),
}  # fmt: skip


def required(entry_type: str, *, biblatex: bool) -> tuple[Requirement, ...]:
    """What an entry of this type (in small letters) must have; nothing for types that nobody knows."""
    return (_BIBLATEX_REQUIRED if biblatex else _BIBTEX_REQUIRED).get(entry_type, ())
