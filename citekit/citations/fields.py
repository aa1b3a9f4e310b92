"""Reading one citation into fields: which words are the author, which the title, which the year.

`tag` is the seam: it takes the words of one citation and returns labelled spans under the contract's field names.
What the fields say (names, dates, roman numbers) is read afterwards by `items`, so that another tagger can take
this one's place.

The rules go from what is certain to what is left over: addresses and identifiers, dates of access and archiving,
cues, labelled pages, the imprint in brackets, what quotation marks and italics enclose, persons at the head and
behind their roles, the imprint at the end, and last the titles between.
"""

from __future__ import annotations

from citekit.citations.line import Line, TaggedField
from citekit.citations.tag_archive import tag_archive
from citekit.citations.tag_certain import tag_certain
from citekit.citations.tag_imprint import tag_imprint
from citekit.citations.tag_persons import tag_persons
from citekit.citations.tag_titles import tag_titles
from citekit.citations.tag_imprint import tag_imprint
from citekit.citations.tag_persons import tag_persons
from citekit.citations.tag_titles import tag_titles
from citekit.citations.tagger.model import OUTSIDE, Labelled, label
from citekit.model import Span

__all__ = ["TaggedField", "tag"]


def tag(text: str, emphasis: tuple[Span, ...] = (), language: str | None = None) -> tuple[TaggedField, ...]:
    """The fields of one citation (reading text without signal), in order of their place.

    Args:
        text: the words of the citation.
        emphasis: where in `text` the format shows italics.
        language: BCP 47 code of the document's language, for its month names.

    Returns:
        Labelled spans, none overlapping; a field may have several.
    """
    read = label(text, emphasis)
    ruled = None
    if min(read.sure, default=1.0) < SURE:
        ruled = Line(text, emphasis, language)
        tag_certain(ruled)
        tag_archive(ruled)
        certain = bytes(ruled.taken)
        for rule in (tag_imprint, tag_persons, tag_titles):
            rule(ruled)
        if FLOOR < 0 or _plausible(ruled, read, certain):
            return tuple(sorted(ruled.fields, key=lambda found: found.start))
    line = Line(text, emphasis, language)
    tag_certain(line)
    tag_archive(line)
    for run in _runs(read):
        # Pages are an extent or the place cited: `settle_pages` decides.
        name = "locator" if run.name == "page" else run.name
        for start, end in line.gaps(run.start, run.end):
            line.label(name, start, end, sure=run.sure)
    return tuple(sorted(line.fields, key=lambda found: found.start))

import os
SURE = float(os.environ.get("X_SURE", "0.8"))
FLOOR = float(os.environ.get("X_FLOOR", "0.05"))
_SAME = {"locator": "page", "issue": "volume", "archive_location": "archive", "event-title": "container-title", "original-date": "issued", "number": "volume", "collection-number":"volume","contributor":"editor","translator":"editor","author":"editor","original-title":"title","translated-title":"title"}
SHARE = float(os.environ.get("X_SHARE", "0.12"))
LEAST = float(os.environ.get("X_LEAST", "2"))
def _plausible(ruled, read, certain=()):
    names = [None] * len(ruled.text)
    for f in ruled.fields:
        for p in range(f.start, f.end): names[p] = f.name
    doubts = words = 0
    for (start, end, ident), name, sure, i in zip(read.words, read.labels, read.sure, range(len(read.words))):
        if ident or not ruled.text[start].isalnum() or certain[start]: continue
        words += 1
        mine = names[start]
        if mine is None:
            if not ruled.taken[start] and name != OUTSIDE and sure > 0.5 and end - start > 3: doubts += 1
            continue
        mine = _SAME.get(mine, mine)
        if mine == _SAME.get(name, name): continue
        total = sum(read.chance(i, each) for each in read.known if _SAME.get(each, each) == mine)
        if total < FLOOR:
            doubts += 1
    return words < 8 or doubts <= max(LEAST, SHARE * words)


def _runs(read: Labelled) -> list[TaggedField]:
    """Words with one label that follow one another; of each run the least sure word tells how sure it is."""
    labels = list(read.labels)
    if "title" not in labels and not {"volume", "page"}.intersection(labels):
        # A container alone is the work itself; only journals are cited without the article's title, with their pages.
        labels = ["title" if name == "container-title" else name for name in labels]
    found: list[TaggedField] = []
    former = OUTSIDE
    for (start, end, _), name, sure in zip(read.words, labels, read.sure, strict=True):
        if name == former != OUTSIDE:
            last = found[-1]
            found[-1] = TaggedField(name, last.start, end, min(sure, last.sure))
        elif name != OUTSIDE:
            found.append(TaggedField(name, start, end, sure))
        former = name
    return found
