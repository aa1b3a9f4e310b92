"""Which addresses may be asked at all: the guard against requests into the machine's own network (SSRF, CWE-918).

A document's links are words of strangers. A name is resolved once, every address that it has is looked at, and the
connection goes to the very address that was looked at; a second question to the name server could be answered
otherwise (DNS rebinding).
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from citekit.errors import UnsafeAddressError

__all__ = ["AddressGuard", "Resolve", "is_refused", "system_addresses"]

Resolve = Callable[[str, int], Iterable[str]]
"""Gives the addresses of a host name, as text; raises socket.gaierror where there are none."""

_REFUSED: tuple[tuple[IPv4Network | IPv6Network, str], ...] = tuple(
    (ip_network(network), why)
    for network, why in (
        ("0.0.0.0/8", "this machine"),  # RFC 1122, 3.2.1.3
        ("10.0.0.0/8", "a private network"),  # RFC 1918
        ("100.64.0.0/10", "a carrier's own network"),  # RFC 6598
        ("127.0.0.0/8", "this machine"),  # RFC 1122
        ("169.254.0.0/16", "the local link"),  # RFC 3927; cloud machines answer with their secrets there
        ("172.16.0.0/12", "a private network"),
        ("192.0.0.0/24", "a reserved network"),  # RFC 6890
        ("192.0.2.0/24", "a network for documentation"),  # RFC 5737
        ("192.88.99.0/24", "a reserved network"),  # RFC 7526
        ("192.168.0.0/16", "a private network"),
        ("198.18.0.0/15", "a network for tests"),  # RFC 2544
        ("198.51.100.0/24", "a network for documentation"),
        ("203.0.113.0/24", "a network for documentation"),
        ("224.0.0.0/4", "a group of machines"),  # RFC 5771
        ("240.0.0.0/4", "a reserved network"),  # RFC 1112; holds the broadcast address
        ("::/128", "this machine"),
        ("::1/128", "this machine"),
        ("::/96", "an IPv4 address inside an IPv6 one"),  # RFC 4291, 2.5.5.1
        ("::ffff:0:0/96", "an IPv4 address inside an IPv6 one"),
        ("64:ff9b::/96", "an IPv4 address inside an IPv6 one"),  # RFC 6052
        ("64:ff9b:1::/48", "an IPv4 address inside an IPv6 one"),  # RFC 8215
        ("100::/64", "a network that discards"),  # RFC 6666
        ("2001::/23", "a reserved network"),  # RFC 2928; holds Teredo, which hides IPv4 addresses
        ("2001:db8::/32", "a network for documentation"),  # RFC 3849
        ("2002::/16", "an IPv4 address inside an IPv6 one"),  # RFC 3056
        ("3fff::/20", "a network for documentation"),  # RFC 9637
        ("fc00::/7", "a private network"),  # RFC 4193
        ("fe80::/10", "the local link"),
        ("fec0::/10", "a private network"),  # RFC 3879
        ("ff00::/8", "a group of machines"),
    )
)

_NEVER_A_NAME = "invalid"  # RFC 6761, 6.4: programs may take it that no name below it has an address


def is_refused(address: str) -> str | None:
    """What an IP address belongs to that may not be asked; None where it may.

    Raises:
        ValueError: `address` is no IP address.
    """
    parsed = ip_address(address)
    if isinstance(parsed, IPv6Address) and parsed.scope_id is not None:
        return "the local link"  # RFC 4007: only such addresses have a zone
    return next((why for network, why in _REFUSED if parsed.version == network.version and parsed in network), None)


def system_addresses(host: str, port: int) -> list[str]:
    """The addresses that the system's resolver gives, in its order of preference (RFC 6724)."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class AddressGuard:
    """Says where a name may be reached, or refuses.

    Args:
        allowed: hosts whose addresses are not looked at: `name`, `name:port`, `*.name`, or a network in CIDR notation
            for hosts that are written as addresses. Meant for servers of one's own.
        resolve: asks the name server.
    """

    def __init__(self, allowed: Iterable[str] = (), resolve: Resolve = system_addresses) -> None:
        self._resolve = resolve
        self._known_name: tuple[str, int] | None = None
        listed = {entry.strip().lower().rstrip(".") for entry in allowed if entry.strip()}
        self._networks = tuple(ip_network(entry, strict=False) for entry in listed if "/" in entry)
        self._names = {entry for entry in listed if "/" not in entry}

    def check_url(self, url: str) -> None:
        """Look at the address as it is written.

        Raises:
            UnsafeAddressError: it is not http or https, holds a name and password, has no host, or is no address.
        """
        try:
            parts = urlsplit(url)
            _ = parts.port
        except ValueError as error:
            raise UnsafeAddressError("invalid-url", f"is no web address ({error})") from error
        if parts.scheme not in ("http", "https"):
            raise UnsafeAddressError("scheme", f"is not fetched: {parts.scheme or 'no'} scheme, not http or https")
        if parts.username is not None or parts.password is not None:
            raise UnsafeAddressError("credentials", "is refused: it holds a user name or password; take them out")
        if not parts.hostname:
            raise UnsafeAddressError("invalid-url", "is no web address: no host is named")

    def addresses(self, host: str, port: int) -> list[str]:
        """Where a connection to `host` may go, in order of preference.

        Raises:
            UnsafeAddressError: one of its addresses belongs to the machine's own or a reserved network.
            socket.gaierror: the name has no address.
        """
        found = self._resolved(host, port)
        if not found:
            raise socket.gaierror(socket.EAI_NONAME, "the name has no address")
        if not self._is_allowed(host, port):
            for address in found:
                if why := is_refused(address):
                    place = f"{host}:{port}"  # a port of the host can be allowed, and another not
                    named = place if host.strip("[]") == address else f"{place} is {address}, which"
                    raise UnsafeAddressError("unsafe", f"is refused: {named} is {why}")
            if host not in found:  # a name
                self._known_name = host, port
        return found

    def _resolved(self, host: str, port: int) -> list[str]:
        """What the name server gives; where it gives no answer, whether that is the name's fault or the machine's."""
        try:
            return list(self._resolve(host, port))
        except socket.gaierror as error:
            if error.errno != socket.EAI_AGAIN or not self._is_names_own_fault(host):
                raise
        if host.rstrip(".").rpartition(".")[2].lower() == _NEVER_A_NAME:
            return []
        raise socket.gaierror(socket.EAI_FAIL, "no name server answers for it")

    def _is_names_own_fault(self, host: str) -> bool:
        """Whether other names are answered for: the servers of a name that is given up often fall silent first."""
        if host.rstrip(".").rpartition(".")[2].lower() == _NEVER_A_NAME:
            return True
        if self._known_name is None:
            return False
        try:
            return bool(list(self._resolve(*self._known_name)))
        except OSError:
            return False

    def _is_allowed(self, host: str, port: int) -> bool:
        name = host.lower().rstrip(".").strip("[]")
        if name in self._names or f"{name}:{port}" in self._names:
            return True
        if any(name.endswith(entry[1:]) for entry in self._names if entry.startswith("*.")):
            return True
        try:
            literal = ip_address(name)
        except ValueError:
            return False
        return any(literal.version == network.version and literal in network for network in self._networks)
