"""Which web archives are asked, under which addresses and how often: the Wayback Machine, and others by configuration.

A file of configuration (TOML) names archives that speak any of the protocols:

    [[archive]]
    name = "national"
    timegate = "https://archive.example.org/web/"            # RFC 7089; the page's address is put behind it
    timemap = "https://archive.example.org/web/timemap/link/"
    cdx = "https://archive.example.org/cdx"                   # a CDX server
    availability = "https://archive.example.org/available"    # JSON, as at the Wayback Machine
    save = "https://archive.example.org/save"                 # Save Page Now 2
    replay = "https://archive.example.org/web/"               # where copies are shown: {replay}{stamp}/{address}

An archive named "wayback" there replaces the built-in one.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from citekit.errors import ArchiveError

__all__ = ["LOCAL", "WAYBACK", "Archive", "read_archives"]

LOCAL = "local"
"""The name under which citekit's own captures are listed."""

_ADDRESSES = ("timegate", "timemap", "cdx", "availability", "save", "replay")
_RATES = ("queries_per_minute", "replays_per_minute", "saves_per_minute", "anonymous_saves_per_minute")


@dataclass(frozen=True, slots=True)
class Archive:
    """A web archive.

    Attributes:
        name: under which its copies are listed.
        timegate: the page's address is put behind it (RFC 7089, 4).
        timemap: the page's address is put behind it (RFC 7089, 5).
        cdx: a CDX server's query.
        availability: a query that gives the closest copy as JSON.
        save: Save Page Now 2.
        replay: what stands before `{stamp}/{address}` in the addresses of its copies.
        queries_per_minute: to the index.
        replays_per_minute: of copies.
        saves_per_minute: with an access key.
        anonymous_saves_per_minute: without one.
    """

    name: str
    timegate: str | None = None
    timemap: str | None = None
    cdx: str | None = None
    availability: str | None = None
    save: str | None = None
    replay: str | None = None
    queries_per_minute: float = 24  # 80 % of 30: the limit seen at the Wayback Machine, which asks clients for the 80 %
    replays_per_minute: float = 480  # 80 % of 600
    saves_per_minute: float = 5.6  # 80 % of the documented 7
    anonymous_saves_per_minute: float = 2.4  # 80 % of the documented 3

    def memento(self, stamp: str, original: str) -> str:
        """The address of its copy of a page (URI-M)."""
        return f"{self.replay or self.timegate or ''}{stamp}/{original}"

    @property
    def finds(self) -> bool:
        """Whether it can be asked for copies."""
        return any((self.cdx, self.timegate, self.availability, self.timemap))


WAYBACK = Archive(
    name="wayback",
    timegate="https://web.archive.org/web/",
    timemap="https://web.archive.org/web/timemap/link/",
    cdx="https://web.archive.org/cdx/search/cdx",
    availability="https://archive.org/wayback/available",
    save="https://web.archive.org/save",
    replay="https://web.archive.org/web/",
)


def read_archives(path: str | Path | None) -> tuple[Archive, ...]:
    """The archives of a file of configuration behind the Wayback Machine, which it may replace; that alone for None.

    Raises:
        ArchiveError: the file cannot be read, or says what no archive can be; the message names the place.
    """
    if path is None:
        return (WAYBACK,)
    try:
        content = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "is no UTF-8"
        raise ArchiveError(f"{path}: cannot be read ({reason}); name a file of archives") from error
    except tomllib.TOMLDecodeError as error:
        raise ArchiveError(f"{path}: is no TOML ({error}); see docs/how-to/archive.md for an example") from error
    listed = content.get("archive")
    if not isinstance(listed, list) or not listed or set(content) != {"archive"}:
        raise ArchiveError(f"{path}: names no archive; write a table [[archive]] for each")
    found = {WAYBACK.name: WAYBACK}
    for number, table in enumerate(listed, 1):
        archive = _archive(f"{path}, archive {number}", table)
        found[archive.name] = archive
    return tuple(found.values())


def _archive(place: str, table: Any) -> Archive:
    if not isinstance(table, dict):
        raise ArchiveError(f"{place}: is no table; write [[archive]] and its settings below")
    known = {field.name for field in fields(Archive)}
    for name, value in table.items():
        if name not in known:
            raise ArchiveError(f"{place}: has no setting {name}; there are {', '.join(sorted(known))}")
        if name in _RATES and (not isinstance(value, int | float) or isinstance(value, bool) or value <= 0):
            raise ArchiveError(f"{place}: {name} is no number above 0")
        if name in _ADDRESSES and not _is_address(value):
            raise ArchiveError(f"{place}: {name} is no web address; write it with http:// or https://")
    name = table.get("name")
    if not isinstance(name, str) or not name.strip() or name == LOCAL:
        raise ArchiveError(f'{place}: has no name; add name = "…" (any but {LOCAL})')
    archive = replace(Archive(name=name), **table)
    if not archive.finds and archive.save is None:
        raise ArchiveError(f"{place}: has no address; add one of {', '.join(_ADDRESSES)}")
    return archive


def _is_address(value: Any) -> bool:
    if not isinstance(value, str):
        return False
    try:
        parts = urlsplit(value)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None
    except ValueError:
        return False
