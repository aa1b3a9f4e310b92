"""From an address as printed to the link that it means: cleaned, unwrapped, in one form for all that mean the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote, unquote, urlsplit

from citekit.archive.wrappers import Wrapped, unwrap
from citekit.citations.identifiers import find_identifiers
from citekit.matching.identifiers import canonical_doi, canonical_url, doi_of_url
from citekit.model import Item

__all__ = ["Link", "LinkKind", "clean_url", "host_of", "read_doi", "read_link", "stated_links"]

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,30}(?=:)")
_FULL_WIDTH_START = re.compile(r"^(https?|ftp)[:：][/／]{2}", re.IGNORECASE)  # as East Asian typesetting prints it
_HANDLE = re.compile(
    r"^(?:hdl:|(?:https?://)?hdl\.handle\.net/(?:api/handles/)?)(?P<handle>[0-9A-Za-z.]+/[^\s?#]+)", re.IGNORECASE
)
_ENCLOSING = {"<": ">", "(": ")", "[": "]", "{": "}", "“": "”", "‘": "’", "«": "»", "‹": "›", "„": "“", '"': '"'} | {
    "〈": "〉", "《": "》", "（": "）", "【": "】", "「": "」", "『": "』", "〔": "〕", "＜": "＞", "［": "］"
}  # fmt: skip
_PATH_SAFE = "/%:@!$&'()*+,;=~-._"  # RFC 3986: pchar and the slash; what is encoded already stays so
_OPENINGS = ("URL:", "url:", "Url:")
_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


class LinkKind(StrEnum):
    """What an address is."""

    WEB = "web"
    DOI = "doi"
    """A Digital Object Identifier (ISO 26324), asked for at its resolver."""
    HANDLE = "handle"
    """A handle (RFC 3650), asked for at its resolver."""
    OTHER = "other"
    """Not http or https, or no address: nothing that can be looked at."""


@dataclass(frozen=True, slots=True)
class Link:
    """What a printed address means.

    Attributes:
        kind: what it is.
        url: the address to ask for, cleaned and unwrapped, other scripts as they are.
        canonical: the same for all addresses that mean this page.
        wrapped: the archive's address that was printed, None where none was.
    """

    kind: LinkKind
    url: str
    canonical: str
    wrapped: Wrapped | None = None

    @property
    def host(self) -> str:
        """The host that is asked, in small letters; empty where nothing can be asked."""
        return host_of(self.url) if self.kind is not LinkKind.OTHER else ""


def clean_url(printed: str) -> str:
    """An address without what printing put into and around it.

    Blanks and line breaks inside are taken out, as are soft hyphens and characters without width; brackets and
    quotation marks around it, and punctuation behind it, belong to the sentence (RFC 3986, appendix C), Chinese and
    Japanese ones too. Punctuation inside stays, in whatever script: it may be part of the page's name. "www." gets a
    scheme.
    """
    text = _INVISIBLE.sub("", "".join(printed.split()))
    while text and text[0] in _ENCLOSING:
        closing = _ENCLOSING[text[0]]
        text = text[1:].partition(closing)[0] if closing not in ")]}" else text[1:]
    text = next((text[len(start) :] for start in _OPENINGS if text.startswith(start)), text)
    text = _FULL_WIDTH_START.sub(lambda match: f"{match[1]}://", text)
    found = next((one for one in find_identifiers(text) if one.field == "URL" and one.start == 0), None)
    if found is not None:
        text = found.value
        return f"http://{text}" if text.lower().startswith("www.") else text
    return text.rstrip(".,;:!?'’”»。，；、") or text


def read_link(printed: str) -> Link:
    """The link that a printed address means; `LinkKind.OTHER` where it is none that can be asked for."""
    cleaned = clean_url(printed)
    wrapped = unwrap(cleaned)
    if wrapped is not None and wrapped.original is not None:
        inner = read_link(_with_scheme(_readable(wrapped.original)))
        return Link(inner.kind, inner.url, inner.canonical, wrapped)
    return _identifier_link(cleaned) or _web_link(cleaned, wrapped)


def read_doi(printed: str) -> Link | None:
    """The link of a DOI, bare or in an address; None where there is none in it."""
    doi = canonical_doi(printed)
    if not doi:
        return None
    return Link(LinkKind.DOI, f"https://doi.org/{quote(doi, safe=_PATH_SAFE.replace('%', ''))}", f"doi:{doi}")


def stated_links(item: Item) -> list[tuple[str, str, Link]]:
    """The addresses that a citation states.

    Returns:
        For each its role ("url": the resource, "archive-url": a copy of it, "doi"), its words, the link that it means.
    """
    found: list[tuple[str, str, Link]] = []
    if url := item.get("URL"):
        found.append(("url", str(url), read_link(str(url))))
    if (doi := item.get("DOI")) and (link := read_doi(str(doi))) is not None:
        found.append(("doi", str(doi), link))
    if archived := (item.get("custom") or {}).get("archive-url"):
        copy = read_link(str(archived))
        page = next((link for role, _, link in found if role == "url" and link.wrapped is None), None)
        if copy.wrapped is not None and copy.wrapped.original is None and page is not None:
            copy = Link(
                page.kind, page.url, page.canonical, copy.wrapped
            )  # a short address: the citation names the page
        found.append(("archive-url", str(archived), copy))
    return found


def host_of(url: str) -> str:
    """The host of an address with its port, in small letters; empty where there is none."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return ""
    return f"{host}:{port}" if host and port is not None else host


def _readable(url: str) -> str:
    """An address that was percent-encoded as a whole (`http%3A%2F%2F…`), made readable."""
    return unquote(url) if re.match(r"(?:https?|ftp)%3A", url, re.IGNORECASE) else url


def _identifier_link(cleaned: str) -> Link | None:
    if doi_of_url(cleaned) or cleaned.lower().startswith(("doi:", "10.")):
        return read_doi(cleaned)
    match = _HANDLE.match(cleaned)
    if match is None:
        return None
    handle = unquote(match["handle"])
    if handle.lower().startswith("10.") and (link := read_doi(handle)):  # each DOI is a handle too
        return link
    # A prefix knows no case, what follows does (RFC 3651, 3.1).
    prefix, _, rest = handle.partition("/")
    url = f"https://hdl.handle.net/{quote(handle, safe=_PATH_SAFE.replace('%', ''))}"
    return Link(LinkKind.HANDLE, url, f"hdl:{prefix.lower()}/{rest}")


def _web_link(cleaned: str, wrapped: Wrapped | None) -> Link:
    scheme = _SCHEME.match(cleaned)
    host = host_of(cleaned)
    if scheme is None or scheme[0].lower() not in ("http", "https") or not host:
        return Link(LinkKind.OTHER, cleaned, cleaned, wrapped)
    url = cleaned.partition("#")[0] if not re.search(r"#[!/]", cleaned) else cleaned
    return Link(LinkKind.WEB, url, canonical_url(url, sister_hosts=False), wrapped)


def _with_scheme(url: str) -> str:
    """An address in an archive's one may lack its scheme (`/web/2010/www.example.org/`); archives mean http."""
    return url if _SCHEME.match(url) and "://" in url[:12] else f"http://{url}"
