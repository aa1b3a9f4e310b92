"""Nothing of the machine's own network is ever asked: SSRF, in all its spellings."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from citekit.archive.addresses import AddressGuard, is_refused
from citekit.archive.exchange import FailureKind
from citekit.archive.session import open_session
from citekit.errors import UnsafeAddressError

from .doubles.server import LoopbackServer, Reply, Request

REFUSED = [
    *("127.0.0.1", "127.255.255.254", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1"),
    *("100.64.0.1", "100.127.255.255", "169.254.169.254", "192.0.2.1", "198.51.100.7", "203.0.113.9", "198.18.0.1"),
    *("224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "fc00::1", "fd12:3456::1", "fe80::1", "fe80::1%eth0"),
    *("::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "2001:db8::1"),
    *("2002:7f00:1::", "2001::1", "ff02::1", "fec0::1", "3fff::1"),
]


@pytest.mark.parametrize("address", REFUSED)
def test_addresses_of_private_and_reserved_networks_are_refused(address: str) -> None:
    assert is_refused(address) is not None
    guard = AddressGuard(resolve=lambda host, port: [address])
    with pytest.raises(UnsafeAddressError, match="is refused"):
        guard.addresses("page.example", 80)


@pytest.mark.parametrize("address", ["8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:2800:220:1::1", "2a00:1450::1"])
def test_public_addresses_are_not(address: str) -> None:
    assert is_refused(address) is None


def test_one_bad_address_among_good_ones_is_enough() -> None:
    guard = AddressGuard(resolve=lambda host, port: ["93.184.216.34", "127.0.0.1"])
    with pytest.raises(UnsafeAddressError):
        guard.addresses("page.example", 80)


@pytest.fixture
def victim() -> Iterator[LoopbackServer]:
    """A server that nobody should reach; it counts."""
    with LoopbackServer(lambda request: Reply(200, "secret")) as server:
        yield server


SPELLINGS = [
    "http://127.0.0.1:{port}/",
    "http://localhost:{port}/",
    "http://LOCALHOST.:{port}/",
    "http://2130706433:{port}/",
    "http://0x7f000001:{port}/",
    "http://0177.0.0.1:{port}/",
    "http://0x7f.1:{port}/",
    "http://127.1:{port}/",
    "http://0:{port}/",
    "http://[::1]:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://[::ffff:7f00:1]:{port}/",
    "http://①②⑦.⓪.⓪.①:{port}/",
    "http://127。0。0。1:{port}/",
    "http://user:secret@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}@127.0.0.1:{port}/",
    "http://example.org@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}\\@example.org/",
]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_loopback_is_not_reached_however_it_is_spelt(spelling: str, victim: LoopbackServer) -> None:
    with open_session() as session:
        exchange = session.fetch("GET", spelling.format(port=victim.port))
    assert exchange.failure is not None
    assert exchange.failure.kind in (
        *(FailureKind.UNSAFE, FailureKind.CREDENTIALS, FailureKind.INVALID_URL, FailureKind.DNS),
    )
    assert victim.requests == []
    assert "secret" not in exchange.failure.message


def test_a_redirect_into_the_machine_is_not_followed(victim: LoopbackServer) -> None:
    with (
        LoopbackServer(lambda request: Reply(302, headers={"Location": victim.url("/")})) as outside,
        open_session(allowed=[outside.netloc]) as session,
    ):
        exchange = session.fetch("GET", outside.url("/"))
        assert len(outside.requests) == 1
    assert exchange.failure is not None
    assert exchange.failure.kind is FailureKind.UNSAFE
    assert "is refused" in exchange.failure.message
    assert victim.requests == []


def test_a_name_server_that_answers_otherwise_the_second_time_is_not_asked_twice(victim: LoopbackServer) -> None:
    """DNS rebinding: the address that was looked at is the one that is connected to."""
    asked: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["198.51.100.1"] if len(asked) == 1 else ["127.0.0.1"]

    with open_session(resolve=rebinding) as session:
        first = session.fetch("GET", f"http://rebind.example:{victim.port}/")
        second = session.fetch("GET", f"http://rebind.example:{victim.port}/")
    assert first.failure is not None
    assert second.failure is not None
    assert {first.failure.kind, second.failure.kind} == {FailureKind.UNSAFE}
    assert len(asked) == 2, "each connection asks once and goes where the answer was looked at"
    assert victim.requests == []


def test_the_connection_goes_to_the_address_that_was_looked_at_under_the_name_that_was_asked_for() -> None:
    def answer(request: Request) -> Reply:
        return Reply(200, request.host)

    with LoopbackServer(answer) as server:
        name = f"page.example:{server.port}"
        with open_session(allowed=[name], resolve=lambda host, port: ["127.0.0.1"]) as session:
            exchange = session.fetch("GET", f"http://{name}/")
    assert exchange.response is not None
    assert exchange.response.body.decode() == name
    assert exchange.hops[0].address == "127.0.0.1"


@pytest.mark.parametrize(
    ("allowed", "reached"),
    [
        ("127.0.0.1:{port}", True),
        ("127.0.0.1", True),
        ("127.0.0.0/8", True),
        ("127.0.0.1:1", False),
        ("*.example", False),
        ("10.0.0.0/8", False),
        ("0.0.1", False),
    ],
)
def test_servers_of_one_s_own_are_allowed_by_name(allowed: str, reached: bool, victim: LoopbackServer) -> None:
    with open_session(allowed=[allowed.format(port=victim.port)]) as session:
        session.fetch("GET", victim.url("/"))
    assert bool(victim.requests) is reached


def test_an_allowed_domain_allows_what_is_below_it(victim: LoopbackServer) -> None:
    with open_session(allowed=["*.lab.example"], resolve=lambda host, port: ["127.0.0.1"]) as session:
        assert session.fetch("GET", victim.url("/", host="a.lab.example")).status == 200
        assert session.fetch("GET", victim.url("/", host="lab.example.org")).status is None


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("ftp://example.org/", FailureKind.SCHEME),
        ("file:///etc/passwd", FailureKind.SCHEME),
        ("gopher://example.org/", FailureKind.SCHEME),
        ("http://", FailureKind.INVALID_URL),
        ("http://example.org:99999/", FailureKind.INVALID_URL),
        ("http://[::1", FailureKind.INVALID_URL),
    ],
)
def test_other_schemes_and_no_addresses_are_told(url: str, kind: FailureKind) -> None:
    with open_session() as session:
        exchange = session.fetch("GET", url)
    assert exchange.failure is not None
    assert exchange.failure.kind is kind
    assert exchange.hops == ()


@pytest.mark.parametrize(
    ("error", "kind"), [(socket.EAI_NONAME, FailureKind.DNS), (socket.EAI_AGAIN, FailureKind.OFFLINE)]
)
def test_a_name_that_nobody_has_is_told_from_a_machine_without_network(error: int, kind: FailureKind) -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise socket.gaierror(error, "no")

    with open_session(resolve=resolve) as session:
        exchange = session.fetch("GET", "http://nowhere.example/")
    assert exchange.failure is not None
    assert exchange.failure.kind is kind


def test_a_name_whose_servers_fall_silent_is_told_from_a_machine_without_network() -> None:
    """Another name is still answered for; when that is not, the machine is offline."""
    online = True

    def resolve(host: str, port: int) -> list[str]:
        if not online or host == "given-up.org":
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
        return ["93.184.216.34"]

    guard = AddressGuard(resolve=resolve)
    for answered, error in ((False, socket.EAI_AGAIN), (True, socket.EAI_FAIL)):
        if answered:
            assert guard.addresses("example.org", 80)
        with pytest.raises(socket.gaierror) as caught:
            guard.addresses("given-up.org", 80)
        assert caught.value.errno == error
    online = False
    with pytest.raises(socket.gaierror) as caught:
        guard.addresses("given-up.org", 80)
    assert caught.value.errno == socket.EAI_AGAIN


def test_names_that_can_never_be_have_no_address_without_network_too() -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    with open_session(resolve=resolve) as session:
        failure = session.fetch("GET", "http://page.invalid/").failure
    assert failure is not None
    assert failure.kind is FailureKind.DNS


def test_a_name_without_address_is_no_crash() -> None:
    def nowhere(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with open_session(resolve=nowhere) as session:
        for url in ("http://nowhere.example/", f"http://{'a' * 70}.example/", "http://a..example/"):
            exchange = session.fetch("GET", url)
            assert exchange.failure is not None
            assert exchange.failure.kind in (FailureKind.DNS, FailureKind.INVALID_URL)
