"""Fetching: redirects, limits, cookies, credentials, and servers that mean no good."""

from __future__ import annotations

import gzip
import logging
import socket
import ssl
import threading
from collections.abc import Callable, Iterator

import pytest
import trustme

from citekit.archive.exchange import FailureKind, Limits
from citekit.archive.session import Authorization, Session, open_session

from .doubles.pages import BOMB, SLOW
from .doubles.server import LoopbackServer, Misbehave, Reply, Request

SHORT = Limits(connect=1, read=1, total=1.5)


def test_a_chain_is_told_step_by_step(web: LoopbackServer, session: Session) -> None:
    exchange = session.fetch("GET", web.url("/chain/page.html"))
    assert [hop.status for hop in exchange.hops] == [301, 302, 307, 308, 200]
    assert [hop.location for hop in exchange.hops[:-1]] == [hop.url for hop in exchange.hops[1:]]
    assert {hop.address for hop in exchange.hops} == {"127.0.0.1"}
    assert exchange.final_url == web.url("/chain/4")


def test_after_ten_redirects_it_is_given_up(web: LoopbackServer, session: Session) -> None:
    exchange = session.fetch("GET", web.url("/endless/page.html"))
    assert exchange.failure is not None
    assert exchange.failure.kind is FailureKind.TOO_MANY_REDIRECTS
    assert len(exchange.hops) == 11
    assert len(web.requests) == 11


def test_a_bomb_is_inflated_to_the_limit_and_no_further(web: LoopbackServer, session: Session) -> None:
    exchange = session.fetch("GET", web.url(BOMB.path), limits=Limits(body=3_000_000, keep=1000))
    assert exchange.response is not None
    assert exchange.response.truncated
    assert exchange.response.length == 3_000_000
    assert len(exchange.response.body) == 1000
    assert exchange.response.sha256 is None, "the digest of a piece is no digest of the body"


def test_packed_twice_is_unpacked_within_the_limit(session: Session, web: LoopbackServer) -> None:
    twice = gzip.compress(gzip.compress(bytes(20_000_000)))
    with (
        LoopbackServer(lambda request: Reply(200, twice, {"Content-Encoding": "gzip, gzip"})) as server,
        open_session(allowed=[server.netloc]) as own,
    ):
        exchange = own.fetch("GET", server.url("/"), limits=Limits(body=1_000_000))
    assert exchange.response is None or exchange.response.length <= 1_000_000


@pytest.mark.parametrize("behaviour", SLOW, ids=lambda behaviour: behaviour.name)
def test_a_server_that_never_ends_is_left(behaviour, web: LoopbackServer, session: Session) -> None:  # type: ignore[no-untyped-def]
    exchange = session.fetch("GET", web.url(behaviour.path), limits=SHORT)
    assert exchange.failure is not None
    assert exchange.failure.kind is FailureKind.TIMEOUT
    assert exchange.response is None


def test_many_headers_are_no_crash() -> None:
    def flood(request: Request) -> Reply:
        return Reply(200, "page", {f"X-{number}": "a" for number in range(500)})

    with LoopbackServer(flood) as server, open_session(allowed=[server.netloc]) as session:
        exchange = session.fetch("GET", server.url("/"))
    assert exchange.failure is not None or exchange.status == 200


def _keep_alive(first: list[tuple[bytes, float]], other: bytes) -> Callable[[socket.socket, threading.Event], None]:
    """A connection that stays open: the pieces of the first answer with the seconds before each, then the other one."""

    def act(connection: socket.socket, closing: threading.Event) -> None:
        for piece, seconds in first:
            closing.wait(seconds)
            connection.sendall(piece)
        while not closing.is_set() and connection.recv(65536):
            connection.sendall(other)

    return act


@pytest.mark.parametrize("late", [0.0, 0.3])
def test_early_hints_are_not_the_answer(late: float) -> None:
    """RFC 8297: a 103 comes before the answer, which is not given to the next link in its place."""
    hints = b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n"
    found = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwords"
    gone = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
    act = _keep_alive([(hints, 0.0), (found, late)], gone)
    with (
        LoopbackServer(lambda request: Misbehave(act) if request.path == "/p1" else Reply(404)) as server,
        open_session(allowed=[server.netloc]) as session,
    ):
        first, second = (session.fetch("GET", server.url(path)) for path in ("/p1", "/p2"))
    assert (first.status, second.status) == (200, 404)
    assert first.response is not None
    assert first.response.body == b"words"


def test_a_line_that_changes_its_protocol_is_used_no_more() -> None:
    switching = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: chat\r\n\r\n"
    late = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwords"
    act = _keep_alive([(switching, 0.0), (late, 0.2)], late)
    with (
        LoopbackServer(lambda request: Misbehave(act) if request.path == "/p1" else Reply(404)) as server,
        open_session(allowed=[server.netloc]) as session,
    ):
        first, second = (session.fetch("GET", server.url(path)) for path in ("/p1", "/p2"))
    assert first.failure is not None
    assert first.failure.kind is FailureKind.PROTOCOL
    assert second.status == 404


@pytest.fixture
def two() -> Iterator[tuple[LoopbackServer, LoopbackServer, Session]]:
    """Two servers, of which the first leads to the second."""
    with LoopbackServer(lambda request: Reply(200, "here")) as other:

        def lead(request: Request) -> Reply:
            return Reply(302, headers={"Location": other.url("/"), "Set-Cookie": "id=7"})

        with LoopbackServer(lead) as first, open_session(allowed=[first.netloc, other.netloc]) as session:
            yield first, other, session


def test_credentials_stay_with_the_server_that_they_were_given_for(
    two: tuple[LoopbackServer, LoopbackServer, Session],
) -> None:
    first, other, session = two
    key = Authorization("LOW abc:geheim", first.url("/"))
    assert session.fetch("GET", first.url("/"), authorization=key).status == 200
    assert first.requests[0].headers["authorization"] == "LOW abc:geheim"
    assert "authorization" not in other.requests[0].headers


def test_cookies_live_for_one_chain(web: LoopbackServer, session: Session) -> None:
    assert session.fetch("GET", web.url("/cookie-first/page.html")).status == 200
    assert session.fetch("GET", web.url("/plain/page.html")).status == 200
    assert "cookie" not in web.asked_for("/plain/page.html")[0].headers


def test_secrets_are_in_no_log_and_no_message(
    two: tuple[LoopbackServer, LoopbackServer, Session], caplog: pytest.LogCaptureFixture
) -> None:
    first, _, session = two
    key = Authorization("LOW abc:geheim", first.url("/"))
    with caplog.at_level(logging.DEBUG):
        session.fetch("POST", first.url("/"), authorization=key, form={"url": "http://example.org/"})
        refused = session.fetch("GET", "http://anna:geheim@example.org/")
    assert refused.failure is not None
    assert "geheim" not in caplog.text + repr(key) + str(key) + refused.failure.message


def test_nothing_of_the_environment_is_used(
    web: LoopbackServer, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    assert session.fetch("GET", web.url("/plain/page.html")).status == 200


def test_a_form_is_posted_once(two: tuple[LoopbackServer, LoopbackServer, Session]) -> None:
    first, other, session = two
    session.fetch("POST", first.url("/"), form={"url": "http://example.org/墓"})
    assert first.requests[0].form == {"url": ["http://example.org/墓"]}
    assert (other.requests[0].method, other.requests[0].body) == ("GET", b"")


def test_what_is_sent_packed_can_be_had_as_it_was_sent(web: LoopbackServer, session: Session) -> None:
    plain = session.fetch("GET", web.url("/gzip/page.html"))
    packed = session.fetch("GET", web.url("/gzip/page.html"), decode=False)
    assert plain.response is not None
    assert packed.response is not None
    assert gzip.decompress(packed.response.body) == plain.response.body


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """Vouches for servers."""
    return trustme.CA()


class TestTls:
    """Certificates count, and the name that they are for is the one that was asked for."""

    def fetch(self, authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory, name: str, asked: str):  # type: ignore[no-untyped-def]
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(name).configure_cert(context)
        trusted = tmp_path_factory.mktemp("tls") / "ca.pem"
        authority.cert_pem.write_to_path(trusted)
        seen: list[str | None] = []
        context.sni_callback = lambda _socket, server_name, _context: seen.append(server_name)
        with (
            LoopbackServer(lambda request: Reply(200, request.host), tls=context) as server,
            open_session(allowed=[asked], resolve=lambda host, port: ["127.0.0.1"], verify=str(trusted)) as session,
        ):
            return session.fetch("GET", server.url("/", host=asked)), seen

    def test_a_good_certificate(self, authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> None:
        exchange, names = self.fetch(authority, tmp_path_factory, "page.example", "page.example")
        assert exchange.status == 200
        assert names == ["page.example"], "the name, not the address, is what the server hears"

    def test_the_certificate_of_another(self, authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> None:
        exchange, _ = self.fetch(authority, tmp_path_factory, "other.example", "page.example")
        assert exchange.failure is not None
        assert exchange.failure.kind is FailureKind.TLS

    def test_a_certificate_that_nobody_vouches_for(self, authority: trustme.CA) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("127.0.0.1").configure_cert(context)
        with (
            LoopbackServer(lambda request: Reply(200, "page"), tls=context) as server,
            open_session(allowed=[server.netloc]) as session,
        ):
            exchange = session.fetch("GET", server.url("/"))
        assert exchange.failure is not None
        assert exchange.failure.kind is FailureKind.TLS
