"""From labelled words to what they say: a CSL-JSON item and the locator.

`read_item` is the seam: the words of a field may be one name or a whole run of people, a bare number or "Bd. 12, H. 3",
with or without their labels, brackets and closing punctuation. Each kind of field is read by its own module; what could
not be read keeps its words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from citekit.citations.canonical import passage_term, passage_value
from citekit.citations.cues import find_cues
from citekit.citations.dates import csl_date
from citekit.citations.dating import Dated, read_date
from citekit.citations.identifier_fields import CSL, read_identifier
from citekit.citations.imprints import read_imprint
from citekit.citations.item_language import title_language
from citekit.citations.kinds import kind_of, told_kind
from citekit.citations.left_over import left_over
from citekit.citations.line import TaggedField
from citekit.citations.lines_and_years import verse_or_annal
from citekit.citations.locators import find_locators, locator_value
from citekit.citations.numbers import read_edition, read_numbers, read_series
from citekit.citations.pages import read_pages
from citekit.citations.people import read_people, sharing_a_family
from citekit.citations.statutes import statute_division
from citekit.citations.titles import read_title
from citekit.model import CueKind, Locator

__all__ = ["Doubt", "ItemReading", "build_item", "read_item", "settle_pages"]

_DAY = 10  # characters of an EDTF date with its day
_NAMES = ("author", "editor", "translator", "contributor", "director", "interviewer", "container-author")
_DATES = ("issued", "accessed", "original-date", "submitted")
_TITLES = ("title", "container-title", "original-title", "event-title", "volume-title")
_NUMBERS = ("volume", "issue")
_IDENTIFIERS = ("URL", "DOI", "ISBN", "ISSN", "PMID")
_IMPRINT = ("publisher", "publisher-place")
_PAGES = ("page", "locator")
_TEXTS = (
    "collection-number", "authority", "genre", "medium", "number", "note", "archive", "archive_location",
    "original-publisher", "original-publisher-place", "number-of-volumes",
)  # fmt: skip
_COLON_AND_PAGE = re.compile(r"\s?:\s?(?:pp?\.\s?|S\.\s?)?")
_RANGE = re.compile(r"(?P<first>\d{1,5})-(?P<last>\d{1,5})")
_NO_DATE_PARTS = re.compile(r"[?~%X]|\.\.|^/|/$")  # what EDTF says beyond them
_FIRST = re.compile(r"\d{1,5}")
_PAIRED = {"“": "”", "‘": "’", "«": "»", "„": "“", "(": ")", "[": "]"}


@dataclass(frozen=True, slots=True)
class Doubt:
    """Words of a field that a reader should look at.

    Attributes:
        field: the field's name.
        code: "unread" (no meaning found for the words), "check-digit" (an ISBN or ISSN that cannot be right).
        words: as printed.
    """

    field: str
    code: str
    words: str


@dataclass(frozen=True, slots=True)
class ItemReading:
    """What one citation says.

    Attributes:
        item: CSL-JSON.
        locator: the place in the work, None where none is stated.
        kind: the CSL type that words and fields speak for (`item` has none of its own); None where not asked for.
        language: BCP 47 code of the work's title, None where it cannot be told.
        repeated: the roles in which "Ders.", "Id." or a dash stands for the person named just before.
        scripts: names in their own script, by the romanised ones that they stood beside ("Mao Zedong": "毛泽东").
        doubts: words that were not read, numbers that cannot be right.
    """

    item: dict[str, Any]
    locator: Locator | None = None
    kind: str | None = "document"
    language: str | None = None
    repeated: frozenset[str] = frozenset()
    scripts: Mapping[str, str] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()


@dataclass(slots=True)
class _Bench:
    """The item while its fields are read."""

    item: dict[str, Any] = field(default_factory=dict)
    custom: dict[str, Any] = field(default_factory=dict)
    edtf: dict[str, str] = field(default_factory=dict)
    locators: list[tuple[Locator, bool]] = field(default_factory=list)
    repeated: set[str] = field(default_factory=set)
    scripts: dict[str, str] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)

    def kept(self) -> tuple[Any, ...]:
        """All that was read or doubted so far."""
        return (
            self.item,
            self.custom,
            self.scripts,
            [locator.value for locator, _ in self.locators],
            [doubt.words for doubt in self.doubts],
        )

    def state(self, name: str, value: Any) -> bool:
        """Set a variable that nothing has set yet; a second value is a doubt, so that it is not lost."""
        if value in ("", None):
            return False
        if name not in self.item:
            self.item[name] = value
            return True
        if self.item[name] != value and isinstance(value, str):
            self.doubts.append(Doubt(name, "unread", value))
        return False


def settle_pages(fields: Sequence[TaggedField], text: str, *, reference: bool = False) -> tuple[TaggedField, ...]:
    """A lone range behind an article or chapter is its extent (`page`); in a book it is the locator.

    In a reference list there is no locator at all but for books' single pages, which are kept as they are.
    """
    names = {found.name for found in fields}
    if "page" in names:
        return tuple(fields)
    fields = _place_in_range(fields, text)
    if "page" in {found.name for found in fields}:
        return tuple(fields)
    if not names & {"container-title", "issue"} and not ("title" in names and _in_container_again(text)):
        return tuple(fields)
    # "6: 234–238" is volume and pages of a journal, of a work in volumes "1: 251–60" volume and place.
    journal = {"title", "container-title", "volume", "issued"} <= names and not names & {"publisher", "publisher-place"}
    settled = []
    for found in fields:
        if found.name == "locator":
            value = locator_value(text[found.start : found.end])
            lone = re.fullmatch(r"[\dIVXLCivxlc]+-[\dIVXLCivxlc]+", value) and (
                journal or not re.search(r"\d\s?:\s?$", text[: found.start])
            )
            labelled = _label_of(text, found)
            column = labelled == "column" and "title" in names  # of an encyclopedia's entry
            if ((lone or reference) and labelled == "page") or (lone and column):
                settled.append(TaggedField("page", found.start, found.end))
                continue
        settled.append(found)
    return tuple(settled)


def _in_container_again(text: str) -> bool:
    """ "in ibid., 81–83", "ivi, pp. 3-9": a chapter of the book cited just before."""
    return any(match.cue.kind is CueKind.CONTAINER_CITED for match in find_cues(text))


def _place_in_range(fields: Sequence[TaggedField], text: str) -> Sequence[TaggedField]:
    """The fields, a range of pages before a colon and a page of it as the extent: "pp. 13-23: 18-20"."""
    for place, (one, other) in enumerate(pairwise(fields)):
        if one.name == other.name == "locator" and _COLON_AND_PAGE.fullmatch(text, one.end, other.start):
            bounds = _RANGE.fullmatch(locator_value(text[one.start : one.end]))
            inside = _FIRST.match(text, other.start)
            if bounds and inside and int(bounds["first"]) <= int(inside.group()) <= int(bounds["last"]):
                return (*fields[:place], replace(one, name="page"), *fields[place + 1 :])
    return fields


def build_item(
    fields: Sequence[TaggedField], text: str, language: str | None = None, *, alone: bool = False
) -> tuple[dict[str, Any], Locator | None]:
    """The CSL-JSON item of one citation and its locator: `read_item` without its doubts.

    Only a citation that stands `alone` gets its language, and a type whatever it says: in a document all the citations
    of a work say together what it is, but where the words of one tell that ("PhD diss.", a court, a newspaper).
    """
    reading = read_item(fields, text, language, doubts=False, described=alone)
    item = reading.item
    if alone and item:
        item = {"type": str(reading.kind), **item}
        if reading.language:
            item["language"] = reading.language
    elif item and (kind := told_kind(item, text, fields)):
        item = {"type": kind, **item}
    return item, reading.locator


def read_item(
    fields: Sequence[TaggedField],
    text: str,
    language: str | None = None,
    *,
    doubts: bool = True,
    described: bool = True,
) -> ItemReading:
    """What the labelled words of one citation say.

    Args:
        fields: words of `text` and their fields (as `citekit parse` names them); a span may be bare or hold a whole
            run with its labels and punctuation.
        text: the words of the citation.
        language: BCP 47 code of the document's language.
        doubts: look for words that no reader understood.
        described: tell the work's type and language.

    Names become `family` and `given`, dates `date-parts` (what they cannot say stays under `literal` or
    `custom.edtf`), an address in a web archive is led back to the original with `custom.archive-url`.
    """
    bench = _Bench()
    for found in _joined(fields, text):
        words = text[found.start : found.end]
        if not words.strip():
            continue
        read: Sequence[str] = ()
        if found.name in _NAMES:
            read = _people(bench, found.name, words, language)
        elif found.name in _DATES:
            _date(bench, found.name, words, language)
        elif found.name == "archive-date":
            dated = read_date(words, language)
            if dated.edtf:
                bench.custom.setdefault("archive-date", dated.edtf)
            else:
                bench.doubts.append(Doubt(found.name, "unread", words))
        elif found.name in _IDENTIFIERS:
            _identifier(bench, found.name, words)
        elif found.name in _PAGES:
            _pages(bench, found, words, text)
        elif found.name == "translated-title":
            bench.custom.setdefault("translated-title", read_title(words).title)
        elif found.name in _TITLES:
            _title(bench, found.name, words)
        elif found.name in _NUMBERS:
            _numbers(bench, found.name, words, language)
        elif found.name in _IMPRINT:
            _variables(bench, read_imprint(words, found.name), language)
        elif found.name == "edition":
            bench.state("edition", read_edition(words))
        elif found.name == "collection-title":
            _variables(bench, read_series(words), language)
        elif found.name in _TEXTS:
            bench.state(found.name, _clean(words))
        else:
            bench.doubts.append(Doubt(found.name, "unread", words))
        if doubts and found.name not in (
            *_DATES,
            "archive-date",
        ):  # a date says itself what of its words it did not read
            left = left_over(words, bench.kept(), read)
            if left:
                bench.doubts.append(Doubt(found.name, "unread", left))
    for role in _NAMES:
        if role in bench.item:
            bench.item[role] = sharing_a_family(bench.item[role])
    _of_the_hijra(bench, fields, text)
    if bench.edtf:
        bench.custom["edtf"] = bench.edtf["issued"] if set(bench.edtf) == {"issued"} else bench.edtf
    if bench.custom:
        bench.item["custom"] = bench.custom
    return ItemReading(
        bench.item,
        _locator(bench.locators),
        kind=kind_of(bench.item, text, fields) if described else None,
        language=title_language(str(bench.item.get("title") or ""), around=text) if described else None,
        repeated=frozenset(bench.repeated),
        scripts=bench.scripts,
        doubts=tuple(bench.doubts),
    )


_JOINABLE = frozenset({"title", "container-title", "publisher", "publisher-place", "volume", "author", "editor"})


def _joined(fields: Sequence[TaggedField], text: str) -> list[TaggedField]:
    """The fields, with titles that only punctuation cuts in two (title and subtitle) put together."""
    joined: list[TaggedField] = []
    for found in fields:
        last = joined[-1] if joined else None
        if (
            last
            and last.name == found.name == "title"
            and re.fullmatch(r"\s?[.:,;–—-]\s", text[last.end : found.start])
        ):
            joined[-1] = TaggedField(found.name, last.start, found.end)
        else:
            joined.append(found)
    return joined


def _people(bench: _Bench, field_name: str, words: str, language: str | None) -> Sequence[str]:
    """Put people under their roles; the words around the names that were understood."""
    people = read_people(words, language)
    if people.repeated:
        bench.repeated.add(next((group.role for group in people.groups if group.role), None) or field_name)
    for group in people.groups:
        role = group.role or field_name
        if group.role == "author" and field_name != "author":
            role = field_name
        stated = bench.item.setdefault(role, [])
        # GOST 7.1 names the author as heading and once more behind the title.
        stated += [dict(name) for name in group.names if dict(name) not in stated]
    if people.scripts:
        bench.scripts.update(people.scripts)
    return people.read


def _date(bench: _Bench, name: str, words: str, language: str | None) -> None:
    dated = read_date(words, language)
    before = bench.item.get(name, {}).get("date-parts", [[]])[0]
    if len(before) == 1:  # of an author-date style: the year behind the author, the day at the end
        whole = dated if dated.edtf else read_date(f"{words.strip(' .,')}, {before[0]}", language)
        if whole.edtf and len(whole.edtf) == _DAY and whole.edtf.startswith(str(before[0])):
            bench.item[name] = csl_date(whole.edtf)
            return
    _stated_date(bench, name, dated, words)
    if dated.original and name == "issued":
        _stated_date(bench, "original-date", Dated(dated.original), dated.original)
    if dated.suffix and name == "issued":
        bench.item.setdefault("year-suffix", dated.suffix)
    if dated.edtf and dated.unread:
        bench.doubts.append(Doubt(name, "unread", dated.unread))


_ARABIC = re.compile("[\u0620-\u06d3]")
_HIJRA = range(1200, 1451)  # years that books in Arabic letters print, by the moon or by the sun


def _of_the_hijra(bench: _Bench, fields: Sequence[TaggedField], text: str) -> None:
    """A year such as 1363 of a book in Arabic letters keeps its words: it is none of our era."""
    parts = bench.item.get("issued", {}).get("date-parts", [[0]])
    if parts[0][0] in _HIJRA and _ARABIC.search(str(bench.item.get("title") or "")):
        words = [text[found.start : found.end] for found in fields if found.name == "issued"]
        bench.item["issued"] = {"literal": _clean(" ".join(words))}
        bench.edtf.pop("issued", None)


def _stated_date(bench: _Bench, name: str, dated: Dated, words: str) -> None:
    if name in bench.item:
        bench.doubts.append(Doubt(name, "unread", words))
    elif dated.edtf:
        date, beyond = csl_date(dated.edtf), dated.edtf
        bench.item[name] = date
        if _NO_DATE_PARTS.search(beyond):
            bench.edtf[name] = beyond
    else:
        bench.item[name] = {"literal": _clean(words)}


def _identifier(bench: _Bench, name: str, words: str) -> None:
    identified = read_identifier(words, name)
    for variable, value in identified.values.items():
        if variable in CSL:
            bench.state(variable, value)
        elif variable.startswith("archive-") or "URL" not in identified.values:  # the address says it already
            bench.custom.setdefault(variable, value)
        if variable in identified.wrong:
            bench.doubts.append(Doubt(variable, "check-digit", value))


def _pages(bench: _Bench, found: TaggedField, words: str, text: str) -> None:
    term = passage_term(text, found.start) if found.name == "locator" else None
    if term:
        bench.locators.append((Locator(term, passage_value(words)), True))
        return
    paged = read_pages(words, found.name)
    if paged.page:
        bench.state("page", paged.page)
    if paged.size:
        bench.state("number-of-pages", paged.size)
    division = statute_division(text, found.start)
    if division:  # "6(1)", "2.4": its brackets and full stops are its own
        bench.locators.append((Locator(division, locator_value(text[found.start : found.end])), False))
    elif paged.locator:
        label = paged.locator.label if paged.locator.label != "page" else _label_of(text, found)
        bench.locators.append((Locator(label, paged.locator.value), label == "page"))


def _title(bench: _Bench, name: str, words: str) -> None:
    titled = read_title(words, container=name in ("container-title", "event-title"))
    bench.state(name, titled.title)
    if titled.original and name == "title":
        bench.state("original-title", titled.original)
    elif titled.original:
        bench.doubts.append(Doubt(name, "unread", titled.original))
    if titled.translated and name == "title":
        bench.custom.setdefault("translated-title", titled.translated)
    elif titled.translated:
        bench.doubts.append(Doubt(name, "unread", titled.translated))


def _numbers(bench: _Bench, name: str, words: str, language: str | None) -> None:
    _variables(bench, read_numbers(words, name), language, name)


def _variables(bench: _Bench, values: Mapping[str, str], language: str | None, name: str = "") -> None:
    for variable, value in values.items():
        if variable == "unread":
            bench.doubts.append(Doubt(name, "unread", value))
        elif variable == "issued":
            if "issued" not in bench.item:
                _date(bench, "issued", value, language)
        else:
            bench.state(variable, value)


def _label_of(text: str, found: TaggedField) -> str:
    """The CSL term of a locator: that of the label before it; a bare number is a page."""
    for match in find_locators(text):
        if match.start <= found.start < match.end:
            return match.locator.label
    return verse_or_annal(text, found.start) or "page"


def _locator(found: Sequence[tuple[Locator, bool]]) -> Locator | None:
    pages = [locator for locator, page in found if page]
    chosen = pages or [locator for locator, _ in found[:1]]
    if not chosen:
        return None
    return Locator(chosen[0].label, "; ".join(locator.value for locator in chosen))


def _clean(words: str) -> str:
    """A field's words: outer blanks and a quotation mark without its fellow left out, white space as one blank."""
    value = re.sub(r"\s+", " ", words).strip()
    for opening, closing in _PAIRED.items():
        if value.startswith(opening) and closing not in value:
            value = value[1:].strip()
        if value.endswith(closing) and opening not in value and closing != "’":
            value = value[:-1].strip()
    return value
