"""What a citation says, before anybody writes it down."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Person", "Record"]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody named in a citation.

    Attributes:
        family: the family name with its particle; the whole name of a body or of an ancient.
        given: given names, empty for bodies and ancients.
        suffix: "Jr.", "S.J.", "OFM".
        body: an institution, never inverted.
    """

    family: str
    given: str = ""
    suffix: str = ""
    body: bool = False


@dataclass(slots=True)
class Record:
    """Facts about one work; empty where there are none."""

    kind: str
    language: str
    author: tuple[Person, ...] = ()
    editor: tuple[Person, ...] = ()
    translator: tuple[Person, ...] = ()
    title: str = ""
    subtitle: str = ""
    original: str = ""
    gloss: str = ""  # the title in English
    oyear: str = ""
    container: str = ""
    short: str = ""  # the container's abbreviation
    series: str = ""
    snum: str = ""
    places: tuple[str, ...] = ()
    publisher: str = ""
    year: str = ""
    date: tuple[int, int] = (0, 0)  # month, day
    volume: str = ""
    issue: str = ""
    first: str = ""
    last: str = ""
    edition: int = 0
    volumes: int = 0
    genre: str = ""
    number: str = ""
    event: str = ""
    archive: str = ""
    shelfmark: str = ""
    url: str = ""
    doi: str = ""
    isbn: str = ""
    issn: str = ""
    pmid: str = ""
