"""Answers as HTTP/1.1 has them: interim ones come before the final one."""

from __future__ import annotations

import http.client
from collections.abc import Callable
from typing import Any

__all__ = ["FinalAnswer"]

_MOST_INTERIM = 20  # answers 1xx before the final one; servers send one or two (RFC 8297: a 103, perhaps again)
_SWITCHING_PROTOCOLS = 101


class FinalAnswer(http.client.HTTPResponse):
    """The final answer to a request, whatever interim answers come before it (RFC 9110, 15.2).

    `http.client` passes over 100 alone and takes 103 (Early Hints) for the final answer; what follows it on the line
    would then be read as the answer to the next request.
    """

    def note(self, status: int) -> None:
        """The final status, as soon as its line was read, whatever becomes of what follows."""

    def _read_status(self) -> tuple[str, int, str]:
        read: Callable[[], Any] = super()._read_status  # type: ignore[misc]
        for _ in range(_MOST_INTERIM):
            version, status, reason = read()
            if not 100 <= status < 200:
                self.note(status)
                return version, status, reason
            if status == _SWITCHING_PROTOCOLS:  # which was never asked for
                break
            http.client.parse_headers(self.fp)
        raise http.client.BadStatusLine("no final answer")
