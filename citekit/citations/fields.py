"""Reading one citation into fields: which words are the author, which the title, which the year.

`tag` is the seam: it takes the words of one citation and returns spans labelled with the field names of
`citekit parse`. What the fields say (names, dates, roman numbers) is read afterwards by `items`.

Two readers look at the words. A trained model knows thousands of styles and says how sure it is of each word; rules
know the habits of scholars' notes, and go from what is certain (addresses, identifiers, labelled pages) to what is left
over. In a note the rules' reading stands unless the model finds much of it implausible; elsewhere the model's does, and
where that is unsure, the rules' if the model has nothing against it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from citekit.citations.approximate import with_approximation
from citekit.citations.cues import find_cues, translation_pattern
from citekit.citations.east_asian_statements import with_country
from citekit.citations.edition_figures import figured_editions
from citekit.citations.entry_words import with_entry_word
from citekit.citations.introductions import with_introduced_book
from citekit.citations.letters import with_letter
from citekit.citations.line import Line, TaggedField
from citekit.citations.locators import find_locators
from citekit.citations.misread import is_misread
from citekit.citations.names import is_given_name, is_person
from citekit.citations.open_brackets import without_open_brackets
from citekit.citations.reviews import as_review, with_reviewed_title
from citekit.citations.runs import runs
from citekit.citations.supplied_names import with_supplied_name
from citekit.citations.tag_archive import tag_archive
from citekit.citations.tag_by_model import tag_by_model
from citekit.citations.tag_certain import tag_certain, tag_numbers
from citekit.citations.tag_imprint import tag_imprint
from citekit.citations.tag_persons import tag_persons, tag_translator
from citekit.citations.tag_titles import tag_titles
from citekit.citations.tagger.model import Labelled, label
from citekit.citations.tagger.plausibility import Tolerance, plausible
from citekit.citations.titled_parts import with_titled_part
from citekit.citations.volume_titles import with_volume_title
from citekit.model import CueKind, NoteKind, Span

__all__ = ["TaggedField", "tag"]

_UNSURE = 0.4  # of a word: below, the rules are asked too
# Stricter than the documents at hand would want: of strange notes, 0.86 of the words are read rightly where the rules
# have the first word, and 0.91 where the model may object so soon.
_IN_A_NOTE = Tolerance(least=1, share=0.1, complete=0.15)
_IN_A_LIST = Tolerance(least=3, share=0.3, complete=0.6)
_PERSON_AND_TITLE = re.compile(
    r"(?P<name>[^\W\d_a-z][\w’'-]+\s[^,.:;()\d]{2,40}),\s(?!(?:An?|The|Eine?|Der|Die|Das|Une?|L[aeo]s?|Il|Un[ao]?|El)\s)(?=[^\W\d_a-z])"
)
_INVERTED_BY_COMMAS = re.compile(r"[^,.:;()\d]{2,40},\s[^,:;()\d]{2,40}(?:,|,\s.{0,120},|,\s[^\W\d_]{1,40}\.)\s")
_ADDRESS = re.compile(r"https?://\S+")
_EAST_ASIAN = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef]")
_CLOSING = {"“": "”", "„": "“", "«": "»"}  # single ones close like an apostrophe
_PRINTED = frozenset({"publisher", "publisher-place", "container-title", "URL", "DOI", "archive", "edition"})
_OWN_YEARS = re.compile(r"1[0-9]\d\d\s?[-–—]\s?(?:1[0-9]|20)\d\d")
_ALONE = Tolerance(least=0, share=0.0, complete=0.0)


def tag(
    text: str,
    emphasis: tuple[Span, ...] = (),
    language: str | None = None,
    *,
    kind: NoteKind | None = None,
) -> tuple[TaggedField, ...]:
    """The fields of one citation (reading text without signal), in order of their place.

    Args:
        text: the words of the citation.
        emphasis: where in `text` the format shows italics.
        language: BCP 47 code of the document's language, for its month names.
        kind: what it stands in: a note of a document, a list of references, or None for a string by itself.

    Returns:
        Labelled spans, none overlapping; a field may have several.
    """
    read = label(text, emphasis)
    line = Line(text, emphasis, language)
    tag_certain(line)
    tolerance = (
        _ALONE if kind is None else _in_a_list(line, read) if kind is NoteKind.REFERENCE else _in_a_note(text, read)
    )
    if tolerance is not _ALONE or min(read.sure, default=1.0) < _UNSURE:
        ruled = line.copy()
        certain = bytearray(line.taken)
        for year, edition in figured_editions(text):
            certain[min(year[0], edition[0]) : max(year[1], edition[1])] = b"\x01" * 5
        for rule in (tag_numbers, tag_archive, tag_imprint, tag_persons, tag_titles):
            rule(ruled)
        # A title romanised and in hanzi: the rules tell the two apart by their scripts, the model has seen few.
        twice = kind is not None and ruled.has("original-title")
        wrong = is_misread(ruled, read)
        _second_author(ruled, read)
        if twice or (plausible(ruled, read, certain, tolerance) and not wrong):
            return _in_order(ruled, read)
    if "title" not in read.labels or "archive" in read.labels:  # "Die Ordnung der Archive" is no repository
        tag_archive(line)
    tag_translator(line, 0)
    tag_by_model(line, read)
    _title_of_translation(line)
    _left_locators(line)
    return _in_order(line, read)


def _in_a_note(text: str, read: Labelled) -> Tolerance:
    """The same of a note: East Asian ones put a mark or a word before each field, and the model knows them all."""
    words = _ADDRESS.sub("", text)
    titled = "title" in read.labels and len(_EAST_ASIAN.findall(words)) > len(words) / 2
    return _ALONE if titled and not find_cues(text) else _IN_A_NOTE


def _in_a_list(line: Line, read: Labelled) -> Tolerance:
    """What the model may have against the rules' reading of an entry of a list.

    Where commas part all fields ("Family, Given, Title, Place Year"), the rules know better where the names end; so do
    they with pages of the web, whose entries an encyclopedia prints alike in every language ("Retrieved …").
    """
    if line.has("accessed") or line.has("archive-date"):
        return _IN_A_LIST
    found = runs(read, line.text)
    title = next((run for run in found if run.name == "title"), None)
    if title is None:
        return _IN_A_LIST
    inverted = _INVERTED_BY_COMMAS.fullmatch(line.text, 0, title.start)
    return _IN_A_LIST if inverted and line.text[title.end :].lstrip().startswith(",") else _ALONE


def _left_locators(line: Line) -> None:
    """Labelled places behind the title that the model gave no field: "1736, § 56", "Milano 1827, tav. III"."""
    titled = max((found.end for found in line.fields if found.name == "title"), default=len(line.text))
    for found in find_locators(line.text):
        if found.start >= titled and line.free(found.start, found.end) and not line.quoted(found.start):
            line.label("locator", found.value_start, found.value_end)


def _title_of_translation(line: Line) -> None:
    """ "trad. it. di P. Neri, in Le vie del sale, …": the translation is cited by the title of the book it is in."""
    container = line.first("container-title")
    if container is not None and not line.has("title") and translation_pattern().match(line.text):
        line.release([container])
        line.label("title", container.start, container.end)


def _second_author(line: Line, read: Labelled) -> None:
    """ "Jan Kowal, Piotr Zając, Listy, Warszawa 1987": a person before the title, for the model an author too.

    The words of a life ("Karl Weber, Hans Roth, Ein Leben") go on with an article or a small letter.
    """
    author, title = line.first("author"), line.first("title")
    if author is None or title is None or line.text[author.end : title.start] != ", " or line.quoted(title.start):
        return
    parted = _PERSON_AND_TITLE.match(line.text, title.start, title.end)
    if parted is None or not is_person(parted["name"]) or not is_given_name(parted["name"].split()[0]):
        return
    said = {name for (start, end, _), name in zip(read.words, read.labels, strict=True)
            if parted.start("name") <= start and end <= parted.end("name") and line.text[start].isalnum()}  # fmt: skip
    if said == {"author"}:
        line.release([title])
        line.label("author", *parted.span("name"))
        line.label("title", parted.end(), title.end, strip=" \t,;:.*_")


def _in_order(line: Line, read: Labelled) -> tuple[TaggedField, ...]:
    """The fields by place, each as sure as the model is of its least sure word under that label.

    "Ders." and "Idem" are held for no field while others are read; then they stand where a name would. Alone, with a
    page at most, "Id." is the work cited before (Bluebook, rule 4.1).
    """
    names_work = any(found.name != "locator" for found in line.fields)
    repeated = (
        TaggedField(found.cue.value, found.start, found.start + len(found.cue.text))
        for found in find_cues(line.text)
        if names_work and found.cue.kind is CueKind.IDEM and found.cue.value
    )
    fields = (*repeated, *(read.judged(found) for found in line.fields))
    ordered = _in_one_emphasis(tuple(sorted(fields, key=lambda found: found.start)), line.emphasis)
    ordered = with_country(_of_institution(ordered, line), line.text)
    for named in (
        as_review,
        without_open_brackets,
        with_supplied_name,
        _with_opening_quotation,
        with_titled_part,
        with_introduced_book,
        with_volume_title,
        with_entry_word,
        _with_own_years,
    ):
        ordered = named(ordered, line.text)
    return with_approximation(with_reviewed_title(with_letter(ordered, line.text, line.language), line.text), line.text)


def _with_opening_quotation(fields: tuple[TaggedField, ...], text: str) -> tuple[TaggedField, ...]:
    """The fields, a title that goes on behind its quotation with the mark that opens this: „Raum“ und „Zeit“."""
    return tuple(
        replace(one, start=one.start - 1)
        if _goes_on_quoted(one, text) and not any(other.start < one.start <= other.end for other in fields)
        else one
        for one in fields
    )


def _goes_on_quoted(field: TaggedField, text: str) -> bool:
    opening = text[field.start - 1] if field.start else ""
    closing = _CLOSING.get(opening)
    if closing is None or not field.name.endswith("title"):
        return False
    said = text[field.start : field.end]
    rest = said.partition(closing)[2].lstrip()
    return said.count(closing) > said.count(opening) and rest[:1] not in ("", "[", "(", *_CLOSING.values())


def _with_own_years(fields: tuple[TaggedField, ...], text: str) -> tuple[TaggedField, ...]:
    """The fields, a range of years right behind a title as its own, where nothing says when it was printed.

    "Wehler, Kaiserreich 1871–1918, S. 5": of a book in one volume the years of printing are no range.
    """
    dated = [one for one in fields if one.name == "issued"]
    title = next((one for one in fields if dated and one.name == "title" and one.end + 1 == dated[0].start), None)
    if title is None or len(dated) > 1 or text[title.end] != " " or any(one.name in _PRINTED for one in fields):
        return fields
    if not _OWN_YEARS.fullmatch(text, dated[0].start, dated[0].end):
        return fields
    return tuple(replace(one, end=dated[0].end) if one is title else one for one in fields if one is not dated[0])


def _of_institution(fields: tuple[TaggedField, ...], line: Line) -> tuple[TaggedField, ...]:
    """The fields, an archive or a library as the author of its web page: “Domesday Book”, and an address.

    Without a shelfmark it is cited for what it says, not for what it holds (Chicago 17, 14.207).
    """
    if not (line.has("archive") and line.has("URL")) or len(fields) < 2 or fields[0].name != "archive":
        return fields
    if line.has("author") or line.has("archive_location") or fields[1].name != "title":
        return fields
    if not line.quoted(fields[1].start):
        return fields
    return (replace(fields[0], name="author"), *fields[1:])


def _in_one_emphasis(fields: tuple[TaggedField, ...], emphasis: Sequence[Span]) -> tuple[TaggedField, ...]:
    """The fields, title and container as one title where the same italics hold both: "*Reeds? Rent and Law*"."""
    for place, (one, other) in enumerate(pairwise(fields)) if emphasis else ():
        if (one.name, other.name) == ("title", "container-title") and any(
            span.start - 1 <= one.start and other.end <= span.end + 1 for span in emphasis
        ):
            whole = TaggedField("title", one.start, other.end, min(one.sure, other.sure))
            return (*fields[:place], whole, *fields[place + 2 :])
    return fields
