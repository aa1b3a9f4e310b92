"""The model's labels as fields, with what a label for each word cannot say: where a title ends, who edits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import groupby

from citekit.citations.line import Line, TaggedField
from citekit.citations.old_dates import roman_years
from citekit.citations.pages import is_size
from citekit.citations.places import is_place
from citekit.citations.roles import role_after, role_pattern
from citekit.citations.tag_certain import editions, issue_label
from citekit.citations.tag_roles import before_statement
from citekit.citations.tag_titles import begins_responsibility, tag_series
from citekit.citations.tagger.model import OUTSIDE, Labelled
from citekit.lexicon import Sought, alternation, sought, words

__all__ = ["runs", "tag_by_model"]

_TITLES = frozenset({"title", "container-title", "original-title", "translated-title", "collection-title"})
_LOOKED_BACK = 40
_LABEL = 12
_SURE = 0.95
_SURE_OF_TITLE = 0.8
_FIRST = 4  # characters of a short first word
_NUMBER_ALONE = re.compile(r"\d{1,4}(?:\s?[-–]\s?\d{1,4})?\Z")
# A short word or two between the parts of a title, no mark that parts a title from what follows.
_WITHIN = re.compile(r"[,»”’“«]?(?:\s?[^\W\d_]{1,3}\.?){1,2}\s[«»„“‘]?")
# OSCOLA 3.2.2: edition, publisher and year in one bracket behind the title, no place.
_BRACKETED = re.compile(
    r"\((?:[^(),]{1,30},\s)?(?P<publisher>[^\W\d_][^(),\d:;]{1,60}?),?\s(?P<year>1[4-9]\d\d|20\d\d)\)"
)
_NUMBER_BEHIND = re.compile(r",\s(?:[Vv]|[Vv]ol|[Nn]|[Tt]|[Aa]no|[Aa]ño)\.?\s\d")
_DIGIT = re.compile(r"\d")
_SLASH = re.compile(r"\s/\s")
_VANCOUVER = re.compile(r"(?:[^\W\d_a-z][\w’'-]+\s[A-Z]{1,3},\s){1,20}[^\W\d_a-z][\w’'-]+\s[A-Z]{1,3}\.")
_ENDS_TITLE = re.compile(r"\s?(?:…|\.{3}|⋯)|[?!](?![?!])")


def tag_by_model(line: Line, read: Labelled) -> None:
    """Label what is still free as the model says.

    Pages are labelled `locator`; whether they are a part's extent is settled later (`items.settle_pages`).
    """
    tag_series(line)
    for start, end in editions(line.text):
        if line.free(start, end) and not line.quoted(start) and not _in_title(read, start, end):
            line.label("edition", start, end)
    for match in _exhibition().finditer(line.text):
        line.hold(*match.span())
    for year in roman_years(line.text)[-1:]:
        if line.free(year.start, year.end) and not line.quoted(year.start):
            line.label("issued", year.start, year.end, strip="")
    found = before_statement(line, runs(read, line.text))
    first_printing = _first_printing(line.text, found)
    for run in found:
        for start, end in line.gaps(run.start, run.end):
            cut = start > run.start or end < run.end
            if cut and run.name == "issued" and not _DIGIT.search(line.text, start, end):
                continue  # what is left of a run in which a day is certain
            if run not in first_printing:
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
    name = _name(line, run.name, start, end)
    place = _place_of_journal(line.text, start, end) if name == "container-title" else None
    if place:
        line.label("publisher-place", place, end, sure=run.sure)
    if name in _TITLES:
        line.label(name, _begin(line, start), _end(line, start, place or end), sure=run.sure)
    else:
        # "Smith AB, Jones C.": initials have no full stops in medicine, so the last is the list's (ICMJE, Vancouver).
        stopped = name == "author" and _VANCOUVER.fullmatch(line.text, start, end)
        line.label(name, start, end - bool(stopped), sure=run.sure)


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
        name in _TITLES and sure >= _SURE_OF_TITLE
        for (at, _, _), name, sure in zip(read.words, read.labels, read.sure, strict=True)
        if start <= at < end
    )


def _place_of_journal(text: str, start: int, end: int) -> int | None:
    """Where the place begins that tells a journal from its namesakes ("Blätter. Wien 23", "Nature (London)").

    Chicago 17, 14.182; None where none is told, or nothing else is left.
    """
    mark = max(text.rfind(". ", start, end), text.rfind(" (", start, end))
    if mark < 0 and _NUMBER_BEHIND.match(text, end):  # ", São Paulo, v. 12" (ABNT NBR 6023, 7.7.5)
        mark = text.rfind(", ", start, end)
    return mark + 2 if mark > start and is_place(text[mark + 2 : end]) else None


def _name(line: Line, name: str, start: int, end: int) -> str:
    if name == "page":
        return "page" if is_size(line.text[start:end]) else "locator"
    if name == "volume" and issue_label().search(line.text, max(0, start - _LABEL), start):
        return "issue"
    if name in ("author", "editor"):
        return _role(line.text, start, end) or name
    if name in ("archive", "volume") and not line.fields and _NUMBER_ALONE.match(line.text[start:end]):
        return "locator"  # "Ibid., 20"
    return name


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
    opened = max(line.text.rfind(mark, start, end) for mark in "([（")
    if opened > max(line.text.rfind(mark, start, end) for mark in ")]）") and line.text[end : end + 1] in tuple(")]）"):
        end += line.free(end, end + 1)
    closing = _ENDS_TITLE.match(line.text, end)
    return closing.end() if closing and line.free(end, closing.end()) else end


@lru_cache(maxsize=1)  # asked twice of a string that is one citation
def runs(read: Labelled, text: str) -> tuple[TaggedField, ...]:
    """Words with one label that follow one another; of each run the least sure word tells how sure it is."""
    labels = _with_title(read)
    found: list[TaggedField] = []
    place = 0
    for name, alike in groupby(labels):
        first, place = place, place + len(tuple(alike))
        if name != OUTSIDE:
            found.append(TaggedField(name, read.words[first][0], read.words[place - 1][1], min(read.sure[first:place])))
    return tuple(_heading_apart(text, _joined(text, found)))


# GOST R 7.0.5: "Петров А. А. Крестьянская община": behind family name and initials the title begins without a mark.
_HEADING = re.compile(r"[^\W\d_a-z][^\W\d_]+,?\s(?:[^\W\d_a-z]\.\s?){1,3}\s(?=[^\W\d_]{2,}\s[^\W\d_]{2,})")


def _heading_apart(text: str, found: list[TaggedField]) -> list[TaggedField]:
    """The runs, the title taken out of the author's where nothing else is the title."""
    first = found[0] if found else None
    if first is None or first.name != "author" or any(run.name in _TITLES for run in found):
        return found
    heading = _HEADING.match(text, first.start, first.end)
    if heading is None or first.sure >= _SURE_OF_TITLE:
        return found
    author = TaggedField("author", first.start, heading.end() - 1, first.sure)
    return [author, TaggedField("title", heading.end(), first.end, first.sure), *found[1:]]


def _with_title(read: Labelled) -> list[str]:
    """The labels; where they name a container and no title, most often the container is the work itself.

    Only journals are cited without the title of the article, with a volume or a page or by the day, and without a
    place. Words right behind the author that are taken for a publisher, where there is no title, are the title.
    """
    labels = list(read.labels)
    said = set(labels)
    if "title" in said:
        return labels
    containers = [sure for name, sure in zip(labels, read.sure, strict=True) if name == "container-title"]
    placed = bool(said & {"publisher-place", "publisher"}) and "volume" not in said
    if containers:
        first = labels.index("container-title")
        behind = next((at for at in range(first, len(labels)) if labels[at] != "container-title"), len(labels))
        if "container-title" in labels[behind:] and {"author", "editor"} & set(labels[:first]):
            return [*labels[:first], *["title"] * (behind - first), *labels[behind:]]  # none has two containers alone
        whole = min(containers) < _SURE and (placed or not said & {"volume", "page"}) and not _names_day(read)
        return ["title" if whole and name == "container-title" else name for name in labels]
    first = next((place for place, name in enumerate(labels) if name not in (OUTSIDE, "author")), len(labels))
    if "author" in labels[:first] and labels[first : first + 1] == ["publisher"]:
        while first < len(labels) and labels[first] == "publisher":
            labels[first] = "title"
            first += 1
    return labels


def _names_day(read: Labelled) -> bool:
    """Whether the date has a day or a month: what appears by the day is a periodical ("Le Temps, 4 mai 1903")."""
    return sum(name == "issued" for name in read.labels) > 1


def _joined(text: str, found: list[TaggedField]) -> list[TaggedField]:
    """The runs, those of one title joined over a word between them ("Practice in Theory", ", n. sp.")."""
    joined: list[TaggedField] = []
    for run in found:
        last = joined[-1] if joined else None
        if last and last.name == run.name and run.name in _TITLES and _WITHIN.fullmatch(text, last.end, run.start):
            joined[-1] = TaggedField(run.name, last.start, run.end, min(last.sure, run.sure))
        else:
            joined.append(run)
    return joined
