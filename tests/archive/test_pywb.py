"""Real parts: pywb shows what citekit captured, and citekit finds and checks it there through Memento (RFC 7089).

pywb wants libraries of its own, older ones; so it lives in an environment of its own, whose folder of programs is named
by CITEKIT_PYWB (`make conformance` makes it).
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from citekit.archive.archives import Archive
from citekit.archive.memento_policy import MementoVerdict
from citekit.archive.session import Session, open_session
from citekit.store.archiving import ArchiveOptions

from .doubles.pages import PageWorld, article
from .doubles.server import LoopbackServer, Reply
from .stores import store_of

PAGES = {
    "/plain/page.html": Reply(200, article("The deeds of an abbey")),
    "/plain/墓碑.html": Reply(200, article("Tombstone")),
    "/plain/query.html": Reply(200, article("Asked")),
    "/plain/paper.pdf": Reply(200, b"%PDF-1.4 " + bytes(range(256)) * 40, media_type="application/pdf"),
}


def program(name: str) -> str:
    folder = os.environ.get("CITEKIT_PYWB")
    found = shutil.which(name, path=folder) if folder else shutil.which(name)
    if found is None:
        pytest.skip(f"no {name} of pywb; run make conformance, or name the folder of its programs in CITEKIT_PYWB")
    return found


@contextmanager
def playing(folder: Path, warcs: list[Path]) -> Iterator[str]:
    """pywb with a collection of these files: where it listens."""
    (folder / "config.yaml").write_text("enable_memento: true\n", encoding="utf-8")
    for arguments in (["init", "kept"], ["add", "kept", *map(str, warcs)]):
        subprocess.run([program("wb-manager"), *arguments], cwd=folder, check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [program("wayback"), "--bind", "127.0.0.1", "--port", str(port), "--directory", str(folder)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
        try:
            for _ in range(600):
                with socket.socket() as asked:
                    if asked.connect_ex(("127.0.0.1", port)) == 0:
                        break
                assert process.poll() is None, (folder / "log").read_text()
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(30)


def test_what_was_captured_is_shown_and_checked(
    web: LoopbackServer, world: PageWorld, session: Session, tmp_path: Path
) -> None:
    for path, reply in PAGES.items():
        world.change(path, reply)
    urls = [web.url(path) for path in PAGES] + [web.url("/moved/page.html")]
    urls[2] += "?type=001&symbol=00102"
    program("wayback")
    with store_of(tmp_path / "references.db", urls) as store:
        made = list(store.capture_links(session, interval=0))
        assert len(made) == len(urls)
        files = sorted(store.captures_folder.glob("*.warc.gz"))
        with playing(tmp_path, files) as base:
            pywb = Archive(
                "pywb",
                timegate=f"{base}/kept/",
                timemap=f"{base}/kept/timemap/link/",
                replay=f"{base}/kept/",
                queries_per_minute=6e6,
                replays_per_minute=6e6,
            )
            with open_session(allowed=["127.0.0.1"]) as opened:
                found = {one.url: one.lookup for one in store.find_mementos(opened, [pywb])}
                list(store.check_mementos(opened, [pywb], ArchiveOptions(recheck=None)))
            copies = {(copy.link.url, copy.memento.archive): copy for copy in store.mementos()}
    assert {url: bool(lookup.closest) for url, lookup in found.items()} == dict.fromkeys(urls, True)
    for url in urls:
        there, here = copies[url, "pywb"], copies[url, "local"]
        assert here.judgement().verdict is MementoVerdict.GOOD
        expected = MementoVerdict.OF_REDIRECT if "/moved/" in url else MementoVerdict.GOOD
        assert there.judgement().verdict is expected, (url, there.judgement())
        if expected is MementoVerdict.GOOD:
            assert there.observations[-1].sha256 == here.observations[-1].sha256, "byte for byte"
        assert there.memento.moment is not None
        assert abs(there.memento.moment - datetime.now(UTC)).total_seconds() < 600
