"""Save Page Now 2: asking the Wayback Machine, or an archive with the same interface, to save a page.

Every function sends one request and says what came of it; nothing is repeated here. A request whose answer is lost may
have been carried out (`TroubleKind.UNKNOWN`): who sends it again must ask the index of the archive first.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from urllib.parse import urljoin

from citekit.archive.archives import Archive
from citekit.archive.exchange import Exchange, FailureKind, Limits
from citekit.archive.mementos import FoundBy, Memento, replay_address
from citekit.archive.session import Authorization, Session
from citekit.archive.trouble import RUNTIME_ERROR, Trouble, TroubleKind, json_answer, save_trouble, trouble_of
from citekit.archive.wrappers import memento_moment
from citekit.errors import ArchiveError

__all__ = ["Allowance", "Done", "Pending", "Skipped", "Submitted", "allowance", "credentials", "job_status", "submit"]

_LIMITS = Limits(connect=10, read=60, total=90, body=4 * 1024 * 1024, keep=4 * 1024 * 1024)
_INLINE_LIMITS = Limits(connect=10, read=180, total=240, body=256 * 1024, keep=256 * 1024)  # the page is loaded first
_NEVER_SENT = {FailureKind.DNS, FailureKind.OFFLINE, FailureKind.REFUSED, FailureKind.TLS}
_NEVER_SENDABLE = {FailureKind.UNSAFE, FailureKind.SCHEME, FailureKind.INVALID_URL, FailureKind.CREDENTIALS}
_UNREACHABLE = 60.0  # seconds until an archive that cannot be reached is asked again


@dataclass(frozen=True, slots=True)
class Submitted:
    """The archive took the request; `job` is its own name of it."""

    job: str
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """The archive has a copy that is new enough (`if_not_archived_within`), and made none."""

    message: str


@dataclass(frozen=True, slots=True)
class Pending:
    """The archive is at it."""


@dataclass(frozen=True, slots=True)
class Done:
    """The archive says that it saved the page; whether it did, a look at the memento tells."""

    memento: Memento


@dataclass(frozen=True, slots=True)
class Allowance:
    """What the archive says that the account may still do.

    Attributes:
        available: captures that may run at the same time as those that do; None where not said.
        daily_left: captures that are left for the day; None where not said.
    """

    available: int | None = None
    daily_left: int | None = None


def credentials(archive: Archive, environment: Mapping[str, str] | None = None) -> Authorization | None:
    """The access key for an archive, from the environment or the keyring of the system; None where there is none.

    `CITEKIT_SAVE_KEY` (for another archive than the Wayback Machine: `CITEKIT_SAVE_KEY_` and its name in capital
    letters) holds "accesskey:secret", as https://archive.org/account/s3.php shows them. Else the keyring is asked for
    the service "citekit" and the archive's name, where the package keyring is installed.

    Raises:
        ArchiveError: it is not of this form; the message does not repeat it.
    """
    if archive.save is None:
        return None
    name = "CITEKIT_SAVE_KEY"
    if archive.name != "wayback":
        name += "_" + "".join(letter if letter.isalnum() else "_" for letter in archive.name.upper())
    value = (os.environ if environment is None else environment).get(name) or ""
    place = name
    if not value:
        value, place = _from_keyring(archive.name) or "", f"keyring, citekit, {archive.name}"
    if not value:
        return None
    key, colon, secret = value.strip().partition(":")
    if not (key and colon and secret) or not value.strip().isascii() or len(value.split()) != 1:
        raise ArchiveError(f"{place}: is no access key; write accesskey:secret")
    return Authorization(f"LOW {key}:{secret}", archive.save)


def submit(
    session: Session,
    archive: Archive,
    url: str,
    *,
    key: Authorization | None,
    within: timedelta | None = None,
) -> Submitted | Skipped | Done | Trouble:
    """Ask to save a page.

    Args:
        session: the way to the network.
        archive: with Save Page Now.
        url: of the page.
        key: of an account; without one the archive saves while it answers.
        within: not where the archive has a copy that is no older.
    """
    if archive.save is None:
        return Trouble(TroubleKind.PERMANENT, "no-save", f"{archive.name} has no Save Page Now")
    if key is None:
        return _submit_inline(session, archive, url)
    form = {"url": url, "skip_first_archive": "1"}
    if within is not None:
        form["if_not_archived_within"] = str(int(within.total_seconds()))
    exchange = session.fetch(
        "POST", archive.save, headers={"Accept": "application/json"}, form=form, authorization=key, limits=_LIMITS
    )
    if (trouble := _sent_trouble(exchange)) is not None:
        return trouble
    answer = json_answer(exchange)
    if isinstance(answer, Trouble) and answer.code == "not-json":  # who knows what was done behind that page
        return replace(answer, kind=TroubleKind.UNKNOWN)
    if isinstance(answer, Trouble):
        return answer
    if not isinstance(answer, dict):
        return Trouble(TroubleKind.UNKNOWN, "no-job", "an answer that names no job")
    message = str(answer["message"]) if answer.get("message") else None
    if answer.get("status") == "error" or "status_ext" in answer:
        return save_trouble(str(answer.get("status_ext") or ""), message)
    if answer.get("job_id"):
        return Submitted(str(answer["job_id"]), message)
    return Skipped(message or "has a copy that is new enough")


def job_status(session: Session, archive: Archive, job: str, *, key: Authorization | None) -> Pending | Done | Trouble:
    """What became of a request. The archive knows for an hour at most; a job that it does not know gives code "404"."""
    address = f"{(archive.save or '').rstrip('/')}/status/{job}"
    exchange = session.fetch("GET", address, headers={"Accept": "application/json"}, authorization=key, limits=_LIMITS)
    if (said := _said(exchange)) is not None:
        return said
    answer = json_answer(exchange)
    if isinstance(answer, Trouble):
        return answer
    status = answer.get("status") if isinstance(answer, dict) else None
    if status == "pending":
        return Pending()
    if status == "success" and (done := _done(archive, answer)) is not None:
        return done
    if status == "error":
        return save_trouble(str(answer.get("status_ext") or ""), str(answer.get("message") or ""))
    return Trouble(TroubleKind.UNKNOWN, "404", "the archive does not know the job any more")


def allowance(session: Session, archive: Archive, *, key: Authorization) -> Allowance | Trouble:
    """What the account may still do today."""
    address = f"{(archive.save or '').rstrip('/')}/status/user"
    exchange = session.fetch("GET", address, headers={"Accept": "application/json"}, authorization=key, limits=_LIMITS)
    if exchange.status in (401, 403):
        return Trouble(TroubleKind.REFUSED, str(exchange.status), "the access key is not accepted")
    answer = json_answer(exchange)
    if isinstance(answer, Trouble):
        return answer
    if not isinstance(answer, dict):
        return Allowance()
    made, most = answer.get("daily_captures"), answer.get("daily_captures_limit")
    left = max(most - made, 0) if isinstance(made, int) and isinstance(most, int) else None
    available = answer.get("available")
    return Allowance(available if isinstance(available, int) else None, left)


def _submit_inline(session: Session, archive: Archive, url: str) -> Done | Trouble:
    """Without an account: the archive saves the page while it answers, and leads to the copy."""
    exchange = session.fetch("GET", f"{(archive.save or '').rstrip('/')}/{url}", limits=_INLINE_LIMITS)
    for hop in exchange.hops:
        for address in (hop.url, hop.location):
            if address and (made := _copy_at(archive, address, url)) is not None:
                return Done(made)
    if (trouble := _sent_trouble(exchange)) is not None:
        return trouble
    response = exchange.response
    location = response.header("Content-Location") if response else None
    if location and (made := _copy_at(archive, urljoin(archive.save or "", location), url)) is not None:
        return Done(made)
    if response is not None and response.header(RUNTIME_ERROR):
        return Trouble(TroubleKind.PERMANENT, "runtime-error", " ".join((response.header(RUNTIME_ERROR) or "").split()))
    return Trouble(TroubleKind.UNKNOWN, "no-memento", "the answer names no copy")


def _copy_at(archive: Archive, address: str, url: str) -> Memento | None:
    parts = replay_address(address)
    if parts is None or parts.moment is None or len(parts.stamp) != 14 or address.startswith(archive.save or "\n"):
        return None
    return Memento(archive.name, address, parts.original or url, parts.moment, FoundBy.SAVE)


def _done(archive: Archive, answer: Mapping[str, Any]) -> Done | None:
    stamp, original = str(answer.get("timestamp") or ""), answer.get("original_url")
    moment = memento_moment(stamp)
    if moment is None or len(stamp) != 14 or not isinstance(original, str):
        return None
    status = answer.get("http_status")
    known = status if isinstance(status, int) else None
    return Done(Memento(archive.name, archive.memento(stamp, original), original, moment, FoundBy.SAVE, known))


def _sent_trouble(exchange: Exchange) -> Trouble | None:
    """What is wrong with the answer to a request that changes something; None where it can be read."""
    if exchange.failure is not None:
        code, message = exchange.failure.kind.value, exchange.failure.message
        if exchange.failure.kind in _NEVER_SENDABLE:
            return Trouble(TroubleKind.REFUSED, code, message)
        if exchange.failure.kind in _NEVER_SENT and len(exchange.hops) < 2:
            return Trouble(TroubleKind.THROTTLED, code, message, _UNREACHABLE)
        return Trouble(TroubleKind.UNKNOWN, code, message)
    if exchange.status in (401, 403) and exchange.response and not exchange.response.header(RUNTIME_ERROR):
        return Trouble(TroubleKind.REFUSED, str(exchange.status), "the access key is not accepted")
    if (said := _said(exchange)) is not None:
        return said
    trouble = trouble_of(exchange)
    if trouble is not None and trouble.kind is TroubleKind.TRANSIENT and exchange.status in (500, 502, 504):
        # A gateway that lost the answer may have passed the request on.
        return Trouble(TroubleKind.UNKNOWN, trouble.code, trouble.message, trouble.wait)
    return trouble


def _said(exchange: Exchange) -> Trouble | None:
    """What a 429 is about in the archive's own words (`status_ext`): too many in a minute, a session, or a day."""
    response = exchange.response
    if response is None or exchange.failure is not None or response.status != 429:
        return None
    try:
        answer = json.loads(response.body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(answer, dict) or not isinstance(answer.get("status_ext"), str):
        return None
    said = save_trouble(answer["status_ext"], str(answer.get("message") or ""))
    return said if said.kind in (TroubleKind.QUOTA, TroubleKind.QUOTA_OF_PAGE) else None


def _from_keyring(archive: str) -> str | None:
    try:
        import keyring
    except ImportError:
        return None
    from keyring.errors import KeyringError

    try:
        found: str | None = keyring.get_password("citekit", archive)
    except KeyringError:
        return None
    return found
