"""The model's labels as fields, with what a label for each word cannot say: where a title ends, who edits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from citekit.citations.edition_figures import figured_editions
from citekit.citations.line import Line, TaggedField
from citekit.citations.mended_titles import TITLES
from citekit.citations.old_dates import roman_years
from citekit.citations.pages import is_size
from citekit.citations.places import is_place, is_publisher
from citekit.citations.roles import role_after, role_pattern
from citekit.citations.runs import runs
from citekit.citations.tag_certain import editions, issue_label
from citekit.citations.tag_roles import before_statement
from citekit.citations.tag_titles import begins_responsibility, behind_family, tag_series
from citekit.citations.tagger.model import Labelled
from citekit.citations.volume_counts import extent_in_volumes
from citekit.lexicon import Sought, alternation, sought, words

__all__ = ["tag_by_model"]

_PEOPLE = frozenset({"author", "editor", "translator"})
_INITIAL = re.compile(r"(?<![^\W\d_])[^\W\d_a-z]\.\Z")  # the full stop of the last initial: "Braudel, F. P. Op. cit."
_LOOKED_BACK = 40
_LABEL = 12
_SURE_OF_TITLE = 0.8
_FIRST = 4  # characters of a short first word
_NUMBER_ALONE = re.compile(r"\d{1,4}(?:\s?[-–]\s?\d{1,4})?\Z")
# OSCOLA 3.2.2: edition, publisher and year in one bracket behind the title, no place.
_BRACKETED = re.compile(
    r"\((?:[^(),]{1,30},\s)?(?P<publisher>[^\W\d_][^(),\d:;]{1,60}?),?\s(?P<year>1[4-9]\d\d|20\d\d)\)"
)
_NUMBER_BEHIND = re.compile(r",\s(?:[Vv]|[Vv]ol|[Nn]|[Tt]|[Aa]no|[Aa]ño)\.?\s\d")
_DIGIT = re.compile(r"\d")
_SLASH = re.compile(r"\s/\s")
_VANCOUVER = re.compile(r"(?:[^\W\d_a-z][\w’'-]+\s[A-Z]{1,3},\s){1,20}[^\W\d_a-z][\w’'-]+\s[A-Z]{1,3}\.")
_ENDS_TITLE = re.compile(r"\s?(?:…|\.{3}|⋯)|\s?[?!](?![?!])")
_CLOSES = re.compile(r"\s?(?P<mark>[)\]）»”“])")
_OPENS = {")": "(", "]": "[", "）": "（", "»": "«", "”": "“", "“": "„"}


def tag_by_model(line: Line, read: Labelled) -> None:
    """Label what is still free as the model says.

    Pages are labelled `locator`; whether they are a part's extent is settled later (`items.settle_pages`).
    """
    tag_series(line)
    for start, end in editions(line.text):
        if line.free(start, end) and not line.quoted(start) and not _in_title(read, start, end):
            line.label("edition", start, end)
    glued = False
    for year, edition in figured_editions(line.text):
        start = min(year[0], edition[0])
        if line.free(start, max(year[1], edition[1])) and not line.quoted(start) and not line.has("edition"):
            line.label("issued", *year)
            glued = line.label("edition", *edition)
    for match in _exhibition().finditer(line.text):
        line.hold(*match.span())
    for roman in roman_years(line.text)[-1:]:
        if line.free(roman.start, roman.end) and not line.quoted(roman.start):
            line.label("issued", roman.start, roman.end, strip="")
    found = before_statement(line, runs(read, line.text))
    first_printing = _first_printing(line.text, found)
    for run in found:
        for start, end in line.gaps(run.start, run.end):
            cut = start > run.start or end < run.end
            if cut and run.name == "issued" and not _DIGIT.search(line.text, start, end):
                continue  # what is left of a run in which a day is certain
            if run.name == "issued" and extent_in_volumes().match(line.text, start, end + 1):
                line.hold(start, end)
                continue
            original = glued and run.name == "issued" and line.text[start - 1 : end + 1] == f"({line.text[start:end]})"
            if run not in first_printing and not original:
                _label(line, run, end - len(line.text[start:end].lstrip(" /&")), end)
                continue
            if run.name == "issued":
                line.label("original-date", start, end, sure=run.sure)
            line.hold(start, end)
    _bracketed_publisher(line)


def _bracketed_publisher(line: Line) -> None:
    """The words before the year in a bracket behind a title, which nothing else explains: "(2nd edn, OUP 1994)"."""
    if line.has("publisher") or not line.has("title"):
        return
    for match in _BRACKETED.finditer(line.text):
        start, end = match.span("publisher")
        year = any(found.name == "issued" and found.start == match.start("year") for found in line.fields)
        if (
            year
            and line.free(start, end)
            and not _edition_word().search(match["publisher"])
            and match.start() >= min(f.end for f in line.fields if f.name == "title")
        ):
            line.label("publisher-place" if is_place(match["publisher"]) else "publisher", start, end)


@cache
def _edition_word() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\d_]){alternation(words('volumes', 'edition'))}(?![^\W\d_])", re.IGNORECASE)


def _label(line: Line, run: TaggedField, start: int, end: int) -> None:
    """Label what is free of a run; a title with its own bounds, a journal without its place."""
    if run.name in _PEOPLE and line.text[end : end + 1] == ")" and line.free(end, end + 1):
        end += line.text.count("(", start, end) > line.text.count(")", start, end)  # "Petit (Anne) (dir.)"
    name = _name(line, run.name, start, end)
    place = _place_of_journal(line.text, start, end) if name == "container-title" else None
    if place:
        line.label("publisher-place", place, end, sure=run.sure)
    if name == "container-title" and line.free(start, end):
        start = behind_family(line, start) or start
    if name in TITLES:
        line.label(name, _begin(line, start), _end(line, start, place or end), sure=run.sure)
    else:
        # "Smith AB, Jones C.": initials have no full stops in medicine, so the last is the list's (ICMJE, Vancouver).
        stopped = name == "author" and _VANCOUVER.fullmatch(line.text, start, end)
        initial = name in _PEOPLE and not stopped and _INITIAL.search(line.text, start, end + 1)
        line.label(name, start, end - bool(stopped) + bool(initial), sure=run.sure)


def _first_printing(text: str, found: Sequence[TaggedField]) -> list[TaggedField]:
    """The place and year behind "Nachdr. der Ausg." that another year follows: those of the first printing."""
    reprint = _reprint().search(text)
    years = [run for run in found if run.name == "issued"]
    if reprint is None or len(years) < 2:
        return []
    return [
        run
        for run in found
        if run.name in ("issued", "publisher-place") and reprint.end() <= run.start < run.end <= years[-2].end
    ]


@cache
def _reprint() -> Sought:
    listed = words("relations", "reprint")
    return sought(rf"(?<![^\W\d_]){alternation(listed)}", listed, flags=re.IGNORECASE, whole=False)


@cache
def _exhibition() -> re.Pattern[str]:
    """The bracket that names the exhibition of a catalogue: "(Ausst.-Kat. Kunsthalle, Bremen 1995)"."""
    return re.compile(
        rf"[(\[]{alternation(words('kinds', 'exhibition'))}(?![^\W\d_])[^()\[\]]{{0,200}}[)\]]", re.IGNORECASE
    )


def _in_title(read: Labelled, start: int, end: int) -> bool:
    """Whether the model is sure that these words stand in a title."""
    return all(
        name in TITLES and sure >= _SURE_OF_TITLE
        for (at, _, _), name, sure in zip(read.words, read.labels, read.sure, strict=True)
        if start <= at < end
    )


def _place_of_journal(text: str, start: int, end: int) -> int | None:
    """Where the place begins that tells a journal from its namesakes ("Blätter. Wien 23", "Nature (London)").

    Chicago 17, 14.182; None where none is told, or nothing else is left. Behind an initial stands a family name, though
    there be a town of that name ("The Stories of A. B. Martin").
    """
    stop = text.rfind(". ", start, end)
    if _INITIAL.search(text, start, stop + 1):
        stop = -1
    mark = max(stop, text.rfind(" (", start, end))
    if mark < 0 and _NUMBER_BEHIND.match(text, end):  # ", São Paulo, v. 12" (ABNT NBR 6023, 7.7.5)
        mark = text.rfind(", ", start, end)
    return mark + 2 if mark > start and is_place(text[mark + 2 : end]) else None


def _name(line: Line, name: str, start: int, end: int) -> str:
    if name == "page":
        return "page" if is_size(line.text[start:end]) else "locator"
    if name == "volume" and issue_label().search(line.text, max(0, start - _LABEL), start):
        return "issue"
    if name == "container-title" and _series_behind(line, end) and is_publisher(line.text[start:end]):
        return "publisher"  # "PUF (Quadrige, 45)"
    if name in ("author", "editor"):
        return _role(line.text, start, end) or name
    if name in ("archive", "volume") and not line.fields and _NUMBER_ALONE.match(line.text[start:end]):
        return "locator"  # "Ibid., 20"
    return name


def _series_behind(line: Line, end: int) -> bool:
    """Whether a series in a bracket stands right behind these words."""
    series = line.first("collection-title")
    return series is not None and line.text[end : series.start].strip() == "("


def _role(text: str, start: int, end: int) -> str | None:
    """What the words before or behind say that these people did ("trad. it. di …", "… (Hg.)"), None where nothing."""
    before = text[max(0, start - _LOOKED_BACK) : start]
    for role in ("translator", "editor", "contributor"):
        if any(match.end() == len(before) for match in role_pattern(f"{role}_before").finditer(before)):
            return role
    return "editor" if role_after().match(text, end) else None


def _begin(line: Line, start: int) -> int:
    """Where a title begins: with the quotation, where the model saw all but its first word in it (《见之于…》)."""
    marks = (mark.start for mark in line.marks if mark.quoted and mark.start + 1 < start <= mark.start + _FIRST)
    opened = next(marks, -1)
    return opened + 1 if opened >= 0 and line.free(opened + 1, start) else start


def _end(line: Line, start: int, end: int) -> int:
    """Where a title ends: with the quotation that it begins in, if a mark follows ("«Situation». Central Agency").

    Behind the dots of a title cut short, a question's mark, a bracket opened inside: these are the title's own.
    """
    quoted = next((mark for mark in line.marks if mark.quoted and mark.start <= start < mark.end - 1 < end), None)
    if quoted and quoted.start >= start - 1 and line.text[quoted.end : quoted.end + 1] in (".", ",", ";"):
        return quoted.end - 1
    slash = next(
        (m.start() for m in _SLASH.finditer(line.text, start, end) if begins_responsibility(line.text, m.end())), 0
    )
    if slash > start:
        return slash
    for imprint in _BRACKETED.finditer(line.text, start):
        if imprint.start() < end <= imprint.start("year"):
            return imprint.start()  # "The Concept of Law (OUP"
    end = _closed(line, start, end)
    closing = _ENDS_TITLE.match(line.text, end)
    return closing.end() if closing and line.free(end, closing.end()) else end


def _closed(line: Line, start: int, end: int) -> int:
    """The end of a title behind the brackets and quotations that it opens: "Essai sur l’« or blanc »"."""
    while closing := _CLOSES.match(line.text, end):
        said, mark = line.text[start:end], closing["mark"]
        if said.count(_OPENS[mark]) <= said.count(mark) or not line.free(end, closing.end()):
            break
        end = closing.end()
    return end
