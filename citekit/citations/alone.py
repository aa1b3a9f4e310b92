"""A string that is one citation: the model's labels show it, and no cutting need be tried."""

from __future__ import annotations

from itertools import pairwise

from citekit.citations.cues import find_cues
from citekit.citations.evidence import evidence
from citekit.citations.segment import Segment
from citekit.citations.signals import signal_head, signal_inside
from citekit.citations.tag_by_model import runs
from citekit.citations.tagger.model import label
from citekit.offsets import ReadingText

__all__ = ["alone"]

_LONGEST = 600  # characters: more is seldom one citation
_IMPRINT = frozenset(
    {"issued", "page", "volume", "publisher", "publisher-place", "container-title", "URL", "DOI", "archive", "edition"}
)
_PEOPLE = frozenset({"author", "editor"})
_DAY_OF_A_PAPER = frozenset({"container-title", "issued"})
_SURE, _FIRM = 0.5, 0.9
_AROUND = 8  # characters before and behind the fields: more is comment, and where it ends is another question


def alone(line: ReadingText, language: str | None) -> Segment | None:
    """The one citation that a line is, None where there may be several, or none.

    One work has one title. A second one, a semicolon between fields, a short form or much comment is for `segment`.
    """
    text = line.text.rstrip(" .;,")
    if len(text) > _LONGEST:
        return None
    found = runs(label(text, line.emphasis))
    titles = [run for run in found if run.name == "title"]
    said = {run.name for run in found}
    dated = not titles and said >= _DAY_OF_A_PAPER and min(run.sure for run in found) >= _FIRM
    if not dated and (len(titles) != 1 or titles[0].sure < _SURE or not said & _IMPRINT or not said & _PEOPLE):
        return None
    start, end = found[0].start, len(text)
    if any(run.name == "author" and run.start > titles[0].end for run in found if titles):
        return None
    gaps = pairwise(found)
    if any(";" in text[before.end : behind.start] for before, behind in gaps) or find_cues(text[start:]):
        return None
    if (
        start > _AROUND
        or end - found[-1].end > _AROUND
        or signal_head().match(text)
        or signal_inside().search(text, start)
    ):
        return None
    if evidence(text, emphasis=bool(line.emphasis), language=language).prose:
        return None
    return Segment(start, end)
