"""Local captures: WARC files that any player can show, and whose every byte is accounted for."""

from __future__ import annotations

import gzip
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from citekit.archive.capturing import Capture, CaptureFault, capture, read_payload
from citekit.archive.exchange import Exchange, FailureKind, Limits
from citekit.archive.session import Session
from citekit.errors import ArchiveError
from citekit.store.archiving import ArchiveOptions

from .doubles.pages import PageWorld, article
from .doubles.server import LoopbackServer, Reply
from .stores import store_of


def records(path: Path) -> list[tuple[str, dict[str, str], bytes]]:
    """Type, headers and block of each record."""
    from warcio.archiveiterator import ArchiveIterator

    with path.open("rb") as file:
        return [
            (record.rec_type, dict(record.rec_headers.headers), record.raw_stream.read())
            for record in ArchiveIterator(file, check_digests="raise")
        ]


def captured(session: Session, url: str, folder: Path, **options: object) -> Capture:
    made = capture(session, url, folder, **options)  # type: ignore[arg-type]
    assert isinstance(made, Capture), made
    return made


def warcio_check(*paths: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", "-v", *map(str, paths)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def test_each_request_of_the_chain_is_kept(web: LoopbackServer, session: Session, tmp_path: Path) -> None:
    made = captured(session, web.url("/moved/page.html"), tmp_path)
    kept = records(tmp_path / made.file)
    assert [kind for kind, _, _ in kept] == ["warcinfo", *["response", "request", "metadata"] * 2]
    first, last = kept[1], kept[4]
    assert first[1]["WARC-Target-URI"] == web.url("/moved/page.html")
    assert last[1]["WARC-Target-URI"] == made.target_url
    assert last[1]["WARC-Record-ID"] == made.record_id
    assert last[1]["WARC-Payload-Digest"] == made.payload_digest
    assert last[1]["WARC-IP-Address"] == "127.0.0.1"
    assert {headers["WARC-Concurrent-To"] for _, headers, _ in kept[5:]} == {made.record_id}
    assert b"hopsFromSeed: R" in kept[6][2]
    assert "digest pass" in warcio_check(tmp_path / made.file)


@pytest.mark.parametrize(
    ("reply", "body"),
    [
        (
            Reply(200, "<p>Löwe".encode("latin-1"), media_type="text/html; charset=iso-8859-1"),
            "<p>Löwe".encode("latin-1"),
        ),
        (
            Reply(200, gzip.compress(b"packed" * 999, mtime=0), {"Content-Encoding": "gzip"}),
            gzip.compress(b"packed" * 999, mtime=0),
        ),
        (Reply(200, b"7\r\n<p>lion\r\n0\r\n\r\n", {"Transfer-Encoding": "chunked"}), b"<p>lion"),
        (Reply(200, b"", {"X-Odd": "a\tb"}), b""),
        (Reply(203, bytes(range(256)) * 300, media_type="application/octet-stream"), bytes(range(256)) * 300),
    ],
)
def test_the_body_is_kept_as_it_came(
    *, reply: Reply, body: bytes, session: Session, web: LoopbackServer, world: PageWorld, tmp_path: Path
) -> None:
    world.change("/plain/x", reply)
    made = captured(session, web.url("/plain/x"), tmp_path)
    read = read_payload(
        tmp_path / made.file,
        record_id=made.record_id,
        byte_offset=made.byte_offset,
        payload_digest=made.payload_digest,
        sha256=made.sha256,
    )
    assert not isinstance(read, CaptureFault)
    assert read[1] == body
    assert "transfer-encoding" not in read[0]
    warcio_check(tmp_path / made.file)


def test_addresses_are_written_in_ascii(
    web: LoopbackServer, world: PageWorld, session: Session, tmp_path: Path
) -> None:
    world.change("/plain/墓碑：x", Reply(200, article("Tombstone")))
    made = captured(session, web.url("/plain/墓碑：x?y=ä b"), tmp_path)
    assert made.target_url.isascii()
    assert made.target_url.endswith("/plain/%E5%A2%93%E7%A2%91%EF%BC%9Ax?y=%C3%A4%20b")


def test_what_is_too_large_is_cut_off_and_says_so(
    web: LoopbackServer, world: PageWorld, session: Session, tmp_path: Path
) -> None:
    world.change("/plain/large", Reply(200, b"x" * 100_000))
    made = captured(session, web.url("/plain/large"), tmp_path, limits=Limits(body=5000, keep=5000))
    assert made.truncated
    assert records(tmp_path / made.file)[1][1]["WARC-Truncated"] == "length"
    warcio_check(tmp_path / made.file)


@pytest.mark.parametrize("path", ["/status-404/page.html", "/status-500/page.html"])
def test_an_error_page_is_not_kept(path: str, web: LoopbackServer, session: Session, tmp_path: Path) -> None:
    assert isinstance(capture(session, web.url(path), tmp_path / "captures"), Exchange)
    assert not (tmp_path / "captures").exists()


def test_a_folder_that_cannot_be_made(web: LoopbackServer, session: Session, tmp_path: Path) -> None:
    (tmp_path / "captures").write_text("a file")
    with pytest.raises(ArchiveError, match="cannot be written"):
        capture(session, web.url("/plain/page.html"), tmp_path / "captures")


def test_captures_of_a_store_are_verified_by_their_digests(
    web: LoopbackServer, world: PageWorld, session: Session, tmp_path: Path
) -> None:
    paths = [f"/plain/{number}.html" for number in range(4)]
    for path in paths:
        world.change(path, Reply(200, article(path)))
    with store_of(tmp_path / "references.db", [web.url(path) for path in paths]) as store:
        made = {link.url: one for link, one in store.capture_links(session, interval=0) if isinstance(one, Capture)}
        assert len(made) == 4
        assert list(store.capture_links(session, interval=0)) == [], "captured lately"
        files = [store.captures_folder / made[web.url(path)].file for path in paths]
        warcio_check(*files)
        files[1].unlink()
        whole = files[2].read_bytes()
        files[2].write_bytes(whole[:-40] + bytes(40))
        cut = made[web.url(paths[3])]
        files[3].write_bytes(files[3].read_bytes()[: cut.byte_offset + 200])
        damaged = files[2].read_bytes()
        assert damaged != whole
        now = cut.captured_at + timedelta(days=1)
        list(store.check_mementos(session, options=ArchiveOptions(recheck=None), now=lambda: now))
        verdicts = {copy.link.url: copy.judgement() for copy in store.mementos()}
    assert verdicts[web.url(paths[0])].verdict.value == "good"
    assert verdicts[web.url(paths[1])].verdict.value == "missing"
    assert verdicts[web.url(paths[3])].verdict.value == "not-playable"


@pytest.mark.parametrize("place", [0.1, 0.5, 0.9])
def test_a_changed_byte_is_found(place: float, web: LoopbackServer, session: Session, tmp_path: Path) -> None:
    made = captured(session, web.url("/plain/page.html"), tmp_path)
    file = tmp_path / made.file
    content = bytearray(file.read_bytes())
    start, end = made.byte_offset, content.index(b"\x1f\x8b\x08", made.byte_offset + 3)
    content[start + int((end - start) * place)] ^= 0x55
    file.write_bytes(content)
    read = read_payload(
        file, record_id=made.record_id, byte_offset=start, payload_digest=made.payload_digest, sha256=made.sha256
    )
    assert isinstance(read, CaptureFault)
    assert read.kind is FailureKind.DAMAGED
