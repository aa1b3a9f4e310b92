# ruff: noqa: E501 - a table is read by its lines
"""A small web on loopback in which each page has a way of its own to live, move, rot or lie.

`BEHAVIOURS` lists them, each with the verdict that a reader would give who looked at it once, and the one after it
went on like that for days. Everything lies under a directory of its own, since servers differ by directory too.
"""

from __future__ import annotations

import gzip
import random
import socket
import struct
import threading
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from .server import Misbehave, Reply, Request

Verdicts = tuple[str, ...]

_WORDS = [
    "archive",
    "ballad",
    "bishop",
    "border",
    "canal",
    "census",
    "chapel",
    "charter",
    "chronicle",
    "city",
    "clerk",
    "colony",
    "consul",
    "court",
    "craft",
    "customs",
    "deed",
    "dike",
    "diocese",
    "ditch",
    "dowry",
    "duke",
    "edict",
    "envoy",
    "estate",
    "exile",
    "factory",
    "famine",
    "farm",
    "feast",
    "ferry",
    "fief",
    "fleet",
    "fortress",
    "friar",
    "frontier",
    "garrison",
    "grain",
    "guild",
    "harbour",
    "heir",
    "herald",
    "hymn",
    "inn",
    "island",
    "journal",
    "judge",
    "king",
    "knight",
    "labour",
    "ledger",
    "legate",
    "letter",
    "levy",
    "library",
    "liberty",
    "manor",
    "map",
    "market",
    "mason",
    "mayor",
    "merchant",
    "mill",
    "mint",
    "monk",
    "nave",
    "oath",
    "orchard",
    "parish",
    "parliament",
    "peasant",
    "petition",
    "pilgrim",
    "plague",
    "printer",
    "prior",
    "province",
    "quarry",
    "queen",
    "rebel",
    "relic",
    "rent",
    "river",
    "road",
    "sailor",
    "scribe",
    "seal",
    "senate",
    "serf",
    "siege",
    "silk",
    "smith",
    "spice",
    "steward",
    "tailor",
    "tariff",
    "tithe",
    "toll",
    "tower",
    "trade",
    "treaty",
    "tribute",
    "vassal",
]


def story(seed: str, paragraphs: int = 6) -> str:
    """The words of an article, the same each time for a seed, others for another."""
    choose = random.Random(seed)
    return "\n".join(
        f"<p>{' '.join(choose.choice(_WORDS) for _ in range(70)).capitalize()}.</p>" for _ in range(paragraphs)
    )


def article(title: str, seed: str | None = None) -> str:
    """A page as a journal has it, with what stands around each article of the site."""
    return (
        f"<!DOCTYPE html><html><head><title>{escape(title)} – Journal of Examples</title></head><body>"
        "<nav><a href='/'>Home</a> <a href='/issues'>Issues</a> <a href='/about'>About us</a></nav>"
        f"<main><article><h1>{escape(title)}</h1>{story(seed or title)}</article></main>"
        "<footer>Imprint. Terms of use.</footer></body></html>"
    )


def page(title: str, words: str) -> str:
    """A small page of any kind."""
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{words}</p></body></html>"


@dataclass(frozen=True, slots=True)
class Behaviour:
    """A way of a page.

    Attributes:
        name: of its directory.
        answer: to requests for the page.
        verdict: of a reader who looks once.
        later: of one who looked on several days.
        beside: to requests for other addresses of its directory; a proper 404 where None.
    """

    name: str
    answer: Callable[[Request], Reply | Misbehave]
    verdict: str
    later: str
    beside: Callable[[Request], Reply | Misbehave] | None = None

    @property
    def path(self) -> str:
        """Where the page is."""
        return f"/{self.name}/page.html"


def _always(reply: Reply) -> Callable[[Request], Reply]:
    return lambda _: reply


def _status(status: int, **headers: str) -> Callable[[Request], Reply]:
    return _always(Reply(status, page(str(status), "An answer."), {k.replace("_", "-"): v for k, v in headers.items()}))


def _to(target: str, status: int = 301) -> Callable[[Request], Reply]:
    return _always(Reply(status, headers={"Location": target}))


def _at(target: str, reply: Reply) -> Callable[[Request], Reply]:
    """The page that another leads to; all else of the directory is missing."""
    return lambda request: reply if request.path == target else Reply(404)


def _missing(title: str, words: str) -> Callable[[Request], Reply]:
    return _always(Reply(200, page(title, words)))


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
    Behaviour("plain", _always(Reply(200, article("A plain article"))), "live", "live"),
    Behaviour("text", _always(Reply(200, "A letter.\n" * 50, media_type="text/plain")), "live", "live"),
    Behaviour("pdf", _always(Reply(200, b"%PDF-1.4\n" + bytes(2000), media_type="application/pdf")), "live", "live"),
    Behaviour("image", _always(Reply(200, _JPEG, media_type="image/jpeg")), "live", "live"),
    Behaviour("no-type", _always(Reply(200, article("Without a media type"), media_type="")), "live", "live"),
    Behaviour("partial", _always(Reply(203, article("From a proxy"))), "live", "live"),
    Behaviour("head-405", _no_head(405), "live", "live"),
    Behaviour("head-404", _no_head(404), "live", "live"),
    Behaviour("head-501", _no_head(501), "live", "live"),
    Behaviour("head-403", _no_head(403), "live", "live"),
    Behaviour("head-reset", _head_resets, "live", "live"),
    Behaviour("gzip", _always(Reply(200, gzip.compress(article("Packed").encode()), {"Content-Encoding": "gzip"})), "live", "live"),
    Behaviour("koi8", _always(Reply(200, _RUSSIAN.encode("koi8-r"), media_type="text/html; charset=koi8-r")), "live", "live"),
    Behaviour("wrong-charset", _always(Reply(200, _RUSSIAN.encode("cp1251"), media_type="text/html; charset=utf-8")), "live", "live"),
    Behaviour("unknown-charset", _always(Reply(200, article("Odd"), media_type="text/html; charset=x-none")), "live", "live"),
    Behaviour("utf-16", _always(Reply(200, article("Wide").encode("utf-16"), media_type="text/html")), "live", "live"),
    Behaviour("busy-once", _sometimes, "live", "live"),
    Behaviour("cookie-first", _cookie_first, "live", "live"),
    Behaviour("about-404", _always(Reply(200, article("Page not found: a history of the 404 error"))), "live", "live"),
    Behaviour("error-log", _always(Reply(200, article("The error of Herodotus"))), "live", "live"),
    Behaviour("script-beside-404", _always(Reply(200, _SHELL)), "live", "live"),
    Behaviour("moved", _to("/moved/new.html"), "redirected", "redirected", _at("/moved/new.html", Reply(200, article("Moved")))),
    Behaviour("found", _to("/found/new.html", 302), "redirected", "redirected", _at("/found/new.html", Reply(200, article("Found")))),
    Behaviour("see-other", _to("/see-other/new.html", 303), "redirected", "redirected", _at("/see-other/new.html", Reply(200, article("Other")))),
    Behaviour("for-now", _to("/for-now/new.html", 307), "redirected", "redirected", _at("/for-now/new.html", Reply(200, article("For now")))),
    Behaviour("for-good", _to("/for-good/new.html", 308), "redirected", "redirected", _at("/for-good/new.html", Reply(200, article("For good")))),
    Behaviour("chain", _chain, "redirected", "redirected", _chain),
    Behaviour("utf8-location", _to("/utf8-location/новая.html"), "redirected", "redirected", _at("/utf8-location/новая.html", Reply(200, article("Новая")))),
    Behaviour("relative", _to("new.html?from=old#top"), "redirected", "redirected", _at("/relative/new.html", Reply(200, article("Relative")))),
    Behaviour("refresh", _missing("Moved", "<meta http-equiv=refresh content='0;url=/refresh/new.html'>"), "redirected", "redirected", _at("/refresh/new.html", Reply(200, article("Refreshed")))),
    Behaviour("loop", _to("/loop/page.html", 302), "uncertain", "dead"),
    Behaviour("around", _around, "uncertain", "dead", _around),
    Behaviour("endless", _endless, "uncertain", "dead", _endless),
    Behaviour("no-location", _always(Reply(302)), "uncertain", "uncertain"),
    *(Behaviour(f"status-{status}", _status(status), "uncertain", "dead") for status in (400, 404, 405, 406, 410, 418)),
    *(Behaviour(f"status-{status}", _status(status), "uncertain", "dead") for status in (500, 501, 502, 503, 504, 520)),
    *(Behaviour(f"status-{status}", _status(status), "blocked", "blocked") for status in (401, 402, 403, 407, 451, 999)),
    Behaviour("too-many", _status(429), "uncertain", "uncertain"),
    Behaviour("too-many-later", _status(429, Retry_After="3600"), "uncertain", "uncertain"),
    Behaviour("closed-today", _status(503, Retry_After="86400"), "uncertain", "dead"),
    Behaviour("empty", _always(Reply(200, "")), "uncertain", "uncertain"),
    Behaviour("no-content", _always(Reply(204)), "uncertain", "uncertain"),
    Behaviour("challenge", _always(Reply(403, page("Just a moment...", "Checking your browser."), {"cf-mitigated": "challenge"})), "blocked", "blocked"),
    Behaviour("challenge-503", _always(Reply(503, page("Just a moment...", "Verify you are human."))), "blocked", "blocked"),
    Behaviour("captcha", _missing("Security check", "Please complete the captcha to go on."), "blocked", "blocked"),
    Behaviour("cookie-wall", _missing("Daily News", "Please accept cookies to read on. <button>Accept</button>"), "blocked", "blocked", _missing("Daily News", "Please accept cookies to read on. <button>Accept</button>")),
    Behaviour("members", _to("/members/login?next=page.html", 302), "blocked", "blocked", _missing("Sign in", "Members only. <input name=user><input type=password>")),
    Behaviour("robots", _always(Reply(200, article("For readers alone"))), "blocked", "blocked"),
    Behaviour("script-only", _always(Reply(200, _SHELL)), "uncertain", "uncertain", _always(Reply(200, _SHELL))),
    *(Behaviour(f"soft-{language}", _missing(*words), "soft-404", "soft-404") for language, words in _SOFT.items()),
    Behaviour("soft-text", _missing("Journal of Examples", "The page you are looking for does not exist."), "soft-404", "soft-404"),
    Behaviour("soft-number", _missing("404", "Nothing."), "soft-404", "soft-404"),
    Behaviour("soft-same", _missing("Journal of Examples", "Our newest issue is out. Subscribe, or read our archive."), "soft-404", "soft-404", _missing("Journal of Examples", "Our newest issue is out. Subscribe, or read our archive.")),
    Behaviour("soft-root", _to("/", 302), "soft-404", "soft-404"),
    Behaviour("soft-index", _to("/index.html", 301), "soft-404", "soft-404"),
    Behaviour("soft-address", _to("/soft-address/404.html", 302), "soft-404", "soft-404", _missing("Journal", "See our archive.")),
    Behaviour("soft-refresh", _missing("…", "<meta http-equiv=refresh content='1; url=/'>"), "soft-404", "soft-404"),
    *(Behaviour(f"parked-{language}", _missing(*words), "parked", "parked") for language, words in _FOR_SALE.items()),
    Behaviour("reset", _always(Misbehave(_reset)), "uncertain", "dead"),
    Behaviour("garbage", _always(Misbehave(_garbage)), "uncertain", "dead"),
    Behaviour("cut", lambda r: Reply(200) if r.method == "HEAD" else Misbehave(_cut), "uncertain", "dead"),
    Behaviour("bad-gzip", _always(Reply(200, b"not packed", {"Content-Encoding": "gzip"})), "uncertain", "dead"),
    Behaviour("private", _to("http://10.0.0.1/page.html", 302), "not-checkable", "not-checkable"),
    Behaviour("metadata", _to("http://169.254.169.254/latest/meta-data/", 302), "not-checkable", "not-checkable"),
    Behaviour("to-mail", _to("mailto:editor@example.org", 302), "not-checkable", "not-checkable"),
)  # fmt: skip

SLOW: tuple[Behaviour, ...] = (
    Behaviour("hang", _always(Misbehave(_hang)), "uncertain", "dead"),
    Behaviour("hang-in-body", _always(Misbehave(_hang_in_body)), "uncertain", "dead"),
    Behaviour("trickle", _always(Misbehave(_trickle)), "uncertain", "dead"),
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
        if path in ("/", "/index.html"):
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
        self.changed[path] = _always(reply)  # type: ignore[arg-type]
