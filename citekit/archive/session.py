"""The one way to the network: sessions under the address guard, and the fetch that follows redirects itself.

    with open_session() as session:
        exchange = session.fetch("GET", "https://example.org/")

Nothing of the environment is used (no proxies, no .netrc). Cookies live for one chain; credentials are sent to the
origin that they were given for and to no other.
"""

from __future__ import annotations

import errno
import hashlib
import socket
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from http.client import HTTPException
from http.cookiejar import DefaultCookiePolicy
from types import TracebackType
from typing import Any, Self
from urllib.parse import SplitResult, urljoin, urlsplit

import requests
from requests.cookies import RequestsCookieJar, extract_cookies_to_jar
from urllib3.exceptions import DecodeError, HTTPError, NameResolutionError, ReadTimeoutError

from citekit.archive.addresses import AddressGuard, Resolve, system_addresses
from citekit.archive.connections import GuardedAdapter, Visit, visiting
from citekit.archive.deadlines import Deadline, Deadlines
from citekit.archive.exchange import Exchange, Failure, FailureKind, Hop, Limits, Response, Witnessed
from citekit.errors import UnsafeAddressError
from citekit.version import VERSION

__all__ = ["USER_AGENT", "Authorization", "Session", "open_session"]

USER_AGENT = f"citekit/{VERSION} (checks the links of bibliographies; +https://pypi.org/project/citekit-references/)"
_REDIRECTS = {301, 302, 303, 307, 308}  # RFC 9110, 15.4; the others do not say where to go
# The name server does not answer, or no network leads there: nothing is said about the host.
_OFFLINE = {socket.EAI_AGAIN, errno.ENETUNREACH, errno.ENETDOWN}
_PIECE = 64 * 1024
_ACCEPTED = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"  # as browsers: some servers answer 406


class Authorization:
    """The value of an `Authorization` header that is never printed.

    Args:
        value: as it is sent.
        origin: `scheme://host[:port]`, which alone gets it.
    """

    __slots__ = ("_origin", "_value")

    def __init__(self, value: str, origin: str) -> None:
        self._value = value
        self._origin = _origin(urlsplit(origin))

    def __repr__(self) -> str:
        return "Authorization(…)"

    def header_for(self, url: str) -> dict[str, str]:
        """The header for a request to `url`: none where it goes to another origin."""
        return {"Authorization": self._value} if _origin(urlsplit(url)) == self._origin else {}


def open_session(
    *,
    allowed: Iterable[str] = (),
    resolve: Resolve = system_addresses,
    verify: bool | str = True,
    user_agent: str = USER_AGENT,
    limits: Limits | None = None,
) -> Session:
    """A session for any number of threads.

    Args:
        allowed: hosts of one's own that the address guard lets pass: `name`, `name:port`, `*.name`, or a network.
        resolve: asks the name server.
        verify: a file of certificates to trust instead of the usual ones.
        user_agent: what servers are told.
        limits: how much a fetch may cost, where it does not say itself.
    """
    return Session(AddressGuard(allowed, resolve), verify=verify, user_agent=user_agent, limits=limits or Limits())


class Session:
    """Fetches under the address guard; see `open_session`."""

    def __init__(self, guard: AddressGuard, *, verify: bool | str, user_agent: str, limits: Limits) -> None:
        self._guard = guard
        self._limits = limits
        self._user_agent = user_agent
        self._deadlines = Deadlines()
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.verify = verify
        self._session.headers.clear()
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self._session.adapters.clear()
        for prefix in ("http://", "https://"):
            self._session.mount(prefix, GuardedAdapter(guard))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._session.close()
        self._deadlines.close()

    def give_up(self) -> None:
        """End all fetches that are under way, as if their time were over."""
        self._deadlines.expire_all()

    def fetch(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
        authorization: Authorization | None = None,
        limits: Limits | None = None,
        decode: bool = True,
        page_redirect: Callable[[Response, str], str | None] | None = None,
        witness: Callable[[Witnessed], None] | None = None,
        may_visit: Callable[[str], bool] | None = None,
    ) -> Exchange:
        """Ask for an address and follow where it leads; whatever the network does is in the answer, never raised.

        Args:
            method: GET, HEAD or POST; a POST becomes a GET as RFC 9110 (15.4) has it.
            url: an absolute address.
            headers: in addition to the usual ones.
            form: the fields of a POST.
            authorization: sent to its own origin alone.
            limits: those of the session where None.
            decode: whether content encodings (gzip) are undone.
            page_redirect: where a page itself leads (`<meta http-equiv="refresh">`), given an answer and its address.
            witness: given each request of the chain with its answer, for who keeps them.
            may_visit: whether programs may visit an address (robots.txt); asked before each request of the chain.
        """
        bounds = limits or self._limits
        asked = _Asked(headers or {}, authorization, bounds, decode, page_redirect, witness, may_visit)
        started = time.monotonic()
        chain = _Chain(method, url, form)
        with self._deadlines.limit(bounds.total) as deadline:
            response, failure = None, None
            try:
                response = self._follow(chain, asked, deadline)
            except UnsafeAddressError as error:
                problem = "is led to: it holds a user name or password" if chain.hops else error.problem
                problem = problem if error.reason == FailureKind.CREDENTIALS else error.problem
                failure = Failure(FailureKind(error.reason), f"{_named(chain.url)}: {problem}")
            except _GivenUpError as error:
                failure = Failure(error.kind, f"{_named(chain.url)}: {error}")
            except (requests.RequestException, HTTPError, OSError, ValueError) as error:
                failure = _failure(error, deadline, chain.url)
        return Exchange(tuple(chain.hops), response, failure, time.monotonic() - started)

    def _follow(self, chain: _Chain, asked: _Asked, deadline: Deadline) -> Response:
        seen: set[tuple[str, str, int]] = set()
        while True:
            self._guard.check_url(chain.url)
            state = (chain.method, chain.url, len(chain.cookies))  # a cookie may be all that the first answer was about
            if state in seen:
                raise _GivenUpError(FailureKind.REDIRECT_LOOP, "leads back to itself")
            seen.add(state)
            if len(chain.hops) > asked.limits.redirects:
                raise _GivenUpError(FailureKind.TOO_MANY_REDIRECTS, f"more than {asked.limits.redirects} redirects")
            if asked.may_visit is not None and not asked.may_visit(chain.url):
                raise _GivenUpError(FailureKind.ROBOTS, "robots.txt does not allow it")
            response = self._ask(chain, asked, deadline)
            location = response.header("Location") if response.status in _REDIRECTS else None
            if location is None and asked.page_redirect is not None and chain.method == "GET":
                location = asked.page_redirect(response, chain.url)
            if location is None:
                return response
            try:
                target = urljoin(chain.url, _as_sent(location)).partition("#")[0]
            except ValueError as error:  # brackets that are no IPv6 address
                raise _GivenUpError(FailureKind.INVALID_URL, "leads to what is no web address") from error
            chain.lead(target, response.status)

    def _ask(self, chain: _Chain, asked: _Asked, deadline: Deadline) -> Response:
        headers = {
            "User-Agent": self._user_agent,
            "Accept": _ACCEPTED,
            "Accept-Encoding": "gzip, deflate" if asked.decode else "identity",
            **asked.headers,
            **(asked.authorization.header_for(chain.url) if asked.authorization else {}),
        }
        prepared = requests.PreparedRequest()
        prepared.prepare_method(chain.method)
        prepared.url = _as_asked(chain.url)
        prepared.prepare_headers(headers)
        if len(chain.cookies):
            prepared.prepare_cookies(chain.cookies)
        prepared.prepare_body(chain.form, None)
        began = time.monotonic()
        visit = Visit(deadline)
        visiting.visit = visit
        try:
            # The adapter at once: what a session does around it (redirects, its own cookies, proxies) is not wanted.
            answer = self._session.get_adapter(chain.url).send(
                prepared,
                stream=True,
                verify=self._session.verify or True,
                timeout=(min(asked.limits.connect, deadline.left), min(asked.limits.read, deadline.left)),
            )
            if "Set-Cookie" in answer.headers:
                extract_cookies_to_jar(chain.cookies, prepared, answer.raw)  # type: ignore[no-untyped-call]
            try:
                response = _read(answer, asked, deadline)
            finally:
                answer.close()
            if asked.witness is not None:
                sent = tuple((str(name), str(value)) for name, value in prepared.headers.items())
                asked.witness(Witnessed(chain.method, chain.url, sent, response, visit.peer))
            return response
        finally:
            seconds = time.monotonic() - began
            chain.hops.append(Hop(chain.url, chain.method, visit.status, None, visit.peer, seconds))
            visiting.visit = None
            deadline.watch(_nothing)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What stays the same through a chain."""

    headers: Mapping[str, str]
    authorization: Authorization | None
    limits: Limits
    decode: bool
    page_redirect: Callable[[Response, str], str | None] | None
    witness: Callable[[Witnessed], None] | None
    may_visit: Callable[[str], bool] | None


class _Chain:
    """The requests of a fetch so far, with the cookies that they brought, and what is asked for next."""

    def __init__(self, method: str, url: str, form: Mapping[str, str] | None) -> None:
        self.hops: list[Hop] = []
        self.cookies = RequestsCookieJar()
        self.method = method
        self.url = url
        self.form = form

    def lead(self, target: str, status: int) -> None:
        """The last answer leads to `target`; a POST is not repeated there unless the status says so."""
        self.hops[-1] = replace(self.hops[-1], location=target)
        self.url = target
        if self.method == "POST" and status not in (307, 308):
            self.method, self.form = "GET", None


class _GivenUpError(Exception):
    def __init__(self, kind: FailureKind, message: str) -> None:
        super().__init__(message)
        self.kind = kind


def _nothing() -> None:
    """There is nothing to shut down."""


def _read(answer: requests.Response, asked: _Asked, deadline: Deadline) -> Response:
    """The body, as far as the limits allow; of what a redirect has, no more than a piece."""
    limits = asked.limits
    most = min(limits.body, _PIECE) if answer.status_code in _REDIRECTS else limits.body
    digest, kept, length, truncated = hashlib.sha256(), bytearray(), 0, False
    raw = answer.raw
    while not truncated and (piece := raw.read1(_PIECE, decode_content=asked.decode)):
        truncated = length + len(piece) > most
        part = piece[: most - length]
        digest.update(part)
        kept += part[: max(limits.keep - len(kept), 0)]
        length += len(part)
        if deadline.over:
            break
    if deadline.over:  # what was read is cut off, headers maybe too
        raise _GivenUpError(FailureKind.TIMEOUT, f"took longer than {limits.total:g} seconds")
    headers = tuple((str(name), str(value)) for name, value in raw.headers.items())
    whole = None if truncated or answer.request.method == "HEAD" else digest.hexdigest()
    return Response(answer.status_code, answer.reason or "", headers, bytes(kept), whole, length, truncated)


@lru_cache(maxsize=4096)
def _as_asked(url: str) -> str | None:
    """An address as it goes over the wire: percent-encoded UTF-8, the host in Punycode (RFC 3986, RFC 3987, IDNA)."""
    prepared = requests.PreparedRequest()
    prepared.prepare_url(url, None)
    return prepared.url


def _named(url: str) -> str:
    """An address for a message: without what may be a secret."""
    scheme, slashes, rest = url.partition("://")
    authority, slash, path = rest.partition("/")
    return f"{scheme}{slashes}…@{authority.rpartition('@')[2]}{slash}{path}" if "@" in authority else url


def _failure(error: BaseException, deadline: Deadline, url: str) -> Failure:
    """What an exception of the network means."""
    url = _named(url)
    if deadline.over:
        return Failure(FailureKind.TIMEOUT, f"{url}: took too long")
    causes = list(_causes(error))
    if any(isinstance(cause, OSError) and cause.errno in _OFFLINE for cause in causes):
        return Failure(FailureKind.OFFLINE, f"{url}: no way there from this machine; is it connected?")
    for cause in causes:
        if isinstance(cause, NameResolutionError):
            name = urlsplit(url).hostname
            if any(isinstance(one, socket.gaierror) and one.errno == socket.EAI_FAIL for one in causes):
                return Failure(FailureKind.DNS, f"{url}: no name server answers for {name}")
            return Failure(FailureKind.DNS, f"{url}: the name {name} has no address")
    names = {type(cause).__name__ for cause in causes}
    if names & {"SSLError", "SSLCertVerificationError", "CertificateError", "SSLEOFError"}:
        words = next(
            (str(getattr(cause, "verify_message", "")) for cause in causes if hasattr(cause, "verify_message")), ""
        )
        return Failure(FailureKind.TLS, f"{url}: no safe connection ({words or 'TLS failed'})")
    if any(isinstance(cause, requests.Timeout | ReadTimeoutError | TimeoutError) for cause in causes):
        return Failure(FailureKind.TIMEOUT, f"{url}: did not answer in time")
    if any(isinstance(cause, DecodeError) for cause in causes):
        return Failure(FailureKind.PROTOCOL, f"{url}: its content cannot be decoded")
    if names & {"InvalidURL", "MissingSchema", "InvalidSchema", "LocationParseError", "LocationValueError"}:
        return Failure(FailureKind.INVALID_URL, f"{url}: is no web address")
    if any(isinstance(cause, ConnectionRefusedError) for cause in causes) or "NewConnectionError" in names:
        return Failure(FailureKind.REFUSED, f"{url}: nobody takes connections there")
    if any(type(cause) is HTTPException and "headers" in str(cause) for cause in causes):
        return Failure(FailureKind.PROTOCOL, f"{url}: the answer has more headers than can be read")
    if any(isinstance(cause, ConnectionError) for cause in causes) or names & {"IncompleteRead", "RemoteDisconnected"}:
        return Failure(FailureKind.RESET, f"{url}: the connection was broken off")
    return Failure(FailureKind.PROTOCOL, f"{url}: the answer is no HTTP")


def _causes(error: BaseException) -> Iterable[BaseException]:
    """An exception and all that it wraps, however."""
    seen: set[int] = set()
    waiting: list[Any] = [error]
    while waiting:
        one = waiting.pop(0)
        if not isinstance(one, BaseException) or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        waiting += [getattr(one, "reason", None), one.__cause__, one.__context__, *one.args]


def _as_sent(location: str) -> str:
    """A `Location` in UTF-8 (as many servers send it, against RFC 3986), which http.client reads as Latin-1.

    Blanks inside are encoded, as browsers do it.
    """
    try:
        read = location.encode("latin-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        read = location
    return read.strip().replace(" ", "%20")


def _origin(parts: SplitResult) -> tuple[str, str | None, int | None]:
    return parts.scheme, parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme)
