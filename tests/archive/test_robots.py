"""What hosts let programs visit (RFC 9309), wherever a chain leads and whatever a page is visited for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from citekit.archive.exchange import FailureKind
from citekit.archive.observing import Observer
from citekit.archive.pacing import HostPacer
from citekit.archive.policy import judge
from citekit.archive.session import Session, open_session

from .doubles.pages import article
from .doubles.server import LoopbackServer, Reply, Request
from .stores import store_of

RULES = "User-agent: *\nDisallow: /closed/\nAllow: /closed/open.html\n"


def site(request: Request) -> Reply:
    match request.path:
        case "/robots.txt":
            return Reply(200, RULES, media_type="text/plain")
        case "/led.html":
            return Reply(302, headers={"Location": "/closed/page.html"})
        case "/leads-by-itself.html":
            return Reply(200, "<meta http-equiv=refresh content='0; url=/closed/page.html'>")
    return Reply(200, article("A page")) if request.path.endswith((".html", ".pdf")) else Reply(404)


@pytest.fixture
def other() -> Iterator[LoopbackServer]:
    """A site that closes a directory to programs."""
    with LoopbackServer(site) as server:
        yield server


@pytest.fixture
def first(other: LoopbackServer) -> Iterator[LoopbackServer]:
    """Another one without rules, which leads there."""

    def lead(request: Request) -> Reply:
        found = request.path == "/page.html"
        return Reply(301, headers={"Location": other.url("/closed/page.html")}) if found else Reply(404)

    with LoopbackServer(lead) as server:
        yield server


@pytest.fixture
def both(first: LoopbackServer, other: LoopbackServer) -> Iterator[Session]:
    """A session that may visit both."""
    with open_session(allowed=[first.netloc, other.netloc]) as session:
        yield session


@pytest.mark.parametrize("method", ["", ".pdf"])
@pytest.mark.parametrize("path", ["/led.html", "/leads-by-itself.html"])
def test_an_address_that_a_chain_leads_to_is_asked_for_too(
    path: str, method: str, other: LoopbackServer, both: Session
) -> None:
    seen = Observer(both).look(other.url(path if not method else "/led.html")).observation
    assert seen.failure is FailureKind.ROBOTS
    judged = judge([seen])
    assert judged.verdict.value == "blocked"
    assert "/closed/page.html" in judged.reason
    assert other.asked_for("/closed/page.html") == []


def test_the_rules_are_those_of_each_host(first: LoopbackServer, other: LoopbackServer, both: Session) -> None:
    observer = Observer(both)
    for _ in range(2):
        assert judge([observer.look(first.url("/page.html")).observation]).verdict.value == "blocked"
    assert len(other.asked_for("/robots.txt")) == 1
    assert other.asked_for("/closed/page.html") == []


def test_the_address_beside_a_page_is_visited_only_where_it_may_be(other: LoopbackServer, both: Session) -> None:
    """One page of a closed directory is open: an address beside it is not."""
    seen = Observer(both).look(other.url("/closed/open.html")).observation
    assert judge([seen]).verdict.value == "live"
    assert [one.path for one in other.requests] == ["/robots.txt", "/closed/open.html"]


def test_what_programs_may_not_visit_is_not_captured(other: LoopbackServer, both: Session, tmp_path: Path) -> None:
    urls = [other.url(path) for path in ("/closed/page.html", "/led.html", "/closed/open.html")]
    with store_of(tmp_path / "references.db", urls) as store:
        made = {link.url: one for link, one in store.capture_links(both, sleep=lambda _: None)}
    failures = [getattr(made[url], "failure", None) for url in urls]
    assert [one.kind if one else None for one in failures] == [FailureKind.ROBOTS, FailureKind.ROBOTS, None]
    assert other.asked_for("/closed/page.html") == []


def test_rules_behind_a_byte_order_mark_count(both: Session, other: LoopbackServer) -> None:
    rules = Reply(200, "\ufeff" + RULES, media_type="text/plain")
    with (
        LoopbackServer(lambda request: rules if request.path == "/robots.txt" else Reply(200, "page")) as server,
        open_session(allowed=[server.netloc]) as session,
    ):
        assert Observer(session).look(server.url("/closed/page.html")).observation.failure is FailureKind.ROBOTS


class Noted(HostPacer):
    """Notes the visits that were booked."""

    def __init__(self, interval: float) -> None:
        super().__init__(interval)
        self.waits: list[float] = []

    def take(self, host: str) -> float:
        """Note the wait, and have nobody wait for it."""
        self.waits.append(super().take(host))
        return 0.0


def test_the_address_beside_a_page_waits_for_its_turn(other: LoopbackServer, both: Session) -> None:
    pacer = Noted(30.0)
    observer = Observer(both, pacer=pacer)
    pacer.take(other.netloc)
    observer.look(other.url("/open/page.html"))
    assert len(pacer.waits) == 2
    assert pacer.waits[1] > 20, "of the thirty seconds between two visits"


def test_a_delay_that_a_host_asks_for_counts_from_the_visit_under_way() -> None:
    pacer = HostPacer(0.5)
    pacer.take("example.org")
    pacer.set_interval("example.org", 30.0)
    pacer.set_interval("example.org", 30.0)
    assert 20 < pacer.take("example.org") <= 30
