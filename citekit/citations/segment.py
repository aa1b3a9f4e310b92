"""Cutting a note into its citations and the comment between and around them.

A note is cut where a citation can end and another can begin: at semicolons, behind a complete citation at the end
of a sentence, before a signal, before a translation given with its original, and where a joining word stands
between two citations. Nothing inside quotation marks or an address is a cut. What has none of the signs of a
citation is comment and yields nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from citekit.citations.brackets import enclosures, protected
from citekit.citations.cues import find_cues, starts_with_ibid, translation_pattern
from citekit.citations.dates import find_dates, years
from citekit.citations.evidence import evidence, starts_citation
from citekit.citations.identifiers import find_identifiers
from citekit.citations.locators import find_locators
from citekit.citations.names import is_person
from citekit.citations.places import is_place, is_publisher
from citekit.lexicon import alternation, words
from citekit.model import CueKind, Span

__all__ = ["Segment", "segment"]

_CLOSING = " \t.,;:·"
_SENTENCE = re.compile(
    r"(?:(?<=[.!?…])|(?<=[.!?…][”\"»)\]])|(?<=[”\"»]\.))\s+(?=[^\W\d_a-z]|[“«\"„《])|(?<=。)\s*(?=\S)"
)
_SEMICOLON = re.compile(r"[;；]\s*")
_ABBREVIATION = re.compile(
    r"(?:\b[^\W\d_]|\b[A-Z][a-z]|\b(?:ed|eds|vol|vols|no|nos|nr|Nr|Bd|Hrsg|Hg|hrsg|hg|cf|Cf|cfr|Cfr|vgl|Vgl|Dr|Prof|St|Mr|Mrs|Jr|Sr|Ibid|ibid|pp|p|trad|op|art|cit|Ausst|Kat|Th|Chr|Ms|Mss|fol|fasc|cap|ca|Anm|Jg|Aufl|et al|et|al|u\.a|z\.B|d\.h|bes|trans|transl|repr|rev|ser|Ser|pt|ch|chap|n|s|pag|pagg|vd|ecc|etc|resp|Univ|Inst|Abt|Tl|Kap|Sp|Bl|FF|NF|N\.F|T|t|G|св|см|ред|изд|т|вып|пер|г|с))\.$"
)


# Languages that write an ordinal with a full stop.
_ORDINAL_POINT = ("de", "cs", "sk", "pl", "hu", "lv", "lt", "et", "fi", "da", "nb", "hr", "sl", "sr", "tr")


@dataclass(frozen=True, slots=True)
class Segment:
    """One citation in a line of words: its bounds without signal and closing punctuation, and its signal."""

    start: int
    end: int
    signal: str | None = None


@cache
def _signal_head() -> re.Pattern[str]:
    """Signals at the head; "s." and "v." are small there, a capital is an initial ("V. Ferrone")."""
    short = [word for word in words("signals", "see") if len(word) < 3 and word[0] < "\u2e80"]
    longer = [word for word in words("signals", "see") if word not in short and word[0] < "\u2e80"]
    east = [word for word in words("signals", "see") if word[0] >= "\u2e80"]
    return re.compile(
        rf"(?:(?i:{alternation(longer)})|{alternation(short)})(?![^\W\d_])[\s:,]*|(?:{alternation(east)})[：:\s]*"
    )


@cache
def _lead_head() -> re.Pattern[str]:
    lead = alternation([*words("signals", "lead"), *words("signals", "joins")])
    return re.compile(rf"(?:{lead})(?![^\W\d_])[\s:,]*", re.IGNORECASE)


@cache
def _signal_inside() -> re.Pattern[str]:
    """Signals that may stand inside a sentence; single letters and common words ("see", "in", "v.") only where
    punctuation or a bracket goes before."""
    longer = [word for word in words("signals", "see") if len(word) > 3 and word not in ("dazu", "hierzu", "following")]
    return re.compile(rf"(?<![^\W\d_])(?:{alternation(longer)})(?![^\W\d_])[\s:,]*", re.IGNORECASE)


@cache
def _joins() -> re.Pattern[str]:
    return re.compile(rf",?\s+(?:{alternation(words('signals', 'joins'))})\s+")


@cache
def _goes_on() -> re.Pattern[str]:
    """What cannot begin a citation: a page, a volume, a unit of a shelfmark, the container ("С. 45", "Т. 1", "In:")."""
    labels = alternation(
        [
            *words("locators", "page"),
            *words("locators", "folio"),
            *words("volumes", "volume"),
            *words("volumes", "issue"),
            *words("archives", "unit"),
        ]
    )
    return re.compile(rf"(?i:{labels})\s?[\dIVX№]|№|In\s?:|(?:{alternation(words('imprint', 'place'))})\s?[:,]")


@cache
def _joins_behind() -> re.Pattern[str]:
    return re.compile(rf",?\s+(?:{alternation(words('signals', 'joins'))})\s*$")


@cache
def _again() -> re.Pattern[str]:
    return re.compile(
        r",\s+(?=(?:ora|poi|già|now|jetzt|wieder|repris|repr\.|reprinted|erneut|auch|reimpreso)\s(?:in|dans|en)\b)",
        re.IGNORECASE,
    )


@cache
def _reprinted() -> re.Pattern[str]:
    """Words that open a second publication in brackets: "(poi in …", "(repr. in …", "(wieder in …"."""
    return re.compile(
        r"(?:poi|ora|now|then|repr\.|reprinted|repris|wieder|jetzt|auch|publié|pubblicat[oa]|reimpreso)\b",
        re.IGNORECASE,
    )


def segment(text: str, emphasis: tuple[Span, ...] = (), language: str | None = None) -> tuple[Segment, ...]:
    """The citations of a note (reading text), in order; empty when the note only comments."""
    marks = enclosures(text)
    mask = protected(text, marks)
    for identifier in find_identifiers(text):
        mask[identifier.start : identifier.end] = b"\x01" * (identifier.end - identifier.start)
    pieces = _pieces(text, mask, marks, language)
    segments: list[Segment] = []
    for start, end in pieces:
        found = _citation_in(text, start, end, emphasis, language, after_one=bool(segments))
        if found is None and segments and _continues(text, segments[-1], start, end):
            segments[-1] = Segment(segments[-1].start, _trim(text, start, end)[1], segments[-1].signal)
        elif found is not None:
            segments.append(found)
    return tuple(segments)


def _pieces(text: str, mask: bytearray, marks: tuple[object, ...], language: str | None) -> list[tuple[int, int]]:
    """The note cut at every place where one citation may end and another begin."""
    cuts = {0, len(text)}
    for match in _SEMICOLON.finditer(text):
        if not mask[match.start()] and not _goes_on_behind_semicolon(text[match.end() :]):
            cuts.add(match.end())
    for match in _SENTENCE.finditer(text):
        if not mask[match.start() - 1] or text[match.start() - 1] in '”"»)':
            previous = max(cut for cut in cuts if cut <= match.start())
            if _sentence_ends(text, previous, match.start(), match.end(), language):
                cuts.add(match.end())
    for match in translation_pattern().finditer(text):
        before = text[: match.start()].rstrip()
        if (
            before
            and before[-1] in "(,;.["
            and _complete(text[_last_cut(cuts, match.start()) : len(before) - 1], language)
        ):
            cuts.add(match.start())
    for pattern in (_joins(), _again()):
        for match in pattern.finditer(text):
            rest = text[match.end() :]
            if mask[match.start()] or not _complete(text[_last_cut(cuts, match.start()) : match.start()], language):
                continue
            if pattern is _again() or _signal_head().match(rest) or (starts_citation(rest) and not rest[:1].isdigit()):
                cuts.add(match.end())
    for match in _signal_inside().finditer(text):
        if (
            match.start()
            and not mask[match.start()]
            and _complete(text[_last_cut(cuts, match.start()) : match.start()], language)
        ):
            cuts.add(match.start())
    for match in re.finditer(r"[(\[]\s?", text):
        rest = text[match.end() : match.end() + 120]
        if starts_with_ibid(rest) or (
            _reprinted().match(rest) and _complete(text[_last_cut(cuts, match.start()) : match.start()], language)
        ):
            cuts.add(match.end())
    ordered = sorted(cuts)
    return [(a, b) for a, b in zip(ordered, ordered[1:], strict=False) if text[a:b].strip(_CLOSING)]


def _last_cut(cuts: set[int], place: int) -> int:
    return max(cut for cut in cuts if cut <= place)


def _goes_on_behind_semicolon(rest: str) -> bool:
    """A semicolon inside a citation: further pages, or a further author of the same work."""
    locators = find_locators(rest[:40])
    if locators and locators[0].start == 0:
        after = rest[locators[0].end :].lstrip()
        return not after or after[0] in ".;)"
    return False


def _complete(piece: str, language: str | None = None) -> bool:
    """Whether a citation could end here: with a page, a year, an address, a closing imprint, or a "cit."."""
    bare = piece.rstrip(" ,;.:")
    if not bare:
        return False
    if starts_with_ibid(piece.lstrip()) and len(bare) < 60:
        return True
    if bare[-1] == ")":
        inner = bare[bare.rfind("(") :]
        if years(inner) and len(inner) <= 8:
            return not _only_names(bare[: bare.rfind("(")])
        return bool(years(inner) or find_identifiers(inner) or find_dates(inner, language) or find_locators(inner))
    tail = bare[-60:]
    for found in (*find_locators(tail), *find_dates(tail, language)):
        if found.end >= len(tail) - 1:
            return True
    if any(identifier.end >= len(bare) - 1 for identifier in find_identifiers(bare)):
        return True
    if any(year.end >= len(tail) - 1 and _imprint_year(tail[: year.start]) for year in years(tail)):
        return True
    if re.search(r"(?:(?:\d|\)|[^\W\d_][”»*_]?)\s?[,:]|[,.!?][”»\"*_’])\s?\d{1,4}(?:[-–]\d{1,4})?(?:ff?\.?)?$", tail):
        return True
    cues = find_cues(bare)
    return bool(cues) and cues[-1].end >= len(bare) - 1 and cues[-1].cue.kind is not CueKind.IDEM


def _imprint_year(before: str) -> bool:
    """Whether what stands before a closing year is an imprint: a place, a publisher, or nothing behind a comma."""
    chunk = re.split(r"[,.:(\])]\s?", before.rstrip(" \u00b9\u00b2"))[-1].strip()
    named = chunk.split()
    return (
        not chunk or is_place(chunk) or is_publisher(chunk) or (len(named) <= 3 and all(w[0].isupper() for w in named))
    )


def _only_names(text: str) -> bool:
    names = [
        name.strip(" .,") for name in re.split(r",|&|;|\sand\s|\sund\s|\set\s|\se\s|\sy\s|/", text) if name.strip(" .,")
    ]
    return bool(names) and all(len(name.split()) <= 4 and (is_person(name) or name[:1].isupper()) for name in names)


def _sentence_ends(text: str, start: int, dot: int, following: int, language: str | None) -> bool:
    before, rest = text[start:dot], text[following:]
    if (
        before.endswith(".")
        and _ABBREVIATION.search(before)
        and not re.search(r"\b(?:cit|ibid|Ibid|ecc|etc)\.$", before)
    ):
        locators = find_locators(before[-30:])
        if not (locators and locators[-1].end >= min(len(before), 30) - 1):
            return False
    if _goes_on().match(rest):
        return False
    if language in _ORDINAL_POINT and re.search(r"[,(]\s\d{1,2}\.$", before):
        return False  # "5. Auflage"
    if _complete(before, language):
        return True
    has_signal = _signal_head().match(rest)
    if has_signal and (starts_citation(rest[has_signal.end() :]) or len(has_signal.group().strip()) > 2):
        return True
    quotation = enclosures(before)
    if (
        quotation
        and quotation[0].quoted
        and quotation[0].start == 0
        and quotation[0].end >= len(before.rstrip())
        and _NAMED_TITLE.match(rest)
    ):
        return True  # words quoted from a source, then the source
    # A comment that ends before a citation begins.
    return (
        len(before.split()) > 6
        and not re.match(r"In\b", rest)
        and not _begins_inside(before)
        and not evidence(before, language=language).is_citation
    )


def _begins_inside(comment: str) -> bool:
    """Whether a citation has begun in the words so far, at their head, behind a signal or at a name set off."""
    return (
        starts_citation(comment)
        or any(
            starts_citation(comment[signal.end() :])
            for signal in _signal_head().finditer(comment, 0, 40)
            if not signal.start()
        )
        or any(starts_citation(comment[signal.end() :]) for signal in _signal_inside().finditer(comment))
        or _late_start(comment, 0, len(comment)) is not None
    )


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start] in " ,;:.·–—" or (text[start] in "([" and not _closes(text, start, end))):
        start += 1
    while end > start and (text[end - 1] in _CLOSING + "([" or (text[end - 1] in ")]" and _unopened(text, start, end))):
        end -= 1
    return start, end


def _closes(text: str, start: int, end: int) -> bool:
    closing = ")" if text[start] == "(" else "]"
    return closing in text[start:end]


def _unopened(text: str, start: int, end: int) -> bool:
    closing = text[end - 1]
    opening = "(" if closing == ")" else "["
    return text.count(opening, start, end) < text.count(closing, start, end)


def _citation_in(
    text: str, start: int, end: int, emphasis: tuple[Span, ...], language: str | None, *, after_one: bool
) -> Segment | None:
    """The citation in a piece: leading signals and comment stripped, None where it is all comment."""
    start, end = _trim(text, start, end)
    joined = _joins_behind().search(text, start, end)
    if joined:
        start, end = _trim(text, start, joined.start())
    signal: str | None = None
    while start < end:
        match = _signal_head().match(text, start, end)
        lead = None if match else _lead_head().match(text, start, end)
        if match and (match.end() < end):
            signal = signal or text[start : match.end()].strip(" :,")
            start = match.end()
        elif (
            lead
            and lead.end() < end
            and not is_person(text[start : start + 60].split(",", maxsplit=1)[0])
            and _leads(text[lead.end() : end], text[start : lead.end()])
        ):
            start = lead.end()
        else:
            break
    inside = [
        match
        for match in _signal_inside().finditer(text, start, end)
        if match.end() < end and (starts_citation(text[match.end() : end]) or _emphasised_at(emphasis, match.end()))
    ]
    if inside and not starts_citation(text[start:end]):
        signal = inside[-1].group().strip(" :,")
        start = inside[-1].end()
    found = _citation_in_rest(text, start, end, emphasis, language, signal)
    if found is None and (signal or after_one):
        start, end = _trim(text, start, end)
        if _PLAIN_SHORT.match(text, start, end):
            return Segment(start, end, signal)
    return found


def _leads(rest: str, lead: str) -> bool:
    return starts_citation(rest) or bool(_signal_head().match(rest)) or lead.strip().endswith(":")


def _citation_in_rest(
    text: str, start: int, end: int, emphasis: tuple[Span, ...], language: str | None, signal: str | None
) -> Segment | None:
    start, end = _trim(text, start, end)
    said = _SAID_BEFORE.match(text, start, end)
    if said and starts_citation(text[said.end() : end]):
        start = said.end()
    piece = text[start:end]
    if not piece:
        return None
    if not starts_citation(piece):
        later = _late_start(text, start, end)
        if later is None and (_FINITE_OR_LONG.search(piece) or piece.count(",") > 1):
            later = _late_title(text, start, end, language)
        start = later if later is not None else start
        piece = text[start:end]
    emphasised = any(start <= span.start < end for span in emphasis)
    weighed = evidence(piece, emphasis=emphasised, language=language)
    if not weighed.is_citation or (not starts_citation(piece) and weighed.prose >= 1 and weighed.strong < 3):
        return None
    return Segment(start, end, signal)


def _emphasised_at(emphasis: tuple[Span, ...], place: int) -> bool:
    return any(abs(span.start - place) <= 1 for span in emphasis)


# "zum ganzen Abschnitt: Gould 1966": small words and a colon before the citation.
_SAID_BEFORE = re.compile(r"[^\W\d_A-Z][^\d:;,()“”«»\"]{3,80}:\s+")
# "Vgl. Marx, Asylrecht": behind a signal or another citation a family name and a short title suffice.
_PLAIN_SHORT = re.compile(
    r"[^\W\d_a-z][\w’'-]+(?:\s?/\s?[^\W\d_a-z][\w’'-]+)*,\s[^\W\d_a-z][^,.;:()]{2,60}(?:,\s(?:op\.\s)?cit\.?)?\s*$"
)
_FINITE_OR_LONG = re.compile(r"^[^“«„\"]{60,}|\b(?:in|see|of)\s[“«„\"]")
_NAMED_TITLE = re.compile(r"[^\W\d_a-z][^,“”«»]{2,60},\s[“«„\"*A-Z]")
_NAME_INSIDE = re.compile(
    r"(?<![^\W\d_])(?<!-)(?P<name>(?:[^\W\d_a-z]\.[-\s]?|[A-Z][a-z]\.\s?){1,3}(?:(?:von|van|de|di|da|del|della|Di|De|Van|Von|Le|La)\s){0,2}[^\W\d_a-z][^\W\d_][\w’'-]*)"
    r"(?=,\s|\s\(|:\s|\se\s|\sund\s|\sand\s)"
)
_FULL_NAME_INSIDE = re.compile(
    r"(?<![^\W\d_])(?P<name>[^\W\d_a-z][^\W\d_]+(?:\s[^\W\d_a-z]\.){0,3}\s[^\W\d_a-z][^\W\d_][\w’'-]*(?:\s[^\W\d_a-z][^\W\d_][\w’'-]+)?)(?=,\s[^\d]|\s\(\s?(?i:eds?|hrsg|hg|éd|dir|a cura|cur|red|coord)\b)"
)


_CITED_INSIDE = re.compile(
    r"(?<![^\W\d_])(?P<name>[^\W\d_a-z][^\W\d_][\w’'-]+)(?=,\s[^,;]{2,120},?\s(?:op\.\s?|art\.\s?)?cit\b)"
)


def _late_start(text: str, start: int, end: int) -> int | None:
    """Where the citation begins behind words of comment: at the first name set off by a comma, or a title."""
    places = []
    for pattern in (_NAME_INSIDE, _FULL_NAME_INSIDE):
        for match in pattern.finditer(text, start, end):
            if is_person(match["name"]):
                places.append(match.start())
                break
    cited = _CITED_INSIDE.search(text, start, end)
    if cited and not places:
        places.append(cited.start())
    return min(places, default=None)


def _late_title(text: str, start: int, end: int, language: str | None) -> int | None:
    """Where a citation begins with its title, behind words of comment that name the author in their own way."""
    for mark in enclosures(text[start:end]):
        if mark.quoted and mark.start and evidence(text[start + mark.start : end], language=language).strong >= 1:
            behind = text[start + mark.end : end].lstrip(" ,*_")
            if behind[:1].isupper() or text[start + mark.end - 2] == ",":
                return start + mark.start
    return None


def _continues(text: str, previous: Segment, start: int, end: int) -> bool:
    """Whether words without the signs of a citation still belong to the one before (a publisher, "2 vols.")."""
    piece = text[start:end].strip(_CLOSING)
    between = text[previous.end : start]
    if ";" in between and not find_identifiers(piece):
        return False
    return bool(find_identifiers(piece)) or (
        len(piece.split()) <= 6
        and not evidence(piece).prose
        and not piece[:1].islower()
        and between.strip() in (".", "")
    )
