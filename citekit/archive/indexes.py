"""Asking one archive which copies it has: its CDX server, its availability query, its TimeGate and TimeMap.

Each function gives what the archive says, or the trouble there was; none raises for what the network does. Each calls
`turn` before each request, which waits for the archive's sake.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode, urljoin

from citekit.archive.archives import Archive
from citekit.archive.exchange import Exchange, Limits
from citekit.archive.link_format import LinkValue, read_header, read_links
from citekit.archive.mementos import FoundBy, Memento, Period, page_of, replay_address, stamp_of
from citekit.archive.session import Session
from citekit.archive.trouble import Trouble, TroubleKind, json_answer, trouble_of
from citekit.archive.wrappers import memento_moment

__all__ = ["ask_availability", "ask_cdx", "ask_timegate", "ask_timemap", "cdx_captures", "moment_of_header"]

_JSON_LIMITS = Limits(connect=10, read=30, total=60, body=16 * 1024 * 1024, keep=16 * 1024 * 1024)
_TIMEMAP_LIMITS = Limits(connect=10, read=30, total=60, body=32 * 1024 * 1024, keep=32 * 1024 * 1024)
_GATE_LIMITS = Limits(connect=10, read=30, total=60, body=64 * 1024, keep=64 * 1024)  # the copy's body is not wanted
_FIELDS = ("timestamp", "original", "mimetype", "statuscode", "digest")
_PYWB_FIELDS = {"url": "original", "mime": "mimetype", "status": "statuscode"}
_NO_ERRORS = "!statuscode:[45].."  # copies of error pages stand for nothing; revisits have "-"
_NO_REDIRECTS = "!statuscode:[345].."
_PAGE = 2000  # captures of one answer; the servers cut longer ones off
_TIMEMAPS = 20  # pages of a TimeMap
_SECOND = timedelta(seconds=1)  # limits of a CDX query are inclusive

Turn = Callable[[], object]
"""Waits until the archive may be asked once more."""


def _at_once() -> None:
    """Nobody waits."""


def ask_cdx(
    session: Session, archive: Archive, url: str, wanted: Period, *, turn: Turn = _at_once, depth: int = 1
) -> list[Memento] | Trouble:
    """The copies on both sides of a day: the last before its end, and the first behind its start.

    Where the nearest of a side is a redirect, by the index's own word, the nearest that is none is asked for too.

    Args:
        session: the way to the network.
        archive: to be asked.
        url: of the page.
        wanted: the day.
        turn: called before each request.
        depth: how many copies of each side; more than one where the nearest are known to be bad.
    """
    if archive.cdx is None:
        return []
    found: list[Memento] = []
    sides = (
        {"to": stamp_of(wanted.end - _SECOND), "limit": str(-depth)},
        {"from": stamp_of(wanted.start), "limit": str(depth)},
    )
    for side in sides:
        for rule in (_NO_ERRORS, _NO_REDIRECTS):
            turn()
            rows = _rows(session, archive, url, {"filter": rule, **side})
            if isinstance(rows, Trouble):
                return rows
            found += rows[0]
            if not any(one.status is not None and 300 <= one.status < 400 for one in rows[0]):
                break
    return list(dict.fromkeys(found))


def cdx_captures(
    session: Session,
    archive: Archive,
    url: str,
    *,
    since: datetime | None = None,
    page: int = _PAGE,
    turn: Turn = _at_once,
) -> Iterator[Memento | Trouble]:
    """All copies of a page, the oldest first, those of error pages among them; ends with the trouble, if there is any.

    Args:
        session: the way to the network.
        archive: with a CDX server.
        url: of the page.
        since: none that are older.
        page: how many are asked for at a time.
        turn: called before each request.
    """
    asked = {"limit": str(page), "showResumeKey": "true"} | ({"from": stamp_of(since)} if since else {})
    key: str | None = None
    while archive.cdx is not None:
        turn()
        rows = _rows(session, archive, url, asked | ({"resumeKey": key} if key else {}))
        if isinstance(rows, Trouble):
            yield rows
            return
        yield from rows[0]
        if rows[1] is None or rows[1] == key:
            return
        key = rows[1]


def ask_availability(
    session: Session, archive: Archive, url: str, wanted: Period, *, turn: Turn = _at_once
) -> list[Memento] | Trouble:
    """The closest copy that the availability query names."""
    if archive.availability is None:
        return []
    turn()
    query = urlencode({"url": url, "timestamp": stamp_of(wanted.middle)})
    exchange = session.fetch("GET", _with_query(archive.availability, query), limits=_JSON_LIMITS)
    answer = json_answer(exchange, of_index=True)
    if isinstance(answer, Trouble):
        return answer
    snapshots = answer.get("archived_snapshots") if isinstance(answer, dict) else None
    closest = snapshots.get("closest") if isinstance(snapshots, dict) else None
    if not isinstance(closest, dict) or not closest.get("available") or not isinstance(closest.get("url"), str):
        return []
    address, stamp = closest["url"], str(closest.get("timestamp") or "")
    parts = replay_address(address)
    return [
        Memento(
            archive.name,
            _secure(address, archive),
            parts.original if parts else url,
            memento_moment(stamp),
            FoundBy.AVAILABILITY,
            _number(closest.get("status")),
        )
    ]


def ask_timegate(
    session: Session, archive: Archive, url: str, wanted: Period, *, turn: Turn = _at_once
) -> list[Memento] | Trouble:
    """The copy that the TimeGate leads to for a day (RFC 7089, 4.1 and 4.2)."""
    if archive.timegate is None:
        return []
    turn()
    headers = {"Accept-Datetime": format_datetime(wanted.middle, usegmt=True)}
    exchange = session.fetch("GET", f"{archive.timegate}{url}", headers=headers, limits=_GATE_LIMITS)
    if (found := _passed(exchange, archive, url)) is not None:
        return [found]
    if (trouble := trouble_of(exchange)) is not None:
        return trouble
    response = exchange.response
    moment = moment_of_header(response.header("Memento-Datetime")) if response else None
    if response is None or exchange.final_url is None:
        return []
    if moment is None:  # a page around the copy: its `Link` names the copy that it shows
        named = (_linked(archive, exchange.final_url, link) for link in _header_links(exchange))
        return [one for one in named if one is not None and page_of(one.original) == page_of(url)]
    address = urljoin(exchange.final_url, response.header("Content-Location") or exchange.final_url)
    original = next((link.target for link in _header_links(exchange) if "original" in link.relations), url)
    if page_of(original) != page_of(url):
        return []
    return [Memento(archive.name, address, original, moment, FoundBy.TIMEGATE, response.status)]


def ask_timemap(session: Session, archive: Archive, url: str, *, turn: Turn = _at_once) -> list[Memento] | Trouble:
    """All copies that the TimeMap lists (RFC 7089, 5), page after page."""
    if archive.timemap is None:
        return []
    found: list[Memento] = []
    waiting, seen = [f"{archive.timemap}{url}"], set[str]()
    while waiting and len(seen) < _TIMEMAPS:
        address = waiting.pop(0)
        seen.add(address)
        turn()
        exchange = session.fetch("GET", address, limits=_TIMEMAP_LIMITS)
        if (trouble := trouble_of(exchange)) is not None:
            return trouble
        response = exchange.response
        if response is None or response.status != 200:
            return found
        if response.media_type == "text/html":
            return Trouble(TroubleKind.THROTTLED, "not-a-timemap", "a page instead of a TimeMap: throttled", 60.0)
        for link in read_links(response.body.decode("utf-8", "replace")):
            target = urljoin(address, link.target)
            if "memento" in link.relations:
                parts = replay_address(target)
                moment = moment_of_header(link.parameters.get("datetime"))
                original = parts.original if parts else url
                found.append(Memento(archive.name, target, original, moment, FoundBy.TIMEMAP))
            elif "timemap" in link.relations and "self" not in link.relations and target not in seen:
                waiting.append(target)
    return found


def moment_of_header(value: str | None) -> datetime | None:
    """The moment of a `Memento-Datetime` or `datetime` (RFC 7089, 2.1.1); None where it is none."""
    try:
        moment = parsedate_to_datetime(value or "")
    except (ValueError, TypeError, IndexError):
        return None
    return moment if moment.tzinfo is not None else None


def _linked(archive: Archive, base: str, link: LinkValue) -> Memento | None:
    """The copy that a link with `rel="memento"` names (RFC 7089, 2.2.4)."""
    moment = moment_of_header(link.parameters.get("datetime"))
    parts = replay_address(urljoin(base, link.target))
    if "memento" not in link.relations or moment is None or parts is None:
        return None
    address = f"{parts.collection}/{parts.stamp}/{parts.original}"
    return Memento(archive.name, address, parts.original, moment, FoundBy.TIMEGATE)


def _passed(exchange: Exchange, archive: Archive, url: str) -> Memento | None:
    """The first copy of the page itself in a chain; what it leads to in its turn may be a copy of another page."""
    page = page_of(url)
    for hop in exchange.hops:
        parts = replay_address(hop.url)
        if parts is not None and parts.moment is not None and len(parts.stamp) == 14 and parts.page == page:
            return Memento(archive.name, hop.url, parts.original, parts.moment, FoundBy.TIMEGATE, hop.status)
    return None


def _rows(
    session: Session, archive: Archive, url: str, asked: Mapping[str, str]
) -> tuple[list[Memento], str | None] | Trouble:
    query = urlencode({"url": url, "output": "json", "fl": ",".join(_FIELDS), **asked})
    exchange = session.fetch("GET", _with_query(archive.cdx or "", query), limits=_JSON_LIMITS)
    body = exchange.response.body.strip() if exchange.response and exchange.status == 200 else b""
    answer: Any = (
        [] if exchange.failure is None and exchange.status == 200 and not body else json_answer(exchange, of_index=True)
    )
    if isinstance(answer, Trouble) and (lines := _json_lines(body)) is not None:
        answer = lines
    elif isinstance(answer, dict):  # a single line is JSON by itself
        answer = _json_lines(body)
    if isinstance(answer, Trouble):
        return answer
    if not isinstance(answer, list):
        return [], None
    rows = [row for row in answer if isinstance(row, list)]
    key = None
    if [] in rows:  # an empty row, and then the key
        at = rows.index([])
        key = str(rows[at + 1][0]) if len(rows) > at + 1 and rows[at + 1] else None
        rows = rows[:at]
    if not rows:
        return [], key
    headed = "timestamp" in rows[0]
    names = [str(name) for name in rows[0]] if headed else _FIELDS
    found = (_capture(archive, dict(zip(names, map(str, row), strict=False))) for row in rows[headed:])
    return [one for one in found if one is not None], key


def _json_lines(body: bytes) -> list[list[str]] | None:
    """Rows of an index that gives an object a line (pywb), in the order of `_FIELDS`; None where it gives none."""
    rows: list[list[str]] = []
    for line in body.splitlines():
        try:
            found = json.loads(line)
        except (ValueError, RecursionError):
            return None
        if not isinstance(found, dict) or "timestamp" not in found:
            return None
        named = {_PYWB_FIELDS.get(name, name): str(value) for name, value in found.items()}
        rows.append([named.get(name, "-") for name in _FIELDS])
    return rows or None


def _capture(archive: Archive, row: Mapping[str, str]) -> Memento | None:
    stamp, original = row.get("timestamp", ""), row.get("original", "")
    moment = memento_moment(stamp)
    if moment is None or not original:
        return None
    media_type = row.get("mimetype")
    known = media_type not in ("warc/revisit", "unk", "-", None)
    return Memento(
        archive.name,
        archive.memento(stamp, original),
        original,
        moment,
        FoundBy.CDX,
        _number(row.get("statuscode")),
        media_type if known else None,
        row.get("digest"),
    )


def _header_links(exchange: Exchange) -> Iterator[LinkValue]:
    for value in exchange.response.all_headers("Link") if exchange.response else ():
        yield from read_header(value)


def _secure(address: str, archive: Archive) -> str:
    """The availability query still names copies with http: the archive itself leads to https."""
    base = archive.replay or ""
    plain = base.replace("https://", "http://", 1)
    return base + address[len(plain) :] if base.startswith("https://") and address.startswith(plain) else address


def _with_query(address: str, query: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{query}"


def _number(value: Any) -> int | None:
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) == 3 else None
