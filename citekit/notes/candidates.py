"""Everything that might be a note's label or a marker, with how likely it is by itself.

Which of them are, the sequence decides (`citekit.notes.sequence`): a number alone says little.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from citekit.model import Document, HintKind, Span
from citekit.notes.layout import Layout
from citekit.notes.signs import before_number, label_value, looks_like_heading, looks_like_note

__all__ = ["Definition", "MarkerCandidate", "Style", "definitions", "markers", "normal_label", "sign_markers"]

Style = str
"""How a label is set off: "bare", "dot", "half" (`1)`), "paren", "bracket", "superscript", "circled", "sign"."""

_MOST = 3000  # no document numbers more notes in one run; four digits are mostly years
_DIGITS = r"[1-9]\d{0,3}"
_CIRCLED = "①-⑳㉑-㉟㊱-㊿"
_SIGNS = r"\*{1,4}|[∗＊]{1,4}|†{1,3}|‡{1,3}|§{1,2}(?=\s?[^\W\d_])|¶{1,2}|‖"
_DEFINITION = re.compile(
    # "\[1\]" and "[\[1\]](#_ftnref1)" are what converters from Word and HTML make of a bracket in Markdown.
    rf"(?:\[?\\?(?P<bracket>[\[［〔【])\s?(?P<b>{_DIGITS})\s?\\?[\]］〕】](?:\]?\([^()\s#]{{0,200}}#[^()\s]{{1,200}}\))?[.:]?"
    rf"|[(（]\s?(?P<paren>{_DIGITS}|[１-９][０-９]{{0,3}})\s?[)）][.:]?"
    rf"|(?P<superscript>[¹²³⁴-⁹][⁰¹²³⁴-⁹]{{0,3}})[.):]?"
    rf"|<sup>(?P<sup>{_DIGITS})</sup>"
    rf"|\^\{{?(?P<caret>{_DIGITS})[\}}^]?"
    rf"|(?P<circled>[{_CIRCLED}])"
    rf"|(?P<sign>{_SIGNS})\)?"
    rf"|(?P<half>{_DIGITS})\s?[)）\]]"
    rf"|(?P<dot>{_DIGITS})[.．:、](?!\d)"
    rf"|(?P<bare>{_DIGITS})(?![\d.,:/%°])"
    rf"|(?P<noise>[lI][\dlO]?|[1-9][lO])(?=[.)]?\s)[.)]?)"
    r"(?P<gap>[^\S\n]*)"
)
_PREFIX = re.compile(
    r"(?:note|anm\.|anmerkung|fußnote|fn\.|nota|прим\.|примечание|注释|注|註)\s?(?=\d|[（(\[]\d)", re.IGNORECASE
)
_AHEAD = 400  # characters of a note's beginning that are looked at
_IN_AREA, _OUTSIDE_AREA = 0.8, -0.8  # where the format shows the areas of notes: on a label in them, and elsewhere
_NOISE = str.maketrans("lIO", "110")

_GLUE = r".,;:!?…\"”“»«’‘'´`)\]}%›‹。，、；：！？」』）》〉】"
# "[3, с. 45–47]": the number of a reference and the page (GOST R 7.0.5-2008, 7.4.2).
_CITED_PAGE = r"(?:,\s?(?:[сСcp]|стр|pp|S|s)\.\s?\d{1,4}(?:\s?[-–—]\s?\d{1,4})?)?"
_LISTED = rf"[1-9]\d{{0,3}}{_CITED_PAGE}"
_MARKER = re.compile(
    rf"(?:(?<=[^\W\d_])|(?<=[{_GLUE}]))(?P<glued>{_DIGITS})(?![\w%°′]|[.,:/]\d|[-–]\d|\]|[^\W\d_])"
    rf"|(?<=[.!?…\"”»’)\],;:])[ \u00a0]{{1,2}}(?P<spaced>{_DIGITS})"
    r"(?=[ \t]*(?:[\n\r\f\u2028\u2029]|\Z)|[ \t]{1,2}[^\W\d_]|[.,;](?:\s|\Z))"
    rf"|(?<=[^\W\d_])[ \u00a0](?P<loose>{_DIGITS})(?=[.,;](?:\s|\Z))"
    r"|(?<!\d)(?:1[0-9]{3}|20\d\d)(?P<year>[1-9]\d{0,2})(?![\w%]|[.,:/]\d|[-–]\d)"
    rf"|[\[［〔【](?P<bracket>{_LISTED}(?:\s?[,;–-]\s?{_LISTED}){{0,20}})\\?[\]］〕】]"
    r"|(?<![\w])[(（](?P<paren>[1-9]\d{0,2}|[１-９][０-９]{0,2})[)）]"
    r"|(?<=[^\W\d_.,;:!?…\"”»’)])[(（](?P<tight>[1-9]\d{0,2}|[１-９][０-９]{0,2})[)）]"
    r"|(?<=\S)(?P<superscript>[¹²³⁴-⁹][⁰¹²³⁴-⁹]{0,3})"
    rf"|<sup>(?P<sup>{_DIGITS})</sup>|(?<=\S)\^\{{?(?P<caret>{_DIGITS})\}}?"
    rf"|(?P<circled>[{_CIRCLED}])"
)
_NUMBER = re.compile(rf"(?P<number>[1-9]\d{{0,3}}){_CITED_PAGE}")
_ANY_NUMBER = re.compile(rf"\d+|[⁰¹²³⁴-⁹]+|[{_CIRCLED}]")
_SIGN_MARKER = re.compile(
    r"(?<=[^\s*†‡§¶‖∗])\s?(?P<sign>\*{1,4}|[∗＊]{1,4}|†{1,3}|‡{1,3}|(?<=\S)§(?=[\s.,;:)])|¶|‖)(?![*†‡\w])"
)
_ONLY_INDENTED = re.compile(r"(?:[\n\r\f\u2028\u2029]|\A)[ \t\u00a0]*\Z")
_YEAR_BEFORE = re.compile(r"(?<!\d)(?:1\d|20)\d\d[.,:]\Z")
_UNIT = re.compile(r"(?:\b|\d)(?:k|c|m|d|h)?m$|\d$|\bft$|\bin$")
_CODE = re.compile(r"(?<![^\W\d_])[A-ZА-Я]{1,5}$|[-_/]\w{0,8}$")
_LAST_WORD = re.compile(r"(?<![^\W\d_])([^\W\d_]+)[.\s\u00a0]{0,16}$|([№°])\s?$")


@dataclass(frozen=True, slots=True)
class Definition:
    """A line's beginning that might be the label of a note.

    Attributes:
        line: number of the line that it stands on.
        span: the label's characters.
        label: as the JSON schema (docs/schema) spells it (`²` is "2", `*` stays "*").
        value: its number, 0 for a sign.
        style: how it is set off.
        content: offset of the note's first character.
        weight: how likely it is, from what stands behind it alone.
        noteish: the words behind it look like a note's.
    """

    line: int
    span: Span
    label: str
    value: int
    style: Style
    content: int
    weight: float
    noteish: bool


@dataclass(frozen=True, slots=True)
class MarkerCandidate:
    """A number or sign in the text that might call a note."""

    span: Span
    label: str
    value: int
    style: Style
    weight: float


def normal_label(label: str) -> str:
    """A label as the JSON schema (docs/schema) spells it: superscript, full-width and circled digits as plain ones."""
    value = label_value(label)
    return label if value is None else str(value)


def definitions(layout: Layout) -> list[Definition]:
    """All candidates for a note's label, in document order."""
    found = []
    for number, line in enumerate(layout.lines):
        if line.blank or line.furniture:
            continue
        candidate = _definition(layout, number)
        if candidate:
            found.append(candidate)
    return found


def _definition(layout: Layout, number: int) -> Definition | None:
    line = layout.lines[number]
    text = layout.text
    start = line.first
    prefix = _PREFIX.match(text, start, line.last)
    matched = _DEFINITION.match(text, prefix.end() if prefix else start, line.last)
    if not matched:
        return None
    group = next(
        name
        for name in ("b", "paren", "superscript", "sup", "caret", "circled", "sign", "half", "dot", "bare", "noise")
        if matched[name]
    )
    style = {"b": "bracket", "sup": "superscript", "caret": "superscript", "noise": "dot"}.get(group, group)
    printed = matched[group]
    value = label_value(printed.translate(_NOISE) if group == "noise" else printed) or 0
    if value > _MOST:
        return None
    content, ahead_line = matched.end(), number
    if content >= line.last:  # the label stands alone; its note begins on the next line
        following = layout.next_words(number)
        if following is None or following > number + 3:
            return None
        content, ahead_line = layout.lines[following].first, following
        if text[content : content + 1].isdecimal() and not any(map(str.isalpha, layout.words(following))):
            return None
    elif group == "bare":
        if not matched["gap"] and not _may_touch(text[content]):
            return None
    elif group == "sign" and printed[0] in "*∗＊" and matched["gap"] and not text[content].isalpha():
        return None
    ahead = text[content : min(content + _AHEAD, _paragraph_end(layout, ahead_line))]
    noteish = looks_like_note(ahead)
    weight = 0.4 + (1.0 if noteish else 0.0)
    first_line = text[content : layout.lines[ahead_line].last]
    if ahead_line != number:
        weight -= 0.3
    if looks_like_heading(f"{printed}. {first_line}") and _stands_apart(layout, ahead_line):
        weight -= 0.9
    elif first_line[0].islower() and not noteish:
        weight -= 0.4
    if first_line[0].isdigit() and style == "bare":
        weight -= 0.5
    if group == "noise":
        weight -= 0.9
    if layout.footed:
        weight += _IN_AREA if line.foot else _OUTSIDE_AREA
    if value and matched.start(group) in layout.raised:
        style = "superscript"
    return Definition(
        number,
        Span(*matched.span(group)),
        str(value) if value else printed,
        value,
        style,
        content,
        weight,
        noteish,
    )


def _may_touch(char: str) -> bool:
    """Whether a note's first character may stand right behind a bare number ("19XIE", not "20th")."""
    return (char.isalpha() and not char.islower()) or char in "“«„‘\"'’(["


def _paragraph_end(layout: Layout, number: int) -> int:
    """The end of the line, or of the few lines behind it that no blank line and no new number cuts off."""
    end = layout.lines[number].last
    for place in range(number + 1, min(number + 4, len(layout.lines))):
        line = layout.lines[place]
        if line.blank or line.furniture or layout.text[line.first].isdecimal():
            break
        end = line.last
    return end


def _stands_apart(layout: Layout, number: int) -> bool:
    """Whether a line is short and closed by a blank line or by a page's end."""
    return number + 1 >= len(layout.lines) or layout.lines[number + 1].blank or layout.lines[number].length < 60


def markers(document: Document) -> list[MarkerCandidate]:
    """All candidates for a marker, in document order."""
    text = document.text
    raised = {hint.span for hint in document.hints if hint.kind is HintKind.SUPERSCRIPT}
    areas = [hint.span for hint in document.hints if hint.kind is HintKind.NOTE_AREA]
    found = list(_numbers(text))
    if raised:
        found = [item for item in found if item.span not in raised]
        for span in raised:
            label = text[span.start : span.end].strip()
            if value := label_value(label):
                found.append(MarkerCandidate(span, str(value), value, "superscript", 2.0))
    found.sort(key=lambda item: item.span)
    return [item for item in found if not _inside(item.span, areas)] if areas else found


def _inside(span: Span, areas: list[Span]) -> bool:
    """Whether a span lies in one of the areas (in document order)."""
    place = bisect_right(areas, span.start, key=lambda area: area.start) - 1
    return place >= 0 and span.start < areas[place].end


def sign_markers(text: str) -> list[MarkerCandidate]:
    """All signs (`*`, `†` …) in the text that might call a note."""
    return [
        MarkerCandidate(Span(*found.span("sign")), found["sign"], 0, "sign", 1.0)
        for found in _SIGN_MARKER.finditer(text)
    ]


def _matches(text: str) -> Iterator[re.Match[str]]:
    """Where a marker's pattern fits, tried around numbers alone: they are rare, and the pattern is slow elsewhere."""
    done = 0
    for number in _ANY_NUMBER.finditer(text):
        start = number.start()
        if start < done:
            continue
        before = text[start - 1 : start]
        if before and before in "[(［〔【（":
            tried: tuple[int, ...] = (1,)
        elif before.isspace():
            tried = (1, 2, 0)
        elif before and before in ">^{":
            tried = (5, 1, 2, 0)
        else:
            tried = (0,)
        for step in tried:
            found = _MARKER.match(text, start - step) if start >= step else None
            if found and found.end() > start:
                done = found.end()
                yield found
                break


def _numbers(text: str) -> Iterator[MarkerCandidate]:
    for found in _matches(text):
        group = found.lastgroup or ""
        start, end = found.span(group)
        if group == "bracket":
            for number in _NUMBER.finditer(text, start, end):
                label = number["number"]
                yield MarkerCandidate(Span(*number.span("number")), label, int(label), "bracket", 1.0)
            continue
        value = label_value(found[group]) or 0
        if value > _MOST:
            continue
        weight = _WEIGHT.get(group, 1.0)
        if group in ("glued", "spaced"):
            weight = _glued_weight(text, start, found.start(), end, weight)
        elif group == "loose" and _before_number(text, found.start()):
            weight = 0.0
        elif group in ("paren", "tight"):
            weight = _paren_weight(text, found.start(), found.end(), weight)
        elif group == "superscript" and _UNIT.search(text, max(0, start - 4), start):
            weight = 0.2
        if weight > 0:
            yield MarkerCandidate(Span(start, end), str(value), value, _STYLE.get(group, group), weight)


_STYLE = {
    **dict.fromkeys(("spaced", "loose", "year"), "glued"),
    **dict.fromkeys(("sup", "caret"), "superscript"),
    "tight": "paren",
}
# "loose" ("of the diary 15.") fills the place between two markers and cannot begin or end a sequence
_WEIGHT = {"glued": 1.0, "spaced": 0.5, "loose": 0.2, "year": 0.3, "paren": 1.0, "tight": 0.7}


def _glued_weight(text: str, start: int, outer: int, end: int, weight: float) -> float:
    """How likely a number behind a word or a sign is a marker; 0 where it cannot be one."""
    sign = text[outer - 1]
    before = text[outer - 2] if outer > 1 else " "
    if sign.isalpha():
        if _CODE.search(text, max(0, outer - 12), outer):
            return 0.1  # A4, COVID-19
        return weight
    if before.isspace() or (before in "([" and sign not in ")]"):
        return 0.0  # an opening quotation mark, '68
    if sign in ".,:" and before.isdigit():
        if outer != start or not text[end : end + 1].isspace():  # 1.2; 12:30
            return 0.3 if outer != start else 0.0
        year = _YEAR_BEFORE.search(text, max(0, outer - 6), outer)
        return 1.0 if year and not text[end + 1 : end + 2].islower() else 0.3  # in 1720.1 Nobody
    if sign == "." and _before_number(text, outer):
        return 0.0
    if sign in "(\"'":
        return weight * 0.8
    return weight


def _before_number(text: str, end: int) -> bool:
    """Whether the word that ends at `end` is one that a number follows: "p.", "vol", "Nr"."""
    word = _LAST_WORD.search(text, max(0, end - 16), end)
    return word is not None and (word[1] or "").lower() in before_number()


def _paren_weight(text: str, start: int, end: int, weight: float) -> float:
    """How likely a number in round brackets is a marker, and not the number of an item."""
    if _ONLY_INDENTED.search(text, max(0, start - 40), start):
        return 0.1
    before = text[max(0, start - 3) : start].rstrip()[-1:]
    after = text[end : end + 2]
    if after.strip() and after[0].isspace() and after[1].islower() and before in ":;,":
        return 0.4  # (1) the first; (2) the second
    return weight
