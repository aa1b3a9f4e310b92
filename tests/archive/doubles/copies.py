# ruff: noqa: E501 - a table is read by its lines
"""Archived copies, each with a way of its own to be a copy or none.

`COPIES` lists them with the verdict that a reader would give. All lie in one archive (`fill`), each of a page of its
own.
"""

from __future__ import annotations

import gzip
import socket
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import format_datetime

from .archive import ArchiveDouble, Copy, Trouble
from .behaviours import article, page
from .further_pages import site
from .server import Misbehave, Reply

STAMP = "20091013120000"
Fill = Callable[[ArchiveDouble, str], None]


@dataclass(frozen=True, slots=True)
class CopyBehaviour:
    """A way of an archived copy.

    Attributes:
        name: of its page.
        fill: puts it into an archive, given the page's address.
        verdict: of a reader.
        stamp: that its address states.
        modifier: in its address ("if_").
        then: the page itself as it was seen well; None where nobody saw it.
        original: the page's address, where it is none of the usual.
    """

    name: str
    fill: Fill
    verdict: str
    stamp: str = STAMP
    modifier: str = ""
    then: str | None = None
    original: str | None = None

    @property
    def page(self) -> str:
        """The address of the page that it is to be a copy of."""
        return self.original or f"http://example.org/{self.name}/page.html"

    @property
    def path(self) -> str:
        """Where the archive shows it."""
        return f"/web/{self.stamp}{self.modifier}/{self.page}"


def fill(double: ArchiveDouble) -> ArchiveDouble:
    """Put all copies into an archive."""
    for copy in COPIES:
        copy.fill(double, copy.page)
    return double


def _kept(body: str | None = None, stamp: str = STAMP, **told: object) -> Fill:
    return lambda double, url: (
        double.keep(url, stamp, article(f"The deeds of {url}") if body is None else body, **told) and None
    )  # type: ignore[func-returns-value]


def _shown(reply: Reply | Misbehave) -> Fill:
    """The archive's answer, whatever it keeps."""
    return lambda double, url: double.troubles.append(Trouble("/web", reply, url))


def _archived(status: int = 200, body: bytes | str = "", moment: str = STAMP, **headers: str) -> Reply:
    """An answer that the archive marks as the page's own of then."""
    date = format_datetime(Copy("", moment).moment, usegmt=True)
    return Reply(
        status, body, {"Memento-Datetime": date, **{name.replace("_", "-"): value for name, value in headers.items()}}
    )


def _led(target: str, status: int = 301) -> Fill:
    def put(double: ArchiveDouble, url: str) -> None:
        double.keep(url, STAMP, status=status, location=target)
        double.keep(target, STAMP, article("Elsewhere"))

    return put


def _of_another_moment(stamp: str, asked: str = STAMP) -> Fill:
    def put(double: ArchiveDouble, url: str) -> None:
        double.keep(url, stamp, article("The abbey"))
        double.elsewhere[url, asked.ljust(14, "0")] = stamp

    return put


def _to_https(double: ArchiveDouble, url: str) -> None:
    secure = url.replace("http:", "https:")
    double.troubles.append(
        Trouble(f"/web/{STAMP}id_/http:", _archived(301, "", Location=f"/web/{STAMP}id_/{secure}"), url)
    )
    double.keep(secure, STAMP, article("The abbey"))


def _with_slash(double: ArchiveDouble, url: str) -> None:
    double.troubles.append(Trouble("/web", _archived(301, "", Location=f"/web/{STAMP}id_/{url}/"), url, times=1))
    double.troubles.append(Trouble("/web", _archived(200, article("The abbey")), f"{url}/"))


def _circle(double: ArchiveDouble, url: str) -> None:
    """Two moments that lead to each other."""
    double.elsewhere[url, STAMP] = "20091013120001"
    double.elsewhere[url, "20091013120001"] = STAMP


def _hidden(double: ArchiveDouble, url: str) -> None:
    double.hidden.add(url)


def _none(double: ArchiveDouble, url: str) -> None:
    """The archive has none."""


def _reset(connection: socket.socket, closing: threading.Event) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


_FROM_TOKYO = "<html><head><title>文書館</title></head><body><p>" + "寺の文書について。" * 60 + "</p></body></html>"
_FRAME = (
    "<html><head><title>Catalogue</title></head><body><div id=app></div><script src=/app.js></script></body></html>"
)
_NOTICE = "<html><head><title>Wayback Machine</title></head><body><p>Got an HTTP 302 response at crawl time</p><p>Redirecting to…</p></body></html>"
_WALL = page("Just a moment...", "Checking your browser before accessing.")
_SIGN_IN = site(
    "Log in – Museum Example", "Log in", "<form><input name=user><input type=password></form> Forgot your password?"
)
_CALENDAR = "<html><head><title>Wayback Machine</title></head><body><h1>Calendar</h1>Saved 14 times between 2010 and 2019.</body></html>"

COPIES: tuple[CopyBehaviour, ...] = (
    CopyBehaviour("plain", _kept(), "good"),
    CopyBehaviour("short", _kept(page("Letter 12", "The bishop to the duke: the grain has come.")), "good"),
    CopyBehaviour("plain-text", _kept("A letter about grain.\n" * 40, media_type="text/plain"), "good"),
    CopyBehaviour("document", _kept("%PDF-1.4 " + "x" * 2000, media_type="application/pdf"), "good"),
    CopyBehaviour("japanese", _kept(_FROM_TOKYO), "good"),
    CopyBehaviour("own-script", _kept(), "good", original="http://example.org/文書/ページ.html"),
    CopyBehaviour("query", _kept(), "good", original="http://example.org/query/show.php?id=12&lang=de"),
    CopyBehaviour("shown-in-frame", _kept(), "good", modifier="if_"),
    CopyBehaviour("seconds-later", _of_another_moment("20091013120207"), "good"),
    CopyBehaviour("hours-later", _of_another_moment("20091013230501"), "good"),
    CopyBehaviour("year-alone", _of_another_moment("20090704080000", "2009"), "good", stamp="2009"),
    CopyBehaviour("month-alone", _of_another_moment("20091030080000", "200910"), "good", stamp="200910"),
    CopyBehaviour("day-alone", _of_another_moment("20091013210000", "20091013"), "good", stamp="20091013"),
    CopyBehaviour("to-https", _to_https, "good"),
    CopyBehaviour("with-slash", _with_slash, "good", original="http://example.org/with-slash"),
    CopyBehaviour("packed", _shown(_archived(200, gzip.compress(article("Packed").encode()), Content_Encoding="gzip")), "good"),
    CopyBehaviour("revisit", _kept(revisit=True), "good"),
    CopyBehaviour("same-words", _kept(article("The abbey")), "good", then=article("The abbey")),
    CopyBehaviour("new-frame", _kept(article("The abbey")), "good", then=article("The abbey").replace("About us", "About our society").replace("Imprint.", "Legal notice. Cookies. Contact.")),
    CopyBehaviour("years-later", _of_another_moment("20150505000000"), "wrong-date"),
    CopyBehaviour("years-earlier", _of_another_moment("20010505000000"), "wrong-date"),
    CopyBehaviour("two-days-later", _of_another_moment("20091015130000"), "wrong-date"),
    CopyBehaviour("wrong-year", _of_another_moment("20090704080000", "2008"), "wrong-date", stamp="2008"),
    CopyBehaviour("header-of-years-later", _shown(_archived(200, article("The abbey"), "20170101000000")), "wrong-date"),
    *(CopyBehaviour(f"of-{status}", _kept("An answer.", status=status), "of-an-error-page") for status in (403, 404, 410, 429, 500, 503)),
    CopyBehaviour("of-soft-404", _kept(page("Seite nicht gefunden", "Die gewünschte Seite existiert nicht.")), "of-an-error-page"),
    CopyBehaviour("of-framed-404", _kept(site("Muzeum Example", "Błąd 404", "Strona, której szukasz, została usunięta.", "h2")), "of-an-error-page"),
    CopyBehaviour("of-sale", _kept(page("example.org", "The domain example.org is for sale.")), "of-an-error-page"),
    CopyBehaviour("of-sign-in", _kept(_SIGN_IN), "of-an-error-page"),
    CopyBehaviour("of-challenge", _kept(_WALL), "of-an-error-page"),
    CopyBehaviour("of-cookie-wall", _kept(page("Daily News", "Please accept cookies to read on.")), "of-an-error-page"),
    CopyBehaviour("led-elsewhere", _led("http://example.org/elsewhere.html"), "of-a-redirect"),
    CopyBehaviour("led-to-start", _led("http://example.org/", 302), "of-a-redirect"),
    CopyBehaviour("led-to-sign-in", _led("https://login.example.org/sso?next=page", 302), "of-a-redirect"),
    CopyBehaviour("led-out", _shown(_archived(302, "", Location="http://elsewhere.example.org/")), "of-a-redirect"),
    CopyBehaviour("led-by-notice", _shown(_archived(200, _NOTICE)), "of-a-redirect"),
    CopyBehaviour("led-by-page", _kept("<html><head><meta http-equiv=refresh content='0; url=/new/'></head><body>Moved</body></html>"), "of-a-redirect"),
    CopyBehaviour("empty", _kept(""), "not-playable"),
    CopyBehaviour("blank", _kept("<html><head></head><body></body></html>"), "not-playable"),
    CopyBehaviour("player-broken", _shown(Reply(500, "<title>Internal Server Error</title>")), "not-playable"),
    CopyBehaviour("gateway-broken", _shown(Reply(502, "<title>Bad Gateway</title>")), "not-playable"),
    CopyBehaviour("resource-missing", _shown(Reply(503, "", {"X-Archive-Wayback-Runtime-Error": "ResourceNotAvailableException: not available"})), "not-playable"),
    CopyBehaviour("circle", _circle, "not-playable"),
    CopyBehaviour("badly-packed", _shown(_archived(200, b"not packed", Content_Encoding="gzip")), "not-playable"),
    CopyBehaviour("closed", _hidden, "blocked"),
    CopyBehaviour("closed-by-robots", _shown(Reply(403, "<pre>org.archive.wayback.exception.RobotAccessControlException: Blocked By Robots</pre>")), "blocked"),
    CopyBehaviour("closed-by-law", _shown(Reply(451, "Unavailable for legal reasons")), "blocked"),
    CopyBehaviour("closed-without-word", _shown(Reply(403, "")), "blocked"),
    CopyBehaviour("none", _none, "missing"),
    CopyBehaviour("none-any-more", _shown(Reply(410, "")), "missing"),
    CopyBehaviour("none-sent-as-200", _shown(Reply(200, page("Wayback Machine", "The Wayback Machine has not archived that URL. This page is not available on the web because page does not exist."))), "missing"),
    CopyBehaviour("other-page", _shown(_archived(200, article("Other"), Link='<http://other.example.org/>; rel="original"')), "missing"),
    CopyBehaviour("to-calendar", lambda d, u: d.troubles.extend([Trouble("/web/2009", Reply(302, "", {"Location": f"/calendar?url={u}"}), u, times=1), Trouble("/calendar", Reply(200, _CALENDAR), u)]), "missing"),
    CopyBehaviour("too-many", _shown(Reply(429, "")), "uncertain"),
    CopyBehaviour("overloaded", _shown(Reply(503, "<title>Service Unavailable</title>")), "uncertain"),
    CopyBehaviour("reset", _shown(Misbehave(_reset)), "uncertain"),
    CopyBehaviour("of-no-moment", _shown(Reply(200, article("The abbey"))), "uncertain"),
    CopyBehaviour("of-odd-moment", _shown(Reply(200, article("The abbey"), {"Memento-Datetime": "yesterday"})), "uncertain"),
    CopyBehaviour("archive-asks-first", _shown(Reply(200, _WALL)), "uncertain"),
    CopyBehaviour("script-alone", _kept(_FRAME), "uncertain"),
    CopyBehaviour("other-words", _kept(article("Something of which nothing is left")), "drifted", then=article("The abbey")),
    CopyBehaviour("other-words-same-title", _kept(article("The abbey", seed="another text")), "drifted", then=article("The abbey")),
)  # fmt: skip
