"""What shows that the rules misread a citation, whatever else they account for."""

from __future__ import annotations

from functools import cache

from citekit.citations.line import Line, TaggedField
from citekit.citations.mended_people import title_behind_dash
from citekit.citations.runs import runs
from citekit.citations.tagger.model import Labelled
from citekit.lexicon import Sought, alternation, sought, words

__all__ = ["is_misread"]

_CERTAIN = 0.8  # of a word: the model seldom errs then
_LIKELY = 0.6
_PEOPLE = frozenset({"author", "editor"})
_TITLES = frozenset({"title", "container-title"})
_IMPRINT = frozenset({"publisher", "publisher-place"})


def is_misread(line: Line, read: Labelled) -> bool:
    """Whether what the rules labelled in a line cannot be, by what the model says of the same words."""
    behind = title_behind_dash(line.text)
    if behind and any(found.name == "title" and found.start < behind for found in line.fields):
        return True
    if _untitled(line, read) or _newspaper_for_author(line, read):
        return True
    if any(_title_for_person(found, line, read) for found in line.fields if found.name in _PEOPLE):
        return True
    titles = [found for found in (line.first("title"), line.first("container-title")) if found]
    return any(
        _runs_over(title, line, read) or _has_role(title, line, read) or _unclosed(title, line) for title in titles
    )


def _untitled(line: Line, read: Labelled) -> bool:
    """Whether the rules found an imprint and no title, and the model has one: "Gash N. Sir Robert Peel. London: …"."""
    if line.has("title") or line.has("container-title") or not (line.has("publisher-place") or line.has("publisher")):
        return False
    return any(run.name == "title" for run in runs(read, line.text))


def _newspaper_for_author(line: Line, read: Labelled) -> bool:
    """Whether all that the rules found is somebody and a day, and the model takes the name for a paper's."""
    if line.has("title") or line.has("container-title") or not (line.has("author") and line.has("issued")):
        return False
    found = runs(read, line.text)
    return bool(found) and found[0].name == "container-title" and found[0].sure >= _LIKELY


def _title_for_person(name: TaggedField, line: Line, read: Labelled) -> bool:
    """Whether somebody is, for the model, words of the title: "Michael Weber, Sächsische Bauern und Bürger, Köln"."""
    inside = [place for place in _inside(name, read) if line.text[read.words[place][0]].isalnum()]
    return bool(inside) and all(read.labels[place] in _TITLES and read.sure[place] >= _CERTAIN for place in inside)


def _unclosed(title: TaggedField, line: Line) -> bool:
    """Whether a title ends inside a bracket that opened in it: the imprint that it holds belongs to other fields."""
    said = line.text[title.start : title.end]
    return any(said.count(opening) > said.count(closing) for opening, closing in ("()", "[]"))


def _runs_over(title: TaggedField, line: Line, read: Labelled) -> bool:
    """Whether a title begins with a name's words, or ends with an imprint's.

    "de Certeau, Michel. L’écriture …", "… of Totalitarianism. New York: Harcourt", "La route du sel, Pékin": what
    stands before a title or behind it is often told by its words alone.
    """
    names = [
        (read.labels[place], read.sure[place])
        for place in _inside(title, read)
        if read.sure[place] >= _LIKELY and line.text[read.words[place][0]].isalnum()
    ]
    certain = [name for name, sure in names if sure >= _CERTAIN]
    return title.name in certain and (certain[0] in _PEOPLE or names[-1][0] in _IMPRINT)


def _has_role(title: TaggedField, line: Line, read: Labelled) -> bool:
    """Whether an editor's role in brackets stands in it, behind what the model takes for a name: "L. Blanc (dir.)"."""
    for role in _bracketed_role().finditer(line.text, title.start, min(title.end + 1, len(line.text))):
        if any(read.labels[place] in _PEOPLE for place in _inside(title, read) if read.words[place][1] <= role.start()):
            return True
    return False


def _inside(title: TaggedField, read: Labelled) -> list[int]:
    return [place for place, (start, end, _) in enumerate(read.words) if title.start <= start and end <= title.end]


@cache
def _bracketed_role() -> Sought:
    listed = words("people", "editor")
    return sought(rf"[(\[]{alternation(listed)}[)\]]", listed)
