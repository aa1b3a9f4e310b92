"""What an archive can answer instead of what it was asked for, told apart by what is to be done about it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from citekit.archive.exchange import Exchange, Response
from citekit.archive.pacing import retry_after

__all__ = ["NOT_JSON", "RUNTIME_ERROR", "Trouble", "TroubleKind", "json_answer", "save_trouble", "trouble_of"]

RUNTIME_ERROR = "X-Archive-Wayback-Runtime-Error"
_BLOCKED = ("AdministrativeAccessControlException", "RobotAccessControlException")
_NOT_SHOWN = "the archive does not show copies of this page"
_EXCEPTION = re.compile(r"(?:[a-z]\w{0,40}\.){1,8}[A-Z]\w{0,80}(?:Exception|Error)\b")  # a Java class by its whole name
NOT_JSON = "not-json"
"""The code of a page in the place of an answer: it may be this question's fault, or the archive's way to throttle."""
_WITHOUT_WORD = 60.0  # seconds to wait where an archive says "too many" and no Retry-After, as it asks its clients
_LONGEST_MESSAGE = 300

# Save Page Now 2, `status_ext` behind "error:".
_TRANSIENT = frozenset(
    {
        *("bad-gateway", "browsing-timeout", "cannot-fetch", "capture-location-error", "celery", "gateway-timeout"),
        *("internal-server-error", "job-failed", "no-browsers-available", "protocol-error", "proxy-error"),
        *("read-timeout", "service-unavailable", "soft-time-limit-exceeded"),
    }
)
_TOO_MANY = frozenset({"too-many-requests", "user-session-limit"})
_QUOTA = frozenset({"max-daily-bandwidth", "max-daily-bandwidth-from-ip"})
_QUOTA_OF_PAGE = frozenset({"too-many-daily-captures", "max-daily-bandwidth-host"})


class TroubleKind(StrEnum):
    """What is to be done about it."""

    TRANSIENT = "transient"
    """It may pass: another try, after a while."""
    THROTTLED = "throttled"
    """Too many requests: nothing more is asked for a while, and it counts as no try."""
    QUOTA = "quota"
    """The day's allowance is used up: nothing more is asked until the next day."""
    QUOTA_OF_PAGE = "quota-of-page"
    """That of this page or of its host; others may be asked for."""
    PERMANENT = "permanent"
    """Another try would end the same way."""
    BLOCKED = "blocked"
    """The archive does not show copies of this page."""
    REFUSED = "refused"
    """The access key is not accepted: nothing can be saved with it."""
    UNKNOWN = "unknown"
    """The request was sent and no answer came: it may have been carried out. Ask before it is sent again."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What went wrong.

    Attributes:
        kind: what is to be done about it.
        code: `status_ext`, an exception's name, an HTTP status or a failure of the network.
        message: one line.
        wait: seconds that nothing is to be asked, where the archive says so.
        host: where the network failed; None where an answer came.
    """

    kind: TroubleKind
    code: str
    message: str
    wait: float | None = None
    host: str | None = None


def trouble_of(exchange: Exchange) -> Trouble | None:
    """What is wrong with an answer of an archive's index; None where it is an answer (404 is one)."""
    if exchange.failure is not None:
        host = urlsplit(exchange.final_url or "").netloc or None
        return Trouble(TroubleKind.TRANSIENT, exchange.failure.kind.value, exchange.failure.message, host=host)
    response = exchange.response
    if response is None:
        return Trouble(TroubleKind.TRANSIENT, "no-answer", "no answer")
    start = response.body[:2000].decode("utf-8", "replace")
    named = f"{response.header(RUNTIME_ERROR) or ''} {start if response.status >= 400 else ''}"
    if code := next((name for name in _BLOCKED if name in named), None):
        return Trouble(TroubleKind.BLOCKED, code, _NOT_SHOWN)
    if response.status == 429:
        wait = retry_after(response.header("Retry-After"))
        return Trouble(TroubleKind.THROTTLED, "429", "too many requests", _WITHOUT_WORD if wait is None else wait)
    if response.status >= 500 or response.status == 408:
        wait = retry_after(response.header("Retry-After"))
        return Trouble(TroubleKind.TRANSIENT, str(response.status), f"HTTP {response.status}", wait)
    if response.header(RUNTIME_ERROR) and response.status != 404:
        message = _line(response.header(RUNTIME_ERROR))
        return Trouble(TroubleKind.PERMANENT, message.partition(":")[0], message)
    if response.status >= 400 and response.status != 404:
        return Trouble(TroubleKind.PERMANENT, str(response.status), f"HTTP {response.status}")
    return None


def json_answer(exchange: Exchange, *, of_index: bool = False) -> Any | Trouble:
    """The JSON of an answer; a page with status 200 that is none is how archives throttle or challenge programs.

    Args:
        exchange: the question and its answer.
        of_index: whether an index was asked: that may answer with status 200 and the name of an exception of its
            program, which is its word on this page alone.
    """
    trouble = trouble_of(exchange)
    if trouble is not None or exchange.response is None:
        return trouble
    if exchange.response.status == 404:
        return None
    try:
        return json.loads(exchange.response.body)
    except (ValueError, RecursionError):
        if of_index and (said := _exception(exchange.response)) is not None:
            return said
        return Trouble(TroubleKind.THROTTLED, NOT_JSON, "a page instead of an answer: throttled", _WITHOUT_WORD)


def _exception(response: Response) -> Trouble | None:
    """What an exception means whose name is all that an index answers."""
    line = _line(response.body[:2000].decode("utf-8", "replace"))
    named = _EXCEPTION.match(line)
    if named is None:
        return None
    if code := next((name for name in _BLOCKED if name in line), None):
        return Trouble(TroubleKind.BLOCKED, code, _NOT_SHOWN)
    return Trouble(TroubleKind.PERMANENT, named[0].rpartition(".")[2], line)


def save_trouble(status_ext: str, message: str | None = None) -> Trouble:
    """What an error of Save Page Now 2 means.

    Args:
        status_ext: such as "error:no-access"; one that is not known is taken for permanent: nothing is tried again
            that nobody knows to pass.
        message: in words.
    """
    code = status_ext.removeprefix("error:").strip() or "unknown-error"
    words = _line(message) or code
    if code in _TOO_MANY:
        return Trouble(TroubleKind.THROTTLED, code, words, _WITHOUT_WORD)
    if code in _QUOTA:
        return Trouble(TroubleKind.QUOTA, code, words)
    if code in _QUOTA_OF_PAGE:
        return Trouble(TroubleKind.QUOTA_OF_PAGE, code, words)
    if code in _TRANSIENT:
        return Trouble(TroubleKind.TRANSIENT, code, words)
    return Trouble(TroubleKind.PERMANENT, code, words)


def _line(text: str | None) -> str:
    return " ".join((text or "").split())[:_LONGEST_MESSAGE]
