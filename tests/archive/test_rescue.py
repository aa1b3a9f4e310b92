"""Rescue: the copy that can stand for a page that is gone, and what is written when it is accepted."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import citekit
from citekit import formats
from citekit.archive.archives import Archive
from citekit.archive.memento_policy import MementoJudgement, MementoVerdict
from citekit.archive.mementos import FoundBy, Memento, period_of_text
from citekit.archive.rescue import best_copy
from citekit.archive.session import Session
from citekit.store.archiving import ArchiveOptions
from citekit.store.link_keeping import CheckOptions
from citekit.store.memento_reading import days_read, wanted_days

from .doubles.archive import ArchiveDouble
from .doubles.pages import article
from .doubles.server import LoopbackServer

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


def copy(day: str, verdict: str = "good", archive: str = "wayback") -> tuple[Memento, MementoJudgement]:
    moment = datetime.fromisoformat(day).replace(tzinfo=UTC)
    return Memento(archive, f"https://a.org/{day}", "u", moment, FoundBy.CDX), MementoJudgement(
        MementoVerdict(verdict), ""
    )


@pytest.mark.parametrize(
    ("copies", "wanted", "chosen"),
    [
        ([("2009-10-01", "good"), ("2009-11-30", "good")], "2009-10-13", "2009-10-01"),
        ([("2009-10-13", "of-an-error-page"), ("2012-01-01", "good")], "2009-10-13", "2012-01-01"),
        ([("2009-10-13", "unchecked"), ("2009-10-13", "uncertain"), ("2009-10-13", "missing")], "2009-10-13", None),
        ([("2009-10-01", "good"), ("2019-10-01", "good")], None, "2019-10-01"),
        # The page was seen in 2020, and had changed by then: what was read in 2009 is what is cited.
        ([("2009-10-12", "drifted"), ("2019-01-01", "good")], "2009-10-13", "2009-10-12"),
        ([("2023-10-12", "drifted")], "2020-10-13", None),
        ([], "2009", None),
    ],
)
def test_the_copy_that_can_stand_for_the_page(
    copies: list[tuple[str, str]], wanted: str | None, chosen: str | None
) -> None:
    period = period_of_text(wanted) if wanted else None
    best = best_copy([copy(*one) for one in copies], period, seen_well=datetime(2020, 6, 1, tzinfo=UTC))
    assert (best[0].url.rpartition("/")[2] if best else None) == chosen


def test_local_captures_and_altered_archives_stand_for_nothing() -> None:
    copies = [copy("2009-10-13", archive="local"), copy("2009-10-13", archive="archive.today")]
    assert best_copy(copies, period_of_text("2009-10-13")) is None


def test_from_a_dead_link_to_an_export(
    *,
    web: LoopbackServer,
    session: Session,
    double: ArchiveDouble,
    archive: Archive,
    archive_session: Session,
    tmp_path: Path,
) -> None:
    gone, parked, there = (web.url(f"/{name}/page.html") for name in ("status-404", "parked-en", "plain"))
    items = [
        {
            "id": name,
            "type": "webpage",
            "title": f"{name} on the web of old",
            "URL": url,
            "accessed": {"date-parts": [[2009, 10, 13]]},
        }
        for name, url in (("gone", gone), ("parked", parked), ("there", there))
    ]
    (tmp_path / "web.json").write_text(json.dumps(items), encoding="utf-8")
    double.keep(gone, "20081001000000", article("long before"))
    double.keep(gone, "20091012000000", article("the day before"))
    double.keep(parked, "20091014000000", article("the parked page as it was"))
    double.keep(there, "20091013000000", article("there"))
    with citekit.open(tmp_path / "references.db") as store:
        store.import_records(tmp_path / "web.json")
        options = CheckOptions(recheck=None, interval=0, retries=0)
        for day in (0, 3):
            list(store.check_links(session, options, now=lambda day=day: NOW + timedelta(days=day)))  # type: ignore[misc]
        found = {one.url: one for one in store.find_mementos(archive_session, [archive])}
        assert all(one.wanted == "2009-10-13" for one in found.values())
        assert list(store.rescues()) == [], "nobody has looked at the copies"
        list(store.check_mementos(archive_session, [archive], ArchiveOptions(recheck=None)))
        proposals = {one.key: one for one in store.rescues()}
        assert proposals.keys() == {"gone", "parked"}
        assert proposals["gone"].archive_url.endswith(f"/web/20091012000000/{gone}")
        assert (proposals["gone"].archive_date, proposals["gone"].url_status) == ("2009-10-12", "dead")
        assert proposals["parked"].url_status == "usurped"
        for one in proposals.values():
            store.accept(one)
        assert list(store.rescues()) == [], "they have what they need"
        work = store.work("gone").item
        assert work["custom"]["archive-url"] == proposals["gone"].archive_url
        assert work["URL"] == gone
        for name in ("bibtex", "biblatex", "csl-json"):
            written = store.export(name)
            read = {item["id"]: item for item in formats.loads(written, name)}
            assert read["gone"]["custom"]["url-status"] == "dead"
            assert read["gone"]["custom"]["archive-date"] == "2009-10-12"
            assert "20091012000000" in written
        store.undo(6)
        assert "archive-url" not in (store.work("gone").item.get("custom") or {})


@pytest.mark.parametrize("status", [200, 301])
def test_a_bad_copy_does_not_hide_a_good_one(
    *,
    status: int,
    web: LoopbackServer,
    session: Session,
    double: ArchiveDouble,
    archive: Archive,
    archive_session: Session,
    tmp_path: Path,
) -> None:
    """The closest copy is of an error page, or of a redirect by which the site led away."""
    gone = web.url("/status-404/page.html")
    item = {"id": "gone", "type": "webpage", "title": "Of old", "URL": gone, "accessed": {"date-parts": [[2016, 5, 3]]}}
    (tmp_path / "web.json").write_text(json.dumps([item]), encoding="utf-8")
    led = {"location": "http://example.org/"} if status == 301 else {}
    double.keep(gone, "20160502000000", "<title>Page not found</title>Page not found", status=status, **led)
    double.keep(gone, "20160601000000", article("the good one"))
    with citekit.open(tmp_path / "references.db") as store:
        store.import_records(tmp_path / "web.json")
        for day in (0, 3):
            options = CheckOptions(recheck=None, interval=0, retries=0)
            list(store.check_links(session, options, now=lambda day=day: NOW + timedelta(days=day)))  # type: ignore[misc]
        for _ in range(2):  # what a reader does who is told that the first copy is bad; nothing need be forced
            list(store.find_mementos(archive_session, [archive]))
            list(store.check_mementos(archive_session, [archive], ArchiveOptions(recheck=None)))
        (proposal,) = store.rescues()
        assert proposal.archive_date == "2016-06-01"
        assert store.lookups_due() == 0


def test_the_copy_that_a_work_names_gets_its_own_day(
    *,
    web: LoopbackServer,
    session: Session,
    double: ArchiveDouble,
    archive: Archive,
    archive_session: Session,
    tmp_path: Path,
) -> None:
    """ "Archived from the original on 1 January 2018" beside an address of 2016, and no word of the page being gone."""
    gone, there = web.url("/status-404/page.html"), web.url("/plain/page.html")
    items = []
    for key, url in (("fuchs", gone), ("weber", there)):
        double.keep(url, "20160503000000", article(f"essay of {key}"))
        named = {"archive-url": f"{archive.replay}20160503000000/{url}", "archive-date": "2018-01-01"}
        items.append({"id": key, "type": "webpage", "title": f"Essay by {key}", "URL": url, "custom": named})
    items.append({"id": "book", "type": "book", "title": "A book without address"})
    (tmp_path / "web.json").write_text(json.dumps(items), encoding="utf-8")
    with citekit.open(tmp_path / "references.db") as store:
        store.import_records(tmp_path / "web.json")
        (link,) = (one for one in store.links() if one.url == gone)
        assert days_read(link.citations) == [], "the day of a copy is not one on which the page was read"
        assert list(wanted_days(link.citations)) == ["2016-05-03"]
        for day in (0, 3):
            options = CheckOptions(recheck=None, interval=0, retries=0)
            list(store.check_links(session, options, now=lambda day=day: NOW + timedelta(days=day)))  # type: ignore[misc]
        assert "citekit check --archives" in store.not_rescued(["fuchs"])["fuchs"]
        configured = replace(archive, name="wayback")
        list(store.check_mementos(archive_session, [configured], ArchiveOptions(recheck=None)))
        (proposal,) = store.rescues()
        assert (proposal.key, proposal.archive_date, proposal.url_status) == ("fuchs", "2016-05-03", "dead")
        assert proposal.archive_url == f"{archive.replay}20160503000000/{gone}"
        store.accept(proposal)
        why = store.not_rescued(["fuchs", "weber", "book"])
        assert "names a good copy already" in why["fuchs"]
        assert "is live" in why["weber"]
        assert why["book"] == "it cites no web page"
        assert "2018" not in store.export("biblatex").partition("fuchs")[2].partition("@")[0]


def test_a_proposal_can_be_read_as_json() -> None:
    from citekit.archive.policy import Verdict
    from citekit.archive.rescue import Rescue

    one = Rescue("k", "u", Verdict.DEAD, "r", "a", "2009-10-12", "dead", None, MementoVerdict.GOOD, "c")
    assert replace(one, key="j").to_json()["work"] == "j"
    assert one.to_json()["archive-date"] == "2009-10-12"
