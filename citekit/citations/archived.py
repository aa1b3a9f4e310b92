"""Addresses of web archives: the page that was kept, and when.

Forms: the Wayback Machine and national archives built like it (`/web/20170123101010/http://…`), all others of this
form; archive.today with its many names (short addresses do not say what they hold), WebCite, Perma.cc.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

__all__ = ["Archived", "archived_original"]

_HOSTS = (
    r"(?:web|wayback|liveweb)\.archive\.org/web|archive\.org/(?:web|wayback)|archive\.(?:today|is|ph|fo|li|vn|md|ec)"
    r"|webarchive\.nationalarchives\.gov\.uk(?:/ukgwa)?|(?:www\.)?webarchive\.org\.uk/wayback(?:/archive)?|arquivo\.pt/(?:no)?(?:wayback|web)"
    r"|webarchive\.loc\.gov/(?:all|legacy)|wayback\.archive-it\.org/(?:\d+|all)|web-archive\.nli\.org\.il/National_Library/wayback"
    r"|wayback\.vefsafn\.is/wayback|webarchiv\.cz/wayback|webarchive\.parliament\.uk|perma-archives\.org/warc"
)
_STAMPED = re.compile(
    rf"(?P<all>(?:https?://)?(?:{_HOSTS})/(?P<time>\d{{4,14}}|\d{{4}}\.\d\d\.\d\d-\d{{6}}|\*)(?:[a-z]{{2}}_)?/(?P<url>(?:https?(?:%3A%2F%2F|:/{{1,2}})|ftp://|www\.|[\w-]+\.)\S+))",
    re.IGNORECASE,
)
# Any archive built like it: fourteen digits and a whole address behind them mean nothing else.
_ALIKE = re.compile(
    r"(?P<all>https?://[^\s/]{1,200}(?:/[^\s/]{1,100}){0,4}/(?P<time>(?:19|20)\d{12})(?:[a-z]{2}_)?/(?P<url>https?:/{1,2}[^\s/]\S*))",
    re.IGNORECASE,
)
# archive.today's "original" addresses name both the copy and the page.
_OF_PAGE = re.compile(
    r"(?P<all>(?:https?://)?archive\.(?:today|is|ph|fo|li|vn|md)/o/[A-Za-z0-9]{4,6}/(?P<url>https?:/{1,2}\S+))",
    re.IGNORECASE,
)
_SHORT = re.compile(
    r"(?P<all>(?:https?://)?(?:archive\.(?:today|is|ph|fo|li|vn|md)/[A-Za-z0-9]{4,6}|perma\.cc/[A-Z0-9]{4}-[A-Z0-9]{4}|(?:www\.)?webcitation\.org/[A-Za-z0-9]{6,12}))(?![\w/?])"
)
_WEBCITE = re.compile(
    r"(?P<all>(?:https?://)?(?:www\.)?webcitation\.org/\S*?[?&]url=(?P<url>[^&\s]+)(?:&date=(?P<date>\d{4}-\d\d-\d\d))?\S*)"
)
_TRAILING = ".,;:!?'’”»)]…"


@dataclass(frozen=True, slots=True)
class Archived:
    """An archive's copy.

    Attributes:
        address: of the copy, as printed.
        original: address of the page that it keeps; None where not said.
        date: the day in EDTF; None where not said.
        stamp: the digits of YYYYMMDDhhmmss that the address states; None where it states none.
    """

    address: str
    original: str | None
    date: str | None
    stamp: str | None = None

    @property
    def url(self) -> str:
        """The copy's address with its scheme, which print often leaves out."""
        return self.address if re.match(r"https?://", self.address, re.IGNORECASE) else f"https://{self.address}"


def archived_original(text: str) -> Archived | None:
    """The first archive's address in some words, None where there is none."""
    match = _STAMPED.search(text) or _ALIKE.search(text)
    if match:
        address, url = match["all"].rstrip(_TRAILING), match["url"].rstrip(_TRAILING)
        stamp = re.sub(r"\D", "", match["time"])
        return Archived(address, _whole(url), _day(match["time"]), stamp or None)
    match = _WEBCITE.search(text)
    if match:
        day = str(match["date"]).replace("-", "") if match["date"] else None
        return Archived(match["all"].rstrip(_TRAILING), unquote(match["url"]), match["date"], day)
    match = _OF_PAGE.search(text)
    if match:
        return Archived(match["all"].rstrip(_TRAILING), _whole(match["url"].rstrip(_TRAILING)), None)
    match = _SHORT.search(text)
    return Archived(match["all"], None, None) if match else None


def _whole(url: str) -> str:
    """An address cut down by copying ("http:/a.org"), or coded as a parameter ("http%3A%2F%2F"), made whole."""
    if re.match("https?%3A%2F%2F", url, re.IGNORECASE):
        url = unquote(url)
    return re.sub(r"^(https?:)/(?=[^/])", r"\1//", url)


def _day(stamp: str) -> str | None:
    digits = re.sub(r"\D", "", stamp)[:8]
    parts = [part for part in (digits[:4], digits[4:6], digits[6:8]) if len(part) in (2, 4)]
    if not parts or not 1990 <= int(parts[0]) <= 2100:
        return None
    if len(parts) > 1 and not 1 <= int(parts[1]) <= 12:
        return parts[0]
    if len(parts) > 2 and not 1 <= int(parts[2]) <= 31:
        parts = parts[:2]
    return "-".join(parts)
