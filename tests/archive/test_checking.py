"""Looking at all links of a store: each kept as it comes, on with what was left, gently."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import citekit
from citekit.archive.checking import Task, observe_all
from citekit.archive.observation import Observation
from citekit.archive.observing import Attempt, Observer
from citekit.archive.pacing import HostPacer, backoff, retry_after
from citekit.archive.policy import Verdict
from citekit.archive.session import Session, open_session
from citekit.store.link_keeping import CheckOptions

from .doubles.pages import PageWorld, article
from .doubles.server import LoopbackServer, Reply, Request
from .stores import store_of

QUICK = CheckOptions(recheck=None, interval=0, threads=4, retries=1, first_wait=0.01)
NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


def test_each_link_is_looked_at_once_and_kept(web: LoopbackServer, session: Session, tmp_path: Path) -> None:
    names = ("plain", "moved", "status-404", "soft-de", "parked-en", "status-403")
    with store_of(tmp_path / "references.db", [web.url(f"/{name}/page.html") for name in names]) as store:
        assert len(list(store.check_links(session, QUICK))) == len(names)
        verdicts = {link.url.split("/")[3]: link.judgement().verdict.value for link in store.links()}
    assert verdicts == {
        "plain": "live",
        "moved": "redirected",
        "status-404": "uncertain",
        "soft-de": "soft-404",
        "parked-en": "parked",
        "status-403": "blocked",
    }


def test_days_make_a_link_dead(web: LoopbackServer, session: Session, tmp_path: Path) -> None:
    with store_of(tmp_path / "references.db", [web.url("/status-404/page.html")]) as store:
        for day in range(2):
            list(store.check_links(session, QUICK, now=lambda day=day: NOW + timedelta(days=day)))  # type: ignore[misc]
        (link,) = store.links()
        assert [one.verdict.value for one in link.timeline()] == ["uncertain", "dead"]
        assert store.links_with({Verdict.DEAD}) == [link.id]


def test_what_was_looked_at_lately_is_left(web: LoopbackServer, session: Session, tmp_path: Path) -> None:
    options = CheckOptions(recheck=timedelta(days=30), interval=0)
    with store_of(tmp_path / "references.db", [web.url("/plain/page.html")]) as store:
        assert len(list(store.check_links(session, options, now=lambda: NOW))) == 1
        assert list(store.check_links(session, options, now=lambda: NOW + timedelta(days=29))) == []
        assert store.links_due(options, NOW + timedelta(days=29)) == (0, 1)
        assert len(list(store.check_links(session, options, now=lambda: NOW + timedelta(days=31)))) == 1


def test_only_links_of_a_verdict(web: LoopbackServer, session: Session, tmp_path: Path) -> None:
    urls = [web.url("/plain/page.html"), web.url("/soft-de/page.html")]
    with store_of(tmp_path / "references.db", urls) as store:
        list(store.check_links(session, QUICK))
        again = CheckOptions(recheck=None, interval=0, only=frozenset({Verdict.SOFT_404}))
        assert store.links_due(again) == (1, 1)
        assert [seen.url for _, seen in store.check_links(session, again)] == [urls[1]]


def test_a_run_that_is_left_goes_on_where_it_was(
    web: LoopbackServer, session: Session, world: PageWorld, tmp_path: Path
) -> None:
    paths = [f"/plain/{number}.html" for number in range(12)]
    for path in paths:
        world.change(path, Reply(200, article(path)))
    options = CheckOptions(recheck=timedelta(days=1), interval=0, threads=2)
    with store_of(tmp_path / "references.db", [web.url(path) for path in paths]) as store:
        begun = store.check_links(session, options)
        first = {next(begun)[0] for _ in range(5)}
        begun.close()
        kept = {link.id for link in store.links() if link.observations}
        assert first <= kept, "what was given was kept before"
        second = {link for link, _ in store.check_links(session, options)}
        assert kept | second == {link.id for link in store.links()}
        assert kept & second == set(), "what was kept is not looked at again"
        assert all(len(link.observations) == 1 for link in store.links())


def test_a_run_can_be_asked_to_end(web: LoopbackServer, session: Session, world: PageWorld, tmp_path: Path) -> None:
    paths = [f"/plain/{number}.html" for number in range(12)]
    for path in paths:
        world.change(path, Reply(200, article(path)))
    stop = threading.Event()
    with store_of(tmp_path / "references.db", [web.url(path) for path in paths]) as store:
        seen = 0
        for _ in store.check_links(session, QUICK, stop=stop):
            seen += 1
            if seen == 3:
                stop.set()
        assert 3 <= seen < 12
        assert sum(len(link.observations) for link in store.links()) == seen


def test_what_may_pass_is_tried_again(web: LoopbackServer, session: Session, tmp_path: Path) -> None:
    urls = [web.url("/busy-once/page.html"), web.url("/status-404/page.html"), web.url("/status-500/page.html")]
    with store_of(tmp_path / "references.db", urls) as store:
        seen = {one.url.split("/")[3]: one for _, one in store.check_links(session, QUICK)}
    assert (seen["busy-once"].status, seen["busy-once"].attempts) == (200, 2)
    assert (seen["status-404"].status, seen["status-404"].attempts) == (404, 1)
    assert (seen["status-500"].status, seen["status-500"].attempts) == (500, 2)
    assert len(web.asked_for("/status-404/page.html")) == 1


def test_a_server_that_asks_to_wait_is_left_alone(tmp_path: Path) -> None:
    """A long `Retry-After` ends the tries of this run, also those of the host's other links."""
    with (
        LoopbackServer(lambda request: Reply(429, headers={"Retry-After": "7200"})) as server,
        open_session(allowed=[server.netloc]) as session,
    ):
        pacer = HostPacer(0)
        task = Task(1, server.url("/a"))
        once = iter([[task], []])
        options = {"retries": 3, "first_wait": 0.01, "threads": 1}
        (((_, seen),),) = observe_all(
            [server.netloc], lambda host: next(once), Observer(session, robots=False), pacer, **options
        )  # type: ignore[arg-type]
        assert (seen.status, seen.attempts) == (429, 1)
        assert len(server.requests) == 1
        assert 60 < pacer.ready_in(server.netloc) <= 90


def test_one_visit_at_a_time_on_a_host(tmp_path: Path) -> None:
    inside: Counter[str] = Counter()
    most: Counter[str] = Counter()
    lock = threading.Lock()

    class Watched:
        """Counts who is where."""

        def look(self, url: str, previous: Observation | None = None) -> Attempt:
            host = url.split("/")[2]
            with lock:
                inside[host] += 1
                most[host] = max(most[host], inside[host])
            threading.Event().wait(0.002)
            with lock:
                inside[host] -= 1
            return Attempt(Observation(NOW, url, "GET", status=200))

        def give_up(self) -> None:
            """Nothing is under way."""

    waiting = {f"h{host}": [Task(host * 10 + n, f"http://h{host}/{n}") for n in range(5)] for host in range(6)}

    def queue(host: str) -> list[Task]:
        tasks, waiting[host] = waiting[host][:2], waiting[host][2:]
        return tasks

    observed = observe_all(list(waiting), queue, Watched(), HostPacer(0), threads=4)  # type: ignore[arg-type]
    seen = [link for some in observed for link, _ in some]
    assert sorted(seen) == sorted(host * 10 + n for host in range(6) for n in range(5))
    assert set(most.values()) == {1}


def test_visits_to_a_host_are_kept_apart() -> None:
    pacer = HostPacer(5)
    assert pacer.take("a") == 0
    assert 4 < pacer.take("a") <= 5
    assert 9 < pacer.ready_in("a") <= 10
    assert pacer.take("b") == 0
    pacer.set_interval("b", 20)  # counts from the visit under way
    assert 19 < pacer.take("b") <= 20
    assert 39 < pacer.ready_in("b") <= 40
    pacer.defer("c", 60)
    assert 59 < pacer.ready_in("c") <= 60


def test_a_host_s_own_delay_is_kept(tmp_path: Path) -> None:
    def answer(request: Request) -> Reply:
        if request.path == "/robots.txt":
            return Reply(200, "User-agent: *\nCrawl-delay: 25\n", media_type="text/plain")
        return Reply(200, article("Slowly"))

    with LoopbackServer(answer) as server, open_session(allowed=[server.netloc]) as session:
        pacer = HostPacer(0)
        Observer(session, pacer=pacer).look(server.url("/"))
        pacer.take(server.netloc)
        assert 20 < pacer.ready_in(server.netloc) <= 25


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("Sun, 01 Mar 2026 09:02:00 GMT", 120),
        ("Sun, 01 Mar 2026 08:00:00 GMT", 0),
        ("soon", None),
        ("-5", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_in_seconds_or_as_a_date(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, now=NOW) == seconds


def test_waits_grow_and_end() -> None:
    assert all(1 <= backoff(1) <= 2 for _ in range(20))
    assert all(2 <= backoff(2) <= 4 for _ in range(20))
    assert all(backoff(30) <= 60 for _ in range(20))


def _checking(store: Path, web: LoopbackServer, checkout: Path) -> subprocess.Popen[bytes]:
    """A run in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(checkout), "CITEKIT_ALLOW_HOSTS": web.netloc}
    command = [sys.executable, "-m", "citekit.cli", "check", "--store", str(store), "--interval", "0", "--hosts", "2"]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGINT])
def test_a_run_that_is_ended_from_outside_loses_nothing(
    sent: signal.Signals, web: LoopbackServer, world: PageWorld, tmp_path: Path, checkout: Path
) -> None:
    paths = [f"/plain/{number}.html" for number in range(40)]
    reached = threading.Event()

    def at_last(request: Request) -> Reply:
        reached.set()
        return Reply(200, article("The one at which it ends"))

    for path in paths:
        world.change(path, Reply(200, article(path)))
    world.changed[paths[15]] = at_last
    store = tmp_path / "references.db"
    store_of(store, [web.url(path) for path in paths]).close()
    process = _checking(store, web, checkout)
    assert reached.wait(120)
    process.send_signal(sent)
    _, errors = process.communicate(timeout=120)
    assert process.returncode == (-signal.SIGKILL if sent is signal.SIGKILL else 130)
    assert b"Traceback" not in errors
    with closing(sqlite3.connect(store)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        (kept,) = connection.execute("SELECT count(*) FROM observations").fetchone()
    assert 10 <= kept < 40
    with citekit.open(store) as opened, open_session(allowed=[web.netloc]) as session:
        list(opened.check_links(session, CheckOptions(interval=0)))
        assert [len(link.observations) for link in opened.links()] == [1] * 40
