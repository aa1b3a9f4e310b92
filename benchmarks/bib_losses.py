"""Which fields of a .bib file another one does not say any more."""

from __future__ import annotations

import re
from collections.abc import Iterator

from citekit.formats.bib import BibFile, EntryBlock, FieldBlock, read_file
from citekit.formats.field_values import page_range
from citekit.formats.languages import language_code

__all__ = ["lost_fields"]

_WORD = re.compile(r"\w+")
_DIGIT = re.compile(r"\d")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SEASONS = {"spring": "21", "summer": "22", "autumn": "23", "fall": "23", "winter": "24"}
# They name other entries, or are put into the entries that name them: a store keeps works one by one.
STRUCTURE = frozenset({"crossref", "xref", "xdata", "related", "relatedtype", "relatedstring", "relatedoptions"})


def lost_fields(before: BibFile, after: str) -> list[tuple[str, str, str]]:
    """Key, name and value of each field of `before` whose words no field of the same entry in `after` has.

    An entry whose key another took is looked for by its words. Fields that are empty, or that only tie entries
    together, are passed over.
    """
    written = read_file(after).entries
    by_key = {entry.key: entry for entry in written}
    templates = {entry.key for entry in before.entries if entry.type.lower() == "xdata"}
    lost = []
    for entry in before.entries:
        candidates = [by_key[entry.key]] if entry.key in by_key else []
        if entry.key in templates:
            continue
        missing = _missing(entry, candidates[0]) if candidates else list(entry.fields)
        if missing:
            missing = min((_missing(entry, other) for other in written), key=len, default=missing)
        lost += [(entry.key, field.key, field.text) for field in missing]
    return lost


def _missing(entry: EntryBlock, other: EntryBlock) -> list[FieldBlock]:
    said = list(_said(other))
    everything = " ".join(said)
    return [
        field
        for field in entry.fields
        if field.key not in STRUCTURE and field.text.strip() and not _is_said(field, said, everything)
    ]


def _said(entry: EntryBlock) -> Iterator[str]:
    for field in entry.fields:
        yield _words(field.decoded)
        yield _words(field.text)


def _is_said(field: FieldBlock, said: list[str], everything: str) -> bool:
    words = _words(field.decoded)
    if words in said or _words(field.text) in said or not words:
        return True
    if field.key == "pages" and _words(page_range(field.text)) in said:  # "263-87" is written whole
        return True
    if field.key == "month":
        number = _SEASONS.get(words) or (f"{_MONTHS.index(words[:3]) + 1:02d}" if words[:3] in _MONTHS else words)
        return re.search(rf"\b{number.zfill(2)}\b", everything) is not None
    if field.key in ("language", "langid", "hyphenation"):
        return language_code(field.text) is not None
    tokens = set(words.split())  # "Max Weber" is "Weber, Max"; a year is in the date
    return any(tokens <= set(each.split()) for each in said) or f" {words} " in f" {everything} "


def _words(text: str) -> str:
    # Digits of all scripts are the same number: biber takes a year in either, and a date of CSL has no script.
    return _DIGIT.sub(lambda digit: str(int(digit[0])), " ".join(_WORD.findall(text.replace("_", " ").lower())))
