"""Archival sources: repository and shelfmark ("Newberry Library, Papers of …, box 8, folder 11")."""

from __future__ import annotations

import re

from citekit.citations.archive_heads import is_call
from citekit.citations.dates import find_dates
from citekit.citations.line import Line, TaggedField
from citekit.citations.locators import find_locators
from citekit.citations.shelfmarks import repository_at_head, repository_behind, repository_chunk, shelfmark

__all__ = ["tag_archive", "tag_file", "tag_further_file"]

_SIDE = re.compile(r"\s?(?:[rv]\.?)?[\s.,]*")
_LEADS_TO_DATE = re.compile(r"\s(?:du|vom|del|dated|of|od|z|от|af|av|den|de|da)\s$")
_PAGES = re.compile(r",\s(?P<pages>\d{1,4}[-–]\d{1,4})[\s.]*\Z")
_FIGURE = re.compile(r"\d|(?<![^\W\d_])[IVXLC]{1,6}(?![^\W\d_])")  # "HO 42/34", "Cotton MS Nero D IV"
_DAY = 10  # characters of an EDTF date with its day


def tag_archive(line: Line) -> None:
    """Label the repository as `archive` and what follows it as `archive_location`; both end the title.

    Chicago 17, 14.222: the shelfmark goes from the item to the repository or (in Europe) the other way round; only
    the second order, and a shelfmark without repository, can be told by its words alone.
    """
    if _at_the_head(line):
        return
    unit = shelfmark(line.text)
    if unit is None:
        return
    start = _chunk_start(line, unit.start())
    repository = repository_chunk(line.text, start)
    if repository is not None and line.free(*repository):
        line.label("archive", *repository)
        line.tail = min(line.tail, repository[0])
    end = min((found.start for found in line.fields if found.start > start), default=len(line.text))
    while end > start and line.taken[end - 1]:
        end -= 1
    behind = repository_behind(line.text, unit.end(), end) if repository is None else None
    if behind is not None and line.free(behind, end):
        line.label("archive", behind, end)
        end = behind
    end = _without_leaf(line, start, _without_date(line, start, end))
    if line.label("archive_location", start, end):
        line.tail = min(line.tail, start)


def tag_further_file(text: str, language: str | None) -> tuple[TaggedField, ...]:
    """The fields of another file of the archive cited before: its shelfmark, the day of a document, the leaf.

    "Graham to Peel, 5 May 1843, Add. MS 40447, fol. 3" has the document before its place, as Chicago 17, 14.222 has it.
    """
    line = Line(text, (), language)
    start = _behind_document(line)
    shelf = _without_leaf(line, start, _without_date(line, start, len(text)))
    line.label("archive_location", start, shelf)
    return tuple(sorted(line.fields, key=lambda found: found.start))


def tag_file(text: str, repository: int, language: str | None) -> tuple[TaggedField, ...]:
    """The fields of a file whose repository is known to end there: its shelfmark, the day of a document, the leaf."""
    line = Line(text, (), language)
    line.label("archive", 0, repository)
    leaf = _without_leaf(line, repository, len(text))
    shelf = _without_date(line, repository, leaf)  # "E/4/616, 3 May 1780, fol. 5", "E/4/616, fol. 5, 3 May 1780"
    line.label("archive_location", repository, shelf if leaf < len(text) else _without_leaf(line, repository, shelf))
    return tuple(sorted(line.fields, key=lambda found: found.start))


def _behind_document(line: Line) -> int:
    """Where the shelfmark begins behind a document and its day; 0 where no day stands before one."""
    day = next((date for date in find_dates(line.text, line.language) if len(date.edtf) == _DAY), None)
    if day is None or not any(map(str.isdigit, line.text[day.end :])):
        return 0
    line.label("title", 0, day.start)
    line.label("issued", day.start, day.end, strip="")
    return day.end


def _at_the_head(line: Line) -> bool:
    """ "AGI, Audiencia de México, leg. 1234, fol. 5r": the repository first, as archives in Europe want it cited."""
    repository = repository_at_head(line.text)
    if repository is None or not line.free(0, repository):
        return False
    line.label("archive", 0, repository)
    line.release([found for found in line.fields if found.name in ("volume", "issue", "number")])
    line.release([found for found in line.fields if found.name == "locator"][:-1])  # "f. 1234, c. 56r": file, then leaf
    end = min((found.start for found in line.fields if found.start > repository), default=len(line.text))
    while end > repository and line.taken[end - 1]:
        end -= 1
    line.taken[repository:end] = bytes(end - repository)  # "Nr.", "f.": units of the shelfmark, whatever else they mean
    shelf = _without_leaf(line, repository, _without_date(line, repository, end))
    line.label("archive_location", repository, shelf)
    line.hold(0, end)
    line.head, line.tail = end, min(line.tail, end)
    return True


def _without_date(line: Line, start: int, end: int) -> int:
    """Where the shelfmark ends before the day of the document that closes it: ", rapport du préfet, 3 mars 1822"."""
    closing = _closing_date(line, start, end)
    if closing is None:
        return end
    line.label("issued", *closing, strip="")
    line.hold(closing[0], end)
    leading = _LEADS_TO_DATE.search(line.text, start, closing[0])
    return leading.start() if leading else closing[0]


def _closing_date(line: Line, start: int, end: int) -> tuple[int, int] | None:
    dates = [date for date in find_dates(line.text[start:end], line.language) if len(date.edtf) == _DAY]
    if not dates or line.text[start + dates[-1].end : end].strip(" .,)"):
        return None
    return start + dates[-1].start, start + dates[-1].end


def _without_leaf(line: Line, start: int, end: int) -> int:
    """Where the shelfmark ends before the leaf that closes it: "leg. 1217, f. 44", "оп. 9, д. 112, л. 33 об.".

    Chicago 17, 14.222 and the archives' own rules put the smallest unit last; a leaf alone is no shelfmark.
    """
    for found in reversed(find_locators(line.text)):
        if found.end > end or found.start < start:
            continue
        side = _SIDE.fullmatch(line.text, found.end, end)
        mark = line.text[: found.start].rstrip()[-1:]
        if side is None or found.locator.label not in ("folio", "page") or mark not in (",", ";", "."):
            return end
        if _FIGURE.search(line.text, start, found.start) is None or line.has("locator"):
            return end
        line.label("locator", found.value_start, found.value_end)
        line.hold(found.start, end)
        return found.start
    pages = _PAGES.search(line.text, start, end)
    if pages is None or line.has("locator") or not _ends_with_call(line.text[start : pages.start()]):
        return end
    line.label("locator", *pages.span("pages"))
    line.hold(pages.start(), end)
    return pages.start()


def _ends_with_call(shelf: str) -> bool:
    """ "CO 854/37" before ", 12–13": letters and numbers, behind which a range is of pages."""
    call = shelf.strip(" ,").rpartition(", ")[2]
    return bool(call) and is_call(call, 0)


def _chunk_start(line: Line, place: int) -> int:
    comma = line.text.rfind(", ", 0, place)
    return comma + 2 if comma >= 0 and not line.enclosed(comma) else place
