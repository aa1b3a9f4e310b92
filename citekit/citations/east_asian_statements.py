"""Who translated or edited a work, in the places that East Asian notes have for it.

Between author and title ("汤因比著，刘北成译：《…》", "ヴェーバー（大塚久雄訳）『…』", "… 지음, … 옮김, 『…』"),
behind the title ("《…》，顾良、施康强译"), and before the book that an article is in ("载张伟主编：《…》").
"""

from __future__ import annotations

import re
from dataclasses import replace

from citekit.citations.line import Line, TaggedField
from citekit.lexicon import sought

__all__ = ["tag_east_asian_statement", "with_country"]

_NAMES = r"[^《》『』「」〈〉：:，,。；;（）()\[\]〔〕\d]"  # a list of names may hold 、 and ・
_COUNTRY = r"(?:[\[［〔（(][\u3400-\u9fff]{1,4}[\]］〕）)]\s?)?"
_WITH_COUNTRY = re.compile(_COUNTRY)
_TRANSLATED = ("译", "譯", "訳", "옮김")
_BEFORE_TITLE = sought(
    rf"{_COUNTRY}(?P<author>{_NAMES}{{1,24}}?)(?:\s?(?:(?P<wrote>著|撰|지음|저)\s?[，、,]|(?P<comma>[，,])|(?P<bracket>[（(]))\s?)"
    rf"{_COUNTRY}(?P<translator>{_NAMES}{{2,40}}?)\s?(?:等)?(?:合译|译注|译|譯|訳|옮김)\s?[)）]?\s?[：:，,]?\s?(?=[《『])",
    _TRANSLATED,
)
_BEHIND_TITLE = sought(
    rf"[》』]\s?[，,、]\s?(?P<translator>{_NAMES}{{2,40}}?)\s?(?:等)?(?:合译|译注|译|譯|訳|옮김)(?=[，,、。；;)）(（]|\s?\Z)",
    _TRANSLATED,
)
_CONTAINED = sought(
    rf"[》」”]\s?[，,]\s?(?:载于|载|載於|載|收入|收於|收录于|见)\s?(?P<editor>{_NAMES}{{2,40}}?)\s?(?:等)?"
    r"(?:主编|主編|编著|編著|编|編)\s?[：:，,]?\s?(?=《)",
    ("编", "編"),
)


def tag_east_asian_statement(line: Line) -> None:
    """Label author, translator and title, or editor and container, where these words settle them."""
    if line.text.isascii():
        return
    head = _BEFORE_TITLE.match(line.text) if any(word in line.text for word in _TRANSLATED) else None
    opening = head.end() if head else 0
    mark = next((one for one in line.marks if head and one.start == opening), None)
    if head and mark and line.free(head.start("author"), mark.end) and ("、" not in head["author"] or head["wrote"]):
        line.label("author", *head.span("author"))
        line.label("translator", *head.span("translator"))
        line.label("title", *mark.inner)
        line.hold(0, mark.end)
        line.head = mark.end
    behind = None if line.has("translator") else _BEHIND_TITLE.search(line.text)
    if behind and line.free(*behind.span("translator")):
        line.label("translator", *behind.span("translator"))
        line.hold(behind.start("translator"), behind.end())
    contained = _CONTAINED.search(line.text)
    held = next((one for one in line.marks if contained and one.start == contained.end()), None)
    if contained and held and line.free(contained.start() + 1, held.end):
        line.label("editor", *contained.span("editor"))
        line.label("container-title", *held.inner)
        line.hold(contained.start() + 1, held.end)


def with_country(fields: tuple[TaggedField, ...], text: str) -> tuple[TaggedField, ...]:
    """The fields, the author with the country or dynasty before the name: "[法]布罗代尔" (GB/T 7714-2015, 8.1)."""
    first = fields[0] if fields else None
    if first is None or first.name not in ("author", "editor") or not first.start:
        return fields
    country = _WITH_COUNTRY.match(text)
    if country is None or country.end() != first.start:
        return fields
    return (replace(first, start=0), *fields[1:])
