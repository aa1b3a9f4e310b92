"""How a citation names its work: in full, in short, by ibid, by the number of another note."""

from __future__ import annotations

import re
from collections.abc import Sequence

from citekit.citations.identifiers import PRINTED_PAPER
from citekit.citations.interviews import names_interview
from citekit.citations.numbered_works import is_numbered_work
from citekit.citations.reports import find_report
from citekit.citations.statutes import cites_reign
from citekit.citations.unplaced import says_nowhere
from citekit.model import Cue, CueKind, Form, Item

__all__ = ["form_of"]

# What only a full citation states; a year alone is not enough ("Skocpol 1979").
_IMPRINT = ("publisher", "publisher-place", "container-title", "URL", "DOI", "ISBN", "archive", "archive_location")
# 国发〔1996〕19号: office, year, number, all that cites a document of the state (党政机关公文格式, GB/T 9704).
_OF_OFFICE = re.compile(r"[〔\[（(](?:19|20)\d{2}[〕\])）]\s?\d{1,5}\s?[号號]")
_IN = re.compile(r"(?:\b[Ii]n:?|[,.]\s(?:dans|en|em))\s")


def form_of(item: Item, cues: Sequence[Cue], text: str) -> Form:
    """The form of a citation (references/README.md; Chicago 17, 14.30 for short titles, 15.23 for author and year)."""
    kinds = {cue.kind for cue in cues}
    stated = {name for name in _IMPRINT if item.get(name)}
    if kinds == {CueKind.IDEM} and not stated and not item.keys() & {"title", "author", "editor", "issued"}:
        return Form.IBID  # "Id. at 494" (Bluebook 4.1)
    if CueKind.IBID in kinds:
        return Form.IBID
    if CueKind.CROSS_REFERENCE in kinds and not stated and not item.get("issued"):
        titled = item.get("title") or item.get("author")
        return Form.SHORT if titled and CueKind.CITED in kinds else Form.CROSS_REFERENCE if not titled else Form.SHORT
    if CueKind.CITED in kinds:
        cited_part = _IN.search(text) and item.get("title") and item.get("container-title")
        return Form.FULL if cited_part else Form.SHORT
    if CueKind.CONTAINER_CITED in kinds and item.get("title"):
        return Form.FULL
    report = {name for name, _, _ in find_report(text)}
    if stated and report and not item.get("issued") and not item.get("page") and "locator" in report:
        return Form.SHORT  # "Marbury, 5 U.S. at 177" (Bluebook 10.9)
    if stated:
        return Form.FULL
    custom = item.get("custom") or {}
    if item.get("number") and (is_numbered_work(text) or _OF_OFFICE.search(str(item["number"]))):
        return Form.FULL
    if item.get("title") and (
        cites_reign(text) or says_nowhere(text) or (item.get("number") and PRINTED_PAPER.search(text))
    ):
        return Form.FULL
    if item.get("accessed") or custom.get("archive-date"):
        return Form.FULL
    if item.get("issued") and item.get("title"):
        return Form.SHORT if _attached_year(item, text) else Form.FULL
    if item.get("issued") and item.get("author") and names_interview(text):
        return Form.FULL  # Chicago 17, 14.211: who was asked, and when
    return Form.SHORT


def _attached_year(item: Item, text: str) -> bool:
    """ "Bergier, Geschichte vom Salz 1989": family name, short title and year run on (German short title)."""
    persons = item.get("author") or item.get("editor") or ()
    bare = bool(persons) and all("family" in person and "given" not in person for person in persons)
    return bare and re.search(r"[^\W\d_?!’”]\s(?:1[4-9]|20)\d{2}[a-z]?(?=\s?(?:[,:;.)]|$))", text) is not None
