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
    line = Line(text, emphasis, language)
    for rule in (tag_certain, tag_archive):
        rule(line)
    read = label(text, emphasis)
    for name, start, end in _runs(read):
        for first, last in line.gaps(start, end):
            # An extent or the place cited: `settle_pages` decides.
            line.label("locator" if name == "page" else name, first, last)
    return tuple(sorted(line.fields, key=lambda found: found.start))


def _runs(read: Labelled) -> list[tuple[str, int, int]]:
    found: list[tuple[str, int, int]] = []
    former = OUTSIDE
    labels = list(read.labels)
    if "title" not in labels and "container-title" in labels and not {"volume", "page"} & set(labels):
        labels = ["title" if name == "container-title" else name for name in labels]
    for (start, end, _), name in zip(read.words, labels, strict=True):
        if name == OUTSIDE:
            pass
        elif name == former:
            found[-1] = (name, found[-1][1], end)
        else:
            found.append((name, start, end))
        former = name
    return found
