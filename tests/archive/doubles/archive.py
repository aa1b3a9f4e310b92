"""A web archive on loopback that answers as the Wayback Machine does: CDX, availability, Save Page Now 2, TimeGate,
TimeMap and replay, with the errors that these are known for.

    double = ArchiveDouble()
    double.keep("http://example.org/", "20091014120000", "<title>…")
    with LoopbackServer(double) as server:
        archive = double.configuration(server)

What it holds is in `copies`; which requests are answered badly is in `troubles`.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any
from urllib.parse import unquote

from citekit.archive.archives import Archive
from citekit.matching.identifiers import canonical_url

from .server import LoopbackServer, Misbehave, Reply, Request

REPLAY = re.compile(r"/web/(\d{4,14})(id_|if_)?/(.+)", re.DOTALL)
KEY = "LOW access:secret"


@dataclass(frozen=True, slots=True)
class Copy:
    """What the archive keeps: an answer, its page and moment."""

    url: str
    stamp: str
    body: str = "<title>A page</title><p>Words of a page."
    status: int = 200
    location: str | None = None
    media_type: str = "text/html"
    revisit: bool = False

    @property
    def moment(self) -> datetime:
        """When it was archived."""
        return datetime.strptime(self.stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)


@dataclass
class Job:
    """A page that is being saved."""

    url: str
    id: str
    polls: int
    asked_at: str


@dataclass
class Trouble:
    """A bad answer to requests whose path begins with `path` (and concern `url`), so many times."""

    path: str
    reply: Reply | Misbehave
    url: str | None = None
    times: int = 10**6
    after: Callable[[Request], None] | None = None


@dataclass
class ArchiveDouble:
    """The archive; an `Answer` for `LoopbackServer`.

    Attributes:
        copies: all that it keeps.
        troubles: what goes wrong, the first that fits.
        outcomes: for pages: the `status_ext` with which saving them ends.
        pages: for pages: what they are when they are saved.
        polls: how often a job is pending before it has ended.
        a_minute: requests to save a page within a minute, beyond which 429 is answered.
        a_day: pages saved on a day; None: no limit.
        hidden: addresses that the administrator closed.
        elsewhere: moments for which another copy is shown, with no word (a silent redirect).
        lag: whether the index knows a saved page only when `settle` is called.
    """

    copies: list[Copy] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    outcomes: dict[str, str] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    polls: int = 1
    a_minute: int = 10**6
    a_day: int | None = None
    hidden: set[str] = field(default_factory=set)
    elsewhere: dict[tuple[str, str], str] = field(default_factory=dict)
    lag: bool = False
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    submissions: list[str] = field(default_factory=list)
    jobs: dict[str, Job] = field(default_factory=dict)
    waiting: list[Copy] = field(default_factory=list)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def keep(self, url: str, stamp: str, body: str | None = None, **told: Any) -> Copy:
        """Add a copy."""
        copy = Copy(url, stamp, **told) if body is None else Copy(url, stamp, body, **told)
        self.copies.append(copy)
        return copy

    def settle(self) -> None:
        """The index catches up."""
        with self.lock:
            self.copies += self.waiting
            self.waiting.clear()

    def configuration(self, server: LoopbackServer, *, name: str = "wayback", **changed: Any) -> Archive:
        """How citekit is told of it; no limits to the number of requests."""
        base = server.url("")
        whole = Archive(
            name,
            timegate=f"{base}/web/",
            timemap=f"{base}/web/timemap/link/",
            cdx=f"{base}/cdx/search/cdx",
            availability=f"{base}/wayback/available",
            save=f"{base}/save",
            replay=f"{base}/web/",
            queries_per_minute=6e6,
            replays_per_minute=6e6,
            saves_per_minute=6e6,
            anonymous_saves_per_minute=6e6,
        )
        return replace(whole, **changed)

    def __call__(self, request: Request) -> Reply | Misbehave:
        with self.lock:
            for trouble in self.troubles:
                concerned = trouble.url is None or trouble.url in unquote(request.target) + unquote(
                    request.body.decode()
                )
                if trouble.times > 0 and request.path.startswith(trouble.path) and concerned:
                    trouble.times -= 1
                    if trouble.after is not None:
                        trouble.after(request)
                    return trouble.reply
            path = request.path
            if path == "/wayback/available":
                return self._availability(request)
            if path == "/cdx/search/cdx":
                return self._cdx(request)
            if path.startswith("/save"):
                return self._save(request)
            if path.startswith("/web/timemap/link/"):
                return self._timemap(request, _target(request, "/web/timemap/link/"))
            if REPLAY.fullmatch(path):
                return self._replay(request)
            if path.startswith("/web/"):
                return self._timegate(request, _target(request, "/web/"))
            return Reply(404, "Not here")

    def of(self, url: str) -> list[Copy]:
        """The copies of a page, the oldest first; case, scheme and "www." do not matter (SURT)."""
        return sorted(
            (one for one in self.copies if canonical_url(one.url) == canonical_url(url)), key=lambda c: c.stamp
        )

    def closest(self, url: str, moment: datetime) -> Copy | None:
        """The copy of a page closest to a moment."""
        return min(self.of(url), key=lambda copy: abs(copy.moment - moment), default=None)

    def _availability(self, request: Request) -> Reply:
        url = request.query["url"][0]
        stamp = request.query.get("timestamp", [f"{self.now():%Y%m%d%H%M%S}"])[0].ljust(14, "0")
        copy = self.closest(url, datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC))
        found: dict[str, Any] = {}
        if copy is not None and url not in self.hidden:
            address = f"http://{request.host}/web/{copy.stamp}/{copy.url}"
            found = {
                "closest": {"available": True, "url": address, "timestamp": copy.stamp, "status": str(copy.status)}
            }
        return _json({"url": url, "archived_snapshots": found})

    def _cdx(self, request: Request) -> Reply:
        query = request.query
        url = query["url"][0]
        if url in self.hidden:
            name = "org.archive.util.io.RuntimeIOException: AdministrativeAccessControlException: Blocked Site Error"
            return Reply(403, f"{name}\n", {"X-Archive-Wayback-Runtime-Error": name}, "text/plain")
        first = query.get("from", ["0"])[0].ljust(14, "0")
        last = query.get("to", ["9"])[0].ljust(14, "9")
        found = [copy for copy in self.of(url) if first <= copy.stamp <= last]
        for rule in query.get("filter", []):
            name, _, pattern = rule.removeprefix("!").partition(":")
            found = [
                one for one in found if bool(re.fullmatch(pattern, self._fields(one)[name])) != rule.startswith("!")
            ]
        limit = int(query.get("limit", ["0"])[0])
        start = int(query.get("resumeKey", ["0"])[0])
        rest = found[start:]
        chosen = rest[limit:] if limit < 0 else rest[: limit or None]
        names = query.get("fl", ["urlkey,timestamp,original,mimetype,statuscode,digest,length"])[0].split(",")
        rows: list[list[str]] = [[self._fields(one)[name] for name in names] for one in chosen]
        if rows:
            rows.insert(0, names)
        if "showResumeKey" in query and limit > 0 and start + limit < len(found):
            rows += [[], [str(start + limit)]]
        return _json(rows)

    def _fields(self, copy: Copy) -> dict[str, str]:
        digest = base64.b32encode(hashlib.sha1(copy.body.encode(), usedforsecurity=False).digest()).decode()
        return {
            "urlkey": canonical_url(copy.url),
            "timestamp": copy.stamp,
            "original": copy.url,
            "mimetype": "warc/revisit" if copy.revisit else copy.media_type,
            "statuscode": "-" if copy.revisit else str(copy.status),
            "digest": digest,
            "length": str(len(copy.body)),
        }

    def _timegate(self, request: Request, url: str) -> Reply:
        asked = request.headers.get("accept-datetime")
        moment = self.now()
        if asked is not None:
            try:
                moment = parsedate_to_datetime(asked)
            except ValueError:
                return Reply(400, "Bad Accept-Datetime")
        copy = self.closest(url, moment)
        if copy is None:
            return Reply(404, "The archive has not archived that address.")
        headers = {
            "Location": f"/web/{copy.stamp}/{copy.url}",
            "Vary": "accept-datetime",
            "Link": f'<{copy.url}>; rel="original"',
        }
        return Reply(302, "", headers)

    def _timemap(self, request: Request, url: str) -> Reply:
        copies = self.of(url)
        if not copies:
            return Reply(404, "")
        base = f"http://{request.host}/web/"
        lines = [f'<{url}>; rel="original"', f'<{base}timemap/link/{url}>; rel="self"; type="application/link-format"']
        lines += [f'<{base}{one.stamp}/{one.url}>; rel="memento"; datetime="{_date(one)}"' for one in copies]
        return Reply(200, ",\n".join(lines), media_type="application/link-format")

    def _replay(self, request: Request) -> Reply:
        match = REPLAY.fullmatch(request.path)
        assert match
        stamp, modifier, url = match[1].ljust(14, "0"), match[2] or "", _target(request, "/web/").partition("/")[2]
        if url in self.hidden:
            name = "AdministrativeAccessControlException: Blocked Site Error"
            return Reply(403, "Blocked Site", {"X-Archive-Wayback-Runtime-Error": name})
        copies = self.of(url)
        shown = self.elsewhere.get((url, stamp))
        if shown is not None:
            return Reply(302, "", {"Location": f"/web/{shown}{modifier}/{url}"})
        copy = next((one for one in copies if one.stamp == stamp), None)
        if copy is None:
            return Reply(404, "<title>Wayback Machine</title>Hrm. The archive has not archived that address.")
        headers = {
            "Memento-Datetime": _date(copy),
            "Link": f'<{copy.url}>; rel="original", <http://{request.host}/web/{copy.url}>; rel="timegate"',
            "X-Archive-Src": "crawl.warc.gz",
        }
        if copy.location is not None and modifier == "id_":
            return Reply(copy.status, "", {**headers, "Location": f"/web/{copy.stamp}id_/{copy.location}"})
        if copy.location is not None:
            return Reply(200, f"<p>Got an HTTP {copy.status} response at crawl time", headers)
        return Reply(copy.status, copy.body, headers, media_type=copy.media_type)

    def _save(self, request: Request) -> Reply:
        path = request.path
        if path == "/save/status/user":
            used = len(self.submissions)
            return _json(
                {"available": 5, "processing": 0, "daily_captures": used, "daily_captures_limit": self.a_day or 30000}
            )
        if path.startswith("/save/status/"):
            return self._status(path.removeprefix("/save/status/"))
        if request.method == "POST":
            if request.headers.get("authorization") != KEY:
                return Reply(401, json.dumps({"message": "You need to be logged in."}), media_type="application/json")
            return self._submit(request)
        url = _target(request, "/save/")
        refusal = self._refusal(url)
        if refusal is not None:
            return Reply(429, "Too Many Requests") if refusal == "too-many-requests" else Reply(523, refusal)
        self.submissions.append(url)
        if url in self.outcomes:
            return Reply(523, "", {"X-Archive-Wayback-Runtime-Error": self.outcomes[url]})
        copy = self._made(url)
        return Reply(302, "", {"Location": f"/web/{copy.stamp}/{url}"})

    def _submit(self, request: Request) -> Reply:
        form = request.form
        url = form["url"][0]
        refusal = self._refusal(url)
        if refusal == "too-many-requests":
            return Reply(429, "Too Many Requests", {"Retry-After": "7"})
        if refusal is not None:
            return _json(
                {"status": "error", "status_ext": f"error:{refusal}", "message": "You have reached your limit."}
            )
        if "if_not_archived_within" in form:
            age = timedelta(seconds=float(form["if_not_archived_within"][0]))
            if any(self.now() - one.moment <= age for one in self.of(url)):
                message = f"The same snapshot had been made {age} ago. You can make new capture after a while."
                return _json({"url": url, "job_id": None, "message": message})
        self.submissions.append(url)
        job = Job(url, f"spn2-{len(self.submissions):040x}", self.polls, f"{self.now():%Y%m%d%H%M%S}")
        self.jobs[job.id] = job
        if self.polls == 0:
            self._finish(job)
        return _json({"url": url, "job_id": job.id})

    def _refusal(self, url: str) -> str | None:
        if self.a_day is not None and len(self.submissions) >= self.a_day:
            return "too-many-daily-captures"
        if self.a_minute <= 0:
            return "too-many-requests"
        self.a_minute -= 1
        return None

    def _status(self, name: str) -> Reply:
        job = self.jobs.get(name)
        if job is None:
            return Reply(404, json.dumps({"message": "not found"}), media_type="application/json")
        if job.polls > 0:
            job.polls -= 1
            return _json({"status": "pending", "job_id": name, "resources": []})
        if job.url in self.outcomes:
            code = self.outcomes[job.url]
            return _json(
                {"status": "error", "status_ext": code, "exception": "Exception", "message": "Sorry.", "job_id": name}
            )
        made = self._finish(job)
        told = {
            "status": "success",
            "job_id": name,
            "original_url": job.url,
            "timestamp": made.stamp,
            "duration_sec": 1.5,
        }
        return _json({**told, "resources": [job.url], "outlinks": [], "http_status": 200, "first_archive": True})

    def _finish(self, job: Job) -> Copy:
        known = next(
            (one for one in [*self.copies, *self.waiting] if (one.url, one.stamp) == (job.url, job.asked_at)), None
        )
        return known or self._made(job.url, job.asked_at)

    def _made(self, url: str, stamp: str | None = None) -> Copy:
        copy = Copy(
            url, stamp or f"{self.now():%Y%m%d%H%M%S}", self.pages.get(url, "<title>Saved</title><p>Words of it.")
        )
        (self.waiting if self.lag else self.copies).append(copy)
        return copy


def _target(request: Request, start: str) -> str:
    return unquote(request.target).removeprefix(start)


def _date(copy: Copy) -> str:
    return format_datetime(copy.moment, usegmt=True)


def _json(value: Any) -> Reply:
    return Reply(200, json.dumps(value), media_type="application/json")
