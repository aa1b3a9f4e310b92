# ruff: noqa: E501 - a table is read by its lines
"""A small web on loopback in which each page has a way of its own to live, move, rot or lie.

`BEHAVIOURS` lists them, each with the verdict that a reader would give who looked at it once, and the one after it
went on like that for days. Everything lies under a directory of its own, since servers differ by directory too.
"""

from __future__ import annotations

import gzip
import socket
import struct
import threading
import zlib
from collections.abc import Callable
from urllib.parse import quote

from .behaviours import Behaviour, always, article, at, missing, page, status, story, to
from .further_pages import FURTHER
from .server import Misbehave, Reply, Request

__all__ = ["BEHAVIOURS", "BOMB", "SLOW", "Behaviour", "PageWorld", "article", "page", "story"]


def _chain(request: Request) -> Reply:
    """/chain/page.html → /chain/1 → … → /chain/4, which is the page."""
    step = request.path.rpartition("/")[2]
    number = int(step) if step.isdigit() else 0
    if not step.isdigit() and step != "page.html":
        return Reply(404)
    if number == 4:
        return Reply(200, article("At the end of a chain"))
    return Reply((301, 302, 307, 308)[number], headers={"Location": f"/chain/{number + 1}"})


def _endless(request: Request) -> Reply:
    step = request.path.rpartition("/")[2]
    return Reply(302, headers={"Location": f"/endless/{int(step) + 1 if step.isdigit() else 1}"})


def _around(request: Request) -> Reply:
    return Reply(302, headers={"Location": "/around/page.html" if request.path.endswith("other") else "/around/other"})


def _cookie_first(request: Request) -> Reply:
    """Sends readers in a circle until they bring the cookie along that it gave them."""
    if "seen=1" in request.headers.get("cookie", ""):
        return Reply(200, article("A page for those with a cookie"))
    return Reply(302, headers={"Location": request.target, "Set-Cookie": "seen=1; Path=/"})


def _no_head(status: int) -> Callable[[Request], Reply]:
    return lambda request: Reply(status if request.method == "HEAD" else 200, article("Only for GET"))


def _head_resets(request: Request) -> Reply | Misbehave:
    return Misbehave(_reset) if request.method == "HEAD" else Reply(200, article("No answer to HEAD"))


def _sometimes(request: Request) -> Reply:
    """Fails the first time, and never again."""
    return Reply(503) if request.method == "GET" and request.number == 1 else Reply(200, article("Busy at first"))


def _reset(connection: socket.socket, closing: threading.Event) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def _hang(connection: socket.socket, closing: threading.Event) -> None:
    closing.wait(60)


def _hang_in_body(connection: socket.socket, closing: threading.Event) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n<title>Half of")
    closing.wait(60)


def _trickle(connection: socket.socket, closing: threading.Event) -> None:
    """Headers without end, one byte at a time, so that no time-out of a socket ever ends."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not closing.wait(0.05):
        try:
            connection.sendall(b"a")
        except OSError:
            return


def _garbage(connection: socket.socket, closing: threading.Event) -> None:
    connection.sendall(b"220 mail.example.org ESMTP\r\n\r\n")


def _cut(connection: socket.socket, closing: threading.Event) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n<title>Half a page")


def _bomb() -> Reply:
    """A quarter of a gigabyte of zeros in a megabyte."""
    packer = zlib.compressobj(1, zlib.DEFLATED, 31)
    zeros = b"\0" * (1 << 20)
    packed = b"".join(packer.compress(zeros) for _ in range(256)) + packer.flush()
    return Reply(200, packed, {"Content-Encoding": "gzip"}, media_type="application/octet-stream")


_BOMB: list[Reply] = []


def _bombed(_: Request) -> Reply:
    if not _BOMB:
        _BOMB.append(_bomb())
    return _BOMB[0]


_SHELL = (
    "<html><head><title>Catalogue</title></head><body><div id='app'></div><script src='/app.js'></script>"
    "<noscript>You need to enable JavaScript to run this app.</noscript></body></html>"
)
_START = page("Journal of Examples", "Welcome. Here are our newest issues, our archive and all about our society.")
_JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 20
_RUSSIAN = (
    "<html><head><title>Архив</title></head><body><p>" + "Письмо из архива о торговле. " * 40 + "</p></body></html>"
)

_SOFT = {
    "en": ("Page not found", "Sorry, the page you are looking for might have been removed."),
    "de": ("Seite nicht gefunden", "Die gewünschte Seite existiert nicht."),
    "fr": ("Page introuvable", "La page que vous recherchez n’existe plus."),
    "it": ("Pagina non trovata", "La pagina richiesta non è disponibile."),
    "es": ("Página no encontrada", "La página que busca no existe."),
    "pt": ("Página não encontrada", "A página que procura não existe."),
    "nl": ("Pagina niet gevonden", "De pagina die u zoekt bestaat niet."),
    "pl": ("Nie znaleziono strony", "Strona, której szukasz, nie istnieje."),
    "ru": ("Страница не найдена", "Запрашиваемая страница не существует."),
    "zh": ("页面不存在", "抱歉，您访问的页面不存在。"),
    "ja": ("お探しのページは見つかりませんでした", "ページが存在しません。"),
    "tr": ("Sayfa bulunamadı", "Aradığınız sayfa mevcut değil."),
    "el": ("Η σελίδα δεν βρέθηκε", "Η σελίδα που ζητήσατε δεν βρέθηκε."),
    "cs": ("Stránka nenalezena", "Požadovaná stránka neexistuje."),
}
_FOR_SALE = {
    "en": ("example.org", "This domain is for sale. Make us an offer."),
    "de": ("example.org", "Diese Domain steht zum Verkauf."),
    "ru": ("example.org", "Этот домен продаётся."),
    "zh": ("example.org", "该域名正在出售"),
}

BEHAVIOURS: tuple[Behaviour, ...] = (
    Behaviour("plain", always(Reply(200, article("A plain article"))), "live", "live"),
    Behaviour("text", always(Reply(200, "A letter.\n" * 50, media_type="text/plain")), "live", "live"),
    Behaviour("pdf", always(Reply(200, b"%PDF-1.4\n" + bytes(2000), media_type="application/pdf")), "live", "live"),
    Behaviour("image", always(Reply(200, _JPEG, media_type="image/jpeg")), "live", "live"),
    Behaviour("no-type", always(Reply(200, article("Without a media type"), media_type="")), "live", "live"),
    Behaviour("partial", always(Reply(203, article("From a proxy"))), "live", "live"),
    Behaviour("head-405", _no_head(405), "live", "live"),
    Behaviour("head-404", _no_head(404), "live", "live"),
    Behaviour("head-501", _no_head(501), "live", "live"),
    Behaviour("head-403", _no_head(403), "live", "live"),
    Behaviour("head-reset", _head_resets, "live", "live"),
    Behaviour("gzip", always(Reply(200, gzip.compress(article("Packed").encode()), {"Content-Encoding": "gzip"})), "live", "live"),
    Behaviour("koi8", always(Reply(200, _RUSSIAN.encode("koi8-r"), media_type="text/html; charset=koi8-r")), "live", "live"),
    Behaviour("wrong-charset", always(Reply(200, _RUSSIAN.encode("cp1251"), media_type="text/html; charset=utf-8")), "live", "live"),
    Behaviour("unknown-charset", always(Reply(200, article("Odd"), media_type="text/html; charset=x-none")), "live", "live"),
    Behaviour("utf-16", always(Reply(200, article("Wide").encode("utf-16"), media_type="text/html")), "live", "live"),
    Behaviour("busy-once", _sometimes, "live", "live"),
    Behaviour("cookie-first", _cookie_first, "live", "live"),
    Behaviour("about-404", always(Reply(200, article("Page not found: a history of the 404 error"))), "live", "live"),
    Behaviour("error-log", always(Reply(200, article("The error of Herodotus"))), "live", "live"),
    Behaviour("script-beside-404", always(Reply(200, _SHELL)), "live", "live"),
    Behaviour("moved", to("/moved/new.html"), "redirected", "redirected", at("/moved/new.html", Reply(200, article("Moved")))),
    Behaviour("found", to("/found/new.html", 302), "redirected", "redirected", at("/found/new.html", Reply(200, article("Found")))),
    Behaviour("see-other", to("/see-other/new.html", 303), "redirected", "redirected", at("/see-other/new.html", Reply(200, article("Other")))),
    Behaviour("for-now", to("/for-now/new.html", 307), "redirected", "redirected", at("/for-now/new.html", Reply(200, article("For now")))),
    Behaviour("for-good", to("/for-good/new.html", 308), "redirected", "redirected", at("/for-good/new.html", Reply(200, article("For good")))),
    Behaviour("chain", _chain, "redirected", "redirected", _chain),
    Behaviour("utf8-location", to("/utf8-location/новая.html"), "redirected", "redirected", at("/utf8-location/новая.html", Reply(200, article("Новая")))),
    Behaviour("relative", to("new.html?from=old#top"), "redirected", "redirected", at("/relative/new.html", Reply(200, article("Relative")))),
    Behaviour("refresh", missing("Moved", "<meta http-equiv=refresh content='0;url=/refresh/new.html'>"), "redirected", "redirected", at("/refresh/new.html", Reply(200, article("Refreshed")))),
    Behaviour("loop", to("/loop/page.html", 302), "uncertain", "dead"),
    Behaviour("around", _around, "uncertain", "dead", _around),
    Behaviour("endless", _endless, "uncertain", "dead", _endless),
    Behaviour("no-location", always(Reply(302)), "uncertain", "uncertain"),
    *(Behaviour(f"status-{number}", status(number), "uncertain", "dead") for number in (400, 404, 405, 406, 410, 418)),
    *(Behaviour(f"status-{number}", status(number), "uncertain", "dead") for number in (500, 501, 502, 503, 504, 520)),
    *(Behaviour(f"status-{number}", status(number), "blocked", "blocked") for number in (401, 402, 403, 407, 451, 999)),
    Behaviour("too-many", status(429), "uncertain", "uncertain"),
    Behaviour("too-many-later", status(429, Retry_After="3600"), "uncertain", "uncertain"),
    Behaviour("closed-today", status(503, Retry_After="86400"), "uncertain", "dead"),
    Behaviour("empty", always(Reply(200, "")), "uncertain", "uncertain"),
    Behaviour("no-content", always(Reply(204)), "uncertain", "uncertain"),
    Behaviour("challenge", always(Reply(403, page("Just a moment...", "Checking your browser."), {"cf-mitigated": "challenge"})), "blocked", "blocked"),
    Behaviour("challenge-503", always(Reply(503, page("Just a moment...", "Verify you are human."))), "blocked", "blocked"),
    Behaviour("captcha", missing("Security check", "Please complete the captcha to go on."), "blocked", "blocked"),
    Behaviour("cookie-wall", missing("Daily News", "Please accept cookies to read on. <button>Accept</button>"), "blocked", "blocked", missing("Daily News", "Please accept cookies to read on. <button>Accept</button>")),
    Behaviour("members", to("/members/login?next=page.html", 302), "blocked", "blocked", missing("Sign in", "Members only. <input name=user><input type=password>")),
    Behaviour("robots", always(Reply(200, article("For readers alone"))), "blocked", "blocked"),
    Behaviour("script-only", always(Reply(200, _SHELL)), "uncertain", "uncertain", always(Reply(200, _SHELL))),
    *(Behaviour(f"soft-{language}", missing(*words), "soft-404", "soft-404") for language, words in _SOFT.items()),
    Behaviour("soft-text", missing("Journal of Examples", "The page you are looking for does not exist."), "soft-404", "soft-404"),
    Behaviour("soft-number", missing("404", "Nothing."), "soft-404", "soft-404"),
    Behaviour("soft-same", missing("Journal of Examples", "Our newest issue is out. Subscribe, or read our archive."), "soft-404", "soft-404", missing("Journal of Examples", "Our newest issue is out. Subscribe, or read our archive.")),
    Behaviour("soft-root", to("/", 302), "soft-404", "soft-404"),
    Behaviour("soft-index", to("/index.html", 301), "soft-404", "soft-404"),
    Behaviour("soft-address", to("/soft-address/404.html", 302), "soft-404", "soft-404", missing("Journal", "See our archive.")),
    Behaviour("soft-refresh", missing("…", "<meta http-equiv=refresh content='1; url=/'>"), "soft-404", "soft-404"),
    *(Behaviour(f"parked-{language}", missing(*words), "parked", "parked") for language, words in _FOR_SALE.items()),
    Behaviour("reset", always(Misbehave(_reset)), "uncertain", "dead"),
    Behaviour("garbage", always(Misbehave(_garbage)), "uncertain", "dead"),
    Behaviour("cut", lambda r: Reply(200) if r.method == "HEAD" else Misbehave(_cut), "uncertain", "uncertain"),
    Behaviour("bad-gzip", always(Reply(200, b"not packed", {"Content-Encoding": "gzip"})), "uncertain", "uncertain"),
    Behaviour("private", to("http://10.0.0.1/page.html", 302), "not-checkable", "not-checkable"),
    Behaviour("metadata", to("http://169.254.169.254/latest/meta-data/", 302), "not-checkable", "not-checkable"),
    Behaviour("to-mail", to("mailto:editor@example.org", 302), "not-checkable", "not-checkable"),
    *FURTHER,
)  # fmt: skip

SLOW: tuple[Behaviour, ...] = (
    Behaviour("hang", always(Misbehave(_hang)), "uncertain", "dead"),
    Behaviour("hang-in-body", always(Misbehave(_hang_in_body)), "uncertain", "uncertain"),
    Behaviour("trickle", always(Misbehave(_trickle)), "uncertain", "uncertain"),
)
"""Pages that never come to an end; a test gives them little time."""

BOMB = Behaviour("bomb", _bombed, "live", "live")


class PageWorld:
    """Answers for all behaviours, and lets a test change a page."""

    def __init__(self) -> None:
        self.changed: dict[str, Callable[[Request], Reply | Misbehave]] = {}
        self._behaviours = {behaviour.name: behaviour for behaviour in (*BEHAVIOURS, *SLOW, BOMB)}

    def __call__(self, request: Request) -> Reply | Misbehave:
        path = request.path
        if path in self.changed:
            return self.changed[path](request)
        if path == "/robots.txt":
            return Reply(200, "User-agent: *\nDisallow: /robots/\n", media_type="text/plain")
        if path in ("/", "/index.html", "/en/home.html"):
            return Reply(200, _START)
        behaviour = self._behaviours.get(path.split("/")[1] if "/" in path else "")
        if behaviour is None:
            return Reply(404, page("Not Found", "No such page."))
        if path == behaviour.path:
            return behaviour.answer(request)
        if behaviour.beside is not None:
            return behaviour.beside(request)
        return Reply(404, page("Not Found", f"No {quote(path)} here."))

    def change(self, path: str, reply: Reply | Misbehave) -> None:
        """From now on the page answers so."""
        self.changed[path] = always(reply)  # type: ignore[arg-type]
