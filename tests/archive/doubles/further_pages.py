# ruff: noqa: E501 - a table is read by its lines
"""More ways of a page, as sites of many countries have them: error pages in the frame of a whole site, pages that sell
names, walls, pages whose address only helps readers, answers against the rules of HTTP.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from html import escape
from urllib.parse import quote

from .behaviours import Behaviour, always, article, at, page, to
from .server import Misbehave, Reply, Request

_MENU = "<nav><ul>" + "".join(f"<li><a href='/{name.lower()}'>{name}</a></li>" for name in ("Home", "Museum", "Archiv", "Info", "Radio", "Forum", "Blog", "Bibliotheca", "Video", "Audio", "Press", "Contact", "FAQ", "Shop", "Newsletter", "Calendar")) + "</ul></nav>"  # fmt: skip
_FOOT = (
    "<footer><p>Museum Example, Via Example 14, 1000 Example. Tel. 000 111 222. info@example.org. © 2019 Museum Example. "
    "Privacy. Cookies. Imprint. RSS. Facebook. Instagram. YouTube.</p></footer>"
)


def site(title: str, heading: str, words: str = "", tag: str = "h1") -> str:
    """A page in the frame that a site has around all of its pages: some sixty words of menu and footer."""
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title><meta charset=utf-8></head><body>{_MENU}"
        f"<div class=content><{tag}>{heading}</{tag}><p>{words}</p></div>{_FOOT}</body></html>"
    )


def _shown(title: str, heading: str, words: str = "", tag: str = "h1") -> Callable[[Request], Reply]:
    return always(Reply(200, site(title, heading, words, tag)))


_GONE = {
    "pl": ("Muzeum Example", "Błąd 404 – nie odnaleziono strony", "Przepraszamy, strona, której szukasz, została przeniesiona lub usunięta."),
    "cs": ("Muzeum Example", "Stránka nebyla nalezena", "Omlouváme se, ale požadovaná stránka nebyla na tomto serveru nalezena."),
    "fi": ("Museo Example", "Hups! Sivua ei löytynyt", "Valitettavasti etsimääsi sivua ei löytynyt."),
    "sv": ("Museet Example", "Sidan kan inte hittas", "Sidan du försöker nå finns inte eller har flyttats."),
    "da": ("Museet Example", "404 – Siden blev ikke fundet", "Beklager, siden findes ikke længere."),
    "nb": ("Museet Example", "Beklager, vi finner ikke siden", "Siden du leter etter, er kanskje flyttet eller slettet."),
    "ja": ("博物館 Example", "お探しのページは見つかりませんでした", "一時的にアクセスできない状況にあるか、移動もしくは削除された可能性があります。"),
    "ko": ("박물관 Example", "페이지를 찾을 수 없습니다", "방문하시려는 페이지의 주소가 잘못 입력되었거나, 변경 혹은 삭제되었습니다."),
    "ar": ("متحف Example", "عذرًا، الصفحة التي طلبتها غير موجودة", "ربما تم نقل الصفحة أو حذفها."),
    "lv": ("Muzejs Example", "Lapa nav atrasta", "Atvainojiet, pieprasītā lapa neeksistē."),
    "lt": ("Muziejus Example", "Klaida 404: puslapis nerastas", "Atsiprašome, puslapis, kurio ieškote, neegzistuoja."),
    "et": ("Muuseum Example", "Lehekülge ei leitud", "Kahjuks otsitavat lehekülge ei ole."),
    "hu": ("Múzeum Example", "404 - A keresett oldal nem található", "Elnézést, a keresett oldal nem létezik vagy áthelyezték."),
    "ro": ("Muzeul Example", "Eroare 404: Pagina nu a fost găsită", "Ne pare rău, pagina pe care o cauți nu există."),
    "uk": ("Музей Example", "Сторінку не знайдено", "На жаль, сторінки, яку ви шукаєте, не існує."),
    "bg": ("Музей Example", "Страницата не е намерена", "Съжаляваме, но страницата, която търсите, не съществува."),
    "sr": ("Музеј Example", "Грешка 404", "Тражена страница није пронађена."),
    "hr": ("Muzej Example", "Stranica nije pronađena", "Žao nam je, stranica koju tražite ne postoji."),
    "sl": ("Muzej Example", "Napaka 404", "Žal strani, ki jo iščete, ni mogoče najti."),
    "sk": ("Múzeum Example", "Chyba 404 – stránka nenájdená", "Ľutujeme, ale požadovaná stránka neexistuje."),
    "el": ("Μουσείο Example", "Σφάλμα 404", "Λυπούμαστε, η σελίδα που αναζητάτε δεν υπάρχει."),
    "tr": ("Müze Example", "404 - Sayfa Bulunamadı", "Üzgünüz, aradığınız sayfa kaldırılmış veya taşınmış olabilir."),
    "he": ("מוזיאון Example", "העמוד לא נמצא", "העמוד שחיפשת אינו קיים."),
    "fa": ("موزه Example", "خطای ۴۰۴", "متأسفانه صفحه مورد نظر شما یافت نشد."),
    "ca": ("Museu Example", "No s'ha trobat la pàgina", "Ho sentim, la pàgina que cerqueu no existeix."),
    "gl": ("Museo Example", "Páxina non atopada", "A páxina que buscas non existe."),
    "eu": ("Museoa Example", "Orria ez da aurkitu", "Bilatzen ari zaren orria ez da existitzen."),
    "cy": ("Amgueddfa Example", "Tudalen heb ei chanfod", "Ni ellir dod o hyd i'r dudalen."),
    "ga": ("Músaem Example", "Níor aimsíodh an leathanach", "Níl an leathanach atá uait ann."),
    "vi": ("Bảo tàng Example", "Không tìm thấy trang", "Trang bạn yêu cầu không tồn tại."),
    "zh-tw": ("博物館 Example", "找不到您要瀏覽的網頁", "您要瀏覽的網頁可能已移除或更名。"),
    "zh": ("博物馆 Example", "很抱歉，您要访问的页面不存在！", "请检查您输入的网址是否正确。"),
    "en-h2": ("Museum Example", "Oops! That page can’t be found.", "It looks like nothing was found at this location. Maybe try a search?"),
    "en-gone": ("Museum Example", "We're sorry", "The page you requested has been moved or deleted."),
    "de-h2": ("Museum Example", "Leider nichts gefunden", "Die von Ihnen aufgerufene Seite ist leider nicht (mehr) vorhanden."),
    "fr-h2": ("Musée Example", "Oups !", "La page que vous cherchez semble introuvable."),
    "it-h2": ("Museo Example", "Ops!", "Siamo spiacenti, la pagina che hai cercato non è stata trovata."),
    "es-h2": ("Museo Example", "¡Vaya!", "Lo sentimos, la página que estás buscando no existe."),
    "pt-h2": ("Museu Example", "Ops!", "Desculpe, a página que você está procurando não foi encontrada."),
    "nl-h2": ("Museum Example", "Helaas", "De door u opgevraagde pagina kan niet worden gevonden."),
    "ru-h2": ("Музей Example", "Ошибка 404", "К сожалению, запрашиваемая страница не найдена или была удалена."),
}  # fmt: skip
_ID = {
    "id": ("Museum Example", "Halaman tidak ditemukan", "Maaf, halaman yang Anda cari tidak ada."),
    "th": ("พิพิธภัณฑ์ Example", "ไม่พบหน้านี้", "ขออภัย ไม่พบหน้าที่คุณกำลังค้นหา"),
    "hi": ("संग्रहालय Example", "पृष्ठ नहीं मिला", "क्षमा करें, आप जो पृष्ठ खोज रहे हैं वह मौजूद नहीं है।"),
    "ka": ("მუზეუმი Example", "გვერდი ვერ მოიძებნა", "მოთხოვნილი გვერდი არ არსებობს."),
    "hy": ("Թանգարան Example", "Էջը չի գտնվել", "Ձեր փնտրած էջը գոյություն չունի։"),
    "mk": ("Музеј Example", "Страницата не е пронајдена", "Бараната страница не постои."),
    "sq": ("Muzeu Example", "Faqja nuk u gjet", "Faqja që kërkoni nuk ekziston."),
    "la": ("Museum Example", "Pagina non inventa", "Pagina quam quaeris non exstat."),
}  # fmt: skip
_SALE = {
    "en-named": ("heritage-example.com", "The domain heritage-example.com is for sale", "To purchase, call Example Brokers or fill in this form."),
    "en-short": ("heritage-example.com", "heritage-example.com is for sale!", "Get a price in less than 24 hours."),
    "en-best": ("heritage-example.com", "heritage-example.com", "heritage-example.com is your first and best source for all of the information you’re looking for. We hope you find what you are searching for!"),
    "fr-named": ("heritage-example.fr", "heritage-example.fr", "Le nom de domaine heritage-example.fr est à vendre."),
    "de-named": ("heritage-example.de", "heritage-example.de", "Die Domain heritage-example.de steht zum Verkauf."),
    "de-short": ("heritage-example.de", "heritage-example.de steht zum Verkauf", "Jetzt Angebot abgeben."),
    "it-named": ("heritage-example.it", "heritage-example.it", "Il dominio heritage-example.it è in vendita."),
    "es-named": ("heritage-example.es", "heritage-example.es", "El dominio heritage-example.es está en venta."),
    "pl-named": ("heritage-example.pl", "heritage-example.pl", "Domena heritage-example.pl jest na sprzedaż."),
    "nl-named": ("heritage-example.nl", "heritage-example.nl", "De domeinnaam heritage-example.nl is te koop."),
    "ru-named": ("heritage-example.ru", "heritage-example.ru", "Домен heritage-example.ru продаётся."),
    "ja": ("heritage-example.jp", "heritage-example.jp", "このドメインは売り出し中です。"),
    "suspended": ("Account Suspended", "Account Suspended", "This Account has been suspended. Contact your hosting provider for more information."),
    "nginx": ("Welcome to nginx!", "Welcome to nginx!", "If you see this page, the nginx web server is successfully installed and working."),
}  # fmt: skip
_SIGN_IN = site("Log in – Museum Example", "Log in", "<form><input name=user><input type=password name=pw><button>Log in</button></form> Forgot your password? Register. Log in through your institution.")  # fmt: skip
_SUBMENU = " ".join(f"<a href='/{n}'>Department {n}</a>" for n in range(70))


def _redirect_loop_of_cookies(request: Request) -> Reply:
    """Sets another cookie each time and never lets anybody in."""
    number = request.headers.get("cookie", "").count("c")
    return Reply(302, headers={"Location": request.target, "Set-Cookie": f"c{number}=1; Path=/"})


def _slug(request: Request) -> Reply:
    """/slug/48123/any-words: the number alone says what is shown, as at newspapers and in forums."""
    return Reply(200, article("A question of tithes")) if "/48123/" in request.path else Reply(404)


def _slug_moves(request: Request) -> Reply:
    """/slug-moves/any-words leads to the page's own address: the page is there."""
    if request.path == "/slug-moves/page.html":
        return Reply(200, article("A question of tolls"))
    return Reply(301, headers={"Location": "/slug-moves/page.html"})


def _slug_canonical(request: Request) -> Reply:
    """Whatever is asked for beside it, the page says which address is its own."""
    link = f"<link rel='canonical' href='http://{request.host}/slug-canonical/page.html'>"
    return Reply(200, article("A question of names").replace("</head>", f"{link}</head>"))


def _search(request: Request) -> Reply:
    if request.path == "/to-search/search":
        return Reply(200, site("Search – Museum Example", "Search results", "Your search gave 14 results. " * 20))
    return Reply(302, headers={"Location": f"/to-search/search?q={quote(request.path.rpartition('/')[2])}"})


def _to_section(request: Request) -> Reply:
    """All that is missing leads to the newest, which is another thing each time."""
    if request.path == "/to-section/news/":
        return Reply(200, article(f"News number {request.number}", seed=f"news {request.number}"))
    return Reply(302, headers={"Location": "/to-section/news/"})


def _named_in_error(request: Request) -> Reply:
    """An error page that repeats the address, so that no two are the same."""
    return Reply(200, site("Museum Example", "Sorry", f"Nothing at {escape(request.target)} any more; try {escape(request.target)} in our search."))  # fmt: skip


def _raw(answer: bytes) -> Callable[[Request], Misbehave]:
    def act(connection: socket.socket, closing: threading.Event) -> None:
        connection.sendall(answer)

    return always(Misbehave(act))  # type: ignore[arg-type, return-value]


_HTML = b"Content-Type: text/html; charset=utf-8\r\n"
_HINTS = b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload; as=style\r\n\r\n"
_ARTICLE = article("Against the rules").encode()
_CHALLENGED = page("Making sure you&#39;re not a bot!", "<script src=/a.js></script>Loading... Please wait a moment while we ensure the security of your connection. Protected by Anubis")  # fmt: skip
_INCAPSULA = "<html><head><META NAME='robots' CONTENT='noindex,nofollow'><script src='/_Incapsula_Resource?SWJIYLWA=719d34d31c8e3a6e6fffd425f7e032f3'></script></head><body></body></html>"
_INCAPSULA_FRAME = "<html><body><iframe id='main-iframe' src='/_Incapsula_Resource?CWUDNSAI=23&incident_id=1'>Request unsuccessful. Incapsula incident ID: 1-2</iframe></body></html>"
_DATADOME = "<html><head><title>example.org</title></head><body><p id='cmsg'>Please enable JS and disable any ad blocker</p><script>var dd={'host':'geo.captcha-delivery.com'}</script><script src='https://ct.captcha-delivery.com/c.js'></script></body></html>"
_FORBIDDEN = (
    ("403 Forbidden", "<h1>403 Forbidden</h1>You don't have permission to access this resource."),
    ("Fehler 403 – Stadtarchiv", "Zugriff verweigert."),
    ("Error 401", "<h1>Unauthorized</h1>"),
)
_OUT_OF_ORDER = (
    ("Internal Server Error", "The server encountered an internal error or misconfiguration."),
    ("500 Internal Server Error", "Something went wrong."),
    ("Error establishing a database connection", "<h1>Error establishing a database connection</h1>"),
    ("Wartungsarbeiten", "Unsere Seiten werden gerade überarbeitet. Bitte versuchen Sie es später noch einmal."),
    (
        "Stadtarchiv",
        "<b>Fatal error</b>: Uncaught Error: Call to undefined function mysql_connect() in /var/www/html/db.php:12 Stack trace: #0 {main} thrown in <b>/var/www/html/db.php</b> on line <b>12</b>",
    ),
)
_GONE_IN_WORDS = (
    ("Fehler – Stadtarchiv Musterstadt", "Fehler", "Der von Ihnen gesuchte Inhalt steht nicht mehr zur Verfügung."),
    ("Review of Examples", "Review of Examples", "Oops! That content is no longer available."),
    ("News of Examples", "News of Examples", "This story has expired."),
)
_OF_BOOKS = (
    (
        "Fragment 12",
        "Fragment 12",
        "A leaf of the manuscript could not be found in 1921; the page is missing from the codex to this day.",
    ),
    ("Handschrift 7", "Handschrift 7", "Die Seite der Handschrift wurde in Wien nicht gefunden."),
)
_LANDER = "<!DOCTYPE html><html><head><script>window.onload=function(){window.location.href='/js-root'}</script></head><body></body></html>"

FURTHER: tuple[Behaviour, ...] = (
    *(Behaviour(f"gone-{language}", _shown(*words), "soft-404", "soft-404") for language, words in {**_GONE, **_ID}.items()),
    *(Behaviour(f"gone-h2-{language}", _shown(*words, "h2"), "soft-404", "soft-404") for language, words in _GONE.items()),
    Behaviour("gone-title", _shown("Page Not Found (404) :: Museum Example", "Museum Example", _SUBMENU), "soft-404", "soft-404"),
    Behaviour("gone-h2-404", _shown("Museum Example", "404", _SUBMENU, "h2"), "soft-404", "soft-404"),
    Behaviour("gone-text-plain", always(Reply(200, "404 page not found\n", media_type="text/plain")), "soft-404", "soft-404"),
    Behaviour("gone-repeats", _named_in_error, "soft-404", "soft-404", _named_in_error),
    Behaviour("to-search", _search, "soft-404", "soft-404", _search),
    Behaviour("to-section", _to_section, "soft-404", "soft-404", _to_section),
    Behaviour("to-root-language", to("/en/home.html", 302), "soft-404", "soft-404"),
    Behaviour("js-root", lambda r: Reply(200, _LANDER.replace("/js-root", "/")) if r.path.endswith("page.html") else Reply(404), "soft-404", "soft-404"),
    Behaviour("js-moved", lambda r: Reply(200, _LANDER.replace("/js-root", "/js-moved/new.html")), "redirected", "redirected", at("/js-moved/new.html", Reply(200, article("Moved by script")))),
    *(Behaviour(f"sale-{language}", _shown(*words), "parked", "parked") for language, words in _SALE.items()),
    Behaviour("wall-anubis", always(Reply(200, _CHALLENGED)), "blocked", "blocked", always(Reply(200, _CHALLENGED))),
    Behaviour("wall-sign-in", always(Reply(200, _SIGN_IN)), "blocked", "blocked", always(Reply(200, _SIGN_IN))),
    Behaviour("wall-sign-in-moved", to("/wall-sign-in-moved/Account/LogOn?ReturnUrl=%2Fpage.html", 302), "blocked", "blocked", always(Reply(200, _SIGN_IN))),
    Behaviour("wall-institution", to("/wall-institution/wayf?entity=x", 302), "blocked", "blocked", always(Reply(200, site("Select your institution", "Find your institution", "Choose the organisation that you belong to.")))),
    Behaviour("wall-members", _shown("Museum Example", "The tithe barns of the abbey", "This content is available to subscribers only. Please sign in or subscribe to continue reading."), "blocked", "blocked"),
    Behaviour("wall-incapsula", always(Reply(200, _INCAPSULA)), "blocked", "blocked", always(Reply(200, _INCAPSULA))),
    Behaviour("wall-incapsula-frame", always(Reply(200, _INCAPSULA_FRAME)), "blocked", "blocked", always(Reply(200, _INCAPSULA_FRAME))),
    Behaviour("wall-datadome", always(Reply(200, _DATADOME)), "blocked", "blocked", always(Reply(200, _DATADOME))),
    *(Behaviour(f"wall-403-{number}", always(Reply(200, page(*words))), "blocked", "blocked", always(Reply(200, page(*words)))) for number, words in enumerate(_FORBIDDEN)),
    *(Behaviour(f"out-of-order-{number}", always(Reply(200, page(*words))), "uncertain", "uncertain", always(Reply(200, page(*words)))) for number, words in enumerate(_OUT_OF_ORDER)),
    *(Behaviour(f"gone-in-words-{number}", _shown(*words), "soft-404", "soft-404") for number, words in enumerate(_GONE_IN_WORDS)),
    *(Behaviour(f"of-books-{number}", _shown(*words), "live", "live") for number, words in enumerate(_OF_BOOKS)),
    Behaviour("to-brackets", always(Reply(302, headers={"Location": "http://["})), "uncertain", "dead"),
    Behaviour("to-port-99999", always(Reply(302, headers={"Location": "http://example.org:99999/"})), "uncertain", "dead"),
    Behaviour("slug", _slug, "live", "live", _slug, where="48123/a-question-of-tithes"),
    Behaviour("slug-moves", _slug_moves, "live", "live", _slug_moves),
    Behaviour("slug-canonical", _slug_canonical, "live", "live", _slug_canonical),
    Behaviour("tracking", lambda r: Reply(200, article("Tracked")) if "utm" in r.target else Reply(302, headers={"Location": f"{r.target}?utm_source=site"}), "live", "live"),
    Behaviour("session", lambda r: Reply(302, headers={"Location": "/session/page.html;jsessionid=AB12CD34"}), "live", "live", lambda r: Reply(200, article("Session")) if "jsessionid" in r.target else Reply(404)),
    Behaviour("slash", lambda r: Reply(301, headers={"Location": "/slash/page/"}), "live", "live", at("/slash/page/", Reply(200, article("A slash"))), where="page"),
    Behaviour("moved-host", lambda r: Reply(301, headers={"Location": f"http://{r.host}/moved-host/2019/page.html"}), "redirected", "redirected", at("/moved-host/2019/page.html", Reply(200, article("Moved house")))),
    Behaviour("cookie-circle", _redirect_loop_of_cookies, "uncertain", "dead"),
    Behaviour("unasked-206", always(Reply(206, article("Part"), {"Content-Range": "bytes 0-9999/10000"})), "live", "live"),
    Behaviour("unasked-304", always(Reply(304)), "uncertain", "uncertain"),
    Behaviour("brotli", always(Reply(200, bytes(range(128, 256)) * 30, {"Content-Encoding": "br"})), "uncertain", "uncertain", always(Reply(200, bytes(range(128, 256)) * 30, {"Content-Encoding": "br"}))),
    Behaviour("length-short", _raw(b"HTTP/1.1 200 OK\r\n" + _HTML + b"Content-Length: 1500\r\n\r\n" + _ARTICLE), "live", "live"),
    Behaviour("no-length", _raw(b"HTTP/1.0 200 OK\r\n" + _HTML + b"\r\n" + _ARTICLE), "live", "live"),
    Behaviour("chunks-broken", _raw(b"HTTP/1.1 200 OK\r\n" + _HTML + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nnonsense\r\n"), "uncertain", "uncertain"),
    Behaviour("too-many-headers", _raw(b"HTTP/1.1 200 OK\r\n" + _HTML + b"".join(b"X-%d: a\r\n" % number for number in range(150)) + b"\r\n" + _ARTICLE), "uncertain", "uncertain"),
    Behaviour("length-too-large", _raw(b"HTTP/1.1 200 OK\r\n" + _HTML + b"Content-Length: 90000\r\n\r\n" + _ARTICLE), "uncertain", "uncertain"),
    Behaviour("early-hints", _raw(_HINTS + b"HTTP/1.1 200 OK\r\n" + _HTML + b"\r\n" + _ARTICLE), "live", "live"),
    Behaviour("early-hints-gone", _raw(_HINTS + b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"), "uncertain", "dead"),
    Behaviour("nothing-but-hints", _raw(_HINTS * 30), "uncertain", "dead"),
    Behaviour("switches-unasked", _raw(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: chat\r\n\r\n"), "uncertain", "dead"),
    Behaviour("no-version", _raw(_ARTICLE), "uncertain", "dead"),
    Behaviour("blank-words", always(Reply(200, "<html><head><title></title></head><body> &nbsp; </body></html>")), "uncertain", "uncertain"),
    Behaviour("frames", always(Reply(200, "<html><head><title>Chronicle</title></head><frameset cols='20%,*'><frame src='menu.html'><frame src='text.html'></frameset></html>")), "live", "live"),
    Behaviour("short-page", always(Reply(200, page("Letter 12", "The bishop to the duke: the grain has come."))), "live", "live"),
    Behaviour("no-results", _shown("Library catalogue", "No results found", "Your search did not match any record."), "live", "live"),
    Behaviour("closed-exhibition", _shown("Museum Example", "The exhibition “Not found” is closed", "The show about lost things ended in 2019. Its catalogue can still be ordered. " * 6), "live", "live"),
    Behaviour("domain-history", always(Reply(200, article("Domain for sale: a history of the land market"))), "live", "live"),
    Behaviour("sign-in-corner", always(Reply(200, article("The guild").replace("<nav>", "<nav><form><input name=u><input type=password></form>"))), "live", "live"),
    Behaviour("later-date", always(Reply(503, page("Maintenance", "Back soon."), {"Retry-After": "Wed, 21 Oct 2099 07:28:00 GMT"})), "uncertain", "dead"),
    Behaviour("throttled-forever", always(Reply(429, "", {"Retry-After": "0"})), "uncertain", "uncertain"),
    Behaviour("gone-410-words", always(Reply(410, page("Gone", "This article was withdrawn."))), "uncertain", "dead"),
    Behaviour("to-other-404", to("/to-other-404/new.html", 301), "uncertain", "dead"),
    Behaviour("meta-robots-noindex", always(Reply(200, article("Hidden").replace("<head>", "<head><meta name=robots content=noindex>"))), "live", "live"),
)  # fmt: skip
