"""What is said of archived copies: each way in which a copy can be no copy."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

import citekit
from citekit.archive.archives import Archive
from citekit.archive.memento_observing import MementoObserver
from citekit.archive.memento_policy import WarningCode, judge_memento, warnings_of
from citekit.archive.session import Session
from citekit.store.archiving import ArchiveOptions

from .doubles import archive as doubles
from .doubles.archive import ArchiveDouble
from .doubles.pages import PageWorld, article
from .doubles.server import LoopbackServer, Misbehave, Reply
from .stores import store_of

PAGE = "http://example.org/history/abbey.html"
STAMP = "20091013120000"
NOW = datetime(2026, 3, 1, tzinfo=UTC)


def verdict(session: Session, server: LoopbackServer, *, page: str = PAGE, stamp: str = STAMP, times: int = 1) -> str:
    """What is said of the copy of a page."""
    observer = MementoObserver(session)
    url = server.url(f"/web/{stamp}/{page}")
    seen, previous = [], None
    for _ in range(times):
        previous = observer.look(url, previous).observation
        seen.append(previous)
    from citekit.archive.mementos import page_of

    return judge_memento(seen, url=url, page=page_of(page)).verdict.value


def good(double: ArchiveDouble) -> None:
    double.keep(PAGE, STAMP, article("The abbey"))


def of_404(double: ArchiveDouble) -> None:
    double.keep(PAGE, STAMP, "gone", status=404)


def of_429(double: ArchiveDouble) -> None:
    """What the page answered then, not what the archive answers now."""
    double.keep(PAGE, STAMP, "slow down", status=429)


def of_soft_404(double: ArchiveDouble) -> None:
    double.keep(PAGE, STAMP, "<title>Seite nicht gefunden</title><h1>Seite nicht gefunden</h1>")


def of_redirect(double: ArchiveDouble) -> None:
    double.keep(PAGE, STAMP, status=301, location="http://example.org/elsewhere.html")
    double.keep("http://example.org/elsewhere.html", STAMP, article("Elsewhere"))


def of_redirect_to_https(double: ArchiveDouble) -> None:
    """The same page by another scheme."""
    double.keep(PAGE, STAMP, status=301, location=PAGE.replace("http:", "https:"))
    double.copies[-1] = replace(double.copies[-1], stamp="20091013110000")
    double.keep(PAGE, STAMP, article("The abbey"))


def other_date(double: ArchiveDouble) -> None:
    double.keep(PAGE, "20150505000000", article("The abbey"))
    double.elsewhere[PAGE, STAMP] = "20150505000000"


def nearly_that_date(double: ArchiveDouble) -> None:
    double.keep(PAGE, "20091013130501", article("The abbey"))
    double.elsewhere[PAGE, STAMP] = "20091013130501"


def none(double: ArchiveDouble) -> None:
    """The archive has none."""


def hidden(double: ArchiveDouble) -> None:
    double.hidden.add(PAGE)


def hidden_in_words(double: ArchiveDouble) -> None:
    words = "<pre>org.archive.wayback.exception.RobotAccessControlException: Blocked By Robots</pre>"
    double.troubles.append(doubles.Trouble("/web", Reply(403, words)))


def empty(double: ArchiveDouble) -> None:
    double.keep(PAGE, STAMP, "")


def broken(double: ArchiveDouble) -> None:
    double.troubles.append(doubles.Trouble("/web", Reply(500, "<title>Internal Server Error</title>")))


def player_fails(double: ArchiveDouble) -> None:
    name = "ResourceNotAvailableException: the resource is not available"
    double.troubles.append(doubles.Trouble("/web", Reply(503, "", {"X-Archive-Wayback-Runtime-Error": name})))


def overloaded(double: ArchiveDouble) -> None:
    double.troubles.append(doubles.Trouble("/web", Reply(429, "")))


def silent(double: ArchiveDouble) -> None:
    double.troubles.append(doubles.Trouble("/web", Misbehave(lambda connection, closing: None)))


def of_another_page(double: ArchiveDouble) -> None:
    headers = {"Memento-Datetime": "Tue, 13 Oct 2009 12:00:00 GMT", "Link": '<http://other.org/>; rel="original"'}
    double.troubles.append(doubles.Trouble("/web", Reply(200, article("Other"), headers)))


def without_its_moment(double: ArchiveDouble) -> None:
    double.troubles.append(doubles.Trouble("/web", Reply(200, article("Other"))))


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (good, "good"),
        (of_404, "of-an-error-page"),
        (of_429, "of-an-error-page"),
        (of_soft_404, "of-an-error-page"),
        (of_redirect, "of-a-redirect"),
        (of_redirect_to_https, "good"),
        (other_date, "wrong-date"),
        (nearly_that_date, "good"),
        (none, "missing"),
        (hidden, "blocked"),
        (hidden_in_words, "blocked"),
        (empty, "not-playable"),
        (broken, "not-playable"),
        (player_fails, "not-playable"),
        (overloaded, "uncertain"),
        (silent, "uncertain"),
        (of_another_page, "missing"),
        (without_its_moment, "uncertain"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_each_state_of_a_copy(
    state: object, expected: str, double: ArchiveDouble, archive_server: LoopbackServer, archive_session: Session
) -> None:
    state(double)  # type: ignore[operator]
    assert verdict(archive_session, archive_server, times=2) == expected


def test_a_page_in_its_own_script(
    double: ArchiveDouble, archive_server: LoopbackServer, archive_session: Session
) -> None:
    page = "http://example.org/doc/墓碑：中国?type=001"
    double.keep(page, STAMP, article("Tombstone"))
    assert verdict(archive_session, archive_server, page=page) == "good"


def test_a_stamp_of_a_year_means_any_copy_of_it(
    double: ArchiveDouble, archive_server: LoopbackServer, archive_session: Session
) -> None:
    double.keep(PAGE, STAMP, article("The abbey"))
    double.elsewhere[PAGE, "20090000000000"] = STAMP
    assert verdict(archive_session, archive_server, stamp="2009") == "good"
    double.elsewhere[PAGE, "20080000000000"] = STAMP
    assert verdict(archive_session, archive_server, stamp="2008") == "wrong-date"


def test_a_copy_is_compared_with_the_page(
    *,
    web: LoopbackServer,
    world: PageWorld,
    session: Session,
    double: ArchiveDouble,
    archive: Archive,
    archive_session: Session,
    tmp_path: Path,
) -> None:
    same, other = web.url("/plain/same.html"), web.url("/plain/other.html")
    for path, title in (("/plain/same.html", "Same"), ("/plain/other.html", "Other")):
        world.change(path, Reply(200, article(title)))
    double.keep(same, STAMP, article("Same"))
    double.keep(other, STAMP, article("Something of which nothing is left"))
    with store_of(tmp_path / "references.db", [same, other]) as store:
        list(store.check_links(session))
        list(store.find_mementos(archive_session, [archive]))
        list(store.check_mementos(archive_session, [archive], ArchiveOptions(recheck=None)))
        found = {copy.link.url: copy.judgement() for copy in store.mementos()}
    assert found[same].verdict.value == "good"
    assert found[same].resemblance is not None
    assert found[other].verdict.value == "drifted"


@pytest.mark.parametrize(
    ("archive", "stamp", "printed", "codes"),
    [
        ("wayback", "20091013120000", [], []),
        ("wayback", "20091013120000", ["2009-10-13"], []),
        ("wayback", "20091013230000", ["2009-10-14"], []),  # the day in another time zone
        ("wayback", "20091013120000", ["2009-10"], []),
        ("wayback", "2009", ["2009-12-31"], []),
        ("wayback", "20091013120000", ["2011-10-13"], [WarningCode.PRINTED_DATE]),
        ("wayback", "19910101000000", [], [WarningCode.IMPOSSIBLE_DATE]),
        ("wayback", "20291301000000", [], [WarningCode.IMPOSSIBLE_DATE]),
        ("wayback", "20290101000000", [], [WarningCode.IMPOSSIBLE_DATE]),
        ("archive.today", None, [], [WarningCode.ARCHIVE_TODAY]),
        ("archive.today", "20091013120000", ["1990"], [WarningCode.ARCHIVE_TODAY, WarningCode.PRINTED_DATE]),
    ],
)
def test_what_a_reader_should_know(
    archive: str, stamp: str | None, printed: list[str], codes: list[WarningCode]
) -> None:
    found = warnings_of(archive=archive, url="https://a.org/x", stamp=stamp, printed_dates=printed, now=NOW)
    assert [one.code for one in found] == codes


def test_validating_archived_links_is_three_lines(
    double: ArchiveDouble, archive_server: LoopbackServer, archive_session: Session
) -> None:
    double.keep(PAGE, STAMP, article("The abbey"))
    printed = [
        f"<{archive_server.url(f'/web/{STAMP}/{PAGE}')}>.",
        archive_server.url(f"/web/20120101000000/{PAGE}"),
        "http://example.org/",
        "https://archive.ph/AbCd1",
    ]
    found = list(citekit.check_archived(printed, session=archive_session))
    assert [one.verdict.value for one in found[:3]] == ["good", "missing", "uncertain"]
    assert (found[0].url, found[0].original) == (printed[0], PAGE)
    assert found[0].moment == datetime(2009, 10, 13, 12, tzinfo=UTC)
    assert [one.code for one in found[3].warnings] == [WarningCode.ARCHIVE_TODAY]
