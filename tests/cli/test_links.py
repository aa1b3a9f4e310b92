"""`citekit links` and `citekit check`, as they are typed."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import jsonschema
import pytest
import referencing

from .conftest import Run

DOCUMENT = """The fair was held each year.1 Merchants came from afar.2 And it ended.3

1 Jane Smith, “The Fair and its Merchants”, {server}/good.html (accessed 3 May 2012).
2 Tom Jones, “A Market of the North”, {server}/gone.html (accessed 4 May 2012).
3 Ada Brown, “The Last Fair of All”, https://web.archive.org/web/20120504030201/{server}/good.html.
"""


class Site(BaseHTTPRequestHandler):
    """Has one page."""

    def do_GET(self) -> None:
        found = self.path == "/good.html"
        body = b"<title>The Fair</title><h1>The Fair</h1><p>" + b"Merchants came to the fair of the town. " * 30
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body if found else b"nothing")

    do_HEAD = do_GET  # noqa: N815 - the name that http.server looks for

    def log_message(self, *arguments: object) -> None:
        """Quietly."""


@pytest.fixture
def server() -> Iterator[str]:
    """The address of the site."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{running.server_address[1]}"
        running.shutdown()
        thread.join()


@pytest.fixture
def kept(run: Run, tmp_path: Path, server: str) -> str:
    """A store of three citations of two pages; what lets `check` visit the site."""
    (tmp_path / "essay.txt").write_text(DOCUMENT.format(server=server), encoding="utf-8")
    assert run("add", "essay.txt").returncode == 0
    return server.removeprefix("http://")


def objects(output: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in output.splitlines()]


def fits(found: dict[str, object], name: str, checkout: Path) -> None:
    schemas = {path.stem: json.loads(path.read_text("utf-8")) for path in (checkout / "docs/schema").glob("*.json")}
    registry = referencing.Registry().with_contents((schema["$id"], schema) for schema in schemas.values())
    jsonschema.Draft202012Validator(schemas[name], registry=registry).validate(found)


def test_links_are_listed_once(run: Run, kept: str, server: str, checkout: Path) -> None:
    table = run("links")
    assert table.returncode == 0
    assert "2 links" in table.stdout
    found = objects(run("links", "--json").stdout)
    assert [link["url"] for link in found] == [f"{server}/good.html", f"{server}/gone.html"]
    for link in found:
        fits(link, "links", checkout)
    citations = found[0]["citations"]
    assert isinstance(citations, list)
    assert [one["memento_time"] for one in citations if one["memento"]] == ["20120504030201"] * len(
        [one for one in citations if one["memento"]]
    )
    assert any(one["memento"] for one in citations)


def test_links_are_checked_and_told(run: Run, kept: str, server: str, checkout: Path) -> None:
    done = run("check", "--allow-host", kept, "--interval", "0")
    assert done.returncode == 0, done.stderr
    assert "2 links: 1 uncertain, 1 live" in done.stdout
    assert done.stderr == ""
    found = objects(run("check", "--offline", "--json").stdout)
    for link in found:
        fits(link, "check", checkout)
    assert {str(link["url"]).rpartition("/")[2]: link["verdict"] for link in found} == {
        "good.html": "live",
        "gone.html": "uncertain",
    }


def test_a_second_run_leaves_what_was_looked_at(run: Run, kept: str) -> None:
    run("check", "--allow-host", kept, "--interval", "0")
    again = run("check", "--allow-host", kept, "--interval", "0")
    assert "2 links looked at lately" in again.stderr
    found = objects(run("check", "--allow-host", kept, "--interval", "0", "--recheck", "0", "--json").stdout)
    assert [len(link["observations"]) for link in found] == [2, 2]  # type: ignore[arg-type]


def test_what_is_not_allowed_is_not_visited(run: Run, kept: str) -> None:
    done = run("check", "--interval", "0")
    assert done.returncode == 0
    assert "2 links: 2 not-checkable" in done.stdout


def test_a_server_that_is_allowed_later_is_visited_at_once(run: Run, kept: str) -> None:
    assert "allow a server of your own with --allow-host" in run("check", "--interval", "0").stderr
    assert "2 links looked at lately" in run("check", "--interval", "0").stderr
    done = run("check", "--allow-host", kept, "--interval", "0")
    assert done.stderr == ""
    assert "2 links: 1 uncertain, 1 live" in done.stdout


def test_the_report_is_a_page(run: Run, kept: str, tmp_path: Path) -> None:
    assert run("check", "--allow-host", kept, "--interval", "0", "--report", "links.html").returncode == 0
    page = (tmp_path / "links.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "essay.txt, note 1" in page


def test_only_some_links(run: Run, kept: str, server: str) -> None:
    run("check", "--allow-host", kept, "--interval", "0")
    assert "1 link: 1 uncertain" in run("check", "--offline", "--only", "uncertain").stdout
    assert run("check", "--offline", "--only", "dead").stdout.strip() == "0 links"


def test_strict_ends_with_findings(run: Run, kept: str, tmp_path: Path) -> None:
    import sqlite3
    from contextlib import closing

    run("check", "--allow-host", kept, "--interval", "0")
    assert run("check", "--offline", "--strict").returncode == 0
    with closing(sqlite3.connect(tmp_path / "references.db")) as connection, connection:
        connection.execute("UPDATE observations SET observed_at = '2026-01-01T00:00:00.000000+00:00'")
    assert run("check", "--allow-host", kept, "--interval", "0", "--strict").returncode == 3
    assert "1 dead" in run("check", "--offline").stdout


@pytest.mark.parametrize("age", ["soon", "30y", "-1d", ""])
def test_an_age_that_is_none(run: Run, kept: str, age: str) -> None:
    done = run("check", "--recheck", age)
    assert done.returncode == 2
    assert "30d, 12h, 2w" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("allowed", ["10.0.0.0/99", "a/b"])
def test_a_network_that_is_none(run: Run, kept: str, allowed: str) -> None:
    done = run("check", "--allow-host", allowed)
    assert done.returncode == 2
    assert allowed in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_without_a_store(run: Run) -> None:
    for command in ("links", "check"):
        done = run(command)
        assert done.returncode == 1
        assert "there is no store" in done.stderr


def test_a_report_that_cannot_be_written_is_told_before_anything_is_asked(run: Run, kept: str) -> None:
    done = run("check", "--allow-host", kept, "--report", "no/such/folder.html")
    assert done.returncode == 1
    assert "no/such/folder.html" in done.stderr
    assert objects(run("check", "--offline", "--json").stdout)[0]["observations"] == []


def test_a_password_in_an_address_is_not_printed(run: Run, tmp_path: Path) -> None:
    entry = "@online{a, title={A}, author={B}, year=2019, url={https://user:s3c@ret@example.org/p}}"
    (tmp_path / "links.bib").write_text(entry, encoding="utf-8")
    assert run("import", "links.bib").returncode == 0
    for arguments in (("links",), ("links", "--json"), ("check",), ("check", "--json"), ("archive", "--offline")):
        done = run(*arguments)
        assert "https://user:***@example.org/p" in done.stdout
        assert "ret@" not in done.stdout + done.stderr
