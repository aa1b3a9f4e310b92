"""Places that look like volumes: a verse ("V. 12"), the year of an annal ("ad a. 1076"), a table ("15, Table 3").

Editions of poems and annals are cited by the line or the year of the text, whatever the edition (MHRA 11.2; Chicago
17, 14.252). "V." and "v." are labels of volumes too, in Portuguese always; a verse closes its citation, behind the
imprint of an edited text or an ibid., and a page never stands behind it.
"""

from __future__ import annotations

import re
from functools import cache

from citekit.citations.cues import starts_with_ibid
from citekit.citations.line import Line
from citekit.lexicon import Sought, alternation, sought, words

__all__ = ["tag_annal", "tag_illustration", "tag_verse", "verse_or_annal"]

_NUMBERS = (
    r"\d{1,5}[a-z]?(?:\s?[-–—]\s?\d{1,5}|\s?ff?\.?)?(?:(?:,|\sund|\set|\sand|\se)\s\d{1,5}(?:\s?[-–—]\s?\d{1,5})?){0,4}"
)
_VERSE = re.compile(rf",\s(?P<label>[Vv]\.\s?)(?P<value>{_NUMBERS})\.?$")
_YEAR_BEFORE = re.compile(r"(?:1[4-9]|20)\d{2}\)?\Z")
_VOLUMES = frozenset({"pt", "gl"})  # "v." is the volume's (ABNT NBR 6023)


@cache
def _annal() -> Sought:
    listed = words("locators", "sub-verbo")
    return sought(
        rf"(?<![^\W\d_])(?P<label>(?i:{alternation(listed)})\s?)(?P<value>\d{{3,4}}(?:[-–/]\d{{1,4}})?)(?![\w–-])(?!\sp)",
        listed,
    )


@cache
def _edited() -> re.Pattern[str]:
    listed = alternation(words("roles", "editor_before"))
    return re.compile(rf"(?<![^\W\d_])(?:{listed})\s?(?=[^\W\d_])", re.IGNORECASE)


def tag_verse(line: Line) -> None:
    """Label the verse that closes a citation."""
    match = _VERSE.search(line.text)
    if match is None or line.language in _VOLUMES or not line.free(match.start("label"), match.end("value")):
        return
    before = line.text[: match.start()]
    ibid = starts_with_ibid(before)
    edition = _YEAR_BEFORE.search(before) is not None and _edited().search(before) is not None
    if edition or (ibid is not None and not before[ibid.end() :].strip(" .,")):
        line.label("locator", *match.span("value"))
        line.hold(*match.span("label"))


def tag_annal(line: Line) -> None:
    """Label the year under which an annal tells something."""
    for match in _annal().finditer(line.text):
        if match.start() and line.free(*match.span()) and not line.quoted(match.start()):
            line.label("locator", *match.span("value"))
            line.hold(*match.span("label"))


@cache
def _illustration() -> Sought:
    """A figure that closes the citation behind its page."""
    listed = words("numbering", "illustration")
    pages = alternation(word for word in words("locators", "page") if word.endswith("."))
    number = r"(?:\d{1,3}[a-z]?|[IVXL]{1,6})"
    return sought(
        rf",\s(?:{pages}\s?)?(?P<page>\d{{1,4}}(?:[-–]\d{{1,4}})?),\s(?P<label>{alternation(listed)})\s?(?P<value>{number})\.?$",
        listed,
    )


def tag_illustration(line: Line) -> None:
    """Label the page and what is on it: "15, Table 3", "S. 15, Abb. 3" (Chicago 17, 14.158): no container, no issue."""
    match = _illustration().search(line.text)
    if (
        match
        and match.start()
        and line.free(match.start("page"), match.end("value"))
        and not line.quoted(match.start())
    ):
        line.label("locator", *match.span("page"))
        line.label("locator", *match.span("value"))
        line.hold(match.start(), match.end("value"))


def verse_or_annal(text: str, start: int) -> str | None:
    """The CSL term of a locator labelled here whose value begins at `start`; None for any other."""
    annal = _annal().search(text, max(0, start - 20))
    if annal and annal.start("value") == start:
        return "sub-verbo"
    illustration = _illustration().search(text)
    if illustration and illustration.start("value") == start:
        return "figure"
    verse = _VERSE.search(text)
    return "verse" if verse and verse.start("value") == start else None
