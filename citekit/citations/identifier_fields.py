"""An identifier field: what it identifies, checked where its digits allow a check.

A number whose check digit is wrong keeps its words and is flagged: misprinted in the source or misread, a library's
catalogue will not find it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from citekit.citations.archived import archived_original
from citekit.citations.identifiers import find_identifiers

__all__ = ["Identified", "read_identifier"]

_EDGES = ' \t,;:()[]<>«»“”"，；。（）'
_DOI = re.compile(
    r"(?:doi(?:\.org)?\s?[:/]?\s?|https?://(?:dx\.|www\.)?doi\.org/)?(?P<doi>10\.\d{4,9}/\S+)", re.IGNORECASE
)
_ISBN = re.compile(r"(?<![\d-])(?:97[89][-‐– ]?)?\d(?:[-‐– ]?\d){8}[-‐– ]?[\dXx](?![\d-])")
_ISSN = re.compile(r"(?<!\d)\d{4}\s?[-‐–]?\s?\d{3}[\dXx](?![\d-])")
_ARXIV = r"\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]{1,20}(?:\.[A-Z]{2})?/\d{7}(?:v\d+)?"
_NUMBERED = {
    "PMCID": (r"\bPMC(?:ID)?:?\s?(?:PMC)?(?P<value>\d{3,9})\b", "PMC{}"),
    "PMID": (r"(?:\bPMID:?\s?|pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/pubmed/)(?P<value>\d{4,9})\b", "{}"),
    "arXiv": (rf"(?:\barXiv:?\s?(?:preprint\s)?(?:arXiv:)?|arxiv\.org/(?:abs|pdf)/)(?P<value>{_ARXIV})", "{}"),
    "JSTOR": (r"(?:\bJSTOR:?\s?|jstor\.org/(?:stable|pss)/(?:10\.2307/)?)(?P<value>[a-z]{0,3}\.?\d{4,12})\b", "{}"),
    "OCLC": (
        r"(?:\bOCLC(?:\s?(?:no|number|Nr)\.?)?:?\s?\(?(?:OCoLC\))?|worldcat\.org/oclc/)(?P<value>\d{3,12})\b",
        "{}",
    ),
    "handle": (r"(?:\bhdl:\s?|(?:hdl\.)?handle\.net/)(?P<value>\d{1,9}(?:\.\d+)?/[^\s,;]+)", "{}"),
    "URN": (r"\b(?P<value>urn:[a-z0-9][a-z0-9-]{1,31}:[^\s,;]+)", "{}"),
}
_KNOWN = tuple((name, re.compile(form, re.IGNORECASE), shape) for name, (form, shape) in _NUMBERED.items())
CSL = frozenset({"DOI", "ISBN", "ISSN", "PMID", "PMCID", "URL"})
"""Identifiers that CSL has a variable for; the others go under `custom`."""


@dataclass(frozen=True, slots=True)
class Identified:
    """What the words of an identifier field hold.

    Attributes:
        values: CSL variable, or "arXiv", "JSTOR", "OCLC", "handle", "URN", or the fields `archive-url` and
            `archive-date` → value.
        wrong: those of `values` whose check digit is not right.
    """

    values: dict[str, str] = field(default_factory=dict)
    wrong: tuple[str, ...] = ()


def read_identifier(run: str, name: str) -> Identified:
    """The identifiers of a run labelled `name` (URL, DOI, ISBN, ISSN, PMID).

    Where no identifier of any kind shows, the words stay under `name`.
    """
    text = run.strip()
    if name == "URL":
        return _address(text)
    readers = {"DOI": _doi, "ISBN": _isbn, "ISSN": _issn}
    found = readers[name](text) if name in readers else Identified()
    if found.values:
        return found
    known = _known(text)
    if known:
        return Identified(known)
    if name == "PMID" and re.fullmatch(r"\d{4,9}", text.strip(_EDGES + ".")):
        return Identified({name: text.strip(_EDGES + ".")})
    return Identified({name: text.strip(_EDGES)} if text.strip(_EDGES) else {}, (name,))


def _known(text: str) -> dict[str, str]:
    return {
        name: shape.format(match["value"].rstrip("."))
        for name, pattern, shape in _KNOWN
        if (match := pattern.search(text))
    }


def _doi(text: str) -> Identified:
    match = _DOI.search(text)
    if not match:
        return Identified()
    ends = find_identifiers(text[match.start("doi") :])
    value = ends[0].value if ends and ends[0].field == "DOI" and ends[0].start == 0 else match["doi"].rstrip(".,;")
    return Identified({"DOI": value})


def _isbn(text: str) -> Identified:
    from stdnum import isbn

    values, wrong = [], False
    for match in _ISBN.finditer(text):
        printed = re.sub("[‐–]", "-", match.group()).strip()
        values.append(printed)
        wrong = wrong or not isbn.is_valid(printed)
    return Identified({"ISBN": " ".join(values)} if values else {}, ("ISBN",) if wrong else ())


def _issn(text: str) -> Identified:
    from stdnum import issn

    match = _ISSN.search(text)
    if not match:
        return Identified()
    digits = re.sub(r"[^\dXx]", "", match.group()).upper()
    return Identified({"ISSN": f"{digits[:4]}-{digits[4:]}"}, () if issn.is_valid(digits) else ("ISSN",))


def _address(text: str) -> Identified:
    """A web address, unpacked where it is one of an archive, a DOI's or an arXiv number's."""
    found = [identifier for identifier in find_identifiers(text) if identifier.field in ("URL", "DOI")]
    values: dict[str, str] = {}
    archived = archived_original(text) or next(
        (one for identifier in found if (one := archived_original(identifier.value))), None
    )
    if archived:
        values["archive-url"] = archived.url
        if archived.date:
            values["archive-date"] = archived.date
        values["URL"] = archived.original or archived.address
    for identifier in found:
        if archived and identifier.value in (archived.address, archived.original):
            continue
        values.setdefault(identifier.field, identifier.value)
    if not values:
        doi = _doi(text).values
        known = doi or _known(text)
        return Identified(known or ({"URL": text.strip(_EDGES)} if text.strip(_EDGES) else {}))
    if "URL" in values and len(found) == 1 and not archived and found[0].start == 0 and found[0].end == len(text):
        values["URL"] = text
    for name, value in _known(values.get("URL", "")).items():
        values.setdefault(name, value)
    return Identified(values)
