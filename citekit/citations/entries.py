"""Citations that a document holds as entries (`KeyedCitation`): their places in a note, and what they say.

The entry is taken as it is; the printed words tell how the work is named there, and what the entry leaves out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, TypeGuard

from citekit.citations.items import read_item
from citekit.citations.line import TaggedField
from citekit.citations.locators import find_locators, locator_value, range_pattern
from citekit.citations.segment import Segment, segment
from citekit.citations.signals import signal_behind, signal_head
from citekit.model import Citation, Document, Form, Item, KeyedCitation, Locator, Note, Span
from citekit.offsets import ReadingText, reading_text

__all__ = [
    "between_entries",
    "entries_outside",
    "entry_line",
    "entry_segments",
    "is_notation",
    "read_suffix",
    "with_entry",
]

_PEOPLE = ("author", "editor", "translator")
_DATES = ("issued", "accessed", "original-date")
_NOT_ISO = re.compile(r"[^\d-]")
_UNCLOSED = re.compile(r"\[[^\[\]]{0,80}$")  # what a bracket says before the key inside it
_SIGNAL = 40  # characters before a command in which its signal is
_SHORTEST = 12  # characters: less is no citation of its own
_BEHIND = 60  # characters behind a template that can still be its page
_TELLING = 40  # characters of a title: what follows, a short title leaves out
_TAGS = re.compile(r"</?(?:i|b|sup|sub|sc|span)(?:\s[^<>]{0,80})?>")  # the markup that CSL-JSON allows in a title


def entries_outside(document: Document, notes: Sequence[Note]) -> Iterator[KeyedCitation]:
    """The entries in running text, outside all notes."""
    pieces = sorted(part for note in notes for part in note.parts)
    starts = [part.start for part in pieces]
    for entry in document.keyed:
        place = bisect_left(starts, entry.span.start + 1) - 1
        if place < 0 or pieces[place].end < entry.span.end:
            yield entry


def entry_line(document: Document, entry: KeyedCitation) -> ReadingText:
    """The line in which an entry of running text stands: its words, and behind a command what can be its page."""
    start, end = entry.span
    if is_notation(entry) and not entry.locator and not entry.suffix:
        following = document.keyed[bisect_left(document.keyed, end, key=_start) :][:1]
        stop = min([end + _BEHIND, *(other.span.start for other in following)])
        behind = document.text[end:stop].split("\n", 1)[0]
        end += len(behind)
    return reading_text(document, (Span(start, end),))


def entry_segments(document: Document, line: ReadingText) -> list[tuple[Segment, KeyedCitation]]:
    """The entries whose words stand in a line, in their order."""
    found = []
    for part in line.parts:
        first = bisect_left(document.keyed, part.start, key=_start)
        for stated in document.keyed[first:]:
            if stated.span.start >= part.end:
                break
            entry = stated
            start, end = bisect_left(line.offsets, entry.span.start), bisect_left(line.offsets, entry.span.end)
            if not is_notation(entry):
                end = start + len(line.text[start:end].rstrip(" .;,"))
            elif start < end and not entry.locator and not entry.suffix:
                behind = _place_behind(line.text, end)
                entry, end = replace(stated, suffix=line.text[end:behind]), behind
            if start < end:
                found.append((_segment(entry, line.text, start, end), entry))
    return sorted(found, key=lambda one: (one[0].start, one[0].end))


def between_entries(
    line: ReadingText, read: Sequence[Segment], stated: Sequence[Segment], language: str | None
) -> list[Segment]:
    """The citations that the words show beside the entries: what ran into an entry is read again without it."""
    kept = [one for one in read if not _overlaps(one, stated)]
    ran_into = [one for one in read if _overlaps(one, stated)]
    ends = [0, *(one.end for one in stated)]
    for start, end in zip(ends, [*(one.start for one in stated), len(line.text)], strict=True):
        if end - start >= _SHORTEST and any(one.start < end and start < one.end for one in ran_into):
            words = _UNCLOSED.sub("", line.text[start:end])
            emphasis = tuple(
                Span(one.start - start, one.end - start) for one in line.emphasis if start <= one.start < end
            )
            for one in segment(words, emphasis, language):
                again = Segment(one.start + start, one.end + start, one.signal)
                if not _overlaps(again, kept):
                    kept.append(again)
    return kept


def _overlaps(one: Segment, others: Sequence[Segment]) -> bool:
    return any(one.start < other.end and other.start < one.end for other in others)


def _place_behind(text: str, end: int) -> int:
    r"""Where a labelled place right behind a command ends ("{{cite book|…}}, p. 3"); `end` where there is none."""
    rest = text[end : end + _BEHIND]
    for found in find_locators(rest)[:1]:
        if not rest[: found.start].strip(" ,.:;("):
            return end + found.end
    return end


def is_notation(entry: KeyedCitation) -> bool:
    r"""Whether the words of an entry are a command ("\cite{weber}"), which says nothing to a reader of notes."""
    return entry.form is not None and (bool(entry.item) or not entry.names_work)


def _segment(entry: KeyedCitation, text: str, start: int, end: int) -> Segment:
    """The entry's words without the signal before them, which the entry states as its prefix or the words print."""
    stated = signal_head().match(entry.prefix.strip())
    signal = stated.group().strip(" :,") if stated and stated.end() == len(entry.prefix.strip()) else None
    if is_notation(entry):
        before = None if signal else signal_behind().search(text, max(0, start - _SIGNAL), start)
        return Segment(start, end, before.group().strip(" :,") if before else signal)
    printed = signal_head().match(text, start, end)
    if printed and printed.end() < end:
        return Segment(printed.end(), end, printed.group().strip(" :,"))
    return Segment(start, end, signal)


def with_entry(citation: Citation, entry: KeyedCitation, language: str | None) -> Citation:
    """A citation read from words, with what its entry states in the place of what was read."""
    if not entry.item:  # the words name the work, or nothing does
        locator = entry.locator or read_suffix(entry.suffix) or citation.locator
        form = entry.form or citation.form
        return replace(citation, keyed=entry, locator=locator, form=form)
    printed = citation.locator
    if printed and printed.value in (str(entry.item.get("page", "")), str(entry.item.get("volume", ""))):
        printed = None
    item = _typed(entry.item, language)
    stated = {*item, *(item.get("custom") or {})}
    spans = {name: spans for name, spans in citation.field_spans.items() if name in stated or name == "locator"}
    return replace(
        citation,
        item=item,
        form=entry.form or _printed_form(citation, item),
        field_spans=dict(entry.field_spans) or spans,
        field_confidence=dict.fromkeys(sorted(stated - {"custom"}), 1.0),
        locator=entry.locator or read_suffix(entry.suffix) or printed,
        confidence=1.0,
        keyed=entry,
    )


def _typed(stated: Item, language: str | None) -> dict[str, Any]:
    """An item whose people and dates are read where the entry gives them as words."""
    item = dict(stated)
    custom = dict(item.pop("custom", {}))
    words = {name: item.pop(name) for name in (*_PEOPLE, *_DATES) if isinstance(item.get(name), str)}
    words |= {name: value["raw"] for name in _DATES if _is_raw(value := item.get(name))}
    if _NOT_ISO.search(custom.get("archive-date", "")):
        words["archive-date"] = custom.pop("archive-date")
    if words:
        item = {name: value for name, value in item.items() if name not in words}
        item |= _read(words, language)
        custom = dict(item.pop("custom", {})) | custom
    return item | ({"custom": custom} if custom else {})


def _read(words: Mapping[str, str], language: str | None) -> dict[str, Any]:
    """What words of people and dates say; what cannot be read stays as it is."""
    text = "\n".join(words.values())
    fields, start = [], 0
    for name, value in words.items():
        fields.append(TaggedField(name, start, start + len(value)))
        start += len(value) + 1
    found = read_item(fields, text, language, doubts=False, described=False).item
    custom = found.get("custom") or {}
    for name, value in words.items():
        if name == "archive-date":
            found["custom"] = {"archive-date": value} | custom
        elif name not in found:
            found[name] = [{"literal": value}] if name in _PEOPLE else {"literal": value}
    return found


def _is_raw(value: Any) -> TypeGuard[Mapping[str, str]]:
    return isinstance(value, Mapping) and isinstance(value.get("raw"), str) and "date-parts" not in value


def _printed_form(citation: Citation, item: Item) -> Form:
    """How the printed words name the work: in full only where they give its title with more than a year behind."""
    if citation.form is Form.IBID:
        return Form.IBID
    words = "".join(filter(str.isalnum, citation.text.casefold()))
    title = "".join(filter(str.isalnum, _TAGS.sub("", str(item.get("title", ""))).casefold()))[:_TELLING]
    return Form.FULL if title and title in words and citation.form is Form.FULL else Form.SHORT


def read_suffix(suffix: str) -> Locator | None:
    """The place that stands behind a key: "pp. 33-35", or numbers alone, which are pages (biblatex manual, 3.15.1)."""
    words = suffix.strip(" ,;:.{}[]()\u00a0").replace("\u00a0", " ")
    if not words:
        return None
    labelled = find_locators(words)
    if labelled:
        return labelled[0].locator
    numbers = _numbers().match(words)
    return Locator("page", locator_value(numbers[1])) if numbers else None


@cache
def _numbers() -> re.Pattern[str]:
    return re.compile(rf"({range_pattern()})(?=[,;.)]|$)")


def _start(entry: KeyedCitation) -> int:
    return entry.span.start
