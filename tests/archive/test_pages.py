"""Reading pages, however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citekit.archive.exchange import Response
from citekit.archive.fingerprint import Fingerprint
from citekit.archive.observation import Sign
from citekit.archive.pages import leads_on, main_text, read_page
from citekit.archive.signs import page_signs

from .doubles.pages import article

HERE = "http://example.org/a/page.html"


def answer(body: bytes | str, media_type: str = "text/html") -> Response:
    content = body.encode() if isinstance(body, str) else body
    return Response(200, "OK", (("Content-Type", media_type),), content, "0" * 64, len(content))


PIECES = st.sampled_from(
    [
        *("<p>", "</p>", "<div>", "<title>", "</title>", "<h1>", "<script>", "</script>", "<!--", "-->", "<svg>"),
        *("<table>", "<body>", "<noscript>", "<a href=", "<template>", "<select><option>", "<input type=password>"),
        *("<meta http-equiv=refresh content='0;", "url=http://[bad'>", "<![CDATA["),
        *("word ", "&#xD800;", "&#0;", "\x00", "\x1b", "&amp;", "墓碑", "\ufffe"),
    ]
)


@settings(deadline=None)  # the first page loads what reads pages
@given(st.lists(PIECES, max_size=40).map("".join), st.sampled_from(["utf-8", "utf-16", "gb2312", "x-none", "\x00"]))
def test_no_page_is_too_odd(body: str, charset: str) -> None:
    response = answer(body.encode("utf-8", "replace"), f"text/html; charset={charset}")
    assert leads_on(response, HERE) is None or "://" in str(leads_on(response, HERE))
    page = read_page(response)
    if page is not None:
        kept = [page.title or "", page.text, main_text(page), *page_signs(page, HERE, HERE).values()]
        kept.append(Fingerprint.of(main_text(page), page.text).to_text())
        for words in kept:
            words.encode("utf-8")  # or the store could not keep it


@pytest.mark.parametrize(
    "body", [b"<div>" * 50_000, b"<p a='" + b"x" * 1_000_000 + b"'>a", b"<!--" * 50_000, b"", b"  "]
)
def test_pages_made_to_break_readers_do_not(body: bytes) -> None:
    page = read_page(answer(body))
    assert page is None or len(page.text) < 100


def test_what_a_reader_does_not_see_is_not_read() -> None:
    page = read_page(
        answer("<title>A</title><style>b</style><script>c</script><!-- d --><template>e</template><p>f</p>")
    )
    assert page is not None
    assert (page.title, page.text, page.scripts) == ("A", "f", 1)


def test_the_text_of_an_article_is_found_without_what_stands_around_it() -> None:
    page = read_page(answer(article("The Fair")))
    assert page is not None
    assert "Terms of use" in page.text
    assert "Terms of use" not in main_text(page)
    assert len(main_text(page).split()) > 300


@pytest.mark.parametrize(
    ("content", "target"),
    [
        ("0;url=/new.html", "http://example.org/new.html"),
        ("5; URL='http://example.com/'", "http://example.com/"),
        ("0, url=new.html", "http://example.org/a/new.html"),
        ("0;/new.html", "http://example.org/new.html"),
        ("300; url=/later.html", None),
        ("30", None),
        ("0; url=http://example.org/a/page.html#top", None),
        ("0; url=http://[bad", None),
        ("soon; url=/new.html", None),
    ],
)
def test_where_a_page_leads_by_itself(content: str, target: str | None) -> None:
    page = answer(f'<head><meta http-equiv="Refresh" content="{content}"></head><p>Moved.')
    assert leads_on(page, HERE) == target


def test_what_only_browsers_without_scripts_follow_is_not_followed() -> None:
    page = answer('<noscript><meta http-equiv="refresh" content="0;url=/no-scripts"></noscript><p>words</p>')
    assert leads_on(page, HERE) is None


TITLES = [
    ("404", True),
    ("Error 404", True),
    ("404 | Journal of Examples", True),
    ("HTTP 404 Not Found", True),
    ("Page not found – Journal of Examples", True),
    ("Fehler 404: Seite nicht gefunden", True),
    ("Oops! Page not found.", True),
    ("Журнал | Страница не найдена", True),
    ("页面不存在 - 新华网", True),
    ("404 soldiers of the line", False),
    ("Lost and not found", False),
    ("The error of Herodotus", False),
    ("Nicht gefunden: Die verlorene Handschrift und ihre Leser", True),
    ("", False),
]


@pytest.mark.parametrize(("title", "missing"), TITLES)
def test_titles_that_say_that_a_page_is_missing(title: str, missing: bool) -> None:
    page = read_page(answer(f"<title>{title}</title><p>Words.</p>"))
    assert page is not None
    assert (Sign.ERROR_TITLE in page_signs(page, HERE, HERE)) is missing


def test_a_long_article_may_have_such_a_title() -> None:
    page = read_page(answer(article("Page not found: a history of link rot")))
    assert page is not None
    assert Sign.ERROR_TITLE not in page_signs(page, HERE, HERE)


def test_a_notice_about_cookies_on_a_long_page_is_no_wall() -> None:
    page = read_page(answer(article("The Fair").replace("<main>", "<div>Please accept cookies.</div><main>")))
    assert page is not None
    assert page_signs(page, HERE, HERE) == {}


@pytest.mark.parametrize(
    "words",
    [
        "Die Urkunde ist nicht mehr vorhanden; eine Abschrift von 1780 liegt in Wien.",
        "The original of this charter no longer exists. Copy of the 15th century, parchment, 21 lines.",
        "This page lists manuscripts that were lost in 1943 and have not been found since.",
        "Page 14r is missing. The leaf was removed before 1820.",
        "Digital copy not available. Please visit the reading room.",
        "La page de titre a été supprimée lors de la reliure.",
        "Il documento non è stato ritrovato negli archivi vaticani; la pagina 3 è illeggibile.",
        "Страница 12 утрачена; документ не опубликован.",
        "本页所列文献今已不存。",
        "example.org is the address that standards keep for examples.",
    ],
)
def test_a_short_record_of_something_lost_is_no_error_page(words: str) -> None:
    source = f"<html><head><title>Charter 12</title></head><body><h1>Charter 12</h1><p>{words}</p></body></html>"
    page = read_page(Response(200, "OK", (("Content-Type", "text/html; charset=utf-8"),), source.encode()))
    assert page is not None
    assert page_signs(page, HERE, HERE) == {}


@pytest.mark.parametrize(
    ("title", "sign"),
    [
        ("SAYFA BULUNAMADI", Sign.ERROR_TITLE),
        ("PAGE NON TROUVÉE", Sign.ERROR_TITLE),
        ("Pagina no encontrada", Sign.ERROR_TITLE),
        ("Strona nie zostala znaleziona", Sign.ERROR_TITLE),
        ("עָמוּד לֹא נִמְצָא", Sign.ERROR_TITLE),
        ("خطای ۴۰۴", Sign.ERROR_TITLE),
    ],
)
def test_titles_are_known_in_capitals_and_without_accents(title: str, sign: Sign) -> None:
    source = f"<html><head><title>{title}</title></head><body>Museum</body></html>"
    page = read_page(Response(200, "OK", (("Content-Type", "text/html; charset=utf-8"),), source.encode()))
    assert page is not None
    assert sign in page_signs(page, HERE, HERE)


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("पृष्ठ नहीं मिला", "पृष्ठ नहीं मिला"),
        ("Страница не найдена", "Страница не найдена"),
        ("Page introuvable | Musée", "Page introuvable"),
        ("Seite nicht gefunden!", "Seite nicht gefunden"),
        ("页面不存在", "页面不存在"),
    ],
)
def test_evidence_is_quoted_as_it_stands_on_the_page(title: str, shown: str) -> None:
    body = f"<title>{title}</title><p>Näheres erfahren Sie hier.".encode()
    read = read_page(Response(200, "", (("Content-Type", "text/html; charset=utf-8"),), body))
    assert read is not None
    assert page_signs(read, "http://example.org/a", "http://example.org/a")[Sign.ERROR_TITLE] == shown


def test_a_page_s_own_text_is_looked_for_in_its_first_mebibyte() -> None:
    early, late = (" ".join(f"{word} number {at}" for at in range(200)) for word in ("bishop", "zebra"))
    filled = f"<p title='{'x' * 1_200_000}'>"
    source = f"<title>t</title><article><p>{early}</p></article>{filled}<article><p>{late}</p></article>"
    read = read_page(Response(200, "", (("Content-Type", "text/html"),), source.encode()))
    assert read is not None
    assert "zebra" in read.text
    assert "zebra" not in main_text(read)
    assert "bishop" in main_text(read)
