"""The imprint: place, publisher, year, in brackets or at the end, in the orders that styles have.

(Place: Publisher, 1990)        Chicago and MHRA notes
Place: Publisher, 1990          Chicago bibliographies, DIN 1505, GB/T 7714, ISO 690
Publisher, Place 1990           Italian notes
Place, Publisher, 1990          French, Italian and Spanish notes
Place 1990                      German notes
Publisher, 1990                 MLA; APA without the year
"""

from __future__ import annotations

import re

from citekit.citations.brackets import protected
from citekit.citations.chunks import before_series, colon_before, previous_edge, without_stops
from citekit.citations.dates import find_dates, years
from citekit.citations.edition_figures import figured_editions, figured_years
from citekit.citations.line import Line
from citekit.citations.name_runs import names_from
from citekit.citations.names import is_given_name, is_institution, is_person
from citekit.citations.old_dates import roman_years
from citekit.citations.places import has_comma_house, is_place, is_publisher
from citekit.citations.reprints import tag_original_in_brackets
from citekit.citations.roles import role_after
from citekit.citations.tag_journal import label_journal_numbers, label_numbered_year, label_pages_behind
from citekit.citations.theses import genre_pattern, school_behind
from citekit.citations.yearless import said_for_year, tag_place_alone

__all__ = ["tag_imprint"]

_ABBREVIATED_HOUSE = re.compile(r"[A-Z]{3,5}")  # "(OUP 1961)" (OSCOLA 3.1.4)
_LONGEST_HEAD = 160  # characters of the names before the year of the author-date style
_FIRST_PRINT = "1400"  # a smaller number by itself is a page
_INITIAL = re.compile(r"(?:[^\W\d_a-z]\.-?){1,3}")
_COLON_AND_TITLE = re.compile(r"\s?:\s[“„«\"]?[^\W\d_]")
_IN_PLACE_OF_YEAR = re.compile(r"\. [^\d().]+\. ")  # "Marsh, Edith. Forthcoming. “Eels and Rent.” …"
_LONGEST_NAMES = 400  # characters of names before the year of the author-date style
# Where notes give the place alone ("Berlin 1991"), a short chunk before it belongs to the title.
_NO_HOUSES = ("de", "nl", "sv", "da", "nb", "pl", "cs")


def tag_imprint(line: Line) -> None:
    """Label issued, publisher-place and publisher, volume and issue of a journal, and bare pages behind them."""
    _edition_glued(line)
    tag_original_in_brackets(line)
    if not (label_numbered_year(line) or _year_behind_names(line) or _thesis(line) or _bracketed(line)):
        _at_the_end(line)
    _set_imprint(line)
    label_pages_behind(line)


def _year_behind_names(line: Line) -> bool:
    """ "Skocpol, Theda. 1979. States …" (Chicago 17, 15.6); "Abbink, J. 2006: Discomfiture …" (German practice)."""
    if (literal := line.first("issued")) and _IN_PLACE_OF_YEAR.fullmatch(line.text, literal.start - 2, literal.end + 2):
        _without_year(line, literal.end)
        return True
    for year in years(line.text[:_LONGEST_HEAD]):
        start = _before_original(line, year.start)
        stop = line.text[year.end : year.end + 2] == ". " and line.text[:start].rstrip().endswith(".")
        colon = _COLON_AND_TITLE.match(line.text, year.end)
        if stop or colon:
            if not _behind_names(line, start):
                return False
            line.label("issued", year.start, year.end)
            _without_year(line, year.end)
            return True
    return False


def _before_original(line: Line, year: int) -> int:
    """Where the bracket with the year of the first edition begins before a year ("(1922) 1978"); else the year."""
    original = line.first("original-date")
    return original.start - 1 if original and 0 < year - original.end <= len(") ") else year


def _thesis(line: Line) -> bool:
    """ ", tesi di dottorato, Università di Napoli, 1998": the kind of thesis, then where and when it was accepted."""
    for match in genre_pattern().finditer(line.text):
        before = line.text[: match.start()].rstrip()
        year = next((found for found in years(line.text[match.end() : match.end() + 100])), None)
        school = school_behind(line.text, match.end())
        goes_on = school is None and re.match(r"\s[^\W\d_A-Z]", line.text[match.end() : match.end() + 2])
        if goes_on or not _titled(line, match.start()):
            continue  # "Report on …" is a title
        if year is None or not before or before[-1] not in ',.;”»"’' or line.quoted(match.start()):
            continue
        start = match.end() + year.start
        line.label("genre", *match.span(), strip=" ,;")
        bounds = _inner_bounds(line, school or match.end(), start)
        if bounds:
            stated = line.text[slice(*bounds)]
            comma = stated.rfind(", ")
            if is_place(stated):
                line.label("publisher-place", *bounds)
            elif comma > 0 and is_place(stated[comma + 2 :]):
                line.label("publisher", bounds[0], bounds[0] + comma)
                line.label("publisher-place", bounds[0] + comma + 2, bounds[1])
            else:
                line.label("publisher", *bounds)
        line.label("issued", start, match.end() + year.end)
        line.tail = min(line.tail, match.start())
        return True
    return False


def _set_imprint(line: Line) -> None:
    """A volume of a set: "Utet, Torino 1971-1978, vol. II: …, 1974" has its place and house before the set's years."""
    issued = line.first("issued")
    if issued is None or line.has("publisher-place") or line.has("publisher"):
        return
    earlier = _year_in(line, 0, issued.start)
    if earlier is None:
        return
    edge = previous_edge(line, earlier[0])
    attached = line.text[edge : earlier[0]].strip(" ,;:.–—，：")
    if attached and is_place(attached):
        line.tail = min(line.tail, _place_year(line, edge, earlier[0], attached))
        line.hold(*earlier)


def _edition_glued(line: Line) -> None:
    """ "Leipzig 19275", "München 52009": the superscript of the edition, flattened (Italian and German practice)."""
    known = set(figured_editions(line.text))
    for year, edition in figured_years(line.text):
        start, end = min(year[0], edition[0]), max(year[1], edition[1])
        worded = year < edition and re.search(r"[^\W\d_][\w.)]*\s$|\[$", line.text[:start])
        if line.free(start, end) and ((year, edition) in known or worded):
            if not line.has("edition"):
                line.label("edition", *edition)
            else:
                line.hold(*edition)


def _before_figure(line: Line, year: int) -> int:
    """Where the figure of the edition before a year begins ("Köln ³1996"); the year where there is none."""
    return next((found.start for found in line.fields if found.name == "edition" and found.end == year), year)


def _author_date(line: Line) -> bool:
    """ "Marcum, John A. (1969). Title …": the year in brackets right behind the names (Chicago 17, 15.5; APA 7)."""
    for mark in line.marks:
        if mark.quoted or mark.start > _LONGEST_NAMES:
            break
        found = _year_in(line, *mark.inner)
        if (
            found is not None
            and line.free(*found)
            and not re.search(r"\w", line.text[mark.start : found[0]] + line.text[found[1] : mark.end])
            and not _imprint_elsewhere(line, mark.start, mark.end)
            and _behind_names(line, mark.start)
        ):
            line.label("issued", *found)
            line.hold(mark.start, mark.end)
            _without_year(line, mark.end)
            return True
    return False


def _bracketed(line: Line) -> bool:
    """An imprint in brackets; a bracket with a year alone is the year of a journal or behind an author."""
    if _author_date(line):
        return True
    for mark in reversed(line.marks):
        if (
            mark.quoted
            or line.quoted(mark.start)
            or any(o.start < mark.start and mark.end < o.end for o in line.marks if o.quoted)
        ):
            continue
        start, end = mark.inner
        inner = line.text[start:end]
        found = _year_in(line, start, end)
        if found is None or not line.free(found[0], found[1]):
            continue
        rest = inner.replace(line.text[found[0] : found[1]], "", 1).strip(" ,.;")
        elsewhere = _imprint_elsewhere(line, mark.start, mark.end)
        if not rest or re.fullmatch(r"[a-zäöü.]{0,5}", rest):
            if "/" in _edtf_of(inner) and (elsewhere or line.has("issued")):
                continue  # "(1310-1390)": the span that a title states
            if elsewhere:
                line.label("original-date", *found)
                line.hold(mark.start, mark.end)
                continue
            line.label("issued", *found)
            label_journal_numbers(line, line.head, mark.start)
            line.tail = min(line.tail, mark.start) if mark.start > 12 else line.tail
            return True
        if elsewhere or _closed_by_imprint(line.text[: mark.start]):
            continue  # a conference, an exhibition, another edition: the imprint stands outside
        if _place_and_publisher(line, start, _before_figure(line, found[0])):
            line.label("issued", *found)
            line.tail = min(line.tail, mark.start)
            return True
        if re.match(r"(?:ed|eds|hrsg|hg|trans|trad|übers|orig|1st|first|repr|rist)\b", inner, re.IGNORECASE):
            continue
        if mark.start > 12 and not re.search(r"[^\W\d_]{4}", rest):
            line.label("issued", *found)
            line.tail = min(line.tail, mark.start)
            return True
    return False


def _closed_by_imprint(before: str) -> bool:
    """Whether the words before a bracket end with an imprint: then the bracket names another edition."""
    closing = re.search(r"[,.:]\s(?P<chunk>[^,.:;()]{2,60}),?\s(?:1[4-9]|20)\d{2}\d?\s?$", before)
    return closing is not None and (is_place(closing["chunk"]) or is_publisher(closing["chunk"]))


def _behind_names(line: Line, place: int) -> bool:
    """Whether only names stand before: the year of the author-date style (Chicago 17, 15.5; APA 7)."""
    start = next((n for n in range(place) if not line.taken[n] and line.text[n].isalpha()), place)
    found, after = names_from(line.text, start, place, language=line.language)
    role = role_after().match(line.text, after)
    return bool(found) and not line.text[role.end() if role else after : place].strip(" .,;:()")


def _without_year(line: Line, start: int) -> None:
    """The end of an author-date reference: "Place: Publisher", a publisher, or a journal's numbers."""
    end = len(line.text.rstrip(" .,;"))
    while end > start and (line.taken[end - 1] or (line.text[end - 1] in " ()" and line.has("URL"))):
        end -= 1
    end = without_stops(line, end)
    edge = previous_edge(line, end)
    colon = colon_before(line, edge)
    closing = line.text[edge:end].strip()
    if colon is not None and colon[0] > start:
        line.label("publisher", colon[1], end)
        line.label("publisher-place", *colon)
        line.tail = min(line.tail, colon[0])
    elif edge > start and is_publisher(closing):
        line.label("publisher", edge, end)
        line.tail = min(line.tail, edge)
    elif edge > start and is_place(closing) and line.has("URL") and line.text[:edge].rstrip().endswith("."):
        line.label("publisher-place", edge, end)  # "(2012): Title. Wiesbaden. Online unter: https://…"
        line.tail = min(line.tail, edge)
    else:
        label_journal_numbers(line, start, end)


def _imprint_elsewhere(line: Line, start: int, end: int) -> bool:
    """Whether another imprint with a year follows: then "(1905)" behind a title is the original's year."""
    rest = line.text[end:]
    places = [(year.start, year.end) for year in years(rest)] + [year for year, _ in figured_years(rest)]
    for first, last in places:
        before = rest[:first].rstrip()
        if not line.quoted(end + first) and re.search(r"[^\W\d_]", before) and line.free(end + first, end + last):
            chunk = re.split(r"[,:.(]\s?", before)[-1].strip()
            if (
                is_place(chunk)
                or is_publisher(chunk)
                or (before.endswith(",") and re.search(r"[,:]\s[^,:]+,$", before))
            ):
                return start > 12
    return False


def _edtf_of(inner: str) -> str:
    found = years(inner)
    return found[0].edtf if found else ""


def _year_in(line: Line, start: int, end: int) -> tuple[int, int] | None:
    """The last date or year of a stretch, outside quotation marks and not taken."""
    stretch = line.text[start:end]
    dates = find_dates(stretch, line.language)
    dated = bytearray(len(stretch))
    for date in dates:
        dated[date.start : date.end] = b"\x01" * (date.end - date.start)
    printed = (year for year in years(stretch) if year.edtf >= _FIRST_PRINT and not any(dated[year.start : year.end]))
    roman = (year for year in roman_years(line.text) if start < year.start and year.end <= end)
    glued = [year for year, edition in figured_years(stretch) if line.taken[start + edition[0]]]
    spans = [(start + date.start, start + date.end) for date in (*dates, *printed)]
    spans += [(start + first, start + last) for first, last in glued]
    spans += [(year.start, year.end) for year in roman]
    usable = [
        s for s in spans if line.free(*s) and not line.quoted(s[0]) and not (line.emphasised(s[0]) and start == 0)
    ]
    inside = protected(line.text, tuple(mark for mark in line.marks if mark.start > start))
    return max([span for span in usable if not inside[span[0]]] or usable, default=None)


def _place_and_publisher(line: Line, start: int, year: int) -> bool:
    """Label "Place: Publisher", "Place, Publisher", "Publisher, Place" or either before a year, from `start` on."""
    bounds = _inner_bounds(line, _behind_genre(line, start, year), year)
    if bounds is None:
        return line.has("genre")
    start, end = bounds
    stated = line.text[start:end]
    colon = re.search(r"\s?[:：]\s?", stated)
    if colon:
        first, last = start + colon.start(), start + colon.end()
        if len(stated[: colon.start()].split()) > 6 and not is_place(stated[: colon.start()]):
            return False
        line.label("publisher-place", start, first)
        line.label("publisher", last, end)
        return True
    comma = stated.rfind(", ")
    if comma < 0:
        house = line.has("genre") or is_publisher(stated) or _ABBREVIATED_HOUSE.fullmatch(stated) is not None
        name = "publisher-place" if is_place(stated) or not house else "publisher"
        return len(stated.split()) <= 8 and line.label(name, start, end)
    left, right = stated[:comma], stated[comma + 2 :]
    if is_place(stated):
        return line.label("publisher-place", start, end)
    if is_place(right) and not is_place(left):
        return line.label("publisher", start, start + comma) and line.label("publisher-place", start + comma + 2, end)
    if is_place(left) or is_publisher(right):
        return line.label("publisher-place", start, start + comma) and line.label("publisher", start + comma + 2, end)
    return False


def _behind_genre(line: Line, start: int, year: int) -> int:
    """ "(PhD diss., University of Leeds, 1980)": the kind of thesis goes before the institution."""
    genre = genre_pattern().match(line.text, start, year)
    if genre and line.label("genre", *genre.span(), strip=" ,;"):
        return genre.end()
    return start


def _inner_bounds(line: Line, start: int, year: int) -> tuple[int, int] | None:
    end = year
    while end > start and line.text[end - 1] in " ,;.:：，":
        end -= 1
    while start < end and (line.text[start] in " ,;." or line.taken[start]):
        start += 1
    return (start, end) if start < end and line.free(start, end) else None


def _at_the_end(line: Line) -> None:
    """An imprint without brackets: the last year outside quotation marks, or "in press", and what stands before."""
    if (found := _year_in(line, 0, len(line.text)) or said_for_year(line)) is None:
        tag_place_alone(line)
        return
    start, end = found
    if start == 0:
        line.label("issued", start, end)
        return
    line.label("issued", start, end)
    start = before_series(line, _before_figure(line, start))
    edge = previous_edge(line, start)
    attached = line.text[edge:start].strip(" ,;:.–—，：")
    comma_before = line.text[:start].rstrip().endswith((",", "，"))
    if attached and not comma_before:
        before_place = _place_year(line, edge, start, attached)
        line.tail = min(line.tail, before_place)
        return
    line.tail = min(line.tail, start)
    before = line.text[previous_edge(line, without_stops(line, start)) : without_stops(line, start)]
    if not is_publisher(before):
        label_journal_numbers(line, line.head, start)
    previous = previous_edge(line, without_stops(line, start))
    chunk = (previous, without_stops(line, start))
    stated = line.text[chunk[0] : chunk[1]].strip()
    colon = colon_before(line, chunk[0])
    if colon is not None:
        line.label("publisher", colon[1], chunk[1])
        line.label("publisher-place", colon[0], colon[1])
        line.tail = min(line.tail, colon[0])
        return
    if not stated or not line.free(*chunk) or re.fullmatch(r"[\d\W]+", stated) or line.quoted(chunk[0]):
        return
    other_start = previous_edge(line, without_stops(line, chunk[0]))
    other = (other_start, without_stops(line, chunk[0]))
    beside = line.text[other[0] : other[1]].strip()
    usable = bool(beside) and line.free(*other) and not line.quoted(other[1] - 1) and other[0] > 0
    if is_place(stated) and not is_publisher(stated):
        line.label("publisher-place", *chunk)
        line.tail = min(line.tail, chunk[0])
        if usable and is_publisher(beside):
            line.label("publisher", *other)
            line.tail = min(line.tail, other[0])
    elif (
        is_publisher(stated) or (usable and is_place(beside)) or (_short_name(stated) and not _to_the_day(line, found))
    ):
        if not is_publisher(stated) and not (usable and is_place(beside)) and not _titled(line, chunk[0]):
            return
        house, place = chunk, other
        if usable and (is_publisher(stated) or is_institution(stated)) and not is_place(beside):
            # "Cambridge (Mass.), Council on East Asian Studies, Harvard University, 1980": a house of two names
            edge_of_place = previous_edge(line, without_stops(line, other[0]))
            third = (edge_of_place, without_stops(line, other[0]))
            if third[0] > 0 and line.free(*third) and is_place(line.text[slice(*third)]):
                house, place, beside = (other[0], chunk[1]), third, line.text[slice(*third)]
        line.label("publisher", *house)
        line.tail = min(line.tail, house[0])
        if usable and (is_place(beside) or _behind_title(line, place, beside)):
            line.label("publisher-place", *place)
            line.tail = min(line.tail, place[0])


def _behind_title(line: Line, span: tuple[int, int], stated: str) -> bool:
    """Whether a short name stands right behind a title that quotation marks, italics or a gloss close: its place."""
    before = without_stops(line, span[0])
    closed = any(mark.end == before for mark in line.marks) or any(abs(e.end - before) <= 1 for e in line.emphasis)
    return closed and _short_name(stated) and len(stated.split()) <= 2 and not line.has("volume")


def _to_the_day(line: Line, span: tuple[int, int]) -> bool:
    """Whether a date names a day or month: then a newspaper stands before it rather than a publisher."""
    return bool(find_dates(line.text[slice(*span)], line.language))


def _titled(line: Line, place: int) -> bool:
    """Whether something that can be a title stands before: a quotation, italics, or several chunks."""
    return (
        any(mark.quoted and mark.end <= place for mark in line.marks)
        or any(s.end <= place for s in line.emphasis)
        or (line.text.count(",", 0, place) >= 2)
    )


def _place_year(line: Line, edge: int, year: int, attached: str) -> int:
    """ "…, Publisher, Place 1990": the words that the year closes are the place; the chunk before may be the house."""
    if line.quoted(edge) or not line.free(edge, year):
        return year
    colon = colon_before(line, edge)
    if colon is not None and is_publisher(attached):
        line.label("publisher", colon[1], year)
        line.label("publisher-place", colon[0], colon[1])
        return colon[0]
    place, colon_sign, house = attached.partition(": ")
    if colon_sign and colon is None and _short_name(place) and _short_name(house) and _titled(line, edge):
        line.label("publisher-place", edge, edge + line.text[edge:year].index(":"))  # "Wuppertal: Hammer 1974"
        line.label("publisher", edge + line.text[edge:year].index(":"), year, strip=" \t,;:.")
        return edge
    known = is_place(attached)
    other_end = without_stops(line, edge)
    other_start = previous_edge(line, other_end)
    other = line.text[other_start:other_end].strip()
    if not known and is_publisher(attached):
        line.label("publisher", edge, year)
        if is_place(other) and not is_publisher(other) and line.free(other_start, other_end) and other_start > 0:
            line.label("publisher-place", other_start, other_end)  # "Paris, PUF 1999"
            return other_start
        return edge
    if not known and not _short_name(attached):
        return year
    if not known and edge == 0:
        return year
    if not known and not (other and _titled(line, edge)):
        return year
    line.label("publisher-place", edge, year)
    if other and other_start > 0 and line.free(other_start, other_end) and not line.quoted(other_end - 1):
        wider = previous_edge(line, without_stops(line, other_start))
        if wider > 0 and line.free(wider, other_end) and has_comma_house(line.text[wider:other_end].strip()):
            line.label("publisher", wider, other_end)
            return wider
        behind_stop = line.text[:other_start].rstrip().endswith((".", "?", "!"))
        if (
            is_publisher(other)
            or (_of_founder(other) and _enough_before(line, other_start))
            or (
                not behind_stop
                and line.language not in _NO_HOUSES
                and _short_name(other)
                and _enough_before(line, other_start)
            )
        ):
            line.label("publisher", other_start, other_end)
            return other_start
    return edge


def _of_founder(name: str) -> bool:
    """Whether a house has a person's name: "F. Enke", "Eugen Diederichs"."""
    first, _, rest = name.partition(" ")
    return bool(rest) and (is_given_name(first) or _INITIAL.fullmatch(first) is not None) and is_person(name)


def _enough_before(line: Line, place: int) -> bool:
    """Whether author and title can both stand before `place`."""
    return line.text.count(",", 0, place) >= 2 or any(m.quoted and m.end <= place for m in line.marks)


def _short_name(name: str) -> bool:
    """At most four name, all of weight with a capital: what an unknown place or house looks like."""
    tokens = name.split()
    small = [token for token in tokens if token[0].islower() and len(token) > 3 and not is_publisher(token)]
    return 1 <= len(tokens) <= 5 and tokens[0][0].isupper() and not small and not re.search(r"\d|[?!]", name)
