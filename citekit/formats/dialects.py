"""Where BibTeX and BibLaTeX keep and print each CSL variable: tables, explained in docs/reference/formats.md.

Sources: btxdoc section 3 (BibTeX's entry types and the fields that its standard styles print); BibLaTeX manual
sections 2.1 to 2.3 and its data model `blx-dm.def` (which fields an entry type admits); CSL 1.0.2 appendix IV.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from citekit.formats.types import DATES as CSL_DATES
from citekit.formats.types import NAMES, biblatex_type, bibtex_type
from citekit.model import Item

__all__ = [
    "BIBLATEX",
    "BIBTEX",
    "DATES",
    "LISTS",
    "ORDER",
    "RANK",
    "SILENT",
    "VARIABLES",
    "VERBATIM",
    "Dialect",
    "Home",
    "sentence_pattern",
]


def _listed(names: str) -> tuple[str, ...]:
    return tuple(names.split())


def _each(names: str) -> frozenset[str]:
    return frozenset(names.split())


DATES = (*(name for name in CSL_DATES if name != "issued"), "custom.archive-date")
VERBATIM = frozenset({"URL", "DOI", "custom.archive-url"})
LISTS = frozenset({"publisher", "location", "institution", "organization", "origpublisher", "origlocation", "school"})
"""Fields that BibLaTeX splits at the word "and"."""
SILENT = _each(
    "id type URL DOI language abstract keyword annote title-short container-title-short PMID PMCID ISBN ISSN "
    "citation-key citation-label categories number-of-pages custom.url-status source"
)
"""What a reader of a bibliography need not see in words where the entry type has no field for it."""
ORDER = (
    *NAMES[:6],
    *_listed(
        "title original-title custom.translated-title title-short container-title container-title-short "
        "collection-title collection-number volume volume-title issue number "
        "number-of-volumes chapter-number edition version genre "
        "event-title event-place event-date publisher-place publisher issued status original-date "
        "original-publisher-place original-publisher page number-of-pages archive archive_location call-number "
        "ISBN ISSN DOI PMID URL accessed "
        "custom.archive-url custom.archive-date custom.url-status language keyword abstract annote note"
    ),
)
"""The variables with a field of their own, in the order in which an entry lists them."""
VARIABLES = (*ORDER, *NAMES[6:])
"""All of them, with the names that few entries have."""
RANK = {variable: place for place, variable in enumerate(VARIABLES)}
"""The place of each in this order."""

_LABELS = {
    "author": "By {}", "editor": "Edited by {}", "translator": "Translated by {}",
    "container-author": "In a work by {}", "collection-editor": "Series edited by {}", "contributor": "With {}",
    "interviewer": "Interview by {}", "recipient": "To {}", "reviewed-author": "Review of a work by {}",
    "director": "Directed by {}", "container-title": "In: {}", "collection-title": "Series: {}",
    "collection-number": "Series no. {}", "volume": "Vol. {}", "issue": "No. {}", "number": "No. {}",
    "number-of-volumes": "{} vols.", "page": "Pp. {}", "genre": "{}", "medium": "{}", "archive": "{}",
    "archive_location": "{}", "event-title": "Presented at {}", "original-date": "Originally published {}",
    "accessed": "Accessed {}", "publisher-place": "Place: {}", "status": "{}",
}  # fmt: skip


def sentence_pattern(variable: str) -> str:
    """How a note says in words what has no field ("Translated by {}")."""
    return _LABELS.get(variable) or f"{variable.replace('-', ' ').replace('_', ' ').capitalize()}: {{}}"


# Entry types that no item is written as, and the type whose fields they have (BibLaTeX manual, 2.1.1 to 2.1.3; btxdoc,
# section 3.1): what other programs wrote is read by them.
_KIN = {
    "mvbook": "book", "manual": "book", "reference": "collection", "mvreference": "collection",
    "mvcollection": "collection", "proceedings": "collection", "mvproceedings": "collection",
    "bookinbook": "inbook", "suppbook": "inbook", "suppcollection": "incollection", "suppperiodical": "article",
    "review": "article", "conference": "inproceedings", "phdthesis": "thesis", "mastersthesis": "thesis",
    "techreport": "report", "electronic": "online", "www": "online",
}  # fmt: skip
_BIBTEX_KIN = {
    "inbook": "incollection", "bookinbook": "incollection", "suppbook": "incollection",
    "suppcollection": "incollection", "inreference": "incollection", "collection": "book", "mvcollection": "book",
    "reference": "book", "mvreference": "book", "proceedings": "book", "mvproceedings": "book", "mvbook": "book",
    "manual": "book", "suppperiodical": "article", "periodical": "article", "review": "article",
    "conference": "inproceedings", "thesis": "phdthesis", "report": "techreport",
}  # fmt: skip
# BibLaTeX manual, 2.2.5: names of BibTeX's that BibLaTeX reads as its own.
_ALIASES = {"location": "address", "journaltitle": "journal", "institution": "school", "annotation": "annote"}
# The same from the other side, so that a file with words of both notations loses none.
_BIBTEX_ALIASES = {"journal": "journaltitle", "address": "location", "annote": "annotation", "language": "langid"}

OTHER = "*"
"""Kin of the entry types whose fields the data model leaves to styles (movie, video, audio, jurisdiction …), and of
those that it does not know: printed as @misc (standard.bbx names them by the same sign)."""

Places = Mapping[str, tuple[tuple[str, str], ...]]
"""CSL variable → (field, entry types divided by spaces, or "" for all that admit the field), the first that fits."""


class Home(NamedTuple):
    """Where an entry of some type has a variable.

    Attributes:
        printing: the fields that print it, best first.
        spare: the field that keeps it without printing it, None where there is none.
        needs_stated: whether it stays in the field that a file has it in.
    """

    printing: tuple[str, ...]
    spare: str | None
    needs_stated: bool


@dataclass(frozen=True, slots=True, eq=False)
class Dialect:
    """One of the two BibTeX notations.

    Attributes:
        name: as the user names it.
        entry_type: chooses the entry type of an item.
        places: the fields that styles print.
        admitted: the fields that may stand in an entry of a type, besides `everywhere`.
        everywhere: the fields that any entry may have.
        spare: fields that keep a variable for programs and that no standard style prints.
        any_spare: whether a field of any name may be added as `spare` (BibTeX passes over what it does not know).
        remainder: the field for what no other field can give back, as JSON.
        tail: the field that says in words, at the end, what has no field that styles print.
        label: the field for what citations are labelled with where author and title are missing (BibLaTeX manual
            2.2.2; btxdoc, section 3.2).
        annex: the field for a title in its original script and in translation, None where only `tail` is left.
        kin: entry types that are read and never written, each with the one whose fields it has.
        aliases: fields that other programs name otherwise, each with the other name.
        types: the entry types that styles know, None where a type of any name may be written.
    """

    name: str
    entry_type: Callable[[Item], str]
    places: Places
    admitted: Mapping[str, frozenset[str]]
    everywhere: frozenset[str]
    spare: Mapping[str, str]
    any_spare: bool
    remainder: str
    tail: str
    label: str
    annex: str | None
    kin: Mapping[str, str]
    aliases: Mapping[str, str]
    types: frozenset[str] | None = None

    def kin_of(self, entry_type: str) -> str:
        """The entry type whose fields an entry of this type has; of any other type `OTHER`, in BibTeX @misc."""
        kin = self.kin.get(entry_type, entry_type)
        if kin in self.admitted:
            return kin
        return OTHER if OTHER in self.admitted else "misc"

    def written_type(self, item: Item, stated: str | None) -> str:
        """The entry type to write: the one that a file stated for the item, where this notation knows it."""
        known = stated is not None and (self.types is None or stated in self.types)
        return stated if stated is not None and known else self.entry_type(item)

    def fields_with(self, variable: str, entry_type: str) -> tuple[str, ...]:
        """The fields of an entry of this type that say a variable, best first: also those that it should not have.

        What an entry type does not admit is still said by those who wrote it: no title, editor or container is lost
        because its entry is of a type that the data model, or citekit, does not know.
        """
        return _fields_with(self, variable, entry_type)

    def reads(self, entry_type: str) -> Mapping[str, tuple[tuple[int, str], ...]]:
        """For each field the variables that it can say in an entry of this type, with their places in `variables`."""
        return _reads(self, entry_type)

    def admits(self, entry_type: str, field: str) -> bool:
        """Whether an entry of this type may have (and print) the field."""
        return field in self.everywhere or field in self.admitted.get(entry_type, frozenset())

    def fields_for(self, variable: str, entry_type: str) -> tuple[str, ...]:
        """The fields that print a variable in an entry of this type, best first; empty when there is none."""
        return _fields_for(self, variable, entry_type)

    def needs_stated(self, variable: str, entry_type: str) -> bool:
        """Whether an entry of this type keeps a variable in the field that a file has it in, if it is another one.

        So it is where there is no field at all for it, and with any variable of a type that the data model has no
        fields for: another field would be no better there, and the style that knows the type looks for its own.
        """
        if entry_type == OTHER:
            return True
        return not self.fields_for(variable, entry_type) and self.spare_for(variable) is None

    def home_of(self, variable: str, entry_type: str) -> Home:
        """Where an entry of this type has a variable: `fields_for`, `spare_for` and `needs_stated` in one."""
        return _home_of(self, variable, entry_type)

    def says(self, entry_type: str, fields: tuple[str, ...]) -> tuple[tuple[str, tuple[str, ...], frozenset[str]], ...]:
        """What the fields of an entry of this type can say: variable, the fields for it, best first, and all that
        such an entry should have for it. `issued` is always among them."""
        return _says(self, entry_type, fields)

    def volume_title_field(self, item: Item, entry_type: str) -> str | None:
        """The field that takes `volume-title`, while the set's own title goes to `maintitle`; None where none does."""
        if not isinstance(item.get("volume-title"), str) or not self.admits(entry_type, "maintitle"):
            return None
        variable, field = ("container-title", "booktitle") if entry_type.startswith("in") else ("title", "title")
        return field if isinstance(item.get(variable), str) else None

    def spare_for(self, variable: str) -> str | None:
        """The field that keeps a variable without printing it, None where it must go to `remainder`."""
        if variable in self.spare or not self.any_spare:
            return self.spare.get(variable)
        plain = variable.removeprefix("custom.")
        return plain.replace("_", "-").lower() if variable in ORDER or variable in NAMES else None


@cache
def _reads(dialect: Dialect, entry_type: str) -> Mapping[str, tuple[tuple[int, str], ...]]:
    found: dict[str, list[tuple[int, str]]] = {}
    for place, variable in enumerate(VARIABLES):
        for field in dialect.fields_with(variable, entry_type):
            found.setdefault(field, []).append((place, variable))
    return {field: tuple(variables) for field, variables in found.items()}


@lru_cache(maxsize=4_096)  # the entries of a library have few sets of fields
def _says(
    dialect: Dialect, entry_type: str, fields: tuple[str, ...]
) -> tuple[tuple[str, tuple[str, ...], frozenset[str]], ...]:
    reads, present, own_type = dialect.reads(entry_type), frozenset(fields), dialect.kin_of(entry_type)
    can_say = sorted({(RANK["issued"], "issued"), *(pair for field in fields for pair in reads.get(field, ()))})
    return tuple(
        (
            variable,
            tuple(name for name in dialect.fields_with(variable, entry_type) if name in present),
            frozenset((*dialect.fields_for(variable, own_type), *filter(None, [dialect.spare_for(variable)]))),
        )
        for _, variable in can_say
    )


@cache
def _fields_with(dialect: Dialect, variable: str, entry_type: str) -> tuple[str, ...]:
    kin = dialect.kin_of(entry_type)
    spare = dialect.spare_for(variable)
    meant = (field for field, types in dialect.places.get(variable, ()) if not types or kin in types.split())
    translated = ("origtitle",) if variable == "original-title" and dialect.name == "biblatex" else ()
    fields = (*dialect.fields_for(variable, kin), *((spare,) if spare else ()), *meant)
    named = (name for field in fields for name in (field, dialect.aliases.get(field)) if name)
    return tuple(dict.fromkeys((*named, *translated)))


@lru_cache(maxsize=4_096)
def _home_of(dialect: Dialect, variable: str, entry_type: str) -> Home:
    return Home(
        dialect.fields_for(variable, entry_type),
        dialect.spare_for(variable),
        dialect.needs_stated(variable, entry_type),
    )


@cache
def _fields_for(dialect: Dialect, variable: str, entry_type: str) -> tuple[str, ...]:
    return tuple(
        field
        for field, types in dialect.places.get(variable, ())
        if (not types or entry_type in types.split()) and dialect.admits(entry_type, field)
    )


_PARTS = "incollection inbook inreference inproceedings"
_BOOKS = f"book collection {_PARTS}"

_COMMON: dict[str, tuple[tuple[str, str], ...]] = {
    "author": (("author", ""),),
    "editor": (("editor", ""),),
    "title": (("title", ""),),
    "collection-title": (("series", ""),),
    "volume": (("volume", ""),),
    "collection-number": (("number", _BOOKS),),
    "edition": (("edition", ""),),
    "page": (("pages", ""),),
    "note": (("note", ""),),
    "genre": (("type", ""),),
    "chapter-number": (("chapter", ""),),
}

BIBLATEX = Dialect(
    name="biblatex",
    entry_type=biblatex_type,
    places=_COMMON
    | {
        "translator": (("translator", ""),),
        "container-author": (("bookauthor", ""),),
        "title-short": (("shorttitle", ""),),
        "container-title": (("journaltitle", ""), ("booktitle", ""), ("organization", "online")),
        "container-title-short": (("shortjournal", ""),),
        "issue": (("number", "article periodical"), ("issue", "")),
        "number": (("number", "report patent dataset"), ("eid", "article")),
        "volume-title": (("issuetitle", "article periodical"),),
        "status": (("pubstate", ""),),
        "number-of-volumes": (("volumes", ""),),
        "version": (("version", ""),),
        "event-title": (("eventtitle", ""),),
        "event-place": (("venue", ""),),
        "event-date": (("eventdate", ""),),
        "publisher-place": (("location", ""),),
        "publisher": (
            ("publisher", ""),
            ("institution", ""),
            ("organization", f"misc software book collection inproceedings {OTHER}"),
        ),
        "original-date": (("origdate", ""),),
        "original-publisher": (("origpublisher", ""),),
        "original-publisher-place": (("origlocation", ""),),
        "number-of-pages": (("pagetotal", ""),),
        "call-number": (("library", ""),),
        "ISBN": (("isbn", ""),),
        "ISSN": (("issn", ""),),
        "DOI": (("doi", ""),),
        "URL": (("url", ""),),
        "accessed": (("urldate", ""),),
        "language": (("langid", ""),),
        "keyword": (("keywords", ""),),
        "abstract": (("abstract", ""),),
        "annote": (("annotation", ""),),
    },
    admitted={
        "article": _each(
            "author editor translator title journaltitle issuetitle series volume number issue issn eid pages version "
            "note"
        ),
        "book": _each(
            "maintitle author editor translator title series number volume volumes edition publisher location isbn "
            "pages pagetotal chapter note"
        ),
        "collection": _each(
            "maintitle editor translator title series number volume volumes edition publisher location isbn "
            "pages pagetotal chapter note"
        ),
        "inbook": _each(
            "maintitle author bookauthor editor translator title booktitle series number volume volumes edition "
            "publisher location isbn pages chapter note"
        ),
        "incollection": _each(
            "maintitle author editor translator title booktitle series number volume volumes edition "
            "publisher location isbn pages chapter note"
        ),
        "inreference": _each(
            "maintitle author editor translator title booktitle series number volume volumes edition "
            "publisher location isbn pages chapter note"
        ),
        "inproceedings": _each(
            "maintitle author editor title booktitle series number volume volumes publisher location isbn "
            "pages chapter eventtitle venue eventdate note"
        ),
        "booklet": _each("author editor title location pages pagetotal chapter type note"),
        "online": _each("author editor title organization version note"),
        "misc": _each("author editor title organization location type version note"),
        "software": _each("author editor title organization location type version note"),
        OTHER: _each("author editor title organization location type version note"),
        "dataset": _each("author editor title edition series number publisher location type version note"),
        "report": _each("author title institution location type number pages pagetotal chapter version note"),
        "thesis": _each("author title institution location type pages pagetotal chapter note"),
        "unpublished": _each("author title location type eventtitle venue eventdate note"),
        "patent": _each("author title number location type version note"),
        "periodical": _each("editor title issuetitle series volume number issue issn note"),
    },
    everywhere=_each(
        "shorttitle shortjournal origdate origpublisher origlocation library doi url urldate langid keywords abstract "
        "annotation pubstate"
    ),
    spare={
        "original-title": "usera",
        "custom.translated-title": "userb",
        "custom.archive-date": "userc",
        "genre": "userd",
        "archive": "usere",
        "archive_location": "userf",
        "custom.archive-url": "verba",
        "custom.url-status": "verbb",
        "collection-editor": "namea",
        "contributor": "nameb",
        "translator": "namec",
    },
    any_spare=False,
    remainder="verbc",
    tail="addendum",
    label="label",
    annex="titleaddon",
    kin=_KIN,
    aliases=_ALIASES,
)
"""BibLaTeX, for biber: only fields of the data model that BibLaTeX brings."""

BIBTEX = Dialect(
    name="bibtex",
    entry_type=bibtex_type,
    places=_COMMON
    | {
        "container-title": (("journal", ""), ("booktitle", "")),
        "issue": (("number", "article"),),
        "number": (("number", "techreport"), ("eid", "article")),
        "volume-title": (("issuetitle", "article"),),
        "status": (("pubstate", ""),),
        "publisher": (
            ("publisher", ""),
            ("institution", ""),
            ("school", ""),
            ("organization", "book incollection inproceedings misc"),
        ),
        "publisher-place": (("address", ""),),
    },
    admitted={
        "article": _each("author title journal volume number eid pages note"),
        "book": _each("author editor title publisher volume number series address edition note"),
        "booklet": _each("author title address note"),
        "incollection": _each(
            "author title booktitle publisher editor volume number series type chapter pages address edition note"
        ),
        "inproceedings": _each("author title booktitle editor volume number series pages address publisher note"),
        "mastersthesis": _each("author title school type address note"),
        "phdthesis": _each("author title school type address note"),
        "misc": _each("author title note"),
        "techreport": _each("author title institution type number address note"),
        "unpublished": _each("author title note"),
    },
    everywhere=frozenset(),
    spare={
        "title-short": "shorttitle",
        "container-title": "booktitle",
        "container-title-short": "shortjournal",
        "container-author": "bookauthor",
        "collection-title": "series",
        "collection-number": "series-number",
        "issue": "issue",
        "number": "report-number",
        "number-of-volumes": "volumes",
        "number-of-pages": "pagetotal",
        "chapter-number": "chapter",
        "genre": "type",
        "page": "pages",
        "publisher": "publisher",
        "publisher-place": "address",
        "event-title": "eventtitle",
        "event-place": "venue",
        "event-date": "eventdate",
        "original-date": "origdate",
        "accessed": "urldate",
        "language": "language",
        "keyword": "keywords",
        "annote": "annote",
        "status": "pubstate",
    },
    any_spare=True,
    remainder="csl-json",
    tail="note",
    label="key",
    annex=None,
    kin=_BIBTEX_KIN,
    aliases=_BIBTEX_ALIASES,
    types=_each(
        "article book booklet conference inbook incollection inproceedings manual mastersthesis misc phdthesis "
        "proceedings techreport unpublished"
    ),
)
"""BibTeX: its styles print what btxdoc lists; further fields are kept for programs, and `note` says them in words."""
