"""citekit archive, check --archives, rescue: what they print, and the way of a thesis through an archive."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import jsonschema
import pytest
import referencing

import citekit
from citekit import formats
from tests.archive.doubles.archive import ArchiveDouble, Trouble
from tests.archive.doubles.pages import article
from tests.archive.doubles.server import LoopbackServer, Reply
from tests.archive.stores import store_of

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def double() -> ArchiveDouble:
    return ArchiveDouble(polls=0)


@pytest.fixture
def server(double: ArchiveDouble) -> Iterator[LoopbackServer]:
    with LoopbackServer(double) as opened:
        yield opened


@pytest.fixture
def run(server: LoopbackServer, double: ArchiveDouble, tmp_path: Path, checkout: Path) -> Run:
    """The command line, with this archive in the place of the Wayback Machine."""
    archive = double.configuration(server)
    listed = tmp_path / "archives.toml"
    addresses = ("timegate", "timemap", "cdx", "availability", "save", "replay")
    lines = [f'{name} = "{getattr(archive, name)}"' for name in addresses]
    lines += [f"{kind}_per_minute = 1000000" for kind in ("queries", "replays", "saves", "anonymous_saves")]
    listed.write_text("\n".join(["[[archive]]", 'name = "wayback"', *lines]), encoding="utf-8")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("CITEKIT_")},
        "PYTHONPATH": str(checkout),
        "CITEKIT_ARCHIVES": str(listed),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",  # never the keyring of who runs the tests
        "CITEKIT_ALLOW_HOSTS": server.netloc,
        "CITEKIT_STORE": str(tmp_path / "references.db"),
    }

    def run(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "citekit.cli", *arguments]
        return subprocess.run(
            command, env={**environment, **more}, capture_output=True, text=True, encoding="utf-8", check=False
        )

    return run


def objects(done: subprocess.CompletedProcess[str], checkout: Path, schema: str) -> list[dict[str, object]]:
    """The objects of a run, each as its schema says."""
    assert done.returncode == 0, done.stderr
    schemas = {path.stem: json.loads(path.read_text("utf-8")) for path in (checkout / "docs/schema").glob("*.json")}
    registry = referencing.Registry().with_contents((one["$id"], one) for one in schemas.values())
    found = [json.loads(line) for line in done.stdout.splitlines()]
    for one in found:
        jsonschema.Draft202012Validator(schemas[schema], registry=registry).validate(one)
    return found


def test_pages_are_found_saved_and_checked(run: Run, double: ArchiveDouble, tmp_path: Path, checkout: Path) -> None:
    double.keep("http://example.org/a", "20100101000000", article("A"))
    double.outcomes["http://example.org/c"] = "AdministrativeAccessControlException: Blocked"
    pages = [f"http://example.org/{name}" for name in "abc"]
    store_of(tmp_path / "references.db", pages).close()
    found = run("archive", "--find-only")
    assert found.returncode == 0, found.stderr
    assert "3 links, 2 without a copy" in found.stdout
    assert double.submissions == []
    done = run("archive", "--strict")
    assert done.returncode == 3, done.stderr
    assert "archived" in done.stdout
    assert "failed" in done.stdout
    assert sorted(double.submissions) == pages[1:]
    listed = objects(run("archive", "--offline", "--json"), checkout, "archive")
    assert [one["url"] for one in listed] == pages
    assert [len(one["copies"]) for one in listed] == [1, 1, 0]  # type: ignore[arg-type]
    checked = objects(run("check", "--archives", "--recheck", "0", "--json"), checkout, "archived")
    assert {one["verdict"] for one in checked} == {"good"}
    shown = run("check", "--archives", "--offline")
    assert "2 copies: 2 good" in shown.stdout


def test_what_is_wrong_is_one_line(run: Run, double: ArchiveDouble, tmp_path: Path) -> None:
    store_of(tmp_path / "references.db", ["http://example.org/a"]).close()
    for arguments, more, said, status in (
        (("archive", "--save-to", "nowhere"), {}, "nowhere: is no archive that saves pages", 2),
        (("archive", "--find-in", "nowhere"), {}, "nowhere: is no archive that can be asked; there are wayback", 2),
        (("archive",), {"CITEKIT_SAVE_KEY": "s3cr3t"}, "CITEKIT_SAVE_KEY: is no access key", 1),
        (("archive",), {"CITEKIT_ARCHIVES": str(tmp_path / "none.toml")}, "cannot be read", 1),
        (("check", "--archives", "--only", "dead"), {}, "--archives has no --only", 2),
        (("rescue", "--accept", "nobody"), {}, "nobody", 1),
    ):
        done = run(*arguments, **more)
        assert done.returncode == status, (arguments, done.stderr)
        (line,) = done.stderr.splitlines()
        assert said in line
        assert "s3cr3t" not in done.stderr


def test_an_archive_that_throttles_is_named_and_asked_again(run: Run, double: ArchiveDouble, tmp_path: Path) -> None:
    from tests.archive.doubles import archive as doubles

    double.keep("http://example.org/a", "20100101000000", article("A"))
    double.troubles.append(doubles.Trouble("/", Reply(429, "", {"Retry-After": "3600"})))
    store_of(tmp_path / "references.db", ["http://example.org/a"]).close()
    done = run("archive", "--find-only")
    assert "wayback: too many requests (1 page); the next run asks again" in done.stderr
    double.troubles.clear()
    assert "0 without a copy" in run("archive", "--find-only").stdout


def test_an_archive_out_of_reach_is_told_and_the_others_copies_are_listed(
    run: Run, double: ArchiveDouble, server: LoopbackServer, tmp_path: Path
) -> None:
    double.keep("http://example.org/a", "20100101000000", article("A"))
    store_of(tmp_path / "references.db", ["http://example.org/a", "http://example.org/b"]).close()
    listed = tmp_path / "archives.toml"
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        away = f"127.0.0.1:{closed.getsockname()[1]}"
    settings = ['name = "away"', f'cdx = "http://{away}/cdx"', f'timegate = "http://{away}/web/"']
    listed.write_text("\n".join([listed.read_text("utf-8"), "[[archive]]", *settings]), encoding="utf-8")
    both = f"{away},{server.netloc}"
    done = run("archive", "--find-only", CITEKIT_ALLOW_HOSTS=both)
    (line,) = done.stderr.splitlines()
    assert f"away: {away} cannot be reached: nobody takes connections there (2 pages); the next run asks" in line
    assert "2 links, 1 without a copy" in done.stdout
    alone = run("archive", "--find-only", "--find-in", "wayback", "--recheck", "0")
    assert alone.stderr == ""


def test_an_archive_in_the_own_network_is_told_once_with_how_to_allow_it(
    run: Run, double: ArchiveDouble, server: LoopbackServer, tmp_path: Path
) -> None:
    double.keep("http://example.org/a", "20100101000000", article("A"))
    store_of(tmp_path / "references.db", ["http://example.org/a", "http://example.org/b"]).close()
    done = run("archive", "--find-only", CITEKIT_ALLOW_HOSTS="")
    assert done.stderr == (
        f"citekit: wayback: {server.netloc} cannot be reached: it is this machine or in a private network (2 pages); "
        f"allow it with --allow-host {server.netloc}\n"
    )
    assert "2 links, 2 without a copy" in done.stdout
    assert "2 links, 1 without a copy" in run("archive", "--find-only", "--allow-host", server.netloc).stdout


def test_captures_lie_beside_the_store(run: Run, double: ArchiveDouble, server: LoopbackServer, tmp_path: Path) -> None:
    """The server of the archive serves as the page's own."""
    double.keep("http://example.org/a", "20100101000000", article("A"))
    page, nothing = server.url("/wayback/available?url=x"), server.url("/nothing")
    store_of(tmp_path / "references.db", [page, nothing]).close()
    done = run("archive", "--save-to", "local")
    assert f"{nothing}: HTTP 404; not captured" in done.stderr
    assert done.returncode == 1, "something could not be read"
    assert len(list((tmp_path / "references-captures").glob("*.warc.gz"))) == 1
    assert double.submissions == []


def test_a_key_that_is_not_accepted_is_told(run: Run, double: ArchiveDouble, tmp_path: Path) -> None:
    store_of(tmp_path / "references.db", ["http://example.org/a"]).close()
    double.troubles.append(Trouble("/save", Reply(401, "{}", media_type="application/json")))
    done = run("archive", CITEKIT_SAVE_KEY="access:s3cr3t")
    assert done.returncode == 1
    assert "wayback: the access key is not accepted; nothing more is sent" in done.stderr
    assert "http://example.org/a" in done.stdout, "what is known is told all the same"


def test_an_archive_that_is_none_is_told_though_nothing_is_saved(run: Run, tmp_path: Path) -> None:
    store_of(tmp_path / "references.db", ["http://example.org/a"]).close()
    done = run("archive", "--find-only", "--save-to", "foo")
    assert done.returncode == 2
    assert "foo" in done.stderr


def test_a_thesis_through_the_archive(
    run: Run, double: ArchiveDouble, shared: Path, tmp_path: Path, checkout: Path
) -> None:
    """For each address of a document the copy nearest to its access date is found, looked at and exported."""
    done = run("add", str(shared / "seeds" / "004_d6d1ff68c99e543b.txt"))
    assert done.returncode == 0, done.stderr
    with citekit.open(tmp_path / "references.db") as store:
        links = [link for link in store.links() if link.kind.value == "web"]
    assert len(links) == 8
    nearest: dict[str, str] = {}
    for number, link in enumerate(links):
        accessed = next(one.accessed for one in link.citations if one.accessed)
        year, month, day = accessed["date-parts"][0]
        for stamp in ("20010101000000", f"{year:04}{month:02}{day:02}{number:02}3000", "20200101000000"):
            double.keep(link.url, stamp, article(f"Page {number} of {stamp[:4]}"))
        nearest[link.url] = f"{year:04}{month:02}{day:02}{number:02}3000"
        double.keep(link.url, nearest[link.url][:8] + "235959", "gone", status=404)
    assert run("archive", "--find-only").returncode == 0
    listed = objects(run("archive", "--offline", "--json"), checkout, "archive")
    found = {one["url"]: one for one in listed}
    for url, stamp in nearest.items():
        (copy,) = found[url]["copies"]  # type: ignore[misc]
        assert f"/web/{stamp}/" in copy["memento"]
        assert copy["wanted"] == found[url]["accessed"]
    checked = objects(run("check", "--archives", "--json"), checkout, "archived")
    assert {one["verdict"] for one in checked} == {"good"}
    assert len(checked) == 8
    with citekit.open(tmp_path / "references.db") as store:
        works = {str(work.item["URL"]): work.key for work in store.works() if work.item.get("URL")}
        for copy in store.mementos():
            key = next((works[one] for one in works if one == copy.link.url), None)
            if key is not None and copy.memento.moment is not None:
                store.edit(key, "archive-url", copy.memento.url)
                store.edit(key, "archive-date", copy.memento.moment.astimezone(UTC).date().isoformat())
        for name in ("bibtex", "biblatex"):
            read = {item.get("URL"): item for item in formats.loads(store.export(name), name)}
            for url in works:
                custom = read[url]["custom"]
                assert nearest[url] in custom["archive-url"]
                assert custom["archive-date"] == datetime.strptime(nearest[url][:8], "%Y%m%d").date().isoformat()
