"""Local captures: a page fetched once and written to a WARC 1.1 file (ISO 28500:2017), as it came over the wire.

Each capture is a file of its own, written whole under another name and then renamed: a capture that is there is
complete, whatever ended the program. The file holds warcinfo, and for each request of the chain its request, response
and metadata records; any player of WARC files (pywb, ReplayWeb.page) shows it.
"""

from __future__ import annotations

import hashlib
import io
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from citekit.archive.exchange import Exchange, FailureKind, Limits, Witnessed
from citekit.archive.robots import Robots
from citekit.archive.session import USER_AGENT, Session
from citekit.errors import ArchiveError
from citekit.version import VERSION

__all__ = ["Capture", "CaptureFault", "StoredCapture", "capture", "read_payload"]

_LIMITS = Limits(connect=10, read=30, total=120)
_HOP_BY_HOP = {"transfer-encoding"}  # undone by the HTTP library: a player that undid it again would fail
_WARC = "WARC/1.1"
_NOT_IN_A_HEADER = {13: " ", 10: " ", 0: " "}
_PATH_SAFE = "/%:@!$&'()*+,;=~-._?[]#"


@dataclass(frozen=True, slots=True)
class Capture:
    """What was captured.

    Attributes:
        captured_at: when, UTC, to the second (as WARC-Date says).
        file: name of the WARC file in its folder.
        record_id: of the response at the end of the chain.
        byte_offset: of that record in the file.
        byte_length: of the file.
        target_url: of that response.
        status: of that response.
        media_type: of that response.
        payload_digest: "sha1:" and BASE32, of its entity body (WARC 1.1, 5.9).
        sha256: hexadecimal, of the same.
        truncated: whether the body was cut off at the limit of size.
    """

    captured_at: datetime
    file: str
    record_id: str
    byte_offset: int
    byte_length: int
    target_url: str
    status: int
    media_type: str | None
    payload_digest: str
    sha256: str
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class StoredCapture:
    """Where a capture lies that was kept, and its digests; the fields are those of `Capture`."""

    file: str
    record_id: str
    byte_offset: int
    payload_digest: str
    sha256: str
    status: int
    target_url: str


@dataclass(frozen=True, slots=True)
class CaptureFault:
    """Why a capture cannot be used: GONE or DAMAGED, with what is wrong in words."""

    kind: FailureKind
    message: str


def capture(
    session: Session,
    url: str,
    folder: Path,
    *,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    limits: Limits = _LIMITS,
    robots: Robots | None = None,
) -> Capture | Exchange:
    """Fetch a page and write it to a WARC file of its own.

    Args:
        session: the way to the network.
        url: of the page.
        folder: for the file; made where it is missing.
        now: the time of day.
        limits: how much it may cost; larger bodies are cut off, and the record says so (WARC-Truncated).
        robots: what hosts let programs visit; all where None.

    Returns:
        The capture; or what the fetch came to, where no page came (an error page is none).

    Raises:
        ArchiveError: the file cannot be written.
    """
    witnessed: list[Witnessed] = []
    began = now().astimezone(UTC).replace(microsecond=0)
    may_visit = robots.allow if robots is not None else None
    exchange = session.fetch("GET", url, limits=limits, decode=False, witness=witnessed.append, may_visit=may_visit)
    if exchange.failure is not None or exchange.response is None or not 200 <= exchange.response.status < 300:
        return exchange  # an error page is worth an observation and no capture
    name = f"{began:%Y%m%d%H%M%S}-{hashlib.sha256(url.encode()).hexdigest()[:12]}-{secrets.token_hex(3)}.warc.gz"
    buffer = io.BytesIO()
    record_id, offset, digest = _write_records(buffer, name, witnessed, began, exchange.seconds)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write_whole(folder / name, buffer.getvalue())
    except OSError as error:
        raise ArchiveError(f"{folder / name}: cannot be written ({error.strerror}); make room or check it") from error
    last = witnessed[-1]
    return Capture(
        captured_at=began,
        file=name,
        record_id=record_id,
        byte_offset=offset,
        byte_length=buffer.tell(),
        target_url=_target(last.url),
        status=last.response.status,
        media_type=last.response.media_type,
        payload_digest=digest,
        sha256=hashlib.sha256(last.response.body).hexdigest(),
        truncated=last.response.truncated,
    )


def read_payload(
    path: Path, *, record_id: str, byte_offset: int, payload_digest: str, sha256: str
) -> tuple[dict[str, str], bytes] | CaptureFault:
    """The response headers (by name in small letters) and body of a capture whose digests are all right.

    Args:
        path: the WARC file.
        record_id: of the response.
        byte_offset: where its record begins.
        payload_digest: as it was when it was written.
        sha256: as it was when it was written.
    """
    import zlib

    from warcio.exceptions import ArchiveLoadFailed

    try:
        with path.open("rb") as file:
            file.seek(byte_offset)
            return _verified(file, record_id, payload_digest, sha256)
    except FileNotFoundError:
        return CaptureFault(FailureKind.GONE, f"{path.name}: is not there any more")
    except OSError as error:
        return CaptureFault(FailureKind.DAMAGED, f"{path.name}: cannot be read ({error.strerror or error})")
    except (ArchiveLoadFailed, zlib.error, EOFError, ValueError) as error:
        return CaptureFault(FailureKind.DAMAGED, f"{path.name}: is damaged ({type(error).__name__})")


def _verified(
    file: Any, record_id: str, payload_digest: str, sha256: str
) -> tuple[dict[str, str], bytes] | CaptureFault:
    from warcio.archiveiterator import ArchiveIterator

    name = Path(file.name).name
    for record in ArchiveIterator(file, check_digests=True, no_record_parse=False):
        if record.rec_headers.get_header("WARC-Record-ID") != record_id:
            break
        body = record.raw_stream.read()
        if record.digest_checker.passed is False:
            return CaptureFault(FailureKind.DAMAGED, f"{name}: its digest is not that of its content")
        if hashlib.sha256(body).hexdigest() != sha256:
            return CaptureFault(FailureKind.DAMAGED, f"{name}: is not what was captured")
        if record.rec_headers.get_header("WARC-Payload-Digest") != payload_digest:
            return CaptureFault(FailureKind.DAMAGED, f"{name}: states another digest than when it was captured")
        headers = {key.lower(): value for key, value in record.http_headers.headers} if record.http_headers else {}
        return headers, body
    return CaptureFault(FailureKind.DAMAGED, f"{name}: does not hold the capture")


def _write_records(
    buffer: io.BytesIO, name: str, witnessed: list[Witnessed], began: datetime, seconds: float
) -> tuple[str, int, str]:
    """Write all records; the id, offset and payload digest of the last response."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    writer = WARCWriter(buffer, gzip=True, warc_version=_WARC)
    writer.write_record(
        writer.create_warcinfo_record(
            name,
            {
                "software": f"citekit/{VERSION}",
                "format": "WARC File Format 1.1",
                "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
                "http-header-user-agent": USER_AGENT,
                "description": f"capture of {_target(witnessed[0].url)}",
            },
        )
    )
    date = began.strftime("%Y-%m-%dT%H:%M:%SZ")
    record_id, offset, digest = "", 0, ""
    for number, one in enumerate(witnessed):
        target = _target(one.url)
        answer = one.response
        common = {"WARC-Date": date} | ({"WARC-IP-Address": one.address} if one.address else {})
        extra = common | ({"WARC-Truncated": "length"} if answer.truncated else {})
        response = writer.create_warc_record(
            target,
            "response",
            payload=io.BytesIO(answer.body),
            length=len(answer.body),
            http_headers=StatusAndHeaders(
                f"{answer.status} {_clean(answer.reason)}".rstrip(), _kept(answer.headers), "HTTP/1.1", False
            ),
            warc_headers_dict=extra,
        )
        response_id = str(response.rec_headers.get_header("WARC-Record-ID"))
        request = writer.create_warc_record(
            target,
            "request",
            payload=io.BytesIO(b""),
            length=0,
            http_headers=StatusAndHeaders(f"{one.method} {_path(target)} HTTP/1.1", list(_sent(one)), "", True),
            warc_headers_dict=common | {"WARC-Concurrent-To": response_id},
        )
        told = {"hopsFromSeed": "R" * number} | ({"via": _target(witnessed[number - 1].url)} if number else {})
        if number == len(witnessed) - 1:
            told |= {"fetchTimeMs": str(round(seconds * 1000)), "seed": _target(witnessed[0].url)}
        lines = "".join(f"{key}: {value}\r\n" for key, value in told.items()).encode()
        metadata = writer.create_warc_record(
            target,
            "metadata",
            payload=io.BytesIO(lines),
            length=len(lines),
            warc_content_type="application/warc-fields",
            warc_headers_dict={"WARC-Date": date, "WARC-Concurrent-To": response_id},
        )
        record_id, offset = response_id, buffer.tell()
        writer.write_record(response)
        digest = str(response.rec_headers.get_header("WARC-Payload-Digest"))
        writer.write_record(request)
        writer.write_record(metadata)
    return record_id, offset, digest


def _kept(headers: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    """The headers of an answer as they came, but those that no longer fit its body keep their words elsewhere."""
    return [
        (f"X-Archive-Orig-{name}" if name.lower() in _HOP_BY_HOP else name, _clean(value)) for name, value in headers
    ]


def _sent(one: Witnessed) -> Iterator[tuple[str, str]]:
    if not any(name.lower() == "host" for name, _ in one.headers):
        yield "Host", urlsplit(one.url).netloc
    for name, value in one.headers:
        yield name, _clean(value)


def _target(url: str) -> str:
    """An address in ASCII, as WARC-Target-URI wants it (RFC 3986); the host in its encoding for names (RFC 3490)."""
    parts = urlsplit(url)
    host = parts.netloc
    if not host.isascii():
        with suppress(UnicodeError):
            host = host.encode("idna").decode("ascii")
    tail = parts._replace(scheme="", netloc="").geturl()
    return quote(f"{parts.scheme}://{host}{tail}".partition("#")[0], safe=_PATH_SAFE)


def _path(target: str) -> str:
    parts = urlsplit(target)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _clean(value: str) -> str:
    return value.translate(_NOT_IN_A_HEADER)


def _write_whole(path: Path, content: bytes) -> None:
    """Write a file that is there whole or not at all."""
    temporary = path.with_name(f".{path.name}.part")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
