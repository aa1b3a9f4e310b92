"""The model's labels as fields, with what a label for each word cannot say: where a title ends, who edits."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby

from citekit.citations.line import Line, TaggedField
from citekit.citations.roles import role_after, role_pattern
from citekit.citations.tag_certain import issue_label
from citekit.citations.tag_titles import tag_series
from citekit.citations.tagger.model import OUTSIDE, Labelled

__all__ = ["runs", "tag_by_model"]

_TITLES = frozenset({"title", "container-title", "original-title", "translated-title", "collection-title"})
_LOOKED_BACK = 40
_LABEL = 12
_SURE = 0.95
_NUMBER_ALONE = re.compile(r"\d{1,4}(?:\s?[-–]\s?\d{1,4})?\Z")
_ENDS_TITLE = re.compile(r"\s?(?:…|\.{3}|⋯)|[?!](?![?!])")


def tag_by_model(line: Line, read: Labelled) -> None:
    """Label what is still free as the model says.

    Pages are labelled `locator`; whether they are a part's extent is settled later (`items.settle_pages`).
    """
    tag_series(line)
    for run in runs(read):
        for start, end in line.gaps(run.start, run.end):
            name = _name(line, run.name, start, end)
            line.label(name, start, _end(line, start, end) if name in _TITLES else end, sure=run.sure)


def _name(line: Line, name: str, start: int, end: int) -> str:
    if name == "page":
        return "locator"
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


def _end(line: Line, start: int, end: int) -> int:
    """Behind the dots of a title cut short, a question's mark, a bracket opened inside: these are the title's own."""
    opened = max(line.text.rfind(mark, start, end) for mark in "([（")
    if opened > max(line.text.rfind(mark, start, end) for mark in ")]）") and line.text[end : end + 1] in tuple(")]）"):
        end += line.free(end, end + 1)
    closing = _ENDS_TITLE.match(line.text, end)
    return closing.end() if closing and line.free(end, closing.end()) else end


@lru_cache(maxsize=1)  # asked twice of a string that is one citation
def runs(read: Labelled) -> tuple[TaggedField, ...]:
    """Words with one label that follow one another; of each run the least sure word tells how sure it is."""
    labels = list(read.labels)
    containers = [sure for name, sure in zip(labels, read.sure, strict=True) if name == "container-title"]
    if containers and min(containers) < _SURE and not {"title", "volume", "page"}.intersection(labels):
        # A container alone is most often the work itself: only journals are cited without the title of the article.
        labels = ["title" if name == "container-title" else name for name in labels]
    found: list[TaggedField] = []
    place = 0
    for name, alike in groupby(labels):
        first, place = place, place + len(tuple(alike))
        if name != OUTSIDE:
            found.append(TaggedField(name, read.words[first][0], read.words[place - 1][1], min(read.sure[first:place])))
    return tuple(found)
