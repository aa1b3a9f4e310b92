"""Addresses of web archives taken apart: the page, the moment, the archive (RFC 7089: URI-R, datetime, URI-M)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from citekit.citations.archived import archived_original

__all__ = ["ARCHIVE_TODAY", "Wrapped", "archive_of", "memento_moment", "unwrap"]

ARCHIVE_TODAY = frozenset(f"archive.{end}" for end in ("today", "is", "ph", "fo", "li", "md", "vn", "ec"))
"""One service under many names. English Wikipedia deprecated it in February 2026 because snapshots had been altered."""

_EARLIEST = "00000101000000"  # what a short stamp leaves out
_WAYBACK = ("web.archive.org", "wayback.archive.org", "liveweb.archive.org", "archive.org")


@dataclass(frozen=True, slots=True)
class Wrapped:
    """An archive's address.

    Attributes:
        memento: the address of the copy, cleaned.
        original: the address of the page that it keeps; None where the archive's address does not say.
        stamp: digits of YYYYMMDDhhmmss that it states; None where it states none.
        archive: the archive's name: "wayback", "archive.today", else its host.
    """

    memento: str
    original: str | None
    stamp: str | None
    archive: str

    @property
    def moment(self) -> datetime | None:
        """The moment that the stamp states, as far as it does; None where it states none that there can be."""
        return memento_moment(self.stamp) if self.stamp else None


def unwrap(url: str) -> Wrapped | None:
    """The parts of an archive's address; None where `url` is not one.

    Only an address that is an archive's from its first character on: one that merely mentions such an address in a
    parameter is another page.
    """
    found = archived_original(url)
    if found is None or not url.startswith(found.address[:12]) or url.find(found.address) != 0:
        return None
    return Wrapped(found.url, found.original, found.stamp, archive_of(found.url))


def archive_of(url: str) -> str:
    """The name of the archive whose address this is."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    if host in ARCHIVE_TODAY:
        return "archive.today"
    return "wayback" if host in _WAYBACK else host


def memento_moment(stamp: str) -> datetime | None:
    """The moment of a stamp of 4 to 14 digits, the earliest that it can mean; None where there is no such moment."""
    if not 4 <= len(stamp) <= 14 or not (stamp.isascii() and stamp.isdigit()):
        return None
    even = stamp[: len(stamp) // 2 * 2]
    try:
        return datetime.strptime(even + _EARLIEST[len(even) :], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
