"""What is said of archived copies: each way in which a copy can be no copy."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

import citekit
from citekit.archive.archives import Archive
from citekit.archive.memento_observing import MementoObserver
from citekit.archive.memento_policy import WarningCode, judge_memento, warnings_of
from citekit.archive.session import Session
from citekit.store.archiving import ArchiveOptions

from .doubles.archive import ArchiveDouble
from .doubles.copies import COPIES, STAMP, CopyBehaviour
from .doubles.pages import PageWorld, article
from .doubles.server import LoopbackServer, Reply
from .judging import verdict_on
from .stores import store_of

PAGE = "http://example.org/history/abbey.html"
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


@pytest.mark.parametrize("copy", COPIES, ids=lambda copy: copy.name)
def test_each_copy_is_what_it_is(
    copy: CopyBehaviour, double: ArchiveDouble, archive_server: LoopbackServer, archive_session: Session
) -> None:
    copy.fill(double, copy.page)
    judged = verdict_on(copy, archive_server, archive_session)
    assert judged.verdict.value == copy.verdict, judged.reason


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


def test_a_page_never_seen_well_is_compared_with_its_copy(
    *,
    web: LoopbackServer,
    world: PageWorld,
    session: Session,
    double: ArchiveDouble,
    archive: Archive,
    archive_session: Session,
    tmp_path: Path,
) -> None:
    """Both were archived before anybody looked; one has been replaced since."""
    same, other = web.url("/plain/same.html"), web.url("/plain/other.html")
    for path, title in (("/plain/same.html", "Same"), ("/plain/other.html", "Something else altogether")):
        world.change(path, Reply(200, article(title)))
    double.keep(same, STAMP, article("Same"))
    double.keep(other, STAMP, article("What was cited"))
    with store_of(tmp_path / "references.db", [same, other]) as store:
        list(store.find_mementos(archive_session, [archive]))
        list(store.check_mementos(archive_session, [archive], ArchiveOptions(recheck=None)))
        list(store.check_links(session))
        pages = {link.url: link.judgement() for link in store.links()}
        copies = {copy.link.url: copy.judgement().verdict.value for copy in store.mementos()}
    assert pages[same].verdict.value == "live"
    assert pages[other].verdict.value == "drifted"
    assert "the copy of 2009-10-13" in pages[other].reason
    assert copies == {same: "good", other: "good"}


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
