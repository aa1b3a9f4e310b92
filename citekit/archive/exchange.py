"""What one fetch was: each request of its chain, the answer at its end, or what went wrong. Values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Exchange", "Failure", "FailureKind", "Hop", "Limits", "Response", "Witnessed"]


class FailureKind(StrEnum):
    """Why no answer came, or none that can be used."""

    DNS = "dns"
    """The name has no address."""
    OFFLINE = "offline"
    """This machine has no way there: no name server answers, or no network is reached."""
    REFUSED = "refused"
    """Nobody takes connections there."""
    RESET = "reset"
    """The connection was broken off."""
    TIMEOUT = "timeout"
    TLS = "tls"
    """No safe connection: the certificate is not the host's, or expired."""
    PROTOCOL = "protocol"
    """The answer is no HTTP, or its content cannot be decoded."""
    REDIRECT_LOOP = "redirect-loop"
    TOO_MANY_REDIRECTS = "too-many-redirects"
    UNSAFE = "unsafe"
    """It leads to the machine's own or a private network."""
    CREDENTIALS = "credentials"
    """It holds a name and password."""
    SCHEME = "scheme"
    """It is not http or https."""
    INVALID_URL = "invalid-url"
    ROBOTS = "robots"
    """The host's robots.txt does not allow it."""
    GONE = "gone"
    """A file that citekit wrote is not there any more."""
    DAMAGED = "damaged"
    """A file that citekit wrote is not what was written."""


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong, in one line."""

    kind: FailureKind
    message: str


@dataclass(frozen=True, slots=True)
class Hop:
    """One request of a chain.

    Attributes:
        url: asked for.
        method: GET, HEAD …
        status: of the answer; None without one.
        location: where the answer leads, as an absolute address; None where it does not.
        address: the IP address that was asked.
        seconds: until the answer's headers were there.
    """

    url: str
    method: str
    status: int | None = None
    location: str | None = None
    address: str | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Response:
    """The answer at the end of a chain.

    Attributes:
        status: HTTP status.
        reason: its words.
        headers: in order, as sent; names may come twice.
        body: the first bytes, at most `Limits.keep`, content encodings undone unless asked otherwise.
        sha256: hexadecimal digest of the whole body; None for HEAD, and where it was cut off.
        length: bytes of the body that were read.
        truncated: whether the body was cut off at a limit.
    """

    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes = b""
    sha256: str | None = None
    length: int = 0
    truncated: bool = False

    def header(self, name: str) -> str | None:
        """The first value of a header, whatever its case."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)

    def all_headers(self, name: str) -> tuple[str, ...]:
        """All values of a header, whatever its case."""
        wanted = name.lower()
        return tuple(value for key, value in self.headers if key.lower() == wanted)

    @property
    def media_type(self) -> str | None:
        """The media type without parameters, in small letters; None where the server names none."""
        value = self.header("Content-Type")
        return value.partition(";")[0].strip().lower() or None if value else None


@dataclass(frozen=True, slots=True)
class Witnessed:
    """One request of a chain as it was sent, with its answer: what a web archive keeps.

    Attributes:
        method: GET, HEAD …
        url: asked for.
        headers: as they were sent, but `Host`, which the connection adds.
        response: the answer.
        address: the IP address that was asked.
    """

    method: str
    url: str
    headers: tuple[tuple[str, str], ...]
    response: Response
    address: str | None


@dataclass(frozen=True, slots=True)
class Exchange:
    """A fetch from its first request to its last answer.

    Attributes:
        hops: the requests in order, at least one unless the address itself was refused.
        response: the last answer; None where there was none, or where the chain was given up.
        failure: what went wrong; None where nothing did.
        seconds: the whole of it.
    """

    hops: tuple[Hop, ...]
    response: Response | None
    failure: Failure | None
    seconds: float

    @property
    def final_url(self) -> str | None:
        """Where the chain ended; None where nothing was asked."""
        return self.hops[-1].url if self.hops else None

    @property
    def status(self) -> int | None:
        """The status of the last answer."""
        return self.response.status if self.response else None


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one fetch may cost.

    Attributes:
        connect: seconds for a connection.
        read: seconds between two pieces of an answer.
        total: seconds for the whole chain.
        body: bytes of a body, counted after content encodings are undone.
        keep: bytes of a body that are given back.
        redirects: requests that follow the first.
    """

    connect: float = 10.0
    read: float = 20.0
    total: float = 60.0
    body: int = 50 * 1024 * 1024
    keep: int = 50 * 1024 * 1024
    redirects: int = 10


RequestHeaders = Mapping[str, str]
