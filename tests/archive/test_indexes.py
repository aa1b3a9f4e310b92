"""Asking an archive for copies: what it answers, and what it answers instead."""

from __future__ import annotations

import json
import socket
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from citekit.archive.archives import Archive
from citekit.archive.exchange import Exchange, Failure, FailureKind, Hop
from citekit.archive.indexes import ask_availability, ask_cdx, ask_timegate, ask_timemap, cdx_captures
from citekit.archive.lookup import Finder
from citekit.archive.mementos import Memento, period_of_text, stamp_of
from citekit.archive.session import Session, open_session
from citekit.archive.trouble import Trouble, TroubleKind

from .clock import Clock
from .doubles import archive as doubles
from .doubles.archive import ArchiveDouble
from .doubles.server import LoopbackServer, Reply

PAGE = "http://example.org/墓碑?type=001&symbol=00102"
DAY = period_of_text("2009-10-13")
assert DAY is not None
WAYS = {
    "cdx": lambda session, archive: ask_cdx(session, archive, PAGE, DAY),
    "availability": lambda session, archive: ask_availability(session, archive, PAGE, DAY),
    "timegate": lambda session, archive: ask_timegate(session, archive, PAGE, DAY),
    "timemap": lambda session, archive: ask_timemap(session, archive, PAGE),
}


def stamps(found: list[Memento] | Trouble) -> list[str]:
    assert not isinstance(found, Trouble), found
    return [stamp_of(one.moment) for one in found if one.moment]


@pytest.fixture
def kept(double: ArchiveDouble) -> ArchiveDouble:
    for stamp in ("20050101000000", "20091012000000", "20091020000000", "20200101000000"):
        double.keep(PAGE, stamp)
    return double


@pytest.mark.parametrize(
    ("way", "found"),
    [
        ("cdx", ["20091012000000", "20091020000000"]),
        ("availability", ["20091012000000"]),
        ("timegate", ["20091012000000"]),
        ("timemap", ["20050101000000", "20091012000000", "20091020000000", "20200101000000"]),
    ],
)
def test_each_way_leads_to_the_copies(
    way: str, found: list[str], kept: ArchiveDouble, archive: Archive, archive_session: Session
) -> None:
    mementos = WAYS[way](archive_session, archive)
    assert stamps(mementos) == found
    assert isinstance(mementos, list)
    assert {one.original for one in mementos} == {PAGE}
    assert all(
        one.url.endswith(f"/web/{stamp_of(one.moment)}/{PAGE}") or "%E5" in one.url for one in mementos if one.moment
    )


@pytest.mark.parametrize("way", WAYS)
def test_no_copy_is_no_trouble(way: str, archive: Archive, archive_session: Session) -> None:
    assert WAYS[way](archive_session, archive) == []


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("reply", "kind", "wait"),
    [
        (Reply(429, "slow down"), TroubleKind.THROTTLED, 60),
        (Reply(429, "", {"Retry-After": "17"}), TroubleKind.THROTTLED, 17),
        (Reply(503, "", {"Retry-After": "5"}), TroubleKind.TRANSIENT, 5),
        (
            Reply(403, "org.archive.wayback.exception.RobotAccessControlException: Blocked By Robots"),
            TroubleKind.BLOCKED,
            None,
        ),
        (
            Reply(
                403, "", {"X-Archive-Wayback-Runtime-Error": "AdministrativeAccessControlException: Blocked Site Error"}
            ),
            TroubleKind.BLOCKED,
            None,
        ),
        (Reply(400, "bad"), TroubleKind.PERMANENT, None),
    ],
)
def test_troubles_are_told_apart(
    *,
    way: str,
    reply: Reply,
    kind: TroubleKind,
    wait: float | None,
    double: ArchiveDouble,
    archive: Archive,
    archive_session: Session,
) -> None:
    double.troubles.append(doubles.Trouble("/", reply))
    answer = WAYS[way](archive_session, archive)
    assert isinstance(answer, Trouble)
    assert (answer.kind, answer.wait) == (kind, wait)


@pytest.mark.parametrize("way", ["cdx", "availability", "timemap"])
def test_a_page_instead_of_an_answer_is_a_throttle(
    way: str, double: ArchiveDouble, archive: Archive, archive_session: Session
) -> None:
    double.troubles.append(doubles.Trouble("/", Reply(200, "<html>Just a moment…")))
    answer = WAYS[way](archive_session, archive)
    assert isinstance(answer, Trouble)
    assert answer.kind is TroubleKind.THROTTLED


def test_copies_of_error_pages_are_left_out_and_revisits_kept(
    double: ArchiveDouble, archive: Archive, archive_session: Session
) -> None:
    double.keep(PAGE, "20091013000000", status=404)
    double.keep(PAGE, "20091014000000", revisit=True)
    double.keep(PAGE, "20091001000000")
    found = ask_cdx(archive_session, archive, PAGE, DAY)
    assert stamps(found) == ["20091001000000", "20091014000000"]
    assert isinstance(found, list)
    assert [(one.status, one.media_type) for one in found] == [(200, "text/html"), (None, None)]


def test_all_copies_page_after_page(kept: ArchiveDouble, archive: Archive, archive_session: Session) -> None:
    found = list(cdx_captures(archive_session, archive, PAGE, page=3))
    assert len(found) == 4
    assert len(set(found)) == 4


@pytest.mark.parametrize("body", [[], {}, [["timestamp"]], [["timestamp", "original"], ["soon", PAGE]], [1, "x"], None])
def test_rows_that_cannot_be_are_passed_over(
    body: object, double: ArchiveDouble, archive: Archive, archive_session: Session
) -> None:
    double.troubles.append(doubles.Trouble("/cdx", Reply(200, json.dumps(body), media_type="application/json")))
    assert ask_cdx(archive_session, archive, PAGE, DAY) == []


def test_an_archived_redirect_keeps_the_page_that_was_asked_for(
    double: ArchiveDouble, archive: Archive, archive_session: Session
) -> None:
    double.keep("http://example.org/old", "20091001000000", status=302, location="http://example.org/new")
    double.keep("http://example.org/new", "20091001000000")
    (found,) = ask_timegate(archive_session, archive, "http://example.org/old", DAY)
    assert isinstance(found, Memento)
    assert found.original == "http://example.org/old"


def finder(session: Session, *archives: Archive) -> tuple[Finder, Clock]:
    clock = Clock()
    return Finder(session, archives, sleep=clock.sleep), clock


def test_where_the_index_fails_the_timegate_is_asked(
    kept: ArchiveDouble, archive: Archive, archive_session: Session
) -> None:
    kept.troubles.append(doubles.Trouble("/cdx", Reply(502, "")))
    found = finder(archive_session, archive)[0].find(PAGE, DAY)
    assert found.closest is not None
    assert (found.closest.found_by.value, found.is_sure) == ("timegate", True)


def test_a_copy_of_an_error_page_is_not_the_last_word(
    double: ArchiveDouble, archive: Archive, archive_session: Session
) -> None:
    """The TimeGate leads to the closest copy, which is of a 404; the TimeMap knows of others, and of no status."""
    double.keep(PAGE, "20091013120000", "gone", status=404)
    double.keep(PAGE, "20080101000000")
    without = replace(archive, cdx=None)
    found = finder(archive_session, without)[0].find(PAGE, DAY)
    assert found.closest is not None
    assert stamps([found.closest]) == ["20080101000000"]
    assert found.closest.found_by.value == "timemap"
    assert 404 in {one.status for one in found.mementos}


def test_an_index_that_gives_an_object_a_line(
    double: ArchiveDouble, archive: Archive, archive_session: Session
) -> None:
    """As pywb does."""
    row = {"urlkey": "org,example)/", "timestamp": "20091013120000", "url": PAGE, "mime": "text/html", "status": "200"}
    lines = "".join(json.dumps({**row, "timestamp": stamp}) + "\n" for stamp in ("20091012000000", "20091014000000"))
    for body, known in ((lines, 2), (json.dumps(row), 1)):
        double.troubles[:] = [doubles.Trouble("/cdx", Reply(200, body, media_type="text/x-ndjson"))]
        found = ask_cdx(archive_session, archive, PAGE, DAY)
        assert not isinstance(found, Trouble)
        assert [(one.original, one.status) for one in found] == [(PAGE, 200)] * known


def test_an_index_without_names_above_its_rows(
    double: ArchiveDouble, archive: Archive, archive_session: Session
) -> None:
    rows = [["20091012000000", PAGE, "text/html", "200", "A"]]
    double.troubles.append(doubles.Trouble("/cdx", Reply(200, json.dumps(rows), media_type="application/json")))
    assert stamps(ask_cdx(archive_session, archive, PAGE, DAY)) == ["20091012000000"]


def test_a_throttle_is_waited_for_once(
    kept: ArchiveDouble, archive: Archive, archive_session: Session, archive_server: LoopbackServer
) -> None:
    kept.troubles.append(doubles.Trouble("/cdx", Reply(429, "", {"Retry-After": "30"}), times=1))
    looking, clock = finder(archive_session, archive)
    assert looking.find(PAGE, DAY).closest is not None
    assert 30 in clock.slept
    assert not [one for one in archive_server.requests if not one.path.startswith("/cdx")]


def test_an_archive_that_goes_on_throttling_is_left_alone(
    kept: ArchiveDouble, archive: Archive, archive_session: Session, archive_server: LoopbackServer
) -> None:
    kept.troubles.append(doubles.Trouble("/", Reply(429, "")))
    looking, _ = finder(archive_session, archive)
    first = looking.find(PAGE, DAY)
    asked = len(archive_server.requests)
    second = looking.find(PAGE, DAY)
    assert not first.is_sure
    assert second.troubles.keys() == {"wayback"}
    assert len(archive_server.requests) == asked == 2


def test_a_closed_page_is_not_asked_for_in_other_ways(
    kept: ArchiveDouble, archive: Archive, archive_session: Session, archive_server: LoopbackServer
) -> None:
    kept.hidden.add(PAGE)
    found = finder(archive_session, archive)[0].find(PAGE, DAY)
    assert found.troubles["wayback"].kind is TroubleKind.BLOCKED
    assert len(archive_server.requests) == 1


def test_the_closest_of_several_archives(kept: ArchiveDouble, archive: Archive, archive_session: Session) -> None:
    other = ArchiveDouble()
    other.keep(PAGE, "20091013120000")
    with LoopbackServer(other) as server:
        second = other.configuration(server, name="national", cdx=None, availability=None)
        from citekit.archive.session import open_session

        with open_session(allowed=["127.0.0.1"]) as session:
            found = finder(session, archive, second)[0].find(PAGE, DAY)
    assert found.closest is not None
    assert (found.closest.archive, stamp_of(found.closest.moment)) == ("national", "20091013120000")  # type: ignore[arg-type]


@pytest.fixture
def nobodys_port() -> str:
    """A host and port on which nobody takes connections."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{closed.getsockname()[1]}"


def test_an_archive_that_cannot_be_reached_is_asked_once_in_a_run(
    nobodys_port: str, kept: ArchiveDouble, archive: Archive
) -> None:
    away = Archive(
        "away",
        cdx=f"http://{nobodys_port}/cdx",
        timegate=f"http://{nobodys_port}/web/",
        timemap=f"http://{nobodys_port}/web/timemap/link/",
        queries_per_minute=1,
    )
    allowed = (nobodys_port, urlsplit(archive.cdx or "").netloc)
    with open_session(allowed=allowed) as session:
        looking, clock = finder(session, away, archive)
        for page in (PAGE, "http://example.org/other"):
            found = looking.find(page, DAY)
            trouble = found.troubles["away"]
            assert trouble.message == f"{nobodys_port} cannot be reached: nobody takes connections there"
            assert list(found.troubles) == ["away"]
            assert (found.closest is not None) == (page == PAGE)
    assert sum(clock.slept) < 60  # a question a minute: there was only one


def test_a_slow_index_is_asked_again_and_a_silent_host_given_up(archive: Archive) -> None:
    late = Trouble(TroubleKind.TRANSIENT, "timeout", "no answer in time", host=urlsplit(archive.cdx or "").netloc)
    asked: list[str] = []

    class Silent:
        def fetch(self, method: str, url: str, **_: object) -> Exchange:
            asked.append(url)
            return Exchange((Hop(url, method),), None, Failure(FailureKind.TIMEOUT, late.message), 1.0)

    looking = Finder(Silent(), [archive], sleep=lambda _: None)  # type: ignore[arg-type]
    for _ in range(3):
        assert "several times" in looking.find(PAGE, DAY).troubles[archive.name].message
    assert len(asked) == 3


def test_each_question_to_the_index_has_its_turn(
    kept: ArchiveDouble, archive: Archive, archive_session: Session, archive_server: LoopbackServer
) -> None:
    """The last copy before the day and the first behind it are two questions, and each counts."""
    looking, clock = finder(archive_session, replace(archive, queries_per_minute=24))
    for _ in range(4):
        looking.find(PAGE, DAY)
    assert len(archive_server.requests) == len(clock.slept) == 8
    assert clock.slept[-1] > 7 * 60 / 24 - 5, "each is 2.5 seconds behind the one before it"


def test_the_pages_of_a_timemap_have_their_turns(
    kept: ArchiveDouble, archive: Archive, archive_session: Session, archive_server: LoopbackServer
) -> None:
    asked: list[int] = []
    list(cdx_captures(archive_session, archive, PAGE, page=1, turn=lambda: asked.append(1)))
    assert len(asked) == len(archive_server.requests) == 4


EXCEPTION = (
    "org.archive.util.io.RuntimeIOException: org.archive.wayback.exception.AdministrativeAccessControlException: "
    "Blocked Site Error"
)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (EXCEPTION, TroubleKind.BLOCKED),
        (
            "org.archive.wayback.exception.RobotAccessControlException: Blocked By Robots\n",
            TroubleKind.BLOCKED,
        ),
        ("org.archive.util.io.RuntimeIOException: java.io.IOException: no such index", TroubleKind.PERMANENT),
        ("java.lang.NullPointerException", TroubleKind.PERMANENT),
    ],
)
def test_an_exception_as_a_body_is_said_of_that_page_alone(
    body: str, kind: TroubleKind, kept: ArchiveDouble, archive: Archive, archive_session: Session
) -> None:
    """With status 200, as CDX servers do."""
    closed = "http://example.org/closed"
    kept.troubles.append(doubles.Trouble("/cdx", Reply(200, f"{body}\n", media_type="text/plain"), url=closed))
    looking, clock = finder(archive_session, replace(archive, timegate=None, availability=None, timemap=None))
    assert looking.find(closed, DAY).troubles["wayback"].kind is kind
    assert looking.find(PAGE, DAY).closest is not None
    assert not any(clock.slept)


def test_a_web_page_for_one_question_stops_no_other(
    kept: ArchiveDouble, archive: Archive, archive_session: Session
) -> None:
    odd = "http://example.org/odd"
    kept.troubles.append(doubles.Trouble("/", Reply(200, "<html><title>Error</title>"), url=odd))
    looking, _ = finder(archive_session, archive)
    assert looking.find(odd, DAY).troubles["wayback"].kind is TroubleKind.THROTTLED
    assert looking.find(PAGE, DAY).closest is not None
    assert looking.find(odd, DAY).troubles["wayback"].code == "not-json"
    assert looking.find(PAGE, DAY).closest is not None


def test_web_pages_for_two_questions_are_how_an_archive_throttles(
    kept: ArchiveDouble, archive: Archive, archive_session: Session, archive_server: LoopbackServer
) -> None:
    kept.troubles.append(doubles.Trouble("/", Reply(200, "<html><title>Just a moment")))
    looking, _ = finder(archive_session, archive)
    for page in ("http://example.org/1", "http://example.org/2"):
        assert not looking.find(page, DAY).is_sure
    asked = len(archive_server.requests)
    assert not looking.find(PAGE, DAY).is_sure
    assert len(archive_server.requests) == asked


class TestTheNextBest:
    """Where the closest copy is bad, another is looked for."""

    def found(self, archive: Archive, session: Session, *passed_over: Memento) -> str:
        closest = finder(session, archive)[0].find(PAGE, DAY, passed_over=passed_over).closest
        assert closest is not None
        return stamps([closest])[0]

    def test_a_redirect_by_the_word_of_the_index(
        self, double: ArchiveDouble, archive: Archive, archive_session: Session
    ) -> None:
        double.keep(PAGE, "20091013120000", status=301, location="http://example.org/new")
        assert self.found(archive, archive_session) == "20091013120000", "better than none"
        double.keep(PAGE, "20081001000000")
        assert self.found(archive, archive_session) == "20081001000000"

    def test_one_that_was_looked_at_and_is_bad(
        self, double: ArchiveDouble, archive: Archive, archive_session: Session
    ) -> None:
        for stamp in ("20091013120000", "20091012000000"):
            double.keep(PAGE, stamp, "<title>Page not found</title>")
        double.keep(PAGE, "20091120000000")
        bad = finder(archive_session, archive)[0].find(PAGE, DAY).closest
        assert bad is not None
        assert self.found(archive, archive_session, bad) == "20091120000000", "the same content is as bad"
        bad = replace(bad, digest=None)
        assert self.found(archive, archive_session, bad) == "20091012000000"

    def test_where_the_timegate_gives_the_same_again(
        self, double: ArchiveDouble, archive: Archive, archive_session: Session
    ) -> None:
        double.keep(PAGE, "20091013120000", "<title>Page not found</title>")
        double.keep(PAGE, "20091120000000")
        without = replace(archive, cdx=None)
        bad = finder(archive_session, without)[0].find(PAGE, DAY).closest
        assert bad is not None
        assert self.found(without, archive_session, bad) == "20091120000000"

    def test_where_there_is_no_other_it_is_the_same(
        self, double: ArchiveDouble, archive: Archive, archive_session: Session
    ) -> None:
        double.keep(PAGE, "20091013120000", "<title>Page not found</title>")
        bad = finder(archive_session, archive)[0].find(PAGE, DAY).closest
        assert bad is not None
        assert self.found(archive, archive_session, bad) == "20091013120000"
