"""The model's labels as runs of words that are one field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from itertools import groupby

from citekit.citations.line import TaggedField
from citekit.citations.mended_imprint import (
    date_with_months,
    house_for_container,
    imprint_apart,
    places_together,
    report_numbered,
    years_behind_house,
)
from citekit.citations.mended_people import (
    author_before_date,
    authors_before_title,
    editor_by_role,
    editors_of_container,
    given_names_before_title,
    names_before_dash,
    title_behind_capitals,
    title_behind_full_names,
    title_behind_heading,
    title_behind_name,
    title_of_one_word,
    title_with_names,
    without_dash,
)
from citekit.citations.mended_titles import (
    journal_behind_title,
    journal_in_quotation,
    periodical_alone,
    title_before_container,
    title_behind_bracket,
    title_for_publisher,
    title_in_journal,
    title_with_first_word,
    title_with_subtitle,
    title_with_years,
    titles_joined,
)
from citekit.citations.shelfmarks import names_archive
from citekit.citations.tagger.model import OUTSIDE, Labelled
from citekit.citations.theses import thesis_apart

__all__ = ["runs"]

_SURE = 0.95
_SURE_OF_ARCHIVE = 0.9
_MENDED: tuple[Callable[[str, list[TaggedField]], list[TaggedField]], ...] = (
    editor_by_role,
    names_before_dash,
    title_of_one_word,
    author_before_date,
    given_names_before_title,
    thesis_apart,
    title_before_container,
    title_for_publisher,
    title_behind_bracket,
    title_with_subtitle,
    title_with_names,
    title_behind_capitals,
    title_behind_full_names,
    title_behind_name,
    authors_before_title,
    imprint_apart,
    places_together,
    years_behind_house,
    date_with_months,
    report_numbered,
    title_with_first_word,
    without_dash,
    title_with_years,
    journal_behind_title,
    journal_in_quotation,
    title_in_journal,
    editors_of_container,
    periodical_alone,
    house_for_container,
)


@lru_cache(maxsize=1)  # asked twice of a string that is one citation
def runs(read: Labelled, text: str) -> tuple[TaggedField, ...]:
    """Words with one label that follow one another; of each run the least sure word tells how sure it is."""
    labels = _with_title(_without_archive(read, text))
    found: list[TaggedField] = []
    place = 0
    for name, alike in groupby(labels):
        first, place = place, place + len(tuple(alike))
        if name != OUTSIDE:
            found.append(TaggedField(name, read.words[first][0], read.words[place - 1][1], min(read.sure[first:place])))
    found = title_behind_heading(text, titles_joined(text, found))
    for mended in _MENDED:
        found = mended(text, found)
    return tuple(found)


def _without_archive(read: Labelled, text: str) -> Labelled:
    """The labels, "archive" only where a word of the citation tells of one; elsewhere the next most probable.

    The model saw many shelfmarks, and takes what it does not know for one: "Occasional Paper, 7", "Jg. 12, Heft 3".
    """
    doubted = [
        place
        for place, (name, sure) in enumerate(zip(read.labels, read.sure, strict=True))
        if name == "archive" and sure < _SURE_OF_ARCHIVE
    ]
    if not doubted or "§" in text or names_archive(text):
        return read
    labels, sure = list(read.labels), list(read.sure)
    for place in doubted:
        labels[place], sure[place] = read.without("archive", place)
    return replace(read, labels=labels, sure=sure)


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
