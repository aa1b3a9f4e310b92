"""Notes → citations: the composition of segmenting, tagging and interpreting."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import count

from citekit.citations.alone import alone, labelled, labelled_words, unrepeated
from citekit.citations.archive_sigla import archive_sigla, as_explained, as_file, files_by_siglum
from citekit.citations.behind_idem import with_title_behind_idem
from citekit.citations.containers_again import with_container_again
from citekit.citations.cues import CueMatch, find_cues
from citekit.citations.declared import declarations, declared_names, mention, mentions, volume_behind
from citekit.citations.edges import with_stop
from citekit.citations.entries import between_entries, entry_lines, entry_segments, is_notation, with_entry
from citekit.citations.entry_keys import without_key
from citekit.citations.evidence import evidence
from citekit.citations.fields import tag
from citekit.citations.forms import form_of
from citekit.citations.interviews import interviewees, interviews_again, with_interviewee
from citekit.citations.items import build_item, settle_pages
from citekit.citations.line import TaggedField
from citekit.citations.locators import find_locators
from citekit.citations.name_lists import whole_lists
from citekit.citations.named_behind_note import with_author_behind_note
from citekit.citations.segment import Segment, in_reach, reads_as_citation, segment
from citekit.citations.shelf_series import further_files
from citekit.citations.signals import signal_head
from citekit.citations.stated import stated_fields, stated_segments, titled_by_link
from citekit.citations.tag_archive import tag_further_file
from citekit.citations.tagger.model import label_together
from citekit.citations.yearless import closes_with_imprint
from citekit.cycles import no_search_for_cycles
from citekit.lexicon import alternation, words
from citekit.model import Citation, Cue, CueKind, Document, Form, Note, NoteKind, Span
from citekit.offsets import ReadingText, reading_text, without

__all__ = ["parse", "parse_together", "read_citations"]


@dataclass(frozen=True, slots=True)
class _ShortNames:
    """The short names of a document: of works and archives alike, which are archives'; who was interviewed."""

    declared: frozenset[str] = frozenset()
    archives: frozenset[str] = frozenset()
    interviewees: frozenset[str] = frozenset()

    @property
    def works(self) -> frozenset[str]:
        """The names that stand for a work: an archive's is the beginning of a shelfmark."""
        return self.declared - self.archives


_NO_NAMES = _ShortNames()
_SURE = 0.99  # that words are a citation; nothing is certain


def read_citations(document: Document, notes: Iterable[Note]) -> tuple[Citation, ...]:
    """The citations of all notes, in document order; `works` and `resolution` are left for the next stage."""
    numbers = count(1)
    notes = tuple(notes)
    lines: list[tuple[Note | None, ReadingText]] = [
        (note, without_key(reading_text(document, note.parts))) for note in notes
    ]
    texts = [line.text for _, line in lines]
    sigla = {name for note in notes if (name := _siglum(note))}
    names = _ShortNames(declared_names(texts) | sigla, archive_sigla(texts), interviewees(texts))
    if document.keyed:
        lines += [(None, line) for line in entry_lines(document, notes)]
        lines.sort(key=lambda one: one[1].parts[0].start)
    return tuple(citation for note, line in lines for citation in _of_line(document, note, line, names, numbers))


def parse(document: Document) -> tuple[Citation, ...]:
    """The citations of a string that is a note or a reference; spans are offsets into it.

    A string in which no citation shows is read as one reference all the same, because the caller says that it is
    one; unless it is a sentence.
    """
    return _parsed(document, _line(document))


def parse_together(documents: Sequence[Document]) -> tuple[tuple[Citation, ...], ...]:
    """What `parse` makes of each of a few strings, sooner than one by one (`label_together`)."""
    lines = [_line(document) for document in documents]
    with no_search_for_cycles(), label_together([(labelled_words(line), line.emphasis) for line in lines]):
        return tuple(_parsed(document, line) for document, line in zip(documents, lines, strict=True))


def _line(document: Document) -> ReadingText:
    return without_key(reading_text(document, (Span(0, len(document.text)),)))


def _parsed(document: Document, line: ReadingText) -> tuple[Citation, ...]:
    if not line.text:
        return ()
    numbers = count(1)
    one = alone(line, document.language)
    if one:
        return (_citation(document, None, line, one, numbers, shown=_SURE),)
    one = unrepeated(line, document.language)
    segments: Sequence[Segment] = (one,) if one else segment(line.text, line.emphasis, document.language)
    if not segments and (
        (not in_reach(line.text, document.language) and labelled(line, document.language))
        or (not _comments(line, document.language) and reads_as_citation(line.text, document.language))
        or (closes_with_imprint(line.text) and not evidence(line.text, language=document.language).prose)
    ):
        segments = _whole(line)
    return tuple(_citation(document, None, line, found, numbers) for found in segments)


def _comments(line: ReadingText, language: str | None) -> bool:
    """Whether the words are a sentence: a finite verb, or no sign at all that a citation begins or was printed."""
    weighed = evidence(line.text, language=language)
    if weighed.prose:
        return weighed.strong < 2
    # The signs of East Asian citations are fewer: no initials, no capitals, often no label before the page.
    return not weighed.strong and not weighed.weak and line.text[0] < "\u2e80"


_LONE_PAGE = re.compile(
    r"[\s,:.)]{1,3}(?P<at>at\s)?(?P<page>\d{1,5}(?:[-–]\d{1,5})?(?:\s?ff?\b)?|[ivxlc]{1,7}(?:[-–][ivxlc]{1,7})?)\.?(?:\s\((?:Lord|Lady|[A-Z][\w’'-]{1,20}\s[CLM]?J)[^()]{0,30}\))?"
)
_NAME_BEFORE = re.compile(r"(?P<name>[^\W\d_a-zß-öø-ÿа-я][^,،、：:;.\d“”«»„\"()\[\]《》『』]{1,40}?)[\s,،、：:]{1,2}")
_PLACES = frozenset({"volume", "issue", "page", "locator"})
_NAMES, _CAPITALS = 4, 1  # words: of a name in letters without capitals, and of one that capitals could not tell
_REMARK = re.compile(r"\s[a-zà-žа-я]{1,12}\s[^\d\"“”«»„;:.]{1,25},\s")  # "ebd. im Anhang, S. 99"


def _of_line(
    document: Document, note: Note | None, line: ReadingText, names: _ShortNames, numbers: Iterator[int]
) -> Iterator[Citation]:
    stated = entry_segments(document, line) if document.keyed else []
    read: Sequence[Segment] = () if note is None else _read_segments(document, note, line, names)
    if note is not None and stated:
        read = between_entries(line, read, [one for one, _ in stated], document.language)
    found = sorted([*stated, *((one, None) for one in read)], key=lambda one: one[0].start)
    files = further_files(line.text, [(one.start, one.end) for one, _ in found])
    for place, (one, entry) in enumerate(found):
        behind = found[place + 1][0].start if place + 1 < len(found) else len(line.text)
        if entry is None:
            file = one.start in files
            yield _citation(document, note, line, one, numbers, behind=behind, names=names, file=file)
        elif is_notation(entry):
            parts = line.source(one.start, one.end)
            empty = Citation(f"c{next(numbers)}", note.id if note else None, parts, document.slice(parts), Form.SHORT)
            yield replace(with_entry(empty, entry, document.language), signal=one.signal)
        else:
            yield with_entry(
                _citation(document, note, line, one, numbers, behind=behind, names=names), entry, document.language
            )


def _read_segments(document: Document, note: Note, line: ReadingText, names: _ShortNames) -> Sequence[Segment]:
    """The citations that the words of a note show."""
    segments: Sequence[Segment]
    if _is_entry(note):
        segments = _whole(line)
    else:
        segments = segment(line.text, line.emphasis, document.language)
        segments = stated_segments(document, line, segments, document.language)
        segments = _with_mentions(line.text, segments, names.works)
        taken = [(one.start, one.end) for one in segments]
        more = [
            *files_by_siglum(line.text, taken, names.archives),
            *interviews_again(line.text, taken, names.interviewees),
        ]
        if more:
            segments = sorted((*segments, *(Segment(*bounds) for bounds in more)), key=lambda one: one.start)
    return segments


def _with_mentions(text: str, segments: Sequence[Segment], names: frozenset[str]) -> Sequence[Segment]:
    """The segments, and the declared short names between them, which show no other sign of a citation."""
    more = [
        Segment(*_behind_signal(text, found.start, found.end))
        for found in mentions(text, names)
        if all(found.end <= other.start or other.end <= found.start for other in segments)
        and not any(one.start <= found.start < one.end for one in declarations(text))
    ]
    return sorted((*segments, *more), key=lambda segment: segment.start)


def _behind_signal(text: str, start: int, end: int) -> tuple[int, int, str | None]:
    signal = signal_head().match(text, start, end)
    return (signal.end(), end, signal.group().strip(" :,")) if signal and signal.end() < end else (start, end, None)


def _is_entry(note: Note) -> bool:
    """Whether a note is an entry of a list without numbers: one work, in full."""
    return note.kind is NoteKind.REFERENCE and (note.label is None or _siglum(note) is not None)


def _siglum(note: Note) -> str | None:
    """The name that a list of abbreviations gives to the work of this entry; None for other notes."""
    label = note.label
    return label if note.kind is NoteKind.REFERENCE and label and label.replace(" ", "").isalpha() else None


def _whole(line: ReadingText) -> tuple[Segment, ...]:
    end = len(line.text.rstrip(" .;,"))
    return (Segment(0, end),) if end else ()


def _citation(
    document: Document,
    note: Note | None,
    line: ReadingText,
    found: Segment,
    numbers: Iterator[int],
    *,
    behind: int = 0,
    names: _ShortNames = _NO_NAMES,
    file: bool = False,
    shown: float | None = None,
) -> Citation:
    """One citation of a line.

    Args:
        document: the document that the line is of.
        note: the note whose words it is, None outside all notes.
        line: the words.
        found: the bounds of the citation in them.
        numbers: the numbers of the citations to come.
        behind: where the next citation of the line begins.
        names: the short names of the document.
        file: whether it is another file of the archive that the citation before names.
        shown: how sure it is that the words are a citation; None where the signs in them tell.
    """
    reference = note is not None and _is_entry(note)
    declared = [
        one
        for one in (declarations(line.text) if names.declared else ())
        if one.name in names.declared and found.start <= one.start < max(behind, found.end)
    ]
    said = without(line, [(one.start, one.end) for one in declared], found.start, found.end)
    text, emphasis = said.text, said.emphasis
    kind = note.kind if note else None
    if file:
        fields = tag_further_file(text, document.language)
    else:
        fields = settle_pages(tag(text, emphasis, document.language, kind=kind), text, reference=reference)
    leading = find_cues(text)
    fields = with_container_again(with_interviewee(fields, text), text, leading, emphasis)
    fields = with_title_behind_idem(with_author_behind_note(fields, text, leading), text, leading)
    fields = as_file(fields, text, leading, names.archives, document.language)
    if declared and declared[0].name in names.archives:
        fields = as_explained(fields, text, declared[0].start - found.start, document.language)
    archival = {"archive", "archive_location"} <= {field.name for field in fields}
    fields = _with_passim(fields, text)
    named = None if declared or reference or archival else mention(_without_cited(text, leading), names.works)
    if named is not None and "," not in named.name:
        fields = _of_short_name(fields, text, named.name_end)
    fields = _with_page_behind(_with_name_before(fields, leading, text), leading, text)
    item, locator = build_item(fields, text, document.language, alone=note is None)
    cues = tuple(match.cue for match in leading)
    cues += tuple(Cue(CueKind.DECLARES, line.text[one.start : one.end], one.name) for one in declared)
    if note is not None and (siglum := _siglum(note)):
        cues += (Cue(CueKind.DECLARES, siglum, siglum),)
    cues += (Cue(CueKind.SHORT_NAME, text[: named.name_end], named.name),) if named else ()
    spans: dict[str, tuple[Span, ...]] = {}
    sure: dict[str, float] = {}
    for field in whole_lists(fields, text):
        spans[field.name] = spans.get(field.name, ()) + said.source(field.start, field.end)
        sure[field.name] = min(field.sure, sure.get(field.name, 1.0))
    parts = line.source(found.start, with_stop(line.text, found.start, found.end))
    form = Form.FULL if reference else Form.SHORT if named else form_of(item, cues, text)
    item, spans = stated_fields(document, parts, item, spans)
    if form is Form.SHORT and not cues and titled_by_link(spans):
        form = Form.FULL
    if shown is None:
        weighed = evidence(text, emphasis=bool(emphasis), language=document.language)
        shown = min(_SURE, 0.5 + 0.12 * weighed.strong + 0.05 * weighed.weak - 0.05 * min(weighed.prose, 4))
    read = sum(sure.values()) / len(sure) if sure else 1.0  # how sure its fields are, on average
    return Citation(
        id=f"c{next(numbers)}",
        note=note.id if note else None,
        parts=parts,
        text=document.slice(parts),
        form=form,
        item=item,
        field_spans=spans,
        field_confidence=sure,
        signal=found.signal,
        locator=locator,
        cues=cues,
        confidence=max(0.1, shown * read),
    )


@cache
def _volume_behind_ibid() -> re.Pattern[str]:
    labels = alternation(words("volumes", "volume"))
    return re.compile(
        rf"[\s,:.]{{1,3}}(?i:{labels})\s?(?P<volume>\d{{1,3}}|[IVXLC]{{1,7}}|[ivxlc]{{1,7}})(?=,\s|\s?[.:]?\s?$)"
    )


def _with_passim(fields: tuple[TaggedField, ...], text: str) -> tuple[TaggedField, ...]:
    """ "Weber, *Economy*, passim": all over the work, no container."""
    return tuple(
        TaggedField("locator", field.start, field.end) if text[field.start : field.end].strip() == "passim" else field
        for field in fields
    )


def _with_page_behind(
    fields: tuple[TaggedField, ...], leading: Sequence[CueMatch], text: str
) -> tuple[TaggedField, ...]:
    """The number behind an ibid., or behind the number of a note, is the page, and nothing else is.

    "ibid 581" (OSCOLA 1.2.2), "Raz (n 2) 25–30", "Id. at 255" (Bluebook 4.1).
    """
    for match in leading:
        if match.cue.kind is CueKind.IBID and match.start == 0 and {one.name for one in fields} <= _PLACES:
            volume = _volume_behind_ibid().match(text, match.end)
            pages = [found for found in find_locators(text) if volume and found.start >= volume.end()]
            if volume and pages:  # "Ebd., Bd. 2, S. 114"
                located = (TaggedField("locator", found.value_start, found.value_end) for found in pages)
                return (TaggedField("volume", *volume.span("volume")), *located)
        if match.cue.kind is CueKind.IBID and match.start == 0 and _REMARK.match(text, match.end):
            fields = tuple(field for field in fields if field.name == "locator")
        if match.cue.kind in (CueKind.IBID, CueKind.CROSS_REFERENCE, CueKind.CITED, CueKind.IDEM):
            page = _LONE_PAGE.fullmatch(text, match.end)
            if page and (match.cue.kind is not CueKind.IDEM or page["at"]):
                kept = [field for field in fields if field.end <= match.start]
                return (*kept, TaggedField("locator", *page.span("page")))
    return fields


def _with_name_before(
    fields: tuple[TaggedField, ...], leading: Sequence[CueMatch], text: str
) -> tuple[TaggedField, ...]:
    """The author before a word for the work cited before: "الرافعي، المرجع السابق", "İnalcık, aynı eser".

    Nothing else stands there alone; where letters have no capitals, a name is not told from a title by its looks.
    """
    first = next((match for match in leading if match.cue.kind in (CueKind.CITED, CueKind.CONTAINER_CITED)), None)
    head = _NAME_BEFORE.fullmatch(text, 0, first.start) if first else None
    if first is None or head is None or any(field.name in ("author", "editor") for field in fields):
        return fields
    if len(head["name"].split()) > (_CAPITALS if head["name"][0].isupper() else _NAMES):
        return fields
    behind = (field for field in fields if field.start >= first.end)
    return (TaggedField("author", *head.span("name")), *behind)


def _without_cited(text: str, leading: Sequence[CueMatch]) -> str:
    """The words up to an "a. a. O." behind a short name, and those behind it: "MEW, Bd. 23, a. a. O., S. 50"."""
    cited = next((match for match in leading if match.cue.kind is CueKind.CITED and match.start > 0), None)
    return text if cited is None else text[: cited.start].rstrip(" ,") + text[cited.end :]


def _of_short_name(fields: Sequence[TaggedField], text: str, end: int) -> tuple[TaggedField, ...]:
    """A short name is the title, whatever it looks like; a lone number behind it is the page."""
    start, last = 0, end
    while start < last and not text[start].isalnum():
        start += 1
    while last > start and not text[last - 1].isalnum():
        last -= 1
    behind = [field for field in fields if field.start >= end]
    volume = volume_behind(text, end)
    if volume and not any(field.name == "volume" for field in behind):
        kept = [field for field in behind if field.start >= volume[1]] or [
            TaggedField("locator", *page.span("page")) for page in [_LONE_PAGE.fullmatch(text, volume[1])] if page
        ]
        behind = [TaggedField("volume", *volume), *kept]
    page = _LONE_PAGE.fullmatch(text, end)
    if not behind and page:
        behind = [TaggedField("locator", *page.span("page"))]
    return (TaggedField("title", start, last), *behind)
