"""A string that is one citation: the model's labels show it, and no cutting need be tried."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from citekit.citations.brackets import enclosures, protected
from citekit.citations.comment import without_added
from citekit.citations.cues import find_cues
from citekit.citations.cuts import leads_on, pages_follow, remark_leads_on, year_follows
from citekit.citations.dates import find_dates
from citekit.citations.evidence import evidence, prose
from citekit.citations.line import TaggedField
from citekit.citations.names import is_person
from citekit.citations.prose import sentence_words
from citekit.citations.responsibility import statement_follows
from citekit.citations.runs import runs
from citekit.citations.segment import Segment, segment
from citekit.citations.signals import is_of_name, joins_with_remark, lead_head, signal_head, signal_inside
from citekit.citations.starts import starts_citation
from citekit.citations.tagger.model import OUTSIDE, label
from citekit.model import CueKind
from citekit.offsets import ReadingText

__all__ = ["alone", "labelled", "labelled_words", "unrepeated"]

_LONGEST = 600  # characters: more is seldom one citation
_IMPRINT = frozenset(
    {"issued", "page", "volume", "publisher", "publisher-place", "container-title", "URL", "DOI", "archive", "edition"}
)
_PEOPLE = frozenset({"author", "editor"})
_LISTED = _PEOPLE | {"publisher-place"}
_DAY_OF_A_PAPER = frozenset({"container-title", "issued"})
_ARTICLE = frozenset({"author", "container-title", "issued", "volume", "issue", "page"})
_PLACED = frozenset({"volume", "page"})
_SURE, _FIRM = 0.5, 0.9
_CLEAR = 0.6
_LATER = 0.75  # of names behind the title: of another work, where the model is so sure of them
# A citation in a note has hardly two of both; an entry of a list may say where it was reprinted.
_OF_EACH = ("page", "issued")
_SAID_ONCE = (*_OF_EACH, "author")
_ASIDE = frozenset({"archive", "note"})
_HEADS = _PEOPLE | {"container-title"}
_STOP = re.compile(r"\.\s")
_CLOSING = " .,;"
_LISTING = re.compile(r"[\s\d.,()\[\]*•]{1,8}")  # "28) ", "[10] ", "* "
_YEAR = 4  # characters of a year; a longer date has a day or a month
_PARTS = re.compile(r"[,.:;(–—/|]")
_FIELDS, _KNOWN = 3, 0.6  # different fields, and the share of the words that are in one
_WHOSE = frozenset({"author", "editor", "title", "archive", "container-title"})
_AROUND = 8  # characters before and behind the fields: more is comment, and where it ends is another question


def labelled_words(line: ReadingText) -> str:
    """The words of a line that the model is asked to label as one citation; "" where it is not."""
    text = line.text.rstrip(_CLOSING)
    return text if len(text) <= _LONGEST else ""


def alone(line: ReadingText, language: str | None) -> Segment | None:
    """The one citation that a line is, None where there may be several, or none.

    One work has one title. A second one, a semicolon between fields, a short form or much comment is for `segment`.
    """
    text = labelled_words(line)
    if not text:
        return None
    found = runs(label(text, line.emphasis), text)
    titles = [run for run in found if run.name == "title"]
    said = {run.name for run in found}
    untitled = not titles and (_day_of_a_paper(found) or _article_without_title(found))
    if not untitled and (len(titles) != 1 or not _sure(titles[0], text, found) or not said & _IMPRINT):
        return None
    if not untitled and not said & _PEOPLE and not _anonymous(text, found):
        return None
    if any(run.name == "author" and run.sure >= _LATER and run.start > titles[0].end for run in found if titles):
        return None
    start = _with_bracket(text, found[0])
    if _several(text, found) or _refers(text[start:]) or _has_comment_around(text, found, start):
        return None
    return None if _says_more(line, text, found, language) else Segment(start, _end(text, found))


def unrepeated(line: ReadingText, language: str | None) -> Segment | None:
    """The one citation that a line is in which nothing is said twice, though the model is not sure of its title.

    A case, an article without its title, a page of the web, a short form: without a semicolon, a verb, a second name,
    date or page there is no place where it could be cut. What leads to another citation has no work of its own behind.
    """
    text = labelled_words(line)
    if not text or ";" in text:
        return None
    found = runs(label(text, line.emphasis), text)
    said = Counter(run.name for run in found)
    if not said or said.keys() & _ASIDE or _several(text, found) or any(said[name] > 1 for name in _SAID_ONCE):
        return None
    cues = find_cues(text)
    if len(cues) > 1 or any(run.name in _WHOSE and run.start > cues[0].start for run in found if cues):
        return None
    led = bool(cues) and cues[0].start == 0
    if not led and not _opens(text, found[0], said):
        return None
    if any(run.name == "issued" and len(find_dates(text[run.start : run.end])) > 1 for run in found):
        return None
    start = found[0].start if _LISTING.fullmatch(text, 0, found[0].start) else 0
    if _has_comment_around(text, found, 0 if led else found[0].start) or prose(text):
        return None
    weighed = evidence(text, emphasis=bool(line.emphasis), language=language)
    return Segment(start, _end(text, found)) if weighed.strong else None


def _opens(text: str, first: TaggedField, said: Counter[str]) -> bool:
    """Whether a field is one that a citation begins with: a title may be a comment, but in quotation marks."""
    if first.name in _HEADS:  # behind "[" stands a key, or what was supplied: which, is seen where the line is cut
        return first.sure >= _SURE and text[0] != "["
    return (
        first.name == "title"
        and said["title"] == 1
        and bool(protected(text, enclosures(text), brackets=False)[first.start])
    )


def _end(text: str, found: Sequence[TaggedField]) -> int:
    return without_added(text, found[0].start, len(text))


def _has_comment_around(text: str, found: Sequence[TaggedField], start: int) -> bool:
    """Whether words stand before or behind the fields, or a signal leads to them or to another citation."""
    return (
        start > _AROUND
        or _end(text, found) - found[-1].end > _AROUND
        or signal_head().match(text) is not None
        or _led(text)
        or signal_inside().search(text, start) is not None
    )


def _day_of_a_paper(found: Sequence[TaggedField]) -> bool:
    """ "Le Temps, 4 mai 1903, p. 2": a newspaper, its day, and what stands beside them."""
    return {run.name for run in found} >= _DAY_OF_A_PAPER and min(run.sure for run in found) >= _FIRM


def _article_without_title(found: Sequence[TaggedField]) -> bool:
    """ "A. Weber, Z. Phys. 12, 34 (1922)": chemists and physicists name no article's title (ACS, AIP styles)."""
    said = Counter(run.name for run in found)
    return (
        said.keys() <= _ARTICLE
        and said["container-title"] == said["issued"] == 1
        and bool(said.keys() & _PLACED)
        and found[0].name == "author"
        and min(run.sure for run in found) >= _SURE
    )


def _with_bracket(text: str, first: TaggedField) -> int:
    """Where the first field begins, with the bracket that opens before it: "[美]柯文：《…》", "[Karl] Meier, …"."""
    if not 0 < first.start <= len("[ ") or text[0] not in "[［〔（(":
        return first.start
    supplied = text[0] == "[" and "]" in text[first.start : first.end + 1]
    return 0 if supplied or text[1] >= "\u2e80" else first.start


def labelled(line: ReadingText, language: str | None) -> bool:
    """Whether the model knows most words of a line for fields of a work, where the rules see no sign of a citation.

    For writing of which the model that cuts knows nothing; a sentence has few such words.
    """
    text = line.text
    if len(text) > _LONGEST or evidence(text, emphasis=bool(line.emphasis), language=language).prose:
        return False
    read = label(text, line.emphasis)
    known = [
        sure
        for (start, _, _), name, sure in zip(read.words, read.labels, read.sure, strict=True)
        if name != OUTSIDE and text[start].isalnum()
    ]
    words = sum(text[start].isalnum() for start, _, _ in read.words)
    fields = {name for name in read.labels if name != OUTSIDE}
    return (
        len(fields) >= _FIELDS
        and bool(fields & _WHOSE)
        and len(known) >= _KNOWN * words
        and sum(known) >= _CLEAR * len(known)
    )


def _sure(title: TaggedField, text: str, found: Sequence[TaggedField]) -> bool:
    """Whether the model is sure enough of a title: it need be less so where only the words of one work can stand.

    Behind names and a year every style but a short form has a title; so it is behind names that the model is sure of,
    in a line without a semicolon, a verb, or a word that leads to another work.
    """
    if title.sure >= _SURE or title.sure < _SURE / 2:
        return title.sure >= _SURE
    named = found[0].name in _PEOPLE and found[0].sure >= _FIRM and found[1].name == "title"
    return _author_date(found) or (named and ";" not in text and not find_cues(text) and not prose(text))


def _author_date(found: Sequence[TaggedField]) -> bool:
    """Whether it begins as the entries of a list in an author-date style do."""
    return found[0].name in _PEOPLE and found[0].sure >= _CLEAR and found[1].name == "issued"


def _several(text: str, found: Sequence[TaggedField]) -> bool:
    """Whether there may be several: a semicolon between fields, a page and a date for each, words that lead to one."""
    said = [run.name for run in found]
    if all(said.count(name) > 1 for name in _OF_EACH) and not _author_date(found):
        return True
    containers = (run for run in found if run.name == "container-title")
    if any(
        remark_leads_on(text[stop.end() :]) for run in containers for stop in _STOP.finditer(text, run.start, run.end)
    ):
        return True
    joined = (join for join in joins_with_remark().finditer(text) if text[join.start() - 1].isdigit())
    if any(starts_citation(text[join.end() :]) for join in joined):
        return True
    return ";" in text and any(_parted(text, before, behind) for before, behind in pairwise(found))


def _parted(text: str, before: TaggedField, behind: TaggedField) -> bool:
    """Whether a semicolon may end a citation there: not between names, places, nor before the container."""
    # The model may have taken it for the last word of a field, or the first one.
    first = before.start + len(text[before.start : before.end].rstrip(_CLOSING))
    last = behind.end - len(text[behind.start : behind.end].lstrip(_CLOSING))
    semicolon = text.find(";", first, last)
    if semicolon < 0 or before.name == behind.name in _LISTED:
        return False
    rest = text[semicolon + 1 :].lstrip()
    return not (
        leads_on(rest) or pages_follow(rest) or year_follows(text, semicolon) or statement_follows(text, 0, semicolon)
    )


def _refers(text: str) -> bool:
    """Whether the words lead to another citation; "Ders." leads to a name alone."""
    return any(found.cue.kind is not CueKind.IDEM for found in find_cues(text))


def _led(text: str) -> bool:
    """Whether words lead to a citation ("Par exemple, …"); a lone small word at the head may be its title's own."""
    lead = lead_head().match(text)
    if lead is None:
        return False
    named = is_person(text[lead.end() :].split(",", maxsplit=1)[0]) and not is_of_name(text, lead, len(text))
    return named or lead.group().rstrip()[-1:] in ",:" or len(lead.group().split()) > 1


def _headed(text: str, found: Sequence[TaggedField]) -> bool:
    """Whether names stand at the head, and a mark or a year parts them from the title: then a verb is the title's.

    A title begins with a capital in print, and a clause behind a name does not: "Anna Weber, who taught at Jena, …".
    """
    first, second = found[0], found[1]
    if sentence_words(text[first.start : first.end]):
        return False
    return _author_date(found) or (
        first.name in _PEOPLE
        and first.sure >= _CLEAR
        and second.name == "title"
        and not text[second.start].islower()
        and _PARTS.search(text, first.end - 1, second.start) is not None
    )


def _says_more(line: ReadingText, text: str, found: Sequence[TaggedField], language: str | None) -> bool:
    """Whether there is a verb, and it is not the title's."""
    headed = _headed(text, found)
    if headed and _author_date(found):
        return False
    return bool(prose(text)) and (not headed or _has_comment(line, found, language))


def _has_comment(line: ReadingText, found: Sequence[TaggedField], language: str | None) -> bool:
    """Whether the verb is that of a comment, not of the title: a citation that has the title can be cut from it."""
    cut = segment(line.text, line.emphasis, language)
    return any(one.start <= run.start < one.end for one in cut for run in found if run.name == "title") and not any(
        evidence(line.text[one.start : one.end], language=language).prose for one in cut
    )


def _anonymous(text: str, found: Sequence[TaggedField]) -> bool:
    """Whether a title at the head, and where or when it appeared, stand alone: laws, reports, yearbooks."""
    first, second = found[0], found[1]
    return (
        first.name == "title"
        and first.start == 0
        and min(run.sure for run in found) >= _CLEAR
        and (
            _PARTS.search(text, first.end, second.start) is not None
            or (second.name == "issued" and second.end - second.start > _YEAR)
        )
    )
