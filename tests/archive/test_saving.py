"""Asking an archive to save pages: each is sent once, and counts when its copy was read."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

import citekit
from citekit.archive.archives import Archive
from citekit.archive.jobs import KNOWN_FOR, MOST_SUBMISSIONS, JobState, SaveJob
from citekit.archive.save_page_now import credentials
from citekit.archive.session import Session, open_session
from citekit.archive.trouble import TroubleKind, save_trouble
from citekit.store import Store
from citekit.store.archiving import ArchiveOptions

from .clock import Clock
from .doubles import archive as doubles
from .doubles.archive import ArchiveDouble
from .doubles.server import LoopbackServer, Misbehave, Reply, Request
from .stores import store_of

PAGES = [f"http://example.org/page/{number}" for number in range(4)]
KEY = {"CITEKIT_SAVE_KEY": "access:secret"}


class Saving:
    """A store, an archive, and a clock."""

    def __init__(self, store: Store, session: Session, archive: Archive, double: ArchiveDouble) -> None:
        self.store, self.session, self.archive, self.double = store, session, archive, double
        self.clock = Clock()
        double.now = self.clock.now

    def run(self, *, key: bool = True, **options: object) -> dict[str, SaveJob]:
        """Queue and save, as the command does; the jobs as they are then, by address."""
        chosen = ArchiveOptions(patience=60, **options)  # type: ignore[arg-type]
        self.store.queue_saves([self.archive], chosen, now=self.clock.now())
        keys = {"wayback": credentials(self.archive, KEY if key else {})}
        for _ in self.store.save_links(
            self.session, [self.archive], chosen, keys=keys, now=self.clock.now, sleep=self.clock.sleep
        ):
            pass
        return {job.url: job for job in self.store.jobs()}

    def run_days(self, days: int) -> dict[str, SaveJob]:
        """A run whenever there is something to do, for days."""
        end = self.clock.now() + timedelta(days=days)
        while True:
            jobs = self.run()
            due = [job.not_before or self.clock.now() for job in jobs.values() if job.ended_at is None]
            if not due or self.clock.now() > end:
                return jobs
            self.clock.time = max(min(due), self.clock.now() + timedelta(seconds=1))


@pytest.fixture
def saving(tmp_path: Path, archive_session: Session, archive: Archive, double: ArchiveDouble) -> Saving:
    return Saving(store_of(tmp_path / "references.db", PAGES), archive_session, archive, double)


@pytest.mark.parametrize("key", [True, False])
def test_each_page_is_saved_once_and_its_copy_read(key: bool, saving: Saving, archive_server: LoopbackServer) -> None:
    jobs = saving.run(key=key)
    assert {job.state for job in jobs.values()} == {JobState.ARCHIVED}
    assert sorted(saving.double.submissions) == PAGES
    assert all(job.memento and job.memento.original == url for url, job in jobs.items())
    assert {copy.judgement().verdict.value for copy in saving.store.mementos()} == {"good"}
    assert saving.run(key=key) == jobs
    assert len(saving.double.submissions) == 4
    posted = [one for one in archive_server.requests if one.method == "POST"]
    assert len(posted) == (4 if key else 0)


def test_a_page_with_a_copy_is_not_saved(saving: Saving) -> None:
    saving.double.keep(PAGES[0], "20260201000000")
    list(saving.store.find_mementos(saving.session, [saving.archive], now=saving.clock.now, sleep=saving.clock.sleep))
    saving.run()
    assert sorted(saving.double.submissions) == PAGES[1:]


def test_an_archive_that_has_a_new_copy_makes_none(saving: Saving) -> None:
    saving.double.keep(PAGES[0], "20260227000000")
    jobs = saving.run(within=timedelta(days=30))
    assert sorted(saving.double.submissions) == PAGES[1:]
    first = jobs[PAGES[0]]
    assert first.state is JobState.ARCHIVED
    assert first.memento is not None
    assert "20260227000000" in first.memento.url


@pytest.mark.parametrize(
    ("status_ext", "kind"),
    [
        ("error:no-access", TroubleKind.PERMANENT),
        ("error:invalid-host-resolution", TroubleKind.PERMANENT),
        ("error:blocked-url", TroubleKind.PERMANENT),
        ("error:something-new", TroubleKind.PERMANENT),
        ("error:soft-time-limit-exceeded", TroubleKind.TRANSIENT),
        ("error:celery", TroubleKind.TRANSIENT),
        ("error:too-many-requests", TroubleKind.THROTTLED),
        ("error:user-session-limit", TroubleKind.THROTTLED),
        ("error:max-daily-bandwidth", TroubleKind.QUOTA),
        ("error:too-many-daily-captures", TroubleKind.QUOTA_OF_PAGE),
        ("error:max-daily-bandwidth-host", TroubleKind.QUOTA_OF_PAGE),
    ],
)
def test_errors_of_the_archive_are_told_apart(status_ext: str, kind: TroubleKind) -> None:
    assert save_trouble(status_ext).kind is kind


def test_what_cannot_be_saved_is_tried_no_more(saving: Saving) -> None:
    saving.double.outcomes[PAGES[0]] = "error:no-access"
    jobs = saving.run()
    assert (jobs[PAGES[0]].state, jobs[PAGES[0]].error) == (JobState.FAILED, "no-access")
    assert {jobs[page].state for page in PAGES[1:]} == {JobState.ARCHIVED}
    saving.run()
    assert saving.double.submissions.count(PAGES[0]) == 1
    del saving.double.outcomes[PAGES[0]]
    saving.run(again=True)
    assert saving.double.submissions.count(PAGES[0]) == 2


def test_what_may_pass_is_tried_again_and_not_for_ever(saving: Saving) -> None:
    saving.double.outcomes[PAGES[0]] = "error:soft-time-limit-exceeded"
    jobs = saving.run_days(1)
    assert (jobs[PAGES[0]].state, jobs[PAGES[0]].error) == (JobState.FAILED, "soft-time-limit-exceeded")
    assert saving.double.submissions.count(PAGES[0]) == MOST_SUBMISSIONS


@pytest.mark.parametrize("key", [True, False])
@pytest.mark.parametrize("code", ["too-many-daily-captures", "max-daily-bandwidth"])
def test_a_day_s_allowance_is_one_whatever_the_status(code: str, key: bool, saving: Saving) -> None:
    """429 says "too many" of a minute as of a day; the words beside it say which."""
    body = json.dumps({"status": "error", "status_ext": f"error:{code}", "message": "The limit of today is reached."})
    spent = Reply(429, body, media_type="application/json")
    saving.double.troubles.append(doubles.Trouble("/save", spent, url=PAGES[0], times=1))
    jobs = saving.run(key=key)
    waiting = jobs[PAGES[0]]
    assert (waiting.state, waiting.error, waiting.attempts) == (JobState.QUEUED, code, 0)
    assert waiting.not_before is not None
    assert waiting.not_before.date() > saving.clock.now().date()


def test_too_many_requests_are_waited_for(saving: Saving) -> None:
    saving.double.a_minute = 2
    jobs = saving.run()
    assert sum(job.state is JobState.ARCHIVED for job in jobs.values()) == 2
    saving.double.a_minute = 10
    saving.clock.forward(minutes=1)
    jobs = saving.run()
    assert {job.state for job in jobs.values()} == {JobState.ARCHIVED}
    assert {job.attempts for job in jobs.values()} == {1}, "a refused request counts as none"
    assert len(saving.double.submissions) == 4


def test_the_day_s_allowance_ends_the_run_and_the_next_day_goes_on(saving: Saving) -> None:
    saving.double.a_day = 3
    jobs = saving.run()
    assert sum(job.state is JobState.ARCHIVED for job in jobs.values()) == 3
    (left,) = [job for job in jobs.values() if job.state is JobState.QUEUED]
    assert left.not_before is None or left.not_before.date() > saving.clock.now().date()
    saving.double.a_day = None
    saving.clock.forward(days=1, minutes=10)
    assert {job.state for job in saving.run().values()} == {JobState.ARCHIVED}
    assert len(saving.double.submissions) == 4


def test_two_pages_refused_for_the_day_are_enough(saving: Saving, archive_server: LoopbackServer) -> None:
    """The account's allowance is used up, and the archive says so page by page."""
    refusal = '{"status": "error", "status_ext": "error:too-many-daily-captures", "message": "Limit reached."}'
    answer = Reply(200, refusal, media_type="application/json")
    saving.double.troubles += [doubles.Trouble("/save", answer, url=page) for page in PAGES]
    assert {job.state for job in saving.run().values()} == {JobState.QUEUED}
    assert len(archive_server.asked_for("/save", "POST")) == 2
    saving.double.troubles.clear()
    saving.clock.forward(days=1, minutes=10)
    assert {job.state for job in saving.run().values()} == {JobState.ARCHIVED}


def test_a_page_in_the_place_of_a_job_is_no_refusal(saving: Saving) -> None:
    """The archive took the request and answered with its site, as it does to browsers."""

    def take(request: Request) -> None:
        saving.double._submit(request)

    site = Reply(200, "<html><title>Save Page Now</title>")
    saving.double.polls = 0
    saving.double.troubles.append(doubles.Trouble("/save", site, url=PAGES[1], times=1, after=take))
    assert {job.state for job in saving.run_days(1).values()} == {JobState.ARCHIVED}
    assert sorted(saving.double.submissions) == PAGES


def test_what_is_pending_for_hours_is_not_sent_again(saving: Saving) -> None:
    saving.double.polls = 10**6
    for _ in range(10):
        assert {job.state for job in saving.run().values()} == {JobState.SUBMITTED}
        saving.clock.forward(hours=1)
    for job in saving.double.jobs.values():
        job.polls = 0
    saving.clock.forward(hours=3)
    assert {job.state for job in saving.run().values()} == {JobState.ARCHIVED}
    assert sorted(saving.double.submissions) == PAGES


def test_where_no_status_is_told_the_index_is_asked(saving: Saving) -> None:
    saving.double.polls = 0
    saving.double.troubles.append(doubles.Trouble("/save/status/spn2", Reply(403, "")))
    assert {job.state for job in saving.run().values()} == {JobState.SUBMITTED}
    saving.clock.forward(hours=2)
    assert {job.state for job in saving.run().values()} == {JobState.ARCHIVED}
    assert sorted(saving.double.submissions) == PAGES


def test_a_key_that_is_not_accepted_loses_nothing(saving: Saving) -> None:
    saving.double.troubles.append(doubles.Trouble("/save", Reply(401, '{"message": "You need to be logged in."}')))
    jobs = saving.run()
    assert {job.state for job in jobs.values()} == {JobState.QUEUED}
    assert saving.double.submissions == []
    saving.double.troubles.clear()
    assert {job.state for job in saving.run().values()} == {JobState.ARCHIVED}


def test_submitted_is_not_archived(saving: Saving) -> None:
    """The archive says that it saved the page, and shows it hours later, or never."""
    saving.double.lag = True
    jobs = saving.run()
    assert {job.state for job in jobs.values()} == {JobState.SUBMITTED}
    saving.clock.forward(hours=3)
    saving.double.settle()
    assert {job.state for job in saving.run().values()} == {JobState.ARCHIVED}
    assert len(saving.double.submissions) == 4


def test_what_is_never_shown_has_failed(saving: Saving) -> None:
    saving.double.lag = True
    jobs = saving.run_days(2)
    assert {(job.state, job.error) for job in jobs.values()} == {(JobState.FAILED, "missing")}
    assert len(saving.double.submissions) == 4


def test_a_saved_error_page_is_no_copy(saving: Saving) -> None:
    saving.double.pages[PAGES[1]] = "<title>404 Not Found</title><h1>Not Found</h1>"
    jobs = saving.run()
    assert (jobs[PAGES[1]].state, jobs[PAGES[1]].error) == (JobState.FAILED, "of-an-error-page")


def lose_the_answer(double: ArchiveDouble, url: str, *, taken: bool) -> None:
    """The connection breaks off in the place of an answer; the archive took the request, or did not."""

    def take(request: Request) -> None:
        if taken:
            double._submit(request)

    def hang_up(connection: object, closing: threading.Event) -> None:
        """Say nothing."""

    double.troubles.append(doubles.Trouble("/save", Misbehave(hang_up), url=url, times=1, after=take))


def test_a_lost_answer_is_looked_for_in_the_index(saving: Saving) -> None:
    saving.double.polls = 0
    lose_the_answer(saving.double, PAGES[2], taken=True)
    jobs = saving.run_days(1)
    assert {job.state for job in jobs.values()} == {JobState.ARCHIVED}
    assert sorted(saving.double.submissions) == PAGES


def test_nothing_is_sent_again_while_the_archive_may_be_at_it(saving: Saving) -> None:
    lose_the_answer(saving.double, PAGES[2], taken=False)
    jobs = saving.run()
    sent = jobs[PAGES[2]].submitted_at
    assert jobs[PAGES[2]].state is JobState.SUBMITTING
    assert sent is not None
    while saving.clock.now() - sent < KNOWN_FOR - timedelta(minutes=10):
        saving.clock.forward(minutes=5)
        assert saving.run()[PAGES[2]].state is JobState.SUBMITTING
    saving.clock.forward(minutes=20)
    assert saving.run_days(1)[PAGES[2]].state is JobState.ARCHIVED
    assert saving.double.submissions.count(PAGES[2]) == 1


def test_a_job_that_the_archive_forgot_is_looked_for_in_the_index(saving: Saving) -> None:
    saving.double.polls = 10**6
    assert {job.state for job in saving.run().values()} == {JobState.SUBMITTED}
    for job in list(saving.double.jobs.values()):
        saving.double._finish(job)
    saving.double.jobs.clear()
    saving.clock.forward(minutes=61)
    assert {job.state for job in saving.run().values()} == {JobState.ARCHIVED}
    assert len(saving.double.submissions) == 4


def test_no_more_at_once_than_the_archive_allows(saving: Saving) -> None:
    saving.double.polls = 10**6
    saving.run(at_once=2)
    assert len(saving.double.submissions) == 2


def test_dead_pages_are_not_saved(saving: Saving) -> None:
    """A copy of what took a page's place would only mislead."""
    with closing(sqlite3.connect(saving.store.path)) as connection:
        rows = [
            (f"2026-02-{day:02}T00:00:00.000000+00:00", PAGES[0], "GET", "[]", 404, "{}", 0, "{}", 0.1, 1, "0")
            for day in (1, 9)
        ]
        (link,) = connection.execute("SELECT id FROM links WHERE url = ?", (PAGES[0],)).fetchone()
        columns = (
            "observed_at, url, method, chain, status, headers, truncated, signs, seconds, attempts, citekit_version"
        )
        connection.executemany(
            f"INSERT INTO observations (link_id, {columns}) VALUES ({link}, {', '.join('?' * 11)})", rows
        )
        connection.commit()
    saving.run()
    assert sorted(saving.double.submissions) == PAGES[1:]


def test_a_run_that_is_killed_loses_nothing_and_sends_nothing_twice(
    tmp_path: Path, double: ArchiveDouble, archive_server: LoopbackServer, archive: Archive, checkout: Path
) -> None:
    """SIGKILL comes when the archive has taken a request and has not answered yet."""
    pages = [f"http://example.org/kept/{number}" for number in range(8)]
    reached = threading.Event()

    def take(request: Request) -> None:
        double._submit(request)
        reached.set()

    def wait(connection: object, closing: threading.Event) -> None:
        closing.wait(60)

    double.polls = 0
    double.troubles.append(doubles.Trouble("/save", Misbehave(wait), url=pages[3], times=1, after=take))
    store = tmp_path / "references.db"
    store_of(store, pages).close()
    listed = tmp_path / "archives.toml"
    settings = {
        **{name: getattr(archive, name) for name in ("timegate", "timemap", "cdx", "availability", "save", "replay")},
        "name": "wayback",
    }
    rates = "".join(f"{kind}_per_minute = 1000000\n" for kind in ("queries", "replays", "saves"))
    lines = "".join(f'{name} = "{value}"\n' for name, value in settings.items())
    listed.write_text(f"[[archive]]\n{lines}{rates}", encoding="utf-8")
    environment = {
        **os.environ,
        **KEY,
        "PYTHONPATH": str(checkout),
        "CITEKIT_ALLOW_HOSTS": archive_server.netloc,
        "CITEKIT_ARCHIVES": str(listed),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
    }
    command = [sys.executable, "-m", "citekit.cli", "archive", "--store", str(store)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert reached.wait(120)
    process.send_signal(signal.SIGKILL)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    assert b"secret" not in errors
    with closing(sqlite3.connect(store)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        states = [row[0] for row in connection.execute("SELECT state FROM archive_jobs ORDER BY id")]
    assert states == ["submitted"] * 3 + ["submitting"] + ["queued"] * 4
    with citekit.open(store) as opened, open_session(allowed=[archive_server.netloc]) as session:
        saving = Saving(opened, session, archive, double)
        saving.clock.time = max(job.submitted_at for job in opened.jobs() if job.submitted_at) + timedelta(minutes=1)
        jobs = saving.run_days(1)
    assert {job.state for job in jobs.values()} == {JobState.ARCHIVED}
    assert sorted(double.submissions) == pages


def test_an_archive_that_cannot_be_reached_costs_no_try(saving: Saving, archive: Archive) -> None:
    """A machine that is offline, or an archive that is down for hours."""
    from dataclasses import replace

    saving.archive = replace(archive, save="http://127.0.0.1:9/save")
    with open_session(allowed=["127.0.0.1"]) as session:
        reachable, saving.session = saving.session, session
        for _ in range(6):
            jobs = saving.run(key=False)
            saving.clock.forward(hours=1)
        assert {(job.state, job.attempts) for job in jobs.values()} == {(JobState.QUEUED, 0)}
        saving.archive, saving.session = archive, reachable
        assert {job.state for job in saving.run().values()} == {JobState.ARCHIVED}
