"""RIS by tables: its types and CSL's, its tags and CSL's variables.

Sources: "RIS Format Specifications" (Research Information Systems, 2001; the types and tags of Reference Manager),
the extended list of EndNote X and later (2011: C1 to C8, A3, A4, DB, DP, ST, TT …), and the choices that Zotero's and
Mendeley's exports make where the two leave one. Where they differ, what most exports write is read.
"""

from __future__ import annotations

__all__ = [
    "ARTICLES",
    "BOOK_TAGS",
    "CSL_TYPE",
    "NAME_TAGS",
    "PARTS",
    "REPEATED",
    "RIS_TYPE",
    "TEXT_TAGS",
    "WHOLES",
]

RIS_TYPE = {
    "article": "INPR", "article-journal": "JOUR", "article-magazine": "MGZN", "article-newspaper": "NEWS",
    "bill": "BILL", "book": "BOOK", "broadcast": "VIDEO", "chapter": "CHAP", "classic": "CLSWK",
    "collection": "SER", "dataset": "DATA", "document": "GEN", "entry": "ENCYC", "entry-dictionary": "DICT",
    "entry-encyclopedia": "ENCYC", "event": "GEN", "figure": "FIGURE", "graphic": "ART", "hearing": "HEAR",
    "interview": "INTV", "legal_case": "CASE", "legislation": "STAT", "manuscript": "MANSCPT", "map": "MAP",
    "motion_picture": "MPCT", "musical_score": "MUSIC", "pamphlet": "PAMP", "paper-conference": "CPAPER",
    "patent": "PAT", "performance": "GEN", "periodical": "JFULL", "personal_communication": "PCOMM",
    "post": "ELEC", "post-weblog": "BLOG", "regulation": "GOVDOC", "report": "RPRT", "review": "JOUR",
    "review-book": "JOUR", "software": "COMP", "song": "SOUND", "speech": "SLIDE", "standard": "STAND",
    "thesis": "THES", "treaty": "LEGAL", "webpage": "ELEC",
}  # fmt: skip
"""CSL type → the type that is written (TY)."""

CSL_TYPE = {
    "ABST": "article-journal", "ADVS": "motion_picture", "AGGR": "dataset", "ANCIENT": "classic", "ART": "graphic",
    "BILL": "bill", "BLOG": "post-weblog", "BOOK": "book", "CASE": "legal_case", "CHAP": "chapter",
    "CHART": "figure", "CLSWK": "classic", "COMP": "software", "CONF": "book", "CPAPER": "paper-conference",
    "CTLG": "book", "DATA": "dataset", "DBASE": "dataset", "DICT": "entry-dictionary", "EBOOK": "book",
    "ECHAP": "chapter", "EDBOOK": "book", "EJOUR": "article-journal", "ELEC": "webpage",
    "ENCYC": "entry-encyclopedia", "EQUA": "figure", "FIGURE": "figure", "GEN": "document", "GOVDOC": "regulation",
    "GRANT": "document", "GRNT": "document", "HEAR": "hearing", "ICOMM": "personal_communication",
    "INPR": "article", "INTV": "interview", "JFULL": "periodical", "JOUR": "article-journal", "LEGAL": "treaty",
    "MANSCPT": "manuscript", "MAP": "map", "MGZN": "article-magazine", "MPCT": "motion_picture", "MULTI": "webpage",
    "MUSIC": "musical_score", "NEWS": "article-newspaper", "PAMP": "pamphlet", "PAT": "patent",
    "PCOMM": "personal_communication", "POD": "broadcast", "PRESS": "article-newspaper", "RPRT": "report",
    "SER": "collection", "SLIDE": "speech", "SOUND": "song", "STAND": "standard", "STAT": "legislation",
    "STD": "document", "THES": "thesis", "UNBILL": "bill", "UNPB": "manuscript", "UNPD": "manuscript",
    "VIDEO": "broadcast", "WEB": "webpage", "WEBPAGE": "webpage",
}  # fmt: skip
"""The type of a record (TY) → CSL type."""

ARTICLES = frozenset(
    {"article", "article-journal", "article-magazine", "article-newspaper", "review", "review-book", "periodical"}
)
PARTS = frozenset({"chapter", "paper-conference", "entry", "entry-dictionary", "entry-encyclopedia", "figure"})
WHOLES = frozenset({"book", "thesis", "report", "manuscript", "classic", "pamphlet", "collection", "standard"})
"""CSL types of which SP says how many pages they have."""

NAME_TAGS = {
    "AU": "author", "A1": "author", "A2": "editor", "ED": "editor", "A3": "collection-editor", "A4": "translator",
}  # fmt: skip
"""Tag → names, one a line, in the order of writing; the first of two tags for one variable is written."""

TEXT_TAGS = {
    "TI": "title", "T1": "title", "CT": "title", "ST": "title-short", "TT": "custom.translated-title",
    "OP": "original-title", "T3": "collection-title", "VL": "volume", "NV": "number-of-volumes", "ET": "edition",
    "PB": "publisher", "CY": "publisher-place", "PP": "publisher-place", "DO": "DOI", "DI": "DOI", "UR": "URL",
    "LK": "URL", "AB": "abstract", "N2": "abstract", "KW": "keyword", "LA": "language", "CN": "call-number",
    "DB": "archive", "DP": "source", "AV": "archive_location", "M3": "genre", "N1": "note", "RN": "note",
    "RI": "reviewed-title", "CP": "issue",
}  # fmt: skip
"""Tag → variable, whatever the type; the first of two tags for one variable is written."""

BOOK_TAGS = frozenset({"T2", "BT"})
"""Of a part the whole that it stands in; of a book, its series."""

REPEATED = {"keyword": ", ", "note": "\n", "abstract": "\n"}
"""Variables that several lines make up, and what joins them."""
