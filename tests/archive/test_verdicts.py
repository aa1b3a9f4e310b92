"""What a reader would say of each page of the small web, once and after days."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from citekit.archive.exchange import FailureKind
from citekit.archive.observation import Observation, Sign
from citekit.archive.observing import Observer
from citekit.archive.policy import judge
from citekit.archive.session import Session

from .doubles.pages import BEHAVIOURS, BOMB, Behaviour, PageWorld, article, page, story
from .doubles.server import LoopbackServer, Reply, Request


def look(observer: Observer, url: str, previous: Observation | None = None) -> Observation:
    """A look, and another where what went wrong may pass."""
    attempt = observer.look(url, previous)
    return observer.look(url, previous).observation if attempt.may_pass else attempt.observation


def days_later(seen: Observation, days: int) -> Observation:
    return replace(seen, observed_at=seen.observed_at + timedelta(days=days))


@pytest.mark.parametrize("behaviour", BEHAVIOURS, ids=lambda behaviour: behaviour.name)
def test_each_page_is_what_it_is(behaviour: Behaviour, web: LoopbackServer, session: Session) -> None:
    seen = look(Observer(session), web.url(behaviour.path))
    judged = judge([seen])
    assert judged.verdict.value == behaviour.verdict, f"{judged.reason} {dict(seen.signs)}"
    judged = judge([seen, days_later(seen, 1), days_later(seen, 3)])
    assert judged.verdict.value == behaviour.later, judged.reason


def test_a_huge_file_is_live_and_not_read_to_its_end(web: LoopbackServer, session: Session) -> None:
    seen = look(Observer(session), web.url(BOMB.path))
    assert judge([seen]).verdict.value == "live"
    assert seen.truncated or Sign.UNREAD in seen.signs


def test_a_page_that_is_replaced_has_drifted(web: LoopbackServer, session: Session, world: PageWorld) -> None:
    observer = Observer(session)
    url = web.url("/plain/page.html")
    first = look(observer, url)
    world.change("/plain/page.html", Reply(200, article("Casino of the month", seed="other")))
    second = days_later(look(observer, url, first), 30)
    judged = judge([first, second])
    assert judged.verdict.value == "drifted"
    assert judged.resemblance is not None
    assert judged.resemblance < 0.2
    world.changed.clear()
    third = days_later(look(observer, url, first), 60)
    assert judge([first, second, third]).verdict.value == "live", "it came back"


def test_a_page_with_a_new_paragraph_has_not(web: LoopbackServer, session: Session, world: PageWorld) -> None:
    observer = Observer(session)
    url = web.url("/plain/page.html")
    first = look(observer, url)
    grown = article("A plain article").replace("</article>", f"{story('more', 1)}</article>")
    world.change("/plain/page.html", Reply(200, grown))
    second = look(observer, url, first)
    assert second.sha256 != first.sha256
    judged = judge([first, second])
    assert judged.verdict.value == "live"
    assert judged.resemblance is not None
    assert 0.6 < judged.resemblance < 1


def test_a_page_in_a_new_frame_has_not(web: LoopbackServer, session: Session, world: PageWorld) -> None:
    """The site was made anew; the article is the same."""
    observer = Observer(session)
    url = web.url("/plain/page.html")
    first = look(observer, url)
    frame = page("A plain article", f"{story('A plain article')}<div>New menu, new footer, new words.</div>")
    world.change("/plain/page.html", Reply(200, frame))
    assert judge([first, look(observer, url, first)]).verdict.value == "live"


def test_nothing_is_read_anew_where_no_byte_changed(web: LoopbackServer, session: Session) -> None:
    observer = Observer(session)
    url = web.url("/plain/page.html")
    first = look(observer, url)
    asked = len(web.requests)
    second = look(Observer(session, robots=False), url, first)
    assert (second.title, second.fingerprint, second.sha256) == (first.title, first.fingerprint, first.sha256)
    assert [request.method for request in web.requests[asked:]] == ["GET"], "no probe for an error page again"


def test_get_has_the_last_word(web: LoopbackServer, session: Session, world: PageWorld) -> None:
    def no_head(request: Request) -> Reply:
        return Reply(404 if request.method == "HEAD" else 200, b"%PDF-1.4\n", media_type="application/pdf")

    world.changed["/plain/paper.pdf"] = no_head
    seen = look(Observer(session, robots=False), web.url("/plain/paper.pdf"))
    assert [request.method for request in web.requests] == ["HEAD", "GET"]
    assert (seen.method, seen.status) == ("GET", 200)
    assert seen.signs[Sign.NO_HEAD] == "404"
    look(Observer(session, robots=False), web.url("/plain/paper.pdf"), seen)
    assert [request.method for request in web.requests[2:]] == ["GET"], "what fails is not tried again"


def test_a_large_file_is_told_by_head_alone(web: LoopbackServer, session: Session, world: PageWorld) -> None:
    film = Reply(200, b"", {"Content-Length": "900000000"}, media_type="video/mp4")
    world.change("/plain/film.mp4", film)
    seen = look(Observer(session, robots=False), web.url("/plain/film.mp4"))
    assert [request.method for request in web.requests] == ["HEAD"]
    assert judge([seen]).verdict.value == "live"
    assert seen.sha256 is None


def test_of_a_page_the_content_is_asked_for_at_once(web: LoopbackServer, session: Session) -> None:
    look(Observer(session, robots=False), web.url("/plain/page.html"))
    assert [request.method for request in web.asked_for("/plain/page.html")] == ["GET"]


def test_a_directory_is_probed_once(web: LoopbackServer, session: Session, world: PageWorld) -> None:
    observer = Observer(session)
    for number in range(3):
        world.change(f"/plain/{number}.html", Reply(200, article(f"Article {number}")))
        look(observer, web.url(f"/plain/{number}.html"))
    probes = [request for request in web.requests if request.path.startswith("/plain/") and len(request.path) > 15]
    assert len(probes) == 1


def test_robots_are_asked_once_and_obeyed(web: LoopbackServer, session: Session) -> None:
    observer = Observer(session)
    look(observer, web.url("/plain/page.html"))
    seen = look(observer, web.url("/robots/page.html"))
    assert seen.failure is FailureKind.ROBOTS
    assert len(web.asked_for("/robots.txt")) == 1
    assert web.asked_for("/robots/page.html") == []


def test_a_doi_that_leads_on_is_live(web: LoopbackServer, session: Session) -> None:
    from citekit.archive.urls import LinkKind

    seen = look(Observer(session), web.url("/moved/page.html"))
    assert judge([seen], kind=LinkKind.DOI).verdict.value == "live"
    assert judge([seen], kind=LinkKind.WEB).verdict.value == "redirected"


@pytest.mark.parametrize("url", ["mailto:a@example.org", "ftp://example.org/a", "example", "http://a:b@example.org/"])
def test_what_is_no_web_address_is_not_asked(url: str, session: Session) -> None:
    seen = Observer(session).look(url).observation
    assert judge([seen]).verdict.value == "not-checkable"
    assert seen.hops == ()
