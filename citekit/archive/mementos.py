"""Archived copies as archives name them, and which of them is closest to the day that a citation states.

Terms are those of RFC 7089: the original resource has the address URI-R, a memento of it the address URI-M and a
datetime, the moment of archiving.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from citekit.archive.wrappers import memento_moment
from citekit.matching.identifiers import canonical_url

__all__ = [
    "FoundBy",
    "Memento",
    "Period",
    "ReplayAddress",
    "closest",
    "page_of",
    "period_of_day",
    "period_of_text",
    "raw_address",
    "replay_address",
    "stamp_of",
]

_REPLAY = re.compile(
    r"(?P<collection>https?://[^/\s]+(?:/[^/\s]+){0,4}?)/(?P<stamp>[0-9]{4,14})(?P<modifier>[a-z]{2}_)?/"
    r"(?P<original>(?:[a-z]{3,5}:/{1,2})?[^/\s]+.*)",
    re.IGNORECASE | re.DOTALL,
)
_COUNTS = re.compile(r"[23]\d\d")


class FoundBy(StrEnum):
    """How a memento became known."""

    PRINTED = "printed"
    AVAILABILITY = "availability"
    CDX = "cdx"
    TIMEGATE = "timegate"
    TIMEMAP = "timemap"
    SAVE = "save"
    CAPTURE = "capture"


@dataclass(frozen=True, slots=True)
class Memento:
    """An archived copy that an archive says it has.

    Attributes:
        archive: the archive's name in the configuration.
        url: URI-M.
        original: URI-R: the address that the archive keeps it under.
        moment: of archiving, UTC; None where the archive does not say.
        found_by: how it became known.
        status: HTTP status at the time of archiving; None where the archive does not say.
        media_type: at the time of archiving.
        digest: as the archive's index states it; of the body as stored, so never compared with a replayed one.
    """

    archive: str
    url: str
    original: str
    moment: datetime | None
    found_by: FoundBy
    status: int | None = None
    media_type: str | None = None
    digest: str | None = None

    def to_json(self) -> dict[str, Any]:
        """As `citekit archive --json` prints it (docs/schema/archive.json)."""
        return {
            "archive": self.archive,
            "memento": self.url,
            "original": self.original,
            "memento_time": self.moment.isoformat(timespec="seconds") if self.moment else None,
            "status": self.status,
            "media_type": self.media_type,
            "found_by": self.found_by.value,
        }


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A stretch of time that a date means: a day, a month, a year; half-open, UTC."""

    start: datetime
    end: datetime

    def __str__(self) -> str:
        days = (self.end - self.start).days
        return self.start.strftime("%Y-%m-%d" if days == 1 else "%Y-%m" if days < 32 else "%Y")

    @property
    def middle(self) -> datetime:
        """Its middle: what an archive is asked for."""
        return self.start + (self.end - self.start) / 2

    def distance(self, moment: datetime) -> timedelta:
        """How far a moment lies outside of it; nothing where inside."""
        if moment < self.start:
            return self.start - moment
        return max(moment - self.end, timedelta())


@dataclass(frozen=True, slots=True)
class ReplayAddress:
    """The parts of a URI-M in the form that the Wayback Machine, pywb and archives like them have.

    Attributes:
        collection: all that stands before the digits.
        stamp: 4 to 14 digits of YYYYMMDDhhmmss.
        modifier: "id_" for the body as stored, "if_", "js_" …; empty for the page as shown.
        original: URI-R.
    """

    collection: str
    stamp: str
    modifier: str
    original: str

    @property
    def moment(self) -> datetime | None:
        """The moment that the digits state; None where there is no such moment."""
        return memento_moment(self.stamp)

    @property
    def page(self) -> str:
        """The canonical form of the original address."""
        return page_of(self.original)

    @property
    def raw(self) -> str:
        """The address of the body as it was stored."""
        return f"{self.collection}/{self.stamp}id_/{self.original}"


def replay_address(url: str) -> ReplayAddress | None:
    """The parts of a URI-M; None where it has another form (archive.today's short addresses, Perma.cc)."""
    match = _REPLAY.fullmatch(url)
    if match is None:
        return None
    original = re.sub(r"^(https?:)/(?=[^/])", r"\1//", match["original"])
    return ReplayAddress(match["collection"], match["stamp"], match["modifier"] or "", original)


def page_of(url: str) -> str:
    """The canonical form of an address by which archives list its copies: sister hosts (www2.) are one (SURT)."""
    return canonical_url(url)


def raw_address(url: str) -> str:
    """Where the body of a memento is given as it was stored (`id_`); the address itself where it has no such form."""
    parts = replay_address(url)
    return parts.raw if parts else url


def stamp_of(moment: datetime) -> str:
    """A moment as archives write it: 14 digits, UTC."""
    return moment.astimezone(UTC).strftime("%Y%m%d%H%M%S")


def period_of_day(date: Mapping[str, Any] | None) -> Period | None:
    """The stretch of time that a CSL date means, of its first day where it is a range; None where it states no year.

    Args:
        date: with `date-parts`.
    """
    parts = (date or {}).get("date-parts")
    if not isinstance(parts, list) or not parts or not isinstance(parts[0], list):
        return None
    try:
        numbers = [int(part) for part in parts[0]][:3]
        if not numbers:
            return None
        year, month, day = (*numbers, *(0,) * (3 - len(numbers)))
        if not month:
            return Period(datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC))
        first = datetime(year, month, day or 1, tzinfo=UTC)
        days = 1 if day else calendar.monthrange(year, month)[1]
        return Period(first, first + timedelta(days=days))
    except (ValueError, TypeError, OverflowError):
        return None


def period_of_text(text: str) -> Period | None:
    """The same for `YYYY`, `YYYY-MM` or `YYYY-MM-DD` (EDTF, level 0); None where it is no such date."""
    if re.fullmatch(r"\d{4}(?:-\d\d){0,2}", text) is None:
        return None
    return period_of_day({"date-parts": [text.split("-")]})


def closest(mementos: Iterable[Memento], wanted: Period) -> Memento | None:
    """The memento closest to a day, of those that are not known to be of an error page or of nothing.

    The earlier of two that are equally close: what was there before the reader came. A copy of the page itself comes
    before that of a redirect, however close.
    """
    usable = [
        ((one.status or 200) >= 300, wanted.distance(one.moment), one.moment, one)
        for one in mementos
        if one.moment is not None and (one.status is None or _COUNTS.fullmatch(str(one.status)) is not None)
    ]
    best = min(usable, key=lambda judged: judged[:3], default=None)
    return best[-1] if best else None
