"""Connections that go only where the address guard allows, and that a deadline can end.

An adapter of `requests` whose pools make connections of our own: the name is resolved and looked at when the socket is
made, and the socket goes to the address that was looked at. Host header, SNI and the certificate's name are still the
name's, since only the socket knows the address.
"""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from requests import PreparedRequest
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

from citekit.archive.addresses import AddressGuard
from citekit.archive.answers import FinalAnswer
from citekit.archive.deadlines import Deadline

__all__ = ["GuardedAdapter", "Visit", "visiting"]


class Visit:
    """What the thread's present exchange is about: its deadline going in, address and status coming out."""

    def __init__(self, deadline: Deadline) -> None:
        self.deadline = deadline
        self.peer: str | None = None
        self.status: int | None = None


class _Present(threading.local):
    visit: Visit | None = None


visiting = _Present()
"""The present exchange of each thread: the pools of urllib3 leave no other way to their connections."""


class _Answer(FinalAnswer):
    """An answer that tells the present exchange its status before the headers are read."""

    def note(self, status: int) -> None:
        if visiting.visit is not None:
            visiting.visit.status = status


class _GuardedHTTP(HTTPConnection):
    """A connection that goes to an address that was looked at."""

    response_class = _Answer

    guard: AddressGuard
    _peer: str | None = None
    _line: socket.socket | None = None

    def request(self, *arguments: Any, **named: Any) -> None:
        self._attend()
        super().request(*arguments, **named)

    def close(self) -> None:
        super().close()
        self._close_line()

    def _new_conn(self) -> socket.socket:
        try:
            found = self.guard.addresses(self._dns_host.strip("[]"), self.port)
        except (socket.gaierror, UnicodeError) as error:  # a label of a name that is too long for IDNA
            trouble = error if isinstance(error, socket.gaierror) else socket.gaierror(str(error))
            raise NameResolutionError(self.host, self, trouble) from error
        visit = visiting.visit
        failure: OSError = OSError("no address")
        for address in found:
            made = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
            try:
                for option in self.socket_options or ():
                    made.setsockopt(*option)
                wait = self.timeout if isinstance(self.timeout, int | float) else None
                if visit is not None:
                    wait = min(visit.deadline.left, wait) if wait is not None else visit.deadline.left
                made.settimeout(wait)
                made.connect((address, self.port))
            except OSError as error:
                made.close()
                failure = error
                if visit is not None and visit.deadline.over:
                    break
                continue
            self._peer = address
            self._close_line()
            # TLS takes the socket over; a second handle on the same line can still shut it down.
            self._line = made.dup()
            self._attend()
            made.settimeout(self.timeout if isinstance(self.timeout, int | float) else None)
            return made
        if isinstance(failure, TimeoutError):
            raise ConnectTimeoutError(self, f"{self.host} did not answer in time") from failure
        raise NewConnectionError(self, f"{self.host}: {failure}") from failure

    def _attend(self) -> None:
        """Put this connection under the deadline of the thread's present exchange."""
        visit = visiting.visit
        if visit is not None:
            visit.peer = self._peer
            visit.deadline.watch(self._shut_down)

    def _shut_down(self) -> None:
        line = self._line
        if line is not None:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def _close_line(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.close()


class _GuardedHTTPS(_GuardedHTTP, HTTPSConnection):
    """The same under TLS, which takes the socket that the other one makes."""


class GuardedAdapter(HTTPAdapter):
    """An adapter for `requests` sessions under an address guard.

    Args:
        guard: looks at each address before it is connected to.
        hosts: connections are kept open to so many hosts at most.
    """

    def __init__(self, guard: AddressGuard, hosts: int = 256) -> None:
        self._guard = guard
        self._most_hosts = hosts
        self._pools: dict[tuple[str, str, bool | str | None], Any] = {}
        self._lock = threading.Lock()
        super().__init__(pool_connections=hosts, pool_maxsize=4, max_retries=0)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **more: Any) -> None:
        """The pools, with connections of our own."""
        guard = self._guard
        plain = type("GuardedConnection", (_GuardedHTTP,), {"guard": guard})
        secure = type("GuardedSecureConnection", (_GuardedHTTPS,), {"guard": guard})
        manager = PoolManager(num_pools=connections, maxsize=maxsize, block=block, **more)
        manager.pool_classes_by_scheme = {
            "http": type("GuardedPool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
            "https": type("GuardedSecurePool", (HTTPSConnectionPool,), {"ConnectionCls": secure}),
        }
        self.poolmanager = manager

    def get_connection_with_tls_context(
        self, request: PreparedRequest, verify: bool | str | None, proxies: Any = None, cert: Any = None
    ) -> Any:
        """The pool of connections to a host; made anew each time, its key would take as long as the request."""
        parts = urlsplit(request.url or "")
        key = (parts.scheme, parts.netloc, verify)
        with self._lock:
            pool = self._pools.get(key)
        if pool is None or pool.pool is None:  # closed because other hosts were asked meanwhile
            pool = super().get_connection_with_tls_context(request, verify, proxies, cert)
            with self._lock:
                if len(self._pools) > self._most_hosts:
                    self._pools.clear()
                self._pools[key] = pool
        return pool

    def proxy_manager_for(self, proxy: str, **_: Any) -> Any:
        """No proxy is used: it would resolve names itself, behind the guard."""
        raise ValueError(f"{proxy}: proxies are not used")
