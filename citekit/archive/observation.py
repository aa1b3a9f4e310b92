"""One dated look at a link or at an archived copy of it: what was seen, and no judgement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from citekit.archive.exchange import Exchange, FailureKind, Hop

__all__ = ["TELLING_HEADERS", "Observation", "Sign", "telling_headers"]

TELLING_HEADERS = (
    *("age", "cf-mitigated", "content-language", "content-length", "content-location", "content-type", "date", "etag"),
    *("last-modified", "link", "location", "memento-datetime", "retry-after", "server", "vary", "www-authenticate"),
    *("x-archive-orig-date", "x-archive-src", "x-archive-wayback-runtime-error", "x-robots-tag"),
)
"""Headers that say what was answered, by whom and of when; none that identifies a reader (cookies)."""

_TELLING = frozenset(TELLING_HEADERS)
_VALUE_AT_MOST = 1000  # code points of a header that are kept


class Sign(StrEnum):
    """Something noticed in an answer that a verdict can rest on; an observation keeps with each what it rests on."""

    ERROR_TITLE = "error-title"
    """Its title says that the page is not there."""
    ERROR_HEADING = "error-heading"
    """Its first heading does."""
    ERROR_TEXT = "error-text"
    """It has few words, among them that the page is not there."""
    ERROR_ADDRESS = "error-address"
    """The chain ends at an address of error pages."""
    TO_ROOT = "to-root"
    """The chain ends at the start page of a site."""
    TO_SEARCH = "to-search"
    """The chain ends where searching begins anew."""
    SAME_AS_SIBLING = "same-as-sibling"
    """An address beside it that cannot exist shows the same."""
    SIBLING_MISSING = "sibling-missing"
    """An address beside it that cannot exist is answered as missing: the server tells pages apart."""
    PARKED_HOST = "parked-host"
    """The chain passes a service that parks names of hosts."""
    PARKED_TEXT = "parked-text"
    """It offers the name of the host for sale, or says that nobody uses it."""
    CONSENT = "consent"
    """It has few words, and they ask to accept cookies first."""
    CHALLENGE = "challenge"
    """It asks a reader to show that they are no program."""
    FORBIDDEN = "forbidden"
    """Its title or heading says that strangers are not let in (401, 403), whatever its status."""
    OUT_OF_ORDER = "out-of-order"
    """It says that the server has trouble of its own, whatever its status."""
    SIGN_IN = "sign-in"
    """The chain ends at a page to sign in."""
    SCRIPT_ONLY = "script-only"
    """It has scripts and next to no words."""
    PACKED = "packed"
    """It came in an encoding that was not asked for and is not undone here."""
    EMPTY = "empty"
    """The answer has no content."""
    NO_HEAD = "no-head"
    """HEAD failed where GET did not."""
    CUT_OFF = "cut-off"
    """Its content is larger than what is read."""
    ARCHIVED_REDIRECT = "archived-redirect"
    """An archive shows a notice in the place of a page that led elsewhere."""
    UNREAD = "unread"
    """Its content was not fetched: large, and no page."""


@dataclass(frozen=True, slots=True)
class Observation:
    """What was seen at one moment.

    Attributes:
        observed_at: when it began, UTC.
        url: asked for.
        method: of the request that decided; empty where nothing was asked.
        hops: the requests of its chain.
        status: of the last answer; None without one.
        final_url: where the chain ended.
        failure: why there was no answer.
        message: of the failure, one line.
        headers: the telling ones of the last answer, by name in small letters.
        media_type: of the last answer.
        length: bytes of the body that were read; None where none was asked for.
        truncated: whether the body was cut off at a limit.
        sha256: of the body, content encodings undone; None where it was not read to its end.
        title: of the page.
        fingerprint: of the page's words (`Fingerprint.to_text`).
        signs: what was noticed, each with what it rests on.
        seconds: the whole of it, without waiting for the host's turn.
        attempts: how often it was tried.
        version: of citekit.
        id: in the store; None for one that is not kept.
    """

    observed_at: datetime
    url: str
    method: str
    hops: tuple[Hop, ...] = ()
    status: int | None = None
    final_url: str | None = None
    failure: FailureKind | None = None
    message: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    media_type: str | None = None
    length: int | None = None
    truncated: bool = False
    sha256: str | None = None
    title: str | None = None
    fingerprint: str | None = None
    signs: Mapping[Sign, str] = field(default_factory=dict)
    seconds: float = 0.0
    attempts: int = 1
    version: str = ""
    id: int | None = None

    def to_json(self) -> dict[str, Any]:
        """An observation in the shape of the JSON schema (docs/schema/check.json)."""
        return {
            "observed_at": self.observed_at.isoformat(timespec="seconds"),
            "url": self.url,
            "method": self.method,
            "chain": [hop_to_json(hop) for hop in self.hops],
            "status": self.status,
            "final_url": self.final_url,
            "failure": self.failure.value if self.failure else None,
            "message": self.message,
            "headers": dict(self.headers),
            "media_type": self.media_type,
            "length": self.length,
            "truncated": self.truncated,
            "sha256": self.sha256,
            "title": self.title,
            "signs": {sign.value: words for sign, words in self.signs.items()},
            "seconds": round(self.seconds, 3),
            "attempts": self.attempts,
        }


def hop_to_json(hop: Hop) -> dict[str, Any]:
    """One request of a chain."""
    return {
        "url": hop.url,
        "method": hop.method,
        "status": hop.status,
        "location": hop.location,
        "address": hop.address,
        "seconds": round(hop.seconds, 3),
    }


def telling_headers(exchange: Exchange) -> dict[str, str]:
    """The headers of the last answer that are kept."""
    if exchange.response is None:
        return {}
    found: dict[str, str] = {}
    for name, value in exchange.response.headers:
        kept = name.lower()
        if kept in _TELLING:
            found[kept] = (f"{found[kept]}, {value}" if kept in found else value)[:_VALUE_AT_MOST]
    return found
