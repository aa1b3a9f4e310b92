"""Identifiers in one canonical spelling: web addresses, DOIs, ISBNs."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit

__all__ = ["canonical_doi", "canonical_isbns", "canonical_url"]

_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s\"<>]+")
_DOI_HOSTS = ("doi.org/", "dx.doi.org/")
_ISBN = re.compile(r"(?<![0-9])(?:97[89][\s-]?)?(?:[0-9][\s-]?){9}[0-9Xx](?![0-9])")
_ARCHIVED = re.compile(
    r"https?://(?:web\.archive\.org/(?:web/)?[0-9*]{1,14}(?:[a-z]{2}_)?"
    r"|archive\.(?:today|is|ph|li|fo|md|vn)/(?:[0-9]{4,14}|o/[0-9A-Za-z]+)"
    r"|(?:www\.)?webcitation\.org/[0-9A-Za-z]+\?url=)/?(?=https?://|[a-z0-9-]+\.)",
    re.IGNORECASE,
)
_TRACKING = re.compile(
    r"utm_.*|fbclid|gclid|dclid|msclkid|yclid|mc_cid|mc_eid|igshid|_ga|ref_src|spm|phpsessid|jsessionid|sessionid",
    re.IGNORECASE,
)  # parameters that tell where the reader came from, never which page it is
_SESSION_PATH = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
_DIVIDER = re.compile(r"%(2F|3F|23|25)", re.IGNORECASE)
_DEFAULT_PORTS = {"http": 80, "https": 443, "ftp": 21}
_WWW = re.compile(r"^www\.(?=[^.]+\.)")
_HOST_PREFIX = re.compile(r"^(?:www[0-9]?|m|mobile)\.(?=[^.]+\.)")


@lru_cache(maxsize=16384)
def canonical_url(url: str, *, sister_hosts: bool = True) -> str:
    """The address of a page without what does not tell pages apart, as `host/path?query`.

    Scheme, "www.", default port, trailing slash, fragment and tracking parameters fall away, percent-encoding is
    undone, parameters are sorted (RFC 3986 section 6.2, and the practice of web archives: SURT). An archive's copy
    stands for the page it shows. A path of "#!" or "#/" is kept: there the fragment names the page. A host's name is
    given in its own script (RFC 3490).

    Args:
        url: an address.
        sister_hosts: whether "www2.", "m." and the like fall away as "www." does: such hosts mostly show the same
            pages, but each answers for itself.

    Returns:
        The canonical address; empty when `url` is none. What no parser understands stays as it is, in small letters.
    """
    address = _ARCHIVED.sub("", "".join(url.split()).rstrip(".,;"))
    if not address:
        return ""
    if "://" not in address:
        address = "http://" + address.removeprefix("//")
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:  # a port that is no number, brackets that are no IPv6 address
        return address.lower()
    prefix = _HOST_PREFIX if sister_hosts else _WWW
    host = prefix.sub("", _in_its_script((parts.hostname or "").rstrip(".")))
    if port is not None and port != _DEFAULT_PORTS.get(parts.scheme.lower()):
        host += f":{port}"
    return host + _path(parts)


def _in_its_script(host: str) -> str:
    if "xn--" in host:
        with suppress(UnicodeError):
            return host.encode("ascii").decode("idna")
    return host


def _path(parts: SplitResult) -> str:
    # A slash or question mark that is encoded is part of a name and divides nothing (RFC 3986, 2.2).
    kept_encoded = _DIVIDER.sub(lambda match: f"%25{match[1]}", _SESSION_PATH.sub("", parts.path))
    path = unquote(kept_encoded).rstrip("/")
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = sorted((name, value) for name, value in pairs if not _TRACKING.fullmatch(name))
    query = f"?{urlencode(kept)}" if kept else ""
    fragment = f"#{unquote(parts.fragment)}" if parts.fragment.startswith(("!", "/")) else ""
    return path + query + fragment


def canonical_doi(text: str) -> str:
    """The DOI in `text`, bare or in an address, in small letters (ISO 26324: DOIs ignore case); empty when none."""
    match = _DOI.search(unquote(text))
    if match is None:
        return ""
    found = match[0].lower().rstrip(".,;:'”»")
    while found.endswith((")", "]")) and found.count("(") + found.count("[") < found.count(")") + found.count("]"):
        found = found[:-1]
    return found


def doi_of_url(url: str) -> str:
    """The DOI that an address of the DOI resolver stands for; empty for other addresses."""
    host_and_path = url.partition("://")[2] or url
    return canonical_doi(host_and_path) if host_and_path.lower().startswith(_DOI_HOSTS) else ""


def canonical_isbns(text: str) -> frozenset[str]:
    """All ISBNs in `text` with a right check digit, as 13 digits (ISO 2108); a number misprinted tells nothing."""
    found = set()
    for match in _ISBN.finditer(text):
        digits = re.sub(r"[\s-]", "", match[0]).upper()
        if len(digits) == 10 and _right_isbn_10(digits):
            found.add(_isbn_13("978" + digits[:9]))
        elif len(digits) == 13 and _isbn_13(digits[:12]) == digits:
            found.add(digits)
    return frozenset(found)


def _right_isbn_10(digits: str) -> bool:
    values = [10 if digit == "X" else int(digit) for digit in digits]
    return sum(weight * value for weight, value in zip(range(10, 0, -1), values, strict=True)) % 11 == 0


def _isbn_13(twelve: str) -> str:
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(twelve))
    return twelve + str(-total % 10)
